import * as fr from '../french';
import { placeFactDefs, saidWords, type PlaceFactDef, type PlaceFacts } from '../funding/place-facts';
import type { Verdict } from '../rules/eligibility';
import type { Referentiel } from '../rules/referentiel';
import type { Quartier, Territory } from '../territory';
import type { UnaskedLine } from './request-lines';

/* Questions of the requests that are facts of a place: answered once, from the page that asks them, and no line asks them again. */

export interface OnceQuestion {
	readonly fait: string;
	readonly question: string;
	/** « demandé par 34 actions » */
	readonly pour: string;
	/** « les 35 communes », « « Bellevue » » */
	readonly qui: string;
	/** « Oui, toutes », « Non, aucune »; « Oui », « Non » for one place. */
	readonly oui: string;
	readonly non: string;
	/** Places to choose among; one alone is answered by yes or no. */
	readonly lieux: readonly { readonly code: string; readonly nom: string }[];
}

export interface OnceAnswer {
	/** Number of the decision, to take it back. */
	readonly lot: number;
	readonly dit: string;
}

export interface OnceForAll {
	readonly questions: readonly OnceQuestion[];
	readonly reponses: readonly OnceAnswer[];
	/** Keys of the questions above: the lines that ask one lead to it. */
	readonly cles: readonly string[];
}

/** Places a fact may be answered for: those of the quartier chosen, or all of the territory. */
export function placesAsked(
	{ portee }: Pick<PlaceFactDef, 'portee'>,
	territory: Territory,
	quartiers: readonly Pick<Quartier, 'code' | 'nom' | 'communes'>[],
	quartier: string | null
): OnceQuestion['lieux'] {
	if (portee === 'territoire') return [{ code: territory.code, nom: territory.nom }];
	const own = quartiers.filter((q) => quartier === null || q.code === quartier);
	if (portee === 'quartier') return own.map(({ code, nom }) => ({ code, nom }));
	// A quartier may stand over a commune of the EPCI next door: it is asked about too, or what is done there stays unanswered.
	const around = [...(quartier === null ? territory.communes : []), ...own.flatMap((q) => q.communes)];
	return [...new Map(around.map((c) => [c.code, c])).values()];
}

/** « , dont 3 hors de l’intercommunalité »: communes over which one of its quartiers stands. */
export function beyondWords(
	lieux: OnceQuestion['lieux'],
	{ communes }: Territory,
	kind: 'commune' | 'quartier'
): string {
	const own = new Set<string>(communes.map((c) => c.code));
	const n = kind === 'commune' ? lieux.filter((l) => !own.has(l.code)).length : 0;
	return n ? `, dont ${fr.number(n)} hors de l’intercommunalité` : '';
}

interface Where {
	readonly territory: Territory;
	readonly quartiers: readonly Pick<Quartier, 'code' | 'nom' | 'communes'>[];
	readonly quartier: string | null;
}

/**
 * What the measures open to the actions of the page ask of places, the most asked first, and what people answered already.
 * in     `lines`: every line the page shows; a line tells but its nearest measure, so `verdicts` say what the others ask;
 *        `quartiers` with the names the page gives them
 */
export function onceForAll(
	lines: readonly UnaskedLine[],
	verdicts: readonly Verdict[],
	facts: PlaceFacts | undefined,
	{ territory, quartiers, quartier }: Where,
	ref: Pick<Referentiel, 'financements'>
): OnceForAll {
	const defs = [...placeFactDefs(ref.financements).values()];
	const shown = new Set(lines.map((l) => l.action));
	const open = verdicts.filter((v) => v.verdict === 'indetermine' && shown.has(v.action));
	const asking = (fait: string): number =>
		new Set(open.filter((v) => v.manquants.some((m) => m.cle === fait && m.bloquant)).map((v) => v.action)).size;
	const questions = defs
		.map((def) => ({ def, n: asking(def.fait) }))
		.filter(({ n }) => n > 0)
		.sort((a, b) => b.n - a.n)
		.map(({ def, n }): OnceQuestion => {
			const lieux = placesAsked(def, territory, quartiers, quartier);
			const kind = def.portee === 'commune' ? 'commune' : 'quartier';
			return {
				...{ fait: def.fait, question: def.question, lieux },
				...(lieux.length === 1
					? { oui: 'Oui', non: 'Non' }
					: def.portee === 'commune'
						? { oui: 'Oui, toutes', non: 'Non, aucune' }
						: { oui: 'Oui, tous', non: 'Non, aucun' }),
				pour: `demandé par ${fr.count(n, 'action')}`,
				qui:
					lieux.length === 1
						? lieux[0]!.nom
						: `les ${fr.count(lieux.length, kind)}${beyondWords(lieux, territory, kind)}`
			};
		});
	const words = new Map(defs.map((d) => [d.fait, d.question]));
	return {
		questions,
		cles: questions.map((q) => q.fait),
		reponses: (facts?.dits ?? []).map((said) => ({
			lot: said.id,
			dit: `${words.get(said.fait)} ${fr.capital(saidWords(facts!, said))}.`
		}))
	};
}
