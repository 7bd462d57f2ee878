import { moneyWords, parseMoney, type Basis, type Money } from '../money';
import { anomaly, type Issue, type Parsed } from '../issue';
import { count } from '../french';

/* A cost written as a sum to do, « 3 x 20 000 € », over some years, or with a part of it beside: its amount is sure. */

const TIMES = String.raw`(?:[x×*]|fois)`;
const OF_EACH = new RegExp(String.raw`^(?<n>\d{1,3})\s*(?:ans?|années?)?\s*${TIMES}\s*(?<each>\D{0,3}\d.*)$`, 'iu');
const EACH_OF = new RegExp(
	String.raw`^(?<each>.*\d.*?)\s*(?:\/\s*an|par an)?\s*${TIMES}\s*(?<n>\d{1,3})(?:\s*(?:ans?|années?))?$`,
	'iu'
);
/** « 20 000 €/an pendant 3 ans » */
const YEARLY =
	/^(?<each>.*\d.*?)\s*(?:\/\s*an(?:née)?|par an(?:née)?|annuels?|chaque année)\s*[,(]?\s*(?:(?:pendant|sur|durant|pour)\s+)?(?<n>\d{1,2})\s+(?:ans|années)\s*\)?$/iu;
/** « 60 000 € sur 3 ans »: the whole, and how long it lasts. */
const OVER_YEARS = /^(?<whole>.*\d.*?)\s*[,(]?\s*(?:sur|pour)\s+\d{1,2}\s+(?:ans|années)\s*\)?$/iu;
/** « 120 000 € (dont 30 000 € QPV) »: a part of it, which adds nothing. */
const WITH_PART = /^(?<whole>[^(]*\d[^(]*?)\s*[,(]?\s*(?<!\p{L})dont\s+(?<part>[^()%]*\d[^()%]*)\)?$/iu;
const STATED_SUM = /^(?<sum>.+?)\s*(?:=|(?<!\p{L})soit(?!\p{L}))\s*(?<total>.*\d.*)$/iu;
/** Below, two figures multiply something else: « 3 x 20 ». */
const LEAST = 100;

/**
 * in     the words of a cell, the basis and the unit of its header
 * out    the amount, and how it was worked out, told; null when the words are none of these
 * never  works out what a total written beside it contradicts
 */
export function workedCost(text: string, base: Basis, unite: number): Parsed<Money> | null {
	const { sum, total } = STATED_SUM.exec(text)?.groups ?? {};
	if (sum !== undefined && total !== undefined) {
		const worked = workOut(sum, base, unite)?.money;
		const stated = oneAmount(total, base, unite);
		return worked && stated && worked.euros === stated.euros ? told(stated, 'le total écrit est retenu', text) : null;
	}
	const found = workOut(text, base, unite);
	return found && told(found.money, found.how, text);
}

function workOut(text: string, base: Basis, unite: number): { readonly money: Money; readonly how: string } | null {
	const yearly = YEARLY.exec(text)?.groups;
	const times = yearly ?? OF_EACH.exec(text)?.groups ?? EACH_OF.exec(text)?.groups;
	if (times) {
		const each = oneAmount(times.each!, base, unite);
		const n = Number(times.n);
		if (!each || each.euros < LEAST || n < 2) return null;
		const euros = (Math.round(each.euros * 100) * n) / 100;
		const how = yearly ? `${moneyWords(each)} par an pendant ${count(n, 'an')}` : `${n} fois ${moneyWords(each)}`;
		return { money: { ...each, euros }, how };
	}
	const { whole, part } = WITH_PART.exec(text)?.groups ?? {};
	const [all, some] = [whole, part].map((words) => (words === undefined ? null : oneAmount(words, base, unite)));
	if (all && some && some.euros < all.euros) return { money: all, how: `${moneyWords(some)} n’en sont qu’une part` };
	const over = OVER_YEARS.exec(text)?.groups?.whole;
	const lasting = over === undefined ? null : oneAmount(over, base, unite);
	return lasting && { money: lasting, how: 'le montant de toute la durée' };
}

/** One amount, said without a doubt. */
function oneAmount(text: string, base: Basis, unite: number): Money | null {
	const { value, issues } = parseMoney(text.trim(), base, unite);
	return value !== null && value.max === null && issues.length === 0 ? value : null;
}

const told = (money: Money, how: string, found: string): Parsed<Money> => ({
	value: money,
	issues: [deduced(money, how, found)]
});

const deduced = (money: Money, how: string, found: string): Issue =>
	anomaly('montant-deduit', 'info', `Le coût retenu est ${moneyWords(money)}\u00a0: ${how}.`, {
		found,
		expected: 'un seul montant et sa base',
		hint: 'Rien à faire si c’est le bon montant.'
	});
