import { inQuartier, theQuartier } from '../crossing/quartier-story';
import { capital } from '../french';
import { withoutNames } from './gap-called';
import type { Gap } from './gaps';
import type { AnswerPlace, SeverityLevel } from './referentiel';

/* Findings of a territory, sent once: what a group says for all is not said again by each. */

/** The same rule on the same enjeu over several quartiers, read at once; one question to ask, whatever its enjeux. */
export interface GapGroup {
	readonly regle: string;
	readonly enjeu: string | null;
	readonly gravite: SeverityLevel;
	readonly reponse: Gap['reponse'];
	/** What they are called, when their rule has several names for what it finds. */
	readonly titre?: string;
	/** Sentence of the group; « {quartier} », « {dans} », « {le} » and « {enjeu} » stand for the words of each. */
	readonly message: string;
	readonly aFaire: string;
	/** What is left of it, once what a page says first for many of them is done. */
	readonly suite?: string;
	readonly ou: AnswerPlace | null;
	/** Kind of plan that all of them ask to bring. */
	readonly apporter?: string;
	/** First facts of the first finding; the quartier's page has every one. */
	readonly faits: readonly string[];
	readonly autresFaits: number;
	readonly gaps: readonly GapLine[];
}

/** What is its own in a finding of a group; what is left out is said by the group. */
export interface GapLine {
	readonly id: string;
	readonly quartier: string | null;
	/** Only where the group holds several. */
	readonly enjeu?: string;
	readonly message?: string;
	readonly aFaire?: string;
	/** What its figure rests on, or who lives there. */
	readonly pourquoi?: string;
	/** Only for a finding about actions rather than an enjeu. */
	readonly actions?: readonly string[];
	readonly ecartee?: NonNullable<Gap['ecartee']>;
	readonly aRevoir?: NonNullable<Gap['aRevoir']>;
}

/** A finding as a card reads it: no proofs, they are the card's. */
export type GapRead = Pick<
	Gap,
	| 'id'
	| 'regle'
	| 'gravite'
	| 'reponse'
	| 'quartier'
	| 'enjeu'
	| 'titre'
	| 'message'
	| 'aFaire'
	| 'pourquoi'
	| 'ou'
	| 'apporter'
	| 'ecartee'
	| 'aRevoir'
>;

const SEVERITIES: readonly SeverityLevel[] = ['critique', 'haute', 'moyenne', 'information', 'opportunite'];
const rank = (g: { readonly gravite: SeverityLevel }) => SEVERITIES.indexOf(g.gravite);

export function bySeverity(a: Pick<Gap, 'gravite' | 'regle'>, b: Pick<Gap, 'gravite' | 'regle'>): number {
	return rank(a) - rank(b) || a.regle.localeCompare(b.regle);
}

/** Facts kept per group on a page that lists them all. */
const FACTS = 3;

/** Names the sentences hold, by code. */
export interface GapWords {
	readonly quartiers: ReadonlyMap<string, string>;
	readonly enjeux: Readonly<Record<string, { readonly libelle: string }>>;
}

/** What changes from one sentence of a group to the next, longest words first. */
function wordsOf(quartier: string | null, enjeu: string | null, { quartiers, enjeux }: GapWords): [string, string][] {
	const nom = quartier && quartiers.get(quartier);
	const libelle = enjeu && enjeux[enjeu]?.libelle;
	return [
		...(libelle ? [['{enjeu}', libelle] as [string, string]] : []),
		...(nom
			? ([
					['{Dans}', capital(inQuartier(nom))],
					['{dans}', inQuartier(nom)],
					// « la Gare », « le quartier Europe »: one sentence, whatever the article.
					['{Le}', capital(theQuartier(nom))],
					['{le}', theQuartier(nom)],
					['{quartier}', nom]
				] as [string, string][])
			: [])
	];
}

/**
 * Groups findings by rule and enjeu, most severe and most widespread first; set-aside ones come with their group. What is only
 * asked for is grouped by what there is to do: one question, not one per enjeu.
 * in     `key` gives the short name of an action on that page
 */
export function groupGaps(gaps: readonly Gap[], words: GapWords, key: (action: string) => string): GapGroup[] {
	const groups = new Map<string, Gap[]>();
	for (const gap of gaps) {
		const about = gap.reponse === 'donnee-manquante' ? withoutNames(gap) : gap.enjeu;
		const id = `${gap.regle}|${about}|${gap.gravite}|${gap.reponse}`;
		const list = groups.get(id);
		if (list) list.push(gap);
		else groups.set(id, [gap]);
	}
	return [...groups.values()]
		.map((list) => toGroup(list, words, key))
		.sort((a, b) => rank(a) - rank(b) || b.gaps.length - a.gaps.length);
}

function toGroup(list: readonly Gap[], words: GapWords, key: (action: string) => string): GapGroup {
	const first = list[0]!;
	const { regle, gravite, reponse, titre, ou = null } = first;
	const apporter = list.every((g) => g.apporter === first.apporter) && first.apporter;
	const enjeu = list.every((g) => g.enjeu === first.enjeu) ? first.enjeu : null;
	// What names somebody is said of each; the group keeps what holds for all.
	const aFaire = list.every((g) => g.aFaire === first.aFaire) ? first.aFaire : withoutNames(first);
	const template = (gap: Gap) =>
		wordsOf(gap.quartier, gap.enjeu, words).reduce((text, [mark, said]) => text.replaceAll(said, mark), gap.message);
	const message = template(first);
	const faits = enjeu ? first.preuves.faits : [];
	return {
		regle,
		enjeu,
		gravite,
		reponse,
		...(titre && { titre }),
		message,
		aFaire,
		ou,
		...(apporter && { apporter }),
		faits: faits.slice(0, FACTS),
		autresFaits: Math.max(0, faits.length - FACTS),
		gaps: list.map((gap) => ({
			id: gap.id,
			quartier: gap.quartier,
			...(gap.enjeu !== enjeu && gap.enjeu && { enjeu: gap.enjeu }),
			...(template(gap) !== message && { message: gap.message }),
			...(gap.aFaire !== aFaire && { aFaire: gap.aFaire }),
			...(gap.pourquoi && { pourquoi: gap.pourquoi }),
			...(!gap.enjeu && gap.preuves.actions.length > 0 && { actions: gap.preuves.actions.map(key) }),
			...(gap.ecartee && { ecartee: gap.ecartee }),
			...(gap.aRevoir && { aRevoir: gap.aRevoir })
		}))
	};
}

/** The sentence of one finding of a group. */
export const messageOf = (group: GapGroup, line: GapLine, words: GapWords): string =>
	line.message ??
	wordsOf(line.quartier, line.enjeu ?? group.enjeu, words).reduce(
		(text, [mark, said]) => text.replaceAll(mark, said),
		group.message
	);

export function readGap(group: GapGroup, line: GapLine, words: GapWords): GapRead {
	const { regle, gravite, reponse, titre, ou, apporter } = group;
	return {
		id: line.id,
		regle,
		gravite,
		reponse,
		...(titre && { titre }),
		enjeu: line.enjeu ?? group.enjeu,
		quartier: line.quartier,
		message: messageOf(group, line, words),
		aFaire: line.aFaire ?? group.aFaire,
		...(line.pourquoi && { pourquoi: line.pourquoi }),
		ou,
		...(apporter && { apporter }),
		ecartee: line.ecartee ?? null,
		aRevoir: line.aRevoir ?? null
	};
}

/**
 * Groups seen from one place.
 * in     `ids`: gaps of that place, as `gapsOfQuartier` gives them; null for all
 */
export function groupsOn(groups: readonly GapGroup[], ids: ReadonlySet<string> | null): GapGroup[] {
	if (!ids) return [...groups];
	return groups.map((g) => keptOf(g, (x) => ids.has(x.id))).filter((g) => g.gaps.length > 0);
}

/** Gaps that wait for a decision: a line is as many as it has cases. */
export const openCases = (groups: readonly GapGroup[]): number =>
	groups.flatMap((g) => g.gaps).filter((gap) => !gap.ecartee).length;

/** A group without some of its findings: the facts it tells are those of the first, and go with it; what is left to one body names it. */
export function keptOf(group: GapGroup, keep: (line: GapLine) => boolean): GapGroup {
	const gaps = group.gaps.filter(keep);
	const facts = gaps[0] === group.gaps[0] ? {} : { faits: [], autresFaits: 0 };
	const [asked, ...others] = new Set(gaps.map((line) => line.aFaire ?? group.aFaire));
	if (asked === undefined || others.length > 0) return { ...group, ...facts, gaps };
	return { ...group, ...facts, aFaire: asked, gaps: gaps.map(({ aFaire: _, ...line }) => line) };
}
