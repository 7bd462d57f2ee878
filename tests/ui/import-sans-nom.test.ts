import { render } from 'svelte/server';
import { expect, it } from 'vitest';
import ImportSigned from '../../src/lib/ui/ImportSigned.svelte';
import { UNSIGNED } from '../../src/lib/domain/unsigned';

/* An import is told apart by its day; who recorded it is said when somebody gave a name. */

const words = (props: { par: string; le: string; annule?: { par: string; le: string } }): string =>
	render(ImportSigned, { props })
		.body.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();

it.each([UNSIGNED, 'interface', 'ligne de commande'])(
	'un import que personne n’a signé donne d’abord son jour (%s)',
	(par) => {
		expect(words({ par, le: '2026-11-29' })).toBe('29/11/2026 personne n’a donné son nom');
	}
);

it('un import signé donne son jour, puis le nom, puis qui l’a annulé', () => {
	expect(words({ par: 'M. Saule', le: '2026-11-29', annule: { par: 'Mme Orme', le: '2026-11-30' } })).toBe(
		'29/11/2026 par M. Saule annulé par Mme Orme le 30/11/2026'
	);
});
