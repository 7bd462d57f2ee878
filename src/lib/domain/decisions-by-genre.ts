import type { Decision } from './action';
import { groupedBy, type Memory } from './memory';

/* Each figure rests on decisions of one kind: those of the others leave it as it is. */

/** Decisions of one kind, in their order; the very same list as at the last reading when none came or went. */
export type OfGenre = (genre: Decision['sujet']['genre']) => readonly Decision[];

export function byGenre(memory: Memory, decisions: readonly Decision[]): OfGenre {
	const groups = groupedBy(memory, 'décisions par genre', [], decisions, ({ sujet }) => [sujet.genre]);
	return (genre) => groups.get(genre) ?? NONE;
}

const NONE: readonly never[] = [];
