import type { ActionDraft, PlanKind } from '../action';
import { answerFor } from './place-answers';
import { isNamed, type Niveau, type Reach, type ReachBy, type UnresolvedPlace } from '../crossing/place';
import { withoutOutside } from './exceptions';
import { locate, type Located } from './locate';
import { ask, quartiersOf } from './place-asking';
import { readCells } from './place-cells';
import { leaveOut } from './place-left-out';
import { readText } from './place-readings';
import { blankReading, type Reading } from './reading';
import type { Places } from './places';
import { shareAmong } from './share-told';
import { plain } from '../text';
import { saysLater, whereStands, type Where } from './where-stands';

export { buildPlaces, type Places } from './places';

/** What the reach is read from; a blank field says nothing. */
export type PlaceDraft = Pick<
	ActionDraft,
	| 'titre'
	| 'objectif'
	| 'description'
	| 'quartiers'
	| 'communes'
	| 'echelle'
	| 'atteinteDeclaree'
	| 'publics'
	| 'porteur'
	| 'porteurType'
> & { readonly plan?: PlanKind | null; readonly document?: number; readonly geometrie?: ActionDraft['geometrie'] };

/**
 * Which quartiers an action reaches, how strongly, and how we know.
 * out    one reach per quartier of the territory, in its order; places nothing could attach, as questions; `contraires`:
 *        quartiers that the words name and that the geometry does not touch (the words are kept)
 * empty  no quartier loaded → reach []
 * never  takes a blank for « aucune », nor applies a name that is one letter off or that two quartiers share
 * ref    rulings « Reach », « 2015 codes »
 */
export function resolvePlaces(
	draft: PlaceDraft,
	places: Places
): { reach: Reach[]; nonRattaches: UnresolvedPlace[]; contraires: Contrary[] } {
	const where = whereStands(draft, places);
	const reading = read(draft, places, where);
	const declared = declaredReach(
		draft.atteinteDeclaree ?? shareAmong([draft.objectif, draft.description])?.preuve ?? null
	);
	const named = [...reading.named.values()];
	const onlyInColumn = reading.fromColumn.size === 1 && draft.quartiers.length === 1 && draft.echelle === 'quartier';

	const reachOf = (code: string): Reach => {
		const mention = reading.named.get(code);
		const out = reading.out.get(code);
		if (out !== undefined)
			return reading.doubtful.has(code) ? said(code, 'inconnu', 'rien', out) : said(code, 'aucune', 'exclu', out);
		if (mention) {
			const { par, preuve, share } = mention;
			// Its own cell says how much of the action is there; a share of nothing is nothing.
			if (share?.valeur === 0) return said(code, 'aucune', 'declaration', preuve);
			const partQpv = share ? { valeur: share.valeur, par: 'declaration' as const, preuve: share.preuve } : undefined;
			if (declared && !partQpv)
				return said(code, declared.niveau ?? 'cible', 'declaration', `${preuve} (${declared.preuve})`);
			const aimed = mention.cible || (onlyInColumn && reading.fromColumn.has(code));
			const told = said(code, aimed ? 'cible' : 'explicite', par, preuve);
			return partQpv ? { ...told, partQpv } : told;
		}
		const part = reading.likely.get(code);
		if (part !== undefined) return said(code, 'probable', part.par, part.preuve);
		for (const [commune, preuve] of reading.communes)
			if (inCommunes(places, code, [commune])) return said(code, 'probable', 'commune', preuve);
		if (reading.doubtful.has(code)) return said(code, 'inconnu', 'rien', reading.doubtful.get(code)!);
		if (reading.everywhere !== null) {
			const kept = reading.everywhereIn ?? where.columns;
			if (kept !== null && !inCommunes(places, code, kept)) return said(code, 'aucune', 'ailleurs', reading.everywhere);
			if (declared?.niveau) return said(code, declared.niveau, 'declaration', declared.preuve);
			const niveau = reading.everywhereProbable ? 'probable' : 'explicite';
			return said(code, niveau, 'tous-les-quartiers', reading.everywhere);
		}
		if (reading.excluded !== null) return said(code, 'aucune', 'declaration', reading.excluded);
		if (reading.vague.has(code)) return said(code, 'inconnu', 'rien', reading.vague.get(code)!);
		const elsewhere = reading.elsewhere ?? (reading.located ? (named[0]?.preuve ?? null) : null);
		if (elsewhere !== null && !isWhole(draft.echelle) && reading.whole === null)
			return said(code, 'aucune', 'ailleurs', elsewhere);
		return unnamed(draft, places, where, reading, declared, code);
	};
	const spoken = places.quartiers.map((q) => reachOf(q.code));
	const { geometrie: rules, outlines } = places;
	if (!draft.geometrie || !rules || outlines.length === 0)
		return { reach: spoken, nonRattaches: reading.questions, contraires: [] };
	const drawn = locate(draft.geometrie, outlines, rules);
	const isDeclared = (r: Reach): boolean =>
		DECLARED.includes(r.par) || reading.doubtful.has(r.quartier) || (r.par === 'echelle' && r.preuve !== null);
	return {
		reach: spoken.map((r) => withGeometry(r, drawn.get(r.quartier), isDeclared(r))),
		nonRattaches: reading.questions,
		contraires: [...reading.named.keys()].flatMap((quartier) => {
			const where = drawn.get(quartier);
			return where?.niveau === 'aucune' ? [{ quartier, preuve: where.preuve }] : [];
		})
	};
}

const said = (quartier: string, niveau: Niveau, par: ReachBy, preuve: string | null): Reach => ({
	quartier,
	niveau,
	par,
	preuve
});

/** A quartier that the words of a row name and its geometry does not touch. */
export interface Contrary {
	readonly quartier: string;
	readonly preuve: string;
}

/** Readings of what the file says of the quartier itself: a geometry adds its share to them, it never overrules them. */
const DECLARED: readonly ReachBy[] = [
	'code',
	'code-2015',
	'nom',
	'alias',
	'tous-les-quartiers',
	'declaration',
	'exclu'
];

function withGeometry(spoken: Reach, drawn: Located | undefined, declared: boolean): Reach {
	if (!drawn) return spoken;
	const touched = drawn.part.action > 0;
	const kept = declared && !(touched && spoken.niveau === 'inconnu');
	if (kept) return touched ? { ...spoken, part: drawn.part } : spoken;
	const { niveau, preuve, part } = drawn;
	return { quartier: spoken.quartier, niveau, par: 'geometrie', preuve, ...(touched && { part }) };
}

/** Only the places nothing could attach, for a report that does not show the reach. */
export const unresolvedPlaces = (draft: PlaceDraft, places: Places): readonly UnresolvedPlace[] =>
	read(draft, places, whereStands(draft, places)).questions;

/** Quartiers that the words of a draft name, each with those words. */
export const namedQuartiers = (draft: PlaceDraft, places: Places): readonly Reach[] =>
	resolvePlaces(draft, places).reach.filter((r) => isNamed(r.niveau));

const isWhole = (echelle: ActionDraft['echelle']): boolean => echelle === 'epci' || echelle === 'supra-epci';

const communesOfQuartier = (places: Places, code: string): string[] | null =>
	places.byCode.get(code)?.communes.map((c) => c.code) ?? null;

const inCommunes = (places: Places, code: string, communes: readonly string[]): boolean =>
	places.byCode.get(code)?.communes.some((c) => communes.includes(c.code)) ?? false;

/** Everything the columns, the publics and the texts say about quartiers. */
function read(draft: PlaceDraft, places: Places, where: Where): Reading {
	const narrowing = { columns: where.columns, hints: where.hints };
	const into = blankReading((texte, homonyme) =>
		places.answers.size === 0
			? null
			: answerFor(places.answers, texte, { titre: draft.titre, communes: where.columns, homonyme }, (code) =>
					communesOfQuartier(places, code)
				)
	);
	into.whole = where.whole;
	readCells(where.quartiers, 'lieux', places, narrowing, into);
	// A quartier named after the centre may be it; the others of the commune are not.
	for (const { text, peut } of where.centres)
		if (peut.length > 0) ask(into, text, 'inconnu', quartiersOf(peut, places));
	for (const { text, out } of where.left) leaveOut(out, text, places, narrowing, into);
	const told = draft.quartiers.filter((cell) => !saysLater(cell, places.notYet));
	readCells(told, 'quartiers', places, narrowing, into);
	for (const text of draft.publics) readText(text, 'publics', places, narrowing, into);
	const before = into.named.size;
	readText(draft.titre, 'titre', places, narrowing, into);
	// The title says which: what the column could not say is in there.
	if (into.named.size > before) into.vague.clear();
	for (const text of [draft.objectif, draft.description]) if (text) readText(text, 'texte', places, narrowing, into);
	return into;
}

/** A quartier that nothing names: by commune, by scale, by the kind of plan; else we do not know. */
function unnamed(
	draft: PlaceDraft,
	places: Places,
	where: Where,
	reading: Reading,
	declared: ReturnType<typeof declaredReach>,
	code: string
): Reach {
	const say = (niveau: Niveau, par: ReachBy, preuve: string | null) => said(code, niveau, par, preuve);
	const { stated, preuve } = where;
	if (where.near.length && inCommunes(places, code, where.near)) return say('inconnu', 'rien', preuve);
	// A place that nothing knows may be in any quartier: only a place known elsewhere leaves them out.
	if (where.unknown !== null && stated === null) return say('inconnu', 'rien', where.unknown);
	if (
		stated &&
		!(stated.length && inCommunes(places, code, stated)) &&
		!(isWhole(draft.echelle) && !draft.communes.length)
	)
		return say('aucune', 'ailleurs', preuve);
	if (declared) {
		// A level or a share without a quartier's name: these inhabitants are meant, which ones is not said.
		const strong = declared.niveau === null || isNamed(declared.niveau);
		const alone = places.quartiers.length === 1;
		return say(
			strong ? (alone ? (declared.niveau ?? 'cible') : 'probable') : declared.niveau!,
			'declaration',
			declared.preuve
		);
	}
	if (reading.whole !== null) return say('diffuse', 'echelle', reading.whole);
	const meant =
		reading.evoked ??
		draft.publics.find((p) => /\bqpv\b|quartiers? prioritaires?|politique de la ville/i.test(withoutOutside(p)));
	if (meant) return say('probable', 'declaration', meant);
	if (isWhole(draft.echelle)) return say('diffuse', 'echelle', draft.echelle);
	// « à préciser »: somebody will say where, nothing does yet; an owner's town is where it may be, not where it is.
	if (where.unsaid !== null) return say('inconnu', 'rien', where.unsaid);
	if (draft.echelle === 'quartier' || draft.echelle === 'batiment') return say('inconnu', 'rien', null);
	if (stated)
		return draft.publics.some(isForOthers) ? say('diffuse', 'commune', preuve) : say('probable', 'commune', preuve);
	if (draft.echelle === 'commune' || !draft.plan || !places.wholePlans.includes(draft.plan))
		return say('inconnu', 'rien', null);
	// A column that asks where, left blank: not known. A file that never asks is of the scale of its plan.
	const blank = draft.communes.length === 0 && draft.quartiers.length === 0;
	if (blank && draft.document !== undefined && places.asksCommunes.has(draft.document))
		return say('inconnu', 'rien', 'case Communes vide');
	return say('diffuse', 'echelle', null);
}

/** Publics that are not the inhabitants of a quartier as such. */
const isForOthers = (publics: string): boolean =>
	/agriculteur|exploitant|entreprise|industri|commer[cç]ant|artisan|touriste|\bagents?\b|[ée]lus\b|professionnel|services de la|gens du voyage/i.test(
		publics
	) &&
	!/habitant|m[ée]nage|famille|jeune|scolaire|[ée]l[èe]ve|locataire|tout public|grand public|s[ée]nior|propri[ée]taire/i.test(
		publics
	);

/** A declared level or share; `niveau` null: a share or a plain « oui », for the quartiers the row names. null: says nothing. */
function declaredReach(text: string | null): { niveau: Niveau | null; preuve: string } | null {
	const words = plain(text ?? '');
	if (text === null || words === '') return null;
	const share = /(\d+(?:[.,]\d+)?)\s*%/.exec(text)?.[1];
	if (share !== undefined) return { niveau: Number(share.replace(',', '.')) === 0 ? 'aucune' : null, preuve: text };
	if (/\b(cible|ciblee|cibles|exclusi\w*|prioritaire\w*)\b/.test(words)) return { niveau: 'cible', preuve: text };
	if (/\b(explicite|localise|localisee|citee?)\b/.test(words)) return { niveau: 'explicite', preuve: text };
	if (/\bprobable\b/.test(words)) return { niveau: 'probable', preuve: text };
	if (/\b(diffuse?|indirecte?)\b/.test(words)) return { niveau: 'diffuse', preuve: text };
	if (/^(non|aucune?|neant|hors|exclue?)\b/.test(words)) return { niveau: 'aucune', preuve: text };
	if (/^(oui|x|1|vrai)$/.test(words)) return { niveau: 'explicite', preuve: text };
	const part = /^(?:part )?0[.,](\d+)$/.exec(text.trim());
	return part ? { niveau: Number(`0.${part[1]}`) === 0 ? 'aucune' : null, preuve: text } : null;
}
