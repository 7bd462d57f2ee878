import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readOds, readXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import type { Workbook } from '../../src/lib/domain/import/sheet';
import { readWorkbook } from '../../src/lib/server/files/workbook';
import {
	ods,
	odsBomb,
	odsRow,
	odsWithTail,
	ole2,
	writeSample,
	xlsx,
	xlsxBomb,
	xlsxLiar,
	zip
} from '../fixtures/classeurs.build';

const PCAET = new URL('../../../shared/data/plans/pcaet/', import.meta.url);

async function read(bytes: Uint8Array, name = 'plan.xlsx'): Promise<Workbook> {
	const workbook = await readWorkbook(bytes, name);
	if (isRefusal(workbook)) throw new Error(workbook.refus);
	return workbook;
}

describe('un classeur rend ses cellules comme on les voit', () => {
	const rows = [
		['Titre', 'Budget', 'Début', 'Fait', 'Code'],
		['Isoler l’école\nde la Gare', 0, new Date(Date.UTC(2025, 2, 12)), true, '02'],
		[null, 12000.5, null, false, '']
	];
	const expected = [
		['Titre', 'Budget', 'Début', 'Fait', 'Code'],
		['Isoler l’école\nde la Gare', 0, '2025-03-12', true, '02'],
		[null, 12000.5, null, false]
	];

	it('en XLSX', async () => {
		const workbook = await read(await writeSample(rows));
		expect(workbook).toMatchObject({ format: 'xlsx', fichier: 'plan.xlsx', lecture: null });
		expect(workbook.sheets).toEqual([{ nom: 'Actions', masquee: false, rows: expected }]);
	});

	it('en ODS, quel que soit le nom du fichier', async () => {
		const workbook = await read(await writeSample(rows, 'ods'), 'plan.xlsx');
		expect(workbook.format).toBe('ods');
		expect(workbook.sheets[0]!.rows).toEqual(expected);
	});

	it('une année tapée dans une case de date redevient une année', async () => {
		const workbook = await read(await writeSample([['Fin'], [new Date(Date.UTC(1905, 6, 17))]]));
		expect(workbook.sheets[0]!.rows[1]).toEqual([2025]);
	});

	it('les lignes sautées gardent leur numéro, une formule donne sa dernière valeur', async () => {
		const bytes = xlsx(
			'<row r="1"><c r="A1" t="inlineStr"><is><t>Titre</t></is></c></row><row r="4"><c r="B4"><f>1+1</f><v>2</v></c><c r="C4"><f>A1</f></c></row>'
		);
		expect((await read(bytes)).sheets[0]!.rows).toEqual([['Titre'], [], [], [null, 2]]);
	});

	it('une feuille masquée est dite, en XLSX comme en ODS', async () => {
		const styles =
			'<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>';
		const workbook = await read(
			ods(
				`<table:table table:name="A" table:style-name="ta1">${odsRow('x')}</table:table><table:table table:name="B" table:style-name="ta2">${odsRow('y')}</table:table>`,
				styles
			)
		);
		expect(workbook.sheets.map((s) => [s.nom, s.masquee])).toEqual([
			['A', false],
			['B', true]
		]);
	});

	it('les lignes groupées, les en-têtes répétés et les commentaires d’un ODS ne décalent rien', async () => {
		const workbook = await read(
			ods(
				`<table:table table:name="A"><table:table-header-rows>${odsRow('Titre')}</table:table-header-rows><table:table-row-group>${odsRow('Un')}<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation><text:p>De<text:s text:c="2"/>ux</text:p><text:p>&amp; trois</text:p></table:table-cell></table:table-row></table:table-row-group></table:table>`
			)
		);
		expect(workbook.sheets[0]!.rows).toEqual([['Titre'], ['Un'], ['De  ux\n& trois']]);
	});

	it('un million de lignes vides en fin d’ODS ne coûtent rien', async () => {
		const workbook = await read(odsWithTail());
		expect(workbook.sheets[0]!.rows).toEqual([
			['Titre', 'Porteur'],
			['Isoler', 'Ville']
		]);
	});

	it('ce qui est écrit est relu, dans les deux formats', async () => {
		const cell = fc.oneof(
			fc.stringMatching(/^[a-zé€œ’ 0-9;,"<&]{1,12}$/).filter((text) => text.trim() === text && text !== ''),
			fc.integer({ min: -1e9, max: 1e9 }),
			fc.boolean(),
			fc.constant(null)
		);
		const grid = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(grid, fc.constantFrom('xlsx' as const, 'ods' as const), async (written, format) => {
				const clean = written.map((row) => row.slice(0, row.findLastIndex((c) => c !== null) + 1));
				const kept = clean.slice(0, clean.findLastIndex((row) => row.length > 0) + 1);
				if (kept.length === 0) return;
				const workbook = await read(await writeSample(written, format));
				expect(workbook.sheets[0]!.rows).toEqual(kept);
			}),
			{ numRuns: 40 }
		);
	});
});

describe('un fichier qu’on ne peut pas lire est refusé en une phrase, avec un conseil', () => {
	const page = '<!DOCTYPE html><html><body><table><tr><td>Titre</td></tr></table></body></html>';
	const encryptedOds = ods('', '', [{ name: 'META-INF/manifest.xml', data: '<manifest:encryption-data/>' }]);
	const noise = Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919 + ((i * i) % 251)) % 256);

	it.each<[string, () => Uint8Array | Promise<Uint8Array>, RegExp]>([
		['un fichier vide', () => new Uint8Array(0), /vide/],
		['un classeur sans données', () => writeSample([[null]]), /aucune donnée/],
		['un ancien .xls sans contenu', () => ole2('Workbook'), /abîmé/],
		['un XLSX chiffré', () => ole2('EncryptedPackage'), /mot de passe/],
		['un .doc', () => ole2('WordDocument'), /Word/],
		['un ODS chiffré', () => encryptedOds, /mot de passe/],
		['un zip chiffré', () => zip([{ name: 'xl/workbook.xml', data: 'x', encrypted: true }]), /mot de passe/],
		['un PDF', () => Buffer.from('%PDF-1.7\n…'), /PDF/],
		[
			'un DOCX dont le texte n’est pas du XML',
			() =>
				zip([
					{ name: '[Content_Types].xml', data: 'x' },
					{ name: 'word/document.xml', data: 'x' }
				]),
			/document est abîmé/
		],
		[
			'un .xlsb',
			() =>
				zip([
					{ name: '[Content_Types].xml', data: 'x' },
					{ name: 'xl/workbook.bin', data: 'x' }
				]),
			/xlsb/
		],
		['une archive quelconque', () => zip([{ name: 'plan.txt', data: 'x' }]), /archive/],
		['une page web nommée .xlsx', () => Buffer.from(page), /page web/],
		['un zip coupé', async () => (await writeSample([['Titre'], ['x']])).slice(0, 900), /incomplet ou abîmé/],
		['des octets au hasard', () => noise, /ni un classeur ni un tableau/],
		['un XLSX au contenu cassé', () => xlsx('<row r="1"><c r="A1"><v>1</v></c><<<'), /abîmé|aucune donnée/],
		['une bombe ODS de 17 milliards de cellules', odsBomb, /trop de cellules/],
		['une bombe XLSX', xlsxBomb, /décompressé/],
		['une archive qui ment sur sa taille', xlsxLiar, /incomplet ou abîmé/]
	])('%s', async (_, build, reason) => {
		const bytes = await build();
		const started = performance.now();
		const refusal = await readWorkbook(new Uint8Array(bytes), 'plan.xlsx');
		expect(refusal).toMatchObject({ refus: expect.stringMatching(reason) });
		if (isRefusal(refusal)) {
			expect(refusal.refus).toMatch(/^[A-ZÀ-Ý].*\.$/);
			expect(refusal.conseil).toMatch(/^[A-ZÀ-Ý].*\.$/);
		}
		expect(performance.now() - started).toBeLessThan(5_000);
	});

	it('des entités qui se multiplient ne sont pas développées', async () => {
		const bomb = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(500)}"><!ENTITY b "&a;&a;&a;&a;">]>`;
		const bytes = zip([
			{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet' },
			{
				name: 'content.xml',
				data: `${bomb}<office:body><table:table table:name="A">${odsRow('&b;')}</table:table></office:body>`
			}
		]);
		const text = JSON.stringify(await readWorkbook(bytes, 'x.ods'));
		expect(text.length).toBeLessThan(3_000);
	});

	it('n’importe quels octets donnent un classeur ou un refus, jamais une exception', async () => {
		const start = fc.constantFrom('', 'PK\u0003\u0004', '{', '[{', '<', '%PDF', 'a;b\n');
		await fc.assert(
			fc.asyncProperty(start, fc.uint8Array({ maxLength: 300 }), async (head, tail) => {
				const result = await readWorkbook(new Uint8Array(Buffer.concat([Buffer.from(head, 'latin1'), tail])), 'x');
				expect(isRefusal(result) || result.sheets.length > 0).toBe(true);
			})
		);
	});

	it('un classeur abîmé n’importe où ne fait rien tomber', async () => {
		const good = await writeSample([
			['Titre', 'Budget'],
			['Isoler', 12]
		]);
		await fc.assert(
			fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (at, byte) => {
				const bytes = new Uint8Array(good);
				bytes[at] = byte;
				await readWorkbook(bytes, 'x.xlsx');
			}),
			{ numRuns: 60 }
		);
	});
});

describe.skipIf(!existsSync(PCAET))('les classeurs réels', () => {
	it.each(['cc-nievre-et-somme_plan-actions_format-TeT.xlsx', 'TeT_modele-import-pa.xlsx', 'TeT_modele-import-pa.ods'])(
		'%s se lit comme avec un autre lecteur',
		async (name) => {
			const bytes = new Uint8Array(readFileSync(new URL(name, PCAET)));
			const workbook = await read(bytes, name);
			const other = name.endsWith('.ods') ? await readOds(bytes) : await readXlsx(bytes);
			expect(workbook.sheets.map((s) => s.nom)).toEqual(other.sheets.map((s) => s.name));
			other.sheets.forEach((sheet, i) => {
				const mine = workbook.sheets[i]!.rows;
				sheet.rows.forEach((row, r) =>
					row.forEach((cell, c) => {
						const value = cell instanceof Date ? cell.toISOString().slice(0, 10) : cell;
						const text = typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : value;
						expect(mine[r]?.[c] ?? null).toEqual(typeof text === 'string' && text.trim() === '' ? null : text);
					})
				);
			});
		}
	);
});
