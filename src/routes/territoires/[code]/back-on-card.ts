import { tick } from 'svelte';

/** Focus on the gesture of the card just decided, once the page has come: a browser leaves it nowhere when a form goes. */
export async function backOnCard(id: string): Promise<void> {
	await tick();
	// The page that follows a form puts the focus where its address leads, a little later.
	await new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)));
	const nowhere = document.activeElement === document.body || !document.activeElement;
	const card = document.getElementById(id);
	if (nowhere || card?.contains(document.activeElement)) card?.querySelector<HTMLElement>('.geste a, button')?.focus();
}
