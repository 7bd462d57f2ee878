import { expect, test } from 'vitest';
import { thingsToLookAt } from '../../src/lib/domain/import/to-look-at';

const column = (confiance: number) => ({ entete: 'X', champ: 'statut' as const, confiance, exemples: [] });
const nothing = {
	acceptees: 5,
	ignorees: 2,
	rejetees: 0,
	colonnes: [column(1)],
	quartiersNonReconnus: [],
	compte: [],
	differences: { ajoutees: 1, modifiees: 0, disparues: 0, inchangees: 0, videes: 0 }
};

test('un fichier sans reproche ne demande rien', () => {
	expect(thingsToLookAt(nothing)).toEqual([]);
});

test('toutes, dans l’ordre où on les prendrait : les lignes rejetées, les colonnes, les lieux, puis les doutes les plus fréquents', () => {
	const compte = [
		{ code: 'titre-absent', gravite: 'bloquant', nombre: 3 },
		{ code: 'date-vague', gravite: 'info', nombre: 40 },
		{ code: 'doublon', gravite: 'a-verifier', nombre: 1 },
		{ code: 'montant-illisible', gravite: 'a-verifier', nombre: 12 }
	] as const;
	const place = { texte: 'Les Pins', raison: 'inconnu' as const, proches: [], lignes: [2] };
	const things = thingsToLookAt({
		...nothing,
		rejetees: 3,
		colonnes: [column(1), column(0.5)],
		quartiersNonReconnus: [place, place],
		compte
	});
	expect(things.map((t) => t.texte.replace(/\u00a0/g, ' '))).toEqual([
		'3 lignes sans intitulé',
		'1 colonne à vérifier',
		'2 lieux à rattacher',
		'12 montants illisibles',
		'1 doublon possible',
		// The sixth: the page folds it, and says that there is one.
		'40 dates approximatives'
	]);
	expect(things[3]!.page).toBe('anomalies?nature=montant-illisible&gravite=a-verifier');
});
