import { gapsAnswered, warningsByAction } from '../rules/gap-answers';
import { bySeverity } from '../rules/gap-groups';
import type { Gap } from '../rules/gaps';
import { SeverityLevel, type Referentiel } from '../rules/referentiel';
import type { AimTrial } from './aim-trial';
import { namedAddress } from './named-address';
import { bestReach, isActive, type Answer, type Coverage } from './coverage';
import type { QuartierMark } from './quartier-marks';
import type { Niveau, PlacedAction } from './place';
import { weakMatch } from './weak-match';

/* « Flécher »: actions already written that would close a gap here if they aimed at the quartier. Proposed; people decide. */

export interface Aim {
	readonly action: PlacedAction;
	readonly niveau: Niveau;
	/** Alerts it would close, worst first; never empty. */
	readonly lacunes: readonly Gap[];
	/** Alerts it would open, worst first: what aims at a quartier is looked at more closely. */
	readonly ouvre: readonly Gap[];
	/** What its nature is worth as an answer; null: not known. */
	readonly apporte: Answer | null;
	/** Why nothing sure says that it carries what it would close, or could come here; null: nothing to doubt. */
	readonly aConfirmer: string | null;
	/** What says it may do harm, to be cleared first. */
	readonly reserves: readonly Gap[];
	/** Why here rather than elsewhere: facts of this quartier, the most telling first; empty when nothing sets it apart. */
	readonly ici: readonly string[];
	/** Other quartiers of the territory where it would close one of the same gaps. */
	readonly ailleurs: number;
}

export interface AimPlace {
	readonly quartier: string;
	/** Findings of the territory: those of the quartier may be closed, the others may warn. */
	readonly gaps: readonly Gap[];
	/** Enjeu → what sets the quartier apart from the others; none: nothing known does. */
	readonly marques?: ReadonlyMap<string, QuartierMark>;
	/** Crossing → its answer in the quartier; none: what it closes is not told apart by it. */
	readonly reponses?: ReadonlyMap<string, Coverage>;
	/** What aiming really changes; without it, what the rules say an action closes. */
	readonly essai?: AimTrial;
	/** Why the quartier itself makes an action of little use there; none: nothing known does. */
	readonly doute?: (placed: PlacedAction) => string | null;
	/** How many of the first are tried; all of them when not said. */
	readonly combien?: number;
}

/** Aims that the page of a quartier shows; the others wait in « Et si on fléchait… ». */
export const FIRST_AIMS = 3;

type AimRules = Pick<Referentiel, 'lacunes' | 'enjeux' | 'lexique'>;

/** The least an action has to do to reach the quartier, first. */
const NEAREST: readonly Niveau[] = ['explicite', 'probable', 'diffuse', 'inconnu', 'aucune'];
/** An unknown nature may be better than awareness: it is not the worst. */
export const WORTH: readonly (Answer | null)[] = ['structurante', 'de-service', null, 'sensibilisation-seule'];

/**
 * Actions worth aiming at a quartier, best first, and the best for each gap before a second one for the same.
 * in     any actions of the territory; dropped or finished ones, and those that aim at the quartier already, are left out
 * out    those that take place elsewhere last, and before them those a finding warns of, then those that would open a gap as
 *        grave as what they close, and those nothing sure matches to a gap; else by the gravest gap closed, whether they open another, how poorly answered the crossing they touch is, what sets the quartier apart on its enjeux, what the action is worth as an answer, how many gaps it closes (of that gravity, then of all), how near it already is,
 *        whether somebody is named, how clearly its words carry the enjeu, its title
 * empty  no alert of the quartier that an action would close
 * never  crosses the territory again: what moves in the quartier is tried by `aimTrial`
 */
export function worthAiming(
	actions: readonly PlacedAction[],
	{ quartier, gaps, marques, reponses, doute, essai, combien }: AimPlace,
	ref: AimRules
): Aim[] {
	const here = gaps.filter((gap) => gap.quartier === quartier).sort(bySeverity);
	const worth = new Map(ref.enjeux.natures.map((n): [string, Answer] => [n.code, n.couverture]));
	const warnings = warningsByAction(gaps, ref);
	const halves = new Map(ref.enjeux.croises.map((x) => [x.code, [x.transition, x.ville]]));
	const open = placesOf(gaps);
	const found = actions.flatMap((action): Ranked[] => {
		const niveau = bestReach(action, [quartier]);
		if (niveau === 'cible' || !isActive(action) || action.action.statut === 'realise') return [];
		const lacunes = gapsAnswered(action, here, ref);
		if (lacunes.length === 0) return [];
		const apporte = action.nature ? (worth.get(action.nature.code) ?? null) : null;
		const asked = askedOf(lacunes, halves);
		const own = [...action.transition, ...action.ville].flatMap(({ code }) =>
			asked.has(code) ? (marques?.get(code) ?? []) : []
		);
		const ici = [...own].sort((a, b) => a.rang - b.rang);
		const others = new Set(lacunes.flatMap((gap) => [...(open.get(sameGap(gap)) ?? [])]));
		return [
			{
				...{
					action,
					niveau,
					lacunes,
					ouvre: [],
					apporte,
					aConfirmer: doute?.(action) ?? doubt(action, niveau, lacunes, ref),
					reserves: warnings.get(action.action.id) ?? []
				},
				ici: [...new Set(ici.map((m) => m.dit))],
				rang: ici[0]?.rang ?? Infinity,
				ailleurs: [...others].filter((q) => q !== quartier && bestReach(action, [q]) !== 'cible').length
			}
		];
	});
	const compare = inOrder(halves, reponses);
	const really = (aim: Ranked): Ranked[] => {
		if (!essai) return [aim];
		const { ferme, ouvre } = essai(aim.action);
		const lacunes = aim.lacunes.filter((gap) => ferme.some((other) => other.id === gap.id));
		const aConfirmer = doute?.(aim.action) ?? doubt(aim.action, aim.niveau, lacunes, ref);
		return lacunes.length > 0 ? [{ ...aim, lacunes, ouvre, aConfirmer }] : [];
	};
	const told = combien === undefined ? found.flatMap(really) : found;
	const aims = oneByGapFirst(told.sort(compare), compare, combien === undefined ? null : { combien, really });
	return aims.map(({ rang: _, ...aim }) => aim);
}

/** The same, among actions of droit commun that do not even name the quartier. */
export function droitCommunToAim(actions: readonly PlacedAction[], place: AimPlace, ref: AimRules): Aim[] {
	const common = (p: PlacedAction) => ref.lacunes.droit_commun.includes(p.action.plan);
	const named = (p: PlacedAction) => bestReach(p, [place.quartier]) === 'explicite';
	return worthAiming(
		actions.filter((p) => common(p) && !named(p)),
		place,
		ref
	);
}

/** Nothing sure matches it to what it would close, or nothing brings it here and its title says a place of its own. */
const doubt = (action: PlacedAction, niveau: Niveau, lacunes: readonly Gap[], ref: AimRules): string | null =>
	weakOf(action, lacunes, ref) ?? (niveau === 'diffuse' || niveau === 'inconnu' ? namedAddress(action) : null);

/** Some gaps and not one of them surely its matter. */
function weakOf(action: PlacedAction, lacunes: readonly Gap[], { enjeux, lexique }: AimRules): string | null {
	const weak = lacunes.map((gap) => gap.enjeu && weakMatch(action, gap.enjeu, enjeux.croises, lexique.confiance));
	return weak.every(Boolean) ? (weak[0] ?? null) : null;
}

/** `rang`: of the quartier among the others, on an enjeu the action carries; Infinity: nothing sets it apart. */
type Ranked = Aim & { readonly rang: number };

/** The same gap, wherever it is. */
const sameGap = ({ regle, enjeu }: Gap): string => `${regle} ${enjeu}`;

/** Quartiers where each gap is open. */
function placesOf(gaps: readonly Gap[]): ReadonlyMap<string, ReadonlySet<string>> {
	const open = new Map<string, Set<string>>();
	for (const gap of gaps) {
		if (gap.quartier === null || gap.ecartee || gap.reponse !== 'alerte') continue;
		open.set(sameGap(gap), (open.get(sameGap(gap)) ?? new Set()).add(gap.quartier));
	}
	return open;
}

/** Both halves of the crossings that some gaps are about, and their enjeux. */
const askedOf = (lacunes: readonly Gap[], halves: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> =>
	new Set(lacunes.flatMap(({ enjeu }) => (enjeu ? (halves.get(enjeu) ?? [enjeu]) : [])));

function inOrder(halves: ReadonlyMap<string, readonly string[]>, reponses: AimPlace['reponses']) {
	const rangs = new Map<Ranked, number[]>();
	const ranksOf = (aim: Ranked): number[] => {
		const known = rangs.get(aim) ?? rangsOf(aim, halves, reponses);
		rangs.set(aim, known);
		return known;
	};
	return (a: Ranked, b: Ranked): number => {
		const [mine, other] = [ranksOf(a), ranksOf(b)];
		const at = mine.findIndex((rang, i) => rang !== other[i]);
		return at >= 0 ? mine[at]! - other[at]! : titleOf(a).localeCompare(titleOf(b), 'fr', { numeric: true });
	};
}

const titleOf = ({ action: { action } }: Aim): string => `${action.titre} ${action.plan} ${action.reference ?? ''}`;

/** The order in figures: smallest first, most telling first. */
function rangsOf(
	{ action, niveau, lacunes, ouvre, apporte, aConfirmer, reserves, rang }: Ranked,
	halves: ReadonlyMap<string, readonly string[]>,
	reponses: AimPlace['reponses']
): number[] {
	const { gravite } = lacunes[0]!;
	const asked = askedOf(lacunes, halves);
	const clear = [...action.transition, ...action.ville].filter((t) => asked.has(t.code)).map((t) => t.score);
	return [
		niveau === 'aucune' ? 1 : 0,
		reserves.length ? 1 : 0,
		opensAsGrave({ lacunes, ouvre }) ? 1 : 0,
		aConfirmer ? 1 : 0,
		SeverityLevel.options.indexOf(gravite),
		ouvre.length ? 1 : 0,
		bareness(lacunes, reponses),
		rang,
		WORTH.indexOf(apporte),
		-lacunes.filter((gap) => gap.gravite === gravite).length,
		-lacunes.length,
		NEAREST.indexOf(niveau),
		action.meneurs.noms.length === 0 && !action.meneurs.referent ? 2 : action.action.pilote ? 0 : 1,
		-clear.reduce((sum, score) => sum + score, 0)
	];
}

/** 0: a crossing without any action; 1: one without a structuring answer, or a gap on no crossing; 2: what only adds to a structuring answer. */
const bareness = (lacunes: readonly Gap[], reponses: AimPlace['reponses']): number =>
	Math.min(
		...lacunes.map(({ enjeu }) => {
			const answer = enjeu === null ? undefined : reponses?.get(enjeu);
			return answer === 'aucune' ? 0 : answer === 'structurante' ? 2 : 1;
		})
	);

/** What would open a gap as grave as the gravest it closes gains the quartier nothing. */
export const opensAsGrave = ({ lacunes, ouvre }: Pick<Aim, 'lacunes' | 'ouvre'>): boolean =>
	ouvre.length > 0 && severityRank(ouvre[0]!) <= severityRank(lacunes[0]!);

const severityRank = ({ gravite }: Gap): number => SeverityLevel.options.indexOf(gravite);

/**
 * What answers a gap nothing before it answers comes first; a warning or another place is no better for being alone.
 * in     `aims` in order; `trial`: those that would come first are tried until `combien` stand, for what an action really does
 *        never brings it forward
 */
function oneByGapFirst(
	aims: readonly Ranked[],
	compare: (a: Ranked, b: Ranked) => number,
	trial: { readonly combien: number; readonly really: (aim: Ranked) => Ranked[] } | null
): Ranked[] {
	const [told, tried] = [new Set<string>(), new Set<Ranked>()];
	const [queue, first, left]: [Ranked[], Ranked[], Ranked[]] = [[...aims], [], []];
	const isUntried = (aim: Ranked, sure: number): boolean => !!trial && sure < trial.combien && !tried.has(aim);
	/** Tries an action, and puts it back where it really stands. */
	const putBack = (aim: Ranked, into: Ranked[]): void => {
		for (const real of trial!.really(aim)) {
			tried.add(real);
			const at = into.findIndex((other) => compare(real, other) < 0);
			into.splice(at < 0 ? into.length : at, 0, real);
		}
	};
	while (queue.length > 0) {
		const aim = queue.shift()!;
		const { niveau, reserves, lacunes } = aim;
		const last = niveau === 'aucune' || reserves.length > 0 || opensAsGrave(aim) || aim.aConfirmer !== null;
		if (last || lacunes.every((gap) => told.has(gap.id))) left.push(aim);
		else if (isUntried(aim, first.length)) putBack(aim, queue);
		else {
			first.push(aim);
			for (const gap of lacunes) told.add(gap.id);
		}
	}
	const others = left.sort(compare);
	for (let n = 0; n < others.length;)
		if (isUntried(others[n]!, first.length + n)) putBack(others.splice(n, 1)[0]!, others);
		else n++;
	return [...first, ...others];
}
