import { expect, it } from 'vitest';
import type { Champ } from '../../src/lib/domain/action';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { crossTerritory } from '../../src/lib/domain/crossing/territory-view';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDecision, aDocument, anAction, aQuartier, aTerritory } from '../fixtures/build';

/* A territory where every crossing is answered and everything is told: the rules have nothing to say. */

const ref = loadReferentiel();
const CHAMPS: Champ[] = [
	'titre',
	'qpv',
	'pilote',
	'elu',
	'instance',
	'publics',
	'participation',
	'clause_adaptation',
	'cout_investissement',
	'cout_fonctionnement',
	'financements',
	'date_debut',
	'date_fin'
];
const document = (id: number, plan: 'pcaet' | 'contrat-de-ville', adopteLe: string) => ({
	...aDocument({ id, plan, champs: CHAMPS, periode: '2026-2034', adopteLe }),
	fichier: 'plan.xlsx',
	importeLe: '2028-03-01'
});
const actions = ref.enjeux.croises.map((x, i) =>
	anAction({
		id: `c${i}`,
		document: 1 + (i % 2),
		plan: i % 2 ? 'contrat-de-ville' : 'pcaet',
		titre: `Opération ${String.fromCharCode(65 + i)}`,
		quartiers: ['Les Pyramides'],
		enjeuxDeclares: [x.transition, x.ville],
		natureDeclaree: 'N1',
		pilote: 'Service',
		elu: 'Élue',
		instance: 'Comité',
		publics: ['Tous'],
		participation: 'Concertation',
		clauseAdaptation: true,
		statut: 'en-cours',
		porteurType: 'epci',
		dates: { debut: '2027-01-01', fin: '2029-06-30', texte: null },
		etapes: ['Livraison le 30/06/2029'],
		budget: { euros: 100_000, base: 'HT', max: null },
		fonctionnement: { euros: 5_000, base: 'HT', max: null },
		financements: [
			{
				libelle: 'Autofinancement',
				dispositif: null,
				demande: 100_000,
				obtenu: 100_000,
				etat: 'obtenu',
				genre: 'autofinancement'
			}
		]
	})
);

it('un territoire complet n’a aucune alerte', () => {
	const quartier = aQuartier({ code: 'QNZZZ01N', nom: 'Les Pyramides' });
	const school = { nom: 'École Hugo', cour: 'vegetalisee', annee: 2027, source: 'ecoles.csv, ligne 2' };
	const { view } = crossTerritory(
		{
			territory: aTerritory(),
			quartiers: [quartier],
			correspondances: new Map(),
			documents: [document(1, 'pcaet', '2028-03-01'), document(2, 'contrat-de-ville', '2026-03-01')],
			actions,
			decisions: [
				aDecision({ sujet: { genre: 'ecole', id: 'QNZZZ01N:École Hugo' }, quartier: 'QNZZZ01N', valeur: school })
			],
			indicateurs: []
		},
		ref,
		compileLexicon(ref),
		'2028-04-01'
	);
	expect(view.gaps.filter((g) => g.reponse === 'alerte').map((g) => `${g.id} ${g.message}`)).toEqual([]);
});
