import type { PlanKind } from '../action';
import { date, FINE, quoted } from '../french';

/* The référent of a plan: whom to call when no pilot is named. A person of the territory writes it, once per plan; nobody else does. */

export interface Referent {
	/** A name, or a function: « chargée de mission PCAET ». */
	readonly nom: string;
	readonly service: string | null;
	readonly telephone: string | null;
	readonly courriel: string | null;
}

export interface PlanReferent extends Referent {
	/** See `planKey`. */
	readonly plan: string;
	/** « du PCAET » */
	readonly de: string;
	/** Who wrote it, when. */
	readonly par: string;
	readonly le: string;
}

/** A plan of a territory, whatever its documents: its kind, or the name of a list of grants. */
export const planKey = ({ plan, liste }: { readonly plan: PlanKind; readonly liste?: string }): string => liste ?? plan;

export type PlanNames = readonly { readonly code: PlanKind; readonly court: string }[];

/** « du PCAET », « de la feuille de route », « de la liste « Subventions DPV » » */
export function ofPlan(key: string, types: PlanNames): string {
	const type = types.find((t) => t.code === key);
	if (!type) return `de la liste ${quoted(key)}`;
	return deThe(thePlan(type.court));
}

/** « le PCAET » → « du PCAET », « la feuille de route » → « de la feuille de route » */
export const deThe = (named: string): string => (named.startsWith('le ') ? `du ${named.slice(3)}` : `de ${named}`);

/** « PCAET » → « le PCAET », « Feuille de route » → « la feuille de route », « Autre document » → « l’autre document » */
export function thePlan(court: string): string {
	const name = /^\p{Lu}{2}/u.test(court) ? court : court.charAt(0).toLocaleLowerCase('fr') + court.slice(1);
	if (/^feuille/.test(name)) return `la ${name}`;
	return /^[aeiouyéè]/i.test(name) ? `l’${name}` : `le ${name}`;
}

/** Of an action once it is placed, what says whom to call. */
interface Led {
	readonly action: { readonly plan: PlanKind; readonly pilote: string | null };
	readonly liste?: string;
	readonly meneurs: { readonly noms: readonly string[]; readonly referent?: PlanReferent };
}

/** The plan an action is of. */
export const planKeyOf = ({ action, liste }: Pick<Led, 'action' | 'liste'>): string => liste ?? action.plan;

const held = new WeakMap<Led, Led>();

/** An action that knows the référent of its plan; the very same one as long as neither has changed. A named pilot is called first. */
export function referred<P extends Led>(placed: P, referents: ReadonlyMap<string, PlanReferent>): P {
	const referent = referents.get(planKeyOf(placed));
	// « à désigner » in the column of pilots is nobody.
	if (!referent || (placed.action.pilote !== null && placed.meneurs.noms.length > 0)) return placed;
	const known = held.get(placed);
	if (known?.meneurs.referent === referent) return known as P;
	const made = { ...placed, meneurs: { ...placed.meneurs, referent } };
	held.set(placed, made);
	return made;
}

/** « chargée de mission PCAET, direction de l’environnement » */
export const nameAndService = ({ nom, service }: Pick<Referent, 'nom' | 'service'>): string =>
	[nom, service].filter(Boolean).join(', ');

/** « référent du PCAET, écrit le 27/11/2026 par Nadia Perrault » */
export const referentProof = ({ de, le, par }: Pick<PlanReferent, 'de' | 'le' | 'par'>): string =>
	`référent ${de}, écrit le ${date(le)} par ${par}`;

/** « 01 99 00 12 34 ; pcaet@exemple.fr »; null: neither is said. */
export const reachedAt = ({ telephone, courriel }: Pick<Referent, 'telephone' | 'courriel'>): string | null =>
	[telephone, courriel].filter(Boolean).join(`${FINE}; `) || null;
