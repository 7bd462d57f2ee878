import { describe, expect, it } from 'vitest';
import type { ActionDraft } from '../../src/lib/domain/action';
import { cumulVerdicts } from '../../src/lib/domain/funding/cumul';
import { financingPlan } from '../../src/lib/domain/funding/plan';
import { leftToFinance } from '../../src/lib/domain/funding/rest';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';
import { aMeasure, find, here, view } from '../fixtures/gaps';
import { lire } from './lire-un-tableau';

/* An amount that is written and could not be read is not a blank; « néant » is an answer. */

const flat = (text: string | undefined) => (text ?? '').replace(/[\u00a0\u202f]/g, ' ');

async function ligne(cout: string | null, financeurs: string | null = null): Promise<ActionDraft> {
	const autres = [1, 2, 3].map((i) => [`A${i}`, `Action ${i}`, `${i}0 000`, 'Région : 5 000 €']);
	const { actions } = await lire([
		['Réf', 'Action', 'Budget', 'Financeurs'],
		['F1', 'Jardin partagé', cout ?? '', financeurs ?? ''],
		...autres
	]);
	return actions[0]!;
}

describe('un coût écrit que l’on ne sait pas lire', () => {
	it('reste sur l’action, mot pour mot ; « à définir » n’en est pas un', async () => {
		expect((await ligne('3 à 4 tranches de 20 000 €')).notes).toBe(
			'Coût écrit, non lu\u00a0: 3 à 4 tranches de 20 000 €'
		);
		expect((await ligne('à définir')).notes).toBeNull();
		expect((await ligne('20 000 €')).notes).toBeNull();
	});

	const notes = 'Coût écrit, non lu\u00a0: 3 à 4 tranches de 20 000 €';

	it('G10 dit qu’il est écrit, et ne prétend pas qu’aucun montant n’est inscrit', () => {
		const [gap] = find('G10', 'financementIncomplet', view([here({ budget: null, notes })]));
		expect(gap).toMatchObject({ gravite: 'information' });
		expect(flat(gap!.message)).toContain(
			'le coût est écrit « 3 à 4 tranches de 20 000 € », et ce montant n’a pas pu être lu'
		);
		const [blank] = find('G10', 'financementIncomplet', view([here({ budget: null })]));
		expect(blank!.message).toContain('n’a aucun montant inscrit');
	});

	it('G04 demande de l’écrire en chiffres, pas un premier chiffrage', () => {
		const one = here({ budget: null, notes });
		const ask = (pret: boolean) =>
			find(
				'G04',
				'financementNonSollicite',
				view([one], {
					verdicts: [
						[
							{
								mesure: 'm.x',
								dispositif: 'm',
								action: one.action.id,
								quartier: null,
								verdict: 'a-instruire',
								remplis: [],
								manquants: [],
								echecs: []
							}
						]
					] as never,
					mesures: new Map([['m.x', aMeasure({ faits: { pret, partielle: false, depotAt: () => null } })]])
				})
			)[0]!;
		expect(flat(ask(false).message)).toContain('son coût, écrit « 3 à 4 tranches de 20 000 € », n’est pas lu');
		expect(ask(false).aFaire).toMatch(/^Écrire son coût en chiffres, puis répondre/);
		expect(ask(true).message).toContain('le coût est écrit sans pouvoir être lu');
	});

	it('la fiche de financement le montre', () => {
		const placed = aPlaced({ nature: 'N1', action: { budget: null, notes, porteurType: 'commune' } });
		const ref = loadReferentiel();
		const plan = financingPlan(placed, ref);
		expect(plan.coutNonLu).toBe('3 à 4 tranches de 20 000 €');
		const [verdict] = cumulVerdicts(placed, plan, ref.planDeFinancement.limites, '2026-11-29');
		expect(flat(verdict!.raisons.join())).toContain('écrit « 3 à 4 tranches de 20 000 € », n’est pas lu');
	});
});

describe('« néant » sous les financeurs est une réponse', () => {
	it.each(['néant', 'Aucun', 'aucun financeur', 'pas de financement'])(
		'%s : tout reste à financer, et G10 le dit',
		async (mot) => {
			const { financements, notes } = await ligne('150 000 €', mot);
			expect(financements).toEqual([]);
			const placed = here({ financements, notes, budget: { euros: 150_000, base: 'inconnu', max: null } });
			expect(leftToFinance(placed)).toMatchObject({ genre: 'connu', euros: 150_000 });
			const [gap] = find('G10', 'financementIncomplet', view([placed]));
			expect(gap).toMatchObject({ reponse: 'alerte' });
			expect(flat(gap!.message)).toContain('tout reste à financer, soit 150 000 €');
		}
	);

	it.each(['à définir', null, '-'])('%s n’en est pas une', async (mot) => {
		const { notes } = await ligne('150 000 €', mot);
		expect(notes).toBeNull();
	});
});

it('« la nature n’est pas renseignée », « le coût n’est pas renseigné »', () => {
	const verdicts = (action: string) =>
		[
			[
				{
					mesure: 'm.x',
					dispositif: 'm',
					action,
					quartier: null,
					verdict: 'indetermine',
					remplis: [],
					manquants: [],
					echecs: []
				}
			]
		] as never;
	const one = here({ porteurType: 'commune' });
	const bare = { ...one, nature: null };
	const [gap] = find('G04', 'financementNonSollicite', view([bare], { verdicts: verdicts(one.action.id) }));
	expect(gap!.message).toMatch(/la nature \(.+\) n’est pas renseignée pour/);
});
