import { capital, count, list, quoted } from '$lib/domain/french';
import { PLACE_KINDS, SEARCH_KINDS, type SearchEntry } from '$lib/domain/search/search-index';
import { markWords, type SearchAnswer } from '$lib/domain/search/search';
import { suggest, type Suggestion, type Suggestions } from '$lib/domain/search/suggest';
import type { DbOrTrx } from '$lib/server/db/client';
import { loadReferentiel } from '$lib/server/referentiel';
import { searchAll } from '$lib/server/search';
import { likelyTerritory, listTerritories } from '$lib/server/territories';
import { toolPages } from './tool-pages';
import { KIND_WORDS, whereOf } from './where';

/* The same question asked by the page and by the box as one types: same places, same order, same words. */

const MOST_LETTERS = 200;

/** A territory that is not here is as none: one looks everywhere. */
export async function look(db: DbOrTrx, asked: URLSearchParams) {
	const said = (name: string) => asked.get(name)?.trim() || null;
	const q = (said('q') ?? '').slice(0, MOST_LETTERS);
	const genre = SEARCH_KINDS.find((k) => k === said('genre')) ?? null;
	const lieux = said('parmi') === 'lieux';
	const parmi = lieux ? PLACE_KINDS : null;
	const tous = await listTerritories(db);
	const territoires = tous.map(({ code, nom, fictif }) => ({ code, nom, fictif }));
	const territoire = territoires.find((t) => t.code === said('territoire')) ?? null;
	const ref = loadReferentiel();
	// Without a territory in hand, its pages are those of the one most likely meant, and say its name.
	const likely = likelyTerritory(tous.filter((t) => t.plans > 0)) ?? tous.find((t) => t.plans > 0) ?? null;
	const lookIn = (code: string | null) => {
		const pages = toolPages(code ?? likely?.code ?? null, code === null ? (likely?.nom ?? null) : null);
		return searchAll(db, ref, pages, { q, territoire: code, genre, parmi });
	};
	const here = q ? await lookIn(territoire?.code ?? null) : null;
	// Nothing here: it may be elsewhere, and one is told so.
	const elsewhere = here && territoire && (here.total === 0 || here.partiel) ? await lookIn(null) : null;
	// Some of the words elsewhere are better than none of them here, not than some of them here.
	const better = elsewhere && elsewhere.total > 0 && (!elsewhere.partiel || here?.total === 0);
	const wider = better ? elsewhere : null;
	return { q, genre, lieux, territoires, territoire, elargi: wider !== null, found: wider ?? here };
}

type Names = readonly { readonly code: string; readonly nom: string }[];

/** A found thing as it is written: where it leads, its words marked. `most`: letters of its second line; `ici`: the territory one looks in. */
export function lineOf(
	entry: SearchEntry,
	marques: SearchAnswer['marques'],
	names: Names,
	most: number,
	ici: string | null
): Suggestion {
	const { genre, territoire } = entry;
	return {
		href: whereOf(entry, ici),
		code: genre === 'action' || genre === 'page' ? null : entry.code,
		titre: markWords(entry.titre, marques),
		detail: markWords(entry.detail === entry.code ? '' : short(entry.detail, most), marques),
		ou: territoire && genre !== 'territoire' ? (names.find((t) => t.code === territoire)?.nom ?? null) : null
	};
}

/** A line says enough: the page it leads to says the rest. */
const short = (text: string, most: number): string =>
	text.length > most ? `${text.slice(0, text.lastIndexOf(' ', most))}…` : text;

const IN_A_LIST = 90;

export async function propose(db: DbOrTrx, asked: URLSearchParams): Promise<Suggestions> {
	const { q, lieux, territoires, territoire, elargi, found } = await look(db, asked);
	if (!found?.total) return { groupes: [], annonce: 'Aucune proposition', note: null, tout: null };
	const several = territoires.length > 1 && (territoire === null || elargi);
	const groupes = suggest(found).map(({ genre, hits }) => ({
		nom: capital(KIND_WORDS[genre][hits.length < 2 ? 0 : 1]),
		choix: hits.map(({ entry }) =>
			lineOf(entry, found.marques, several ? territoires : [], IN_A_LIST, territoire?.code ?? null)
		)
	}));
	const shown = groupes.reduce((sum, g) => sum + g.choix.length, 0);
	const notes = [
		elargi && `Rien dans ${territoire!.nom} : voici ce qui répond ailleurs.`,
		found.corriges.length > 0 && `Lu comme ${list(found.corriges.map((c) => quoted(c.lu)))}.`,
		found.partiel && 'Rien ne tient tous ces mots.'
	].filter((note) => note !== false);
	const whole = new URLSearchParams([
		...(territoire ? [['territoire', territoire.code]] : []),
		...(lieux ? [['parmi', 'lieux']] : []),
		['q', q]
	]);
	return {
		groupes,
		annonce: count(shown, 'proposition'),
		note: notes.length ? notes.join(' ') : null,
		tout: {
			nom: `Voir ${found.total < 2 ? 'la réponse' : `les ${count(found.total, 'réponse')}`}`,
			href: `/recherche?${whole}`
		}
	};
}
