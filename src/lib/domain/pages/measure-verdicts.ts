import { capital, count, INSECABLE, plural, quoted } from '../french';
import { isLoan, measureName } from '../funding/measure-name';
import { lacksOf } from '../funding/open-order';
import { beforeFiling, stillAsked } from '../funding/ready-words';
import { financingPlan, heldOf, type Held } from '../funding/plan';
import type { PlacedAction } from '../crossing/place';
import type { Reason, Verdict, VerdictKind } from '../rules/eligibility';
import { inForceText } from '../rules/in-force';
import { questionsOf } from '../rules/questions';
import { STILL_TO_DO } from '../rules/still-to-do';
import { isFull, measuresInOrder } from './ask-order';
import { byAction } from './by-action';
import type { Share } from './page-model';
import { isFunded, maybeOver, type UnaskedLine } from './request-lines';
import type { Referentiel } from '../rules/referentiel';
import type { Source } from '../source';

/* Verdicts by measure: the text of a criterion is written once, each action only points to it. */

export interface CriterionBrief {
	readonly critere: string;
	readonly attendu: string;
	/** When the value asked for held. */
	readonly vigueur: string | null;
	readonly question: string | null;
	readonly bloquant: boolean;
}

/** A criterion by its rank in the measure, and what was read of it. */
export type Outcome = readonly [critere: number, trouve: string | null];

/** Why nothing is left to ask of a measure for one action. */
export type Done = Held | 'boucle';

export interface VerdictBrief {
	readonly action: string;
	readonly verdict: VerdictKind;
	/** Already granted to the action, or asked for, or its plan is full: nothing is left to ask. */
	readonly deja: Done | null;
	readonly remplis: readonly number[];
	readonly echecs: readonly Outcome[];
	readonly manquants: readonly Outcome[];
}

export interface MeasureVerdicts {
	readonly mesure: string;
	/** With what it gives, when that is no plain grant: « EduRénov (prêt) ». */
	readonly libelle: string;
	readonly operateur: string;
	/** What it gives; null for a grant, as most do. */
	readonly forme: string | null;
	/** The best that is left to do for one of its actions; `deja`: nothing more, all have it, asked for it or have a full plan. */
	readonly bilan: VerdictKind | 'deja';
	/** « 4 actions à instruire, 1 l’a déjà obtenue » */
	readonly resume: string;
	/** For which actions, and what is missing; '' when nothing is left to ask. */
	readonly dit: string;
	readonly criteres: readonly CriterionBrief[];
	readonly sources: readonly Source[];
	readonly verdicts: readonly VerdictBrief[];
}

const ORDER: readonly MeasureVerdicts['bilan'][] = ['a-instruire', 'indetermine', 'deja', 'ecarte'];
const rank = (v: { readonly verdict: VerdictKind }) => ORDER.indexOf(v.verdict);
const GRANT = 'subvention';
/** What is given comes before what is lent. */
const lent = (measure: Pick<MeasureVerdicts, 'forme'>): number => Number(isLoan(measure));

/**
 * One entry per measure, those worth asking first; then those that every action has or asked for, then those that discard
 * every action.
 * in     `near`: actions told of here; one that names the measure as granted counts, whether or not it was assessed
 *        `ici`: what these actions could ask for, in order; measures stand in that order, and so do actions under each
 */
export function verdictsByMeasure(
	verdicts: readonly Verdict[],
	placed: readonly PlacedAction[],
	ref: Referentiel,
	share: Share,
	near: readonly PlacedAction[] = [],
	ici: readonly UnaskedLine[] = []
): MeasureVerdicts[] {
	const plans = new Map(placed.map((p) => [p.action.id, financingPlan(p, ref)]));
	const full = new Set(placed.filter(isFunded).map((p) => p.action.id));
	const held = (v: Verdict): Held | null => {
		const plan = plans.get(v.action);
		return plan ? heldOf(plan, v.mesure, v.dispositif) : null;
	};
	const done = (v: Verdict): Done | null => held(v) ?? (full.has(v.action) && v.verdict !== 'ecarte' ? 'boucle' : null);
	const measures = new Map(ref.financements.flatMap((f) => f.mesures).map((m) => [m.id, m]));
	const groups = new Map<string, Verdict[]>();
	const costed = new Set(placed.flatMap((p) => (p.action.budget === null ? [] : p.action.id)));
	const titles = new Map(placed.map((p) => [p.action.id, p.action.titre]));
	const exces = new Map(ici.map((l) => [l.action, l.exces]));
	const asking = byAction(ici);
	const place = rankIn(asking.map(([line]) => line!.action));
	const order = rankIn(
		measuresInOrder(
			asking.filter((g) => !isFull(g)),
			maybeOver
		)
	);
	for (const v of [...verdicts].sort((a, b) => place(a.action) - place(b.action)))
		groups.set(v.mesure, [...(groups.get(v.mesure) ?? []), v]);
	return [...groups.entries()]
		.map(([mesure, list]) => {
			const def = measures.get(mesure);
			const left = list.filter((v) => done(v) === null);
			const besides = near.flatMap((p) => grantedBesides(p, mesure, list, plans));
			return {
				mesure,
				libelle: def ? measureName(def) : mesure,
				operateur: def?.operateur ?? '',
				forme: !def || def.forme === GRANT ? null : def.forme,
				bilan: bestLeft(left),
				resume: tally(list, done, besides.length),
				dit: leftToDo(
					left,
					titles,
					standingWords(ref.planDeFinancement.encore_a_faire),
					(v) =>
						stillAsked(
							{ manque: lacksOf(v.manquants), partielle: def?.verification !== 'source' },
							costed.has(v.action)
						),
					(v) => exces.get(v.action) ?? null
				),
				...writtenOnce(list, done, share, besides, place)
			};
		})
		.sort(
			(a, b) =>
				STAGE.indexOf(stageOf(a)) - STAGE.indexOf(stageOf(b)) ||
				order(a.libelle) - order(b.libelle) ||
				ORDER.indexOf(a.bilan) - ORDER.indexOf(b.bilan) ||
				lent(a) - lent(b) ||
				a.libelle.localeCompare(b.libelle, 'fr')
		);
}

/** Something is left to ask, ready or not: the order of requests tells which first. */
const STAGE = ['ouverte', 'deja', 'ecarte'] as const;
const stageOf = ({ bilan }: Pick<MeasureVerdicts, 'bilan'>): (typeof STAGE)[number] =>
	bilan === 'deja' || bilan === 'ecarte' ? bilan : 'ouverte';

/** Rank of each, those that are not there after. */
function rankIn(all: readonly string[]): (one: string) => number {
	const ranks = new Map(all.map((one, i) => [one, i]));
	return (one) => ranks.get(one) ?? all.length;
}

/** What an action already has, or asked for, is not to be asked again. */
function tally(list: readonly Verdict[], done: (verdict: Verdict) => Done | null, besides: number): string {
	const left = (kind: VerdictKind) => list.filter((v) => done(v) === null && v.verdict === kind).length;
	const got = (kind: Done) => list.filter((v) => done(v) === kind).length;
	const [obtained, asked, refused, out] = [got('obtenu') + besides, got('sollicite'), got('refuse'), left('ecarte')];
	const had = (n: number) => plural(n, 'l’a déjà', 'l’ont déjà');
	const parts = (
		[
			[left('a-instruire'), 'à instruire'],
			[left('indetermine'), 'à compléter'],
			[obtained, `${had(obtained)} obtenue`],
			[asked, `${had(asked)} demandée`],
			[refused, `${plural(refused, 'se l’est', 'se la sont')} vu refuser`],
			[got('boucle'), 'au plan déjà bouclé'],
			[out, plural(out, 'écartée')]
		] as const
	).filter(([n]) => n > 0);
	// « 12 » alone would not say of what.
	return parts.map(([n, words], i) => `${i === 0 ? count(n, 'action') : n}${INSECABLE}${words}`).join(', ');
}

/** Granted to an action whose enjeux the measure is not about: its money is in the table all the same. */
function grantedBesides(
	{ action: { id } }: PlacedAction,
	mesure: string,
	list: readonly Verdict[],
	plans: ReadonlyMap<string, ReturnType<typeof financingPlan>>
): string[] {
	const plan = plans.get(id);
	if (!plan || list.some((v) => v.action === id)) return [];
	return heldOf(plan, mesure, mesure) === 'obtenu' ? [id] : [];
}

const bestLeft = (left: readonly Verdict[]): MeasureVerdicts['bilan'] =>
	ORDER.find((kind) => left.some((v) => v.verdict === kind)) ?? 'deja';

/** Questions written out on the line of a measure. */
const ASKED = 2;

/** « À instruire : « Isoler l’école ». Pour 3 autres, à répondre : Le bâtiment est-il à une collectivité ? Et 1 autre réponse. » */
function leftToDo(
	open: readonly Verdict[],
	titles: ReadonlyMap<string, string>,
	standing: string,
	aSavoir: (ready: Verdict) => readonly string[],
	exces: (verdict: Verdict) => string | null
): string {
	const of = (kind: VerdictKind) => open.filter((v) => v.verdict === kind);
	const [ready, todo] = [of('a-instruire'), of('indetermine')];
	const name = (v: Verdict) => quoted(titles.get(v.action) ?? v.action);
	const whose = (some: readonly Verdict[]) =>
		`${name(some[0]!)}${some.length > 1 ? ` et ${count(some.length - 1, 'autre')}` : ''}`;
	const besides = [...new Set(ready.flatMap(aSavoir))];
	const first = ready.length
		? `À instruire : ${whose(ready)}${besides.length ? ` (${beforeFiling(besides)})` : ''}.`
		: '';
	// Those that do not exceed come first: what is said of the one named holds for the others of its kind.
	const [named] = ready.length ? ready : todo;
	const over = named && exces(named) ? `${capital(exces(named)!)}.` : '';
	if (todo.length === 0) return [first, over].filter(Boolean).join(' ');
	const lacking = todo.flatMap((v) => v.manquants.filter((r) => r.bloquant));
	const asked = questionsOf(lacking).map(({ cle, dit }) => (cle === STILL_TO_DO && todo.length > 1 ? standing : dit));
	const more = asked.length - ASKED;
	const rest = more > 0 ? ` Et ${count(more, 'autre réponse', 'autres réponses')}.` : '';
	const who = ready.length ? `Pour ${count(todo.length, 'autre')}` : whose(todo);
	const left = asked.length ? `${who}, à répondre : ${asked.slice(0, ASKED).join(' ')}${rest}` : `${who}.`;
	return (ready.length ? [first, over, left] : [left, over]).filter(Boolean).join(' ');
}

/** Asked of several actions at once: their ends are not the same. */
const standingWords = ({ question }: Referentiel['planDeFinancement']['encore_a_faire']): string =>
	`Fin prévue passée : ${question} ?`;

const NONE: readonly never[] = [];

function writtenOnce(
	list: readonly Verdict[],
	done: (verdict: Verdict) => Done | null,
	share: Share,
	besides: readonly string[],
	place: (action: string) => number
) {
	const criteres: CriterionBrief[] = [];
	const ranks = new Map<string, number>();
	const at = ({ critere, attendu, question, bloquant, vigueur }: Reason): number => {
		const key = JSON.stringify([critere, attendu, bloquant]);
		const known = ranks.get(key);
		if (known !== undefined) return known;
		ranks.set(key, criteres.length);
		const held = vigueur && vigueur.etat !== 'inconnue' ? inForceText(vigueur) : null;
		return criteres.push({ critere, attendu, vigueur: held, question, bloquant }) - 1;
	};
	const outcomes = (reasons: readonly Reason[]) => share(reasons.map((r): Outcome => [at(r), r.trouve]));
	return {
		verdicts: [
			...[...list]
				.sort(
					(a, b) => rank(a) - rank(b) || place(a.action) - place(b.action) || a.manquants.length - b.manquants.length
				)
				.map((v): VerdictBrief => ({
					action: v.action,
					verdict: v.verdict,
					deja: done(v),
					remplis: share(v.remplis.map(at)),
					echecs: outcomes(v.echecs),
					manquants: outcomes(v.manquants)
				})),
			...besides.map((action): VerdictBrief => ({
				...{ action, verdict: 'indetermine', deja: 'obtenu', remplis: NONE, echecs: NONE, manquants: NONE }
			}))
		],
		criteres,
		sources: share([...new Map(list.flatMap((v) => v.sources).map((s) => [`${s.titre}|${s.url}`, s])).values()])
	};
}
