import { gapsAnswered, warningsByAction } from '../rules/gap-answers';
import { bySeverity } from '../rules/gap-groups';
import type { Gap } from '../rules/gaps';
import { SeverityLevel, type Referentiel } from '../rules/referentiel';
import { bestReach, isActive, type Answer } from './coverage';
import type { QuartierMark } from './quartier-marks';
import type { Niveau, PlacedAction } from './place';

/* « Flécher »: actions already written that would close a gap here if they aimed at the quartier. Proposed; people decide. */

export interface Aim {
	readonly action: PlacedAction;
	readonly niveau: Niveau;
	/** Alerts it would close, worst first; never empty. */
	readonly lacunes: readonly Gap[];
	/** What its nature is worth as an answer; null: not known. */
	readonly apporte: Answer | null;
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
}

/** Aims that the page of a quartier shows; the others wait in « Et si on fléchait… ». */
export const FIRST_AIMS = 3;

type AimRules = Pick<Referentiel, 'lacunes' | 'enjeux'>;

/** The least an action has to do to reach the quartier, first. */
const NEAREST: readonly Niveau[] = ['explicite', 'probable', 'diffuse', 'inconnu', 'aucune'];
/** An unknown nature may be better than awareness: it is not the worst. */
export const WORTH: readonly (Answer | null)[] = ['structurante', 'de-service', null, 'sensibilisation-seule'];

/**
 * Actions worth aiming at a quartier, best first, and the best for each gap before a second one for the same.
 * in     any actions of the territory; dropped or finished ones, and those that aim at the quartier already, are left out
 * out    those that take place elsewhere last, and before them those a finding warns of; else by the gravest gap closed, what
 *        sets the quartier apart on its enjeux, what the action is worth as an answer, how many gaps it closes (of that gravity, then of all), how near it already is,
 *        whether somebody is named, how clearly its words carry the enjeu, its title
 * empty  no alert of the quartier that an action would close
 * never  crosses anything again: what really moves is told by `compareCrossed`, one supposition at a time
 */
export function worthAiming(
	actions: readonly PlacedAction[],
	{ quartier, gaps, marques }: AimPlace,
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
				...{ action, niveau, lacunes, apporte, reserves: warnings.get(action.action.id) ?? [] },
				ici: [...new Set(ici.map((m) => m.dit))],
				rang: ici[0]?.rang ?? Infinity,
				ailleurs: [...others].filter((q) => q !== quartier && bestReach(action, [q]) !== 'cible').length
			}
		];
	});
	return oneByGapFirst(inOrder(found, halves)).map(({ rang: _, ...aim }) => aim);
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

function inOrder(aims: readonly Ranked[], halves: ReadonlyMap<string, readonly string[]>): Ranked[] {
	return aims
		.map((aim) => ({ aim, rangs: rangsOf(aim, halves) }))
		.sort((a, b) => {
			const at = a.rangs.findIndex((rang, i) => rang !== b.rangs[i]);
			if (at >= 0) return a.rangs[at]! - b.rangs[at]!;
			return titleOf(a.aim).localeCompare(titleOf(b.aim), 'fr', { numeric: true });
		})
		.map(({ aim }) => aim);
}

const titleOf = ({ action: { action } }: Aim): string => `${action.titre} ${action.plan} ${action.reference ?? ''}`;

/** The order in figures: smallest first, most telling first. */
function rangsOf(
	{ action, niveau, lacunes, apporte, reserves, rang }: Ranked,
	halves: ReadonlyMap<string, readonly string[]>
): number[] {
	const { gravite } = lacunes[0]!;
	const asked = askedOf(lacunes, halves);
	const clear = [...action.transition, ...action.ville].filter((t) => asked.has(t.code)).map((t) => t.score);
	return [
		niveau === 'aucune' ? 1 : 0,
		reserves.length ? 1 : 0,
		SeverityLevel.options.indexOf(gravite),
		rang,
		WORTH.indexOf(apporte),
		-lacunes.filter((gap) => gap.gravite === gravite).length,
		-lacunes.length,
		NEAREST.indexOf(niveau),
		action.meneurs.noms.length === 0 ? 2 : action.action.pilote ? 0 : 1,
		-clear.reduce((sum, score) => sum + score, 0)
	];
}

/** What answers a gap nothing before it answers comes first; a warning or another place is no better for being alone. */
function oneByGapFirst<A extends Aim>(aims: readonly A[]): A[] {
	const told = new Set<string>();
	const first = aims.filter(({ niveau, reserves, lacunes }) => {
		if (niveau === 'aucune' || reserves.length || lacunes.every((gap) => told.has(gap.id))) return false;
		for (const gap of lacunes) told.add(gap.id);
		return true;
	});
	const chosen = new Set(first);
	return [...first, ...aims.filter((aim) => !chosen.has(aim))];
}
