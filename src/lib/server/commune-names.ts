import { nameKey, nameWords } from '../domain/places/place-names';
import { plain } from '../domain/text';
import type { Commune, InseeCode } from '../domain/territory';
import {
	communeOf,
	departmentOf,
	departmentsOfRegion,
	namedCommunes,
	regionOfDepartment,
	type NamedCommune
} from './cog';

/* Communes by name: those in force, and those that joined another (« Lomme » is in Lille). */

/** A commune that joined « Lille » may be written « Hellemmes-Lille », and is called « Hellemmes ». */
function callNames({ nom, actuelle, jointe }: NamedCommune): string[] {
	const own = jointe ? `-${communeOf(actuelle)?.nom ?? ''}` : '';
	const short = own.length > 1 && nom.endsWith(own) ? nom.slice(0, -own.length) : nom;
	return short === nom || /-(?:lès|les|sur|sous|de|en)$/.test(short) ? [nom] : [nom, short];
}

/** « 59 saint aubin » → the only commune so called; null: two are. */
let byName: Map<string, InseeCode | null> | null = null;
let byDepartment: Map<string, NamedCommune[]> | null = null;
let former: Map<string, string[]> | null = null;

/** As it is written, then without its small words: « Bruay-sur-Escaut » is « Bruay-sur-l’Escaut ». */
const keysOf = (nom: string): string[] => [
	`= ${plain(nom).replace(/\bst(e?)\b/g, 'saint$1')}`,
	`~ ${nameKey(nameWords(nom))}`
];

function index(): Map<string, InseeCode | null> {
	if (byName) return byName;
	byName = new Map();
	// A commune in force keeps its name from one that joined another; two of the same rank leave it to nobody.
	for (const jointe of [false, true]) {
		const rank = new Map<string, InseeCode | null>();
		for (const commune of namedCommunes()) {
			if (commune.jointe !== jointe) continue;
			for (const key of callNames(commune)
				.flatMap(keysOf)
				.map((k) => `${departmentOf(commune.actuelle)} ${k}`)) {
				const known = rank.get(key);
				rank.set(key, known === undefined || known === commune.actuelle ? commune.actuelle : null);
			}
		}
		for (const [key, code] of rank) if (!byName.has(key)) byName.set(key, code);
	}
	return byName;
}

/** A commune by its name in a department (« 59 », « 2A », « 974 »); null when none or two bear it. */
export function communeNamedIn(nom: string, departement: string): InseeCode | null {
	const names = index();
	for (const key of keysOf(nom)) {
		const found = names.get(`${departement} ${key}`);
		if (found !== undefined) return found;
	}
	return null;
}

/** The only commune of that name in the region of another; null when none or two bear it. */
export function communeNamedNear(nom: string, commune: string): InseeCode | null {
	const region = regionOfDepartment(departmentOf(commune));
	if (region === null) return null;
	const found = new Set(departmentsOfRegion(region).flatMap((d) => communeNamedIn(nom, d) ?? []));
	return found.size === 1 ? [...found][0]! : null;
}

/** Every name of a commune of a department, with the code in force. */
export function communesOfDepartment(departement: string): readonly Commune[] {
	if (!byDepartment) {
		byDepartment = new Map();
		for (const named of namedCommunes()) {
			const key = departmentOf(named.actuelle);
			byDepartment.set(key, [...(byDepartment.get(key) ?? []), named]);
		}
	}
	return (byDepartment.get(departement) ?? []).flatMap((named) =>
		callNames(named).map((nom) => ({ code: named.actuelle, nom }))
	);
}

/** Names of the communes that joined one. */
export function formerNames(commune: string): readonly string[] {
	if (!former) {
		former = new Map();
		for (const named of namedCommunes()) {
			if (!named.jointe) continue;
			const own = callNames(named).filter((nom) => nom !== communeOf(named.actuelle)?.nom);
			former.set(named.actuelle, [...(former.get(named.actuelle) ?? []), ...own]);
		}
	}
	return former.get(commune) ?? [];
}
