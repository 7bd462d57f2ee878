import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Grant } from '../../src/lib/domain/ledger/grant';
import { grantPlacer, PARTS, type GrantPlace } from '../../src/lib/domain/ledger/grant-place';
import type { LedgerGeography } from '../../src/lib/domain/ledger/ledger-geography';
import { parseGrant, type GrantContext } from '../../src/lib/domain/ledger/grant-row';
import { sharesOf, standing, withdrawn } from '../../src/lib/domain/ledger/shares';
import { measureNamer, targetOf } from '../../src/lib/server/ledger/streams';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import type { QpvCode, InseeCode } from '../../src/lib/domain/territory';

/* Money granted: what a list says, where it surely goes, and a share given as an interval. */

const context: GrantContext = {
	feuille: 'Liste',
	dispositif: 'fonds-vert',
	mesureNommee: () => null,
	annee: 2025,
	estCommune: (code) => /^0?\d{5}$/.test(code)
};
const row = (cells: Record<string, string | number | null>) => parseGrant((c) => cells[c] ?? null, 7, context);
const GOOD = { dossier: '12', intitule: 'Cour d’école', beneficiaire: 'Ville de Lys', montant: '42\u00a0885,00 €' };

describe('une ligne de liste', () => {
	it('donne un montant au centime, et rend le zéro perdu d’un code de commune', () => {
		const read = row({ ...GOOD, commune: 2691, departement: 2, siren: '210000012' });
		expect(read).toMatchObject({
			etat: 'acceptee',
			grant: { montant: 4_288_500, commune: '02691', departement: '02', siren: '210000012', annee: 2025, ligne: 7 }
		});
	});
	it.each([
		['2490,345', 249_035],
		[10003.095, 1_000_310],
		['1 240,965 €', 124_097],
		['36008,325', 3_600_833],
		['12,344', 1_234],
		['0,005', 1]
	])('%s s’arrondit au centime, la moitié vers le haut, et c’est dit', (montant, cents) => {
		expect(row({ ...GOOD, montant })).toMatchObject({ grant: { montant: cents }, arrondi: true });
	});
	it.each(['42885', '7182,900000000001', '1.234,50', 31455.1])(
		'%s n’a pas plus de deux décimales : rien n’est arrondi',
		(montant) => expect(row({ ...GOOD, montant })).toMatchObject({ arrondi: false })
	);
	it('garde un code de commune que rien ne connaît, et ne le prend pas pour une absence', () => {
		const known = { ...context, estCommune: () => false };
		const cells: Record<string, string> = { ...GOOD, commune: '59963', commune_nom: 'Lys' };
		const read = parseGrant((c) => cells[c] ?? null, 7, known);
		expect(read).toMatchObject({
			grant: { commune: null, codeInconnu: '59963' },
			issues: [{ code: 'commune-inconnue' }]
		});
		expect(row(GOOD)).not.toMatchObject({ grant: { codeInconnu: expect.anything() } });
	});
	it('« NULL » est une absence, pas un nom', () => {
		expect(row({ ...GOOD, commune: 'NULL', commune_nom: 'NULL' })).toMatchObject({
			grant: { commune: null, communeNom: null }
		});
	});
	it('la même ligne sous deux mises en forme a la même clé', () => {
		const [a, b] = [row(GOOD), row({ ...GOOD, dossier: 12, montant: 42885 })];
		expect(a.etat === 'acceptee' && b.etat === 'acceptee' && a.grant.cle === b.grant.cle).toBe(true);
	});
	it.each([
		['sans montant', { ...GOOD, montant: null }, 'montant-illisible'],
		['montant en lettres', { ...GOOD, montant: 'à notifier' }, 'montant-illisible'],
		['sans intitulé', { ...GOOD, intitule: null }, 'titre-absent']
	])('%s : rejetée, avec sa raison', (_, cells, code) => {
		const read = row(cells);
		expect(read.etat).toBe('rejetee');
		expect(read.issues.map((i) => [i.code, i.severity])).toContainEqual([code, 'bloquant']);
		expect(read.issues[0]!.hint).not.toBeNull();
	});
	it('une ligne vide ou un total n’est pas une subvention', () => {
		expect(row({}).etat).toBe('ignoree');
		expect(row({ montant: '1 000 €' }).etat).toBe('ignoree');
	});
	it('un code de commune inconnu est gardé en question', () => {
		const read = row({ ...GOOD, commune: 'X1' });
		expect(read).toMatchObject({ etat: 'acceptee', grant: { commune: null } });
		expect(read.issues.map((i) => i.code)).toEqual(['commune-inconnue']);
	});
});

const lys = { code: '59001' as InseeCode, nom: 'Lys' };
const scarpe = { code: '59002' as InseeCode, nom: 'Scarpe-Ville' };
const champ = { code: '59003' as InseeCode, nom: 'Champfleury' };
const communes = [lys, scarpe, champ];
const geography: LedgerGeography = {
	quartiers: [
		{ code: 'QN05901M' as QpvCode, nom: 'Les Tilleuls', communes: [lys], alias: [] },
		{ code: 'QN05902M' as QpvCode, nom: 'Centre Ville', communes: [lys], alias: [] },
		{ code: 'QN05903M' as QpvCode, nom: 'Les Tilleuls', communes: [scarpe], alias: [] }
	],
	commune: (code) => {
		const found = communes.find((c) => c.code === code);
		return found ? { ...found, epci: '200000001' } : null;
	},
	communeNamed: (nom) => communes.find((c) => c.nom === nom)?.code ?? null,
	communeNamedNear: () => null,
	communesOfDepartment: () => communes,
	nomEpci: () => 'CC des Trois Moulins',
	communeOfSiren: (siren) => (siren === '210000001' ? lys.code : siren === '210000003' ? champ.code : null),
	communesOfEpci: (siren) => (siren === '200000001' ? communes : siren === '200000002' ? [champ] : null)
};
const place = grantPlacer(geography);
const grant = (said: Partial<Grant>): Grant => ({
	cle: 'd:1',
	dossier: '1',
	dispositif: 'fonds-vert',
	mesure: null,
	mesureTexte: null,
	annee: 2025,
	date: null,
	intitule: 'Rénovation d’une école',
	beneficiaire: null,
	siren: null,
	commune: null,
	communeNom: null,
	departement: '59',
	montant: 100,
	cout: null,
	ligne: 2,
	...said
});

describe('où va une subvention', () => {
	it.each<[string, Partial<Grant>, Partial<GrantPlace>]>([
		[
			'quartier nommé dans sa commune',
			{ siren: '210000001', intitule: 'École des Tilleuls, quartier Les Tilleuls' },
			{ part: 'en-qpv', quartiers: ['QN05901M'] }
		],
		['code de quartier', { intitule: 'Parc (QN05903M)' }, { part: 'en-qpv', quartiers: ['QN05903M'] }],
		[
			'« QPV » dans une commune qui en a deux',
			{ siren: '210000001', intitule: '26 logements en QPV' },
			{ part: 'en-qpv', quartiers: [] }
		],
		['« hors QPV »', { siren: '210000001', intitule: '26 logements hors QPV' }, { part: 'ailleurs' }],
		[
			'« en QPV et hors QPV » à la fois',
			{ siren: '210000001', intitule: '26 logements en QPV et hors QPV' },
			{ part: 'commune-avec-qpv' }
		],
		['commune qui a un quartier, sans plus', { siren: '210000001' }, { part: 'commune-avec-qpv', commune: '59001' }],
		[
			'« Centre Ville » seul n’est pas le quartier de ce nom',
			{ siren: '210000001', intitule: 'Place du centre ville' },
			{ part: 'commune-avec-qpv' }
		],
		['commune sans quartier', { siren: '210000003' }, { part: 'ailleurs', commune: '59003' }],
		[
			'siège d’un organisme dans une commune sans quartier',
			{ commune: '59003', siren: '300000001', beneficiaire: 'Bailleur' },
			{ part: 'inconnu' }
		],
		[
			'le même, quand l’intitulé nomme la commune',
			{ commune: '59003', siren: '300000001', intitule: 'Chaufferie à Champfleury' },
			{ part: 'ailleurs' }
		],
		[
			'intercommunalité : la commune de son siège n’est pas celle des travaux',
			{ commune: '59001', siren: '200000001' },
			{ part: 'inconnu', commune: null, epci: '200000001' }
		],
		[
			'intercommunalité, dont l’intitulé nomme une seule commune : les travaux y sont, pas au siège',
			{ commune: '59003', siren: '200000001', beneficiaire: 'CC', intitule: 'Piscine de Scarpe-Ville' },
			{ part: 'commune-avec-qpv', commune: '59002' }
		],
		['intercommunalité sans quartier', { siren: '200000002' }, { part: 'ailleurs' }],
		['rien', {}, { part: 'inconnu', commune: null }]
	])('%s', (_, said, expected) => {
		expect(place(grant(said))).toMatchObject(expected);
		expect(place(grant(said)).preuve).not.toBe('');
	});
	it('sans aucun périmètre chargé, rien n’est « ailleurs »', () => {
		expect(grantPlacer({ ...geography, quartiers: [] })(grant({ siren: '210000003' })).part).toBe('inconnu');
	});
});

describe('la part des quartiers', () => {
	it('les quatre parts font le total, au centime, et l’intervalle les contient', () => {
		fc.assert(
			fc.property(
				fc.array(fc.record({ montant: fc.integer({ min: 0, max: 1e12 }), part: fc.constantFrom(...PARTS) }), {
					maxLength: 60
				}),
				(rows) => {
					const placed = rows.map(({ montant, part }) => ({
						grant: grant({ montant }),
						place: { part, commune: null, epci: null, quartiers: [], preuve: 'x' },
						fichier: 'liste.csv'
					}));
					const { montant, parts, intervalle } = sharesOf(placed);
					expect(montant).toBe(rows.reduce((sum, r) => sum + r.montant, 0));
					expect(PARTS.reduce((sum, p) => sum + parts[p].montant, 0)).toBe(montant);
					expect(PARTS.reduce((sum, p) => sum + parts[p].projets, 0)).toBe(rows.length);
					if (montant === 0) expect(intervalle).toBeNull();
					else {
						expect(intervalle!.min).toBeGreaterThanOrEqual(0);
						expect(intervalle!.max).toBeGreaterThanOrEqual(intervalle!.min);
						expect(intervalle!.max).toBeLessThanOrEqual(1);
					}
				}
			)
		);
	});
	it('ce qui est repris range les bornes dans leur ordre, entre 0 et 1, et se dit', () => {
		const one = (part: (typeof PARTS)[number], montant: number) => ({
			grant: grant({ montant }),
			place: { part, commune: null, epci: null, quartiers: [], preuve: 'x' },
			fichier: 'liste.csv'
		});
		const taken = sharesOf([one('en-qpv', 10_000), one('commune-avec-qpv', -4_000), one('ailleurs', 14_000)]);
		expect(taken).toMatchObject({ montant: 20_000, intervalle: { min: 0.3, max: 0.5 } });
		expect(withdrawn(taken)).toMatch(/^Dont 1\smontant repris, −40\s€/);
		const more = sharesOf([one('en-qpv', 10_000), one('commune-avec-qpv', -4_000), one('ailleurs', -5_000)]);
		expect(more.intervalle).toEqual({ min: 1, max: 1 });
		expect(withdrawn(sharesOf([one('en-qpv', 1)]))).toBe('');
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.constantFrom(...PARTS)), { maxLength: 30 }),
				(rows) => {
					const { intervalle } = sharesOf(rows.map(([montant, part]) => one(part, montant)));
					if (intervalle === null) return;
					expect(intervalle.min).toBeGreaterThanOrEqual(0);
					expect(intervalle.max).toBeGreaterThanOrEqual(intervalle.min);
					expect(intervalle.max).toBeLessThanOrEqual(1);
				}
			)
		);
	});
	it.each([
		[{ min: 0.16, max: 0.4 }, 'atteinte'],
		[{ min: 0.01, max: 0.14 }, 'non-atteinte'],
		[{ min: 0.01, max: 0.57 }, 'indecidable'],
		[null, 'indecidable']
	] as const)('%o face à 15 %% : %s', (intervalle, attendu) => expect(standing(intervalle, 0.15)).toBe(attendu));
});

describe('les noms du référentiel', () => {
	const ref = loadReferentiel();
	it('la mesure se reconnaît au nom de sa démarche', () => {
		const namer = measureNamer(ref, 'fonds-vert');
		expect(namer('Renaturation des villes et des villages')).toBe('fonds-vert.renaturation');
		expect(namer('Recyclage foncier')).toBe('fonds-vert.friches');
		expect(namer('Rénovation énergétique des bâtiments publics locaux')).toBe('fonds-vert.renovation-batiments');
		expect(namer('Incendies de forêt')).toBeNull();
	});
	it('la cible d’un fonds vient de sa règle sourcée', () =>
		expect(targetOf(ref, 'fonds-vert')).toMatchObject({ part: 0.15 }));
});
