import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/lib/domain/action';
import { NIVEAUX, type Niveau } from '../../src/lib/domain/crossing/place';
import { changesBetween, crossingFacts, signaturesOf } from '../../src/lib/domain/crossing/signatures';
import {
	countSignatures,
	nameFor,
	namesToSign,
	signatureSummary,
	signatureWords,
	type Role
} from '../../src/lib/domain/crossing/signature-words';
import { aDecision, aPlaced } from '../fixtures/build';

const Q = 'QNZZZ01F';
const X = 'X01';

interface World {
	readonly niveaux: readonly (Niveau | null)[];
	readonly natures: readonly string[];
}

const viewOf = ({ niveaux, natures }: World) => ({
	gaps: [],
	actions: niveaux.flatMap((niveau, i) =>
		niveau === null
			? []
			: [
					aPlaced({
						action: { id: `a${i}`, titre: `Action ${i}` },
						atteinte: { [Q]: niveau },
						croises: [X],
						nature: natures[i] ?? null
					})
				]
	)
});
const factsOf = (world: World) => crossingFacts(viewOf(world), Q, X);
const signature = (role: Role, world: World, id: number): Decision =>
	aDecision({
		id,
		sujet: { genre: 'signature', id: X },
		quartier: Q,
		valeur: { role, faits: factsOf(world) },
		par: role
	});
const stateOf = (decisions: readonly Decision[], world: World) =>
	signaturesOf(decisions, viewOf(world)).find((s) => s.croise === X)?.etat ?? 'non-signee';

/** What can happen between two readings. */
type Step =
	| { readonly do: 'signer' | 'retirer'; readonly role: Role }
	| { readonly do: 'deplacer'; readonly action: number; readonly niveau: Niveau | null }
	| { readonly do: 'nature'; readonly action: number; readonly nature: string }
	| { readonly do: 'revenir' };

const role = fc.constantFrom<Role>('transition', 'ville');
const action = fc.nat({ max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ do: fc.constantFrom('signer' as const, 'retirer' as const), role }),
	fc.record({ do: fc.constant('deplacer' as const), action, niveau: fc.constantFrom(...NIVEAUX, null) }),
	fc.record({ do: fc.constant('nature' as const), action, nature: fc.constantFrom('N1', 'N2') }),
	fc.constant({ do: 'revenir' as const })
);

describe('l’état d’une signature', () => {
	it('est celui que l’on recalcule, après n’importe quelle suite de signatures, de changements et de retours', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
				let world: World = { niveaux: ['diffuse', null, 'cible'], natures: ['N1', 'N1', 'N1'] };
				const past: World[] = [];
				let decisions: Decision[] = [];
				const seen: Partial<Record<Role, World>> = {};
				const change = (next: World) => {
					past.push(world);
					world = next;
				};
				const put = <T>(list: readonly T[], at: number, value: T) => list.map((v, i) => (i === at ? value : v));
				steps.forEach((s, id) => {
					if (s.do === 'signer') {
						decisions = [...decisions, signature(s.role, world, id)];
						seen[s.role] = world;
					} else if (s.do === 'retirer') {
						decisions = decisions.filter((d) => d.par !== s.role);
						delete seen[s.role];
					} else if (s.do === 'deplacer') change({ ...world, niveaux: put(world.niveaux, s.action, s.niveau) });
					else if (s.do === 'nature') change({ ...world, natures: put(world.natures, s.action, s.nature) });
					else world = past.pop() ?? world;
					// An action that is elsewhere, or not there, is not under the crossing: whatever else is said of it is not seen.
					const visible = (w: World) =>
						JSON.stringify(w.niveaux.map((n, i) => (n === null || n === 'aucune' ? null : [n, w.natures[i]])));
					const held = Object.values(seen);
					const stale = held.some((w) => visible(w) !== visible(world));
					const expected = stale ? 'a-revoir' : (['non-signee', 'a-moitie', 'signee'] as const)[held.length];
					expect(stateOf(decisions, world)).toBe(expected);
				});
			}),
			{ numRuns: 300 }
		);
	});

	it('ne dépend pas de l’ordre des actions', () => {
		const world: World = { niveaux: ['diffuse', 'probable', 'cible'], natures: ['N1', 'N2', 'N1'] };
		const view = viewOf(world);
		const turned = { ...view, actions: [...view.actions].reverse() };
		expect(signaturesOf([signature('ville', world, 1)], turned)[0]!.etat).toBe('a-moitie');
	});
});

describe('une signature à revoir dit ce qui a changé', () => {
	it('actions ajoutées, portée et nature, d’une phrase chacune', () => {
		const before: World = { niveaux: ['diffuse', null, null], natures: ['N4', 'N1', 'N1'] };
		const after: World = { niveaux: ['probable', 'cible', 'cible'], natures: ['N1', 'N1', 'N1'] };
		const natures = { N1: 'investissement', N4: 'étude' };
		expect(changesBetween(factsOf(before), factsOf(after), natures)).toEqual([
			'2\u00a0actions ajoutées («\u00a0Action 1\u00a0» et «\u00a0Action 2\u00a0»)',
			'portée de «\u00a0Action 0\u00a0» passée de diffuse à probable',
			'nature de «\u00a0Action 0\u00a0» passée de «\u00a0étude\u00a0» à «\u00a0investissement\u00a0»'
		]);
	});

	it('une fin repoussée, avancée, fixée ou retirée, un coût écrit ou retiré : dit en français', () => {
		const facts = factsOf({ niveaux: ['cible'], natures: ['N1'] });
		const [id, action] = Object.entries(facts.actions)[0]!;
		const saying = (was: object, is: object) => {
			const of = (said: object) => ({ ...facts, actions: { [id]: { ...action, ...said } } });
			return changesBetween(of(was), of(is)).join();
		};
		const titre = '«\u00a0Action 0\u00a0»';
		const [early, late] = [{ fin: '2028-12-31' }, { fin: '2030-06-30' }];
		expect(saying(early, late)).toBe(`fin prévue de ${titre} repoussée du 31/12/2028 au 30/06/2030`);
		expect(saying(late, early)).toBe(`fin prévue de ${titre} avancée du 30/06/2030 au 31/12/2028`);
		expect(saying({ fin: null }, late)).toBe(`fin prévue de ${titre} fixée au 30/06/2030`);
		expect(saying(late, { fin: null })).toBe(`fin prévue de ${titre} (30/06/2030) retirée`);
		expect(saying({ cout: null }, { cout: 5 })).toBe(`coût de ${titre} désormais écrit\u00a0: 5\u00a0€`);
		expect(saying({ cout: 5 }, { cout: 6 })).toBe(`coût de ${titre} passé de 5\u00a0€ à 6\u00a0€`);
		expect(saying({ cout: 5 }, { cout: null })).toBe(`coût de ${titre} (5\u00a0€) retiré`);
	});

	it('un statut change de quoi à quoi, dans les mots du référentiel', () => {
		const facts = factsOf({ niveaux: ['cible'], natures: ['N1'] });
		const [id, action] = Object.entries(facts.actions)[0]!;
		const of = (statut: string | null) => ({ ...facts, actions: { [id]: { ...action!, statut } } });
		const noms = { 'a-venir': 'À venir', 'en-cours': 'En cours' };
		expect(changesBetween(of('a-venir'), of('en-cours'), noms)).toEqual([
			'statut de «\u00a0Action 0\u00a0» passé de «\u00a0À venir\u00a0» à «\u00a0En cours\u00a0»'
		]);
		expect(changesBetween(of(null), of('en-cours'), noms).join()).toContain('passé de non renseigné à');
	});

	it('une lacune écartée depuis compte comme un changement', () => {
		const facts = factsOf({ niveaux: ['cible'], natures: ['N1'] });
		expect(changesBetween(facts, { ...facts, lacunes: { 'G01:QNZZZ01F:X01': 'ecartee' } })).toEqual([
			'lacune G01 écartée'
		]);
		expect(changesBetween({ ...facts, lacunes: { 'G01:x': 'ecartee' } }, facts)).toEqual(['lacune G01 rouverte']);
	});

	it('une même personne peut signer deux fois, et c’est dit, quelle que soit la façon dont elle écrit son nom', () => {
		const world: World = { niveaux: ['cible'], natures: ['N1'] };
		const by = (ville: string) => [
			{ ...signature('transition', world, 1), par: 'Claire Dubois' },
			{ ...signature('ville', world, 2), par: ville }
		];
		const words = (ville: string) => signatureWords(signaturesOf(by(ville), viewOf(world))[0]);
		expect(words('claire  DUBOIS')).toMatch(
			/^signée deux fois par la même personne, claire {2}DUBOIS \(référent transition et référent/
		);
		expect(words('Karim Aït')).toBe(
			'signée par Claire Dubois (référent transition) et Karim Aït (référent politique de la ville)'
		);
		expect(stateOf(by('Claire Dubois'), world)).toBe('signee');
	});

	it('le résumé du territoire et la phrase d’un croisement se lisent', () => {
		const world: World = { niveaux: ['cible'], natures: ['N1'] };
		const both = [signature('transition', world, 1), signature('ville', world, 2)];
		const now = signaturesOf(both, viewOf(world));
		expect(signatureSummary(countSignatures(now, 40))).toBe('1\u00a0croisement signé sur 40');
		expect(signatureWords(now[0])).toBe(
			'signée par transition (référent transition) et ville (référent politique de la ville)'
		);
		const moved = signaturesOf(both, viewOf({ niveaux: ['diffuse'], natures: ['N1'] }));
		expect(signatureWords(moved[0])).toContain('à revoir, portée de');
		expect(signatureWords(undefined)).toBe('non signée');
	});
});

describe('le nom que propose un formulaire de signature', () => {
	const by = (par: string, le: string) => ({ par, le, motif: null, changements: [] });

	it('n’est jamais celui du premier référent pour le second : vide, ou le dernier nom de ce rôle', () => {
		const first = { transition: by('Camille', '2026-11-20'), ville: null };
		expect(nameFor('ville', [first], 'Camille')).toBe('');
		const both = { transition: null, ville: by('Nadia', '2026-11-21') };
		expect(nameFor('ville', [first, both], 'Camille')).toBe('Nadia');
		expect(nameFor('transition', [first, both], 'Nadia')).toBe('Camille');
	});

	it('est celui de qui signe, tant que personne n’a signé dans ce quartier', () =>
		expect(nameFor('transition', [null], 'Camille')).toBe('Camille'));
});

describe('la file à signer demande un nom par référent', () => {
	const rien = { transition: '', ville: '' };

	it('ne signe pas pour les deux rôles du seul nom que garde le navigateur', () => {
		expect(namesToSign(rien, [], null, 'Camille')).toEqual(rien);
	});

	it('dans un rôle choisi, propose le nom du navigateur, sauf s’il est celui de l’autre référent', () => {
		expect(namesToSign(rien, [], 'ville', 'Camille')).toEqual({ transition: '', ville: 'Camille' });
		expect(namesToSign({ transition: 'camille', ville: '' }, [], 'ville', 'Camille').ville).toBe('');
	});

	it('garde le nom de chaque rôle, sinon celui qui a signé le dernier pour lui', () => {
		const par = (nom: string) => ({ par: nom, le: '2026-11-01', motif: null, changements: [] });
		const signee = { transition: par('Nadia'), ville: null };
		expect(namesToSign({ ...rien, ville: 'Karim' }, [signee], null, 'Camille')).toEqual({
			transition: 'Nadia',
			ville: 'Karim'
		});
	});
});
