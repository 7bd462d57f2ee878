// A Chromium for the browser tests: one found on the machine, else Debian's package, else Playwright's own.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { say } from './prepare.mjs';

const KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** Path of a Chromium, or null when Playwright is to use its own. */
export function findChromium() {
	return process.env.CROISEE_CHROMIUM ?? KNOWN.find((path) => existsSync(path)) ?? null;
}

export function ensureChromium() {
	const found = findChromium();
	if (found) return found;
	if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
		say('Installation de Chromium (paquet Debian)…');
		spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
		spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], {
			stdio: 'ignore',
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
		});
		const installed = findChromium();
		if (installed) return installed;
	}
	say('Installation de Chromium (Playwright)…');
	spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'ignore' });
	return null;
}
