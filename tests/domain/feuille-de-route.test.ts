import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { assessAll } from '../../src/lib/domain/rules/eligibility';
import { buildFeuilleDeRoute } from '../../src/lib/domain/roadmap/feuille-de-route';
import { quartierView } from '../../src/lib/domain/crossing/quartier-view';
import type { RoadmapSection } from '../../src/lib/domain/roadmap/roadmap';
import { crossTerritory, type TerritoryRecords } from '../../src/lib/domain/crossing/territory-view';
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

function road(said: Partial<TerritoryRecords>) {
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
	return buildFeuilleDeRoute(
		quartierView(crossed, A.code, ref, (p) => assessAll(p, A.code, ref, LE))!,
		ref
	);
}
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
