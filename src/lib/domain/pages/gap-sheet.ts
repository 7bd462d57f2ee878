import { withoutExample, withoutNames, type Asking } from '../rules/gap-called';
import { bySeverity } from '../rules/gap-groups';
import type { GapWithFacts } from './open-gaps';

/* The gaps of a quartier as its page and its sheet of paper hold them, in one order: those that ask the same gesture together. */

export interface GapSheetGroup {
	readonly id: string;
	readonly regle: string;
	readonly gravite: GapWithFacts['gravite'];
	/** Said once for all of them. */
	readonly aFaire: string;
	/** The figure that all of them share, when there is one. */
	readonly pourquoi: string | null;
	readonly liste: readonly GapWithFacts[];
}
export interface GapSheetPart {
	/** Empty for open gaps, which come first. */
	readonly titre: string;
	/** Whether their gravity is said by its word. */
	readonly dit: boolean;
	readonly groupes: readonly GapSheetGroup[];
}

/** out    open gaps, then chances, data to ask for, and those already decided: each gap once, the gravest first */
export function sheetOfGaps(gaps: readonly GapWithFacts[]): GapSheetPart[] {
	const of = (reponse: GapWithFacts['reponse']) => gaps.filter((g) => !g.ecartee && g.reponse === reponse);
	return [
		{ titre: '', dit: true, liste: of('alerte') },
		{ titre: 'À saisir entre plans', dit: false, liste: of('opportunite') },
		{ titre: 'À demander pour conclure', dit: false, liste: of('donnee-manquante') },
		{ titre: 'Traitées, reportées ou écartées', dit: true, liste: gaps.filter((g) => g.ecartee) }
	].flatMap(({ titre, dit, liste }) => (liste.length ? { titre, dit, groupes: byGesture(liste) } : []));
}

function byGesture(gaps: readonly GapWithFacts[]): GapSheetGroup[] {
	const groups: GapWithFacts[][] = [];
	for (const gap of [...gaps].sort(bySeverity)) {
		const own = groups.find(([first]) => alike(first!, gap));
		if (own) own.push(gap);
		else groups.push([gap]);
	}
	return groups.map((liste) => {
		const { id, regle, gravite, pourquoi = null } = liste[0]!;
		const shared = liste.every((g) => g.pourquoi === liste[0]!.pourquoi) ? pourquoi : null;
		return { id: `${gravite} ${regle} ${id}`, regle, gravite, aFaire: commonGesture(liste), pourquoi: shared, liste };
	});
}

const alike = (a: GapWithFacts, b: GapWithFacts): boolean =>
	a.regle === b.regle && a.titre === b.titre && a.gravite === b.gravite && sameGesture(a, b);

/** Below it, two sentences of a rule ask for different things; above, one says « ces actions » where the other says « cette action ». */
const SAME = 0.8;

/** « ce que « Plan vélo » apporte », « ce que « Plan vélo » et les deux autres citées apportent » → « ce que ces actions apportent ». */
const unquoted = (aFaire: string): string =>
	withoutExample(aFaire).replace(
		/«[^»]*»(?: et (?:l’autre action citée|les [^«»]{1,12}\sautres citées))? (apporte|porte)(?:nt)?(?!\p{L})/gu,
		'ces actions $1nt'
	);

/** Do two sentences ask the same of the same people, about whichever actions? One may leave out who, never name somebody else. */
export function sameGesture(one: Asking, other: Asking): boolean {
	const [a, b] = [one, other].map((gap) => ({ ...gap, aFaire: unquoted(gap.aFaire) })) as [Asking, Asking];
	if (a.aFaire === b.aFaire) return true;
	const [named, also] = [namesIn(a), namesIn(b)];
	if (named && also && named !== also) return false;
	const [x, y] = [withoutNames(a).split(' '), withoutNames(b).split(' ')];
	return inCommon(x, y) >= SAME * Math.max(x.length, y.length);
}

/** The sentence that most of them say; among equals the one that says the most. */
function commonGesture(liste: readonly GapWithFacts[]): string {
	// Each line keeps the actions that are its own in its evidence.
	const said = liste.map((g) => (liste.length > 1 ? unquoted(g.aFaire) : g.aFaire));
	const times = (text: string) => said.filter((one) => one === text).length;
	return [...said].sort((a, b) => times(b) - times(a) || b.length - a.length)[0]!;
}

const namesIn = ({ aFaire, appeler = [] }: Asking): string =>
	[...appeler, ...(aFaire.match(/\([^()]*\)/g) ?? [])].join(' ');

/** How many words two sentences share, in the same order. */
function inCommon(a: readonly string[], b: readonly string[]): number {
	let above = new Array<number>(b.length + 1).fill(0);
	for (const word of a) {
		const row = [0];
		b.forEach((other, j) => row.push(word === other ? above[j]! + 1 : Math.max(above[j + 1]!, row[j]!)));
		above = row;
	}
	return above[b.length]!;
}
