import type { CommandShape } from './arguments';

/** What can be called from outside. Shapes are a contract: add freely, rename nothing without a changelog line. */
export const COMMANDS: Readonly<Record<string, CommandShape>> = {
	perimetres: {
		args: ['FICHIER'],
		options: ['source'],
		flags: ['communes'],
		does: 'importe les périmètres officiels des QPV (schéma ANCT, GeoJSON) ; --communes lit des contours de communes, pour la carte'
	},
	correspondances: { args: ['FICHIER'], options: [], does: 'charge la table des codes de quartiers 2024 et 2015' },
	indicateurs: {
		args: ['FICHIER'],
		options: ['source', 'millesime'],
		does: 'importe des indicateurs par quartier ou commune'
	},
	ecoles: {
		args: ['FICHIER'],
		options: ['territoire'],
		required: ['territoire'],
		does: 'importe la liste des écoles des quartiers et l’état de leur cour (colonnes Quartier, École, Cour, Année)'
	},
	territoires: { base: 'exigee', args: [], options: [], does: 'liste les EPCI qui ont des quartiers ou des plans' },
	importer: {
		args: ['FICHIER'],
		options: ['territoire', 'plan', 'periode', 'feuille', 'demarche', 'filtre', 'disparues', 'classeur'],
		flags: ['a-blanc'],
		required: ['territoire', 'plan'],
		does: 'importe les actions d’un plan (pcaet, plh, contrat-de-ville…) ; --a-blanc n’écrit rien, --classeur rend le fichier annoté'
	},
	gabarit: {
		base: 'inutile',
		args: [],
		options: ['plan', 'format', 'sortie', 'territoire'],
		required: ['plan', 'format', 'sortie'],
		does: 'écrit le modèle à remplir d’un type de plan (xlsx ou ods), avec les quartiers du territoire'
	},
	exporter: {
		base: 'exigee',
		args: [],
		options: ['territoire', 'plan', 'format', 'sortie'],
		required: ['territoire', 'format', 'sortie'],
		does: 'écrit les actions d’un territoire (xlsx, ods, csv, json, tet ou schema)'
	},
	'annuler-import': {
		base: 'exigee',
		args: ['ID'],
		options: [],
		flags: ['tout'],
		does: 'reprend un import et restaure ce qu’il avait changé ; --tout restaure aussi ce qui a changé depuis'
	},
	classer: {
		base: 'inutile',
		args: [],
		options: [],
		does: 'classe des intitulés lus sur l’entrée standard, un par ligne'
	},
	actions: {
		base: 'exigee',
		args: [],
		options: ['territoire'],
		required: ['territoire'],
		does: 'les actions situées d’un territoire'
	},
	matrice: {
		base: 'exigee',
		args: [],
		options: ['territoire', 'quartier', 'lignes', 'colonnes'],
		flags: ['csv'],
		required: ['territoire'],
		orElse: { territoire: 'quartier' },
		does: 'la matrice croisée ; dimensions : transition ville croises quartier plan dispositif nature'
	},
	lacunes: {
		base: 'exigee',
		args: [],
		options: ['territoire', 'quartier'],
		required: ['territoire'],
		orElse: { territoire: 'quartier' },
		does: 'les lacunes, avec raison et geste'
	},
	dispositifs: {
		base: 'exigee',
		args: [],
		options: ['territoire', 'quartier'],
		required: ['territoire'],
		orElse: { territoire: 'quartier' },
		does: 'ce que chaque dispositif de financement demande, action par action'
	},
	'feuille-de-route': {
		base: 'exigee',
		args: [],
		options: ['quartier', 'format', 'sortie', 'territoire'],
		required: ['quartier', 'format', 'sortie'],
		does: 'écrit la feuille de route d’un quartier (docx, xlsx ou json)'
	},
	region: {
		base: 'exigee',
		args: [],
		options: ['region'],
		flags: ['csv'],
		does: 'le pli régional pour la COP ; --csv : tout le croisement, quartier × enjeu × plan × dispositif'
	},
	demo: { args: [], options: [], does: 'charge le territoire de démonstration (fictif)' },
	servir: { args: [], options: [], does: 'sert les pages' },
	attributions: {
		args: ['FICHIER'],
		options: ['dispositif', 'filtre', 'annee', 'territoire'],
		required: ['dispositif'],
		does: 'importe une liste de projets subventionnés, et dit la part qui va aux quartiers ; avec --territoire, qui n’y est pas et quelles actions pourraient demander'
	},
	recoupements: {
		base: 'exigee',
		args: [],
		options: ['territoire'],
		required: ['territoire'],
		does: 'les paires d’actions de deux plans qui se recoupent, ou se contredisent'
	},
	sauvegarder: {
		base: 'exigee',
		args: ['FICHIER'],
		options: [],
		does: 'copie toute la base dans un fichier neuf, même pendant que Croisée sert'
	},
	restaurer: {
		args: ['FICHIER'],
		options: [],
		does: 'remet une sauvegarde à la place de la base ; ce qu’elle remplace est gardé à côté'
	}
};
