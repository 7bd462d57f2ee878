import { oneLine } from './cell';
import { readPlace, type IndicatorTable } from './indicator-table';
import { plain } from '../text';

/* Names that a table of indicators gives to its EPCI, beside their codes. */

const NAMES = [
	'nomepci',
	'libepci',
	'libelleepci',
	'nom',
	'libelle',
	'libgeo',
	'lieu',
	'territoire',
	'intercommunalite'
];
/** Longer, it is a sentence. */
const LONGEST = 90;

/** Names by code, from the rows that are about an EPCI; none for one that two rows call by two names. */
export function epciNamed({ entetes, lignes }: IndicatorTable): ReadonlyMap<string, string> {
	const heads = entetes.map((entete) => plain(entete).replaceAll(' ', ''));
	const column = NAMES.map((name) => heads.indexOf(name)).find((at) => at >= 0);
	const names = new Map<string, string | null>();
	if (column === undefined) return new Map();
	for (const { cells } of lignes) {
		const place = readPlace(entetes, cells, () => null);
		const nom = oneLine(cells[column] ?? '');
		if (!('genre' in place) || place.genre !== 'epci' || !/\p{L}{2}/u.test(nom) || nom.length > LONGEST) continue;
		const before = names.get(place.code);
		names.set(place.code, before === undefined || before === nom ? nom : null);
	}
	return new Map([...names].flatMap(([code, nom]) => (nom === null ? [] : [[code, nom] as const])));
}
