import { planOf } from '../crossing/grant-list';
import type { TerritoryView } from '../crossing/overview';
import type { PlacedAction } from '../crossing/place';
import { nameAndService, ofPlan, planKey, planKeyOf, referentProof, type PlanReferent } from '../crossing/referents';
import { INSECABLE, list, quoted } from '../french';
import type { Referentiel } from '../rules/referentiel';

/* Whom to call about an action, in words: its pilot, else the référent of its plan, else who carries it. */

export interface Call {
	/** null: nobody is named. */
	readonly nom: string | null;
	/** What the file says of them, or what to do when it names nobody; for the référent of the plan, who wrote it and when. */
	readonly dit: string;
	/** The référent of the plan, who is written by hand: how to reach them, each null when it is not said. */
	readonly joindre?: { readonly telephone: string | null; readonly courriel: string | null };
	/** Behind a pilot, the référent of the plan, when somebody wrote one: « référent du PCAET ». */
	readonly aDefaut?: { readonly nom: string; readonly dit: string } & Pick<Call, 'joindre'>;
	/** « CA de Lys »: who carries it, said after the référent. */
	readonly porteur?: string;
	/** No pilot and no référent: the plan one may write one of, and the words that propose it. */
	readonly nommer?: {
		readonly plan: string;
		readonly dit: string;
		/** « le responsable du PCAET »: whom to ask for meanwhile. */
		readonly responsable: string;
	};
}

/**
 * The pilot, else the référent of the plan, else the carrier and that no pilot is named, else where to ask.
 * in     `referents`: those of the plans, to be called when the pilot does not answer
 */
export function whoToCall(
	placed: PlacedAction,
	types: Referentiel['plans']['types'],
	referents: readonly PlanReferent[] = []
): Call {
	const { action, meneurs } = placed;
	const { noms, genres, referent } = meneurs;
	if (referent) return { ...referentCall(referent), ...(noms.length > 0 && { porteur: list(noms) }) };
	if (noms.length && action.pilote) {
		const behind = referents.find((r) => r.plan === planKeyOf(placed));
		return { nom: list(noms), dit: 'pilote', ...(behind && { aDefaut: behindPilot(behind) }) };
	}
	const nommer = toName(planKeyOf(placed), types);
	if (noms.length) return { nom: list(noms), dit: 'porteur, pilote non nommé dans le fichier', nommer };
	const said = genres.length ? `${INSECABLE}: seulement ${list(genres.map((g) => quoted(g)))}` : '';
	return {
		nom: null,
		dit: `ni pilote ni porteur nommé dans le fichier${said}. Demandez au service qui tient le document (${planOf(placed, types)}).`,
		nommer
	};
}

const referentCall = (referent: PlanReferent) => ({
	...{ nom: nameAndService(referent), dit: referentProof(referent) },
	joindre: { telephone: referent.telephone, courriel: referent.courriel }
});

const behindPilot = (referent: PlanReferent): NonNullable<Call['aDefaut']> => ({
	nom: nameAndService(referent),
	dit: `référent ${referent.de}`,
	joindre: { telephone: referent.telephone, courriel: referent.courriel }
});

const toName = (plan: string, types: Referentiel['plans']['types']): NonNullable<Call['nommer']> => ({
	plan,
	dit: `Nommer un référent ${ofPlan(plan, types)}`,
	responsable: `le responsable ${ofPlan(plan, types)}`
});

/** What is said of a plan beside its actions: its référent, or that one may be written. */
export type PlanCalls = Readonly<Record<string, Pick<Call, 'nom' | 'dit' | 'joindre' | 'nommer'>>>;

/** Of each plan that has documents or a référent. */
export function planCalls(
	view: Pick<TerritoryView, 'documents' | 'referents'>,
	{ plans: { types } }: Pick<Referentiel, 'plans'>
): PlanCalls {
	const open = view.documents
		.map(planKey)
		.map((plan) => [plan, { nom: null, dit: '', nommer: toName(plan, types) }] as const);
	return Object.fromEntries([...open, ...view.referents.map((r) => [r.plan, referentCall(r)] as const)]);
}
