import { beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import type { Territory } from '../../src/lib/domain/territory';
import { chooseTerritory } from '../../src/lib/server/choose-territory';
import { open, type Db } from '../../src/lib/server/db/client';

let db: Db;
beforeEach(async () => {
	db = await open(':memory:');
});

const chosen = async (words: string) => (await chooseTerritory(db, words)) as Territory;
const refused = async (words: string) => {
	const answer = await chooseTerritory(db, words);
	return isRefusal(answer) ? `${answer.refus} ${answer.conseil}` : `accepté : ${answer.nom}`;
};

describe('le territoire se choisit avec les mots que l’on a', () => {
	it.each(['245901160', 'CA Valenciennes Métropole (245901160)', 'Valenciennes Métropole', '245 901 160'])(
		'« %s »',
		async (words) => {
			expect((await chosen(words)).code).toBe('245901160');
		}
	);

	it('un groupe de communes, par noms ou par codes, avec ou sans titre', async () => {
		const group = await chosen('Ouest du Hainaut : Denain, Lourches ; 59205');
		expect(group).toMatchObject({ nom: 'Ouest du Hainaut', genre: 'groupe', region: '32' });
		expect(group.communes.map((c) => c.code).sort()).toEqual(['59172', '59205', '59361']);
		expect((await chosen('Denain, Lourches')).nom).toContain('Denain et Lourches');
	});

	it('un même groupe demandé deux fois reste un', async () => {
		expect((await chosen('Denain, Lourches')).code).toBe((await chosen('Denain, Lourches')).code);
	});

	it('un nom inconnu, plusieurs homonymes ou rien : une phrase et quoi faire', async () => {
		expect(await refused('Trifouillis-les-Oies')).toMatch(/n’est pas reconnu.*SIREN/);
		expect(await refused('Denain, Trifouillis-les-Oies')).toMatch(/Trifouillis-les-Oies.*n’est pas reconnue.*INSEE/);
		expect(await refused('Denain, Saint-Denis')).toMatch(/communes s’appellent.*code INSEE/);
		expect(await refused('  ')).toMatch(/Indiquez le territoire/);
	});
});
