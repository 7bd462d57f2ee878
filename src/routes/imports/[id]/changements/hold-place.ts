import { tick } from 'svelte';

/**
 * Keeps a person where they are in a list whose line they have just answered.
 * in     the line, before the answer
 * out    to be called once the list is drawn anew: the focus is in the same line when it is still in its group, else in the
 *        one that took its place, else in the first of the page; with no line left, on the title
 */
export function holdPlace(line: HTMLElement): () => Promise<void> {
	const groupOf = (one: Element) => one.closest('.groupe')?.id ?? '';
	const [id, group] = [line.id, groupOf(line)];
	const linesOf = (name: string) => [...document.querySelectorAll<HTMLElement>(`[id="${name}"] .ligne`)];
	const at = linesOf(group).indexOf(line);
	return async () => {
		await tick();
		const left = linesOf(group);
		const same = left.find((one) => one.id === id);
		const next = same ?? left[at] ?? left.at(-1) ?? document.querySelector<HTMLElement>('.groupe .ligne');
		const gesture = (next?.querySelector('button') ?? next?.querySelector('a')) as HTMLElement | null | undefined;
		if (gesture) gesture.focus();
		else document.getElementById('differences')?.focus();
	};
}
