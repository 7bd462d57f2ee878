import { SEARCH_KINDS } from '$lib/domain/search/search-index';
import { markWords } from '$lib/domain/search/search';
import { loadReferentiel } from '$lib/server/referentiel';
import { searchAll } from '$lib/server/search';
import { likelyTerritory, listTerritories } from '$lib/server/territories';
import { toolPages } from './tool-pages';
import { whereOf } from './where';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const said = (name: string) => url.searchParams.get(name)?.trim() || null;
	const q = (said('q') ?? '').slice(0, 200);
	const tous = await listTerritories(locals.db);
	const territoires = tous.map(({ code, nom, fictif }) => ({ code, nom, fictif }));
	const territoire = territoires.find((t) => t.code === said('territoire')) ?? null;
	const genre = SEARCH_KINDS.find((k) => k === said('genre')) ?? null;
	const ref = loadReferentiel();
	// Without a territory in hand, its pages are those of the one most likely meant, and say its name.
	const likely = likelyTerritory(tous.filter((t) => t.plans > 0)) ?? tous.find((t) => t.plans > 0) ?? null;
	const look = (code: string | null) => {
		const pages = toolPages(code ?? likely?.code ?? null, code === null ? (likely?.nom ?? null) : null);
		return searchAll(locals.db, ref, pages, { q, territoire: code, genre });
	};
	const here = q ? await look(territoire?.code ?? null) : null;
	// Nothing here: it may be elsewhere, and one is told so.
	const elsewhere = here && territoire && (here.total === 0 || here.partiel) ? await look(null) : null;
	const wider = elsewhere && elsewhere.total > 0 && !elsewhere.partiel ? elsewhere : null;
	const found = wider ?? here;
	const names = new Map(territoires.map((t) => [t.code, t.nom]));
	return {
		q,
		genre,
		territoires,
		territoire,
		elargi: wider !== null,
		total: found?.total ?? 0,
		partiel: found?.partiel ?? false,
		corriges: found?.corriges ?? [],
		groupes: (found?.groupes ?? []).map(({ genre: kind, hits, total }) => ({
			genre: kind,
			total,
			hits: hits.map(({ entry }) => ({
				id: `${entry.territoire ?? ''} ${entry.id}`,
				href: whereOf(entry),
				code: kind === 'action' || kind === 'page' ? null : entry.code,
				titre: markWords(entry.titre, found!.marques),
				detail: markWords(short(entry.detail), found!.marques),
				ou: entry.territoire && kind !== 'territoire' ? (names.get(entry.territoire) ?? null) : null
			}))
		}))
	};
};

/** A line says enough: the page it leads to says the rest. */
const short = (text: string): string => (text.length > 180 ? `${text.slice(0, text.lastIndexOf(' ', 180))}…` : text);
