import * as fr from '../french';
import { announced, orderFacts } from '../funding/fact-order';
import type { EnteredFact } from '../funding/entered';
import { factDefs, factText, type FactDef } from '../funding/facts';
import { cellOf } from '../funding/plan-lines';
import { originText } from '../funding/plan-words';
import type { Clue, Clues } from '../funding/received';
import type { PlacedAction } from '../crossing/place';
import type { Reason, Verdict } from '../rules/eligibility';
import type { Referentiel } from '../rules/referentiel';
import { STILL_TO_DO } from '../rules/still-to-do';

/* The facts of one action, as fields to fill in: first those that would settle the most verdicts. */

export interface FactRow extends FactDef {
	/** As the field writes it; '' when nobody answered. */
	readonly saisi: string;
	readonly source: string;
	/** JJ/MM/AAAA, or ''. */
	readonly date: string;
	readonly par: string | null;
	readonly le: string | null;
	/** Number of the entry read; 0 for none. */
	readonly vu: number;
	/** What the file or the code of the quartier says, and where; null when they do not. */
	readonly lu: string | null;
	/** What published lists suggest, and where it was read; a person still has to say. null: nothing. */
	readonly indice: string | null;
	/** Measures that ask for it, and what they accept. */
	readonly demandes: readonly { readonly mesure: string; readonly libelle: string; readonly attendu: string }[];
}

export interface FactGroups {
	/** Answers that would settle verdicts, the most settling first. */
	readonly aRenseigner: readonly FactRow[];
	/** Answers that only weaken or strengthen a case. */
	readonly indicatifs: readonly FactRow[];
	readonly renseignes: readonly FactRow[];
	readonly annonce: { readonly reponses: number; readonly mesures: number } | null;
}

/** Blocking things a verdict lacks; words that are not there are asked for by the fact beside them. */
export const lackingOf = (verdict: Verdict): ReadonlySet<string> =>
	new Set(verdict.manquants.filter((r) => r.bloquant && r.cle !== 'mots').map((r) => r.cle));

export function factGroups(
	placed: PlacedAction,
	verdicts: readonly Verdict[],
	ref: Referentiel,
	clues: ReturnType<Clues> = NO_CLUE
): FactGroups {
	const defs = factDefs(ref);
	const labels = new Map(ref.financements.flatMap((f) => f.mesures.map((m) => [m.id, m.libelle] as const)));
	const typed = new Map((placed.saisies?.faits ?? []).map((f) => [f.fait, f]));
	const asked = new Map<string, { readonly verdict: Verdict; readonly reason: Reason }[]>();
	for (const verdict of verdicts)
		for (const reason of [...verdict.manquants, ...verdict.echecs, ...verdict.remplis])
			if (defs.has(reason.cle)) asked.set(reason.cle, [...(asked.get(reason.cle) ?? []), { verdict, reason }]);
	const row = (cle: string): FactRow => ({
		...defs.get(cle)!,
		...typedRow(typed.get(cle), defs.get(cle)!),
		lu: readElsewhere(cle, placed, defs.get(cle)!),
		indice: typed.has(cle) ? null : clueText(clues.get(cle)),
		demandes: demandsOf(asked.get(cle) ?? [], labels)
	});
	const open = verdicts.filter((v) => v.verdict === 'indetermine');
	const order = orderFacts(open.map(lackingOf), [...defs.keys()]);
	const missing = (bloquant: boolean) =>
		verdicts.filter((v) => v.verdict !== 'ecarte').flatMap((v) => v.manquants.filter((r) => r.bloquant === bloquant));
	const weak = [...new Set(missing(false).map((r) => r.cle))].filter(
		(cle) => defs.has(cle) && !order.cles.includes(cle) && !typed.has(cle)
	);
	// Discarded for being over, an operation is taken up again by that answer.
	const over = verdicts.some((v) => v.echecs.some((r) => r.cle === STILL_TO_DO && r.question !== null));
	const again = over && !order.cles.includes(STILL_TO_DO) && !typed.has(STILL_TO_DO) ? [STILL_TO_DO] : [];
	return {
		aRenseigner: [...again, ...order.cles].map(row),
		indicatifs: weak.map(row),
		// Whatever a person typed stays in sight, even when no measure asks for it any more.
		renseignes: [...typed.keys()].filter((cle) => defs.has(cle) && !order.cles.includes(cle)).map(row),
		annonce: announced(order)
	};
}

const NO_CLUE: ReturnType<Clues> = new Map();

const clueText = (clue: Clue | undefined): string | null =>
	clue
		? `${fr.capital(clue.dit)} (${clue.preuve}). À confirmer${fr.INSECABLE}: rien n’est compté sans votre réponse.`
		: null;

function typedRow(fact: EnteredFact | undefined, def: FactDef) {
	if (!fact) return { saisi: '', source: '', date: '', par: null, le: null, vu: 0 };
	const { valeur, source, date, par, le, id } = fact;
	const saisi =
		typeof valeur === 'number'
			? fr.number(valeur)
			: typeof valeur === 'string' && def.genre === 'choix'
				? valeur
				: factText(def, valeur);
	return { saisi, source: source ?? '', date: date ? fr.date(date) : '', par, le, vu: id };
}

function demandsOf(
	asked: readonly { readonly verdict: Verdict; readonly reason: Reason }[],
	labels: ReadonlyMap<string, string>
): FactRow['demandes'] {
	const demands = asked.map(({ verdict, reason }) => ({
		mesure: verdict.mesure,
		libelle: labels.get(verdict.mesure) ?? verdict.mesure,
		attendu: reason.autrement ? `${reason.attendu}, ou bien ${reason.autrement}` : reason.attendu
	}));
	return [...new Map(demands.map((d) => [`${d.mesure}|${d.attendu}`, d])).values()];
}

/** What is known without asking, with where it was read. */
function readElsewhere(cle: string, placed: PlacedAction, def: FactDef): string | null {
	const { action } = placed;
	if (cle === 'cout' && action.budget)
		return `${fr.euros(action.budget.euros, action.budget.base)}, ${cellText(placed)}`;
	if (cle === 'maitre_ouvrage' && action.porteurType)
		return `${carriersText(def, placed.meneurs.types ?? [action.porteurType])}, ${cellText(placed)}`;
	if (cle === STILL_TO_DO && action.dates?.fin)
		return `fin prévue en ${action.dates.fin.slice(0, 4)}, ${cellText(placed)}`;
	return null;
}

/** « Intercommunalité ou Établissement public », the kinds a cell lists. */
const carriersText = (def: FactDef, kinds: readonly (string | null)[]): string =>
	fr.list(
		kinds.flatMap((kind) => (kind === null ? [] : factText(def, kind))),
		'ou'
	);

/** « contrat.xlsx, Actions, ligne 14 » */
export const cellText = ({ action }: PlacedAction): string => originText(cellOf(action));

/** « d’après le DPE, du 12/03/2024 ; saisi par Nadia le 26/11/2026 » */
export function typedText({ source, date, par, le }: Pick<EnteredFact, 'source' | 'date' | 'par' | 'le'>): string {
	const from = source ? `d’après ${fr.quoted(source)}` : 'sans source';
	return `${from}${date ? `, du ${fr.date(date)}` : ''}${fr.FINE}; saisi par ${par} le ${fr.date(le)}`;
}
