import type { EtatFinancement } from '../action';
import { oneLine } from './cell';
import { amountIn, CURRENCY, depthAt, type Around } from './financing-amount';
import { amountSpans } from './financing-spans';
import { shareIn, shareInEuros } from './financing-share';
import { stateIn, takenBack, withoutState } from './financing-state';
import { sumIn, sumIssues, type Sum } from './financing-sums';
import { isUnsaid, unsaid } from './financing-unsaid';
import { unitIn } from './header-marks';
import { anomaly, type Issue } from '../issue';
import { isCancelled } from '../money-taken-back';
import { parseMoney, type Basis, type Money } from '../money';
import type { PlansFile } from '../rules/referentiel';
import { cutList, quote } from './row-values';
import type { MappedColumn } from './sheet';
import { plain } from '../text';
import { isNobody } from '../written-money';

/* Financings written as a sentence: « Fonds vert : 120 000 € (demandé), BOP 147 15 000 € / Ville : 20 000 ». */

export interface TextLine {
	readonly libelle: string;
	readonly demande: number | null;
	readonly obtenu: number | null;
	readonly etat: EtatFinancement | null;
	readonly bases: readonly Basis[];
}

export interface TextContext {
	readonly plans: PlansFile;
	readonly dispositifs: ReadonlyMap<string, string>;
	readonly baseParDefaut: Basis;
	/** Of the action: what a percentage is a share of. */
	readonly cout?: Money | null;
}

type Header = Pick<MappedColumn, 'entete' | 'base' | 'unite'>;

/**
 * in     the text of one cell, and the column it stands in: its header may say the unit and the basis
 * out    one line per financeur, in order; the amounts of one who comes twice are added
 * never  loses an amount in silence: what cannot be read keeps its whole text as its name, and an issue says it
 */
export function readFinancingText(
	text: string,
	colonne: Header,
	context: TextContext
): { readonly lines: readonly TextLine[]; readonly issues: readonly Issue[] } {
	const base = colonne.base === 'inconnu' ? context.baseParDefaut : colonne.base;
	const unite = colonne.unite ?? unitIn(colonne.entete) ?? 1;
	const { dispositifs } = context;
	const units = amountSpans(oneLine(text)).map((s) => s.unit);
	const around: Around = {
		euros: unite !== 1 || CURRENCY.test(colonne.entete) || units.some((unit) => /^(?:€|eur)/i.test(unit)),
		amounts: units.length > 0,
		dispositifs
	};
	const alone = /^[\d\s.,]+$/.test(text);
	const pieces = alone
		? [text]
		: cutList(text, /[,;|\n•]/).flatMap((piece) => byFunder(oneLine(piece), around).flatMap(byState));
	const issues: Issue[] = [];
	const lines = new Map<string, TextLine>();
	const sums: Sum[] = [];
	let last: TextLine | null = null;
	for (const piece of pieces) {
		if (isNobody(piece)) continue;
		if (isUnsaid(piece, context.plans)) {
			issues.push(unsaid(piece));
			continue;
		}
		const found = alone ? ({ genre: 'lu', start: 0, end: piece.length } as const) : amountIn(piece, around);
		const money = found.genre === 'lu' ? parseMoney(piece.slice(found.start, found.end), base, unite) : null;
		issues.push(...(money?.issues ?? []).map((i) => ({ ...i, found: piece })));
		if (found.genre === 'douteux') issues.push(unread(piece, found.raison));
		const share = found.genre === 'aucun' ? shareIn(piece) : null;
		if (share?.genre === 'douteuse') issues.push(unread(piece, share.raison));
		// « 15 000 €, 50 % »: the share only details the amount beside it.
		if (share?.genre === 'lue' && around.amounts && !/\p{L}{2}/u.test(share.rest)) continue;
		const part = share?.genre === 'lue' ? shareInEuros(share, context.cout ?? null, piece) : null;
		if (part !== null) issues.push(part.issue);
		const euros = money?.value?.euros ?? part?.euros ?? null;
		const etat = stateIn(piece, context.plans);
		if (isCancelled(piece)) issues.push(takenBack(piece));
		const cut = found.genre === 'lu' && euros !== null ? found : null;
		const whole = (found.genre !== 'aucun' && cut === null) || share?.genre === 'douteuse';
		const named = share?.genre === 'lue' ? nameIn(share.rest, null, etat) : nameIn(piece, cut, etat);
		const libelle = alone || named.trim() === '' ? 'Financement' : whole ? piece : named;
		const sum = euros === null ? null : sumIn(libelle);
		if (sum !== null) {
			sums.push({ genre: sum, piece, euros: euros! });
			continue;
		}
		const line: TextLine = {
			libelle,
			demande: etat === 'obtenu' ? null : euros,
			obtenu: etat === 'obtenu' ? euros : etat === 'refuse' ? 0 : null,
			bases: money?.value ? [money.value.base] : part !== null && part.euros !== null ? [part.base] : [],
			etat
		};
		const more: TextLine | null = last !== null && !whole && isNameless(piece) ? moreOf(last, line) : null;
		if (more !== null) issues.push(ofTheSame(piece, more));
		const known = lines.get(plain(libelle));
		last = more ?? (known ? added(known, line) : line);
		lines.set(plain(last.libelle), last);
	}
	const read = [...lines.values()];
	issues.push(
		...sumIssues(
			sums,
			read.map((l) => l.obtenu ?? l.demande),
			context.cout ?? null
		)
	);
	const silent = issues.length === 0 && read.every((l) => l.demande === null && l.obtenu === null);
	if (silent && CURRENCY.test(text) && /\d/.test(text.replace(/\d+(?:[.,]\d+)?\s?%/g, '')))
		issues.push(unread(oneLine(text), 'aucun nombre ne s’y lit comme un montant'));
	return { lines: read, issues };
}

/** « 30 000 € sollicités dont 20 000 € obtenus »: what was granted of it is told apart. */
function byState(piece: string): string[] {
	const [left, right] = piece.split(
		/\s*\(?\bdont\b\s+(?=\d[\d\s.,]*(?:k?€|k?euros?)\s*(?:obten|accord|notifi|attribu|acquis|vot)\p{L}*\)?\s*$)/iu
	);
	return right === undefined ? [piece] : [left!, right.replace(/\)\s*$/, '')];
}

/** « 20 000 € obtenus », « non versé »: an amount and where it stands, or that alone, and nobody’s name. */
function isNameless(piece: string): boolean {
	const words = amountSpans(piece).reduceRight((left, s) => `${left.slice(0, s.start)} ${left.slice(s.end)}`, piece);
	return !/\p{L}/u.test(
		words.replace(NOBODY, ' ').replace(/(?<!\p{L})(?:non|vers[ée]\p{L}*|pay[ée]\p{L}*)(?!\p{L})/giu, ' ')
	);
}

/**
 * What a nameless piece says of the funder before it.
 * out    the line made of both: what was asked for, then what was granted of it; a state alone settles a line that has none
 * empty  null: it may as well be money on top of the other
 */
function moreOf(before: TextLine, { demande, obtenu, etat }: TextLine): TextLine | null {
	if (etat === null) return null;
	if (demande === null && obtenu === null) {
		if (etat !== 'obtenu' || before.etat !== null) return before;
		return { ...before, demande: null, obtenu: before.demande, etat };
	}
	const asked = before.etat === 'demande' || before.etat === 'envisage' ? before.demande : null;
	return asked !== null && obtenu !== null && etat === 'obtenu' && obtenu <= asked ? { ...before, obtenu, etat } : null;
}

/** Whether a text that may be a mere name also gives an amount. */
export function saysAmount(text: string, colonne: Header, context: TextContext): boolean {
	if (!/\d/.test(text)) return false;
	const { lines, issues } = readFinancingText(text, colonne, context);
	return issues.length > 0 || lines.some((line) => line.demande !== null || line.obtenu !== null);
}

const LINK = /\s*[/+&]\s*|\s+(?:et|[-–—])\s+/gi;
/** Words that name nobody. */
const NOBODY =
	/(?<!\p{L})(?:ht|ttc|en|de|du|des|la|le|les|un|une|par|pour|et|ou|puis|soit|dont|sur|au|aux|à|ans?|annuels?|année|tranche|phase|solde|acompte|reste|total|montant|subvention|max|maximum|environ|(?:demand|obten|accord|notifi|sollicit|envisag|refus|acquis|attribu|vot|pr[ée]v)\p{L}*)(?!\p{L})/giu;

/** Cut where both sides name somebody and give an amount: « BOP147 : 10k€ / Ville : 20k€ », never « DPV / DSIL : 20 000 € ». */
function byFunder(piece: string, around: Around): string[] {
	for (const { 0: link, index } of piece.matchAll(LINK)) {
		const [left, right] = [piece.slice(0, index), piece.slice(index + link.length)];
		const each = /^(?:an|année|mois|jour|m²|m2|ha|logement|hab)(?![\p{L}\d])/iu.test(right);
		if (!each && depthAt(piece, index) === 0 && isNamed(left, around) && isNamed(right, around))
			return [left, ...byFunder(right, around)];
	}
	return [piece];
}

function isNamed(text: string, around: Around): boolean {
	const spans = amountSpans(text);
	if (spans.length === 0 && amountIn(text, around).genre !== 'lu') return false;
	const words = spans.reduceRight((left, s) => `${left.slice(0, s.start)} ${left.slice(s.end)}`, text);
	return sumIn(words) !== null || /\p{L}\p{L}|\p{L}\d/u.test(words.replace(NOBODY, ' '));
}

/** The words of a piece once its amount and its state are taken away. */
function nameIn(
	piece: string,
	amount: { readonly start: number; readonly end: number } | null,
	etat: EtatFinancement | null
): string {
	const before = amount === null ? piece : `${piece.slice(0, amount.start)} ${piece.slice(amount.end)}`;
	const name = (etat === null ? before : withoutState(before))
		.replace(/[\s:=–—-]+(?=\))/g, '')
		.replace(/\s*[:=]\s*(?=[/(])/g, ' ')
		.replace(/\(\s*\)/g, ' ')
		.replace(/^[\s:=–—-]+|[\s:=–—-]+$/g, '')
		.replace(/\s+/g, ' ');
	return name || piece;
}

function added(a: TextLine, b: TextLine): TextLine {
	const sum = (x: number | null, y: number | null): number | null =>
		x === null ? y : y === null ? x : Math.round((x + y) * 100) / 100;
	return {
		libelle: a.libelle,
		demande: sum(a.demande, b.demande),
		obtenu: sum(a.obtenu, b.obtenu),
		etat: b.etat ?? a.etat,
		bases: [...a.bases, ...b.bases]
	};
}

const ofTheSame = (piece: string, { libelle }: TextLine): Issue =>
	anomaly(
		'valeur-suspecte',
		'info',
		`${quote(piece)} ne nomme personne\u00a0: il est compris comme dit de ${quote(libelle)}.`,
		{
			found: piece,
			hint: 'Rien à faire si c’est bien le même financeur\u00a0; sinon, écrivez son nom devant le montant.'
		}
	);

const unread = (piece: string, raison: string): Issue =>
	anomaly('montant-illisible', 'a-verifier', `Montant non lu dans ${quote(piece)}\u00a0: ${raison}.`, {
		found: piece,
		expected: 'un financeur et un seul montant, avec son unité',
		hint: 'Écrivez le financeur, deux points, puis son montant\u00a0: «\u00a0BOP 147\u00a0: 15\u202f000\u00a0€\u00a0».'
	});
