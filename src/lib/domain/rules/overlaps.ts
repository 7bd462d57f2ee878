import { reaches } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import { percent } from '../french';
import { plain } from '../text';
import { watchedPairs, type Mark } from './markers';
import type { GapRule } from './referentiel';
import { quickScore, spanShare, type Span, type Zone } from './overlap-score';
import { titleIndex } from './title-likeness';

/* Pairs of actions that two plans hold apart: the same work said twice, neighbours to coordinate, or a tension. Proposed only. */

export const VERDICTS = ['meme-action', 'a-coordonner', 'complementaires', 'en-tension', 'distinctes'] as const;
export type OverlapVerdict = (typeof VERDICTS)[number];

export interface OverlapReason {
	readonly mesure: 'enjeux' | 'zone' | 'titre' | 'periode' | 'nature' | 'tension';
	/** 0 to 1. */
	readonly valeur: number;
	/** Weight once the missing measures have dropped out, 0 to 1. */
	readonly poids: number;
	/** In French, with the values. */
	readonly dit: string;
}

export interface Overlap {
	/** Stable: both ids, in order. */
	readonly id: string;
	readonly a: string;
	readonly b: string;
	readonly genre: 'doublon' | 'recoupement' | 'tension';
	/** 0 to 1. */
	readonly score: number;
	readonly raisons: readonly OverlapReason[];
	/** Quartiers both are for. */
	readonly quartiers: readonly string[];
	readonly enjeux: readonly string[];
	/** Roots of words both titles hold. */
	readonly mots: readonly string[];
}

const HELD = 4;

/**
 * Candidate pairs of one territory, best first.
 * in     active actions; rules G09 (weights, thresholds) and G06 (watched pairs); the reader of marks
 * out    pairs of different documents above the threshold, and within one document only likely double entries; at most four
 *        of a kind per action, so that the list stays readable
 * never  a pair without a common zone, nor one on nothing but blanks; decides anything
 * ref    rulings « G09 »
 */
export function findOverlaps(
	placed: readonly PlacedAction[],
	rules: { readonly recoupement: GapRule; readonly tension: GapRule },
	marksOf: (placed: PlacedAction) => readonly Mark[]
): Overlap[] {
	const number = (name: string, otherwise: number): number => {
		const value = rules.recoupement.parametres[name];
		return typeof value === 'number' ? value : otherwise;
	};
	const weights = {
		enjeux: number('poids_enjeux', 0.35),
		zone: number('poids_zone', 0.25),
		titre: number('poids_titre', 0.2),
		periode: number('poids_periode', 0.1),
		nature: number('poids_nature', 0.1)
	};
	const threshold = number('seuil', 0.6);
	const twice = number('seuil_doublon', 0.85);
	const watched = watchedPairs(rules.tension.parametres);
	const titles = titleIndex(placed.map((p) => p.action.titre));
	const zones = placed.map(zoneOf);
	const spans = placed.map(spanOf);
	const codes = placed.map((p) => [...p.transition, ...p.ville].map((t) => t.code));
	const marks = placed.map(marksOf);

	const pairs: Overlap[] = [];
	const quick = quickScore({ placed, codes, zones, spans }, weights);
	const bodies = placed.map((p) => (p.action.porteur === null ? null : plain(p.action.porteur)));
	for (const [i, j] of candidates(codes, marks, watched, titles.neighbours)) {
		const [a, b] = [placed[i]!, placed[j]!];
		const sameDocument = a.action.document === b.action.document;
		const sameBody = bodies[i] !== null && bodies[i] === bodies[j];
		const tension = sameDocument ? null : tensionOf(marks[i]!, marks[j]!, watched);
		if (!tension && sameDocument && !sameBody) continue;
		// Most pairs stop here: nothing is written of a pair that cannot reach the threshold.
		const hoped = quick(i, j);
		if (hoped === null || (!tension && hoped(1) < threshold)) continue;
		const likeness = titles.cosine(i, j);
		if (!tension && hoped(likeness) < threshold) continue;
		const zone = sharedZone(zones[i]!, zones[j]!);
		if (zone === null) continue;
		const measures: { mesure: keyof typeof weights; valeur: number | null; dit: string }[] = [
			enjeuxMeasure(codes[i]!, codes[j]!),
			{ mesure: 'zone', valeur: zone.part, dit: zone.dit },
			{ mesure: 'titre', valeur: likeness, dit: `titres semblables à ${percent(likeness, 0)}` },
			periodMeasure(spans[i]!, spans[j]!),
			natureMeasure(a, b)
		];
		const known = measures.filter((m) => m.valeur !== null);
		const total = known.reduce((sum, m) => sum + weights[m.mesure], 0);
		const score = known.reduce((sum, m) => sum + weights[m.mesure] * m.valeur!, 0) / total;
		const raisons: OverlapReason[] = known.map((m) => ({
			mesure: m.mesure,
			valeur: round(m.valeur!),
			poids: round(weights[m.mesure] / total),
			dit: m.dit
		}));
		const double = score >= twice && sameBody && likeness >= 0.6;
		if (!tension && (sameDocument ? !double : score < threshold)) continue;
		const [first, second] = a.action.id < b.action.id ? [a, b] : [b, a];
		pairs.push({
			id: `${first.action.id}|${second.action.id}`,
			a: first.action.id,
			b: second.action.id,
			genre: tension ? 'tension' : double ? 'doublon' : 'recoupement',
			score: round(score),
			raisons: tension ? [{ mesure: 'tension', valeur: 1, poids: 0, dit: tension }, ...raisons] : raisons,
			quartiers: zone.quartiers,
			enjeux: codes[i]!.filter((c) => codes[j]!.includes(c)),
			mots: titles.shared(i, j)
		});
	}
	return keepBest(pairs);
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Best first; an action that matches everything does not hide the others. */
function keepBest(pairs: readonly Overlap[]): Overlap[] {
	const seen = new Map<string, number>();
	const sorted = [...pairs].sort((x, y) => y.score - x.score || x.a.localeCompare(y.a) || x.b.localeCompare(y.b));
	return sorted.filter(({ a, b, genre }) => {
		const keys = [`${genre} ${a}`, `${genre} ${b}`];
		if (keys.some((key) => (seen.get(key) ?? 0) >= HELD)) return false;
		for (const key of keys) seen.set(key, (seen.get(key) ?? 0) + 1);
		return true;
	});
}

/** Pairs worth weighing, from indexes: same set of enjeux or nearly, look-alike titles, watched marks. */
function* candidates(
	codes: readonly (readonly string[])[],
	marks: readonly (readonly Mark[])[],
	watched: readonly { readonly a: string; readonly b: string }[],
	neighbours: (i: number) => Iterable<number>
): Generator<[number, number]> {
	const groups = new Map<string, { codes: readonly string[]; rows: number[] }>();
	codes.forEach((own, i) => {
		if (own.length === 0) return;
		const key = [...own].sort().join(' ');
		const group = groups.get(key);
		if (group) group.rows.push(i);
		else groups.set(key, { codes: own, rows: [i] });
	});
	const sets = [...groups.values()];
	const byMark = new Map<string, number[]>();
	marks.forEach((own, i) => {
		for (const { code } of own) byMark.set(code, [...(byMark.get(code) ?? []), i]);
	});
	const near = sets.map((group) => sets.filter((other) => jaccard(group.codes, other.codes) >= 0.25));
	const groupOf = new Map<number, number>();
	sets.forEach((group, g) => group.rows.forEach((i) => groupOf.set(i, g)));
	for (let i = 0; i < codes.length; i++) {
		const mine = new Set<number>();
		const g = groupOf.get(i);
		if (g !== undefined) for (const other of near[g]!) for (const j of other.rows) if (j > i) mine.add(j);
		for (const j of neighbours(i)) if (j > i) mine.add(j);
		for (const { a, b } of watched)
			for (const [own, other] of [
				[a, b],
				[b, a]
			] as const)
				if (marks[i]!.some((m) => m.code === own)) for (const j of byMark.get(other) ?? []) if (j > i) mine.add(j);
		for (const j of mine) yield [i, j];
	}
}

function jaccard(a: readonly string[], b: readonly string[]): number {
	const shared = a.filter((code) => b.includes(code)).length;
	return shared / (a.length + b.length - shared);
}

function enjeuxMeasure(a: readonly string[], b: readonly string[]) {
	const none = a.length === 0 || b.length === 0;
	const shared = a.filter((code) => b.includes(code));
	return {
		mesure: 'enjeux' as const,
		valeur: none ? null : jaccard(a, b),
		dit: shared.length ? `enjeux communs\u00a0: ${shared.join(', ')}` : 'aucun enjeu commun'
	};
}

function zoneOf(placed: PlacedAction): Zone {
	const near = placed.reach.filter((r) => reaches(r.niveau)).map((r) => r.quartier);
	return {
		quartiers: new Set(near),
		large: near.length === 0 && placed.reach.some((r) => r.niveau === 'diffuse'),
		communes: new Set(placed.action.communes)
	};
}

/** Part of the smaller zone that both share; null when nothing says they meet. */
function sharedZone(a: Zone, b: Zone): { part: number; quartiers: string[]; dit: string } | null {
	const quartiers = [...a.quartiers].filter((q) => b.quartiers.has(q));
	if (a.quartiers.size && b.quartiers.size) {
		const part = quartiers.length / Math.min(a.quartiers.size, b.quartiers.size);
		return quartiers.length
			? { part, quartiers, dit: `quartiers communs\u00a0: ${percent(part, 0)} de la plus petite zone` }
			: null;
	}
	if (a.large && b.large) return { part: 1, quartiers: [], dit: 'toutes deux à l’échelle de l’intercommunalité' };
	if ((a.large && b.quartiers.size) || (b.large && a.quartiers.size))
		return {
			part: 0.5,
			quartiers: [...a.quartiers, ...b.quartiers],
			dit: 'l’une couvre l’intercommunalité, l’autre un quartier'
		};
	const communes = [...a.communes].filter((c) => b.communes.has(c));
	if (communes.length === 0) return null;
	const part = communes.length / Math.min(a.communes.size, b.communes.size);
	return { part, quartiers: [], dit: `communes communes\u00a0: ${communes.join(', ')}` };
}

function periodMeasure(p: Span | null, q: Span | null) {
	if (!p || !q) return { mesure: 'periode' as const, valeur: null, dit: '' };
	const valeur = spanShare(p, q);
	return {
		mesure: 'periode' as const,
		valeur,
		dit: valeur ? `périodes communes à ${percent(valeur, 0)}` : 'périodes disjointes'
	};
}

/** Days; null unless both ends are known. */
function spanOf({ action }: PlacedAction): Span | null {
	const { debut, fin } = action.dates ?? {};
	if (!debut || !fin) return null;
	const day = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
	return { debut: day(debut), fin: Math.max(day(debut), day(fin)) };
}

function natureMeasure(a: PlacedAction, b: PlacedAction) {
	const [own, other] = [a.nature?.code, b.nature?.code];
	const known = own !== undefined && other !== undefined;
	return {
		mesure: 'nature' as const,
		valeur: known ? Number(own === other) : null,
		dit: own === other ? 'même nature' : 'natures différentes'
	};
}

function tensionOf(
	a: readonly Mark[],
	b: readonly Mark[],
	watched: readonly { readonly a: string; readonly b: string; readonly raison: string }[]
): string | null {
	for (const pair of watched)
		for (const [own, other] of [
			[a, b],
			[b, a]
		] as const) {
			const left = own.find((m) => m.code === pair.a);
			const right = other.find((m) => m.code === pair.b);
			if (left && right)
				return `${pair.raison} (${left.libelle}\u00a0: «\u00a0${left.mots}\u00a0»\u202f; ${right.libelle}\u00a0: «\u00a0${right.mots}\u00a0»)`;
		}
	return null;
}
