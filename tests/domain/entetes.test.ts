import { describe, expect, it } from 'vitest';
import { bilan, calibrage, corpus, verdicts } from '../entetes/mesure';

/* The headers of real files of the field, and the field each column carries: see tests/entetes/*.yaml. */

const lots = [
	// Share of the columns read right; share of the free columns given a field for nothing. Measured, and held.
	['reglage.yaml', 'la moitié sur laquelle la reconnaissance est mise au point', 0.995, 0.01],
	['controle.yaml', 'l’autre moitié, d’autres familles de fichiers', 0.985, 0.03],
	['neuf.yaml', 'un troisième lot, écrit après coup', 0.985, 0.03],
	['frais.yaml', 'un dernier lot, jamais regardé', 0.98, 0.2]
] as const;

describe.each(lots)('%s, %s', (fichier, _, part, faux) => {
	const all = corpus(fichier).flatMap(verdicts);
	const total = bilan(all);

	it(`au moins ${part * 100} % des colonnes qui portent un champ sont comprises`, () => {
		expect(total.part, `${total.justes} sur ${total.connues}\n${total.detail}`).toBeGreaterThanOrEqual(part);
	});

	it('une colonne qui ne porte aucun champ reste libre, ou va en notes', () => {
		expect(total.partFaux, `${total.faux} sur ${total.libres}\n${total.detail}`).toBeLessThanOrEqual(faux);
	});
});

describe('le corpus entier', () => {
	const all = ['reglage.yaml', 'controle.yaml', 'neuf.yaml', 'frais.yaml'].flatMap((fichier) =>
		corpus(fichier).flatMap(verdicts)
	);

	it('compte au moins soixante lignes d’en-têtes et six cents colonnes à champ', () => {
		expect(new Set(all.map((v) => v.source)).size).toBeGreaterThanOrEqual(60);
		expect(all.filter((v) => v.connu).length).toBeGreaterThanOrEqual(600);
	});

	it('une confiance est tenue : plus elle est haute, plus la colonne est juste', () => {
		for (const { de, a, lues, part } of calibrage(all))
			if (lues >= 10) expect(part, `confiance de ${de} à ${a}, ${lues} colonnes`).toBeGreaterThanOrEqual(de);
	});
});
