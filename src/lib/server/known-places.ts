import { bareName, isAmong } from '../domain/import/row-territory';
import { plain } from '../domain/text';
import { communeOf, departmentNames, placeNames, regionNames } from './cog';

/* Places of the country, to tell « elsewhere » from a name that nothing knows. */

let known: ReadonlySet<string> | null = null;

/** Folded names of communes and EPCI: « CA d’Hénin-Carvin » is also known as « Hénin-Carvin ». */
export const lieuxConnus = (): ReadonlySet<string> =>
	(known ??= new Set([...placeNames()].flatMap((name) => [name, bareName(name)])));

/** Whether a text is the name, or the INSEE code, of a commune or of an EPCI. The list is read at the first question. */
export const isKnownPlace = (text: string): boolean => communeOf(text.trim()) !== null || isAmong(text, lieuxConnus());

let larger: ReadonlySet<string> | null = null;

/** Folded names of what is larger than an EPCI. */
export const largerPlaces = (): ReadonlySet<string> =>
	(larger ??= new Set([...departmentNames().keys(), ...regionNames().map(plain), 'france', 'europe']));
