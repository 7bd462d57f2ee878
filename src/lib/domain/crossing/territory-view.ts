import type { Action, Decision, PlanDocument } from '../action';
import type { Lexicon } from './classify';
import { COVERAGES, isActive, reaches, bestReach, type Answer, type Coverage } from './coverage';
import { byGenre } from '../decisions-by-genre';
import { dimension, type DimensionContext } from './dimensions';
import type { Verdict } from '../rules/eligibility';
import { gapsByRule, mostSevereFirst } from '../rules/gaps';
import { countByQuartier } from '../rules/gaps-by-quartier';
import { gapView } from '../rules/gap-view';
import type { Overlap } from '../rules/overlaps';
import { tunedReferentiel } from '../rules/tuning';
import type { PlacedGrant } from '../ledger/shares';
import { readingsOf, type IndicatorReading, type IndicatorValue } from '../indicator';
import { wordsOf } from '../phrase';
import { namedApart } from '../names-apart';
import { asText, groupedBy, keep, sameList, type Memory } from '../memory';
import type { Regard } from './aim-trial';
import { buildMatrix, type MatrixContext } from './matrix';
import type { Neighbour } from '../places/neighbours';
import type { QuartierSummary, TerritoryView } from './overview';
import type { PlacedAction } from './place';
import { placeRecords } from './placed-records';
import { LISTS, planEntries } from './plan-entries';
import { unknownCommunes } from '../import/unknown-communes';
import { SeverityLevel, type Referentiel } from '../rules/referentiel';
import { summarise } from './document-summary';
import { signaturesOf } from './signatures';
import { countGroups, croiseRows, territoryLead, territoryTitle } from './territory-story';
import { vintageWords } from '../indicator-origin';
import type { Quartier, Territory } from '../territory';

const POPULATION = 'I-POPULATION';

/** What the database holds about one territory. */
export interface TerritoryRecords {
	readonly territory: Territory;
	readonly quartiers: readonly Quartier[];
	readonly correspondances: ReadonlyMap<
		string,
		readonly { readonly code: string; readonly nom: string | null; readonly ancienNom?: string | null }[]
	>;
	/** Quartiers of the loaded perimeters that are of other territories. */
	readonly voisins?: readonly Neighbour[];
	/** Whether a name that nothing here bears is that of a known place of the country. */
	readonly ailleurs?: (nom: string) => boolean;
	/** Perimeters were loaded, here or around: without any quartier, it has none. */
	readonly perimetres?: boolean;
	readonly documents: readonly (PlanDocument & { readonly fichier: string; readonly importeLe: string })[];
	readonly actions: readonly Action[];
	readonly decisions: readonly Decision[];
	readonly indicateurs: readonly IndicatorValue[];
	/** Money granted to the territory, from published lists. */
	readonly attributions?: readonly PlacedGrant[];
	/** Lists that speak for it: « fonds-vert:2024 ». */
	readonly listesLues?: readonly string[];
}

/** What coverage of a territory is assessed with. */
export function coverageContext(
	ref: Pick<Referentiel, 'enjeux' | 'lacunes' | 'lexique'>,
	quartiers: readonly { readonly code: string }[],
	documents: readonly { readonly plan: string; readonly actions?: number; readonly liste?: string }[]
): MatrixContext {
	const entered = documents.filter((d) => d.actions !== 0);
	const kinds = (some: typeof entered) => new Set(some.map((d) => d.plan)).size;
	const min = minPlansRule(ref)?.parametres.min_plans;
	return {
		quartiers: quartiers.map((q) => q.code),
		natures: new Map(ref.enjeux.natures.map((n): [string, Answer] => [n.code, n.couverture])),
		plansSaisis: kinds(entered),
		documentsCadres: kinds(entered.filter((d) => d.liste === undefined)),
		minPlans: typeof min === 'number' ? min : 2,
		confiance: ref.lexique.confiance
	};
}

/** The rule that says how many plans it takes to conclude that something is missing. */
const minPlansRule = ({ lacunes }: Pick<Referentiel, 'lacunes'>) =>
	lacunes.regles.find((r) => typeof r.parametres.min_plans === 'number');

/** Dimensions of a territory; plans that are not entered have no key. */
export const dimensionContext = (
	ref: Referentiel,
	quartiers: readonly Quartier[],
	documents: readonly (PlanDocument & { readonly liste?: string })[]
): DimensionContext => {
	const entries = planEntries(documents, ref.plans.types);
	const listes = entries.find((e) => e.code === LISTS)?.libelle;
	return { ref, quartiers, plans: entries.map((e) => e.code), ...(listes !== undefined && { listes }) };
};

export interface Crossed {
	readonly placed: readonly PlacedAction[];
	readonly view: TerritoryView;
	readonly indicateurs: ReadonlyMap<string, readonly IndicatorReading[]>;
	/** Pairs of actions of different plans, best first. */
	readonly recoupements: readonly Overlap[];
	/** The référentiel with the parameters of this territory. */
	readonly ref: Referentiel;
	/** What the rules looked at: to ask them again of what is supposed. */
	readonly regard: Regard;
}

/**
 * Crosses everything known of a territory: actions placed, matrices, gaps, and the sentences that open the page.
 * in     its records, the référentiel with its lexicon made ready, the day; verdicts of funding if they are assessed;
 *        `memory`: of an earlier reading of the same territory, so that what has not changed is not worked out again
 * empty  without quartiers or plans the same shape, « saisie-incomplete » everywhere, and sentences that say so
 * never  throws for data; nothing here is stored: it is computed again at each read
 */
export function crossTerritory(
	records: TerritoryRecords,
	common: Referentiel,
	lexicon: Lexicon,
	asOf: string,
	assess: (placed: readonly PlacedAction[]) => readonly (readonly Verdict[])[] = () => [],
	memory: Memory = new Map()
): Crossed {
	const { territory, quartiers, decisions } = records;
	const rules = byGenre(memory, decisions)('regle');
	const ref = keep(memory, 'référentiel', [common, rules], () => tunedReferentiel(common, rules));
	const {
		placed,
		places,
		documents: titled,
		ownOf,
		referents
	} = placeRecords(records, { common, ref }, lexicon, asOf, memory);
	const { plans } = ref;
	const read = keep(memory, 'documents', [titled, records.actions, plans], () =>
		titled.map((d) => {
			const own = ownOf(d);
			return keep(memory, `document ${d.id}`, [asText(d), plans, own], () => summarise(d, own, ref));
		})
	);
	const documents = sameList(memory, 'mêmes documents', read);
	// What is counted in a document changes with its actions; what it says of itself does not.
	const sources = sameList(
		memory,
		'mêmes sources',
		titled.map((d) => keep(memory, `source ${d.id}`, [asText(d)], () => d))
	);
	const entered = JSON.stringify(documents.filter((d) => d.actions !== 0).map((d) => [d.plan, d.liste]));
	const coverage = keep(memory, 'couverture', [ref, quartiers, entered], () =>
		coverageContext(ref, quartiers, documents)
	);
	// Two « Centre Ville » of a territory are read by their communes, wherever they are named.
	const named = keep(memory, 'quartiers distingués', [quartiers], () => namedApart(quartiers));
	const axes = keep(memory, 'axes', [ref, named, sources], () => {
		const context = dimensionContext(ref, named, sources);
		const axis = (id: Parameters<typeof dimension>[0]) => dimension(id, context);
		return { croises: [axis('croises'), axis('quartier')], grille: [axis('transition'), axis('ville')] } as const;
	});
	const crossing = (name: keyof typeof axes) =>
		keep(memory, name, [placed, axes, coverage], () => buildMatrix(placed, ...axes[name], coverage, memory));
	const [croises, grille] = [crossing('croises'), crossing('grille')];
	const known = ref.indicateurs.indicateurs;
	const indicateurs = keep(
		memory,
		'indicateurs',
		[known, records.indicateurs, quartiers, territory],
		() => new Map(quartiers.map((q) => [q.code as string, readingsOf(known, records.indicateurs, q, territory)]))
	);
	const looked = gapView(
		{ records, placed, documents: sources, coverage, indicateurs },
		{ common, ref },
		asOf,
		assess(groupedBy(memory, 'à financer', [], placed, financed).get('oui') ?? NOTHING),
		memory
	);
	const ofRules = gapsByRule(looked, ref.lacunes.regles, decisions);
	const gaps = keep(memory, 'lacunes', ofRules, () => mostSevereFirst(ofRules));
	const rows = croiseRows(croises, gaps, ref.enjeux.croises, { placed, coverage, asOf }, memory);
	const counts = {
		groups: countGroups(rows),
		aConfirmer: rows.filter((r) => r.aConfirmer).length,
		quartiers: quartiers.length,
		perimetres: records.perimetres ?? false,
		documents: documents.length,
		plans: coverage.plansSaisis,
		minPlans: coverage.minPlans,
		regle: minPlansRule(ref)?.id ?? null
	};
	const ouverture = { titre: territoryTitle(counts), chapo: territoryLead(counts) };
	const perQuartier = countByQuartier(
		ofRules,
		quartiers.map((q) => q.code),
		placed,
		memory
	);
	const sayCommunes = (a: Action) => (a.communes.length > 0 ? ['oui'] : NOTHING);
	const inCommunes = groupedBy(memory, 'ont des communes', [], records.actions, sayCommunes).get('oui') ?? NOTHING;
	const view: TerritoryView = {
		territory,
		asOf,
		referentiel: { version: ref.version, hash: ref.hash },
		documents,
		referents: [...referents.values()],
		quartiers: named.map((q, j) =>
			summariseQuartier(
				q,
				croises.cells.map((row) => row[j]!.coverage),
				perQuartier[j]!,
				indicateurs.get(q.code) ?? []
			)
		),
		perimetres: quartiers.length > 0 || counts.perimetres,
		actions: placed,
		communesInconnues: keep(memory, 'communes inconnues', [inCommunes, places, territory], () =>
			unknownCommunes(inCommunes, places, territory)
		),
		croises,
		croiseRows: rows,
		grille,
		gaps,
		signatures: signaturesOf(
			byGenre(memory, decisions)('signature'),
			{ actions: placed, gaps },
			Object.fromEntries([...ref.enjeux.natures, ...ref.plans.statuts].map((n) => [n.code, n.libelle]))
		),
		titre: wordsOf(ouverture.titre),
		chapo: wordsOf(ouverture.chapo),
		ouverture
	};
	const regard = { vue: looked, regles: ref.lacunes.regles, decisions, lacunes: gaps };
	return { placed, view, indicateurs, recoupements: looked.recoupements, ref, regard };
}

const NOTHING: readonly never[] = [];

/** Actions that funding is assessed for. */
const financed = (placed: PlacedAction): readonly string[] =>
	isActive(placed) && reaches(bestReach(placed)) ? ['oui'] : NOTHING;

function summariseQuartier(
	quartier: Quartier,
	coverages: readonly Coverage[],
	counts: Record<SeverityLevel, number>,
	readings: readonly IndicatorReading[]
): QuartierSummary {
	const people = readings.find((r) => r.def.code === POPULATION);
	const source = people?.source ?? null;
	return {
		quartier,
		population: people?.valeur ?? null,
		populationSource: source && `${source}, ${vintageWords(people?.millesime ?? null)}`,
		gaps: counts,
		pire: SeverityLevel.options.find((s) => counts[s] > 0) ?? null,
		couvertures: Object.fromEntries(COVERAGES.map((c) => [c, coverages.filter((x) => x === c).length])) as Record<
			Coverage,
			number
		>
	};
}
