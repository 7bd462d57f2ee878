import { describe, expect, it } from 'vitest';
import { isTooHeavy, tooHeavy } from '../../src/lib/server/too-heavy';

describe('un envoi trop lourd', () => {
	it('se dit en une phrase : la limite, quoi faire, et où elle se relève', () => {
		const said = tooHeavy('64M');
		expect(said).toContain('(64\u00a0Mo)');
		expect(said).toContain('Apportez-les en plusieurs fois.');
		expect(said).toContain('BODY_SIZE_LIMIT');
		expect(tooHeavy('512K')).toContain('(512\u00a0ko)');
		expect(tooHeavy('Infinity'), 'une limite qui ne se lit pas ne s’invente pas').not.toContain('(');
	});

	it('n’est pas une faute de l’outil', () => {
		expect(isTooHeavy(new Error('Payload Too Large'), 413)).toBe(true);
		expect(isTooHeavy(Object.assign(new Error('Payload Too Large'), { status: 413 }), 500)).toBe(true);
		expect(isTooHeavy(new Error('autre chose'), 500)).toBe(false);
	});
});
