import type { Refusal } from '../domain/issue';
import { overlapPairs, type OverlapPair } from '../domain/pages/overlap-page';
import { VERDICTS } from '../domain/rules/overlaps';
import type { Referentiel } from '../domain/rules/referentiel';
import * as decisions from './db/decisions';
import type { DbOrTrx } from './db/client';
import { crossedTerritory } from './read-territory';

/** Candidate pairs of a territory, with what was decided of them; null when the territory is not there. */
export async function readOverlaps(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	asOf: string
): Promise<OverlapPair[] | null> {
	const crossed = await crossedTerritory(db, ref, code, asOf);
	if (!crossed) return null;
	const names = new Map(ref.plans.types.map((t) => [t.code, t.court]));
	return overlapPairs(
		crossed.recoupements,
		crossed.placed,
		await decisions.listByTerritory(db, code),
		(plan) => names.get(plan) ?? plan
	);
}

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
	if (!verdict) return { refus: 'Choisissez ce que sont ces deux actions.', conseil: null };
	if (!par.trim()) return { refus: 'Indiquez votre nom.', conseil: 'Une décision est toujours signée.' };
	if (verdict === 'en-tension' && !asked.motif.trim())
		return { refus: 'Dites l’arbitrage en une phrase.', conseil: 'Complémentarité, condition ou calendrier.' };
	const pair = (await readOverlaps(db, ref, territoire, le.slice(0, 10)))?.find((p) => p.id === paire);
	if (!pair) return { refus: 'Cette paire n’est plus proposée.', conseil: 'Une des deux actions a changé.' };
	return decisions.add(db, {
		territoire,
		sujet: { genre: 'recoupement', id: paire },
		quartier: null,
		valeur: { verdict, empreinte: pair.empreinte },
		motif: asked.motif.trim() || null,
		par: par.trim(),
		le
	});
}
