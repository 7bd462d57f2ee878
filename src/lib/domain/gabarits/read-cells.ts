import { ActionGeometry, type ActionDates, type ActionDraft, type FinancingLine } from '../action';
import { cellText, type CellValue } from '../import/cell';
import { identifyDispositif, type FinancingContext } from '../import/financing-lines';
import { grantYearIn } from '../import/grant-years';
import { isEmpty, rowIssue } from '../import/row-values';
import type { Issue } from '../issue';
import { parseMoney, type Basis, type Money } from '../money';
import { codeOf, type Choices } from './choices';
import type { MarkedColumn } from './find-table';
import type { GabaritKey } from './gabarit';
import { decodeList } from './list-cell';

export interface GabaritContext extends FinancingContext {
	readonly columns: readonly MarkedColumn[];
	readonly ligne: number;
	readonly feuille: string | null;
	/** Written by an export: a blank is a blank, a text is kept as it is. */
	readonly exact: boolean;
	readonly choices: Choices;
}

const ISO = /^\d{4}-\d{2}-\d{2}$/;
const FRENCH = /^(\d{2})\/(\d{2})\/(\d{4})$/;

/**
 * What the columns of our table say, over what the usual reading made of the row.
 * in     `usual`: read without the columns that only our table has
 * out    an exact row gives back the action it was written from, field by field, save its origin
 */
export function readCells(
	cells: readonly CellValue[],
	usual: ActionDraft,
	context: GabaritContext
): { readonly draft: ActionDraft; readonly issues: readonly Issue[] } {
	const issues: Issue[] = [];
	const by = reader(cells, context);
	const { exact } = context;
	const list = (cle: GabaritKey): string[] => by.all(cle).flatMap(decodeList);
	const own = (cle: GabaritKey, before: readonly string[]): string[] => [...new Set([...list(cle), ...before])];
	const draft: ActionDraft = {
		...usual,
		...(exact ? texts(by, usual) : {}),
		partenaires: own('partenaires', usual.partenaires),
		publics: own('publics', usual.publics),
		communes: own('communes', usual.communes),
		quartiers: own('quartiers', usual.quartiers),
		etapes: own('etapes', usual.etapes),
		secteurs: own('secteurs', usual.secteurs),
		enjeuxDeclares: own('enjeux', usual.enjeuxDeclares),
		natureDeclaree: list('nature').join(', ') || usual.natureDeclaree,
		porteurType: porteurType(by, usual, context),
		dates: dates(by, usual, exact),
		budget: money(by, 'budget', usual.budget, context, issues),
		fonctionnement: money(by, 'fonctionnement', usual.fonctionnement, context, issues),
		financements: [...financings(by, context, issues), ...usual.financements],
		geometrie: geometry(by) ?? usual.geometrie,
		misAJourLe: dayOf(by.cell('mise_a_jour')) ?? usual.misAJourLe
	};
	return { draft, issues };
}

/** Any of them kept is a financing line: people remove the others. */
const LINE_KEYS: ReadonlySet<MarkedColumn['mark']['cle']> = new Set<GabaritKey>([
	'financeur',
	'dispositif',
	'demande',
	'obtenu',
	'etat'
]);

interface Reader {
	/** Filled texts of a key, in the order of their ranks. */
	readonly all: (cle: GabaritKey) => string[];
	readonly text: (cle: GabaritKey, n?: number) => string | null;
	readonly cell: (cle: GabaritKey, n?: number) => CellValue;
	readonly header: (cle: GabaritKey, n?: number) => string | null;
	readonly ranks: readonly number[];
}

function reader(cells: readonly CellValue[], { columns }: GabaritContext): Reader {
	const of = (cle: GabaritKey, n = 1): MarkedColumn[] =>
		columns.filter((c) => c.mark.cle === cle && c.mark.n === n).sort((a, b) => a.mark.suite - b.mark.suite);
	const raw = (index: number): string => {
		const cell = cells[index] ?? null;
		return typeof cell === 'string' ? cell : cellText(cell);
	};
	const text = (cle: GabaritKey, n = 1): string | null => {
		const whole = of(cle, n)
			.map((c) => raw(c.index))
			.join('')
			.trim();
		return whole === '' ? null : whole;
	};
	const ranksOf = (cle: GabaritKey): number[] =>
		[...new Set(columns.filter((c) => c.mark.cle === cle).map((c) => c.mark.n))].sort((a, b) => a - b);
	return {
		text,
		all: (cle) => ranksOf(cle).flatMap((n) => text(cle, n) ?? []),
		cell: (cle, n = 1) => cells[of(cle, n)[0]?.index ?? -1] ?? null,
		header: (cle, n = 1) => of(cle, n)[0]?.entete ?? null,
		ranks: [...new Set(columns.filter((c) => LINE_KEYS.has(c.mark.cle)).map((c) => c.mark.n))].sort((a, b) => a - b)
	};
}

/** Texts as they were written. */
function texts(by: Reader, usual: ActionDraft): Partial<ActionDraft> {
	const etp = by.cell('etp');
	const siren = by.text('porteur_siren')?.replace(/\s/g, '') ?? null;
	return {
		reference: by.text('reference'),
		titre: by.text('titre') ?? usual.titre,
		axe: by.text('axe'),
		objectif: by.text('objectif'),
		description: by.text('description'),
		porteur: by.text('porteur'),
		porteurSiren: siren !== null && /^\d{9}$/.test(siren) ? siren : usual.porteurSiren,
		pilote: by.text('pilote'),
		elu: by.text('elu'),
		instance: by.text('instance'),
		atteinteDeclaree: by.text('atteinte'),
		priorite: by.text('priorite'),
		etp: typeof etp === 'number' ? etp : usual.etp,
		indicateurs: by.text('indicateurs'),
		participation: by.text('participation'),
		// The usual reading leaves there the words of an ETP cell that holds no number.
		notes: usual.etp === null && by.text('etp') !== null ? usual.notes : by.text('notes')
	};
}

function porteurType(by: Reader, usual: ActionDraft, { choices, exact }: GabaritContext): ActionDraft['porteurType'] {
	const text = by.text('porteur_type');
	if (text === null) return exact ? null : usual.porteurType;
	return (codeOf(choices.porteurs, text) as ActionDraft['porteurType']) ?? usual.porteurType;
}

/** A day as our table writes it: a date cell, or JJ/MM/AAAA in a CSV. */
function dayOf(cell: CellValue): string | null {
	if (typeof cell !== 'string') return null;
	const text = cell.trim();
	if (ISO.test(text)) return text;
	const [, day, month, year] = FRENCH.exec(text) ?? [];
	return day ? `${year}-${month}-${day}` : null;
}

function dates(by: Reader, usual: ActionDraft, exact: boolean): ActionDates | null {
	if (!exact) return usual.dates;
	const [debut, fin] = [by.cell('debut'), by.cell('fin')];
	const known = [debut, fin].every((cell) => isEmpty(cell) || dayOf(cell) !== null);
	// A date typed over in other words is read as people write it.
	if (!known) return usual.dates;
	const year = grantYearIn(by.text('dates_texte'))?.exercice;
	const value = {
		debut: dayOf(debut),
		fin: dayOf(fin),
		texte: by.text('dates_texte'),
		...(year !== undefined && { exercice: year })
	};
	return value.debut === null && value.fin === null && value.texte === null ? null : value;
}

function money(
	by: Reader,
	cle: 'budget' | 'fonctionnement',
	usual: Money | null,
	context: GabaritContext,
	issues: Issue[]
): Money | null {
	if (usual === null) return null;
	const said = by.text(`${cle}_base`);
	const stated = said === null ? null : (codeOf(context.choices.bases, said) as Basis | null);
	const max = amount(by, `${cle}_max`, 1, context, issues);
	return { euros: usual.euros, base: stated ?? usual.base, max: max !== null && max > usual.euros ? max : usual.max };
}

function amount(by: Reader, cle: GabaritKey, n: number, context: GabaritContext, issues: Issue[]): number | null {
	const read = parseMoney(by.cell(cle, n), context.baseParDefaut);
	const where = { feuille: context.feuille, ligne: context.ligne, colonne: by.header(cle, n) };
	for (const { code, severity, message, found, expected, hint } of read.issues) {
		const sentence = `Ligne ${context.ligne}\u00a0: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
		issues.push(rowIssue(code, severity, where, sentence, { found, expected, hint }));
	}
	return read.value?.euros ?? null;
}

function financings(by: Reader, context: GabaritContext, issues: Issue[]): FinancingLine[] {
	return by.ranks.flatMap((n): FinancingLine[] => {
		const demande = amount(by, 'demande', n, context, issues);
		const obtenu = amount(by, 'obtenu', n, context, issues);
		const named = by.text('financeur', n);
		const written = by.text('dispositif', n);
		const etatText = by.text('etat', n);
		if (named === null && written === null && demande === null && obtenu === null && etatText === null) return [];
		const said = by.text('financement_base', n);
		const stated = said === null ? null : codeOf(context.choices.bases, said);
		const base = stated === 'HT' || stated === 'TTC' ? stated : undefined;
		const libelle = named ?? written?.replace(/ \[[^\]]*\]$/, '') ?? 'Financement';
		return [
			{
				libelle,
				dispositif: dispositif(written, libelle, context),
				demande,
				obtenu,
				etat: etatOf(etatText, demande, obtenu, context),
				...(base && { base }),
				genre: genreOf(by.text('genre', n), libelle, context)
			}
		];
	});
}

/** « Fonds vert [fonds-vert] », or the words of a person; on an exact row a blank names nothing. */
function dispositif(written: string | null, libelle: string, context: GabaritContext): string | null {
	if (written === null) return context.exact ? null : identifyDispositif(libelle, context.dispositifs);
	const code = codeOf(context.choices.dispositifs, written) ?? identifyDispositif(written, context.dispositifs);
	// A dispositif that left the référentiel keeps its name.
	return code ?? (context.exact && /^[a-z0-9.-]+$/.test(written) ? written : null);
}

function etatOf(
	text: string | null,
	demande: number | null,
	obtenu: number | null,
	{ choices }: GabaritContext
): FinancingLine['etat'] {
	const stated = text === null ? null : (codeOf(choices.etats, text) as FinancingLine['etat'] | null);
	if (stated !== null) return stated;
	if (obtenu !== null) return obtenu === 0 ? 'refuse' : 'obtenu';
	return demande === null ? 'envisage' : 'demande';
}

const GENRES: readonly (readonly [FinancingLine['genre'], RegExp])[] = [
	['pret', /\bpr[êe]ts?\b|\bemprunts?\b/i],
	['autofinancement', /\bautofinancements?\b|\bfonds propres\b/i],
	['valorisation', /\bvalorisations?\b|\bb[ée]n[ée]volat\b/i]
];

function genreOf(text: string | null, libelle: string, { choices, exact }: GabaritContext): FinancingLine['genre'] {
	const stated = text === null ? null : (codeOf(choices.genres, text) as FinancingLine['genre'] | null);
	if (stated !== null || exact) return stated ?? 'subvention';
	return GENRES.find(([, pattern]) => pattern.test(libelle))?.[0] ?? 'subvention';
}

/** A GeoJSON geometry; anything else is left to the usual reading. */
function geometry(by: Reader): ActionGeometry | null {
	const text = by.text('geometrie');
	if (text === null || !text.startsWith('{')) return null;
	try {
		return ActionGeometry.safeParse(JSON.parse(text)).data ?? null;
	} catch {
		return null;
	}
}
