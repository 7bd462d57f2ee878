// A Chromium for the browser tests: the one that draws no window of its own, else any on the machine, else Playwright's.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { say } from './prepare.mjs';

/** Chromium without its own window, by a fifth the quicker of the two. */
const SHELL = '/usr/bin/chromium-headless-shell';
const KNOWN = [SHELL, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];
/** Without a network, what is there will do. */
const PATIENCE = [
	'-qq',
	'-o',
	'Acquire::Retries=0',
	'-o',
	'Acquire::http::Timeout=20',
	'-o',
	'Acquire::https::Timeout=20'
];

/** Path of a Chromium, or null when Playwright is to use its own. */
export function findChromium() {
	return process.env.CROISEE_CHROMIUM ?? KNOWN.find((path) => existsSync(path)) ?? null;
}

export function ensureChromium() {
	const found = findChromium();
	const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
	if (process.env.CROISEE_CHROMIUM || found === SHELL || (found && !isDebianRoot)) return found;
	if (isDebianRoot) {
		say('Installation de Chromium (paquet Debian)…');
		apt('update');
		const names = ['chromium-headless-shell', 'chromium'];
		names.some((name) => apt('install', '-y', '--no-install-recommends', name, 'fonts-dejavu-core'));
		const installed = findChromium();
		if (installed) return installed;
	}
	say('Installation de Chromium (Playwright)…');
	spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'ignore' });
	return null;
}

/** Whether it went well. */
function apt(...args) {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	return spawnSync('apt-get', [...PATIENCE, ...args], { stdio: 'ignore', timeout: 300_000, env }).status === 0;
}
