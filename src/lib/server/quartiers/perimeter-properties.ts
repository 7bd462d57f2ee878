import { list } from '../../domain/french';
import { sirenOf } from '../../domain/siren';
import { plain } from '../../domain/text';
import { InseeCode, TerritoryCode, type Commune } from '../../domain/territory';
import { communeOf, epciOf, epciOfCommune } from '../cog';
import { communeNamedIn } from '../commune-names';

/** What the properties of one feature say, whatever their vintage calls them. */
export interface QpvProperties {
	/** '' when absent. */
	readonly code: string;
	readonly nom: string;
	readonly communes: readonly Commune[];
	readonly epci: readonly TerritoryCode[];
	/** Codes written for them of which none has a known form: « ZY501 ». */
	readonly refuses: readonly string[];
	/** Name of its only EPCI, when the file says it. */
	readonly nomEpci: string | null;
	/** French sentences. */
	readonly avertissements: readonly string[];
}

/** Property names by file vintage, compared without case, accent or punctuation; the first found wins. */
const NAMES = {
	code: ['codeqp', 'codeqpv', 'codequartier', 'codeqp2024', 'qp2024', 'codgeoqp', 'idqp', 'idqpv'],
	nom: [
		'libqp',
		'libqpv',
		'nomqp',
		'nomqpv',
		'nomquartier',
		'libellequartier',
		'libelleqp',
		'labelqp2024',
		'nom',
		'libelle'
	],
	communes: ['inseecom', 'codeinsee', 'codescommunes', 'codecommune', 'codecom', 'depcom', 'com', 'cog', 'codgeo'],
	nomsCommunes: [
		'libcom',
		'nomcom',
		'communeqp',
		'communesqp',
		'nomscommunes',
		'nomcommune',
		'nomscom',
		'communes',
		'commune'
	],
	epci: ['sirenepci', 'codeepci', 'codesepci', 'epci'],
	nomEpci: ['libepci', 'nomepci', 'libelleepci']
} as const;

export const hasQpvProperty = (properties: unknown): boolean => byAlias(properties)('code') !== null;

export function readProperties(properties: unknown): QpvProperties {
	const value = byAlias(properties);
	const code = (value('code') ?? '').toUpperCase();
	const names = value('nomsCommunes') ?? '';
	const written = readCommunes(value('communes') ?? '', names);
	const communes = written.length ? written : communesByName(names, code);
	const { epci, dit } = readEpci(value('epci') ?? '', communes);
	const inCode = communes.filter((c) => !c.code.startsWith('ZZ') && !communeOf(c.code));
	return {
		code,
		nom: value('nom') ?? '',
		communes,
		epci,
		refuses: [value('communes'), value('epci')].filter((said) => said !== null),
		nomEpci: epci.length === 1 ? value('nomEpci') : null,
		avertissements: [
			...inCode.map((c) => `${code}\u00a0: la commune ${c.code} est inconnue du code officiel géographique.`),
			...dit
		]
	};
}

function byAlias(properties: unknown): (field: keyof typeof NAMES) => string | null {
	const values = new Map<string, unknown>();
	for (const [key, v] of Object.entries((properties ?? {}) as Record<string, unknown>))
		values.set(plain(key).replaceAll(' ', ''), v);
	return (field) => {
		for (const name of NAMES[field]) {
			const v = values.get(name);
			const text = (Array.isArray(v) ? v : [v]).filter(isPrinted).join(', ').trim();
			if (text !== '' && text !== 'NA') return text;
		}
		return null;
	};
}

const isPrinted = (v: unknown): boolean => typeof v === 'string' || typeof v === 'number';

/** Codes decide; the COG names them, the file names those it does not know (fictional or abolished). */
function readCommunes(codes: string, names: string): Commune[] {
	const found = [...new Set(codes.match(/[0-9A-Z]+/gi) ?? [])]
		.map((c) => c.toUpperCase().padStart(5, '0'))
		.filter((c) => InseeCode.safeParse(c).success) as InseeCode[];
	const known = found.map((code) => communeOf(code)?.nom ?? null);
	// A commune name may hold the separator: names already known are taken out before the others are counted.
	let left = names;
	for (const nom of known) if (nom) left = left.replace(nom, '');
	const remaining = left
		.split(/[,;|/]/)
		.map((n) => n.trim())
		.filter(Boolean);
	const unknown = known.filter((nom) => nom === null).length;
	return found.map((code, i) => {
		const rank = known.slice(0, i).filter((nom) => nom === null).length;
		const own = unknown === 1 ? left.replace(/^[\s,;|/]+|[\s,;|/]+$/g, '') : remaining[rank];
		const nom = known[i] ?? (unknown === 1 || remaining.length === unknown ? own : null);
		return { code, nom: nom || code };
	});
}

/** Older files name the communes without their codes: the department in the code of the quartier tells which they are. */
function communesByName(names: string, code: string): Commune[] {
	const departement = /^QN0?(\d{2,3}|2[AB])/.exec(code.slice(0, 5))?.[1];
	if (!departement) return [];
	const found = [names, ...names.split(/[,;|/]/)].map((name) => communeNamedIn(name.trim(), departement));
	return [...new Set(found)].flatMap((insee) => (insee ? [{ code: insee, nom: communeOf(insee)?.nom ?? insee }] : []));
}

/**
 * The EPCI a quartier is of: those of the file when the national list knows them, or when their code can be that of no EPCI (a
 * territory made by hand: the file decides); else, for one that no longer exists, those of its communes today.
 * out    `dit`: what the national list says otherwise, in French, the same for each quartier of the same EPCI
 */
function readEpci(codes: string, communes: readonly Commune[]): { epci: TerritoryCode[]; dit: string[] } {
	const written = [...new Set((codes.match(/\d{9}|ZZ\d{7}/g) ?? []) as TerritoryCode[])];
	const derived = [...new Set(communes.flatMap((c) => epciOfCommune(c.code)?.code ?? []))] as TerritoryCode[];
	const unlisted = written.filter((c) => !c.startsWith('ZZ') && !epciOf(c));
	if ((written.length > 0 && unlisted.length === 0) || derived.length === 0) return { epci: usable(written), dit: [] };
	if (written.length === 0) return { epci: usable(derived), dit: [] };
	const theirs = list(derived.map((c) => `${epciOf(c)?.nom ?? c} (${c})`));
	const named = `L’intercommunalité ${list(unlisted)} du fichier n’est pas dans la liste nationale`;
	if (unlisted.every(isMadeByHand))
		return {
			epci: usable(written),
			dit: [
				`${named}\u00a0: elle est gardée comme le fichier l’écrit, et ses quartiers ne sont pas rangés dans ${theirs}, celle de leurs communes. Pour les y ranger, écrivez ce code dans le fichier et réimportez-le.`
			]
		};
	return {
		epci: usable(derived),
		dit: [`${named}\u00a0: ses quartiers sont rangés dans ${theirs}, celle de leurs communes aujourd’hui.`]
	};
}

const usable = (codes: readonly TerritoryCode[]): TerritoryCode[] =>
	codes.filter((c) => TerritoryCode.safeParse(c).success);

/** The SIREN of an EPCI begins with 20 or 24, and its key is right. */
const isMadeByHand = (code: string): boolean => !/^2[04]/.test(code) || !sirenOf(code)?.juste;
