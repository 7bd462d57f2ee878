import { describe, expect, it } from 'vitest';
import { authorOf, UNSIGNED } from '../../src/lib/domain/unsigned';
import { namesOf, nameOf, rememberName, signatureOf } from '../../src/lib/server/signature';

/* What nobody signed is said to be so, never by the way it came in; and it gives nobody a name. */

function jar(held?: string) {
	const kept = new Map(held === undefined ? [] : [['croisee-nom', held]]);
	return { get: (name: string) => kept.get(name), set: (name: string, value: string) => void kept.set(name, value) };
}

describe('ce que personne n’a signé', () => {
	it('se dit « une personne sans nom », aussi dans une base d’avant qui gardait « interface »', () => {
		expect(signatureOf(jar())).toBe('une personne sans nom');
		expect(authorOf('interface')).toBe('une personne sans nom');
		expect(authorOf('Awa Diallo')).toBe('Awa Diallo');
	});

	it('ne devient le nom de personne : le formulaire suivant reste vide', () => {
		for (const typed of [UNSIGNED, 'interface']) {
			const cookies = jar();
			expect(rememberName(cookies, typed)).toBe(typed);
			expect(nameOf(cookies)).toBe('');
			expect(nameOf(jar(typed))).toBe('');
		}
		const cookies = jar();
		expect(rememberName(cookies, '  Awa   Diallo ')).toBe('Awa Diallo');
		expect([nameOf(cookies), rememberName(cookies, '')]).toEqual(['Awa Diallo', 'Awa Diallo']);
	});

	it('chaque référent garde le sien dans le même navigateur, à part du nom des autres gestes', () => {
		const cookies = jar('Awa Diallo');
		rememberName(cookies, 'Nadia', 'transition');
		rememberName(cookies, 'Karim', 'ville');
		expect(namesOf(cookies)).toEqual({ transition: 'Nadia', ville: 'Karim' });
		expect(nameOf(cookies)).toBe('Awa Diallo');
		expect([rememberName(cookies, '', 'ville'), rememberName(jar('Awa Diallo'), '', 'ville')]).toEqual(['Karim', '']);
	});
});
