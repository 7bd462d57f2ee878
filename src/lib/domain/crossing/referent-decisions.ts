import { z } from 'zod';
import type { Decision } from '../action';
import { ofPlan, type PlanNames, type PlanReferent, type Referent } from './referents';

/* What people wrote of whom to call about each plan, among the decisions of a territory. */

const blank = z.string().nullable().default(null);
const Written = z.object({ nom: z.string().min(1), service: blank, telephone: blank, courriel: blank });

/** null: what is written takes the référent away. */
export const readReferent = (valeur: unknown): Referent | null => Written.safeParse(valeur).data ?? null;

/** The référents in force, by plan: the last word wins. */
export function referentsOf(decisions: readonly Decision[], types: PlanNames): ReadonlyMap<string, PlanReferent> {
	const found = new Map<string, PlanReferent>();
	for (const { sujet, valeur, par, le } of decisions.filter(isReferent).sort((a, b) => a.id - b.id)) {
		const read = readReferent(valeur);
		if (read) found.set(sujet.id, { ...read, plan: sujet.id, de: ofPlan(sujet.id, types), par, le });
		else found.delete(sujet.id);
	}
	return found;
}

/** The last word on each plan, by its number: what a person had before their eyes when they began to write. */
export const lastWords = (all: readonly Decision[]): Readonly<Record<string, number>> =>
	Object.fromEntries(all.filter(isReferent).map((d) => [d.sujet.id, d.id]));

export const isReferent = ({ sujet }: Pick<Decision, 'sujet'>): boolean => sujet.genre === 'referent';
