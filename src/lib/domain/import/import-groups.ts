import type { Anomalie } from './anomalies';
import type { IssueCode, Severity } from '../issue';

/** All anomalies of one kind, read at once. */
export interface AnomalyGroup {
	readonly code: IssueCode;
	readonly gravite: Severity;
	readonly libelle: string;
	readonly anomalies: readonly Anomalie[];
}

export const ANOMALY_LABELS: Readonly<Record<IssueCode, string>> = {
	'titre-absent': 'Ligne sans intitulé',
	'ligne-vide': 'Ligne vide',
	'ligne-hors-territoire': 'Ligne d’un autre territoire',
	'ligne-filtree': 'Ligne écartée par le filtre',
	'ligne-de-consigne': 'Ligne de consigne ou de total',
	'montant-illisible': 'Montant illisible',
	'montant-intervalle': 'Montant donné en intervalle',
	'date-illisible': 'Date illisible',
	'date-vague': 'Date approximative',
	'statut-inconnu': 'Statut inconnu',
	'statut-interprete': 'Statut compris par synonyme',
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
	'geometrie-reparee': 'Contour réparé',
	'geometrie-invalide': 'Contour invalide',
	'ligne-ecartee': 'Ligne écartée'
};

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
	bloquant: 'Rejetées',
	'a-verifier': 'À vérifier',
	info: 'Pour information'
};

const RANK: Readonly<Record<Severity, number>> = { bloquant: 0, 'a-verifier': 1, info: 2 };

/** Most severe first, then most frequent. */
export function groupAnomalies(anomalies: readonly Anomalie[]): AnomalyGroup[] {
	const groups = new Map<string, Anomalie[]>();
	for (const anomaly of anomalies) {
		const key = `${anomaly.gravite}|${anomaly.code}`;
		groups.set(key, [...(groups.get(key) ?? []), anomaly]);
	}
	return [...groups.values()]
		.map((list) => ({
			code: list[0]!.code,
			gravite: list[0]!.gravite,
			libelle: ANOMALY_LABELS[list[0]!.code],
			anomalies: list
		}))
		.sort((a, b) => RANK[a.gravite] - RANK[b.gravite] || b.anomalies.length - a.anomalies.length);
}

/** Rows an anomaly speaks of: « 14, 22, 41 + 5 ». */
export function rowsOf(anomalies: readonly Anomalie[], max = 6): string {
	const rows = [...new Set(anomalies.flatMap((a) => a.lignes ?? (a.ligne === null ? [] : [a.ligne])))].sort(
		(a, b) => a - b
	);
	return rows.length > max ? `${rows.slice(0, max).join(', ')} + ${rows.length - max}` : rows.join(', ');
}
