// npm test: everything CI runs, one line per step, the whole output of a step that fails, and a last line that counts.
import { spawn } from 'node:child_process';
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
if (!(await execute('Synchronisation', bin('svelte-kit'), ['sync']))) total.failed++;
// Each of these holds one processor: two by two.
await steps(
	execute('Mise en forme', bin('prettier'), ['--check', '.']),
	execute('Relecture du code', bin('eslint'), ['.'])
);
await steps(
	execute('Types', bin('svelte-check'), ['--tsconfig', './tsconfig.json', '--fail-on-warnings']),
	execute('Construction', process.execPath, [join(root, 'bin', 'build.mjs')])
);
await counted('Architecture, règles, unités, propriétés', bin('vitest'), vitestArgs(), vitestCounts);
const chromium = ensureChromium();
await counted('Parcours dans Chromium, accessibilité', bin('playwright'), ['test'], playwrightCounts, {
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

/** Runs one command, then says in one line how it went; all it printed only when it fails. */
function execute(label, command, args, env = {}) {
	const begin = Date.now();
	return new Promise((over) => {
		const child = spawn(command, args, {
			cwd: root,
			env: { ...process.env, FORCE_COLOR: '0', ...env },
			shell: process.platform === 'win32'
		});
		const printed = { stdout: [], stderr: [] };
		for (const [name, pieces] of Object.entries(printed)) child[name].on('data', (piece) => pieces.push(piece));
		const end = (ok, why = '') => {
			const seconds = ((Date.now() - begin) / 1000).toFixed(1).replace('.', ',');
			const text = (name) => Buffer.concat(printed[name]).toString('utf8');
			if (!ok) say(`${text('stdout')}\n${text('stderr')}${why}`);
			console.log(`${ok ? '✓' : '✗'} ${label} (${seconds} s)`);
			over(ok);
		};
		child.on('error', (error) => end(false, error.message));
		child.on('close', (status) => end(status === 0));
	});
}

/** Steps that go on side by side: each passes or fails. */
async function steps(...running) {
	for (const ok of await Promise.all(running)) total[ok ? 'passed' : 'failed']++;
}

async function counted(label, command, args, read, env) {
	const ok = await execute(label, command, args, env);
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
