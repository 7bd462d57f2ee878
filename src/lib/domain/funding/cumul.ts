import type { PlacedAction } from '../crossing/place';
import * as fr from '../french';
import { valueAt, type IsoDate, type Source } from '../source';
import type { FinancingPlan, PlanLine } from './plan';
import type { CumulRule } from './plan-rules';

/** `respectee` even if all is granted; `depassee` by what is granted already; else what is lacking to say. */
export type CumulKind = 'respectee' | 'depassee' | 'indeterminee' | 'sans-objet';

export interface CumulVerdict {
	readonly regle: string;
	readonly titre: string;
	readonly phrase: string;
	readonly verdict: CumulKind;
	/** Share of aids, from what is surely counted to what may be; null when it cannot be worked out. */
	readonly part: { readonly min: number; readonly max: number } | null;
	readonly limite: number;
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
	if (outside) return { ...told, verdict: 'sans-objet', part: null, raisons: [outside], exceptions };
	const doubts = applies(rule, placed);
	const opened = rule.exceptions.filter((e) => lines.some((l) => within(l.dispositif, e.familles)));
	const share = shareOf(rule, plan, lines);
	const raisons = [
		...doubts,
		...share.raisons,
		...opened.map((e) => `exception à vérifier${fr.INSECABLE}: ${e.texte}`),
		...(rule.verification === 'partielle' ? ['règle lue dans une source secondaire, à confirmer'] : [])
	];
	const { part } = share;
	const firm = doubts.length === 0 && share.raisons.length === 0;
	const verdict =
		part && part.max <= limite && firm
			? 'respectee'
			: part && part.min > limite && firm && opened.length === 0 && rule.verification === 'source'
				? 'depassee'
				: 'indeterminee';
	const granted =
		part && part.min <= limite && part.max > limite && firm
			? [`la limite serait dépassée si tout ce qui est sollicité ou incertain était une aide accordée`]
			: [];
	return { ...told, verdict, part, raisons: [...raisons, ...granted], exceptions };
}

const within = (dispositif: string | null, names: readonly string[]): boolean =>
	dispositif !== null && names.some((name) => dispositif === name || dispositif.startsWith(`${name}.`));

/** Why a rule surely does not concern this action; null when it may. */
function aside(rule: CumulRule, placed: PlacedAction, lines: readonly PlanLine[]): string | null {
	const porteur = porteurOf(placed);
	const nature = placed.nature?.code ?? null;
	if (porteur && rule.porteurs && !(rule.porteurs as readonly string[]).includes(porteur))
		return 'elle ne vise pas ce type de porteur';
	if (nature && rule.natures && !(rule.natures as readonly string[]).includes(nature))
		return 'elle ne vise que l’investissement';
	if (rule.si_presente && !lines.some((l) => within(l.dispositif, rule.si_presente!) && l.nature !== 'refuse'))
		return 'aucune ligne du plan ne vient de ce fonds';
	return null;
}

/** What must be known for the rule to be said to apply. */
const applies = (rule: CumulRule, placed: PlacedAction): string[] => [
	...(rule.porteurs && !porteurOf(placed) ? ['le type de porteur n’est pas renseigné'] : []),
	...(rule.natures && !placed.nature ? ['la nature de l’action n’est pas connue'] : [])
];

const porteurOf = ({ action, saisies }: PlacedAction): string | null =>
	(saisies?.faits.find((f) => f.fait === 'maitre_ouvrage')?.valeur as string | undefined) ?? action.porteurType;

function shareOf(rule: CumulRule, plan: FinancingPlan, lines: readonly PlanLine[]) {
	const aids = lines.filter((l) => ['obtenu', 'sollicite'].includes(l.nature) && !isOut(rule, l));
	const cost = plan.cout?.montant ?? null;
	const blank = aids.filter((l) => l.montant === null).length;
	const other = aids.filter((l) => l.montant && l.montant.base !== cost?.base).length;
	const raisons = [
		...(cost === null ? ['le coût n’est pas renseigné'] : []),
		...(cost?.max ? ['le coût est un intervalle'] : []),
		...(blank ? [`${fr.count(blank, 'aide')} sans montant`] : []),
		...(cost && other
			? [
					`${fr.count(other, 'aide')} dans une autre base que le coût (${cost.base === 'inconnu' ? 'HT ou TTC non précisé' : cost.base})`
				]
			: [])
	];
	if (cost === null || raisons.length > 0) return { part: null, raisons };
	const sum = (kept: readonly PlanLine[]): number =>
		kept.reduce((total, l) => total + Math.round((l.montant?.euros ?? 0) * 100), 0);
	const sure = aids.filter((l) => l.nature === 'obtenu' && (rule.aides !== null || l.publique === true));
	const privees = lines.filter((l) => l.nature === 'obtenu' && l.publique === false && l.montant?.base === cost.base);
	const assiette = Math.round(cost.euros * 100) - (rule.assiette === 'financements-publics' ? sum(privees) : 0);
	if (assiette <= 0) return { part: null, raisons: ['il n’y a pas de coût à financer sur fonds publics'] };
	return { part: { min: sum(sure) / assiette, max: sum(aids) / assiette }, raisons };
}

/** Surely not among the aids this rule counts. */
const isOut = (rule: CumulRule, line: PlanLine): boolean =>
	rule.aides ? !within(line.dispositif, rule.aides) : line.publique === false;
