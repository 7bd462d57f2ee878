import type { AnomalyCounts } from './anomalies';
import type { IssueCode, Severity } from '../issue';

export const ANOMALY_LABELS: Readonly<Record<IssueCode, string>> = {
	'titre-absent': 'Ligne sans intitulé',
	'ligne-vide': 'Ligne vide',
	'ligne-hors-territoire': 'Ligne d’un autre territoire',
	'ligne-filtree': 'Ligne écartée par le filtre',
	'ligne-de-consigne': 'Ligne de consigne ou de total',
	'montant-illisible': 'Montant illisible',
	'montant-intervalle': 'Montant donné en intervalle',
	'montant-deduit': 'Montant calculé ou converti',
	'date-illisible': 'Date illisible',
	'date-vague': 'Date approximative',
	'statut-inconnu': 'Statut inconnu',
	'statut-interprete': 'Statut compris par synonyme',
	'priorite-interpretee': 'Priorité comprise par synonyme',
	'quartier-inconnu': 'Quartier non reconnu',
	'quartier-ambigu': 'Quartier ambigu',
	'code-2015': 'Ancien code de quartier (2015)',
	'commune-inconnue': 'Commune inconnue',
	doublon: 'Doublon possible',
	'colonne-inconnue': 'Colonne non reconnue',
	'colonne-ambigue': 'Colonne ambiguë',
	'saisie-incomplete': 'Saisie incomplète',
	'valeur-suspecte': 'Valeur suspecte',
	'code-inconnu': 'Code inconnu',
	'geometrie-reparee': 'Tracé converti ou réparé',
	'geometrie-invalide': 'Lieu illisible',
	'geometrie-contraire': 'Nom et lieu en désaccord',
	'ligne-ecartee': 'Ligne écartée'
};

/** Of one anomaly. */
export const SEVERITY_NAMES: Readonly<Record<Severity, string>> = {
	bloquant: 'Ligne à reprendre',
	'a-verifier': 'À vérifier',
	info: 'Pour information'
};

const RANK: Readonly<Record<Severity, number>> = { bloquant: 0, 'a-verifier': 1, info: 2 };

export interface AnomalyKind {
	readonly code: IssueCode;
	readonly gravite: Severity;
	readonly libelle: string;
	readonly nombre: number;
}

/** Kinds of anomalies, most severe first, then most frequent. */
export const orderedKinds = (counts: AnomalyCounts): AnomalyKind[] =>
	counts
		.map((c) => ({ ...c, libelle: ANOMALY_LABELS[c.code] }))
		.sort((a, b) => RANK[a.gravite] - RANK[b.gravite] || b.nombre - a.nombre || a.code.localeCompare(b.code));
