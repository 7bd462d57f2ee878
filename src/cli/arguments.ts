import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { RowFilter } from '../lib/domain/row-filter';

export type Options = Readonly<Record<string, string | boolean | string[] | undefined>>;

export interface Call {
	readonly command: string;
	readonly args: readonly string[];
	readonly options: Options;
}

/** A wrong use of the command line: printed with the usage, exit code 2. */
export class WrongUse extends Error {
	constructor(
		message: string,
		/** The command whose usage helps; all of them when it is not known. */
		readonly command?: string
	) {
		super(message);
	}
}

const COMMON: ParseArgsConfig['options'] = {
	base: { type: 'string' },
	json: { type: 'boolean' },
	aujourdhui: { type: 'string' },
	aide: { type: 'boolean', short: 'h' },
	help: { type: 'boolean' }
};
/** Common options that take a value: the word after them is no command. */
const WITH_VALUE = ['--base', '--aujourdhui'];

/**
 * Reads the words after `croisee`.
 * never  accepts an unknown option or a missing argument in silence: throws WrongUse
 */
export function parseCall(argv: readonly string[], commands: Readonly<Record<string, CommandShape>>): Call {
	const at = argv.findIndex((a, i) => !a.startsWith('-') && !WITH_VALUE.includes(argv[i - 1] ?? ''));
	const command = argv[at];
	if (command === undefined) throw new WrongUse('Indiquez une commande.');
	const shape = Object.hasOwn(commands, command) ? commands[command] : undefined;
	if (!shape) throw new WrongUse(`La commande « ${command} » n’existe pas.`);
	const rest = argv.toSpliced(at, 1);
	let parsed;
	try {
		parsed = parseArgs({
			args: rest,
			options: {
				...COMMON,
				...Object.fromEntries(shape.options.map((o) => [o, { type: 'string' as const }])),
				...flags(shape)
			},
			allowPositionals: true,
			strict: true
		});
	} catch (error) {
		const unknown = /'(-{1,2}[^']+)'/.exec(String((error as Error).message))?.[1];
		throw new WrongUse(
			unknown
				? `L’option « ${unknown} » n’est pas comprise ou attend une valeur.`
				: 'Ces options ne sont pas comprises.',
			command
		);
	}
	const values = parsed.values as Options;
	const options: Options = values.help ? { ...values, aide: true } : values;
	if (options.aide) return { command, args: parsed.positionals, options };
	if (parsed.positionals.length !== shape.args.length)
		throw new WrongUse(
			shape.args.length
				? `« ${command} » attend ${shape.args.join(' ')} ; reçu : ${parsed.positionals.join(' ') || 'rien'}.`
				: `« ${command} » n’attend pas d’argument ; reçu : ${parsed.positionals.join(' ')}.`,
			command
		);
	const given = (name: string) => typeof options[name] === 'string' && options[name].trim() !== '';
	for (const name of shape.required ?? []) {
		const other = shape.orElse?.[name];
		if (!given(name) && (options[name] !== undefined || !other || !given(other)))
			throw new WrongUse(`« ${command} » demande --${name}${other ? ` ou --${other}` : ''}.`, command);
	}
	return { command, args: parsed.positionals, options };
}

export interface CommandShape {
	/** Names of the positional arguments, all required. */
	readonly args: readonly string[];
	/** Options that take a value. */
	readonly options: readonly string[];
	readonly flags?: readonly string[];
	readonly required?: readonly string[];
	/** A required option that another one is enough to find. */
	readonly orElse?: Readonly<Record<string, string>>;
	/**
	 * What becomes of a base that is not there: a command that writes makes it; 'exigee': refused, as there is nothing to read;
	 * 'inutile': the command needs none.
	 */
	readonly base?: 'exigee' | 'inutile';
	readonly does: string;
}

const flags = (shape: CommandShape) =>
	Object.fromEntries((shape.flags ?? []).map((f) => [f, { type: 'boolean' as const }]));

export function usage(commands: Readonly<Record<string, CommandShape>>, only?: string): string {
	const lines = Object.entries(commands)
		.filter(([name]) => !only || name === only)
		.map(([name, shape]) => {
			const words = [
				name,
				...shape.args,
				...shape.options.map((o) => (shape.required?.includes(o) && !shape.orElse?.[o] ? `--${o} …` : `[--${o} …]`)),
				...(shape.flags ?? []).map((f) => `[--${f}]`)
			];
			return `  croisee ${words.join(' ')}\n      ${shape.does}`;
		});
	return [
		'Usage :',
		...lines,
		'Options communes : --base FICHIER, --json, --aujourdhui AAAA-MM-JJ, --aide ; croisee --version dit la version et le référentiel',
		'Une commande qui écrit crée la base qui manque ; une commande qui lit la refuse (code 3) et ne crée rien',
		'Codes de sortie : 0 fait, 1 rien d’accepté, 2 mauvais usage, 3 fichier illisible ou refusé, 4 faute de Croisée'
	].join('\n');
}

export const text = (options: Options, name: string): string | undefined =>
	typeof options[name] === 'string' ? (options[name] as string) : undefined;

/** « CHAMP=VALEUR », or « CHAMP~MOT » for a word the cell holds. */
export function parseFilter(filter: string | undefined): RowFilter | undefined {
	if (filter === undefined) return undefined;
	const at = filter.search(/[=~]/);
	const valeur = filter.slice(at + 1).trim();
	if (at < 1 || (filter[at] === '~' && valeur === ''))
		throw new WrongUse(
			`« ${filter} » n’est pas un filtre : écrivez CHAMP=VALEUR, par exemple dispositif=DPV, ou CHAMP~MOT pour un mot que la cellule contient, par exemple objet~chaleur.`
		);
	return { champ: filter.slice(0, at).trim(), valeur, ...(filter[at] === '~' && { contient: true }) };
}
