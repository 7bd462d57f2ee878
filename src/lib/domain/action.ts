import { z } from 'zod';
import { Money } from './money';
import { IsoDate } from './source';

/** Plan types; labels, families and header synonyms are in `data/plans.yaml`. */
export const PlanKind = z.enum([
	'pcaet',
	'plh',
	'contrat-de-ville',
	'pdm',
	'pat',
	'crte',
	'npnru',
	'erbm',
	'plui',
	'pls',
	'cls',
	'pt',
	'feuille-de-route',
	'autre'
]);
export type PlanKind = z.infer<typeof PlanKind>;

/** What a column can feed. Names shared with the outside: see « colonnes » of `croisee importer`. */
export const Champ = z.enum([
	'titre',
	'sous_action',
	'numero',
	'axe',
	'objectif',
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
	'geometrie',
	'longitude',
	'latitude',
	'qpv',
	'atteinte_qpv',
	'statut',
	'priorite',
	'date_debut',
	'date_fin',
	'etapes',
	'mise_a_jour',
	'annee',
	'cout_investissement',
	'cout_fonctionnement',
	'etp',
	'financements',
	'indicateurs',
	'enjeux_transition',
	'enjeux_politique_ville',
	'secteurs',
	'natures',
	'participation',
	'marqueurs',
	'clause_adaptation',
	'leviers_sgpe',
	'territoire',
	'periode',
	'dispositif',
	'notes',
	'source'
]);
export type Champ = z.infer<typeof Champ>;

export const Statut = z.enum([
	'a-discuter',
	'a-venir',
	'en-cours',
	'en-retard',
	'en-pause',
	'bloque',
	'abandonne',
	'realise'
]);
export type Statut = z.infer<typeof Statut>;

export const Echelle = z.enum(['batiment', 'quartier', 'commune', 'epci', 'supra-epci']);
export type Echelle = z.infer<typeof Echelle>;

export const PorteurType = z.enum([
	'commune',
	'epci',
	'departement',
	'region',
	'bailleur-social',
	'copropriete',
	'association',
	'siae',
	'entreprise',
	'syndicat',
	'etablissement-public',
	'etat',
	'menage'
]);
export type PorteurType = z.infer<typeof PorteurType>;

/** Nature of an action; labels and what each is worth as an answer are in `data/enjeux.yaml`. */
export const NatureCode = z.enum(['N1', 'N2', 'N3', 'N4', 'N5']);
export type NatureCode = z.infer<typeof NatureCode>;

export const EtatFinancement = z.enum(['envisage', 'demande', 'obtenu', 'refuse']);
export type EtatFinancement = z.infer<typeof EtatFinancement>;

/** One funding line of an action, as the file says it; null is « not said », 0 is zero. Euros. */
export const FinancingLine = z.object({
	/** Words of the file: « Fonds vert », « Politique de la ville (P147) »… */
	libelle: z.string(),
	/** Dispositif of `data/financements/` those words name, when they name one. */
	dispositif: z.string().nullable(),
	demande: z.number().nullable(),
	obtenu: z.number().nullable(),
	etat: EtatFinancement,
	/** Of both amounts, when the file says it; absent is « not said ». */
	base: z.enum(['HT', 'TTC']).optional(),
	/** A loan finances but is not aid. */
	genre: z.enum(['subvention', 'pret', 'autofinancement', 'valorisation'])
});
export type FinancingLine = z.infer<typeof FinancingLine>;

/** Dates as far as the file tells them; `texte` keeps what was written when it is vaguer than a date. */
export const ActionDates = z.object({
	debut: IsoDate.nullable(),
	fin: IsoDate.nullable(),
	texte: z.string().nullable(),
	/** Year the money was granted for, in a list of grants that dates no works: neither their start nor their end. */
	exercice: z.number().int().optional()
});
export type ActionDates = z.infer<typeof ActionDates>;

/** The spreadsheet row an action was read from; `ligne` is the number the spreadsheet shows. */
export const RowOrigin = z.object({
	fichier: z.string(),
	feuille: z.string().nullable(),
	ligne: z.number().int().nullable(),
	/** Rows that go on with the same action, one per financeur. */
	autresLignes: z.array(z.number().int()).optional(),
	/** Cells of the row that a person corrected on the screen; `avant` is what the file says. */
	corrections: z
		.array(
			z.object({
				colonne: z.number().int(),
				/** Of the cell, when the row was put together from several. */
				ligne: z.number().int().optional(),
				avant: z.string().nullable(),
				valeur: z.string().nullable(),
				par: z.string().optional(),
				le: z.string().optional()
			})
		)
		.optional()
});
export type RowOrigin = z.infer<typeof RowOrigin>;

type Coordinates = number | Coordinates[];
// One pass by hand: a union tried at every number of every outline would cost more than the rest of the reading.
const isCoordinates = (value: unknown): value is Coordinates =>
	Array.isArray(value) ? value.every(isCoordinates) : Number.isFinite(value);

/** Where an action stands when its file says it with a geometry: GeoJSON, [lon, lat], WGS84. */
export const ActionGeometry = z.object({
	type: z.enum(['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon']),
	coordinates: z.custom<Coordinates[]>((value) => Array.isArray(value) && isCoordinates(value))
});
export type ActionGeometry = z.infer<typeof ActionGeometry>;

/** What one row declares, before it has an identity. Texts are as written, trimmed. */
export const ActionDraft = z.object({
	reference: z.string().nullable(),
	titre: z.string().min(1),
	axe: z.string().nullable(),
	objectif: z.string().nullable(),
	description: z.string().nullable(),
	porteur: z.string().nullable(),
	porteurType: PorteurType.nullable(),
	/** SIREN of the porteur, nine digits, its key checked. */
	porteurSiren: z.string().nullable().default(null),
	pilote: z.string().nullable(),
	elu: z.string().nullable(),
	instance: z.string().nullable(),
	partenaires: z.array(z.string()),
	publics: z.array(z.string()),
	echelle: Echelle.nullable(),
	/** Names or codes as written in a « communes » column. */
	communes: z.array(z.string()),
	geometrie: ActionGeometry.nullable().default(null),
	/** Names, codes or « tous les QPV » as written in a « quartiers » column. */
	quartiers: z.array(z.string()),
	/** Declared reach or share of the quartier, as written. */
	atteinteDeclaree: z.string().nullable(),
	statut: Statut.nullable(),
	priorite: z.string().nullable(),
	dates: ActionDates.nullable(),
	etapes: z.array(z.string()),
	/** When the file says that this row was last gone over. */
	misAJourLe: IsoDate.nullable().default(null),
	budget: Money.nullable(),
	fonctionnement: Money.nullable(),
	etp: z.number().nullable(),
	financements: z.array(FinancingLine),
	indicateurs: z.string().nullable(),
	/** Declared themes: « secteurs » of the ADEME, thématiques, or codes of our own. */
	secteurs: z.array(z.string()),
	enjeuxDeclares: z.array(z.string()),
	natureDeclaree: z.string().nullable(),
	participation: z.string().nullable(),
	clauseAdaptation: z.boolean().nullable(),
	notes: z.string().nullable(),
	origine: RowOrigin
});
export type ActionDraft = z.infer<typeof ActionDraft>;

/** A plan document of a territory. `champs` are the fields its columns feed: a field not in it is « not asked », not « empty ». */
export const PlanDocument = z.object({
	id: z.number().int(),
	territoire: z.string(),
	plan: PlanKind,
	titre: z.string(),
	periode: z.string().nullable(),
	champs: z.array(Champ),
	adopteLe: IsoDate.nullable()
});
export type PlanDocument = z.infer<typeof PlanDocument>;

export const Action = ActionDraft.extend({
	id: z.string(),
	document: z.number().int(),
	plan: PlanKind,
	/** Gone from the last version of the file: kept until a person decides. */
	disparue: z.boolean()
});
export type Action = z.infer<typeof Action>;

/** `fait-lieu`: a fact of communes, quartiers or the territory that measures ask for. `note`: words kept beside an action. `referent`: whom to call about a plan. `enjeux` settles all the enjeux of an action, `enjeu` one of them; `priorite` maps a value of an axis column, once for all. */
export const DecisionKind = z.enum([
	'atteinte',
	'enjeux',
	'enjeu',
	'nature',
	'part',
	'priorite',
	'signature',
	'lacune',
	'alias',
	'recoupement',
	'regle',
	'document',
	'ecole',
	'fait',
	'fait-lieu',
	'financement',
	'note',
	'referent'
]);
export type DecisionKind = z.infer<typeof DecisionKind>;

/** What people say of an action itself. */
export const ABOUT_ACTION: readonly DecisionKind[] = ['atteinte', 'enjeux', 'enjeu', 'nature', 'part'];
/** What people say of its money: facts that measures ask for, lines of its financing plan. */
export const ABOUT_MONEY: readonly DecisionKind[] = ['fait', 'financement'];

/** A person corrects a tag or a reach, dismisses a gap, settles a tension: who, when, why. */
export const Decision = z.object({
	id: z.number().int(),
	territoire: z.string(),
	/** What it is about, e.g. an action id or a gap id. */
	sujet: z.object({
		genre: DecisionKind,
		id: z.string()
	}),
	/** Quartier concerned, for a reach. */
	quartier: z.string().nullable(),
	valeur: z.unknown(),
	motif: z.string().nullable(),
	par: z.string(),
	le: z.string()
});
export type Decision = z.infer<typeof Decision>;

/** One enjeu of an action: kept as it was read (never more than what was shown), refused, or said to be another one. */
export const EnjeuDecision = z.discriminatedUnion('verdict', [
	z.object({ verdict: z.literal('confirme'), code: z.string() }),
	z.object({ verdict: z.literal('refuse'), code: z.string() }),
	z.object({ verdict: z.literal('corrige'), code: z.string(), remplace: z.string() })
]);
export type EnjeuDecision = z.infer<typeof EnjeuDecision>;
