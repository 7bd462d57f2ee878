import type { Champ, PlanKind } from '../action';
import { cellText, type CellValue } from './cell';
import { SURE, type Pair } from './header-assign';
import { likelihood } from './header-candidates';
import { financingRole, isPairedAmount, saysFinancing, type States } from './header-financing';
import { isNumbering, type Look } from './header-look';
import { scoreHeader, type FieldScore } from './header-score';
import { bareHeader } from './header-words';
import type { PlansFile } from '../rules/referentiel';
import { inferPorteurType } from './row-porteur';
import { plain } from '../text';

/* What a column means because of what stands beside it or above it. */

/** Known by the row above it, or by its neighbours, only. */
export const UNDER_BANNER = 0.75;
/** Known by the look of its cells only. */
const GUESSED = 0.6;
/** A header that says so little that the group it stands in says the rest. */
const GENERIC =
	/^(?:noms?|n|no|numero|intitule|libelle|code|type|dates?|montant|total|titre|description|statut|etat|nature|siret|n siret|siren|commune|debut|fin|detail|ville)$/;
/** Texts that a group of columns without a known name may still hold. */
const GROUPED: ReadonlySet<Champ> = new Set<Champ>([
	'notes',
	'etapes',
	'indicateurs',
	'partenaires',
	'publics',
	'secteurs'
]);
/** Fields that tell a table of actions from a list of anything else. */
const OF_ACTIONS: ReadonlySet<Champ> = new Set<Champ>([
	'numero',
	'axe',
	'objectif',
	'description',
	'porteur',
	'porteur_siren',
	'pilote',
	'partenaires',
	'statut',
	'date_debut',
	'date_fin',
	'annee',
	'cout_investissement',
	'financements',
	'dispositif',
	'qpv'
]);
/** Longer than this, the text above is a sentence, not a group. */
const BANNER_CHARACTERS = 60;

export interface Named {
	readonly index: number;
	readonly entete: string;
	readonly cells: readonly CellValue[];
	readonly look: Look;
	/** Text of the group it stands under; '' for none. */
	readonly above: string;
}

/** « Bénéficiaire » over « Nom »: the two together. */
export function withBanner({ entete, above, look }: Named, plans: PlansFile, plan: PlanKind): readonly FieldScore[] {
	if (above === '' || above.length > BANNER_CHARACTERS || !GENERIC.test(plain(entete))) return [];
	const both = [`${above} ${entete}`, `${entete} ${above}`].flatMap((text) => scoreHeader(text, plans, plan));
	const likely = both.filter((s) => likelihood(s.champ, s.score, plain(entete), look, plans, plan) === 1);
	return likely
		.filter((s) => s.score >= 0.9)
		.map(({ champ, score }) => ({ champ, score: Math.max(score, 0.96) + 0.05 }));
}

/** « 2024 | 2025 » over texts, in the group « Notes de suivi ». */
export function underGroup(named: readonly Named[], chosen: Map<number, Pair>, plans: PlansFile, plan: PlanKind): void {
	for (const { index, above, look } of named) {
		if (chosen.has(index) || above === '' || above.length > BANNER_CHARACTERS || look.words < 0.6) continue;
		const [best] = scoreHeader(above, plans, plan);
		if (best && best.score >= 0.7 && GROUPED.has(best.champ))
			chosen.set(index, { champ: best.champ, score: UNDER_BANNER, index, filled: look.filled });
	}
}

/** « Action | Intitulé du projet »: the first, repeated from row to row, is the level above the title. */
export function levelsAbove(named: readonly Named[], chosen: Map<number, Pair>, pairs: readonly Pair[]): void {
	const titre = [...chosen.values()].find((pair) => pair.champ === 'titre');
	const own = named.find((column) => column.index === titre?.index);
	if (!titre || !own) return;
	for (const { index, look } of named) {
		if (chosen.has(index) || index > titre.index || look.words < 0.6) continue;
		const lost = pairs.some((pair) => pair.index === index && pair.champ === 'titre' && pair.score >= 0.8);
		if (lost && look.distinct < 0.8 && look.distinct < own.look.distinct)
			chosen.set(index, { champ: 'objectif', score: UNDER_BANNER, index, filled: look.filled });
	}
}

/** Without a title nothing can be read: the column whose short texts tell the rows apart, « Description » before any other. */
export function titleFrom(named: readonly Named[], chosen: Map<number, Pair>): void {
	const fields = new Set([...chosen.values()].map((pair) => pair.champ));
	if (fields.has('titre') || fields.has('sous_action')) return;
	// A list of places or of levers has no actions to name.
	if ([...fields].filter((champ) => OF_ACTIONS.has(champ)).length < 3) return;
	const fit = named.filter(({ index, cells, look }) => {
		const held = chosen.get(index)?.champ;
		const free = held === undefined || held === 'description';
		if (look.contacts > 0.3 || look.links > 0.3 || look.codes > 0.5) return false;
		return (
			free &&
			look.filled >= 3 &&
			look.filled >= 0.6 * cells.length &&
			look.words >= 0.8 &&
			look.distinct >= 0.7 &&
			look.length >= 8 &&
			look.length <= 200
		);
	});
	const described = (column: Named): number => (chosen.get(column.index)?.champ === 'description' ? 1 : 0);
	const [best] = fit.sort(
		(a, b) => described(b) - described(a) || b.look.distinct - a.look.distinct || b.look.length - a.look.length
	);
	if (best) chosen.set(best.index, { champ: 'titre', score: GUESSED, index: best.index, filled: best.look.filled });
}

/** « Précisions », which are notes beside a description, are the description of a table that has none: what they say of the action is read. */
export function describedOtherwise(named: readonly Named[], chosen: Map<number, Pair>, pairs: readonly Pair[]): void {
	if ([...chosen.values()].some((pair) => pair.champ === 'description')) return;
	for (const { index, look } of named) {
		if (chosen.get(index)?.champ !== 'notes' || look.words < 0.6) continue;
		const otherwise = pairs.find((pair) => pair.index === index && pair.champ === 'description' && pair.score >= SURE);
		if (otherwise) chosen.set(index, otherwise);
	}
}

/** « Financeur 1 | Montant € HT »: the amount is that financeur's, not a cost of the action. */
export function pairedAmounts(
	named: readonly Named[],
	plans: PlansFile,
	plan: PlanKind,
	states: States
): ReadonlySet<number> {
	const isFinanceur = ({ entete, cells }: Named): boolean =>
		scoreHeader(entete, plans, plan)[0]?.champ === 'financements' &&
		financingRole(entete, cells, states, false) === 'financeur';
	const after = named.filter((column, i) => {
		const before = named[i - 1];
		return before && isPairedAmount(column.entete) && isFinanceur(before);
	});
	return new Set(after.map((column) => column.index));
}

/** Whether the row above the headers says that money stands under it: « Financements », « Subventions demandées ». */
export function saysMoney(above: string, states: States, cells: readonly CellValue[] = []): boolean {
	const words = plain(above);
	const named = /\b(?:co)?financements?\b|\bsubventions?\b|\bfinanceurs?\b/.test(words);
	return named || saysFinancing(words, cells, states);
}

/** « Département » over « 59 », « 062 »: a place by its number, unless the row above says that it is money. */
export const numbersPlaces = ({ entete, cells, look, above }: Named, states: States): boolean =>
	look.filled > 0 &&
	!saysMoney(above, states) &&
	isNumbering(plain(bareHeader(entete)), cells.map(cellText).filter(Boolean));

/** Amounts under « Région », « CAF », when the row above says « Financements » over them. */
export function underBanner(named: readonly Named[], chosen: Map<number, Pair>, states: States): void {
	for (const { index, entete, cells, look, above } of named) {
		const held = chosen.get(index);
		const sure = held !== undefined && (held.champ !== 'financements' || held.score > UNDER_BANNER);
		if (sure || look.amounts < 0.5) continue;
		if (saysMoney(above, states, cells) && !/^(?:taux|total|reste)\b/.test(plain(entete)))
			chosen.set(index, { champ: 'financements', score: UNDER_BANNER, index, filled: cells.length });
	}
}

/** « Ville | CAF | Agglo » filled with amounts, beside a subvention: whose money it is, not where it happens. */
export function otherPayers(named: readonly Named[], chosen: Map<number, Pair>, plans: PlansFile): void {
	if (![...chosen.values()].some((pair) => pair.champ === 'financements')) return;
	for (const { index, entete, cells, look } of named) {
		const held = chosen.get(index)?.champ;
		if (held !== undefined && !['communes', 'territoire', 'porteur', 'partenaires'].includes(held)) continue;
		if (/\b(?:code|numero|n|id|nom|insee)\b/.test(plain(entete))) continue;
		// « 59 » or « 59350 », not an amount.
		const code = /\b(?:departement|region)\b/.test(plain(entete)) ? /^(?:\d{1,3}|\d{5})$/ : /^\d{5}$/;
		const codes = cells.every((cell) => cellText(cell) === '' || code.test(cellText(cell)));
		if (codes || look.amounts < 0.8 || inferPorteurType(entete, plans, null) === null) continue;
		chosen.set(index, { champ: 'financements', score: UNDER_BANNER, index, filled: cells.length });
	}
}
