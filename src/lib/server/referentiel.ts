import { createHash } from 'node:crypto';
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { z } from 'zod';
import { PlanRulesFile } from '../domain/funding/plan-rules';
import { GrantsFile } from '../domain/ledger/grant';
import { GlossaryFile } from '../domain/rules/glossary';
import { ExamplesFile } from '../domain/rules/examples-file';
import { LearntFile } from '../domain/rules/learnt-file';
import { MarkersFile } from '../domain/rules/markers';
import { checkReferentiel, type Problem } from '../domain/rules/referentiel-checks';
import { GabaritsFile } from '../domain/gabarits/gabarit';
import {
	EnjeuxFile,
	FundingFile,
	GapsFile,
	IndicatorsFile,
	LexiconFile,
	PlansFile,
	type Referentiel
} from '../domain/rules/referentiel';

const bundled = {
	...import.meta.glob<string>('/data/*.yaml', { query: '?raw', import: 'default', eager: true }),
	...import.meta.glob<string>('/data/financements/*.yaml', { query: '?raw', import: 'default', eager: true })
};

const ROOT_FILES = {
	'data/enjeux.yaml': EnjeuxFile,
	'data/lexique.yaml': LexiconFile,
	'data/appris.yaml': LearntFile,
	'data/plans.yaml': PlansFile,
	'data/lacunes.yaml': GapsFile,
	'data/exemples.yaml': ExamplesFile,
	'data/indicateurs.yaml': IndicatorsFile,
	'data/attributions.yaml': GrantsFile,
	'data/plan-de-financement.yaml': PlanRulesFile,
	'data/marqueurs.yaml': MarkersFile,
	'data/gabarits.yaml': GabaritsFile,
	'data/glossaire.yaml': GlossaryFile
} as const;
const FUNDING = /^data\/financements\/[a-z0-9-]+\.yaml$/;

let memo: Referentiel | null = null;

/** The référentiel bundled with the application; read once, frozen. Bad data = no start. */
export function loadReferentiel(): Referentiel {
	memo ??= parseReferentiel(Object.fromEntries(Object.entries(bundled).map(([path, text]) => [path.slice(1), text])));
	return memo;
}

/**
 * Reads all files of `data/`, holds them against their schemas and against each other.
 * in     path from the project root (`data/enjeux.yaml`) → YAML text
 * throws one Error that lists every problem: `data/fichier.yaml › chemin.de.cle : message`
 */
export function parseReferentiel(files: Readonly<Record<string, string>>): Referentiel {
	const problems: Problem[] = [];
	const raw = new Map<string, unknown>();
	const paths = Object.keys(files).sort();
	for (const path of Object.keys(ROOT_FILES))
		if (!(path in files)) problems.push({ file: path, path: [], message: 'fichier absent' });
	for (const path of paths)
		if (!(path in ROOT_FILES) && !FUNDING.test(path))
			problems.push({ file: path, path: [], message: 'fichier inconnu : aucun schéma ne le lit' });

	const read = <T>(path: string, schema: z.ZodType<T>): T | null =>
		path in files ? readFile(path, files[path]!, schema, problems, raw) : null;
	const enjeux = read('data/enjeux.yaml', EnjeuxFile);
	const lexique = read('data/lexique.yaml', LexiconFile);
	const appris = read('data/appris.yaml', LearntFile);
	const plans = read('data/plans.yaml', PlansFile);
	const lacunes = read('data/lacunes.yaml', GapsFile);
	const exemples = read('data/exemples.yaml', ExamplesFile);
	const indicateurs = read('data/indicateurs.yaml', IndicatorsFile);
	const attributions = read('data/attributions.yaml', GrantsFile);
	const planDeFinancement = read('data/plan-de-financement.yaml', PlanRulesFile);
	const marqueurs = read('data/marqueurs.yaml', MarkersFile);
	const gabarits = read('data/gabarits.yaml', GabaritsFile);
	const glossaire = read('data/glossaire.yaml', GlossaryFile);
	const financements = paths
		.filter((path) => FUNDING.test(path))
		.map((path) => ({ path, file: read(path, FundingFile) }));
	refuseIf(problems, raw);

	const referentiel = {
		version: [
			enjeux,
			lexique,
			appris,
			plans,
			lacunes,
			indicateurs,
			attributions,
			planDeFinancement,
			marqueurs,
			gabarits,
			glossaire
		]
			.map((file) => file!.version)
			.sort()
			.at(-1)!,
		hash: hashOf(files),
		enjeux: enjeux!,
		lexique: lexique!,
		appris: appris!,
		plans: plans!,
		lacunes: lacunes!,
		exemples: exemples!,
		indicateurs: indicateurs!,
		attributions: attributions!,
		planDeFinancement: planDeFinancement!,
		marqueurs: marqueurs!,
		financements: financements.map(({ file }) => file!),
		gabarits: gabarits!,
		glossaire: glossaire!
	};
	problems.push(
		...checkReferentiel(
			referentiel,
			financements.map(({ path }) => path)
		)
	);
	refuseIf(problems, raw);
	return freeze(referentiel);
}

function readFile<T>(
	file: string,
	text: string,
	schema: z.ZodType<T>,
	problems: Problem[],
	raw: Map<string, unknown>
): T | null {
	try {
		// Dates stay text, as everywhere in the house.
		raw.set(file, load(text, { schema: CORE_SCHEMA }));
	} catch (error) {
		if (!(error instanceof YAMLException)) throw error;
		problems.push({
			file,
			path: [`ligne ${error.mark ? error.mark.line + 1 : '?'}`],
			message: error.reason.startsWith('duplicated mapping key') ? 'clé en double' : `YAML illisible (${error.reason})`
		});
		return null;
	}
	const parsed = schema.safeParse(raw.get(file), { error: z.locales.fr().localeError });
	if (parsed.success) return parsed.data;
	for (const issue of parsed.error.issues.flatMap((issue) => unfold(issue)))
		problems.push({ file, path: issue.path.map(String), message: issue.message });
	return null;
}

interface ZodIssue {
	readonly code?: string;
	readonly path: readonly PropertyKey[];
	readonly message: string;
	readonly errors?: readonly (readonly ZodIssue[])[];
}

/** A failed union says only « invalid »: keep the branch the author most likely meant, with its own issues. */
function unfold(issue: ZodIssue): ZodIssue[] {
	const branches = (issue.errors ?? []).filter((branch) => branch.length > 0);
	if (issue.code !== 'invalid_union' || branches.length === 0) return [issue];
	const stranger = (branch: readonly ZodIssue[]) =>
		Number(branch.some((i) => i.code === 'unrecognized_keys' && i.path.length === 0));
	const [meant] = [...branches].sort(
		(a, b) => stranger(a) - stranger(b) || b[0]!.path.length - a[0]!.path.length || a.length - b.length
	);
	return meant!.flatMap((inner) => unfold({ ...inner, path: [...issue.path, ...inner.path] }));
}

function refuseIf(problems: readonly Problem[], raw: ReadonlyMap<string, unknown>): void {
	if (problems.length === 0) return;
	const lines = problems.map(({ file, path, message }) =>
		path.length > 0 ? `${file} › ${named(path, raw.get(file))} : ${message}` : `${file} : ${message}`
	);
	throw new Error(`Le référentiel est refusé (${problems.length} problème(s)).\n${[...new Set(lines)].join('\n')}`);
}

/** « regles.2.message » reads « regles.G03.message » when the third item has a name of its own. */
function named(path: readonly string[], value: unknown): string {
	let here = value;
	return path
		.map((key) => {
			const parent = here;
			here = typeof here === 'object' && here !== null ? (here as Record<string, unknown>)[key] : undefined;
			if (!Array.isArray(parent) || typeof here !== 'object' || here === null) return key;
			const { id, code, champ, nom } = here as Record<string, unknown>;
			return [id, code, champ, nom].find((name) => typeof name === 'string') ?? key;
		})
		.join('.');
}

function hashOf(files: Readonly<Record<string, string>>): string {
	const sha = createHash('sha256');
	for (const path of Object.keys(files).sort()) sha.update(`${path}\0${files[path]}\0`);
	return sha.digest('hex').slice(0, 12);
}

function freeze<T>(value: T): T {
	if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
	Object.freeze(value);
	for (const inner of Object.values(value)) freeze(inner);
	return value;
}
