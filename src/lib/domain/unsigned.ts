/* Who signed when nobody gave a name: words that stand after « par », and alone before a date. */

export const UNSIGNED = 'une personne sans nom';

/** What bases written before kept in its place. */
const FORMER = 'interface';

/** « une personne sans nom », rather than the way it came in. */
export const authorOf = (par: string): string => (par === FORMER ? UNSIGNED : par);

/** Words of the tool, which no one is called by. */
export const isUnsigned = (par: string): boolean => authorOf(par) === UNSIGNED;
