import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carrierOf } from '../../src/lib/domain/crossing/leads';
import type { PlacedAction } from '../../src/lib/domain/crossing/place';
import { acrossKinds, crossingFirst, overlapPage, overlapPairs } from '../../src/lib/domain/pages/overlap-page';
import { overlapLines } from '../../src/lib/domain/pages/overlap-lines';
import { overlapWords } from '../../src/lib/domain/pages/overlap-words';
import { markReader } from '../../src/lib/domain/rules/markers';
import { buildingsOf, sameBuilding } from '../../src/lib/domain/rules/named-buildings';
import { findOverlaps, type Overlap } from '../../src/lib/domain/rules/overlaps';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';

/* Pairs of actions that two plans hold apart: proposed with their reasons, never decided. */

const ref = loadReferentiel();
const rule = (id: string) => ref.lacunes.regles.find((r) => r.id === id)!;
const rules = { recoupement: rule('G09'), tension: rule('G06') };
const overlaps = (...placed: PlacedAction[]): Overlap[] => findOverlaps(placed, rules, markReader(ref.marqueurs));

type Said = Parameters<typeof aPlaced>[0] & { readonly titre: string; readonly document: number };
const placed = ({ titre, document, action, ...said }: Said) =>
	aPlaced({
		atteinte: { Q1: 'explicite', Q2: 'aucune' },
		transition: ['T02'],
		ville: ['P07'],
		nature: 'N1',
		...said,
		action: { id: `a${document}-${titre}`, titre, document, porteur: 'Ville de Lys', ...action }
	});
/** A document of another kind of plan, beyond the first. */
const planOf = (document: number) => (document === 1 ? ('contrat-de-ville' as const) : ('pcaet' as const));
const school = (document: number, more: Partial<Said> = {}) =>
	placed({ titre: 'Rénover l’école Victor-Hugo', document, ...more });

describe('un recoupement', () => {
	it('la même opération dite par deux plans est un doublon probable, avec toutes ses raisons', () => {
		const [pair] = overlaps(school(1), placed({ titre: 'Rénovation de l’école Victor Hugo', document: 2 }));
		expect(pair).toMatchObject({ genre: 'doublon', quartiers: ['Q1'], enjeux: ['T02', 'P07'] });
		expect(pair!.raisons.map((r) => r.mesure)).toEqual(['enjeux', 'zone', 'titre', 'nature']);
		expect(pair!.raisons.reduce((sum, r) => sum + r.poids, 0)).toBeCloseTo(1, 2);
		for (const { dit } of pair!.raisons) expect(dit).not.toBe('');
	});
	it.each(['Ville de Lys (maître d’ouvrage)', 'Mairie de Lys', 'COMMUNE DE LYS'])(
		'le même porteur, écrit « %s », reste un doublon',
		(porteur) => {
			expect(overlaps(school(1), school(2, { action: { porteur } }))[0]).toMatchObject({ genre: 'doublon' });
		}
	);
	it('un autre porteur : ce n’est plus un doublon, mais un recoupement', () => {
		const other = school(2, { action: { porteur: 'Bailleur' } });
		expect(overlaps(school(1), other)[0]).toMatchObject({ genre: 'recoupement' });
	});
	it.each<[string, PlacedAction]>([
		['sans lieu commun', school(2, { atteinte: { Q1: 'aucune', Q2: 'explicite' } })],
		['sans rien que l’on sache du lieu', school(2, { atteinte: { Q1: 'inconnu', Q2: 'inconnu' } })],
		[
			'sur d’autres enjeux, avec un autre titre',
			placed({ titre: 'Marché de producteurs', document: 2, transition: ['T09'], ville: ['P04'], nature: 'N2' })
		]
	])('%s : pas de paire', (_, other) => expect(overlaps(school(1), other)).toEqual([]));
	it('dans deux communes d’un même quartier : pas de paire, sauf un titre presque pareil', () => {
		const [here, there] = [{ communes: ['59014'] }, { communes: ['59079'], porteur: 'Ville de Vermoy' }];
		const tavernier = placed({ titre: 'Réhabilitation de l’école Tavernier', document: 1, action: here });
		const other = (titre: string) => placed({ titre, document: 2, action: there });
		expect(overlaps(tavernier, other('Rénovation thermique de l’école Kergomard'))).toEqual([]);
		expect(overlaps(tavernier, other('Réhabilitation de l’école Tavernier'))).toHaveLength(1);
	});
	it('deux établissements différents : pas de paire, même sous des titres proches', () => {
		const named = (document: number, titre: string) => placed({ titre, document, action: { plan: planOf(document) } });
		const corrette = named(1, 'Remplacement des menuiseries de l’école élémentaire Eugène Corrette');
		expect(overlaps(corrette, named(2, 'Remplacement des menuiseries Ecole BERT – 3ème tranche'))).toEqual([]);
		expect(overlaps(corrette, named(2, 'Remplacement des menuiseries Ecole CORETTE – 3ème tranche'))).toHaveLength(1);
	});
	it('un même établissement, écrit de deux façons, n’est pas deux', () => {
		const [pair] = overlaps(
			placed({ titre: 'Menuiseries de l’école Eugène Corrette', document: 1 }),
			placed({ titre: 'MENUISERIES DE L’ECOLE CORETTE', document: 2 })
		);
		expect(pair).toMatchObject({ lieu: 'etablissement' });
		expect(pair!.raisons[1]!.dit).toBe('un même établissement dans les deux titres\u00a0: école Eugène Corrette');
	});
	it('deux phases d’une même opération ne sont pas un doublon : elles se coordonnent, et la paire le dit', () => {
		const phase = (document: number, n: number) =>
			placed({ titre: `Rénover l’école Victor-Hugo, phase ${n}`, document });
		expect(overlaps(phase(1, 1), phase(2, 1))[0]).toMatchObject({ genre: 'doublon' });
		const [pair] = overlaps(phase(1, 1), phase(2, 2));
		expect(pair).toMatchObject({ genre: 'recoupement' });
		expect(pair!.raisons[0]!.dit).toBe('tranches d’une même opération\u00a0: phase 1 et phase 2, à coordonner');
		expect(overlaps(phase(1, 1), { ...phase(1, 2), action: { ...phase(1, 2).action, id: 'b' } })).toEqual([]);
	});
	it('dans un même document, seule une double saisie est dite', () => {
		const gym = placed({ titre: 'Rénover le gymnase Jean-Moulin', document: 1 });
		expect(overlaps(school(1), gym)).toEqual([]);
		const again = (said: Partial<PlacedAction['action']> = {}) => ({
			...school(1),
			action: { ...school(1).action, id: 'b', ...said }
		});
		expect(overlaps(school(1), again())[0]).toMatchObject({ genre: 'doublon' });
		expect(overlaps(school(1), again({ titre: 'Rénover l’école Louise-Michel' }))).toEqual([]);
		const cost = (euros: number) => ({ budget: { euros, base: 'HT' as const, max: null } });
		expect(overlaps(school(1, { action: cost(100_000) }), again(cost(80_000)))).toEqual([]);
		expect(overlaps(school(1, { action: cost(100_000) }), again(cost(100_000)))).toHaveLength(1);
	});
	it('une période inconnue ne pèse pas ; des périodes disjointes pèsent contre', () => {
		const dated = (document: number, debut: string, fin: string) =>
			school(document, { action: { porteur: null, dates: { debut, fin, texte: null } } });
		const scoreOf = (...pair: PlacedAction[]) => overlaps(...pair)[0]!.score;
		const unknown = scoreOf(dated(1, '2025-01-01', '2026-12-31'), school(2));
		const apart = scoreOf(dated(1, '2025-01-01', '2026-12-31'), dated(2, '2028-01-01', '2029-12-31'));
		const together = scoreOf(dated(1, '2025-01-01', '2026-12-31'), dated(2, '2025-06-01', '2026-06-01'));
		expect(apart).toBeLessThan(unknown);
		expect(together).toBeGreaterThan(apart);
	});
});

describe('une paire que l’on garderait', () => {
	const near = (document: number, titre: string, more: Partial<Said> = {}) =>
		placed({ titre, document, ...more, action: { plan: planOf(document), ...more.action } });
	it('le même enjeu et le même lieu ne suffisent pas : il faut un mot commun, ou que tout le reste s’accorde', () => {
		const works = near(1, 'Isoler les combles du groupe scolaire');
		expect(overlaps(works, near(2, 'Programme Effilogis'))).toHaveLength(1);
		expect(overlaps(works, near(2, 'Programme Effilogis', { nature: 'N3' }))).toEqual([]);
		expect(overlaps(works, near(2, 'Ateliers dans le groupe scolaire', { nature: 'N3' }))).toHaveLength(1);
	});
	it('sans enjeu de transition commun, les titres doivent se ressembler davantage', () => {
		const ville = { transition: [], ville: ['P11'] };
		const council = near(1, 'Animation des conseils citoyens', { ...ville, nature: 'N3' });
		expect(overlaps(council, near(2, 'Animation de la fête du quartier du canal', { ...ville, nature: 'N2' }))).toEqual(
			[]
		);
		expect(overlaps(council, near(2, 'Réunir les conseils citoyens', { ...ville, nature: 'N2' }))).toHaveLength(1);
	});
	it('sans un mot commun, il faut un enjeu de transition commun : le sport ne suffit pas', () => {
		const sport = { transition: [], ville: ['P10'] };
		const pole = near(1, 'Construction d’un pôle sportif', sport);
		expect(overlaps(pole, near(2, 'Réfection des chéneaux du gymnase', sport))).toEqual([]);
	});
	it('un même quartier nommé par les deux titres rapproche deux actions que leurs mots rapprochent déjà un peu', () => {
		const sport = { transition: [], ville: ['P10'] };
		const pole = near(1, 'Construction d’un pôle sportif au quartier du Moulin', sport);
		const games = near(
			2,
			'Mise en place d’activités sportives et culturelles pour les jeunes et leurs familles, quartier du Moulin',
			{
				...{ ...sport, nature: 'N2' }
			}
		);
		expect(overlaps(pole, games)).toMatchObject([{ lieu: 'quartier', quartiers: ['Q1'] }]);
		const elsewhere = (p: PlacedAction, niveau: 'explicite' | 'probable'): PlacedAction => ({
			...p,
			reach: p.reach.map((r) => ({ ...r, niveau }))
		});
		expect(overlaps(elsewhere(pole, 'probable'), games)).toEqual([]);
		// What is for every quartier names none.
		expect(overlaps(elsewhere(pole, 'explicite'), elsewhere(games, 'explicite'))).toEqual([]);
	});
	it('le nom du quartier ne rapproche pas deux titres : il faut un mot qui dise ce qu’on fait', () => {
		const here = (p: PlacedAction): PlacedAction => ({
			...p,
			reach: p.reach.map((r) => (r.niveau === 'explicite' ? { ...r, preuve: 'quartier du Moulin' } : r))
		});
		const more = { transition: [], ville: ['P10'] };
		const pole = here(near(1, 'Construction d’un pôle sportif au quartier du Moulin', more));
		const games = here(near(2, 'Activités sportives, quartier du Moulin', { ...more, nature: 'N2' }));
		const garden = here(near(2, 'Jardins familiaux, quartier du Moulin', { ...more, nature: 'N2' }));
		expect(overlaps(pole, garden)).toEqual([]);
		const [pair] = overlaps(pole, games);
		// « sportif » et « sportives » : le même mot, et le seul qui compte.
		expect(pair!.mots).toEqual(['sportif']);
		const [left, right] = overlapPairs([pair!], [pole, games], [], () => 'PCAET', new Map())[0]!.cotes;
		expect([left, right].map(({ titre }) => titre.filter((_, i) => i % 2))).toEqual([['sportif'], ['sportives']]);
	});
	it('la commune seule vaut moins qu’un quartier nommé, et ne donne aucun quartier à la paire', () => {
		const probable = { atteinte: { Q1: 'probable' as const, Q2: 'probable' as const } };
		const roof = (more: Partial<Said>) => near(2, 'Isoler la toiture de la salle des fêtes', more);
		const hall = near(1, 'Isoler la salle des fêtes');
		const [named, communal] = [overlaps(hall, roof({}))[0]!, overlaps(hall, roof(probable))[0]!];
		expect(communal).toMatchObject({ lieu: 'commune', quartiers: [] });
		expect(named.score - communal.score).toBeCloseTo((0.25 * 0.5) / 0.9, 2);
		const worth = communal.raisons.reduce((sum, r) => sum + r.valeur * r.poids, 0);
		expect(communal.score).toBeCloseTo(worth, 2);
	});
	it('deux quartiers que les titres nomment plaident contre la paire', () => {
		const lamps = (document: number, where: string) =>
			near(document, `Lampadaires sobres pour l’éclairage public, quartier ${where}`);
		const [pair] = overlaps(lamps(1, 'du Moulin'), lamps(2, 'de Neuville'));
		expect(pair).toMatchObject({ lieu: 'ailleurs', quartiers: [] });
		const zone = pair!.raisons.find((r) => r.mesure === 'zone')!;
		expect(zone).toMatchObject({
			valeur: 0,
			dit: 'deux quartiers différents dans les titres\u00a0: Moulin et Neuville'
		});
		expect(overlaps(lamps(1, 'du Moulin'), lamps(2, 'du Moulin et de Neuville'))[0]).toMatchObject({
			lieu: 'quartier'
		});
	});
	it('deux listes d’un même genre de plan : une suite sous des titres proches ou sur un même bâtiment, ou rien', () => {
		const granted = (document: number, titre: string) =>
			placed({ titre, document, action: { plan: 'contrat-de-ville', porteur: `Ville ${document}` } });
		const sols = granted(1, 'Réfection des sols et éclairage LED au centre social');
		const mats = granted(2, 'Remplacement des mâts et de l’éclairage par du LED au terrain');
		expect(overlaps(sols, mats)).toEqual([]);
		expect(overlaps(sols, { ...mats, action: { ...mats.action, plan: 'pcaet' } })).toHaveLength(1);
		expect(overlaps(sols, granted(2, 'Réfection des sols du centre social'))).toHaveLength(1);
		const school = granted(1, 'Menuiseries à l’école Corette');
		const again = granted(
			2,
			'Extérieur du bâtiment C, deuxième tranche de travaux, menuiseries, ecole Eugene Corrette'
		);
		expect(overlaps(school, again)).toMatchObject([{ lieu: 'etablissement' }]);
	});
});

describe('une tension', () => {
	const permit = placed({
		titre: 'Aide au permis de conduire des jeunes',
		document: 1,
		transition: [],
		ville: ['P05']
	});
	const bikes = placed({ titre: 'Plan vélo et pistes cyclables', document: 2, transition: ['T05'], ville: [] });
	it('aide au permis et plan vélo dans le même quartier : à arbitrer, avec les mots', () => {
		const [pair] = overlaps(permit, bikes);
		expect(pair).toMatchObject({ genre: 'tension' });
		expect(pair!.raisons[0]!.dit).toMatch(/s’en passer.*permis de conduire.*vélo/);
	});
	it('« permis de végétaliser » n’est pas une aide à la voiture', () => {
		const marks = markReader(ref.marqueurs)(placed({ titre: 'Permis de végétaliser', document: 1 }));
		expect(marks.map((m) => m.code)).not.toContain('aide-permis-ou-voiture');
	});
	it('des places en enrobé là où l’on débitume : à arbitrer ; un parking perméable, à vélos ou relais ne l’est pas', () => {
		const green = placed({ titre: 'Débitumer et planter la place Zola', document: 2, transition: ['T06'] });
		const tense = (titre: string) =>
			overlaps(placed({ titre, document: 1, transition: ['T05'] }), green).filter((p) => p.genre === 'tension');
		expect(tense('Agrandir le parc de stationnement de la tour Zola, 60 places en enrobé')[0]!.raisons[0]!.dit).toMatch(
			/surface imperméable ajoutée et retirée/
		);
		for (const titre of ['Construction d’un parking de 40 places', 'Création d’une aire de stationnement'])
			expect(tense(titre)).toHaveLength(1);
		for (const titre of [
			'Construction d’un parking à vélos',
			'Création d’un parking perméable',
			'Construction d’un parking relais',
			'Ombrières sur la construction d’un parking',
			'Réfection de la chaussée en enrobé',
			'Limiter l’imperméabilisation des sols'
		])
			expect(tense(titre)).toEqual([]);
	});
	it('démolir et réhabiliter le même bâtiment, fût-ce dans un seul document ; un autre bâtiment ne compte pas', () => {
		const down = placed({ titre: 'Démolition de la barre Lamartine', document: 1, transition: [], ville: ['P03'] });
		const up = (titre: string, document: number) => placed({ titre, document, transition: ['T01'], ville: ['P01'] });
		for (const document of [1, 2])
			expect(overlaps(down, up('Réhabilitation des halls de la barre Lamartine', document))).toMatchObject([
				{ genre: 'tension' }
			]);
		expect(overlaps(down, up('Réhabilitation de la tour Ronsard', 2))).toEqual([]);
	});
	it('la phase d’une opération n’est pas le nom de son bâtiment', () => {
		const named = (titre: string) => buildingsOf({ titre }).map((b) => `${b.kind} ${b.name}`);
		expect(named('RENOVATION ECOLE JEAN JAURES PHASE 2')).toEqual(['école JEAN JAURES']);
		expect(named('Rénovation de l’école Jean Jaurès PHASE 1')).toEqual(['école Jean Jaurès']);
		expect(named('Isolation de l’école Jean Jaurès')).toEqual(['école Jean Jaurès']);
		expect(sameBuilding({ titre: 'École Jaurès PHASE A' }, { titre: 'École Verne PHASE A' })).toBeNull();
	});
	it('démolir une école et en réhabiliter une autre ne se contredisent pas, même sous des titres proches', () => {
		const down = placed({ titre: 'Démolition du groupe scolaire Jean Ronsard', document: 1, ville: ['P07'] });
		const up = (titre: string) => placed({ titre, document: 2, ville: ['P07'] });
		const tense = (titre: string) => overlaps(down, up(titre)).filter((p) => p.genre === 'tension');
		expect(tense('Réhabilitation du groupe scolaire Ronsard')).toHaveLength(1);
		expect(tense('Réhabilitation du groupe scolaire Jean Lamartine')).toEqual([]);
	});
	it('une animation autour du vélo ne contredit pas l’aide au permis, et une ligne saisie deux fois ne le dit qu’une', () => {
		expect(overlaps(permit, { ...bikes, nature: { ...bikes.nature!, code: 'N3' } })).toEqual([]);
		const twice = { ...permit, action: { ...permit.action, id: 'again', document: 3 } };
		expect(overlaps(permit, twice, bikes).filter((p) => p.genre === 'tension')).toHaveLength(1);
	});
	it('sans lieu commun, il n’y a pas de tension', () => {
		expect(
			overlaps(permit, { ...bikes, reach: bikes.reach.map((r) => ({ ...r, niveau: 'aucune' as const })) })
		).toEqual([]);
	});
});

describe('une décision', () => {
	const pair = [school(1), placed({ titre: 'Rénovation de l’école Victor Hugo', document: 2 })];
	const shown = (placed: readonly PlacedAction[], valeur: unknown) => {
		const found = overlaps(...placed);
		const decision = {
			id: 1,
			territoire: 'ZZ',
			sujet: { genre: 'recoupement' as const, id: found[0]!.id },
			quartier: null,
			valeur,
			motif: 'même marché',
			par: 'A. B.',
			le: '2026-11-22'
		};
		return overlapPairs(found, placed, [decision], (p) => p.action.plan, new Map());
	};
	it('est gardée et la paire n’est plus à trancher ; elle revient si une action change', () => {
		const empreinte = shown(pair, null)[0]!.empreinte;
		const kept = shown(pair, { verdict: 'meme-action', empreinte });
		expect(overlapPage(kept)).toMatchObject({ comptes: { 'a-trancher': 0, tranchees: 1 } });
		const changed = [{ ...pair[0]!, action: { ...pair[0]!.action, quartiers: ['Q9'] } }, pair[1]!];
		const again = shown(changed, { verdict: 'meme-action', empreinte });
		expect(again[0]!.decision).toMatchObject({ aRevoir: true, par: 'A. B.' });
		expect(overlapPage(again).comptes['a-trancher']).toBe(1);
		// Two documents of one kind of plan, then of two kinds.
		expect(overlapPage(kept).entreGenres).toBe(0);
		const climat = [pair[0]!, { ...pair[1]!, action: { ...pair[1]!.action, plan: 'pcaet' as const } }];
		expect(overlapPage(shown(climat, null)).entreGenres).toBe(1);
		// And its title does not say more than that.
		expect(overlapPage(shown(pair, null)).titre).toBe('1\u00a0paire d’actions se recoupe dans un même plan');
		expect(overlapPage(shown(climat, null)).titre).toBe('1\u00a0paire d’actions se recoupe entre deux plans');
	});
	it('les paires de deux genres de plans passent devant, et le titre compte les unes et les autres', () => {
		const all = ['contrat-de-ville', 'contrat-de-ville', 'pcaet'].map((plan, at) =>
			placed({
				titre: 'Rénover l’école Victor-Hugo',
				document: at + 1,
				action: { id: `p${at}`, plan: plan as 'pcaet', titre: `Rénover l’école Victor-Hugo${' encore'.repeat(at)}` }
			})
		);
		const pairs = crossingFirst(overlapPairs(overlaps(...all), all, [], ({ action }) => action.plan, new Map()));
		expect(pairs.map(acrossKinds)).toEqual([true, true, false]);
		expect(overlapPage(pairs).titre).toBe('2\u00a0paires d’actions se recoupent entre deux plans');
		expect(overlapPage(pairs).reste.replace(/\s/g, ' ')).toBe(
			'3 paires à décider : 2 se recoupent entre deux plans, 1 dans un même plan.'
		);
		const scores = pairs.filter(acrossKinds).map((p) => p.score);
		expect(scores).toEqual([...scores].sort((a, b) => b - a));
		// The order is said where it is not that of the scores alone.
		expect(overlapPage(pairs).ordre).toContain('D’abord les paires de deux plans');
		expect(overlapPage(pairs.slice(0, 2)).ordre).toBeNull();
		// A line each before the cards; what pulls apart comes after what is alike, and is counted apart.
		const lines = overlapPage(pairs).lignes!;
		expect(lines.dabord.flatMap((g) => g.lignes.map((l) => l.id)).sort()).toEqual(
			pairs
				.filter(acrossKinds)
				.map((p) => p.id)
				.sort()
		);
		expect(lines).toMatchObject({ dabord: [{ plans: ['contrat-de-ville', 'pcaet'] }], ensuite: [], plies: 0 });
		expect(overlapPage(pairs.slice(0, 1)).lignes).toBeNull();
		const torn = crossingFirst([{ ...pairs[0]!, id: 't', genre: 'tension' as const }, ...pairs]);
		expect(torn.map((p) => p.id)).toEqual([pairs[0]!.id, pairs[1]!.id, 't', pairs[2]!.id]);
		expect(overlapPage(torn).reste.replace(/\s/g, ' ')).toBe(
			'4 paires à décider : 2 se recoupent entre deux plans, 1 dans un même plan ; 1 se contredit peut-être entre deux plans.'
		);
		const granted = [{ ...pairs[0]!, cotes: [{ ...pairs[0]!.cotes[0], liste: true }, pairs[0]!.cotes[1]] as never }];
		expect(overlapPage(granted).titre).toContain('entre un plan et des projets déjà subventionnés');
		const listed = pairs.map((p) => ({ ...p, cotes: p.cotes.map((c) => ({ ...c, liste: true })) as never }));
		expect(overlapPage([listed[2]!]).titre).toBe('1\u00a0paire d’actions se recoupe entre listes de subventions');
	});
	it('un mot général (« rénovation », « mise en place ») ou le nom du quartier ne rapproche pas deux titres', () => {
		const near = (document: number, titre: string) =>
			placed({ titre, document, transition: [], ville: ['P10'], action: { plan: planOf(document) } });
		const hall = near(1, 'Travaux de rénovation de l’hôtel de ville, quartier du Moulin');
		expect(overlaps(hall, near(2, 'Mise en place et rénovation de jeux, quartier du Moulin'))).toEqual([]);
		const [said] = overlaps(hall, near(2, 'Rénovation thermique de l’hôtel de ville, quartier du Moulin'));
		expect(said!.raisons.find((r) => r.mesure === 'titre')!.valeur).toBeGreaterThan(0.3);
		// Two titles that are the same are one thing, however general their words.
		const twice = overlaps(near(1, 'Travaux de rénovation'), near(2, 'Travaux de rénovation'));
		expect(twice[0]!.raisons.find((r) => r.mesure === 'titre')!.valeur).toBe(1);
	});
	it('« thermique » et « énergétique » disent une même chose', () => {
		const [pair] = overlaps(
			placed({ titre: 'Rénovation énergétique des bâtiments publics', document: 1 }),
			placed({ titre: 'Rénovation thermique de la mairie', document: 2, action: { plan: 'pcaet' } })
		);
		expect(pair?.raisons.find((r) => r.mesure === 'titre')!.valeur).toBeGreaterThan(0.15);
	});
	it('dit en une phrase ce qui plaide pour la paire, et à part ce qui plaide contre', () => {
		const sport = { transition: [], ville: ['P10'] };
		const all = [
			placed({ titre: 'Construire un pôle sportif au quartier du Moulin', document: 1, ...sport }),
			placed({ titre: 'Animer un pôle sportif, quartier du Moulin', document: 2, ...sport, nature: 'N3' })
		];
		const [pair] = overlapPairs(overlaps(...all), all, [], ({ action }) => action.plan, new Map());
		const { detail, ...said } = overlapWords(pair!, { P10: 'Sport' }, { Q1: 'Moulin' });
		expect(detail[0]).toMatch(/^enjeux communs\u00a0: Sport, [\d,]+\u00a0points sur [\d,]+$/);
		expect(detail.join()).not.toMatch(/P10|poids/);
		expect(said).toEqual({
			genre: 'Se recoupent, ou se complètent',
			points: expect.stringMatching(/^\d+\u00a0points sur 100$/),
			pour: 'Même enjeu (Sport), même quartier (Moulin), mots communs\u00a0: pôle, sportif, moulin.',
			contre: 'Mais des travaux d’un côté, un service ou une animation de l’autre\u00a0: elles se complètent plutôt.'
		});
	});
	it('les points d’une paire sont la somme de ce que dit son détail', () => {
		const [one] = shown(pair, null);
		const { detail, points } = overlapWords(one!, {}, {});
		const brought = detail.map((line) => Number(/([\d,]+)\u00a0points? sur/.exec(line)?.[1]?.replace(',', '.') ?? 0));
		expect(brought.filter((n) => n > 0).length).toBeGreaterThan(2);
		expect(Math.abs(brought.reduce((sum, n) => sum + n, 0) - one!.score * 100)).toBeLessThan(0.5);
		expect(points).toBe(`${Math.round(one!.score * 100)}\u00a0points sur 100`);
	});
	it('une longue liste : le même lieu d’abord, une action qui revient dite une fois, les subventions à droite', () => {
		const [one] = shown(pair, null);
		const side = (plan: string, titre: string, liste = false) => ({ ...one!.cotes[0], plan, titre: [titre], liste });
		const made = (n: number, lieu: Overlap['lieu'], a: string, b: string) =>
			({ ...one!, id: `${n}`, lieu, cotes: [side('Subventions DPV', a, true), side('PCAET', b)] }) as never;
		const long = 'un intitulé de onze mots, ou peu s’en faut, comme ici';
		const many = Array.from({ length: 16 }, (_, n) => made(n, n % 2 ? 'quartier' : 'commune', `${n} ${long}`, 'École'));
		const { dabord, ensuite, plies } = overlapLines(many, many.slice(0, 2));
		expect(dabord.map((g) => g.plans)).toEqual([['PCAET', 'Subventions DPV']]);
		expect(dabord[0]!.lignes.map((l) => l.id)).toEqual(
			['1', '3', '5', '7', '9', '11', '13', '15', '0'].slice(0, 16 - plies)
		);
		expect(dabord[0]!.lignes.map((l) => l.montree)).toEqual(dabord[0]!.lignes.map((l) => l.id === '1' || l.id === '0'));
		expect(dabord[0]!.lignes.map((l) => l.repris)).toEqual(dabord[0]!.lignes.map((_, at) => at > 0));
		expect(dabord[0]!.lignes[0]!.titres).toEqual(['École', `1 ${long}`]);
		expect([plies > 4, ensuite[0]!.lignes.length]).toEqual([true, plies]);
		expect(overlapLines(many.slice(0, 6), []).plies).toBe(0);
		expect(overlapLines(many.slice(0, 6), []).dabord[0]!.lignes.map((l) => l.id)).toEqual([
			'0',
			'1',
			'2',
			'3',
			'4',
			'5'
		]);
		expect(overlapLines([made(0, 'quartier', 'École', 'École')], []).dabord[0]!.lignes[0]!.memes).toBe(true);
	});
	it('un projet déjà subventionné, une fin prévue passée, sont dits à côté du titre', () => {
		const ended = pair.map((p, at) => ({
			...p,
			...(at === 0 && { liste: 'Subventions DPV' }),
			action: { ...p.action, dates: { debut: null, fin: '2023-12-31', texte: '2023' } }
		}));
		const etats = (asOf: string) =>
			overlapPairs(overlaps(...ended), ended, [], ({ action }) => action.plan, new Map(), asOf)[0]!.cotes.map(
				(c) => c.etat ?? ''
			);
		expect(etats('2026-11-28').sort()).toEqual([
			'fin prévue en 2023, passée',
			'projet déjà subventionné en 2023, fin prévue passée'
		]);
		expect(etats('2023-06-01').sort()).toEqual(['', 'projet déjà subventionné en 2023']);
	});
	it('les mots communs sont marqués dans chaque titre', () => {
		const [a, b] = shown(pair, null)[0]!.cotes;
		expect(a.titre.filter((_, i) => i % 2)).toEqual(['Rénover', 'école', 'Victor', 'Hugo']);
		expect(b.titre.join('')).toBe('Rénovation de l’école Victor Hugo');
	});
});

describe('lois', () => {
	const arbitrary = fc.record({
		titre: fc.constantFrom(
			'Rénover l’école',
			'Piste cyclable',
			'Aide au permis de conduire',
			'Végétaliser la cour',
			'Parking'
		),
		document: fc.integer({ min: 1, max: 3 }),
		transition: fc.subarray(['T01', 'T02', 'T05', 'T06']),
		ville: fc.subarray(['P01', 'P05', 'P07']),
		nature: fc.constantFrom('N1', 'N3', null),
		niveau: fc.constantFrom('cible', 'explicite', 'probable', 'diffuse', 'aucune', 'inconnu')
	});
	it('une paire est symétrique, ne compare jamais une action à elle-même, et son score est entre 0 et 1', () => {
		fc.assert(
			fc.property(fc.array(arbitrary, { maxLength: 14 }), (rows) => {
				const all = rows.map(({ niveau, ...r }, i) =>
					placed({ ...r, atteinte: { Q1: niveau as 'cible' }, action: { id: `x${i}` } })
				);
				const found = overlaps(...all);
				const back = overlaps(...[...all].reverse());
				expect(new Set(back.map((p) => p.id))).toEqual(new Set(found.map((p) => p.id)));
				for (const { a, b, score } of found) {
					expect(a < b).toBe(true);
					expect(score >= 0 && score <= 1).toBe(true);
				}
			}),
			{ numRuns: 60 }
		);
	});
});

describe('qui porte une action d’une paire', () => {
	const lus = (porteur: string, pilote: string | null = null) =>
		carrierOf(aPlaced({ action: { porteur, pilote }, atteinte: {} }));

	it('« Collectivité porteuse » se lit avec le nom du territoire, pilote ou non', () => {
		expect(lus('Collectivité porteuse')).toBe('CA d’Essai');
		expect(lus('Collectivité porteuse | Association', 'Service énergie')).toBe('CA d’Essai, Association');
	});
	it('un nom reste ce qu’il est', () => expect(lus('Région d’Essai', 'Service énergie')).toBe('Région d’Essai'));
});
