import { expect, it } from 'vitest';
import { columnWidths } from '../../src/lib/server/exports/docx-widths';

/* Tables of the roadmap in Word: a page is as wide as it is, and the longest texts are those that need it. */

const PAGE = 14838;
const COST = '1\u202f201\u202f597,60\u00a0€';
const column = (titre: string, texte: string, aRemplir = false) => ({
	...{ titre, aRemplir },
	textes: Array.from({ length: 8 }, () => texte)
});
const lines = (texte: string, width: number) => Math.ceil((texte.length * 112) / (width - 200));

it('un long intitulé d’action prend la largeur que des colonnes courtes ne remplissent pas', () => {
	const action =
		'Construction d’une maison de la cohésion sociale et des solidarités au cœur du quartier, avec la ville';
	const columns = [
		column('Action', action),
		column('Enjeux', 'Bâtiments publics, écoles ; Éducation'),
		column('Lien au quartier', 'couvre la commune'),
		column('Pilote ou porteur', 'Bruay-sur-l’Escaut'),
		column('Calendrier', '2019'),
		column('Coût HT', COST),
		column('Jalons à 24 mois', '', true),
		column('Origine', 'Subventions DPV [3] ligne 2307')
	];
	const widths = columnWidths(columns, PAGE);
	expect(widths[0]).toBe(Math.max(...widths));
	expect(lines(action, widths[0]!)).toBeLessThanOrEqual(4);
	// No column holds more lines than the one that asks for the room.
	for (const [i, { textes }] of columns.entries())
		expect(lines(textes[0]!, widths[i]!)).toBeLessThanOrEqual(lines(action, widths[0]!));
	// A figure stays on one line, and there is room to write.
	expect(lines(COST, widths[5]!)).toBe(1);
	expect(widths[6]).toBeGreaterThanOrEqual(13 * 112);
});

it('la somme tient dans la page, qu’il y ait peu de texte, trop de colonnes, ou aucune ligne', () => {
	const sum = (columns: Parameters<typeof columnWidths>[0]) => columnWidths(columns, PAGE).reduce((a, b) => a + b, 0);
	expect(sum([column('Indicateur', 'Taux de pauvreté'), column('Quartier', '40')])).toBeGreaterThan(PAGE - 200);
	for (const columns of [
		Array.from({ length: 12 }, (_, i) => column(`Colonne ${i}`, 'anticonstitutionnellement parlant')),
		[column('Action', 'x'.repeat(900)), column('Coût', '1')],
		[{ titre: 'Vide', aRemplir: false, textes: [] }]
	])
		expect(sum(columns)).toBeLessThanOrEqual(PAGE);
	const [indicateur, quartier] = columnWidths(
		[column('Indicateur', 'Taux de pauvreté'), column('Quartier', '40')],
		PAGE
	);
	expect(indicateur).toBeGreaterThan(quartier!);
	expect(quartier).toBeGreaterThan(1000);
});

it('ne coupe aucun mot court, même dans une police plus large : « moyenne », « PCAET »', () => {
	// 9 points of a wide font: an average letter takes 6 points, and a cell loses its margins.
	const fits = (word: string, width: number) => word.length * 6 * 20 <= width - 160;
	const widths = columnWidths(
		[column('Gravité', 'moyenne'), column('PCAET', '6'), column('Constat', 'Le droit commun n’arrive pas. '.repeat(8))],
		PAGE
	);
	expect([fits('moyenne', widths[0]!), fits('PCAET', widths[1]!)]).toEqual([true, true]);
});
