import { percent } from '../french';

/* Names, in French, of the parameters that `data/lacunes.yaml` writes as codes. */

const PARAMETERS: Readonly<Record<string, string>> = {
	accompagnement: 'Repères d’un accompagnement',
	adaptation: 'Enjeux de l’adaptation',
	autres_publics: 'Mots d’un titre qui s’adresse à d’autres que des ménages',
	batiments: 'Bâtiments publics',
	bientot_mois: 'Bientôt, en mois',
	champs: 'Champs regardés',
	cour_avant: 'Une cour prévue compte jusqu’au',
	de_passage: 'Repères de ce qui pèse aussi sur qui s’y rend',
	enjeux: 'Enjeux',
	enjeux_prioritaires: 'Enjeux prioritaires du contrat de ville',
	existant: 'Travaux sur ce qui existe déjà',
	fond: 'Natures d’une action de fond',
	horizon: 'Horizon',
	chaque_annee: 'Ce qui revient chaque année',
	horizon_mois: 'Échéances regardées, en mois',
	limite: 'Limite regardée',
	marqueurs: 'Mots surveillés',
	min_operations: 'Opérations, au moins',
	min_plans: 'Plans saisis, au moins',
	mois: 'Délai, en mois',
	natures: 'Natures',
	niveaux_insuffisants: 'Niveaux de participation insuffisants',
	niveaux_suffisants: 'Niveaux de participation suffisants',
	objet: 'Mots des travaux d’une cour',
	paires: 'Paires surveillées',
	plafond: 'Plafond',
	porteurs: 'Porteurs concernés',
	poids_enjeux: 'Poids des enjeux',
	poids_nature: 'Poids de la nature',
	poids_periode: 'Poids de la période',
	poids_titre: 'Poids du titre',
	poids_zone: 'Poids de la zone',
	prochain_jalon_mois: 'Prochain jalon, en mois',
	reference: 'Référence',
	sauf: 'Ne s’applique pas aux titres qui disent',
	sauf_marqueurs: 'Ne s’applique pas aux actions qui disent',
	sans_objet: 'Enjeux où la règle ne s’applique pas',
	seuil: 'Seuil',
	seuil_doublon: 'Seuil de doublon',
	seuil_sans_titre: 'Seuil quand les titres n’ont rien en commun',
	statuts: 'Statuts d’arrêt',
	titre_commun: 'Ressemblance des titres, un enjeu de transition étant commun',
	titre_commun_meme_genre: 'Ressemblance des titres de deux documents d’un même genre de plan',
	titre_commun_meme_quartier: 'Ressemblance des titres, un même quartier étant nommé',
	titre_commun_ville: 'Ressemblance des titres, sans enjeu de transition commun',
	titre_double_saisie: 'Ressemblance des titres d’une double saisie dans un document',
	titre_meme_objet: 'Ressemblance de deux titres qui nomment le même objet',
	seuil_relatif: 'Écart relatif',
	seuil_reste: 'Seuil du reste à financer',
	seuil_reste_a_financer: 'Seuil du reste à financer',
	construction: 'Mots d’une construction',
	cout_min_pret: 'Coût à partir duquel un prêt est proposé (€)',
	zone_par_commune: 'Part du poids de la zone quand seule la commune est commune'
};

export const parameterName = (code: string): string => PARAMETERS[code] ?? code.replaceAll('_', ' ');

type Value = number | string | boolean | readonly string[];

/** A parameter between 0 and 1 is a share: people read and type it as a percentage. */
export const isShare = (like: Value): boolean => typeof like === 'number' && like > 0 && like < 1;

/** One value of a parameter, read as that of the référentiel is; a pair « a | b | why » keeps only its why. */
export function parameterValues(value: Value, like: Value = value): string[] {
	if (typeof value === 'boolean') return [value ? 'oui' : 'non'];
	if (typeof value === 'number') return [isShare(like) ? percent(value, 2) : String(value).replace('.', ',')];
	const list = typeof value === 'string' ? [value] : value;
	return list.some((v) => v.includes(' | ')) ? list.map((v) => v.split(' | ')[2] ?? v) : [list.join(', ')];
}
