import { describe, expect, it } from 'vitest';
import type { Grant } from '../../src/lib/domain/ledger/grant';
import { grantPlacer, type GrantPlace } from '../../src/lib/domain/ledger/grant-place';
import type { KnownCommune, LedgerGeography } from '../../src/lib/domain/ledger/ledger-geography';
import type { Commune, InseeCode, QpvCode } from '../../src/lib/domain/territory';

/* Where money granted surely goes: the row may say two communes, the body may be at its seat, the title may be near. */

const commune = (code: string, nom: string): Commune => ({ code: code as InseeCode, nom });
const lys = commune('59001', 'Lizon');
const ville = commune('59002', 'Scarpe-Ville');
const champ = commune('59003', 'Champfleury');
const vermoy = commune('59004', 'Vermoy');
const loin = commune('62001', 'Champfleury');
const AGGLO = '200000001';
const all: readonly (KnownCommune & Commune)[] = [
	{ ...lys, epci: AGGLO },
	{ ...ville, epci: AGGLO, anciens: ['Bourg-Neuf'] },
	{ ...champ, epci: '200000002' },
	{ ...vermoy, epci: '200000002' },
	{ ...loin, epci: '200000003' }
].map((c) => ({ ...c, departement: c.code.slice(0, 2) }));
const SIREN: Readonly<Record<string, string>> = {
	...{ '210000001': '59001', '210000002': '59002', '210000003': '59003', '210000004': '62001' }
};
const named = (nom: string) => (c: KnownCommune) =>
	[c.nom, ...(c.anciens ?? [])].some((own) => own.toLowerCase() === nom.toLowerCase());
const geography: LedgerGeography = {
	quartiers: [
		{ code: 'QN05901M' as QpvCode, nom: 'Les Grands Tilleuls', communes: [lys], alias: [] },
		{ code: 'QN05902M' as QpvCode, nom: 'Clos Vermeil - Pré Doré', communes: [ville], alias: [] },
		{ code: 'QN05903M' as QpvCode, nom: 'Beau Soleil', communes: [lys], alias: [] },
		{ code: 'QN05904M' as QpvCode, nom: 'Beau Soleil', communes: [ville], alias: [] }
	],
	commune: (code) => all.find((c) => c.code === code) ?? null,
	communeNamed: (nom, departement) => all.find((c) => c.departement === departement && named(nom)(c))?.code ?? null,
	communeNamedNear: (nom) => {
		const found = all.filter(named(nom));
		return found.length === 1 ? found[0]!.code : null;
	},
	communesOfDepartment: (departement) =>
		all
			.filter((c) => c.departement === departement)
			.flatMap((c) => [c, ...(c.anciens ?? []).map((nom) => ({ ...c, nom }))]),
	communeOfSiren: (siren) => SIREN[siren] ?? null,
	communesOfEpci: (siren) => (siren === AGGLO ? [lys, ville] : null),
	nomEpci: (siren) => (siren === AGGLO ? 'Métropole de Lizon' : 'CC des Moulins')
};
const placeOf = grantPlacer(geography);
const place = (said: Partial<Grant>): GrantPlace =>
	placeOf({
		...{ cle: 'd:1', dossier: '1', dispositif: 'fonds-vert', mesure: null, mesureTexte: null, annee: 2025, date: null },
		...{ intitule: 'Rénovation', beneficiaire: null, siren: null, commune: null, communeNom: null },
		...{ departement: '59', montant: 100, cout: null, ligne: 2, ...said }
	});

describe('un code de commune qui n’est celui d’aucune', () => {
	const row = { codeInconnu: '59963', communeNom: 'Champfleury', intitule: 'Éclairage public du bourg' };

	it('laisse le lieu inconnu, même quand une commune porte le nom écrit à côté : l’anomalie demande de le préciser', () => {
		expect(place({ ...row, siren: '215900003', beneficiaire: 'COMMUNE DE CHAMPFLEURY' })).toMatchObject({
			...{ part: 'inconnu', commune: null, epci: null, preuve: 'la liste donne un code de commune inconnu' }
		});
		expect(place({ ...row, beneficiaire: 'COMMUNE DE CHAMPFLEURY' })).toMatchObject({ part: 'inconnu', commune: null });
		expect(place(row)).toMatchObject({ part: 'inconnu', commune: null });
	});

	it('ne retire rien à un lieu que le SIREN et le nom disent ensemble', () => {
		expect(place({ ...row, siren: '210000003', beneficiaire: 'COMMUNE DE CHAMPFLEURY' })).toMatchObject({
			...{ part: 'ailleurs', commune: '59003' }
		});
		expect(place({ ...row, communeNom: null, siren: '210000003', beneficiaire: 'Ville de Champfleury' })).toMatchObject(
			{
				commune: '59003'
			}
		);
		expect(place({ ...row, siren: '210000002', beneficiaire: 'Scarpe-Ville' })).toMatchObject({ part: 'inconnu' });
	});

	it('n’efface pas un quartier que l’intitulé donne par son code', () => {
		expect(place({ ...row, intitule: 'Jardins (QN05901M)' })).toMatchObject({
			part: 'en-qpv',
			quartiers: ['QN05901M']
		});
	});
});

describe('un projet d’une intercommunalité ne quitte pas son territoire', () => {
	const agglo = { siren: AGGLO, beneficiaire: 'METROPOLE DE LIZON' };
	it.each([
		['par un code de quartier', 'Jardins (QN05901M)', { part: 'en-qpv', commune: '59001', epci: AGGLO }],
		['par « quartiers prioritaires »', 'Jardins dans les quartiers prioritaires', { part: 'en-qpv', epci: AGGLO }],
		[
			'par le nom entier d’un quartier, que nul autre n’y porte',
			'Place du quartier Clos Vermeil - Pré Doré',
			{ part: 'en-qpv', quartiers: ['QN05902M'], commune: '59002', epci: AGGLO }
		],
		['une partie de nom ne suffit pas', 'Place du Clos Vermeil', { part: 'inconnu', epci: AGGLO }],
		['ni un nom que deux quartiers portent', 'Quartier Beau Soleil', { part: 'inconnu', epci: AGGLO }]
	])('%s', (_, intitule, expected) => expect(place({ ...agglo, intitule })).toMatchObject(expected));
	it.each([
		'Compost sur la Métropole de Lizon',
		'Chef de projet de l’arrondissement de Lizon',
		'Soutien au vélo à Lizon Métropole'
	])('son nom n’est pas celui d’une commune : « %s »', (intitule) =>
		expect(place({ ...agglo, commune: '59001', intitule })).toMatchObject({
			part: 'inconnu',
			commune: null,
			epci: AGGLO
		})
	);
	it('la commune que l’intitulé nomme, elle, est celle des travaux ; deux n’en font aucune', () => {
		expect(place({ ...agglo, intitule: 'Piscine à Scarpe-Ville' })).toMatchObject({ commune: '59002' });
		expect(place({ ...agglo, intitule: 'Voie de Scarpe-Ville à Lizon' })).toMatchObject({ commune: null, epci: AGGLO });
		expect(place({ ...agglo, intitule: 'Liaison entre Lizon et le port' })).toMatchObject({ commune: null });
	});
});

describe('un code et un nom qui se contredisent', () => {
	it('ne donnent pas de lieu, et les deux sont dits', () => {
		const found = place({ siren: '210000003', commune: '59003', beneficiaire: 'LIZON' });
		expect(found).toMatchObject({ part: 'inconnu', commune: null, epci: null });
		expect(found.contraire).toBe(
			'Champfleury (59003) d’après le code INSEE et le SIREN, Lizon (59001) d’après le nom du bénéficiaire\u202f; le lieu reste à préciser'
		);
	});
	it('dans une même intercommunalité, le projet reste à elle', () => {
		const found = place({ siren: '210000002', commune: '59002', beneficiaire: 'Commune de Lizon' });
		expect(found).toMatchObject({ part: 'inconnu', commune: null, epci: AGGLO });
	});
	it('le nom et le département l’emportent sur un code d’ailleurs, et c’est dit', () => {
		const found = place({ commune: '62001', beneficiaire: 'Vermoy' });
		expect(found).toMatchObject({ part: 'ailleurs', commune: '59004' });
		expect(found.contraire).toContain('Vermoy (59004) est retenue');
	});
	it('l’intitulé tranche', () => {
		const found = place({
			siren: '210000003',
			commune: '59003',
			beneficiaire: 'Lizon',
			intitule: 'Pont de la gare à Lizon'
		});
		expect(found).toMatchObject({ part: 'commune-avec-qpv', commune: '59001' });
	});
	it('deux communes du même nom : le SIREN, le nom et le département contre le code', () => {
		const found = place({ siren: '210000003', commune: '62001', beneficiaire: 'CHAMPFLEURY' });
		expect(found).toMatchObject({ commune: '59003', contraire: expect.stringContaining('est retenue') as string });
	});
	it('un département de travers ne contredit pas un code, un SIREN et un nom qui s’accordent', () => {
		const found = place({ siren: '210000004', commune: '62001', beneficiaire: 'CHAMPFLEURY' });
		expect(found).toMatchObject({ part: 'ailleurs', commune: '62001' });
		expect(found.contraire).toBeUndefined();
	});
	it('le nom d’une commune qui a rejoint une autre n’en contredit pas le code', () => {
		const found = place({ siren: '210000002', commune: '59002', beneficiaire: 'Bourg-Neuf' });
		expect(found).toMatchObject({ commune: '59002', part: 'commune-avec-qpv' });
		expect(found.contraire).toBeUndefined();
	});
	it('sous le numéro d’une commune, le nom d’un syndicat n’est pas elle', () => {
		expect(place({ siren: '210000003', commune: '59003', beneficiaire: 'Syndicat des eaux du Val' }).part).toBe(
			'inconnu'
		);
	});
	it('ni le nom de son intercommunalité, qui garde le projet', () => {
		const said = {
			siren: '210000001',
			commune: '59001',
			beneficiaire: 'Communauté d’agglomération métropole de Lizon (CAML)'
		};
		expect(place(said)).toMatchObject({ part: 'inconnu', commune: null, epci: AGGLO });
	});
});

describe('le siège n’est pas le lieu', () => {
	const bailleur = { siren: '300000001', beneficiaire: 'LOGIS DU NORD', commune: '59001' };
	it('même dans une commune qui a un quartier, et son intercommunalité n’en est pas créditée', () => {
		expect(place({ ...bailleur, intitule: '14 logements' })).toMatchObject({
			part: 'inconnu',
			commune: null,
			epci: null
		});
	});
	it('quand l’intitulé nomme la commune du siège, c’est elle', () => {
		expect(place({ ...bailleur, intitule: '14 logements, Lizon' })).toMatchObject({ part: 'commune-avec-qpv' });
		expect(place({ ...bailleur, commune: '59002', intitule: 'Friche de Bourg-Neuf' })).toMatchObject({
			commune: '59002'
		});
	});
	it.each(['Friche Delattre - Vermoy', 'Aire de jeux à Vermoy', 'Site de Vermoy'])(
		'quand il en nomme une autre, c’est l’autre : « %s »',
		(intitule) => expect(place({ ...bailleur, intitule })).toMatchObject({ part: 'ailleurs', commune: '59004' })
	);
	it.each([
		'Logements rue de Vermoy',
		'Forêt de Vermoy',
		'Marais de Vermoy et de Lizon',
		'Sous-bassin des communes de Vermoy et d’Ailleurs',
		'Chauves-souris Vermoy'
	])('une rue, un ensemble plus large ou plusieurs lieux n’en donnent pas : « %s »', (intitule) =>
		expect(place({ ...bailleur, intitule })).toMatchObject({ part: 'inconnu', commune: null })
	);
	it('une liste sans bénéficiaire donne la commune du projet', () =>
		expect(place({ commune: '59001', intitule: 'Cour d’école' })).toMatchObject({ part: 'commune-avec-qpv' }));
});

describe('près d’un quartier n’est pas sûrement dedans', () => {
	const lysProjet = (intitule: string) =>
		place({ siren: '210000001', beneficiaire: 'LIZON', commune: '59001', intitule });
	it.each([
		['Parc à la frontière du QPV Grands Tilleuls', 'la frontière du QPV'],
		['Piste entre les Grands Tilleuls et le centre ville', 'entre les Grands Tilleuls'],
		['Passerelle entre deux QPV', 'entre deux QPV'],
		['Passerelle entre la gare et les Grands Tilleuls', 'entre la gare et les Grands Tilleuls'],
		['Jeux au cœur et à proximité des quartiers prioritaires', 'à proximité des quartiers prioritaires'],
		['Chemin de la gare vers les Grands Tilleuls', 'vers les Grands Tilleuls'],
		['Piste le long des Grands Tilleuls', 'le long des Grands Tilleuls'],
		['Éclairage secteur des Moulins, de Valfroid et des Grands Tilleuls', 'parmi d’autres lieux'],
		['Éclairage des Grands Tilleuls et de Valfroid', 'parmi d’autres lieux'],
		['École non située en QPV', 'non située en QPV'],
		['Actions en QPV et en centre-ville', 'plusieurs lieux'],
		['Jardin hors du quartier Les Grands Tilleuls', 'hors']
	])('« %s »', (intitule, words) => {
		const { part, preuve, quartiers } = lysProjet(intitule);
		expect([part, quartiers]).toEqual(['commune-avec-qpv', []]);
		expect(preuve).toContain(words);
	});
	it.each([
		'Traversées aux abords de cinq écoles, au sein de quartiers prioritaires',
		'École des Pins, Grands Tilleuls',
		'Liaison douce rue Haute, dans le quartier prioritaire',
		'Deux salles aux Grands Tilleuls\u00a0: Pasteur et la Ruche',
		'Jeux du quartier Beau Soleil et des Grands Tilleuls',
		'Accès à l’école, quartier des Grands Tilleuls'
	])('mais ce qui est dedans y reste : « %s »', (intitule) => expect(lysProjet(intitule).part).toBe('en-qpv'));
	it('« hors QPV » et « en dehors des QPV » sont ailleurs', () => {
		expect(lysProjet('Jardin en dehors des QPV').part).toBe('ailleurs');
		expect(lysProjet('Jardin (hors QPV)').part).toBe('ailleurs');
	});
});
