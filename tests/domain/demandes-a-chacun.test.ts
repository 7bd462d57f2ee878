import { describe, expect, it } from 'vitest';
import type { PlacedAction } from '../../src/lib/domain/crossing/place';
import { aPlaced } from '../fixtures/build';
import { CDV, PCAET, find, Q, view } from '../fixtures/gaps';

/* A request about several actions reaches whoever answers for each of them. */

const works = (id: string, pilote: string | null) =>
	aPlaced({
		action: { id, document: 2, plan: 'pcaet', titre: `Rénovation de ${id}`, pilote },
		atteinte: { [Q]: 'explicite' },
		transition: ['T01'],
		nature: 'N1'
	});
const asked = (...actions: PlacedAction[]) => ({
	g18: find('G18', 'renovationSansAdaptation', view(actions))[0]?.aFaire,
	g07: find('G07', 'sansJalon', view(actions))[0]?.aFaire
});

describe('une demande sur plusieurs actions d’un document', () => {
	it('dont une seule a un pilote s’adresse aussi, pour les autres, au responsable du plan', () => {
		const { g18, g07 } = asked(works('mairie', 'DST Bâti'), works('gymnase', null), works('crèche', null));
		expect(g18).toContain(
			'Demander au pilote, DST Bâti, et, pour les autres actions, au responsable du PCAET, ce que prévoient leurs cahiers des charges, puis'
		);
		expect(g07).toContain('au responsable du PCAET, une date de fin ou une étape pour chaque action, puis');
	});
	it('dont la plupart n’ont personne va d’abord au responsable du plan, avant une suite de noms', () => {
		const few = ['Voirie', 'Eaux', 'Parcs'].map((service) => works(service, `Direction ${service}`));
		const many = ['a', 'b', 'c', 'd'].map((id) => works(id, null));
		expect(asked(...few, ...many).g18).toContain(
			'Demander au responsable du PCAET et, pour celles qui en ont un, à leur porteur, ce que prévoient'
		);
	});
	it('que suit une personne dit son service une fois, et la personne entre parenthèses', () => {
		const two = [works('mairie', 'Direction habitat, Mme Delattre'), works('gymnase', 'Direction des parcs')];
		expect(asked(...two).g18).toContain('à la Direction habitat (Mme Delattre) et à la Direction des parcs ce que');
		const same = [works('mairie', 'Direction habitat, Mme Delattre'), works('gymnase', 'Direction habitat')];
		expect(asked(...same).g18).toContain('Demander à la Direction habitat ce que');
	});
	it('dont une seule n’a personne le dit au singulier', () =>
		expect(asked(works('mairie', 'Direction du patrimoine'), works('gymnase', null)).g18).toContain(
			'à la Direction du patrimoine et, pour l’autre action, au responsable du PCAET, ce que'
		));
	it('que pilotent des services, ou personne, ne s’adresse qu’à eux', () => {
		expect(asked(works('mairie', 'Direction A'), works('gymnase', 'Direction A')).g18).toContain('à la Direction A ce');
		expect(asked(works('mairie', null), works('gymnase', null)).g18).toContain('au responsable du PCAET ce');
	});
	it('dont le territoire lui-même porte les autres ne lui demande pas de s’appeler', () =>
		expect(
			asked(works('mairie', 'DST Bâti'), works('gymnase', 'CA du Pays d’Aubrelle'), works('crèche', null)).g18
		).toContain('et, pour les autres actions, au responsable du PCAET, ce que'));
	it('n’a qu’une virgule devant la suite', () => {
		const documents = [CDV, { ...PCAET, champs: [...PCAET.champs, 'cout_investissement' as const] }];
		const costly = [works('mairie', 'DST Bâti'), works('gymnase', null)].map((p) => ({
			...p,
			action: { ...p.action, budget: { euros: 1000, base: 'HT' as const, max: null } }
		}));
		const [gap] = find('G10', 'financementIncomplet', view(costly, { documents }));
		expect(gap?.aFaire).toContain(
			'Demander les montants au pilote, DST Bâti, et, pour l’autre action, au responsable du PCAET, puis réimporter'
		);
	});
});
