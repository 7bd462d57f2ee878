import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ isSsrBuild }) => ({
	plugins: [sveltekit()],
	build: {
		chunkSizeWarningLimit: 1200,
		rollupOptions: {
			output: {
				// What most pages share comes in one file: each request costs a slow machine more than the bytes it carries.
				codeSplitting: isSsrBuild
					? true
					: { groups: [{ name: 'socle', test: /node_modules\/(svelte|@sveltejs)\/|\/src\/lib\//, minShareCount: 8 }] }
			}
		}
	},
	test: {
		include: ['tests/**/*.test.ts'],
		testTimeout: 30_000,
		// One process reads the project once for all its files, as the server does: half the time went into reading it again.
		isolate: false,
		// Left to itself, a run keeps one processor aside: of two, half.
		maxWorkers: '100%',
		benchmark: { include: ['bench/**/*.bench.ts'] }
	}
}));
