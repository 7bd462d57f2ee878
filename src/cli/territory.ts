import { isRefusal } from '../lib/domain/issue';
import type { Db } from '../lib/server/db/client';
import { crossedTerritory } from '../lib/server/read-territory';
import { seenFrom, type SeenFrom } from '../lib/server/shared-quartier';
import { text, WrongUse, type Call } from './arguments';
import type { Context } from './context';

/* The territory, and perhaps the quartier, that a command reads. */

export async function territoryOf(call: Call, { db, ref, asOf }: Context) {
	const quartier = text(call.options, 'quartier') ?? null;
	const said = text(call.options, 'territoire');
	const { territoire: code, dit } = said ? { territoire: said, dit: null } : await placeOf(quartier!, db);
	const crossed = await crossedTerritory(db, ref, code, asOf);
	if (!crossed)
		throw new WrongUse(
			`Le territoire « ${code} » n’a ni quartier ni plan dans cette base. Voir : croisee territoires.`
		);
	const { view } = crossed;
	if (quartier !== null && !view.quartiers.some((q) => q.quartier.code === quartier))
		throw new WrongUse(`Le quartier « ${quartier} » n’est pas de ce territoire.`);
	return { crossed, view, quartier, dit };
}

/** The territory of a quartier given alone; when two could be meant and both have plans, the person says which. */
export async function placeOf(quartier: string, db: Db): Promise<SeenFrom> {
	const seen = await seenFrom(db, quartier);
	if (!seen)
		throw new WrongUse(`Le quartier « ${quartier} » n’est pas dans cette base. Importez d’abord les périmètres.`);
	if (isRefusal(seen)) throw new WrongUse(`${seen.refus} ${seen.conseil}`);
	return seen;
}

/** What is read, under what was chosen to read it. */
export const under = (dit: string | null, lisible: string): string => [dit, lisible].filter(Boolean).join('\n');
