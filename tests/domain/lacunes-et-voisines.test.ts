import { describe, expect, it } from 'vitest';
import type { IndicatorReading } from '../../src/lib/domain/indicator';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';
import { CDV, find, PCAET, Q, view } from '../fixtures/gaps';

/* What a reader would object at once is said by the gap itself: the neighbouring answer, the building to be torn down. */

const ref = loadReferentiel();

function reading(valeur: number | null, reference: number | null, enjeux: string[]): IndicatorReading {
	const def = { ...ref.indicateurs.indicateurs.find((i) => i.defavorable_si === 'haut')!, enjeux };
	const beside =
		reference === null
			? null
			: { libelle: 'CA du Pays d’Aubrelle', valeur: reference, millesime: null, source: 'essai' };
	return { def, valeur, millesime: '2023', source: 'essai', reference: beside };
}

describe('une lacune nomme ce qu’on lui opposerait', () => {
	const soft = aPlaced({
		action: { id: 's', titre: 'Campagne canicule', porteur: 'Centre social' },
		atteinte: { [Q]: 'explicite' },
		transition: ['T06'],
		ville: ['P08'],
		croises: ['X08'],
		nature: 'N3'
	});
	const trees = (more: object = {}) =>
		aPlaced({
			action: { id: 't', document: 2, plan: 'pcaet', titre: 'Ombrager le mail', porteur: 'Ville de Lys' },
			atteinte: { [Q]: 'explicite' },
			transition: ['T06'],
			ville: ['P02'],
			croises: ['X07'],
			nature: 'N1',
			...more
		});
	const g03 = (...actions: ReturnType<typeof aPlaced>[]) => find('G03', 'sensibilisationSeule', view(actions))[0];

	it('G03 : un investissement du quartier sur le même enjeu de transition, et qui appeler pour le savoir', () => {
		expect(g03(soft)?.message).toContain('aucun investissement n’est lu sur cet enjeu.');
		expect(g03(soft)?.aFaire).toMatch(
			/^Demander au Centre social, puis à la commune et aux bailleurs, .*\(lieu rafraîchi/
		);
		expect([g03(soft)?.gravite, g03(soft, trees())?.gravite]).toEqual(['haute', 'moyenne']);
		expect(g03(soft, trees())?.message).toContain(
			'aucun investissement n’est confirmé («\u00a0Ombrager le mail\u00a0» y contribue peut-être).'
		);
		expect(g03(soft, trees())?.aFaire).toMatch(
			/^Demander à la Ville de Lys si cet investissement y répond\u202f; sinon, lui demander, ainsi qu’aux bailleurs, quel investissement est prévu/
		);
		// Elsewhere, or no investment, it answers nothing.
		expect(g03(soft, trees({ atteinte: { [Q]: 'aucune' } }))?.message).toContain('aucun investissement n’est lu');
		expect(g03(soft, trees({ nature: 'N4' }))?.message).toContain('aucun investissement n’est lu');
	});

	it('G11 : ce qui porte l’enjeu de la ville, ou ce qui n’existe qu’à l’échelle de l’intercommunalité', () => {
		const g11 = (...actions: ReturnType<typeof aPlaced>[]) =>
			find(
				'G11',
				'vulnerabiliteSansReponse',
				view(actions, { indicateurs: new Map([[Q, [reading(60, 20, ['T12', 'P05'])]]]) })
			)[0];
		const of = (id: string, more: object) => aPlaced({ action: { id, titre: `Action ${id}` }, nature: 'N2', ...more });
		expect(g11()?.message).toContain('et aucun investissement, service ni aide lu n’y répond.');
		const wide = of('large', { atteinte: { [Q]: 'diffuse' }, transition: ['T12'] });
		expect(g11(wide)?.message).toContain(
			'et rien ne dit si «\u00a0Action large\u00a0», à l’échelle de l’intercommunalité, y vient.'
		);
		const near = of('navette', { atteinte: { [Q]: 'explicite' }, ville: ['P05'] });
		expect(g11(near)?.message).toContain(
			'\u202f; une seule action y répond peut-être\u00a0: «\u00a0Action navette\u00a0».'
		);
		expect(g11(near, of('bus', { atteinte: { [Q]: 'explicite' }, ville: ['P05'] }))?.message).toContain(
			'\u202f; deux actions y répondent peut-être\u00a0: '
		);
		expect(g11(near, wide)?.message, 'celle qui porte l’enjeu lui-même est dite la première').toContain(
			'et rien ne dit si «\u00a0Action large\u00a0», à l’échelle'
		);
		const study = of('étude', { atteinte: { [Q]: 'diffuse' }, transition: ['T12'], nature: 'N4' });
		expect(g11(study)?.message, 'une étude n’y répond pas, et ne se tait pas').toContain(
			'service ni aide lu n’y répond («\u00a0Action étude\u00a0» l’aborde sans aller jusque-là).'
		);
	});

	it('G01 : une autre ville donne l’exemple, et celle du quartier décide', () => {
		const [lys, mer] = [
			{ code: '59001' as never, nom: 'Lys' },
			{ code: '59002' as never, nom: 'Merville' }
		];
		const quartiers = [
			{ code: Q as never, nom: 'Les Pyramides', communes: [lys] },
			{ code: 'QNZZZ02N' as never, nom: 'Les Tours', communes: [mer] }
		];
		const trees = (porteur: string, porteurType: 'commune' | 'epci') =>
			aPlaced({
				action: { id: 't', titre: 'Ombrager la place', porteur, porteurType },
				atteinte: { [Q]: 'aucune', QNZZZ02N: 'explicite' },
				...{ transition: ['T06'], ville: ['P02'], croises: ['X07'], nature: 'N1' }
			});
		const asked = (placed: ReturnType<typeof trees>) =>
			find('G01', 'enjeuSansReponse', view([placed], { quartiers })).find((g) => g.enjeu === 'X07' && g.quartier === Q)
				?.aFaire;
		expect(asked(trees('Ville de Merville', 'commune'))).toMatch(
			/à la Ville de Lys si une opération comme «\s*Ombrager la place\s*» \(Merville\) est possible dans ce quartier/
		);
		expect(asked(trees('CA du Pays d’Aubrelle', 'epci'))).not.toContain('Ville de Lys');
	});

	it('G02 : ce que le quartier a déjà, même léger, est rappelé avec le plan qui ne le nomme pas', () => {
		const far = aPlaced({
			action: { id: 'p', document: 2, plan: 'pcaet', titre: 'Plan canicule' },
			atteinte: { [Q]: 'diffuse' },
			transition: ['T06'],
			ville: ['P08'],
			croises: ['X08'],
			nature: 'N1'
		});
		const g02 = (...actions: ReturnType<typeof aPlaced>[]) =>
			find('G02', 'droitCommunNArrivePas', view(actions)).find((g) => g.enjeu === 'X08');
		expect(g02(far, soft)?.pourquoi).toContain('Dans le quartier, «\u00a0Campagne canicule\u00a0» y touche aussi.');
		expect(g02(far)?.pourquoi ?? '').not.toContain('y touche aussi');
	});

	it('G09 : deux travaux ne se joignent pas avant qu’on ait tranché la démolition', () => {
		const works = (id: string, titre: string, document = 1) =>
			aPlaced({
				action: { id, titre, document, plan: document === 1 ? 'contrat-de-ville' : 'pcaet' },
				atteinte: { [Q]: 'explicite' },
				transition: ['T01'],
				ville: ['P01'],
				nature: 'N1'
			});
		const documents = [
			{ ...CDV, periode: '2024-2030' },
			{ ...PCAET, periode: '2024-2030' }
		];
		const joined = (...more: ReturnType<typeof aPlaced>[]) =>
			find(
				'G09',
				'recoupementAMutualiser',
				view(
					[
						works('a', 'Réhabilitation des halls de la tour Molière'),
						works('b', 'Réhabilitation thermique des logements de la tour Molière', 2),
						...more
					],
					{ documents }
				)
			).find((g) => g.id === 'G09:a|b');
		expect(joined()).toBeDefined();
		expect(joined()?.pourquoi ?? '').not.toContain('décider d’abord');
		expect(joined(works('d', 'Démolition de la tour Molière'))?.pourquoi).toMatch(
			/Démolition de la tour Molière.* peuvent se gêner\u00a0: c’est à accorder avant\.$/
		);
	});
});
