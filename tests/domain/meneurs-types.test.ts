import { expect, it } from 'vitest';
import { leadsOf, leadWords } from '../../src/lib/domain/crossing/leads';
import { inferPorteurType } from '../../src/lib/domain/import/row-porteur';
import { communeIndex } from '../../src/lib/domain/places/communes';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* The kind of body that a name says, when its import did not read it. */

const { plans } = loadReferentiel();

it('« CA » seul, dans un plan d’une communauté d’agglomération, est elle ; ailleurs, personne ne le sait', () => {
	const types = (porteur: string, nom: string, porteurType: 'epci' | null = null) =>
		leadsOf(
			{ pilote: null, porteur, porteurType },
			leadWords(plans, nom, new Map(), (name) => inferPorteurType(name, plans, { nom, communes: [] })),
			communeIndex([])
		).types;
	expect(types('CA', 'CA des Orées')).toEqual(['epci']);
	expect(types('CA – Direction de l’habitat', 'CA des Orées')).toEqual(['epci']);
	expect(types('CA', 'EPCI 777000001'), 'un territoire que rien ne nomme').toEqual(['epci']);
	expect(types('CA', 'CC des Orées')).toBeUndefined();
	expect(types('Ville de Lys', 'CA des Orées')).toEqual(['commune']);
	expect(types('SA d’HLM du Lys', 'CA des Orées')).toEqual(['bailleur-social']);
	expect(types('Gamme Habitat', 'CA des Orées')).toBeUndefined();
	expect(types('CA', 'CA des Orées', 'epci'), 'déjà lu').toBeUndefined();
});
