import type { Decision, PlanDocument } from '../action';
import {
	datesOfDocuments,
	schoolKey,
	schoolYards,
	unplacedSchools,
	type UnplacedSchool,
	type PlanDates,
	type SchoolYard
} from '../local-facts';
import { labelled, parameterLabels } from '../rules/parameter-labels';
import { isShare, parameterName, parameterValues } from '../rules/parameter-words';
import { parameterKey, parameterText, tunedParameters, type Tuned } from '../rules/tuning';
import type { Referentiel } from '../rules/referentiel';
import { IsoDate } from '../source';
import { enjeuNames } from './page-model';

/* Rules of a territory: their parameters beside those of the référentiel, and the facts that no plan file tells. */

export interface ParameterLine {
	/** « G07.horizon » */
	readonly cle: string;
	readonly nom: string;
	readonly genre: 'nombre' | 'part' | 'date' | 'liste' | 'mot' | 'oui-non';
	/** As typed. */
	readonly texte: string;
	/** As read; a list may be long. */
	readonly valeur: readonly string[];
	readonly defaut: readonly string[];
	readonly reglage: Pick<Tuned, 'par' | 'le' | 'motif'> | null;
}

export interface RulesPage {
	readonly regles: readonly {
		readonly id: string;
		readonly libelle: string;
		readonly definition: string;
		/** What it holds that is not tuned here, and who sets it. */
		readonly nonReglable: string | null;
		readonly parametres: readonly ParameterLine[];
	}[];
	readonly reglages: number;
	readonly documents: readonly { readonly id: number; readonly titre: string; readonly dates: PlanDates }[];
	/** Lists of grants, which have no date of a plan: « Subventions DPV · CA de Lys · 2024 ». */
	readonly listes: readonly string[];
	readonly ecoles: readonly {
		readonly code: string;
		readonly nom: string;
		readonly cours: readonly (SchoolYard & { readonly cle: string })[];
	}[];
	/** Lines of the list whose quartier is not settled. */
	readonly ecolesSansQuartier: readonly (UnplacedSchool & { readonly cle: string })[];
}

export function rulesPage(
	ref: Referentiel,
	decisions: readonly Decision[],
	documents: readonly (Pick<PlanDocument, 'id' | 'titre' | 'adopteLe'> & { readonly liste?: string })[],
	quartiers: readonly { readonly code: string; readonly nom: string }[]
): RulesPage {
	const tuned = tunedParameters(ref.lacunes.regles, decisions);
	const dates = datesOfDocuments(decisions);
	const yards = schoolYards(decisions);
	const names = enjeuNames(ref);
	const labels = parameterLabels(ref);
	const read = (value: Value, like: Value) => said(labelled(value, labels), like).map((text) => withNames(text, names));
	return {
		regles: ref.lacunes.regles.map(({ id, libelle, definition, parametres, non_reglable }) => ({
			id,
			libelle,
			definition,
			nonReglable: non_reglable,
			parametres: Object.entries(parametres).map(([name, defaut]): ParameterLine => {
				const own = tuned.get(id)?.find((t) => t.parametre === name) ?? null;
				const value = own?.valeur ?? defaut;
				return {
					cle: parameterKey(id, name),
					nom: parameterName(name),
					genre: kindOf(defaut),
					texte: parameterText(labelled(value, labels), defaut),
					valeur: read(value, defaut),
					defaut: read(defaut, defaut),
					reglage: own && { par: own.par, le: own.le, motif: own.motif }
				};
			})
		})),
		reglages: [...tuned.values()].flat().length,
		listes: documents.flatMap((d) => (d.liste === undefined ? [] : d.titre)),
		documents: documents
			.filter((d) => d.liste === undefined)
			.map(({ id, titre, adopteLe }) => ({
				id,
				titre,
				dates: dates.get(id) ?? { adoption: adopteLe, bilan: null, fin: null }
			})),
		ecoles: quartiers.map(({ code, nom }) => ({
			code,
			nom,
			cours: (yards.get(code) ?? []).map((y) => ({ ...y, cle: schoolKey(code, y.nom) }))
		})),
		ecolesSansQuartier: unplacedSchools(decisions).map((y) => ({ ...y, cle: schoolKey('?', y.nom) }))
	};
}

type Value = Parameters<typeof parameterText>[0];

const said = (value: Value, like: Value): string[] =>
	typeof value === 'string' ? [parameterText(value)] : parameterValues(value, like).filter((v) => v !== '');

/** « T13, T14 » → « Déchets (T13), Exemplarité (T14) » */
const withNames = (text: string, names: ReturnType<typeof enjeuNames>): string =>
	text.replace(/\b[TPX]\d{2}\b/g, (code) => (names[code] ? `${names[code].court} (${code})` : code));

function kindOf(value: Value): ParameterLine['genre'] {
	if (Array.isArray(value)) return 'liste';
	if (typeof value === 'number') return isShare(value) ? 'part' : 'nombre';
	if (typeof value === 'boolean') return 'oui-non';
	return IsoDate.safeParse(value).success ? 'date' : 'mot';
}
