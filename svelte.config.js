import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter({ precompress: true }),
		// Forms of another site are refused in src/hooks.server.ts, by host, with a sentence that people understand.
		csrf: { trustedOrigins: ['*'] },
		// Small sheets come with the page: each request costs more than it carries.
		inlineStyleThreshold: 4096,
		// A bench that no longer compiles measures nothing, and nobody sees it.
		typescript: { config: (config) => ({ ...config, include: [...config.include, '../bench/**/*.ts'] }) }
	}
};
