import { communeNamed, communesIn, communesShort } from './communes';
import { contraryCommunes } from './contrary-commune';
import { countedAll, meansEverywhere, meansOne } from './everywhere';
import { afterQuartiers, exceptionIn, meansQuartiers, turnsOf, type Exception } from './exceptions';
import { neighbourNamed } from './neighbours';
import { ask, codesIn, quartiersOf, readCodes, settle, tellElsewhere } from './place-asking';
import { isKnown, leaveOut } from './place-left-out';
import { communesListed, formsLike, namesIn, type ColumnOf } from './place-found';
import type { NameForm, NameMatch } from './place-names';
import { AIMED, hasFigure } from './place-readings';
import { partsOf } from './place-pieces';
import type { Unread } from './place-rest';
import type { Places } from './places';
import { mention, sourceOf, type Narrowing, type Reading } from './reading';
import { shareInCell } from './share-told';
import { namesWhole } from './whole-territory';
import { plain } from '../text';

/* One entry of a column that asks where: codes, « tous les QPV », names, and what is left out of them. */

const OUTSIDE = /hors[ -](?:qpv|quartiers?|g[ée]ographie)|non concern|\bn[ée]ant\b|sans objet|^(?:aucune?|non)$/i;
/** Words that leave every quartier out. */
export const namesOutside = (cell: string): boolean => OUTSIDE.test(cell);
const NOT_SAID =
	/^[\s\-–—?./]*$|non (?:renseign|pr[ée]cis|d[ée]fini)|[àa] (?:d[ée]finir|pr[ée]ciser|d[ée]terminer)|^n\.?[cdr]\.?$/i;
const EVERY_OTHER = /^(?:tout|toute|tous|toutes|ensemble|l ensemble)$/;

/** The entries of a column, in order: after « tous sauf Les Glacis », the next name is left out as well. */
export function readCells(
	cells: readonly string[],
	column: ColumnOf,
	places: Places,
	narrowing: Narrowing,
	into: Reading
): void {
	let open: Scope = null;
	for (const cell of cells) {
		if (open && exceptionIn(cell) === null && leavesOut(cell, open, places, narrowing, into)) continue;
		open = readCell(cell, column, places, narrowing, into);
	}
	const elsewhere = into.named.size > 0 || into.communes.size > 0 || into.whole !== null || into.excluded !== null;
	if (into.allBut !== null && !elsewhere) into.everywhere ??= into.allBut;
}

/** What an exception is taken from: communes, or everything (`communes` null); null when no list goes on. */
type Scope = { readonly communes: readonly string[] | null; readonly cell: string } | null;

function readCell(cell: string, column: ColumnOf, places: Places, narrowing: Narrowing, into: Reading): Scope {
	if (NOT_SAID.test(cell)) return null;
	const except = exceptionIn(cell);
	if (except) {
		const scope = readException(cell, except, column, places, narrowing, into);
		if (scope !== 'none') return scope;
	}
	const codes = readCodes(cell, places, into);
	if (codes !== null) {
		for (const code of codes) into.fromColumn.add(code);
		return null;
	}
	if (readEverywhere(cell, cell, places, narrowing, into)) return null;
	if (OUTSIDE.test(cell)) {
		into.excluded = cell;
		return null;
	}
	if (meansOne(cell)) {
		ask(into, cell, 'ambigu', within(narrowing.columns, places));
		return null;
	}
	readNames(cell, column, places, narrowing, into);
	return null;
}

const within = (communes: readonly string[] | null, { quartiers }: Places): Places['quartiers'] =>
	communes?.length ? quartiers.filter((q) => q.communes.some((c) => communes.includes(c.code))) : quartiers;

/** « tous les QPV », « dans les QPV », « les 3 quartiers »; a count that leaves some out is a question. */
function readEverywhere(words: string, proof: string, places: Places, narrowing: Narrowing, into: Reading): boolean {
	const said = meansEverywhere(words, places);
	if (!said) return false;
	const kept = countedAll(said, narrowing.columns, places);
	if (kept === false) {
		ask(into, words, 'ambigu', within(narrowing.columns?.length ? narrowing.columns : said.communes, places));
		return true;
	}
	const before = into.everywhere === null ? kept : into.everywhereIn;
	into.everywhereIn = before && kept ? [...new Set([...before, ...kept])] : null;
	into.everywhereProbable = said.probable && (into.everywhere === null || into.everywhereProbable);
	into.everywhere = proof;
	return true;
}

function readNames(cell: string, column: ColumnOf, places: Places, narrowing: Narrowing, into: Reading): void {
	const { found, communes, unread, also } = namesIn(cell, column, places);
	const only = found.length === 1 && unread.length + also.length === 0;
	const aimed = AIMED.test(cell) || hasFigure(cell, found);
	const hints = [...communesIn(cell, places.communes), ...communes, ...narrowing.hints];
	const turns = turnsOf(cell, found);
	found.forEach((match, rank) => {
		const contrary = turns[rank] ? [] : contraryCommunes(cell, match, communes, places);
		if (contrary.length > 0) return void askWhich(cell, match, contrary, places, into);
		const code = settle(match, cell, places, { ...narrowing, hints }, into);
		if (code === null) return;
		if (turns[rank] === 'proche') {
			into.likely.set(code, { par: 'proximite', preuve: cell });
			into.elsewhere ??= cell;
			return;
		}
		if (turns[rank] === 'dehors') return void into.out.set(code, cell);
		into.fromColumn.add(code);
		into.located = true;
		const share = only ? shareInCell(cell) : null;
		const cible = only && (aimed || (share !== null && share.valeur > 0));
		mention(into, code, { ...sourceOf(match, code, cell), cible, share });
	});
	if (found.length === 0) return unrecognised(cell, places, narrowing, into);
	// « à proximité des Glacis et des Bruyères »: what is near is not inside.
	if (turns.some((turn) => turn === null)) {
		for (const piece of unread) readUnread(piece, places, narrowing, into);
		for (const commune of also) into.communes.set(commune, cell);
		readAllBeside(cell, found, places, narrowing, into);
	}
	// Which others, it does not say: none of them is out.
	if (OTHERS.test(cell))
		ask(
			into,
			cell,
			'ambigu',
			within(narrowing.columns, places).filter((q) => !into.fromColumn.has(q.code))
		);
}

/** « Les Glacis et tous les QPV », « Les Glacis + tout le territoire »: what is said of all leaves none out. */
function readAllBeside(
	cell: string,
	found: readonly NameMatch[],
	places: Places,
	narrowing: Narrowing,
	into: Reading
): void {
	for (const { text, joint, start, end } of partsOf(cell)) {
		if (joint !== 'liste' || found.some((m) => m.start < end && start < m.end)) continue;
		if (!readEverywhere(text, cell, places, narrowing, into) && namesWhole(text.trim(), places)) into.whole ??= cell;
	}
}

/** A piece beside a name that was found is read as if it had an entry of its own. */
function readUnread({ texte, communes }: Unread, places: Places, narrowing: Narrowing, into: Reading): void {
	const columns = narrowing.columns?.length ? narrowing.columns : communes.length > 0 ? communes : null;
	askUnknown(texte, places, { ...narrowing, columns }, into);
}

/** The quartier it names, or those of the commune it says: which one is right, a person knows. */
function askWhich(cell: string, { forms }: NameMatch, said: readonly string[], places: Places, into: Reading): void {
	const named = quartiersOf([...new Set(forms.map((f) => f.quartier))], places);
	ask(into, cell, 'contraire', named, [...named, ...within(said, places)]);
}

/** « Bellevue et autres QPV » */
const OTHERS = /(?<!\p{L})autres?\s+(?:qpv|quartiers?)(?!\p{L})/iu;

/** Reads « … sauf … »; 'none' when its words leave no place out after all. */
function readException(
	cell: string,
	{ kept, out, weak, also }: Exception,
	column: ColumnOf,
	places: Places,
	narrowing: Narrowing,
	into: Reading
): Scope | 'none' {
	// « hors QPV sauf Les Glacis »: the exception of the exception is in.
	const inner = exceptionIn(out);
	if (inner && meansQuartiers(inner.kept)) return readCell(inner.out, column, places, narrowing, into);
	if (meansQuartiers(out)) {
		if (also && kept !== '') return readCell(kept, column, places, narrowing, into);
		into.excluded = cell;
		return null;
	}
	const after = afterQuartiers(out);
	if (after !== null && kept === '') return readCell(after, column, places, narrowing, into);
	const scope = scopeOf(kept, cell, column, places);
	if (weak && !scope && !isKnown(out, places)) return 'none';
	if (weak && kept === '' && !isKnown(out, places)) return 'none';
	leaveOut(out, cell, places, narrowing, into);
	if (!scope) {
		// « toute la ville sauf … »: what is kept is not known, so nor are the others.
		const { found } = namesIn(kept, column, places);
		if (found.length === 0 && codesIn(kept).length === 0)
			ask(
				into,
				kept,
				'inconnu',
				[],
				places.quartiers.filter((q) => !into.out.has(q.code))
			);
		else readCell(kept, column, places, narrowing, into);
		return null;
	}
	if (kept === '') into.allBut ??= cell;
	else if (scope.whole) into.whole ??= cell;
	else if (scope.communes === null || scope.every) {
		if (!readEverywhere(kept, cell, places, narrowing, into)) into.everywhere = cell;
	} else {
		for (const commune of scope.communes) into.communes.set(commune, cell);
		into.elsewhere ??= cell;
	}
	return scope;
}

/** What the exception is taken from, when that is more than named quartiers. */
function scopeOf(
	kept: string,
	cell: string,
	column: ColumnOf,
	places: Places
): (NonNullable<Scope> & { readonly whole?: true; readonly every?: true }) | null {
	if (kept === '') return { communes: null, cell };
	const everywhere = meansEverywhere(kept, places);
	if (everywhere) return { communes: everywhere.communes, cell, every: true };
	if (column === 'quartiers' && EVERY_OTHER.test(plain(kept))) return { communes: null, cell };
	const communes = communesListed(kept, places);
	if (communes) return { communes, cell };
	return namesWhole(kept, places) ? { communes: null, cell, whole: true } : null;
}

/** An entry that goes on with the names left out before it: « Tous sauf Les Glacis, Europe ». */
function leavesOut(
	cell: string,
	{ communes, cell: proof }: NonNullable<Scope>,
	places: Places,
	by: Narrowing,
	into: Reading
): boolean {
	if (communeNamed(cell, places.communes) !== null || meansEverywhere(cell, places)) return false;
	const codes = codesIn(cell);
	const named = codes.length > 0 ? codes : namesIn(cell, 'quartiers', places).found.flatMap((m) => m.forms.map((f) => f.quartier)); // prettier-ignore
	const within = named.every(
		(code) => communes === null || places.byCode.get(code)?.communes.some((c) => communes.includes(c.code))
	);
	if (named.length === 0 || !within) return false;
	leaveOut(cell, `${proof}, ${cell}`, places, by, into);
	return true;
}

function unrecognised(cell: string, places: Places, narrowing: Narrowing, into: Reading): void {
	if (namesWhole(cell, places)) into.whole = cell;
	else askUnknown(cell, places, narrowing, into);
}

/** A name that nothing here bears: what it may be, and whom it puts in doubt. */
function askUnknown(cell: string, places: Places, narrowing: Narrowing, into: Reading): void {
	const inPool = (f: NameForm): boolean =>
		!narrowing.columns?.length ||
		(places.byCode.get(f.quartier)?.communes.some((c) => narrowing.columns!.includes(c.code)) ?? false);
	const resembling = formsLike(cell, places);
	const near = resembling.near.filter(inPool);
	const same = resembling.same.filter(inPool);
	const candidates = [...new Set((same.length ? same : near).map((f) => f.quartier))];
	if (candidates.length) return ask(into, cell, 'proche', quartiersOf(candidates, places));
	const commune = communeNamed(cell, places.communes);
	if (commune) return ask(into, cell, 'inconnu', within([commune], places));
	const short = communesShort(cell, places.communes);
	if (short.length > 0 && (!narrowing.columns?.length || short.some((code) => narrowing.columns!.includes(code)))) {
		const there = within(short, places);
		return ask(into, cell, there.length > 0 ? 'proche' : 'inconnu', there);
	}
	// Its row says a commune of the territory: a name that is also borne elsewhere may be here.
	const other = narrowing.columns?.length ? null : neighbourNamed(cell, places);
	if (other) return tellElsewhere(into, cell, other);
	const owning = (forms: readonly NameForm[]) =>
		quartiersOf([...new Set(forms.filter(inPool).map((f) => f.quartier))], places);
	const proper = owning(resembling.proper);
	if (proper.length) return ask(into, cell, 'inconnu', proper);
	ask(into, cell, 'inconnu', owning(resembling.shared), []);
	// A place that nothing knows may be in any quartier: only one known elsewhere leaves them out.
	if (into.questions.at(-1)?.texte !== cell || isElsewhere(cell, places)) return;
	const told = communesIn(cell, places.communes);
	for (const q of within(narrowing.columns?.length ? narrowing.columns : told, places)) into.vague.set(q.code, cell);
}

/** « Houvelles », « Quartier des Tilleuls (Houvelles) »: a commune that is not of the territory. */
const isElsewhere = (cell: string, places: Places): boolean =>
	places.elsewhere(cell) || [...cell.matchAll(/\(([^)]*)\)/g)].some(([, said = '']) => places.elsewhere(said));
