import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referentielPage } from '../src/lib/domain/pages/referentiel-page';
import { loadReferentiel } from '../src/lib/server/referentiel';

/* Every funding stream of the reference has its measure: nothing is left out in silence. */

const FILE = '../shared/reference/funding_streams.json';

interface Stream {
	readonly id: string;
	readonly statut: string;
	readonly verification: 'source' | 'partielle' | 'non_verifie';
}

const MEASURE: Readonly<Record<string, string>> = {
	'FV-RENO-BAT': 'fonds-vert.renovation-batiments',
	'FV-RENATURATION': 'fonds-vert.renaturation',
	'FV-FRICHES': 'fonds-vert.friches',
	'FV-CYCLABLE': 'fonds-vert.amenagements-cyclables',
	'FV-MOBILITE': 'fonds-vert.mobilites',
	'FV-INONDATIONS': 'fonds-vert.inondations',
	'FV-BIODECHETS': 'fonds-vert.biodechets',
	'FV-FTC': 'fonds-vert.fonds-territorial-climat',
	'FONDS-CHALEUR': 'fonds-chaleur.installations',
	FRATRI: 'region.fratri',
	REV3: 'region.rev3',
	'ANRU-NPNRU': 'anru.npnru',
	'ANRU-RESILIENTS': 'anru.quartiers-resilients',
	'ANRU-FERTILES': 'anru.quartiers-fertiles',
	'BDT-Q2030': 'banque-des-territoires.quartiers-2030',
	'BDT-EDURENOV': 'banque-des-territoires.edurenov',
	DPV: 'dotations-etat.dpv',
	DSIL: 'dotations-etat.dsil',
	DETR: 'dotations-etat.detr',
	'FEDER-HDF-LLS': 'feder.logement-social',
	'FEDER-HDF-FRICHES': 'feder.friches',
	'ANAH-MPR-COPRO': 'anah.maprimerenov-copropriete',
	'PASS-RENOV': 'region.pass-renovation',
	SLIME: 'slime-cee.slime',
	'CLS-SOLIDARITES': 'solidarites.contrat-local',
	CEE: 'slime-cee.cee',
	FMA: 'mobilite.fonds-mobilites-actives',
	'PAT-ETAT': 'alimentation.pat',
	ERBM: 'bassin-minier.erbm',
	'BOP-147': 'politique-de-la-ville.p147',
	'DEPT-INSERTION': 'departement.insertion',
	PANIERS: 'alimentation.paniers',
	'AGENCE-EAU': 'eau-risques.agence-eau',
	'FONDS-BARNIER': 'eau-risques.fonds-barnier',
	'FRANCE-2030': 'autres.france-2030',
	ACTEE: 'slime-cee.actee',
	'ADEME-EC': 'ademe.economie-circulaire',
	ARS: 'autres.ars'
};

/** Checked since, against a text that the measure cites. */
const CHECKED_SINCE = ['AGENCE-EAU'];

describe.skipIf(!existsSync(FILE))('les flux de la référence', () => {
	const { flux } = JSON.parse(readFileSync(FILE, 'utf8')) as { flux: Stream[] };
	const page = referentielPage(loadReferentiel(), '2026-11-26');
	const shown = new Map(page.dispositifs.flatMap((d) => d.mesures).map((m) => [m.id, m]));
	const of = ({ id }: Stream) => shown.get(MEASURE[id] ?? '');

	it('les trente-huit ont chacun leur mesure sur la page du référentiel, sans exception', () => {
		expect(flux).toHaveLength(38);
		expect(flux.filter((f) => !of(f)).map((f) => f.id)).toEqual([]);
	});

	it('les non vérifiés sont montrés non vérifiés, sans condition évaluée, avec ce qui reste à vérifier', () => {
		const unverified = flux.filter((f) => f.verification === 'non_verifie' && !CHECKED_SINCE.includes(f.id)).map(of);
		expect(unverified.length).toBeGreaterThan(8);
		for (const m of unverified) {
			expect(m, m?.id).toMatchObject({ verification: 'non-verifiee', condition: null });
			expect(m!.aVerifier, m!.id).toBeTruthy();
		}
		for (const id of CHECKED_SINCE)
			expect(of(flux.find((f) => f.id === id)!)!.references.every((r) => r.url !== null)).toBe(true);
	});

	it('les clos restent en historique, avec le jour de leur fermeture', () => {
		const closed = flux.filter((f) => f.statut === 'clos').map(of);
		expect(closed.map((m) => [m!.id, m!.etat])).toEqual([
			['fonds-vert.biodechets', { etat: null, depuis: '2026-01-01', fin: null }],
			['fonds-vert.fonds-territorial-climat', { etat: null, depuis: '2026-01-01', fin: null }],
			['anru.quartiers-fertiles', { etat: null, depuis: '2021-12-01', fin: null }],
			['mobilite.fonds-mobilites-actives', { etat: null, depuis: '2025-01-01', fin: null }]
		]);
	});
});

describe('la page du référentiel, au jour choisi', () => {
	const at = (asOf: string) => referentielPage(loadReferentiel(), asOf);
	const measure = (asOf: string, id: string) =>
		at(asOf)
			.dispositifs.flatMap((d) => d.mesures)
			.find((m) => m.id === id)!;

	it('rien n’est à relire avant l’heure ; la date passée, chaque règle en retard est nommée', () => {
		expect(at('2026-11-26').aRelire).toEqual([]);
		expect(at('2027-02-01').aRelire).toContainEqual({
			id: 'dotations-etat.dpv',
			libelle: 'Dotation politique de la ville (DPV)',
			depuis: '2027-01-31'
		});
	});

	it('un dispositif dit depuis quand il est ouvert, et jusqu’à quand quand c’est écrit', () => {
		expect(measure('2025-05-01', 'banque-des-territoires.edurenov').etat).toEqual({
			etat: 'ouvert',
			depuis: '2023-01-01',
			fin: '2027-12-31'
		});
		expect(measure('2020-05-01', 'banque-des-territoires.edurenov').etat).toBeNull();
	});

	it('un seuil dit sa valeur de ce jour-là, et celles des autres jours', () => {
		const gain = (asOf: string) => JSON.stringify(measure(asOf, 'fonds-vert.renovation-batiments').condition);
		expect(gain('2023-06-01')).toContain('"attendu":"au moins 30\u00a0%"');
		expect(gain('2023-06-01')).toContain('"vigueur":"du 01/01/2023 au 31/12/2023"');
		expect(gain('2023-06-01')).toContain('"autres":["au moins 40\u00a0% depuis le 01/01/2025"]');
		expect(gain('2024-06-01')).toContain('valeur non connue au 01/06/2024');
		expect(gain('2026-06-01')).toContain('"attendu":"au moins 40\u00a0%"');
	});

	it('un taux aussi, et un taux lu sur une page sans date le dit', () => {
		expect(measure('2024-06-01', 'anah.maprimerenov-copropriete').aide).toMatchObject({
			valeur: 45,
			vigueur: 'depuis le 01/01/2024'
		});
		expect(measure('2023-06-01', 'anah.maprimerenov-copropriete').aide).toMatchObject({
			valeur: null,
			vigueur: 'valeur non connue au 01/06/2023'
		});
		expect(measure('2023-06-01', 'fonds-chaleur.installations').aide).toMatchObject({
			valeur: 60,
			vigueur: 'valeur sans date, lue le 22/11/2026'
		});
	});
});
