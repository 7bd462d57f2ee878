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
		expect(g03(soft)?.message).toContain('aucun investissement n’y est lu.');
		expect(g03(soft)?.aFaire).toMatch(
			/^Demander au Centre social, puis à la commune et aux bailleurs, .*\(lieu rafraîchi/
		);
		// A landlord owns no school.
		const school = aPlaced({
			action: { id: 'e', titre: 'Campagne dans les écoles', porteur: 'Centre social' },
			...{ atteinte: { [Q]: 'explicite' }, transition: ['T06'], ville: ['P07'], croises: ['X06'], nature: 'N3' }
		});
		expect(g03(school)?.aFaire).toMatch(/^Demander au Centre social, puis à la commune, quel investissement/);
		expect([g03(soft)?.gravite, g03(soft, trees())?.gravite]).toEqual(['haute', 'moyenne']);
		expect(g03(soft, trees())?.message).toContain(
			'aucun investissement n’est confirmé («\u00a0Ombrager le mail\u00a0» y contribue peut-être).'
		);
		expect(g03(soft, trees())?.aFaire).toMatch(
			/^Demander à la Ville de Lys si cet investissement y répond\u202f; sinon, lui demander, ainsi qu’aux bailleurs, quel investissement est prévu/
		);
		// Elsewhere, or no investment, it answers nothing.
		expect(g03(soft, trees({ atteinte: { [Q]: 'aucune' } }))?.message).toContain('aucun investissement n’y est lu');
		expect(g03(soft, trees({ nature: 'N4' }))?.message).toContain('aucun investissement n’y est lu');
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
			'\u202f; une seule action y répond peut-être, par «\u00a0Emploi et insertion\u00a0» seulement\u00a0: «\u00a0Action navette\u00a0».'
		);
		expect(g11(near, of('bus', { atteinte: { [Q]: 'explicite' }, ville: ['P05'] }))?.message).toContain(
			'\u202f; deux actions y répondent peut-être, par «\u00a0Emploi et insertion\u00a0» seulement\u00a0: '
		);
		// Written on two lines, it is one that is named.
		const again = of('copie', {
			atteinte: { [Q]: 'explicite' },
			ville: ['P05'],
			action: { id: 'copie', titre: 'Action navette' }
		});
		expect(g11(near, again)?.message).toContain(
			'\u202f; une seule action y répond peut-être, par «\u00a0Emploi et insertion\u00a0» seulement\u00a0: '
		);
		// What carries the very enjeu of the indicator comes with what carries the ville alone, and is the one asked about.
		expect(g11(wide, near)?.message).toContain(
			'\u202f; «\u00a0Action navette\u00a0» y répond peut-être, et rien ne dit si «\u00a0Action large\u00a0», à l’échelle de l’intercommunalité, y vient.'
		);
		expect(g11(wide, near)?.aFaire).toContain('si cette action vient dans le quartier');
	});

	it('G11 : une épicerie sociale n’allège pas une facture d’énergie, et une étude n’est pas une réponse', () => {
		const energy = reading(21, 16, ['T03', 'P04']);
		const bad = { ...energy, def: { ...energy.def, ville_seule: false } };
		const g11 = (...actions: ReturnType<typeof aPlaced>[]) =>
			find('G11', 'vulnerabiliteSansReponse', view(actions, { indicateurs: new Map([[Q, [bad]]]) }))[0];
		const of = (titre: string, nature: string, more: object) =>
			aPlaced({ action: { id: titre, titre, document: 2, plan: 'pcaet' }, nature, ...more });
		const grocery = of('Épicerie sociale', 'N2', { atteinte: { [Q]: 'explicite' }, ville: ['P04'] });
		const aid = of('Aide aux factures', 'N5', { atteinte: { [Q]: 'diffuse' }, transition: ['T03'] });
		const study = of('Étude sur les factures', 'N4', { atteinte: { [Q]: 'diffuse' }, transition: ['T03'] });
		const talk = of('Éco-gestes', 'N3', { atteinte: { [Q]: 'explicite' }, transition: ['T03'] });
		expect(g11(grocery)?.message).toContain('et aucun investissement, service ni aide lu n’y répond.');
		expect(g11(grocery, aid)?.message).toContain(
			'et rien ne dit si «\u00a0Aide aux factures\u00a0», à l’échelle de l’intercommunalité, y vient.'
		);
		expect(g11(grocery, study)?.message).toContain(
			'\u202f; le PCAET l’aborde par une étude («\u00a0Étude sur les factures\u00a0»), sans investissement, service ni aide.'
		);
		expect(g11(study)?.aFaire).toMatch(/^Demander au responsable du PCAET ce qui suivra dans le quartier/);
		expect(g11(study)?.preuves.actions).toEqual(['Étude sur les factures']);
		expect(g11(study, talk)?.message).toContain('l’aborde par de la sensibilisation («\u00a0Éco-gestes\u00a0»)');
	});

	it('des indicateurs livrés, celui de l’énergie ne se contente pas de l’aide sociale', () => {
		const { indicateurs } = ref.indicateurs;
		const alone = (code: string) => indicateurs.find((i) => i.code === code)?.ville_seule;
		expect(['I-PREC-ENERGIE', 'I-ICU', 'I-TX-EMPLOI'].map(alone)).toEqual([false, false, undefined]);
	});

	it('G01 : ce qui porte le même enjeu de transition, dans le quartier puis plus large, est dit dans le pourquoi d’une alerte', () => {
		const coverage = { ...view([]).coverage, documentsCadres: 2 };
		const g01 = (actions: ReturnType<typeof aPlaced>[], enjeu = 'X08') =>
			find('G01', 'enjeuSansReponse', view(actions, { coverage })).find((g) => g.enjeu === enjeu);
		const plan = (titre: string, nature: string, niveau: 'diffuse' | 'explicite' | 'aucune', more: object = {}) =>
			aPlaced({ action: { id: titre, titre }, nature, atteinte: { [Q]: niveau }, transition: ['T06'], ...more });
		const study = plan('Étude nature', 'N4', 'diffuse');
		const trees = plan('Plan arbres', 'N1', 'diffuse', { ville: ['P02'], croises: ['X07'] });
		expect(g01([study, trees])?.pourquoi).toBe(
			'L’action la plus proche, à l’échelle de l’intercommunalité, est «\u00a0Plan arbres\u00a0» («\u00a0Fraîcheur et nature\u00a0»)\u202f; rien ne dit que cela y réponde.'
		);
		expect(g01([study])?.pourquoi).toContain('est «\u00a0Étude nature\u00a0»');
		const mall = plan('Ombrager le mail', 'N1', 'explicite', { ville: ['P02'], croises: ['X07'] });
		expect(g01([trees, mall])?.pourquoi).toContain(
			'L’action la plus proche, dans le quartier, est «\u00a0Ombrager le mail'
		);
		// Elsewhere, or of another enjeu, it is near nothing; the facts a decision was taken on are the same.
		expect(g01([plan('Parc', 'N1', 'aucune')])?.pourquoi).toBeUndefined();
		expect(g01([trees], 'X03')?.pourquoi).toBeUndefined();
		expect(g01([trees])?.preuves).toEqual(g01([])?.preuves);
		// What only waits for a plan speaks of no absence.
		const one = find('G01', 'enjeuSansReponse', view([trees], { documents: [CDV] })).find((g) => g.enjeu === 'X08');
		expect([one?.reponse, one?.pourquoi]).toEqual(['donnee-manquante', undefined]);
		// Unless it speaks of the crossing in its own words: nobody is told that nothing was found.
		const works = plan('Réhabilitation du parc privé', 'N1', 'diffuse', { transition: ['T01'], ville: ['P01'] });
		const bare = find('G01', 'enjeuSansReponse', view([works], { documents: [CDV] })).find((g) => g.enjeu === 'X02');
		expect([bare?.reponse, bare?.pourquoi]).toEqual([
			'donnee-manquante',
			expect.stringContaining(
				'L’action la plus proche, à l’échelle de l’intercommunalité, est «\u00a0Réhabilitation du parc privé\u00a0»'
			)
		]);
	});

	it('G01 : ce qui vise le quartier et ne dit que l’enjeu de la ville est dit, là où cela suffit ; une chaudière au gaz n’approche de rien', () => {
		const coverage = { ...view([]).coverage, documentsCadres: 2 };
		const g01 = (enjeu: string, ...actions: ReturnType<typeof aPlaced>[]) =>
			find('G01', 'enjeuSansReponse', view(actions, { coverage })).find((g) => g.enjeu === enjeu);
		const here = (titre: string, ville: string, more: object = {}) =>
			aPlaced({ action: { id: titre, titre }, nature: 'N2', atteinte: { [Q]: 'explicite' }, ville: [ville], ...more });
		expect(g01('X17', here('Ressourcerie des Pyramides', 'P06'))?.pourquoi).toMatch(
			/^L’action la plus proche, dans le quartier, est «\u00a0Ressourcerie des Pyramides\u00a0» \(«\u00a0.+\u00a0»\)\u202f; rien ne dit que cela y réponde\.$/
		);
		const away = here('Ressourcerie', 'P06', { atteinte: { [Q]: 'diffuse' } });
		expect(g01('X17', away)?.pourquoi).toBeUndefined();
		expect(g01('X04', here('Résidence', 'P01'))?.pourquoi).toBeUndefined();
		const school = (titre: string) =>
			aPlaced({ action: { id: titre, titre }, nature: 'N1', atteinte: { [Q]: 'explicite' }, transition: ['T02'] });
		expect(g01('X05', school('Toiture du gymnase'))?.message).toContain('Toiture du gymnase');
		const boiler = g01('X05', school('Chaudière gaz neuve au gymnase'));
		expect(`${boiler?.message} ${boiler?.pourquoi}`).not.toContain('Chaudière');
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
			/^Demander à la mairie de Lys si elle peut s’inspirer de «\s*Ombrager la place\s*» \(Ville de Merville\) dans ce quartier/
		);
		expect(asked(trees('Direction des espaces verts', 'commune')), 'la ville ne se dit que par ses quartiers').toMatch(
			/^Demander à la mairie de Lys si elle peut s’inspirer de «\s*Ombrager la place\s*» \(Merville\)/
		);
		expect(asked(trees('CA du Pays d’Aubrelle', 'epci'))).not.toContain('mairie de Lys');
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
