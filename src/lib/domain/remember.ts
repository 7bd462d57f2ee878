/* Files say the same few words thousands of times: what was understood once need not be worked out again. */

interface Bounds {
	/** Answers kept at least; those nobody asked for again since twice as many are forgotten. */
	readonly texts?: number;
	/** Longer texts come once: they are answered and not kept. */
	readonly characters?: number;
}

/**
 * A pure reading of a text that remembers its answers.
 * in     `read` gives the same answer to the same text; answers are shared, nobody changes them
 */
export function remember<T>(
	read: (text: string) => T,
	{ texts = 2_000, characters = 80 }: Bounds = {}
): (text: string) => T {
	let known = new Map<string, T>();
	let before = known;
	return (text) => {
		if (text.length > characters) return read(text);
		const found = known.get(text);
		if (found !== undefined || known.has(text)) return found as T;
		const answer = before.has(text) ? (before.get(text) as T) : read(text);
		// Texts that come once must not pile up, nor chase away those that come back.
		if (known.size >= texts) [before, known] = [known, new Map()];
		known.set(text, answer);
		return answer;
	};
}

/** The same, for a reading that also depends on what a file is read with: its answers go when that does. */
export function rememberWith<K extends object, T>(
	read: (text: string, by: K) => T,
	bounds: Bounds = {}
): (text: string, by: K) => T {
	const byOwner = new WeakMap<K, (text: string) => T>();
	return (text, by) => {
		let own = byOwner.get(by);
		if (!own) byOwner.set(by, (own = remember((asked) => read(asked, by), bounds)));
		return own(text);
	};
}
