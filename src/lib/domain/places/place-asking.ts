import type { ReachBy, UnresolvedPlace } from '../crossing/place';
import { distance } from '../text';
import { turnsOf } from './exceptions';
import { placedName, type Neighbour } from './neighbours';
import type { GivenAnswer } from './place-answers';
import type { NameMatch } from './place-names';
import type { Places } from './places';
import { mention, settled, type Narrowing, type Reading } from './reading';
import { shareInCell } from './share-told';

/* Which quartier a code or a name means, and the question when it may be several, or none. */

const CODE_2024 = /\bQN[0-9A-Z]{3}\d{2}[A-Z]\b/gi;
const CODE_2015 = /\bQP[0-9A-Z]{3}\d{3}\b/gi;
const CODE = new RegExp(`${CODE_2024.source}|${CODE_2015.source}`, 'gi');

/** A code of either generation stands in the text. */
export const holdsCode = (text: string): boolean => /\bQ[NP]/i.test(text) && text.search(CODE) >= 0;

type Answered = (answer: GivenAnswer, texte: string) => void;

/** Puts a question; `meant` are the quartiers whose reach waits for the answer. */
export function ask(
	into: Reading,
	texte: string,
	raison: UnresolvedPlace['raison'],
	proches: readonly { readonly code: string; readonly nom: string }[],
	meant: readonly { readonly code: string }[] = proches,
	answered: Answered = (answer, words) => settled(answer, words, into)
): void {
	if (into.questions.some((q) => q.texte === texte)) return;
	const answer = into.answer(texte, raison === 'ambigu');
	if (answer) return answered(answer, texte);
	into.questions.push({ texte, raison, proches: proches.map(({ code, nom }) => ({ code, nom })) });
	for (const q of meant) into.doubtful.set(q.code, texte);
	into.elsewhere ??= texte;
}

/** A quartier of another territory: it reaches none of this one, and its words say where it is. */
export function tellElsewhere(into: Reading, texte: string, other: Neighbour): void {
	const nom = placedName(other);
	into.elsewhere ??= `${texte}\u00a0: ${nom}`;
	ask(into, texte, 'ailleurs', [{ code: other.code, nom }], []);
}

export const quartiersOf = (codes: readonly string[], places: Places) =>
	places.quartiers.filter((q) => codes.includes(q.code));

/** The one quartier a name means here, or null and a question. */
export function settle(
	match: NameMatch,
	words: string,
	places: Places,
	by: Narrowing,
	into: Reading,
	answered?: Answered
): string | null {
	const all = [...new Set(match.forms.map((f) => f.quartier))];
	const within = (codes: readonly string[], communes: readonly string[]) =>
		codes.filter((c) => places.byCode.get(c)?.communes.some((x) => communes.includes(x.code)));
	const kept = by.columns?.length ? within(all, by.columns) : all;
	const narrowed = kept.length > 1 ? within(kept, by.hints) : kept;
	if (narrowed.length === 1) return narrowed[0]!;
	const candidates = narrowed.length ? narrowed : kept.length ? kept : all;
	if (!candidates.some((c) => into.named.has(c))) {
		const proches = quartiersOf(candidates, places);
		ask(into, words, 'ambigu', proches, proches, answered);
	}
	return null;
}

/** Codes of either generation in a text, each read by the words before it; null when there is none. */
export function readCodes(text: string, places: Places, into: Reading): string[] | null {
	const codes = holdsCode(text) ? [...text.matchAll(CODE)] : [];
	if (codes.length === 0) return null;
	const turns = turnsOf(
		text,
		codes.map(({ index, 0: code }) => ({ start: index, end: index + code.length }))
	);
	const share = codes.length === 1 ? shareInCell(text) : null;
	const found: string[] = [];
	codes.forEach(([written], rank) => {
		const code = written.toUpperCase();
		const turn = turns[rank];
		const keep = (quartier: string, par: ReachBy): void => {
			if (!places.byCode.has(quartier)) return void (turn === 'dehors' || (into.elsewhere ??= code));
			if (turn === 'dehors') return void into.out.set(quartier, text);
			if (turn === 'proche') return void into.likely.set(quartier, { par: 'proximite', preuve: text });
			into.located = true;
			found.push(quartier);
			mention(into, quartier, { par, preuve: code, cible: share !== null && share.valeur > 0, share });
		};
		for (const [quartier, par] of meantBy(code, places, into)) keep(quartier, par);
	});
	return found;
}

/** The quartiers of a code; one of another territory is none of these; a code that nothing knows, or that has several successors, is asked about. */
export function meantBy(code: string, places: Places, into: Reading): (readonly [string, ReachBy])[] {
	if (code.startsWith('QN')) {
		const other = places.byCode.has(code) ? undefined : places.neighbours.byCode.get(code);
		if (other) {
			tellElsewhere(into, code, other);
			return [];
		}
		const near = places.byCode.has(code) ? [] : places.quartiers.filter((q) => distance(q.code, code) === 1);
		if (near.length === 0) return [[code, 'code']];
		ask(into, code, 'proche', near);
		return [];
	}
	const next = places.successors.get(code) ?? [];
	if (next.length === 1) return [[next[0]!.code, 'code-2015']];
	const here = next.map((n) => ({ code: n.code, nom: n.nom ?? n.code }));
	ask(into, code, here.length ? 'code-2015' : 'code-inconnu', here, here.length ? here : places.quartiers);
	return [];
}

/** Every code of a text, capitals. */
export const codesIn = (text: string): readonly string[] =>
	holdsCode(text) ? [...text.matchAll(CODE)].map(([code]) => code.toUpperCase()) : [];
