import { describe, expect, it } from 'vitest';
import type { UnresolvedPlace } from '../../src/lib/domain/crossing/place';
import { placeUnknown } from '../../src/lib/domain/rules/gap-unknown-place';
import { aPlaced } from '../fixtures/build';

/* « Son lieu n’est pas écrit » is false when the file names a place nobody could attach. */

const flat = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const at = (...places: UnresolvedPlace[]) => ({ ...aPlaced({}), nonRattaches: places });
const place = (texte: string, raison: UnresolvedPlace['raison'], ...noms: string[]): UnresolvedPlace => ({
	texte,
	raison,
	proches: noms.map((nom, i) => ({ code: `QNZZZ0${i}N`, nom }))
});

describe('une lacune qui attend un lieu dit ce que le fichier en dit', () => {
	it.each([
		['son lieu n’est pas écrit', [at()]],
		['leur lieu n’est pas écrit', [at(), at()]],
		[
			'son lieu, « Le Moulin », peut désigner Moulin Neuf ou Moulin Vieux',
			[at(place('Le Moulin', 'ambigu', 'Moulin Neuf', 'Moulin Vieux'))]
		],
		['son lieu, « Les Glicines », est peut-être les Glycines', [at(place('Les Glicines', 'proche', 'Les Glycines'))]],
		['son lieu, « Le Bourg », n’est pas reconnu', [at(place('Le Bourg', 'inconnu'))]],
		['leur lieu n’est pas écrit, ou pas reconnu', [at(), at(place('Le Bourg', 'inconnu'))]],
		['leur lieu n’est pas reconnu', [at(place('Le Bourg', 'inconnu')), at(place('La Côte', 'inconnu'))]]
	])('« %s »', (expected, actions) => {
		expect(flat(placeUnknown(actions))).toBe(expected);
	});

	it('« à préciser » n’est pas un lieu que l’on n’a pas reconnu', () => {
		const pasEncoreDit = new Set(['a preciser']);
		const later = (cell: string) => {
			const placed = aPlaced({ action: { quartiers: [cell] } });
			return { ...placed, reach: [{ quartier: 'QNZZZ01N', niveau: 'inconnu', par: 'rien', preuve: cell }] as const };
		};
		expect(flat(placeUnknown([later('à préciser')], { pasEncoreDit }))).toBe(
			'son lieu n’est pas écrit (« à préciser »)'
		);
		expect(flat(placeUnknown([later('Quartier à préciser'), later('À préciser')], { pasEncoreDit }))).toBe(
			'leur lieu n’est pas écrit'
		);
	});
});
