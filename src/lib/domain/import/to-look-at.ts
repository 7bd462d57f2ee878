import type { Champ } from '../action';
import { count, FINE } from '../french';
import { DOUBTFUL } from './header-issues';
import type { ReportSummary } from './import-report';
import type { IssueCode } from '../issue';

/* What is worth a look before an import is saved, and what it will cost to leave it blank. */

export interface ToLookAt {
	readonly gravite: 'bloquant' | 'a-verifier' | 'info';
	readonly texte: string;
	/** Page of the import, from its address; with its filter. */
	readonly page: string;
}

/** One or several anomalies of a kind, as a sentence says them. */
const WORDS: Readonly<Partial<Record<IssueCode, readonly [one: string, many: string]>>> = {
	'montant-illisible': ['montant illisible', 'montants illisibles'],
	'montant-intervalle': ['montant donné en intervalle', 'montants donnés en intervalle'],
	'montant-deduit': ['montant calculé ou converti', 'montants calculés ou convertis'],
	'date-illisible': ['date illisible', 'dates illisibles'],
	'date-vague': ['date approximative', 'dates approximatives'],
	'statut-inconnu': ['statut inconnu', 'statuts inconnus'],
	'statut-interprete': ['statut compris par synonyme', 'statuts compris par synonyme'],
	doublon: ['doublon possible', 'doublons possibles'],
	'valeur-suspecte': ['valeur suspecte', 'valeurs suspectes'],
	'code-inconnu': ['code inconnu', 'codes inconnus'],
	'saisie-incomplete': ['cellule à compléter', 'cellules à compléter'],
	'geometrie-invalide': ['contour invalide', 'contours invalides']
};
/** Shown at first; the others are under a fold that says how many. */
export const SHOWN_FIRST = 5;

/** Places of a report that wait for somebody to say where they are. */
export const unknownPlaces = (report: Pick<ReportSummary, 'quartiersNonReconnus' | 'communesNonReconnues'>): number =>
	report.quartiersNonReconnus.length + (report.communesNonReconnues?.length ?? 0);

/** Every thing, in the order one would take them: rejected rows, columns, places, then the most frequent doubts. */
export function thingsToLookAt(
	report: Pick<
		ReportSummary,
		| 'acceptees'
		| 'ignorees'
		| 'rejetees'
		| 'colonnes'
		| 'quartiersNonReconnus'
		| 'communesNonReconnues'
		| 'compte'
		| 'differences'
	>
): ToLookAt[] {
	const columns = report.colonnes.filter((c) => c.champ !== null && c.confiance < DOUBTFUL).length;
	const places = unknownPlaces(report);
	const { disparues } = report.differences;
	const kinds = (gravite: 'a-verifier' | 'info'): ToLookAt[] =>
		report.compte
			.filter((c) => c.gravite === gravite && WORDS[c.code])
			.sort((a, b) => b.nombre - a.nombre)
			.map(({ code, nombre }) => ({
				gravite,
				texte: count(nombre, ...WORDS[code]!),
				page: `anomalies?nature=${code}&gravite=${gravite}`
			}));
	const when = (yes: number, thing: ToLookAt): ToLookAt[] => (yes > 0 ? [thing] : []);
	return [
		...when(report.acceptees === 0 ? report.ignorees : 0, {
			gravite: 'bloquant',
			texte: `aucune action lue${FINE}; ${count(report.ignorees, 'ligne ignorée', 'lignes ignorées')}`,
			page: 'anomalies'
		}),
		...when(report.rejetees, {
			gravite: 'bloquant',
			texte: count(report.rejetees, 'ligne sans intitulé', 'lignes sans intitulé'),
			page: 'anomalies?gravite=bloquant'
		}),
		...when(columns, {
			gravite: 'a-verifier',
			texte: count(columns, 'colonne à vérifier', 'colonnes à vérifier'),
			page: 'colonnes'
		}),
		...when(places, {
			gravite: 'a-verifier',
			texte: count(places, 'lieu à rattacher', 'lieux à rattacher'),
			page: 'lieux'
		}),
		...when(disparues, {
			gravite: 'a-verifier',
			texte: count(disparues, 'action disparue du fichier', 'actions disparues du fichier'),
			page: 'changements'
		}),
		...kinds('a-verifier'),
		...kinds('info')
	];
}

/** What a blank will keep from being said later; a field not listed costs nothing but itself. */
export const COST_OF_BLANK: Readonly<Partial<Record<Champ, string>>> = {
	cout_investissement: 'aucun financement ne pourra être tranché au regard du coût',
	financements: 'le reste à financer ne sera pas calculé',
	porteur: 'les aides réservées à un type de porteur resteront à préciser',
	porteur_type: 'les aides réservées à un type de porteur resteront à préciser',
	pilote: 'le pilotage sera signalé comme incomplet',
	qpv: 'l’atteinte des quartiers se déduira des autres mots, sans certitude',
	communes: 'l’action ne sera rattachée à aucune commune',
	statut: 'l’avancement du plan ne pourra pas être suivi',
	date_debut: 'les fenêtres des aides ne pourront pas être vérifiées',
	date_fin: 'les fenêtres des aides ne pourront pas être vérifiées',
	description: 'les enjeux se liront dans le seul intitulé',
	publics: 'les publics touchés resteront inconnus',
	indicateurs: 'les résultats ne pourront pas être suivis'
};
