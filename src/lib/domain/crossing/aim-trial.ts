import type { Decision } from '../action';
import type { IndicatorReading } from '../indicator';
import { keep, once } from '../memory';
import { isChance, TRIED } from '../rules/gap-answers';
import { actionsByCode, type GapView } from '../rules/gap-context';
import { bySeverity } from '../rules/gap-groups';
import { gapsByRule, type Gap } from '../rules/gaps';
import type { GapRule } from '../rules/referentiel';
import { bestReach } from './coverage';
import type { PlacedAction, Reach } from './place';

/* What aiming one action at a quartier would change there: the rules of « Et si », asked of that quartier alone. */

/** What the rules looked at, kept to ask them again of what is supposed. */
export interface Regard {
	readonly vue: GapView;
	readonly regles: readonly GapRule[];
	readonly decisions: readonly Decision[];
	readonly lacunes: readonly Gap[];
}

/** Alerts of the quartier that would no longer be, and that would appear, worst first; money one could ask for is none. */
export interface AimEffect {
	readonly ferme: readonly Gap[];
	readonly ouvre: readonly Gap[];
}

export type AimTrial = (placed: PlacedAction) => AimEffect;

/**
 * Tries actions one by one on a quartier.
 * out    what `compareCrossed` says of the same supposition, for the rules about a quartier and about an action
 * never  crosses the territory again, nor looks for pairs of actions: what a pair says does not wait for an action to aim
 * cost   per action, the cells of one quartier on the enjeux it carries, asked once; nothing as long as none of it changed
 */
export function aimTrial({ vue, regles, decisions, lacunes }: Regard, quartier: string): AimTrial {
	const asked = (scope: 'quartier' | 'action') => regles.filter((r) => TRIED[r.portee] === scope && !isChance(r));
	const [wide, alone] = [asked('quartier'), asked('action')];
	const here = lacunes.filter((gap) => isOpen(gap, quartier));
	const scopes = new Map(regles.map((r) => [r.id, isChance(r) ? undefined : TRIED[r.portee]]));
	/** Of what is open there, what the action may move: its own gaps, those of its enjeux and of their figures. */
	const movable = (placed: PlacedAction, { own, figures }: Around): readonly Gap[] =>
		here.filter(({ id, regle, enjeu, preuves }) => {
			if (scopes.get(regle) === 'action') return preuves.actions.includes(placed.action.id);
			const figure = figures.some((f) => id === `${regle}:${quartier}:${f.def.code}`);
			return scopes.get(regle) === 'quartier' && (figure || (enjeu !== null && own.has(enjeu)));
		});
	const dismissed = decisions.filter((d) => d.sujet.genre === 'lacune');
	const { actions: _a, verdicts: _v, recoupements: _r, tranches: _t, memoire, ...read } = vue;
	const fixed = [regles, ...Object.values(read), ...dismissed];
	const trial = (placed: PlacedAction, around: Around): AimEffect => {
		const aimed = aimedAt(placed, quartier);
		const near = nearby(vue, quartier, around, (p) => (p === placed ? aimed : p));
		const would = [...gapsByRule(near, wide, decisions), ...gapsByRule({ ...near, actions: [aimed] }, alone, decisions)]
			.flat(2)
			.filter((gap) => isOpen(gap, quartier));
		const left = (some: readonly Gap[], others: readonly Gap[]) =>
			some.filter((gap) => others.every((other) => other.id !== gap.id)).sort(bySeverity);
		const was = movable(placed, around);
		return { ferme: left(was, would), ouvre: left(would, was) };
	};
	return (placed) => {
		const around = aroundOf(vue, quartier, placed);
		const make = () => trial(placed, around);
		if (!memoire) return make();
		return keep(memoire, `essai ${quartier} ${placed.action.id}`, [placed, ...fixed, ...around.carriers], make);
	};
}

const isOpen = (gap: Gap, quartier: string): boolean =>
	gap.quartier === quartier && gap.reponse === 'alerte' && gap.ecartee === null;

/** What an action may move in a quartier: figures and crossings of its enjeux, and all the actions that carry them. */
interface Around {
	readonly own: ReadonlySet<string>;
	readonly figures: readonly IndicatorReading[];
	/** One list per enjeu. */
	readonly carriers: readonly (readonly PlacedAction[])[];
}

function aroundOf(vue: GapView, quartier: string, placed: PlacedAction): Around {
	const own = new Set([placed.transition, placed.ville, placed.croises].flat().map(({ code }) => code));
	const figures = (vue.indicateurs.get(quartier) ?? []).filter((f) => f.def.enjeux.some((code) => own.has(code)));
	const index = actionsByCode(vue);
	const codes = new Set([...own, ...figures.flatMap((f) => f.def.enjeux)]);
	return { own, figures, carriers: [...codes].map((code) => index.get(code) ?? NOTHING) };
}

function nearby(
	vue: GapView,
	quartier: string,
	{ own, figures, carriers }: Around,
	as: (placed: PlacedAction) => PlacedAction
): GapView {
	const actions = new Set(carriers.flat());
	const { memoire: _, ...rest } = vue;
	return {
		...rest,
		quartiers: vue.quartiers.filter((q) => q.code === quartier),
		// In their order: a sentence names the first.
		actions: vue.actions.filter((p) => actions.has(p)).map(as),
		enjeux: {
			...vue.enjeux,
			croises: vue.enjeux.croises.filter((x) => own.has(x.code)),
			transition: vue.enjeux.transition.filter((t) => own.has(t.code))
		},
		indicateurs: new Map([[quartier, figures]]),
		verdicts: NOTHING,
		recoupements: NOTHING
	};
}

const NOTHING: readonly never[] = [];

/** As a page of that quartier reads its funding: what only probably reaches it is read as « Et si » would, aiming at it. */
export const readHere = (placed: PlacedAction, quartier: string): PlacedAction =>
	bestReach(placed, [quartier]) === 'probable' ? aimedAt(placed, quartier) : placed;

const supposed = once((_: PlacedAction) => new Map<string, PlacedAction>());

/** The same action, as it would be if it aimed at the quartier; the very same answer each time. */
export function aimedAt(placed: PlacedAction, quartier: string): PlacedAction {
	const known = supposed(placed).get(quartier);
	if (known) return known;
	const reach = placed.reach.map((r): Reach =>
		r.quartier === quartier ? { ...r, niveau: 'cible', par: 'decision' } : r
	);
	const aimed = { ...placed, reach };
	supposed(placed).set(quartier, aimed);
	return aimed;
}
