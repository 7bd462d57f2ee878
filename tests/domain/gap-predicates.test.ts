import { describe, expect, it } from 'vitest';
import type { Champ } from '../../src/lib/domain/action';
import type { Answer } from '../../src/lib/domain/coverage';
import { detectGaps, type GapView } from '../../src/lib/domain/gaps';
import type { IndicatorReading } from '../../src/lib/domain/indicator';
import type { PlacedAction } from '../../src/lib/domain/place';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDecision, aDocument, aLine, aPlaced } from '../fixtures/build';

const ref = loadReferentiel();
const Q = 'QNZZZ01N';
const COLUMNS: Champ[] = ['titre', 'qpv', 'pilote', 'elu', 'instance', 'cout_investissement', 'financements'];
const CDV = aDocument({ id: 1, champs: COLUMNS });
const PCAET = aDocument({ id: 2, plan: 'pcaet', titre: 'PCAET', champs: COLUMNS });

function view(actions: readonly PlacedAction[], said: Partial<GapView> = {}): GapView {
	const documents = said.documents ?? [CDV, PCAET];
	return {
		asOf: '2026-11-22',
		quartiers: [{ code: Q as never, nom: 'Les Pyramides' }],
		actions,
		documents,
		enjeux: ref.enjeux,
		plans: new Map(ref.plans.types.map((t) => [t.code, t.court])),
		champs: new Map(ref.plans.champs.map((c) => [c.champ, c.libelle])),
		droitCommun: ref.lacunes.droit_commun,
		coverage: {
			quartiers: [Q],
			natures: new Map(ref.enjeux.natures.map((n): [string, Answer] => [n.code, n.couverture])),
			plansSaisis: new Set(documents.map((d) => d.plan)).size,
			minPlans: 2
		},
		indicateurs: new Map(),
		verdicts: [],
		mesures: new Map(),
		...said
	};
}

/** Predicates are tried whether the file has switched their rule on or not. */
function rule(id: string, predicat: string) {
	return { ...ref.lacunes.regles.find((r) => r.id === id)!, predicat };
}
const find = (id: string, predicat: string, v: GapView, decisions: ReturnType<typeof aDecision>[] = []) =>
	detectGaps(v, [rule(id, predicat)], decisions);
const dismissed = (id: string) =>
	aDecision({
		sujet: { genre: 'lacune', id },
		valeur: 'ecartee',
		motif: 'Traité dans le contrat',
		par: 'Claire D.',
		le: '2026-11-20T10:00:00Z'
	});

const x04 = (
	niveau: PlacedAction['reach'][number]['niveau'],
	nature: string | null = 'N1',
	action: Parameters<typeof aPlaced>[0] = {}
) => aPlaced({ croises: ['X04'], transition: ['T04'], ville: ['P01'], nature, atteinte: { [Q]: niveau }, ...action });
const pcaet = { action: { plan: 'pcaet' as const, document: 2 } };

describe('G01, enjeu sans réponse', () => {
	const g01 = (v: GapView, decisions?: ReturnType<typeof aDecision>[]) =>
		find('G01', 'enjeuSansReponse', v, decisions).filter((g) => g.enjeu === 'X04');

	it('se lève quand aucune action n’atteint le quartier et que deux plans sont saisis', () => {
		const [gap] = g01(view([x04('aucune')]));
		expect(gap).toMatchObject({ id: `G01:${Q}:X04`, gravite: 'haute', reponse: 'alerte', quartier: Q, ecartee: null });
		expect(gap?.message).toContain('Les Pyramides');
		expect(gap?.message).toContain('Chaleur renouvelable');
	});

	it.each(['cible', 'explicite', 'probable', 'diffuse'] as const)(
		'se tait devant une action d’atteinte %s',
		(niveau) => {
			expect(g01(view([x04(niveau)]))).toEqual([]);
		}
	);

	it('avec un seul plan saisi : demande de donnée, jamais une alerte', () => {
		expect(g01(view([], { documents: [CDV] }))).toMatchObject([
			{ reponse: 'donnee-manquante', gravite: 'information' }
		]);
	});

	it('une action dont l’atteinte est inconnue pourrait répondre : demande de donnée', () => {
		expect(g01(view([x04('inconnu')]))).toMatchObject([{ reponse: 'donnee-manquante' }]);
	});

	it('une action abandonnée ne répond pas', () => {
		expect(g01(view([x04('cible', 'N1', { action: { statut: 'abandonne' } })]))).toMatchObject([{ reponse: 'alerte' }]);
	});

	it('devient critique quand un indicateur de l’enjeu est défavorable', () => {
		const indicateurs = new Map([[Q, [reading(50, 20, ['T04'])]]]);
		expect(g01(view([], { indicateurs }))).toMatchObject([{ gravite: 'critique' }]);
	});

	it('écartée par une personne, elle reste lisible avec son motif', () => {
		const [gap] = g01(view([]), [dismissed(`G01:${Q}:X04`)]);
		expect(gap?.ecartee).toEqual({ par: 'Claire D.', le: '2026-11-20T10:00:00Z', motif: 'Traité dans le contrat' });
	});
});

describe('G02, le droit commun n’arrive pas', () => {
	const g02 = (v: GapView, decisions?: ReturnType<typeof aDecision>[]) =>
		find('G02', 'droitCommunNArrivePas', v, decisions);

	it('se lève sur une action diffuse d’un PCAET, même portée à moitié', () => {
		expect(g02(view([x04('diffuse', 'N1', pcaet)]))).toMatchObject([
			{ id: `G02:${Q}:X04`, gravite: 'haute', reponse: 'alerte' }
		]);
		expect(g02(view([x04('diffuse', 'N1', { ...pcaet, croises: ['X04?'] })]))).toHaveLength(1);
	});

	it('s’adoucit quand une action couvre la commune', () => {
		expect(g02(view([x04('probable', 'N1', pcaet)]))).toMatchObject([{ gravite: 'moyenne' }]);
	});

	it('se tait dès qu’une action de droit commun nomme le quartier', () => {
		expect(g02(view([x04('diffuse', 'N1', pcaet), x04('explicite', 'N1', pcaet)]))).toEqual([]);
	});

	it('ne regarde que les plans de droit commun', () => {
		expect(g02(view([x04('diffuse')]))).toEqual([]);
	});

	it('une action qui ne dit pas où elle se déroule : demande de donnée', () => {
		expect(g02(view([x04('inconnu', 'N1', pcaet), x04('diffuse', 'N1', pcaet)]))).toMatchObject([
			{ reponse: 'donnee-manquante' }
		]);
	});

	it('avec un seul plan : demande de donnée', () => {
		expect(g02(view([x04('diffuse', 'N1', pcaet)], { documents: [PCAET] }))).toMatchObject([
			{ reponse: 'donnee-manquante' }
		]);
	});

	it('écartée, elle le dit', () => {
		expect(g02(view([x04('diffuse', 'N1', pcaet)]), [dismissed(`G02:${Q}:X04`)])[0]?.ecartee).not.toBeNull();
	});
});

describe('G03, sensibilisation sans investissement', () => {
	const g03 = (v: GapView, decisions?: ReturnType<typeof aDecision>[]) =>
		find('G03', 'sensibilisationSeule', v, decisions);

	it('se lève quand il n’y a que sensibilisation et études', () => {
		const [gap] = g03(view([x04('explicite', 'N3'), x04('probable', 'N4')]));
		expect(gap).toMatchObject({ id: `G03:${Q}:X04`, gravite: 'haute', reponse: 'alerte' });
		expect(gap?.preuves.actions).toHaveLength(2);
		expect(gap?.preuves.faits[0]).toContain('(contrat.xlsx, ligne\u00a014)\u00a0: nature N3');
	});

	it('se tait devant un investissement, ou sans aucune sensibilisation', () => {
		expect(g03(view([x04('explicite', 'N3'), x04('explicite', 'N1')]))).toEqual([]);
		expect(g03(view([x04('explicite', 'N2')]))).toEqual([]);
		expect(g03(view([]))).toEqual([]);
	});

	it('s’adoucit devant un service, ou un investissement proche de l’intercommunalité', () => {
		expect(g03(view([x04('explicite', 'N3'), x04('explicite', 'N2')]))).toMatchObject([{ gravite: 'moyenne' }]);
		const soon = {
			action: { plan: 'pcaet' as const, document: 2, dates: { debut: '2027-06-01', fin: null, texte: null } }
		};
		expect(g03(view([x04('explicite', 'N3'), x04('diffuse', 'N1', soon)]))).toMatchObject([{ gravite: 'information' }]);
	});

	it('une nature inconnue pourrait être l’investissement : demande de donnée', () => {
		expect(g03(view([x04('explicite', 'N3'), x04('explicite', null)]))).toMatchObject([
			{ reponse: 'donnee-manquante' }
		]);
	});

	it('est sans objet pour la mobilisation et la gouvernance', () => {
		const crossing = ref.enjeux.croises.find((x) => x.transition === 'T13')!;
		expect(g03(view([aPlaced({ croises: [crossing.code], nature: 'N3', atteinte: { [Q]: 'cible' } })]))).toEqual([]);
	});

	it('écartée, elle le dit', () => {
		expect(g03(view([x04('explicite', 'N3')]), [dismissed(`G03:${Q}:X04`)])[0]?.ecartee).not.toBeNull();
	});
});

const here = (action: NonNullable<Parameters<typeof aPlaced>[0]>['action'], nature: string | null = 'N2') =>
	aPlaced({
		action: { id: 'a', pilote: 'Service', elu: 'Élue', instance: 'Comité', ...action },
		nature,
		atteinte: { [Q]: 'explicite' }
	});

describe('G08, pilotage incomplet', () => {
	const g08 = (v: GapView, decisions?: ReturnType<typeof aDecision>[]) =>
		find('G08', 'pilotageIncomplet', v, decisions);

	it('se lève sur une case vide d’une colonne qui existe, plus grave sans pilote', () => {
		expect(g08(view([here({ pilote: null })]))).toMatchObject([{ id: 'G08:a', gravite: 'haute', quartier: Q }]);
		expect(g08(view([here({ elu: null })]))).toMatchObject([{ gravite: 'moyenne' }]);
		expect(g08(view([here({ instance: null })]))).toMatchObject([{ gravite: 'information' }]);
	});

	it('se tait quand tout est rempli, ou pour une action qui n’atteint aucun quartier', () => {
		expect(g08(view([here({})]))).toEqual([]);
		expect(g08(view([aPlaced({ action: { pilote: null }, atteinte: { [Q]: 'diffuse' } })]))).toEqual([]);
	});

	it('sans la colonne : une demande par document et par champ, aucune alerte par action', () => {
		const bare = { ...CDV, champs: ['titre', 'elu', 'instance'] as Champ[] };
		const gaps = g08(view([here({ pilote: null }), here({ id: 'b', pilote: null })], { documents: [bare] }));
		expect(gaps).toMatchObject([{ id: 'G08:doc1:pilote', reponse: 'donnee-manquante', gravite: 'information' }]);
	});

	it('écartée, elle le dit', () => {
		expect(g08(view([here({ pilote: null })]), [dismissed('G08:a')])[0]?.ecartee).not.toBeNull();
	});
});

describe('G10, plan de financement incomplet', () => {
	const g10 = (v: GapView, decisions?: ReturnType<typeof aDecision>[]) =>
		find('G10', 'financementIncomplet', v, decisions);
	const cost = { euros: 100_000, base: 'HT' as const, max: null };

	it('se lève quand plus d’un cinquième du coût reste à trouver', () => {
		const [gap] = g10(view([here({ budget: cost, financements: [aLine({ demande: 60_000 })] })]));
		expect(gap).toMatchObject({ id: 'G10:a', gravite: 'moyenne', reponse: 'alerte' });
		expect(gap?.message).toContain('40\u202f000\u00a0€');
		expect(gap?.message).toContain('40\u00a0%');
	});

	it('une action qui démarre dans l’année est plus grave', () => {
		const dates = { debut: '2027-03-01', fin: null, texte: null };
		expect(g10(view([here({ budget: cost, dates, financements: [aLine({ demande: 60_000 })] })]))).toMatchObject([
			{ gravite: 'haute' }
		]);
	});

	it('l’obtenu remplace le demandé, un refus compte pour zéro', () => {
		const lines = [aLine({ demande: 90_000, obtenu: 0, etat: 'refuse' })];
		expect(g10(view([here({ budget: cost, financements: lines })]))[0]?.message).toContain('100\u202f000\u00a0€');
		expect(g10(view([here({ budget: cost, financements: [aLine({ demande: 10, obtenu: 95_000 })] })]))).toEqual([]);
	});

	it('une case de coût vide se dit ; sans colonne de coût, une seule demande', () => {
		expect(g10(view([here({})]))).toMatchObject([{ id: 'G10:a', reponse: 'alerte' }]);
		const bare = { ...CDV, champs: ['titre'] as Champ[] };
		const gaps = g10(view([here({}), here({ id: 'b' })], { documents: [bare] }));
		expect(gaps).toMatchObject([{ id: 'G10:doc1:cout_investissement', reponse: 'donnee-manquante' }]);
	});

	it('une ligne sans montant n’est pas un zéro : demande de donnée', () => {
		const gaps = g10(view([here({ budget: cost, financements: [aLine()] })]));
		expect(gaps).toMatchObject([{ id: 'G10:doc1:financements', reponse: 'donnee-manquante' }]);
	});

	it('écartée, elle le dit', () => {
		expect(g10(view([here({})]), [dismissed('G10:a')])[0]?.ecartee).not.toBeNull();
	});
});

describe('G07, aucun jalon avant 2030', () => {
	const g07 = (v: GapView, decisions?: ReturnType<typeof aDecision>[]) => find('G07', 'sansJalon', v, decisions);

	it('se lève quand toutes les dates sont après 2030, ou que la prochaine est lointaine', () => {
		expect(g07(view([here({ etapes: ['Livraison 2033'] })]))).toMatchObject([{ gravite: 'moyenne' }]);
		expect(g07(view([here({ etapes: ['Étude 2025', 'Livraison 2030'] })]))).toMatchObject([{ gravite: 'information' }]);
	});

	it('se tait devant un jalon proche', () =>
		expect(g07(view([here({ etapes: ['Chantier au 15/03/2027'] })]))).toEqual([]));
	it('ne dit rien d’une action sans date', () => expect(g07(view([here({})]))).toEqual([]));
	it('écartée, elle le dit', () =>
		expect(g07(view([here({ etapes: ['2033'] })]), [dismissed('G07:a')])[0]?.ecartee).not.toBeNull());
});

function reading(valeur: number | null, reference: number | null, enjeux: string[]): IndicatorReading {
	const def = { ...ref.indicateurs.indicateurs.find((i) => i.defavorable_si === 'haut')!, enjeux };
	const beside =
		reference === null
			? null
			: { libelle: 'CA du Pays d’Aubrelle', valeur: reference, millesime: null, source: 'essai' };
	return { def, valeur, millesime: '2023', source: 'essai', reference: beside };
}

describe('G11, vulnérabilité sans réponse', () => {
	const g11 = (actions: PlacedAction[], i: IndicatorReading, decisions?: ReturnType<typeof aDecision>[]) =>
		find('G11', 'vulnerabiliteSansReponse', view(actions, { indicateurs: new Map([[Q, [i]]]) }), decisions);
	const id = `G11:${Q}:${reading(1, 1, []).def.code}`;

	it('se lève quand le quartier va nettement moins bien et que rien de fond n’y répond', () => {
		expect(g11([x04('explicite', 'N3')], reading(50, 20, ['T04']))).toMatchObject([
			{ id, gravite: 'critique', reponse: 'alerte' }
		]);
	});

	it('se tait devant une action de fond, ou un écart faible', () => {
		expect(g11([x04('explicite', 'N2')], reading(50, 20, ['T04']))).toEqual([]);
		expect(g11([], reading(22, 20, ['T04']))).toEqual([]);
	});

	it('sans référence, ou devant une action de nature inconnue : demande de donnée', () => {
		expect(g11([], reading(50, null, ['T04']))).toMatchObject([{ reponse: 'donnee-manquante' }]);
		expect(g11([x04('explicite', null)], reading(50, 20, ['T04']))).toMatchObject([{ reponse: 'donnee-manquante' }]);
	});

	it('un indicateur qui n’est pas importé ne demande rien', () =>
		expect(g11([], reading(null, 20, ['T04']))).toEqual([]));
	it('écartée, elle le dit', () =>
		expect(g11([], reading(50, 20, ['T04']), [dismissed(id)])[0]?.ecartee).not.toBeNull());
});

describe('G04, financement possible non sollicité', () => {
	const verdict = (verdict: 'a-instruire' | 'ecarte' | 'indetermine') => ({
		action: 'a',
		quartier: null,
		mesure: 'fonds.mesure',
		dispositif: 'fonds',
		verdict,
		remplis: [],
		echecs: [],
		manquants: [],
		sources: [] // prettier-ignore
	});
	const mesures = new Map([['fonds.mesure', { libelle: 'Mesure fictive', operateur: 'l’État', famille: 'fonds' }]]);
	const g04 = (action: PlacedAction, v: ReturnType<typeof verdict>, decisions?: ReturnType<typeof aDecision>[]) =>
		find('G04', 'financementNonSollicite', view([action], { verdicts: [v], mesures }), decisions);

	it('se lève sur une mesure à instruire que l’action ne cite pas', () => {
		const [gap] = g04(here({}), verdict('a-instruire'));
		expect(gap).toMatchObject({ id: 'G04:a', gravite: 'haute' });
		expect(gap?.message).toContain('Mesure fictive');
	});

	it('se tait quand le fonds est déjà demandé, ou la mesure écartée', () => {
		expect(g04(here({ financements: [aLine({ dispositif: 'fonds' })] }), verdict('a-instruire'))).toEqual([]);
		expect(g04(here({}), verdict('ecarte'))).toEqual([]);
	});

	it('un verdict indéterminé n’est pas une alerte', () => expect(g04(here({}), verdict('indetermine'))).toEqual([]));
	it('écartée, elle le dit', () =>
		expect(g04(here({}), verdict('a-instruire'), [dismissed('G04:a')])[0]?.ecartee).not.toBeNull());
});
