import type { TerritoryRecords } from '../crossing/territory-view';
import { isActive, type CoverageContext } from '../crossing/coverage';
import { byId, type PlacedAction } from '../crossing/place';
import { byGenre } from '../decisions-by-genre';
import type { IndicatorReading } from '../indicator';
import { datedDocuments, schoolYards, unplacedSchools } from '../local-facts';
import { valueAt } from '../source';
import { measureFacts } from '../funding/open-measures';
import { familiesAt } from './families-here';
import type { FundingFile, Measure } from './funding';
import { groupedBy, keep, once, sameList, type Memory } from '../memory';
import { documentNames } from '../document-names';
import { numberOf, type GapDocument, type GapView, type MeasureToday } from './gap-context';
import { precisionsOf } from './gap-same-titles';
import { markReader } from './markers';
import { pairDecisions } from './overlap-decisions';
import { findOverlaps } from './overlaps';
import type { Referentiel } from './referentiel';
import { tunedParameters } from './tuning';
import { namedApart } from '../names-apart';
import { plain } from '../text';

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
	verdicts: GapView['verdicts'],
	memory: Memory = new Map()
): GapView {
	const { territory, quartiers, decisions, attributions = [], listesLues = [] } = records;
	const marques = marksOf(ref.marqueurs);
	const rule = (id: string) => ref.lacunes.regles.find((r) => r.id === id)!;
	const ofGenre = byGenre(memory, decisions);
	const [dates, pairs, yards, rules] = [
		ofGenre('document'),
		ofGenre('recoupement'),
		ofGenre('ecole'),
		ofGenre('regle')
	];
	const paired = new Set(pairs.flatMap((d) => d.sujet.id.split('|')));
	const inPairs = paired.size > 0 ? placed.filter((p) => paired.has(p.action.id)) : [];
	const noms = [...documentNames(documents)];
	const toCome = groupedBy(memory, 'à venir', [], placed, (p) => (isToCome(p) ? ['oui'] : [])).get('oui') ?? [];
	const families = familiesAt(ref.financements, territory);
	const opened = keep(memory, 'dernière ouverture', [ref.financements, asOf], () =>
		lastOpening(ref.financements, asOf)
	);
	return {
		...keep(memory, 'ce que disent les règles', [ref], () => readRules(ref)),
		noms: keep(memory, 'noms des documents', noms.flat(), () => new Map(noms)),
		mesures: keep(memory, 'mesures', [families, opened], () => measuresOn(families, asOf)),
		asOf,
		memoire: memory,
		territoire: territory.nom,
		// Two « Centre Ville » of a territory are not the same sentence.
		quartiers: keep(memory, 'quartiers nommés', [quartiers], () => namedApart(quartiers)),
		actions: placed,
		documents: keep(memory, 'documents datés', [documents, dates], () => datedDocuments(documents, dates)),
		coverage,
		indicateurs,
		ecartDefavorable: numberOf(rule('G11'), 'seuil_relatif', 0.25),
		verdicts,
		attributions: sameList(memory, 'attributions', attributions),
		listesLues: sameList(memory, 'listes lues', listesLues),
		marques,
		recoupements: keep(memory, 'recoupements', [toCome, rule('G09'), rule('G06'), marques], () =>
			sameList(
				memory,
				'mêmes recoupements',
				findOverlaps(toCome, { recoupement: rule('G09'), tension: rule('G06') }, marques, memory)
			)
		),
		tranches: keep(memory, 'paires tranchées', [pairs, ...inPairs], () => pairDecisions(pairs, byId(inPairs))),
		ecoles: keep(memory, 'écoles', [yards], () => schoolYards(yards)),
		precisions: precisionsIn(memory, placed),
		ecolesSansQuartier: keep(memory, 'écoles sans quartier', [yards], () => unplacedSchools(yards)),
		reglages: keep(memory, 'réglages', [common.lacunes.regles, rules], () =>
			tunedParameters(common.lacunes.regles, rules)
		)
	};
}

/** The very same for as long as it tells the same actions apart by the same words. */
function precisionsIn(memory: Memory, placed: readonly PlacedAction[]): ReadonlyMap<string, string> {
	const told = keep(memory, 'mêmes titres', [placed], () => precisionsOf(placed, memory));
	return keep(memory, 'mêmes titres dits', [...told].flat(), () => told);
}

/** What comes from the référentiel alone. */
const readRules = (ref: Referentiel) => ({
	planDeFinancement: ref.planDeFinancement,
	enjeux: ref.enjeux,
	plans: new Map(ref.plans.types.map((t) => [t.code, t.court])),
	sujets: new Map(ref.plans.types.flatMap(({ code, sujet }) => (sujet ? [[code, sujet] as const] : []))),
	calendriers: new Map(ref.plans.types.map((t) => [t.code, t.echeances])),
	champs: new Map(ref.plans.champs.map((c) => [c.champ, c.libelle])),
	statuts: new Map(ref.plans.statuts.map((s) => [s.code, s.libelle])),
	droitCommun: ref.lacunes.droit_commun,
	pasEncoreDit: new Set(ref.plans.pas_encore_dit.map(plain)),
	confiance: ref.lexique.confiance,
	flux: ref.financements.map(({ id, titre, mesures, liste_publiee: liste }) => ({
		id,
		titre,
		...(liste && { liste }),
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

/** The last day, up to this one, when a measure opened or closed: what they are has not changed since. */
const lastOpening = (families: readonly FundingFile[], asOf: string): string =>
	families
		.flatMap((f) => f.mesures.flatMap((m) => Object.keys(m.etat)))
		.reduce((last, day) => (day <= asOf && day > last ? day : last), '');

function measureToday(measure: Measure, famille: string, asOf: string): MeasureToday {
	const state = valueAt(measure.etat, asOf);
	const source = [...measure.references].sort((a, b) => b.consulte_le.localeCompare(a.consulte_le))[0]!;
	return {
		libelle: measure.libelle,
		faits: measureFacts(measure),
		...(measure.forme.includes('prêt') && { pret: measure.forme }),
		operateur: measure.operateur,
		famille,
		etat: state === null ? 'fermee' : state === undefined ? 'pas-encore-ouverte' : 'ouverte',
		source: source.titre,
		luLe: source.consulte_le
	};
}

/** Marks of an action, read once for as long as the action is the same. */
const marksOf = once((marqueurs: Referentiel['marqueurs']): GapView['marques'] => {
	const read = markReader(marqueurs);
	const marks = once((action: PlacedAction['action']) => read({ action }));
	return ({ action }) => marks(action);
});

/** Two actions are coordinated while both are still to be carried out: one that is done meets no other. */
const isToCome = (placed: PlacedAction): boolean => isActive(placed) && placed.action.statut !== 'realise';
