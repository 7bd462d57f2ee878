/**
 * Opens what folds the place an address names, what a phone folds of that place and the card it names, then goes there: a browser does the
 * first when it loads a page, not when a script changes its address.
 * in     « #lacunes »; anything else does nothing
 */
export function unfold(hash: string): void {
	const place = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
	if (!place) return;
	let closed = false;
	for (let fold = place.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) {
		closed ||= !fold.open;
		fold.open = true;
	}
	for (const fold of place.querySelectorAll<HTMLDetailsElement>(':scope > .pli, :scope > [data-deplie]'))
		fold.open = true;
	for (let left = place.closest('.replie'); left; left = place.closest('.replie')) {
		closed = true;
		left.classList.remove('replie');
	}
	if (closed) place.scrollIntoView();
}
