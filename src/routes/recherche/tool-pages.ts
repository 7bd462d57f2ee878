import { buildSearchIndex, type SearchEntry, type SearchIndex } from '$lib/domain/search/search-index';

/* The pages of the tool answer a search too: one looks for « imports » as one looks for an action. */

const PAGES: readonly (readonly [href: string, titre: string, detail: string, mots: string])[] = [
	['/', 'Accueil', 'Les territoires, et ce qui attend dans chacun', 'début menu'],
	[
		'/demarrer',
		'Démarrer',
		'Choisir son territoire, importer ses périmètres, déposer un plan',
		'guide premiers pas aide'
	],
	[
		'/apporter',
		'Apporter des fichiers',
		'Plans, périmètres, indicateurs, subventions : Croisée reconnaît ce que c’est',
		'importer import déposer fichier excel csv json'
	],
	[
		'/imports',
		'Importer soi-même',
		'Un fichier de quartiers ou un plan, dit d’avance ; les gabarits à remplir',
		'déposer fichier modèle gabarit'
	],
	[
		'/imports/historique',
		'Historique des imports',
		'Chaque fichier lu, par qui, et comment l’annuler',
		'annuler revenir sauvegarde sauvegarder copie'
	],
	['/region', 'Région', 'Tous les territoires sur une page, pour la COP des quartiers', 'consolidation cop'],
	[
		'/region/argent',
		'L’argent obtenu',
		'Les attributions publiées, par dispositif et par année',
		'subventions attributions fonds'
	],
	[
		'/referentiel',
		'Référentiel',
		'Les enjeux, les lacunes, les conditions de financement, leurs sources',
		'règles sources méthode'
	],
	['/glossaire', 'Glossaire', 'Les mots de l’outil et du métier', 'définitions sigles aide'],
	['/accessibilite', 'Accessibilité', 'Ce qui a été vérifié, ce qui ne l’est pas', 'clavier contraste rgaa']
];

const OF_TERRITORY: readonly (readonly [path: string, titre: string, detail: string, mots: string])[] = [
	['', 'Matrice', 'Les vingt croisements attendus et toute la grille', 'croisements enjeux'],
	[
		'#quartiers',
		'Flécher une action vers un quartier',
		'Ouvrez un quartier : « À flécher vers ce quartier » dit quelle action, et qui appeler ; « Et si on fléchait… » dit ce que cela change',
		'cibler fléchage flécher orienter supposer et si pilote appeler'
	],
	[
		'/lacunes',
		'Lacunes',
		'Les croisements sans réponse dans un quartier, et ce qu’on en décide',
		'lacune manque trou vide rien oublié sans réponse non traité écarter assumer'
	],
	['/carte', 'Carte', 'Les quartiers et leurs contours, colorés par ce qui leur répond', 'plan cartographie contours'],
	[
		'/actions',
		'Actions',
		'Le tableau de toutes les actions : chercher, filtrer, corriger, exporter',
		'liste tableau fiches modifier corriger exporter excel imprimer'
	],
	[
		'/actions/nouvelle',
		'Créer une action',
		'Écrire à la main une action qu’aucun plan importé ne porte',
		'nouvelle ajouter saisir'
	],
	[
		'/a-faire',
		'À faire',
		'Ce qui attend une décision, en cinq files',
		'rattacher confirmer compléter décider arbitrer signer'
	],
	['/lieux', 'Lieux à rattacher', 'Les lieux nommés que rien ne situe', 'quartiers communes'],
	['/classement', 'Propositions à confirmer', 'Enjeux, natures et atteintes lus par l’outil', 'classement'],
	[
		'/recoupements',
		'Recoupements',
		'Les actions de plans différents qui se ressemblent ou se contredisent',
		'doublons doublon tensions ressemblances se recoupent mutualiser'
	],
	[
		'/financement',
		'Financements à demander',
		'Quelle action pourrait demander quoi, et ce qui manque à chaque demande ; quartier par quartier',
		'demandes subventions subvention financement aides argent guichet instruire manque non demandé jamais demandé'
	],
	[
		'/referents',
		'Référents des plans',
		'Qui appeler pour chaque plan, quand aucune action ne nomme de pilote',
		'référent contact téléphone courriel personne appeler joindre'
	],
	['/decisions', 'Décisions', 'Tout ce que des personnes ont décidé, et comment l’annuler', 'historique annuler'],
	['/priorites', 'Axes et thèmes', 'Ce que valent les axes du territoire', 'priorités'],
	[
		'/regles',
		'Règles du territoire',
		'Les seuils réglés ici, les dates des documents, les écoles',
		'réglages paramètres seuils'
	]
];

const entry = (href: string, titre: string, detail: string, mots: string): SearchEntry => ({
	genre: 'page',
	id: href,
	territoire: null,
	code: null,
	titre,
	detail,
	mots: [mots]
});

/**
 * in     the territory whose own pages answer too; `nom`: said with them, when it is not the one in hand
 */
export function toolPages(territoire: string | null, nom: string | null = null): SearchIndex {
	const own = territoire
		? OF_TERRITORY.map(([path, titre, detail, mots]) =>
				entry(`/territoires/${territoire}${path}`, titre, nom ? `${nom} : ${detail}` : detail, mots)
			)
		: [];
	return buildSearchIndex([...PAGES.map((page) => entry(...page)), ...own]);
}
