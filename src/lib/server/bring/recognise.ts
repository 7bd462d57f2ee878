import type { GrantsRecognised, PlanRecognised, Recognised } from '../../domain/bring/recognised';
import { quoted } from '../../domain/french';
import { isKnownShape } from '../../domain/gabarits/known-shapes';
import { hasOwnTable } from '../../domain/gabarits/find-table';
import { cellText, type CellValue } from '../../domain/import/cell';
import { standUp } from '../../domain/import/column-sheets';
import { gatherFiches } from '../../domain/import/fiche';
import { isIndicatorHeader, matchColumns } from '../../domain/import/indicator-table';
import { findTable as findPlan } from '../../domain/import/template';
import { setAside } from '../../domain/import/row-triage';
import type { Sheet, Table, Workbook } from '../../domain/import/sheet';
import { whatItSeems } from '../../domain/bring/what-it-seems';
import { isRefusal, type Refusal } from '../../domain/issue';
import type { Referentiel } from '../../domain/rules/referentiel';
import { plain } from '../../domain/text';
import type { DbOrTrx } from '../db/client';
import { territoryFromCog } from '../cog';
import { demarcheNaming, listDemarches } from '../files/ademe-json';
import { columnOf, findTable, textOf } from '../files/headed-table';
import { readWorkbook } from '../files/workbook';
import { grantColumns } from '../ledger/grant-columns';
import { streamNames } from '../ledger/streams';
import { SCHOOL_HEADERS } from '../local-facts';
import { getTerritory } from '../territories';
import { CODE_HEADERS } from '../quartiers/correspondances';
import { guessKind, guessPeriod, guessTerritory, wordsOf, type Words } from './guess-plan';
import { recogniseLayers } from './recognise-layers';

export interface FileToRecognise {
	readonly bytes: Uint8Array;
	readonly fichier: string;
	/** Territory in hand, when one is. */
	readonly territoire?: string | null;
}

/**
 * What a file is, by what it holds and not by its name.
 * out    a refusal in a sentence when it is nothing that can be brought
 * never  writes
 */
export async function recognise(
	db: DbOrTrx,
	ref: Referentiel,
	{ bytes, fichier, territoire = null }: FileToRecognise
): Promise<Recognised | Refusal> {
	if (isBackup(bytes)) return backup;
	const layers = await recogniseLayers(db, bytes, fichier, territoire);
	if (layers) return layers;
	const several = startsLikeJson(bytes) ? listDemarches(bytes) : [];
	const demarches = isRefusal(several) ? [] : several;
	const opened = await readWorkbook(bytes, fichier, demarches.length > 1 ? { demarche: demarches[0]!.id } : {});
	if (demarches.length === 0 && isOfficialList(bytes)) return inTheTool;
	if (isRefusal(opened)) return opened;
	const words = wordsOf(fichier, opened.sheets);
	const own = hasOwnTable(opened.sheets, ref.gabarits, ref.plans);
	return (
		(own ? null : await recogniseTable(ref, opened, words)) ??
		recognisePlan(db, ref, opened, words, { own, demarches, bytes, territoire })
	);
}

const SQLITE = 'SQLite format 3';
const isBackup = (bytes: Uint8Array): boolean =>
	Buffer.from(bytes.subarray(0, SQLITE.length)).toString('latin1') === SQLITE &&
	!Buffer.from(bytes).includes('gpkg_contents');
const backup: Refusal = {
	refus: 'Ce fichier est une base de données\u00a0: peut-être une sauvegarde de Croisée.',
	conseil: 'Une sauvegarde ne s’apporte pas ici\u00a0: elle se restaure par la commande «\u00a0restaurer\u00a0».'
};

const startsLikeJson = (bytes: Uint8Array): boolean =>
	/^[\s\ufeff\u00ef\u00bb\u00bf]*[[{]/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));

const inTheTool: Refusal = {
	refus: 'Ce fichier est le découpage officiel des communes et des intercommunalités.',
	conseil: 'Croisée l’a déjà\u00a0: il n’y a rien à apporter.'
};

/** The official lists of communes and EPCI, as they are published in JSON. */
const isOfficialList = (bytes: Uint8Array): boolean => {
	const head = startsLikeJson(bytes) ? Buffer.from(bytes.subarray(0, 2_000)).toString('utf8') : '';
	return (
		['"code"', '"nom"', '"type"'].every((key) => head.includes(key)) &&
		/"(?:membres|chefLieu|arrondissement|codesPostaux)"/.test(head)
	);
};

/** A table that is no plan, known by its headers; null when it may be one. */
async function recogniseTable(
	ref: Referentiel,
	workbook: Workbook,
	words: readonly Words[]
): Promise<Recognised | Refusal | null> {
	const filled = (rows: readonly { readonly cells: readonly unknown[] }[]): number =>
		rows.filter(({ cells }) => cells.some((c) => c !== null && String(c).trim() !== '')).length;
	const codes = findTable(
		workbook,
		(e) => columnOf(e, CODE_HEADERS.qp2024) >= 0 && columnOf(e, CODE_HEADERS.qp2015) >= 0
	);
	if (codes) return { genre: 'correspondances', lignes: filled(codes.lignes) };
	const schools = findTable(workbook, (e) =>
		[SCHOOL_HEADERS.quartier, SCHOOL_HEADERS.nom, SCHOOL_HEADERS.cour].every((names) => columnOf(e, names) >= 0)
	);
	if (schools) return { genre: 'ecoles', lignes: filled(schools.lignes) };
	const { fields, titled } = planFields(ref, workbook.sheets);
	const defs = ref.indicateurs.indicateurs;
	// A place has a name, which reads as a title: two indicators at least then say what the table is.
	const enough = titled ? 2 : 1;
	const figures = findTable(
		workbook,
		(e) => isIndicatorHeader(e, defs) && matchColumns(e, defs).filter((def) => def !== null).length >= enough
	);
	if (figures) {
		const noms = matchColumns(figures.entetes, defs).flatMap((def) => def?.libelle.toLowerCase() ?? []);
		return { genre: 'indicateurs', lignes: filled(figures.lignes), noms };
	}
	const grants = ONLY_IN_PLANS.some((champ) => fields.has(champ)) ? null : recogniseGrants(ref, workbook, words);
	if (grants) return grants;
	const alone = findTable(workbook, (e) => ['nommembre', 'sirenmembre'].every((name) => columnOf(e, [name]) >= 0));
	if (alone) return inTheTool;
	const headers = findTable(workbook, (e) => columnOf(e, ['demarcheetat']) >= 0);
	if (headers && columnOf(headers.entetes, ['intituleaction']) < 0)
		return {
			refus: 'Ce fichier décrit des démarches PCAET, sans leurs actions.',
			conseil: 'Apportez le «\u00a0programme d’actions\u00a0» (JSON de l’ADEME), ou votre tableau d’actions.'
		};
	const listed = titled
		? null
		: findTable(workbook, (e) => columnOf(e, ['codeqp', 'codeqpv', 'codequartier', 'qp2024']) >= 0);
	return listed
		? {
				refus: 'Ce tableau nomme des quartiers, mais ne porte ni leurs contours ni un indicateur connu.',
				conseil: 'Pour les périmètres, apportez le fichier géographique (GeoJSON, GeoPackage ou Shapefile zippé).'
			}
		: null;
}

/** Fields a published list of grants never has. */
const ONLY_IN_PLANS = ['quartiers', 'statut', 'pilote', 'objectif', 'publics', 'indicateurs', 'partenaires'] as const;

function planFields(ref: Referentiel, sheets: readonly Sheet[]): { fields: ReadonlySet<string>; titled: boolean } {
	const { table } = findPlan(sheets, ref.plans, 'contrat-de-ville');
	const fields = new Set((table?.colonnes ?? []).flatMap((c) => c.champ ?? []));
	return { fields, titled: fields.has('titre') || fields.has('sous_action') };
}

function recogniseGrants(ref: Referentiel, workbook: Workbook, words: readonly Words[]): GrantsRecognised | null {
	const found = findTable(workbook, (e) => {
		const at = grantColumns(e, ref.attributions);
		const placed = (['commune', 'siren', 'dossier', 'departement'] as const).some((c) => at.has(c));
		return at.has('montant') && at.has('beneficiaire') && at.has('intitule') && placed;
	});
	if (!found) return null;
	const at = grantColumns(found.entetes, ref.attributions);
	const lignes = found.lignes.filter(({ cells }) => textOf(cells[at.get('montant')!]) !== '');
	const valuesOf = (index: number | undefined): Map<string, number> => {
		const values = new Map<string, number>();
		for (const { cells } of index === undefined ? [] : lignes) {
			const text = textOf(cells[index!]);
			if (text) values.set(text, (values.get(text) ?? 0) + 1);
		}
		return values;
	};
	const years = [...valuesOf(at.get('annee')).keys()].map((text) => /20[0-3]\d/.exec(text)?.[0]);
	const named = /(?<!\d)20[12]\d(?!\d)/.exec(words[0]!.texte)?.[0];
	const streams = valuesOf(at.get('dispositif'));
	const column = streams.size > 0 && streams.size <= 12 ? at.get('dispositif') : undefined;
	return {
		genre: 'attributions',
		lignes: lignes.length,
		annees: [...new Set([...years, ...(at.has('annee') ? [] : [named])].flatMap((y) => (y ? Number(y) : [])))].sort(),
		dispositif: streamOf(ref, words[0]!.texte, [...streams.keys()], [...valuesOf(at.get('mesure')).keys()]),
		parts:
			column === undefined
				? []
				: [...streams].map(([mot, n]) => ({ mot, lignes: n })).sort((a, b) => b.lignes - a.lignes),
		colonne: column === undefined ? null : (found.entetes[column] ?? null)
	};
}

/** The family that its values name, else its measures, else the name of the file. */
function streamOf(
	ref: Referentiel,
	name: string,
	streams: readonly string[],
	measures: readonly string[]
): GrantsRecognised['dispositif'] {
	const names = streamNames(ref);
	const familiesOf = (texts: readonly string[]): ReadonlySet<string> =>
		new Set(texts.flatMap((t) => names.get(plain(t)) ?? []).map((id) => id.split('.')[0]!));
	for (const texts of [streams, measures]) {
		const families = familiesOf(texts);
		if (families.size === 1) return { valeur: [...families][0]!, dApres: 'd’après ses lignes' };
	}
	const said = ` ${plain(name)} `;
	const held = new Set(
		ref.financements.flatMap((f) =>
			[f.id, f.titre, ...f.alias].some((n) => plain(n).length > 3 && said.includes(` ${plain(n)} `)) ? f.id : []
		)
	);
	return held.size === 1 ? { valeur: [...held][0]!, dApres: 'd’après le nom du fichier' } : null;
}

async function recognisePlan(
	db: DbOrTrx,
	ref: Referentiel,
	workbook: Workbook,
	words: readonly Words[],
	{
		own,
		demarches,
		bytes,
		territoire
	}: {
		own: boolean;
		demarches: PlanRecognised['demarches'];
		bytes: Uint8Array;
		territoire: string | null;
	}
): Promise<PlanRecognised | Refusal> {
	const plan = demarches.length
		? ({ valeur: 'pcaet', dApres: 'd’après son format' } as const)
		: guessKind(words, ref.plans);
	const kind = plan?.valeur ?? 'pcaet';
	const known = isKnownShape(workbook.sheets, ref.gabarits, ref.plans);
	const upright = known ? workbook.sheets : standUp(workbook.sheets, ref.plans, kind);
	const sheets = known || workbook.format === 'csv' ? upright : gatherFiches(upright, ref.plans, kind);
	const found = findPlan(sheets, ref.plans, kind);
	const titlesOf = (t: Table) => t.colonnes.filter((c) => c.champ === 'titre' || c.champ === 'sous_action');
	const titled = found.tables.filter((t) => titlesOf(t).length > 0);
	const filled = { nommees: 0, toutes: 0 };
	for (const t of titled) {
		const sheet = sheets.find((s) => s.nom === t.feuille);
		const named = (row: Sheet['rows'][number]) => titlesOf(t).some((c) => cellText(row[c.index] ?? null) !== '');
		const body = (sheet?.rows ?? []).slice(0, t.derniereLigne);
		// Types and instructions stand under the headers of a model: they are no rows of the plan.
		const own = body.filter((row, i) => i >= t.ligneEntete && row.some(says) && !setAside(row, i + 1, t));
		filled.toutes += own.length;
		filled.nommees += own.filter(named).length;
	}
	const rows = filled.nommees;
	if (titled.length === 0 && sheets.every((s) => s.rows.filter((r) => r.length > 1).length < 2))
		return {
			refus: `${quoted(workbook.fichier)} ne porte ni tableau d’actions, ni périmètres, ni indicateurs, ni liste de subventions.`,
			conseil: 'Apportez le tableau lui-même, tel qu’il sort de votre tableur.'
		};
	if (titled.length > 0 && rows === 0)
		return {
			refus: `${quoted(workbook.fichier)} a des en-têtes, et aucune ligne remplie en dessous.`,
			conseil: 'Remplissez le modèle, puis apportez-le.'
		};
	const entetes = known || demarches.length ? [] : headersOf(sheets);
	const here =
		demarches.length > 1 && territoire ? ((await getTerritory(db, territoire)) ?? territoryFromCog(territoire)) : null;
	const chosen = here && demarcheNaming(bytes, [here.nom, ...here.communes.map((c) => c.nom)]);
	return {
		genre: 'plan',
		forme: own
			? 'au modèle de Croisée'
			: known
				? 'au format de Territoires en Transitions'
				: demarches.length
					? 'publié par l’ADEME'
					: (FORMS[workbook.format] ?? 'en tableau'),
		lignes: titled.length ? rows : null,
		remplies: filled.toutes,
		semble: whatItSeems(entetes, titled.length > 0),
		entetes: titled.length ? [] : entetes,
		plan,
		territoire: await guessTerritory(
			db,
			demarches.length > 1 ? words.slice(0, 1) : words,
			demarches.length > 1 ? [] : sheets
		),
		periode: guessPeriod(words),
		demarche: chosen ? { valeur: chosen, dApres: 'd’après les lieux que nomment ses actions' } : null,
		demarches: demarches.length > 1 ? demarches : []
	};
}

const says = (cell: CellValue): boolean => cellText(cell) !== '';

/** Of its longest sheet: the first row with two cells or more. */
function headersOf(sheets: readonly Sheet[]): readonly string[] {
	const [longest] = sheets.filter((s) => !s.masquee).sort((a, b) => b.rows.length - a.rows.length);
	const texts = (longest?.rows ?? []).map((row) => row.map((cell) => cellText(cell)).filter((text) => text !== ''));
	return texts.find((row) => row.length > 1) ?? [];
}

const FORMS: Partial<Record<Workbook['format'], string>> = {
	'plan-json': 'au schéma national des projets',
	docx: 'en document Word',
	odt: 'en document texte',
	geojson: 'en couche géographique',
	gpkg: 'en couche géographique',
	shp: 'en couche géographique'
};
