import type { PlacedAction } from '../crossing/place';
import { capital, date, euros, FINE, list, percent, quoted } from '../french';
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
	return left + awaited.euros >= cost.euros
		? `rien n’est encore acquis sur ${cout}\u00a0: ${euros(awaited.euros)} sont ${awaited.etat}, ${alone}`
		: `sur ${cout}, ${alone} et ${euros(awaited.euros)} ne sont ${/^[aeiouyé]/.test(awaited.etat) ? 'qu’' : 'que '}${awaited.etat}`;
}

/** « où en sont les 60 000 € demandés et qui peut couvrir le reste », « quelles aides sont déjà sollicitées », « qui d’autre peut le couvrir » */
export function awaitedAsked(placed: PlacedAction, closed: readonly PlanLine[] = []): string {
	const awaited = awaitedOf(placed, closed);
	if (awaited.euros > 0) return `où en sont les ${euros(awaited.euros)} ${awaited.etat} et qui peut couvrir le reste`;
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

/** What is asked for or planned and not granted, loans included, but what a closed fund would have brought. Euros. */
function awaitedOf(
	placed: PlacedAction,
	closed: readonly PlanLine[]
): { readonly euros: number; readonly etat: string } {
	const lines = linesOf(placed).filter(
		(l) => l.preciseePar === null && (isAwaited(l, 'envisage') || isAwaited(l, 'sollicite'))
	);
	const gone = new Set(closed.map((l) => l.cle));
	const paying = lines.filter((l) => (l.montant?.euros ?? 0) > 0 && !gone.has(l.cle));
	const asked = new Set(paying.map((l) => (isAwaited(l, 'sollicite') ? 'demandés' : 'envisagés')));
	return { euros: paying.reduce((sum, l) => sum + l.montant!.euros, 0), etat: [...asked].sort().join(' ou ') };
}

export const shareLeft = (left: number, cost: number): number => (cost > 0 ? left / cost : 0);
