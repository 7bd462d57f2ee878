import { beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import { readPlan } from '../../src/lib/server/plans/import-reading';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* Plans of somewhere else, and rows whose cells have moved: invented files, real place names. */

const ref = loadReferentiel();
let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
});

async function lu(text: string, territoire = '245901160') {
	const bytes = new TextEncoder().encode(text);
	const read = await readPlan(db, ref, { bytes, fichier: 'plan.csv', territoire, plan: 'pcaet' });
	if (isRefusal(read)) throw new Error(read.refus);
	const { lues, acceptees, rejetees, ignorees } = read.report;
	expect(lues).toBe(acceptees + rejetees + ignorees);
	return { ...read.report, dits: read.report.anomalies.map((a) => a.message).join('\n') };
}

describe('un plan d’un autre territoire', () => {
	it('porté par un autre département n’est pas celui de l’intercommunalité', async () => {
		const rows = ['228000014-DEPARTEMENT DE LA SOMME', 'Département de l’Aisne', 'Département du Nord'];
		const read = await lu(`Action;Porteur\n${rows.map((p, i) => `Haies ${i};${p}`).join('\n')}\nPistes;Anzin`);
		expect([read.acceptees, read.ignorees]).toEqual([2, 2]);
		expect(read.dits).toMatch(/autre territoire \(«.228000014-DEPARTEMENT DE LA SOMME.»\)/);
	});

	it('porté par son propre département reste le sien', async () => {
		const read = await lu(
			'Action;Porteur\nHaies;Département du Nord\nPistes;Anzin\nVerger;225900018-Département du Nord'
		);
		expect(read.acceptees).toBe(3);
	});

	it('dont les titres nomment les lieux d’un autre se demande, sans rien refuser', async () => {
		const text =
			'Action\nPort de plaisance de Saint-Quentin\nÉcoquartier à Clastres\nVélos à Saint-Quentin\nHalles du Saint-Quentinois\nSobriété';
		const read = await lu(text);
		expect(read.acceptees).toBe(5);
		expect(read.dits).toMatch(
			/4.actions nomment des lieux de CA du Saint-Quentinois .* ce plan est-il bien celui de CA Valenciennes Métropole/
		);
		expect((await lu(text, '200071892')).dits).not.toMatch(/est-il bien celui/);
	});

	it('ne se demande pas quand le plan nomme aussi les siens', async () => {
		const read = await lu(
			'Action\nLigne vers Saint-Quentin\nTrain à Clastres\nVélos à Saint-Quentin\nParc d’Anzin\nHalles de Denain\nÉcole de Vieux-Condé\nPlace de Marly'
		);
		expect(read.dits).not.toMatch(/est-il bien celui/);
	});
});

describe('un point-virgule sans guillemets dans une cellule', () => {
	const TETE = 'Action;Porteur;Coût total;Statut;Notes\n';
	it('décale sa ligne, qui n’est pas importée et qui est nommée', async () => {
		const read = await lu(
			`${TETE}Verger;Anzin;100 €;En cours;\nHaies ; mares;Anzin;200 €;En cours;\nPré;Anzin;3 €;À venir;`
		);
		expect([read.acceptees, read.rejetees]).toEqual([2, 1]);
		expect(read.dits).toMatch(/Ligne 3.: 6.cellules pour 5.en-têtes, ses colonnes sont décalées/);
	});

	it('n’est pas confondu avec une dernière colonne sans titre', async () => {
		const read = await lu(`Action;Porteur;Coût total\nVerger;Anzin;100 €;vu\nPré;Anzin;3 €;vu`);
		expect(read.acceptees).toBe(2);
	});
});
