import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { open } from '../../src/lib/server/db/client';
import { saveQuartiers, saveTerritory } from '../../src/lib/server/db/territories';
import { readRequests } from '../../src/lib/server/funding/read-requests';
import { importGrants } from '../../src/lib/server/ledger/import-grants';
import { importPerimeters } from '../../src/lib/server/quartiers/perimeters';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { ensureTerritory } from '../../src/lib/server/territories';
import { aCommune, aTerritory } from '../fixtures/build';

/* Lists of grants that name a commune without its number, take money back, or speak of one measure only: all invented. */

const ref = loadReferentiel();
const LE = '2026-11-22';
const HEADERS = 'dispositif;beneficiaire_dep;beneficiaire_nom;beneficiaire_siren;intitule;subvention';

async function base() {
	const db = await open(':memory:');
	const loin = {
		...{ code: 'QN00201M', nom: 'Quartier Europe', alias: [], predecesseurs: [], geometrie: null, surface: null },
		...{ communes: [{ code: '02691', nom: 'Saint-Quentin' }], epci: ['200071892'], fictif: false }
	};
	await saveQuartiers(db, [loin] as never, { source: 'essai', le: LE });
	return db;
}
async function charge(db: Awaited<ReturnType<typeof base>>, rows: readonly string[], more = {}) {
	const report = await importGrants(db, ref, {
		bytes: new TextEncoder().encode([HEADERS, ...rows].join('\n')),
		...{ fichier: 'liste_2018.csv', dispositif: 'dotations-etat', par: 'essai', le: LE, ...more }
	});
	if (isRefusal(report)) throw new Error(report.refus);
	return report;
}

describe('une liste qui donne la commune par son nom', () => {
	it('la place quand une seule commune du département porte ce nom, et le total se retrouve', async () => {
		const report = await charge(await base(), [
			'DETR;002;Abbecourt;;Lavoir;100,10',
			'DETR;002;Commune d’Acy;;Halle;200,20',
			'DETR;02;ST QUENTIN;;Cour d’école;400,40',
			'DETR;002;Cc des Sources;;Piscine;800,80'
		]);
		expect(report.parts).toEqual({ enQpv: 0, communeAvecQpv: 400.4, ailleurs: 300.3, inconnu: 800.8 });
		expect(report.montant).toBe(1501.5);
		expect(report.lieuxInconnus).toEqual([{ raison: 'la liste ne dit pas la commune', projets: 1, montant: 800.8 }]);
	});

	it('ne choisit pas quand le bénéficiaire a un SIREN d’un autre, ni sans département', async () => {
		const report = await charge(await base(), [
			'DETR;002;Abbecourt;300000001;Lavoir;100',
			'DETR;;Abbecourt;;Lavoir bis;100'
		]);
		expect(report.projets).toMatchObject({ ailleurs: 0, inconnu: 2 });
	});
});

it('une reprise écrite en négatif est comptée, et dite', async () => {
	const report = await charge(await base(), [
		'DETR;002;Acy;;Halle;500 000,00 €',
		'DETR;002;Acy;;Reprise;-300 000,00 €'
	]);
	expect([report.acceptees, report.montant]).toEqual([2, 200_000]);
	expect(report.anomalies.map((a) => a.message).join()).toMatch(/le montant est négatif/);
});

it('une liste d’une seule mesure ne parle que d’elle, sans nommer les communes qu’elle ne vise pas', async () => {
	const db = await base();
	await ensureTerritory(db, '200071892');
	const options = { dispositif: 'dotations-etat.dpv', filtre: { champ: 'dispositif', valeur: 'DPV' } };
	await charge(db, ['DPV;002;Saint-Quentin;;Crèche;100', 'DETR;002;Gauchy;;Lavoir;50'], options);
	const asked = await readRequests(
		db,
		ref,
		'200071892',
		{ dispositif: 'dotations-etat', annee: 2018, quartier: null },
		LE
	);
	const { titre, lieux } = asked!.page;
	expect(titre).toMatch(
		/^Dotation politique de la ville \(DPV\) 2018 \(seule liste lue.: Dotation politique de la ville/
	);
	expect(titre).not.toMatch(/sans projet connu/);
	expect(lieux.lieux!.filter((l) => l.etat === 'aucune-connue')).toEqual([]);
});

describe('un périmètre dont les codes ne sont pas d’une forme admise', () => {
	const layer = (properties: object) =>
		new TextEncoder().encode(
			JSON.stringify({
				type: 'FeatureCollection',
				features: [
					{
						type: 'Feature',
						properties: { code_qp: 'QNZZA01F', lib_qp: 'Le Pré', ...properties },
						geometry: {
							type: 'Polygon',
							coordinates: [
								[
									[3, 50],
									[3.01, 50],
									[3.01, 50.01],
									[3, 50.01],
									[3, 50]
								]
							]
						}
					}
				]
			})
		);
	it('dit lesquels et les formes admises, et n’accuse pas le fichier de ne rien dire', async () => {
		const report = await importPerimeters(
			await open(':memory:'),
			layer({ insee_com: 'ZY501', siren_epci: 'ZY0000011' }),
			'q.geojson',
			{ le: LE, source: 'essai' }
		);
		if (isRefusal(report)) throw new Error(report.refus);
		expect(report.rejetes[0]!.raison).toMatch(/«.ZY501.» et «.ZY0000011.».: ni un code INSEE/);
	});

	it('les quartiers d’une commune fictive comptent pour ses subventions', async () => {
		const db = await open(':memory:');
		await saveTerritory(db, aTerritory({ code: 'ZZ0000011' as never, communes: [aCommune('ZZ501', 'Mareuil')] }));
		await importPerimeters(db, layer({ insee_com: 'ZZ501', siren_epci: 'ZZ0000011' }), 'q.geojson', {
			le: LE,
			source: 'essai'
		});
		const report = await importGrants(db, ref, {
			bytes: new TextEncoder().encode('code_commune;intitule;subvention\nZZ501;Cour d’école;100'),
			...{ fichier: 'liste_2025.csv', dispositif: 'fonds-vert', par: 'essai', le: LE }
		});
		if (isRefusal(report)) throw new Error(report.refus);
		expect(report.parts.communeAvecQpv).toBe(100);
	});
});
