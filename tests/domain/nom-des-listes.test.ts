import { describe, expect, it } from 'vitest';
import { listName, listTitle } from '../../src/lib/domain/ledger/list-name';
import { placesWithoutGrant } from '../../src/lib/domain/ledger/no-grant';
import { requestsPage } from '../../src/lib/domain/pages/requests-page';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { AUBRELLE, aTerritory } from '../fixtures/build';

const ref = loadReferentiel();
const GRANT = {
	grant: {
		...{ cle: 'a', dossier: null, dispositif: 'fonds-vert', mesure: null, mesureTexte: null, annee: 2023, date: null },
		...{ intitule: 'École', beneficiaire: null, siren: null, commune: AUBRELLE.code, communeNom: null },
		...{ departement: 'ZZ', montant: 100_00, cout: null, ligne: 12 }
	},
	place: { part: 'commune-avec-qpv' as const, preuve: 'commune', commune: AUBRELLE.code, epci: null, quartiers: [] },
	fichier: 'export.fonds-vert-2023.csv',
	importeLe: '2026-11-27'
};

describe('une liste d’aides', () => {
	it('se nomme comme une personne la nomme', () => {
		expect(listTitle('Fonds vert', null)).toBe('Fonds vert');
		expect(listName('Fonds vert', 2023, '2026-11-27')).toBe('Fonds vert 2023, liste importée le 27/11/2026');
	});
	it('est dite une fois, la dernière importée', () => {
		const twice = [{ ...GRANT, importeLe: '2026-11-20' }, GRANT];
		expect(placesWithoutGrant(twice as never, aTerritory(), [], () => 'ZZ').listes).toEqual([
			{ fichier: GRANT.fichier, importeLe: '2026-11-27' }
		]);
	});
	it('la page des demandes la nomme, et garde le nom du fichier à côté', () => {
		const choice = { dispositif: null, annee: null, quartier: null };
		const page = requestsPage(aTerritory(), [], [], [], [GRANT] as never, ref, () => 'ZZ', choice, {
			...{ gaps: [], asOf: '2026-11-27' }
		});
		expect(page.dApres).toContain('D’après Fonds vert 2023, liste importée le 27/11/2026.');
		expect(page.dApres).not.toContain(GRANT.fichier);
		expect(page.fichiers).toBe(GRANT.fichier);
	});
	it('dit dès l’ouverture des demandes jusqu’où vont les aides connues', () => {
		const choice = { dispositif: null, annee: null, quartier: null };
		const page = requestsPage(aTerritory(), [], [], [], [GRANT] as never, ref, () => 'ZZ', choice, {
			...{ gaps: [], asOf: '2026-11-27', documents: [{ liste: 'Subventions DPV', periode: '2024' }] }
		});
		expect(page.chapo).toContain(
			'Aides lues\u00a0: Fonds vert 2023\u202f; Subventions DPV 2024\u202f; rien de plus récent.'
		);
	});
});
