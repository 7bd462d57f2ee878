// The built application on the base a test made, or on an empty one, which so receives the demonstration territory.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveOrExplain } from '../../bin/serve.mjs';

process.env.CROISEE_BASE =
	process.env.CROISEE_BASE_TEST ?? join(mkdtempSync(join(tmpdir(), 'croisee-e2e-')), 'croisee.db');
await serveOrExplain();
