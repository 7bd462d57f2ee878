import type { Action, Champ } from '../../domain/action';
import { EDITABLE_COLUMNS, type EditableColumn } from '../../domain/actions/columns';
import { cellWords, sourceWords } from '../../domain/actions/action-table';
import { leadWords, saidAndMeant } from '../../domain/crossing/leads';
import { reaches } from '../../domain/crossing/coverage';
import { readable } from '../../domain/document-names';
import { foldJournal, toldFields } from '../../domain/import/action-journal';
import { cellName } from '../../domain/import/issue-cells';
import { capital, list, quoted } from '../../domain/french';
import { NIVEAUX, type PlacedAction } from '../../domain/crossing/place';
import { whoToCall } from '../../domain/pages/who-to-call';
import type { OverlapVerdict } from '../../domain/rules/overlaps';
import type { Referentiel } from '../../domain/rules/referentiel';
import * as actions from '../db/actions';
import type { Db } from '../db/client';
import * as decisions from '../db/decisions';
import * as imports from '../db/imports';
import { journalOf, lastEntry } from '../db/journal';
import { crossedTerritory } from '../read-territory';
import { cellToEdit } from './cell-to-edit';
import { notesOf } from './notes-links';
import { choicesFor, tableNames } from './read-actions';

/* The page of one action: what is said of it, from which cell, what was understood, and what people wrote beside. */

/**
 * Everything known of one action.
 * in     `modifier`: « action~colonne », the cell being typed
 * out    null when it is not among the actions counted in this territory
 */
export async function readAction(
	db: Db,
	ref: Referentiel,
	code: string,
	id: string,
	asOf: string,
	modifier: string | null
) {
	const vu = await lastEntry(db);
	const crossed = await crossedTerritory(db, ref, code, asOf);
	const placed = crossed?.placed.find((p) => p.action.id === id);
	if (!crossed || !placed) return null;
	const names = tableNames(crossed, ref);
	const { action } = placed;
	const meneurs = leadWords(crossed.ref.plans, crossed.view.territory.nom);
	const source = await sourceColumns(db, action);
	const decided = await decisions.listByTerritory(db, code);
	const byId = new Map(crossed.placed.map((p) => [p.action.id, p.action]));
	return {
		vu,
		territory: crossed.view.territory,
		cellule: cellToEdit(modifier, [action], choicesFor(crossed, ref), names.valeurs),
		action: {
			id,
			titre: action.titre,
			reference: action.reference,
			plan: placed.liste ?? names.plans[action.plan] ?? action.plan,
			document: readable(crossed.view.documents.find((d) => d.id === action.document)?.titre ?? ''),
			lue: saidFrom(action, source.import),
			import: source.import,
			disparue: action.disparue
		},
		champs: EDITABLE_COLUMNS.map((column) => {
			const cell = cellWords(placed, column.cle, names);
			const mots = column.cle === 'porteur' ? saidAndMeant(cell, action.porteur, meneurs) : cell;
			return {
				cle: column.cle,
				libelle: column.libelle,
				mots: mots || null,
				source: sourceText(source.of(column, mots !== ''))
			};
		}),
		/** The year its money was granted for, in a list that dates no works. */
		exercice: action.dates?.exercice
			? {
					mots: `subvention ${action.dates.exercice}`,
					source: sourceText(source.of({ champ: 'annee', champs: ['dates'] }))
				}
			: null,
		appeler: whoToCall(placed, ref.plans.types, crossed.view.referents),
		financements: action.financements,
		enjeux: [...placed.transition, ...placed.ville].map(({ code: c, mots, par }) => ({
			code: c,
			nom: names.enjeux[c] ?? c,
			mots,
			par
		})),
		nature: placed.nature && {
			nom: names.natures[placed.nature.code] ?? placed.nature.code,
			mots: placed.nature.mots,
			par: placed.nature.par
		},
		/** Line of a quartier’s table where its reach is corrected; null when it bears no enjeu of that table. */
		atteintePar: placed.transition[0]?.code ?? null,
		atteintes: groupedReaches(placed, names.quartiers),
		notes: notesOf(decided, id),
		liens: linksOf(decided, id, byId),
		autres: crossed.placed
			.filter((p) => p.action.id !== id)
			.map((p) => ({
				id: p.action.id,
				nom: actionName(p.action, p.liste ?? names.plans[p.action.plan] ?? p.action.plan)
			}))
	};
}

const actionName = ({ reference, titre }: Action, plan: string): string =>
	[plan, [reference, titre].filter(Boolean).join(' ')].join(' — ');

/** « Lue dans X.xlsx, ligne 4 » ; « Saisie à la main par … » when no file holds it. */
function saidFrom(action: Action, file: number | null): string {
	const words = sourceWords(action);
	return file === null ? capital(words) : `Lue dans ${words}`;
}

/** Quartiers reached alike, and known to be for the same reason, together: the strongest reach first. */
function groupedReaches({ reach }: PlacedAction, quartiers: Readonly<Partial<Record<string, string>>>) {
	const groups = new Map<string, PlacedAction['reach'][number][]>();
	for (const one of reach) {
		const key = JSON.stringify([one.niveau, one.par, one.preuve, one.aArbitrer]);
		groups.set(key, [...(groups.get(key) ?? []), one]);
	}
	return [...groups]
		.map(([cle, ones]) => {
			const { niveau, par, preuve, aArbitrer } = ones[0]!;
			return {
				cle,
				niveau,
				par,
				/** After how it is known. */
				dit: `${preuve === null ? '' : ` : ${quoted(preuve)}`}${aArbitrer ? `. ${aArbitrer}` : ''}`,
				touche: reaches(niveau),
				quartiers: ones.map(({ quartier }) => ({ code: quartier, nom: quartiers[quartier] ?? quartier }))
			};
		})
		.sort((a, b) => NIVEAUX.indexOf(a.niveau) - NIVEAUX.indexOf(b.niveau));
}

/**
 * The headers and the cells each field was read under, in the file of the import that last wrote the action.
 * out    every cell that may feed it, where several columns do; none for what a person typed since, nor without a row
 */
async function sourceColumns(db: Db, action: Action) {
	const by = (await actions.imagesOf(db, [action.id])).get(action.id)?.import ?? null;
	const row = by === null ? null : await imports.get(db, by);
	const typed = row ? await typedFields(db, action.id) : new Set<string>();
	const { ligne } = action.origine;
	const under = (champ: Champ) => row?.rapport.colonnes.filter((c) => c.champ === champ) ?? [];
	const of = ({ champ, champs }: Pick<EditableColumn, 'champ' | 'champs'>, filled = true): FieldSource => {
		const saisie = champs.some((field) => typed.has(field));
		// A start or an end may have been read in a calendar, else under a year.
		const others: readonly Champ[] =
			filled && champs.includes('dates') ? ['date_debut', 'date_fin', 'etapes', 'annee'] : [];
		const fed = [champ, ...others].map(under).find((columns) => columns.length > 0) ?? [];
		const cellules =
			saisie || ligne === null ? [] : fed.flatMap(({ index }) => (index === undefined ? [] : cellName(index, ligne)));
		return { colonnes: fed.map((c) => c.entete), cellules, saisie };
	};
	return { import: by, of };
}

/** Where a field was read: its columns, and the cells of its row under them. */
interface FieldSource {
	readonly colonnes: readonly string[];
	readonly cellules: readonly string[];
	readonly saisie: boolean;
}

/** « cellule E12, colonne « Budget » »; « saisi à la main »; '' when no file says it. */
export function sourceText({ colonnes, cellules, saisie }: FieldSource): string {
	if (saisie) return 'saisi à la main';
	const named = (one: string, many: string, words: readonly string[]): string[] =>
		words.length === 0 ? [] : [`${words.length > 1 ? many : one} ${list(words)}`];
	return [...named('cellule', 'cellules', cellules), ...named('colonne', 'colonnes', colonnes.map(quoted))].join(', ');
}

/** Fields that a person wrote over what the files say. */
async function typedFields(db: Db, id: string): Promise<ReadonlySet<string>> {
	const entries = (await journalOf(db, [id])).get(id) ?? [];
	const files = foldJournal(entries.filter((e) => e.genre !== 'saisie' && e.genre !== 'reprise'));
	const now = foldJournal(entries);
	return new Set(files && now ? toldFields(files, now) : []);
}

export interface ActionLink {
	readonly id: number;
	readonly autre: string;
	readonly titre: string;
	readonly verdict: OverlapVerdict;
	readonly motif: string | null;
	readonly par: string;
	readonly le: string;
}

/** What people said of this action and another; the last word on each pair. */
function linksOf(
	decided: Awaited<ReturnType<typeof decisions.listByTerritory>>,
	id: string,
	byId: ReadonlyMap<string, Action>
): ActionLink[] {
	const last = new Map(decided.filter((d) => d.sujet.genre === 'recoupement').map((d) => [d.sujet.id, d]));
	return [...last.values()].flatMap((d): ActionLink[] => {
		const sides = d.sujet.id.split('|');
		const autre = byId.get(sides.find((side) => side !== id) ?? '');
		const verdict = (d.valeur as { verdict?: OverlapVerdict } | null)?.verdict;
		if (!sides.includes(id) || !autre || !verdict) return [];
		return [{ id: d.id, autre: autre.id, titre: autre.titre, verdict, motif: d.motif, par: d.par, le: d.le }];
	});
}
