import { getContext, setContext } from 'svelte';

/* Where the page of an action is, told once by a page to every list of actions it holds. */

const KEY = Symbol('pages des actions');

/** null: the action has no page to open from here. */
export type ActionPage = (id: string) => string | null;

export function sayActionPages(of: ActionPage): void {
	setContext(KEY, of);
}

/** Asked while a component starts; where no page spoke, nothing opens. */
export const actionPages = (): ActionPage => getContext<ActionPage | undefined>(KEY) ?? (() => null);
