import { locates, outAfter, saysOutside, turnsOf, withoutOutside } from './exceptions';
import { speaksOfAll } from './everywhere';
import { quoted } from '../french';
import { ask, quartiersOf, readCodes, settle } from './place-asking';
import { findNames, findParts } from './place-names';
import type { Places } from './places';
import { mention, sourceOf, type Narrowing, type Reading } from './reading';

/* What running text says of quartiers: a title, the publics, a description. */

const SHARE = /[1-9]\d*(?:[.,]\d+)?\s?%/;
export const AIMED = /prioritairement|en priorit[ée]|exclusivement|uniquement|\bcibl[ée]/i;
const UNCOUNTED =
	/^(?:ans?|mois|jours?|semaines?|heures?|fois|euros?|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)$/i;

/**
 * Running text: codes, « tous les quartiers prioritaires », and names that cannot be anything else.
 * A title places the action. A description does when its words locate it (« situé au cœur de »), and then nowhere wider than the
 * communes of the row.
 */
export function readText(
	text: string,
	field: 'titre' | 'publics' | 'texte',
	places: Places,
	narrowing: Narrowing,
	into: Reading
): void {
	const { elsewhere, located } = into;
	const inPassing = /\b(?:dont|notamment|par exemple)\b/i.test(text);
	// A code is never in passing: it places the action, wherever it is written.
	const codes = readCodes(text, places, into) ?? [];
	const byCode = codes.length > 0 && !inPassing;
	if (field === 'titre' && saysOutside(text)) into.excluded ??= text;
	const spoken = speaksOfAll(withoutOutside(text), places);
	// « au sein de quartiers prioritaires » names none: which ones, somebody has to say.
	if (spoken === 'tous') into.everywhere ??= text;
	else if (spoken) into.evoked ??= text;
	const found = findNames(text, places.forms, { strict: true, communes: places.communeNames });
	const turns = found.length > 0 ? turnsOf(text, found) : [];
	const placed: string[] = [];
	found.forEach((match, rank) => {
		const words = text.slice(match.start, match.end);
		const turn = turns[rank];
		const code = settle(match, words, places, narrowing, into, turn === 'dehors' ? () => {} : undefined);
		if (code === null) return;
		if (turn === 'dehors')
			return void (into.named.has(code) || into.out.set(code, excerpt(text, match) + outAfter(text, match.end)));
		if (turn === 'proche') {
			into.likely.set(code, { par: 'proximite', preuve: excerpt(text, match) });
			into.elsewhere ??= words;
			return;
		}
		if (into.out.has(code)) {
			// The column leaves it out and the title names it: a person says which.
			if (field === 'titre') ask(into, words, 'ambigu', quartiersOf([code], places));
			return;
		}
		const clause = clauseAround(text, match);
		const alone = found.filter((m) => clause.start <= m.start && m.end <= clause.end).length === 1;
		const told = text.slice(clause.start, match.start) + ' ' + text.slice(match.end, clause.end);
		const firstTarget = field === 'publics' && rank === 0;
		const cible = firstTarget || (alone && (SHARE.test(told) || AIMED.test(told) || hasFigure(told, [])));
		mention(into, code, { ...sourceOf(match, code, words), cible });
		if (!inPassing) into.located = true;
		if (field === 'texte' && locates(text, match.start)) placed.push(code);
	});
	if (field !== 'texte') readParts(text, places, narrowing, into);
	// A description may name a quartier in passing: it does not place the whole action.
	else {
		const within = (code: string): readonly string[] => places.byCode.get(code)?.communes.map((c) => c.code) ?? [];
		const reached = placed.flatMap(within);
		const locating = placed.length > 0 && (narrowing.columns ?? []).every((commune) => reached.includes(commune));
		[into.elsewhere, into.located] = [elsewhere, located || byCode || locating];
	}
}

/** The words of a name, with those before it that turn it round. */
const excerpt = (text: string, { start, end }: { readonly start: number; readonly end: number }): string => {
	const before = text.slice(0, start);
	const from = Math.max(before.lastIndexOf('.'), before.lastIndexOf(';'), before.lastIndexOf('\n')) + 1;
	return text
		.slice(from < start - 80 ? start - 80 + Math.max(0, text.slice(start - 80, start).indexOf(' ')) : from, end)
		.trim();
};

/** « la Briquette » of « Faubourg de Cambrai - La Briquette »: likely that quartier, which a person confirms. */
function readParts(text: string, places: Places, { columns }: Narrowing, into: Reading): void {
	for (const { start, end, form } of findParts(text, places.forms, places.loneParts)) {
		const of = places.byCode.get(form.quartier);
		if (!of || (columns?.length && !of.communes.some((c) => columns.includes(c.code)))) continue;
		if (!into.likely.has(of.code))
			into.likely.set(of.code, {
				par: 'partie',
				preuve: `${text.slice(start, end)}, une partie de ${quoted(of.nom)}`
			});
	}
}

/** A counted objective: « 120 logements »; neither a year nor a length of time, nor figures of the name itself. */
export function hasFigure(text: string, names: readonly { readonly start: number; readonly end: number }[]): boolean {
	const rest = names.reduceRight((left, n) => left.slice(0, n.start) + ' ' + left.slice(n.end), text);
	for (const [, digits = '', unit = ''] of rest.matchAll(
		/(?<![\d.,/-])(\d[\d\u00a0\u202f ]*)\s(\p{L}{3,}|m²|m2|ha|km)/gu
	)) {
		const value = Number(digits.replace(/\D/g, ''));
		if (value > 0 && !(value >= 1900 && value <= 2100) && !UNCOUNTED.test(unit)) return true;
	}
	return false;
}

/** From one full stop or semicolon to the next, around a name. */
function clauseAround(
	text: string,
	at: { readonly start: number; readonly end: number }
): { start: number; end: number } {
	const before = text.slice(0, at.start);
	const start = Math.max(...[...before.matchAll(/[;\n]|\.\s/g)].map((m) => m.index + 1), 0);
	const after = /[;\n]|\.(?:\s|$)/.exec(text.slice(at.end));
	return { start, end: after ? at.end + after.index : text.length };
}
