import * as fr from '../french';
import { firstYear } from '../crossing/past-end';
import type { PlacedAction } from '../crossing/place';
import { communeIndex, communeNamed, type CommuneIndex } from '../places/communes';
import { criteriaOf } from '../rules/funding';
import type { Referentiel } from '../rules/referentiel';
import type { IsoDate } from '../source';
import type { Commune } from '../territory';
import { cellOf } from './plan-lines';
import { originText } from './plan-words';

/* What published lists of grants suggest of a fact: the commune received the same measure before. A clue, never an answer. */

export interface Clue {
	/** « probable : Saint-Quentin a reçu la DPV en 2023 et 2024 » */
	readonly dit: string;
	/** « probable : déjà en 2023 et 2024 », beside a question that names the measure. */
	readonly court: string;
	/** Where it was read: « dpv-2024.csv, ligne 1965 ». */
	readonly preuve: string;
}

/** Fact → what is suggested of it for one action. */
export type Clues = (placed: PlacedAction) => ReadonlyMap<string, Clue>;

/** Communes named; beyond, they are counted. */
const NAMED = 2;

interface Received {
	/** « la DPV » */
	readonly nom: string;
	readonly ans: ReadonlyMap<string, Set<string>>;
	readonly dernier: ReadonlyMap<string, PlacedAction>;
}

/**
 * in     all the actions of a territory, those of its lists of grants among them; its communes
 * out    a clue for the facts whose criterion says so (`indice_recu` of data/financements): of the communes an action names, or
 *        of the one that carries it; of all those that received when it names none
 * never  an answer: the fact stays to be given; nothing from a grant of a later year
 */
export function cluesFrom(
	all: readonly PlacedAction[],
	communes: readonly Commune[],
	ref: Pick<Referentiel, 'financements'>,
	asOf: IsoDate
): Clues {
	const index = communeIndex(communes);
	const byFact = new Map<string, Received>();
	for (const { id, applicable_si } of ref.financements.flatMap((f) => f.mesures))
		for (const criterion of applicable_si ? criteriaOf(applicable_si) : [])
			if (criterion.critere === 'fait' && criterion.indice_recu)
				byFact.set(criterion.fait, received(criterion.indice_recu, id, all, index, asOf));
	return (placed) => {
		const own = ownCommunes(placed, index);
		return new Map(
			[...byFact].flatMap(([fait, known]): [string, Clue][] => {
				const had = [...known.ans.keys()].filter((code) => own.length === 0 || own.includes(code));
				return had.length ? [[fait, clueOf(known, had, index)]] : [];
			})
		);
	};
}

function received(
	nom: string,
	mesure: string,
	all: readonly PlacedAction[],
	index: CommuneIndex,
	asOf: IsoDate
): Received {
	const ans = new Map<string, Set<string>>();
	const dernier = new Map<string, PlacedAction>();
	for (const placed of all) {
		const { action, liste } = placed;
		const an = firstYear(action.dates)?.toString();
		const granted = action.financements.some((f) => f.dispositif === mesure && (f.obtenu ?? 0) > 0);
		if (liste === undefined || action.porteurType !== 'commune' || !granted || !an || an > asOf.slice(0, 4)) continue;
		for (const code of ownCommunes(placed, index)) {
			ans.set(code, (ans.get(code) ?? new Set()).add(an));
			if (Number(an) >= (firstYear(dernier.get(code)?.action.dates ?? null) ?? 0)) dernier.set(code, placed);
		}
	}
	return { nom, ans, dernier };
}

function ownCommunes({ action }: PlacedAction, index: CommuneIndex): string[] {
	const told = action.communes.flatMap((text) => communeNamed(text, index) ?? []);
	const owner = action.porteur && action.porteurType === 'commune' ? communeNamed(action.porteur, index) : null;
	return told.length ? told : owner ? [owner] : [];
}

function clueOf({ nom, ans, dernier }: Received, had: readonly string[], index: CommuneIndex): Clue {
	const years = [...new Set(had.flatMap((code) => [...ans.get(code)!]))].sort();
	const last = [...had].sort((a, b) =>
		[...ans.get(b)!].sort().at(-1)! > [...ans.get(a)!].sort().at(-1)! ? 1 : -1
	)[0]!;
	const names =
		had.length > NAMED
			? `${fr.inWords(had.length, true)} communes du territoire ont`
			: `${fr.list(had.map((code) => index.byCode.get(code as Commune['code'])?.nom ?? code))} ${had.length > 1 ? 'ont' : 'a'}`;
	return {
		dit: `probable${fr.INSECABLE}: ${names} reçu ${nom} en ${fr.list(years)}`,
		court: `probable${fr.INSECABLE}: déjà en ${fr.list(years)}`,
		preuve: originText(cellOf(dernier.get(last)!.action))
	};
}
