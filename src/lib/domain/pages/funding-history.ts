import * as fr from '../french';
import type { FactSaid, LineSaid } from '../funding/entered';
import { factDefs, factText } from '../funding/facts';
import type { Referentiel } from '../rules/referentiel';

/* What was typed about the money of an action, told one gesture a line. */

export interface EntryLine {
	readonly id: number;
	readonly phrase: string;
	readonly source: string | null;
	readonly par: string;
	readonly le: string;
	readonly annulee: { readonly le: string; readonly par: string | null } | null;
	/** The last word on its fact or line: it can be taken back. */
	readonly annulable: boolean;
}

/** One thing a person typed about the money of an action, still in force or taken back. */
export interface FundingEntry {
	readonly id: number;
	/** `fait:` or `financement:` and the key of the fact or of the line. */
	readonly cle: string;
	readonly valeur: FactSaid | LineSaid;
	/** The source, in the words of the person. */
	readonly motif: string | null;
	readonly par: string;
	readonly le: string;
	readonly annuleeLe: string | null;
	readonly annuleePar: string | null;
}

export const NATURE_LABEL = {
	envisage: 'envisagé',
	sollicite: 'sollicité',
	obtenu: 'obtenu',
	pret: 'prêt',
	valorisation: 'valorisation',
	autofinancement: 'autofinancement',
	refuse: 'refusé'
} as const;

/** Last gesture first. */
export function entryLines<T extends FundingEntry>(
	entries: readonly T[],
	isLast: (entry: T) => boolean,
	ref: Pick<Referentiel, 'financements' | 'plans' | 'planDeFinancement'>
): EntryLine[] {
	const defs = factDefs(ref);
	const told = (valeur: FactSaid | LineSaid): string => {
		if ('fait' in valeur) {
			const def = defs.get(valeur.fait);
			const name = fr.capital(def?.libelle ?? valeur.fait);
			return `${name}${fr.INSECABLE}: ${valeur.valeur === null ? 'remis à «\u00a0non connu\u00a0»' : factText(def, valeur.valeur)}`;
		}
		const amount = valeur.euros === null ? 'sans montant' : fr.euros(valeur.euros, valeur.base);
		return `${valeur.retiree ? 'Ligne retirée du plan' : 'Ligne du plan'}${fr.INSECABLE}: ${valeur.financeur}, ${NATURE_LABEL[valeur.nature]}, ${amount}`;
	};
	return entries
		.map((entry) => ({
			id: entry.id,
			phrase: told(entry.valeur),
			source: entry.motif,
			par: entry.par,
			le: entry.le,
			annulee: entry.annuleeLe === null ? null : { le: entry.annuleeLe, par: entry.annuleePar },
			annulable: isLast(entry)
		}))
		.toReversed();
}
