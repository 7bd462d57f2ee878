import { coverageFrom, mergeStates } from './coverage';
import { cubeAxes, linksOf, type CubeLinks } from './cube';
import { capital, count, FINE, inWords, number, plural, quoted } from '../french';
import type { FoldedCrossing, MoneyLine, RegionMoney, RegionTerritory, RegionView, TerritoryView } from './overview';
import { listsWords } from './list-years';
import { planEntries } from './plan-entries';
import { keyOf } from './money-key';
import { moneyOf } from './quartier-view';
import { refAt } from '../rules/families-here';
import type { Referentiel } from '../rules/referentiel';
import { countOnce, noGap } from '../rules/gaps-by-quartier';

/** What the region keeps of a territory: light enough to be held for every one of them. */
export interface TerritoryFold {
	readonly plans: readonly string[];
	/** What those are called. */
	readonly lus: readonly string[];
	/** Lists of grants, with the year of each. */
	readonly listes: readonly { readonly liste: string; readonly periode: string | null }[];
	readonly actions: number;
	readonly gaps: RegionTerritory['gaps'];
	readonly horsQuartier: RegionTerritory['gaps'];
	readonly croises: RegionTerritory['croises'];
	readonly argent: readonly MoneyLine[];
	/** What its actions bring to the cube. */
	readonly liens: CubeLinks;
}

/** One territory of the region; `fold` null when it has no plan: nothing is assessed, nothing is zero. */
export interface RegionEntry {
	readonly code: string;
	readonly nom: string;
	readonly fictif: boolean;
	/** Codes of its quartiers. */
	readonly quartiers: readonly string[];
	readonly fold: TerritoryFold | null;
}

export const foldTerritory = (view: TerritoryView, ref: Referentiel): TerritoryFold => ({
	...gapsOf(view),
	plans: [...new Set(view.documents.map((d) => d.plan))],
	lus: planEntries(view.documents, ref.plans.types).map((e) => e.libelle),
	listes: view.documents.flatMap(({ liste, periode }) => (liste === undefined ? [] : [{ liste, periode }])),
	actions: view.actions.length,
	croises: ref.enjeux.croises.map(({ code }) => ({ code, ...foldCrossing(view, code) })),
	argent: moneyOf(
		view.actions.filter((a) => a.action.statut !== 'abandonne'),
		refAt(ref, view.territory)
	),
	liens: linksOf(view.actions, cubeAxes(ref))
});

/**
 * Folds territories for the COP.
 * out    respondents first as listed; a territory without plan has « saisie-incomplete » everywhere and weighs in no figure;
 *        a quartier over two EPCI counts once; the demonstration territory never counts beside real ones
 */
export function foldRegion(
	region: string,
	entries: readonly RegionEntry[],
	ref: Referentiel,
	asOf: string
): RegionView {
	const counted = entries.some((e) => !e.fictif) ? entries.filter((e) => !e.fictif) : entries;
	const answering = counted.filter((e) => e.fold !== null);
	const quartiers = (some: readonly RegionEntry[]) => new Set(some.flatMap((e) => e.quartiers)).size;
	const covered = { repondants: quartiers(answering), total: quartiers(counted) };
	return {
		region,
		asOf,
		referentiel: { version: ref.version, hash: ref.hash },
		territoires: entries.map((entry) => regionTerritory(entry, ref)),
		repondants: answering.length,
		total: counted.length,
		quartiers: covered,
		financements: foldMoney(answering, ref),
		listes: listsWords(answering.flatMap((e) => e.fold?.listes ?? [])),
		titre: regionTitle(
			answering.length,
			counted.length,
			ref.enjeux.croises.map(({ code, libelle }) =>
				tally(
					code,
					libelle,
					answering.flatMap((e) => e.fold ?? [])
				)
			)
		),
		chapo: [
			regionLead(answering.length, counted.length, covered),
			notAssessedWords(answering),
			toConfirmWords(answering.flatMap((e) => e.fold?.croises ?? []))
		]
			.filter(Boolean)
			.join(' ')
	};
}

const NO_GAP = noGap();

function gapsOf({ gaps, actions }: TerritoryView): Pick<TerritoryFold, 'gaps' | 'horsQuartier'> {
	const { dedans, dehors } = countOnce(gaps, actions);
	return { gaps: dedans, horsQuartier: dehors };
}

function regionTerritory({ code, nom, fictif, quartiers, fold }: RegionEntry, ref: Referentiel): RegionTerritory {
	const unknown = (): RegionTerritory['croises'] => ref.enjeux.croises.map(({ code }) => ({ code, ...UNKNOWN }));
	return {
		...{ code, nom, fictif, quartiers: quartiers.length },
		plans: fold?.plans ?? [],
		lus: fold?.lus ?? [],
		actions: fold?.actions ?? 0,
		gaps: fold?.gaps ?? NO_GAP,
		horsQuartier: fold?.horsQuartier ?? NO_GAP,
		croises: fold?.croises ?? unknown()
	};
}

/** A crossing over the quartiers of a territory: its best answer, if what is unknown cannot do better. */
function foldCrossing(view: TerritoryView, code: string): Omit<FoldedCrossing, 'code'> {
	const row = view.croises.rows.keys.findIndex((k) => k.code === code);
	const cells = view.croises.cells[row] ?? [];
	if (cells.length === 0) return UNKNOWN;
	const state = cells.map((c) => c.etat).reduce(mergeStates);
	return {
		coverage: coverageFrom(state),
		actions: new Set(cells.flatMap((c) => c.actions)).size,
		reserve: view.croiseRows.find((r) => r.code === code)?.reserve ?? null
	};
}

const UNKNOWN: Omit<FoldedCrossing, 'code'> = { coverage: 'saisie-incomplete', actions: 0, reserve: null };

/** Money of the respondents' actions, by dispositif, with how many territories ask for it. */
function foldMoney(
	entries: readonly RegionEntry[],
	{ financements }: Pick<Referentiel, 'financements'>
): RegionView['financements'] {
	const generic = new Map(financements.flatMap((f) => (f.propre_a ? [[f.id, f.propre_a.ailleurs] as const] : [])));
	const folded = new Map<string, Omit<RegionMoney, 'territoires'>>();
	for (const { code, fold } of entries)
		for (const line of fold?.argent ?? []) {
			const nom = bareName(line);
			const key = keyOf({ ...line, libelle: nom });
			const known = folded.get(key);
			folded.set(key, {
				...(known ?? { ...line, nom }),
				// Called otherwise in another territory: it is the money of two bodies.
				nom: known && known.nom !== nom ? (generic.get(line.dispositif ?? '') ?? known.nom) : nom,
				demande: add(known?.demande ?? null, line.demande),
				envisage: add(known?.envisage ?? null, line.envisage),
				obtenu: add(known?.obtenu ?? null, line.obtenu),
				actions: [...(known?.actions ?? []), ...line.actions],
				codes: [...new Set([...(known?.codes ?? []), code])]
			});
		}
	const all = [...folded.values()];
	// One territory may write in one base only what another writes in both: the base is said as soon as there are two.
	return all.map((line) => {
		const { nom } = line;
		const several = all.some(
			(o) => o !== line && o.dispositif === line.dispositif && o.sorte === line.sorte && sameName(o.nom, nom)
		);
		return { ...line, territoires: line.codes.length, libelle: several ? `${nom} (${baseName(line)})` : nom };
	});
}

const sameName = (a: string, b: string): boolean => a.toLocaleLowerCase('fr') === b.toLocaleLowerCase('fr');
const baseName = ({ base }: Pick<MoneyLine, 'base'>): string => base ?? 'HT ou TTC non précisé';
const bareName = (line: MoneyLine): string => line.libelle.replace(` (${baseName(line)})`, '');

const add = (a: number | null, b: number | null): number | null =>
	a === null ? b : b === null ? a : (Math.round(a * 100) + Math.round(b * 100)) / 100;

/** How one expected crossing stands over the region; territories not assessed are in neither count. */
export interface CroiseTally {
	readonly code: string;
	readonly libelle: string;
	readonly repondus: number;
	/** Of these, territories whose answer is to be confirmed wherever it is given. */
	readonly aConfirmer: number;
	readonly evalues: number;
}

type Assessed = Omit<CroiseTally, 'aConfirmer'>;

export function tally(
	code: string,
	libelle: string,
	territories: readonly Pick<RegionTerritory, 'croises'>[]
): CroiseTally {
	const cells = territories.flatMap((t) => t.croises.find((c) => c.code === code) ?? []);
	const answered = cells.filter((c) => c.coverage === 'structurante' || c.coverage === 'de-service');
	return {
		code,
		libelle,
		repondus: answered.length,
		aConfirmer: answered.filter((c) => c.reserve !== null).length,
		evalues: cells.filter((c) => c.coverage !== 'saisie-incomplete').length
	};
}

/**
 * What the plans of the region do not answer; how many were given, when none of them can be judged yet.
 * in     `croises`: over the territories that gave a plan
 */
export function regionTitle(answering: number, total: number, croises: readonly Assessed[] = []): string {
	const known = croises.filter((c) => c.evalues > 0);
	// A territory that gave a plan and cannot be judged yet lacks no answer: it is not counted.
	if (answering > 0 && known.length > 0) return hollows(Math.max(...known.map((c) => c.evalues)), known);
	if (total === 0) return 'Aucun territoire n’a encore de quartier ni de plan';
	if (answering === 0)
		return `${total === 1 ? 'Aucun territoire' : `Aucun des ${number(total, 0)} territoires`} n’a encore déposé de plan`;
	if (answering === total)
		return total === 1
			? 'Un territoire, qui a déposé ses plans'
			: `Les ${inWords(total)} territoires ont déposé leurs plans`;
	return `${capital(inWords(answering))} ${plural(answering, 'territoire')} sur ${number(total, 0)} ${plural(answering, 'a déposé ses plans', 'ont déposé leurs plans')}`;
}

function hollows(assessed: number, known: readonly Assessed[]): string {
	const none = known.filter((c) => c.repondus === 0).length;
	if (none > 0 && assessed === 1)
		return `${count(none, 'croisement')} sur ${number(known.length, 0)} sans réponse structurante ni de service dans le seul territoire évalué`;
	if (none > 0)
		return `Pour ${count(none, 'croisement')} sur ${number(known.length, 0)}, aucun des ${number(assessed, 0)} territoires évalués n’a de réponse structurante ou de service`;
	const [least] = [...known].sort((a, b) => a.repondus / a.evalues - b.repondus / b.evalues);
	if (!least || least.repondus === least.evalues)
		return `Chaque croisement évalué a une réponse structurante ou de service`;
	return `Le croisement le moins répondu, ${quoted(least.libelle)}, a une réponse structurante ou de service dans ${number(least.repondus, 0)} territoire${least.repondus > 1 ? 's' : ''} sur ${number(least.evalues, 0)}`;
}

/** « Des 6 réponses structurantes ou de service, 5 sont à confirmer. »; '' when all are sure. in `croises`: of every territory */
function toConfirmWords(croises: readonly FoldedCrossing[]): string {
	const own = croises.filter((c) => c.coverage === 'structurante' || c.coverage === 'de-service');
	const some = own.filter((c) => c.reserve !== null).length;
	if (some === 0) return '';
	if (own.length === 1) return 'La seule réponse structurante ou de service est à confirmer.';
	if (some === own.length)
		return `Les ${number(some, 0)} réponses structurantes ou de service sont toutes à confirmer.`;
	return `Des ${number(own.length, 0)} réponses structurantes ou de service, ${number(some, 0)} ${plural(some, 'est', 'sont')} à confirmer.`;
}

/** « Un seul n’est pas évalué : Y, sans quartier prioritaire. »; '' when all of those read are. */
function notAssessedWords(answering: readonly RegionEntry[]): string {
	const left = answering.filter((e) => e.fold?.croises.every((c) => c.coverage === 'saisie-incomplete'));
	if (left.length === 0) return '';
	const why = (e: RegionEntry) =>
		`${e.nom}, ${e.quartiers.length ? 'dont la saisie ne permet pas encore de conclure' : 'sans quartier prioritaire'}`;
	const lead =
		left.length === 1 ? 'Un territoire lu n’est pas évalué' : `${number(left.length, 0)} ne sont pas évalués`;
	return `${lead}\u00a0: ${left.map(why).join(`${FINE}; `)}.`;
}

/** « 4 territoires lus sur 40, 41 quartiers sur 204. » */
export const regionLead = (
	answering: number,
	all: number,
	{ repondants, total }: { repondants: number; total: number }
): string =>
	`${count(answering, 'territoire lu', 'territoires lus')} sur ${number(all, 0)}\u202f; ${number(repondants, 0)} ${plural(repondants, 'quartier')} sur ${number(total, 0)} ${plural(repondants, 'est couvert', 'sont couverts')}. Un territoire sans dépôt n’est jamais compté comme zéro.`;
