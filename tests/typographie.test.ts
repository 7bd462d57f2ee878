import { describe, expect, test } from 'vitest';
import { curly } from '../src/lib/domain/french';
import { readDismissal } from '../src/lib/domain/rules/gap-decisions';
import { territoryFromCog } from '../src/lib/server/cog';
import { aPlaced } from './fixtures/build';
import { find, Q, view } from './fixtures/gaps';

const SOURCES = import.meta.glob<string>('../src/**/*.{ts,svelte}', { query: '?raw', import: 'default', eager: true });
const PAGES = import.meta.glob<string>(['../README.md', '../docs/*.md'], {
	query: '?raw',
	import: 'default',
	eager: true
});

const ELISION = /(?<!\p{L})(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|aujourd)'\p{L}.{0,30}/giu;
/** Words of others: a header of Territoires en Transitions, and how a file may write an amount. */
const NOT_OURS = /^l'action', 'titre'|^l'action", 'titre'|^d'euros\)/;

const withoutComments = (code: string): string =>
	code.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(?<=^|\s)\/\/[^\n]*/g, '');
const withoutCode = (page: string): string => page.replace(/```[\s\S]*?```|`[^`]*`/g, '');
const straight = (text: string): string[] => [...text.matchAll(ELISION)].map(([found]) => found);

describe('l’apostrophe de ce que Croisée écrit', () => {
	test('est courbe dans chaque phrase du code', () => {
		expect(Object.keys(SOURCES).length).toBeGreaterThan(300);
		const found = Object.entries(SOURCES).flatMap(([file, code]) =>
			straight(withoutComments(code)).flatMap((words) => (NOT_OURS.test(words) ? [] : `${file} : ${words}`))
		);
		expect(found).toEqual([]);
	});

	test('est courbe dans le mode d’emploi et les décisions', () => {
		expect(Object.keys(PAGES)).toHaveLength(2);
		expect(
			Object.entries(PAGES).flatMap(([file, page]) => straight(withoutCode(page)).map((w) => `${file} : ${w}`))
		).toEqual([]);
	});

	test('une phrase à apostrophe droite est bien trouvée', () => {
		expect(straight("const dit = `Il manque l'adresse`;")).toHaveLength(1);
		expect(straight(withoutComments("const dit = 1; // l'essai"))).toHaveLength(0);
	});

	test('devient courbe dans les noms officiels, et seulement entre deux lettres', () => {
		expect(curly("Bruay-sur-l'Escaut, Faubourg D'Isle")).toBe('Bruay-sur-l’Escaut, Faubourg D’Isle');
		expect(curly("15' à pied, 'ici'")).toBe("15' à pied, 'ici'");
		const { nom, communes } = territoryFromCog('246200299')!;
		expect(nom).toBe('CA d’Hénin-Carvin');
		expect(territoryFromCog('245901152')!.nom).toBe('CA Coeur d’Ostrevent');
		expect(communes.map((c) => c.nom).filter((name) => name.includes("'"))).toEqual([]);
	});

	test('devient courbe dans la phrase d’une lacune, jamais dans un titre cité', () => {
		const nom = "Faubourg d'Isle";
		const [gap] = find('G01', 'enjeuSansReponse', view([], { quartiers: [{ code: Q as never, nom }] }));
		expect(gap!.message).toContain('Faubourg d’Isle');
		const titre = "Journée de l'eau";
		const led = aPlaced({ action: { titre, pilote: null }, atteinte: { [Q]: 'explicite' } });
		expect(find('G08', 'pilotageIncomplet', view([led]))[0]!.message).toContain(titre);
	});

	test('une décision prise sur des faits à apostrophe droite tient toujours', () => {
		const valeur = { etat: 'traitee', empreinte: ["Documents lus à l'échelle de Faubourg d'Isle"] };
		const decision = {
			id: 1,
			sujet: { genre: 'lacune', id: 'G01:x' },
			valeur,
			par: 'A',
			le: '2026-11-20',
			motif: null
		};
		const read = (fact: string) => readDismissal(decision as never, () => [fact], '2026-11-27');
		expect(read('Documents lus à l’échelle de Faubourg d’Isle').ecartee).not.toBeNull();
		expect(read('Documents lus à l’échelle de Neuville').aRevoir).not.toBeNull();
		const old = { ...decision, valeur: { etat: 'traitee', empreinte: ['PCAET, « Étendre le réseau » : nature N3'] } };
		expect(
			readDismissal(old as never, () => ['« Étendre le réseau » : nature N3'], '2026-11-27').ecartee
		).not.toBeNull();
		const said = ['PCAET · CA de Lys · 2019\u00a0: aucune colonne «\u00a0Coût\u00a0»'];
		const titled = { ...decision, valeur: { etat: 'traitee', empreinte: said } };
		const now = () => ['PCAET 2019 de Lys\u00a0: aucune colonne «\u00a0Coût\u00a0»'];
		expect(readDismissal(titled as never, now, '2026-11-27').ecartee).not.toBeNull();
	});
});
