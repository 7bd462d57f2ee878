import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CORE_SCHEMA, load } from 'js-yaml';
import { LexiconFile } from '../../src/lib/domain/referentiel';

test('le lexique livré est conforme à son schéma', () => {
	expect(LexiconFile.safeParse(load(readFileSync('data/lexique.yaml', 'utf8'), { schema: CORE_SCHEMA })).error).toBeUndefined();
});
