import { defineConfig } from '@playwright/test';

const port = Number(process.env.CROISEE_PORT_TEST ?? 4317);

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
			executablePath: process.env.CROISEE_CHROMIUM ?? '/usr/bin/chromium',
			args: [
				'--no-sandbox',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	},
	// Pages that are only looked at share both processors; journeys write, and wait for their turn.
	projects: [
		{
			name: 'regard',
			testMatch: /(accessibilite|chiffres|ecrans|lecture|minute|telephone)\.spec/,
			fullyParallel: true
		},
		{
			name: 'parcours',
			testIgnore: /(accessibilite|chiffres|ecrans|lecture|minute|telephone)\.spec/,
			workers: 1,
			dependencies: ['regard']
		}
	],
	webServer: {
		command: 'node tests/e2e/server.mjs',
		url: `http://127.0.0.1:${port}/`,
		env: { PORT: String(port), CROISEE_AUJOURDHUI: '2026-11-22' },
		reuseExistingServer: false,
		stdout: 'ignore',
		timeout: 60_000
	}
});
