import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import { z } from 'zod';
import type { PlanKind } from '../../src/lib/domain/action';
import type { CellValue, MappedColumn } from '../../src/lib/domain/import/sheet';
import { findTable } from '../../src/lib/domain/import/template';
import { PlansFile } from '../../src/lib/domain/rules/referentiel';

/* How many columns of the corpus are understood, and how much its confidence is worth. */

const yaml = (path: string): unknown =>
	load(readFileSync(new URL(path, import.meta.url), 'utf8'), { schema: CORE_SCHEMA });
const plans = PlansFile.parse(yaml('../../data/plans.yaml'));
const valeurs = z
	.record(z.string(), z.array(z.union([z.string(), z.number(), z.boolean()])))
	.parse(yaml('valeurs.yaml'));
const Sources = z.array(
	z.object({ nom: z.string(), famille: z.string(), origine: z.string(), plan: z.string(), colonnes: z.string() })
);

interface Column {
	readonly entete: string;
	/** Fields that are right; null among them: nothing obliges to read the column. */
	readonly justes: readonly (string | null)[];
	readonly cells: readonly CellValue[];
}

interface Source {
	readonly nom: string;
	readonly famille: string;
	readonly plan: PlanKind;
	readonly banner: readonly CellValue[];
	readonly columns: readonly Column[];
}

export interface Verdict {
	readonly source: string;
	readonly famille: string;
	readonly entete: string;
	readonly attendu: string;
	readonly trouve: string | null;
	readonly confiance: number;
	/** The column carries a field for sure. */
	readonly connu: boolean;
	readonly juste: boolean;
}

export const corpus = (fichier: string): readonly Source[] =>
	Sources.parse(yaml(fichier)).map(({ colonnes, plan, ...source }) => {
		const banner: CellValue[] = [];
		const columns: Column[] = [];
		for (const line of colonnes.split('\n').filter((l) => l.trim() !== '')) {
			if (line.startsWith('# ')) banner[columns.length] = line.slice(2).trim();
			else columns.push(columnOf(line, source.nom));
		}
		return { ...source, plan: plan as PlanKind, banner: Array.from(banner, (cell) => cell ?? null), columns };
	});

function columnOf(line: string, source: string): Column {
	const [entete, champs, pool] = line.split(' → ');
	const cells = valeurs[pool?.trim() ?? ''];
	if (!entete || !champs || !cells) throw new Error(`${source} : ligne du corpus illisible, « ${line} »`);
	return {
		entete: /^(?:19|20)\d\d$/.test(entete) ? entete : entete,
		justes: champs.split('/').map((c) => (c.trim() === '~' ? null : c.trim())),
		cells: cells.map((cell) => (cell === '' ? null : cell))
	};
}

/** Reads the headers as an import would, with invented values under them. */
export function verdicts(source: Source): readonly Verdict[] {
	const rows: CellValue[][] = [
		...(source.banner.length > 0 ? [[...source.banner]] : []),
		source.columns.map((c) => c.entete),
		...Array.from({ length: 6 }, (_, i) => source.columns.map((c) => c.cells[i] ?? null))
	];
	const { table } = findTable([{ nom: 'Feuil1', masquee: false, rows }], plans, source.plan);
	const found = new Map<number, MappedColumn>((table?.colonnes ?? []).map((c) => [c.index, c]));
	return source.columns.map(({ entete, justes }, index) => {
		const column = found.get(index);
		const trouve = column?.champ ?? null;
		const connu = !justes.includes(null);
		return {
			source: source.nom,
			famille: source.famille,
			entete,
			attendu: justes.map((j) => j ?? '—').join(' ou '),
			trouve,
			confiance: column?.confiance ?? 0,
			connu,
			juste: justes.includes(trouve) || (!connu && (trouve === null || trouve === 'notes'))
		};
	});
}

export interface Bilan {
	readonly connues: number;
	readonly justes: number;
	readonly part: number;
	readonly libres: number;
	/** Columns that carry no field and were given one all the same. */
	readonly faux: number;
	readonly partFaux: number;
	readonly detail: string;
}

export function bilan(all: readonly Verdict[]): Bilan {
	const connues = all.filter((v) => v.connu);
	const justes = connues.filter((v) => v.juste).length;
	const libres = all.filter((v) => !v.connu);
	const faux = libres.filter((v) => !v.juste).length;
	const detail = [...new Set(all.map((v) => v.source))].map((source) => {
		const own = all.filter((v) => v.source === source);
		const known = own.filter((v) => v.connu);
		const wrong = own.filter((v) => !v.juste);
		const said = wrong.map(
			(v) => `\n      ${v.entete} : ${v.trouve ?? 'rien'} (${v.confiance}) au lieu de ${v.attendu}`
		);
		return `  ${source} : ${known.filter((v) => v.juste).length}/${known.length}${said.join('')}`;
	});
	return {
		connues: connues.length,
		justes,
		part: justes / connues.length,
		libres: libres.length,
		faux,
		partFaux: libres.length === 0 ? 0 : faux / libres.length,
		detail: detail.join('\n')
	};
}

/** Share of right columns among those read with a confidence in each band. */
export const calibrage = (
	all: readonly Verdict[],
	bounds: readonly number[] = [0, 0.7, 0.8, 0.9, 0.97, 1.01]
): readonly { readonly de: number; readonly a: number; readonly lues: number; readonly part: number }[] =>
	bounds.slice(0, -1).map((de, i) => {
		const a = bounds[i + 1]!;
		const read = all.filter((v) => v.trouve !== null && v.confiance >= de && v.confiance < a);
		return { de, a, lues: read.length, part: read.filter((v) => v.juste).length / (read.length || 1) };
	});
