import type { ActionDraft, Champ } from '../action';
import { date, list, number } from '../french';
import type { ListName } from '../gabarits/gabarit';
import type { DraftField } from '../import/draft-merge';
import { moneyWords } from '../money';

/* What a person may read, sort and type of an action, one column each. */

export type ColumnGenre = 'texte' | 'long' | 'liste' | 'choix' | 'montant' | 'date' | 'nombre' | 'oui-non';

export interface EditableColumn {
	readonly cle: EditableKey;
	/** Name of the column in tables and sentences. */
	readonly libelle: string;
	/** What a column of a file that says the same feeds: typed words are read as that column would be. */
	readonly champ: Champ;
	/** Field of the action it writes, first; those that follow from it come next. */
	readonly champs: readonly DraftField[];
	readonly genre: ColumnGenre;
	/** List its values are proposed from. */
	readonly liste?: ListName;
	/** The list is closed: nothing else is understood. */
	readonly fermee?: true;
}

const column = (
	cle: EditableKey,
	libelle: string,
	champ: Champ,
	genre: ColumnGenre,
	more: Partial<Pick<EditableColumn, 'champs' | 'liste' | 'fermee'>> = {}
): EditableColumn => ({ cle, libelle, champ, champs: [cle as DraftField], genre, ...more });

export const EDITABLE = [
	'titre',
	'reference',
	'axe',
	'objectif',
	'description',
	'statut',
	'pilote',
	'porteur',
	'elu',
	'instance',
	'partenaires',
	'publics',
	'quartiers',
	'communes',
	'echelle',
	'debut',
	'fin',
	'priorite',
	'budget',
	'fonctionnement',
	'etp',
	'participation',
	'etapes',
	'indicateurs',
	'secteurs',
	'clauseAdaptation',
	'notes'
] as const;
export type EditableKey = (typeof EDITABLE)[number];

const DEFINED: readonly EditableColumn[] = [
	column('titre', 'Intitulé', 'titre', 'texte', { champs: ['titre', 'reference'] }),
	column('reference', 'Numéro', 'numero', 'texte'),
	column('axe', 'Axe', 'axe', 'texte'),
	column('objectif', 'Objectif', 'objectif', 'texte'),
	column('description', 'Description', 'description', 'long'),
	column('statut', 'Statut', 'statut', 'choix', { liste: 'statuts', fermee: true }),
	column('pilote', 'Pilote', 'pilote', 'texte'),
	column('porteur', 'Porteur', 'porteur', 'texte', { champs: ['porteur', 'porteurType', 'porteurSiren'] }),
	column('elu', 'Élu référent', 'elu', 'texte'),
	column('instance', 'Instance de suivi', 'instance', 'texte'),
	column('partenaires', 'Partenaires', 'partenaires', 'liste'),
	column('publics', 'Publics', 'publics', 'liste'),
	column('quartiers', 'Quartiers', 'qpv', 'liste', { liste: 'quartiers' }),
	column('communes', 'Communes', 'communes', 'liste'),
	column('echelle', 'Échelle', 'echelle', 'choix', { liste: 'echelles', fermee: true }),
	column('debut', 'Début', 'date_debut', 'date', { champs: ['dates'] }),
	column('fin', 'Fin', 'date_fin', 'date', { champs: ['dates'] }),
	column('priorite', 'Priorité', 'priorite', 'texte', { liste: 'priorites' }),
	column('budget', 'Investissement', 'cout_investissement', 'montant'),
	column('fonctionnement', 'Fonctionnement', 'cout_fonctionnement', 'montant'),
	column('etp', 'ETP', 'etp', 'nombre'),
	column('participation', 'Participation', 'participation', 'texte', { liste: 'participations' }),
	column('etapes', 'Étapes', 'etapes', 'liste'),
	column('indicateurs', 'Indicateurs', 'indicateurs', 'long'),
	column('secteurs', 'Secteurs', 'secteurs', 'liste'),
	column('clauseAdaptation', 'Clause d’adaptation', 'clause_adaptation', 'oui-non', { liste: 'oui_non', fermee: true }),
	column('notes', 'Notes du fichier', 'notes', 'long')
];

const BY_KEY = new Map(DEFINED.map((c) => [c.cle, c]));

/** Columns in reading order. */
export const EDITABLE_COLUMNS: readonly EditableColumn[] = EDITABLE.map((cle) => BY_KEY.get(cle)!);

export const editable = (cle: string): EditableColumn | null => BY_KEY.get(cle as EditableKey) ?? null;

/** The value of a column in an action. */
export function columnValue(draft: Omit<ActionDraft, 'origine'>, cle: EditableKey): unknown {
	if (cle === 'debut' || cle === 'fin') return draft.dates?.[cle] ?? null;
	return draft[cle];
}

/** Words of a closed list, by code. */
export type Labels = Readonly<Partial<Record<string, string>>>;

/**
 * A value as a person would type it: reading it again gives the same value.
 * in     `labels`: words of the codes of a closed list
 * out    '' for a blank
 */
export function columnWords(draft: Omit<ActionDraft, 'origine'>, cle: EditableKey, labels: Labels = {}): string {
	const value = columnValue(draft, cle);
	if (value === null || value === undefined) return '';
	switch (BY_KEY.get(cle)!.genre) {
		case 'montant':
			return moneyWords(value as NonNullable<ActionDraft['budget']>);
		case 'date':
			return date(String(value));
		case 'nombre':
			return number(Number(value));
		case 'liste':
			return (value as readonly string[]).join(' ; ');
		case 'oui-non':
			return value ? 'Oui' : 'Non';
		default:
			return labels[String(value)] ?? String(value);
	}
}

/** A value as it is read in a sentence or a cell; '' for a blank. */
export function columnReading(draft: Omit<ActionDraft, 'origine'>, cle: EditableKey, labels: Labels = {}): string {
	const value = columnValue(draft, cle);
	if (Array.isArray(value)) return value.join(', ');
	const words = columnWords(draft, cle, labels);
	const basis = cle === 'budget' || cle === 'fonctionnement' ? draft[cle]?.base : null;
	return basis === 'inconnu' ? `${words} (HT ou TTC non précisé)` : words;
}

/** « le statut et le pilote », for sentences about columns. */
export const columnNames = (cles: readonly string[]): string =>
	list(cles.map((cle) => BY_KEY.get(cle as EditableKey)?.libelle ?? cle));
