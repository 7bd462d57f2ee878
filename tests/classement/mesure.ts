import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readXlsx } from 'hucre';
import Papa from 'papaparse';
import { CORE_SCHEMA, load } from 'js-yaml';
import { classify, compileLexicon, type Classification, type Lexicon } from '../../src/lib/domain/crossing/classify';
import { LearntFile } from '../../src/lib/domain/rules/learnt-file';
import { EnjeuxFile, LexiconFile } from '../../src/lib/domain/rules/referentiel';

/* Titles labelled by hand, and how well the lexicon does on them. Real titles stay in ../shared/data: only prints are here. */

export const DATA = '../shared/data';
export const hasData = existsSync(`${DATA}/plans/pcaet`);

/**
 * What each lot may serve for.
 * reglage   write the lexicon; its errors are read
 * essai     drawn at random and labelled before any measure, then read like `reglage`
 * controle  choose thresholds; some of its errors were read
 * reserve   labelled once the first lexicon was written
 * temoin    drawn and labelled with `essai`; measured when the lexicon was done, then once more when words of nature were
 *           added: none of its errors was ever read, and none may be
 * lue       of beneficiaries no other lot has, labelled before any measure, then read like `essai`
 * franche   drawn and written after all of them, labelled before any run; measured once, then read like `essai`
 * finale    drawn and written before the words `franche` taught were final: labelled before any run, its errors unread
 * ultime    real titles drawn once those words were final, labelled before any run; its errors are unread
 * lointaine in less usual words of other regions, labelled before any run; measured once, then read like `reglage`
 * courante  in everyday words no plan uses (`usuelle`: sixty-six more), labelled before any run; measured once, then read like `reglage`
 * travaux, plans, quartiers  as other regions write lists of works, plans and city contracts, labelled before any run;
 *           measured once, then read like `reglage`
 * fraiche   drawn with `lue`, of other beneficiaries again: measured at each step, none of its errors read, and none may be
 */
export type Half =
	| 'reglage'
	| 'essai'
	| 'controle'
	| 'reserve'
	| 'temoin'
	| 'lue'
	| 'relue'
	| 'suite'
	| 'scellee'
	| 'franche'
	| 'finale'
	| 'ultime'
	| 'lointaine'
	| 'courante'
	| 'usuelle'
	| 'travaux'
	| 'plans'
	| 'quartiers'
	| 'lexique'
	| 'fraiche'
	| 'invente';

/** Labels: `sure` are expected, `possible` are accepted and not asked for (written « T06? »). */
export interface Labels {
	readonly sure: readonly string[];
	readonly possible: readonly string[];
}

export interface Labelled {
	readonly moitie: Half;
	readonly cle: string;
	readonly titre: string;
	readonly secteurs: readonly string[];
	readonly transition: Labels;
	readonly ville: Labels;
	readonly nature: Labels;
}

export const yaml = (path: string) => load(readFileSync(path, 'utf8'), { schema: CORE_SCHEMA });

/** As the application reads it; `seul`: the words of the lexicon alone, without what titles teach. */
export function readLexicon(seul = false): Lexicon {
	return compileLexicon({
		lexique: LexiconFile.parse(yaml('data/lexique.yaml')),
		enjeux: EnjeuxFile.parse(yaml('data/enjeux.yaml')),
		...(!seul && { appris: LearntFile.parse(yaml('data/appris.yaml')) })
	});
}

type Row = Record<string, string>;
const csv = (text: string) => Papa.parse<Row>(text.replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true }).data;
const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();
export const print8 = (text: string) => createHash('sha256').update(squeeze(text)).digest('hex').slice(0, 8);

function labels(cell: string | undefined): Labels {
	const all = (cell ?? '').split(' ').filter((code) => code !== '');
	return {
		sure: all.filter((code) => !code.endsWith('?')),
		possible: all.filter((code) => code.endsWith('?')).map((code) => code.slice(0, -1))
	};
}

function labelled(row: Row, moitie: Half, cle: string, titre: string, secteurs: readonly string[]): Labelled {
	return {
		moitie,
		cle,
		titre: squeeze(titre),
		secteurs,
		transition: labels(row.transition),
		ville: labels(row.ville),
		nature: labels(row.nature)
	};
}

function readTitled(path: string): Labelled[] {
	return csv(readFileSync(path, 'utf8')).map((row, index) =>
		labelled(row, (row.moitie as Half | undefined) ?? 'invente', String(index + 2), row.titre ?? '', [])
	);
}

export const readInvented = (): Labelled[] => readTitled('tests/classement/inventes.csv');

/** What a local authority does for itself, and words too general to decide alone. Teaches nothing: it only measures. */
export const readInternal = (): Labelled[] => readTitled('tests/classement/inventes-internes.csv');

export const readElsewhere = (): Labelled[] => readTitled('tests/classement/inventes-ailleurs.csv');

type Entry = { titre: string; secteurs: string[] };
const TITLES = ['intitule', 'Intitule_action', 'nom_du_projet', 'objet', 'libelle', 'nom'];

async function readTitles(file: string): Promise<(key: string) => Entry | undefined> {
	const path = `${DATA}/${file}`;
	if (file.endsWith('.json')) {
		type Plan = { id: number; actions: { intitule: string; secteurs?: { secteur: { libelle: string } }[] }[] };
		const plans = new Map(
			(JSON.parse(readFileSync(path, 'utf8')) as Plan[]).map((plan) => [String(plan.id), plan.actions])
		);
		return (key) => {
			const [plan, index] = key.split('/');
			const action = plans.get(plan ?? '')?.[Number(index)];
			return action && { titre: action.intitule, secteurs: (action.secteurs ?? []).map((s) => s.secteur.libelle) };
		};
	}
	if (file.endsWith('.xlsx')) {
		const book = await readXlsx(readFileSync(path));
		const rows = book.sheets.find((sheet) => sheet.name === 'Fichier dimport')?.rows ?? [];
		return (key) => ({ titre: String(rows[Number(key)]?.[3] ?? ''), secteurs: [] });
	}
	const rows = csv(readFileSync(path, 'utf8'));
	return (key) => {
		const row = rows[Number(key)];
		if (!row) return undefined;
		const column = TITLES.find((name) => name in row);
		return {
			titre: column ? (row[column] ?? '') : row.sous_action || row.action || row.orientation || '',
			secteurs: []
		};
	};
}

/** Real titles with their labels; a title whose print has changed is not counted. */
export async function readLabelled(): Promise<Labelled[]> {
	const rows = csv(readFileSync('tests/classement/etiquettes.csv', 'utf8'));
	const titles = new Map<string, (key: string) => Entry | undefined>();
	for (const file of new Set(rows.map((row) => row.fichier ?? ''))) titles.set(file, await readTitles(file));
	return rows.flatMap((row) => {
		const entry = titles.get(row.fichier ?? '')?.(row.cle ?? '');
		if (!entry || print8(entry.titre) !== row.empreinte) return [];
		return [labelled(row, row.moitie as Half, `${row.fichier}#${row.cle}`, entry.titre, entry.secteurs)];
	});
}

export interface AxisMeasure {
	readonly titres: number;
	/** Share of titles with a sure label whose first answer is right. */
	readonly premier: number;
	/** Share of all answers that are sure or possible. */
	readonly precision: number;
	/** Share of sure labels that are found. */
	readonly rappel: number;
	/** Share of titles without any label that get no answer. */
	readonly silence: number;
	readonly muets: number;
}

/** `donnes`: answers with that code; `justes`: those that are sure or possible. */
export interface CodeMeasure {
	attendus: number;
	premiers: number;
	trouves: number;
	donnes: number;
	justes: number;
}

export interface Measure {
	readonly transition: AxisMeasure;
	readonly ville: AxisMeasure;
	readonly nature: number;
	readonly parCode: ReadonlyMap<string, CodeMeasure>;
}

export function measure(set: readonly Labelled[], lexicon: Lexicon, withSectors = false): Measure {
	const answers = set.map((one) => classify({ titre: one.titre, secteurs: withSectors ? one.secteurs : [] }, lexicon));
	const parCode = new Map<string, CodeMeasure>();
	const countOf = (code: string): CodeMeasure => {
		const entry = parCode.get(code) ?? { attendus: 0, premiers: 0, trouves: 0, donnes: 0, justes: 0 };
		parCode.set(code, entry);
		return entry;
	};
	const axis = (
		of: (c: Classification) => readonly { code: string }[],
		truth: (l: Labelled) => Labels
	): AxisMeasure => {
		let expected = 0,
			first = 0,
			given = 0,
			right = 0,
			sure = 0,
			found = 0,
			mute = 0,
			silent = 0;
		set.forEach((one, index) => {
			const codes = of(answers[index] as Classification).map((tag) => tag.code);
			const wanted = truth(one);
			const accepted = [...wanted.sure, ...wanted.possible];
			given += codes.length;
			for (const code of codes) {
				const entry = countOf(code);
				entry.donnes++;
				if (accepted.includes(code)) entry.justes++;
			}
			right += codes.filter((code) => accepted.includes(code)).length;
			sure += wanted.sure.length;
			found += wanted.sure.filter((code) => codes.includes(code)).length;
			if (wanted.sure.length > 0) {
				expected++;
				const ok = codes[0] !== undefined && accepted.includes(codes[0]);
				if (ok) first++;
				for (const code of wanted.sure) {
					const entry = countOf(code);
					entry.attendus++;
					if (ok) entry.premiers++;
					if (codes.includes(code)) entry.trouves++;
				}
			}
			if (accepted.length === 0) {
				mute++;
				if (codes.length === 0) silent++;
			}
		});
		const share = (a: number, b: number) => (b === 0 ? 1 : a / b);
		return {
			titres: expected,
			premier: share(first, expected),
			precision: share(right, given),
			rappel: share(found, sure),
			silence: share(silent, mute),
			muets: mute
		};
	};
	const natures = set.filter((one) => one.nature.sure.length > 0);
	const natureRight = natures.filter((one) => {
		const code = answers[set.indexOf(one)]?.nature?.code;
		return code !== undefined && [...one.nature.sure, ...one.nature.possible].includes(code);
	});
	return {
		transition: axis(
			(c) => c.transition,
			(l) => l.transition
		),
		ville: axis(
			(c) => c.ville,
			(l) => l.ville
		),
		nature: natures.length === 0 ? 1 : natureRight.length / natures.length,
		parCode
	};
}

const percent = (value: number) => `${(100 * value).toFixed(1)} %`.padStart(7);

/** A few lines to read on a terminal. */
export function table(name: string, found: Measure): string {
	const line = (title: string, m: AxisMeasure) =>
		`${title.padEnd(12)} premier ${percent(m.premier)} (${m.titres})  précision ${percent(m.precision)}` +
		`  rappel ${percent(m.rappel)}  silence ${percent(m.silence)} (${m.muets})`;
	const codes = [...found.parCode]
		.sort(([a], [b]) => a.localeCompare(b))
		.map(([code, n]) => `${code} ${n.premiers}/${n.attendus}`);
	return [
		`— ${name}`,
		line('transition', found.transition),
		line('ville', found.ville),
		`nature       ${percent(found.nature)}`,
		codes.join('  ')
	].join('\n');
}

/** Per enjeu: precision of its answers, recall, and top-1 over the titles that have it. */
export function tableByCode(name: string, { parCode }: Measure): string {
	const share = (a: number, b: number) => (b === 0 ? '      —' : percent(a / b));
	return [
		`— ${name}, par enjeu`,
		...[...parCode]
			.sort(([a], [b]) => a.localeCompare(b))
			.map(
				([code, n]) =>
					`${code}  précision ${share(n.justes, n.donnes)} (${n.donnes})  rappel ${share(n.trouves, n.attendus)}` +
					`  premier ${share(n.premiers, n.attendus)} (${n.attendus})`
			)
	].join('\n');
}
