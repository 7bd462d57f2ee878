import { describe, expect, it } from 'vitest';
import { aimPlace } from '../../src/lib/domain/crossing/aim-place';
import { droitCommunToAim } from '../../src/lib/domain/crossing/aims';
import { mostlySocial } from '../../src/lib/domain/crossing/social-housing';
import { aimLines } from '../../src/lib/domain/pages/aims-page';
import type { Gap } from '../../src/lib/domain/rules/gaps';
import { markReader } from '../../src/lib/domain/rules/markers';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';
import { Q } from '../fixtures/gaps';

/* In a quartier whose homes are nearly all social, what is meant for private housing is proposed after the rest, and says why. */

const ref = loadReferentiel();
const marques = markReader(ref.marqueurs);
const X = ref.enjeux.croises[0]!.code;
const def = ref.indicateurs.indicateurs.find((i) => i.code === ref.marqueurs.quartier_social.indicateur)!;
const reading = (valeur: number | null) =>
	({ def, valeur, millesime: '2024', source: 'ANCT', reference: null }) as never;
const gap = {
	...{ id: `G02:${Q}:${X}`, regle: 'G02', gravite: 'haute', reponse: 'alerte', quartier: Q, enjeu: X },
	...{ message: '', aFaire: '', preuves: { actions: [], champs: [], faits: [] }, ecartee: null, aRevoir: null }
} as Gap;
const plan = (titre: string, nature: string) =>
	aPlaced({ action: { id: titre, titre, plan: 'pcaet' }, atteinte: { [Q]: 'diffuse' }, croises: [X], nature });
const PRIVATE = 'Rénover les copropriétés et aider les propriétaires occupants';
const OTHER = 'Accompagner les locataires vers la sobriété';
const actions = [plan(PRIVATE, 'N1'), plan(OTHER, 'N3')];

/** The actions to aim at the quartier, in their order, as a line reads them. */
function lines(valeur: number | null, known = true) {
	const croises = { rows: { keys: [] }, columns: { keys: [] }, cells: [] };
	const crossed = {
		view: { croises, gaps: [gap] },
		indicateurs: new Map(known ? [[Q, [reading(valeur)]]] : []),
		...{
			regard: { vue: { marques, documents: [], asOf: '2026-11-22' }, regles: [], decisions: [], lacunes: [gap] },
			ref
		}
	};
	const { essai: _, ...place } = aimPlace(crossed as never, Q);
	const { line } = aimLines(ref);
	return droitCommunToAim(actions, place, ref).map((aim) => {
		const { titre, aConfirmer } = line(aim.action, aim.niveau, aim);
		return [titre, aConfirmer?.replace(/\s/g, ' ') ?? null];
	});
}

describe('une action pour le logement privé', () => {
	it('passe après, avec la part de logements sociaux et sa source, là où presque tout est social', () => {
		expect(lines(85.2)).toEqual([
			[OTHER, null],
			[
				PRIVATE,
				'À confirmer : elle vise le logement privé, et 85 % des logements de ce quartier sont sociaux (ANCT, 2024).'
			]
		]);
	});
	it('garde sa place quand la part est plus basse, ou n’est pas connue', () => {
		for (const told of [lines(40), lines(null), lines(null, false)])
			expect(told).toEqual([
				[PRIVATE, null],
				[OTHER, null]
			]);
	});
	it('au seuil exactement, elle passe après', () => {
		const { seuil } = ref.marqueurs.quartier_social;
		expect(mostlySocial([reading(seuil)], ref.marqueurs.quartier_social)).not.toBeNull();
		expect(mostlySocial([reading(seuil - 0.1)], ref.marqueurs.quartier_social)).toBeNull();
	});
	it.each([
		['Réhabiliter 120 logements sociaux', false],
		['OPAH copropriétés dégradées', true],
		['Rénover le parc privé et le parc social', false],
		['Guichet unique pour les propriétaires bailleurs', true]
	])('%s', (titre, prive) => {
		const marks = marques(aPlaced({ action: { titre } })).map((m) => m.code);
		expect(marks.includes(ref.marqueurs.quartier_social.marqueur)).toBe(prive);
	});
});
