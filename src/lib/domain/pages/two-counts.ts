import type { Matrix } from '../crossing/matrix';
import { capital, count, FINE, INSECABLE, plural } from '../french';
import type { EnjeuCroise } from '../rules/referentiel';

/**
 * Why the grid of the enjeux and the table of the expected crossings do not count the same, in one sentence.
 * in     the crossings by quartier, and the grid, both read with the same filters
 * out    null when both count the same on every expected crossing. The table also holds what says its transition enjeu
 *        alone; the grid also holds what bears both enjeux and reaches no quartier for sure
 */
export function twoCounts(story: Matrix, grid: Matrix, croises: readonly EnjeuCroise[]): string | null {
	const half = new Set<string>();
	const nowhere = new Set<string>();
	for (const { code, transition, ville } of croises) {
		const inStory = idsAt(story, code);
		const inGrid = cellAt(grid, transition, ville);
		for (const id of inStory) if (!inGrid.has(id)) half.add(id);
		for (const id of inGrid) if (!inStory.has(id)) nowhere.add(id);
	}
	const parts = [
		half.size > 0 &&
			`${count(half.size, 'action dit son', 'actions disent leur')} enjeu de transition sans enjeu de politique de la ville${INSECABLE}: le tableau des ${croises.length} croisements ${plural(half.size, 'la', 'les')} compte, en réponse diffuse${FINE}; la grille, non`,
		nowhere.size > 0 &&
			`${count(nowhere.size, 'action n’atteint', 'actions n’atteignent')} aucun quartier de façon sûre${INSECABLE}: seule la grille ${plural(nowhere.size, 'la', 'les')} compte`
	].filter((part) => part !== false);
	return parts.length ? `${parts.map(capital).join('. ')}.` : null;
}

function idsAt({ rows, totals }: Matrix, code: string): ReadonlySet<string> {
	const at = rows.keys.findIndex((key) => key.code === code);
	return new Set(totals.rows[at]?.actions);
}

function cellAt({ rows, columns, cells }: Matrix, row: string, column: string): ReadonlySet<string> {
	const [r, c] = [rows, columns].map(({ keys }, i) => keys.findIndex((key) => key.code === (i ? column : row)));
	return new Set(cells[r!]?.[c!]?.actions);
}
