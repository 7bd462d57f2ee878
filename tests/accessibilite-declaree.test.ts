import { readdirSync, readFileSync } from 'node:fs';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { declaration, readAccessibility } from '../src/lib/server/accessibility';
import { STANDARD } from './e2e/axe-rules';

/* The statement says what is checked, no more: what axe looks at, what a test does, and what nobody has looked at. */

const file = declaration();
/** Criteria of each theme of the RGAA 4.1. */
const CRITERIA = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12];

/** Criteria of the RGAA that the rules played on every page look at; axe leaves out what it calls experimental. */
const seenByAxe = axe
	.getRules(STANDARD)
	.filter(({ tags }) => !tags.includes('experimental') && !tags.includes('deprecated'))
	.flatMap(({ tags }) => tags.flatMap((tag) => /^RGAA-(\d+\.\d+)\./.exec(tag)?.[1] ?? []));

const inOrder = (list: readonly string[]) =>
	[...new Set(list)].sort(
		(a, b) => Number(a.split('.')[0]) - Number(b.split('.')[0]) || Number(a.split('.')[1]) - Number(b.split('.')[1])
	);

describe('la déclaration d’accessibilité', () => {
	it('a les 13 thèmes et les 106 critères du RGAA 4.1, chacun dit une fois : contrôlé, sans objet ou non contrôlé', () => {
		const { themes, total } = readAccessibility({});
		expect(themes.map((t) => t.total)).toEqual(CRITERIA);
		expect(total).toBe(106);
		for (const t of themes) {
			const said = new Set([...t.automatique, ...t.essaye, ...t.sansObjet, ...t.reste]);
			expect(inOrder([...said])).toEqual(Array.from({ length: t.total }, (_, i) => `${t.numero}.${i + 1}`));
			for (const c of t.sansObjet) expect([...t.automatique, ...t.essaye, ...t.reste]).not.toContain(c);
			for (const c of t.reste) expect([...t.automatique, ...t.essaye]).not.toContain(c);
		}
	});

	it('ne dit contrôlés par axe que les critères que ses règles regardent, et les dit tous', () => {
		const nothing = file.themes.flatMap((t) => t.sans_objet);
		expect(file.themes.flatMap((t) => t.automatique)).toEqual(
			inOrder(seenByAxe).filter((criterion) => !nothing.includes(criterion))
		);
		expect(seenByAxe.length).toBeGreaterThan(30);
	});

	it('nomme pour chaque essai un test qui existe', () => {
		for (const { fichier, titre } of file.essais) {
			const titles = [...readFileSync(fichier, 'utf8').matchAll(/\btest\(\s*(['"`])(.*?)\1/gs)].map(
				([, , title]) => title!
			);
			expect(
				titles.filter((title) => title.includes(titre)),
				`${fichier} : ${titre}`
			).not.toEqual([]);
		}
	});

	it('dit l’axe qui est joué, et ne tient pour sans objet que ce qu’aucune page n’a', () => {
		expect(file.outils[0]).toContain(`axe-core ${axe.version.split('.').slice(0, 2).join('.')} `);
		const pages = readdirSync('src', { recursive: true, withFileTypes: true })
			.filter((f) => f.isFile() && f.name.endsWith('.svelte'))
			.map((f) => readFileSync(`${f.parentPath}/${f.name}`, 'utf8'));
		expect(pages.length).toBeGreaterThan(100);
		expect(pages.filter((text) => /<(?:iframe|frame|object|embed|video|audio)\b/.test(text))).toEqual([]);
	});

	it('sans audit, se dit non conforme, et ne tait ni une limite ni un recours', () => {
		const { etat, reste, limites } = readAccessibility({});
		expect(etat).toBe('non-conforme');
		expect(reste).toBeGreaterThan(0);
		expect(limites.join(' ')).toContain('lecteur d’écran');
		expect(readFileSync('src/routes/accessibilite/+page.svelte', 'utf8')).toContain('Défenseur des droits');
	});

	it('le contact est celui de qui ouvre le service ; personne ne l’a dit, personne n’est inventé', () => {
		expect(readAccessibility({}).service).toEqual({ nom: null, contact: null, lien: null });
		const asked = (contact: string) => readAccessibility({ CROISEE_CONTACT_ACCESSIBILITE: contact }).service;
		expect(asked(' acces@agglo.example ')).toMatchObject({
			contact: 'acces@agglo.example',
			lien: 'mailto:acces@agglo.example'
		});
		expect(asked('https://agglo.example/contact').lien).toBe('https://agglo.example/contact');
		expect(asked('03 00 00 00 00')).toMatchObject({ contact: '03 00 00 00 00', lien: null });
	});

	it('les deux variables sont écrites dans le mode d’emploi', () => {
		const readme = readFileSync('README.md', 'utf8');
		for (const name of ['CROISEE_ORGANISME', 'CROISEE_CONTACT_ACCESSIBILITE']) expect(readme).toContain(`\`${name}\``);
	});
});
