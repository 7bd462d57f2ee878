import { actionTable, usualColumns, type TableNames } from '../../domain/actions/action-table';
import type { Labels } from '../../domain/actions/columns';
import { VIDE, type FilterKey, type TableQuery } from '../../domain/actions/table-query';
import { caseActions } from '../../domain/pages/case-actions';
import { reaches } from '../../domain/crossing/coverage';
import type { PlacedAction } from '../../domain/crossing/place';
import { entryOfAction, LISTS, planEntries } from '../../domain/crossing/plan-entries';
import { list } from '../../domain/french';
import { once } from '../../domain/memory';
import { synonymsOf } from '../../domain/search/entries';
import { lacksField } from '../../domain/crossing/document-summary';
import type { Crossed } from '../../domain/crossing/territory-view';
import { choicesOf, type Choice, type Choices } from '../../domain/gabarits/choices';
import { familiesAt, refAt } from '../../domain/rules/families-here';
import type { Referentiel } from '../../domain/rules/referentiel';
import { setAsideOf } from '../db/actions';
import type { Db } from '../db/client';
import { lastEntry } from '../db/journal';
import { crossedTerritory } from '../read-territory';
import { cellToEdit, columnForms } from './cell-to-edit';

/* The table of actions of a territory, with what it may be filtered by. */

export interface FilterOption {
	readonly valeur: string;
	readonly nom: string;
}

/**
 * The table, its filters, and what it takes to write in it.
 * in     `modifier`: « action~colonne », the cell being typed
 * out    null when the territory is not there
 */
export async function readActionTable(
	db: Db,
	ref: Referentiel,
	code: string,
	asOf: string,
	asked: { readonly query: TableQuery; readonly modifier: string | null }
) {
	// Read before the actions: what is written in between is then news to this page.
	const vu = await lastEntry(db);
	const crossed = await crossedTerritory(db, ref, code, asOf);
	if (!crossed) return null;
	const { case: wanted, ...others } = asked.query.filtres;
	const figure = wanted === undefined ? null : caseActions(crossed.view, ref, wanted);
	const names: TableNames = { ...tableNames(crossed, ref), ...(figure && { figure: figure.actions }) };
	const choices = choicesFor(crossed, ref);
	const actions = crossed.placed.map((p) => p.action);
	const { colonnes, vides } = usualColumns(crossed.placed, names);
	const query: TableQuery = {
		...asked.query,
		...(asked.query.parDefaut && { colonnes }),
		// A figure that is not here asks for nothing.
		...(!figure && { filtres: others })
	};
	return {
		territory: crossed.view.territory,
		documents: crossed.view.documents.length,
		query,
		/** Usual columns left out: every action leaves them blank. */
		/** Where the actions are read, and what is expected of each, for who asks of a figure. */
		lus: crossed.view.documents.length
			? `Documents lus : ${list(crossed.view.documents.map((d) => d.titre))}`
			: 'Aucun document lu',
		manques: list(names.attendus.map((a) => a.libelle.toLocaleLowerCase('fr'))),
		colonnesVides: asked.query.parDefaut ? vides : [],
		table: actionTable(crossed.placed, query, names),
		filtres: {
			...filterOptions(crossed, names),
			case: figure ? [{ valeur: wanted!, nom: figure.nom }] : []
		},
		/** The figure of the matrix whose actions these are: its address after that of the territory. */
		matrice: figure?.matrice ?? null,
		cellule: cellToEdit(asked.modifier, actions, choices, names.valeurs),
		colonnes: columnForms(choices),
		miseDeCote: (await setAsideOf(db, code)).map(({ id, titre, reference }) => ({ id, titre, reference })),
		vu
	};
}

/** Worked out once: the search of the table keeps what it makes of them. */
const waysIn = once(synonymsOf);

export const choicesFor = ({ view }: Crossed, ref: Referentiel): Choices =>
	choicesOf(
		refAt(ref, view.territory),
		view.quartiers.map(({ quartier }) => quartier)
	);

/** Words of the codes of each closed column. */
export function closedLabels(ref: Referentiel): TableNames['valeurs'] {
	const choices = choicesOf(ref, []);
	const words = (list: readonly Choice[]): Labels =>
		Object.fromEntries(list.flatMap(({ code, texte }) => (code === null ? [] : [[code, texte]])));
	return { statut: words(choices.statuts), echelle: words(choices.echelles) };
}

/** Names of everything a row of the table may say by its code. */
export function tableNames(crossed: Crossed, ref: Referentiel): TableNames {
	const { view } = crossed;
	const courts = (
		list: readonly { readonly code: string; readonly court?: string; readonly libelle: string }[]
	): Labels => Object.fromEntries(list.map((e) => [e.code, e.court ?? e.libelle]));
	const named = (list: readonly { readonly code: string; readonly libelle: string }[]): Labels =>
		Object.fromEntries(list.map((e) => [e.code, e.libelle]));
	return {
		plans: courts(ref.plans.types),
		// A crossing has its whole name here, as in the files one takes away.
		enjeux: { ...courts([...ref.enjeux.transition, ...ref.enjeux.ville]), ...named(ref.enjeux.croises) },
		natures: courts(ref.enjeux.natures),
		quartiers: Object.fromEntries(view.quartiers.map(({ quartier }) => [quartier.code, quartier.nom])),
		communes: Object.fromEntries(
			[...view.territory.communes, ...view.quartiers.flatMap(({ quartier }) => quartier.communes)].map((c) => [
				c.code,
				c.nom
			])
		),
		dispositifs: Object.fromEntries(
			familiesAt(ref.financements, view.territory).flatMap((f) => [
				[f.id, f.titre],
				...f.mesures.map((m) => [m.id, m.libelle])
			])
		),
		valeurs: closedLabels(ref),
		attendus: ref.plans.champs.filter((c) => c.attendu).map(({ champ, libelle }) => ({ champ, libelle })),
		abreviations: ref.plans.abreviations,
		synonymes: waysIn(ref)
	};
}

/** What each filter may be set to, with how many actions each value finds alone; what finds none is not proposed. */
function filterOptions(
	{ placed }: Crossed,
	names: TableNames
): Readonly<Record<Exclude<FilterKey, 'case'>, readonly FilterOption[]>> {
	const { plans, enjeux, quartiers, natures, dispositifs, valeurs, attendus } = names;
	const counted = (labels: Labels, codesOf: (p: PlacedAction) => readonly string[], blank: string | null) => {
		const counts = new Map<string, number>();
		for (const p of placed) {
			const codes = codesOf(p);
			for (const code of codes.length ? new Set(codes) : [VIDE]) counts.set(code, (counts.get(code) ?? 0) + 1);
		}
		const option = (valeur: string, nom: string): FilterOption[] =>
			counts.has(valeur) ? [{ valeur, nom: `${nom} (${counts.get(valeur)})` }] : [];
		return [
			...Object.entries(labels).flatMap(([code, nom]) => option(code, nom ?? code)),
			...(blank === null ? [] : option(VIDE, blank))
		];
	};
	const lacking = (champ: string): number => placed.filter((p) => lacksField(p.action, champ)).length;
	const some = placed.filter((p) => attendus.some(({ champ }) => lacksField(p.action, champ))).length;
	return {
		plan: counted({ ...plans, ...listNames(placed) }, (p) => [entryOfAction(p)], null),
		enjeu: counted(
			enjeux,
			(p) => [...p.transition, ...p.ville, ...p.croises].map((t) => t.code),
			'Aucun enjeu compris'
		),
		quartier: counted(
			quartiers,
			(p) => p.reach.filter((r) => reaches(r.niveau)).map((r) => r.quartier),
			'Aucun quartier touché'
		),
		nature: counted(natures, (p) => (p.nature ? [p.nature.code] : []), 'Nature non comprise'),
		statut: counted(valeurs.statut ?? {}, (p) => (p.action.statut ? [p.action.statut] : []), 'Non renseigné'),
		dispositif: counted(
			dispositifs,
			(p) => p.action.financements.map((f) => f.dispositif ?? ''),
			'Aucun financement nommé'
		),
		manque: [
			...(some ? [{ valeur: 'tout', nom: `Au moins un champ attendu (${some})` }] : []),
			...attendus.flatMap(({ champ, libelle }) => {
				const n = lacking(champ);
				return n ? [{ valeur: champ as string, nom: `${libelle} (${n})` }] : [];
			})
		]
	};
}

/** The lists of grants come under their own name, apart from the contract. */
const listNames = (placed: readonly PlacedAction[]): Labels =>
	Object.fromEntries(
		planEntries(
			placed.map((p) => ({ plan: p.action.plan, ...(p.liste !== undefined && { liste: p.liste }) })),
			[]
		)
			.filter((e) => e.code === LISTS)
			.map((e) => [e.code, e.libelle])
	);
