import { describe, expect, test } from 'vitest';
import { loadReferentiel, parseReferentiel } from '../../src/lib/server/referentiel';

const bundled = import.meta.glob<string>(['/data/*.yaml', '/data/financements/*.yaml'], {
	query: '?raw',
	import: 'default',
	eager: true
});
const good = Object.fromEntries(Object.entries(bundled).map(([path, text]) => [path.slice(1), text]));
const fixtures = import.meta.glob<string>('/tests/fixtures/referentiel/*.yaml', {
	query: '?raw',
	import: 'default',
	eager: true
});

/** Long files are left out where they are not the matter: one family of funds, one word per code. */
const light: Record<string, string> = {
	...Object.fromEntries(Object.entries(good).filter(([path]) => !/financements\/(?!fonds-vert)/.test(path))),
	'data/lexique.yaml': [
		"{ version: '0', seuil: 1, max_codes: 3, poids_titre: 1, poids_description: 1, regles: [], confiance: { evidente: { transition: 4, ville: 4, nature: 4, atteinte: [nom] }, solide: { transition: 3, ville: 3, nature: 3, atteinte: [nom] } }, entrees: [",
		...loadReferentiel().lexique.entrees.map((entry) => `{ code: ${entry.code}, mots: { mot: 1 } },`),
		'] }'
	].join('\n')
};

/** A broken file says in its first lines which file it stands for, and the sentence it must bring. */
function broken(text: string): { readonly files: Record<string, string>; readonly expected: string } {
	const said = (name: string) => new RegExp(`^# ${name} : (.*)$`, 'm').exec(text)?.[1]?.replaceAll('\\n', '\n') ?? null;
	const file = said('fichier')!;
	const before = said('au lieu de');
	const after = before === null ? text : good[file]!.replace(before, () => said('on lit')!);
	expect(after, `${file} ne contient plus « ${before} »`).not.toBe(good[file]);
	return { files: { ...(file === 'data/lexique.yaml' ? good : light), [file]: after }, expected: said('attendu')! };
}

const refusal = (files: Record<string, string>): string => {
	try {
		parseReferentiel(files);
	} catch (error) {
		return (error as Error).message;
	}
	return '';
};

describe('le référentiel livré', () => {
	test('se lit entier, une seule fois', () => {
		expect(loadReferentiel()).toBe(loadReferentiel());
		expect(loadReferentiel().financements.length).toBeGreaterThan(15);
	});

	test('ne se laisse pas modifier', () => {
		const ref = loadReferentiel();
		expect(() => (ref.financements[0]!.mesures as unknown[]).push({})).toThrow(TypeError);
		expect(Object.isFrozen(ref.enjeux.croises[0])).toBe(true);
	});

	test('porte une empreinte qui ne dépend ni de l’ordre des fichiers ni du jour', () => {
		const backwards = Object.fromEntries(Object.entries(good).reverse());
		expect(parseReferentiel(backwards).hash).toBe(loadReferentiel().hash);
		expect(loadReferentiel().hash).toMatch(/^[0-9a-f]{12}$/);
	});

	test('change d’empreinte dès qu’un seul caractère change', () => {
		const edited = { ...light, 'data/lacunes.yaml': `${good['data/lacunes.yaml']}\n# relu\n` };
		expect(parseReferentiel(edited).hash).not.toBe(parseReferentiel(light).hash);
	});
});

describe('un référentiel faux', () => {
	test.each(
		Object.entries(fixtures).map(([path, text]) => [path.split('/').at(-1)!.replace('.yaml', ''), text] as const)
	)('est refusé avec sa raison : %s', (_, text) => {
		const { files, expected } = broken(text);
		expect(refusal(files).split('\n').slice(1)).toContainEqual(expect.stringContaining(expected));
	});

	test('dit tous ses problèmes, pas le premier', () => {
		const files = {
			...light,
			'data/indicateurs.yaml': good['data/indicateurs.yaml']!.replace('decimales: 0', 'decimales: 12'),
			'data/lacunes.yaml': good['data/lacunes.yaml']!.replace('base: haute', 'base: forte')
		};
		expect(refusal(files)).toMatch(/^Le référentiel est refusé \(2 problème\(s\)\)\./);
		expect(refusal(files)).toContain('data/indicateurs.yaml › indicateurs.I-POPULATION.decimales : ');
		expect(refusal(files)).toContain('data/lacunes.yaml › regles.G01.gravite.base : ');
	});

	test('est refusé quand un fichier manque ou que personne ne le lit', () => {
		const { 'data/plans.yaml': _, ...without } = light;
		expect(refusal({ ...without, 'data/plan.yaml': '' })).toContain('data/plans.yaml : fichier absent');
		expect(refusal({ ...light, 'data/plan.yaml': '' })).toContain('data/plan.yaml : fichier inconnu');
	});
});
