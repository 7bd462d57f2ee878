import { describe, expect, it } from 'vitest';
import { leadsOf, leadWords, saidAndMeant } from '../../src/lib/domain/crossing/leads';
import { inferPorteurType } from '../../src/lib/domain/import/row-porteur';
import { communeIndex } from '../../src/lib/domain/places/communes';
import { assess, assessAll, situationOf } from '../../src/lib/domain/rules/eligibility';
import { Measure } from '../../src/lib/domain/rules/funding';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import type { Action } from '../../src/lib/domain/action';
import { aPlaced, aTerritory } from '../fixtures/build';

const ref = loadReferentiel();
const TODAY = '2026-11-22';
const territoire = aTerritory();
const words = leadWords(ref.plans, territoire.nom, new Map(), (name) => inferPorteurType(name, ref.plans, territoire));
const carriedBy = (porteur: string, porteurType: Action['porteurType']) => {
	const placed = aPlaced({
		action: { porteur, porteurType, titre: 'Rénovation énergétique des bâtiments communaux' },
		atteinte: { ZZ001Q1: 'explicite' },
		transition: ['T02'],
		nature: 'N1'
	});
	return { ...placed, meneurs: leadsOf(placed.action, words, communeIndex([])) };
};
const forTowns = Measure.parse({
	id: 'fictif.mesure',
	libelle: 'Mesure fictive',
	operateur: 'Opérateur fictif',
	forme: 'subvention',
	verification: 'source',
	etat: { '2024-01-01': 'ouvert' },
	applicable_si: { critere: 'maitre_ouvrage', parmi: ['commune', 'epci'] },
	references: [{ titre: 'Cahier fictif', consulte_le: TODAY }],
	a_revoir_le: '2027-06-30'
});
const asked = (porteur: string, type: Action['porteurType']) =>
	assess(forTowns, situationOf(carriedBy(porteur, type), null), TODAY);

describe('une action portée par plusieurs', () => {
	it('convient dès qu’un des types de la liste convient', () => {
		const found = asked('Collectivité porteuse | Etablissement public local', 'etablissement-public');
		expect(found.verdict).toBe('a-instruire');
		expect(asked('Etablissement public local', 'etablissement-public').verdict).toBe('ecarte');
	});

	it('n’est pas écartée quand un des types de la liste n’est pas reconnu', () => {
		expect(asked('Entreprise | Les Amis du Pré', 'entreprise').verdict).toBe('indetermine');
		expect(asked('Entreprise | Association', 'entreprise').verdict).toBe('ecarte');
	});

	it('suit le type de sa propre colonne quand elle le dit', () => {
		expect(asked('Entreprise Dupré | Association du Pré', 'bailleur-social').verdict).toBe('ecarte');
		expect(asked('Entreprise Dupré | Association du Pré', 'commune').verdict).toBe('a-instruire');
	});

	it('ne perd plus les fonds ouverts à la collectivité', () => {
		const carrierFails = (placed: ReturnType<typeof carriedBy>) =>
			assessAll([placed], 'ZZ001Q1', ref, TODAY).filter((v) => v.echecs.some((r) => r.cle === 'maitre_ouvrage')).length;
		const listed = carriedBy('Collectivité porteuse | Etablissement public local', 'etablissement-public');
		const alone = carriedBy('Etablissement public local', 'etablissement-public');
		expect(carrierFails(alone)).toBeGreaterThan(0);
		expect(carrierFails(listed)).toBe(0);
	});

	it('se lit avec le nom connu, et les types en toutes lettres', () => {
		const said = 'Collectivité porteuse | Etablissement public local';
		expect(saidAndMeant(said, said, words)).toBe(
			`${territoire.nom} (collectivité porteuse) et établissement public local`
		);
	});
});
