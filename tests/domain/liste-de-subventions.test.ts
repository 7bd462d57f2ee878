import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { grantListName, grantsNote, retitled } from '../../src/lib/domain/crossing/grant-list';
import { crossTerritory, type TerritoryRecords } from '../../src/lib/domain/crossing/territory-view';
import { documentNames } from '../../src/lib/domain/document-names';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { quartierView } from '../../src/lib/domain/crossing/quartier-view';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, aLine, anAction, aQuartier, aTerritory } from '../fixtures/build';

const ref = loadReferentiel();

describe('une liste de subventions importée comme contrat de ville', () => {
	const paid = (dispositif: string, said: Parameters<typeof anAction>[0] = {}) =>
		anAction({ financements: [aLine({ dispositif })], ...said });

	it('est dite pour ce qu’elle est', () => {
		const list = [paid('dotations-etat.dpv'), paid('dotations-etat.dpv')];
		expect(grantsNote('contrat-de-ville', list)).toBe('Liste de subventions accordées, pas le contrat de ville signé.');
	});

	it('l’est aussi quand ses lignes viennent de deux dotations de l’État', () => {
		expect(grantsNote('contrat-de-ville', [paid('dotations-etat.dpv'), paid('dotations-etat.dsil')])).not.toBeNull();
	});

	it.each([
		['deux dispositifs', [paid('dotations-etat.dpv'), paid('fonds-vert')]],
		['une action sans financement', [paid('dotations-etat.dpv'), anAction()]],
		['un pilote nommé', [paid('dotations-etat.dpv', { pilote: 'Service habitat' })]],
		['un public visé', [paid('dotations-etat.dpv', { publics: ['familles'] })]],
		['un état d’avancement', [paid('dotations-etat.dpv', { statut: 'en-cours' })]],
		['aucune action', []]
	])('%s : rien n’est dit', (_, actions) => expect(grantsNote('contrat-de-ville', actions)).toBeNull());

	it('un autre plan n’est pas un contrat', () => {
		expect(grantsNote('pcaet', [paid('dotations-etat.dpv')])).toBeNull();
	});
});

describe('le nom d’une liste de subventions', () => {
	const paid = (libelle: string, dispositif = 'dotations-etat.dpv') =>
		anAction({ financements: [aLine({ libelle, dispositif })] });
	const name = (...libelles: string[]) =>
		grantListName(
			'contrat-de-ville',
			libelles.map((libelle) => paid(libelle)),
			ref.financements
		);

	it('dit le dispositif, dans les mots du fichier', () => expect(name('DPV', 'DPV')).toBe('Subventions DPV'));
	it('dit la famille quand ses lignes en nomment plusieurs', () =>
		expect(name('DPV', 'DSIL')).toBe(`Subventions ${ref.financements.find((f) => f.id === 'dotations-etat')!.titre}`));
	it('ne répète pas « subvention »', () => expect(name('Subvention DPV')).toBe('Subvention DPV'));
	it('un contrat de ville garde le sien', () => expect(name()).toBeNull());
	it('un titre choisi par une personne reste le sien', () => {
		expect(retitled('Contrat de ville · CA de Lys · 2024', 'Contrat de ville', 'Subventions DPV')).toBe(
			'Subventions DPV · CA de Lys · 2024'
		);
		expect(retitled('Opérations DPV de 2024', 'Contrat de ville', 'Subventions DPV')).toBe('Opérations DPV de 2024');
	});

	it('se lit dans les preuves, les lacunes et sur chaque action, jamais « Contrat de ville »', () => {
		const quartier = aQuartier({ code: 'QNZZZ01N', nom: 'Les Essais' });
		const list = anAction({
			titre: 'Rénovation thermique de l’école Hugo',
			quartiers: ['Les Essais'],
			...{ financements: [aLine({ libelle: 'DPV', dispositif: 'dotations-etat.dpv' })] },
			origine: { fichier: 'liste-nationale.csv', feuille: null, ligne: 17 }
		});
		const records: TerritoryRecords = {
			...{ territory: aTerritory(), quartiers: [quartier], correspondances: new Map(), decisions: [], indicateurs: [] },
			documents: [
				{
					...aDocument({
						titre: 'Contrat de ville · CA de Lys · 2024',
						periode: '2024',
						champs: ['titre', 'financements']
					}),
					...{ fichier: 'liste-nationale.csv', importeLe: '2026-11-22' }
				}
			],
			actions: [list]
		};
		const crossed = crossTerritory(records, ref, compileLexicon(ref), '2026-11-22');
		expect([...documentNames(crossed.view.documents).values()]).toEqual(['Subventions DPV 2024 de Lys']);
		const page = quartierPage(
			quartierView(crossed, 'QNZZZ01N', ref, () => [])!,
			ref
		);
		expect(page.actions[list.id]).toMatchObject({
			liste: 'Subventions DPV',
			place: 'Subventions DPV 2024 de Lys, ligne\u00a017'
		});
		expect(JSON.stringify(page.lacunes)).not.toContain('Contrat de ville');
		expect(JSON.stringify(page.lacunes)).toContain('Subventions DPV');
	});
});
