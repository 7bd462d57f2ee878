import { conditionOutcome, type Labels } from '../rules/criteria';
import { labelsOf } from '../rules/eligibility';
import type { Condition, Measure } from '../rules/funding';
import type { Referentiel } from '../rules/referentiel';
import { isStale, valueAt, type IsoDate, type Source } from '../source';

/* The rules as people read them, drawn from `data/` itself: this page cannot drift from what is computed. */

export type ConditionText =
	| { readonly genre: 'critere'; readonly critere: string; readonly attendu: string; readonly indicatif: boolean }
	| { readonly genre: 'toutes' | 'au-moins-une' | 'aucune'; readonly parties: readonly ConditionText[] };

export interface MeasureText {
	readonly id: string;
	readonly libelle: string;
	readonly operateur: string;
	readonly forme: string;
	/** In force today; null once closed, undefined before it opens. */
	readonly etat: string | null;
	readonly verification: Measure['verification'];
	readonly aVerifier: string | null;
	readonly condition: ConditionText | null;
	readonly aide: { readonly valeur: number | null; readonly unite: string; readonly note: string | null } | null;
	readonly montants: Readonly<Record<string, string>>;
	readonly cibleQpv: { readonly part: number; readonly perimetre: string; readonly note: string } | null;
	readonly cumul: string | null;
	readonly conseil: string | null;
	readonly references: readonly Source[];
	readonly aRevoirLe: IsoDate;
	readonly perimee: boolean;
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
		regles: ref.lacunes.regles.map((r) => ({ ...r, perimee: isStale(r.a_revoir_le, asOf) })),
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
		etat: valueAt(m.etat, asOf) ?? null,
		verification: m.verification,
		aVerifier: m.a_verifier,
		condition: m.applicable_si && conditionText(m.applicable_si, asOf, labels),
		aide: m.aide && { valeur: valueAt(m.aide.valeurs, asOf) ?? null, unite: m.aide.unite, note: m.aide.note },
		montants: m.montants,
		cibleQpv: m.cible_qpv && { part: m.cible_qpv.part, perimetre: m.cible_qpv.perimetre, note: m.cible_qpv.note },
		cumul: m.cumul,
		conseil: m.conseil,
		references: m.references,
		aRevoirLe: m.a_revoir_le,
		perimee: isStale(m.a_revoir_le, asOf)
	};
}

/** A condition in French, in the very words a verdict uses. */
export function conditionText(condition: Condition, asOf: IsoDate, labels: Labels): ConditionText {
	if ('critere' in condition) {
		const [detail] = conditionOutcome(condition, { situation: {}, asOf, labels, references: [] }).details;
		if (!detail) throw new Error('bug: a criterion tells nothing of itself');
		const { critere, attendu, bloquant } = detail.raison;
		return { genre: 'critere', critere, attendu, indicatif: !bloquant };
	}
	const [genre, list] =
		'toutes' in condition
			? (['toutes', condition.toutes] as const)
			: 'aucune' in condition
				? (['aucune', condition.aucune] as const)
				: (['au-moins-une', condition.au_moins_une] as const);
	return { genre, parties: list.map((part) => conditionText(part, asOf, labels)) };
}
