import { reaches } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import { theQuartier } from '../crossing/quartier-story';
import { plain } from '../text';
import { niveauOf, type GapView } from './gap-context';
import { inPlaces } from './gap-findings';
import type { Overlap } from './overlaps';

/* Where two actions meet, in the sentence of a gap. */

/** Where two actions meet, when no quartier says it. */
const MET_IN: Partial<Readonly<Record<Overlap['lieu'], string>>> = {
	etablissement: 'dans le même établissement',
	commune: 'dans la même commune',
	ailleurs: 'dans la même commune'
};

/** Quartiers that one of them names; its commune alone names none. */
const namedAmong = (codes: readonly string[], actions: readonly PlacedAction[]): readonly string[] =>
	codes.filter((code) => actions.some((a) => ['cible', 'explicite'].includes(niveauOf(a, code))));

/** « dans la même commune (Anzin) »: named when both actions write it. */
function metIn({ lieu }: Overlap, a: PlacedAction, b: PlacedAction): string | undefined {
	const others = b.action.communes.map(plain);
	const [commune, ...more] = a.action.communes.filter((name) => others.includes(plain(name)) && !/^\d/.test(name));
	const said = MET_IN[lieu];
	return said && commune && more.length === 0 && lieu !== 'etablissement' ? `${said} (${commune})` : said;
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
	return metIn(overlap, a, b) ?? inPlaces(view, namedAmong(overlap.quartiers, [a, b]));
}
