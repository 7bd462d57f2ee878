import { list, ofThe } from '../french';
import { nameKey, nameWords } from '../places/place-names';
import { plain } from '../text';
import type { Commune } from '../territory';
import type { Grant } from './grant';
import type { LedgerGeography } from './ledger-geography';
import { communeNames, communesNamed, coreOfEpci, type CommuneNames } from './title-communes';

/* The commune of the works: that of a commune that builds at home is sure; the address of another body may be its seat. */

export interface GrantCommune {
	readonly commune: string | null;
	/** False: `commune` may be but the seat of the body. */
	readonly sure: boolean;
	readonly preuve: string;
	/** The intercommunality whose project it is, by SIREN. */
	readonly epci: string | null;
	/** What the row says against itself, in French; null when it does not. */
	readonly contraire: string | null;
}

/**
 * Makes the finding of communes ready.
 * out    a function: same grant, same commune
 * never  chooses between two communes that the row names, unless two things that do not come from one another speak for one
 */
export function communeFinder(geography: LedgerGeography): (grant: Grant) => GrantCommune {
	const byDepartment = new Map<string, CommuneNames>();
	const byEpci = new Map<string, CommuneNames>();
	const kept = (known: Map<string, CommuneNames>, key: string, make: () => CommuneNames): CommuneNames => {
		const names = known.get(key) ?? make();
		known.set(key, names);
		return names;
	};
	const around = (departements: readonly (string | null | undefined)[], epci: string | null): CommuneNames => {
		const codes = [...new Set(departements.flatMap((d) => d ?? []))].sort();
		return kept(byDepartment, [...codes, epci].join(), () =>
			communeNames(
				codes.flatMap((d) => geography.communesOfDepartment(d)),
				epci && geography.nomEpci(epci)
			)
		);
	};
	const membersOf = (siren: string, members: readonly Commune[]): CommuneNames =>
		kept(byEpci, siren, () => communeNames(withFormer(members, geography), geography.nomEpci(siren)));
	return (grant) => findCommune(grant, geography, around, membersOf);
}

const withFormer = (communes: readonly Commune[], { commune }: LedgerGeography): Commune[] =>
	communes.flatMap((c) => [c, ...(commune(c.code)?.anciens ?? []).map((nom) => ({ code: c.code, nom }))]);

/** First words of bodies that are neither a commune nor one of its services. */
const GROUPING =
	/^(?:communaute|agglo|agglomeration|cc|ca|cu|metropole|syndicat|syndmc|synd|sivom|sivu|sivos|siaep|sirs|sisco|si|sm|departement|dep|region|reg)\b/;

function findCommune(
	grant: Grant,
	geography: LedgerGeography,
	around: (departements: readonly (string | null | undefined)[], epci: string | null) => CommuneNames,
	membersOf: (siren: string, members: readonly Commune[]) => CommuneNames
): GrantCommune {
	const nom = (code: string): string => geography.commune(code)?.nom ?? code;
	const byName =
		grant.communeNom && grant.departement ? geography.communeNamed(grant.communeNom, grant.departement) : null;
	const body = grant.siren ? geography.communeOfSiren(grant.siren) : null;
	// A code that is no commune’s speaks against the name beside it: the number of the body must confirm one.
	const isDoubtful = grant.commune === null && grant.codeInconnu !== undefined;
	const confirmed = body !== null && (byName ?? (isNamed(grant, body, geography) && body)) === body ? body : null;
	const told = grant.commune ? (geography.commune(grant.commune)?.code ?? null) : isDoubtful ? confirmed : byName;
	const nowhere = { commune: null, sure: false, epci: null, contraire: null };
	const named = (code: string, more = {}): GrantCommune => ({
		...{ commune: code, sure: true, preuve: `${nom(code)}, nommée dans l’intitulé`, epci: null, contraire: null },
		...more
	});
	const epci = intercommunality(grant, told ?? body, geography);
	if (epci !== null) {
		const found = communesNamed(grant.intitule, membersOf(epci.siren, epci.communes), (code) =>
			code === told ? 'ligne' : 'membre'
		);
		if (found.length === 1) return named(found[0]!, { epci: epci.siren });
		const preuve =
			told === null ? 'la liste ne dit pas la commune' : 'projet intercommunal, commune des travaux non dite';
		return { ...nowhere, preuve, epci: epci.siren };
	}
	if (isDoubtful && told === null) return { ...nowhere, preuve: 'la liste donne un code de commune inconnu' };
	const grouping = GROUPING.test(plain(grant.beneficiaire ?? ''));
	const own = grouping ? null : ownCommune(grant, told, body, geography);
	if (own) return own;
	const here = told ?? body;
	if (here === null) return { ...nowhere, preuve: 'la liste ne dit pas la commune' };
	// A list without bodies gives the commune of the project.
	if (grant.siren === null && grant.beneficiaire === null)
		return { ...nowhere, commune: here, sure: true, preuve: `commune ${ofThe(nom(here))} donnée par la liste` };
	// « Rue de la Gare à Lens »: the title itself says where, be it not at the seat.
	const { departement, epci: larger } = geography.commune(here)!;
	const names = around([departement, grant.departement], larger);
	const found = communesNamed(grant.intitule, names, (code) => (code === here ? 'ligne' : null));
	if (found.length === 1) return named(found[0]!);
	const preuve = `commune ${ofThe(nom(here))} d’après la liste`;
	return { ...nowhere, commune: here, preuve };
}

/** The body as an intercommunality: by its SIREN, else by its name when it is that of the commune the row gives. */
function intercommunality(
	{ siren, beneficiaire }: Grant,
	here: string | null,
	geography: LedgerGeography
): { readonly siren: string; readonly communes: readonly Commune[] } | null {
	const own = siren ? geography.communesOfEpci(siren) : null;
	if (own) return { siren: siren!, communes: own };
	const around = here === null ? null : (geography.commune(here)?.epci ?? null);
	const nom = around === null ? null : geography.nomEpci(around);
	if (nom === null || !beneficiaire || !GROUPING.test(plain(beneficiaire))) return null;
	const isIt = nameKey(coreOfEpci(nom)) === nameKey(coreOfEpci(beneficiaire.replace(/\(.*$/, '')));
	const communes = isIt ? geography.communesOfEpci(around!) : null;
	return communes && { siren: around!, communes };
}

/** « Commune de Lys », « Ville de Lys », « Lys » → « Lys »; null when nobody is named. */
const bareBody = (text: string | null): string | null =>
	text?.replace(/^\s*(?:commune|ville|mairie)\s+(?:de\s+la\s+|de\s+l['’]\s*|des?\s+|du\s+|d['’]\s*)?/i, '').trim() ||
	null;

/** The commune whose project it is, when the body is one; null when it is not, or nobody knows. */
function ownCommune(
	grant: Grant,
	told: string | null,
	body: string | null,
	geography: LedgerGeography
): GrantCommune | null {
	const nom = (code: string): string => geography.commune(code)?.nom ?? code;
	const bare = bareBody(grant.beneficiaire);
	const base = told ?? body;
	const fits = (code: string | null): code is string => code !== null && isNamed(grant, code, geography);
	const sure = (commune: string, preuve: string, contraire: string | null = null): GrantCommune => ({
		...{ commune, sure: true, preuve, epci: null, contraire }
	});
	const inDepartment = bare && grant.departement ? geography.communeNamed(bare, grant.departement) : null;
	if (base === null)
		// Without a number, only its name says who it is; two communes of that name in the department: nobody knows.
		return inDepartment !== null && grant.siren === null
			? sure(inDepartment, `nom de la commune, ${nom(inDepartment)}, donné pour bénéficiaire`)
			: null;
	if (told === body && fits(base)) return sure(base, `projet de la commune ${ofThe(nom(base))}`);
	// The number of another kind of body: a company or an association may bear the name of a commune.
	const isCommune = body !== null || grant.siren === null || grant.siren.startsWith('21');
	const elsewhere = bare === null || fits(base) ? null : geography.communeNamedNear(bare, base);
	const theirs = isCommune ? [told, body, inDepartment, inDepartment === null ? elsewhere : null] : [told];
	const communes = [...new Set(theirs.flatMap((c) => c ?? []))];
	if (communes.length < 2)
		return fits(base) || (isCommune && grant.siren !== null)
			? sure(base, `projet de la commune ${ofThe(nom(base))}`)
			: null;
	return weighed(grant, { told, body, communes, fits }, geography);
}

/** Does the body bear the name of this commune? */
function isNamed({ beneficiaire }: Grant, code: string, geography: LedgerGeography): boolean {
	const bare = bareBody(beneficiaire);
	return bare !== null && bears(code, bare, geography);
}

/** Does a commune, or one that joined it, bear this name? */
function bears(code: string, bare: string, { commune }: LedgerGeography): boolean {
	const known = commune(code);
	const key = nameKey(nameWords(bare));
	return known !== null && [known.nom, ...(known.anciens ?? [])].some((nom) => nameKey(nameWords(nom)) === key);
}

/** Two communes or more are said: the one for which two things speak that do not come from one another, or none. */
function weighed(
	grant: Grant,
	said: {
		readonly told: string | null;
		readonly body: string | null;
		readonly communes: readonly string[];
		readonly fits: (code: string) => boolean;
	},
	geography: LedgerGeography
): GrantCommune {
	const { told, body, communes, fits } = said;
	const nom = (code: string): string => `${geography.commune(code)?.nom ?? code} (${code})`;
	const departements = communes.map((c) => geography.commune(c)?.departement);
	const apart = new Set(departements).size > 1;
	const titled = communesNamed(
		grant.intitule,
		communeNames(
			withFormer(
				communes.map((code) => ({ code, nom: geography.commune(code)?.nom ?? '' }) as Commune),
				geography
			)
		),
		() => 'membre'
	);
	const facts = communes.map((code, i) => [
		// A list takes the code from the number, or the number from the code: they are one thing.
		...(told === code ? [body === code ? 'le code INSEE et le SIREN' : 'le code INSEE'] : []),
		...(body === code && told !== code ? ['le SIREN'] : []),
		...(fits(code) ? ['le nom du bénéficiaire'] : []),
		...(apart && grant.departement !== null && departements[i] === grant.departement ? ['le département'] : []),
		...(titled.length === 1 && titled[0] === code ? ['l’intitulé'] : [])
	]);
	const most = Math.max(...facts.map((f) => f.length));
	const best =
		facts.filter((f) => f.length === most).length === 1 && most > 1 ? facts.findIndex((f) => f.length === most) : -1;
	const dits = communes
		.flatMap((code, i) => (facts[i]!.length > 0 ? [`${nom(code)} d’après ${list(facts[i]!)}`] : []))
		.join(', ');
	if (best >= 0)
		return {
			...{ commune: communes[best]!, sure: true, epci: null },
			preuve: `${nom(communes[best]!)} d’après ${list(facts[best]!)}`,
			contraire: `${dits}\u202f; ${nom(communes[best]!)} est retenue`
		};
	const epcis = [...new Set(communes.map((c) => geography.commune(c)?.epci ?? null))];
	return {
		...{ commune: null, sure: false, epci: epcis.length === 1 ? epcis[0]! : null },
		preuve: `deux communes pour un projet\u00a0: ${dits}`,
		contraire: `${dits}\u202f; le lieu reste à préciser`
	};
}
