import type { PlanKind } from '../action';
import * as fr from '../french';
import type { Seems } from './what-it-seems';

/* What a file turned out to be by what it holds, and the sentences that say so before anything is written. */

/** A thing guessed, and what it was guessed from, in a few words: « d’après le nom du fichier ». */
export interface Guess<T> {
	readonly valeur: T;
	readonly dApres: string;
}

export interface PlanRecognised {
	readonly genre: 'plan';
	/** « au modèle de Croisée », « publié par l’ADEME »… */
	readonly forme: string;
	/** Rows that name an action; null when the headers themselves are not recognised. */
	readonly lignes: number | null;
	/** Every row under the headers that says something; absent: not counted. */
	readonly remplies?: number;
	/** Other than a plan, by its headers: proposed to be left aside. */
	readonly semble: Seems | null;
	/** Headers, when none of them names actions. */
	readonly entetes: readonly string[];
	readonly plan: Guess<PlanKind> | null;
	readonly territoire: Guess<{ readonly code: string; readonly nom: string }> | null;
	readonly periode: Guess<string> | null;
	/** A file of the ADEME may hold several territories. */
	readonly demarche: Guess<string> | null;
	readonly demarches: readonly {
		readonly id: string;
		readonly actions: number;
		readonly premierTitre: string | null;
	}[];
}

export interface GrantsRecognised {
	readonly genre: 'attributions';
	readonly lignes: number;
	readonly annees: readonly number[];
	/** Family of data/financements, when the file names it. */
	readonly dispositif: Guess<string> | null;
	/** Values of the column that names the stream, the most frequent first. */
	readonly parts: readonly { readonly mot: string; readonly lignes: number }[];
	/** Header of that column. */
	readonly colonne: string | null;
}

export type Recognised =
	| {
			readonly genre: 'perimetres';
			readonly lus: number;
			/** Already in the base, among them. */
			readonly connus: number;
			/** Of the territory in hand. */
			readonly siens: { readonly nom: string; readonly nombre: number } | null;
	  }
	| { readonly genre: 'communes'; readonly lus: number }
	| { readonly genre: 'correspondances'; readonly lignes: number }
	| { readonly genre: 'indicateurs'; readonly lignes: number; readonly noms: readonly string[] }
	| { readonly genre: 'ecoles'; readonly lignes: number }
	| GrantsRecognised
	| PlanRecognised;

const NAMES: Readonly<Record<Recognised['genre'], string>> = {
	perimetres: 'Périmètres de quartiers',
	communes: 'Contours de communes',
	correspondances: 'Table des codes 2015 et 2024',
	indicateurs: 'Indicateurs',
	ecoles: 'Liste d’écoles',
	attributions: 'Subventions accordées',
	plan: 'Plan d’actions'
};

/** What it is called: a table that nothing recognises is not called a plan. */
export const whatItIs = (file: Recognised): string => (isDoubtful(file) ? 'Tableau non reconnu' : NAMES[file.genre]);

/** Left aside unless a person says otherwise. */
export const isDoubtful = (file: Recognised): boolean =>
	file.genre === 'plan' && (file.lignes === null || file.semble !== null);

const SHOWN = 4;
const some = (words: readonly string[]): string =>
	fr.list(words.length > SHOWN + 1 ? [...words.slice(0, SHOWN), `${words.length - SHOWN} autres`] : words);

/** What the file is and what will be done with it: one sentence, to be read before a single click. */
export function tellRecognised(file: Recognised): string {
	switch (file.genre) {
		case 'perimetres': {
			const own = file.siens
				? `, dont ${file.siens.nombre ? fr.number(file.siens.nombre) : 'aucun'} pour ${file.siens.nom}`
				: '';
			const what = `${fr.count(file.lus, 'périmètre de quartier', 'périmètres de quartiers')}${own}`;
			if (file.connus === file.lus) return `${what}${fr.INSECABLE}: tous déjà là, leurs contours seront remplacés.`;
			const known = file.connus ? ` (${fr.count(file.connus, 'déjà là', 'déjà là')})` : '';
			return `${what}${fr.INSECABLE}: ils seront ajoutés${known}.`;
		}
		case 'communes':
			return `${fr.count(file.lus, 'contour de commune', 'contours de communes')}${fr.INSECABLE}: ils se dessineront sous les quartiers, sur la carte.`;
		case 'correspondances':
			return `${fr.count(file.lignes, 'ligne', 'lignes')} qui relient les codes de 2015 et de 2024${fr.INSECABLE}: un plan ancien retrouvera ses quartiers.`;
		case 'indicateurs':
			return `${fr.count(file.lignes, 'ligne')} d’indicateurs (${some(file.noms)})${fr.INSECABLE}: les valeurs iront à leurs quartiers et communes.`;
		case 'ecoles':
			return `${fr.count(file.lignes, 'école')} et l’état de leur cour${fr.INSECABLE}: elles iront aux quartiers du territoire.`;
		case 'attributions':
			return `${fr.count(file.lignes, 'subvention accordée', 'subventions accordées')}${yearsOf(file)}${partsOf(file)}${fr.INSECABLE}: elles iront au registre de l’argent obtenu.`;
		case 'plan':
			return tellPlan(file);
	}
}

const yearsOf = ({ annees }: GrantsRecognised): string => (annees.length ? ` en ${fr.list(annees.map(String))}` : '');

const partsOf = ({ parts }: GrantsRecognised): string =>
	parts.length > 1 ? ` (${some(parts.map((p) => `${p.mot} ${fr.number(p.lignes)}`))})` : '';

function tellPlan({ forme, lignes, remplies, demarches, semble, entetes }: PlanRecognised): string {
	const after = 'vous relirez avant d’enregistrer';
	if (demarches.length > 1) {
		const actions = demarches.reduce((sum, d) => sum + d.actions, 0);
		return `Fichier ${forme}, ${fr.count(demarches.length, 'démarche')}, ${fr.count(actions, 'action')}${fr.INSECABLE}: dites laquelle est la vôtre.`;
	}
	if (lignes === null || semble) return tellUnknown(semble, lignes === null ? entetes : []);
	const all = Math.max(remplies ?? lignes, lignes);
	const named = all > lignes ? `, dont ${fr.number(lignes)} avec un intitulé d’action` : '';
	return `Plan de ${fr.count(all, 'ligne')}${named}, ${forme}${fr.INSECABLE}: ${after}.`;
}

function tellUnknown(semble: Seems | null, entetes: readonly string[]): string {
	const columns = entetes.length ? ` Ses colonnes${fr.INSECABLE}: ${some(entetes)}.` : '';
	const advice = semble?.conseil ? ` ${semble.conseil}` : '';
	return `${semble ? `Semble ${semble.quoi}` : 'Aucune colonne ne nomme d’actions'}${fr.FINE}; laissé de côté.${columns}${advice} Si c’est votre plan, décochez «${fr.INSECABLE}Ne pas apporter${fr.INSECABLE}».`;
}
