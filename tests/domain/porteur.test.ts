import { describe, expect, it } from 'vitest';
import { inferPorteurType } from '../../src/lib/domain/import/row-porteur';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const { plans } = loadReferentiel();
const of = (nom: string, porteur: string) => inferPorteurType(porteur, plans, { nom, communes: [{ nom: 'Port-Leu' }] });

describe('le genre de celui qui porte une action', () => {
	it.each([
		['CC Plaine et Rive', 'CCPR'],
		['CA du Val-Clair', 'cavc'],
		['CU de Montclair Les Rives', 'C.U.M.R.'],
		['Métropole de la Rive Grise', 'MRG'],
		['CC Plaine et Rive', 'CC Plaine et Rive']
	])('%s se nomme aussi %s', (nom, porteur) => expect(of(nom, porteur)).toBe('epci'));
	it('un sigle d’ailleurs ne dit rien', () => expect(of('CC Plaine et Rive', 'CCNS')).toBeNull());
	it('deux lettres ne font pas un sigle', () => expect(of('Pays Bleu', 'PB')).toBeNull());
	it('une commune du territoire se reconnaît à son nom seul', () =>
		expect(of('CC Plaine et Rive', 'Port-Leu')).toBe('commune'));
});

describe('un nom d’organisme, écrit comme on l’écrit', () => {
	const kind = (porteur: string) => inferPorteurType(porteur, plans, null);

	it.each([
		...['CA des Deux Rives', 'CC des Orées', 'CC de l’Orme', "CC de l'Orme", 'CU d’Arvers', 'CA DES DEUX RIVES'].map(
			(porteur) => [porteur, 'epci']
		),
		...['CC Semoy Sud-Ouest', 'CA Arvin-Corvin', 'ca du val clair', 'C.C. de la Vallée Verte', 'la CC'].map(
			(porteur) => [porteur, 'epci']
		),
		...['CC de la Région d’Arvers', 'Service habitat de la CC des Orées', 'Direction de l’eau - CA Arvin-Corvin'].map(
			(porteur) => [porteur, 'epci']
		),
		...['Communauté d’agglo', 'Communauté d’agglo des Deux Rives', 'Agglo', 'Métropole Européenne de Lille', 'MEL'].map(
			(porteur) => [porteur, 'epci']
		),
		...['Département du Nord', 'Conseil départemental', 'CD 59', 'CD de l’Oise'].map((porteur) => [
			porteur,
			'departement'
		]),
		...['Région Hauts-de-France', 'Région'].map((porteur) => [porteur, 'region']),
		...['SIVOM', 'SIVOM des Orées', 'PETR du Pays d’Arvers', 'Syndicat mixte', 'SM des Orées'].map((porteur) => [
			porteur,
			'syndicat'
		]),
		...['SAEM', 'SEM des Deux Rives', 'SPL Arvers Énergie'].map((porteur) => [porteur, 'entreprise']),
		...[
			'OPH',
			'OPH de la communauté d’agglomération',
			'SA d’HLM',
			'SA d’HLM des Orées',
			'bailleur',
			'Bailleurs sociaux'
		].map((porteur) => [porteur, 'bailleur-social']),
		...['Arvers Habitat (bailleur social)', 'Office public de l’habitat de la métropole'].map((porteur) => [
			porteur,
			'bailleur-social'
		]),
		...['association', 'Roue libre (association)', 'Communauté Emmaüs', 'Centre social du Port'].map((porteur) => [
			porteur,
			'association'
		]),
		...['Mission locale', 'Mission locale de l’agglomération', 'CAF', 'Caf du Nord', 'CPAM', 'ARS', 'CCI', 'CMA'].map(
			(porteur) => [porteur, 'etablissement-public']
		),
		...['Chambre d’agriculture', 'Chambre de métiers', 'Université', 'Lycée Gide', 'Collège Gide', 'CH d’Arvers'].map(
			(porteur) => [porteur, 'etablissement-public']
		),
		...['Ville d’Arvers', 'CCAS', 'CCAS de la Ville d’Arvers', 'Mme Roy, Ville d’Arvers'].map((porteur) => [
			porteur,
			'commune'
		])
	])('%s : %s', (porteur, type) => expect(kind(porteur)).toBe(type));

	it.each([
		...['CA', 'CA 2025 : 300 000 €', 'CA HT', 'CA TTC', 'CA de 300 k€', 'Boulangerie Roy, CA de 300 k€', 'Ca. Dupont'],
		...[
			'CA du dernier exercice',
			'CC : Mme Roy',
			'cc Mme Roy',
			'CC Mme Roy',
			'C.A. Martin',
			'Mel Martin',
			'Accès Cuisine'
		],
		...['M. Paul Ville', 'Mme Claire Région', 'M. Collège', 'Mme Laville', 'Occa des Orées', 'Le CA']
	])('« %s » ne dit aucun genre', (porteur) => expect(kind(porteur)).toBeNull());

	it('de deux organismes d’une cellule, le premier nommé', () => {
		expect(kind('CA Arvin-Corvin / Département du Nord')).toBe('epci');
		expect(kind('Roue libre (association), Ville d’Arvers')).toBe('association');
	});
});
