import { expect, test } from 'vitest';
import { tellRecognised, type Recognised } from '../../src/lib/domain/bring/recognised';
import { isRefusal } from '../../src/lib/domain/issue';
import { recognise } from '../../src/lib/server/bring/recognise';
import { open } from '../../src/lib/server/db/client';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* A plan that is brought says every row it has, and how many name an action. */

test('« Plan de 3 lignes, dont 2 avec un intitulé d’action » : aucune ligne lue n’est tue', async () => {
	const texte =
		'N°;Intitulé de l’action;Objectif;Porteur\n1;Isoler les écoles;;\n;;Vivre mieux;Ville\n2;Planter la rue;;\n;;;\n';
	const found = await recognise(await open(':memory:'), loadReferentiel(), {
		bytes: new TextEncoder().encode(texte),
		fichier: 'plh.csv'
	});
	if (isRefusal(found)) throw new Error(found.refus);
	expect(tellRecognised(found as Recognised)).toMatch(
		/^Plan de 3.lignes, dont 2 avec un intitulé d’action, en tableau/
	);
});
