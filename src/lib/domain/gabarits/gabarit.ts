import { z } from 'zod';
import { Champ, PlanKind } from '../action';
import { capital } from '../french';
import type { PlansFile, PlanType } from '../rules/referentiel';

/* Our own table of actions: one definition for the templates to fill in, for the exports, and for reading both back. */

export const ListName = z.enum([
	'statuts',
	'porteurs',
	'echelles',
	'quartiers',
	'priorites',
	'bases',
	'dispositifs',
	'genres',
	'etats',
	'transition',
	'ville',
	'natures',
	'participations',
	'oui_non'
]);
export type ListName = z.infer<typeof ListName>;

/** What a column holds of an action. */
export const GabaritKey = z.enum([
	'reference',
	'axe',
	'objectif',
	'titre',
	'description',
	'porteur',
	'porteur_type',
	'porteur_siren',
	'pilote',
	'elu',
	'instance',
	'partenaires',
	'publics',
	'echelle',
	'communes',
	'quartiers',
	'atteinte',
	'geometrie',
	'statut',
	'priorite',
	'debut',
	'fin',
	'dates_texte',
	'etapes',
	'budget',
	'budget_max',
	'budget_base',
	'fonctionnement',
	'fonctionnement_max',
	'fonctionnement_base',
	'etp',
	'financeur',
	'dispositif',
	'genre',
	'demande',
	'obtenu',
	'financement_base',
	'etat',
	'enjeux',
	'secteurs',
	'nature',
	'participation',
	'clause',
	'indicateurs',
	'mise_a_jour',
	'notes'
]);
export type GabaritKey = z.infer<typeof GabaritKey>;

/** `choix`: codes shown as « T01 — libellé »; `code`: our own words, shown by their label. */
const Genre = z.enum(['texte', 'liste', 'choix', 'code', 'date', 'euros', 'nombre', 'oui-non', 'geometrie']);

const Example = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);

export const GabaritDef = z.strictObject({
	cle: GabaritKey,
	groupe: z.string(),
	champ: Champ,
	genre: Genre,
	/** With `{n}` where columns of one meaning are numbered. */
	libelle: z.string().min(1),
	/** In characters. */
	largeur: z.number().int().min(8).max(60),
	/** One sentence, shown when the cell is chosen and in « Mode d’emploi ». */
	aide: z.string().min(1),
	liste: ListName.nullable().default(null),
	/** The list proposes: anything else may be written. */
	libre: z.boolean().default(false),
	fois: z.number().int().min(1).default(1),
	/** No other file words a header so: it tells our table once its first column has been removed. */
	propre: z.boolean().default(false),
	/** Repeated with the others, once per financing line. */
	bloc: z.boolean().default(false),
	/** Plan types whose template has it; null for all. Exports have it whenever it is filled. */
	plans: z.array(PlanKind).nullable().default(null),
	/** One per example row. */
	exemples: z.array(Example).length(2)
});
export type GabaritDef = z.infer<typeof GabaritDef>;

export const GabaritsFile = z.strictObject({
	version: z.string(),
	feuilles: z.strictObject({
		actions: z.string(),
		notice: z.string(),
		listes: z.string(),
		financement: z.string()
	}),
	/** First column: the plan of the row, « action » for whichever plan is being imported, or « exemple ». */
	repere: z.strictObject({
		libelle: z.string(),
		largeur: z.number(),
		exemple: z.string(),
		action: z.string(),
		aide: z.string()
	}),
	/** Header of the column where a text too long for one cell goes on; `{libelle}` and `{n}`. */
	suite: z.string(),
	lignes_a_remplir: z.number().int(),
	lignes_de_financement: z.number().int(),
	groupes: z.array(
		z.strictObject({ code: z.string(), libelle: z.string(), couleur: z.string().regex(/^[0-9A-F]{6}$/) })
	),
	colonnes: z.array(GabaritDef)
});
export type GabaritsFile = z.infer<typeof GabaritsFile>;

/** One column of a table as it is written. */
export interface GabaritColumn extends Omit<GabaritDef, 'cle' | 'fois' | 'bloc' | 'plans' | 'propre'> {
	/** `repere`: says which plan the row is of, or that it is an example. */
	readonly cle: GabaritKey | 'repere';
	/** Rank among the columns of one meaning or among financing lines, from 1. */
	readonly n: number;
	readonly entete: string;
}

/**
 * The columns of a table, in order.
 * in     `plan`: null for a table that mixes plans; `lignes`: financing lines
 * out    with `modele`, only those that the template of this plan has
 */
export function layoutOf(
	def: GabaritsFile,
	plans: PlansFile,
	plan: PlanKind | null,
	options: { readonly lignes: number; readonly modele?: boolean }
): readonly GabaritColumn[] {
	const type = plans.types.find((t) => t.code === plan) ?? null;
	const kept = def.colonnes.filter((c) => !options.modele || c.plans === null || (plan && c.plans.includes(plan)));
	const column = (c: GabaritDef, n: number): GabaritColumn => {
		const { cle, groupe, champ, genre, largeur, aide, liste, libre, exemples } = c;
		const libelle = labelOf(c, type);
		const entete = libelle.replace('{n}', String(n));
		const rank = rankBase(def, c) + n;
		return { cle, groupe, champ, genre, libelle, largeur, aide, liste, libre, exemples, n: rank, entete };
	};
	const bloc = kept.filter((c) => c.bloc);
	const columns = kept.flatMap((c) => {
		if (!c.bloc) return Array.from({ length: c.fois }, (_, i) => column(c, i + 1));
		if (c !== bloc[0]) return [];
		return Array.from({ length: options.lignes }, (_, i) => bloc.map((b) => column(b, i + 1))).flat();
	});
	return [repereColumn(def), ...columns];
}

/** « Autres quartiers » comes after every « Quartier {n} »: ranks of one meaning say the order of the values. */
export const rankBase = (def: GabaritsFile, column: GabaritDef): number =>
	100 * def.colonnes.filter((c) => c.cle === column.cle).indexOf(column);

export const repereColumn = ({ repere }: GabaritsFile): GabaritColumn => ({
	cle: 'repere',
	groupe: 'repere',
	champ: 'titre',
	genre: 'texte',
	libelle: repere.libelle,
	entete: repere.libelle,
	largeur: repere.largeur,
	aide: repere.aide,
	liste: null,
	libre: true,
	exemples: [repere.exemple, repere.exemple],
	n: 1
});

/** The levels of a document have the words of its type: « Orientation » in a PLH, « Volet » in an NPNRU convention. */
export function labelOf({ cle, libelle }: Pick<GabaritDef, 'cle' | 'libelle'>, type: PlanType | null): string {
	if (!type) return libelle;
	const [first, second, third] = type.niveaux;
	if (cle === 'axe' && first) return capital(first);
	if (cle === 'objectif' && second && third && !isAction(second)) return capital(second);
	if (cle === 'titre' && !type.niveaux.some((n) => /action/.test(n)) && type.niveaux.includes('opération'))
		return libelle.replace('l’action', 'l’opération');
	return libelle;
}

const isAction = (niveau: string): boolean => /^(?:fiche )?action$|^opération$|^projet$/.test(niveau);

/** Header of the part `n` of a long text: « Description (suite 2) »; the first part has the header itself. */
export const continued = (def: GabaritsFile, entete: string, n: number): string =>
	n === 1 ? entete : def.suite.replace('{libelle}', entete).replace('{n}', String(n));
