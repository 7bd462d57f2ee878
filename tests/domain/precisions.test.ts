import { describe, expect, it } from 'vitest';
import { matchColumns } from '../../src/lib/domain/import/header-match';
import type { CellValue } from '../../src/lib/domain/import/sheet';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* What a table says of its actions is read, whatever its column is called. */

const { plans } = loadReferentiel();
const TEXTES = [
	'Isoler les toits des écoles par l’extérieur',
	'Former quarante personnes au vélo',
	'Planter des haies'
];
const champs = (entetes: readonly string[], textes: readonly CellValue[] = TEXTES) => {
	const titres = ['Écoles sobres', 'Vélo pour tous', 'Haies'];
	const { columns } = matchColumns(['Action', ...entetes], (i) => (i === 0 ? titres : textes), plans, 'pcaet', []);
	return columns.slice(1).map((c) => c.champ);
};

describe('« Précisions »', () => {
	it.each(['Précisions', 'Précision', 'Précisions sur l’action', 'PRÉCISIONS', 'Détails', 'Détail', 'Contenu'])(
		'sans colonne de description, « %s » en tient lieu : le classement la lit',
		(entete) => expect(champs([entete])).toEqual(['description'])
	);

	it('à côté d’une description, ou de ce qui en tient déjà lieu, reste une note', () => {
		expect(champs(['Description', 'Précisions'])).toEqual(['description', 'notes']);
		expect(champs(['Précisions', 'Contenu'])).toEqual(['notes', 'description']);
	});

	it('qui ne contient pas de phrases reste une note', () => {
		expect(champs(['Précisions'], ['12', '8', '3'])).toEqual(['notes']);
	});

	it('« Commentaires » et « Observations » disent la vie de l’action, pas ce qu’elle est : ils restent des notes', () => {
		expect(champs(['Commentaires', 'Observations'])).toEqual(['notes', 'notes']);
	});
});
