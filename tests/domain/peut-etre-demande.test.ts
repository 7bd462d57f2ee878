import { describe, expect, it } from 'vitest';
import type { FinancingLine } from '../../src/lib/domain/action';
import { maybeAsked, maybeWords } from '../../src/lib/domain/funding/maybe-asked';
import { openMeasures, saidOf } from '../../src/lib/domain/funding/open-measures';
import { financingPlan, heldOf } from '../../src/lib/domain/funding/plan';
import type { Verdict } from '../../src/lib/domain/rules/eligibility';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aLine, aPlaced } from '../fixtures/build';

const ref = loadReferentiel();
const LE = '2026-11-27';
const plain = (text: string) => text.replace(/\s/g, ' ');
const measure = (id: string) => {
	const family = ref.financements.find((f) => f.mesures.some((m) => m.id === id))!;
	const { operateur } = family.mesures.find((m) => m.id === id)!;
	return { mesure: id, dispositif: family.id, operateur };
};
const EAU = measure('eau-risques.agence-eau');
const CHALEUR = measure('fonds-chaleur.installations');
const planOf = (line: Partial<FinancingLine>) =>
	financingPlan(aPlaced({ action: { financements: [aLine(line)] } }), ref);
const line = { libelle: 'Agence de l’eau', dispositif: EAU.mesure, demande: 210_000, obtenu: null } as const;

describe('Une ligne du plan nomme un financeur sans dire ce qui est demandé', () => {
	it('prévue sans autre mot : la demande est peut-être faite, et la ligne est citée', () => {
		const plan = planOf({ ...line, etat: 'envisage' });
		expect(heldOf(plan, EAU.mesure, EAU.dispositif)).toBeNull();
		expect(plain(maybeWords(maybeAsked(plan, EAU)!))).toBe(
			'peut-être déjà demandé : une ligne « Agence de l’eau, 210 000 € » est au plan'
		);
	});

	it('demandée, obtenue ou refusée : plus de doute', () => {
		for (const etat of ['demande', 'refuse'] as const) {
			const plan = planOf({ ...line, etat });
			expect(heldOf(plan, EAU.mesure, EAU.dispositif)).not.toBeNull();
			expect(maybeAsked(plan, EAU)).toBeNull();
		}
	});

	it('elle ne nomme que qui donne, et une autre mesure est la sienne : le doute vaut pour elle', () => {
		for (const libelle of ['ADEME', 'Ademe'])
			expect(maybeAsked(planOf({ libelle, dispositif: 'ademe', etat: 'demande' }), CHALEUR)?.financeur).toBe(libelle);
		expect(
			maybeAsked(planOf({ libelle: 'Fonds vert', dispositif: 'fonds-vert', etat: 'demande' }), CHALEUR)
		).toBeNull();
		expect(maybeAsked(planOf({ libelle: 'ADEME', dispositif: 'ademe', etat: 'refuse' }), CHALEUR)).toBeNull();
	});

	it('elle passe après ce que nul n’a demandé, même prête, et le dit', () => {
		const placed = aPlaced({ action: { id: 'a', financements: [aLine({ ...line, etat: 'envisage' })] } });
		const verdict = (mesure: string, verdict: Verdict['verdict']): Verdict => ({
			...{ action: 'a', mesure, dispositif: mesure.split('.')[0]!, quartier: null, sources: [], verdict },
			...{ remplis: [], echecs: [], manquants: [] }
		});
		const open = openMeasures(
			placed,
			[verdict(EAU.mesure, 'a-instruire'), verdict('fonds-vert.renaturation', 'indetermine')],
			ref,
			LE
		);
		expect(open.map((m) => m.mesure)).toEqual(['fonds-vert.renaturation', EAU.mesure]);
		expect(plain(saidOf(open[1]!))).toContain(', peut-être déjà demandé : une ligne « Agence de l’eau, 210 000 € »');
	});
});
