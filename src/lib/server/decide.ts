import { ABOUT_ACTION, type Decision } from '../domain/action';
import { isRefusal, type Refusal } from '../domain/issue';
import { NIVEAUX, type PlacedAction } from '../domain/crossing/place';
import { isRead } from '../domain/crossing/suggestions';
import { GAP_STATES, printOf, type GapState } from '../domain/rules/gap-decisions';
import type { Referentiel } from '../domain/rules/referentiel';
import { IsoDate } from '../domain/source';
import * as decisions from './db/decisions';
import { keepBatch, keepDecision } from './keep-decision';
import type { Db, DbOrTrx } from './db/client';
import { crossedTerritory } from './read-territory';
import { getTerritory } from './territories';

/* The one door by which a person decides: who, when and why are kept, and nothing is ever erased. */

export interface Signed {
	readonly territoire: string;
	/** Why, in the words of the person. */
	readonly motif: string;
	readonly par: string;
	readonly le: string;
}

export interface GapDismissal extends Signed {
	/** Id of a gap. */
	readonly lacune: string;
	/** Treated, postponed or set aside; a day to come back alone says « postponed ». */
	readonly etat?: string | undefined;
	/** Postponed: the day the gap comes back. */
	readonly jusque?: string | undefined;
}

export interface ActionCorrection extends Signed {
	readonly action: string;
	readonly quartier: string;
	readonly niveau: string;
	/** T and P codes. */
	readonly enjeux: readonly string[];
	/** '' says that no nature fits. */
	readonly nature: string;
}

/**
 * Says a gap is treated, postpones it or sets it aside. The facts it rests on are kept with the decision: when they change, it
 * comes back.
 * out    id of the decision, or what is missing
 * never  without a reason and a name
 */
export async function setGapAside(db: DbOrTrx, ref: Referentiel, asked: GapDismissal): Promise<number | Refusal> {
	const fault = unsigned(asked) ?? (await elsewhere(db, asked.territoire));
	if (fault) return fault;
	const { lacune, territoire, le } = asked;
	const state = gapStateOf(asked);
	if (isRefusal(state)) return state;
	const crossed = await crossedTerritory(db, ref, territoire, le.slice(0, 10));
	const gap = crossed?.view.gaps.find((g) => g.id === lacune);
	if (!gap) return refuse('Cette lacune n’est plus là.', 'Les données ont changé : rechargez la page.');
	return keepDecision(db, signed(asked, 'lacune', lacune, null, { ...state, empreinte: printOf(gap) }));
}

/** The state that is asked for, with the day it ends when there is one; or what is wrong with it. */
export function gapStateOf({
	etat: said,
	jusque,
	le
}: Pick<GapDismissal, 'etat' | 'jusque' | 'le'>): { readonly etat: GapState; readonly jusque?: string } | Refusal {
	const etat = GAP_STATES.find((s) => s === said) ?? (jusque ? 'reportee' : 'ecartee');
	if (etat === 'reportee' && !jusque)
		return refuse('Il manque la date de report.', 'Choisissez le jour où elle doit revenir.', 'jusque');
	if (jusque && !IsoDate.safeParse(jusque).success)
		return refuse('La date de report n’est pas lisible.', 'Écrivez-la JJ/MM/AAAA.', 'jusque');
	if (jusque && jusque <= le.slice(0, 10))
		return refuse('La date de report est passée.', 'Choisissez un jour à venir, ou écartez sans date.', 'jusque');
	return { etat, ...(etat === 'reportee' && jusque && { jusque }) };
}

/** Opens a gap again; the earlier decision stays in the history. */
export async function reopenGap(
	db: DbOrTrx,
	asked: Omit<Signed, 'motif'> & { readonly lacune: string; readonly motif?: string }
): Promise<number | Refusal> {
	if (!asked.par.trim()) return refuse('Indiquez votre nom.');
	const fault = await elsewhere(db, asked.territoire);
	if (fault) return fault;
	return keepDecision(
		db,
		signed({ ...asked, motif: asked.motif ?? '' }, 'lacune', asked.lacune, null, { etat: 'rouverte' })
	);
}

/**
 * Corrects what was understood of an action: its reach on one quartier, its enjeux, its nature.
 * out    the gesture, to be undone as one, and how many decisions were written: only what changes is decided
 */
export async function correctAction(
	db: Db,
	ref: Referentiel,
	asked: ActionCorrection,
	asOf: string
): Promise<{ readonly lot: number; readonly nombre: number } | Refusal> {
	const fault = unsigned(asked);
	if (fault) return fault;
	const crossed = await crossedTerritory(db, ref, asked.territoire, asOf);
	const placed = crossed?.placed.find((p) => p.action.id === asked.action);
	if (!placed) return refuse('Cette action n’est plus dans les plans de ce territoire.');
	const known = new Set([...ref.enjeux.transition, ...ref.enjeux.ville].map((e) => e.code));
	if (
		!(NIVEAUX as readonly string[]).includes(asked.niveau) ||
		!placed.reach.some((r) => r.quartier === asked.quartier)
	)
		return refuse('L’atteinte choisie n’est pas comprise.');
	if (asked.enjeux.some((code) => !known.has(code))) return refuse('Un enjeu choisi n’est pas dans le référentiel.');
	if (asked.nature && !ref.enjeux.natures.some((n) => n.code === asked.nature))
		return refuse('La nature choisie n’est pas dans le référentiel.');
	const changes = changesOf(placed, asked);
	if (changes.length === 0) return refuse('Rien n’a changé.', 'Modifiez l’atteinte, les enjeux ou la nature.');
	const lot = await db.transaction().execute((trx) => keepBatch(trx, changes));
	return { lot, nombre: changes.length };
}

/** Takes back every correction of an action seen from a quartier: the files speak again. How many were in force. */
export async function undoCorrections(
	db: DbOrTrx,
	asked: {
		readonly territoire: string;
		readonly action: string;
		readonly quartier: string;
		readonly le: string;
		readonly par?: string;
	}
): Promise<number> {
	const own = (await decisions.listByTerritory(db, asked.territoire)).filter(
		(d) => corrects(d, asked.action) && (d.quartier === null || d.quartier === asked.quartier)
	);
	for (const decision of own) await decisions.cancel(db, decision.id, asked.le, asked.par ?? null);
	return own.length;
}

const corrects = ({ sujet }: Decision, action: string): boolean =>
	sujet.id === action && ABOUT_ACTION.includes(sujet.genre);

function changesOf(placed: PlacedAction, asked: ActionCorrection): Omit<Decision, 'id'>[] {
	const now = {
		niveau: placed.reach.find((r) => r.quartier === asked.quartier)?.niveau,
		enjeux: [...placed.transition, ...placed.ville].map((t) => t.code),
		nature: placed.nature?.code ?? ''
	};
	const family = (letter: string) => asked.enjeux.filter((c) => c.startsWith(letter)).sort();
	// What the tool read and the person left as it was is confirmed, not named: see `decidedTags`.
	const gardes = [...placed.transition, ...placed.ville]
		.filter((t) => asked.enjeux.includes(t.code) && (isRead(t) || t.confirme))
		.map((t) => t.code);
	const enjeux = { transition: family('T'), ville: family('P'), gardes };
	const changes: Omit<Decision, 'id'>[] = [];
	const add = (genre: Decision['sujet']['genre'], quartier: string | null, valeur: unknown) =>
		changes.push(signed(asked, genre, asked.action, quartier, valeur));
	if (asked.niveau !== now.niveau) add('atteinte', asked.quartier, { niveau: asked.niveau });
	if ([...asked.enjeux].sort().join() !== [...now.enjeux].sort().join()) add('enjeux', null, enjeux);
	if (asked.nature !== now.nature) add('nature', null, asked.nature ? { code: asked.nature } : null);
	return changes;
}

export function signed(
	{ territoire, motif, par, le }: Signed,
	genre: Decision['sujet']['genre'],
	id: string,
	quartier: string | null,
	valeur: unknown
): Omit<Decision, 'id'> {
	return { territoire, sujet: { genre, id }, quartier, valeur, motif: motif.trim() || null, par: par.trim(), le };
}

export function unsigned({ motif, par }: Signed): Refusal | null {
	if (!motif.trim()) return refuse('Un motif est nécessaire.', 'Une phrase suffit ; elle restera lisible.', 'motif');
	if (!par.trim()) return refuse('Indiquez votre nom.', 'Une décision est toujours signée.', 'par');
	return null;
}

export const elsewhere = async (db: DbOrTrx, code: string): Promise<Refusal | null> =>
	(await getTerritory(db, code)) ? null : refuse('Ce territoire n’est pas dans cette base.');

export const refuse = (refus: string, conseil: string | null = null, champ?: string): Refusal => ({
	refus,
	conseil,
	...(champ && { champ })
});
