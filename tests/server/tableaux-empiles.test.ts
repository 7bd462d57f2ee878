import { writeXlsx } from 'hucre';
import { beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import { readPlan } from '../../src/lib/server/plans/import-reading';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* Several tables on one sheet, all invented: one under the other, side by side, headers on two rows. */

type Cell = string | number | null;
const ref = loadReferentiel();
let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
});

async function lu(rows: Cell[][]) {
	const bytes = await writeXlsx({ sheets: [{ name: 'Prog', rows }] });
	const read = await readPlan(db, ref, {
		...{ bytes, fichier: 'prog.xlsx', territoire: '246200364', plan: 'contrat-de-ville' }
	});
	if (isRefusal(read)) throw new Error(read.refus);
	const { lues, acceptees, rejetees, ignorees } = read.report;
	expect(lues).toBe(acceptees + rejetees + ignorees);
	return read;
}
const titres = ({ drafts }: Awaited<ReturnType<typeof lu>>) => drafts.map((d) => d.titre);
const dits = ({ report }: Awaited<ReturnType<typeof lu>>) => report.anomalies.map((a) => a.message).join('\n');

const TETE = ['Action', 'Porteur', 'Quartier(s)', 'Coût total', 'Statut'];
const LIGNES: Cell[][] = [
	['Verger de la Butte', 'Commune', 'La Butte', 12000, 'En cours'],
	['Halte-garderie mobile', 'Commune', 'Le Port', 8000, 'En cours']
];
const AUTRE = ['Quartier(s)', 'Intitulé de l’action', 'Structure', 'Montant', 'État'];

describe('deux tableaux l’un sous l’autre', () => {
	it('se lisent chacun par ses en-têtes, et le titre du second n’est pas une action', async () => {
		const read = await lu([
			...[['Programmation 2025'], TETE, ...LIGNES, [], ['Programmation 2026'], AUTRE],
			['Le Port', 'Atelier de soudure', 'Les Forges', 900, 'À venir'],
			['La Butte', 'Serre commune', 'Les Forges', 700, 'À venir']
		]);
		expect(titres(read)).toEqual([
			'Verger de la Butte',
			'Halte-garderie mobile',
			'Atelier de soudure',
			'Serre commune'
		]);
		expect(read.drafts.map((d) => d.budget?.euros)).toEqual([12000, 8000, 900, 700]);
		expect(read.drafts.map((d) => d.quartiers[0])).toEqual(['La Butte', 'Le Port', 'Le Port', 'La Butte']);
		expect(dits(read)).toMatch(/Ligne 6.: titre du tableau, non lue comme une action/);
	});

	it('se coupent aussi sans ligne vide ni titre entre eux', async () => {
		const read = await lu([TETE, ...LIGNES, AUTRE, ['Le Port', 'Serre commune', 'Les Forges', 700, 'À venir']]);
		expect(titres(read)).toEqual(['Verger de la Butte', 'Halte-garderie mobile', 'Serre commune']);
	});

	it('celui qui n’a pas de colonne d’intitulé n’est pas importé, et sa feuille et sa ligne sont dites', async () => {
		const sans = ['Quartier(s)', 'Structure', 'Montant', 'État'];
		const read = await lu([TETE, ...LIGNES, [], sans, ['Le Port', 'Les Forges', 900, 'À venir']]);
		expect(titres(read)).toEqual(['Verger de la Butte', 'Halte-garderie mobile']);
		expect(read.report.rejetees).toBe(1);
		expect(dits(read)).toMatch(/Feuille «.Prog.», ligne 5.: un autre tableau commence, sans colonne pour l’intitulé/);
	});

	it('une action qui n’a que son intitulé avant une ligne vide reste une action', async () => {
		const read = await lu([
			TETE,
			...LIGNES,
			['Lavoir public'],
			[],
			AUTRE,
			['Le Port', 'Serre', 'Les Forges', 7, 'À venir']
		]);
		expect(titres(read)).toEqual(['Verger de la Butte', 'Halte-garderie mobile', 'Lavoir public', 'Serre']);
	});
});

describe('un tableau court', () => {
	it('dont les en-têtes tiennent sur deux lignes n’est pas une fiche', async () => {
		const read = await lu([
			['Action', '', 'Lieu', 'Budget', '', ''],
			['Intitulé', 'Porteur', 'Quartier(s)', 'Dépenses', 'P147 demandé', 'P147 obtenu'],
			...LIGNES.map(([a, b, c, d]) => [a!, b!, c!, d!, 500, 400])
		]);
		expect(titres(read)).toEqual(['Verger de la Butte', 'Halte-garderie mobile']);
	});

	it('sans colonne d’intitulé est lu ligne par ligne, et refusé', async () => {
		const rows: Cell[][] = Array.from({ length: 8 }, (_, i) => ['Commune', 'La Butte', 100 * i + 100, 'En cours']);
		const read = await lu([TETE.slice(1), ...rows]);
		expect([read.report.lues, read.report.rejetees]).toEqual([8, 8]);
		const told = read.report.anomalies.find((a) => /intitulé des actions/.test(a.message))!;
		expect(told.trouve).toMatch(/Porteur.*Quartier/);
		expect(told.attendu).toMatch(/Titre/);
	});
});

it('de deux tableaux côte à côte, celui de droite est dit non lu', async () => {
	const read = await lu([
		[...TETE, '', 'Action', 'Quartier(s)', 'Montant'],
		...LIGNES.map((row) => [...row, null, 'Autre chose', 'Le Port', 7])
	]);
	expect(titres(read)).toEqual(['Verger de la Butte', 'Halte-garderie mobile']);
	expect(dits(read)).toMatch(/Deux tableaux sont côte à côte.: celui qui commence à la colonne G/);
	expect(dits(read)).not.toMatch(/donnent la même information/);
});
