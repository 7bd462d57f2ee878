import { conditionOutcome, knownValues, type Labels } from '../rules/criteria';
import { labelsOf } from '../rules/eligibility';
import type { Condition, Measure } from '../rules/funding';
import { inForceText, periodOf, rateAt } from '../rules/in-force';
import type { Referentiel } from '../rules/referentiel';
import { isStale, valueAt, type IsoDate, type Source } from '../source';

/* The rules as people read them, drawn from `data/` itself: this page cannot drift from what is computed. */

export type ConditionText =
	| {
			readonly genre: 'critere';
			readonly critere: string;
			readonly attendu: string;
			readonly indicatif: boolean;
			/** « depuis le 01/01/2025 »; null without a threshold. */
			readonly vigueur: string | null;
			/** Values of other days, in words. */
			readonly autres: readonly string[];
	  }
	| { readonly genre: 'toutes' | 'au-moins-une' | 'aucune'; readonly parties: readonly ConditionText[] };

export interface MeasureText {
	readonly id: string;
	readonly libelle: string;
	readonly operateur: string;
	readonly forme: string;
	/** On the day read; null before it opens. */
	readonly etat: MeasureStateText | null;
	readonly verification: Measure['verification'];
	readonly aVerifier: string | null;
	readonly condition: ConditionText | null;
	readonly aide: {
		readonly valeur: number | null;
		readonly vigueur: string | null;
		readonly unite: string;
		readonly note: string | null;
	} | null;
	readonly montants: Readonly<Record<string, string>>;
	readonly cibleQpv: { readonly part: number; readonly perimetre: string; readonly note: string } | null;
	readonly cumul: string | null;
	readonly conseil: string | null;
	readonly references: readonly Source[];
	readonly aRevoirLe: IsoDate;
	readonly perimee: boolean;
}

/** `etat` null: closed, kept to read the plans that name it. `fin`: the eve of a closing already written. */
export interface MeasureStateText {
	readonly etat: string | null;
	readonly depuis: IsoDate;
	readonly fin: IsoDate | null;
}

export type ReferentielPage = ReturnType<typeof referentielPage>;

export function referentielPage(ref: Referentiel, asOf: IsoDate) {
	const labels = labelsOf(ref);
	return {
		version: ref.version,
		hash: ref.hash,
		asOf,
		sources: ref.enjeux.sources,
		transition: ref.enjeux.transition.map(({ code, libelle, famille, definition }) => ({
			code,
			libelle,
			famille,
			definition
		})),
		ville: ref.enjeux.ville.map(({ code, libelle, famille, definition }) => ({ code, libelle, famille, definition })),
		croises: ref.enjeux.croises,
		natures: ref.enjeux.natures,
		aRelire: [
			...ref.lacunes.regles.map((r) => ({ id: r.id, libelle: `${r.id} ${r.libelle}`, depuis: r.a_revoir_le })),
			...ref.financements.flatMap((f) =>
				f.mesures.map((m) => ({ id: m.id, libelle: m.libelle, depuis: m.a_revoir_le }))
			)
		].filter((rule) => isStale(rule.depuis, asOf)),
		vocabulaire: Object.entries(ref.lacunes.vocabulaire),
		regles: ref.lacunes.regles.map((r) => ({
			...r,
			exemple: ref.exemples.lacunes[r.id] ?? null,
			perimee: isStale(r.a_revoir_le, asOf)
		})),
		dispositifs: ref.financements.map((f) => ({
			id: f.id,
			titre: f.titre,
			resume: f.resume,
			mesures: f.mesures.map((m) => measureText(m, asOf, labels))
		}))
	};
}

function measureText(m: Measure, asOf: IsoDate, labels: Labels): MeasureText {
	return {
		id: m.id,
		libelle: m.libelle,
		operateur: m.operateur,
		forme: m.forme,
		etat: stateAt(m, asOf),
		verification: m.verification,
		aVerifier: m.a_verifier,
		condition: m.applicable_si && conditionText(m.applicable_si, m.references, asOf, labels),
		aide: rateText(m, asOf),
		montants: m.montants,
		cibleQpv: m.cible_qpv && { part: m.cible_qpv.part, perimetre: m.cible_qpv.perimetre, note: m.cible_qpv.note },
		cumul: m.cumul,
		conseil: m.conseil,
		references: m.references,
		aRevoirLe: m.a_revoir_le,
		perimee: isStale(m.a_revoir_le, asOf)
	};
}

export function stateAt({ etat }: Measure, asOf: IsoDate): MeasureStateText | null {
	const state = valueAt(etat, asOf);
	if (state === undefined) return null;
	const { depuis } = periodOf(Object.keys(etat), asOf);
	const closing = Object.keys(etat)
		.sort()
		.find((day) => day > asOf && etat[day] === null);
	return { etat: state, depuis, fin: closing ? periodOf([depuis, closing], asOf).jusquau : null };
}

function rateText(m: Measure, asOf: IsoDate): MeasureText['aide'] {
	const rate = rateAt(m, asOf);
	if (!m.aide || !rate) return null;
	const { unite, note } = m.aide;
	return { valeur: rate.valeur, vigueur: rate.vigueur && inForceText(rate.vigueur), unite, note };
}

/** A condition in French, in the very words a verdict uses. */
export function conditionText(
	condition: Condition,
	references: readonly Source[],
	asOf: IsoDate,
	labels: Labels
): ConditionText {
	if ('critere' in condition) {
		const [detail] = conditionOutcome(condition, { situation: {}, asOf, labels, references }).details;
		if (!detail) throw new Error('bug: a criterion tells nothing of itself');
		const { critere, attendu, bloquant, vigueur } = detail.raison;
		const said = vigueur && vigueur.etat !== 'inconnue' ? inForceText(vigueur) : null;
		const autres = knownValues(condition).filter((value) => value !== `${attendu} ${said}`);
		return { genre: 'critere', critere, attendu, indicatif: !bloquant, vigueur: said, autres };
	}
	const [genre, list] =
		'toutes' in condition
			? (['toutes', condition.toutes] as const)
			: 'aucune' in condition
				? (['aucune', condition.aucune] as const)
				: (['au-moins-une', condition.au_moins_une] as const);
	return { genre, parties: list.map((part) => conditionText(part, references, asOf, labels)) };
}
