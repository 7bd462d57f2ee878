import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { suggestionsOf } from '../../src/lib/domain/crossing/suggestions';
import { crossTerritory, type TerritoryRecords } from '../../src/lib/domain/crossing/territory-view';
import { decisionOn } from '../../src/lib/server/confirm-suggestions';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDecision, aDocument, anAction, AUBRELLE, aQuartier, aTerritory } from '../fixtures/build';

/* To confirm what is shown is to agree with it: no case, no crossing and no gap of the territory moves. */

const ref = loadReferentiel();
const lexicon = compileLexicon(ref);
const quartiers = [
	aQuartier({ code: 'QNZZZ01N', nom: 'Les Glacis' }),
	aQuartier({ code: 'QNZZZ02N', nom: 'Briqueterie-Nord' })
];
const documents = ['pcaet', 'contrat-de-ville', 'plh'].map((plan, at) => ({
	...aDocument({ id: at + 1, plan: plan as 'pcaet' }),
	fichier: `${plan}.xlsx`,
	importeLe: '2026-11-22'
}));

const crossed = (actions: TerritoryRecords['actions'], decisions: TerritoryRecords['decisions']) =>
	crossTerritory(
		{
			...{ territory: aTerritory({ communes: [AUBRELLE] }), quartiers, correspondances: new Map() },
			...{ documents, actions, decisions, indicateurs: [] }
		},
		ref,
		lexicon,
		'2026-11-22'
	);

/** What a person reads of the territory. */
const shown = ({ placed, view }: ReturnType<typeof crossed>) => ({
	croisements: placed.map((p) => [p.action.id, p.croises]),
	atteintes: placed.map((p) => p.reach.map((r) => [r.quartier, r.niveau])),
	questions: placed.map((p) => p.nonRattaches),
	cases: [view.croises, view.grille].map((m) => m.cells.map((row) => row.map((c) => [c.actions, c.coverage]))),
	lacunes: view.gaps.map((g) => [g.id, g.gravite, g.reponse, [...g.preuves.actions].sort()]).sort()
});

const ids = ({ lacunes }: ReturnType<typeof shown>) => lacunes.map(([id]) => id);

/** A suggestion confirmed as a person does, or as bases of before kept it. */
const confirmed = (suggestion: ReturnType<typeof suggestionsOf>[number], old: boolean) => {
	const { genre, valeur } = decisionOn(suggestion, 'confirmer', '', ref)!;
	const kept = old && genre === 'atteinte' ? { niveau: suggestion.code } : valeur;
	return aDecision({ sujet: { genre, id: suggestion.action }, quartier: suggestion.quartier, valeur: kept });
};

/** Titles whose words say an enjeu and set a crossing apart, or name buildings that two titles place otherwise. */
const TITRES = [
	'Installer des panneaux photovoltaïques sur les toits agricoles',
	'Déployer une flotte de véhicules au biognv',
	'Organiser la logistique du dernier kilomètre et les livraisons',
	'Maîtriser les consommations d’énergie de l’éclairage public',
	'Observatoire de la rénovation énergétique des logements',
	'Développer les énergies renouvelables',
	'Accompagner les éleveurs vers une agriculture durable',
	'Végétaliser la cour de l’école Corette aux Glacis',
	'Rénover l’école Corette à la Briqueterie-Nord',
	'Rénovation énergétique de 80 logements sociaux des Glacis',
	'Créer une piste cyclable vers la gare',
	'Sensibiliser les habitants au tri des déchets',
	'Chantier d’insertion d’entretien des espaces verts dans tous les quartiers prioritaires',
	'Élaborer une stratégie d’adaptation au changement climatique',
	'Aide aux entreprises sous condition d’égalité'
];
const some = fc.record({
	titre: fc.constantFrom(...TITRES),
	at: fc.nat({ max: 2 }),
	quartiers: fc.constantFrom([], [], ['Les Glacis'], ['Tous les QPV'], ['rue des Oubliés']),
	communes: fc.constantFrom([], ['Aubrelle']),
	echelle: fc.constantFrom(null, 'epci' as const)
});
const actionsOf = (drafts: readonly { at: number; titre: string }[]) =>
	drafts.map(({ at, ...said }, i) =>
		anAction({ ...said, id: `a${i}`, document: at + 1, plan: documents[at]!.plan, origine: aRow(i) })
	);
const aRow = (ligne: number) => ({ fichier: 'plan.xlsx', feuille: 'Actions', ligne });

describe('confirmer ce qui est montré', () => {
	it('ne change ni croisement, ni atteinte, ni case, ni lacune, quelles que soient les propositions confirmées', () => {
		fc.assert(
			fc.property(
				fc.array(some, { minLength: 1, maxLength: 6 }),
				fc.infiniteStream(fc.boolean()),
				fc.boolean(),
				(drafts, picks, old) => {
					const actions = actionsOf(drafts);
					const before = crossed(actions, []);
					const kept = suggestionsOf(before.placed, ref.lexique.confiance).filter(() => picks.next().value);
					// A base of before that word said nothing of a doubt between two titles.
					const sure = old ? kept.filter((s) => s.genre !== 'atteinte' || !s.preuve?.includes('À décider')) : kept;
					const after = crossed(
						actions,
						sure.map((s) => confirmed(s, old))
					);
					const [is, was] = [shown(after), shown(before)];
					expect({ ...is, lacunes: [] }).toEqual({ ...was, lacunes: [] });
					// A frail reading, confirmed, is no longer one: the reserve it put on a gap or an aid is lifted, and only that.
					if (sure.some((s) => s.confiance === 'fragile')) expect(ids(is)).toEqual(ids(was));
					else expect(is.lacunes).toEqual(was.lacunes);
				}
			),
			{ numRuns: 150, seed: 2026 }
		);
	}, 60_000);

	it('nommer un enjeu, c’est décider : l’action ajoutée à la main porte le croisement que ses mots écartaient', () => {
		const actions = actionsOf([
			{ at: 0, titre: TITRES[0]!, ...{ quartiers: [], communes: [], echelle: 'epci' } }
		] as never);
		const carried = (decisions: TerritoryRecords['decisions']) =>
			crossed(actions, decisions).placed[0]!.croises.map((x) => x.code);
		const said = (valeur: unknown) => [aDecision({ sujet: { genre: 'enjeux', id: 'a0' }, valeur })];
		expect(carried([])).not.toContain('X04');
		expect(carried(said({ transition: ['T04'], ville: [] }))).toContain('X04');
		// In a list where another enjeu was corrected, the one left as it was is confirmed.
		expect(carried(said({ transition: ['T04'], ville: [], gardes: ['T04'] }))).not.toContain('X04');
	});
});
