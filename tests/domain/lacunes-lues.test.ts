import { describe, expect, it } from 'vitest';
import { printOf, readDismissal } from '../../src/lib/domain/rules/gap-decisions';
import { aDecision, aPlaced } from '../fixtures/build';
import { CDV, find, PCAET, Q, view } from '../fixtures/gaps';

/* What a gap says when it is read aloud to someone who has never opened the tool. */

const HERE = { atteinte: { [Q]: 'explicite' }, transition: ['T04'], ville: ['P03'], croises: ['X04'] } as const;

describe('une lacune lue à voix haute', () => {
	it('jusqu’à trois actions sont nommées, avec qui appeler ; davantage, comptées, les deux premières nommées', () => {
		const stopped = (id: string) =>
			aPlaced({ ...HERE, action: { id, titre: `Action ${id}`, statut: 'en-pause', pilote: 'Service habitat' } });
		const g12 = (...ids: string[]) => find('G12', 'actionArretee', view(ids.map(stopped)))[0];
		expect(g12('a')?.message).toContain('l’arrêt de «\u00a0Action a\u00a0»');
		expect(g12('a')?.aFaire).toContain('Demander au Service habitat si');
		expect(g12('a', 'b')?.message).toContain('l’arrêt de «\u00a0Action a\u00a0» et «\u00a0Action b\u00a0» est');
		expect(g12('a', 'b', 'c')?.message).toContain('«\u00a0Action b\u00a0» et «\u00a0Action c\u00a0» est');
		expect(g12('a', 'b', 'c', 'd')?.message).toContain(
			'l’arrêt de 4\u00a0actions (dont «\u00a0Action a\u00a0» et «\u00a0Action b\u00a0») est'
		);
		expect(g12('a', 'b')?.aFaire).toContain('au Service habitat si');
	});

	it('un croisement est dit croisement, et un plan a son article', () => {
		const weak = aPlaced({
			action: { id: 'p', document: 2, plan: 'pcaet', titre: 'Réseau' },
			atteinte: { [Q]: 'diffuse' },
			croises: ['X04?']
		});
		const [gap] = find('G02', 'droitCommunNArrivePas', view([weak]));
		expect(gap?.message).toMatch(/^Dans le PCAET, l’action «\u00a0Réseau\u00a0» touche peut-être à «/);
		expect(gap?.message).toMatch(/mais rien ne dit qu’elle concerne les Pyramides\.$/);
		expect(gap?.aFaire).toContain(
			'si une résidence du quartier peut être raccordée ou équipée, et le noter sur l’action'
		);
	});

	it('un service du quartier n’est pas tu quand un investissement de l’intercommunalité approche', () => {
		const soft = aPlaced({ ...HERE, action: { id: 's', titre: 'Atelier' }, nature: 'N3' });
		const service = aPlaced({ ...HERE, action: { id: 'n', titre: 'Guichet' }, nature: 'N2' });
		const invested = (debut: string) =>
			aPlaced({
				...HERE,
				action: { id: 'i', document: 2, plan: 'pcaet', titre: 'Chaufferie', dates: { debut, fin: null, texte: null } },
				atteinte: { [Q]: 'diffuse' },
				nature: 'N1'
			});
		const g03 = (debut: string) =>
			find('G03', 'sensibilisationSeule', view([soft, service, invested(debut)]))[0]?.message;
		expect(g03('2027-03-01')).toContain(
			'ne repose que sur un service («\u00a0Guichet\u00a0») et une action de sensibilisation («\u00a0Atelier\u00a0»)\u202f; rien'
		);
		expect(g03('2027-03-01')).toMatch(/Chaufferie.*commence bientôt\.$/);
		expect(g03('2026-01-01')).toMatch(/Chaufferie.*est en cours\.$/);
	});

	it('deux actions d’un même plan se distinguent par leur document et leur ligne', () => {
		const twin = (id: string, document: number, ligne: number) =>
			aPlaced({
				...HERE,
				nature: 'N2',
				action: { id, document, titre: 'Aide au permis', origine: { fichier: 'c.xlsx', feuille: 'F', ligne } as never }
			});
		const documents = [CDV, { ...CDV, id: 3, titre: 'Contrat de ville 2019' }];
		const [gap] = find('G09', 'recoupementAMutualiser', view([twin('a', 1, 12), twin('b', 3, 31)], { documents }));
		expect(gap?.message).toContain('ligne\u00a012');
		expect(gap?.message).toContain('ligne\u00a031');
	});

	it('un titre sur deux lignes se lit sur une seule, dans la phrase et dans la preuve', () => {
		const works = aPlaced({ ...HERE, nature: 'N1', action: { id: 'a', titre: 'Travaux\r\n (écoles)', pilote: null } });
		const [gap] = find('G08', 'pilotageIncomplet', view([works]));
		expect([gap?.message, ...(gap?.preuves.faits ?? [])].join(' ')).not.toMatch(/[\r\n]/);
		expect(gap?.message).toContain('«\u00a0Travaux (écoles)\u00a0»');
	});

	it('un territoire sans quartier, d’un quartier ou de plusieurs : les besoins de qui', () => {
		const documents = [
			{ ...CDV, periode: '2024-2027', echeances: { adoption: null, fin: '2027-12-31' } as never },
			PCAET
		];
		const told = (quartiers: number) =>
			find(
				'G13',
				'calendrierDesaligne',
				view([], {
					documents,
					quartiers: Array.from({ length: quartiers }, (_, i) => ({ code: `${Q}${i}` as never, nom: `Q${i}` }))
				})
			).map((g) => g.message);
		expect(told(0).join()).toContain('les besoins des habitants peuvent');
		expect(told(1).join()).toContain('les besoins du quartier peuvent');
		expect(told(4).join()).toContain('les besoins des 4\u00a0quartiers peuvent');
	});

	it('une demande de donnée n’affirme jamais une absence, même là où un indicateur est défavorable', () => {
		const unsure = aPlaced({ ...HERE, action: { id: 'a' }, atteinte: { [Q]: 'inconnu' } });
		const poor = {
			def: {
				libelle: 'Taux de pauvreté',
				enjeux: ['T04'],
				defavorable_si: 'haut',
				decimales: 0,
				unite: '%',
				source: 'essai'
			},
			valeur: 60,
			reference: { libelle: 'CA', valeur: 20, millesime: null, source: 'essai' }
		} as never;
		const g01 = (actions: Parameters<typeof view>[0]) =>
			find('G01', 'enjeuSansReponse', view(actions, { indicateurs: new Map([[Q, [poor]]]) })).find(
				(g) => g.enjeu === 'X04'
			);
		expect(g01([unsure])).toMatchObject({ reponse: 'donnee-manquante', gravite: 'information' });
		expect(g01([unsure])?.message).toContain('pourrait répondre à');
		expect(g01([])).toMatchObject({ reponse: 'alerte', gravite: 'critique' });
	});

	it('ce qui a été décidé sur des faits dits avec d’autres mots reste décidé', () => {
		const told = (...faits: string[]) => ({
			reponse: 'alerte',
			gravite: 'haute',
			preuves: { actions: ['a'], faits }
		});
		const before = told(
			'«\u00a0Parc\u00a0»\u00a0: Fonds vert\u00a0: 650\u00a0€ (envisage)',
			'«\u00a0Parc\u00a0»\u00a0: y répond déjà',
			'«\u00a0Parc\u00a0»\u00a0: de 2026 à 2026',
			'Étude\u00a0: 85\u00a0€, commune de Aubrelle d’après la liste',
			'«\u00a0Parc\u00a0»\u00a0: atteinte diffuse, à confirmer (son titre ne dit que la moitié de l’enjeu)',
			'aide à la voiture et report modal sur le même public (permis)'
		);
		const now = told(
			'«\u00a0Parc\u00a0»\u00a0: Fonds vert\u00a0: 650\u00a0€ (envisagé)',
			'«\u00a0Parc\u00a0»\u00a0: y répondrait, à confirmer',
			'«\u00a0Parc\u00a0»\u00a0: en 2026',
			'Étude\u00a0: 85\u00a0€, commune d’Aubrelle d’après la liste',
			'«\u00a0Parc\u00a0»\u00a0: atteinte diffuse, à confirmer (son titre ne parle pas des écoles)',
			'aide à la voiture d’un côté, report modal de l’autre (permis)'
		);
		const decision = aDecision({
			sujet: { genre: 'lacune', id: 'G10:a' },
			valeur: { etat: 'ecartee', empreinte: printOf(before) }
		});
		expect(readDismissal(decision, () => printOf(now), '2026-11-27').aRevoir).toBeNull();
		const other = { ...now, preuves: { ...now.preuves, faits: [...now.preuves.faits, 'coût 3\u00a0€'] } };
		expect(readDismissal(decision, () => printOf(other), '2026-11-27').aRevoir).not.toBeNull();
	});
});
