import { withGrantYears } from '../../domain/import/grant-years';
import { grantsNote } from '../../domain/crossing/grant-list';
import type { ActionDraft, Champ, PlanKind } from '../../domain/action';
import { isRefusal, type Refusal } from '../../domain/issue';
import type { Basis } from '../../domain/money';
import { summarise, type ImportReport } from '../../domain/import/import-report';
import { placeAnswers } from '../../domain/places/place-answers';
import { otherEpci } from '../../domain/import/other-epci';
import { setAsideShifted, shiftedRows } from '../../domain/import/wide-rows';
import { isReturnedList } from '../../domain/import/cell-marks';
import { buildPlaces } from '../../domain/places/places';
import { contraryPlaces } from '../../domain/import/contrary-places';
import { headings, namesHere, placeWords } from '../../domain/import/import-places';
import { namedQuartiers, unresolvedPlaces } from '../../domain/places/reach';
import type { RowFilter } from '../../domain/row-filter';
import { dispositifNames } from '../../domain/rules/dispositif-names';
import type { Referentiel } from '../../domain/rules/referentiel';
import { standUp } from '../../domain/import/column-sheets';
import { gatherFiches, toldAtOrigin } from '../../domain/import/fiche';
import { choicesOf } from '../../domain/gabarits/choices';
import { isKnownShape } from '../../domain/gabarits/known-shapes';
import { readGabaritRows } from '../../domain/gabarits/read-rows';
import { againstDeclared } from '../../domain/import/header-period';
import { parseRows } from '../../domain/import/row';
import type { RowContext } from '../../domain/import/row-draft';
import { fieldsIn } from '../../domain/import/row-scale';
import { bareName } from '../../domain/import/row-territory';
import { unsavedFormulas } from '../../domain/import/unsaved-formulas';
import { communeIssues, unknownCommunes } from '../../domain/import/unknown-communes';
import { textOf } from '../../domain/import/row-values';
import type { Sheet, Table, Workbook } from '../../domain/import/sheet';
import type { Territory } from '../../domain/territory';
import { plain } from '../../domain/text';
import { applyCorrections, type ColumnChoices, type Correction } from '../../domain/import/choices';
import { correctedOrigin } from '../../domain/import/corrections';
import { communeOf, departmentNames, placeOwners, territoryFromCog } from '../cog';
import type { DbOrTrx } from '../db/client';
import * as decisions from '../db/decisions';
import type { ImportOptions } from '../db/imports';
import { neighboursOf } from '../db/neighbours';
import { correspondancesOf, quartiersOf } from '../db/territories';
import { isKnownPlace, largerPlaces, lieuxConnus } from '../known-places';
import { getTerritory } from '../territories';
import { readWorkbook } from '../files/workbook';
import { EVERY, tell } from '../progress';
import { signatureOf, together, understandTables } from './understand-tables';

/** A file and the choices made with it. */
export interface ImportRequest {
	readonly bytes: Uint8Array;
	readonly fichier: string;
	/** SIREN of the EPCI, or code of the group. */
	readonly territoire: string;
	readonly plan: PlanKind;
	readonly periode?: string | null;
	readonly feuille?: string | null;
	readonly demarche?: string | null;
	readonly filtre?: RowFilter | null;
	/** Basis of amounts when neither header nor cell says it. */
	readonly base?: Basis;
	/** Document to update, or 'nouveau'; null lets the columns decide. */
	readonly document?: number | 'nouveau' | null;
	/** What a person chose for some columns. */
	readonly colonnes?: ColumnChoices;
	/** Year of the rows that say none. */
	readonly annee?: number | null;
	/** Row of the headers, 1-based, when a person pointed at it. */
	readonly ligneEntete?: number | null;
	/** Known once the file has been read: its choices are then no longer looked up. */
	readonly forme?: ImportOptions['forme'];
	/** A person is there to say what the columns are: an unknown table is no dead end. */
	readonly aLaMain?: boolean;
	/** Cells corrected on the screen. */
	readonly corrections?: readonly Correction[];
}

/** Who, and when: an ISO date or date-time. */
export interface By {
	readonly par: string;
	readonly le: string;
}

/** A plan as read from a file: nothing is written. */
export interface ReadPlan {
	readonly territoire: Territory;
	readonly drafts: readonly ActionDraft[];
	/** Fields the file has columns for. */
	readonly champs: readonly Champ[];
	readonly periode: string | null;
	readonly titre: string;
	/** What the next version of the same document is recognised by. */
	readonly signature: string;
	readonly report: ImportReport;
	/** Written in our own model. */
	readonly modele: boolean;
	/** What was asked, with the choices remembered for files of this shape. */
	readonly request: ImportRequest;
}

export const optionsOf = (request: ImportRequest): ImportOptions => ({
	periode: request.periode?.trim() || null,
	feuille: request.feuille ?? null,
	demarche: request.demarche ?? null,
	filtre: request.filtre ?? null,
	base: request.base ?? 'inconnu',
	document: request.document ?? null,
	...(request.colonnes && Object.keys(request.colonnes).length > 0 ? { colonnes: inOrder(request.colonnes) } : {}),
	...(request.annee ? { annee: request.annee } : {}),
	...(request.ligneEntete ? { ligneEntete: request.ligneEntete } : {}),
	...(request.forme ? { forme: request.forme } : {}),
	...(request.corrections?.length ? { corrections: request.corrections } : {})
});

/** The same choices always make the same text. */
const inOrder = (choices: ColumnChoices): ColumnChoices =>
	Object.fromEntries(Object.entries(choices).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Bytes to drafts and report.
 * out    a refusal when the file cannot be opened, holds no table of actions, or the territory or the filter is unknown
 * never  writes
 */
export async function readPlan(db: DbOrTrx, ref: Referentiel, asked: ImportRequest): Promise<ReadPlan | Refusal> {
	const territoire = (await getTerritory(db, asked.territoire)) ?? territoryFromCog(asked.territoire);
	if (!territoire)
		return {
			refus: `Le territoire «\u00a0${asked.territoire}\u00a0» est inconnu.`,
			conseil:
				'Indiquez le SIREN à 9 chiffres d’une intercommunalité, ou importez d’abord les périmètres de ses quartiers.'
		};
	const unlisted = territoire.genre === 'epci' && territoryFromCog(territoire.code) === null;
	const type = ref.plans.types.find((t) => t.code === asked.plan);
	if (!type)
		return {
			refus: `Le type de plan «\u00a0${asked.plan}\u00a0» est inconnu.`,
			conseil: `Types connus\u00a0: ${ref.plans.types.map((t) => t.code).join(', ')}.`
		};
	const demarche = asked.demarche ? { demarche: asked.demarche } : {};
	tell('lecture');
	const opened = await readWorkbook(asked.bytes, asked.fichier, demarche);
	if (isRefusal(opened)) return opened;
	const corrections = asked.corrections ?? [];
	const withOrigin = correctedOrigin(corrections);
	const received = opened.sheets.filter((sheet) => !isReturnedList(sheet));
	const own = applyCorrections(received, corrections);
	const known = isKnownShape(own, ref.gabarits, ref.plans);
	const upright = known ? own : standUp(own, ref.plans, asked.plan);
	// Delimited text is a list: a fiche has a page of its own, in a workbook or a document.
	const list = known || opened.format === 'csv';
	const fiched = list ? upright : gatherFiches(upright, ref.plans, asked.plan);
	const workbook = { ...opened, sheets: fiched };
	const quartiers = await quartiersOf(db, territoire.code);
	const places = buildPlaces({
		territory: territoire,
		quartiers,
		correspondances: await correspondancesOf(db),
		tousLesQuartiers: ref.plans.tous_les_quartiers,
		pasEncoreDit: ref.plans.pas_encore_dit,
		plansEntiers: ref.lacunes.droit_commun,
		reponses: placeAnswers(await decisions.listByTerritory(db, territoire.code)),
		geometrie: ref.plans.geometrie,
		voisins: await neighboursOf(db, quartiers),
		ailleurs: isKnownPlace
	});
	const found = await understandTables(db, ref, asked, workbook, headings(places));
	if (isRefusal(found)) return found;
	const sheetOf = (t: Table) => workbook.sheets.find((s) => s.nom === t.feuille);
	const rowsOf = (t: Table): Workbook['sheets'][number]['rows'] => sheetOf(t)?.rows ?? [];
	const { issues, request } = found;
	const byHand = Object.values(request.colonnes ?? {}).some((c) => c.champ === 'periode');
	const tables = byHand
		? found.tables
		: againstDeclared(found.tables, request.periode?.trim() || null, (t) => rowsOf(t));
	const filterless = refuseFilter(tables, request);
	if (filterless) return filterless;

	const dispositifs = dispositifNames(ref);
	const choices = choicesOf(ref, []);
	const readRows = (rows: Sheet['rows'], t: Table, context: RowContext) =>
		t.colonnes.some((c) => c.gabarit !== undefined)
			? readGabaritRows(rows, t, { ...context, gabarits: ref.gabarits, choices, plan: request.plan })
			: parseRows(rows, t, context);
	// In delimited text, a cell too many is a separator inside a text: what follows has moved.
	const shifted = (t: Table): ReadonlySet<number> => shiftedRows(sheetOf(t) ?? NO_SHEET, t);
	const count = (some: readonly Table[]): number =>
		some.reduce((sum, t) => sum + Math.max(0, rowsOf(t).length - t.ligneEntete), 0);
	const total = count(tables);
	const words = placeWords(places, territoire, largerPlaces());
	tell('verification', 0, total);
	const parts = tables.map((t, i) => ({
		table: t,
		outcomes: readRows(rowsOf(t), t, {
			fichier: request.fichier,
			...{ feuille: t.feuille, fusions: sheetOf(t)?.fusions },
			axe: tables.some((other) => other.feuille !== t.feuille) ? axisOf(t.feuille, sheetOf(t)) : null,
			plans: ref.plans,
			lieux: words,
			filtre: request.filtre ?? null,
			territoire: { ...territoire, ...country(), ici: namesHere(places), ...(unlisted && { existe: isCommune }) },
			baseParDefaut: request.base ?? 'inconnu',
			annee: request.annee ?? null,
			dispositifs,
			suivi: { tousLes: EVERY, dire: (faites) => tell('verification', count(tables.slice(0, i)) + faites, total) }
		}).map((read) => {
			const o = shifted(t).has(read.ligne) ? setAsideShifted(read, sheetOf(t)!, t) : read;
			const cells = sheetOf(t)?.cellules?.[o.ligne - 1]?.flat();
			const draft = o.draft && withOrigin(o.draft, cells);
			return toldAtOrigin(draft === o.draft ? o : { ...o, draft }, sheetOf(t));
		})
	}));
	const outcomes = withGrantYears(request.plan, parts);
	const drafts = outcomes.flatMap((o) => o.draft ?? []);
	const whole = together(tables);
	const communes = unknownCommunes(drafts, places, territoire);
	const said = [
		...(workbook.issues ?? []),
		...issues.filter((i) => !(i.where.row !== null && tables.some((t) => shifted(t).has(i.where.row!)))),
		...otherEpci(drafts, territoire, () => placeOwners(bareName)),
		...contraryPlaces(drafts, places, request.plan),
		...communeIssues(communes, tables),
		...unsavedFormulas(tables, workbook.sheets)
	];
	const report = summarise(outcomes, whole, said, {
		plan: request.plan,
		fichier: request.fichier,
		lecture: workbook.lecture,
		champs: ref.plans.champs,
		sources: tables.map((t) => ({ ...sheetOf(t), table: t, rows: rowsOf(t) })),
		// Without any quartier loaded every name would be unknown: nothing can be said.
		...(quartiers.length > 0 ? { nonRattaches: (draft: ActionDraft) => unresolvedPlaces(draft, places) } : {}),
		rattaches: (draft: ActionDraft) => namedQuartiers(draft, places)
	});
	const periode = request.periode?.trim() || onlyPeriod(parts.map((p) => ({ ...p, rows: rowsOf(p.table) })));
	const note = grantsNote(request.plan, drafts);
	return {
		territoire,
		drafts,
		champs: fieldsIn(whole, drafts),
		periode,
		titre: [type.court, territoire.nom, periode].filter(Boolean).join(' · '),
		signature: signatureOf(whole, request, workbook.sheets.length),
		report: {
			...report,
			...(note !== null && { note }),
			communesNonReconnues: communes.map(({ actions, ...name }) => ({
				...name,
				actions: actions.map(({ titre, origine }) => ({ titre, ligne: origine.ligne }))
			})),
			feuilles: found.candidates,
			...found.apercu,
			formeReprise: request.forme?.reprise ?? null
		},
		modele: known,
		request
	};
}

const NO_SHEET: Sheet = { nom: '', masquee: false, rows: [] };

/** A sheet made of fiches is no axis: each fiche says its own. */
const axisOf = (feuille: string, sheet: Workbook['sheets'][number] | undefined): string | null =>
	sheet?.origines ? null : (sheet?.sections?.at(-1) ?? (sheet?.sections ? null : feuille));

function refuseFilter(tables: readonly Table[], { filtre }: ImportRequest): Refusal | null {
	if (!filtre) return null;
	const columns = tables.flatMap((t) => t.colonnes);
	const known = columns.some((c) => c.champ === filtre.champ || plain(c.entete) === plain(filtre.champ));
	if (known) return null;
	return {
		refus: `Aucune colonne ne correspond au filtre «\u00a0${filtre.champ}\u00a0».`,
		conseil: `Colonnes du tableau\u00a0: ${columns.map((c) => c.entete).join(', ')}.`
	};
}

const isCommune = (code: string): boolean => communeOf(code) !== null;

const country = () => (known ??= { lieuxConnus: lieuxConnus(), departements: departmentNames() });
let known: { readonly lieuxConnus: ReadonlySet<string>; readonly departements: ReadonlyMap<string, string> } | null =
	null;

/** The period a column says, when every row accepted says the same. */
function onlyPeriod(
	parts: readonly {
		readonly table: Table;
		readonly rows: Workbook['sheets'][number]['rows'];
		readonly outcomes: readonly { readonly ligne: number; readonly etat: string }[];
	}[]
): string | null {
	const said = new Set(
		parts.flatMap(({ table, rows, outcomes }) => {
			// The year of a yearly programme is that of its actions as well.
			const column =
				table.colonnes.find((c) => c.champ === 'periode') ??
				table.colonnes.find((c) => (c.champ === 'annee' || c.champ === 'etapes') && /^p[ée]riode$/i.test(c.entete));
			const accepted = outcomes.filter((o) => o.etat === 'acceptee');
			return accepted.map((o) => (column ? textOf(rows[o.ligne - 1]?.[column.index] ?? null) : null));
		})
	);
	return said.size === 1 ? ([...said][0] ?? null) : null;
}
