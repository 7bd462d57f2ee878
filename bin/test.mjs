// npm test: everything CI runs, one line per step, the whole output of a step that fails, and a last line that counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled, requireNode, root, say } from './prepare.mjs';

requireNode();
ensureInstalled();
const temporary = mkdtempSync(join(tmpdir(), 'croisee-'));
const total = { passed: 0, failed: 0, skipped: 0 };

const bin = (name) => join(root, 'node_modules', '.bin', name);
step('Mise en forme', bin('prettier'), ['--check', '.']);
step('Relecture du code', bin('eslint'), ['.']);
step('Synchronisation', bin('svelte-kit'), ['sync'], { silent: true });
step('Types', bin('svelte-check'), ['--tsconfig', './tsconfig.json', '--fail-on-warnings']);
counted('Architecture, règles, unités, propriétés', bin('vitest'), vitestArgs(), vitestCounts);
step('Construction', process.execPath, [join(root, 'bin', 'build.mjs')]);
const chromium = ensureChromium();
counted('Parcours dans Chromium, accessibilité', bin('playwright'), ['test'], playwrightCounts, {
	CROISEE_PORT_TEST: String(await freePort()),
	PLAYWRIGHT_JSON_OUTPUT_NAME: join(temporary, 'playwright.json'),
	...(chromium ? { CROISEE_CHROMIUM: chromium } : {})
});

rmSync(temporary, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed ? 1 : 0);

/** A port nobody listens on: another server may be running beside the tests. */
function freePort() {
	return new Promise((found) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			const { port } = probe.address();
			probe.close(() => found(port));
		});
	});
}

function execute(label, command, args, env = {}) {
	const begin = Date.now();
	const { status, stdout, stderr } = spawnSync(command, args, {
		cwd: root,
		encoding: 'utf8',
		maxBuffer: 1 << 28,
		env: { ...process.env, FORCE_COLOR: '0', ...env },
		shell: process.platform === 'win32'
	});
	const seconds = ((Date.now() - begin) / 1000).toFixed(1).replace('.', ',');
	if (status !== 0) say(`${stdout}\n${stderr}`);
	console.log(`${status === 0 ? '✓' : '✗'} ${label} (${seconds} s)`);
	return status === 0;
}

function step(label, command, args, { silent = false } = {}) {
	const ok = execute(label, command, args);
	if (!ok) total.failed++;
	else if (!silent) total.passed++;
}

function counted(label, command, args, read, env) {
	const ok = execute(label, command, args, env);
	let counts;
	try {
		counts = read();
	} catch {
		counts = { passed: 0, failed: 0, skipped: 0 };
	}
	// A runner that dies without a failed test has failed all the same; one that ran nothing too.
	if ((!ok && counts.failed === 0) || counts.passed + counts.failed === 0) counts.failed++;
	for (const key of Object.keys(total)) total[key] += counts[key];
}

function vitestArgs() {
	return ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(temporary, 'vitest.json')}`];
}

function vitestCounts() {
	const report = JSON.parse(readFileSync(join(temporary, 'vitest.json'), 'utf8'));
	const brokenFiles = report.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0).length;
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests + brokenFiles,
		skipped: report.numPendingTests + report.numTodoTests
	};
}

function playwrightCounts() {
	const { stats } = JSON.parse(readFileSync(join(temporary, 'playwright.json'), 'utf8'));
	return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}
