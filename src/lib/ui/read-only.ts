import { getContext, setContext } from 'svelte';

/* Whether one only reads, told once by the frame to every piece of a page that would offer a gesture. */

const KEY = Symbol('lecture');

export function sayReadOnly(reading: () => boolean): void {
	setContext(KEY, reading);
}

/** Asked while a component starts; the answer holds when it is called. Where no frame spoke, one works. */
export const readOnly = (): (() => boolean) => getContext<(() => boolean) | undefined>(KEY) ?? (() => false);
