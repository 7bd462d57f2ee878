import { NIVEAUX } from '../domain/crossing/place';
import type { Refusal } from '../domain/issue';
import type { Referentiel } from '../domain/rules/referentiel';
import { keepDecision } from './keep-decision';
import type { Db } from './db/client';
import { refuse, signed, unsigned, type Signed } from './decide';
import { crossedTerritory } from './read-territory';

/* What an action does for one quartier, corrected in one gesture: its level, and the share of it that falls inside. */

interface ReachAsked extends Signed {
	readonly action: string;
	readonly quartier: string;
}

/**
 * Corrects the level of reach of an action on a quartier.
 * out    id of the decision, or what is missing
 */
export async function correctReach(
	db: Db,
	ref: Referentiel,
	asked: ReachAsked & { readonly niveau: string },
	asOf: string
): Promise<number | Refusal> {
	const now = unsigned(asked) ?? (await reachNow(db, ref, asked, asOf));
	if ('refus' in now) return now;
	if (!(NIVEAUX as readonly string[]).includes(asked.niveau)) return refuse('L’atteinte choisie n’est pas comprise.');
	if (now.niveau === asked.niveau && now.par === 'decision') return refuse('Cette atteinte est déjà celle-là.');
	const valeur = { niveau: asked.niveau, ...(now.niveau === asked.niveau && { verdict: 'confirme' }) };
	return keepDecision(db, signed(asked, 'atteinte', asked.action, asked.quartier, valeur));
}

/**
 * Says which share of an operation falls inside a quartier.
 * in     `part`: « 35 », « 12,5 % » ; a blank takes the typed share back: unknown, which is not 0
 * out    id of the decision, or what is missing
 */
export async function setPart(
	db: Db,
	ref: Referentiel,
	asked: ReachAsked & { readonly part: string },
	asOf: string
): Promise<number | Refusal> {
	const now = unsigned(asked) ?? (await reachNow(db, ref, asked, asOf));
	if ('refus' in now) return now;
	const text = asked.part.replace(/[\s%]/g, '').replace(',', '.');
	const part = text === '' ? null : Number(text);
	if (part !== null && !(part >= 0 && part <= 100))
		return refuse(
			`« ${asked.part.trim()} » n’est pas une part.`,
			'Écrivez un nombre de 0 à 100, ou laissez vide si vous ne savez pas.',
			'part'
		);
	return keepDecision(db, signed(asked, 'part', asked.action, asked.quartier, { part }));
}

async function reachNow(db: Db, ref: Referentiel, { territoire, action, quartier }: ReachAsked, asOf: string) {
	const crossed = await crossedTerritory(db, ref, territoire, asOf);
	const placed = crossed?.placed.find((p) => p.action.id === action);
	const reach = placed?.reach.find((r) => r.quartier === quartier);
	return reach ?? refuse('Cette action n’est plus dans les plans de ce territoire.');
}
