import type { ActionDraft } from '../action';
import { communeNamed, communesIn } from './communes';
import { meansQuartiers } from './exceptions';
import { namesOutside } from './place-cells';
import { lieuSaid, type LieuSaid } from './place-column';
import type { Places } from './places';
import { rememberWith } from '../remember';
import { plain } from '../text';

/* Where a row stands before its quartiers are read: its column of places first, then its title, then who carries it. */

export interface Where {
	/** Communes of the column (or of the title, or of a commune that owns the action); null when none is stated. */
	readonly stated: readonly string[] | null;
	/** Communes of the column alone, which narrow the names of quartiers; null when it states none. */
	readonly columns: readonly string[] | null;
	readonly preuve: string | null;
	/** Communes of a name one letter off: a question, not an answer. */
	readonly near: readonly string[];
	/** Communes that help to tell two quartiers of the same name apart. */
	readonly hints: readonly string[];
	/** « Toute l'agglomération » in the column. */
	readonly whole: string | null;
	/** Entries of the column that are quartiers. */
	readonly quartiers: readonly string[];
	/** Places that an entry of the column leaves out, with the whole entry. */
	readonly left: readonly { readonly out: string; readonly text: string }[];
	/** Entries that say the centre of a commune, with the quartiers there whose name says they may be it. */
	readonly centres: readonly { readonly text: string; readonly peut: readonly string[] }[];
	/** An entry that nothing knows. */
	readonly unknown: string | null;
	/** An entry that leaves the place for later, « à préciser », where only who carries the action tells a commune, or nothing does. */
	readonly unsaid: string | null;
}

type Stated = Pick<
	ActionDraft,
	'titre' | 'description' | 'communes' | 'quartiers' | 'publics' | 'porteur' | 'porteurType'
>;

/** Reads the column of places, the title and the owner of a row. */
export function whereStands(draft: Stated, places: Places): Where {
	const { communes: index } = places;
	const owner = draft.porteur && draft.porteurType !== 'epci' ? communeNamed(draft.porteur, index) : null;
	const inTitle = communesIn(draft.titre, index);
	const told = [...inTitle, ...communesIn([draft.description ?? '', ...draft.publics].join('\n'), index)];
	const hints = [...told, ...(owner ? [owner] : [])];
	const column = readColumn(draft.communes, places);
	const base = { ...column, near: [], hints, unsaid: null };
	if (column.stated !== null && column.whole === null) {
		const { stated } = column;
		if (stated.length < 2 || stated.length < index.all.length || !places.complete)
			return { ...base, columns: [...stated, ...column.partly], preuve: column.preuve, near: column.near };
	}
	if (inTitle.length)
		return { ...base, stated: inTitle, columns: column.stated && inTitle, preuve: draft.titre, whole: null };
	if (column.whole !== null) return { ...base, stated: null, columns: null, preuve: null };
	const unsaid = [...draft.communes, ...draft.quartiers].find((cell) => saysLater(cell, places.notYet)) ?? null;
	const onlyOne =
		draft.porteurType === 'commune' && index.all.length === 1 && places.complete ? index.all[0]!.code : null;
	const owning = owner ?? onlyOne;
	const stated = owning ? [owning] : null;
	return { ...base, stated, columns: column.stated && stated, preuve: owning ? draft.porteur : null, unsaid };
}

const PLACE_FIRST =
	/^(?:les? |la )?(?:quartiers?|qpv|qp|communes?|lieux?|secteurs?|sites?|localisation|territoires?|perimetre)(?: |$)/;

/** « à préciser », « Quartier à définir avec la ville », « NC »: the words of a cell that says nothing yet (data/plans.yaml). */
export const saysLater = rememberWith((cell: string, notYet: ReadonlySet<string>): boolean => {
	if (namesOutside(cell)) return false;
	const said = plain(cell).replace(PLACE_FIRST, '');
	// « à définir avec la ville » goes on; a single word opens the name of a place.
	return notYet.has(said) || [...notYet].some((words) => words.includes(' ') && said.startsWith(`${words} `));
});

type Column = Pick<Where, 'stated' | 'preuve' | 'near' | 'whole' | 'quartiers' | 'left' | 'centres' | 'unknown'> & {
	/** Communes of which only the centre is meant. */
	readonly partly: readonly string[];
};

const BLANK: Column = {
	...{ stated: null, preuve: null, near: [], whole: null, unknown: null },
	...{ quartiers: [], left: [], centres: [], partly: [] }
};

/** Puts each entry of the column where it belongs. */
function readColumn(cells: readonly string[], places: Places): Column {
	if (cells.length === 0) return BLANK;
	const [stated, near, quartiers, proofs]: [string[], string[], string[], string[]] = [[], [], [], []];
	const left: { out: string; text: string }[] = [];
	let whole: string | null = null;
	let unknown: string | null = null;
	let isStated = false;
	const centres: { text: string; commune: string | null; peut: readonly string[] }[] = [];
	const put = (said: LieuSaid, text: string): void => {
		if (said.genre === 'territoire') whole ??= said.preuve;
		else if (said.genre === 'quartiers') quartiers.push(text);
		else if (said.genre === 'inconnu') unknown ??= text;
		else if (said.genre === 'centre') centres.push({ text, ...said });
		else if (said.genre === 'sauf') {
			const { kept, except } = said;
			// What is left of quartiers is read as one entry: « tous les QPV sauf Les Glacis », « hors QPV ».
			if (kept === null ? !isCommune(except.out, places) : kept.genre === 'quartiers') return void quartiers.push(text);
			if (kept === null) whole ??= text;
			else
				put(
					kept.genre === 'territoire' ? { ...kept, preuve: text } : kept,
					kept.genre === 'communes' ? text : except.kept
				);
			if (meansQuartiers(except.out)) quartiers.push(text);
			else left.push({ out: except.out, text });
		} else {
			isStated = true;
			proofs.push('preuve' in said ? said.preuve : text);
			if (said.genre === 'communes') stated.push(...said.communes);
			if (said.genre === 'proche') near.push(...said.communes);
		}
	};
	for (const text of cells) put(lieuSaid(text, places), text);
	// « Vermoy, centre-bourg »: the only commune of the row says whose centre it is, and is not meant whole.
	const alone = new Set(stated).size === 1 ? stated[0]! : null;
	const placed = centres.flatMap((c) => ((c.commune ?? alone) ? [{ ...c, commune: (c.commune ?? alone)! }] : []));
	if (placed.length < centres.length) unknown ??= centres.find((c) => c.commune === null)!.text;
	const notWhole = alone !== null && centres.some((c) => c.commune === null) ? alone : null;
	isStated ||= placed.length > 0;
	proofs.push(...placed.map((c) => c.text));
	return {
		stated: isStated ? [...new Set(stated)].filter((code) => code !== notWhole) : null,
		partly: placed.map((c) => c.commune),
		centres: placed.map(({ text, commune, peut }) => ({
			text,
			peut: peut.filter((code) => places.byCode.get(code)?.communes.some((c) => c.code === commune))
		})),
		preuve: isStated ? proofs.join(', ') : null,
		near,
		whole,
		quartiers,
		left,
		unknown
	};
}

const isCommune = (out: string, { communes }: Places): boolean => communeNamed(out, communes) !== null;
