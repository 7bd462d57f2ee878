import { describe, expect, it } from 'vitest';
import { cluesFrom } from '../../src/lib/domain/funding/received';
import { fundingPage } from '../../src/lib/domain/pages/funding-page';
import { requestLines } from '../../src/lib/domain/pages/request-lines';
import { assessAll } from '../../src/lib/domain/rules/eligibility';
import { criteriaOf } from '../../src/lib/domain/rules/funding';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aLine, anAction, aPlaced, aTerritory, AUBRELLE, VERMOY } from '../fixtures/build';

/* A list of grants that was imported answers part of what one would ask people: as a clue, never as an answer. */

const ref = loadReferentiel();
const LE = '2026-11-27';
const DPV = 'dotations-etat.dpv';
const FAIT = 'liste_dpv';
const communes = [AUBRELLE, VERMOY];

const granted = (commune: string, an: string, more: { obtenu?: number | null; liste?: string } = {}) => ({
	...aPlaced({
		action: {
			...{ id: `g${commune}${an}`, communes: [commune], porteur: commune, porteurType: 'commune' },
			dates: { debut: `${an}-01-01`, fin: `${an}-12-31`, texte: an },
			financements: [aLine({ dispositif: DPV, libelle: 'DPV', obtenu: 'obtenu' in more ? more.obtenu! : 50_000 })],
			origine: { ...anAction().origine, fichier: `dpv-${an}.csv`, ligne: 12 }
		}
	}),
	...(more.liste === '' ? {} : { liste: 'Subventions DPV' })
});
const works = (said: Parameters<typeof anAction>[0] = {}) =>
	aPlaced({
		action: { id: 'cour', titre: 'Végétaliser la cour', porteur: 'Ville d’Aubrelle', porteurType: 'commune', ...said },
		transition: ['T06'],
		ville: ['P02'],
		nature: 'N1'
	});
const clue = (all: ReturnType<typeof granted>[], of = works()) => cluesFrom(all, communes, ref, LE)(of).get(FAIT);

describe('la commune a déjà reçu cette dotation', () => {
	it('est dit à côté de la question, avec les années et la ligne de la liste', () => {
		const all = [granted('Aubrelle', '2023'), granted('Aubrelle', '2024'), granted('Vermoy', '2019')];
		expect(clue(all)).toEqual({
			dit: 'probable\u00a0: Aubrelle a reçu la DPV en 2023 et 2024',
			court: 'probable\u00a0: déjà en 2023 et 2024',
			preuve: expect.stringMatching(/^dpv-2024\.csv.*ligne\u00a012$/)
		});
	});

	it('ne se dit ni d’une autre commune, ni d’une aide refusée, ni de ce qui n’est pas une liste publiée', () => {
		expect(clue([granted('Vermoy', '2024')])).toBeUndefined();
		expect(
			clue([granted('Aubrelle', '2024', { obtenu: 0 }), granted('Aubrelle', '2023', { obtenu: null })])
		).toBeUndefined();
		expect(clue([granted('Aubrelle', '2024', { liste: '' })])).toBeUndefined();
		expect(clue([granted('Aubrelle', '2027')])).toBeUndefined();
	});

	it('pour une action qui ne nomme pas de commune, nomme celles qui ont reçu', () => {
		const epci = works({ porteur: 'CA d’Essai', porteurType: 'epci', communes: [] });
		expect(clue([granted('Aubrelle', '2023'), granted('Vermoy', '2024')], epci)?.dit).toBe(
			'probable\u00a0: Aubrelle et Vermoy ont reçu la DPV en 2023 et 2024'
		);
	});

	it('reste une question : le verdict ne change pas, et la réponse d’une personne la remplace', () => {
		const [one, all] = [works(), [granted('Aubrelle', '2024')]];
		const clues = cluesFrom(all, communes, ref, LE);
		const [territory, before] = [aTerritory(), fundingPage(one, aTerritory(), ref, LE)];
		const page = fundingPage(one, territory, ref, LE, clues);
		expect(page.bilan).toEqual(before.bilan);
		expect(page.mesures).toEqual(before.mesures);
		const asked = page.faits.aRenseigner.find((f) => f.cle === FAIT)!;
		expect(asked).toMatchObject({ saisi: '', lu: null });
		expect(asked.indice).toContain('Probable\u00a0: Aubrelle a reçu la DPV en 2024 (dpv-2024.csv');
		expect(asked.indice).toContain('rien n’est compté sans votre réponse');
		expect(before.faits.aRenseigner.find((f) => f.cle === FAIT)!.indice).toBeNull();
		const answered = {
			...one,
			saisies: {
				...{ faits: [{ fait: FAIT, valeur: false, source: null, date: null, par: 'Nadia', le: LE, id: 1 }], lignes: [] }
			}
		} as unknown as typeof one;
		const told = fundingPage(answered, territory, ref, LE, clues).faits;
		expect([...told.renseignes, ...told.aRenseigner].find((f) => f.cle === FAIT)!.indice).toBeNull();
	});

	it('les demandes le disent aussi, entre parenthèses, après la question', () => {
		const one = works();
		const verdicts = assessAll([one], null, ref, LE);
		const stream = {
			...{ action: 'cour', dispositif: 'dotations-etat', mesures: [DPV], etat: 'aucune-liste', manquants: 1 },
			verdict: 'indetermine'
		} as unknown as Parameters<typeof requestLines>[0][number];
		const indices = cluesFrom([granted('Aubrelle', '2024')], communes, ref, LE);
		const [line] = requestLines([stream], { placed: [one], verdicts, gaps: [], asOf: LE, indices }, ref);
		const { dit, bloquant, indique } = line!.manque.find((m) => m.cle === FAIT)!;
		expect(indique).toBe('probable\u00a0: déjà en 2024');
		expect([dit, bloquant]).toEqual([
			expect.stringMatching(/\?.*\(probable\u00a0: Aubrelle a reçu la DPV en 2024\)$/),
			true
		]);
	});
});

describe('le référentiel', () => {
	it('dit de quels faits une aide déjà reçue est un indice', () => {
		const all = ref.financements
			.flatMap((f) => f.mesures)
			.flatMap((m) => (m.applicable_si ? criteriaOf(m.applicable_si) : []));
		expect(all.some((c) => c.critere === 'fait' && c.fait === FAIT && c.indice_recu === 'la DPV')).toBe(true);
	});
});
