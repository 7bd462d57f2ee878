import type { Decision } from '../../domain/action';
import { pairPrint } from '../../domain/rules/overlap-decisions';
import { pairId, VERDICTS } from '../../domain/rules/overlaps';
import type { Refusal } from '../../domain/issue';
import type { Referentiel } from '../../domain/rules/referentiel';
import type { Db } from '../db/client';
import { keepDecision } from '../keep-decision';
import { refuse, signed } from '../decide';
import { crossedTerritory } from '../read-territory';
import type { Doer } from './write-gesture';

/* What people write beside an action: notes, and how it stands to another. Both are decisions: signed, dated, taken back. */

/** Keeps a note; the text is its value. */
export async function addNote(
	db: Db,
	ref: Referentiel,
	asked: Doer & { readonly action: string; readonly texte: string }
): Promise<number | Refusal> {
	const texte = asked.texte.trim();
	if (!texte) return refuse('La note est vide.', null, 'texte');
	if (!asked.par.trim()) return refuse('Indiquez votre nom.', 'Une note est toujours signée.', 'par');
	const placed = await placedOf(db, ref, asked);
	if (!placed.some((p) => p.action.id === asked.action)) return refuse('Cette action n’est plus dans les plans.');
	return keepDecision(db, signed({ ...asked, motif: '' }, 'note', asked.action, null, { texte }));
}

/** Says what two actions are to each other, as for the pairs the tool proposes. */
export async function linkActions(
	db: Db,
	ref: Referentiel,
	asked: Doer & { readonly action: string; readonly autre: string; readonly verdict: string; readonly motif: string }
): Promise<number | Refusal> {
	const verdict = VERDICTS.find((v) => v === asked.verdict);
	if (!verdict) return refuse('Choisissez ce que sont ces deux actions.', null, 'verdict');
	if (!asked.par.trim()) return refuse('Indiquez votre nom.', 'Un lien est toujours signé.', 'par');
	if (verdict === 'en-tension' && !asked.motif.trim())
		return refuse('Dites l’arbitrage en une phrase.', 'Complémentarité, condition ou calendrier.', 'motif');
	if (asked.action === asked.autre) return refuse('Choisissez une autre action.', null, 'autre');
	const placed = await placedOf(db, ref, asked);
	const pair = placed.filter((p) => p.action.id === asked.action || p.action.id === asked.autre);
	const [a, b] = [...pair].sort((x, y) => (x.action.id < y.action.id ? -1 : 1));
	if (!a || !b)
		return refuse('Cette action n’est pas dans les plans de ce territoire.', 'Choisissez-la dans la liste.', 'autre');
	const valeur = { verdict, empreinte: pairPrint(a, b) };
	return keepDecision(db, signed(asked, 'recoupement', pairId(a.action.id, b.action.id), null, valeur));
}

const placedOf = async (db: Db, ref: Referentiel, { territoire, le }: Doer) =>
	(await crossedTerritory(db, ref, territoire, le.slice(0, 10)))?.placed ?? [];

export interface Note {
	readonly id: number;
	readonly texte: string;
	readonly par: string;
	readonly le: string;
}

/** Notes of one action in force, last first. */
export const notesOf = (all: readonly Decision[], action: string): Note[] =>
	all
		.filter((d) => d.sujet.genre === 'note' && d.sujet.id === action)
		.map(({ id, valeur, par, le }) => ({
			id,
			texte: String((valeur as { texte?: unknown } | null)?.texte ?? ''),
			par,
			le
		}))
		.toReversed();
