import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lire } from './lire-un-tableau';

/* A cell of financings: the number that ends the name of a fund is no money, and no money is lost. */

const ENTETES = ['Réf', 'Action', 'Pilote', 'Budget', 'Financeurs'];

/** What one cell says: each line with its amount, and what the report says of it. */
async function dit(cellule: string, entete = 'Financeurs') {
	const entetes = [...ENTETES.slice(0, 4), entete];
	// The column is known by several cells, as in a file.
	const autres = ['Ville de Lens', 'Département du Nord', 'Ville'].map((f, i) => [`A${i}`, `Action ${i}`, 'x', '', f]);
	const { actions, anomalies } = await lire([entetes, ['F1', 'Jardin partagé', 'x', '', cellule], ...autres]);
	return {
		lignes: actions[0]!.financements.map((l) => [l.libelle, l.obtenu ?? l.demande] as const),
		dispositifs: actions[0]!.financements.map((l) => l.dispositif),
		anomalies: anomalies.filter((i) => i.where.row === 2)
	};
}

describe('un fonds dont le nom finit par un nombre garde son nom et son montant', () => {
	it.each<[string, (readonly [string, number | null])[]]>([
		[
			'BOP 147 15 000 € ; Département 15 000 €',
			[
				['BOP 147', 15_000],
				['Département', 15_000]
			]
		],
		[
			'P147 15 000 €, CAF 15 000 €',
			[
				['P147', 15_000],
				['CAF', 15_000]
			]
		],
		[
			'Fonds vert 2026 500 000 € ; Ville 700 000 €',
			[
				['Fonds vert 2026', 500_000],
				['Ville', 700_000]
			]
		],
		[
			'BOP147 : 10k€ / Ville : 20k€',
			[
				['BOP147', 10_000],
				['Ville', 20_000]
			]
		],
		[
			'FEDER 2021-2027 : 10 000 € ; Ville : 20 000',
			[
				['FEDER 2021-2027', 10_000],
				['Ville', 20_000]
			]
		],
		['FEDER 2021-2027 1 500 000 €', [['FEDER 2021-2027', 1_500_000]]],
		['P147 500 000 €', [['P147', 500_000]]],
		['BOP 147 500 000 €', [['BOP 147', 500_000]]],
		['France 2030 1,2 M€', [['France 2030', 1_200_000]]],
		['CD 62 : 15\u00a0000\u202f€', [['CD 62', 15_000]]],
		[
			'Fonds vert 2026\u00a0: 1.200.000 € HT\nVille 15000€',
			[
				['Fonds vert 2026', 1_200_000],
				['Ville', 15_000]
			]
		],
		['DPV / DSIL : 20 000 €', [['DPV / DSIL', 20_000]]],
		['Ville (15 000 €)', [['Ville', 15_000]]]
	])('%s', async (cellule, attendu) => {
		const { lignes, anomalies } = await dit(cellule);
		expect(lignes).toEqual(attendu);
		expect(anomalies).toEqual([]);
	});

	it('et son dispositif est reconnu', async () => {
		const { dispositifs } = await dit('BOP 147 15 000 € ; Fonds vert 2026 500 000 €');
		expect(dispositifs[0]).toBe((await dit('BOP 147')).dispositifs[0]);
		expect(dispositifs[0]).not.toBeNull();
		expect(dispositifs[1]).toBe('fonds-vert');
	});
});

describe('ce qui se lit de deux façons garde son texte, et se dit', () => {
	it.each([
		// 62 500 000 € for the CD, or 500 000 € for the CD 62.
		'CD 62 500 000 €',
		'Programme 123 500 000 €',
		'FEDER axe 4 200 000 €',
		'Région 10 000 € en 2025 puis 20 000 € en 2026',
		'Fonds vert 40 % de 30 000 €',
		'Ville : 120 € / logement',
		'Ville : 20 000 € Région : 10 000 €'
	])('%s', async (cellule) => {
		const { lignes, anomalies } = await dit(cellule);
		const perdue = lignes.find(([, montant]) => montant === null);
		expect(perdue).toBeDefined();
		expect(cellule).toContain(perdue![0]);
		expect(anomalies).toMatchObject([
			{
				code: 'montant-illisible',
				severity: 'a-verifier',
				where: { sheet: expect.any(String), row: 2, column: 'Financeurs' },
				found: perdue![0]
			}
		]);
		expect(anomalies[0]!.message).toMatch(/^Ligne 2\u00a0: montant non lu dans «\u00a0/);
		expect(anomalies[0]!.hint).toMatch(/^Écrivez /);
	});

	it('l’anomalie dit les deux lectures', async () => {
		const { anomalies } = await dit('CD 62 500 000 €');
		expect(anomalies[0]!.message).toContain('62\u202f500\u202f000\u00a0€ ou 500\u202f000\u00a0€');
	});
});

describe('rien ne se perd en silence', () => {
	const NOMS = [
		...[
			'BOP 147',
			'P147',
			'BOP147',
			'Programme 147',
			'Fonds vert',
			'Fonds vert 2026',
			'FEDER 2021-2027',
			'France 2030'
		],
		...['DSIL', 'DSIL 2025', 'DETR', 'DPV', 'ANRU', 'ADEME', 'Anah', 'CAF', 'CAF du Nord', 'Département', 'Ville'],
		...['Région Hauts-de-France', 'Département du Pas-de-Calais', 'CPER 2021-2027', 'Ville de Saint-Vaast', 'Bailleur'],
		...['Prêt Banque des Territoires', 'Autofinancement', 'Quartiers 2030', 'Agence de l’eau Artois-Picardie', 'État']
	];
	const groupe = (n: number, espace: string): string => String(n).replace(/\B(?=(\d{3})+$)/g, espace);
	const nombre = fc.oneof(
		fc.integer({ min: 100, max: 4_000_000 }),
		fc.integer({ min: 1, max: 3_000 }).map((n) => n * 500),
		fc.integer({ min: 1, max: 400 }).map((n) => n * 5_000)
	);
	/** The usual French ways to write so many euros. */
	const ecrit = nombre.chain((n) =>
		fc
			.constantFrom(
				...[' ', '\u00a0', '\u202f'].map((e) => `${groupe(n, e)}${e}€`),
				`${n} €`,
				`${n}€`,
				`${groupe(n, ' ')} euros`,
				`${groupe(n, ' ')},00 €`,
				`${groupe(n, ' ')} € HT`,
				...(n >= 1_000 ? [`${groupe(n, '.')} €`] : []),
				...(n % 1_000 === 0 ? [`${n / 1_000} k€`, `${n / 1_000}k€`] : []),
				...(n % 100_000 === 0 ? [`${String(n / 1_000_000).replace('.', ',')} M€`] : [])
			)
			.map((texte) => ({ n, texte }))
	);
	const ligne = fc.record({
		nom: fc.constantFrom(...NOMS),
		montant: ecrit,
		lien: fc.constantFrom(' ', '\u00a0: ', ' : ', ': ', ' – ', ' = ', '|()')
	});
	const dire = ({ nom, montant, lien }: { nom: string; montant: { texte: string }; lien: string }): string =>
		lien === '|()' ? `${nom} (${montant.texte})` : `${nom}${lien}${montant.texte}`;

	it('une liste de financeurs et de montants rend les mêmes montants, ou dit lequel n’est pas lu', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(ligne, { minLength: 1, maxLength: 5, selector: (l) => l.nom }),
				fc.constantFrom(' ; ', '; ', '\n', ', ', ' / ', ' | '),
				async (liste, joint) => {
					const { lignes, anomalies } = await dit(liste.map(dire).join(joint));
					const lus = new Map(lignes);
					const dits = anomalies.filter((i) => i.code === 'montant-illisible').map((i) => i.found);
					for (const l of liste) if (!dits.includes(dire(l))) expect(lus.get(l.nom), dire(l)).toBe(l.montant.n);
					// Whatever takes a colon or a bracket has one reading.
					for (const l of liste) if (l.lien !== ' ') expect(dits).not.toContain(dire(l));
				}
			),
			{ numRuns: 150, seed: 20_261_130 }
		);
	});

	it('un financeur cité deux fois dans une cellule est additionné : le total y est', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(ligne, { minLength: 1, maxLength: 6 }), async (liste) => {
				const clair = liste.map((l) => ({ ...l, lien: ' : ' }));
				const { lignes } = await dit(clair.map(dire).join(' ; '));
				const total = lignes.reduce((somme, [, montant]) => somme + (montant ?? 0), 0);
				expect(total).toBe(clair.reduce((somme, l) => somme + l.montant.n, 0));
			}),
			{ numRuns: 80, seed: 20_261_130 }
		);
	});

	/** A percentage is no amount, and no one takes it for one. */
	const ditDeLArgent = (texte: string): boolean => /\d/.test(texte.replace(/\d+ ?%/g, '')) && /€|euros/.test(texte);

	it('une cellule qui porte un chiffre et une monnaie donne un montant, ou une anomalie', async () => {
		const mot = fc.constantFrom(
			...[
				'BOP 147',
				'Ville',
				'CD 62',
				'2026',
				'15 000',
				'500',
				'000',
				'1,2',
				'12/2027',
				'50 %',
				'entre',
				'à',
				'et',
				'/'
			],
			...[
				'€',
				'k€',
				'M€',
				'euros',
				':',
				';',
				',',
				'(',
				')',
				'-',
				'dont',
				'sur',
				'Région',
				'par an',
				'obtenu',
				'HT',
				'n°'
			]
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(mot, { minLength: 2, maxLength: 12 }).map((mots) => mots.join(' ')),
				async (cellule) => {
					fc.pre(ditDeLArgent(cellule));
					const { lignes, anomalies } = await dit(cellule);
					for (const [libelle, montant] of lignes)
						if (montant === null && ditDeLArgent(libelle)) expect(anomalies.map((i) => i.found)).toContain(libelle);
					if (lignes.every(([, montant]) => montant === null)) expect(anomalies, cellule).not.toEqual([]);
				}
			),
			{ numRuns: 300, seed: 20_261_130 }
		);
	});
});
