import { remember } from '../remember';

/* The share of an operation inside a quartier, when a sentence says it. A rate of anything else is no share of the operation. */

export interface ShareTold {
	/** 0 to 1. */
	readonly valeur: number;
	readonly preuve: string;
}

const PERCENT = String.raw`(\d{1,3}(?:[.,]\d+)?)\s*%`;
const QPV = String.raw`(?:qpv|quartiers?\s+prioritaires?|g[ée]ographie\s+prioritaire|quartiers?(?:\s+politique\s+de\s+la\s+ville)?)(?!\p{L})`;
const INSIDE = String.raw`(?:en|dans\s+(?:le|les|ce|un|l['’])|(?:au|à\s+l['’])int[ée]rieur\s+(?:du|des)|au\s+sein\s+(?:du|des)|situ[ée]e?s?\s+(?:en|dans\s+(?:le|les)))\s*`;
const OPERATION = String.raw`(?:\s+(?:du\s+(?:projet|public|lin[ée]aire|p[ée]rim[èe]tre|budget|co[ûu]t)|de\s+l['’](?:op[ée]ration|action|emprise)|de\s+la\s+surface|des\s+(?:surfaces|travaux|b[ée]n[ée]ficiaires|participants?|publics?)))?`;
const SAYS = [
	new RegExp(
		String.raw`(?<!\p{L})part${OPERATION}\s+(?:qpv|${INSIDE}${QPV})\s*(?::|=|de|est\s+de|,)?\s*${PERCENT}`,
		'iu'
	),
	new RegExp(String.raw`${PERCENT}${OPERATION}\s+(?:est\s+|sont\s+)?${INSIDE}${QPV}`, 'iu'),
	new RegExp(
		String.raw`${PERCENT}\s+(?:des\s+(?:b[ée]n[ée]ficiaires|participants?|publics?)|du\s+public)\s+(?:sont\s+)?(?:habit\p{L}*|r[ée]sid\p{L}*|viv\p{L}*|issus?|issue?s|vien\p{L}*|sont)\s+(?:(?:du|de|des|d['’]un|le|les|un|dans|en|au)\s+)*${QPV}`,
		'iu'
	)
];

/**
 * The share that running text gives: « Part en QPV : 30 % », « dont 30 % en QPV ».
 * out    null when it gives none, or two that differ
 */
export const shareTold: (text: string) => ShareTold | null = remember(
	(text) => {
		const told = SAYS.flatMap((says) => {
			const [words, figure = ''] = says.exec(text) ?? [];
			const valeur = Number(figure.replace(',', '.')) / 100;
			return words === undefined || valeur > 1 ? [] : [{ valeur, preuve: words.trim() }];
		});
		const [first] = told;
		return first && told.every((t) => t.valeur === first.valeur) ? first : null;
	},
	{ texts: 500, characters: 2_000 }
);

/** The first of some texts that gives one; a look is cheaper than a search. */
export function shareAmong(texts: readonly (string | null)[]): ShareTold | null {
	for (const text of texts) {
		const told = text?.includes('%') ? shareTold(text) : null;
		if (told) return told;
	}
	return null;
}

const IN_CELL = /(\d{1,3}(?:[.,]\d+)?)\s*%/g;

/** The one share written in a cell beside the name of a quartier: « Cité du Parc (30 %) ». */
export function shareInCell(cell: string): ShareTold | null {
	const [only, ...others] = [...cell.matchAll(IN_CELL)];
	const valeur = only && others.length === 0 ? Number(only[1]!.replace(',', '.')) / 100 : NaN;
	return valeur >= 0 && valeur <= 1 ? { valeur, preuve: cell } : null;
}

/** The cell without its shares, and the words that tie them: « 30 % en QPV Cité du Parc ». */
export const withoutShare = (cell: string): string =>
	cell
		.replace(IN_CELL, ' ')
		.replace(/(?<!\p{L})(?:part|dont|soit|environ)(?!\p{L})/giu, ' ')
		.replace(/[\s:=–—-]+$/u, '')
		.replace(/^[\s:=–—-]+/u, '');
