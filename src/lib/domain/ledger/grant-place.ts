import { findNames, formsOf, nameWords, type NameForm } from '../places/place-names';
import type { Commune, Quartier } from '../territory';
import { ofThe } from '../french';
import { plain } from '../text';
import type { Grant } from './grant';

/** Where a grant surely goes; `inconnu` is neither yes nor no. */
export const PARTS = ['en-qpv', 'commune-avec-qpv', 'ailleurs', 'inconnu'] as const;
export type Part = (typeof PARTS)[number];

export interface GrantPlace {
	readonly part: Part;
	/** Commune of the works, when it is known. */
	readonly commune: string | null;
	readonly epci: string | null;
	/** Quartiers named. */
	readonly quartiers: readonly string[];
	/** How we know, in French. */
	readonly preuve: string;
	/** The same without names of places, to group what is not known. */
	readonly raison?: string;
}

/** What is known of the country, asked by the one who reads files. */
export interface LedgerGeography {
	/** Commune in force for a code, former codes included. */
	readonly commune: (
		code: string
	) => { readonly code: string; readonly nom: string; readonly epci: string | null } | null;
	/** Commune by name within a department; null when none or two bear it. */
	readonly communeNamed: (nom: string, departement: string) => string | null;
	/** The commune that has this SIREN. */
	readonly communeOfSiren: (siren: string) => string | null;
	/** Communes of an EPCI, by SIREN; null when it is no EPCI. */
	readonly communesOfEpci: (siren: string) => readonly Commune[] | null;
	readonly quartiers: readonly Pick<Quartier, 'code' | 'nom' | 'communes' | 'alias'>[];
}

interface CommuneQuartiers {
	readonly quartiers: readonly Pick<Quartier, 'code' | 'nom' | 'alias'>[];
	readonly forms: ReadonlyMap<string, readonly NameForm[]>;
	readonly names: ReadonlySet<string>;
}

const PRIORITY = /\bqpv\b|\bquartiers? prioritaires?\b|\bq[np]\d{3}\w{3}\b/;
const OUTSIDE = /\bhors (?:qpv|quartiers? prioritaires?)\b/;

/**
 * Makes the placing of grants ready for one set of quartiers.
 * out    a function: same grant, same place
 * never  takes the seat of a body for the place of its works; joins a quartier by name across communes; says « elsewhere »
 *        without a commune that is surely the one of the works, nor when no quartier is loaded
 */
export function grantPlacer(geography: LedgerGeography): (grant: Grant) => GrantPlace {
	const byCommune = new Map<string, CommuneQuartiers>();
	const own = new Map<string, Pick<Quartier, 'code' | 'nom' | 'alias'>[]>();
	for (const quartier of geography.quartiers)
		for (const { code } of quartier.communes) own.set(code, [...(own.get(code) ?? []), quartier]);
	const quartiersOf = (code: string): CommuneQuartiers => {
		const known = byCommune.get(code);
		if (known) return known;
		const quartiers = own.get(code) ?? [];
		const forms = new Map<string, NameForm[]>();
		for (const form of quartiers.flatMap((q) => formsOf(q.code, q.nom, q.alias))) {
			const first = form.words[0] ?? '';
			forms.set(first, [...(forms.get(first) ?? []), form]);
		}
		const commune = geography.commune(code);
		const made = { quartiers, forms, names: new Set(commune ? [nameWords(commune.nom).join(' ')] : []) };
		byCommune.set(code, made);
		return made;
	};
	return (grant) => placeGrant(grant, geography, own, quartiersOf);
}

function placeGrant(
	grant: Grant,
	geography: LedgerGeography,
	own: ReadonlyMap<string, unknown>,
	quartiersOf: (code: string) => CommuneQuartiers
): GrantPlace {
	const { commune, sure, preuve } = communeOf(grant, geography);
	const epci = commune ? (geography.commune(commune)?.epci ?? null) : null;
	const at = { commune, epci, quartiers: [] as string[] };
	if (geography.quartiers.length === 0)
		return { ...at, part: 'inconnu', preuve: 'aucun périmètre de quartier n’est chargé pour ce territoire' };
	const words = plain(grant.intitule);
	const said = PRIORITY.test(words) && !OUTSIDE.test(words);
	if (commune === null) {
		const code = codesIn(grant.intitule, geography);
		if (code.length) return { ...at, part: 'en-qpv', quartiers: code, preuve: 'code de quartier dans l’intitulé' };
		if (said) return { ...at, part: 'en-qpv', preuve: 'l’intitulé dit « quartier prioritaire »' };
		const members = grant.siren ? geography.communesOfEpci(grant.siren) : null;
		if (members && !members.some((c) => own.has(c.code)))
			return { ...at, epci: grant.siren, part: 'ailleurs', preuve: 'intercommunalité sans quartier prioritaire' };
		return { ...at, epci: members ? grant.siren : null, part: 'inconnu', preuve };
	}
	const here = quartiersOf(commune);
	const codes = codesIn(grant.intitule, geography);
	if (codes.length) return { ...at, part: 'en-qpv', quartiers: codes, preuve: 'code de quartier dans l’intitulé' };
	if (here.quartiers.length === 0)
		return sure
			? { ...at, part: 'ailleurs', preuve: `commune sans quartier prioritaire (${preuve})` }
			: {
					...at,
					part: 'inconnu',
					preuve: `${preuve}, qui peut n’être que son siège`,
					raison: 'la commune donnée peut n’être que le siège du bénéficiaire'
				};
	// « en QPV et hors QPV » is both: nothing is sure.
	if (OUTSIDE.test(words) && !PRIORITY.test(words.replace(OUTSIDE, '')))
		return { ...at, part: 'ailleurs', preuve: 'l’intitulé dit « hors quartier prioritaire »' };
	const named = findNames(grant.intitule, here.forms, { strict: true, communes: here.names });
	const quartiers = [...new Set(named.flatMap((m) => (m.forms.length === 1 ? [m.forms[0]!.quartier] : [])))];
	if (quartiers.length) return { ...at, part: 'en-qpv', quartiers, preuve: 'quartier nommé dans l’intitulé' };
	if (said)
		return {
			...at,
			part: 'en-qpv',
			quartiers: here.quartiers.length === 1 ? [here.quartiers[0]!.code] : [],
			preuve: 'l’intitulé dit « quartier prioritaire »'
		};
	return { ...at, part: 'commune-avec-qpv', preuve };
}

const codesIn = (text: string, { quartiers }: LedgerGeography): string[] => {
	const found = new Set([...text.matchAll(/\bQN[0-9A-Z]{3}\d{2}[A-Z]\b/gi)].map((m) => m[0].toUpperCase()));
	return quartiers.filter((q) => found.has(q.code)).map((q) => q.code);
};

/** The commune of the works: that of a commune that builds at home is sure; the address of another body may be its seat. */
function communeOf(
	grant: Grant,
	geography: LedgerGeography
): { readonly commune: string | null; readonly sure: boolean; readonly preuve: string } {
	const byName =
		grant.communeNom && grant.departement ? geography.communeNamed(grant.communeNom, grant.departement) : null;
	const told = grant.commune ? (geography.commune(grant.commune)?.code ?? null) : byName;
	const body = grant.siren ? geography.communeOfSiren(grant.siren) : null;
	const nom = (code: string): string => geography.commune(code)?.nom ?? code;
	if (body !== null)
		return { commune: told ?? body, sure: true, preuve: `projet de la commune ${ofThe(nom(told ?? body))}` };
	if (told === null) {
		// Without a number, only its name says who it is; two communes of that name in the department: nobody knows.
		const bare = grant.siren === null ? bareBody(grant.beneficiaire) : null;
		const named = bare && grant.departement ? geography.communeNamed(bare, grant.departement) : null;
		if (named !== null)
			return { commune: named, sure: true, preuve: `nom de la commune, ${nom(named)}, donné pour bénéficiaire` };
		return { commune: null, sure: false, preuve: 'la liste ne dit pas la commune' };
	}
	// « Rue de la Gare à Lens » : the title itself says where.
	if (isNamed(nom(told), grant.intitule))
		return { commune: told, sure: true, preuve: `${nom(told)}, nommée dans l’intitulé` };
	const owner = plain(grant.beneficiaire ?? '');
	if (new RegExp(`^(?:commune|ville|mairie)? ?(?:de |d |du |des |la |le )*${escaped(plain(nom(told)))}$`).test(owner))
		return { commune: told, sure: true, preuve: `projet de la commune ${ofThe(nom(told))}` };
	const members = grant.siren ? geography.communesOfEpci(grant.siren) : null;
	// « Centre nautique de Vermoy », by an intercommunality whose own name does not hold « Vermoy ».
	const named = (members ?? []).filter((c) => isNamed(c.nom, grant.intitule) && !isNamed(c.nom, owner));
	if (named.length === 1) {
		const [{ code, nom }] = named as [Commune];
		return { commune: code, sure: true, preuve: `${nom}, nommée dans l’intitulé` };
	}
	if (members) return { commune: null, sure: false, preuve: 'projet intercommunal, commune des travaux non dite' };
	return { commune: told, sure: false, preuve: `commune ${ofThe(nom(told))} d’après la liste` };
}

/** « Commune de Lys », « Ville de Lys », « Lys » → « Lys »; null when nobody is named. */
const bareBody = (text: string | null): string | null =>
	text?.replace(/^\s*(?:commune|ville|mairie)\s+(?:de\s+|d['’]\s*)?/i, '').trim() || null;

/** Short names are common words. */
const isNamed = (commune: string, text: string): boolean =>
	commune.length > 3 && ` ${plain(text)} `.includes(` ${plain(commune)} `);

const escaped = (text: string): string => text.replace(/[^a-z0-9 ]/g, '');
