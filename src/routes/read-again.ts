import { invalidate, invalidateAll } from '$app/navigation';
import { navigating } from '$app/state';

/**
 * Reads the page again by itself.
 * in     `what`: what its data says it depends on; absent: all of it
 * never  while one is on the way to another page: a reading begun then would take the place of the click, which would be lost
 */
export async function readAgain(what?: string): Promise<void> {
	if (navigating.to) return;
	await (what === undefined ? invalidateAll() : invalidate(what));
}
