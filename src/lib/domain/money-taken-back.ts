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
