import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { EVERY_ACTION } from '../../src/lib/domain/crossing/action-filter';
import { importedAs } from '../../src/lib/domain/crossing/grant-list';
import { listsWords } from '../../src/lib/domain/crossing/list-years';
import { kindNames, LISTS, planEntries } from '../../src/lib/domain/crossing/plan-entries';
import { foldTerritory } from '../../src/lib/domain/crossing/region-view';
import { crossTerritory, type TerritoryRecords } from '../../src/lib/domain/crossing/territory-view';
import { viewMatrix } from '../../src/lib/domain/crossing/view-matrix';
import { matrixPage } from '../../src/lib/domain/pages/matrix-page';
import { readQuery } from '../../src/lib/domain/pages/matrix-query';
import { territoryPage } from '../../src/lib/domain/pages/page-model';
import { territoryEntries } from '../../src/lib/domain/search/entries';
import { filterWords } from '../../src/lib/ui/matrix-words';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, aLine, anAction, aQuartier, aTerritory } from '../fixtures/build';

const ref = loadReferentiel();

/** A territory with its PCAET, the contract it signed, and two lists of grants that were imported as that contract. */
function records(): TerritoryRecords {
	const own = { fichier: 'essai.csv', importeLe: '2026-11-22' };
	const documents = [
		{ ...aDocument({ id: 1, plan: 'pcaet', titre: 'PCAET · CA de Lys' }), ...own },
		{ ...aDocument({ id: 2, plan: 'contrat-de-ville', titre: 'Contrat de ville · CA de Lys' }), ...own },
		...(['2019', '2024'] as const).map((periode, i) => ({
			...aDocument({
				id: 3 + i,
				plan: 'contrat-de-ville',
				titre: `Contrat de ville · CA de Lys · ${periode}`,
				periode
			}),
			...own
		}))
	];
	const granted = { financements: [aLine({ libelle: 'DPV', dispositif: 'dotations-etat.dpv' })] };
	const actions = [
		anAction({ id: 'P1', document: 1, plan: 'pcaet', titre: 'Rénovation de l’habitat privé' }),
		anAction({ id: 'C1', document: 2, plan: 'contrat-de-ville', titre: 'Jardin partagé', pilote: 'Service ville' }),
		anAction({ id: 'L1', document: 3, plan: 'contrat-de-ville', titre: 'Toiture de l’école Hugo', ...granted }),
		anAction({ id: 'L2', document: 4, plan: 'contrat-de-ville', titre: 'Menuiseries de l’école Hugo', ...granted })
	];
	const quartiers = [aQuartier({ code: 'QNZZZ01N', nom: 'Les Essais' })];
	const rest = { correspondances: new Map(), decisions: [], indicateurs: [] };
	return { territory: aTerritory(), quartiers, documents, actions, ...rest };
}

const { view } = crossTerritory(records(), ref, compileLexicon(ref), '2026-11-22');
const query = (address: string) => readQuery(new URLSearchParams(address), { quartiers: ['QNZZZ01N'], ref });
const page = (address: string) => matrixPage(view, ref, query(address), territoryPage(view, ref));

describe('Une liste de subventions importée comme contrat de ville', () => {
	it('se choisit à part du contrat signé dans le filtre « Plan »', () => {
		expect(page('').choix.plans.map((p) => p.libelle)).toEqual(['PCAET', 'Contrat de ville', 'Subventions DPV']);
		const kept = (plan: string) =>
			viewMatrix(view, ref, {
				...{ lignes: 'plan', colonnes: 'nature', quartier: null },
				filtre: { ...EVERY_ACTION, plan: query(`plan=${plan}`).filtre.plan }
			}).rows.keys.map((k) => k.code);
		expect(kept('contrat-de-ville')).toEqual(['contrat-de-ville']);
		expect(kept(LISTS)).toEqual([LISTS]);
	});

	it('fait sa propre ligne quand la matrice range par plan, sans action du contrat', () => {
		const { rows, totals } = viewMatrix(view, ref, { lignes: 'plan', colonnes: 'nature', quartier: null });
		const own = rows.keys.map((k, i) => [k.code, totals.rows[i]!.actions.length > 0]);
		expect(rows.keys.at(-1)?.libelle).toBe('Subventions DPV');
		expect(own).toContainEqual(['subventions', true]);
		expect(rows.keys.flatMap((k, i) => (k.code === 'contrat-de-ville' ? totals.rows[i]!.actions : []))).not.toContain(
			'L1'
		);
	});

	it('répond à une vue gardée « contrat de ville » là où aucun contrat n’est déposé, et seulement là', () => {
		const asked = (documents: typeof view.documents) => {
			const params = new URLSearchParams('plan=contrat-de-ville&comparer=plan:contrat-de-ville');
			const { filtre, comparer } = readQuery(params, { quartiers: [], ref, documents });
			return [filtre.plan, comparer?.valeur];
		};
		expect(asked(view.documents)).toEqual(['contrat-de-ville', 'contrat-de-ville']);
		expect(asked(view.documents.filter((d) => d.liste !== undefined))).toEqual([LISTS, LISTS]);
		expect(asked([])).toEqual(['contrat-de-ville', 'contrat-de-ville']);
	});

	it('est nommée dans la phrase des filtres', () => {
		const words = (plan: string) => filterWords(query(`plan=${plan}`), page(`plan=${plan}`)).map((w) => w.texte);
		expect(words(LISTS)).toEqual(['de la liste «\u00a0Subventions DPV\u00a0»']);
		expect(words('pcaet')).toEqual(['du plan PCAET']);
	});

	it('dit ce qui a été lu, et pour quelles années', () =>
		expect(page('').lus).toBe('4\u00a0documents lus\u00a0: PCAET, Contrat de ville et Subventions DPV 2019 et 2024.'));

	it('porte son nom à la région et dans l’export de tout ce qui fut importé comme contrat', () => {
		expect(foldTerritory(view, ref).lus).toEqual(['PCAET', 'Contrat de ville', 'Subventions DPV']);
		expect(kindNames(view.documents, ref.plans.types).map((k) => k.libelle)).toEqual([
			'PCAET',
			'Contrat de ville et Subventions DPV'
		]);
	});

	it('se trouve sous son nom dans la recherche, document comme action', () => {
		const { territory, quartiers, documents, actions } = records();
		const found = territoryEntries(territory, { quartiers, documents, actions }, ref);
		expect(found.find((e) => e.genre === 'plan' && e.id === '4')).toMatchObject({
			titre: 'Subventions DPV 2024 de Lys',
			detail: 'Liste d’aides accordées, 2024, 1\u00a0action'
		});
		expect(found.find((e) => e.id === 'L2')?.detail).toContain('Subventions DPV');
		expect(found.find((e) => e.id === 'C1')?.detail).toContain('Contrat de ville');
	});
});

describe('Un import', () => {
	it('dit qu’il est une liste de subventions, même déposé comme contrat de ville', () => {
		const { types } = ref.plans;
		expect(importedAs({ plan: 'contrat-de-ville', note: null }, types)).toBe('Contrat de ville');
		expect(importedAs({ plan: 'contrat-de-ville', note: 'Liste…' }, types)).toBe('Liste de subventions');
	});
});

describe('Les années que couvrent les listes', () => {
	it('se disent avec ce qui n’y est pas', () =>
		expect(listsWords(view.documents)).toBe(
			'D’après Subventions DPV 2019 et 2024\u202f; une aide accordée après 2024 n’y est pas.'
		));

	it('ne se disent pas sans liste, ni sans année', () => {
		expect(listsWords([{ periode: '2024' }])).toBeNull();
		expect(listsWords([{ liste: 'Subventions DPV', periode: null }])).toBe('D’après Subventions DPV.');
	});

	it('un plan sans liste n’a pas d’entrée pour les listes', () =>
		expect(planEntries([{ plan: 'plh' }], ref.plans.types)).toEqual([{ code: 'plh', libelle: 'PLH' }]));
});
