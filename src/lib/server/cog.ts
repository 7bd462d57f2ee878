import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { curly } from '../domain/french';
import { once } from '../domain/memory';
import { plain } from '../domain/text';
import type { Commune, InseeCode, Territory, TerritoryCode } from '../domain/territory';

/** One commune of the official geographic code; `actuelle` differs from `code` for a merged or associated commune. */
export interface CogCommune extends Commune {
	readonly actuelle: InseeCode;
}

export interface CogEpci {
	readonly code: TerritoryCode;
	readonly nom: string;
	readonly genre: string;
	readonly region: string | null;
	readonly communes: readonly Commune[];
}

/** A commune answers with its EPCI, the level at which plans are held. */
export interface TerritoryHit {
	readonly genre: 'epci' | 'commune';
	readonly code: string;
	readonly nom: string;
	readonly epci: { readonly code: TerritoryCode; readonly nom: string } | null;
}

interface RawEpci {
	code: string;
	nom: string;
	type?: string;
	membres: { code: string; nom: string; populationMunicipale?: number }[];
}
interface RawCommune {
	code: string;
	nom: string;
	type: string;
	chefLieu?: string;
	anciensCodes?: string[];
	siren?: string;
}
interface Index {
	readonly epci: ReadonlyMap<string, RawEpci>;
	readonly epciByCommune: ReadonlyMap<string, RawEpci>;
	readonly communes: ReadonlyMap<string, Commune>;
}
interface Hit {
	readonly folded: string;
	/** Inhabitants. */
	readonly poids: number;
	readonly hit: TerritoryHit;
}

// The package's own index.js reads its files from the working directory: they are named one by one here. Read, and not
// required: Node would hold all that they say for good.
const load = <T>(name: string): T =>
	JSON.parse(
		readFileSync(createRequire(import.meta.url).resolve(`@etalab/decoupage-administratif/data/${name}.json`), 'utf8')
	) as T;

let members: Index | null = null;
let others: OtherCommunes | null = null;
let hits: readonly Hit[] | null = null;
let names: ReadonlySet<string> | null = null;

/** EPCI and their members: about 100 ms at the first question, then nothing. */
function index(): Index {
	if (members) return members;
	const epci = new Map<string, RawEpci>();
	const epciByCommune = new Map<string, RawEpci>();
	const communes = new Map<string, Commune>();
	for (const raw of [...load<RawEpci[]>('epci'), ...load<RawEpci[]>('ept').map((e) => ({ ...e, type: 'EPT' }))]) {
		epci.set(raw.code, raw);
		for (const { code, nom } of raw.membres) {
			// Around Paris a commune has both a métropole (first) and an EPT: the métropole is its EPCI.
			if (epciByCommune.has(code)) continue;
			epciByCommune.set(code, raw);
			communes.set(code, { code: code as InseeCode, nom: curly(nom) });
		}
	}
	return (members = { epci, epciByCommune, communes });
}

/** Reads the members of every EPCI now rather than at the first question. */
export const readyCog = (): void => void index();

/** Folded names of every EPCI and commune: made at the first search only. */
function searchable(): readonly Hit[] {
	if (hits) return hits;
	const { epci, epciByCommune } = index();
	const found: Hit[] = [];
	for (const raw of epci.values()) {
		const own = { code: raw.code as TerritoryCode, nom: curly(raw.nom) };
		const poids = raw.membres.reduce((sum, m) => sum + (m.populationMunicipale ?? 0), 0);
		found.push({ folded: plain(raw.nom), poids, hit: { genre: 'epci', ...own, epci: own } });
		for (const { code, nom, populationMunicipale } of raw.membres)
			if (epciByCommune.get(code) === raw)
				found.push({
					folded: plain(nom),
					poids: populationMunicipale ?? 0,
					hit: { genre: 'commune', code, nom: curly(nom), epci: own }
				});
	}
	return (hits = found);
}

/** Asked of every line of a published list. */
const asEpci = once((raw: RawEpci): CogEpci => ({
	code: raw.code as TerritoryCode,
	nom: curly(raw.nom),
	genre: raw.type ?? 'EPCI',
	region: regionOfDepartment(departmentOf(mostPopulated(raw))),
	communes: raw.membres
		.map((m) => ({ code: m.code as InseeCode, nom: curly(m.nom) }))
		.sort((a, b) => compare(a.nom, b.nom) || compare(a.code, b.code))
}));

interface OtherCommunes {
	readonly byCode: ReadonlyMap<string, CogCommune>;
	readonly bySiren: ReadonlyMap<string, InseeCode>;
	readonly named: readonly NamedCommune[];
}

/** A name of commune and the commune that bears it, or that the one that bore it joined. */
export interface NamedCommune {
	readonly nom: string;
	readonly actuelle: InseeCode;
	/** Name of a commune that joined another: « Lomme ». */
	readonly jointe: boolean;
}

/** Communes outside any EPCI, merged or associated communes, former codes: a bigger file, read only when one is asked. */
function otherCommunes(): OtherCommunes {
	if (others) return others;
	const found = new Map<string, CogCommune>();
	const bySiren = new Map<string, InseeCode>();
	const raws = load<RawCommune[]>('communes');
	for (const raw of raws)
		if (raw.type === 'commune-actuelle') {
			if (raw.siren) bySiren.set(raw.siren, raw.code as InseeCode);
			for (const code of [raw.code, ...(raw.anciensCodes ?? [])])
				found.set(code, { code: code as InseeCode, nom: curly(raw.nom), actuelle: raw.code as InseeCode });
		}
	for (const raw of raws)
		// A delegated commune may keep the code of the new one: the new one wins.
		if (raw.chefLieu && found.get(raw.code)?.actuelle !== raw.code)
			found.set(raw.code, { code: raw.code as InseeCode, nom: curly(raw.nom), actuelle: raw.chefLieu as InseeCode });
	const named = raws
		.filter((raw) => raw.type === 'commune-actuelle' || (raw.chefLieu && raw.type.startsWith('commune-')))
		.map((raw) => ({
			nom: curly(raw.nom),
			actuelle: (raw.chefLieu && raw.type !== 'commune-actuelle' ? raw.chefLieu : raw.code) as InseeCode,
			jointe: raw.type !== 'commune-actuelle'
		}));
	return (others = { byCode: found, bySiren, named });
}

/** Every commune of the country by name, those that joined another included. */
export const namedCommunes = (): readonly NamedCommune[] => otherCommunes().named;

/** A commune by its INSEE code, former codes included; null when the code never existed. */
export function communeOf(code: string): CogCommune | null {
	const member = index().communes.get(code);
	if (member) return { ...member, actuelle: member.code };
	return /^(\d{5}|2[AB]\d{3})$/.test(code) ? (otherCommunes().byCode.get(code) ?? null) : null;
}

/** Folded names of every commune and EPCI of the country, to tell « elsewhere » from « misspelt ». */
export const placeNames = (): ReadonlySet<string> => (names ??= new Set(searchable().map(({ folded }) => folded)));

/** The commune that bears a SIREN, as a body; null for any other body. */
export const communeOfSiren = (siren: string): InseeCode | null => otherCommunes().bySiren.get(siren) ?? null;

let owners: Map<string, TerritoryHit['epci']> | null = null;
/** The EPCI of each place and of each EPCI, by `fold` of its name; null for a name that two of them bear. */
export function placeOwners(bare: (nom: string) => string): ReadonlyMap<string, TerritoryHit['epci']> {
	if (owners) return owners;
	owners = new Map();
	for (const { hit } of searchable()) {
		const key = bare(hit.nom);
		const known = owners.get(key);
		owners.set(key, known === undefined || known?.code === hit.epci?.code ? hit.epci : null);
	}
	return owners;
}

/** Code of each department by its folded name. */
export const departmentNames = (): ReadonlyMap<string, string> =>
	new Map(load<{ code: string; nom: string }[]>('departements').map((d) => [plain(d.nom), d.code]));

/** An EPCI by its SIREN; null when it is not in force. */
export function epciOf(siren: string): CogEpci | null {
	const raw = index().epci.get(siren);
	return raw ? asEpci(raw) : null;
}

/** Every EPCI of the country, by code. */
export const epciNames = (): readonly { readonly code: TerritoryCode; readonly nom: string }[] =>
	[...index().epci.values()].map(({ code, nom }) => ({ code: code as TerritoryCode, nom: curly(nom) }));

/** The EPCI of a commune, former codes included; null for an island without EPCI or an unknown code. */
export function epciOfCommune(code: string): CogEpci | null {
	const { epciByCommune } = index();
	const raw = epciByCommune.get(code) ?? epciByCommune.get(communeOf(code)?.actuelle ?? '');
	return raw ? asEpci(raw) : null;
}

let departments: ReadonlyMap<string, string> | null = null;
/** Code of the region of a department (« 59 », « 2A », « 974 »); null when there is none such. */
export function regionOfDepartment(code: string): string | null {
	departments ??= new Map(load<{ code: string; region: string }[]>('departements').map((d) => [d.code, d.region]));
	return departments.get(code) ?? null;
}

/** Codes of the departments of a region. */
export function departmentsOfRegion(region: string): readonly string[] {
	regionOfDepartment('');
	return [...departments!].flatMap(([code, own]) => (own === region ? [code] : []));
}

let regions: ReadonlyMap<string, string> | null = null;
/** Name of a region by its code (« 32 » → « Hauts-de-France »); null when the code is unknown. */
export function regionName(code: string): string | null {
	regions ??= new Map(load<{ code: string; nom: string }[]>('regions').map((r) => [r.code, r.nom]));
	return regions.get(code) ?? null;
}

/** Names of the regions. */
export const regionNames = (): readonly string[] => {
	regionName('');
	return [...regions!.values()];
};

/** An EPCI as a territory of the house, with its communes; null when the SIREN is unknown. */
export function territoryFromCog(siren: string): Territory | null {
	const epci = epciOf(siren);
	if (!epci) return null;
	return {
		code: epci.code,
		nom: epci.nom,
		genre: 'epci',
		region: epci.region,
		nature: epci.genre,
		communes: epci.communes,
		fictif: false
	};
}

/**
 * EPCI and communes whose name (or code) holds every word of the text, accents and case aside.
 * out    whole names first, then names that start with the text, then the most populated
 * empty  [] for a text without a letter or a digit
 */
export function searchTerritories(text: string, limit = 12): TerritoryHit[] {
	const wanted = plain(text);
	if (!wanted) return [];
	const words = wanted.split(' ');
	const found = searchable().filter(
		({ folded, hit }) => hit.code.toLowerCase() === wanted || words.every((w) => ` ${folded}`.includes(` ${w}`))
	);
	const rank = (h: Hit): number =>
		h.hit.code.toLowerCase() === wanted || h.folded === wanted ? 0 : h.folded.startsWith(wanted) ? 1 : 2;
	return found
		.sort((a, b) => rank(a) - rank(b) || b.poids - a.poids)
		.slice(0, limit)
		.map((h) => h.hit);
}

/** EPCI of a department asked by its code or its whole name, by name; [] for any other text. One over two departments is in both. */
export function epciInDepartment(text: string): TerritoryHit[] {
	const wanted = plain(text);
	const known = load<{ code: string; nom: string }[]>('departements');
	const department = known.find((d) => d.code.toLowerCase() === wanted || plain(d.nom) === wanted)?.code;
	if (!department) return [];
	return [...index().epci.values()]
		.filter((raw) => raw.membres.some((m) => departmentOf(m.code) === department))
		.map(({ code, nom }) => ({
			genre: 'epci' as const,
			code,
			nom: curly(nom),
			epci: { code: code as TerritoryCode, nom: curly(nom) }
		}))
		.sort((a, b) => compare(a.nom, b.nom));
}

const { compare } = new Intl.Collator('fr');

/** « 59 », « 971 »: the department of a commune, by its code. */
export const departmentOf = (commune: string): string => commune.slice(0, /^9[78]/.test(commune) ? 3 : 2);

// Two EPCI of the region overflow into Normandie: the biggest member says where the EPCI belongs.
const mostPopulated = (raw: RawEpci): string =>
	raw.membres.reduce((best, m) => ((m.populationMunicipale ?? 0) > (best.populationMunicipale ?? 0) ? m : best)).code;
