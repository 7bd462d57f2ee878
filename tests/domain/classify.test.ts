import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { LexiconFile } from '../../src/lib/domain/referentiel';

test('le lexique livré est conforme à son schéma', () => {
	expect(LexiconFile.safeParse(parse(readFileSync('data/lexique.yaml', 'utf8'))).error).toBeUndefined();
});
