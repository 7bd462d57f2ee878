import { crossingFacts } from '../domain/crossing/signatures';
import { ROLE_LABEL, ROLES, type Role } from '../domain/crossing/signature-words';
import type { Refusal } from '../domain/issue';
import type { Referentiel } from '../domain/rules/referentiel';
import { plain } from '../domain/text';
import * as decisions from './db/decisions';
import { keepDecision } from './keep-decision';
import type { Db } from './db/client';
import { elsewhere, refuse, signed, type Signed } from './decide';
import { crossedTerritory } from './read-territory';

/* The two référents sign a crossing of a quartier. What they signed on is kept with their word. */

export interface CrossingAsked extends Signed {
	readonly quartier: string;
	/** X code. */
	readonly croise: string;
	readonly role: string;
	/** In a row, line after line: nobody signs for both référents by a slip. */
	readonly enSerie?: boolean;
}

/**
 * Signs a crossing, or signs it again on the facts of the day.
 * out    id of the decision, or what is missing; the reason may stay blank
 */
export async function signCrossing(
	db: Db,
	ref: Referentiel,
	asked: CrossingAsked,
	asOf: string
): Promise<number | Refusal> {
	if (!asked.par.trim()) return refuse('Indiquez votre nom.', 'Une signature est toujours nominative.', 'par');
	const role = roleOf(asked.role);
	if (!role) return refuse('Dites quel référent signe.', 'Transition, ou politique de la ville.');
	const crossed = await crossedTerritory(db, ref, asked.territoire, asOf);
	if (
		!crossed?.view.quartiers.some((q) => q.quartier.code === asked.quartier) ||
		!ref.enjeux.croises.some((x) => x.code === asked.croise)
	)
		return refuse('Ce croisement n’est pas dans ce quartier.', 'Rechargez la page.');
	const other = crossed.view.signatures.find((s) => s.quartier === asked.quartier && s.croise === asked.croise);
	const former = other?.[role === 'ville' ? 'transition' : 'ville'];
	if (asked.enSerie && former && plain(former.par) === plain(asked.par))
		return refuse(
			`${former.par} a déjà signé ce croisement comme ${ROLE_LABEL[role === 'ville' ? 'transition' : 'ville']}.`,
			`Deux référents le signent\u00a0: écrivez le nom du ${ROLE_LABEL[role]}. Si une même personne tient les deux rôles, elle signe depuis la page du quartier, devant les faits.`,
			'par'
		);
	const faits = crossingFacts(crossed.view, asked.quartier, asked.croise);
	return keepDecision(db, signed(asked, 'signature', asked.croise, asked.quartier, { role, faits }));
}

/** Takes a référent's signatures of a crossing back; they stay in the history. How many were in force, or what is missing. */
export async function unsignCrossing(db: Db, asked: Omit<CrossingAsked, 'motif'>): Promise<number | Refusal> {
	if (!asked.par.trim()) return refuse('Indiquez votre nom.', 'Le retrait d’une signature est signé lui aussi.');
	const fault = await elsewhere(db, asked.territoire);
	if (fault) return fault;
	const own = (await decisions.listByTerritory(db, asked.territoire)).filter(
		(d) =>
			d.sujet.genre === 'signature' &&
			d.sujet.id === asked.croise &&
			d.quartier === asked.quartier &&
			(d.valeur as { readonly role?: unknown } | null)?.role === asked.role
	);
	if (own.length === 0) return refuse('Cette signature a déjà été retirée.');
	return db.transaction().execute(async (trx) => {
		for (const { id } of own) await decisions.cancel(trx, id, asked.le, asked.par.trim());
		return own.length;
	});
}

const roleOf = (text: string): Role | undefined => ROLES.find((role) => role === text);
