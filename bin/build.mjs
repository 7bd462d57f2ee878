// Builds the pages (build/), the command line (dist/cli.js) and the worker of long imports (dist/worker.js).
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { markBuilt, root } from './prepare.mjs';

process.chdir(root);
process.env.NODE_ENV = 'production';
rmSync(join(root, 'build'), { recursive: true, force: true });
await build({ logLevel: 'warn' });
await build({
	configFile: false,
	logLevel: 'warn',
	root,
	publicDir: false,
	assetsInclude: ['**/*.xlsx', '**/*.ods', '**/*.geojson'],
	// The geometry library is bundled so that only the functions used are loaded at each command.
	ssr: { noExternal: [/^@turf\//] },
	build: {
		ssr: true,
		outDir: 'dist',
		emptyOutDir: true,
		target: 'node20',
		rollupOptions: { input: ['src/cli.ts', 'src/worker.ts'] }
	}
});
markBuilt();
