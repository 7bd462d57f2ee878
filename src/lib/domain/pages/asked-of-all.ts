import { readyWords } from '../funding/ready-words';
import type { UnaskedLine } from './request-lines';

/* What every request that is ready asks before it is filed: said once, the lines keep what tells them apart. */

/** out    nothing when fewer than two are ready */
export function askedOfAll(lines: readonly UnaskedLine[]): readonly string[] {
	const ready = lines.filter((l) => l.pretDit !== null);
	if (ready.length < 2) return [];
	return ready[0]!.aSavoir.filter((asked) => ready.every((l) => l.aSavoir.includes(asked)));
}

export const withoutUsual = (lines: readonly UnaskedLine[], usual: readonly string[]): UnaskedLine[] =>
	lines.map((line) => {
		if (usual.length === 0 || line.pretDit === null) return line;
		const aSavoir = line.aSavoir.filter((asked) => !usual.includes(asked));
		return { ...line, aSavoir, pretDit: readyWords(aSavoir) };
	});
