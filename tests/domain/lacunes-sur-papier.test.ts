import { describe, expect, it } from 'vitest';
import { sameGesture, sheetOfGaps } from '../../src/lib/domain/pages/gap-sheet';
import { withoutExample, withoutNames } from '../../src/lib/domain/rules/gap-called';
import type { GapWithFacts } from '../../src/lib/domain/pages/open-gaps';

const gap = (id: string, more: Partial<GapWithFacts>): GapWithFacts =>
	({
		...{ id, regle: 'G01', gravite: 'haute', reponse: 'alerte', aFaire: 'Demandez au référent.' },
		...{ message: `Constat ${id}`, faits: [], ecartee: null, enjeu: null, quartier: 'Q' },
		...more
	}) as never as GapWithFacts;

describe('les lacunes sur papier', () => {
	const GAPS = [
		gap('moyenne', { gravite: 'moyenne', regle: 'G02' }),
		gap('a', {}),
		gap('autre-geste', { aFaire: 'Demandez au porteur.' }),
		gap('b', {}),
		gap('chance', { reponse: 'opportunite', gravite: 'opportunite' }),
		gap('donnee', { reponse: 'donnee-manquante', gravite: 'information' }),
		gap('decidee', { ecartee: { etat: 'ecartee', par: 'Noé', le: '2026-11-01', motif: 'hors sujet' } as never })
	];
	const parts = sheetOfGaps(GAPS);
	const ids = (part: number) => parts[part]!.groupes.map((g) => g.liste.map(({ id }) => id));

	it('y sont toutes, chacune une fois, les ouvertes d’abord et les plus graves en tête', () => {
		const all = parts.flatMap((p) => p.groupes.flatMap((g) => g.liste.map(({ id }) => id)));
		expect([...all].sort()).toEqual(GAPS.map(({ id }) => id).sort());
		expect(parts.map(({ titre }) => titre)).toEqual([
			'',
			'À saisir entre plans',
			'À demander pour conclure',
			'Traitées, reportées ou écartées'
		]);
		expect(ids(0).at(-1)).toEqual(['moyenne']);
	});

	it('celles qui demandent le même geste le disent une fois', () => {
		expect(ids(0).slice(0, 2)).toEqual([['a', 'b'], ['autre-geste']]);
		expect(parts[0]!.groupes[0]!.aFaire).toBe('Demandez au référent.');
	});

	it('une action ou plusieurs, le geste est le même ; une autre personne ou une autre demande, non', () => {
		const ask = (what: string, who = ' (Service climat)') =>
			`Demandez au service qui tient le PCAET${who} ce que ${what} au quartier, et d’y inscrire une part.`;
		const said = (...words: Parameters<typeof ask>) => ({ aFaire: ask(...words) });
		expect(sameGesture(said('ces actions apportent'), said('cette action apporte'))).toBe(true);
		expect(sameGesture(said('ces actions apportent'), said('cette action apporte', ''))).toBe(true);
		expect(sameGesture(said('ces actions apportent'), said('ces actions apportent', ' (Service habitat)'))).toBe(false);
		expect(
			sameGesture(said('ces actions apportent'), {
				aFaire: `Ouvrez les actions citées et dites si elles portent ce croisement ; sinon, proposez une action ou écartez-le avec une raison écrite.`
			})
		).toBe(false);
		const [part] = sheetOfGaps([
			gap('une', { aFaire: ask('cette action apporte') }),
			gap('six', { aFaire: ask('ces actions apportent') }),
			gap('deux', { aFaire: ask('« Plan vélo » et l’autre action citée apportent') }),
			gap('quinze', { aFaire: ask('« Plan piéton » et les 14 autres citées apportent') })
		]);
		expect(part!.groupes.map((g) => [g.liste.length, g.aFaire])).toEqual([[4, ask('ces actions apportent')]]);
		const doubt = (what: string) =>
			`Demander au pilote (Mission climat) si ${what} ce croisement dans le quartier ; sinon, en proposer une autre ou écarter le croisement.`;
		const [unsure] = sheetOfGaps([
			gap('velo', { aFaire: doubt('« Plan vélo » porte') }),
			gap('pieton', { aFaire: doubt('« Plan piéton » porte') })
		]);
		expect(unsure!.groupes.map((g) => g.aFaire)).toEqual([doubt('ces actions portent')]);
	});

	it('deux personnes nommées dans la phrase ne sont jamais dites l’une pour l’autre', () => {
		const fix = (le: string) => ({
			aFaire: `Fixer avec ${le} un point d’étape par an et un résultat attendu à mi-parcours, à écrire sur l’action.`,
			appeler: [le]
		});
		const [habitat, climat] = [fix('la Direction de l’habitat'), fix('la Mission climat')];
		expect(sameGesture(habitat, climat)).toBe(false);
		expect(sameGesture(habitat, fix('la Direction de l’habitat'))).toBe(true);
		expect(withoutNames(climat)).toMatch(/^Fixer avec qui porte l’action un point d’étape/);
		expect(withoutNames({ aFaire: 'Demander au CCAS si…', appeler: ['au CCAS'] })).toBe(
			'Demander à qui porte l’action si…'
		);
	});

	it('chaque croisement a son exemple : deux lacunes dites ensemble n’en disent aucun', () => {
		const ask = (example: string) =>
			`Demander au référent transition s’il manque une action dans ces documents ; sinon, en proposer une${example} ou écarter cette lacune.`;
		const [part] = sheetOfGaps([
			gap('x13', { aFaire: ask(', par exemple une ressourcerie de quartier,') }),
			gap('x17', { aFaire: ask(', par exemple une coopérative d’habitants,') })
		]);
		expect(part!.groupes.map((g) => [g.liste.length, g.aFaire])).toEqual([[2, ask('')]]);
		expect(withoutExample('Sinon, en proposer une, par exemple des noues, du bois.')).toBe('Sinon, en proposer une.');
	});

	it('sans lacune, rien n’est écrit', () => {
		expect(sheetOfGaps([])).toEqual([]);
	});
});
