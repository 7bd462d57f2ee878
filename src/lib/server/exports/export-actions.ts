import { createHash } from 'node:crypto';
import type { Action, ActionDraft, PlanKind } from '../../domain/action';
import { choicesOf } from '../../domain/gabarits/choices';
import { financingSheet } from '../../domain/gabarits/financing-sheet';
import type { GridSheet } from '../../domain/gabarits/grid-sheet';
import { nationalPackage } from '../../domain/gabarits/national-schema';
import { gridColumns, templateSheets } from '../../domain/gabarits/template-sheets';
import { tetSheets } from '../../domain/gabarits/tet';
import { ACTIONS_SCHEMA, actionGrid, type ActionGrid } from '../../domain/gabarits/write-rows';
import type { Refusal } from '../../domain/issue';
import { refAt } from '../../domain/rules/families-here';
import type { Referentiel } from '../../domain/rules/referentiel';
import { fold } from '../../domain/text';
import * as actions from '../db/actions';
import type { Db } from '../db/client';
import * as documents from '../db/documents';
import { quartiersOf } from '../db/territories';
import { writeGridOds } from '../files/ods-write';
import { writeGridXlsx } from '../files/spreadsheet-grid';
import { crossedTerritory } from '../read-territory';
import { getTerritory } from '../territories';
import { writeCsv, type CsvCell } from './csv';
import type { ExportedFile } from './exports';

/* The actions of a territory as files that Croisée, and others, read back. */

export const ACTION_FORMATS = ['xlsx', 'ods', 'csv', 'json', 'tet', 'schema'] as const;
export type ActionFormat = (typeof ACTION_FORMATS)[number];
export const TEMPLATE_FORMATS = ['xlsx', 'ods'] as const;
export type TemplateFormat = (typeof TEMPLATE_FORMATS)[number];

const TYPES = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	ods: 'application/vnd.oasis.opendocument.spreadsheet',
	csv: 'text/csv; charset=utf-8',
	json: 'application/json; charset=utf-8'
} as const;

/**
 * The actions of a territory, of all its plans or of one.
 * out    a refusal when the territory is unknown, has no action, or the format holds one plan and there are several
 */
export async function exportActions(
	db: Db,
	ref: Referentiel,
	about: {
		readonly territoire: string;
		readonly plan: PlanKind | null;
		readonly format: ActionFormat;
		readonly day: string;
	}
): Promise<ExportedFile | Refusal> {
	const { format, plan, day } = about;
	const territoire = await getTerritory(db, about.territoire);
	if (!territoire)
		return {
			refus: `Le territoire «\u00a0${about.territoire}\u00a0» n’est pas dans cette base.`,
			conseil: 'Importez d’abord un de ses plans.'
		};
	const kept = (await actions.listByTerritory(db, territoire.code)).filter((a) => plan === null || a.plan === plan);
	if (kept.length === 0)
		return {
			refus: plan ? `${territoire.nom} n’a aucune action de ce plan.` : `${territoire.nom} n’a encore aucune action.`,
			conseil: 'Importez d’abord le plan.'
		};
	const plans = [...new Set(kept.map((a) => a.plan))];
	const one = plans.length === 1 ? plans[0]! : null;
	if (format === 'tet' && one === null)
		return {
			refus: 'Un classeur Territoires en Transitions contient un seul plan, et ce territoire en a plusieurs.',
			conseil: `Choisissez un plan\u00a0: ${plans.map((p) => courtOf(ref, p)).join(', ')}.`
		};
	const known = (await documents.listByTerritory(db, territoire.code)).filter((d) => plans.includes(d.plan));
	const quartiers = await quartiersOf(db, territoire.code);
	const name = (suffix: string): string =>
		[`actions-${slug(territoire.nom)}`, one, suffix && `${suffix}`].filter(Boolean).join('-');
	const file = (extension: keyof typeof TYPES, octets: Uint8Array, suffix = ''): ExportedFile => ({
		nom: `${name(suffix)}-${day}.${extension}`,
		type: TYPES[extension],
		octets
	});
	if (format === 'tet') return file('xlsx', await writeGridXlsx(tetSheets(kept, ref.plans), day), 'tet');
	if (format === 'json') {
		const json = {
			schema: ACTIONS_SCHEMA,
			territoire: { code: territoire.code, nom: territoire.nom },
			le: day,
			actions: kept.map((a) => ({ plan: a.plan, ...draftOf(a) }))
		};
		return file('json', jsonBytes(json));
	}
	if (format === 'schema') {
		const national = nationalPackage(kept, known, ref, { territoire, quartiers, uuid });
		return file('json', jsonBytes(national), 'schema-national');
	}
	const grid = actionGrid(
		kept.map((a) => ({ plan: a.plan, draft: draftOf(a) })),
		{
			def: ref.gabarits,
			plans: ref.plans,
			choices: choicesOf(refAt(ref, territoire), quartiers),
			plan: one,
			champs: [...new Set(known.flatMap((d) => d.champs))]
		}
	);
	const ids = new Set(kept.map((a) => a.id));
	const placed = (await crossedTerritory(db, ref, territoire.code, day))?.placed ?? [];
	const money = financingSheet(
		placed.filter((p) => ids.has(p.action.id)),
		ref,
		day
	);
	return file(format, await writeActionGrid(grid, ref, format, day, money ? [money] : []));
}

/** A table of actions as bytes, with sheets beside it; a CSV holds the table alone. */
export async function writeActionGrid(
	grid: ActionGrid,
	ref: Pick<Referentiel, 'gabarits'>,
	format: 'xlsx' | 'ods' | 'csv',
	day: string,
	beside: readonly GridSheet[] = []
): Promise<Uint8Array> {
	const header = grid.colonnes.map((c) => c.entete);
	if (format === 'csv') {
		const rows = grid.lignes.map((row) =>
			row.map((cell): CsvCell =>
				cell !== null && typeof cell === 'object' ? cell.date.split('-').reverse().join('/') : cell
			)
		);
		return new TextEncoder().encode(writeCsv([header, ...rows]));
	}
	const sheet: GridSheet = {
		nom: ref.gabarits.feuilles.actions,
		masquee: false,
		colonnes: gridColumns(grid.colonnes, ref.gabarits),
		lignes: [
			{ style: 'entete', cellules: header },
			...grid.lignes.map((cellules) => ({ style: 'ligne' as const, cellules }))
		],
		figees: { lignes: 1, colonnes: 0 },
		menus: [],
		filtre: true
	};
	const sheets = [sheet, ...beside];
	return format === 'ods' ? writeGridOds(sheets, day) : writeGridXlsx(sheets, day);
}

/** The workbook to fill in for a type of plan; with a territory, its quartiers are in the drop-downs. */
export async function exportTemplate(
	db: Db,
	ref: Referentiel,
	about: {
		readonly plan: PlanKind;
		readonly format: TemplateFormat;
		readonly territoire: string | null;
		readonly day: string;
	}
): Promise<ExportedFile | Refusal> {
	const territoire = about.territoire === null ? null : await getTerritory(db, about.territoire);
	if (about.territoire !== null && !territoire)
		return {
			refus: `Le territoire «\u00a0${about.territoire}\u00a0» n’est pas dans cette base.`,
			conseil: 'Demandez le modèle sans territoire, ou importez d’abord ses quartiers.'
		};
	const quartiers = territoire ? await quartiersOf(db, territoire.code) : [];
	const sheets = templateSheets(territoire ? refAt(ref, territoire) : ref, { plan: about.plan, territoire, quartiers });
	const octets = about.format === 'ods' ? writeGridOds(sheets, about.day) : await writeGridXlsx(sheets, about.day);
	const nom = ['modele', about.plan, territoire && slug(territoire.nom)].filter(Boolean).join('-');
	return { nom: `${nom}.${about.format}`, type: TYPES[about.format], octets };
}

function draftOf({ id: _, document: __, plan: ___, disparue: ____, ...draft }: Action): ActionDraft {
	return draft;
}

const courtOf = (ref: Referentiel, plan: PlanKind): string =>
	ref.plans.types.find((t) => t.code === plan)?.court ?? plan;

const slug = (nom: string): string => fold(nom).trim().replace(/\s+/g, '-');

const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);

/** The same text gives the same UUID (version 5 in form), so that two exports name the same things alike. */
export function uuid(text: string): string {
	const hex = createHash('sha1').update(`croisee/${text}`).digest('hex');
	const variant = ((parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
