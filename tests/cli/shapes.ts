import { z } from 'zod';
import { COVERAGES } from '../../src/lib/domain/crossing/coverage';
import { NIVEAUX } from '../../src/lib/domain/crossing/place';
import { SeverityLevel } from '../../src/lib/domain/rules/referentiel';

/* The main fields of the contract. Fields may be added (loose objects); none of these may go. */

const o = z.looseObject;
const entier = z.number().int().nonnegative();
const euros = z.number().refine((n) => Math.abs(n * 100 - Math.round(n * 100)) < 1e-6, 'au centime');
const base = z.enum(['HT', 'TTC', 'inconnu']);
const couverture = z.enum(COVERAGES);
const anomalie = o({
	code: z.string(),
	gravite: z.enum(['bloquant', 'a-verifier', 'info']),
	ligne: z.number().nullable(),
	colonne: z.string().nullable(),
	trouve: z.string().nullable(),
	attendu: z.string().nullable(),
	message: z.string().min(1)
});
const comptes = { lues: entier, acceptees: entier, rejetees: entier, ignorees: entier };
const sommeJuste = (r: { lues: number; acceptees: number; rejetees: number; ignorees: number }) =>
	r.lues === r.acceptees + r.rejetees + r.ignorees;

export const Perimetres = o({
	schema: z.string(),
	lus: entier,
	importes: entier,
	repares: z.array(z.string()),
	rejetes: z.array(o({ code: z.string(), raison: z.string() }))
});
export const Correspondances = o({ schema: z.string(), ...comptes }).refine(sommeJuste);
export const Indicateurs = o({ schema: z.string(), ...comptes, anomalies: z.array(anomalie) }).refine(sommeJuste);
export const Territoires = z.array(
	o({ code: z.string(), nom: z.string(), quartiers: entier, plans: entier, actions: entier })
);
export const Import = o({
	schema: z.string(),
	import: z.number().int().nullable(),
	plan: z.string(),
	feuille: z.string(),
	...comptes,
	colonnes: z.array(o({ entete: z.string(), champ: z.string().nullable() })),
	anomalies: z.array(anomalie),
	quartiersNonReconnus: z.array(o({ texte: z.string(), proches: z.array(z.unknown()) })),
	differences: o({ ajoutees: entier, modifiees: entier, disparues: entier, inchangees: entier, videes: entier })
}).refine(sommeJuste);
export const Annulation = o({
	schema: z.string(),
	import: z.number().int(),
	actionsRetirees: entier,
	actionsRestaurees: entier
});
const classe = z.array(o({ code: z.string(), score: z.number().positive(), mots: z.array(z.string()) }));
export const Classement = z.array(
	o({
		titre: z.string(),
		transition: classe,
		ville: classe,
		nature: o({ code: z.string(), mots: z.array(z.string()) }).nullable()
	})
);
export const Actions = z.array(
	o({
		id: z.string(),
		plan: z.string(),
		reference: z.string().nullable(),
		titre: z.string().min(1),
		transition: z.array(z.string().regex(/^T\d\d$/)),
		ville: z.array(z.string().regex(/^P\d\d$/)),
		croises: z.array(z.string().regex(/^X\d\d$/)),
		nature: z
			.string()
			.regex(/^N[1-5]$/)
			.nullable(),
		statut: z.string().nullable(),
		dates: o({ debut: z.string().nullable(), fin: z.string().nullable(), texte: z.string().nullable() }).nullable(),
		porteur: z.string().nullable(),
		pilote: z.string().nullable(),
		budget: o({ montant: euros, base }).nullable(),
		financements: z.array(
			o({
				dispositif: z.string().nullable(),
				montant: euros.nullable(),
				etat: z.enum(['envisage', 'demande', 'obtenu', 'refuse'])
			})
		),
		atteinte: z.array(o({ quartier: z.string(), niveau: z.enum(NIVEAUX), par: z.string() })),
		origine: o({ fichier: z.string(), feuille: z.string().nullable(), ligne: z.number().int().nullable() })
	})
);
const budget = o({ montant: euros.nullable(), base, avecMontant: entier, sansMontant: entier });
const total = o({ code: z.string(), actions: entier, budget });
const entree = o({ code: z.string(), libelle: z.string() });
export const Matrice = o({
	schema: z.string(),
	referentiel: z.string().min(6),
	asOf: z.string(),
	lignes: z.array(entree),
	colonnes: z.array(entree),
	cases: z.array(z.array(o({ actions: z.array(z.string()), couverture, budget }))),
	totaux: o({ lignes: z.array(total), colonnes: z.array(total), ensemble: o({ actions: entier, budget }) })
});
export const Lacunes = z.array(
	o({
		regle: z.string().regex(/^G\d\d$/),
		gravite: SeverityLevel,
		reponse: z.enum(['alerte', 'donnee-manquante', 'opportunite']),
		quartier: z.string().nullable(),
		enjeu: z
			.string()
			.regex(/^[TPX]\d\d$/)
			.nullable(),
		message: z.string().min(1),
		pourquoi: z.string().min(1).nullable(),
		aFaire: z.string().min(1),
		preuves: o({ actions: z.array(z.string()), champs: z.array(z.string()) })
	})
);
const raison = o({ critere: z.string(), attendu: z.string(), trouve: z.string().nullable() });
export const Dispositifs = z.array(
	o({
		action: z.string(),
		quartier: z.string().nullable(),
		mesure: z.string(),
		verdict: z.enum(['a-instruire', 'ecarte', 'indetermine']),
		remplis: z.array(raison),
		echecs: z.array(raison),
		manquants: z.array(raison),
		sources: z.array(o({ titre: z.string(), consulte_le: z.string() })).min(1)
	})
);
export const FeuilleEcrite = o({
	schema: z.string(),
	fichier: z.string(),
	octets: z.number().int().positive(),
	/** A quartier over two intercommunalités: the one that was taken, and the sentence that says so. */
	territoire: z.string().optional(),
	dit: z.string().optional()
});
const part = o({ enQpv: z.number(), communeAvecQpv: z.number(), ailleurs: z.number(), inconnu: z.number() });
const Granted = z.looseObject({ projets: entier, montant: z.number(), parts: part, territoires: z.array(z.unknown()) });

export const Region = o({
	schema: z.string(),
	region: z.string(),
	nom: z.string().nullable(),
	territoires: z.array(
		o({ code: z.string(), nom: z.string(), quartiers: entier, repondant: z.boolean(), actions: entier.nullable() })
	),
	matrice: o({ cases: z.array(z.array(o({ actions: entier.nullable(), couverture }))) }),
	lacunes: z.record(z.string(), entier),
	financements: z.record(z.string(), z.unknown()),
	argentObtenu: z.array(Granted.extend({ annees: z.array(Granted.extend({ annee: entier })) }))
});

export const Recoupements = z.array(
	z.looseObject({
		a: z.string(),
		b: z.string(),
		genre: z.enum(['doublon', 'recoupement', 'tension']),
		score: z.number().min(0).max(1),
		raisons: z
			.array(z.looseObject({ mesure: z.string(), valeur: z.number(), poids: z.number(), dit: z.string().min(1) }))
			.min(1),
		decision: z.unknown()
	})
);
