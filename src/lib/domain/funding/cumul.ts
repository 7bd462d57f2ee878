import type { PlacedAction } from '../crossing/place';
import * as fr from '../french';
import type { Basis } from '../money';
import { valueAt, type IsoDate, type Source } from '../source';
import type { Referentiel } from '../rules/referentiel';
import { financingPlan, type FinancingPlan } from './plan';
import { costOf, hasLines, type PlanLine } from './plan-lines';
import type { CumulRule } from './plan-rules';

/** `respectee` even if all is granted; `depassee` by what is granted already; else what is lacking to say. */
export type CumulKind = 'respectee' | 'depassee' | 'indeterminee' | 'sans-objet';

/** Aids above a limit: by what is granted alone, or once all that is asked for or planned is; `suppose`: taken for HT, or TTC, as the cost is. */
export interface Excess {
	readonly acquis: boolean;
	readonly suppose: boolean;
}

export interface CumulVerdict {
	readonly regle: string;
	readonly titre: string;
	readonly phrase: string;
	readonly verdict: CumulKind;
	/** Share of aids, from what is surely counted to what may be; null when it cannot be worked out. */
	readonly part: { readonly min: number; readonly max: number } | null;
	readonly limite: number;
	/** null: under the limit, or nobody can say. */
	readonly exces: Excess | null;
	/** Aids that count or may, and what they are held against, in euros; null with `part`. */
	readonly sommes: { readonly aides: number; readonly assiette: number } | null;
	/** The same of the aids that are surely public, in euros; `inconnues`: beside them, some of nobody knows whose money. null with `part`. */
	readonly connues: { readonly part: number; readonly aides: number; readonly inconnues: boolean } | null;
	/** Why one does not know that the rule applies to this action. */
	readonly doutes: readonly string[];
	/** Everything that prevents a firm answer, or explains it. */
	readonly raisons: readonly string[];
	readonly exceptions: readonly string[];
	readonly sources: readonly Source[];
}

/**
 * Holds a financing plan against the limits on adding aids up.
 * out    one verdict per limit in force on the day; « sans-objet » says why
 * never  says « depassee » while an exception may hold, an amount or a basis is unknown, or the rule is partly checked
 */
export function cumulVerdicts(
	placed: PlacedAction,
	plan: FinancingPlan,
	rules: readonly CumulRule[],
	asOf: IsoDate
): CumulVerdict[] {
	return rules.flatMap((rule) => {
		const limite = valueAt(rule.part_max, asOf);
		return typeof limite === 'number' ? [verdictOf(rule, limite, placed, plan)] : [];
	});
}

function verdictOf(rule: CumulRule, limite: number, placed: PlacedAction, plan: FinancingPlan): CumulVerdict {
	const lines = plan.lignes.filter((l) => l.preciseePar === null);
	const told = { regle: rule.id, titre: rule.titre, phrase: rule.phrase, limite, sources: rule.references };
	const exceptions = rule.exceptions.map((e) => e.texte);
	const outside = aside(rule, placed, lines);
	if (outside)
		return {
			...{ ...told, verdict: 'sans-objet', part: null, sommes: null, connues: null, exces: null },
			...{ doutes: [], raisons: [outside], exceptions }
		};
	const doubts = applies(rule, placed);
	const opened = rule.exceptions.filter((e) => lines.some((l) => within(l.dispositif, e.familles)));
	const share = shareOf(rule, plan, lines);
	const raisons = [
		...doubts,
		...share.raisons,
		...opened.map((e) => `exception à vérifier${fr.INSECABLE}: ${e.texte}`),
		...(rule.verification === 'partielle' ? ['règle lue dans une source secondaire, à confirmer'] : [])
	];
	const { part, sommes, connues } = share;
	const firm = doubts.length === 0 && share.raisons.length === 0;
	const verdict =
		part && part.max <= limite && firm
			? 'respectee'
			: part && part.min > limite && firm && opened.length === 0 && rule.verification === 'source'
				? 'depassee'
				: 'indeterminee';
	const granted = part && part.min <= limite && part.max > limite && doubts.length === 0 ? [IF_ALL_GRANTED] : [];
	const surely = doubts.length === 0 && opened.length === 0 && rule.verification === 'source';
	const exces =
		part && surely && connues && toTenth(connues.part) > limite
			? { acquis: toTenth(part.min) > limite, suppose: share.raisons.length > 0 }
			: null;
	return {
		...told,
		verdict,
		part,
		sommes,
		connues,
		exces,
		doutes: doubts,
		raisons: [...raisons, ...granted],
		exceptions
	};
}

/** 0.20003 → 0.2: a subsidy rounded to the cent is not above its own rate. */
export const toTenth = (share: number): number => Math.round(share * 1000) / 1000;

/** The worst excess of an action, whatever the limit; null: none, or nobody can say. */
export function excessOf(
	placed: PlacedAction,
	ref: Pick<Referentiel, 'planDeFinancement'>,
	asOf: IsoDate
): Excess | null {
	// Without a cost or a line, no share: most actions are not worked out.
	if (costOf(placed) === null || !hasLines(placed)) return null;
	const verdicts = cumulVerdicts(placed, financingPlan(placed, ref), ref.planDeFinancement.limites, asOf);
	const over = verdicts.flatMap(({ exces }) => exces ?? []);
	return over.find((e) => e.acquis) ?? over[0] ?? null;
}

/** Why a sum above the limit is not firm: not all of it is granted. */
export const IF_ALL_GRANTED =
	'la limite serait dépassée si tout ce qui est sollicité, envisagé ou incertain était une aide accordée';

const within = (dispositif: string | null, names: readonly string[]): boolean =>
	dispositif !== null && names.some((name) => dispositif === name || dispositif.startsWith(`${name}.`));

/** Granted, asked for or planned: a plan that goes over is told before anyone files. */
const COUNTED: readonly PlanLine['nature'][] = ['obtenu', 'sollicite', 'envisage'];

/** Why a rule surely does not concern this action; null when it may. */
function aside(rule: CumulRule, placed: PlacedAction, lines: readonly PlanLine[]): string | null {
	const nature = placed.nature?.code ?? null;
	const porteurs = porteursOf(placed);
	if (rule.porteurs && porteurs.every((p) => p !== null && !(rule.porteurs as readonly string[]).includes(p)))
		return 'elle ne vise pas ce type de porteur';
	if (nature && rule.natures && !(rule.natures as readonly string[]).includes(nature))
		return 'elle ne vise que l’investissement';
	if (rule.si_presente && !lines.some((l) => within(l.dispositif, rule.si_presente!) && l.nature !== 'refuse'))
		return 'aucune ligne du plan ne vient de ce fonds';
	return null;
}

/** What must be known for the rule to be said to apply. */
const applies = (rule: CumulRule, placed: PlacedAction): string[] => [
	...(rule.porteurs && porteursOf(placed).includes(null) ? ['le type de porteur n’est pas renseigné'] : []),
	...(rule.porteurs && porteursOf(placed).some((p) => p !== null && !(rule.porteurs as readonly string[]).includes(p))
		? ['le fichier donne plusieurs types de porteur']
		: []),
	...(rule.natures && !placed.nature ? ['la nature de l’action n’est pas connue'] : [])
];

/** Each kind of body that may carry it; null: nobody says which. */
function porteursOf({ action, meneurs, saisies }: PlacedAction): readonly (string | null)[] {
	const typed = saisies?.faits.find((f) => f.fait === 'maitre_ouvrage')?.valeur as string | undefined;
	return typed !== undefined ? [typed] : (meneurs.types ?? [action.porteurType]);
}

/** Aids over what they are held against; a basis that is not written is told, and taken for that of the cost. */
function shareOf(rule: CumulRule, plan: FinancingPlan, lines: readonly PlanLine[]) {
	const aids = lines.filter((l) => COUNTED.includes(l.nature) && !l.propre && !isOut(rule, l));
	const cost = plan.cout && !plan.cout.fonctionnement ? plan.cout.montant : null;
	const amounts = aids.filter((l) => l.montant?.euros);
	const blank = aids.filter((l) => l.montant === null).length;
	const other = amounts.filter((l) => cost && isOther(l.montant!.base, cost.base));
	const unsaid = amounts.filter((l) => l.montant!.base === 'inconnu').length;
	const stops = [
		...(cost === null
			? [plan.coutNonLu ? `le coût, écrit ${fr.quoted(plan.coutNonLu)}, n’est pas lu` : 'le coût n’est pas renseigné']
			: []),
		...(cost?.max ? ['le coût est un intervalle'] : []),
		...(blank ? [`${fr.count(blank, 'aide')} sans montant`] : []),
		...(cost && other.length
			? [`${fr.count(other.length, 'aide')} en ${other[0]!.montant!.base} alors que le coût est en ${cost.base}`]
			: [])
	];
	const none = { part: null, sommes: null, connues: null };
	if (cost === null || stops.length > 0) return { ...none, raisons: stops };
	const raisons = supposed(cost.base, unsaid, amounts);
	if (raisons === null) return { ...none, raisons: ['des aides sont en HT, d’autres en TTC'] };
	const sum = (kept: readonly PlanLine[]): number =>
		kept.reduce((total, l) => total + Math.round((l.montant?.euros ?? 0) * 100), 0);
	const counted = aids.filter((l) => rule.aides !== null || l.publique === true);
	const sure = counted.filter((l) => l.nature === 'obtenu');
	const privees = lines.filter(
		(l) => l.nature === 'obtenu' && l.publique === false && l.montant && !isOther(l.montant.base, cost.base)
	);
	const assiette = Math.round(cost.euros * 100) - (rule.assiette === 'financements-publics' ? sum(privees) : 0);
	if (assiette <= 0) return { ...none, raisons: ['il n’y a pas de coût à financer sur fonds publics'] };
	return {
		/** Once all that is known to count is granted. */
		connues: { part: sum(counted) / assiette, aides: sum(counted) / 100, inconnues: counted.length < aids.length },
		part: { min: sum(sure) / assiette, max: sum(aids) / assiette },
		sommes: { aides: sum(aids) / 100, assiette: assiette / 100 },
		raisons
	};
}

/** Written in HT beside TTC; what is not written is not another basis. */
const isOther = (a: Basis, b: Basis): boolean => a !== b && a !== 'inconnu' && b !== 'inconnu';

/** What the share supposes of the bases; null when the aids themselves mix them. */
function supposed(cost: Basis, unsaid: number, amounts: readonly PlanLine[]): string[] | null {
	if (
		cost === 'inconnu' &&
		new Set(amounts.flatMap((l) => (l.montant!.base === 'inconnu' ? [] : l.montant!.base))).size > 1
	)
		return null;
	if (amounts.length === 0) return [];
	if (cost === 'inconnu')
		return ['la base du coût (HT ou TTC) n’est pas précisée, les aides sont supposées dans la même'];
	if (unsaid === 0) return [];
	const written = fr.plural(unsaid, 'supposée', 'supposées');
	return [`${fr.count(unsaid, 'aide')} sans base précisée (HT ou TTC), ${written} ${cost} comme le coût`];
}

/** Surely not among the aids this rule counts. */
const isOut = (rule: CumulRule, line: PlanLine): boolean =>
	rule.aides ? !within(line.dispositif, rule.aides) : line.publique === false;
