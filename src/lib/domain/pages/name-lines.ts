/* How long a line must be for a name to hold in a few of them, cut between its words only. */

/**
 * Letters of the line that the names of a matrix need, stood upright over its columns.
 * in     names of its quartiers; so many that columns are narrow, their names take three lines of smaller letters
 */
export function headLetters(names: readonly string[]): number {
	const lines = names.length > NARROW ? 3 : 2;
	return Math.max(...names.map((name) => lettersFor(name, lines)), 12);
}

/** Quartiers from which on columns are narrow (`serre` of the frame). */
const NARROW = 18;

/** Letters of the shortest line in which a name holds on so many lines. */
export function lettersFor(name: string, lines: number): number {
	const words = name.split(' ');
	let most = Math.max(...words.map((word) => word.length), Math.ceil(name.length / lines));
	while (linesOf(words, most) > lines) most++;
	return most;
}

function linesOf(words: readonly string[], most: number): number {
	let lines = 1;
	let held = -1;
	for (const { length } of words) {
		if (held + 1 + length > most) [lines, held] = [lines + 1, -1];
		held += 1 + length;
	}
	return lines;
}
