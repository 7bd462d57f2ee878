import { defineConfig } from '@playwright/test';
import { findChromium } from './bin/chromium.mjs';
import { SHARED } from './tests/e2e/model-base';

const port = Number(process.env.CROISEE_PORT_TEST ?? 4317);

/** Only looked at: one server for all of them, which nobody writes to. */
const LOOKED_AT = /(accessibilite|chiffres|ecrans|lecture|minute|telephone)\.spec/;
/** Reads milliseconds: alone on the machine, once the others are over. */
const MEASURED = /(quinze-quartiers|travaux)\.spec/;

export default defineConfig({
	testDir: 'tests/e2e',
	snapshotPathTemplate: 'docs/ecrans/{arg}{ext}',
	timeout: 120_000,
	// A page takes seconds to load whole on a busy machine; how fast it must be is measured on its own.
	expect: { timeout: 15_000 },
	workers: 2,
	forbidOnly: true,
	reporter: [
		['line'],
		['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? 'test-results/playwright.json' }]
	],
	use: {
		baseURL: `http://127.0.0.1:${port}`,
		locale: 'fr-FR',
		launchOptions: {
			executablePath: findChromium() ?? undefined,
			args: [
				'--no-sandbox',
				// Letters are as wide as in a Chromium with a window.
				'--font-render-hinting=none',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	},
	// Files of journeys, which write, have each a base of their own (`own-base.ts`).
	projects: [
		{ name: 'regard', testMatch: LOOKED_AT, fullyParallel: true },
		{ name: 'parcours', testIgnore: [LOOKED_AT, MEASURED], dependencies: ['regard'] },
		{ name: 'mesure', testMatch: MEASURED, workers: 1, dependencies: ['parcours'] }
	],
	globalSetup: './tests/e2e/model-base.ts',
	webServer: {
		command: 'node tests/e2e/server.mjs',
		url: `http://127.0.0.1:${port}/`,
		env: { PORT: String(port), CROISEE_BASE_TEST: SHARED, CROISEE_AUJOURDHUI: '2026-11-22' },
		reuseExistingServer: false,
		stdout: 'ignore',
		timeout: 60_000
	}
});
