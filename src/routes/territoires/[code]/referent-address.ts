/** Where the référent of a plan is written, to come back from to where one was: an address of the same territory. */
export const referentHref = (root: string, plan: string, retour: string): string =>
	`${root}/referents?${new URLSearchParams({ plan, retour })}#nommer`;

/** An address of the territory to come back to; null for any other. */
export const backWithin = (root: string, asked: string | null): string | null =>
	asked &&
	(asked === root || /^[/?#]/.test(asked.slice(root.length))) &&
	asked.startsWith(root) &&
	!/[\\\s]/.test(asked)
		? asked
		: null;
