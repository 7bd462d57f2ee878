import { appendFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

const node = adapter({ precompress: true });

/** Uploads are workbooks and maps: what the built application takes in one go, unless the variable says otherwise. */
const UPLOADS = `process.env.BODY_SIZE_LIMIT ??= '64M';\n`;

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		adapter: {
			...node,
			async adapt(builder) {
				await node.adapt(builder);
				// Read before any other module of the build, however it is started.
				appendFileSync('build/env.js', UPLOADS);
			}
		},
		// Forms of another site are refused in src/hooks.server.ts, by host, with a sentence that people understand.
		csrf: { trustedOrigins: ['*'] },
		// Small sheets come with the page: each request costs more than it carries.
		inlineStyleThreshold: 4096,
		// A bench that no longer compiles measures nothing, and nobody sees it.
		typescript: { config: (config) => ({ ...config, include: [...config.include, '../bench/**/*.ts'] }) }
	}
};
