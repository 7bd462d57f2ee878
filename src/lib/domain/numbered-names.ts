import { remember } from './remember';

/* « CD 47 », « CG59 », « Dpt 2A »: short names of one body that the number of its département tells apart. Data writes « CD n° », once. */

const NUMBERED = /\b([a-z]{2,5}) ?(?:0[1-9]|[1-8]\d|9[0-5]|2[ab]|97[1-46])(?= |$)/g;

/**
 * in     folded words: « cd47 », « subv cd 47 »
 * out    as data writes them once folded: « cd n », « subv cd n »; the same words when no number follows letters
 */
export const numbered: (words: string) => string = remember((words) => words.replace(NUMBERED, '$1 n'));

/** Whether some words hold, as they are written or with the number of a département left aside. */
export const eitherWay = (words: string, says: (words: string) => boolean): boolean =>
	says(words) || (/\d/.test(words) && says(numbered(words)));
