import type { Champ, PlanKind } from '../action';
import { candidatesOf } from './header-candidates';
import { fieldDef, scoreHeader } from './header-score';
import type { Basis } from '../money';
import type { PlansFile } from '../rules/referentiel';
import type { MappedColumn } from './sheet';
import { plain } from '../text';

/* How a column was understood, in words for the page where a person confirms it. */

/** What is known of a column beyond its field. */
export interface ColumnReading {
	readonly role?: NonNullable<MappedColumn['role']>;
	readonly financeur?: string;
	readonly base?: Basis;
	readonly unite?: number;
	readonly marque?: string;
	readonly separateur?: string;
	readonly choisie?: true;
}

/** One column in the report of an import. */
export interface ReportColumn {
	readonly entete: string;
	readonly champ: Champ | null;
	readonly confiance: number;
	readonly exemples: readonly string[];
	/** 0-based position in the sheet the rows are numbered in; absent when the rows come from several sheets or were put together. */
	readonly index?: number;
	/** How it is read beyond its field; absent when there is nothing to say. */
	readonly lecture?: ColumnReading;
}

export function reportColumn(column: MappedColumn, placed = false): ReportColumn {
	const { entete, champ, confiance, exemples, index } = column;
	const lecture = readingOf(column);
	return { entete, champ, confiance, exemples, ...(placed ? { index } : {}), ...(lecture ? { lecture } : {}) };
}

function readingOf(column: MappedColumn): ColumnReading | null {
	const { role, financeur, base, unite, marque, separateur, choisie } = column;
	const said: ColumnReading = {
		...(role === null ? {} : { role }),
		...(financeur === null ? {} : { financeur }),
		...(base === 'inconnu' ? {} : { base }),
		...(unite === undefined ? {} : { unite }),
		...(marque === undefined ? {} : { marque }),
		...(separateur === undefined ? {} : { separateur }),
		...(choisie ? { choisie } : {})
	};
	return Object.keys(said).length > 0 ? said : null;
}

export type Sureness = 'choisi' | 'sur' | 'a-verifier' | 'non-lu';

/** Below this a person is asked to look, as in `header-match`. */
const DOUBTFUL = 0.7;

export interface Understanding {
	readonly surete: Sureness;
	/** Why, in a few French words; null for a column that nothing recognises. */
	readonly raison: string | null;
}

/** Why a header was taken for a field. */
export function understandingOf(column: ReportColumn, plans: PlansFile, plan: PlanKind): Understanding {
	const { entete, champ, confiance, lecture } = column;
	if (lecture?.choisie) return { surete: 'choisi', raison: null };
	if (champ === null) return { surete: 'non-lu', raison: null };
	const surete = confiance < DOUBTFUL ? 'a-verifier' : 'sur';
	if (lecture?.marque !== undefined) return { surete, raison: 'colonne à cocher' };
	const named = scoreHeader(entete, plans, plan).find((s) => s.champ === champ)?.score ?? 0;
	const libelle = fieldDef(champ, plans, plan)?.libelle ?? '';
	if (plain(entete) === plain(libelle)) return { surete, raison: 'même libellé' };
	if (named >= 0.95) return { surete, raison: 'synonyme connu' };
	if (named >= 0.55) return { surete, raison: 'mots de l’en-tête' };
	return { surete, raison: 'à l’allure des valeurs' };
}

/** What Croisée proposes for a header alone, before anybody chose. */
export const proposedField = (
	entete: string,
	exemples: readonly string[],
	plans: PlansFile,
	plan: PlanKind
): Champ | null => candidatesOf(entete, exemples, plans, plan)[0]?.champ ?? null;
