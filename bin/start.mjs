// npm start: installs what is missing, builds when stale, serves. The database is migrated, and the demonstration
// territory loaded into an empty one, when the application opens it.
import { ensureBuilt, ensureInstalled, requireNode } from './prepare.mjs';

requireNode();
ensureInstalled();
ensureBuilt();
const { serveOrExplain } = await import('./serve.mjs');
await serveOrExplain();
