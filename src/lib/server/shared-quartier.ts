import * as fr from '../domain/french';
import type { Refusal } from '../domain/issue';
import type { DbOrTrx } from './db/client';
import { getQuartier } from './db/territories';
import { listTerritories, type TerritoryRow } from './territories';

/* A quartier may lie over two intercommunalités: from which of them it is seen, when nobody says it. */

type Seen = Pick<TerritoryRow, 'code' | 'nom' | 'plans'>;

export interface SeenFrom {
	readonly territoire: string;
	/** The choice that was made, and how to make the other; null when the quartier has but one intercommunalité. */
	readonly dit: string | null;
}

/**
 * The intercommunalité a quartier is seen from when none is named: the one that has plans.
 * out    a refusal when several have plans: only a person can say; null when the quartier is not in the database
 */
export async function seenFrom(db: DbOrTrx, quartier: string): Promise<SeenFrom | Refusal | null> {
	const found = await getQuartier(db, quartier);
	if (!found || found.epci.length === 0) return null;
	if (found.epci.length === 1) return { territoire: found.epci[0]!, dit: null };
	const known = new Map((await listTerritories(db)).map((row) => [row.code, row]));
	const all = found.epci.map((code): Seen => known.get(code) ?? { code, nom: code, plans: 0 });
	return chosenOf(`${found.nom} (${quartier})`, all);
}

/** Pure: among the intercommunalités of one quartier. */
export function chosenOf(quartier: string, all: readonly Seen[]): SeenFrom | Refusal {
	const planned = all.filter((t) => t.plans > 0);
	const named = (t: Seen) => `${fr.withThe(t.nom)} (${t.code})`;
	const shared = `Le quartier ${quartier} est partagé entre ${fr.list(all.map(named))}`;
	const option = (t: Seen) => `--territoire ${t.code}`;
	if (planned.length > 1)
		return {
			refus: `${shared}, et ${planned.length === all.length ? 'chacune a' : 'plusieurs ont'} des plans importés : dites laquelle.`,
			conseil: `Ajoutez ${fr.list(planned.map(option), 'ou')}.`
		};
	const taken = planned[0] ?? all[0]!;
	const others = all.filter((t) => t !== taken);
	const why = planned.length
		? `seule à avoir des plans (${fr.count(taken.plans, 'document')})`
		: 'aucune n’ayant encore de plan';
	return {
		territoire: taken.code,
		dit: `${shared}. Vu ici depuis ${fr.withThe(taken.nom)}, ${why} ; pour l’autre : ${fr.list(others.map(option), 'ou')}.`
	};
}
