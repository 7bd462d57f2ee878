import type { IssueCode } from '../issue';

/** What was expected and what to do, for an issue that does not say it better itself. */
export const ADVICE: Readonly<Record<IssueCode, { readonly attendu: string; readonly conseil: string }>> = {
	'titre-absent': {
		attendu: 'un intitulé d’action',
		conseil: 'Écrivez l’intitulé de l’action, ou videz la ligne si ce n’en est pas une.'
	},
	'ligne-vide': {
		attendu: 'une action par ligne',
		conseil: 'Rien à faire\u00a0: une ligne vide ne compte pas.'
	},
	'ligne-hors-territoire': {
		attendu: 'une action de ce territoire',
		conseil: 'Rien à faire si la ligne est bien celle d’un voisin\u00a0; sinon, écrivez la commune ou l’EPCI concerné.'
	},
	'ligne-filtree': {
		attendu: 'une ligne qui répond au filtre choisi',
		conseil: 'Rien à faire, ou déposez à nouveau le fichier sans ce filtre.'
	},
	'ligne-de-consigne': {
		attendu: 'une action',
		conseil: 'Rien à faire\u00a0: les consignes et les en-têtes répétés ne sont pas des actions.'
	},
	'montant-illisible': {
		attendu: 'un nombre, par exemple «\u00a060 000 € HT\u00a0»',
		conseil: 'Écrivez un seul montant, en euros, ou videz la cellule.'
	},
	'montant-intervalle': {
		attendu: 'un seul montant',
		conseil: 'Écrivez le montant prévu dès qu’il est connu\u00a0; la borne basse est retenue d’ici là.'
	},
	'montant-deduit': {
		attendu: 'un montant en euros, écrit dans sa cellule',
		conseil: 'Rien à faire si le montant est le bon\u00a0; sinon, écrivez-le en euros dans la cellule.'
	},
	'date-illisible': {
		attendu: 'une date, un mois ou une année, par exemple «\u00a001/03/2026\u00a0»',
		conseil: 'Écrivez une date, un mois ou une année, ou videz la cellule.'
	},
	'date-vague': {
		attendu: 'une date de début et une date de fin',
		conseil: 'Précisez les dates dès qu’elles sont connues\u00a0; le texte est gardé d’ici là.'
	},
	'statut-inconnu': {
		attendu: 'un statut de la liste',
		conseil: 'Choisissez un statut de la liste.'
	},
	'statut-interprete': {
		attendu: 'un statut de la liste',
		conseil: 'Rien à faire si le sens est le bon\u00a0; sinon, choisissez un statut de la liste.'
	},
	'priorite-interpretee': {
		attendu: 'un niveau de priorité (élevé, moyen ou bas)',
		conseil: 'Rien à faire si le sens est le bon\u00a0; sinon, écrivez le niveau voulu.'
	},
	'quartier-inconnu': {
		attendu: 'le nom ou le code d’un quartier du territoire',
		conseil: 'Choisissez le quartier, ou rattachez ce nom une fois pour toutes dans «\u00a0Lieux à rattacher\u00a0».'
	},
	'quartier-ambigu': {
		attendu: 'un seul quartier, avec sa commune ou son code',
		conseil: 'Choisissez le quartier voulu, ou ajoutez le nom de la commune.'
	},
	'code-2015': {
		attendu: 'un code de quartier de 2024',
		conseil: 'Choisissez le quartier de 2024 qui a pris la suite.'
	},
	'commune-inconnue': {
		attendu: 'une commune du territoire',
		conseil: 'Corrigez le nom, ou dites une fois pour toutes quelle commune c’est dans «\u00a0Lieux à rattacher\u00a0».'
	},
	doublon: {
		attendu: 'une ligne par action',
		conseil: 'Gardez les deux si ce sont deux actions, sinon retirez une ligne du fichier.'
	},
	'colonne-inconnue': {
		attendu: 'un en-tête qui nomme un champ connu',
		conseil: 'Choisissez un champ pour cette colonne si elle est utile\u00a0; sinon, rien à faire.'
	},
	'colonne-ambigue': {
		attendu: 'une seule colonne par champ, à l’en-tête clair',
		conseil: 'Confirmez ou changez la correspondance dans «\u00a0Colonnes\u00a0».'
	},
	'saisie-incomplete': {
		attendu: 'une valeur',
		conseil: 'Complétez la cellule quand l’information est connue\u00a0; un vide n’est jamais lu comme zéro.'
	},
	'valeur-suspecte': {
		attendu: 'une valeur cohérente avec sa colonne',
		conseil: 'Vérifiez la cellule\u00a0; gardez-la si elle est juste.'
	},
	'code-inconnu': {
		attendu: 'un code connu',
		conseil: 'Vérifiez le code.'
	},
	'geometrie-reparee': {
		attendu: 'un contour qui ne se croise pas',
		conseil: 'Rien à faire\u00a0: vérifiez le contour sur la carte si la forme compte.'
	},
	'geometrie-invalide': {
		attendu: 'un contour fermé, en coordonnées WGS84 ou Lambert-93',
		conseil: 'Corrigez le contour dans votre outil cartographique, puis déposez à nouveau le fichier.'
	},
	'geometrie-contraire': {
		attendu: 'un nom et un lieu qui disent le même quartier',
		conseil: 'Corrigez le quartier ou le lieu dans le fichier, ou décidez de l’atteinte sur la page du quartier.'
	},
	'ligne-ecartee': {
		attendu: 'une action',
		conseil: 'Rien à faire si ce n’est pas une action\u00a0; sinon, écrivez son intitulé dans la colonne des titres.'
	}
};
