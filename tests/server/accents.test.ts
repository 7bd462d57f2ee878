import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { readDelimited } from '../../src/lib/server/files/delimited';

/* The accents of a text written by an old or a clumsy program. */

const TEXTE =
	'Action;Porteur;Coût total;État\nRénovation de l’école à côté du lavoir;Mairie;12 000 €;Réalisé\nVégétalisation où l’été brûle;Ville;8 000 €;À venir\n';

function lu(bytes: Uint8Array) {
	const read = readDelimited(bytes, 'plan.csv');
	if (isRefusal(read)) throw new Error(read.refus);
	const { rows } = read.sheets[0]!;
	return { rows, encodage: read.lecture?.encodage, dit: (read.issues ?? []).map((i) => i.message) };
}
const sans = (text: string) => text.replaceAll('’', "'").replaceAll('€', 'EUR');

describe('les accents d’un fichier texte', () => {
	it.each(['cp850', 'macroman'])('se lisent dans l’ancien codage %s, et c’est dit', (codage) => {
		const read = lu(iconv.encode(sans(TEXTE), codage));
		expect(read.rows[0]).toEqual(['Action', 'Porteur', 'Coût total', 'État']);
		expect(read.rows[1]![0]).toBe("Rénovation de l'école à côté du lavoir");
		expect(read.dit.join()).toMatch(/Ce fichier est codé en (DOS|Mac)/);
	});

	it('abîmés par une double conversion sont rétablis, et c’est dit', () => {
		const twice = new TextEncoder().encode(iconv.decode(Buffer.from(TEXTE), 'windows-1252'));
		const read = lu(twice);
		expect(read.rows).toEqual(lu(new TextEncoder().encode(TEXTE)).rows);
		expect(read.dit.join()).toMatch(/étaient abîmés.*ils sont rétablis/);
	});

	it('trop abîmés pour être rétablis font refuser le fichier, en disant quoi faire', () => {
		const lost = TEXTE.replaceAll('é', 'Ã©').replaceAll('à', 'Ã\ufffd');
		const read = readDelimited(new TextEncoder().encode(lost), 'plan.csv');
		expect(isRefusal(read) && read.refus).toMatch(/UTF-8 relu comme du Windows-1252/);
		expect(isRefusal(read) && read.conseil).toMatch(/xlsx/);
	});

	it.each(['utf-8', 'windows-1252'])('ordinaires, en %s, se lisent sans rien en dire', (codage) => {
		const read = lu(iconv.encode(TEXTE, codage));
		expect(read.rows[1]![0]).toBe('Rénovation de l’école à côté du lavoir');
		expect(read.dit).toEqual([]);
		expect(lu(iconv.encode('Action;Coût – TTC\nCafé “du coin” – été…;12 €\n', codage)).dit).toEqual([]);
	});
});
