import { describe, expect, it } from 'vitest';
import type { Action, Champ, PlanDocument } from '../../src/lib/domain/action';
import type { IndicatorValue } from '../../src/lib/domain/indicator';
import { aDocument, anAction, aLine, aQuartier, AUBRELLE, VERMOY } from '../fixtures/build';
import { computed, paper, type OnPaper } from '../fixtures/on-paper';

/*
 * Three small territories whose gaps were worked out by hand, from the words of the rules alone, before any was computed.
 * A line says: rule, object (quartier:enjeu, action or document), what is answered, how serious. Nothing else may come out.
 * Funding is not assessed here, so G04 has nothing to say.
 */

/** The same line for several crossings: each('G01 source: alerte haute', 'X09 X10'). */
const each = (line: string, codes: string): string =>
	codes
		.split(' ')
		.map((code) => line.replace(': ', `:${code} `))
		.join('\n');

describe('sur le papier, un quartier et deux plans bien remplis', () => {
	const CHAMPS: Champ[] = [
		'titre',
		'qpv',
		'echelle',
		'pilote',
		'elu',
		'instance',
		'publics',
		'participation',
		'clause_adaptation',
		'cout_investissement',
		'cout_fonctionnement',
		'financements',
		'statut',
		'date_debut',
		'date_fin'
	];
	const contrat = aDocument({ id: 1, champs: CHAMPS, periode: '2024-2030', adopteLe: '2024-03-28' });
	const pcaet = aDocument({ id: 2, plan: 'pcaet', champs: CHAMPS, periode: '2023-2028', adopteLe: '2024-01-15' });
	const euros = (value: number) => ({ euros: value, base: 'HT' as const, max: null });
	const dates = (debut: string, fin: string) => ({ debut, fin, texte: null });
	/** Everything is told of it: what a case changes is what it is about. */
	const told = (id: string, plan: PlanDocument, enjeux: string, nature: string, said: Partial<Action> = {}): Action =>
		anAction({
			id,
			document: plan.id,
			plan: plan.plan,
			quartiers: ['La Source'],
			enjeuxDeclares: enjeux.split(' '),
			natureDeclaree: nature,
			pilote: 'Service',
			elu: 'Élue',
			instance: 'Comité',
			publics: ['Habitants'],
			participation: 'Concertation',
			clauseAdaptation: true,
			statut: 'en-cours',
			porteurType: 'commune',
			dates: dates('2025-01-01', '2027-12-31'),
			budget: euros(100_000),
			fonctionnement: euros(5_000),
			financements: [aLine({ obtenu: 100_000, etat: 'obtenu', genre: 'autofinancement' })],
			...said
		});
	const actions = [
		told('a1', contrat, 'T01 P01', 'N1', { titre: 'Kalmo' }),
		told('a2', pcaet, 'T04', 'N1', { titre: 'Birune', quartiers: [], echelle: 'epci' }),
		told('a3', contrat, 'T06 P08', 'N3', {
			titre: 'Dovrek',
			statut: 'en-pause',
			dates: dates('2024-01-01', '2025-11-22')
		}),
		told('a4', pcaet, 'T05 P09', 'N1', { titre: 'Estrague', statut: 'abandonne' }),
		told('a5', pcaet, 'T10 P06', 'N2', { titre: 'Filoze', quartiers: [], echelle: 'quartier' }),
		told('a6', contrat, 'T09 P04', 'N5', { titre: 'Distribution de colis alimentaires' }),
		told('a7', contrat, 'T12 P05', 'N2', {
			titre: 'Galvène',
			pilote: null,
			statut: 'a-venir',
			dates: dates('2027-03-01', '2029-06-30'),
			budget: null,
			fonctionnement: null,
			financements: []
		}),
		told('a8', pcaet, 'T02 P07', 'N1', {
			titre: 'Hurlame',
			participation: 'Information',
			clauseAdaptation: null,
			dates: dates('2026-01-01', '2031-06-30'),
			budget: euros(1_000_000),
			financements: [aLine({ libelle: 'État', obtenu: 850_000, etat: 'obtenu' })]
		}),
		told('a9', contrat, 'T13 P11', 'N3', {
			titre: 'Ivrel',
			statut: 'bloque',
			dates: dates('2024-01-01', '2025-06-30')
		}),
		told('a10', pcaet, 'T08 P03', 'N2', {
			titre: 'Jarole',
			financements: [aLine({ demande: 80_000, dispositif: 'anru.quartiers-fertiles' })]
		}),
		told('a11', contrat, 'T11 P08', 'N1', {
			titre: 'Lumbrac',
			financements: [
				aLine({ obtenu: 80_000, etat: 'obtenu' }),
				aLine({ obtenu: 20_000, etat: 'obtenu', genre: 'autofinancement' })
			]
		})
	];
	const value = (code: string, genre: 'qpv' | 'commune' | 'epci', lieu: string, valeur: number): IndicatorValue => ({
		code,
		lieu: { genre, code: lieu },
		valeur,
		millesime: '2023',
		source: 'essai',
		origine: { fichier: 'indicateurs.csv', ligne: 2 }
	});
	const said: OnPaper = {
		quartiers: [aQuartier({ code: 'QNZZZ11N', nom: 'La Source' })],
		documents: [contrat, pcaet],
		actions,
		indicateurs: [
			value('I-TX-PAUVRETE', 'qpv', 'QNZZZ11N', 45),
			value('I-TX-PAUVRETE', 'epci', 'ZZ0000001', 36),
			value('I-TX-EMPLOI', 'qpv', 'QNZZZ11N', 40),
			value('I-TX-EMPLOI', 'epci', 'ZZ0000001', 50),
			value('I-VEGETATION', 'qpv', 'QNZZZ11N', 10),
			value('I-VEGETATION', 'commune', 'ZZ001', 20)
		]
	};

	it('donne exactement les lacunes attendues', () =>
		expect(computed(said, { QNZZZ11N: 'source' })).toEqual(
			paper(`
			// Poverty is 25 % worse than the EPCI, the very threshold, and touches T01 T03 T09 P04; greenery half the commune's, T06.
			${each('G01 source: alerte critique', 'X02 X03 X06 X07 X12')}
			// Nothing at all, nor any bad indicator: employment is 20 % worse, under the threshold. a4 is abandoned: X09 is open.
			${each('G01 source: alerte haute', 'X09 X17 X20')}
			G01 source:X14  alerte moyenne                // no demolition is known there
			G01 source:X13  donnee-manquante information  // a5 says « quartier » and not which
			G02 source:X13  donnee-manquante information  // and a5 is the PCAET's
			G02 source:X04  alerte moyenne                // a2, the whole EPCI, reaches nobody here; half of it is said: to be confirmed
			G03 source:X08  alerte haute                  // a3 is awareness; X18 is mobilisation, spared
			G05 fonds-vert  donnee-manquante information  // nobody says what was obtained
			G07 doc1:etapes donnee-manquante information  // a7 only ends on 30/06/2029: its plan has no column of steps
			G07 doc2:etapes donnee-manquante information  // a8 only ends after 2030: the same
			G08 a7          alerte haute                  // the pilot is blank
			G10 a7          alerte haute                  // no cost, starts within a year; a10 leaves 20 %, not more
			G11 source:I-VEGETATION alerte critique       // a3 is awareness; poverty is answered by a1 (T01, works)
			G12 a9          alerte moyenne                // blocked for 16 months, alone on X18; a3 for twelve, not more
			G13 pcaet:2027-01-15 alerte moyenne           // three years after adoption, within a year
			G13 contrat-de-ville:2027-12-31 alerte information
			G14 a10:anru.quartiers-fertiles alerte haute  // closed since 2021
			G15 a8          alerte haute                  // 85 % of aid; a11 is at 80 %, not more
			G16 source:T09  alerte moyenne                // food parcels, no cure
			G17 a8          alerte haute                  // works, inhabitants only informed
			G18 a8          alerte moyenne                // the column is there, the cell blank
			G19 territoire  donnee-manquante information
			`)
		));
});

describe('sur le papier, trois quartiers sur deux communes et des cases vides', () => {
	const contrat = aDocument({
		id: 1,
		periode: null,
		champs: ['titre', 'qpv', 'communes', 'statut', 'pilote', 'natures']
	});
	const plh = aDocument({
		id: 2,
		plan: 'plh',
		titre: 'PLH',
		periode: null,
		champs: ['titre', 'communes', 'statut', 'pilote']
	});
	const pcaet = aDocument({ id: 3, plan: 'pcaet', titre: 'PCAET', periode: null, champs: ['titre'] });
	const row = (id: string, plan: PlanDocument, enjeux: string, natureDeclaree: string | null, said: Partial<Action>) =>
		anAction({
			id,
			document: plan.id,
			plan: plan.plan,
			enjeuxDeclares: enjeux.split(' '),
			natureDeclaree,
			pilote: plan === pcaet ? null : 'Service',
			...said
		});
	const said: OnPaper = {
		quartiers: [
			aQuartier({ code: 'QNZZZ21N', nom: 'Les Glacis' }),
			aQuartier({ code: 'QNZZZ22N', nom: 'Le Port', communes: [VERMOY] }),
			aQuartier({ code: 'QNZZZ23N', nom: 'L’Octroi', communes: [AUBRELLE, VERMOY] })
		],
		documents: [contrat, plh, pcaet],
		actions: [
			row('b1', plh, 'T01 P01', 'N1', { titre: 'Fénolle', communes: ['Aubrelle'] }),
			row('b2', pcaet, 'T01', 'N1', { titre: 'Tarvise' }),
			row('b3', contrat, 'T03 P04', 'N3', { titre: 'Oscalde', quartiers: ['Le Port'] }),
			row('b4', contrat, 'T03 P04', null, { titre: 'Plimet', quartiers: ['Les Glacis'] }),
			row('b5', contrat, 'T05 P09', 'N2', { titre: 'Rousqué', communes: ['Vermoy'], statut: 'bloque' }),
			row('b6', pcaet, 'T06 P07', 'N1', { titre: 'Sourbel', echelle: 'quartier' }),
			row('b7', plh, 'T01 P01', 'N1', { titre: 'Vartolin', quartiers: ['Le Port'], statut: 'abandonne' }),
			row('b8', contrat, 'T11 P08', 'N4', { titre: 'Wexane', quartiers: ['Tous les QPV'] }),
			row('b9', pcaet, 'T11 P08', 'N1', {
				titre: 'Yostère',
				dates: { debut: '2027-03-01', fin: '2028-12-31', texte: null }
			}),
			row('b10', contrat, 'T09 P04', 'N5', { titre: 'Zélune', quartiers: ['Les Glacis'] })
		]
	};
	const NOMS = { QNZZZ21N: 'glacis', QNZZZ22N: 'port', QNZZZ23N: 'octroi' };
	const everywhere = (line: string, codes: string) =>
		Object.values(NOMS)
			.map((nom) => each(line.replace('*', nom), codes))
			.join('\n');

	it('donne exactement les lacunes attendues', () =>
		expect(computed(said, NOMS)).toEqual(
			paper(`
			${everywhere('G01 *: alerte haute', 'X04 X05 X07 X08 X12 X13 X16 X17 X18 X19 X20')}
			${everywhere('G01 *: alerte moyenne', 'X14')}
			${everywhere('G01 *: donnee-manquante information', 'X06')} // b6 could be in any of them
			G01 octroi:X03 alerte haute                   // b3 and b4 are in the two others
			G01 glacis:X09 alerte haute                   // b5 is for Vermoy: the Port, and the Octroi that it shares
			G01 port:X11   alerte haute
			G01 octroi:X11 alerte haute
			G02 glacis:X01 alerte moyenne                 // b1 covers Aubrelle: the Glacis and the Octroi
			G02 octroi:X01 alerte moyenne
			G02 port:X01   alerte moyenne                 // b2 alone, read on little, and b7 is abandoned
			${everywhere('G02 *: alerte moyenne', 'X02')}
			${everywhere('G02 *: alerte haute', 'X15')}
			${everywhere('G02 *: donnee-manquante information', 'X06')} // b6 again: neither rule can tell
			G03 port:X03   alerte haute                   // b4, of unknown nature, is no awareness and no works
			${everywhere('G03 *: alerte information', 'X15')} // b8 is a study; b9 invests for the whole EPCI in 2027
			G05 fonds-vert donnee-manquante information
			G07 doc1:date_fin donnee-manquante information
			G07 doc2:date_fin donnee-manquante information
			G07 doc3:date_fin donnee-manquante information
			G07 doc3:etapes   donnee-manquante information // b9 only ends beyond 24 months: no column of steps
			G08 doc1:elu      donnee-manquante information
			G08 doc1:instance donnee-manquante information
			G08 doc2:elu      donnee-manquante information
			G08 doc2:instance donnee-manquante information
			G08 doc3:pilote   donnee-manquante information
			G08 doc3:elu      donnee-manquante information
			G08 doc3:instance donnee-manquante information
			G10 doc1:cout_investissement donnee-manquante information
			G10 doc2:cout_investissement donnee-manquante information
			G10 doc3:cout_investissement donnee-manquante information
			G11 indicateurs   donnee-manquante information // none is loaded: asked once
			G12 doc1:date_fin donnee-manquante information // b5 is blocked, since when?
			G12 doc3:statut   donnee-manquante information // nobody says what is done
			G13 contrat-de-ville:2027-12-31 alerte information // the clause of 2027 needs no date of adoption
			G13 doc2:dates    donnee-manquante information
			G13 doc3:dates    donnee-manquante information
			G14 doc1:financements donnee-manquante information
			G14 doc2:financements donnee-manquante information
			G14 doc3:financements donnee-manquante information // of the whole EPCI: money is asked of every plan
			G16 glacis:T09    alerte information          // an aid, not said of emergency
			G17 doc1:participation donnee-manquante information
			G17 doc2:participation donnee-manquante information
			G18 doc2:clause_adaptation donnee-manquante information // b1
			G18 doc3:clause_adaptation donnee-manquante information // b2, wherever its works are
			G19 territoire    donnee-manquante information
			`)
		));
});

describe('sur le papier, un territoire qui n’a que son contrat de ville', () => {
	const contrat = aDocument({ id: 1, champs: ['titre', 'qpv', 'natures', 'pilote', 'elu', 'instance'] });
	const row = (id: string, enjeux: string, natureDeclaree: string | null, said: Partial<Action>) =>
		anAction({
			id,
			enjeuxDeclares: enjeux.split(' '),
			natureDeclaree,
			pilote: 'Service',
			elu: 'Élue',
			instance: 'Comité',
			...said
		});
	const said: OnPaper = {
		quartiers: [aQuartier({ code: 'QNZZZ31N', nom: 'Les Forges', communes: [VERMOY] })],
		documents: [contrat],
		actions: [
			row('c1', 'T06 P02', 'N3', { titre: 'Kalmo', quartiers: ['Les Forges'] }),
			row('c2', 'T01 P01', null, { titre: 'Birune', quartiers: ['Les Forges'] }),
			row('c3', 'T05 P09', 'N2', { titre: 'Dovrek' })
		]
	};

	it('ne conclut à aucun enjeu sans réponse : il manque un second document', () =>
		expect(computed(said, { QNZZZ31N: 'forges' })).toEqual(
			paper(`
			${each('G01 forges: donnee-manquante information', 'X02 X03 X04 X05 X06 X08 X09 X11 X12 X13 X14 X15 X16 X17 X18 X19 X20')}
			G03 forges:X07 alerte haute
			G05 fonds-vert donnee-manquante information
			G07 doc1:date_fin donnee-manquante information
			G10 doc1:cout_investissement donnee-manquante information
			G11 indicateurs   donnee-manquante information // none is loaded: asked once
			G12 doc1:statut donnee-manquante information
			G13 contrat-de-ville:2027-12-31 alerte information
			G14 doc1:financements donnee-manquante information
			G17 doc1:participation donnee-manquante information
			G19 territoire donnee-manquante information
			`)
		));
});
