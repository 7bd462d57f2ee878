import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COVERAGES } from '../../src/lib/domain/crossing/coverage';
import type { ImportReport } from '../../src/lib/domain/import/import-report';
import type { QuartierView, TerritoryView } from '../../src/lib/domain/crossing/overview';
import { NIVEAUX } from '../../src/lib/domain/crossing/place';
import type { Referentiel } from '../../src/lib/domain/rules/referentiel';
import { plain } from '../../src/lib/domain/text';
import { placeNames, searchTerritories } from '../../src/lib/server/cog';
import { open, type Db } from '../../src/lib/server/db/client';
import * as anomalies from '../../src/lib/server/db/anomalies';
import * as imports from '../../src/lib/server/db/imports';
import { demonstrationFiles, loadDemonstration } from '../../src/lib/server/demonstration';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { readTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const LE = '2026-11-22';
const CODE = 'ZZ0000001';
let db: Db;
let ref: Referentiel;
let view: TerritoryView;
let hautsPres: QuartierView;
const reports = new Map<string, ImportReport>();

beforeAll(async () => {
	db = await open(':memory:');
	ref = loadReferentiel();
	await loadDemonstration(db, ref, LE);
	view = (await readTerritory(db, ref, CODE, LE))!;
	hautsPres = (await readQuartier(db, ref, 'QNZZZ01F', LE))!;
	for (const { id, fichier, rapport } of await imports.list(db, CODE))
		reports.set(fichier, { ...rapport, anomalies: await anomalies.listAll(db, id) });
}, 120_000);
afterAll(() => db.destroy());

const cellsOf = (croise: string): Map<string, string> => {
	const row = view.croises.rows.keys.findIndex((k) => k.code === croise);
	return new Map(view.croises.columns.keys.map((k, i) => [k.code, view.croises.cells[row]![i]!.coverage]));
};
const quartier = (code: string) => view.quartiers.find((q) => q.quartier.code === code)!;

describe('le territoire de démonstration', () => {
	it('est dit fictif et ne porte le nom d’aucun lieu de France', () => {
		expect(view.territory.fictif).toBe(true);
		expect(view.quartiers.every((q) => q.quartier.fictif)).toBe(true);
		for (const { nom } of [view.territory, ...view.territory.communes])
			expect(placeNames().has(plain(nom))).toBe(false);
		expect(searchTerritories('Aubrelle')).toEqual([]);
	});

	it('n’entre dans les comptes d’aucune région', () => expect(view.territory.region).toBeNull());

	it('a sept quartiers dessinés, un sur deux communes, un contour réparé', async () => {
		expect(view.quartiers).toHaveLength(7);
		expect(view.quartiers.every((q) => q.quartier.geometrie !== null && (q.quartier.surface ?? 0) > 100_000)).toBe(
			true
		);
		expect(quartier('QNZZZ03F').quartier.communes.map((c) => c.nom)).toEqual(['Aubrelle', 'Montcreux']);
		const repaired = await db.selectFrom('quartier').select('code').where('reparation', 'is not', null).execute();
		expect(repaired).toEqual([{ code: 'QNZZZ06F' }]);
	});

	it('importe quatre documents et environ 150 actions, chaque ligne lue étant comptée', () => {
		expect(view.documents.map((d) => [d.plan, d.periode])).toEqual(
			expect.arrayContaining([
				['pcaet', '2024-2030'],
				['plh', '2025-2030'],
				['contrat-de-ville', '2026'],
				['contrat-de-ville', '2024-2027']
			])
		);
		expect(view.documents).toHaveLength(4);
		expect(view.actions).toHaveLength(151);
		for (const r of reports.values()) expect(r.lues).toBe(r.acceptees + r.rejetees + r.ignorees);
	});

	it('se charge deux fois sans rien doubler', async () => {
		expect(await loadDemonstration(db, ref, LE)).toEqual({ territoire: CODE, imports: 0 });
		expect((await readTerritory(db, ref, CODE, LE))!.actions).toHaveLength(151);
	}, 60_000);

	it('offre ses fichiers, tels que leurs sources les donnent', () => {
		expect(demonstrationFiles().map((f) => f.nom)).toEqual(
			expect.arrayContaining(['PCAET_Aubrelle_2024-2030.xlsx', 'Contrat_de_ville_volet_investissement.ods'])
		);
		const check = spawnSync(process.execPath, ['bin/demonstration.mjs', '--verifier'], { encoding: 'utf8' });
		expect(check.stderr).toBe('');
		expect(check.status).toBe(0);
	});
});

describe('les phrases des lacunes', () => {
	it('se lisent à voix haute : ni trou, ni code, ni espace doublée, ni part écrite en décimale', () => {
		for (const { id, message, aFaire } of view.gaps)
			expect(`${message} ${aFaire}`, id).not.toMatch(
				/[{}]|undefined|non renseigné\b.*non renseigné\b| {2}|\b[TPX]\d{2}\b|\bN[1-5]\b|\b0,\d|«[^»]*«/
			);
	});

	it('gardent les tensions que le territoire veut montrer, et peu d’autres', () => {
		const tensions = view.gaps.filter((g) => g.regle === 'G06').map((g) => g.preuves.faits.join(' '));
		for (const words of ['barre Lamartine', 'chaudières à gaz', 'places de stationnement', 'permis de conduire'])
			expect(tensions.some((m) => m.includes(words))).toBe(true);
		// Two lines of the PCAET about one quartier pull against each other too.
		expect(tensions.some((m) => m.includes('mail des Tilleuls Nord') && m.includes('120 places'))).toBe(true);
		expect(tensions.length).toBe(6);
		expect(view.gaps.filter((g) => g.regle === 'G09').length).toBeLessThan(25);
	});
});

describe('les défauts des vrais fichiers', () => {
	const programme = 'Programmation_contrat_de_ville_2026.xlsx';
	const issues = (fichier: string) => reports.get(fichier)!.anomalies.map((a) => `${a.code} ${a.ligne}`);

	it('une ligne sans titre est rejetée, le total et les lignes vides sont ignorés, le doublon est signalé', () => {
		const { acceptees, rejetees, ignorees } = reports.get(programme)!;
		expect({ acceptees, rejetees, ignorees }).toEqual({ acceptees: 46, rejetees: 1, ignorees: 6 });
		expect(issues(programme)).toEqual(expect.arrayContaining(['titre-absent 20', 'ligne-ecartee 56', 'doublon 30']));
	});

	it('un montant « à définir » reste inconnu, un zéro écrit reste zéro', () => {
		expect(issues(programme)).toContain('montant-illisible 35');
		const garden = view.actions.find((a) => a.action.titre.startsWith('Jardins partagés'))!;
		expect(garden.action.budget).toBeNull();
		const help = view.actions.find((a) => a.action.titre.startsWith('Fonds de secours'))!;
		expect(help.action.financements.find((f) => f.libelle.includes('P147'))).toMatchObject({
			demande: 6000,
			obtenu: 0
		});
	});

	it('un axe écrit une fois vaut pour les lignes fusionnées dessous', () => {
		const last = view.actions.find((a) => a.action.titre.startsWith('Appartement pédagogique'))!;
		expect(last.action.axe).toBe('1. Bien vivre dans son logement et son quartier');
	});

	it('les noms approchés, ambigus ou anciens deviennent des questions, jamais des réponses', () => {
		const asked = new Map([...reports.values()].flatMap((r) => r.quartiersNonReconnus).map((q) => [q.texte, q]));
		expect(asked.get('Tilleul Sud')?.proches.map((p) => p.code)).toEqual(['QNZZZ05F']);
		for (const texte of ['Les Tilleuls', 'QPZZZ004'])
			expect(asked.get(texte)?.proches.map((p) => p.code)).toEqual(['QNZZZ04F', 'QNZZZ05F']);
		expect(asked.get('Les Grands Champs')?.proches).toEqual([]);
		const [split] = view.actions.filter((a) => a.action.titre.startsWith('Étude urbaine préalable'));
		expect(split!.reach.find((r) => r.quartier === 'QNZZZ04F')?.niveau).toBe('inconnu');
	});

	it('un code de 2015 qui n’a qu’un successeur suffit', () => {
		const clause = view.actions.find((a) => a.action.titre.startsWith('Clauses d'))!;
		expect(clause.reach.find((r) => r.quartier === 'QNZZZ01F')).toMatchObject({
			niveau: 'explicite',
			par: 'code-2015'
		});
	});

	it('la gare du pôle d’échanges n’est pas le quartier de La Gare', () => {
		const hub = view.actions.find((a) => a.action.titre.startsWith('Piste cyclable Hauts-Prés'))!;
		expect(hub.reach.find((r) => r.quartier === 'QNZZZ02F')?.niveau).toBe('aucune');
	});
});

describe('ce que la démonstration fait voir', () => {
	it('chaque niveau d’atteinte', () => {
		const seen = new Set(view.actions.flatMap((a) => a.reach.map((r) => r.niveau)));
		expect([...seen].sort()).toEqual([...NIVEAUX].sort());
	});

	it('chaque couverture', () => {
		const seen = new Set(view.croises.cells.flat().map((c) => c.coverage));
		expect([...seen].sort()).toEqual([...COVERAGES].sort());
	});

	it('chacune des vingt règles au moins une fois, et des données manquantes à côté des alertes', () => {
		const found = new Set(view.gaps.filter((g) => g.reponse !== 'donnee-manquante').map((g) => g.regle));
		expect(ref.lacunes.regles.map((r) => r.id).filter((id) => !found.has(id))).toEqual([]);
		expect(view.gaps.some((g) => g.reponse === 'donnee-manquante')).toBe(true);
	});

	it('des phrases sans trou : aucune ne dit « non renseigné » à la place d’un nom', () => {
		const holes = view.gaps.filter((g) =>
			/[{}]|« ?non renseigné|non renseigné »|undefined/.test(`${g.message} ${g.aFaire}`)
		);
		expect(holes.map((g) => g.message)).toEqual([]);
	});

	it('chaque verdict de financement', () => {
		const seen = new Set(hautsPres.verdicts.map((v) => v.verdict));
		expect([...seen].sort()).toEqual(['a-instruire', 'ecarte', 'indetermine']);
	});

	it('des quartiers inégaux : beaucoup de travaux aux Hauts-Prés, presque rien au Moulin Brûlé', () => {
		expect(quartier('QNZZZ01F').couvertures.structurante).toBeGreaterThanOrEqual(5);
		expect(quartier('QNZZZ07F').couvertures.structurante).toBeLessThanOrEqual(1);
		expect(cellsOf('X04').get('QNZZZ01F')).toBe('structurante');
		expect(cellsOf('X08').get('QNZZZ07F')).toBe('sensibilisation-seule');
		expect(cellsOf('X17').get('QNZZZ04F')).toBe('aucune');
	});

	it('une population comptée une fois, un taux impossible écarté, une référence intercommunale', async () => {
		const rates = await db.selectFrom('indicateur_valeur').select('lieu').where('code', '=', 'I-TX-LLS').execute();
		expect(rates.map((r) => r.lieu)).not.toContain('QNZZZ03F');
		expect(rates.map((r) => r.lieu)).toContain('QNZZZ01F');
		expect(quartier('QNZZZ03F').population).toBe(2930);
		const poverty = hautsPres.indicateurs.find((i) => i.def.code === 'I-TX-PAUVRETE')!;
		expect(poverty).toMatchObject({ valeur: 52, reference: { valeur: 18.6 } });
	});
});
