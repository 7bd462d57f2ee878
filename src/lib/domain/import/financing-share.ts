import { euros, number } from '../french';
import { anomaly, type Issue } from '../issue';
import { basisIn, type Basis, type Money } from '../money';
import { quote } from './row-values';

/* A financeur who gives a percentage and no amount, « Anah 50 % »: its euros are that share of the cost. */

export interface Share {
	readonly percent: number;
	/** The basis its words name, « 50 % du coût HT ». */
	readonly base: Basis;
	/** What is left: the name and the state. */
	readonly rest: string;
}

export type ShareFound =
	{ readonly genre: 'aucune' } | { readonly genre: 'douteuse'; readonly raison: string } | ({ genre: 'lue' } & Share);

const PERCENT = /(\d+(?:[.,]\d+)?)\s?%/g;
const BOUND =
	/(?:(?<!\p{L})(?:jusqu['’](?:à|a)|maximum|maxi?\.?|minimum|mini?\.?|plafonn\p{L}* (?:à|a)|entre|environ|plus de|moins de)|\d\s*(?:à|a|et|[-–—/])|[~≈<>±+])\s*$/iu;
const RATE = /(?<!\p{L})(?:taux|int[ée]r[êe]ts?|f?c?tva)(?!\p{L})|(?:pr[êe]ts?|emprunts?)\s*(?:à|a|au taux de)\s*$/iu;
const OF_COST =
	/^\s*(?:(?:du|des|de la|sur le)\s+)?(?:(?:co[uû]t|budget|montant|d[ée]penses?|total)(?:\s+(?:total|pr[ée]visionnel|de l['’]action|du projet))?(?:\s+(?:HT|TTC))?|HT|TTC)(?!\p{L})/iu;
const LEADS_TO = /(?:\s*(?:à hauteur de|a hauteur de|à|a|pour|[:=–—-]))\s*$/iu;

const doubt = (raison: string): ShareFound => ({ genre: 'douteuse', raison });

/** in one financeur, without any amount in euros; out the share it gives of the cost */
export function shareIn(piece: string): ShareFound {
	const found = [...piece.matchAll(PERCENT)];
	const [only] = found;
	if (only === undefined) return { genre: 'aucune' };
	if (found.length > 1) return doubt('plusieurs pourcentages y sont écrits');
	const before = piece.slice(0, only.index);
	if (RATE.test(before)) return doubt('c’est un taux, non une part du coût');
	if (BOUND.test(before)) return doubt('la part n’est qu’une borne ou une estimation');
	const percent = Number(only[1]!.replace(',', '.'));
	if (percent > 100) return doubt('une part ne dépasse pas 100\u00a0%');
	const end = only.index + only[0].length;
	const [of = ''] = OF_COST.exec(piece.slice(end)) ?? [];
	const after = piece.slice(end + of.length);
	if (/^\s*(?:de|du|des|sur|d['’])/iu.test(after)) return doubt('c’est une part d’autre chose que du coût');
	const base = basisIn(of);
	return {
		genre: 'lue',
		percent,
		base: base === 'HT' || base === 'TTC' ? base : 'inconnu',
		rest: `${before.replace(LEADS_TO, ' ')} ${after}`
	};
}

/**
 * in     the cost of the action, null when it is not known
 * out    the euros of a share, to the cent, in the basis of the cost; how they were worked out is always told
 */
export function shareInEuros(
	{ percent, base }: Share,
	cout: Money | null,
	found: string
): { readonly euros: number | null; readonly base: Basis; readonly issue: Issue } {
	const part = `${number(percent)}\u00a0%`;
	const apart = cout !== null && base !== 'inconnu' && cout.base !== 'inconnu' && base !== cout.base;
	if (cout === null || cout.euros === 0 || apart) {
		const why = apart ? `le coût est connu ${cout.base}, non ${base}` : 'le coût de l’action n’est pas connu';
		const message = `Part de ${part} dans ${quote(found)}\u00a0: ${why}, son montant n’est pas calculé.`;
		const hint = 'Écrivez le coût de l’action, ou le montant de ce financeur en euros.';
		const issue = anomaly('montant-illisible', 'a-verifier', message, { found, expected: 'un montant en euros', hint });
		return { euros: null, base: 'inconnu', issue };
	}
	// In thousandths of a percent and in cents: no binary fraction is left over.
	const value = Math.round((Math.round(percent * 1_000) * Math.round(cout.euros * 100)) / 100_000) / 100;
	const low = cout.max === null ? '' : ', borne basse du coût';
	const message = `Montant calculé pour ${quote(found)}\u00a0: ${part} de ${euros(cout.euros)} = ${euros(value)}${low}.`;
	const hint = 'Rien à faire si la part porte sur ce coût\u00a0; sinon, écrivez le montant en euros.';
	const issue = anomaly('montant-deduit', 'info', message, { found, expected: 'un montant en euros', hint });
	return { euros: value, base: cout.base, issue };
}
