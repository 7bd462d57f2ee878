import { describe, expect, it } from 'vitest';
import type { Unasked } from '../../src/lib/domain/funding/no-request';
import { byAction } from '../../src/lib/domain/pages/by-action';
import { requestLines } from '../../src/lib/domain/pages/request-lines';
import type { Reason, Verdict } from '../../src/lib/domain/rules/eligibility';
import type { Gap } from '../../src/lib/domain/rules/gaps';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aLine, aPlaced } from '../fixtures/build';

const ref = loadReferentiel();
/** A day when the last day to file of this measure is known. */
const LE = '2025-06-01';
const DATED = 'fonds-vert.renovation-batiments';
const UNDATED = 'slime-cee.cee';

const reason = (cle: string, said: Partial<Reason> = {}): Reason => ({
	...{
		cle,
		critere: cle,
		attendu: 'oui',
		trouve: null,
		bloquant: true,
		question: `${cle}\u202f?`,
		source: null,
		vigueur: null
	},
	...said
});
const verdict = (action: string, mesure = UNDATED, manquants: readonly Reason[] = []): Verdict => ({
	...{
		action,
		mesure,
		dispositif: mesure.split('.')[0]!,
		quartier: null,
		sources: [],
		remplis: [],
		echecs: [],
		manquants
	},
	verdict: manquants.some((r) => r.bloquant) ? 'indetermine' : 'a-instruire'
});
const streamOf = ({ action, mesure, dispositif, ...v }: Verdict): Unasked => ({
	...{ action, dispositif, mesures: [mesure], etat: 'aucune-liste', manquants: v.manquants.length },
	verdict: v.verdict as 'a-instruire'
});
const alert = (action: string, gravite: Gap['gravite'], said: Partial<Gap> = {}): Gap => ({
	...{
		id: `G10:${action}`,
		regle: 'G10',
		gravite,
		reponse: 'alerte',
		quartier: null,
		enjeu: null,
		message: '',
		aFaire: ''
	},
	...{ ou: 'financement', preuves: { actions: [action], champs: [], faits: [] }, ecartee: null, aRevoir: null },
	...said
});
const action = (id: string, cout: number | null = null, lignes: Parameters<typeof aLine>[0][] = []) =>
	aPlaced({
		action: {
			...{ id, titre: id, financements: lignes.map(aLine) },
			budget: cout === null ? null : { euros: cout, max: null, base: 'HT' }
		}
	});

const order = (placed: ReturnType<typeof action>[], verdicts: Verdict[], gaps: Gap[] = []) =>
	byAction(requestLines(verdicts.map(streamOf), { placed, verdicts, gaps, asOf: LE }, ref)).map((l) => l[0]!.action);

describe('Les demandes possibles, la plus pressée d’abord', () => {
	const [A, B] = [action('a'), action('b')];

	it('ce qui est à instruire passe avant tout ce qui attend une réponse, même pressé, même grave', () => {
		const verdicts = [verdict('a', DATED, [reason('x')]), verdict('b')];
		expect(order([action('a', 900_000), B], verdicts, [alert('a', 'critique')])).toEqual(['b', 'a']);
	});

	it('parmi elles, une date limite de dépôt connue passe avant tout le reste', () => {
		const verdicts = [verdict('a', UNDATED, [reason('x')]), verdict('b', DATED, [reason('x'), reason('y')])];
		expect(order([action('a', 900_000), B], verdicts, [alert('a', 'critique')])).toEqual(['b', 'a']);
	});

	it('ce qui n’est lu que sur peu de mots, enjeux et nature, passe après le reste', () => {
		const guessed = {
			...action('a', 900_000),
			transition: [{ code: 'T06', score: 2.5, mots: ['ville respirante'], par: 'lexique' as const }],
			nature: { code: 'N1', score: 0.6, mots: ['Saint'], par: 'appris' as const }
		};
		const verdicts = [verdict('a'), verdict('b')];
		expect(order([guessed, B], verdicts, [alert('a', 'critique')])).toEqual(['b', 'a']);
		const said = { ...guessed, transition: [{ ...guessed.transition[0]!, par: 'decision' as const }] };
		expect(order([said, B], verdicts, [alert('a', 'critique')])).toEqual(['a', 'b']);
	});

	it('puis la lacune la plus grave sur l’argent de l’action ; une lacune écartée ou d’un autre sujet ne compte pas', () => {
		const lacking = [verdict('a', UNDATED, [reason('x')]), verdict('b', UNDATED, [reason('x'), reason('y')])];
		expect(order([action('a', 900_000), B], lacking, [alert('a', 'moyenne'), alert('b', 'haute')])).toEqual(['b', 'a']);
		const verdicts = [verdict('a'), verdict('b', UNDATED, [reason('x')])];
		const others = [
			alert('b', 'critique', { ou: 'lieux' }),
			alert('b', 'critique', { ecartee: { par: 'Claire D.' } as unknown as Gap['ecartee'] }),
			alert('b', 'information', { reponse: 'donnee-manquante' })
		];
		expect(order([A, B], verdicts, others)).toEqual(['a', 'b']);
	});

	it('une action dont la fin prévue est passée le dit à côté de ce qu’on demanderait pour elle', () => {
		const until = (fin: string) => {
			const one = action('a');
			const placed = [{ ...one, action: { ...one.action, dates: { debut: null, fin, texte: null } } }];
			const verdicts = [verdict('a')];
			return requestLines(verdicts.map(streamOf), { placed, verdicts, gaps: [], asOf: LE }, ref)[0]!.finie;
		};
		expect(until('2019-12-31')).toBe('fin prévue en 2019, passée');
		expect(until('2027-12-31')).toBeNull();
	});

	it('puis l’argent en jeu : ce qui reste à trouver, sinon le coût ; un montant inconnu vient après, jamais compté pour zéro', () => {
		const placed = [
			action('rien'),
			action('zéro', 0),
			action('cout', 50_000),
			action('reste', 90_000, [{ obtenu: 20_000, etat: 'obtenu' }])
		];
		const verdicts = placed.map((p) => verdict(p.action.id));
		expect(order(placed, verdicts)).toEqual(['reste', 'cout', 'zéro', 'rien']);
		const lines = requestLines(verdicts.map(streamOf), { placed, verdicts, gaps: [], asOf: LE }, ref);
		expect(lines.map((l) => l.enjeu)).toEqual([
			{ euros: 70_000, quoi: 'reste-suppose' },
			{ euros: 50_000, quoi: 'cout' },
			{ euros: 0, quoi: 'cout' },
			null
		]);
	});

	it('puis le moins de réponses qui manquent, puis le titre', () => {
		const verdicts = [verdict('a', UNDATED, [reason('x'), reason('y')]), verdict('b', UNDATED, [reason('x')])];
		expect(order([A, B], verdicts)).toEqual(['b', 'a']);
		// What does not block is told, and weighs nothing.
		const soft = [verdict('b'), verdict('a', UNDATED, [reason('x', { bloquant: false })])];
		expect(order([B, A], soft)).toEqual(['a', 'b']);
	});

	it('les lignes d’une même action restent ensemble, la plus proche d’abord ; sans rien à demander, la liste est vide', () => {
		const verdicts = [verdict('a', UNDATED, [reason('x')]), verdict('b'), verdict('a', DATED)];
		const lines = requestLines(verdicts.map(streamOf), { placed: [A, B], verdicts, gaps: [], asOf: LE }, ref);
		expect(lines.map((l) => [l.action, l.depot])).toEqual([
			['a', '2025-12-15'],
			['a', null],
			['b', null]
		]);
		expect(order([A], [])).toEqual([]);
	});

	it('ce qui manque est nommé une fois, ce qui bloque d’abord ; les mots d’un titre ne se demandent à personne', () => {
		const verdicts = [
			verdict('a', UNDATED, [
				reason('surface', { critere: 'surface', attendu: 'au moins 1\u202f000\u00a0m²', bloquant: false }),
				reason('mots', { attendu: '«\u00a0bois\u00a0»' }),
				reason('technologie', { attendu: 'biomasse' }),
				reason('technologie', { attendu: 'géothermie' }),
				reason('propriete', { critere: 'propriété publique' })
			])
		];
		const [line] = requestLines(verdicts.map(streamOf), { placed: [A], verdicts, gaps: [], asOf: LE }, ref);
		expect(line!.manque.map((m) => m.dit)).toEqual([
			// Two values would do: neither is told as the only one.
			'technologie\u202f?',
			'propriete\u202f?',
			'surface\u202f? (il faut\u00a0: au moins 1\u202f000\u00a0m²)'
		]);
	});
});
