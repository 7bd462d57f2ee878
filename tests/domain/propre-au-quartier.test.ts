import { describe, expect, it } from 'vitest';
import { droitCommunToAim } from '../../src/lib/domain/crossing/aims';
import { quartierMarks } from '../../src/lib/domain/crossing/quartier-marks';
import type { IndicatorReading } from '../../src/lib/domain/indicator';
import { aimsHere } from '../../src/lib/domain/pages/aims-page';
import type { Gap } from '../../src/lib/domain/rules/gaps';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';

const ref = loadReferentiel();
const POVERTY = ref.indicateurs.indicateurs.find((i) => i.code === 'I-TX-PAUVRETE')!;
const reading = (valeur: number | null): IndicatorReading[] => [
	{ def: POVERTY, valeur, millesime: '2024', source: 'Fichier d’essai', reference: null }
];
/** Five quartiers: the first is the poorest. */
const FIGURES = new Map([48, 41, 40, 38, null].map((v, i) => [`Q${i + 1}`, reading(v)]));

describe('ce qui distingue un quartier des autres', () => {
	it('se lit dans ses indicateurs, à côté de ceux des quartiers qui ont un chiffre', () => {
		const mark = quartierMarks(FIGURES, 'Q1').get('T01')!;
		expect(mark.rang).toBe(1);
		expect(mark.dit.replace(/\s/g, ' ')).toBe('taux de pauvreté : 48 %, le plus élevé des 4 quartiers chiffrés');
	});
	it.each([
		['un quartier dans la moyenne', 'Q3'],
		['un quartier sans valeur', 'Q5']
	])('%s : rien n’est dit', (_, code) => expect(quartierMarks(FIGURES, code).size).toBe(0));
	it('deux quartiers à égalité ne sont ni l’un ni l’autre « le plus » mal placé', () => {
		const six = new Map([48, 48, 40, 39, 38, 37].map((v, i) => [`Q${i + 1}`, reading(v)]));
		expect(quartierMarks(six, 'Q1').get('T01')!.dit).toContain('parmi les 2 plus élevés des 6 quartiers');
	});
	it('la même valeur partout, ou trop peu de quartiers : rien n’est dit', () => {
		expect(quartierMarks(new Map(['Q1', 'Q2', 'Q3'].map((q) => [q, reading(40)])), 'Q1').size).toBe(0);
		expect(
			quartierMarks(
				new Map([
					['Q1', reading(48)],
					['Q2', reading(40)]
				]),
				'Q1'
			).size
		).toBe(0);
	});
});

describe('les actions à flécher d’abord', () => {
	const gap = (enjeu: string, quartier: string): Gap => ({
		...{ id: `G02:${quartier}:${enjeu}`, regle: 'G02', gravite: 'haute', reponse: 'alerte', quartier, enjeu },
		...{ message: 'Le droit commun n’arrive pas.', aFaire: 'Demandez au pilote.', ecartee: null, aRevoir: null },
		preuves: { actions: [], champs: [], faits: [] }
	});
	const about = (titre: string, enjeu: string) =>
		aPlaced({
			action: { titre, plan: 'pcaet' },
			...{ atteinte: { Q1: 'diffuse', Q2: 'diffuse', Q3: 'diffuse' }, transition: [enjeu], croises: [], nature: 'N2' }
		});
	const actions = [about('Les cours d’école', 'T08'), about('Rénover les logements', 'T01')];
	const gaps = ['T08', 'T01'].flatMap((enjeu) => ['Q1', 'Q2', 'Q3'].map((q) => gap(enjeu, q)));
	const aims = (quartier: string) =>
		droitCommunToAim(actions, { quartier, gaps, marques: quartierMarks(FIGURES, quartier) }, ref);

	it('ne sont pas les mêmes dans tous les quartiers : celle que ses chiffres appellent passe devant, et dit pourquoi', () => {
		expect(aims('Q3').map((a) => a.action.action.titre)).toEqual(['Les cours d’école', 'Rénover les logements']);
		expect(aims('Q1').map((a) => a.action.action.titre)).toEqual(['Rénover les logements', 'Les cours d’école']);
		const [first, second] = aimsHere(aims('Q1'), ref).lignes;
		expect(first!.pourquoi).toContain('Parce qu’ici, taux de pauvreté');
		expect(second!.pourquoi).toBeNull();
	});
	it('disent une fois qu’elles seraient aussi utiles ailleurs', () => {
		expect(aimsHere(aims('Q3'), ref).ailleurs).toBe('Ces actions seraient aussi utiles dans 2\u00a0autres quartiers.');
	});
});
