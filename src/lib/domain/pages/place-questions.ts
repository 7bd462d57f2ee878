import type { UnresolvedPlace } from '../crossing/place';
import { list, ofThe } from '../french';
import type { GivenAnswer, PlaceAnswer } from '../places/place-answers';
import { nameWords } from '../places/place-names';
import { distance, plain } from '../text';
import type { Commune, Quartier } from '../territory';

/* The queue « à rattacher »: each place nothing could attach, what is near it, and how an answer is read from a form. */

/** One action that names a place. */
export interface Naming {
	readonly titre: string;
	/** « PCAET, ligne 12 », or « ligne 12 ». */
	readonly origine: string;
}

export interface QuartierChoice {
	readonly code: string;
	readonly nom: string;
	/** Names of its communes: homonyms are told apart by them. */
	readonly communes: string;
}

export interface PlaceQuestion {
	readonly texte: string;
	/** 'commune': the name stands for a commune, and none of the territory bears it. */
	readonly raison: UnresolvedPlace['raison'] | 'commune';
	/** Quartiers, or communes when one is asked. */
	readonly proches: readonly QuartierChoice[];
	readonly actions: readonly Naming[];
	/** Set when several quartiers bear the name: the answer is for this action only. */
	readonly titre: string | null;
}

export interface NamedPlace {
	readonly place: Pick<UnresolvedPlace, 'texte' | 'raison' | 'proches'>;
	readonly actions: readonly Naming[];
}

type Q = Pick<Quartier, 'code' | 'nom' | 'communes'>;

export const quartierChoice = ({ code, nom, communes }: Q): QuartierChoice => ({
	code,
	nom,
	communes: list(communes.map((c) => c.nom))
});

/**
 * Questions in the order of the file: one per text, but one per action when several quartiers bear the name.
 * in     quartiers of the territory, to propose the nearest even when the reader found none alike
 */
export function placeQuestions(named: readonly NamedPlace[], quartiers: readonly Q[]): PlaceQuestion[] {
	const byCode = new Map(quartiers.map((q): [string, Q] => [q.code, q]));
	const groups = new Map<string, { place: NamedPlace['place']; actions: Naming[]; titre: string | null }>();
	for (const { place, actions } of named)
		for (const action of actions) {
			const titre = place.raison === 'ambigu' ? action.titre : null;
			const key = `${plain(place.texte)}|${titre === null ? '' : plain(titre)}`;
			const group = groups.get(key) ?? { place, actions: [], titre };
			if (!group.actions.some((a) => a.titre === action.titre && a.origine === action.origine))
				group.actions.push(action);
			groups.set(key, group);
		}
	return [...groups.values()].map(({ place, actions, titre }) => {
		const proches = place.proches.flatMap((p) => byCode.get(p.code) ?? []);
		return {
			texte: place.texte,
			raison: place.raison,
			proches: (proches.length ? proches : nearestQuartiers(place.texte, quartiers)).map(quartierChoice),
			actions,
			titre
		};
	});
}

const NEAREST = 3;
const ALIKE = 0.45;

/** Quartiers whose name, or a part of it, looks like the text; the most alike first. Proposed, never applied. */
export function nearestQuartiers(texte: string, quartiers: readonly Q[]): Q[] {
	const said = nameWords(texte);
	return quartiers
		.map((q) => ({ q, score: likeness(said, nameWords(q.nom)) }))
		.filter(({ score }) => score >= ALIKE)
		.sort((a, b) => b.score - a.score || (a.q.nom < b.q.nom ? -1 : 1))
		.slice(0, NEAREST)
		.map(({ q }) => q);
}

function likeness(a: readonly string[], b: readonly string[]): number {
	const close = (x: string, y: string): number => 1 - distance(x, y) / Math.max(x.length, y.length, 1);
	const whole = close(a.join(' '), b.join(' '));
	const long = b.filter((word) => word.length >= 4);
	const shared = long.filter((word) => a.some((other) => close(word, other) >= 0.8)).length;
	return Math.max(whole, long.length ? shared / long.length : 0);
}

/** Questions about names of communes, as many as the names. */
export const communeQuestions = (
	unknown: readonly {
		readonly texte: string;
		readonly proches: UnresolvedPlace['proches'];
		readonly actions: readonly Naming[];
	}[]
): PlaceQuestion[] =>
	unknown.map(({ texte, proches, actions }) => ({
		texte,
		raison: 'commune',
		proches: proches.map(({ code, nom }) => ({ code, nom, communes: nom })),
		actions,
		titre: null
	}));

/** What the form of the queue holds: `lire` gives every value of a field. */
export interface PlaceForm {
	readonly lire: (champ: string) => readonly string[];
	readonly nombre: number;
}

export interface PlaceFault {
	readonly refus: string;
	readonly conseil: string | null;
}

/**
 * Answers typed in the queue. Boxes name quartiers; the list says « q:CODE », « c:CODE » for a commune, « t » for the whole
 * territory, « h » for no quartier, « x » for a place outside of the territory; '' leaves the question for later. Boxes of
 * a question about a commune name communes.
 * out    a fault when one question has two answers
 */
export function parsePlaceForm({ lire, nombre }: PlaceForm): PlaceAnswer[] | PlaceFault {
	const answers: PlaceAnswer[] = [];
	for (let i = 0; i < nombre; i++) {
		const texte = lire(`texte-${i}`)[0] ?? '';
		const titre = lire(`titre-${i}`)[0] || null;
		const other = lire(`autre-${i}`)[0] ?? '';
		const boxes = lire(`quartiers-${i}`);
		const quartiers = [...new Set([...boxes, ...(other.startsWith('q:') ? [other.slice(2)] : [])])];
		const about = { texte, titre };
		const near = lire(`commune-${i}`);
		const commune = near[0] ?? (other.startsWith('c:') ? other.slice(2) : null);
		if (near.length > 1 || (near.length === 1 && other !== '' && other !== `c:${near[0]}`))
			return { refus: `«\u00a0${texte}\u00a0» a deux réponses.`, conseil: 'Gardez l’une des deux.' };
		if (boxes.length > 0 && other !== '' && !other.startsWith('q:'))
			return {
				refus: `«\u00a0${texte}\u00a0» a deux réponses\u00a0: des quartiers cochés, et une autre réponse dans la liste.`,
				conseil: 'Gardez l’une des deux.'
			};
		if (texte === '') continue;
		if (quartiers.length > 0) answers.push({ ...about, reponse: 'quartiers', quartiers });
		else if (commune !== null) answers.push({ ...about, reponse: 'commune', commune });
		else if (other === 't') answers.push({ ...about, reponse: 'territoire' });
		else if (other === 'x') answers.push({ ...about, reponse: 'hors-territoire' });
		else if (other === 'h') answers.push({ ...about, reponse: 'hors-quartier' });
	}
	return answers;
}

/** An answer as the list of those given says it. */
export function answerWords(answer: GivenAnswer, quartiers: readonly Q[], communes: readonly Commune[]): string {
	if (answer.reponse === 'territoire') return 'tout le territoire';
	if (answer.reponse === 'hors-quartier') return 'hors quartier prioritaire';
	if (answer.reponse === 'hors-territoire') return 'hors du territoire';
	if (answer.reponse === 'commune')
		return `commune ${ofThe(communes.find((c) => c.code === answer.commune)?.nom ?? answer.commune)}`;
	return list(
		answer.quartiers.map((code) => {
			const q = quartiers.find((one) => one.code === code);
			return q ? `${q.nom} (${list(q.communes.map((c) => c.nom))})` : code;
		})
	);
}
