import type { Decision } from '../action';
import { reaches } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import * as fr from '../french';
import { once } from '../memory';
import { namesApart } from '../names-apart';
import { communeIndex, communeNamed, type CommuneIndex } from '../places/communes';
import { criteriaOf, type PlaceScope } from '../rules/funding';
import type { Referentiel } from '../rules/referentiel';
import type { Commune, Quartier, Territory } from '../territory';

/* Facts of a commune, of a quartier or of the whole territory that people answer once: no action is asked for them again. */

export interface PlaceFactDef {
	readonly fait: string;
	readonly question: string;
	readonly libelle: string;
	readonly portee: PlaceScope;
	/** Its answer holds for the year it was given in. */
	readonly annuel: boolean;
}

/** One gesture in force: what was answered of some places, by whom, when, after what. */
export interface PlaceFactSaid {
	readonly id: number;
	readonly fait: string;
	readonly reponses: Readonly<Record<string, boolean>>;
	readonly par: string;
	readonly le: string;
	readonly source: string | null;
}

/** What is answered in a territory; the very same object as long as nothing changed. */
export interface PlaceFacts {
	readonly territoire: string;
	readonly communes: CommuneIndex;
	readonly quartiers: ReadonlyMap<string, { readonly nom: string; readonly communes: readonly string[] }>;
	/** Fact → place → the last word on it. */
	readonly faits: ReadonlyMap<string, { readonly portee: PlaceScope; readonly lieux: ReadonlyMap<string, boolean> }>;
	readonly dits: readonly PlaceFactSaid[];
}

export const isPlaceFact = ({ sujet }: Pick<Decision, 'sujet'>): boolean => sujet.genre === 'fait-lieu';

/** Facts of places that measures ask for, in the order they do. */
export const placeFactDefs = once((families: Referentiel['financements']): ReadonlyMap<string, PlaceFactDef> => {
	const defs = new Map<string, PlaceFactDef>();
	for (const { applicable_si } of families.flatMap((f) => f.mesures))
		for (const c of applicable_si ? criteriaOf(applicable_si) : [])
			if (c.critere === 'fait' && c.portee && !defs.has(c.fait))
				defs.set(c.fait, {
					...{ fait: c.fait, question: c.question, libelle: c.libelle ?? c.question },
					...{ portee: c.portee, annuel: c.annuel ?? false }
				});
	return defs;
});

/**
 * Reads the answers in force.
 * in     decisions oldest first; `annee`: that of the reading
 * out    undefined when nobody answered; the last word on each place holds, an annual one of another year does not
 */
export function placeFactsOf(
	decisions: readonly Decision[],
	{ territory, quartiers }: { readonly territory: Territory; readonly quartiers: readonly Quartier[] },
	ref: Pick<Referentiel, 'financements'>,
	annee: string
): PlaceFacts | undefined {
	const defs = placeFactDefs(ref.financements);
	const dits = decisions.filter(isPlaceFact).flatMap(({ id, sujet, valeur, motif: source, par, le }) => {
		const def = defs.get(sujet.id);
		const said = (valeur as { reponses?: unknown } | null)?.reponses;
		if (!def || typeof said !== 'object' || said === null || (def.annuel && le.slice(0, 4) !== annee)) return [];
		const kept = Object.entries(said).filter((e): e is [string, boolean] => typeof e[1] === 'boolean');
		return kept.length ? [{ id, fait: def.fait, reponses: Object.fromEntries(kept), par, le, source }] : [];
	});
	if (dits.length === 0) return undefined;
	const faits = new Map<string, { portee: PlaceScope; lieux: Map<string, boolean> }>();
	for (const { fait, reponses } of dits) {
		const own = faits.get(fait) ?? { portee: defs.get(fait)!.portee, lieux: new Map<string, boolean>() };
		for (const [lieu, valeur] of Object.entries(reponses)) own.lieux.set(lieu, valeur);
		faits.set(fait, own);
	}
	const names = namesApart(quartiers);
	const around: readonly Commune[] = [...territory.communes, ...quartiers.flatMap((q) => q.communes)];
	return {
		territoire: territory.code,
		communes: communeIndex([...new Map(around.map((c) => [c.code, c])).values()]),
		quartiers: new Map(
			quartiers.map((q) => [q.code, { nom: names.get(q.code)!, communes: q.communes.map((c) => c.code as string) }])
		),
		...{ faits, dits }
	};
}

/** The places of an action that a fact is about, for one quartier or wherever the action is. */
function placesOf(
	{ action, reach, lieux }: PlacedAction,
	portee: PlaceScope,
	quartier: string | null
): readonly string[] {
	const { territoire, communes, quartiers } = lieux!;
	if (portee === 'territoire') return [territoire];
	const communesOf = (codes: readonly string[]) => codes.flatMap((q) => quartiers.get(q)?.communes ?? []);
	const near = quartier === null ? reach.filter((r) => reaches(r.niveau)).map((r) => r.quartier) : [quartier];
	if (portee === 'quartier') return near.length ? near : reach.map((r) => r.quartier);
	if (quartier !== null) return communesOf(near);
	const told = action.communes.flatMap((text) => communeNamed(text, communes) ?? []);
	const owner = action.porteur && action.porteurType === 'commune' ? communeNamed(action.porteur, communes) : null;
	if (told.length) return told;
	return near.length ? communesOf(near) : owner ? [owner] : [...communes.byCode.keys()];
}

/**
 * What people answered of the places of an action.
 * out    yes as soon as one of its places is: it can be asked for there; no when all of them are not; else not known
 */
export function placeFactsAt(placed: PlacedAction, quartier: string | null): Readonly<Record<string, boolean>> {
	const known: Record<string, boolean> = {};
	for (const [fait, { portee, lieux }] of placed.lieux?.faits ?? []) {
		const said = placesOf(placed, portee, quartier).map((code) => lieux.get(code));
		if (said.includes(true)) known[fait] = true;
		else if (said.length > 0 && said.every((v) => v === false)) known[fait] = false;
	}
	return known;
}

/** Places written out; beyond, they are counted. */
const NAMED = 2;

/** « s’en tenir à « Bellevue » »: where a measure holds, when it does not hold in every place of the action. */
export function onlyWhere(placed: PlacedAction, quartier: string | null, cles: readonly string[]): string[] {
	return cles.flatMap((cle) => {
		const known = placed.lieux?.faits.get(cle);
		if (!known || known.portee === 'territoire') return [];
		const all = [...new Set(placesOf(placed, known.portee, quartier))];
		const held = all.filter((code) => known.lieux.get(code) === true);
		if (held.length === 0 || held.length === all.length) return [];
		return [`s’en tenir à ${namesOf(placed.lieux!, known.portee, held)}`];
	});
}

/** « « Bellevue » et « Europe » », « Anzin », « 12 communes » */
export function namesOf({ quartiers, communes }: PlaceFacts, portee: PlaceScope, codes: readonly string[]): string {
	if (portee === 'territoire') return 'le territoire';
	if (codes.length > NAMED) return fr.count(codes.length, portee === 'commune' ? 'commune' : 'quartier');
	return fr.list(
		codes.map((code) =>
			portee === 'commune'
				? (communes.byCode.get(code as Commune['code'])?.nom ?? code)
				: fr.quoted(quartiers.get(code)?.nom ?? code)
		)
	);
}

/** « oui pour 12 communes, non pour 23, répondu par Nadia Perrault le 27/11/2026 » */
export function saidWords(facts: PlaceFacts, { fait, reponses, par, le, source }: PlaceFactSaid): string {
	const { portee } = facts.faits.get(fait)!;
	const of = (value: boolean) => Object.keys(reponses).filter((code) => reponses[code] === value);
	const [yes, no] = [of(true), of(false)];
	const said = [
		yes.length ? `oui pour ${namesOf(facts, portee, yes)}` : '',
		no.length ? `non pour ${namesOf(facts, portee, no)}` : ''
	].filter(Boolean);
	return `${said.join(', ')}, répondu par ${par} le ${fr.date(le)}${source ? `, d’après ${fr.quoted(source)}` : ''}`;
}
