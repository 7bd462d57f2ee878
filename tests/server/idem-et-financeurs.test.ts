import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceWords } from '../../src/lib/domain/actions/action-table';
import { layoutOf } from '../../src/lib/domain/gabarits/gabarit';
import { correctedOrigin } from '../../src/lib/domain/import/corrections';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import { readPlan } from '../../src/lib/server/plans/import-reading';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* « idem », and a row per financeur, through the whole reading of a file. */

const ref = loadReferentiel();
const EPCI = '200072460';
let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
});
afterAll(() => db.destroy());

async function lire(rows: readonly (readonly string[])[], plan: 'pcaet' | 'contrat-de-ville') {
	const bytes = new TextEncoder().encode(rows.map((row) => row.join(';')).join('\r\n'));
	const read = await readPlan(db, ref, { bytes, fichier: 'plan.csv', territoire: EPCI, plan });
	if (isRefusal(read)) throw new Error(read.refus);
	return read;
}

describe('un financeur par ligne, d’un bout à l’autre', () => {
	const rows = [
		['Réf', 'Nom de l’action', 'Porteur', 'Coût total', 'Financeur', 'Montant demandé'],
		['CV-05', 'Ferme urbaine', 'Terre d’Ombelle', '120 000', 'P147', '40 000'],
		['CV-05', 'idem', 'idem', '120 000', 'Département', '30 000'],
		['CV-06', 'Ateliers cuisine', 'Centre social', '6 000', 'ARS', '2 000']
	];

	it('les comptes tombent juste, et la ligne réunie dit pourquoi elle n’est pas une action de plus', async () => {
		const { report, drafts } = await lire(rows, 'contrat-de-ville');
		expect(report).toMatchObject({ lues: 3, acceptees: 2, rejetees: 0, ignorees: 1 });
		expect(report.ignoreesParRaison).toEqual([
			{ code: 'doublon', raison: 'suite d’une action, un autre financeur', lignes: [3], nombre: 1 }
		]);
		expect(report.anomalies.filter((a) => a.code === 'doublon')).toMatchObject([{ gravite: 'info', ligne: 3 }]);
		expect(report.anomalies.filter((a) => a.colonne === 'Porteur')).toMatchObject([
			{ gravite: 'info', cellule: 'C3', trouve: 'idem' }
		]);
		expect(drafts.map((d) => d.budget?.euros)).toEqual([120_000, 6_000]);
	});

	it('l’action dit les deux lignes d’où elle vient, et ce qu’on a corrigé dans l’une ou dans l’autre', async () => {
		const { drafts } = await lire(rows, 'contrat-de-ville');
		const [ferme, ateliers] = drafts;
		expect([sourceWords(ferme!), sourceWords(ateliers!)]).toEqual([
			expect.stringMatching(/, lignes\u00a02 et 3$/),
			expect.stringMatching(/, ligne\u00a04$/)
		]);
		const { feuille } = ferme!.origine;
		const corrected = correctedOrigin([{ feuille: feuille!, ligne: 3, colonne: 5, avant: '30', valeur: '30 000' }]);
		expect(corrected(ferme!).origine.corrections).toEqual([{ colonne: 5, ligne: 3, avant: '30', valeur: '30 000' }]);
		expect(corrected(ateliers!)).toBe(ateliers);
	});
});

describe('« idem » dans notre modèle', () => {
	it('vaut la cellule du dessus, dans les colonnes que lui seul a', async () => {
		const headers = layoutOf(ref.gabarits, ref.plans, 'pcaet', { lignes: 3, modele: true }).map((c) => c.entete);
		const titre = headers.find((h) => h.startsWith('Intitulé'))!;
		const row = (said: Readonly<Record<string, string>>) => headers.map((h) => said[h] ?? '');
		const { drafts, report } = await lire(
			[
				headers,
				row({ [titre]: 'Isoler l’école', 'Structure porteuse': 'Office', 'Quartier 1': 'Bel-Air', Publics: 'Élèves' }),
				row({ [titre]: 'Planter une haie', 'Structure porteuse': 'idem', 'Quartier 1': 'idem', Publics: '//' })
			],
			'pcaet'
		);
		expect(drafts.map((d) => [d.porteur, d.quartiers, d.publics])).toEqual([
			['Office', ['Bel-Air'], ['Élèves']],
			['Office', ['Bel-Air'], ['Élèves']]
		]);
		expect(report.anomalies.filter((a) => a.ligne === 3 && a.gravite === 'info').map((a) => a.colonne)).toEqual([
			'Structure porteuse',
			'Publics',
			'Quartier 1'
		]);
	});
});
