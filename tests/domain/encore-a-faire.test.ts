import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/lib/domain/action';
import type { PlacedAction } from '../../src/lib/domain/crossing/place';
import { assessAll } from '../../src/lib/domain/rules/eligibility';
import { STILL_TO_DO } from '../../src/lib/domain/rules/still-to-do';
import { maybeOver, requestLines } from '../../src/lib/domain/pages/request-lines';
import { unaskedStreams } from '../../src/lib/domain/funding/no-request';
import { factDefs } from '../../src/lib/domain/funding/facts';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { fundingPage } from '../../src/lib/domain/pages/funding-page';
import { aLine, aPlaced } from '../fixtures/build';
import { find, view } from '../fixtures/gaps';

/* An aid is asked for before the works: what may be over is not said to be ready to be asked for. */

const ref = loadReferentiel();
const LE = '2026-11-22';
const school = (action: Partial<Action>, said?: boolean): PlacedAction => ({
	...aPlaced({
		transition: ['T02'],
		ville: ['P07'],
		nature: 'N1',
		atteinte: { QN05928M: 'explicite' },
		action: {
			id: 'ecole',
			titre: 'Rénovation thermique de l’école Lacore',
			porteurType: 'commune',
			budget: { euros: 900_000, base: 'HT', max: null },
			...action
		}
	}),
	...(said === undefined
		? {}
		: {
				saisies: {
					faits: [{ fait: STILL_TO_DO, valeur: said, source: null, date: null, par: 'Nadia', le: LE, id: 1 }],
					lignes: []
				}
			})
});
const dates = (fin: string | null) => ({ debut: null, fin, texte: null });
const verdicts = (one: PlacedAction, asOf = LE) => assessAll([one], null, ref, asOf);
const kinds = (one: PlacedAction, asOf = LE) => new Set(verdicts(one, asOf).map((v) => v.verdict));

describe('une opération dont la fin prévue est passée', () => {
	it('n’est plus « à instruire » : on demande d’abord s’il reste quelque chose à financer, pour chaque mesure', () => {
		const coming = school({ dates: dates('2028-12-31') });
		expect(kinds(coming)).toContain('a-instruire');
		const over = verdicts(school({ dates: dates('2019-12-31') }));
		expect(over.map((v) => v.verdict)).not.toContain('a-instruire');
		for (const { verdict, manquants } of over.filter((v) => v.verdict === 'indetermine')) {
			const asked = manquants.find((r) => r.cle === STILL_TO_DO)!;
			expect([asked.bloquant, asked.question], verdict).toEqual([
				true,
				'Sa fin prévue, 2019, est passée\u00a0: reste-t-il quelque chose à financer\u202f?'
			]);
			expect(asked.source?.titre).toMatch(/^Décret n° 2018-514/);
		}
	});

	it('dans une liste de subventions, déjà financée et passée, elle ne cherche plus d’argent ; une personne peut la reprendre', () => {
		const granted = (fin: string, said?: boolean, obtenu: number | null = 74_000) => ({
			...school({ dates: dates(fin), financements: [aLine({ obtenu, etat: 'obtenu' })] }, said),
			liste: 'Subventions DPV'
		});
		const past = granted('2019-12-31');
		expect(kinds(past)).toEqual(new Set(['ecarte']));
		expect(unaskedStreams([past], verdicts(past), ref, new Set())).toEqual([]);
		const reason = verdicts(past)[0]!.echecs.at(-1)!;
		expect(reason.trouve).toBe('opération déjà subventionnée, année passée');
		const shown = fundingPage(past, { code: 'ZZ0000001' as never, nom: 'Essai', communes: [], fictif: true }, ref, LE);
		expect(shown.faits.aRenseigner.map((f) => f.cle)).toContain(STILL_TO_DO);
		expect(kinds(granted('2019-12-31', true))).not.toEqual(new Set(['ecarte']));
		// Still running, or with nothing granted: asked as any other.
		for (const other of [granted('2028-12-31'), granted('2019-12-31', undefined, null)])
			expect(kinds(other)).not.toEqual(new Set(['ecarte']));
		const money = (one: PlacedAction) =>
			find('G10', 'financementIncomplet', view([{ ...one, action: { ...one.action, document: 1 } }]));
		expect(money(past).filter((g) => g.reponse === 'alerte')).toEqual([]);
		expect(money(granted('2028-12-31')).filter((g) => g.reponse === 'alerte')).toHaveLength(1);
	});

	it('sans date de fin, rien n’est demandé : un blanc n’est pas une fin', () => {
		for (const d of [null, dates(null)]) {
			const all = verdicts(school({ dates: d }));
			expect(all.some((v) => v.verdict === 'a-instruire')).toBe(true);
			expect(all.flatMap((v) => [...v.manquants, ...v.echecs]).map((r) => r.cle)).not.toContain(STILL_TO_DO);
		}
	});

	it('un statut que le fichier donne est cru : en cours ou en retard, elle peut encore demander', () => {
		for (const statut of ['en-cours', 'en-retard', 'bloque'] as const)
			expect(kinds(school({ dates: dates('2019-12-31'), statut }))).toContain('a-instruire');
	});

	it('réalisée, elle n’a plus rien à demander, et le motif le dit', () => {
		const done = verdicts(school({ statut: 'realise' }));
		expect(new Set(done.map((v) => v.verdict))).toEqual(new Set(['ecarte']));
		expect(done[0]!.echecs.find((r) => r.cle === STILL_TO_DO)!.trouve).toBe('action réalisée');
	});

	it('la réponse d’une personne tranche : oui la rend à instruire, non l’écarte, et chacune se lit dans les motifs', () => {
		const yes = verdicts(school({ dates: dates('2019-12-31') }, true));
		expect(yes.map((v) => v.verdict)).toContain('a-instruire');
		expect(yes[0]!.remplis.at(-1)!.cle).toBe(STILL_TO_DO);
		expect(kinds(school({ dates: dates('2019-12-31') }, false))).toEqual(new Set(['ecarte']));
		expect(factDefs(ref).get(STILL_TO_DO)).toMatchObject({ genre: 'oui-non', unite: null });
	});

	it('vient après les autres dans ce qui est à demander, quel que soit l’argent en jeu', () => {
		const two = [
			{ ...school({ id: 'finie', titre: 'A, finie', dates: dates('2019-12-31') }) },
			{ ...school({ id: 'a-venir', titre: 'B, à venir', budget: { euros: 1_000, base: 'HT', max: null } }) }
		];
		const all = assessAll(two, null, ref, LE);
		const streams = unaskedStreams(two, all, ref, new Set());
		const lines = requestLines(streams, { placed: two, verdicts: all, gaps: [], asOf: LE }, ref);
		expect([...new Set(lines.map((l) => l.action))]).toEqual(['a-venir', 'finie']);
		expect(lines.filter(maybeOver).every((l) => l.action === 'finie')).toBe(true);
		expect(lines.some(maybeOver)).toBe(true);
	});

	it('le jour où sa fin passe, la même action change de réponse, et celle de la veille reste la sienne', () => {
		const one = school({ dates: dates('2026-12-31') });
		for (const [day, ready] of [
			['2026-12-31', true],
			['2027-01-01', false],
			['2026-12-31', true]
		] as const)
			expect(kinds(one, day).has('a-instruire'), day).toBe(ready);
	});
});
