import { describe, expect, it } from 'vitest';
import type { Champ, Statut } from '../../src/lib/domain/action';
import type { Verdict } from '../../src/lib/domain/rules/eligibility';
import { gapsOfQuartier } from '../../src/lib/domain/rules/gaps-by-quartier';
import { aPlaced } from '../fixtures/build';
import { CDV, PCAET, Q, dismissed, find, here, view } from '../fixtures/gaps';

describe('G12, action à l’arrêt', () => {
	const ended = (fin: string | null, debut: string | null = null) => ({ debut, fin, texte: null });
	const g12 = (action: Parameters<typeof here>[0], decisions?: Parameters<typeof find>[3]) =>
		find('G12', 'actionArretee', view([here(action)]), decisions);

	it('se lève sur une action en pause dont la fin est passée d’un an, et dit depuis quand', () => {
		const [gap] = g12({ statut: 'en-pause', dates: ended('2025-05-30') });
		expect(gap).toMatchObject({ id: 'G12:a', gravite: 'information', reponse: 'alerte' });
		expect(gap?.message).toContain('devait s’achever le 30/05/2025, il y a 17\u00a0mois');
	});
	it('comme sur une action à venir qui devait démarrer il y a plus d’un an', () =>
		expect(g12({ statut: 'a-venir', dates: ended(null, '2025-09-01') })[0]?.message).toContain('devait démarrer'));
	it('comme sur l’action de toute l’intercommunalité, à l’échelle du territoire et de nul quartier', () => {
		const wide = aPlaced({
			action: { id: 'w', statut: 'en-pause', dates: ended('2025-05-30') },
			atteinte: { [Q]: 'diffuse' }
		});
		const gaps = find('G12', 'actionArretee', view([wide]));
		expect(gaps).toMatchObject([{ id: 'G12:w', gravite: 'information', quartier: null }]);
		expect(gapsOfQuartier(gaps, Q, [wide])).toEqual([]);
	});
	it('la seule réponse du quartier à un croisement est plus grave', () => {
		const sole = aPlaced({
			action: { id: 'a', statut: 'bloque', dates: ended('2025-01-01') },
			atteinte: { [Q]: 'explicite' },
			croises: ['X04']
		});
		expect(find('G12', 'actionArretee', view([sole]))).toMatchObject([{ gravite: 'moyenne' }]);
	});
	it('un document non relu depuis un an se dit une fois, pour toutes ses actions', () => {
		const old = { ...CDV, importeLe: '2025-10-01' };
		const gaps = find('G12', 'actionArretee', view([here({ statut: 'en-pause' })], { documents: [old] }));
		expect(gaps).toMatchObject([{ id: 'G12:doc1', message: expect.stringContaining('13\u00a0mois') }]);
	});
	it('se tait sur une action en cours ou un retard récent', () => {
		expect(g12({ statut: 'en-cours', dates: ended('2027-01-01') })).toEqual([]);
		expect(g12({ statut: 'en-retard', dates: ended('2026-09-01') })).toEqual([]);
		expect(g12({ statut: 'en-retard', dates: ended('2025-11-22') })).toEqual([]);
		expect(g12({ statut: 'en-retard', dates: ended('2025-11-21') })).toHaveLength(1);
	});
	it('à l’arrêt, avec une fin encore à venir : la date est connue, rien n’est demandé', () =>
		expect(g12({ statut: 'bloque', dates: ended('2027-12-31', '2027-01-01') })).toEqual([]));
	it('à l’arrêt sans date : une demande par document', () =>
		expect(g12({ statut: 'bloque' })).toMatchObject([{ id: 'G12:doc1:date_fin', reponse: 'donnee-manquante' }]));
	it('ce que le document note de l’action arrêtée est cité : le lecteur n’a pas à le redemander', () => {
		const why = (notes: string) => g12({ statut: 'bloque', notes })[0]?.pourquoi;
		expect(why('Marqueurs\u00a0: artificialisation\nRecours en cours depuis 2024')).toBe(
			'Le document note\u00a0: «\u00a0Recours en cours depuis 2024\u00a0».'
		);
		expect(why('Marqueurs\u00a0: artificialisation')).toBeUndefined();
	});
	describe('où en sont les actions, quand rien ne le dit', () => {
		const unsure: Verdict = {
			...{ action: 'a', quartier: Q, mesure: 'm', dispositif: 'd', verdict: 'indetermine' },
			...{ remplis: [], echecs: [], manquants: [], sources: [] }
		};
		const told = (periode: string, champs: readonly string[], ...statuts: (Statut | null)[]) => {
			const own = statuts.map((statut, i) => here({ id: `a${i}`, titre: `Action ${i}`, statut }));
			const documents = [{ ...CDV, periode, champs: champs as Champ[] }];
			return find('G12', 'actionArretee', view(own, { documents }));
		};

		it('sans colonne « Statut », se demande une fois pour le plan', () => {
			const [gap, ...others] = told('2024-2030', ['titre'], null, null);
			expect(others).toEqual([]);
			expect(gap).toMatchObject({ id: 'G12:doc1:statut', reponse: 'donnee-manquante', gravite: 'information' });
			expect(gap!.message).toMatch(
				/sans colonne «\u00a0Statut\u00a0», on ne sait pas ce qui est commencé, fait ou abandonné\.$/
			);
		});
		it('la colonne étant là, une case vide ne se demande pas tant que le plan court', () =>
			expect(told('2024-2030', ['titre', 'statut'], null)).toEqual([]));
		it('la période passée, on demande ce qui est fait, abandonné ou reconduit, actions nommées', () => {
			for (const champs of [['titre'], ['titre', 'statut']]) {
				const [gap] = told('2016-2022', champs, null, 'en-cours');
				expect(gap!.message).toMatch(/fait, abandonné ou reconduit pour «\u00a0Action 0\u00a0»\.$/);
				expect(gap!.aFaire).toMatch(
					/^Demander au responsable du contrat de ville ce qui est fait, abandonné ou reconduit/
				);
			}
		});
		it('un plan qu’un autre remplace, ou dont chaque action dit son état, n’est pas interrogé', () => {
			expect(told('2016-2022', ['titre'], 'en-cours')).toEqual([]);
			const next = { ...CDV, id: 9, periode: '2024-2030', champs: ['titre', 'statut'] as Champ[] };
			const documents = [{ ...CDV, periode: '2016-2022', champs: ['titre'] as Champ[] }, next];
			expect(find('G12', 'actionArretee', view([here({})], { documents }))).toEqual([]);
		});
		it('tant qu’on ne le sait pas, ni coût pour chercher une aide, ni colonne « Participation » ne sont demandés', () => {
			const asked = (statut: Statut | null, periode = '2016-2022') => {
				const a = here({ statut, porteurType: null });
				const verdicts = [[unsure]];
				const v = view([a], { documents: [{ ...CDV, periode, champs: ['titre'] as Champ[] }], verdicts });
				const own = [find('G04', 'financementNonSollicite', v), find('G17', 'habitantsNonAssocies', v)];
				return own.flat().map((g) => g.id);
			};
			expect(asked(null)).toEqual([]);
			expect(asked('en-cours')).toEqual(['G04:doc1:porteur_type', 'G17:doc1:participation']);
			expect(asked(null, '2024-2030')).toEqual(['G04:doc1:porteur_type', 'G17:doc1:participation']);
		});
	});
	it('écartée, elle le dit', () =>
		expect(g12({ statut: 'en-pause', dates: ended('2025-05-30') }, [dismissed('G12:a')])[0]?.ecartee).not.toBeNull());
});

describe('G13, calendriers des documents', () => {
	const pcaet = (adopteLe: string | null, periode: string | null = '2024-2030') => ({ ...PCAET, adopteLe, periode });
	const g13 = (...documents: ReturnType<typeof pcaet>[]) => find('G13', 'calendrierDesaligne', view([], { documents }));

	it('une liste de subventions n’a pas d’échéance : ce n’est pas le contrat qui s’achève', () => {
		const list = { ...CDV, periode: '2019', liste: 'Subventions DPV' };
		expect(find('G13', 'calendrierDesaligne', view([], { documents: [list] }))).toEqual([]);
		expect(find('G13', 'calendrierDesaligne', view([], { documents: [{ ...CDV, periode: '2019' }] }))).toHaveLength(1);
	});

	it('annonce le bilan à trois ans, comptés de l’adoption, plus grave à moins d’un an', () => {
		expect(g13(pcaet('2025-03-01'))).toMatchObject([{ gravite: 'information', id: 'G13:pcaet:2028-03-01' }]);
		expect(g13(pcaet('2024-11-22'))).toMatchObject([{ gravite: 'information', id: 'G13:pcaet:2027-11-22' }]);
		const [gap] = g13(pcaet('2024-03-01'));
		expect(gap).toMatchObject({ gravite: 'moyenne', id: 'G13:pcaet:2027-03-01' });
		expect(gap?.message).toContain('rapport public de mise en œuvre (le 01/03/2027)');
	});
	it('les dates qu’une personne a données comptent d’abord', () => {
		const given = { ...pcaet('2026-01-01'), echeances: { adoption: null, bilan: '2027-02-15', fin: null } };
		expect(g13(given)).toMatchObject([{ id: 'G13:pcaet:2027-02-15' }]);
	});
	it('la clause de revoyure du contrat de ville se dit une fois pour ses deux documents', () => {
		const contrats = [1, 2].map((id) => ({ ...CDV, id, periode: '2024-2030' }));
		expect(find('G13', 'calendrierDesaligne', view([], { documents: contrats }))).toMatchObject([
			{ id: 'G13:contrat-de-ville:2027-12-31' }
		]);
	});
	it('la programmation d’une année s’achève sans que le contrat s’achève : son nom le dit, et ce qui vient après', () => {
		const year = { ...CDV, id: 5, titre: 'Contrat de ville 2026', periode: '2026' };
		const whole = { ...CDV, id: 6, titre: 'Contrat de ville 2024-2030', periode: '2024-2030' };
		const said = (...documents: (typeof CDV)[]) =>
			find('G13', 'calendrierDesaligne', view([], { documents })).find((g) => g.id.endsWith(':2026-12-31'))?.message;
		expect(said(year)).toMatch(/fin de la période \(fin 2026\).*peuvent entrer dans le suivant\.$/);
		expect(said(year, whole)).toMatch(
			/fin de la période \(fin 2026\), «\u00a0Contrat de ville 2024-2030\u00a0» continue.*dans la programmation suivante\.$/
		);
		// A review on the way is no end: nothing is said to go on.
		const review = { ...year, periode: '2026', echeances: { adoption: null, bilan: '2026-12-01', fin: null } };
		const [first] = find('G13', 'calendrierDesaligne', view([], { documents: [review, whole] }));
		expect(first?.message).toMatch(/bilan à mi-parcours .*à cette occasion\.$/);
		expect(first?.message).not.toContain('continue');
		// The one that follows does not run yet.
		expect(said(year, { ...whole, periode: '2027-2030' })).toMatch(/dans le suivant\.$/);
	});
	it('une période achevée sans suite est une alerte ; remplacée, elle se tait', () => {
		expect(g13(pcaet('2019-01-01', '2018-2024'))[0]?.message).toContain('sa période s’est achevée (fin 2024)');
		expect(g13(pcaet('2019-01-01', '2018-2024'), { ...pcaet('2026-06-01', '2026-2032'), id: 3 })).toEqual([]);
	});
	it('se tait quand rien n’échoit d’ici deux ans', () => expect(g13(pcaet('2026-06-01', '2026-2032'))).toEqual([]));
	it('sans date d’adoption : une demande, qui ne redemande pas la fin que la période dit', () => {
		const [known] = g13(pcaet(null));
		expect(known).toMatchObject({ id: 'G13:doc2:dates', reponse: 'donnee-manquante' });
		expect(known?.message).toContain('la date d’adoption n’est pas connue');
		expect(known?.aFaire).toMatch(/^Demander la date d’adoption au responsable du PCAET, et l’écrire/);
		expect(`${known?.message} ${known?.aFaire}`).not.toMatch(/fin ne sont|les dates|les écrire/);
		const [none] = g13(pcaet(null, null));
		expect(none?.message).toContain('les dates d’adoption et de fin ne sont pas connues');
		expect(none?.aFaire).toMatch(/^Demander les dates d’adoption et de fin/);
	});
	it('écartée, elle le dit', () => {
		const v = view([], { documents: [pcaet('2024-03-01')] });
		const gaps = find('G13', 'calendrierDesaligne', v, [dismissed('G13:pcaet:2027-03-01')]);
		expect(gaps[0]?.ecartee).not.toBeNull();
	});
});
