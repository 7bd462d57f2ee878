import type { ActionDraft, FinancingLine } from '../action';
import { euros } from '../french';
import { moneyWords } from '../money';
import { plain } from '../text';

/* Money in the workbook of Territoires en Transitions: its columns hold whole euros before tax, anything else is in words. */

type Money = Pick<ActionDraft, 'budget'>;

/** Before tax and without cents: the only budget their column holds unchanged; null for any other. */
export const columnBudget = ({ budget }: Money): number | null =>
	budget && budget.base === 'HT' && budget.max === null && Number.isInteger(budget.euros) ? budget.euros : null;

/** « Budget : 300 000,55 € », as our import reads it back from the notes; null when their column holds it. */
export const budgetNote = (draft: Money): string | null =>
	draft.budget === null || columnBudget(draft) !== null ? null : `Budget\u00a0: ${moneyWords(draft.budget)}`;

const STATES: Readonly<Record<FinancingLine['etat'], string>> = {
	envisage: 'envisagé',
	demande: 'demandé',
	obtenu: 'obtenu',
	refuse: 'refusé'
};

/** Lines under names that differ: two of « État » would be read as one; the dispositif sets them apart, else a number. */
export function apart(lines: readonly FinancingLine[]): readonly FinancingLine[] {
	const seen = new Set<string>();
	return lines.map((line) => {
		const same = lines.filter((l) => plain(l.libelle) === plain(line.libelle)).length > 1;
		const code = line.dispositif?.split('.').at(-1)?.replaceAll('-', ' ') ?? '';
		const own = same && code ? `${line.libelle} ${code.length < 6 ? code.toUpperCase() : code}` : line.libelle;
		let libelle = own;
		for (let n = 2; seen.has(plain(libelle)); n++) libelle = `${own} n° ${n}`;
		seen.add(plain(libelle));
		return { ...line, libelle };
	});
}

/** A grant with one whole amount before tax: a name, its state, and that amount; null when their columns would change it. */
export function columnLine({ libelle, genre, base, demande, obtenu, etat }: FinancingLine) {
	const amounts = [demande, obtenu].filter((amount) => amount !== null);
	const [only] = amounts;
	// Asked for, granted: a line said to be one has its amount there.
	const stated = etat === 'obtenu' ? obtenu !== null : etat !== 'refuse' && demande !== null;
	if (genre !== 'subvention' || base !== 'HT' || amounts.length !== 1 || !stated || !only || !Number.isInteger(only))
		return null;
	return { nom: etat === 'envisage' ? libelle : `${libelle} (${STATES[etat]})`, montant: only };
}

const GENRES: Readonly<Record<FinancingLine['genre'], readonly [word: string, said: RegExp]>> = {
	subvention: ['', /^/],
	pret: ['Prêt ', /prêt|pret|emprunt/i],
	autofinancement: ['Autofinancement ', /autofinancement|fonds propres|ressources propres|part propre/i],
	valorisation: ['Valorisation ', /valorisation|bénévolat|benevolat|mise à disposition|en nature/i]
};

/** « Prêt Banque des Territoires : 300 000 € HT (obtenu) »; each amount has its state, a name alone too. */
export function sentence({ libelle, genre, base, demande, obtenu, etat }: FinancingLine): string {
	const [word, said] = GENRES[genre];
	const nom = said.test(libelle) ? libelle : `${word}${libelle}`;
	const told = (amount: number, state: FinancingLine['etat']) =>
		`${nom}\u00a0: ${euros(amount, base)} (${STATES[state]})`;
	if (etat === 'refuse') return demande === null ? `${nom} (refusé)` : told(demande, 'refuse');
	const lines = [
		...(demande === null ? [] : [told(demande, etat === 'envisage' ? 'envisage' : 'demande')]),
		...(obtenu === null ? [] : [told(obtenu, 'obtenu')])
	];
	const silent = lines.length === 0 || (etat === 'obtenu' && obtenu === null);
	return [...lines, ...(silent ? [`${nom} (${STATES[etat]})`] : [])].join('\n');
}
