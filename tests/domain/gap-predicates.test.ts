import { isIndicatorHeader } from '../../src/lib/domain/import/indicator-table';
import { describe, expect, it } from 'vitest';
import type { GapView } from '../../src/lib/domain/rules/gaps';
import type { IndicatorReading } from '../../src/lib/domain/indicator';
import type { PlacedAction } from '../../src/lib/domain/crossing/place';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { type aDecision, aPlaced } from '../fixtures/build';
import { CDV, PCAET, Q, dismissed, find, view } from '../fixtures/gaps';

const ref = loadReferentiel();
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
		expect(gap?.message).toMatch(/^Aux Pyramides, aucune action/);
		expect(gap?.message).toContain('Chaleur renouvelable');
	});

	it('une liste de subventions n’est pas un document-cadre : le fait est dit, la conclusion est demandée', () => {
		const list = { ...CDV, id: 3, liste: 'Subventions DPV' };
		const documents = [list, PCAET];
		const coverage = { ...view([], { documents }).coverage, documentsCadres: 1 };
		const [gap] = g01(view([x04('aucune')], { documents, coverage }));
		expect(gap).toMatchObject({ reponse: 'donnee-manquante', gravite: 'information' });
		expect(gap?.message).toMatch(/^Aux Pyramides, aucune action trouvée sur «/);
		expect(gap?.message).toContain('le seul plan lu est le PCAET, et le contrat de ville n’est pas chargé');
		expect(gap?.aFaire).toBe(
			'Demander le contrat de ville signé au référent politique de la ville ou au délégué du préfet, et le PLH au service habitat\u202f; puis les importer par «\u00a0Apporter des fichiers\u00a0».'
		);
	});

	it('une liste de subventions seule a bien été lue : on dit qu’elle n’est pas un plan', () => {
		const documents = [{ ...CDV, liste: 'Subventions P147' }];
		const coverage = { ...view([], { documents }).coverage, documentsCadres: 0 };
		const [gap] = g01(view([], { documents, coverage }));
		expect(gap).toMatchObject({ id: `G01:${Q}:X04`, reponse: 'donnee-manquante' });
		expect(gap?.message).toContain(
			'seule «\u00a0Subventions P147\u00a0» est lue, une liste de subventions et non un plan'
		);
		expect(g01(view([], { documents: [], coverage }))[0]?.message).toContain('aucun plan n’est lu');
	});

	it('un plan achevé et l’absence de contrat de ville se lisent dans la phrase', () => {
		const plh = { ...CDV, id: 3, plan: 'plh' as const, periode: '2014-2020' };
		const [gap] = g01(view([x04('aucune')], { documents: [plh, PCAET] }));
		expect(gap?.message).toContain('(PCAET et PLH 2014-2020, achevé\u202f; aucun contrat de ville lu)');
		expect(g01(view([x04('aucune')]))[0]?.message).not.toContain('aucun contrat de ville lu');
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
		expect(g01(view([], { indicateurs, ecartDefavorable: 2 }))).toMatchObject([{ gravite: 'haute' }]);
		// The state of social housing says nothing of what owners have left to pay.
		const social = reading(50, 20, ['T04']);
		const besides = { ...social, def: { ...social.def, sauf_croisements: ['X04'] } };
		expect(g01(view([], { indicateurs: new Map([[Q, [besides]]]) }))).toMatchObject([{ gravite: 'haute' }]);
	});

	it('écartée par une personne, elle reste lisible avec son motif', () => {
		const [gap] = g01(view([]), [dismissed(`G01:${Q}:X04`)]);
		expect(gap?.ecartee).toEqual({
			par: 'Claire D.',
			le: '2026-11-20T10:00:00Z',
			motif: 'Traité dans le contrat',
			etat: 'ecartee'
		});
	});
});

describe('ce qu’un croisement suppose du quartier', () => {
	const of = (code: string, actions: PlacedAction[], said: Partial<GapView> = {}) =>
		find('G01', 'enjeuSansReponse', view(actions, said)).find((g) => g.enjeu === code)!;
	const works = (niveau: PlacedAction['reach'][number]['niveau'], statut: 'a-venir' | 'realise' = 'a-venir') =>
		aPlaced({ action: { titre: 'Démolition de la barre Ronsard', statut }, atteinte: { [Q]: niveau }, ville: ['P03'] });

	it('presque chaque quartier a une école ou un projet urbain : le manque se dit, et se vérifie d’abord', () => {
		for (const code of ['X05', 'X06', 'X19']) {
			expect(of(code, [])).toMatchObject({ id: `G01:${Q}:${code}`, reponse: 'alerte', gravite: 'haute' });
			expect(of(code, []).aFaire).toMatch(/^Vérifier d’abord avec la ville qu.* \(sinon, écarter\)/);
		}
	});

	it('une démolition est rare : tant que rien ne dit qu’il y en a une, le manque est moins grave et dit son doute', () => {
		const gap = of('X14', []);
		expect(gap).toMatchObject({ reponse: 'alerte', gravite: 'moyenne' });
		expect(gap.message).toMatch(/mais rien de lu ne dit qu’une démolition y est prévue\.$/);
		expect(gap.aFaire).toMatch(
			/^Demander à la mairie du quartier si une démolition y est prévue \(sinon, écarter\), puis /
		);
		expect(of('X14', [works('explicite')]).gravite).toBe('haute');
	});

	it('une démolition annoncée dans le quartier, ou pour sa commune, se nomme', () => {
		for (const code of ['X14', 'X19']) {
			expect(of(code, [works('explicite')])).toMatchObject({
				reponse: 'alerte',
				gravite: 'haute',
				pourquoi: 'Dans le quartier\u00a0: «\u00a0Démolition de la barre Ronsard\u00a0».'
			});
			expect(of(code, [works('probable')]).pourquoi).toMatch(/^Dans la commune du quartier\u00a0: /);
			expect(of(code, [works('explicite')]).aFaire).not.toContain('Vérifier d’abord');
			for (const gone of [works('aucune'), works('inconnu'), works('explicite', 'realise')])
				expect(of(code, [gone]).aFaire).toMatch(/démolition y est prévue|Vérifier d’abord/);
		}
	});

	it('la liste des écoles dit si le quartier en a une, la nomme, et ce que sa cour deviendra', () => {
		const ecoles = new Map([
			[
				Q,
				[
					{ nom: 'École Ronsard', cour: 'projet' as const, annee: 2030, source: 'liste' },
					{ nom: 'École du Lac', cour: 'sans-projet' as const, annee: null, source: 'liste' }
				]
			]
		]);
		expect(of('X05', [], { ecoles })).toMatchObject({
			reponse: 'alerte',
			pourquoi: 'Écoles saisies dans le quartier\u00a0: École Ronsard et École du Lac.'
		});
		expect(of('X06', [], { ecoles }).pourquoi).toBe(
			'Écoles saisies dans le quartier\u00a0: École Ronsard (projet de cour en 2030) et École du Lac (cour sans projet).'
		);
		expect(of('X05', [], { ecoles }).aFaire).not.toContain('Vérifier d’abord');
		// A yard already planned is no absence: it only stands in no document.
		expect(of('X06', [], { ecoles })).toMatchObject({
			gravite: 'information',
			message: expect.stringMatching(/mais la liste des écoles dit\u00a0: École Ronsard \(projet de cour en 2030\)\.$/),
			aFaire: expect.stringContaining('d’inscrire ces travaux au contrat de ville')
		});
		// Planned after 2030, it is late for what the contract asks (G19 says so too).
		const late = new Map([[Q, [{ ...ecoles.get(Q)![0]!, annee: 2032 }]]]);
		expect(of('X06', [], { ecoles: late }).gravite).toBe('haute');
		const none = new Map([[Q, [ecoles.get(Q)![1]!]]]);
		expect(of('X06', [], { ecoles: none }).gravite).toBe('haute');
		expect(of('X06', [], { ecoles: new Map([['QNZZZ02N', ecoles.get(Q)!]]) }).aFaire).toContain('Vérifier d’abord');
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

	it('une moitié compte aussi pour le quartier : le même plan, sur le même enjeu, y nomme une action', () => {
		const half = x04('diffuse', 'N4', { ...pcaet, croises: ['X04?'], ville: [] });
		const here = (said: Parameters<typeof aPlaced>[0] = {}, mots = ['chaufferie bois']) => {
			const placed = x04('explicite', 'N1', { ...pcaet, croises: [], ville: [], ...said });
			return { ...placed, transition: placed.transition.map((tag) => ({ ...tag, mots })) };
		};
		expect(g02(view([half]))).toHaveLength(1);
		expect(g02(view([half, here()]))).toEqual([]);
		expect(g02(view([x04('inconnu', 'N4', { ...pcaet, croises: ['X04?'] }), here()]))).toEqual([]);
		// Another plan, another enjeu, words that are no part of the crossing, the whole crossing: nothing is made up for.
		expect(g02(view([half, here({ action: { plan: 'plh', document: 2 } })]))).toHaveLength(1);
		expect(g02(view([half, here({ transition: ['T08'] })]))).toHaveLength(1);
		expect(g02(view([half, here({}, ['parc éolien'])]))).toHaveLength(1);
		expect(g02(view([x04('diffuse', 'N1', pcaet), here()]))).toHaveLength(1);
	});

	it('une action en pause, à l’arrêt ou déjà faite n’est pas citée comme si elle se menait', () => {
		const said = (statut: 'en-pause' | 'bloque' | 'realise' | 'en-cours', weak = false) => {
			const placed = x04('diffuse', 'N1', {
				...pcaet,
				action: { ...pcaet.action, statut },
				...(weak && { croises: ['X04?'] })
			});
			return g02(view([placed])).map((gap) => gap.message)[0] ?? '';
		};
		expect(said('en-pause')).toContain('», en pause');
		expect(said('bloque')).toContain('», à l’arrêt');
		expect(said('realise')).toContain('», déjà faite');
		expect(said('en-cours')).not.toMatch(/en pause|arrêt|faite/);
		const done = x04('diffuse', 'N1', { ...pcaet, action: { ...pcaet.action, statut: 'realise' } });
		expect(g02(view([done]))[0]?.aFaire).toContain('ce qu’elle a donné dans ce quartier, et quelle suite est prévue');
		expect(said('realise', true)).toMatch(/», déjà faite|» \(déjà faite\) touche/);
	});

	it('s’adoucit quand une action couvre la commune', () => {
		expect(g02(view([x04('probable', 'N1', pcaet)]))).toMatchObject([{ gravite: 'moyenne' }]);
	});

	it('dit quelle réponse un autre plan apporte déjà, sans que le droit commun en soit quitte', () => {
		const titre = 'Rénover l’école Jean-Macé';
		const far = x04('diffuse', 'N1', pcaet);
		const [gap] = g02(view([far, x04('explicite', 'N1', { action: { titre } })]));
		expect(gap).toMatchObject({ gravite: 'haute', reponse: 'alerte' });
		expect(gap?.message).toContain(
			'Aux Pyramides, «\u00a0Rénover l’école Jean-Macé\u00a0» (Contrat de ville) répond à «\u00a0'
		);
		expect(gap?.preuves.faits[0]).toContain('y répond déjà');
		// Answered for sure: what is left to know is whether the plan comes too, not whether anything is done.
		expect(gap?.aFaire).toContain('si cette action vient aussi dans ce quartier');
		// What is made for this very quartier is the answer one names; a training comes to no place.
		const own = x04('cible', 'N1', { action: { id: 'z', titre: 'Chaufferie des Pyramides' } });
		expect(g02(view([far, x04('explicite', 'N1', { action: { titre } }), own]))[0]?.message).toContain(
			'«\u00a0Chaufferie des Pyramides\u00a0» (Contrat de ville) répond'
		);
		const training = x04('diffuse', 'N3', pcaet);
		expect(g02(view([training, own]))[0]?.aFaire).not.toContain('vient aussi');
		// Covering the commune weighs as before.
		const communal = x04('probable', 'N1', pcaet);
		expect(g02(view([communal, x04('explicite', 'N1')]))).toMatchObject([{ gravite: 'moyenne' }]);
		// Awareness, or half of the crossing, answers nothing in substance: nothing is said of it.
		for (const other of [x04('explicite', 'N3'), x04('explicite', 'N1', { croises: ['X04?'] })]) {
			const [plain] = g02(view([far, other]));
			expect(plain).toMatchObject({ gravite: 'haute' });
			expect(plain?.message).not.toContain('répond au croisement');
		}
	});

	it('dit à quel point est sûre la réponse qu’un autre plan apporte, et préfère la plus sûre', () => {
		const far = x04('diffuse', 'N1', pcaet);
		const over = x04('probable', 'N1', {
			action: { id: 'finie', titre: 'Toiture', dates: { debut: null, fin: '2019-12-31', texte: null } }
		});
		const [doubtful] = g02(view([far, over]));
		expect(doubtful?.message).toContain('répond peut-être à «');
		expect(doubtful?.pourquoi).toContain(
			'Réponse à confirmer\u00a0: sa fin prévue, en 2019, est passée et rien ne dit qu’elle se fait dans ce quartier.'
		);
		// What names the quartier answers it better than what only covers its commune, be it over.
		const named = x04('explicite', 'N1', { action: { ...over.action, id: 'nommee', titre: 'Crèche' } });
		expect(g02(view([far, over, named]))[0]?.pourquoi).toContain(
			'à confirmer\u00a0: sa fin prévue, en 2019, est passée.'
		);
		const sure = x04('explicite', 'N1', { action: { id: 'sure', titre: 'Chaufferie' } });
		expect(g02(view([far, over, sure]))[0]?.message).toContain(
			'«\u00a0Chaufferie\u00a0» (Contrat de ville) répond à «\u00a0Chaleur renouvelable pour les résidences sociales\u00a0»\u202f; le PCAET l’aborde aussi («\u00a0'
		);
	});

	it('une crèche n’est pas une école : sa chaudière répond peut-être à « Écoles rénovées », et la phrase dit pourquoi', () => {
		const of = (titre: string, more: object) =>
			aPlaced({
				action: { id: titre, titre, ...more },
				transition: ['T02'],
				ville: ['P07'],
				croises: ['X05'],
				nature: 'N1'
			});
		const wide = { ...of('Rénover les écoles', pcaet.action), reach: aPlaced({ atteinte: { [Q]: 'diffuse' } }).reach };
		const said = (titre: string) =>
			find(
				'G02',
				'droitCommunNArrivePas',
				view([wide, { ...of(titre, {}), reach: aPlaced({ atteinte: { [Q]: 'explicite' } }).reach }])
			).find((g) => g.enjeu === 'X05');
		expect(said('Isoler l’école Prévert')?.message).toContain('répond à «');
		expect(said('Pompe à chaleur de la crèche')?.message).toContain('répond peut-être à «');
		expect(said('Pompe à chaleur de la crèche')?.pourquoi).toContain('le titre de l’action ne parle pas des écoles.');
	});

	it('quand le droit commun couvre la commune, dit ce qui répond déjà, ou que la réponse reste à confirmer', () => {
		const communal = x04('probable', 'N1', pcaet);
		const [both] = g02(view([communal, x04('explicite', 'N1', { action: { titre: 'Chaufferie' } })]));
		expect(both).toMatchObject({ gravite: 'moyenne' });
		expect(both?.message).toContain(
			'«\u00a0Chaufferie\u00a0» (Contrat de ville) répond à «\u00a0Chaleur renouvelable pour les résidences sociales\u00a0»\u202f; le PCAET l’aborde aussi («\u00a0'
		);
		expect(g02(view([communal]))[0]?.message).toMatch(
			/, à l’échelle de la commune\), sans dire si cela concerne les Pyramides\.$/
		);
		// The one of the commune is named, and asked about, before those of the whole EPCI.
		const wide = x04('diffuse', 'N1', pcaet);
		const [two] = g02(view([wide, communal]));
		expect(two?.message).toContain(
			`(«\u00a0${communal.action.titre}\u00a0» et «\u00a0${wide.action.titre}\u00a0», à l’échelle de l’intercommunalité ou de la commune)`
		);
		const [three] = g02(view([wide, x04('diffuse', 'N1', pcaet), communal]));
		expect(three?.message).toMatch(
			new RegExp(`\\(«\u00a0${communal.action.titre}\u00a0», «[^»]+» et «[^»]+», à l’échelle`)
		);
		const [four] = g02(view([wide, x04('diffuse', 'N1', pcaet), x04('diffuse', 'N1', pcaet), communal]));
		expect(four?.message).toContain(`(4\u00a0actions, dont «\u00a0${communal.action.titre}\u00a0» et «`);
		expect(two?.aFaire).toContain(
			'si une résidence du quartier peut être raccordée ou équipée, et le noter sur ces actions'
		);
		expect(g02(view([x04('probable', 'N3', pcaet)]))[0]?.message).not.toContain('à confirmer');
	});

	it('une action dont le titre dit une place, que personne ne déplace, n’est comptée qu’à confirmer', () => {
		const here = x04('diffuse', 'N1', {
			...pcaet,
			action: { ...pcaet.action, id: 'ici', titre: 'Raccorder les tours' }
		});
		const there = x04('diffuse', 'N1', {
			...pcaet,
			action: { ...pcaet.action, id: 'la', titre: 'Réseau de chaleur de la place de la Basilique' }
		});
		expect(g02(view([here, there]))[0]?.message).toContain(
			'(«\u00a0Raccorder les tours\u00a0», plus «\u00a0Réseau de chaleur de la place de la Basilique\u00a0» à confirmer)'
		);
		expect(g02(view([there]))[0]?.pourquoi).toContain('son titre la situe, «\u00a0place de la Basilique\u00a0»');
	});

	it('ne dit pilote que si le plan en nomme un', () => {
		const led = (who: object) => g02(view([x04('diffuse', 'N1', { ...pcaet, action: { ...pcaet.action, ...who } })]));
		expect(led({ pilote: 'Voirie' })[0]?.aFaire).toMatch(/^Demander à la Voirie si/);
		expect(led({ pilote: null, porteur: 'CA de Lys' })[0]?.aFaire).toMatch(/^Demander à la CA de Lys si/);
		expect(led({ pilote: null, porteur: null })[0]?.aFaire).toMatch(/^Demander aux bailleurs si une/);
	});

	it('se tait dès qu’une action de droit commun nomme le quartier', () => {
		expect(g02(view([x04('diffuse', 'N1', pcaet), x04('explicite', 'N1', pcaet)]))).toEqual([]);
	});

	it('ne regarde que les plans de droit commun', () => {
		expect(g02(view([x04('diffuse')]))).toEqual([]);
	});

	it('une action qui ne dit pas où elle se déroule : demande de donnée, sur elle et à ceux qui la portent', () => {
		const unknown = x04('inconnu', 'N1', {
			...pcaet,
			action: { ...pcaet.action, titre: 'Ombrières', pilote: 'Voirie' }
		});
		const [gap] = g02(view([unknown, x04('diffuse', 'N1', pcaet)]));
		expect(gap).toMatchObject({ reponse: 'donnee-manquante' });
		expect(gap?.message).toContain('«\u00a0Ombrières\u00a0» pourrait répondre à');
		expect(gap?.aFaire).toMatch(
			/^Demander à la Voirie .* cette action se déroule, et l’écrire sur la page des lieux\.$/
		);
	});

	it('avec un seul plan : demande d’un second document, sans douter du lieu de l’action', () => {
		const [gap] = g02(view([x04('diffuse', 'N1', pcaet)], { documents: [PCAET] }));
		expect(gap).toMatchObject({ reponse: 'donnee-manquante', gravite: 'information' });
		expect(gap?.message).toContain('c’est le seul plan lu, et le contrat de ville n’est pas chargé');
		expect(gap?.aFaire).toMatch(/^Demander le contrat de ville signé au référent/);
	});

	it('portée à demi, ou lue sur peu : à confirmer, dite et moins grave ; une sûre parle d’abord et la lève entière', () => {
		const half = aPlaced({
			croises: ['X04?'],
			transition: ['T04'],
			atteinte: { [Q]: 'diffuse' },
			action: { ...pcaet.action, id: 'demi', titre: 'Étude solaire' }
		});
		const frail = {
			...x04('diffuse', 'N1', { action: { ...pcaet.action, id: 'fragile', titre: 'Autour du chauffage' } }),
			ville: [{ code: 'P01', score: 0.7, mots: ['autour'], par: 'appris' as const }]
		};
		for (const [one, why] of [
			[half, 'le titre de l’action ne parle pas des résidences sociales'],
			[frail, 'seul le mot «\u00a0autour\u00a0» y fait penser']
		] as const) {
			const [gap] = g02(view([one]));
			expect(gap).toMatchObject({ gravite: 'moyenne', reponse: 'alerte' });
			expect(gap!.message).toContain('touche peut-être à «');
			// Who holds the plan says so, whoever is asked of the quartier.
			expect(gap!.pourquoi).toMatch(/^Lien à confirmer par (?:le responsable du PCAET|la |le |l’)/);
			expect(gap!.pourquoi).toContain(why);
		}
		const other = { ...half, action: { ...half.action, id: 'demi-2', titre: 'Étude bois' } };
		expect(g02(view([half, other]))[0]!.pourquoi).toContain('leurs titres ne parlent pas des résidences sociales');
		// Its title says nothing of the enjeu either: the theme of its file is named.
		const filed = {
			...half,
			action: { ...half.action, titre: 'Solutions innovantes', secteurs: ['Énergie'] },
			transition: [{ code: 'T04', score: 1, mots: ['Énergie'], par: 'lexique' as const }]
		};
		expect(g02(view([filed]))[0]!.pourquoi).toContain('le fichier dit «\u00a0Énergie\u00a0», son titre n’en dit rien');
		// What the city contract may answer is no gap yet.
		expect(g02(view([half], { documents: [{ ...PCAET, id: 9, plan: 'plh' as const }, PCAET] }))).toMatchObject([
			{ gravite: 'information', reponse: 'alerte' }
		]);
		const sure = x04('diffuse', 'N1', { action: { ...pcaet.action, id: 'sure', titre: 'Raccorder les tours' } });
		const [gap] = g02(view([half, frail, sure]));
		expect(gap).toMatchObject({ gravite: 'haute' });
		expect(gap!.message).toContain('(«\u00a0Raccorder les tours\u00a0» et 2\u00a0autres à confirmer)');
		expect(gap!.preuves.faits[0]).toContain('Raccorder les tours');
		expect(gap!.preuves.faits[2]).toContain('à confirmer');
	});

	it('sortir des propriétaires modestes d’une passoire dit le reste à charge : rien à confirmer', () => {
		const titled = (titre: string) => {
			const said = {
				croises: ['X02'],
				transition: ['T01'],
				ville: ['P04'],
				nature: 'N5',
				atteinte: { [Q]: 'diffuse' }
			} as const;
			return g02(view([aPlaced({ ...said, action: { ...pcaet.action, titre } })])).find((g) => g.enjeu === 'X02');
		};
		const gap = titled('Prime aux ménages modestes pour quitter une passoire');
		expect(gap).toMatchObject({ gravite: 'haute', reponse: 'alerte' });
		expect(gap!.message).not.toContain('peut-être');
		expect(titled('Prime aux ménages modestes')!.message).toContain('touche peut-être à «');
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
		expect(gap?.preuves.faits[0]).toContain(
			'(Contrat de ville, ligne\u00a014)\u00a0: nature sensibilisation et animation'
		);
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

	it('un investissement d’un autre quartier, ou à deux ans jour pour jour, n’adoucit rien', () => {
		const begins = (debut: string, niveau: 'diffuse' | 'aucune') =>
			x04(niveau, 'N1', { action: { plan: 'pcaet', document: 2, dates: { debut, fin: null, texte: null } } });
		expect(g03(view([x04('explicite', 'N3'), begins('2027-06-01', 'aucune')]))).toMatchObject([{ gravite: 'haute' }]);
		expect(g03(view([x04('explicite', 'N3'), begins('2028-11-22', 'diffuse')]))).toMatchObject([{ gravite: 'haute' }]);
	});

	it('une nature inconnue pourrait être l’investissement : demande de donnée', () => {
		expect(g03(view([x04('explicite', 'N3'), x04('explicite', null)]))).toMatchObject([
			{ reponse: 'donnee-manquante' }
		]);
	});

	it('un service ou une aide dont le lieu n’est pas écrit est peut-être là : on le demande, sauf si un service y est déjà', () => {
		const aid = x04('inconnu', 'N5', { action: { titre: 'Aide aux factures' } });
		const [gap] = g03(view([x04('explicite', 'N3'), aid]));
		expect(gap).toMatchObject({ reponse: 'donnee-manquante', gravite: 'information' });
		expect(gap?.message).toContain('«\u00a0Aide aux factures\u00a0» y répond peut-être, mais son lieu n’est pas écrit');
		expect(gap?.message).not.toContain('ne repose que');
		const [served] = g03(view([x04('explicite', 'N3'), x04('explicite', 'N2'), aid]));
		expect(served).toMatchObject({ reponse: 'alerte', gravite: 'moyenne' });
		expect(served?.message).not.toContain('ne repose que');
		expect(g03(view([x04('explicite', 'N3'), x04('inconnu', 'N4')]))).toMatchObject([{ reponse: 'alerte' }]);
	});

	it('est sans objet pour la mobilisation et la gouvernance', () => {
		const crossing = ref.enjeux.croises.find((x) => x.transition === 'T13')!;
		expect(g03(view([aPlaced({ croises: [crossing.code], nature: 'N3', atteinte: { [Q]: 'cible' } })]))).toEqual([]);
	});

	it('écartée, elle le dit', () => {
		expect(g03(view([x04('explicite', 'N3')]), [dismissed(`G03:${Q}:X04`)])[0]?.ecartee).not.toBeNull();
	});
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
		expect(g11([], reading(5.75, 4.6, ['T04']))).toHaveLength(1);
		expect(g11([], reading(5.74, 4.6, ['T04']))).toEqual([]);
	});

	it('sans référence, ou devant une action de nature inconnue : demande de donnée, et dit laquelle', () => {
		const [value, action] = [
			g11([], reading(50, null, ['T04'])),
			g11([x04('explicite', null)], reading(50, 20, ['T04']))
		];
		expect([...value, ...action].map((g) => g.reponse)).toEqual(['donnee-manquante', 'donnee-manquante']);
		// Once for the territory, whatever the number of quartiers: the public source is named.
		expect(value).toMatchObject([{ id: 'G11:reference', quartier: null }]);
		expect(value[0]?.message).toContain('la valeur de la CA du Pays d’Aubrelle manque');
		expect(value[0]?.aFaire).toBe(
			'Chercher pour l’intercommunalité «\u00a0Taux de pauvreté\u00a0» sur insee.fr, ou la demander à son service d’observation, puis importer par «\u00a0Apporter des fichiers\u00a0» un tableau avec une colonne «\u00a0siren\u00a0» et une au nom de chaque indicateur.'
		);
		// What the sentences promise of a table is what the import reads.
		const { indicateurs } = loadReferentiel().indicateurs;
		for (const place of ['siren', 'code_qp'])
			for (const { libelle } of indicateurs)
				expect(isIndicatorHeader([place, libelle], indicateurs), libelle).toBe(true);
		expect(action[0]?.aFaire).toMatch(/^Demander au responsable du .+ la nature et le lieu de cette action/);
	});

	it('deux fichiers, deux sources : la valeur du quartier et celle de la commune citent chacune la leur', () => {
		const one = reading(50, 20, ['T04']);
		const [same] = g11([], { ...one, reference: { ...one.reference!, millesime: '2023' } });
		expect(same?.message).toMatch(/contre 20\u00a0% pour la CA du Pays d’Aubrelle,/);
		expect(same?.pourquoi?.match(/essai, millésime\u00a02023/g)).toHaveLength(1);
		const town = { libelle: 'Vermoy', valeur: 20, millesime: '2024', source: 'étude de la commune' };
		const [two] = g11([], { ...one, reference: town });
		expect(two?.message).toContain('contre 20\u00a0% pour Vermoy');
		expect(two?.pourquoi).toContain('essai, millésime\u00a02023\u202f; étude de la commune, millésime\u00a02024');
	});

	it('un effectif, ou ce qui n’est connu que d’un quartier, ne demande aucune valeur de comparaison', () => {
		const one = reading(50, null, ['T04']);
		expect(g11([], { ...one, def: { ...one.def, cumul: 'somme' } })).toEqual([]);
		expect(g11([], { ...one, def: { ...one.def, echelles: ['qpv'] } })).toEqual([]);
	});

	it('la valeur demandée pour l’intercommunalité est une valeur que l’import accepte', () => {
		const compared = ref.indicateurs.indicateurs.filter(
			(i) => i.defavorable_si && i.enjeux.length > 0 && i.cumul !== 'somme' && i.echelles.some((e) => e !== 'qpv')
		);
		expect(compared.length).toBeGreaterThan(15);
		expect(compared.filter((i) => !i.echelles.includes('epci')).map((i) => i.code)).toEqual([]);
	});

	it('une action répond à un indicateur par son enjeu de transition, non par celui de la ville', () => {
		// Poor housing, an electric network with the bailleurs: P01 in common, and nothing for the housing.
		expect(g11([x04('explicite')], reading(60, 30, ['T01', 'P01']))).toMatchObject([{ gravite: 'critique' }]);
		expect(g11([x04('explicite')], reading(60, 30, ['T04', 'P01']))).toEqual([]);
		expect(g11([x04('explicite')], reading(60, 30, ['P01']))).toEqual([]);
	});

	it('un indicateur qui n’est pas importé ne demande rien pour lui : quand aucun ne l’est, c’est dit une fois', () =>
		expect(g11([], reading(null, 20, ['T04'])).map((g) => g.id)).toEqual(['G11:indicateurs']));
	it('écartée, elle le dit', () =>
		expect(g11([], reading(50, 20, ['T04']), [dismissed(id)])[0]?.ecartee).not.toBeNull());
});
