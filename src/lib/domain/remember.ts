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

/**
 * What is said of a subject, with the words of an owner, for an answer: written once, and gone with either of the two.
 * in     `most`: answers kept of a subject; beyond, they are all forgotten
 */
export function rememberOf<Owner extends object, Subject extends object, T extends object>(most: number) {
	const byOwner = new WeakMap<Owner, WeakMap<Subject, Map<string, T>>>();
	return (owner: Owner, subject: Subject, key: string, write: () => T): T => {
		const bySubject = byOwner.get(owner) ?? byOwner.set(owner, new WeakMap()).get(owner)!;
		const known = bySubject.get(subject) ?? bySubject.set(subject, new Map()).get(subject)!;
		const found = known.get(key);
		if (found) return found;
		if (known.size >= most) known.clear();
		const made = write();
		known.set(key, made);
		return made;
	};
}
