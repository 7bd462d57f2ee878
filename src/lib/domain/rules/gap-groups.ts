import type { Gap } from './gaps';
import type { SeverityLevel } from './referentiel';

/* Findings of a territory, sent once: what a group says for all is not said again by each. */

/** The same rule on the same enjeu over several quartiers, read at once. */
export interface GapGroup {
	readonly regle: string;
	readonly enjeu: string | null;
	readonly gravite: SeverityLevel;
	readonly reponse: Gap['reponse'];
	/** Sentence of the group; « {quartier} » stands for the name of each. */
	readonly message: string;
	readonly aFaire: string;
	/** First facts of the first finding; the quartier's page has every one. */
	readonly faits: readonly string[];
	readonly autresFaits: number;
	readonly gaps: readonly GapLine[];
}

/** What is its own in a finding of a group; what is left out is said by the group. */
export interface GapLine {
	readonly id: string;
	readonly quartier: string | null;
	readonly message?: string;
	readonly aFaire?: string;
	/** Only for a finding about actions rather than an enjeu. */
	readonly actions?: readonly string[];
	readonly ecartee?: NonNullable<Gap['ecartee']>;
	readonly aRevoir?: NonNullable<Gap['aRevoir']>;
}

/** A finding as a card reads it: no proofs, they are the card's. */
export type GapRead = Pick<
	Gap,
	'id' | 'regle' | 'gravite' | 'reponse' | 'quartier' | 'enjeu' | 'message' | 'aFaire' | 'ecartee' | 'aRevoir'
>;

const SEVERITIES: readonly SeverityLevel[] = ['critique', 'haute', 'moyenne', 'information', 'opportunite'];
const rank = (g: { readonly gravite: SeverityLevel }) => SEVERITIES.indexOf(g.gravite);

export function bySeverity(a: Pick<Gap, 'gravite' | 'regle'>, b: Pick<Gap, 'gravite' | 'regle'>): number {
	return rank(a) - rank(b) || a.regle.localeCompare(b.regle);
}

/** What is to be done, for several actions at once: « le pilote (Service habitat) » → « le pilote ». */
export const withoutNames = (aFaire: string): string => aFaire.replace(/ \([^()]*\)/g, '');

/** Facts kept per group on a page that lists them all. */
const FACTS = 3;

/**
 * Groups findings by rule and enjeu, most severe and most widespread first; set-aside ones come with their group.
 * in     names of the quartiers by code; `key` gives the short name of an action on that page
 */
export function groupGaps(
	gaps: readonly Gap[],
	names: ReadonlyMap<string, string>,
	key: (action: string) => string
): GapGroup[] {
	const groups = new Map<string, Gap[]>();
	for (const gap of gaps) {
		const id = `${gap.regle}|${gap.enjeu}|${gap.gravite}|${gap.reponse}`;
		groups.set(id, [...(groups.get(id) ?? []), gap]);
	}
	return [...groups.values()]
		.map((list) => toGroup(list, names, key))
		.sort((a, b) => rank(a) - rank(b) || b.gaps.length - a.gaps.length);
}

function toGroup(list: readonly Gap[], names: ReadonlyMap<string, string>, key: (action: string) => string): GapGroup {
	const first = list[0]!;
	const { regle, enjeu, gravite, reponse } = first;
	// What names somebody is said of each; the group keeps what holds for all.
	const aFaire = list.every((g) => g.aFaire === first.aFaire) ? first.aFaire : withoutNames(first.aFaire);
	const template = (gap: Gap) => {
		const name = gap.quartier && names.get(gap.quartier);
		return name ? gap.message.replaceAll(name, '{quartier}') : gap.message;
	};
	const message = template(first);
	const faits = enjeu ? first.preuves.faits : [];
	return {
		regle,
		enjeu,
		gravite,
		reponse,
		message,
		aFaire,
		faits: faits.slice(0, FACTS),
		autresFaits: Math.max(0, faits.length - FACTS),
		gaps: list.map((gap) => ({
			id: gap.id,
			quartier: gap.quartier,
			...(template(gap) !== message && { message: gap.message }),
			...(gap.aFaire !== aFaire && { aFaire: gap.aFaire }),
			...(!enjeu && gap.preuves.actions.length > 0 && { actions: gap.preuves.actions.map(key) }),
			...(gap.ecartee && { ecartee: gap.ecartee }),
			...(gap.aRevoir && { aRevoir: gap.aRevoir })
		}))
	};
}

/** The sentence of one finding of a group. */
export function messageOf(group: GapGroup, line: GapLine, names: ReadonlyMap<string, string>): string {
	const name = line.quartier && names.get(line.quartier);
	return line.message ?? (name ? group.message.replaceAll('{quartier}', name) : group.message);
}

export function readGap(group: GapGroup, line: GapLine, names: ReadonlyMap<string, string>): GapRead {
	const { regle, gravite, reponse, enjeu } = group;
	return {
		id: line.id,
		regle,
		gravite,
		reponse,
		enjeu,
		quartier: line.quartier,
		message: messageOf(group, line, names),
		aFaire: line.aFaire ?? group.aFaire,
		ecartee: line.ecartee ?? null,
		aRevoir: line.aRevoir ?? null
	};
}

/** Groups seen from one quartier: its own findings, and those that name none. */
export function groupsOn(groups: readonly GapGroup[], quartier: string | null): GapGroup[] {
	if (!quartier) return [...groups];
	return groups
		.map((g) => ({ ...g, gaps: g.gaps.filter((x) => x.quartier === quartier || x.quartier === null) }))
		.filter((g) => g.gaps.length > 0);
}
