#!/usr/bin/env node
// The command line. `croisee servir` starts the pages; every other command is in src/cli.ts.
import { ensureBuilt, ensureInstalled, requireNode } from './prepare.mjs';

requireNode();
ensureInstalled();
ensureBuilt();
const { main } = await import('../dist/cli.js');
const code = await main(process.argv.slice(2), async () => (await import('./serve.mjs')).serveOrExplain());
// Left to the event loop: standard output may still be draining into a pipe.
process.exitCode = code;
