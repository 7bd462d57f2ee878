import { date as written, euros, FINE, INSECABLE, number } from '../domain/french';
import { bare, measured } from '../domain/measured';
import type { EtatFinancement, PlanKind, Statut } from '../domain/action';
import type { Coverage } from '../domain/crossing/coverage';
import type { VerdictKind } from '../domain/rules/eligibility';
import type { Basis, Money } from '../domain/money';
import type { Done } from '../domain/pages/measure-verdicts';
import type { CroiseGroup } from '../domain/crossing/overview';
import type { Niveau, ReachBy } from '../domain/crossing/place';
import type { SeverityLevel } from '../domain/rules/referentiel';

/* The words of the literal values, and French as it is set on screen; figures are written by domain/french. */

export {
	capital,
	count,
	euros,
	inWords,
	list as enumerate,
	number,
	ofThe,
	roundEuros,
	withThe
} from '../domain/french';

export const NON_RENSEIGNE = 'non renseigné';
export const NON_DIT = 'n.\u00a0d.';
export const NON_EVALUE = 'n.\u00a0é.';

/** Sets the spaces of a French sentence: fine before ; ! ?, no-break before : % € and inside « ». */
export function typo(text: string): string {
	return text
		.replace(/\s*([;!?])(?=\s|$|[»)])/g, `${FINE}$1`)
		.replace(/[ \u00a0\u202f]+:(?=\s|$)/g, `${INSECABLE}:`)
		.replace(/«\s*/g, `«${INSECABLE}`)
		.replace(/\s*»/g, `${INSECABLE}»`)
		.replace(/(\d)[ \u202f]*(%|€|M€|k€)/g, `$1${INSECABLE}$2`)
		.replace(/'/g, '’');
}

/** Before a consonant and its vowel, four letters in and two from the end, and never inside « bl », « ch », « gn », « qu »… */
const SYLLABLE =
	/(?<=\p{L}{4})(?<![bcdfgptv](?=[lr])|[cpt](?=h)|g(?=n)|q(?=u))(?=(?:[bcdfgptv][lr]|[cpt]h|gn|qu|[b-df-hj-np-tv-z])[aeiouyàâéèêëîïôöùûü]\p{L})/giu;

/** Soft hyphens where a narrow column may break a long word: « renou-ve-la-bles ». */
export const breakable = (text: string): string =>
	text.replace(/\p{L}{9,}/gu, (word) => word.replace(SYLLABLE, '\u00ad'));

/** 1,92 M€, 640 k€: for a large figure beside its exact value elsewhere on the page. */
export function shortEuros(value: number): string {
	if (Math.abs(value) >= 1e6) return `${number(value / 1e6, 2)}${INSECABLE}M€`;
	if (Math.abs(value) >= 1e4) return `${number(value / 1e3, 0)}${INSECABLE}k€`;
	return euros(value);
}

export const basisLabel = (base: Basis): string => (base === 'inconnu' ? 'HT ou TTC non précisé' : base);

/** An amount with its basis; blank is « non renseigné », zero is « 0 € ». */
export function money(value: Money | null): string {
	if (!value) return NON_RENSEIGNE;
	const figure = value.max === null ? euros(value.euros) : `de ${euros(value.euros)} à ${euros(value.max)}`;
	return value.base === 'inconnu' ? `${figure} (${basisLabel(value.base)})` : `${figure} ${value.base}`;
}

/** A value of an indicator with its unit: « 46,2 % », « 12 910 € ». */
export function measure(value: number | null, unit: string, decimals: number): string {
	if (value === null) return NON_RENSEIGNE;
	return measured(value, unit, decimals);
}

/** Difference with a reference, the sign always written; points for a percentage. */
export function gapTo(value: number, reference: number, unit: string, decimals: number): string {
	const gap = value - reference;
	const figure = number(Math.abs(gap), decimals);
	const sign = gap > 0 ? '+' : gap < 0 ? '−' : '';
	return `${sign}${figure}${INSECABLE}${unit === '%' ? (Math.abs(gap) < 2 ? 'pt' : 'pts') : bare(unit) || /\d/.test(unit) ? '' : unit}`.trimEnd();
}

/** JJ/MM/AAAA from an ISO date or timestamp; anything else is shown as written. */
export function date(iso: string | null): string {
	if (iso === null) return NON_RENSEIGNE;
	return /^\d{4}-\d{2}-\d{2}/.test(iso) ? written(iso) : iso;
}

/** « 22/11/2026 à 09:30 »; the day alone when the time is not known. */
export const moment = (le: string): string =>
	/T\d{2}:\d{2}/.test(le) ? `${date(le)} à ${le.slice(11, 16)}` : date(le);

export const COVERAGE_LABEL: Readonly<Record<Coverage, string>> = {
	structurante: 'structurante',
	'de-service': 'de service',
	'sensibilisation-seule': 'sensibilisation ou étude seule',
	diffuse: 'diffuse',
	aucune: 'aucune',
	'saisie-incomplete': 'non évaluée'
};

/** Class of a cell: c4 (strongest) to c0, cn when not assessed. */
export const COVERAGE_CLASS: Readonly<Record<Coverage, 'c4' | 'c3' | 'c2' | 'c1' | 'c0' | 'cn'>> = {
	structurante: 'c4',
	'de-service': 'c3',
	'sensibilisation-seule': 'c2',
	diffuse: 'c1',
	aucune: 'c0',
	'saisie-incomplete': 'cn'
};

/** The words of the answers as properties of a style sheet, « --mot-c4:'structurante' »: a telephone writes them beside figures. */
export const answerWords = (Object.keys(COVERAGE_CLASS) as Coverage[])
	.map((answer) => `--mot-${COVERAGE_CLASS[answer]}:'${COVERAGE_LABEL[answer]}'`)
	.join(';');

export const LEVEL_LABEL: Readonly<Record<Niveau, string>> = {
	cible: 'cible',
	explicite: 'explicite',
	probable: 'probable',
	diffuse: 'diffuse',
	aucune: 'exclue',
	inconnu: 'inconnue'
};

export const LEVEL_MEANING: Readonly<Record<Niveau, string>> = {
	cible: 'l’action vise d’abord ce quartier, ou lui fixe une part ou un objectif chiffré',
	explicite: 'l’action nomme le quartier',
	probable: 'l’action porte sur une commune du quartier, sans le nommer',
	diffuse: 'l’action porte sur toute l’intercommunalité',
	aucune: 'l’action se passe ailleurs',
	inconnu: 'le fichier ne dit pas où'
};

export const REACH_BY_LABEL: Readonly<Record<ReachBy, string>> = {
	decision: 'décidé par une personne',
	code: 'code du quartier',
	'code-2015': 'code 2015 du quartier',
	nom: 'nom du quartier',
	alias: 'autre nom du quartier',
	'tous-les-quartiers': '« tous les quartiers »',
	geometrie: 'lieu tracé dans le fichier',
	commune: 'commune du quartier',
	echelle: 'échelle de l’action',
	declaration: 'atteinte déclarée',
	titres: 'titres en désaccord sur le même bâtiment',
	partie: 'une partie du nom du quartier',
	proximite: 'à côté du quartier',
	exclu: 'exclu explicitement',
	ailleurs: 'lieu hors du quartier',
	rien: 'rien ne le dit'
};

export const SEVERITY_LABEL: Readonly<Record<SeverityLevel, string>> = {
	critique: 'Critique',
	haute: 'Haute',
	moyenne: 'Moyenne',
	information: 'Information',
	opportunite: 'Opportunité'
};

export const SEVERITY_ORDER: readonly SeverityLevel[] = ['critique', 'haute', 'moyenne', 'information', 'opportunite'];

export const STATUS_LABEL: Readonly<Record<Statut, string>> = {
	'a-discuter': 'À discuter',
	'a-venir': 'À venir',
	'en-cours': 'En cours',
	'en-retard': 'En retard',
	'en-pause': 'En pause',
	bloque: 'Bloquée',
	abandonne: 'Abandonnée',
	realise: 'Réalisée'
};

export const PLAN_LABEL: Readonly<Record<PlanKind, string>> = {
	pcaet: 'PCAET',
	plh: 'PLH',
	'contrat-de-ville': 'Contrat de ville',
	pdm: 'Plan de mobilité',
	pat: 'PAT',
	crte: 'CRTE',
	npnru: 'NPNRU',
	erbm: 'ERBM',
	plui: 'PLUi',
	pls: 'Pacte des solidarités',
	cls: 'Contrat local de santé',
	pt: 'Projet de territoire',
	'feuille-de-route': 'Feuille de route',
	autre: 'Autre plan'
};

export const FINANCING_LABEL: Readonly<Record<EtatFinancement, string>> = {
	envisage: 'envisagé, non demandé',
	demande: 'demandé',
	obtenu: 'obtenu',
	refuse: 'refusé'
};

export const VERDICT_LABEL: Readonly<Record<VerdictKind, string>> = {
	'a-instruire': 'À instruire',
	ecarte: 'Écarté',
	indetermine: 'À compléter'
};

/** What is left to do of a measure that the action already has, or asked for: nothing. */
export const HELD_LABEL: Readonly<Record<Done, string>> = {
	obtenu: 'Déjà obtenu',
	sollicite: 'Déjà demandé',
	refuse: 'Refusé, demander pourquoi',
	boucle: 'Plan bouclé'
};

/** Groups of the matrix, from what is left to do to what holds. */
export const GROUPS: readonly { readonly id: CroiseGroup; readonly titre: string; readonly sens: string }[] = [
	{ id: 'sans-reponse', titre: 'Sans aucune action', sens: 'Aucun document lu ne porte ces croisements.' },
	{
		id: 'diffuse',
		titre: 'Une réponse diffuse',
		sens: typo(
			'À l’échelle de l’intercommunalité, ou sur le seul enjeu de transition : rien de sûr dans les quartiers.'
		)
	},
	{
		id: 'sensibilisation',
		titre: 'De la sensibilisation, pas d’investissement',
		sens: typo('Ateliers, études : rien de structurant n’est prévu.')
	},
	{
		id: 'inegale',
		titre: 'Une réponse inégale selon les quartiers',
		sens: 'Certains quartiers ont une réponse, d’autres une réponse diffuse, ou rien.'
	},
	{
		id: 'tenue',
		titre: 'Une réponse structurante ou de service partout',
		sens: typo('Dans chaque quartier évalué ; une lacune à côté dit ce qui manque encore.')
	},
	{ id: 'non-evalue', titre: 'Non évalués', sens: typo('La saisie ne suffit pas : ni réponse, ni lacune.') }
];
