import type { Milestone } from '../domain/crossing/milestones';

/* Where dots and labels of a timeline stand, so that no two of them meet. */

/** Milestones too close to be told apart share a dot, which bears their number. */
export interface Dot {
	/** 0 to 1 along the line. */
	readonly at: number;
	readonly milestones: readonly Milestone[];
	/** What is written beside it; null where there is no room: the table says it. */
	readonly label: Label | null;
}

export interface Label {
	readonly words: string;
	readonly place: 'dessus' | 'dessous';
	/** Grows to the left of its dot, near the end of the line. */
	readonly gauche: boolean;
}

/** Narrowest line, in pixels, on which nothing meets; wider ones only give more air. */
export const NARROWEST = 860;
const LABEL = 176;
/** A letter of a label. */
const WIDE = 6.6;
const LONGEST = 78;
const MERGE = 22;
const MARGIN = 12;

/**
 * in     milestones of one lane inside the span, in order of date
 * out    dots in order; deadlines of documents are labelled first, then what comes soonest
 */
export function layOut(milestones: readonly Milestone[], from: string, to: string): Dot[] {
	const groups: { at: number; milestones: Milestone[] }[] = [];
	for (const milestone of milestones) {
		const at = share(milestone.le, from, to);
		const last = groups.at(-1);
		if (last && (at - last.at) * NARROWEST < MERGE) last.milestones.push(milestone);
		else groups.push({ at, milestones: [milestone] });
	}
	const taken: Record<Label['place'], [number, number][]> = { dessus: [], dessous: [] };
	const labels = new Map<number, Label>();
	for (const i of groups.map((_, i) => i).sort((a, b) => weight(groups[b]!) - weight(groups[a]!) || a - b)) {
		const { at, milestones: own } = groups[i]!;
		const words = wordsOf(own);
		// Never cut: what three lines do not hold is for the table.
		if (words.length > LONGEST) continue;
		const x = at * NARROWEST;
		const width = Math.min(LABEL, words.length * WIDE);
		const gauche = x + width > NARROWEST;
		const span: [number, number] = gauche ? [x - width - MARGIN, x + MARGIN] : [x - MARGIN, x + width + MARGIN];
		const place = (['dessus', 'dessous'] as const).find((side) =>
			taken[side].every(([start, end]) => span[1] <= start || span[0] >= end)
		);
		if (!place) continue;
		taken[place].push(span);
		labels.set(i, { words, place, gauche });
	}
	return groups.map((group, i) => ({ ...group, label: labels.get(i) ?? null }));
}

/** Height of a lane on one side of its line, in pixels: its longest label there, and some air. */
export function room(dots: readonly Dot[], side: Label['place']): number {
	const lines = dots.map(({ label }) => (label?.place === side ? Math.ceil((label.words.length * WIDE) / LABEL) : 0));
	return AIR + LINE * Math.max(0, ...lines);
}
const LINE = 15;
const AIR = 18;

/** A day as a share of a span: 0 its first day, 1 its last. */
export function share(day: string, from: string, to: string): number {
	const count = (iso: string) => Date.parse(`${iso}T00:00:00Z`);
	return (count(day) - count(from)) / (count(to) - count(from));
}

const weight = ({ milestones }: { readonly milestones: readonly Milestone[] }): number =>
	milestones.some((m) => m.action === null) ? 2 : milestones.some((m) => m.etat === 'a-venir') ? 1 : 0;

/** « révision », « fin : Cour d’école Jaurès », « révision et 3 autres » */
function wordsOf(milestones: readonly Milestone[]): string {
	const more = milestones.length - 1;
	if (more === 0) return milestones[0]!.objet;
	const named = ({ objet }: Milestone) => `${objet} et ${more} autre${more > 1 ? 's' : ''}`;
	const document = milestones.find((m) => m.action === null);
	if (document) return named(document);
	// The first whose name holds; the table has them all.
	return milestones.map(named).find((words) => words.length <= LONGEST) ?? `${milestones.length} dates d’actions`;
}
