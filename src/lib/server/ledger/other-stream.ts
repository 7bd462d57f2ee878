import { count, euros, list, quoted } from '../../domain/french';
import { anomaly, type Issue } from '../../domain/issue';
import type { Grant } from '../../domain/ledger/grant';
import { plain } from '../../domain/text';
import type { Referentiel } from '../../domain/rules/referentiel';
import type { StoredGrant } from '../db/grants';
import { streamNames, streamTitle } from './streams';

/* Rows of a list that are not of the stream chosen for it, or that another stream counts already. */

/** Rows left out for one reason. Euros. */
export interface LeftOut {
	/** Family or measure they are of, or are counted under. */
	readonly dispositif: string;
	readonly lignes: number;
	readonly montant: number;
}

/**
 * What the own columns of a row say against the stream chosen.
 * in     `words`: what its columns of dispositif and measure say
 * out    a function: the family or measure named instead; null when nothing is said against it, or nobody knows the words
 */
export function contraryStream(ref: Referentiel, chosen: string): (words: readonly string[]) => string | null {
	const named = streamNames(ref);
	const family = chosen.split('.')[0]!;
	const agrees = (id: string): boolean => id === chosen || id === family || id.startsWith(`${chosen}.`);
	return (words) => {
		for (const word of words) {
			const ids = named.get(plain(word)) ?? [];
			if (ids.length > 0 && !ids.some(agrees)) return ids[0]!;
		}
		return null;
	};
}

/** The same row, whatever stream it was loaded under. */
const printOf = ({ dossier, intitule, siren, montant, annee }: Grant): string =>
	[plain(dossier ?? ''), plain(intitule), siren ?? '', montant, annee ?? ''].join('|');

/** out    a function: the stored grant of another family that is this very row; null: none */
export function countedElsewhere(stored: readonly StoredGrant[], family: string): (grant: Grant) => StoredGrant | null {
	const known = new Map(stored.filter((s) => s.grant.dispositif !== family).map((s) => [printOf(s.grant), s] as const));
	return (grant) => known.get(printOf(grant)) ?? null;
}

/** Adds one more grant to what was left out for a stream. */
export function leaveOut(left: Map<string, LeftOut>, dispositif: string, { montant }: Pick<Grant, 'montant'>): void {
	const before = left.get(dispositif);
	left.set(dispositif, {
		dispositif,
		lignes: (before?.lignes ?? 0) + 1,
		montant: (Math.round((before?.montant ?? 0) * 100) + montant) / 100
	});
}

const told = (ref: Referentiel, left: readonly LeftOut[]): string =>
	list(left.map((l) => `${streamTitle(ref, l.dispositif)}, ${count(l.lignes, 'ligne')}, ${euros(l.montant)}`));

const sum = (left: readonly LeftOut[]) => ({
	lignes: left.reduce((n, l) => n + l.lignes, 0),
	montant: left.reduce((n, l) => n + Math.round(l.montant * 100), 0) / 100
});

/** Rows may name a measure that no file of data/financements has. */
const isKnown = (ref: Referentiel, id: string): boolean => streamTitle(ref, id) !== id;

/** What is said of rows of another stream: how many, how much, which, what to do. */
export function otherStreamIssue(ref: Referentiel, chosen: string, left: readonly LeftOut[]): Issue {
	const { lignes, montant } = sum(left);
	const one = lignes === 1;
	const named = [...left].sort((a, b) => b.lignes - a.lignes);
	return anomaly(
		'ligne-ecartee',
		'a-verifier',
		`${count(lignes, 'ligne')}, ${euros(montant)}, ${one ? 'nomme un autre dispositif' : 'nomment un autre dispositif'} que ${quoted(streamTitle(ref, chosen))} et ${one ? 'n’est pas comptée' : 'ne sont pas comptées'}\u00a0: ${told(ref, named)}.`,
		{
			found: streamTitle(ref, named[0]!.dispositif),
			hint: `Chargez la liste sous ${named.length === 1 && isKnown(ref, named[0]!.dispositif) ? 'ce dispositif' : `${named.some((l) => isKnown(ref, l.dispositif)) ? 'chacun de ces dispositifs, ou sous ' : ''}la famille qui les réunit`}, si vous voulez ${one ? 'la' : 'les'} compter.`
		}
	);
}

/** What is said of rows already counted under another stream. */
export function countedIssue(ref: Referentiel, left: readonly LeftOut[], fichiers: readonly string[]): Issue {
	const { lignes, montant } = sum(left);
	const one = lignes === 1;
	return anomaly(
		'doublon',
		'a-verifier',
		`${count(lignes, 'ligne')}, ${euros(montant)}, ${one ? 'est déjà comptée' : 'sont déjà comptées'} sous un autre dispositif\u00a0: ${told(ref, left)}, depuis ${list(fichiers.map(quoted))}. Rien n’est compté deux fois.`,
		{
			found: streamTitle(ref, left[0]!.dispositif),
			hint: 'Pour changer de dispositif, reprenez d’abord la première liste, puis chargez celle-ci.'
		}
	);
}
