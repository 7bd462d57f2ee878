import { z } from 'zod';
import { Champ, EtatFinancement, NatureCode, PlanKind, PorteurType, Statut } from '../action';
import type { PlanRulesFile } from '../funding/plan-rules';
import type { GrantsFile } from '../ledger/grant';
import type { GabaritsFile } from '../gabarits/gabarit';
import type { FundingFile } from './funding';
import type { GlossaryFile } from './glossary';
import type { ExamplesFile } from './examples-file';
import type { LearntFile } from './learnt-file';
import type { MarkersFile } from './markers';
import type { GapsFile } from './rules-file';
import { IsoDate, Source } from '../source';
export { NatureCode } from '../action';
export { AnswerPlace, GapRule, GapsFile, SeverityLevel } from './rules-file';
export { Condition, Criterion, FundingFile, Measure, Situation } from './funding';

/* One schema per data/ file; strict, so that a misspelt key is an error that names itself. */

const T = z.string().regex(/^T\d{2}$/, 'code T01 à T14 attendu');
const P = z.string().regex(/^P\d{2}$/, 'code P01 à P14 attendu');

export const Enjeu = z.strictObject({
	code: z.string().regex(/^[TP]\d{2}$/),
	libelle: z.string().min(1),
	/** For a matrix header: two or three words. */
	court: z.string().min(1).max(28),
	famille: z.enum(['thematique', 'transversal']),
	definition: z.string().min(1),
	actions_types: z.array(z.string()).default([]),
	/** ADEME « secteurs » that declare this enjeu, as written in PCAET files. */
	secteurs: z.array(z.string()).default([]),
	indicateurs: z.array(z.string()).default([]),
	leviers_sgpe: z.array(z.string()).default([])
});
export type Enjeu = z.infer<typeof Enjeu>;

export const EnjeuCroise = z.strictObject({
	code: z.string().regex(/^X\d{2}$/),
	transition: T,
	ville: P,
	libelle: z.string().min(1),
	/** Two to four words and no verb: what a row of many names shows of each. */
	court: z
		.string()
		.max(28)
		.refine((s) => /^\S+(?: \S+){1,3}$/.test(s), 'deux à quatre mots attendus'),
	pourquoi: z.string().min(1),
	/** What a title that says its transition half alone leaves unsaid: « son titre ne parle pas des écoles ». */
	moitie: z.string().min(1),
	/** What to ask of an action that carries it for everybody, after « Demander au responsable du PCAET »: « si une école du quartier est au programme ». */
	question: z.string().regex(/^(si|ce qui?|quel|combien|qui|comment) ?/, 'une question indirecte attendue'),
	genre: z.enum(['attendu', 'tension']),
	/** Beginnings of words that say the transition enjeu without this crossing: alone, they never make half of it. */
	sauf_mots: z.array(z.string().min(1)).min(1).optional(),
	/** Beginnings of words without which the transition enjeu is no half of this crossing. */
	demi_mots: z.array(z.string().min(1)).min(1).optional(),
	/** Beginnings of words of a title about something else than this crossing, whatever says the transition enjeu. */
	sauf_objets: z.array(z.string().min(1)).min(1).optional(),
	jamais_objets: z.array(z.string().min(1)).min(1).optional(),
	/** What it supposes of the quartier, which no file tells: « une démolition y est prévue ». */
	suppose: z.string().min(1).optional(),
	/** What tells that it is there, any of them: a mark or an enjeu of an action that comes to the quartier, its list of schools (and their yards). */
	si_present: z
		.strictObject({
			marqueurs: z.array(z.string().min(1)).min(1).optional(),
			ville: z.array(z.string().min(1)).min(1).optional(),
			ecoles: z.enum(['noms', 'cours']).optional(),
			/** Where nothing tells it is there, what is missing is said less loudly, and with that doubt. */
			exige: z.boolean().optional()
		})
		.optional(),
	/** Of those of one transition enjeu, the one that awareness of this enjeu alone comes near. */
	approche: z.boolean().optional(),
	/** Where nothing answers, an action that aims at the quartier and says its ville half alone is near enough to be told. */
	proche_ville: z.boolean().optional(),
	/** « à la ville »: whom to ask about a quartier where nobody is named; left out, whoever holds the plan. */
	a_qui: z
		.string()
		.regex(/^(à|au|aux) /, '« à … », « au … » ou « aux … » attendu')
		.optional(),
	structurant: z.string().min(1).optional(),
	/** An action that would answer it, after « par exemple »: « une ressourcerie de quartier ». */
	exemple: z.string().min(1),
	/** One decision for the whole contract, whatever the quartier: what is asked, what is decided, and what an action has to touch. */
	une_fois: z
		.strictObject({ demander: z.string().min(1), decision: z.string().min(1), touche: z.string().min(1) })
		.optional(),
	en_clair: z.array(z.string().min(1)).min(1).optional(),
	dit_mieux: z.array(z.string().min(1)).min(1).optional(),
	dit_moins: z.array(z.string().min(1)).min(1).optional(),
	origine: z.string().min(1)
});
export type EnjeuCroise = z.infer<typeof EnjeuCroise>;

export const Nature = z.strictObject({
	code: NatureCode,
	libelle: z.string().min(1),
	definition: z.string().min(1),
	/** What it is worth as an answer. */
	couverture: z.enum(['structurante', 'de-service', 'sensibilisation-seule'])
});
export type Nature = z.infer<typeof Nature>;

export const EnjeuxFile = z.strictObject({
	version: z.string(),
	sources: z.array(Source).min(1),
	transition: z.array(Enjeu).length(14),
	ville: z.array(Enjeu).length(14),
	croises: z.array(EnjeuCroise).length(20),
	natures: z.array(Nature).length(5)
});
export type EnjeuxFile = z.infer<typeof EnjeuxFile>;

/** Words that point to an enjeu or a nature. `mots` may be expressions; all are stemmed when read. */
export const LexiconEntry = z.strictObject({
	code: z.string().regex(/^([TP]\d{2}|N[1-5])$/),
	/** Word or expression → weight (1 weak cue, 3 decides alone). Negative weighs against. */
	mots: z.record(z.string(), z.number()),
	exemples: z.array(z.string()).default([]),
	contre_exemples: z.array(z.string()).default([])
});
export type LexiconEntry = z.infer<typeof LexiconEntry>;

/** Co-occurrence: when all (and none of `sauf`) are found, codes gain or lose. */
export const LexiconRule = z.strictObject({
	si: z.array(z.array(z.string()).min(1)).min(1),
	sauf: z.array(z.string()).default([]),
	poids: z.record(z.string(), z.number()),
	pourquoi: z.string()
});
export type LexiconRule = z.infer<typeof LexiconRule>;

/** Weights from which a suggestion is sure enough; for a reach, the ways it is known. */
const Confidence = z.strictObject({
	transition: z.number(),
	ville: z.number(),
	nature: z.number(),
	atteinte: z.array(z.string())
});

export const LexiconFile = z.strictObject({
	version: z.string(),
	seuil: z.number(),
	max_codes: z.number().int(),
	/** Titles weigh more than descriptions. */
	poids_titre: z.number(),
	poids_description: z.number(),
	confiance: z.strictObject({ evidente: Confidence, solide: Confidence }),
	entrees: z.array(LexiconEntry).min(33),
	regles: z.array(LexiconRule)
});
export type LexiconFile = z.infer<typeof LexiconFile>;

export const PlanType = z.strictObject({
	code: PlanKind,
	libelle: z.string().min(1),
	court: z.string().min(1),
	/** What names it in the name of a file, of a sheet, or in a banner, besides its own names. */
	mots: z.array(z.string()).default([]),
	famille: z.enum(['droit-commun', 'politique-ville', 'contractualisation', 'solidarites', 'produit', 'libre']),
	porteur: z.string().nullable(),
	echelle: z.string().nullable(),
	obligation: z.string().nullable(),
	duree_ans: z.number().nullable(),
	echeances: z.array(
		z.strictObject({
			a_ans: z.number().nullable().default(null),
			annee: z.number().nullable().default(null),
			objet: z.string()
		})
	),
	niveaux: z.array(z.string()),
	base_legale: z.array(z.string()),
	references: z.array(Source).min(1),
	a_revoir_le: IsoDate,
	/** What it is about, and the crossings it may answer: of the others it says nothing; absent for a plan that may speak of all. */
	/** `tenu`: whom to ask for it. */
	sujet: z
		.strictObject({
			dit: z.string().min(1),
			tenu: z.string().min(1),
			croisements: z.union([z.literal('tous'), z.array(z.string()).min(1)])
		})
		.optional(),
	/** Header synonyms that hold for this plan only. */
	synonymes: z.partialRecord(Champ, z.array(z.string())).default({})
});
export type PlanType = z.infer<typeof PlanType>;

export const ChampDef = z.strictObject({
	champ: Champ,
	libelle: z.string().min(1),
	genre: z.enum(['texte', 'liste', 'enum', 'date', 'montant', 'nombre', 'codes', 'booleen', 'dates']),
	/** Counted in « saisie incomplète » when missing. */
	attendu: z.boolean(),
	synonymes: z.array(z.string()),
	/** Headers that name it only when no other column does it better. */
	faibles: z.array(z.string()).default([]),
	/** Headers that look like it and are not. */
	pas: z.array(z.string()).default([])
});
export type ChampDef = z.infer<typeof ChampDef>;

/** From where on a place drawn in a file counts for a quartier. Shares from 0 to 1, lengths in metres. */
export const GeometryRules = z.strictObject({
	/** A place outside but that near is « probable ». */
	proximite_m: z.number().min(0),
	/** Share of the action from which its only quartier is its target. */
	part_cible: z.number().min(0).max(1),
	/** Share of an area from which it speaks of the quartier, and not of what is around. */
	part_explicite: z.number().min(0).max(1),
	/** Under that share an area is of the scale of the whole territory. */
	part_probable: z.number().min(0).max(1),
	/** Less than that, of the action and of the quartier, is an edge and not a place. */
	part_negligeable: z.number().min(0).max(1)
});
export type GeometryRules = z.infer<typeof GeometryRules>;

export const PlansFile = z.strictObject({
	version: z.string(),
	types: z.array(PlanType),
	champs: z.array(ChampDef),
	statuts: z.array(z.strictObject({ code: Statut, libelle: z.string(), synonymes: z.array(z.string()) })),
	priorites: z
		.array(z.strictObject({ code: z.string(), libelle: z.string(), synonymes: z.array(z.string()) }))
		.default([]),
	/** `sigles`: known in capitals alone, or before the name of a place (« CA de Lys »), when they open a name. */
	porteurs: z.array(
		z.strictObject({
			...{ code: PorteurType, libelle: z.string(), synonymes: z.array(z.string()) },
			sigles: z.array(z.string().regex(/^[A-Z]+$/)).default([])
		})
	),
	/** Words of the porteur column that name nobody: the territory itself, or a kind of body. */
	porteurs_sans_nom: z
		.strictObject({ territoire: z.array(z.string()), genres: z.array(z.string()) })
		.default({ territoire: [], genres: [] }),
	/** Cells of persons and instances that say nobody yet: « à définir ». */
	pas_encore_dit: z.array(z.string()).default([]),
	financements: z.array(z.strictObject({ code: EtatFinancement, libelle: z.string(), synonymes: z.array(z.string()) })),
	geometrie: GeometryRules,
	/** Those who usually pay: over amounts, their name heads a financing. */
	payeurs: z.array(z.string()).default([]),
	/** Short words of headers, in full: « prev » → « prévisionnel ». */
	abreviations: z.record(z.string(), z.string()).default({}),
	/** Words that mean « every quartier of the territory ». */
	tous_les_quartiers: z.array(z.string()),
	relations: z
		.array(z.strictObject({ de: z.string(), vers: z.string(), nature: z.string(), source: z.string() }))
		.default([])
});
export type PlansFile = z.infer<typeof PlansFile>;

export const IndicatorDef = z.strictObject({
	code: z.string(),
	libelle: z.string().min(1),
	unite: z.string(),
	decimales: z.number().int().min(0).max(3).default(1),
	defavorable_si: z.enum(['haut', 'bas']).nullable(),
	/** false: what carries its enjeu of the ville alone does not answer it. */
	ville_seule: z.boolean().optional(),
	sauf_croisements: z.array(z.string()).optional(),
	echelles: z.array(z.enum(['qpv', 'commune', 'epci'])),
	enjeux: z.array(z.string()),
	/** Headers that carry it in known files. */
	colonnes: z.array(z.string()).default([]),
	/** Values outside are refused with a reason. */
	min: z.number().nullable().default(null),
	max: z.number().nullable().default(null),
	/** How quartiers fold into a territory: « somme » or none (a rate does not add up). */
	cumul: z.enum(['somme', 'aucun']).default('aucun'),
	source: z.string(),
	/** Site where its source is published, as the note on the data says it; left out where nobody wrote one. */
	adresse: z.string().min(1).optional(),
	verifie: z.boolean(),
	qui_sait: z.string().min(1).optional(),
	note: z.string().nullable().default(null)
});
export type IndicatorDef = z.infer<typeof IndicatorDef>;
export const IndicatorsFile = z.strictObject({ version: z.string(), indicateurs: z.array(IndicatorDef) });
export type IndicatorsFile = z.infer<typeof IndicatorsFile>;

/** All of `data/`, validated; `hash` is stamped on every export. */
export interface Referentiel {
	readonly version: string;
	readonly hash: string;
	readonly enjeux: EnjeuxFile;
	readonly lexique: LexiconFile;
	readonly appris: LearntFile;
	readonly plans: PlansFile;
	readonly lacunes: GapsFile;
	readonly exemples: ExamplesFile;
	readonly indicateurs: IndicatorsFile;
	readonly attributions: GrantsFile;
	readonly planDeFinancement: PlanRulesFile;
	readonly marqueurs: MarkersFile;
	readonly financements: readonly FundingFile[];
	readonly gabarits: GabaritsFile;
	readonly glossaire: GlossaryFile;
}
