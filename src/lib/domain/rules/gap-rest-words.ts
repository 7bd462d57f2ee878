import type { PlacedAction } from '../crossing/place';
import { capital, count, date, euros, FINE, list, percent, quoted } from '../french';
import { isAwaited, linesOf, type PlanLine } from '../funding/plan-lines';
import type { Rest, Supposed } from '../funding/rest';
import type { Money } from '../money';
import { monthsLater } from './gap-context';

/* How what is left to finance is said: what is only asked for or planned is never told as if it were there. */

/**
 * « il reste 30 000 € à financer sur 90 000 € HT (33,3 %) »; the whole is said once, and what is only asked for or planned is
 * never told as if it were there.
 * in     `closed`: lines of closed funds, which `left` does not count and the sentence says apart
 */
export function restSaid(
	placed: PlacedAction,
	left: number,
	cost: Pick<Money, 'euros' | 'base'>,
	isSupposed: boolean,
	closed: readonly PlanLine[] = []
): string {
	const verb = isSupposed ? 'resterait' : 'reste';
	const cout = euros(cost.euros, cost.base);
	if (left >= cost.euros) return `tout ${verb} à financer, soit ${cout}`;
	const awaited = awaitedOf(placed, closed);
	const part = percent(shareLeft(left, cost.euros));
	if (awaited.euros === 0) return `il ${verb} ${euros(left)} à financer sur ${cout} (${part})`;
	const alone = `${euros(left)} ${isSupposed ? 'n’auraient' : 'n’ont'} pas de financeur (${part})`;
	// A plan that writes who pays rarely writes whether they agreed: that is unknown, not refused.
	if (awaited.etat !== ASKED)
		return `sur ${cout}, ${euros(awaited.euros)} sont ${awaited.etat} sans accord écrit et ${alone}`;
	return left + awaited.euros >= cost.euros
		? `rien n’est encore acquis sur ${cout}\u00a0: ${euros(awaited.euros)} sont ${ASKED}, ${alone}`
		: `sur ${cout}, ${alone} et ${euros(awaited.euros)} ne sont que ${ASKED}`;
}

/**
 * « où en sont les 60 000 € demandés à la Région et qui peut couvrir le reste », « si les 60 000 € inscrits (« Région ») sont acquis et… »,
 * « quelles aides sont déjà sollicitées », « qui d’autre peut couvrir ce reste »
 */
export function awaitedAsked(placed: PlacedAction, closed: readonly PlanLine[] = []): string {
	const awaited = awaitedOf(placed, closed);
	const sum = `les ${euros(awaited.euros)} ${awaited.etat} (${firstOf(awaited.noms)})`;
	if (awaited.euros > 0)
		return `${awaited.etat === ASKED ? `où en sont ${sum}` : `si ${sum} sont acquis`} et qui peut couvrir le reste`;
	return refusedOf(placed).length > 0 ? 'qui d’autre peut couvrir ce reste' : 'quelles aides sont déjà sollicitées';
}

/** « ; refus de « DSIL », 6 000 € demandés »: who said no is not asked again; '' when nobody did. HT and TTC are never added. */
export function refusedSaid(placed: PlacedAction): string {
	const lines = refusedOf(placed);
	if (lines.length === 0) return '';
	const asked = lines.reduce((sum, l) => sum + (l.montant?.euros ?? 0), 0);
	const names = list([...new Set(lines.map((l) => quoted(l.financeur)))]);
	const isOneBase = new Set(lines.flatMap((l) => l.montant?.base ?? [])).size === 1;
	const sum = asked > 0 && isOneBase ? `, ${euros(asked)} demandés` : '';
	return `${FINE}; refus de ${names}${sum}`;
}

const refusedOf = (placed: PlacedAction): readonly PlanLine[] =>
	linesOf(placed).filter((l) => l.nature === 'refuse' && l.preciseePar === null);

/** « Rien ne dit si ces montants sont HT ou TTC : à écrire sur sa page de financement. »; nothing where nothing is supposed. */
export function supposedSaid(placed: PlacedAction, { base, suppose }: Extract<Rest, { genre: 'connu' }>) {
	const told = linesOf(placed).find((l) => l.montant !== null && l.montant.base !== 'inconnu')?.montant?.base;
	const words: Readonly<Record<Supposed, string>> = {
		'base-du-cout': told
			? `les financements sont ${told}, le coût ne le dit pas`
			: 'rien ne dit si ces montants sont HT ou TTC',
		'base-des-lignes': `le coût est ${base}, les financements ne le disent pas tous`,
		intervalle: 'le coût est pris à sa borne basse'
	};
	if (suppose.length === 0) return undefined;
	const isBase = suppose.some((s) => s !== 'intervalle');
	return `${capital(list(suppose.map((s) => words[s])))}${isBase ? '\u00a0: à écrire sur sa page de financement' : ''}.`;
}

/** « Début prévu le 01/03/2027. »: why the alert is high. */
export const startsSoonSaid = ({ action }: PlacedAction): string => `Début prévu le ${date(action.dates!.debut!)}.`;

/**
 * « Fin prévue le 31/12/2026 : demander aussi si l’action est reconduite, et avec quel argent. »; works are not renewed, they are late.
 * out    null where the end is not near, or not known
 */
export function endsSoonSaid({ action, nature }: PlacedAction, asOf: string): string | null {
	const fin = action.dates?.fin ?? null;
	if (fin === null || fin < asOf || fin > monthsLater(asOf, 3)) return null;
	const next =
		nature?.code === 'N1'
			? 'si ce reste sera trouvé d’ici là ou si la date est repoussée'
			: 'si l’action est reconduite, et avec quel argent';
	return `Fin prévue le ${date(fin)}\u00a0: demander aussi ${next}.`;
}

/** « « Fonds Barnier », « Département » et 2 autres » */
function firstOf(names: readonly string[]): string {
	const shown = names.slice(0, names.length > 3 ? 2 : 3).map(quoted);
	const more = names.length - shown.length;
	return list(more > 0 ? [...shown, count(more, 'autre', 'autres')] : shown);
}

const ASKED = 'demandés';

interface Awaited {
	readonly euros: number;
	/** `ASKED` where all of it is. */
	readonly etat: string;
	readonly noms: readonly string[];
}

/** What is asked for or planned and not granted, loans included, but what a closed fund would have brought. Euros. */
function awaitedOf(placed: PlacedAction, closed: readonly PlanLine[]): Awaited {
	const lines = linesOf(placed).filter(
		(l) => l.preciseePar === null && (isAwaited(l, 'envisage') || isAwaited(l, 'sollicite'))
	);
	const gone = new Set(closed.map((l) => l.cle));
	const paying = lines.filter((l) => (l.montant?.euros ?? 0) > 0 && !gone.has(l.cle));
	const etats = new Set(paying.map((l) => (isAwaited(l, 'sollicite') ? ASKED : 'inscrits')));
	return {
		euros: paying.reduce((sum, l) => sum + l.montant!.euros, 0),
		etat: [...etats].sort().reverse().join(' ou '),
		noms: [...new Set(paying.map((l) => l.financeur))]
	};
}

export const shareLeft = (left: number, cost: number): number => (cost > 0 ? left / cost : 0);
