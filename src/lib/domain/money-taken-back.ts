/* An amount that its sign or a word beside it takes back: it is not money one has. */

/** « -500 », and as accounts write it: « 500- », « (500,00) ». « 500,- » is Belgian for no cents. */
export const isNegative = (text: string): boolean =>
	/^\s*[-−–]\s*[€\d]/.test(text) ||
	/[\d€]\s*[-−–]\s*(?:€|euros?)?\s*$/i.test(text) ||
	/^\s*\(\s*(?:€\s*)?\d[\d\s.,'’]*(?:k|m)?(?:€|euros?)?\s*\)\s*(?:€|euros?)?\s*$/i.test(text);

/** Words that take an amount back: « 100 000 € (annulé) ». */
const CANCELLED =
	/(?<!\p{L})(?:annul[ée]e?s?|annulations?|retir[ée]e?s?|d[ée]programm[ée]e?s?|d[ée]programmations?|abandonn[ée]e?s?|d[ée]sengag[ée]e?s?|caduc|caducs|caduques?|caducit[ée])(?!\p{L})/iu;

export const isCancelled = (text: string): boolean => CANCELLED.test(text);

/** What a decision says when it gives nothing: « Refusé », « Avis défavorable », « Sans suite ». */
const REFUSED =
	/(?<!\p{L})(?:refus[ée]?e?s?|rejet[ée]?e?s?|d[ée]favorable|non[ -](?:retenue?s?|attribu[ée]e?s?|accord[ée]e?s?|[ée]ligible)|sans suite|irrecevable)(?!\p{L})/iu;

export const isRefused = (text: string): boolean => REFUSED.test(text);
