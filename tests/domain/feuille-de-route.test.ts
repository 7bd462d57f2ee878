import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { assessAll } from '../../src/lib/domain/rules/eligibility';
import { buildFeuilleDeRoute } from '../../src/lib/domain/roadmap/feuille-de-route';
import { quartierView } from '../../src/lib/domain/crossing/quartier-view';
import type { RoadmapSection } from '../../src/lib/domain/roadmap/roadmap';
import { crossTerritory, type TerritoryRecords } from '../../src/lib/domain/crossing/territory-view';
import { ASK_ORDER } from '../../src/lib/domain/pages/ask-order';
import { linesHere } from '../../src/lib/domain/pages/first-screen';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, anAction, aQuartier, aTerritory } from '../fixtures/build';

const ref = loadReferentiel();
const lexicon = compileLexicon(ref);
const LE = '2026-11-22';
const A = aQuartier({ code: 'QNZZZ01N', nom: 'Les Essais' });
const B = aQuartier({ code: 'QNZZZ02N', nom: 'Les Épreuves' });
const DOCUMENTS = [
	{ ...aDocument({ id: 1, plan: 'pcaet', titre: 'PCAET' }), fichier: 'pcaet.xlsx', importeLe: '2026-10-01' },
	{ ...aDocument({ id: 2, periode: '2024-2030' }), fichier: 'contrat.xlsx', importeLe: '2026-11-02' }
];

function viewOf(said: Partial<TerritoryRecords>) {
	const records: TerritoryRecords = {
		territory: aTerritory({ fictif: false }),
		quartiers: [A, B],
		correspondances: new Map(),
		documents: DOCUMENTS,
		actions: [],
		decisions: [],
		indicateurs: [],
		...said
	};
	const crossed = crossTerritory(records, ref, lexicon, LE);
	return quartierView(crossed, A.code, ref, (p) => assessAll(p, A.code, ref, LE))!;
}
const road = (said: Partial<TerritoryRecords>) => buildFeuilleDeRoute(viewOf(said), ref);
const section = (from: ReturnType<typeof road>, id: string): RoadmapSection => from.sections.find((s) => s.id === id)!;
const column = ({ tableau }: RoadmapSection, titre: string) => {
	const at = tableau!.colonnes.findIndex((c) => c.titre === titre);
	return tableau!.lignes.map((line) => line[at]);
};
const named = anAction({
	id: 'n',
	document: 2,
	reference: '1.2',
	titre: 'Réhabiliter 40 logements sociaux',
	quartiers: ['Les Essais'],
	budget: { euros: 1200.5, base: 'HT', max: null },
	origine: { fichier: 'contrat.xlsx', feuille: null, ligne: 7 }
});

describe('la feuille de route', () => {
	it('suit la trame commune, et finit par ses sources', () => {
		const ids = road({ actions: [named] }).sections.map((s) => s.id);
		expect(ids).toEqual([
			'essentiel',
			'signataires',
			'portrait',
			'ambitions',
			'matrice',
			'actions',
			'droit-commun',
			'financement',
			'dispositifs',
			'lacunes',
			'gouvernance',
			'suivi',
			'sources'
		]);
	});

	it('nomme sa date, son référentiel, chaque fichier lu et sa date d’import', () => {
		const sources = section(road({ actions: [named] }), 'sources');
		expect(column(sources, 'Fichier').slice(0, 2)).toEqual(['pcaet.xlsx', 'contrat.xlsx']);
		expect(column(sources, 'Date').slice(0, 2)).toEqual(['importé le 01/10/2026', 'importé le 02/11/2026']);
		const text = sources.paragraphes.join(' ');
		expect(text).toContain('22/11/2026');
		expect(text).toContain(ref.hash);
		expect(text).not.toContain('fictif');
		expect(section(road({ territory: aTerritory() }), 'sources').paragraphes[0]).toMatch(/^Territoire fictif/);
	});

	it('dit d’une réponse qu’elle est à confirmer partout où elle la compte', () => {
		const over = {
			...named,
			quartiers: [],
			communes: ['Aubrelle'],
			enjeuxDeclares: ['T01', 'P01'],
			natureDeclaree: 'N1'
		};
		const from = road({ actions: [{ ...over, dates: { debut: null, fin: '2019-12-31', texte: null } }] });
		const crossing = section(from, 'matrice').tableau!.lignes.find((line) => String(line[0]).startsWith('X01'));
		expect(crossing?.[1]).toBe('réponse structurante, à confirmer');
		expect(section(from, 'suivi').paragraphes[0]).toContain('réponse structurante pour un (à confirmer)');
		const sure = section(road({ actions: [{ ...over, quartiers: ['Les Essais'], communes: [] }] }), 'suivi');
		expect(sure.paragraphes[0]).toContain('réponse structurante pour un.');
	});

	it('accorde ses phrases : aucune, une ou plusieurs actions, un nom ou plusieurs', () => {
		const near = (n: number, said: object = {}) =>
			Array.from({ length: n }, (_, i) =>
				anAction({ ...named, id: `n${i}`, quartiers: [], communes: ['Aubrelle'], pilote: 'Ville d’Aubrelle', ...said })
			);
		const governance = (...actions: Parameters<typeof anAction>[0][]) =>
			section(road({ actions: actions.map((a) => anAction(a)) }), 'gouvernance').paragraphes;
		expect(governance(...near(3))).toEqual([
			'Un seul pilote ou porteur est nommé pour ces actions\u00a0: Ville d’Aubrelle.',
			'Aucune de ces 3\u00a0actions ne dit comment les habitants y prennent part.'
		]);
		expect(governance(...near(1))[1]).toBe('Cette action ne dit pas comment les habitants y prennent part.');
		expect(governance(...near(2, { participation: 'Concertation' }))[1]).toBe(
			'Deux de ces 2\u00a0actions disent comment les habitants y prennent part.'
		);
		const reached = section(road({ actions: near(3) }), 'actions').paragraphes;
		expect(reached[0]).toMatch(/^3\u00a0actions qui couvrent sa commune\. /);
		expect(reached[1]).toBe('Aucun des documents ne renseigne le statut ni le calendrier de ces actions.');
		expect(section(road({ actions: [named] }), 'actions').paragraphes[0]).toMatch(
			/^1\u00a0action qui cite le quartier\. /
		);
		const both = section(road({ actions: [named, ...near(2)] }), 'actions').paragraphes[0];
		expect(both).toMatch(/^3\u00a0actions\u00a0: une le cite et deux couvrent sa commune\. /);
	});

	it('quand toutes les mesures sont écartées, le dit avec la raison la plus fréquente', () => {
		const granted = { ...named, enjeuxDeclares: ['T02', 'P07'], natureDeclaree: 'N1', statut: 'realise' as const };
		const [said] = section(road({ actions: [granted] }), 'dispositifs').paragraphes;
		expect(said).toMatch(
			/mesures? qui se rapportent? aux actions du quartier .*écartées?, d’abord pour cette raison\u00a0: /
		);
	});

	it('d’un quartier partagé, dit que les plans de l’autre intercommunalité ne sont pas lus', () => {
		const text = (epci: readonly string[]) =>
			section(road({ quartiers: [{ ...A, epci: epci as never }, B] }), 'signataires').paragraphes.join(' ');
		expect(text(['ZZ0000001', '200042190'])).toContain(
			'aussi dans l’intercommunalité de SIREN 200042190\u00a0: ses plans'
		);
		expect(text(['ZZ0000001'])).not.toContain('aussi dans');
	});

	it('nomme l’autre intercommunalité quand le code officiel la connaît', () => {
		const shared = [{ ...A, epci: ['ZZ0000001', '200042190'] as never }, B];
		const view = {
			...viewOf({ quartiers: shared }),
			autresEpci: [{ code: '200042190', nom: 'CA de la Porte du Hainaut' }]
		};
		const said = section(buildFeuilleDeRoute(view, ref), 'signataires').paragraphes;
		expect(said.join(' ')).toContain('aussi dans la CA de la Porte du Hainaut');
		expect(said.join(' ')).not.toContain('SIREN');
	});

	it('sans contrat de ville importé, le dit au lieu d’en citer un ; une liste de subventions n’en est pas un', () => {
		expect(road({}).sousTitre).toContain(', contrat de ville 2024-2030.');
		const without = road({ documents: DOCUMENTS.filter((d) => d.plan !== 'contrat-de-ville') });
		expect(without.sousTitre).toContain(', aucun contrat de ville importé.');
		expect(section(without, 'suivi').tableau?.lignes.map(([plan]) => plan) ?? []).not.toContain('Contrat de ville');
	});

	it('ne montre pas plus de décimales que l’indicateur n’en a', () => {
		const origine = { fichier: 'indicateurs.csv', ligne: 2 };
		const households = { code: 'I-MENAGES', lieu: { genre: 'qpv' as const, code: A.code }, valeur: 2401.9 };
		const told = road({ indicateurs: [{ ...households, millesime: '2024', source: 'ANCT', origine }] });
		expect(column(section(told, 'portrait'), 'Quartier')).toEqual([2402]);
	});

	it('ses financements sont dans l’ordre de l’écran ; un plan bouclé n’y compte plus', () => {
		const asking = { ...named, natureDeclaree: 'N1', enjeuxDeclares: ['T01', 'P01'] };
		const line = {
			libelle: 'Région',
			dispositif: null,
			demande: null,
			base: 'HT' as const,
			genre: 'subvention' as const
		};
		const funded = {
			...asking,
			...{ id: 'plein', titre: 'Réhabiliter la tour des Essais', reference: '0.1' },
			financements: [{ ...line, obtenu: 1200.5, etat: 'obtenu' as const }]
		};
		const view = viewOf({ actions: [funded, asking] });
		const { paragraphes, tableau } = section(buildFeuilleDeRoute(view, ref), 'dispositifs');
		expect(JSON.stringify(tableau!.lignes)).not.toContain('tour des Essais');
		expect(paragraphes.join(' ')).toContain(
			'Une action dont le plan de financement est bouclé n’est pas comptée\u00a0: rien n’y reste à financer.'
		);
		expect(paragraphes[1]).toMatch(/^«\u00a01\.2 Réhabiliter 40 logements/);
		const [asked] = linesHere(view, ref);
		expect(tableau!.lignes[0]![0]).toBe(asked!.mesuresNoms[0]);
		expect(paragraphes.at(-1)).toBe(ASK_ORDER);
	});

	it('la raison d’un enjeu cite ce qui est connu du quartier, ou dit que rien ne l’est', () => {
		const origine = { fichier: 'indicateurs.csv', ligne: 2 };
		const poor = { code: 'I-TX-PAUVRETE', lieu: { genre: 'qpv' as const, code: A.code }, valeur: 47 };
		const plan = anAction({
			...{ id: 'p', document: 1, plan: 'pcaet', titre: 'x', quartiers: ['Les Essais'] },
			...{ natureDeclaree: 'N4', enjeuxDeclares: ['T01', 'P01'] }
		});
		const actions = [{ ...named, natureDeclaree: 'N1', enjeuxDeclares: ['T01', 'P01'] }, plan];
		const why = (said: Parameters<typeof road>[0]) =>
			section(road(said), 'ambitions').tableau!.lignes.map((l) => [String(l[0]).slice(0, 3), String(l[1])]);
		const told = new Map(
			why({ actions, indicateurs: [{ ...poor, millesime: '2024', source: 'ANCT', origine }] }) as never
		);
		expect(told.get('X03')).toMatch(/Ici\u00a0: taux de pauvreté, 47\u00a0%\.$/);
		for (const [, reason] of why({ actions })) expect(reason).toMatch(/Ici, aucun indicateur lu ne le dit\.$/);
	});

	it('dit quelles actions sont lues comme fléchées pour leurs financements', () => {
		const near = {
			...named,
			quartiers: [],
			communes: A.communes.map((c) => c.nom),
			natureDeclaree: 'N1',
			enjeuxDeclares: ['T01', 'P01']
		};
		const { paragraphes, tableau } = section(road({ actions: [near] }), 'dispositifs');
		expect(paragraphes.join(' ')).toContain('Une action n’arrive que probablement dans le quartier');
		expect(tableau!.lignes.every((line) => String(line[3]).includes('(lue comme fléchée)'))).toBe(true);
		const own = section(road({ actions: [{ ...near, quartiers: ['Les Essais'] }] }), 'dispositifs');
		expect(JSON.stringify(own)).not.toContain('fléchée');
	});

	it('renvoie chaque action à sa ligne, par le repère de son fichier', () => {
		const actions = section(road({ actions: [named] }), 'actions');
		expect(column(actions, 'Action')).toEqual(['1.2 Réhabiliter 40 logements sociaux']);
		expect(column(actions, 'Origine')).toEqual(['Contrat de ville [2] ligne 7']);
		expect(column(actions, 'Coût HT')).toEqual([1200.5]);
	});

	it('n’invente rien : une colonne que rien ne remplit disparaît et se dit', () => {
		const actions = section(road({ actions: [{ ...named, budget: null }] }), 'actions');
		expect(actions.tableau!.colonnes.map((c) => c.titre)).not.toContain('Coût');
		expect(actions.paragraphes.join(' ')).toMatch(/Aucun des documents ne renseigne.*coût/);
	});

	it('garde vide un coût que le fichier ne dit pas, à côté d’un coût qu’il dit', () => {
		const blank = anAction({ id: 'b', document: 2, titre: 'Jardin', quartiers: ['Les Essais'] });
		expect(column(section(road({ actions: [named, blank] }), 'actions'), 'Coût HT')).toEqual([1200.5, null]);
		const money = section(road({ actions: [named, blank] }), 'financement').paragraphes.join(' ');
		expect(money).toContain('1\u202f200,50\u00a0€ HT pour 1\u00a0action');
		expect(money).toContain('1\u00a0action sans montant');
	});

	it('laisse de côté une action abandonnée, et dit celles dont le lieu manque', () => {
		const dropped = { ...named, id: 'x', statut: 'abandonne' as const };
		const nowhere = anAction({ id: 'u', document: 2, titre: 'Atelier' });
		const actions = section(road({ actions: [named, dropped, nowhere] }), 'actions');
		expect(actions.tableau!.lignes).toHaveLength(1);
		expect(actions.aCompleter.join(' ')).toContain('le lieu de 1\u00a0action qui ne le dit pas');
	});

	it('liste d’abord chaque croisement sans aucune action, à confirmer, avec où le retenir', () => {
		// A plan and a list of grants: two documents, one of which says what is meant to be done.
		const obtenu = {
			dispositif: 'dotations-etat.dpv',
			libelle: 'DPV',
			demande: null,
			obtenu: 100,
			base: 'HT' as const,
			genre: 'subvention' as const
		};
		const school = anAction({
			...named,
			enjeuxDeclares: ['T01', 'P01'],
			natureDeclaree: 'N1',
			financements: [{ ...obtenu, etat: 'obtenu' }] as never
		});
		const plan = anAction({
			id: 'p',
			document: 1,
			plan: 'pcaet',
			titre: 'x',
			quartiers: ['Les Essais'],
			natureDeclaree: 'N4',
			enjeuxDeclares: ['T01', 'P01']
		});
		const one = road({ actions: [school, plan] });
		const bare = section(one, 'matrice')
			.tableau!.lignes.filter((l) => l[1] === 'aucune réponse')
			.map((l) => l[0]);
		expect(bare.length).toBeGreaterThan(5);
		const { tableau, paragraphes } = section(one, 'ambitions');
		expect(column(section(one, 'ambitions'), 'Enjeu croisé').slice(0, bare.length)).toEqual(bare);
		expect(tableau!.lignes[0]!.slice(2)).toEqual([
			'à confirmer',
			'Sans aucune action\u202f; un seul plan lu',
			null,
			null
		]);
		expect(tableau!.colonnes.at(-1)).toMatchObject({ titre: 'Retenu (oui ou non)', aRemplir: true });
		expect(paragraphes[0]).toContain(`${bare.length} sans aucune action (à confirmer\u00a0: un seul plan lu)`);
		// Asked once for all of them, and not as many times.
		const asked = section(one, 'lacunes').aCompleter.filter((t) => t.includes('sans aucune action lue'));
		expect(asked).toHaveLength(1);
		expect(section(one, 'lacunes').aCompleter.join(' ')).not.toContain('aucune action lue ne répond au croisement');
	});

	it('rassemble les réponses sur une table à décider, dès la première page', () => {
		const { tableau } = section(road({ actions: [named] }), 'essentiel');
		expect(tableau!.lignes.map((l) => String(l[0]).replace(/ \(\d+\)$/, ''))).toEqual([
			'Sans aucune action',
			'Réponse diffuse',
			'À flécher d’abord',
			'À demander d’abord'
		]);
		expect(tableau!.colonnes.at(-1)).toMatchObject({ titre: 'Décision', aRemplir: true });
	});

	it('rassemble les demandes au droit commun par enjeu, et liste les actions en annexe', () => {
		const diffuse = ['Réhabiliter le parc social', 'Rénovation énergétique des logements sociaux'].map((titre, i) =>
			anAction({
				id: `d${i}`,
				document: 1,
				plan: 'pcaet',
				titre,
				enjeuxDeclares: ['T01', 'P01'],
				echelle: 'epci',
				pilote: 'Direction de l’habitat'
			})
		);
		const made = road({ actions: [named, ...diffuse] });
		expect(section(made, 'annexe').tableau!.lignes).toHaveLength(2);
		expect(made.sections.at(-1)!.id).toBe('sources');
		const asked = section(road({ actions: diffuse }), 'droit-commun');
		expect(column(asked, 'Actions')).toContain(2);
		expect(new Set(column(asked, 'À qui demander'))).toEqual(new Set(['Direction de l’habitat']));
	});

	it('sans aucun document, ne conclut rien et ne plante pas', () => {
		const made = road({ documents: [], actions: [] });
		expect(new Set(column(section(made, 'matrice'), 'Réponse dans le quartier'))).toEqual(new Set(['non évalué']));
		expect(JSON.stringify(made)).not.toMatch(/undefined|NaN/);
	});

	it('ne promet jamais un financement', () => {
		const text = JSON.stringify(road({ actions: [{ ...named, porteurType: 'bailleur-social' }] }));
		expect(text).not.toMatch(/éligib/i);
		expect(text).toMatch(/à instruire|à compléter/);
	});

	it('ne dépend que de ce qu’on lui donne : deux fois la même, mot pour mot', () => {
		expect(JSON.stringify(road({ actions: [named] }))).toBe(JSON.stringify(road({ actions: [named] })));
	});
});
