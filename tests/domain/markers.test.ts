import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markReader } from '../../src/lib/domain/rules/markers';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { anAction } from '../fixtures/build';

/* Marks read once of a text are remembered: nobody can tell, whatever was read before. */

const { marqueurs } = loadReferentiel();
const words = fc
	.array(
		fc.constantFrom(
			...marqueurs.marqueurs.flatMap((m) => [...m.mots, ...m.sauf]),
			...['1', '12 ', 'seniors', 'la cour de l’école', ' . ', '']
		),
		{ maxLength: 3 }
	)
	.map((list) => list.join(' '));
const said = fc.record({
	titre: words,
	description: fc.option(words),
	publics: fc.array(words, { maxLength: 2 })
});

describe('les marques d’une action', () => {
	it('sont celles qu’on lirait sans s’être souvenu de rien', () => {
		const read = markReader(marqueurs);
		fc.assert(
			fc.property(fc.array(said, { minLength: 1, maxLength: 6 }), (all) => {
				for (const one of [...all, ...all].map((draft) => ({ action: anAction(draft) })))
					expect(read(one)).toEqual(markReader(marqueurs)(one));
			}),
			{ numRuns: 60 }
		);
	});

	it('un mot se lit dans les publics pour les seules marques qui les regardent, jamais à cheval sur le titre', () => {
		const codes = (draft: Parameters<typeof anAction>[0]) =>
			markReader(marqueurs)({ action: anAction(draft) }).map((m) => m.code);
		const aside = marqueurs.marqueurs.find((m) => m.publics)!;
		const own = marqueurs.marqueurs.find((m) => !m.publics && m.sauf.length === 0)!;
		expect(codes({ titre: 'Action', publics: [aside.mots[0]!] })).toContain(aside.code);
		expect(codes({ titre: 'Action', publics: [own.mots[0]!] })).not.toContain(own.code);
		expect(codes({ titre: own.mots[0]! })).toContain(own.code);
	});

	it.each([
		['Parc urbain du Marais : plantation de 400 arbres', 'desimpermeabilisation-ou-vegetalisation'],
		['Plantation de 2 400 arbres', 'desimpermeabilisation-ou-vegetalisation'],
		['Plantation de plus de 400 arbres', 'desimpermeabilisation-ou-vegetalisation'],
		['Plantation d’une centaine d’arbres', 'desimpermeabilisation-ou-vegetalisation'],
		['Planter 120 arbres', 'desimpermeabilisation-ou-vegetalisation'],
		['Planter des arbres', 'desimpermeabilisation-ou-vegetalisation'],
		['Création de 200 places de stationnement', 'stationnement-supplementaire'],
		['Création d’environ 50 places de stationnement', 'stationnement-supplementaire'],
		['Création de 200 nouvelles places de stationnement', 'stationnement-supplementaire'],
		['Créer 15 places de parking', 'stationnement-supplementaire'],
		['Installation de 12 bornes de recharge', 'vehicule-electrique'],
		['80 places de parking de plus au pied des tours', 'stationnement-supplementaire'],
		['Interdire les diesels d’avant 2006 dans la traversée', 'restriction-circulation'],
		['Fermer le centre aux voitures Crit’Air 4 et 5', 'restriction-circulation'],
		['Facturation à la levée des bacs', 'taxe-ou-tarif'],
		['300 arbres d’ombrage dans le parc', 'desimpermeabilisation-ou-vegetalisation']
	])('un nombre ne cache pas ce que l’action fait : %s', (titre, code) => {
		expect(markReader(marqueurs)({ action: anAction({ titre }) }).map((m) => m.code)).toContain(code);
	});

	it.each(['Rues scolaires aux heures d’entrée', 'Fermer une rue scolaire', 'Plan piéton du bourg'])(
		'aller à l’école à pied est un report vers la marche : %s',
		(titre) => {
			const [mark] = markReader(marqueurs)({ action: anAction({ titre }) });
			expect(mark?.code).toBe('mobilites-actives-ou-tc');
		}
	);

	it.each([
		'Abattage de 12 arbres',
		'400 habitants et des plantations',
		'Plan de stationnement : 200 places supprimées'
	])('un nombre ne fait rien dire de plus : %s', (titre) => {
		expect(markReader(marqueurs)({ action: anAction({ titre }) })).toEqual([]);
	});

	it.each([
		'Majoration des loyers après travaux',
		'Rénover la tour ; les loyers augmentés de 8 %',
		'Isolation des halls : le loyer va augmenter',
		'Réhabiliter et augmenter les loyers',
		'Relèvement du loyer à la livraison',
		'Augmentation du loyer de 15 € par mois'
	])('un loyer qui monte, en d’autres mots : %s', (titre) => {
		const codes = markReader(marqueurs)({ action: anAction({ titre }) }).map((m) => m.code);
		expect(codes).toContain('renovation-avec-hausse-loyer');
	});

	it.each([
		'Réhabiliter sans augmenter les loyers',
		'Isolation sans majoration de loyer',
		'Limiter l’augmentation des loyers',
		'Quittance : le loyer n’augmente pas'
	])('un loyer qui ne monte pas n’est pas une hausse : %s', (titre) => {
		const codes = markReader(marqueurs)({ action: anAction({ titre }) }).map((m) => m.code);
		expect(codes).not.toContain('renovation-avec-hausse-loyer');
	});
});
