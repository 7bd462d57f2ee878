import { inQuartier } from '../crossing/quartier-story';
import { isNamed, type PlacedAction } from '../crossing/place';
import { groupedBy, keep, once, sameFacts } from '../memory';
import { actionsByCode, dueOn, NO_ACTION, type Finding, type GapView } from './gap-context';
import { readForPresent } from './gap-present';
import { SUBSTANTIAL } from './gap-indicator-near';
import type { EnjeuCroise, GapRule } from './referentiel';

/* The same question asked of every quartier about every expected crossing. */

type Place = GapView['quartiers'][number];

type CellFinding = Pick<Finding, 'reponse' | 'cas' | 'valeurs' | 'preuves' | 'conclure' | 'apporter'>;

/**
 * in     `carriers`: actions of the crossing that come to the quartier, or may
 *        `beside`: those the rule asked to see too, of those that come to the quartier; `wide`: of those that are for the whole EPCI
 */
export type Ask = (
	quartier: Place,
	croise: EnjeuCroise,
	carriers: readonly PlacedAction[],
	elsewhere: PlacedAction | null,
	beside: readonly PlacedAction[],
	wide: readonly PlacedAction[]
) => CellFinding | null;

/** Other actions that a question reads of a crossing, and those of them that come to a quartier. */
export type BesideOf = (croise: EnjeuCroise) => {
	readonly all: readonly PlacedAction[];
	readonly in: (quartier: string) => readonly PlacedAction[];
	readonly wide?: readonly PlacedAction[];
};

/** Investments, services and aids that carry a whole crossing and name a quartier: what is nearest where nothing comes. */
function answersByName({ code }: EnjeuCroise, carriers: readonly PlacedAction[]): readonly PlacedAction[] {
	const names = ({ reach }: PlacedAction) => reach.some((r) => isNamed(r.niveau));
	const whole = ({ croises }: PlacedAction) => croises.some((c) => c.code === code && c.complet);
	const lasts = ({ nature }: PlacedAction) => SUBSTANTIAL.includes(nature?.code ?? '');
	return carriers.filter((a) => whole(a) && names(a) && lasts(a));
}

/** The first of them that is not of the quartier, an investment rather. */
function elsewhereThan(own: readonly PlacedAction[], answers: readonly PlacedAction[]): PlacedAction | null {
	let first: PlacedAction | null = null;
	for (const one of answers) {
		if (own.includes(one)) continue;
		if (one.nature?.code === 'N1') return one;
		first ??= one;
	}
	return first;
}

/**
 * Asks the same question of each quartier and each expected crossing; nothing to ask without quartiers. Where the same actions
 * come as at the last reading, the answer is the same.
 * in     `today`: what the day decides of those actions, when the question reads the day
 *        `besideOf`: other actions that the question reads of a crossing; the very same lists where none came or went
 */
export function eachCell(
	view: GapView,
	rule: GapRule,
	ask: Ask,
	today?: (carriers: readonly PlacedAction[]) => readonly unknown[],
	besideOf?: BesideOf
): Finding[] {
	const index = actionsByCode(view);
	const { quartiers, documents, enjeux, plans, noms, droitCommun, coverage, indicateurs, ecartDefavorable } = view;
	// All that the three questions look at, but the actions and the day.
	const facts = [
		rule,
		quartiers,
		documents,
		enjeux,
		plans,
		noms,
		droitCommun,
		coverage,
		indicateurs,
		ecartDefavorable,
		view.territoire,
		view.confiance,
		...readForPresent(view)
	];
	const seen = view.memoire ? keep(view.memoire, `vu par ${rule.id}`, facts, () => facts) : facts;
	const answers = enjeux.croises.map((croise) => {
		const carriers = index.get(croise.code) ?? NO_ACTION;
		const beside = besideOf?.(croise) ?? NOBODY;
		const wide = beside.wide ?? NO_ACTION;
		const { memoire } = view;
		if (!memoire)
			return quartiers.map((q) => {
				const own = carriers.filter((a) => comesTo(a).includes(q.code));
				const elsewhere = elsewhereThan(own, answersByName(croise, carriers));
				return inCell(q, croise, ask(q, croise, own, elsewhere, beside.in(q.code), wide));
			});
		const name = `${rule.id} ${croise.code}`;
		const due = today ? dueOn(view, rule, croise.code, view.asOf, carriers, today) : NO_ACTION;
		return keep(memoire, name, [seen, carriers, beside.all, wide, ...due], () => {
			const here = groupedBy(memoire, `viennent ${croise.code}`, [], carriers, comesTo);
			const known = memoire.get(`${name} par quartier`);
			const before = known?.from[0] === seen ? (known.answer as readonly Answered[]) : null;
			const named = keep(memoire, `répondent ${croise.code}`, [carriers], () => answersByName(croise, carriers));
			const answered = quartiers.map((q, at): Answered => {
				const own = here.get(q.code) ?? NO_ACTION;
				const elsewhere = elsewhereThan(own, named);
				const near = beside.in(q.code);
				const due = today?.(own) ?? NO_ACTION;
				const was = before?.[at];
				if (was && was.own === own && was.elsewhere === elsewhere && was.near === near)
					if (was.wide === wide && sameFacts(was.due, due)) return was;
				return { own, elsewhere, near, wide, due, said: inCell(q, croise, ask(q, croise, own, elsewhere, near, wide)) };
			});
			memoire.set(`${name} par quartier`, { from: [seen], answer: answered });
			return answered.map(({ said }) => said);
		});
	});
	const found: Finding[] = [];
	for (const q of quartiers.keys())
		for (const own of answers) {
			const one = own[q];
			if (one) found.push(one);
		}
	return found;
}

const NOBODY: ReturnType<BesideOf> = { all: NO_ACTION, in: () => NO_ACTION };

/** What was said in a quartier, and all it was said of: the actions that come to it, and what the day decides of them. */
interface Answered {
	readonly own: readonly PlacedAction[];
	readonly elsewhere: PlacedAction | null;
	readonly near: readonly PlacedAction[];
	readonly wide: readonly PlacedAction[];
	readonly due: readonly unknown[];
	readonly said: Finding | null;
}

/** Quartiers an action comes to, or may. */
const comesTo = once((placed: PlacedAction): readonly string[] =>
	placed.reach.filter((r) => r.niveau !== 'aucune').map((r) => r.quartier)
);

function inCell(quartier: Place, croise: EnjeuCroise, found: CellFinding | null): Finding | null {
	if (!found) return null;
	return {
		...found,
		objet: `${quartier.code}:${croise.code}`,
		quartier: quartier.code,
		enjeu: croise.code,
		valeurs: {
			quartier: quartier.nom,
			dans: inQuartier(quartier.nom),
			enjeu: croise.libelle,
			...found.valeurs
		}
	};
}
