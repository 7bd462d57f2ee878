import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseCall, text, usage, WrongUse, type Call } from './cli/arguments';
import { COMMANDS, TO_COME } from './cli/commands';
import type { Answer, Context } from './cli/context';
import { runImport } from './cli/imports';
import { runRead } from './cli/reads';
import { IsoDate } from './lib/domain/source';
import { isRefusal, type Refusal } from './lib/domain/issue';
import { today } from './lib/server/application';
import { open, type Db } from './lib/server/db/client';
import { loadReferentiel } from './lib/server/referentiel';

const complain = (line: string) => process.stderr.write(`${line}\n`);

/** Runs one command; returns its exit code and never shows a stack. */
export async function main(argv: readonly string[], serve: () => Promise<void>): Promise<number> {
	let db: Db | null = null;
	try {
		if (argv.length === 0 || ['-h', '--aide', '--help', 'aide'].includes(argv[0]!)) {
			process.stdout.write(`${usage(COMMANDS)}\n`);
			return argv.length === 0 ? 2 : 0;
		}
		const call = parseCall(argv, COMMANDS);
		if (call.options.aide) {
			process.stdout.write(`${usage(COMMANDS, call.command)}\n`);
			return 0;
		}
		if (TO_COME.includes(call.command)) {
			complain(`La commande « ${call.command} » n’est pas encore là : elle vient avec une prochaine version.`);
			return 2;
		}
		const base = text(call.options, 'base') ?? process.env.CROISEE_BASE ?? 'var/croisee.db';
		const asOf = dateOf(call);
		if (call.command === 'servir') {
			process.env.CROISEE_BASE = base;
			if (text(call.options, 'aujourdhui')) process.env.CROISEE_AUJOURDHUI = asOf;
			await serve();
			return 0;
		}
		const ref = loadReferentiel();
		db = await openOrExplain(base);
		const answer = await run(call, { db, ref, asOf, readFile, writeFile, stdin });
		if (isRefusal(answer)) {
			complain([answer.refus, answer.conseil].filter(Boolean).join(' '));
			if (call.options.json)
				process.stdout.write(`${JSON.stringify({ erreur: answer.refus, conseil: answer.conseil })}\n`);
			return 3;
		}
		process.stdout.write(call.options.json ? `${JSON.stringify(answer.json)}\n` : `${answer.lisible}\n`);
		return answer.code ?? 0;
	} catch (error) {
		return explain(error);
	} finally {
		await db?.destroy();
	}
}

async function run(call: Call, context: Context): Promise<Answer | Refusal> {
	const answer = (await runImport(call, context)) ?? (await runRead(call, context));
	if (!answer) throw new Error(`bug: commande sans exécutant : ${call.command}`);
	return answer;
}

function dateOf(call: Call): string {
	const wanted = text(call.options, 'aujourdhui');
	if (wanted === undefined) return today();
	if (!IsoDate.safeParse(wanted).success || Number.isNaN(Date.parse(wanted)))
		throw new WrongUse(`« ${wanted} » n’est pas une date AAAA-MM-JJ.`);
	return wanted;
}

async function openOrExplain(base: string): Promise<Db> {
	try {
		return await open(base);
	} catch (error) {
		throw new Unreadable(
			`La base « ${base} » ne s’ouvre pas (${(error as Error).message}). Vérifiez le chemin et les droits d’écriture.`
		);
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

const stdin = (): string => readFileSync(0, 'utf8');

function explain(error: unknown): number {
	if (error instanceof WrongUse) {
		complain(error.message);
		complain(usage(COMMANDS));
		return 2;
	}
	if (error instanceof Unreadable) {
		complain(error.message);
		return 3;
	}
	complain(`Croisée a rencontré une faute de sa part : ${error instanceof Error ? error.message : String(error)}`);
	complain('Vos données n’ont pas été modifiées. Signalez cette phrase et la commande employée.');
	return 4;
}
