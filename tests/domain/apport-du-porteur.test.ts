import { describe, expect, it } from 'vitest';
import type { PorteurType } from '../../src/lib/domain/action';
import { cumulVerdicts } from '../../src/lib/domain/funding/cumul';
import { isOwnShare } from '../../src/lib/domain/funding/own-share';
import { financingPlan } from '../../src/lib/domain/funding/plan';
import { leftToFinance } from '../../src/lib/domain/funding/rest';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aLine, aPlaced } from '../fixtures/build';

/* What the body that carries an action pays itself is its own share, whatever the file calls it: it is no aid. */

const ref = loadReferentiel();
const own = (libelle: string, porteur: string | null, porteurType: PorteurType | null) =>
	isOwnShare({ libelle, genre: 'subvention' }, { porteur, porteurType });

describe('un financeur qui est le porteur lui-même', () => {
	it.each<[string, string, PorteurType]>([
		['Ville de Vernouy', 'Ville de Vernouy', 'commune'],
		['Ville', 'Ville de Vernouy', 'commune'],
		['Commune', 'Commune de Vernouy', 'commune'],
		['Commune de Vernouy', 'Ville de Vernouy', 'commune'],
		['Mairie de Vernouy', 'Vernouy', 'commune'],
		['Vernouy', 'Ville de Vernouy', 'commune'],
		['part communale', 'Ville de Vernouy', 'commune'],
		['Part de la Ville', 'Ville de Vernouy', 'commune'],
		['Participation de la commune', 'Vernouy', 'commune'],
		['EPCI', 'CA de la Vallée d’Orvelle', 'epci'],
		['Agglo', 'CA de la Vallée d’Orvelle', 'epci'],
		['CA de la Vallée d’Orvelle', 'CA de la Vallée d’Orvelle', 'epci'],
		['Communauté d’agglomération de la Vallée d’Orvelle', 'CA de la Vallée d’Orvelle', 'epci'],
		['Métropole', 'Orvelle Métropole', 'epci'],
		['Conseil départemental', 'Département du Lys', 'departement'],
		['Régie des Quatre Chemins', 'Régie des Quatre Chemins', 'association'],
		['Ville', 'Ville de Vernouy / CA de l’Orvelle', 'commune']
	])('%s, porté par %s', (libelle, porteur, type) => expect(own(libelle, porteur, type)).toBe(true));

	it.each<[string, string | null, PorteurType | null]>([
		['Ville de Montclair', 'Ville de Vernouy', 'commune'],
		['CA de Vernouy', 'Ville de Vernouy', 'commune'],
		['Ville de Vernouy', 'CA de Vernouy', 'epci'],
		['Vernouy', 'CA de Vernouy', 'epci'],
		['Ville', 'CA de la Vallée d’Orvelle', 'epci'],
		['Ville', 'Régie des Quatre Chemins', 'association'],
		['DPV', 'Ville de Vernouy', 'commune'],
		['Département', 'Ville de Vernouy', 'commune'],
		['Ville', null, null]
	])('%s, porté par %s : une aide', (libelle, porteur, type) => expect(own(libelle, porteur, type)).toBe(false));
});

describe('son apport ne compte pas dans le cumul des aides publiques', () => {
	const placed = (financeur: string) =>
		aPlaced({
			nature: 'N1',
			action: {
				porteur: 'Ville de Vernouy',
				porteurType: 'commune',
				budget: { euros: 640_000, base: 'HT', max: null },
				financements: [
					aLine({ libelle: 'DPV', dispositif: 'dotations-etat.dpv', demande: 384_000, etat: 'demande', base: 'HT' }),
					aLine({ libelle: financeur, obtenu: 256_000, etat: 'obtenu', base: 'HT' })
				]
			}
		});
	const part = (financeur: string) => {
		const one = placed(financeur);
		const [found] = cumulVerdicts(one, financingPlan(one, ref), ref.planDeFinancement.limites, '2026-11-29');
		return found!.part;
	};

	it('« Ville de Vernouy » 256 000 € à côté de DPV 384 000 € : 60 % d’aides, pas 100 %', () => {
		expect(part('Ville de Vernouy')!.max).toBe(0.6);
		expect(part('part communale')!.max).toBe(0.6);
		expect(part('Ville de Montclair')!.max).toBe(1);
	});

	it('le plan de financement le dit : autofinancement, acquis, et plus rien à trouver', () => {
		const one = placed('Ville de Vernouy');
		const plan = financingPlan(one, ref);
		expect(plan.lignes[1]).toMatchObject({ nature: 'autofinancement', propre: true, publique: null });
		expect(plan.parNature.autofinancement.montant).toBe(256_000);
		expect(leftToFinance(one)).toMatchObject({ genre: 'connu', euros: 0, nonAcquis: 384_000 });
	});
});
