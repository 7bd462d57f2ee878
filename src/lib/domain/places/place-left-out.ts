import { communeNamed, communesIn } from './communes';
import { ask, codesIn, meantBy, quartiersOf, settle } from './place-asking';
import { answeredBy, type GivenAnswer } from './place-answers';
import { formsLike, namesIn } from './place-found';
import { nameWords } from './place-names';
import type { Places } from './places';
import type { Narrowing, Reading } from './reading';

/* The places that an exception leaves out: « sauf Les Glacis et Europe », « hors Vermoy ». */

const PIECES = /[,;/+]|\s+et\s+|\s+ou\s+/i;

/** Words that name a place of the territory. */
export const isKnown = (out: string, places: Places): boolean =>
	codesIn(out).length > 0 ||
	[out, ...out.split(PIECES)].some(
		(piece) => communeNamed(piece, places.communes) !== null || namesIn(piece, 'quartiers', places).found.length > 0
	);

/** Takes quartiers out: by code, by name, by commune; words that name none are a question. */
export function leaveOut(out: string, proof: string, places: Places, narrowing: Narrowing, into: Reading): void {
	const codes = codesIn(out);
	const drop = (code: string): void => {
		if (places.byCode.has(code)) into.out.set(code, proof);
	};
	const answered = (answer: GivenAnswer): void => {
		if (answer.reponse === 'quartiers')
			for (const code of answer.quartiers) into.out.set(code, `${proof} (${answeredBy(answer)})`);
		else if (answer.reponse === 'commune') dropCommune(answer.commune);
	};
	// A quartier that also lies in another commune is not left out with one of its communes.
	const dropCommune = (commune: string): void => {
		for (const q of places.quartiers) if (q.communes.every((c) => c.code === commune)) drop(q.code);
	};
	if (codes.length > 0) {
		for (const code of codes) for (const [quartier] of meantBy(code, places, into)) drop(quartier);
		return;
	}
	const { found: all } = namesIn(out, 'quartiers', places);
	const whole = all.some((m) => m.start === 0 && m.end === out.length) || communeNamed(out, places.communes) !== null;
	for (const piece of whole ? [out] : out.split(PIECES).filter((p) => nameWords(p).length > 0)) {
		const { found, communes } = namesIn(piece, 'quartiers', places);
		const commune = found.length === 0 ? communeNamed(piece, places.communes) : null;
		if (commune) dropCommune(commune);
		const hints = [...communesIn(piece, places.communes), ...communes, ...narrowing.hints];
		for (const match of found) {
			const code = settle(match, piece.trim(), places, { ...narrowing, hints }, into, answered);
			if (code !== null) drop(code);
		}
		if (found.length === 0 && !commune) {
			const { near, same, shared } = formsLike(piece, places);
			const like = [near, same, shared].find((forms) => forms.length > 0) ?? [];
			const proches = quartiersOf([...new Set(like.map((f) => f.quartier))], places);
			ask(into, piece.trim(), near.length || same.length ? 'proche' : 'inconnu', proches, proches, answered);
		}
	}
}
