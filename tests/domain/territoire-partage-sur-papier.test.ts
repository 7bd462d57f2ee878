import { describe, expect, it } from 'vitest';
import type { Action, Champ, PlanDocument } from '../../src/lib/domain/action';
import type { IndicatorValue } from '../../src/lib/domain/indicator';
import type { Quartier, Territory } from '../../src/lib/domain/territory';
import { aDocument, anAction, aLine, aQuartier, aTerritory, AUBRELLE, SORBAY, VERMOY } from '../fixtures/build';
import { computed, paper } from '../fixtures/on-paper';

/*
 * One quartier over two intercommunalités, read from each. The gaps were worked out by hand, from the words of the rules alone,
 * before any was computed: rule, object (quartier:enjeu, action or document), what is answered, how serious. Nothing else may
 * come out. Funding is not assessed here, so G04 has nothing to say.
 */

const [A, B] = ['ZZ0000001', 'ZZ0000002'] as const;
const epci = (...codes: string[]) => codes as unknown as Quartier['epci'];

const digue = aQuartier({ code: 'QNZZZ41N', nom: 'La Digue', epci: epci(A) });
const tanneurs = aQuartier({
	code: 'QNZZZ42N',
	nom: 'Les Tanneurs',
	communes: [AUBRELLE, SORBAY],
	epci: epci(A, B)
});
const clos = aQuartier({ code: 'QNZZZ43N', nom: 'Le Clos', communes: [SORBAY], epci: epci(B) });
const NOMS = { QNZZZ41N: 'digue', QNZZZ42N: 'tanneurs', QNZZZ43N: 'clos' };

const row = (id: string, plan: PlanDocument, enjeux: string, nature: string | null, said: Partial<Action>): Action =>
	anAction({
		id,
		document: plan.id,
		plan: plan.plan,
		enjeuxDeclares: enjeux.split(' '),
		natureDeclaree: nature,
		pilote: 'Service',
		...said
	});
const poverty = (genre: 'qpv' | 'epci', code: string, valeur: number): IndicatorValue => ({
	code: 'I-TX-PAUVRETE',
	lieu: { genre, code },
	valeur,
	millesime: '2023',
	source: 'essai',
	origine: { fichier: 'indicateurs.csv', ligne: 2 }
});

/** The same line for several crossings, in each quartier named: each('G01', 'digue tanneurs', 'X11 X12', 'alerte haute'). */
const each = (rule: string, places: string, codes: string, told: string): string =>
	places
		.split(' ')
		.flatMap((place) => codes.split(' ').map((code) => `${rule} ${place}:${code} ${told}`))
		.join('\n');

describe('sur le papier, un quartier partagé, vu de l’intercommunalité qui a deux plans', () => {
	const champs = (words: string) => words.split(' ') as Champ[];
	const contrat = aDocument({
		id: 1,
		periode: '2024-2030',
		champs: champs('titre qpv communes statut pilote natures participation')
	});
	const pcaet = aDocument({
		id: 2,
		plan: 'pcaet',
		titre: 'PCAET',
		periode: null,
		champs: champs('titre communes pilote cout_investissement financements')
	});
	const cost = { euros: 200_000, base: 'HT' as const, max: null };
	const actions = [
		row('d1', contrat, 'T01 P01', 'N1', { titre: 'Kalmo', quartiers: ['Les Tanneurs'], participation: 'Concertation' }),
		row('d2', pcaet, 'T01 P01', 'N1', { titre: 'Birune', echelle: 'epci', budget: cost }),
		row('d3', contrat, 'T03 P04', 'N3', { titre: 'Oscalde', quartiers: ['La Digue'] }),
		row('d4', contrat, 'T03 P04', 'N5', { titre: 'Zélune', quartiers: ['Les Tanneurs'], participation: 'Information' }),
		row('d5', pcaet, 'T05 P09', 'N2', { titre: 'Rousqué', communes: ['Aubrelle'], pilote: null }),
		row('d6', contrat, 'T06 P08', null, { titre: 'Plimet', quartiers: ['La Digue'] }),
		row('d7', pcaet, 'T06 P07', 'N1', { titre: 'Sourbel', echelle: 'quartier', budget: cost }),
		row('d8', contrat, 'T05 P05', 'N2', {
			titre: 'Aide au permis de conduire',
			quartiers: ['Les Tanneurs'],
			publics: ['Jeunes']
		}),
		row('d9', pcaet, 'T05 P09', 'N1', {
			titre: 'Plan vélo et piste cyclable',
			quartiers: ['Les Tanneurs'],
			publics: ['Jeunes'],
			dates: { debut: '2026-01-01', fin: '2027-12-31', texte: null },
			budget: cost,
			financements: [aLine({ demande: 100_000 })]
		}),
		row('d10', pcaet, 'T02', 'N1', { titre: 'Fénolle', echelle: 'epci', budget: cost })
	];
	const read = computed(
		{
			territory: aTerritory({ communes: [AUBRELLE, VERMOY] }),
			quartiers: [digue, tanneurs],
			documents: [contrat, pcaet],
			actions,
			indicateurs: [poverty('qpv', 'QNZZZ41N', 40), poverty('qpv', 'QNZZZ42N', 45), poverty('epci', A, 18)]
		},
		NOMS
	);

	it('donne exactement les lacunes attendues', () =>
		expect(read).toEqual(
			paper(`
			${each('G01', 'digue tanneurs', 'X04 X07 X13 X15 X16 X17 X18 X19 X20', 'alerte haute')}
			${each('G01', 'digue tanneurs', 'X14', 'alerte moyenne')}
			${each('G01', 'digue tanneurs', 'X02 X11 X12', 'alerte critique')} // poverty is bad in both: T01, T09, P04
			${each('G01', 'digue tanneurs', 'X06', 'donnee-manquante information')} // d7 could be in any of them
			G01 tanneurs:X08 alerte haute                 // d6 is at the Digue
			G02 digue:X01 alerte haute                    // d2 is for the whole EPCI
			G02 tanneurs:X01 alerte haute                 // d1 answers, the droit commun does not come
			${each('G02', 'digue tanneurs', 'X05', 'alerte moyenne')} // d10 carries half of it
			${each('G02', 'digue tanneurs', 'X06', 'donnee-manquante information')} // d7 again
			G02 digue:X09 alerte moyenne                  // d5 covers Aubrelle; d9 names the Tanneurs
			G03 digue:X03 alerte haute                    // d3 alone
			G05 fonds-vert donnee-manquante information
			G06 d8|d9 alerte haute                        // the same young people, the same quartier, the same years
			G07 doc1:date_fin donnee-manquante information
			G07 doc2:date_fin donnee-manquante information // d5; d9 has its end in 2027
			G08 d5 alerte haute                           // a column of pilots, and nobody in it
			G08 doc1:elu      donnee-manquante information
			G08 doc1:instance donnee-manquante information
			G08 doc2:elu      donnee-manquante information
			G08 doc2:instance donnee-manquante information
			G10 d5 alerte moyenne                         // no cost
			G10 d9 alerte moyenne                         // half of it is still to be found
			G10 doc1:cout_investissement donnee-manquante information
			G10 doc2:financements donnee-manquante information // d2, d7 and d10 have a cost and no line
			G11 digue:I-TX-PAUVRETE alerte critique       // d3 is awareness; at the Tanneurs d1 and d4 answer
			G12 doc2:statut donnee-manquante information
			G13 contrat-de-ville:2027-12-31 alerte information
			G13 doc2:dates donnee-manquante information
			G14 doc1:financements donnee-manquante information
			G16 tanneurs:T03 alerte information           // d4, an aid not said of emergency
			G17 d4 alerte moyenne                         // informed only
			G17 doc1:participation donnee-manquante information // d3, d6 and d8 are blank
			G17 doc2:participation donnee-manquante information
			G18 doc1:clause_adaptation donnee-manquante information // d1
			G18 doc2:clause_adaptation donnee-manquante information // d2 and d10, of the whole EPCI
			G19 territoire donnee-manquante information
			`)
		));

	it('ne dit pas les mêmes choses du quartier partagé que sa voisine, qui n’a qu’un plan échu', () => {
		const plh = aDocument({
			id: 3,
			territoire: B as never,
			plan: 'plh',
			titre: 'PLH',
			periode: '2020-2025',
			champs: champs('titre communes qpv natures')
		});
		const beside = computed(
			{
				territory: aTerritory({ code: B as Territory['code'], nom: 'CC du Val de Sorbay', communes: [SORBAY] }),
				quartiers: [clos, tanneurs],
				documents: [plh],
				actions: [
					row('e1', plh, 'T01 P01', 'N1', { titre: 'Tarvise', quartiers: ['Le Clos'] }),
					row('e2', plh, 'T03 P04', 'N2', { titre: 'Vartolin', communes: ['Sorbay'] }),
					row('e3', plh, 'T09 P04', null, { titre: 'Wexane', echelle: 'epci' })
				],
				indicateurs: [poverty('qpv', 'QNZZZ42N', 45)]
			},
			NOMS
		);
		expect(beside).toEqual(
			paper(`
			${each('G01', 'clos tanneurs', 'X02 X04 X05 X06 X07 X08 X09 X12 X13 X14 X15 X16 X17 X18 X19 X20', 'donnee-manquante information')}
			G01 tanneurs:X01 donnee-manquante information // e1 is at the Clos; one plan is too few to say none
			${each('G02', 'clos tanneurs', 'X03 X11', 'donnee-manquante information')} // e2 covers Sorbay, e3 the EPCI
			G05 fonds-vert donnee-manquante information
			G12 doc3:statut donnee-manquante information
			G13 plh:2025-12-31 alerte moyenne             // over, and nothing replaces it
			G19 territoire donnee-manquante information
			`)
		);
	});
});
