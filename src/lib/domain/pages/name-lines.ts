/* How long a line must be for a name to hold in a few of them, cut between its words only. */

/** Letters of the line that the names of a matrix need, leaning over its columns on so many lines at most. */
export function headLetters(names: readonly string[]): number {
	return Math.max(...names.map((name) => lettersFor(name, HEAD_LINES)), 12);
}

/** More would lie over the next name. */
const HEAD_LINES = 3;

/** Letters of the line that the names need where columns are so narrow that each has two: none is cut, the header grows. */
export const narrowLetters = (names: readonly string[]): number =>
	Math.max(...names.map((name) => lettersFor(name, 2)), 12);

/** A dash ends a line, and begins none. */
const wordsOf = (name: string): string[] => name.split(/ (?!- )/);

/** Letters of the shortest line in which a name holds on so many lines. */
export function lettersFor(name: string, lines: number): number {
	const words = wordsOf(name);
	let most = Math.max(...words.map((word) => word.length), Math.ceil(name.length / lines));
	while (linesOf(words, most) > lines) most++;
	return most;
}

/** A name whole, on one line of so many letters, else on two as even as its words allow: a label of a map. */
export function nameLines(name: string, most: number): string {
	if (name.length <= most) return name;
	const longest = lettersFor(name, 2);
	const words = wordsOf(name);
	let held = 0;
	while (held < words.length && words.slice(0, held + 1).join(' ').length <= longest) held++;
	const [first, second] = [words.slice(0, held), words.slice(held)].map((part) => part.join(' '));
	return second ? `${first}\n${second}` : first!;
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
