import { formsOf, nameWords, type NameForm } from '../places/place-names';
import type { Commune, Quartier } from '../territory';
import type { Grant } from './grant';
import { communeFinder, type GrantCommune } from './grant-commune';
import type { LedgerGeography } from './ledger-geography';
import { NO_NAMES, readTitle, type QuartierNames } from './title-quartiers';

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
	/** What the row says against itself, in French. */
	readonly contraire?: string;
}

interface Around {
	readonly geography: LedgerGeography;
	readonly communeOf: (grant: Grant) => GrantCommune;
	/** Quartiers of a commune. */
	readonly own: ReadonlyMap<string, readonly Pick<Quartier, 'code' | 'nom' | 'alias'>[]>;
	readonly namesIn: (commune: string) => QuartierNames;
	/** Whole names that one quartier alone bears in an intercommunality. */
	readonly namesAmong: (epci: string, communes: readonly Commune[]) => QuartierNames;
}

/**
 * Makes the placing of grants ready for one set of quartiers.
 * out    a function: same grant, same place
 * never  takes the seat of a body for the place of its works; joins a quartier by name across communes, but for a whole name that
 *        is alone in the intercommunality whose project it is; says « elsewhere » without a commune that is surely the one of the
 *        works, nor when no quartier is loaded
 */
export function grantPlacer(geography: LedgerGeography): (grant: Grant) => GrantPlace {
	const own = new Map<string, Pick<Quartier, 'code' | 'nom' | 'alias'>[]>();
	for (const quartier of geography.quartiers)
		for (const { code } of quartier.communes) own.set(code, [...(own.get(code) ?? []), quartier]);
	const byPlace = new Map<string, QuartierNames>();
	const once = (key: string, make: () => QuartierNames): QuartierNames => {
		const names = byPlace.get(key) ?? make();
		byPlace.set(key, names);
		return names;
	};
	const formsIn = (commune: string): NameForm[] =>
		(own.get(commune) ?? []).flatMap((q) => formsOf(q.code, q.nom, q.alias));
	const around: Around = {
		geography,
		communeOf: communeFinder(geography),
		own,
		namesIn: (code) => once(code, () => namesOf(formsIn(code), [geography.commune(code)?.nom ?? ''])),
		namesAmong: (epci, communes) =>
			once(epci, () => {
				const whole = communes.flatMap((c) => formsIn(c.code)).filter((f) => !f.part);
				return namesOf(
					whole,
					communes.map((c) => c.nom)
				);
			})
	};
	return (grant) => placeGrant(grant, around);
}

function namesOf(all: readonly NameForm[], communes: readonly string[]): QuartierNames {
	const forms = new Map<string, NameForm[]>();
	for (const form of all) {
		const first = form.words[0] ?? '';
		const known = forms.get(first) ?? [];
		// A quartier over two communes is met in each.
		const twice = known.some((f) => f.quartier === form.quartier && f.words.join() === form.words.join());
		forms.set(first, twice ? known : [...known, form]);
	}
	return { forms, communes: new Set(communes.map((nom) => nameWords(nom).join(' '))) };
}

function placeGrant(grant: Grant, around: Around): GrantPlace {
	const { geography, own } = around;
	const { commune, sure, preuve, epci, contraire } = around.communeOf(grant);
	const more = contraire === null ? {} : { contraire };
	const at = {
		commune: sure ? commune : null,
		epci: sure && commune ? (geography.commune(commune)?.epci ?? null) : epci,
		quartiers: [] as string[],
		...more
	};
	if (geography.quartiers.length === 0)
		return { ...at, part: 'inconnu', preuve: 'aucun périmètre de quartier n’est chargé pour ce territoire' };
	const members = epci === null || contraire !== null ? null : geography.communesOfEpci(epci);
	const names = commune !== null ? around.namesIn(commune) : members ? around.namesAmong(epci!, members) : NO_NAMES;
	const title = readTitle(grant.intitule, names);
	const codes = title.doute === null && !title.hors ? codesIn(grant.intitule, geography) : [];
	const inside = codes.length ? codes : title.hors ? [] : title.dedans;
	if (inside.length && (commune === null || codes.length || own.has(commune)))
		return {
			...at,
			...(at.commune === null && contraire === null ? aroundOf(inside, at.epci, geography) : {}),
			part: 'en-qpv',
			quartiers: inside,
			preuve: `${codes.length ? 'code de quartier' : 'quartier nommé'} dans l’intitulé`
		};
	const here = commune === null ? [] : (own.get(commune) ?? []);
	if (sure && here.length === 0)
		return { ...at, part: 'ailleurs', preuve: `commune sans quartier prioritaire (${preuve})` };
	if (title.hors && commune !== null)
		return { ...at, part: 'ailleurs', preuve: 'l’intitulé dit « hors quartier prioritaire »' };
	if (title.dit)
		return {
			...at,
			part: 'en-qpv',
			quartiers: sure && here.length === 1 ? [here[0]!.code] : [],
			preuve: 'l’intitulé dit « quartier prioritaire »'
		};
	if (sure) return { ...at, part: 'commune-avec-qpv', preuve: title.doute ?? preuve };
	if (members && !members.some((c) => own.has(c.code)))
		return { ...at, part: 'ailleurs', preuve: 'intercommunalité sans quartier prioritaire' };
	if (commune !== null)
		return {
			...{ ...at, part: 'inconnu', preuve: `${preuve}, qui peut n’être que son siège` },
			raison: 'la commune donnée peut n’être que le siège du bénéficiaire'
		};
	return {
		...{ ...at, part: 'inconnu', preuve: title.doute ?? preuve },
		...(contraire === null ? {} : { raison: 'le code et le nom disent deux communes' }),
		...(title.doute === null ? {} : { raison: 'l’intitulé cite un quartier sans dire que c’est le lieu' })
	};
}

/** Where the quartiers named are, when all are in one commune, or in one intercommunality. */
function aroundOf(
	codes: readonly string[],
	epci: string | null,
	{ quartiers, commune }: LedgerGeography
): Pick<GrantPlace, 'commune' | 'epci'> {
	const communes = [
		...new Set(quartiers.filter((q) => codes.includes(q.code)).flatMap((q) => q.communes.map((c) => c.code as string)))
	];
	const epcis = [...new Set(communes.map((code) => commune(code)?.epci ?? null))];
	return { commune: communes.length === 1 ? communes[0]! : null, epci: epcis.length === 1 ? epcis[0]! : epci };
}

const codesIn = (text: string, { quartiers }: LedgerGeography): string[] => {
	const found = new Set([...text.matchAll(/\bQN[0-9A-Z]{3}\d{2}[A-Z]\b/gi)].map((m) => m[0].toUpperCase()));
	return quartiers.filter((q) => found.has(q.code)).map((q) => q.code);
};
