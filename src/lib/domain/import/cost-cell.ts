import { oneLine, type CellValue } from './cell';
import { list, quoted } from '../french';
import { anomaly, type Issue, type Parsed } from '../issue';
import { workedCost } from './cost-worked';
import { basisIn, moneyWords, parseMoney, type Basis, type Money } from '../money';

/* The cost of an action, when its cell also gives who pays a share of it, or the same cost in the other basis. */

/** « (ADEME 70 %) », « dont Anah 50 % » */
const SHARE = /\s*(?:\([^()]*\d\s?%[^()]*\)|(?:[,;]\s*)?(?<!\p{L})dont\s[^()€]*\d\s?%[^()€]*$)/giu;
/** Percentages that are nobody's share. */
const NO_SHARE = /(?<!\p{L})(?:tva|tvq|marge|al[ée]as?|r[ée]visions?|inflation|remise|actualisation)(?!\p{L})|[±+]/iu;
const BETWEEN_BASES = /[()/;]|\s[-–—]\s|,\s|(?<!\p{L})(?:soit|ou)(?!\p{L})/iu;

/**
 * Reads the cell of a cost.
 * in     the basis and the unit its header announces
 * out    the cost; a share in brackets and the same cost in the other basis are told, never lost
 * never  chooses between two bases when nothing says which is which
 */
export function readCost(cell: CellValue, base: Basis, unite = 1): Parsed<Money> {
	if (typeof cell !== 'string') return parseMoney(cell, base, unite);
	const text = oneLine(cell);
	const shares = [...text.matchAll(SHARE)].map(([words]) => words.replace(/^[\s,;(]+|[\s)]+$/g, ''));
	const alone = text.replace(SHARE, ' ').trim();
	const named = shares.every((words) => /\p{L}{2}/u.test(words) && !NO_SHARE.test(words));
	const funded = shares.length > 0 && named && /\d/.test(alone);
	const bare = funded ? alone : text;
	const read =
		twoBases(bare, base, unite) ?? workedCost(bare, base, unite) ?? parseMoney(funded ? bare : cell, base, unite);
	return {
		value: read.value,
		issues: [
			...read.issues,
			...(funded ? [shareIn(shares, text)] : []),
			...(read.value && KE.test(bare) ? [kiloEuros(read.value, text)] : [])
		]
	};
}

/** « 85 000 € HT (102 000 € TTC) »; null when the cell holds anything else than one cost in two bases. */
function twoBases(text: string, base: Basis, unite: number): Parsed<Money> | null {
	const parts = text.split(BETWEEN_BASES).filter((part) => part.trim() !== '');
	if (parts.length !== 2) return null;
	const stated = parts.map(basisIn);
	const read = parts.map((part) => parseMoney(part, 'inconnu', unite));
	const [a, b] = read.map((r) => r.value);
	if (!a || !b || a.max !== null || b.max !== null || stated[0] === stated[1]) return null;
	const told = withBases(a, b, base);
	if (told === null || costOf(told, 'HT') > costOf(told, 'TTC'))
		return { value: null, issues: [undecided(a, b, text)] };
	const kept = told.find((money) => money.base === base) ?? told[0];
	const other = kept === told[0] ? told[1] : told[0];
	return { value: kept, issues: [...read.flatMap((r) => r.issues), bothSaid(kept, other, text)] };
}

const costOf = (told: readonly Money[], base: Basis): number => told.find((m) => m.base === base)?.euros ?? 0;

/** The two amounts with the basis of each: what the header says is that of the one that says none. */
function withBases(a: Money, b: Money, header: Basis): readonly [Money, Money] | null {
	if (a.base !== 'inconnu' && b.base !== 'inconnu') return [a, b];
	const said = a.base === 'inconnu' ? b.base : a.base;
	if (header === 'inconnu' || header === said) return null;
	return a.base === 'inconnu' ? [{ ...a, base: header }, b] : [a, { ...b, base: header }];
}

const KE = /\d\s*ke(?!\p{L})/iu;
const kiloEuros = (money: Money, found: string): Issue =>
	anomaly(
		'montant-deduit',
		'info',
		`Le coût retenu est ${moneyWords(money)}\u00a0: «\u00a0ke\u00a0» est lu comme «\u00a0k€\u00a0».`,
		{
			found,
			expected: 'un montant et son unité, «\u00a080\u00a0k€\u00a0»',
			hint: 'Rien à faire si c’est le bon montant.'
		}
	);

const shareIn = (shares: readonly string[], found: string): Issue =>
	anomaly(
		'valeur-suspecte',
		'a-verifier',
		`Part de financement écrite dans le coût\u00a0: ${list(shares.map(quoted))} n’est pas lu comme un financement.`,
		{
			found,
			expected: 'le coût seul, et chaque financeur dans la colonne des financements',
			hint: 'Écrivez le financeur et sa part dans la colonne des financements.'
		}
	);

const bothSaid = (kept: Money, other: Money, found: string): Issue =>
	anomaly(
		'montant-deduit',
		'info',
		`Le coût est écrit dans les deux bases\u00a0: ${moneyWords(kept)} est retenu, ${moneyWords(other)} ne l’est pas.`,
		{ found, expected: 'un seul montant et sa base', hint: 'Rien à faire si c’est la bonne base.' }
	);

const undecided = (a: Money, b: Money, found: string): Issue =>
	anomaly(
		'montant-illisible',
		'a-verifier',
		`Deux montants sont écrits, ${moneyWords(a)} et ${moneyWords(b)}\u00a0: rien ne dit lequel est hors taxes.`,
		{
			found,
			expected: 'un seul montant et sa base',
			hint: 'Gardez un seul montant, et écrivez HT ou TTC à côté.'
		}
	);
