import { communeNamed, communesIn } from './communes';
import { findNames, findParts, nameKey, nameWords, type NameForm, type NameMatch } from './place-names';
import { quoted } from '../french';
import type { ReachBy, UnresolvedPlace } from '../crossing/place';
import type { Places } from './places';
import { rememberWith } from '../remember';
import { mention, settled, sourceOf, type Narrowing, type Reading } from './reading';
import { distance, plain } from '../text';

const CODE_2024 = /\bQN[0-9A-Z]{3}\d{2}[A-Z]\b/gi;
const CODE_2015 = /\bQP[0-9A-Z]{3}\d{3}\b/gi;
const WHOLE =
	/agglom[ée]ration|\bagglo\b|intercommunal|communaut[ée]|m[ée]tropole|\bepci\b|(?:tout|ensemble du) (?:le )?territoire|(?:toutes|ensemble des) (?:les )?communes|^tou(?:te)?s$/i;
/** Words for the whole EPCI, in a column of places. */
export const namesWhole = (cell: string): boolean => WHOLE.test(cell);
const OUTSIDE = /hors[ -](?:qpv|quartiers?|g[ée]ographie)|non concern|\bn[ée]ant\b|sans objet|^(?:aucune?|non)$/i;
const NOT_SAID =
	/^[\s\-–—?./]*$|non (?:renseign|pr[ée]cis|d[ée]fini)|[àa] (?:d[ée]finir|pr[ée]ciser|d[ée]terminer)|^n\.?[cdr]\.?$/i;
const SHARE = /[1-9]\d*(?:[.,]\d+)?\s?%/;
const AIMED = /prioritairement|en priorit[ée]|exclusivement|uniquement|\bcibl[ée]/i;
const UNCOUNTED =
	/^(?:ans?|mois|jours?|semaines?|heures?|fois|euros?|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)$/i;

/** One entry of a « quartiers » column: codes first, then « tous les QPV », then names; what is left is a question. */
export function readCell(cell: string, places: Places, narrowing: Narrowing, into: Reading): void {
	if (NOT_SAID.test(cell)) return;
	const codes = readCodes(cell, places, into);
	if (codes !== null) return void codes.forEach((code) => into.fromColumn.add(code));
	const everywhere = meansEverywhere(cell, places);
	if (everywhere) {
		into.everywhereIn = into.everywhere === null ? everywhere.communes : null;
		return void (into.everywhere = cell);
	}
	if (OUTSIDE.test(cell)) return void (into.excluded = cell);

	const found = namesIn(cell, places);
	const aimed = SHARE.test(cell) || AIMED.test(cell) || hasFigure(cell, found);
	const hints = [...communesIn(cell, places.communes), ...narrowing.hints];
	for (const match of found) {
		const code = settle(match, cell, places, { ...narrowing, hints }, into);
		if (code === null) continue;
		into.fromColumn.add(code);
		into.located = true;
		mention(into, code, { ...sourceOf(match, code, cell), cible: aimed && found.length === 1 });
	}
	if (found.length === 0) unrecognised(cell, places, narrowing, into);
}

/** Names in one entry of a column: the whole of it, else those it holds. */
const namesIn = rememberWith((cell: string, places: Places): readonly NameMatch[] => {
	const words = nameWords(cell.replace(/\([^)]*\)/g, ' '));
	const key = nameKey(words);
	const named = places.allForms.filter((f) => !f.part && nameKey(f.words) === key);
	const inOrder = named.filter((f) => f.words.join(' ') === words.join(' '));
	const whole = inOrder.length ? inOrder : named;
	if (whole.length) return [{ start: 0, end: cell.length, forms: whole }];
	return findNames(cell, places.forms, { strict: false, communes: places.communeNames }).filter(
		(m) => !m.forms.every((f) => f.generic || places.communeNames.has(f.words.join(' ')))
	);
});

/** Running text: codes, « tous les quartiers prioritaires », and names that cannot be anything else. */
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
	const byCode = (readCodes(text, places, into) ?? []).length > 0 && !inPassing;
	const spoken = speaksOfAll(text, places);
	// « au sein de quartiers prioritaires » names none: which ones, somebody has to say.
	if (spoken === 'tous') into.everywhere ??= text;
	else if (spoken) into.evoked ??= text;
	const found = findNames(text, places.forms, { strict: true, communes: places.communeNames });
	found.forEach((match, rank) => {
		const words = text.slice(match.start, match.end);
		const code = settle(match, words, places, narrowing, into);
		if (code === null) return;
		const clause = clauseAround(text, match);
		const alone = found.filter((m) => clause.start <= m.start && m.end <= clause.end).length === 1;
		const told = text.slice(clause.start, match.start) + ' ' + text.slice(match.end, clause.end);
		const firstTarget = field === 'publics' && rank === 0;
		const cible = firstTarget || (alone && (SHARE.test(told) || AIMED.test(told) || hasFigure(told, [])));
		mention(into, code, { ...sourceOf(match, code, words), cible });
		if (!inPassing) into.located = true;
	});
	if (field !== 'texte') readParts(text, places, narrowing, into);
	// A description may name a quartier in passing: it does not place the whole action.
	if (field === 'texte') [into.elsewhere, into.located] = [elsewhere, located || byCode];
}

/** « la Briquette » of « Faubourg de Cambrai - La Briquette »: likely that quartier, which a person confirms. */
function readParts(text: string, places: Places, { columns }: Narrowing, into: Reading): void {
	for (const { start, end, form } of findParts(text, places.forms, places.loneParts)) {
		const of = places.byCode.get(form.quartier);
		if (!of || (columns?.length && !of.communes.some((c) => columns.includes(c.code)))) continue;
		if (!into.likely.has(of.code))
			into.likely.set(of.code, `${text.slice(start, end)}, une partie de ${quoted(of.nom)}`);
	}
}

/** Codes of either generation in a text; null when there is none. */
function readCodes(text: string, places: Places, into: Reading): string[] | null {
	const recent = (text.match(CODE_2024) ?? []).map((c) => c.toUpperCase());
	const old = (text.match(CODE_2015) ?? []).map((c) => c.toUpperCase());
	if (recent.length + old.length === 0) return null;
	const cible = SHARE.test(text) && recent.length + old.length === 1;
	const found: string[] = [];
	const keep = (code: string, par: ReachBy, words: string): void => {
		if (!places.byCode.has(code)) return void (into.elsewhere ??= words);
		into.located = true;
		found.push(code);
		mention(into, code, { par, preuve: words, cible });
	};
	for (const code of recent) {
		const near = places.byCode.has(code) ? [] : places.quartiers.filter((q) => distance(q.code, code) === 1);
		if (near.length) ask(into, code, 'proche', near);
		else keep(code, 'code', code);
	}
	for (const code of old) {
		const next = places.successors.get(code) ?? [];
		if (next.length === 1) keep(next[0]!.code, 'code-2015', code);
		else {
			const here = next.map((n) => ({ code: n.code, nom: n.nom ?? n.code }));
			ask(into, code, here.length ? 'code-2015' : 'code-inconnu', here, here.length ? here : places.quartiers);
		}
	}
	return found;
}

/** The one quartier a name means here, or null and a question. */
function settle(match: NameMatch, words: string, places: Places, by: Narrowing, into: Reading): string | null {
	const all = [...new Set(match.forms.map((f) => f.quartier))];
	const within = (codes: readonly string[], communes: readonly string[]) =>
		codes.filter((c) => places.byCode.get(c)?.communes.some((x) => communes.includes(x.code)));
	const kept = by.columns?.length ? within(all, by.columns) : all;
	const narrowed = kept.length > 1 ? within(kept, by.hints) : kept;
	if (narrowed.length === 1) return narrowed[0]!;
	const candidates = narrowed.length ? narrowed : kept.length ? kept : all;
	if (!candidates.some((c) => into.named.has(c))) ask(into, words, 'ambigu', quartiersOf(candidates, places));
	return null;
}

function unrecognised(cell: string, places: Places, narrowing: Narrowing, into: Reading): void {
	if (namesWhole(cell)) return void (into.whole = cell);
	const inPool = (f: NameForm): boolean =>
		!narrowing.columns?.length ||
		(places.byCode.get(f.quartier)?.communes.some((c) => narrowing.columns!.includes(c.code)) ?? false);
	const resembling = formsLike(cell, places);
	const near = resembling.near.filter(inPool);
	const same = resembling.same.filter(inPool);
	const candidates = [...new Set((same.length ? same : near).map((f) => f.quartier))];
	if (candidates.length) return ask(into, cell, 'proche', quartiersOf(candidates, places));
	const commune = communeNamed(cell, places.communes);
	if (commune)
		return ask(
			into,
			cell,
			'inconnu',
			places.quartiers.filter((q) => q.communes.some((c) => c.code === commune))
		);
	const shared = resembling.shared.filter(inPool);
	const alike = quartiersOf([...new Set(shared.map((f) => f.quartier))], places);
	ask(into, cell, 'inconnu', alike);
}

/** Names one letter off, names that are one piece of the words, names that share a word with them. */
const formsLike = rememberWith((cell: string, places: Places) => {
	const pieces = [cell, ...cell.split(/[,;/+]|\s+[-–—]\s+|\s+et\s+/)].map((p) => nameWords(p));
	const [all = []] = pieces;
	return {
		near: places.allForms.filter((f) => pieces.some((words) => isNear(words, f))),
		same: places.allForms.filter((f) => pieces.some((words) => words.join(' ') === f.words.join(' '))),
		shared: places.allForms.filter((f) => !f.generic && f.words.some((w) => w.length >= 4 && all.includes(w)))
	};
});

/** One letter off, in a name long enough for that to be a slip. */
function isNear(words: readonly string[], form: NameForm): boolean {
	const [a, b] = [words.join(' '), form.words.join(' ')];
	return Math.min(a.length, b.length) >= 4 && Math.abs(a.length - b.length) <= 1 && distance(a, b) === 1;
}

/** Puts a question; `meant` are the quartiers whose reach waits for the answer. */
function ask(
	into: Reading,
	texte: string,
	raison: UnresolvedPlace['raison'],
	proches: readonly { readonly code: string; readonly nom: string }[],
	meant: readonly { readonly code: string }[] = proches
): void {
	if (into.questions.some((q) => q.texte === texte)) return;
	const answer = into.answer(texte, raison === 'ambigu');
	if (answer) return settled(answer, texte, into);
	into.questions.push({ texte, raison, proches: proches.map(({ code, nom }) => ({ code, nom })) });
	for (const q of meant) into.doubtful.set(q.code, texte);
	into.elsewhere ??= texte;
}

const quartiersOf = (codes: readonly string[], places: Places) =>
	places.quartiers.filter((q) => codes.includes(q.code));

/** A cell that means every quartier: « tous les QPV », « les quartiers de Douai »; null when it does not. */
const meansEverywhere: (cell: string, places: Places) => { readonly communes: readonly string[] | null } | null =
	rememberWith(readEverywhere);

function readEverywhere(cell: string, places: Places): { readonly communes: readonly string[] | null } | null {
	const words = plain(cell);
	for (const e of places.everywhere) {
		if (words === e) return { communes: null };
		if (!e.includes(' ') || !` ${words} `.includes(` ${e} `)) continue;
		const rest = ` ${words} `.replace(` ${e} `, ' ').trim();
		const commune = communeNamed(rest, places.communes);
		if (commune) return { communes: [commune] };
		if (
			/^(?:(?:de|du|des|d|la|le|l|ville|commune|territoire|agglomeration|agglo|epci|contrat|communaute|metropole|concernes?) ?)*$/.test(
				rest
			)
		)
			return { communes: null };
	}
	return null;
}

/** Running text that speaks of every quartier, or of the quartiers prioritaires in general. */
function speaksOfAll(text: string, places: Places): 'tous' | 'en-general' | null {
	if (!/qpv|prioritaire|politique/i.test(text)) return null;
	const words = ` ${plain(text)} `;
	if (!/ qpv | prioritaires? | politique de la ville /.test(words)) return null;
	const told = places.everywhere.filter(
		(e) => / /.test(e) && /qpv|prioritaire|politique/.test(e) && words.includes(` ${e} `)
	);
	if (told.length === 0) return null;
	return told.some((e) => /^(?:l )?(?:tou|ensemble)/.test(e)) ? 'tous' : 'en-general';
}

/** A counted objective: « 120 logements »; neither a year nor a length of time, nor figures of the name itself. */
function hasFigure(text: string, names: readonly { readonly start: number; readonly end: number }[]): boolean {
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
