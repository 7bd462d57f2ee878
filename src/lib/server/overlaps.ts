import { planOf } from '../domain/crossing/grant-list';
import type { PlacedAction } from '../domain/crossing/place';
import type { Crossed } from '../domain/crossing/territory-view';
import { documentNames } from '../domain/document-names';
import type { Refusal } from '../domain/issue';
import { isActive } from '../domain/crossing/coverage';
import { acrossKinds, crossingFirst, overlapPairs, overlapsIn, type OverlapPair } from '../domain/pages/overlap-page';
import { markReader } from '../domain/rules/markers';
import { findOverlaps, VERDICTS } from '../domain/rules/overlaps';
import type { Referentiel } from '../domain/rules/referentiel';
import * as decisions from './db/decisions';
import { keepDecision } from './keep-decision';
import type { DbOrTrx } from './db/client';
import { crossedTerritory } from './read-territory';

/** Candidate pairs of a territory, or those that meet in a quartier, of two kinds of plans first, with what was decided of them; null when it is not there. */
export async function readOverlaps(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	asOf: string,
	quartier: string | null = null
): Promise<OverlapPair[] | null> {
	const crossed = await crossedTerritory(db, ref, code, asOf);
	if (!crossed) return null;
	const said = await decisions.listByTerritory(db, code);
	const documents = documentNames(crossed.view.documents);
	const { recoupements, placed } = crossed;
	const kept = quartier === null ? recoupements : overlapsIn(recoupements, placed, quartier);
	return crossingFirst(overlapPairs(kept, placed, said, planNames(ref), documents, asOf));
}

const planNames =
	({ plans }: Referentiel) =>
	(placed: PlacedAction): string =>
		planOf(placed, plans.types);

/** How far under the threshold a pair is still worth reading, and how many are. */
const UNDER = 0.15;
const FEW = 5;
/** Beyond, nobody reads pair after pair, and looking for them again costs too much. */
const MOST_ACTIONS = 1_500;

/**
 * The threshold of the territory, and the nearest pairs of two kinds of plans when none reaches it: to read, never proposed.
 * in     `proposed`: the pairs of the territory; null: only the threshold is asked for. `quartier`: those that meet there alone
 * out    no pair when an overlap of two kinds is proposed already, the territory is a crowd, or nothing comes near
 */
export async function readNearOverlaps(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	asOf: string,
	proposed: readonly OverlapPair[] | null,
	quartier: string | null = null
): Promise<{ readonly seuil: number; readonly paires: readonly OverlapPair[] }> {
	const crossed = await crossedTerritory(db, ref, code, asOf);
	const rule = (id: string) => (crossed?.ref ?? ref).lacunes.regles.find((r) => r.id === id)!;
	const own = rule('G09');
	const seuil = Number(own.parametres.seuil);
	const active = crossed?.placed.filter(isActive) ?? [];
	const found = !proposed || proposed.some((p) => p.genre !== 'tension' && acrossKinds(p));
	if (found || active.length > MOST_ACTIONS) return { seuil, paires: [] };
	const here = (pairs: readonly OverlapPair[]) => (quartier === null ? pairs : overlapsIn(pairs, active, quartier));
	const known = crossed && nearOf.get(crossed);
	if (known) return { seuil, paires: here(known).slice(0, FEW) };
	const lower = { ...own, parametres: { ...own.parametres, seuil: seuil - UNDER, seuil_sans_titre: seuil - UNDER } };
	const under = findOverlaps(active, { recoupement: lower, tension: rule('G06') }, markReader(ref.marqueurs));
	const pairs = overlapPairs(
		under.filter((o) => o.genre === 'recoupement'),
		active,
		[],
		planNames(ref),
		documentNames(crossed?.view.documents ?? []),
		asOf
	);
	const paires = pairs.filter(acrossKinds);
	if (crossed) nearOf.set(crossed, paires);
	return { seuil, paires: here(paires).slice(0, FEW) };
}

/** Looked for once for as long as the territory is the same: every quartier without a pair asks. */
const nearOf = new WeakMap<Crossed, readonly OverlapPair[]>();

export interface OverlapSettlement {
	readonly territoire: string;
	readonly paire: string;
	readonly verdict: string;
	readonly motif: string;
	readonly par: string;
	readonly le: string;
}

/**
 * Keeps what a person says of a pair; nothing is merged.
 * out    id of the decision, or what is missing
 */
export async function settleOverlap(
	db: DbOrTrx,
	ref: Referentiel,
	asked: OverlapSettlement
): Promise<number | Refusal> {
	const { territoire, paire, par, le } = asked;
	const verdict = VERDICTS.find((v) => v === asked.verdict);
	if (!verdict) return { refus: 'Choisissez ce que sont ces deux actions.', conseil: null, champ: 'verdict' };
	if (!par.trim()) return { refus: 'Indiquez votre nom.', conseil: 'Une décision est toujours signée.', champ: 'par' };
	if (verdict === 'en-tension' && !asked.motif.trim())
		return {
			refus: 'Dites l’arbitrage en une phrase.',
			conseil: 'Complémentarité, condition ou calendrier.',
			champ: 'motif'
		};
	const pair = (await readOverlaps(db, ref, territoire, le.slice(0, 10)))?.find((p) => p.id === paire);
	if (!pair) return { refus: 'Cette paire n’est plus proposée.', conseil: 'Une des deux actions a changé.' };
	return keepDecision(db, {
		territoire,
		sujet: { genre: 'recoupement', id: paire },
		quartier: null,
		valeur: { verdict, empreinte: pair.empreinte },
		motif: asked.motif.trim() || null,
		par: par.trim(),
		le
	});
}
