import { reaches } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import { theQuartier } from '../crossing/quartier-story';
import { list } from '../french';
import { plain } from '../text';
import { niveauOf, type GapView } from './gap-context';
import { inPlaces } from './gap-findings';
import type { Overlap } from './overlaps';

/* Where two actions meet, in the sentence of a gap. */

/** Quartiers that one of them names; its commune alone names none. */
const namedAmong = (codes: readonly string[], actions: readonly PlacedAction[]): readonly string[] =>
	codes.filter((code) => actions.some((a) => ['cible', 'explicite'].includes(niveauOf(a, code))));

/** More are counted. */
const NAMED = 3;

/** « dans la même commune (Anzin) », « dans les mêmes communes (Anzin et Raismes) », « dans le même établissement »; undefined when quartiers say it. */
function metIn(view: GapView, { lieu }: Overlap, a: PlacedAction, b: PlacedAction): string | undefined {
	if (lieu === 'etablissement') return 'dans le même établissement';
	if (lieu !== 'commune' && lieu !== 'ailleurs') return undefined;
	const met = communesMet(view, a, b);
	if (met.length > NAMED) return `dans les ${met.length} mêmes communes`;
	if (met.length > 1)
		return met.includes(null) ? 'dans les mêmes communes' : `dans les mêmes communes (${list(met as string[])})`;
	const others = b.action.communes.map(plain);
	const written = a.action.communes.filter((name) => others.includes(plain(name)) && !/^\d/.test(name));
	const [commune = null] = met.length === 1 ? met : written.length === 1 ? written : [];
	return `dans la même commune${commune === null ? '' : ` (${commune})`}`;
}

/** Communes of the quartiers that both reach; null for one more that a quartier over several does not say. */
function communesMet({ quartiers }: GapView, a: PlacedAction, b: PlacedAction): readonly (string | null)[] {
	const shared = quartiers.filter(({ code }) => reaches(niveauOf(a, code)) && reaches(niveauOf(b, code)));
	const sure = new Map(
		shared.flatMap(({ communes = [] }) => (communes.length === 1 ? communes.map((c) => [c.code, c.nom] as const) : []))
	);
	const elsewhere = shared.some(({ communes = [] }) => !communes.some((c) => sure.has(c.code)));
	return [...sure.values(), ...(elsewhere && sure.size === 1 ? [null] : [])];
}

/** The one quartier that one of them names and that the other, for its commune, comes to; null where there are several or none. */
export function onlyOne(
	view: GapView,
	{ lieu }: Overlap,
	a: PlacedAction,
	b: PlacedAction
): GapView['quartiers'][number] | null {
	if (lieu !== 'commune') return null;
	const names = (p: PlacedAction, code: string) => ['cible', 'explicite'].includes(niveauOf(p, code));
	const met = view.quartiers.filter(
		({ code }) => reaches(niveauOf(a, code)) && reaches(niveauOf(b, code)) && (names(a, code) || names(b, code))
	);
	return met.length === 1 ? met[0]! : null;
}

/** « aux Pyramides », « pour le Pont de Pierre », « dans la même commune (Anzin) » */
export function meetingPlace(view: GapView, overlap: Overlap, a: PlacedAction, b: PlacedAction): string {
	const one = onlyOne(view, overlap, a, b);
	if (one) return `pour ${theQuartier(one.nom)}`;
	return metIn(view, overlap, a, b) ?? inPlaces(view, namedAmong(overlap.quartiers, [a, b]));
}
