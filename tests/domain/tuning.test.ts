import { describe, expect, it } from 'vitest';
import { readDismissal, printOf } from '../../src/lib/domain/rules/gap-decisions';
import { everyFact, facts, joinedFacts } from '../../src/lib/domain/rules/gap-facts';
import { parameterText, readParameter, tunedReferentiel } from '../../src/lib/domain/rules/tuning';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDecision } from '../fixtures/build';

const ref = loadReferentiel();
const set = (id: string, valeur: unknown) => aDecision({ sujet: { genre: 'regle', id }, valeur });

describe('un paramètre de territoire', () => {
	it.each([
		['36', 24, { valeur: 36 }],
		['25 %', 0.3, { valeur: 0.25 }],
		['12,5\u00a0%', 0.3, { valeur: 0.125 }],
		['30', 0.3, { valeur: 0.3 }],
		['0,3', 0.3, { attendu: expect.stringContaining('pourcentage') }],
		['130 %', 0.3, { attendu: expect.stringContaining('entre 0 et 100') }],
		['douze', 24, { attendu: expect.stringContaining('nombre') }],
		['-1', 24, { attendu: expect.stringContaining('zéro ou plus') }],
		['1,5', 2, { attendu: expect.stringContaining('entier') }],
		['31/12/2032', '2030-12-31', { valeur: '2032-12-31' }],
		['31/02/2032x', '2030-12-31', { attendu: expect.stringContaining('JJ/MM/AAAA') }],
		['T01\n\n T02 ', ['T03'], { valeur: ['T01', 'T02'] }]
	])('« %s » pour %j se lit %j', (words, like, read) => expect(readParameter(words, like)).toEqual(read));

	it('une part se lit comme elle s’écrit', () => {
		expect(parameterText(0.3)).toBe('30\u00a0%');
		expect(parameterText(1, 0.8)).toBe('100\u00a0%');
		expect(parameterText(24)).toBe('24');
		expect(readParameter(parameterText(0.125), 0.3)).toEqual({ valeur: 0.125 });
	});

	it('remplace celui du référentiel, le dernier mot l’emportant, et laisse les autres', () => {
		const tuned = tunedReferentiel(ref, [set('G07.horizon', '2031-12-31'), set('G07.horizon', '2032-12-31')]);
		const rule = (r: typeof ref) => r.lacunes.regles.find((x) => x.id === 'G07')!.parametres;
		expect(rule(tuned)).toEqual({ ...rule(ref), horizon: '2032-12-31' });
	});
	it('d’un autre genre que celui du référentiel, ou d’une règle disparue, ne change rien', () => {
		expect(tunedReferentiel(ref, [set('G07.horizon', 12), set('G99.mois', 3)])).toBe(ref);
	});
});

describe('une décision sur une lacune', () => {
	const gap = (faits: string[], gravite = 'haute') => ({
		reponse: 'alerte',
		gravite,
		preuves: { actions: ['a'], faits }
	});
	const FACT = 'PCAET, «\u00a0Isoler\u00a0» (plan.xlsx, ligne\u00a014)\u00a0: nature N3';
	const decided = aDecision({
		sujet: { genre: 'lacune', id: 'G03:x' },
		valeur: { etat: 'traitee', empreinte: printOf(gap([FACT])) },
		motif: 'Vu'
	});
	const today = (faits: string[], gravite?: string) =>
		readDismissal(decided, () => printOf(gap(faits, gravite)), '2026-11-22');

	it('tient tant que ses faits sont les mêmes, même si leur ligne a bougé ou qu’un réglage s’ajoute', () => {
		expect(today([FACT]).ecartee).toMatchObject({ etat: 'traitee', motif: 'Vu' });
		expect(today([FACT.replace('14', '22'), 'Réglage de ce territoire\u00a0: mois 6']).ecartee).not.toBeNull();
	});
	it('revient quand ils changent, et dit lesquels', () => {
		const { ecartee, aRevoir } = today([FACT, 'PCAET, «\u00a0Étudier\u00a0»\u00a0: nature N4']);
		expect(ecartee).toBeNull();
		expect(aRevoir).toMatchObject({ etat: 'traitee', disparus: [], apparus: [expect.stringContaining('Étudier')] });
	});
	it('tient quand la gravité baisse sur les mêmes faits ; revient quand elle monte, et le dit', () => {
		expect(today([FACT], 'moyenne')).toMatchObject({ ecartee: { etat: 'traitee' }, aRevoir: null });
		expect(today([FACT], 'critique').aRevoir).toMatchObject({
			disparus: [],
			apparus: ['gravité critique, au lieu de haute']
		});
	});

	const many = Array.from(
		{ length: 12 },
		(_, n) => `«\u00a0Action ${n}\u00a0»\u00a0: à l’échelle de l’intercommunalité, quartier non nommé`
	);
	const shortened = (faits: string[]) => ({ ...gap([]), preuves: { actions: ['a'], faits: facts(faits) } });
	const onMany = (empreinte: string[], faits: string[]) =>
		readDismissal(
			aDecision({ sujet: { genre: 'lacune', id: 'G02:x' }, valeur: { etat: 'ecartee', empreinte } }),
			() => printOf(shortened(faits)),
			'2026-11-22'
		);
	const come = '«\u00a0Venue du CRTE\u00a0»\u00a0: à l’échelle de la commune, quartier non nommé';
	it('un fait que la liste abrégée ne montre plus est toujours vrai', () => {
		const { aRevoir } = onMany(printOf(shortened(many)), [come, ...many]);
		expect(aRevoir).toMatchObject({ disparus: [], apparus: [come] });
		const last = many.at(-1)!;
		expect(onMany(printOf(shortened(many)), many.slice(0, -1)).aRevoir).toMatchObject({
			disparus: [last],
			apparus: []
		});
	});
	it('gardée avec une liste abrégée, elle tient sur les mêmes faits et ne dit pas faux ce qui est vrai', () => {
		const old = [...many.slice(0, 8), 'et 4 autres actions', '#alerte haute a'];
		expect(onMany(old, many).ecartee).not.toBeNull();
		expect(onMany(old, [come, ...many.slice(1)]).aRevoir).toMatchObject({ disparus: [many[0]], apparus: [] });
		const other = [...many.slice(0, 8), 'et 4 autres actions', '#alerte haute b'];
		expect(onMany(other, many).aRevoir?.apparus).toEqual(['1\u00a0action de plus parmi les preuves']);
	});
	it('des faits mis bout à bout gardent ceux qu’ils ne montrent pas', () => {
		const joined = joinedFacts(['Documents lus'], facts(many), []);
		expect(joined).toHaveLength(10);
		expect(everyFact(joined)).toEqual(['Documents lus', ...many]);
	});
	it('prise avant que les faits soient gardés, elle tient', () => {
		const old = aDecision({ sujet: { genre: 'lacune', id: 'G03:x' }, valeur: 'ecartee' });
		expect(readDismissal(old, () => ['x'], '2026-11-22').ecartee).not.toBeNull();
	});
});
