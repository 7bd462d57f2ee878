/** Consecutive lines of one action, together. */
export function byAction<L extends { readonly action: string }>(lines: readonly L[]): L[][] {
	const groups = new Map<string, L[]>();
	for (const line of lines) groups.set(line.action, [...(groups.get(line.action) ?? []), line]);
	return [...groups.values()];
}
