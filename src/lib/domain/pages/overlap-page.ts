import { placeInDocument } from '../document-names';
import type { Decision, PlanKind } from '../action';
import { carrierOf } from '../crossing/leads';
import { endWords, isOverdue } from '../crossing/past-end';
import { byId, type PlacedAction } from '../crossing/place';
import { inQuartier } from '../crossing/quartier-story';
import { nameAndService } from '../crossing/referents';
import { count, FINE, INSECABLE, number, plural } from '../french';
import { meetIn } from '../rules/gaps-by-quartier';
import { pairDecisions, pairPrint, type OverlapDecision } from '../rules/overlap-decisions';
import type { Overlap } from '../rules/overlaps';
import { titleRoot } from '../rules/title-likeness';
import { overlapLines, type OverlapLines } from './overlap-lines';

/* Pairs side by side, with what a person said of them. */

export interface OverlapSide {
	readonly id: string;
	readonly plan: string;
	/** Kind of plan, and whether it is a list of grants read under that name. */
	readonly genre: PlanKind;
	readonly liste: boolean;
	readonly reference: string | null;
	/** Title cut where a word is common to both: odd pieces are the common words. */
	readonly titre: readonly string[];
	readonly description: string | null;
	readonly porteur: string | null;
	readonly pilote: string | null;
	/** « Référent du PCAET : chargée de mission, 01 99 00 12 34 »; null: there is a pilot, or nobody wrote one. */
	readonly referent: string | null;
	/** « PCAET de Valenciennes Métropole, ligne 17 » */
	readonly origine: string;
	readonly fichier: string;
	/** « projet déjà subventionné en 2023, fin prévue passée »; null: nothing says that it is over. */
	readonly etat: string | null;
}

export interface OverlapPair extends Overlap {
	readonly cotes: readonly [OverlapSide, OverlapSide];
	readonly decision: OverlapDecision | null;
	/** What a decision is about; kept with it. */
	readonly empreinte: string;
}

export interface OverlapPage {
	readonly titre: string;
	/** « 6 paires à décider, 1 déjà décidée : 4 se recoupent entre deux plans ; 2 se contredisent peut-être. » */
	readonly reste: string;
	/** Those still open first; the first ones only, unless all were asked for. */
	readonly paires: readonly OverlapPair[];
	/** Pairs of two plans that are alike and still open, a line each; null when their cards say as much. */
	readonly lignes: OverlapLines | null;
	readonly total: number;
	/** Pairs of two kinds of plans; the others stand in two documents of one kind, or twice in one. */
	readonly entreGenres: number;
	/** What comes first, when both kinds of pairs are listed; null else. */
	readonly ordre: string | null;
	readonly comptes: Readonly<Record<'a-trancher' | 'tranchees' | Overlap['genre'], number>>;
}

export function overlapPairs(
	overlaps: readonly Overlap[],
	placed: readonly PlacedAction[],
	decisions: readonly Decision[],
	planName: (placed: PlacedAction) => string,
	documents: ReadonlyMap<number, string>,
	asOf: string | null = null
): OverlapPair[] {
	const byId = new Map(placed.map((p) => [p.action.id, p]));
	const said = pairDecisions(decisions, byId);
	return overlaps.map((overlap) => {
		const [a, b] = [byId.get(overlap.a)!, byId.get(overlap.b)!];
		const side = (p: PlacedAction): OverlapSide => ({
			id: p.action.id,
			plan: planName(p),
			genre: p.action.plan,
			liste: p.liste !== undefined,
			reference: p.action.reference,
			titre: cut(p.action.titre, overlap.mots),
			description: p.action.description,
			porteur: carrierOf(p),
			pilote: p.action.pilote,
			referent: referentOf(p),
			origine: placeInDocument(p.action, documents),
			fichier: p.action.origine.fichier,
			etat: stateOf(p, asOf)
		});
		return {
			...overlap,
			cotes: [side(a), side(b)],
			decision: said.get(overlap.id) ?? null,
			empreinte: pairPrint(a, b)
		};
	});
}

/** in     null: the day is not known, and nothing can be past */
function stateOf({ action, liste }: PlacedAction, asOf: string | null): string | null {
	const past = asOf !== null && isOverdue(action, asOf);
	if (liste === undefined) return past ? endWords(action, asOf) : null;
	const year = action.dates?.fin?.slice(0, 4) ?? action.dates?.exercice;
	return `projet déjà subventionné${year ? ` en ${year}` : ''}${past ? (action.dates?.fin ? ', fin prévue passée' : ', sans doute fini') : ''}`;
}

function referentOf({ meneurs: { referent } }: PlacedAction): string | null {
	if (!referent) return null;
	const said = [nameAndService(referent), referent.telephone ?? referent.courriel].filter(Boolean).join(', ');
	return `Référent ${referent.de}${INSECABLE}: ${said}`;
}

/** Pairs that meet in a quartier: both actions come to it, and one at least does more than cover the whole territory. */
export function overlapsIn<T extends Overlap>(
	overlaps: readonly T[],
	placed: readonly PlacedAction[],
	quartier: string
): readonly T[] {
	const known = byId(placed);
	return overlaps.filter((o) => {
		const [a, b] = [known.get(o.a), known.get(o.b)];
		return a !== undefined && b !== undefined && meetIn(a, b, quartier);
	});
}

/** « 3 paires d’actions à comparer dans ce quartier »; null when there is none. */
export const overlapsHere = (n: number): string | null =>
	n === 0 ? null : `${count(n, 'paire d’actions', 'paires d’actions')} à comparer dans ce quartier`;

/** « Rénover l’école Hugo » with the roots « renov, ecol » → ['', 'Rénover', ' l’', 'école', ' Hugo'] */
function cut(title: string, roots: readonly string[]): string[] {
	const pieces: string[] = [''];
	for (const part of title.split(/([\p{L}\p{N}]+)/u)) {
		const common = part !== '' && /[\p{L}\p{N}]/u.test(part) && roots.includes(titleRoot(part));
		if (common) pieces.push(part, '');
		else pieces[pieces.length - 1] += part;
	}
	return pieces;
}

/** Of two kinds of plans; two lists of grants are one kind. */
export const acrossKinds = ({ cotes: [a, b] }: OverlapPair): boolean => a.genre !== b.genre || a.liste !== b.liste;

export const isOpen = ({ decision }: OverlapPair): boolean => decision === null || decision.aRevoir;

/** The pair to read once that one is settled: the next open one; itself, when it was settled already; null after the last. */
export function pairAfter(paires: readonly OverlapPair[], id: string): string | null {
	const open = paires.filter(isOpen);
	const at = open.findIndex((p) => p.id === id);
	return at < 0 ? id : (open[at + 1]?.id ?? null);
}

const against = (p: Overlap): boolean => p.genre === 'tension';

/** Those of two kinds of plans first, what pulls apart after what is alike, each in their order: what the page is asked for. */
export const crossingFirst = (paires: readonly OverlapPair[]): OverlapPair[] => {
	const [across, within] = [paires.filter(acrossKinds), paires.filter((p) => !acrossKinds(p))];
	return [across, within].flatMap((all) => [...all.filter((p) => !against(p)), ...all.filter(against)]);
};

/** « 15 paires d’actions se recoupent entre deux plans », of those still open: the first that there are; null when none is. */
function meetWords(open: readonly OverlapPair[]): string | null {
	const [alike, tensions] = [open.filter((p) => !against(p)), open.filter(against)];
	if (alike.length) return told(firstOf(alike), 'se recoupe', 'se recoupent');
	return tensions.length ? told(firstOf(tensions), 'se contredit peut-être', 'se contredisent peut-être') : null;
}

/** Those of two plans when there are any. */
const firstOf = (pairs: readonly OverlapPair[]): readonly OverlapPair[] => {
	const across = pairs.filter(acrossKinds);
	return across.length ? across : pairs;
};

const told = (pairs: readonly OverlapPair[], one: string, many: string): string =>
	`${count(pairs.length, `paire d’actions ${one}`, `paires d’actions ${many}`)} ${acrossKinds(pairs[0]!) ? whereAcross(pairs) : whereWithin(pairs)}`;

/** « 16 se recoupent entre deux plans, 2 dans un même plan ; 6 se contredisent peut-être entre deux plans »; '' when one kind is all. */
function splitWords(open: readonly OverlapPair[]): string {
	const kinds = [
		[open.filter((p) => !against(p)), 'se recoupe', 'se recoupent'],
		[open.filter(against), 'se contredit peut-être', 'se contredisent peut-être']
	] as const;
	const parts = kinds.filter(([pairs]) => pairs.length).map(([pairs, one, many]) => placed(pairs, one, many));
	const whole = parts.length === 1 && open.every((p) => acrossKinds(p) === acrossKinds(open[0]!));
	return whole ? '' : parts.join(`${FINE}; `);
}

/** in     at least one pair */
function placed(pairs: readonly OverlapPair[], one: string, many: string): string {
	const across = pairs.filter(acrossKinds);
	const within = pairs.filter((p) => !acrossKinds(p));
	const first = across.length ? across : within;
	const said = `${number(first.length, 0)} ${plural(first.length, one, many)}`;
	if (!across.length) return `${said} ${whereWithin(within)}`;
	const rest = within.length ? `, ${number(within.length, 0)} ${whereWithin(within)}` : '';
	return `${said} ${whereAcross(across)}${rest}`;
}

const whereWithin = (pairs: readonly OverlapPair[]): string =>
	pairs.every(({ cotes: [a] }) => a.liste) ? 'entre listes de subventions' : 'dans un même plan';
/** A list of money granted is no plan. */
const whereAcross = (pairs: readonly OverlapPair[]): string =>
	pairs.every(({ cotes }) => cotes.some((side) => side.liste))
		? 'entre un plan et des projets déjà subventionnés'
		: 'entre deux plans';

const ORDER =
	'D’abord les paires de deux plans, puis les autres\u202f; dans chacune, du rapprochement le plus fort au plus faible, puis ce qui se contredit peut-être.';

/** A list one reads in a minute. */
const SHOWN = 6;

function leftWords(open: readonly OverlapPair[], decided: number): string {
	const done = decided ? `, ${count(decided, 'déjà décidée', 'déjà décidées')}` : '';
	const split = splitWords(open);
	return `${open.length ? count(open.length, 'paire') : 'Aucune paire'} à décider${done}${split && `\u00a0: ${split}`}.`;
}

/** in     `lieu`: name of the quartier these pairs meet in; null: the whole territory */
export function overlapPage(paires: readonly OverlapPair[], tout = false, lieu: string | null = null): OverlapPage {
	const ici = lieu === null ? '' : `, ${inQuartier(lieu)}`;
	const open = paires.filter(isOpen);
	const of = (genre: Overlap['genre']): number => open.filter((p) => p.genre === genre).length;
	const across = paires.filter(acrossKinds).length;
	const meet = meetWords(open);
	const alike = open.filter((p) => acrossKinds(p) && !against(p));
	const shown = [...open, ...paires.filter((p) => !open.includes(p))].slice(0, tout ? undefined : SHOWN);
	return {
		titre: meet
			? `${meet}${ici}`
			: paires.length
				? `Toutes les paires sont décidées${ici}\u00a0: ${paires.length} ${plural(paires.length, 'décision')}`
				: `Aucun recoupement entre les plans${ici || ' de ce territoire'}`,
		reste: leftWords(open, paires.length - open.length),
		paires: shown,
		lignes: alike.length > 1 ? overlapLines(alike, shown) : null,
		total: paires.length,
		entreGenres: across,
		ordre: across > 0 && across < paires.length ? ORDER : null,
		comptes: {
			'a-trancher': open.length,
			tranchees: paires.length - open.length,
			doublon: of('doublon'),
			recoupement: of('recoupement'),
			tension: of('tension')
		}
	};
}
