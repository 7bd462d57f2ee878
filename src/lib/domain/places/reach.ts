import type { ActionDraft, PlanKind } from '../action';
import { answerFor } from './place-answers';
import { communeSaid } from './commune-cells';
import { communeNamed, communesIn, communesNear } from './communes';
import type { Niveau, Reach, ReachBy, UnresolvedPlace } from '../crossing/place';
import { locate, type Located } from './locate';
import { namesWhole, readCell, readText } from './place-readings';
import type { Reading } from './reading';
import type { Places } from './places';
import { plain } from '../text';

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
	const where = communesOf(draft, places);
	const reading = read(draft, places, where);
	const declared = declaredReach(draft.atteinteDeclaree);
	const named = [...reading.named.values()];
	const onlyInColumn = reading.fromColumn.size === 1 && draft.quartiers.length === 1 && draft.echelle === 'quartier';

	const reachOf = (code: string): Reach => {
		const mention = reading.named.get(code);
		if (mention) {
			const { par, preuve } = mention;
			if (declared) return said(code, declared.niveau ?? 'cible', 'declaration', `${preuve} (${declared.preuve})`);
			const aimed = mention.cible || (onlyInColumn && reading.fromColumn.has(code));
			return said(code, aimed ? 'cible' : 'explicite', par, preuve);
		}
		const part = reading.likely.get(code);
		if (part !== undefined) return said(code, 'probable', 'partie', part);
		for (const [commune, preuve] of reading.communes)
			if (inCommunes(places, code, [commune])) return said(code, 'probable', 'commune', preuve);
		if (reading.doubtful.has(code)) return said(code, 'inconnu', 'rien', reading.doubtful.get(code)!);
		if (reading.everywhere !== null) {
			const kept = reading.everywhereIn ?? (draft.communes.length ? where.stated : null);
			if (kept !== null && !inCommunes(places, code, kept)) return said(code, 'aucune', 'ailleurs', reading.everywhere);
			if (declared?.niveau) return said(code, declared.niveau, 'declaration', declared.preuve);
			return said(code, 'explicite', 'tous-les-quartiers', reading.everywhere);
		}
		if (reading.excluded !== null) return said(code, 'aucune', 'declaration', reading.excluded);
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
const DECLARED: readonly ReachBy[] = ['code', 'code-2015', 'nom', 'alias', 'tous-les-quartiers', 'declaration'];

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
	read(draft, places, communesOf(draft, places)).questions;

/** Quartiers that the words of a draft name, each with those words. */
export const namedQuartiers = (draft: PlaceDraft, places: Places): readonly Reach[] =>
	resolvePlaces(draft, places).reach.filter((r) => r.niveau === 'cible' || r.niveau === 'explicite');

const isWhole = (echelle: ActionDraft['echelle']): boolean => echelle === 'epci' || echelle === 'supra-epci';

const communesOfQuartier = (places: Places, code: string): string[] | null =>
	places.byCode.get(code)?.communes.map((c) => c.code) ?? null;

const inCommunes = (places: Places, code: string, communes: readonly string[]): boolean =>
	places.byCode.get(code)?.communes.some((c) => communes.includes(c.code)) ?? false;

interface Where {
	/** Communes of the column (or of the title, or of a commune that owns the action); null when none is stated. */
	readonly stated: readonly string[] | null;
	readonly preuve: string | null;
	/** Communes of a name one letter off: a question, not an answer. */
	readonly near: readonly string[];
	/** Communes that help to tell two quartiers of the same name apart. */
	readonly hints: readonly string[];
	/** « Toute l'agglomération » in the column of communes. */
	readonly whole: string | null;
}

function communesOf(draft: PlaceDraft, places: Places): Where {
	const { communes: index } = places;
	const owner = draft.porteur && draft.porteurType !== 'epci' ? communeNamed(draft.porteur, index) : null;
	const inTitle = communesIn(draft.titre, index);
	const told = [...inTitle, ...communesIn([draft.description ?? '', ...draft.publics].join('\n'), index)];
	const hints = [...told, ...(owner ? [owner] : [])];
	const cells = draft.communes.map((text) => ({ text, said: communeSaid(text, places) }));
	const all = cells.find(({ text, said }) => (said ? said.communes === null : namesWhole(text)));
	const whole = all ? (all.said?.preuve ?? all.text) : null;
	if (draft.communes.length && whole === null) {
		const near = cells.flatMap(({ text, said }) => (said ? [] : communesNear(text, index)));
		const stated = cells.flatMap(({ said }) => said?.communes ?? []);
		const preuve = cells.map(({ text, said }) => said?.preuve ?? text).join(', ');
		if (stated.length < 2 || stated.length < index.all.length) return { stated, preuve, near, hints, whole: null };
	}
	if (inTitle.length) return { stated: inTitle, preuve: draft.titre, near: [], hints, whole: null };
	if (whole !== null) return { stated: null, preuve: null, near: [], hints, whole };
	const onlyOne = draft.porteurType === 'commune' && index.all.length === 1 ? index.all[0]!.code : null;
	const owning = owner ?? onlyOne;
	return { stated: owning ? [owning] : null, preuve: owning ? draft.porteur : null, near: [], hints, whole: null };
}

/** Everything the columns, the publics and the texts say about quartiers. */
function read(draft: PlaceDraft, places: Places, where: Where): Reading {
	const columns = draft.communes.length ? where.stated : null;
	const into: Reading = {
		named: new Map(),
		fromColumn: new Set(),
		likely: new Map(),
		doubtful: new Map(),
		questions: [],
		communes: new Map(),
		answer: (texte, homonyme) =>
			places.answers.size === 0
				? null
				: answerFor(places.answers, texte, { titre: draft.titre, communes: columns, homonyme }, (code) =>
						communesOfQuartier(places, code)
					),
		everywhere: null,
		everywhereIn: null,
		evoked: null,
		whole: null,
		excluded: null,
		elsewhere: null,
		located: false
	};
	into.whole = where.whole;
	for (const cell of draft.quartiers) readCell(cell, places, { columns, hints: where.hints }, into);
	for (const text of draft.publics) readText(text, 'publics', places, { columns, hints: where.hints }, into);
	readText(draft.titre, 'titre', places, { columns, hints: where.hints }, into);
	for (const text of [draft.objectif, draft.description])
		if (text) readText(text, 'texte', places, { columns, hints: where.hints }, into);
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
	if (
		stated &&
		!(stated.length && inCommunes(places, code, stated)) &&
		!(isWhole(draft.echelle) && !draft.communes.length)
	)
		return say('aucune', 'ailleurs', preuve);
	if (declared) {
		// A level or a share without a quartier's name: these inhabitants are meant, which ones is not said.
		const strong = declared.niveau === null || declared.niveau === 'cible' || declared.niveau === 'explicite';
		const alone = places.quartiers.length === 1;
		return say(
			strong ? (alone ? (declared.niveau ?? 'cible') : 'probable') : declared.niveau!,
			'declaration',
			declared.preuve
		);
	}
	if (reading.whole !== null) return say('diffuse', 'echelle', reading.whole);
	const meant =
		reading.evoked ?? draft.publics.find((p) => /\bqpv\b|quartiers? prioritaires?|politique de la ville/i.test(p));
	if (meant) return say('probable', 'declaration', meant);
	if (isWhole(draft.echelle)) return say('diffuse', 'echelle', draft.echelle);
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
	/agriculteur|exploitant|entreprise|industri|commer[cç]ant|artisan|touriste|\bagents?\b|[ée]lus\b|professionnel|services de la/i.test(
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
