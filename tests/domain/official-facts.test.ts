import { describe, expect, it } from 'vitest';
import { filed } from '../../src/lib/domain/crossing/grant-list';
import { officialFacts } from '../../src/lib/domain/funding/official-facts';
import { assessAll, situationOf } from '../../src/lib/domain/rules/eligibility';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aCommune, aPlaced, aTerritory } from '../fixtures/build';

const ref = loadReferentiel();
const LE = '2026-11-27';
const SAINT_QUENTIN = aTerritory({ nature: 'CA', fictif: false, communes: [aCommune('02691', 'Saint-Quentin')] });

/** Reasons of one measure for an action of a territory. */
function looked(mesure: string, territory = SAINT_QUENTIN, said: Parameters<typeof aPlaced>[0] = {}) {
	const placed = filed(aPlaced(said), undefined, officialFacts(territory));
	return assessAll([placed], null, ref, LE).find((v) => v.mesure === mesure)!;
}

describe('Ce que le code officiel dit d’un territoire', () => {
	it('est la nature de l’intercommunalité et son département', () => {
		expect(officialFacts(SAINT_QUENTIN)).toEqual({ nature_epci: 'communauté d’agglomération', departement: '02' });
		expect(officialFacts({ ...SAINT_QUENTIN, nature: 'METRO' }).nature_epci).toBe('métropole');
	});

	it('se tait sur le département d’un territoire qui en touche deux ; d’un territoire fictif, ne dit que ce que dit son nom', () => {
		const communes = [aCommune('80001', 'Une'), aCommune('76001', 'Autre')];
		expect(officialFacts({ ...SAINT_QUENTIN, communes })).not.toHaveProperty('departement');
		expect(officialFacts(aTerritory({ nature: 'CA' }))).toEqual({ nature_epci_nom: 'communauté d’agglomération' });
		expect(officialFacts(aTerritory({ nom: 'Pays d’Aubrelle' }))).toEqual({});
		expect(officialFacts(aTerritory({ genre: 'groupe' }))).toEqual({});
	});

	it.each([
		['CC des Trois Rivières', 'communauté de communes'],
		['CA Valenciennes Métropole', 'communauté d’agglomération'],
		['Communauté d’agglomération de Lys', 'communauté d’agglomération'],
		['CU d’Arras', 'communauté urbaine'],
		['Métropole Européenne de Lille', 'métropole'],
		// What stands after a name is a way of speaking.
		['Dijon Métropole', undefined],
		['Cambrésis', undefined]
	])('sans code, lit le genre au début du nom : %s', (nom, expected) => {
		expect(officialFacts({ ...SAINT_QUENTIN, nature: null, nom }).nature_epci_nom).toBe(expected);
		// The code speaks over the name.
		expect(officialFacts({ ...SAINT_QUENTIN, nom })).not.toHaveProperty('nature_epci_nom');
	});

	it('lit le département au code du quartier quand le territoire en touche deux, et ne l’invente pas d’un code fictif', () => {
		const two = officialFacts({ ...SAINT_QUENTIN, communes: [aCommune('80001', 'Une'), aCommune('76001', 'Autre')] });
		const of = (quartier: string) =>
			situationOf(filed(aPlaced({ atteinte: { [quartier]: 'cible' } }), undefined, two), quartier).faits?.departement;
		expect([of('QN08001M'), of('QN00201M'), of('QN97401M'), of('QNZZZ01F')]).toEqual(['80', '02', '974', undefined]);
	});

	it('donne le département d’une action que rien ne situe dans un quartier', () => {
		const placed = filed(aPlaced({ atteinte: {} }), undefined, officialFacts(SAINT_QUENTIN));
		expect(situationOf(placed, null).faits?.departement).toBe('02');
	});
});

describe('Une question dont la réponse se déduit', () => {
	const mobility = { action: { porteurType: 'epci' as const }, transition: ['T05'], ville: ['P04'], nature: 'N5' };
	const works = { action: { porteurType: 'commune' as const }, transition: ['T01'], nature: 'N1' };

	it('ne demande pas à une communauté d’agglomération si elle est une métropole', () => {
		const { manquants } = looked('solidarites.contrat-local', SAINT_QUENTIN, mobility);
		expect(manquants.map((r) => r.cle)).toContain('inscrite_contrat_solidarites');
		expect(manquants.map((r) => r.cle)).not.toContain('metropole');
	});

	it('ni à la communauté d’agglomération du territoire fictif : son nom le dit, et le verdict dit d’où', () => {
		const agglo = looked('solidarites.contrat-local', aTerritory(), mobility);
		expect(agglo.manquants.filter((r) => r.bloquant).map((r) => r.cle)).toEqual(['inscrite_contrat_solidarites']);
		const metropole = looked('solidarites.contrat-local', aTerritory({ nom: 'Métropole d’Aubrelle' }), mobility);
		expect(metropole.remplis.find((r) => r.cle === 'metropole')?.trouve).toBe(
			'oui (c’est une métropole, d’après son nom)'
		);
	});

	it('répond oui pour une métropole, et dit d’où', () => {
		const found = looked('solidarites.contrat-local', { ...SAINT_QUENTIN, nature: 'METRO' }, mobility);
		expect(found.verdict).toBe('a-instruire');
		expect(found.remplis.find((r) => r.cle === 'metropole')?.trouve).toBe(
			'oui (c’est une métropole, d’après le code officiel géographique)'
		);
	});

	it('écarte l’ERBM dans l’Aisne, avec la raison', () => {
		const found = looked('bassin-minier.erbm', SAINT_QUENTIN, works);
		expect(found.verdict).toBe('ecarte');
		expect(found.echecs.find((r) => r.cle === 'commune_erbm')?.trouve).toBe(
			'non (département 02\u00a0: le bassin minier est dans le Nord et le Pas-de-Calais)'
		);
	});

	it('la pose encore dans le Nord, où le département ne suffit pas à répondre', () => {
		const nord = { ...SAINT_QUENTIN, communes: [aCommune('59606', 'Valenciennes')] };
		expect(looked('bassin-minier.erbm', nord, works).manquants.map((r) => r.cle)).toContain('commune_erbm');
	});

	it('s’efface devant la réponse d’une personne', () => {
		const placed = filed(aPlaced(works), undefined, officialFacts(SAINT_QUENTIN));
		const saisies = {
			faits: [{ fait: 'commune_erbm', valeur: true, source: null, date: null, par: 'Nadia', le: LE, id: 1 }],
			lignes: []
		};
		const verdicts = assessAll([{ ...placed, saisies }], null, ref, LE);
		expect(verdicts.find((v) => v.mesure === 'bassin-minier.erbm')!.verdict).toBe('a-instruire');
	});
});
