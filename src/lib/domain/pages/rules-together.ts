import type { Crossed } from '../crossing/territory-view';
import { byId } from '../crossing/place';
import { bySeverity } from '../rules/gap-groups';
import { quartiersOf } from '../rules/gaps-by-quartier';
import type { Gap } from '../rules/gaps';
import type { SeverityLevel } from '../rules/referentiel';
import { ruleNames } from './page-model';

/** A rule that says the same of several quartiers: one gesture may decide all its gaps. */
export interface RuleTogether {
	readonly regle: string;
	readonly libelle: string;
	/** Of its gravest gap. */
	readonly gravite: SeverityLevel;
	readonly lacunes: number;
	readonly quartiers: number;
	/** One gap of each enjeu and severity: what the page of the joint decision ticks. */
	readonly choisies: readonly string[];
}

/** Rules whose alerts wait in two quartiers or more: the gravest first, then the most widespread. */
export function rulesTogether({ view, ref }: Pick<Crossed, 'view' | 'ref'>): RuleTogether[] {
	const byRule = new Map<string, Gap[]>();
	for (const gap of view.gaps)
		if (gap.reponse === 'alerte' && !gap.ecartee) byRule.set(gap.regle, [...(byRule.get(gap.regle) ?? []), gap]);
	const names = ruleNames(ref);
	// A gap of an action counts where the action comes, as on the page of each quartier.
	const known = byId(view.actions);
	return [...byRule.values()]
		.map((gaps) => [...gaps].sort(bySeverity))
		.map((gaps) => ({
			regle: gaps[0]!.regle,
			libelle: names[gaps[0]!.regle] ?? gaps[0]!.regle,
			gravite: gaps[0]!.gravite,
			lacunes: gaps.length,
			quartiers: new Set(gaps.flatMap((g) => quartiersOf(g, known))).size,
			choisies: [...new Map(gaps.map((g) => [`${g.enjeu}|${g.gravite}`, g.id])).values()]
		}))
		.filter((rule) => rule.quartiers > 1 && rule.lacunes > 1)
		.sort((a, b) => bySeverity(a, { ...b, regle: a.regle }) || b.lacunes - a.lacunes || a.regle.localeCompare(b.regle));
}
