import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseCall, text, usage, WrongUse, type Call } from './cli/arguments';
import { restore, runBackup } from './cli/backup';
import { COMMANDS } from './cli/commands';
import { PROCESS, type Answer, type Context, type Io } from './cli/context';
import { runExport } from './cli/exports';
import { runImport } from './cli/imports';
import { typeset } from './cli/print';
import { runRead } from './cli/reads';
import { isRefusal, type Refusal } from './lib/domain/issue';
import { isRealDay } from './lib/domain/source';
import { now, today } from './lib/server/application';
import { open, type Db } from './lib/server/db/client';
import { keepModest } from './lib/server/lean-heap';
import { loadReferentiel } from './lib/server/referentiel';

/** Runs one command; returns its exit code and never shows a stack. */
export async function main(argv: readonly string[], serve: () => Promise<void>, io: Io = PROCESS): Promise<number> {
	const say = (line: string) => io.out(line.endsWith('\n') ? line : `${line}\n`);
	const complain = (line: string) => io.err(`${typeset(line)}\n`);
	let db: Db | null = null;
	let command: string | undefined;
	try {
		if (argv.length === 0 || ['-h', '--aide', '--help', 'aide'].includes(argv[0]!)) {
			(argv.length === 0 ? complain : say)(typeset(usage(COMMANDS)));
			return argv.length === 0 ? 2 : 0;
		}
		if (argv.length === 1 && ['--version', '-v'].includes(argv[0]!)) {
			const { version, hash } = loadReferentiel();
			say(typeset(`Croisée ${ownVersion()}, référentiel ${version} (${hash})`));
			return 0;
		}
		keepModest();
		const call = parseCall(argv, COMMANDS);
		command = call.command;
		if (call.options.aide) {
			say(typeset(usage(COMMANDS, command)));
			return 0;
		}
		const base = text(call.options, 'base') ?? process.env.CROISEE_BASE ?? 'var/croisee.db';
		const asOf = dateOf(call);
		if (command === 'servir') {
			process.env.CROISEE_BASE = base;
			if (text(call.options, 'aujourdhui')) process.env.CROISEE_AUJOURDHUI = asOf;
			await serve();
			return 0;
		}
		// A base is put back before anything opens it.
		const answer =
			command === 'restaurer'
				? await restore(call, base, now())
				: await run(call, {
						db: (db = await openOrExplain(baseFor(call, base))),
						ref: loadReferentiel(),
						asOf,
						readFile,
						writeFile,
						stdin: io.stdin
					});
		if (isRefusal(answer)) {
			complain([answer.refus, answer.conseil].filter(Boolean).join(' '));
			if (call.options.json) say(JSON.stringify({ erreur: answer.refus, conseil: answer.conseil }));
			return 3;
		}
		say(call.options.json ? JSON.stringify(answer.json) : answer.lisible);
		return answer.code ?? 0;
	} catch (error) {
		if (error instanceof WrongUse) {
			complain(error.message);
			complain(usage(COMMANDS, command ?? error.command));
			return 2;
		}
		if (error instanceof Unreadable) {
			complain(error.message);
			return 3;
		}
		complain(`Croisée a rencontré une faute de sa part : ${error instanceof Error ? error.message : String(error)}`);
		complain('Un import s’écrit en entier ou pas du tout. Signalez cette phrase et la commande employée.');
		return 4;
	} finally {
		await db?.destroy();
	}
}

async function run(call: Call, context: Context): Promise<Answer | Refusal> {
	const answer =
		(await runImport(call, context)) ??
		(await runRead(call, context)) ??
		(await runExport(call, context)) ??
		(await runBackup(call, context));
	if (!answer) throw new Error(`bug: commande sans exécutant : ${call.command}`);
	return answer;
}

function dateOf(call: Call): string {
	const wanted = text(call.options, 'aujourdhui');
	if (wanted === undefined) return today();
	if (!isRealDay(wanted)) throw new WrongUse(`« ${wanted} » n’est pas une date : écrivez AAAA-MM-JJ.`);
	return wanted;
}

/**
 * The base a command works on, which a command that only reads never makes.
 * out    ':memory:' for a try that writes nothing, or a command that needs no base, when none is there
 */
function baseFor({ command, options }: Call, base: string): string {
	const named = text(options, 'base') !== undefined;
	const need = options['a-blanc'] ? 'inutile' : COMMANDS[command]!.base;
	if (need === undefined || base === ':memory:' || existsSync(base)) return base;
	const asked = named || text(options, 'territoire') !== undefined;
	if (need === 'exigee' || (asked && !options['a-blanc']))
		throw new Unreadable(
			`Cette base n’existe pas : ${base}. Vérifiez le chemin ; « croisee importer », « perimetres » ou « demo » en créent une.`
		);
	return ':memory:';
}

async function openOrExplain(base: string): Promise<Db> {
	try {
		return await open(base);
	} catch (error) {
		const code = (error as { code?: string }).code ?? '';
		const why = code.startsWith('SQLITE_NOTADB')
			? 'ce fichier n’est pas une base de Croisée'
			: code.startsWith('SQLITE_CORRUPT')
				? 'ce fichier est abîmé'
				: /^SQLITE_(BUSY|LOCKED)/.test(code)
					? 'une autre commande l’occupe'
					: 'vérifiez le chemin et les droits d’écriture';
		throw new Unreadable(`La base « ${base} » ne s’ouvre pas : ${why}.`);
	}
}

class Unreadable extends Error {}

function readFile(path: string): { bytes: Uint8Array; nom: string } {
	try {
		return { bytes: new Uint8Array(readFileSync(path)), nom: basename(path) };
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		const why = code === 'ENOENT' ? 'n’existe pas' : code === 'EISDIR' ? 'est un dossier' : 'ne peut pas être lu';
		throw new Unreadable(`Le fichier « ${path} » ${why}.`);
	}
}

function writeFile(path: string, bytes: Uint8Array): void {
	try {
		writeFileSync(path, bytes);
	} catch {
		throw new Unreadable(`Le fichier « ${path} » ne peut pas être écrit : vérifiez le dossier et les droits.`);
	}
}

/** As package.json says it, beside the folder of this file as beside that of what is built from it. */
function ownVersion(): string {
	const said: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
	return (said as { readonly version: string }).version;
}
