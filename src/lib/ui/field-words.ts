import type { ActionDates, EtatFinancement, FinancingLine, PorteurType, Echelle } from '../domain/action';
import type { DraftField } from '../domain/import/draft-merge';
import type { Money } from '../domain/money';
import { date, enumerate, euros, FINANCING_LABEL, money, NON_RENSEIGNE, number, STATUS_LABEL } from './format';

/* The fields of an action and their values, as people write them. */

export const FIELD_LABEL: Readonly<Record<DraftField, string>> = {
	reference: 'Numéro',
	titre: 'Intitulé',
	axe: 'Axe',
	objectif: 'Objectif',
	description: 'Description',
	porteur: 'Porteur',
	porteurType: 'Type de porteur',
	porteurSiren: 'SIREN du porteur',
	pilote: 'Pilote',
	elu: 'Élu référent',
	instance: 'Instance de suivi',
	partenaires: 'Partenaires',
	publics: 'Publics',
	echelle: 'Échelle',
	communes: 'Communes',
	geometrie: 'Emplacement',
	quartiers: 'Quartiers',
	atteinteDeclaree: 'Part dans les quartiers',
	statut: 'Statut',
	priorite: 'Priorité',
	dates: 'Dates',
	etapes: 'Étapes',
	misAJourLe: 'Dernière mise à jour',
	budget: 'Coût d’investissement',
	fonctionnement: 'Coût de fonctionnement',
	etp: 'ETP',
	financements: 'Financements',
	indicateurs: 'Indicateurs',
	secteurs: 'Secteurs',
	enjeuxDeclares: 'Enjeux déclarés',
	natureDeclaree: 'Nature déclarée',
	participation: 'Participation',
	clauseAdaptation: 'Clause d’adaptation',
	notes: 'Notes',
	origine: 'Ligne du fichier'
};

const PORTEUR_LABEL: Readonly<Record<PorteurType, string>> = {
	commune: 'commune',
	epci: 'intercommunalité',
	departement: 'département',
	region: 'région',
	'bailleur-social': 'bailleur social',
	copropriete: 'copropriété',
	association: 'association',
	siae: 'structure d’insertion',
	entreprise: 'entreprise',
	syndicat: 'syndicat',
	'etablissement-public': 'établissement public',
	etat: 'État',
	menage: 'ménage'
};
const ECHELLE_LABEL: Readonly<Record<Echelle, string>> = {
	batiment: 'bâtiment',
	quartier: 'quartier',
	commune: 'commune',
	epci: 'intercommunalité',
	'supra-epci': 'au-delà de l’intercommunalité'
};

const MARK_LABEL: Readonly<Record<string, string>> = {
	'@disparue': 'Présence dans le fichier',
	'@ecartee': 'Mise de côté'
};

export const fieldLabel = (champ: string): string => MARK_LABEL[champ] ?? FIELD_LABEL[champ as DraftField] ?? champ;

/** A value as it is read on screen; a blank is « non renseigné », a zero is a zero. */
export function fieldValue(champ: string, value: unknown): string {
	if (champ === '@ecartee') return value === 1 ? 'oui' : 'non';
	if (champ === '@disparue') return value === 1 ? 'disparue du fichier' : 'présente';
	if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return NON_RENSEIGNE;
	switch (champ) {
		case 'budget':
		case 'fonctionnement':
			return money(value as Money);
		case 'dates':
			return datesValue(value as ActionDates);
		case 'statut':
			return STATUS_LABEL[value as keyof typeof STATUS_LABEL] ?? String(value);
		case 'porteurType':
			return PORTEUR_LABEL[value as PorteurType] ?? String(value);
		case 'echelle':
			return ECHELLE_LABEL[value as Echelle] ?? String(value);
		case 'financements':
			return (value as readonly FinancingLine[]).map(financingValue).join(' ; ');
		case 'geometrie':
			return GEOMETRY_LABEL[(value as { type: string }).type] ?? 'emplacement';
	}
	if (typeof value === 'boolean') return value ? 'oui' : 'non';
	if (typeof value === 'number') return number(value);
	if (Array.isArray(value)) return enumerate(value.map(String));
	return typeof value === 'string' ? value : JSON.stringify(value);
}

const GEOMETRY_LABEL: Readonly<Record<string, string>> = {
	Point: 'un point',
	MultiPoint: 'des points',
	LineString: 'un tracé',
	MultiLineString: 'des tracés',
	Polygon: 'un périmètre',
	MultiPolygon: 'des périmètres'
};

function datesValue({ debut, fin, texte }: ActionDates): string {
	const said =
		debut && fin
			? `du ${date(debut)} au ${date(fin)}`
			: debut
				? `à partir du ${date(debut)}`
				: fin
					? `jusqu’au ${date(fin)}`
					: null;
	return said && texte ? `${said} (${texte})` : (said ?? texte ?? NON_RENSEIGNE);
}

function financingValue({ libelle, demande, obtenu, etat, base }: FinancingLine): string {
	const amounts = [
		...(demande === null ? [] : [`${euros(demande, base)} ${etat === 'envisage' ? 'prévus' : 'demandés'}`]),
		...(obtenu === null ? [] : [`${euros(obtenu, base)} obtenus`])
	];
	return `${libelle} : ${amounts.length ? amounts.join(', ') : FINANCING_LABEL[etat as EtatFinancement]}`;
}
