import { count, date } from '../../domain/french';
import type { Refusal } from '../../domain/issue';
import { answerWords, quartierChoice } from '../../domain/pages/place-questions';
import { territoryQuestions } from '../../domain/pages/territory-questions';
import { placeAnswers, type GivenAnswer, type PlaceAnswer } from '../../domain/places/place-answers';
import type { Referentiel } from '../../domain/rules/referentiel';
import type { Quartier } from '../../domain/territory';
import { plain } from '../../domain/text';
import type { Db, DbOrTrx } from '../db/client';
import * as decisions from '../db/decisions';
import { keepDecision } from '../keep-decision';
import { quartiersOf } from '../db/territories';
import { crossedTerritory } from '../read-territory';
import { getTerritory } from '../territories';

/* People say where a place is; it is kept as a decision of their territory, and serves at every reading from then on. */

interface Signed {
	readonly territoire: string;
	readonly par: string;
	readonly le: string;
}

/**
 * Keeps answers about places.
 * out    how many were kept; a refusal when one names a quartier or a commune of elsewhere, or nobody signs
 * never  erases: an answer about the same words and the same communes is taken back, and stays in the history
 */
export async function answerPlaces(
	db: Db,
	{ territoire, par, le }: Signed,
	answers: readonly PlaceAnswer[]
): Promise<number | Refusal> {
	const territory = await getTerritory(db, territoire);
	if (!territory) return refuse('Ce territoire n’est pas dans cette base.');
	if (!par.trim()) return refuse('Indiquez votre nom.', 'Une réponse est toujours signée.');
	if (answers.length === 0)
		return refuse('Aucune réponse n’est donnée.', 'Cochez un quartier, ou choisissez dans la liste.');
	const quartiers = await quartiersOf(db, territoire);
	const communes = new Set(
		[...territory.communes, ...quartiers.flatMap((q) => q.communes)].map((c) => c.code as string)
	);
	for (const answer of answers) {
		const foreign =
			answer.reponse === 'quartiers'
				? answer.quartiers.find((code) => !quartiers.some((q) => q.code === code))
				: answer.reponse === 'commune' && !communes.has(answer.commune)
					? answer.commune
					: undefined;
		if (foreign !== undefined)
			return refuse(`${foreign} n’est pas dans ${territory.nom}.`, 'Choisissez parmi les lieux de ce territoire.');
	}
	await db.transaction().execute(async (trx) => {
		const before = placeAnswers(await decisions.listByTerritory(trx, territoire));
		for (const answer of answers) {
			for (const old of before.filter((b) => isReplacedBy(b, answer, quartiers)))
				await decisions.cancel(trx, old.id, le);
			await keepDecision(trx, {
				territoire,
				sujet: { genre: 'alias', id: plain(answer.texte) },
				quartier: null,
				valeur: answer,
				motif: null,
				par: par.trim(),
				le
			});
		}
	});
	return answers.length;
}

/** Two answers about one name live side by side only when they are about quartiers of different communes. */
function isReplacedBy(old: GivenAnswer, next: PlaceAnswer, quartiers: readonly Quartier[]): boolean {
	if (plain(old.texte) !== plain(next.texte) || plain(old.titre ?? '') !== plain(next.titre ?? '')) return false;
	const communesOf = (answer: PlaceAnswer): string[] =>
		answer.reponse === 'commune'
			? [answer.commune]
			: answer.reponse === 'quartiers'
				? quartiers.filter((q) => answer.quartiers.includes(q.code)).flatMap((q) => q.communes.map((c) => c.code))
				: [];
	const [a, b] = [communesOf(old), communesOf(next)];
	return a.length === 0 || b.length === 0 || a.some((code) => b.includes(code));
}

/** Takes an answer back: the question comes again. False when it was not in force here. */
export async function withdrawAnswer(
	db: DbOrTrx,
	asked: { readonly territoire: string; readonly id: number; readonly le: string }
): Promise<boolean> {
	const own = placeAnswers(await decisions.listByTerritory(db, asked.territoire)).some((a) => a.id === asked.id);
	return own && decisions.cancel(db, asked.id, asked.le);
}

/** What the queue of a territory shows beside its questions. */
export async function placesOf(db: DbOrTrx, code: string) {
	const territory = await getTerritory(db, code);
	const quartiers = await quartiersOf(db, code);
	const communes = [
		...new Map(
			[...(territory?.communes ?? []), ...quartiers.flatMap((q) => q.communes)].map((c) => [c.code, c])
		).values()
	];
	const answers = placeAnswers(await decisions.listByTerritory(db, code));
	return {
		quartiers,
		choix: {
			quartiers: quartiers.map(quartierChoice),
			communes: communes.map(({ code: insee, nom }) => ({ code: insee as string, nom }))
		},
		reponses: answers.toReversed().map((answer) => ({
			id: answer.id,
			texte: answer.texte,
			titre: answer.titre,
			lieu: answerWords(answer, quartiers, communes),
			par: answer.par,
			le: date(answer.le)
		}))
	};
}

/** Every place that the committed plans of a territory name and that nothing attaches; null for an unknown territory. */
export async function territoryQueue(db: DbOrTrx, ref: Referentiel, code: string, asOf: string) {
	const crossed = await crossedTerritory(db, ref, code, asOf);
	if (!crossed) return null;
	const { choix, reponses } = await placesOf(db, code);
	return {
		nom: crossed.view.territory.nom,
		fictif: crossed.view.territory.fictif,
		questions: territoryQuestions(crossed.view, ref),
		choix,
		reponses
	};
}

export const answered = (n: number): string => count(n, 'réponse enregistrée', 'réponses enregistrées');

const refuse = (refus: string, conseil: string | null = null): Refusal => ({ refus, conseil });
