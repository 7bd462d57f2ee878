import { join } from 'node:path';
import { build } from 'vite';

/** Bundles a measure that runs in a process of its own, beside the packages it loads. */
export async function buildProcess(entry: string, outDir: string): Promise<void> {
	await build({
		configFile: false,
		logLevel: 'error',
		root: join(import.meta.dirname, '..'),
		publicDir: false,
		assetsInclude: ['**/*.xlsx', '**/*.ods', '**/*.geojson'],
		ssr: { noExternal: [/^@turf\//] },
		build: { ssr: entry, outDir, target: 'node20' }
	});
}
