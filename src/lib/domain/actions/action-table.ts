import type { Action } from '../action';
import { sumBudgets, type Budget } from '../crossing/budget';
import { reaches } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import { entryOfAction } from '../crossing/plan-entries';
import { lacksField } from '../crossing/document-summary';
import { fileWords } from '../document-names';
import { list } from '../french';
import type { Synonyms } from '../search/search-index';
import { columnReading, columnValue, columnWords, editable, type EditableKey, type Labels } from './columns';
import { compileSearch, type Marked, type Search } from './search';
import { CHOOSABLE, columnLabel, USUAL, VIDE, type FilterKey, type TableKey, type TableQuery } from './table-query';

/* The actions of a territory as a table: found, sorted, counted, fifty at a time. */

export const PAGE = 50;

/** Names of what is known by a code. */
export interface TableNames {
	readonly plans: Labels;
	readonly enjeux: Labels;
	readonly natures: Labels;
	readonly quartiers: Labels;
	/** Communes of the territory and of its quartiers. */
	readonly communes?: Labels;
	readonly dispositifs: Labels;
	/** Words of the codes of each closed column. */
	readonly valeurs: Readonly<Partial<Record<EditableKey, Labels>>>;
	/** Fields a plan is expected to fill: « à compléter ». */
	readonly attendus: readonly { readonly champ: string; readonly libelle: string }[];
	readonly abreviations: Readonly<Record<string, string>>;
	/** Ways to write one same thing. */
	readonly synonymes?: Synonyms;
	/** Ids of the actions of the figure that is asked for. */
	readonly figure?: ReadonlySet<string>;
}

export interface TableCell {
	readonly cle: TableKey;
	/** null: nothing is said. */
	readonly mots: Marked | null;
}

export interface TableRow {
	readonly id: string;
	readonly titre: Marked;
	readonly titreSimple: string;
	readonly reference: string | null;
	readonly disparue: boolean;
	readonly cellules: readonly TableCell[];
	/** Words looked for that no shown cell has: the field they are in, cut around them. */
	readonly extrait: { readonly libelle: string; readonly mots: Marked } | null;
}

export interface ActionTable {
	readonly lignes: readonly TableRow[];
	/** Distinct actions found, of all those of the territory. */
	readonly trouvees: number;
	readonly total: number;
	readonly budget: Budget;
	readonly fonctionnement: Budget;
	readonly page: number;
	readonly pages: number;
}

/** The page of the table that is asked for; totals are those of everything found. */
export function actionTable(placed: readonly PlacedAction[], query: TableQuery, names: TableNames): ActionTable {
	const search = compileSearch(query.q, names.abreviations, names.synonymes);
	const found = placed.filter((p) => matches(p, query, names) && (!search || search.finds(searched(p, names))));
	const sorted = query.tri ? sortBy(found, query.tri, names) : found;
	const size = query.imprimer ? Math.max(1, found.length) : PAGE;
	const pages = Math.max(1, Math.ceil(found.length / size));
	const page = Math.min(query.page, pages);
	return {
		lignes: sorted.slice((page - 1) * size, page * size).map((p) => rowOf(p, query, names, search)),
		trouvees: found.length,
		total: placed.length,
		budget: sumBudgets(found.map((p) => p.action)),
		fonctionnement: sumBudgets(found.map(({ action }) => ({ id: action.id, budget: action.fonctionnement }))),
		page,
		pages
	};
}

/** What Croisée understood of an action: shown where its documents leave the usual columns blank. */
const INSTEAD: readonly TableKey[] = ['enjeux', 'nature', 'dispositifs'];

/**
 * Columns shown when none are chosen.
 * out    the usual ones in which one action at least says something, then others up to the same number; `vides`: the usual
 *        ones that every action leaves blank
 */
export function usualColumns(placed: readonly PlacedAction[], names: TableNames) {
	const vides = placed.length ? USUAL.filter((cle) => placed.every((p) => cellWords(p, cle, names) === '')) : [];
	const said = USUAL.filter((cle) => !vides.includes(cle));
	const colonnes = [...said, ...INSTEAD.slice(0, vides.length)];
	return { colonnes: CHOOSABLE.filter((cle) => colonnes.includes(cle)), vides };
}

function searched({ action, transition, ville }: PlacedAction, names: TableNames): (string | null)[] {
	const { reference, titre, description, axe, objectif, porteur, pilote, elu, instance, notes } = action;
	const lists = [action.partenaires, action.publics, action.quartiers, action.secteurs, action.etapes];
	return [
		...[reference, titre, description, axe, objectif, porteur, pilote, elu, instance, notes],
		...lists.flat(),
		...action.communes.map((text) => communeWords(text, names)),
		...[...transition, ...ville].map((t) => names.enjeux[t.code] ?? null),
		...action.financements.map((f) => f.libelle)
	];
}

const MATCH: Readonly<Record<FilterKey, (p: PlacedAction, value: string, names: TableNames) => boolean>> = {
	case: ({ action }, _value, { figure }) => figure?.has(action.id) ?? true,
	plan: (placed, value) => entryOfAction(placed) === value || String(placed.action.document) === value,
	enjeu: ({ transition, ville, croises }, value) =>
		value === VIDE
			? transition.length + ville.length === 0
			: [...transition, ...ville, ...croises].some((t) => t.code === value),
	quartier: ({ reach }, value) =>
		value === VIDE
			? !reach.some((r) => reaches(r.niveau))
			: reach.some((r) => r.quartier === value && reaches(r.niveau)),
	nature: ({ nature }, value) => (nature?.code ?? VIDE) === value,
	statut: ({ action }, value) => (action.statut ?? VIDE) === value,
	dispositif: ({ action }, value) =>
		value === VIDE ? action.financements.length === 0 : action.financements.some((f) => f.dispositif === value),
	manque: ({ action }, value, { attendus }) =>
		attendus.some(({ champ }) => (value === 'tout' || champ === value) && lacksField(action, champ))
};

const matches = (placed: PlacedAction, { filtres }: TableQuery, names: TableNames): boolean =>
	Object.entries(filtres).every(([key, value]) => MATCH[key as FilterKey](placed, value, names));

function rowOf(placed: PlacedAction, query: TableQuery, names: TableNames, search: Search | null): TableRow {
	const { action } = placed;
	const marked = (text: string): Marked => search?.mark(text) ?? [text];
	const cellules = query.colonnes.map((cle): TableCell => {
		const words = cellWords(placed, cle, names);
		return { cle, mots: words === '' ? null : marked(words) };
	});
	const shown = [marked(action.titre), ...cellules.map((c) => c.mots ?? [''])];
	return {
		id: action.id,
		titre: marked(action.titre),
		titreSimple: action.titre,
		reference: action.reference,
		disparue: action.disparue,
		cellules,
		extrait: search && !shown.some((mots) => mots.length > 1) ? excerpt(placed, query.colonnes, names, search) : null
	};
}

/** Words kept on each side of what was looked for. */
const AROUND = 60;

function excerpt(placed: PlacedAction, shown: readonly TableKey[], names: TableNames, search: Search) {
	const hidden = CHOOSABLE.filter((cle) => !shown.includes(cle));
	for (const cle of hidden) {
		const mots = search.mark(cellWords(placed, cle, names));
		if (mots.length > 1) return { libelle: columnLabel(cle), mots: cutAround(mots) };
	}
	return null;
}

/** « …isoler les logements du quartier… »: long stretches without a word looked for are cut. */
function cutAround(mots: Marked): Marked {
	return mots.map((piece, at) => {
		if (at % 2 || piece.length <= 2 * AROUND) return piece;
		const [start, end] = [piece.slice(0, AROUND), piece.slice(-AROUND)];
		if (at === 0) return `…${end}`;
		return at === mots.length - 1 ? `${start}…` : `${start}… ${end}`;
	});
}

/** A cell as it is read; '' when nothing is said. */
export function cellWords(placed: PlacedAction, cle: TableKey, names: TableNames): string {
	const { action } = placed;
	const named = (labels: Labels, codes: readonly string[]): string => codes.map((c) => labels[c] ?? c).join(', ');
	switch (cle) {
		case 'plan':
			return placed.liste ?? named(names.plans, [action.plan]);
		case 'enjeux':
			return named(
				names.enjeux,
				[...placed.transition, ...placed.ville].map((t) => t.code)
			);
		case 'nature':
			return placed.nature ? named(names.natures, [placed.nature.code]) : '';
		case 'touches':
			return reachedWords(placed, names);
		case 'porteur':
			return placed.meneurs.propre ?? columnWords(action, cle);
		case 'communes':
			return action.communes.map((text) => communeWords(text, names)).join(' ; ');
		case 'dispositifs':
			return action.financements.map((f) => f.libelle).join(', ');
		case 'source':
			return sourceWords(action);
		case 'budget':
		case 'fonctionnement':
			return columnReading(action, cle);
		default:
			return columnWords(action, cle, names.valeurs[cle]);
	}
}

/** « 59014 » alone says little to a reader: « Anzin (59014) »; what is written otherwise, or is not known, stays. */
function communeWords(text: string, { communes }: TableNames): string {
	const nom = communes?.[text.trim()];
	return nom ? `${nom} (${text.trim()})` : text;
}

/** Quartiers reached; else what is known of the others, '' when it is not known of all. */
function reachedWords({ reach }: PlacedAction, { quartiers }: TableNames): string {
	const reached = reach.filter((r) => reaches(r.niveau));
	if (reached.length) return reached.map((r) => quartiers[r.quartier] ?? r.quartier).join(', ');
	if (reach.length === 0 || reach.some((r) => r.niveau === 'inconnu')) return '';
	return reach.some((r) => r.niveau === 'diffuse') ? 'toute l’intercommunalité' : 'aucun';
}

/** « plan.xlsx, Feuille 1, ligne 12 », « lignes 12 et 13 » for an action over two rows. */
export const sourceWords = ({ origine }: Pick<Action, 'origine'>): string =>
	[fileWords(origine), origine.ligne && linesWords(origine.ligne, origine.autresLignes)].filter(Boolean).join(', ');

const linesWords = (ligne: number, others: readonly number[] = []): string =>
	others.length ? `lignes\u00a0${list([ligne, ...others].map(String))}` : `ligne\u00a0${ligne}`;

/** Blanks come last whichever way one sorts; equal values keep the order of the documents. */
function sortBy(found: readonly PlacedAction[], tri: NonNullable<TableQuery['tri']>, names: TableNames) {
	const keys = new Map(found.map((p) => [p, sortKey(p, tri.cle, names)]));
	const way = tri.sens === 'croissant' ? 1 : -1;
	return [...found].sort((a, b) => {
		const [x, y] = [keys.get(a)!, keys.get(b)!];
		if (x === '' || y === '') return Number(x === '') - Number(y === '');
		return way * (typeof x === 'number' && typeof y === 'number' ? x - y : COLLATOR.compare(String(x), String(y)));
	});
}

const COLLATOR = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' });

function sortKey(placed: PlacedAction, cle: TableKey, names: TableNames): string | number {
	const { action } = placed;
	const column = editable(cle);
	const value = column && columnValue(action, column.cle);
	switch (column?.genre) {
		case 'montant':
			return action[cle as 'budget']?.euros ?? '';
		case 'nombre':
		case 'date':
			return (value as number | string | null) ?? '';
		case 'choix':
			// In the order of their list: « à venir » comes before « en cours ».
			return value ? Object.keys(names.valeurs[column.cle] ?? {}).indexOf(String(value)) : '';
		default:
			return cellWords(placed, cle, names);
	}
}
