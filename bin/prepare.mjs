// What must stand before anything runs: a recent Node, the dependencies, a fresh build. Plain Node, no dependency.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Messages for people go to standard error: standard output belongs to the command. */
export const say = (text) => process.stderr.write(`${text}\n`);

export function requireNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major > 20 || (major === 20 && minor >= 19)) return;
	say(`Croisée demande Node.js 20.19 ou plus récent ; celui-ci est le ${process.versions.node}.`);
	process.exit(2);
}

/** Installs when the lock file, or the Node that compiled the native part, changed since the last time. */
export function ensureInstalled() {
	const stamp = join(root, 'node_modules', '.croisee');
	const wanted = `${fingerprint(['package-lock.json'])} ${process.versions.modules}`;
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
	say('Installation des dépendances (une à deux minutes la première fois)…');
	run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'L’installation a échoué.');
	writeFileSync(stamp, wanted);
}

const SOURCES = [
	'src',
	'static',
	'data',
	'migrations',
	'svelte.config.js',
	'vite.config.ts',
	'package-lock.json',
	'bin/build.mjs'
];

const BUILT = join(root, 'build', '.croisee');

/** Builds pages and command line when a source changed since the last build. */
export function ensureBuilt() {
	if (existsSync(BUILT) && readFileSync(BUILT, 'utf8') === fingerprint(SOURCES)) return;
	say('Construction de l’application…');
	run(process.execPath, [join(root, 'bin', 'build.mjs')], 'La construction a échoué.');
}

/** Says what sources were built, however the build was asked for: a server that runs is never built over for nothing. */
export function markBuilt() {
	mkdirSync(dirname(BUILT), { recursive: true });
	writeFileSync(BUILT, fingerprint(SOURCES));
}

function run(command, args, failure) {
	const { status, stdout, stderr } = spawnSync(command, args, {
		cwd: root,
		encoding: 'utf8',
		maxBuffer: 1 << 28,
		shell: process.platform === 'win32'
	});
	if (status === 0) return;
	say(`${stdout ?? ''}${stderr ?? ''}`);
	say(failure);
	process.exit(4);
}

function fingerprint(paths) {
	const hash = createHash('sha256');
	const add = (path) => {
		const full = join(root, path);
		if (!existsSync(full)) return;
		if (statSync(full).isDirectory()) for (const name of readdirSync(full).sort()) add(join(path, name));
		else hash.update(path).update(readFileSync(full));
	};
	paths.forEach(add);
	return hash.digest('hex');
}
