/**
 * A plain text table for a terminal; numbers to the right.
 * in     `whole`: the last column is a sentence, never cut
 */
export function table(
	headers: readonly string[],
	rows: readonly (readonly (string | number | null)[])[],
	{ whole = false }: { readonly whole?: boolean } = {}
): string {
	if (rows.length === 0) return 'Rien à montrer.';
	const cells = rows.map((row) => row.map((cell) => (cell === null ? '—' : String(cell))));
	const widths = headers.map((h, i) => Math.min(60, Math.max(h.length, ...cells.map((row) => (row[i] ?? '').length))));
	const numeric = headers.map(
		(_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number' || row[i] === null)
	);
	const line = (row: readonly string[]) =>
		row
			.map((cell, i) => {
				const short = cell.length > 60 && !(whole && i === row.length - 1) ? `${cell.slice(0, 59)}…` : cell;
				return numeric[i] ? short.padStart(widths[i]!) : short.padEnd(widths[i]!);
			})
			.join('  ')
			.trimEnd();
	return [line(headers), widths.map((w) => '─'.repeat(w)).join('  '), ...cells.map(line)].join('\n');
}

/** Spaces of French typography in a message: no-break before « : », inside « », narrow before ; ! ? */
export const typeset = (text: string): string =>
	text
		.replace(/« /g, '«\u00a0')
		.replace(/ »/g, '\u00a0»')
		.replace(/ :(?=\s|$)/gm, '\u00a0:')
		.replace(/ ([;!?])/g, '\u202f$1');
