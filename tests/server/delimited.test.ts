import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { readWorkbook } from '../../src/lib/server/files/workbook';

const SHARED = new URL('../../../shared/data/', import.meta.url);

async function read(content: string | Uint8Array, name = 'plan.csv') {
	const bytes = typeof content === 'string' ? Buffer.from(content) : content;
	const workbook = await readWorkbook(new Uint8Array(bytes), name);
	if (isRefusal(workbook)) throw new Error(workbook.refus);
	return { rows: workbook.sheets[0]!.rows, lecture: workbook.lecture, workbook };
}

describe('un CSV est lu quel que soit l’outil qui l’a écrit', () => {
	const french = 'Titre;Coût\nŒuvre d’été;1 200 €\n';

	it.each([
		['UTF-8', Buffer.from(french)],
		['UTF-8 (avec BOM)', Buffer.from(`\ufeff${french}`)],
		['Windows-1252', iconv.encode(french, 'windows-1252')],
		['UTF-16', iconv.encode(french, 'utf-16le', { addBOM: true })]
	])('en %s, sans perdre €, œ ni ’', async (encodage, bytes) => {
		const { rows, lecture } = await read(bytes);
		expect(rows).toEqual([
			['Titre', 'Coût'],
			['Œuvre d’été', '1 200 €']
		]);
		expect(lecture).toEqual({ encodage, separateur: 'point-virgule' });
	});

	it.each([
		[';', 'point-virgule'],
		[',', 'virgule'],
		['\t', 'tabulation'],
		['|', 'barre verticale']
	])('séparé par « %s »', async (sign, separateur) => {
		const { rows, lecture } = await read(['Titre', 'Porteur'].join(sign) + '\n' + ['Isoler', 'Ville'].join(sign));
		expect(rows).toEqual([
			['Titre', 'Porteur'],
			['Isoler', 'Ville']
		]);
		expect(lecture?.separateur).toBe(separateur);
	});

	it('les virgules et les points-virgules des textes ne trompent pas', async () => {
		const semi =
			'Plan d’actions, version de 2024\n\nTitre;Descriptif\nIsoler;murs, toits, sols\nPlanter;haies, arbres\n';
		expect((await read(semi)).lecture?.separateur).toBe('point-virgule');
		const comma = 'titre,partenaires\n"Isoler","ADEME;Région;CAF"\n"Planter","ONF;CEN"\n';
		expect((await read(comma)).rows[1]).toEqual(['Isoler', 'ADEME;Région;CAF']);
	});

	it('les guillemets protègent retours à la ligne, séparateurs et guillemets, fins de ligne mêlées comprises', async () => {
		const { rows } = await read('Titre;Texte\n"a;b";"dit ""oui""\r\nà la ligne"\r\nc;d\n');
		expect(rows).toEqual([
			['Titre', 'Texte'],
			['a;b', 'dit "oui"\nà la ligne'],
			['c', 'd']
		]);
	});

	it('rien n’est changé en nombre, NULL et les vides sont vides, les lignes gardent leur numéro', async () => {
		const { rows } = await read('dep;commune;montant\n02;NULL;42885\n\n ;02001;\n');
		expect(rows).toEqual([['dep', 'commune', 'montant'], ['02', null, '42885'], [], [null, '02001']]);
	});

	it('la ligne « sep=; » d’un export n’est pas une ligne', async () => {
		expect((await read('sep=,\nTitre,Texte\nx,"a;b;c"\n')).rows[0]).toEqual(['Titre', 'Texte']);
	});

	it('une seule colonne reste une seule colonne', async () => {
		expect((await read('levier\nÉlevage durable\nSobriété\n')).rows).toEqual([
			['levier'],
			['Élevage durable'],
			['Sobriété']
		]);
	});

	it('un texte illisible est refusé avec un conseil', async () => {
		const result = await readWorkbook(
			Uint8Array.from({ length: 500 }, (_, i) => i % 32),
			'x.csv'
		);
		expect(result).toMatchObject({
			refus: expect.stringContaining('ni un classeur'),
			conseil: expect.stringContaining('.xlsx')
		});
	});

	it('des barres verticales dans une cellule entre guillemets ne séparent rien', async () => {
		const table = [
			[',\n', 'a', '||'],
			['b', 'c', '|| |']
		];
		const text = table.map((row) => row.map((cell) => `"${cell}"`).join(';')).join('\r\n');
		expect((await read(text)).rows).toEqual(table);
	});

	it('ce qui est écrit avec des guillemets est relu à l’identique', async () => {
		const cell = fc.stringMatching(/^[a-zA-Zé;,|" \n0-9]{1,15}$/).filter((t) => t.trim() !== '' && t !== 'NULL');
		const quote = (text: string) => `"${text.replace(/"/g, '""')}"`;
		await fc.assert(
			fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 2, maxLength: 8 }), async (table) => {
				const text = table.map((row) => row.map(quote).join(';')).join('\r\n');
				expect((await read(`\ufeff${text}`)).rows).toEqual(table);
			}),
			{ numRuns: 300 }
		);
	});
});

describe.skipIf(!existsSync(SHARED))('les fichiers publics réels', () => {
	const file = (path: string) => readFileSync(new URL(path, SHARED));

	it.each([
		['plans/pcaet/Fiches_Action.hauts-de-france.csv', 38, 'UTF-8 (avec BOM)', 'point-virgule'],
		['plans/plh/plh_programmes_actions_hdf.csv', 26, 'UTF-8 (avec BOM)', 'point-virgule'],
		['plans/referentiel/perimetre-epci-a-fp.hauts-de-france.csv', 3760, 'Windows-1252', 'point-virgule'],
		['funding/fonds_vert/fonds-vert-2023-export.hauts-de-france.csv', 693, 'UTF-8', 'point-virgule'],
		['funding/fonds_vert/fonds_vert_2023_source.hauts-de-france.csv', 693, 'UTF-8', 'virgule'],
		[
			'funding/dgcl_dotations/dgcl-liste-projets-dotations-investissement-local-2024.hauts-de-france.csv',
			2113,
			'UTF-8 (avec BOM)',
			'point-virgule'
		]
	])('%s', async (path, lines, encodage, separateur) => {
		const { rows, lecture } = await read(file(path), path);
		expect(rows).toHaveLength(lines);
		expect(lecture).toEqual({ encodage, separateur });
		const width = rows[0]!.length;
		expect(rows.filter((row) => row.length > width)).toEqual([]);
	});

	it('les deux formes du Fonds vert disent la même chose, zéros initiaux mis à part', async () => {
		const a = (await read(file('funding/fonds_vert/fonds-vert-2023-export.hauts-de-france.csv'))).rows;
		const b = (await read(file('funding/fonds_vert/fonds_vert_2023_source.hauts-de-france.csv'))).rows;
		expect(a.map((row) => row[8])).toEqual(b.map((row) => row[8]));
		expect([a[1]![1], b[1]![1]]).toEqual(['2', '02']);
		expect([a[1]![3] ?? null, b[1]![3] ?? null]).toEqual([null, null]);
	});
});
