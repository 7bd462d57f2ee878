import { cellText } from './cell';
import type { PlansFile } from '../rules/referentiel';
import type { CellValue } from './sheet';

/* A look at a row that costs little: does it hold names of columns? Every row of a file is asked. */

/** Longer than this, a cell is a sentence and not a header. */
export const HEADER_CHARACTERS = 120;

/** « (s) » and a blank before it. */
const SPELT = 4;

/** Most texts have no sign to change: each is looked for before it is replaced. */
function spelt(text: string): string {
	let name = text.toLowerCase();
	if (name.includes('’')) name = name.replaceAll('’', "'");
	return name.endsWith('(s)') ? name.slice(0, -3).trimEnd() : name;
}

const written = new WeakMap<PlansFile, ReadonlySet<string>>();

/** Every name the référentiel gives to a column, as a file writes it. */
function namesOf(plans: PlansFile): ReadonlySet<string> {
	const known = written.get(plans);
	if (known) return known;
	const ofTypes = plans.types.flatMap((type) => Object.values(type.synonymes ?? {}).flat());
	const ofFields = plans.champs.flatMap((def) => [def.libelle, ...def.synonymes, ...def.faibles]);
	const names = new Set([...ofTypes, ...ofFields].map((text) => spelt(String(text))));
	written.set(plans, names);
	return names;
}

/** Whether a text names a column: as the headers already found do, or as the référentiel does. */
export function headerNames(entetes: readonly CellValue[], plans: PlansFile): (text: string) => boolean {
	const own = new Set(entetes.map((cell) => spelt(cellText(cell))).filter((text) => text !== ''));
	const all = namesOf(plans);
	const longest = Math.max(...[...own, ...all].map((name) => name.length)) + SPELT;
	return (text) => {
		if (text.length > longest) return false;
		const name = spelt(text);
		return own.has(name) || all.has(name);
	};
}

/** At least two of its cells, and four in ten, name a column. */
export function sharesNames(row: readonly CellValue[], isName: (text: string) => boolean): boolean {
	let filled = 0;
	let shared = 0;
	for (const cell of row) {
		if (cell === null) continue;
		// A header holds no number, and few texts begin with one: most rows are told at their first cells.
		if (typeof cell === 'number' && !(cell >= 1990 && cell <= 2100)) return false;
		filled++;
		if (typeof cell === 'string' && cell.length <= HEADER_CHARACTERS && isName(cellText(cell))) shared++;
	}
	return shared >= 2 && shared >= 0.4 * filled;
}
