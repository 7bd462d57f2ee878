import { bySeverity } from '../rules/gap-groups';
import type { GapWithFacts } from './open-gaps';

/* The gaps of a quartier as a sheet of paper holds them: all of them, those that ask the same gesture together. */

export interface GapSheetGroup {
	readonly id: string;
	readonly regle: string;
	readonly gravite: GapWithFacts['gravite'];
	readonly aFaire: string;
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
	const key = ({ regle, gravite, aFaire }: GapWithFacts) => `${gravite} ${regle} ${aFaire}`;
	const groups = new Map<string, GapWithFacts[]>();
	for (const gap of [...gaps].sort(bySeverity)) groups.set(key(gap), [...(groups.get(key(gap)) ?? []), gap]);
	return [...groups].map(([id, liste]) => {
		const { regle, gravite, aFaire } = liste[0]!;
		return { id, regle, gravite, aFaire, liste };
	});
}
