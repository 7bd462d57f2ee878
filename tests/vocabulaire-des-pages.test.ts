import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadReferentiel } from '../src/lib/server/referentiel';
import { COVERAGE_LABEL, LEVEL_LABEL } from '../src/lib/ui/format';

/* One word per notion, that of the glossary: what pages must no longer say, and what they say instead. */

const FORBIDDEN: [said: RegExp, instead: string, but?: RegExp][] = [
	[/réponses? de fond/i, 'réponse structurante ou de service'],
	[/croisements? tenus?\b|\b(?:est|sont) tenus?\b|\bni tenus\b/i, 'réponse structurante ou de service'],
	[/(?:croisements|territoires) répondus|"Répondus"/i, 'réponse structurante ou de service'],
	[/croisements? sans réponse(?! structurante)/i, 'sans aucune action', /recherche/],
	// Two lines of a file are matched, not two actions weighed.
	[/à trancher|déjà tranchée|à arbitrer/i, 'à décider', /imports\/\[id\]\/changements|contrary-titles/],
	[/répondrai(?:t|ent) à une lacune/i, 'fermerait une lacune'],
	[/référents du quartier/i, 'référent transition et référent politique de la ville'],
	[/atteinte (?:est )?ciblée|cible: 'ciblée'/i, 'cible'],
	[/du plus urgent au moins/i, 'par lacunes critiques, puis hautes, puis toutes'],
	[/vérifié, zéro action/i, 'aucune : zéro action'],
	[/terme: Couverture|atteinte aucune|aucune \(elle en est/i, 'réponse, pour les plans ; exclue, pour une atteinte'],
	// The page is of all pairs: one of its kinds has a name of its own.
	[/recoupement: 'Recoupement'|nom: 'Recoupements'|paires? voisines?|doublons? probables?/i, 'se recoupent']
];

const files = (folder: string): string[] =>
	readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((f) => f.isFile() && /\.(?:svelte|ts)$/.test(f.name))
		.map((f) => join(f.parentPath, f.name));

/** What is written for people: no comment of the code. */
const withoutComments = (text: string): string =>
	text
		.replace(/\/\*[\s\S]*?\*\//g, '')
		.replace(/<!--[\s\S]*?-->/g, '')
		.replace(/^\s*(?:\/\/|#).*$/gm, '');

const sources = [...files('src'), 'data/lacunes.yaml', 'data/glossaire.yaml'].map((path) => ({
	path: path.replaceAll('\\', '/'),
	text: withoutComments(readFileSync(path, 'utf8')).replace(/\s+/g, ' ')
}));

describe('un mot par notion, celui du glossaire', () => {
	it.each(FORBIDDEN.map(([said, instead, but]) => ({ said, instead, but })))(
		'$said ne s’écrit plus : « $instead »',
		({ said, but }) => {
			const found = sources.filter(({ path, text }) => !but?.test(path) && said.test(text));
			expect(found.map(({ path, text }) => `${path} : ${said.exec(text)![0]}`)).toEqual([]);
		}
	);

	it('la légende, les cases et le glossaire disent les réponses des mêmes mots', () => {
		const { termes } = loadReferentiel().glossaire;
		const said = termes.find((t) => t.id === 'couverture')!.definition.toLocaleLowerCase('fr');
		const legend = readFileSync('src/lib/ui/Legend.svelte', 'utf8');
		for (const word of Object.values(COVERAGE_LABEL)) {
			expect(said).toContain(word);
			expect(legend).toContain(word);
		}
	});

	it('les degrés d’atteinte se disent comme au glossaire', () => {
		const { termes } = loadReferentiel().glossaire;
		const atteinte = termes.find((t) => t.id === 'atteinte')!.definition.toLocaleLowerCase('fr');
		for (const word of Object.values(LEVEL_LABEL)) expect(atteinte).toContain(word);
	});

	it('lit bien les pages, les phrases et les règles', () => {
		const all = sources.map(({ text }) => text).join(' ');
		for (const kept of ['structurante ou de service', 'sans aucune action', 'à décider', 'fermerait une lacune'])
			expect(all).toContain(kept);
	});
});
