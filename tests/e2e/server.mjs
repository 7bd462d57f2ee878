// The built application on an empty base of its own, which so receives the demonstration territory.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveOrExplain } from '../../bin/serve.mjs';

process.env.CROISEE_BASE = join(mkdtempSync(join(tmpdir(), 'croisee-e2e-')), 'croisee.db');
await serveOrExplain();
