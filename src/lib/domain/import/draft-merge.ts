import type { ActionDates, ActionDraft, Champ, FinancingLine } from '../action';
import { plain } from '../text';

/* A new row over an old action: what changes, what was emptied, what a person typed in between. */

export type DraftField = keyof ActionDraft;

/** Columns that feed each field; a field without any in the new file cannot have been emptied by it. */
const FED_BY: Readonly<Partial<Record<DraftField, readonly Champ[]>>> = {
	reference: ['numero'],
	axe: ['axe'],
	objectif: ['objectif'],
	description: ['description'],
	porteur: ['porteur'],
	porteurType: ['porteur_type'],
	porteurSiren: ['porteur_siren'],
	pilote: ['pilote'],
	elu: ['elu'],
	instance: ['instance'],
	partenaires: ['partenaires'],
	publics: ['publics'],
	echelle: ['echelle'],
	communes: ['communes'],
	geometrie: ['geometrie', 'longitude', 'latitude'],
	quartiers: ['qpv'],
	atteinteDeclaree: ['atteinte_qpv'],
	statut: ['statut'],
	priorite: ['priorite'],
	dates: ['date_debut', 'date_fin', 'annee'],
	etapes: ['etapes'],
	misAJourLe: ['mise_a_jour'],
	budget: ['cout_investissement'],
	fonctionnement: ['cout_fonctionnement'],
	etp: ['etp'],
	financements: ['financements', 'dispositif'],
	indicateurs: ['indicateurs'],
	secteurs: ['secteurs'],
	enjeuxDeclares: ['enjeux_transition', 'enjeux_politique_ville', 'leviers_sgpe'],
	natureDeclaree: ['natures'],
	participation: ['participation'],
	clauseAdaptation: ['clause_adaptation'],
	notes: ['notes', 'source', 'marqueurs']
};

export interface Merged {
	/** The new row over the old one, blanks kept. */
	readonly apres: ActionDraft;
	readonly changed: readonly DraftField[];
	/** Fields that were filled and whose cell is now blank: they keep their value. */
	readonly videes: readonly DraftField[];
	/** Fields typed by hand since the last file, on which the file says what it already said: they stay as typed. */
	readonly gardes: readonly DraftField[];
}

/**
 * The new row over the old one; `origine` follows the file and is never a change by itself.
 * in     `saisies` = what the last file said of the fields a person has typed since
 * never  erases a value with a blank; takes back a value typed by hand because the file still says the old one
 */
export function mergeDraft(
	before: ActionDraft,
	after: ActionDraft,
	champs: readonly Champ[],
	saisies: Readonly<Partial<Record<DraftField, unknown>>> = {}
): Merged {
	const merged: Record<string, unknown> = { ...after };
	const changed: DraftField[] = [];
	const videes: DraftField[] = [];
	const gardes: DraftField[] = [];
	for (const field of Object.keys(after) as DraftField[]) {
		if (field === 'origine') continue;
		const emptied = isBlank(after[field]) && !isBlank(before[field]);
		if (field in saisies && same(saisies[field], after[field]) && !same(before[field], after[field])) {
			merged[field] = before[field];
			gardes.push(field);
		} else if (emptied) {
			merged[field] = before[field];
			if (FED_BY[field]?.some((champ) => champs.includes(champ))) videes.push(field);
		} else if (!same(before[field], after[field])) changed.push(field);
	}
	// Another porteur does not take over the type, nor the SIREN, of the one before.
	if (!isBlank(after.porteur) && changed.includes('porteur'))
		for (const field of ['porteurType', 'porteurSiren'] as const)
			if (isBlank(after[field]) && !gardes.includes(field)) merged[field] = null;
	if (before.dates && after.dates && !gardes.includes('dates') && asksForDates(champs))
		merged.dates = mergeDates(before.dates, after.dates);
	if (!gardes.includes('financements')) merged.financements = mergeLines(before.financements, after.financements);
	const apres = merged as ActionDraft;
	const derived: readonly DraftField[] = ['porteurType', 'porteurSiren', 'dates', 'financements'];
	const real = (Object.keys(after) as DraftField[]).filter((field) =>
		derived.includes(field) ? !same(before[field], apres[field]) : changed.includes(field)
	);
	return { apres, changed: real, videes: videes.filter((field) => !real.includes(field)), gardes };
}

/** What is written goes on from one version to the next. A whole year that turns out to be the year of a grant was never dates of works. */
function mergeDates(before: ActionDates, after: ActionDates): ActionDates {
	const year = after.exercice;
	if (year !== undefined && before.debut === `${year}-01-01` && before.fin === `${year}-12-31`) return after;
	return {
		debut: after.debut ?? before.debut,
		fin: after.fin ?? before.fin,
		texte: after.texte ?? before.texte,
		...((year ?? before.exercice) !== undefined && { exercice: year ?? before.exercice })
	};
}

/**
 * What a person lets through of a merge.
 * in     `pris` = changed fields taken, all of them when null; `effaces` = emptied cells to empty here as well
 */
export function keepChosen(
	before: ActionDraft,
	{ apres, changed, videes }: Merged,
	pris: readonly DraftField[] | null,
	effaces: readonly DraftField[]
): { readonly apres: ActionDraft; readonly champs: readonly DraftField[] } {
	const result: Record<string, unknown> = { ...apres };
	for (const field of changed) if (pris && !pris.includes(field)) result[field] = before[field];
	const erased = videes.filter((field) => effaces.includes(field));
	for (const field of erased) result[field] = Array.isArray(before[field]) ? [] : null;
	return {
		apres: result as ActionDraft,
		champs: [...changed.filter((field) => !pris || pris.includes(field)), ...erased]
	};
}

const asksForDates = (champs: readonly Champ[]): boolean =>
	champs.includes('date_debut') || champs.includes('date_fin');

/** Lines of the new file; where one is an old line, its blanks take the old figures. */
function mergeLines(before: readonly FinancingLine[], after: readonly FinancingLine[]): readonly FinancingLine[] {
	if (after.length === 0) return before;
	const olds = oldLines(before, after);
	return after.map((line, i) => {
		const old = olds[i];
		if (!old) return line;
		const obtenu = line.obtenu ?? old.obtenu;
		const kept = line.obtenu === null && old.obtenu !== null;
		const { base: read, genre, libelle, dispositif } = line;
		// An amount kept from the old line is in its basis: two of them say none.
		const taken = kept || (line.demande === null && old.demande !== null);
		if (!taken) return line;
		const blank = line.demande === null && line.obtenu === null;
		const base = read === old.base ? read : blank ? (read ?? old.base) : undefined;
		return {
			...{ libelle, dispositif, demande: line.demande ?? old.demande, obtenu },
			...{ etat: kept ? old.etat : line.etat, ...(base && { base }), genre }
		};
	});
}

const nameOf = ({ libelle }: FinancingLine): string => plain(libelle);
const wordsOf = (line: FinancingLine): string => JSON.stringify([nameOf(line), line.dispositif, line.genre]);

/**
 * The old line each new one is: same financeur, same dispositif, same nature, and the same rank among those.
 * never  guesses among several of one name whose number has changed: their blanks stay blank
 */
function oldLines(
	before: readonly FinancingLine[],
	after: readonly FinancingLine[]
): readonly (FinancingLine | undefined)[] {
	return after.map((line, i) => {
		const alike = (of: (l: FinancingLine) => string): readonly FinancingLine[] | null => {
			const [old, now] = [before, after].map((lines) => lines.filter((l) => of(l) === of(line)));
			return old!.length > 0 && old!.length === now!.length ? old! : null;
		};
		const rank = after.slice(0, i).filter((l) => wordsOf(l) === wordsOf(line)).length;
		const same = alike(wordsOf)?.[rank];
		if (same) return same;
		// A dispositif said in one version only is not another one.
		const [only, ...others] = alike(nameOf) ?? [];
		const told = only && only.dispositif !== null && line.dispositif !== null && only.dispositif !== line.dispositif;
		return others.length > 0 || told ? undefined : only;
	});
}

export const isBlank = (value: unknown): boolean =>
	value === null || value === undefined || (Array.isArray(value) && value.length === 0);

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
