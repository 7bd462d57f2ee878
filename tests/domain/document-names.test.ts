import { describe, expect, it } from 'vitest';
import { documentFiles, documentNames, fileWords, placeInDocument } from '../../src/lib/domain/document-names';

describe('le nom d’un document dans une preuve', () => {
	const name = (titre: string) => documentNames([{ id: 1, titre }]).get(1);

	it.each([
		['PCAET · CA Valenciennes Métropole', 'PCAET de Valenciennes Métropole'],
		['Contrat de ville · CA du Saint-Quentinois · 2019', 'Contrat de ville 2019 du Saint-Quentinois'],
		['PLH · CA d’Hénin-Carvin · 2014-2020', 'PLH 2014-2020 d’Hénin-Carvin'],
		['PCAET · CU d’Arras', 'PCAET d’Arras'],
		['PLH · Métropole Européenne de Lille', 'PLH de la Métropole Européenne de Lille'],
		['PCAET · CC Osartis Marquion', 'PCAET d’Osartis Marquion'],
		['Actions saisies à la main', 'Actions saisies à la main']
	])('« %s » se lit « %s »', (titre, read) => expect(name(titre)).toBe(read));

	it('deux documents du même nom se distinguent par leur fichier', () => {
		const twice = [1, 2].map((id) => ({ id, titre: 'PLH · CA de Lens - Liévin', fichier: `plh-${id}.csv` }));
		expect([...documentNames(twice).values()]).toEqual([
			'PLH de Lens - Liévin (plh-1.csv)',
			'PLH de Lens - Liévin (plh-2.csv)'
		]);
	});

	it('le fichier de chaque document reste dit à côté', () => {
		const documents = [{ id: 1, titre: 'PCAET · CA Valenciennes Métropole', fichier: 'Programme_V2.json' }];
		expect(documentFiles(documents)).toBe('PCAET de Valenciennes Métropole\u00a0: Programme_V2.json');
	});

	it('la seule feuille d’un texte, qui porte le nom de son fichier, n’est pas dite deux fois', () => {
		expect(fileWords({ fichier: 'liste-2019.hauts-de-france.csv', feuille: 'liste-2019.hauts-de-france' })).toBe(
			'liste-2019.hauts-de-france.csv'
		);
		expect(fileWords({ fichier: 'plan.xlsx', feuille: 'Actions' })).toBe('plan.xlsx, Actions');
	});

	it('une action se situe par son document et sa ligne, jamais par le nom du fichier ; saisie à la main, par qui l’a tapée', () => {
		const names = documentNames([{ id: 1, titre: 'PCAET · CA Valenciennes Métropole' }]);
		const read = { fichier: 'Programme_V2.json', feuille: null, ligne: 17 };
		expect(placeInDocument({ document: 1, origine: read }, names)).toBe(
			'PCAET de Valenciennes Métropole, ligne\u00a017'
		);
		const typed = { fichier: 'saisie à la main par Nadia', feuille: null, ligne: null };
		expect(placeInDocument({ document: 1, origine: typed }, names)).toBe('saisie à la main par Nadia');
		expect(placeInDocument({ document: 9, origine: read }, names)).toBe('Programme_V2.json, ligne\u00a017');
	});
});
