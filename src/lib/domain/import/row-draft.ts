import type { ActionDraft, Champ } from '../action';
import { parseFinancings } from './financing-lines';
import type { Issue, Severity } from '../issue';
import type { Basis, Money } from '../money';
import type { RowFilter } from '../row-filter';
import type { PlansFile } from '../rules/referentiel';
import { readAmounts } from './row-amounts';
import { readGeometry } from './row-geometry';
import { readDates, readUpdate } from './row-dates';
import { matchPriorite } from './row-priority';
import { figures, nobodyPays, notedBudget } from './row-notes';
import { NO_PLACES, strayPlaces, type PlaceWords } from './row-places';
import { readPorteur } from './row-porteur';
import { matchEchelle, scaleText } from './row-scale';
import { shareText } from './row-share';
import { inseeOf, type RowTerritory } from './row-territory';
import {
	cellsOf,
	joined,
	listOf,
	matchStatut,
	matchYesNo,
	quote,
	rowIssue,
	splitReference,
	textOf,
	textsOf
} from './row-values';
import type { CellValue, MergedCells, Table } from './sheet';
import { readSteps } from './steps';
import { plain } from '../text';
import { unreadCostNote, yearlyCostNote } from '../written-money';

/** Sectors and levers hold commas in their own names. */
const BUT_COMMA = /[;|\n•]/;

export interface RowContext {
	readonly fichier: string;
	readonly feuille: string | null;
	readonly plans: PlansFile;
	/** `champ`: a field, or a header as the file writes it. */
	readonly filtre?: RowFilter | null;
	readonly territoire?: RowTerritory | null;
	readonly baseParDefaut: Basis;
	/** Cells of the sheet merged down several rows. */
	readonly fusions?: readonly MergedCells[] | undefined;
	/** Names of quartiers and communes, to find them under « Secteur » or « Périmètre ». */
	readonly lieux?: PlaceWords | null;
	/** Year of the rows that say none, when a person chose one. */
	readonly annee?: number | null;
	/** Folded names of dispositifs → their id. */
	readonly dispositifs: ReadonlyMap<string, string>;
	/** Axis of the rows that have none: the name of their sheet, in a plan with a sheet per axis. */
	readonly axe?: string | null;
	/** Set by `parseRows` when most of the file is about other territories. */
	readonly regional?: boolean;
	/** Called every so many rows with the rows done, by whoever shows where the reading stands. */
	readonly suivi?: { readonly tousLes: number; readonly dire: (faites: number) => void };
}

/**
 * What one row declares.
 * out    null when it has no title; issues say every cell that was understood only in part
 * never  fills a blank: null, or [] for a list
 */
export function readDraft(
	cells: readonly CellValue[],
	ligne: number,
	table: Table,
	context: RowContext
): { readonly draft: ActionDraft; readonly issues: readonly Issue[] } | null {
	const where = { feuille: context.feuille, ligne };
	const issues: Issue[] = [];
	const note = (
		code: Issue['code'],
		severity: Severity,
		champ: Champ,
		found: string,
		message: string,
		hint: string
	): void => {
		const colonne = cellsOf(cells, table, champ).find((f) => textOf(f.cell) !== null)?.colonne.entete ?? null;
		issues.push(rowIssue(code, severity, { ...where, colonne }, message, { found, hint }));
	};
	const named = identity(cells, table);
	if (named === null) return null;

	const statut = joined(cells, table, 'statut', ' ; ');
	const statutHeader = cellsOf(cells, table, 'statut')[0]?.colonne.entete ?? '';
	const understood = statut === null ? null : matchStatut(statut, context.plans, statutHeader);
	if (statut !== null && understood === null)
		note(
			'statut-inconnu',
			'a-verifier',
			'statut',
			statut,
			`Ligne ${ligne}\u00a0: le statut ${quote(statut)} n’est pas reconnu\u202f; il est laissé vide.`,
			`Statuts reconnus\u00a0: ${context.plans.statuts.map((s) => s.libelle).join(', ')}.`
		);
	else if (statut !== null && understood && !understood.exact)
		note(
			'statut-interprete',
			'info',
			'statut',
			statut,
			`Ligne ${ligne}\u00a0: le statut ${quote(statut)} est compris comme ${quote(understood.libelle)}.`,
			'Corrigez le fichier si ce n’est pas le bon statut.'
		);

	const priorite = joined(cells, table, 'priorite', ', ');
	const level = priorite === null ? null : matchPriorite(priorite, context.plans);
	if (priorite !== null && level && !level.exact)
		note(
			'priorite-interpretee',
			'info',
			'priorite',
			priorite,
			`Ligne ${ligne}\u00a0: la priorité ${quote(priorite)} est comprise comme ${quote(level.libelle)}.`,
			'Corrigez le fichier si ce n’est pas le bon niveau.'
		);

	const porteur = readPorteur(cells, table, context, where);
	issues.push(...porteur.issues);
	const echelleTexte = scaleText(cells, table);
	const echelle = echelleTexte === null ? null : matchEchelle(echelleTexte);
	const stray = strayPlaces(cells, table, echelleTexte, context.lieux ?? NO_PLACES);
	const quartiers = [...new Set([...listOf(cells, table, 'qpv'), ...stray.quartiers])];
	if (echelleTexte !== null && echelle === null && stray.echelleInconnue !== null)
		note(
			'valeur-suspecte',
			'a-verifier',
			'echelle',
			echelleTexte,
			`Ligne ${ligne}\u00a0: l’échelle ${quote(echelleTexte)} n’est pas reconnue\u202f; elle est laissée vide.`,
			'Écrivez «\u00a0quartier\u00a0», «\u00a0commune\u00a0» ou «\u00a0intercommunalité\u00a0».'
		);
	// « QPV Béthune Est » in a scale column also names the place.
	if (
		echelle === 'quartier' &&
		echelleTexte !== null &&
		quartiers.length === 0 &&
		plain(echelleTexte).split(' ').length > 1
	)
		quartiers.push(echelleTexte);

	const etpTexte = joined(cells, table, 'etp', ' ');
	const etp = etpTexte === null ? null : readEtp(etpTexte);
	if (etpTexte !== null && etp === null)
		note(
			'valeur-suspecte',
			'info',
			'etp',
			etpTexte,
			`Ligne ${ligne}\u00a0: ${quote(etpTexte)} ne donne pas un nombre d’ETP\u202f; le texte est gardé en note.`,
			'Écrivez un nombre, par exemple 0,5.'
		);

	const amount = (champ: Champ): Money | null => {
		const read = readAmounts(cells, table, champ, context.baseParDefaut);
		issues.push(...read.issues.map((i) => placed(i, where)));
		if (read.nonLu !== null) nonLus.push(unreadCostNote(read.nonLu));
		if (read.parAn !== null && champ === 'cout_investissement') annuels.push(yearlyCostNote(read.parAn));
		return read.value;
	};
	const nonLus: string[] = [];
	const annuels: string[] = [];
	const inNotes = notedBudget(cells, table, ligne);
	const stated = amount('cout_investissement');
	if (stated === null && inNotes !== null) issues.push(...inNotes.issues.map((i) => placed(i, where)));
	const budget = stated ?? inNotes?.value ?? null;
	const fonctionnement = amount('cout_fonctionnement');
	// A share of what an investment costs is no share of what it costs to run: with a column for it, only its 0 says so.
	const isRun = budget === null ? cellsOf(cells, table, 'cout_investissement').length === 0 : budget.euros === 0;
	const cout = isRun && fonctionnement !== null ? fonctionnement : budget;
	const financings = parseFinancings(cells, table, { ...context, cout });
	issues.push(...financings.issues.map((i) => placed(i, where)));
	const dates = readDates(cells, table, context.annee ?? null);
	issues.push(...dates.issues.map((i) => placed(i, where)));
	const maj = readUpdate(cells, table);
	issues.push(...maj.issues.map((i) => placed(i, where)));
	const lieu = readGeometry(cells, table);
	issues.push(...lieu.issues.map((i) => placed(i, where)));
	const other = (champ: Champ, label: string): string[] => {
		const text = joined(cells, table, champ, ', ');
		return text === null ? [] : [`${label}\u00a0: ${text}`];
	};
	const notes = [
		...textsOf(cells, table, 'notes'),
		...other('marqueurs', 'Marqueurs'),
		...(etpTexte !== null && etp === null ? [`Moyens humains\u00a0: ${etpTexte}`] : []),
		...(porteur.ecarte === null ? [] : [`Numéro du porteur\u00a0: ${porteur.ecarte}`]),
		...(budget === null ? nonLus : annuels),
		...(financings.lines.length > 0 ? [] : nobodyPays(cells, table)),
		...figures(cells, table),
		...other('source', 'Source')
	];

	// Written field by field: a spread here would give each draft a shape of its own, twice its weight in memory.
	const draft: ActionDraft = {
		reference: named.reference,
		titre: named.titre,
		objectif: named.objectif,
		axe: levels(cells, table, 'axe'),
		description: joined(cells, table, 'description', '\n'),
		porteur: porteur.porteur,
		porteurType: porteur.porteurType,
		porteurSiren: porteur.porteurSiren,
		pilote: joined(cells, table, 'pilote', ', '),
		elu: joined(cells, table, 'elu', ', '),
		instance: joined(cells, table, 'instance', ', '),
		partenaires: kept(listOf(cells, table, 'partenaires')),
		publics: kept(listOf(cells, table, 'publics')),
		echelle,
		communes: kept([
			...new Set([...listOf(cells, table, 'communes').map((place) => inseeOf(place) ?? place), ...stray.communes])
		]),
		geometrie: lieu.value,
		quartiers: kept(quartiers),
		atteinteDeclaree: shareText(cells, table),
		statut: understood?.code ?? null,
		priorite: level?.libelle ?? priorite,
		dates: dates.value,
		etapes: kept(readSteps(cells, table)),
		misAJourLe: maj.value,
		budget,
		fonctionnement,
		etp,
		financements: kept([...financings.lines]),
		indicateurs: joined(cells, table, 'indicateurs', '\n'),
		secteurs: kept([...stray.secteurs]),
		enjeuxDeclares: kept([
			...listOf(cells, table, 'enjeux_transition'),
			...listOf(cells, table, 'enjeux_politique_ville'),
			// A lever may hold a comma in its own name.
			...listOf(cells, table, 'leviers_sgpe', BUT_COMMA)
		]),
		natureDeclaree: joined(cells, table, 'natures', ', '),
		participation: joined(cells, table, 'participation', ', '),
		clauseAdaptation: matchYesNo(cellsOf(cells, table, 'clause_adaptation')[0]?.cell),
		notes: notes.length ? notes.join('\n') : null,
		origine: { fichier: context.fichier, feuille: context.feuille, ligne }
	};
	return { draft, issues };
}

const NONE: never[] = [];
Object.freeze(NONE);
/** One empty list for all drafts: most lists of most rows are empty. */
const kept = <T>(list: T[]): T[] => (list.length > 0 ? list : NONE);

/** Reference, title and objective: with a sub-action, it is the title and the action above it becomes its objective. */
function identity(
	cells: readonly CellValue[],
	table: Table
): { reference: string | null; titre: string; objectif: string | null } | null {
	const first = (champ: Champ): string | null => textsOf(cells, table, champ)[0] ?? null;
	const titre = first('titre');
	const sous = first('sous_action');
	const written = sous ?? titre;
	if (written === null) return null;
	const numbers = textsOf(cells, table, 'numero');
	const split = splitReference(written);
	const reference = numbers.at(-1) ?? split.reference;
	const clean = numbers.length === 0 || plain(numbers.at(-1) ?? '') === plain(split.reference ?? '');
	const objectif = levels(cells, table, 'objectif');
	return {
		reference,
		titre: clean ? split.titre : written,
		objectif:
			sous !== null && titre !== null && titre !== sous ? [objectif, titre].filter(Boolean).join(' › ') : objectif
	};
}

/** Levels of a hierarchy, from the widest: a number in its own column goes before the words it numbers. */
function levels(cells: readonly CellValue[], table: Table, champ: Champ): string | null {
	const texts = textsOf(cells, table, champ);
	const named = texts.flatMap((text, i) => {
		const before = texts[i - 1];
		if (/^[\dA-Z](?:[.\-]?\d+)*[.]?$/.test(text) && texts[i + 1] !== undefined) return [];
		const number =
			before !== undefined && /^[\dA-Z](?:[.\-]?\d+)*[.]?$/.test(before) ? before.replace(/\.$/, '') : null;
		return [number !== null && !text.startsWith(number) ? `${number}. ${text}` : text];
	});
	return named.length ? [...new Set(named)].join(' › ') : null;
}

function readEtp(text: string): number | null {
	const [, figure] = /^(\d+(?:[.,]\d+)?)$/.exec(text) ?? /(\d+(?:[.,]\d+)?)\s*etp\b/i.exec(text) ?? [];
	return figure === undefined ? null : Number(figure.replace(',', '.'));
}

const placed = (issue: Issue, where: { readonly feuille: string | null; readonly ligne: number }): Issue => ({
	...issue,
	where: { ...issue.where, sheet: where.feuille, row: where.ligne },
	message: /^Ligne /.test(issue.message) ? issue.message : `Ligne ${where.ligne}\u00a0: ${lowerFirst(issue.message)}`
});

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
