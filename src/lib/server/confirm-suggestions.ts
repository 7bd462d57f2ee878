import type { Decision } from '../domain/action';
import type { Crossed } from '../domain/crossing/territory-view';
import { NIVEAUX } from '../domain/crossing/place';
import { suggestionsOf, type Suggestion } from '../domain/crossing/suggestions';
import type { Refusal } from '../domain/issue';
import type { Referentiel } from '../domain/rules/referentiel';
import * as decisions from './db/decisions';
import { keepBatch } from './keep-decision';
import type { Db } from './db/client';
import { elsewhere, refuse, signed, type Signed } from './decide';
import { crossedTerritory } from './read-territory';

/* People confirm, correct or refuse what the tool proposes: one gesture is one batch, and one undo. */

export const GESTURES = ['confirmer', 'corriger', 'refuser'] as const;
export type Gesture = (typeof GESTURES)[number];

export interface SuggestionsAsked extends Signed {
	readonly gestes: readonly { readonly id: string; readonly geste: Gesture; readonly code?: string | undefined }[];
}

/** Suggestions that wait for a person, with the territory they are about; null when it is not there. */
export async function readSuggestions(
	db: Db,
	ref: Referentiel,
	code: string,
	asOf: string
): Promise<{ readonly crossed: Crossed; readonly suggestions: readonly Suggestion[] } | null> {
	const crossed = await crossedTerritory(db, ref, code, asOf);
	return crossed && { crossed, suggestions: suggestionsOf(crossed.placed, ref.lexique.confiance) };
}

/**
 * Decides on suggestions, all in one batch.
 * out    the batch and how many, or what is missing; nothing is written when one of them cannot be
 * never  corrects or refuses without a reason; a confirmation may go without
 */
export async function decideSuggestions(
	db: Db,
	ref: Referentiel,
	asked: SuggestionsAsked,
	asOf: string
): Promise<{ readonly lot: number; readonly nombre: number } | Refusal> {
	if (!asked.par.trim()) return refuse('Indiquez votre nom.', 'Une décision est toujours signée.');
	if (asked.gestes.length === 0) return refuse('Aucune proposition n’est cochée.', 'Cochez-en au moins une.');
	if (!asked.motif.trim() && asked.gestes.some((g) => g.geste !== 'confirmer'))
		return refuse(
			'Un motif est nécessaire pour corriger ou refuser.',
			'Une phrase suffit ; elle restera lisible.',
			'motif'
		);
	const read = await readSuggestions(db, ref, asked.territoire, asOf);
	if (!read) return refuse('Ce territoire n’est pas dans cette base.');
	const known = new Map(read.suggestions.map((s) => [s.id, s]));
	const batch: Omit<Decision, 'id'>[] = [];
	for (const { id, geste, code } of asked.gestes) {
		const suggestion = known.get(id);
		if (!suggestion)
			return refuse('Une des propositions n’attend plus de décision.', 'Rechargez la page : rien n’a été écrit.');
		const decision = decisionOn(suggestion, geste, code ?? '', ref);
		if (decision === null) return refuse(`« ${code ?? ''} » ne peut pas remplacer cette proposition.`);
		batch.push(signed(asked, decision.genre, suggestion.action, suggestion.quartier, decision.valeur));
	}
	const lot = await db.transaction().execute((trx) => keepBatch(trx, batch));
	return { lot, nombre: batch.length };
}

/** null when the code put in its place is not of the same kind. */
export function decisionOn(
	{ genre, code }: Suggestion,
	geste: Gesture,
	other: string,
	ref: Referentiel
): { genre: Decision['sujet']['genre']; valeur: unknown } | null {
	if (genre === 'atteinte') {
		const niveau = geste === 'confirmer' ? code : geste === 'refuser' ? 'aucune' : other;
		if (!(NIVEAUX as readonly string[]).includes(niveau)) return null;
		return { genre: 'atteinte', valeur: { niveau, ...(geste === 'confirmer' && { verdict: 'confirme' }) } };
	}
	const family = genre === 'nature' ? ref.enjeux.natures : ref.enjeux[genre];
	if (geste === 'corriger' && !family.some((f) => f.code === other)) return null;
	if (genre === 'nature') {
		if (geste === 'refuser') return { genre: 'nature', valeur: null };
		return { genre: 'nature', valeur: { code: geste === 'corriger' ? other : code } };
	}
	const verdict = { confirmer: 'confirme', corriger: 'corrige', refuser: 'refuse' }[geste];
	return { genre: 'enjeu', valeur: { verdict, code, ...(geste === 'corriger' && { remplace: other }) } };
}

/**
 * Takes a gesture back whole: a batch, or a decision taken alone. It stays in the history.
 * out    how many decisions were in force, or what is missing
 */
export async function undoGesture(
	db: Db,
	asked: { readonly territoire: string; readonly lot: number; readonly par: string; readonly le: string }
): Promise<number | Refusal> {
	if (!asked.par.trim()) return refuse('Indiquez votre nom.', 'Une annulation est signée, comme une décision.');
	const fault = await elsewhere(db, asked.territoire);
	if (fault) return fault;
	const undone = await decisions.cancelBatch(db, { ...asked, par: asked.par.trim() });
	return undone || refuse('Cette décision a déjà été annulée.');
}
