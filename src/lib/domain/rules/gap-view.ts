import type { TerritoryRecords } from '../crossing/territory-view';
import { isActive, type CoverageContext } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import type { IndicatorReading } from '../indicator';
import { datedDocuments, datesOfDocuments, schoolYards } from '../local-facts';
import { valueAt } from '../source';
import type { Verdict } from './eligibility';
import type { FundingFile, Measure } from './funding';
import { keep, keepFor, type Memory, type OwnMemory } from '../memory';
import { numberOf, type GapDocument, type GapView, type MeasureToday } from './gap-context';
import { markReader } from './markers';
import { pairDecisions } from './overlap-decisions';
import { findOverlaps } from './overlaps';
import type { Referentiel } from './referentiel';
import { tunedParameters } from './tuning';

/* Everything the rules look at, put together once per territory. */

interface Looked {
	readonly records: TerritoryRecords;
	readonly placed: readonly PlacedAction[];
	readonly documents: readonly GapDocument[];
	readonly coverage: Omit<CoverageContext, 'croise'>;
	readonly indicateurs: ReadonlyMap<string, readonly IndicatorReading[]>;
}

/** in     the référentiel as everyone has it, and as this territory tuned it; verdicts of funding, [] when not assessed */
export function gapView(
	{ records, placed, documents, coverage, indicateurs }: Looked,
	{ common, ref }: { readonly common: Referentiel; readonly ref: Referentiel },
	asOf: string,
	verdicts: readonly Verdict[],
	memory: Memory = new Map()
): GapView {
	const { territory, quartiers, decisions, attributions = [] } = records;
	const dates = datesOfDocuments(decisions);
	const marques = marksOf(ref);
	const rule = (id: string) => ref.lacunes.regles.find((r) => r.id === id)!;
	return {
		...keep(memory, 'ce que disent les règles', [ref, asOf], () => readRules(ref, asOf)),
		asOf,
		memoire: memory,
		territoire: territory.nom,
		quartiers,
		actions: placed,
		documents: keep(memory, 'documents datés', [documents, JSON.stringify([...dates])], () =>
			datedDocuments(documents, decisions)
		),
		coverage,
		indicateurs,
		ecartDefavorable: numberOf(rule('G11'), 'seuil_relatif', 0.25),
		verdicts,
		attributions,
		marques,
		recoupements: findOverlaps(
			placed.filter(isActive),
			{ recoupement: rule('G09'), tension: rule('G06') },
			marques,
			memory
		),
		tranches: pairDecisions(decisions, new Map(placed.map((p) => [p.action.id, p]))),
		ecoles: schoolYards(decisions),
		reglages: tunedParameters(common.lacunes.regles, decisions)
	};
}

/** What comes from the référentiel alone, on a day. */
const readRules = (ref: Referentiel, asOf: string) => ({
	enjeux: ref.enjeux,
	plans: new Map(ref.plans.types.map((t) => [t.code, t.court])),
	calendriers: new Map(ref.plans.types.map((t) => [t.code, t.echeances])),
	champs: new Map(ref.plans.champs.map((c) => [c.champ, c.libelle])),
	statuts: new Map(ref.plans.statuts.map((s) => [s.code, s.libelle])),
	droitCommun: ref.lacunes.droit_commun,
	mesures: measuresOn(ref.financements, asOf),
	flux: ref.financements.map(({ id, titre, mesures }) => ({
		id,
		titre,
		cible: mesures.find((m) => m.cible_qpv?.perimetre === id)?.cible_qpv ?? null
	}))
});

/** Measures, and families taken whole: a family is closed once all its measures are. */
export function measuresOn(families: readonly FundingFile[], asOf: string): ReadonlyMap<string, MeasureToday> {
	const known = new Map<string, MeasureToday>();
	for (const family of families) {
		const own = family.mesures.map((m) => measureToday(m, family.id, asOf));
		const open = own.find((m) => m.etat === 'ouverte') ?? own.find((m) => m.etat === 'pas-encore-ouverte') ?? own[0]!;
		known.set(family.id, { ...open, libelle: family.titre });
		family.mesures.forEach((m, i) => known.set(m.id, own[i]!));
	}
	return known;
}

function measureToday(measure: Measure, famille: string, asOf: string): MeasureToday {
	const state = valueAt(measure.etat, asOf);
	const source = [...measure.references].sort((a, b) => b.consulte_le.localeCompare(a.consulte_le))[0]!;
	return {
		libelle: measure.libelle,
		operateur: measure.operateur,
		famille,
		etat: state === null ? 'fermee' : state === undefined ? 'pas-encore-ouverte' : 'ouverte',
		source: source.titre,
		luLe: source.consulte_le
	};
}

const readers: OwnMemory<Referentiel['marqueurs']> = new WeakMap();

/** Marks of an action, read once for as long as the action is the same. */
const marksOf = ({ marqueurs }: Referentiel): GapView['marques'] =>
	keepFor(readers, marqueurs, [], () => {
		const read = markReader(marqueurs);
		const known: OwnMemory<PlacedAction['action']> = new WeakMap();
		return (placed) => keepFor(known, placed.action, [], () => read(placed));
	});
