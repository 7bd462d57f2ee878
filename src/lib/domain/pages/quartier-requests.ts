import type { Aim } from '../crossing/aims';
import { bestReach } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import { count, FINE, list, lower, number } from '../french';
import { A_INSTRUIRE } from '../funding/ready-words';
import { FIRST_MEASURES, saidOf } from '../funding/open-measures';
import { unaskedStreams } from '../funding/no-request';
import type { Gap } from '../rules/gaps';
import type { Verdict } from '../rules/eligibility';
import type { Referentiel } from '../rules/referentiel';
import { isDoubtful } from '../rules/still-to-do';
import type { IsoDate } from '../source';
import type { MeasureVerdicts } from './measure-verdicts';
import { byAction } from './by-action';
import { inAskOrder, isFull, isReady } from './ask-order';
import { requestLines, type UnaskedLine } from './request-lines';

/* What could be asked for in a quartier, told before its measures are read one by one. Pages set the spaces of sentences. */

/** An action one could aim at the quartier, and what it could then ask for. */
export interface Lead {
	readonly action: string;
	readonly titre: string;
	/** The first few: « Ma Prime Rénov’, à instruire ; Fonds chaleur, à répondre : Le bâtiment est-il public ? » */
	readonly demandes: string;
}

/**
 * The head of « Financements à instruire ».
 * in     `mesures`: those of the actions that reach the quartier; `aims`: actions proposed to be aimed at it, with the
 *        `verdicts` of these alone; `ici`: what the actions that reach it could ask for
 * out    `pourquoi` and `pistes` only when nothing is surely left to ask for the actions that reach it: none, or all of them may
 *        be over; `supposees`: that some are read as if they aimed at it, null when none is
 */
export function quartierRequests(
	mesures: readonly MeasureVerdicts[],
	near: readonly PlacedAction[],
	aims: readonly Aim[],
	facts: {
		readonly verdicts: readonly Verdict[];
		readonly gaps: readonly Gap[];
		readonly asOf: IsoDate;
		readonly ici: readonly UnaskedLine[];
	},
	ref: Referentiel
) {
	const of = (kind: MeasureVerdicts['bilan']) => mesures.filter((m) => m.bilan === kind).length;
	const [ready, todo, held] = [of('a-instruire'), of('indetermine'), of('deja')];
	const many = count(ready + todo, 'mesure de financement', 'mesures de financement');
	const groups = byAction(facts.ici);
	const full = groups.filter(isFull).length;
	const titre =
		ready + todo > 0 ? `${actionsToAsk(groups.filter((g) => !isFull(g)))} pour ${many}${fullAside(full)}` : '';
	const over = overFirst(mesures, near, facts.asOf);
	const supposees = supposed(mesures, near);
	if (titre && over === null) return { mots: WORDS, titre: titre, pourquoi: null, pistes: [], actions: [], supposees };
	const placed = aims.map((a) => a.action);
	const lines = requestLines(
		unaskedStreams(placed, facts.verdicts, ref, new Set()).filter((u) => u.etat !== 'connue'),
		{ placed, ...facts },
		ref
	);
	const rang = new Map(placed.map((p, i) => [p.action.id, i]));
	const inOrder = [...lines].sort((a, b) => rang.get(a.action)! - rang.get(b.action)!);
	const asking = byAction(inOrder).filter((g) => !isFull(g));
	const pistes: Lead[] = inAskOrder(asking).map((group) => ({
		action: group[0]!.action,
		titre: group[0]!.titre,
		demandes: group.slice(0, FIRST_MEASURES).map(asked).join(' ; ')
	}));
	const nothing = full > 0 ? allFull(full) : nothingToAsk(near, held);
	if (over !== null)
		return {
			...{ mots: WORDS, titre: titre, pourquoi: over, pistes, supposees },
			actions: pistes.map((p) => p.action)
		};
	return {
		mots: WORDS,
		titre: pistes.length
			? `${count(pistes.length, 'première action', 'premières actions')} à flécher avant de demander un financement`
			: 'Aucun financement à instruire en l’état',
		pourquoi: pistes.length ? `Sans flécher : ${lower(nothing)}` : nothing,
		pistes,
		supposees,
		actions: pistes.map((p) => p.action)
	};
}

/** « 1 action à instruire, 2 à compléter »: the very count of the page of requests. */
function actionsToAsk(groups: readonly (readonly UnaskedLine[])[]): string {
	const ready = groups.filter(isReady).length;
	const rest = groups.length - ready;
	if (ready === 0) return `${count(rest, 'action')} à compléter`;
	return `${count(ready, 'action')} à instruire${rest ? `, ${number(rest)} à compléter` : ''}`;
}

/** Actions that have nothing left to finance: counted apart, never among those to ask for. */
const fullAside = (full: number): string =>
	full === 0 ? '' : `${FINE}; ${count(full, 'autre', 'autres')} au plan déjà bouclé`;

/** Said when they are all there is. */
export const allFull = (full: number): string =>
	full === 1
		? 'L’action qui pourrait demander ici a un plan de financement déjà bouclé : rien ne lui reste à financer.'
		: `Les ${count(full, 'action')} qui pourraient demander ici ont un plan de financement déjà bouclé : rien ne leur reste à financer.`;

/** What only covers the commune is assessed as if it aimed at the quartier: said, since the measures may depend on it. */
function supposed(mesures: readonly MeasureVerdicts[], near: readonly PlacedAction[]): string | null {
	const open = askingOf(mesures);
	const likely = near.filter((p) => open.has(p.action.id) && bestReach(p) === 'probable').length;
	if (likely === 0) return null;
	return likely === 1
		? '1 de ces actions n’arrive que probablement ici : elle est lue comme si elle visait le quartier.'
		: `${count(likely, 'de ces actions', 'de ces actions')} n’arrivent que probablement ici : elles sont lues comme si elles visaient le quartier.`;
}

/** Actions with something left to ask for. */
const askingOf = (mesures: readonly MeasureVerdicts[]): ReadonlySet<string> =>
	new Set(
		mesures.flatMap((m) => m.verdicts.filter((v) => v.deja === null && v.verdict !== 'ecarte').map((v) => v.action))
	);

/** Why, when every action something is left to ask for has a planned end that is past; null: one of them is surely to do. */
function overFirst(mesures: readonly MeasureVerdicts[], near: readonly PlacedAction[], asOf: IsoDate): string | null {
	const open = askingOf(mesures);
	const own = near.filter((p) => open.has(p.action.id));
	if (own.length === 0 || own.length < open.size || !own.every((p) => isDoubtful(p, asOf))) return null;
	const years = list([...new Set(own.map((p) => p.action.dates!.fin!.slice(0, 4)))].sort());
	return own.length === 1
		? `L’action qui pourrait demander ici devait finir en ${years} : dites d’abord s’il lui reste quelque chose à financer.`
		: `Les ${count(own.length, 'action')} qui pourraient demander ici devaient finir en ${years} : dites d’abord s’il leur reste quelque chose à financer.`;
}

/** What the section says of itself: with the figures, so that the page carries no text it may not show. */
const WORDS = {
	titre: 'Ce que veut dire «\u00a0à instruire\u00a0»',
	definition: `${A_INSTRUIRE} L’outil compare chaque action aux critères publiés ; il ne décide pas.`,
	calcul: 'Chaque critère est rempli, non rempli, ou impossible à dire ; un seul « non rempli » écarte la mesure.',
	source: 'Les pages de chaque mesure, avec leur date, dans le référentiel.'
} as const;

const asked = ({ mesuresNoms, ...line }: UnaskedLine): string => saidOf({ nom: mesuresNoms[0]!, ...line });

/**
 * Why nothing is left to ask for.
 * in     actions under way that reach the place; `held`: measures of theirs already asked for or granted
 */
export function nothingToAsk(near: readonly PlacedAction[], held: number): string {
	if (near.length === 0)
		return 'Aucune action des documents lus n’arrive jusqu’à ce quartier : il n’y a rien à demander en l’état.';
	// What only covers the commune of the quartier may not come to it.
	const likely = near.filter((p) => bestReach(p) === 'probable').length;
	const how = likely === 0 ? '' : likely === near.length ? ' probablement' : ', sûrement ou probablement,';
	const whose = `${near.length === 1 ? `L’action qui arrive${how}` : `Les ${count(near.length, 'action')} qui arrivent${how}`} jusqu’à ce quartier`;
	if (held > 0)
		return `${whose} ${near.length === 1 ? 'a' : 'ont'} déjà demandé ou obtenu ce que les mesures vérifiées ouvrent.`;
	// What a list says it was granted is no matter for saying that no measure is about it.
	const granted = near.filter((p) => p.action.financements.some((f) => f.etat === 'obtenu')).length;
	if (granted === near.length)
		return `${whose} ${near.length === 1 ? 'a' : 'ont'} déjà obtenu une aide ; aucune autre mesure vérifiée n’est à demander en l’état.`;
	const unknown = near.filter((p) => p.action.porteurType === null).length;
	const lacking = unknown
		? ` ; on ne sait pas qui porte ${unknown === near.length ? (unknown === 1 ? 'cette action' : 'ces actions') : count(unknown, 'd’entre elles', 'd’entre elles')}, et les mesures en dépendent`
		: '';
	return `${whose} ${near.length === 1 ? 'n’entre' : 'n’entrent'} dans le champ d’aucune mesure vérifiée${lacking}.`;
}
