import type { PlacedAction } from '../crossing/place';
import { INSECABLE } from '../french';
import { once } from '../memory';
import type { Verdict } from '../rules/eligibility';
import { criteriaOf, type Measure } from '../rules/funding';
import { boundsAt } from '../rules/in-force';
import type { Referentiel } from '../rules/referentiel';
import type { IsoDate } from '../source';
import { isLoan, measureName } from './measure-name';
import { inOpenOrder, lacksOf, type Lack, type MeasureFacts } from './open-order';
import { onlyWhere } from './place-facts';
import { maybeAsked, maybeWords } from './maybe-asked';
import { financingPlan, heldOf } from './plan';
import { readyBrief, stillAsked } from './ready-words';

/* For one action in a place: the measures still open to it, in the order every page reads. */

export interface OpenMeasure {
	readonly mesure: string;
	readonly dispositif: string;
	/** A loan is said to be one wherever it is proposed. */
	readonly nom: string;
	readonly verdict: 'a-instruire' | 'indetermine';
	readonly manque: readonly Lack[];
	/** Last day known to file it; null: not known. */
	readonly depot: IsoDate | null;
	/** Conditions met that would have discarded it. */
	readonly remplis: number;
	readonly partielle: boolean;
	/** What a request ready to be looked at will ask all the same: « écrire le coût »; see `stillAsked`. */
	readonly aSavoir: readonly string[];
	/** Who gives it. */
	readonly financeur: string;
	/** « peut-être déjà demandé : une ligne « Agence de l’eau, 210 000 € » est au plan »; null: no line may be about it. */
	readonly peutEtre: string | null;
}

/** Streams named for an action before its whole list. */
export const FIRST_MEASURES = 3;

/**
 * What is left to ask for an action, best first.
 * in     its verdicts in that place, or among those of others
 * out    neither what is discarded nor what it has, asked for or was refused; see `inOpenOrder`
 */
export function openMeasures(
	placed: PlacedAction,
	verdicts: readonly Verdict[],
	ref: Pick<Referentiel, 'financements' | 'planDeFinancement'>,
	asOf: IsoDate
): OpenMeasure[] {
	const { id } = placed.action;
	const own = verdicts.filter((v) => v.action === id && v.verdict !== 'ecarte');
	if (own.length === 0) return [];
	const plan = financingPlan(placed, ref);
	const known = measuresOf(ref.financements);
	const open = own.filter((v) => known.has(v.mesure) && heldOf(plan, v.mesure, v.dispositif) === null);
	const maybe = new Map(
		open.flatMap(({ mesure, dispositif }) => {
			const line = maybeAsked(plan, { mesure, dispositif, operateur: known.get(mesure)!.financeur });
			return line ? [[mesure, maybeWords(line)] as const] : [];
		})
	);
	const factsOf = ({ mesure }: Verdict) => ({ ...known.get(mesure)!, peutEtre: maybe.has(mesure) });
	return inOpenOrder(open, factsOf, asOf).map(({ mesure, dispositif, verdict, manquants, remplis, quartier }) => ({
		...{ mesure, dispositif, nom: known.get(mesure)!.nom, verdict: verdict as OpenMeasure['verdict'] },
		manque: lacksOf(manquants),
		depot: known.get(mesure)!.depotAt(asOf),
		remplis: remplis.filter((r) => r.bloquant).length,
		partielle: known.get(mesure)!.partielle,
		aSavoir: [
			...onlyWhere(
				placed,
				quartier,
				remplis.map((r) => r.cle)
			),
			...stillAsked(
				{ manque: lacksOf(manquants), partielle: known.get(mesure)!.partielle },
				placed.action.budget !== null
			)
		],
		financeur: known.get(mesure)!.financeur,
		peutEtre: maybe.get(mesure) ?? null
	}));
}

/** The best of each stream, the first few of them: those every page names for the action. */
export function firstMeasures(open: readonly OpenMeasure[], few = FIRST_MEASURES): OpenMeasure[] {
	const told = new Set<string>();
	return open.filter(({ dispositif }) => !told.has(dispositif) && told.add(dispositif)).slice(0, few);
}

/** « Fonds chaleur, à instruire (avant dépôt : écrire le coût) », « EduRénov (prêt), à répondre : Le bâtiment est-il public ? » */
export function saidOf({
	nom,
	verdict,
	manque,
	aSavoir,
	peutEtre
}: Pick<OpenMeasure, 'nom' | 'verdict' | 'manque' | 'aSavoir'> & { readonly peutEtre?: string | null }): string {
	if (peutEtre) return `${nom}, ${peutEtre}`;
	const lacks = manque.filter((m) => m.bloquant).map((m) => m.dit);
	if (verdict === 'a-instruire' || lacks.length === 0) return `${nom}, ${readyBrief(aSavoir)}`;
	return `${nom}, à répondre${INSECABLE}: ${lacks.join(' ')}`;
}

interface KnownMeasure extends MeasureFacts {
	readonly nom: string;
	readonly financeur: string;
}

const measuresOf = once(
	(families: Referentiel['financements']): ReadonlyMap<string, KnownMeasure> =>
		new Map(
			families.flatMap((f) =>
				f.mesures.map((m) => [m.id, { ...measureFacts(m), nom: measureName(m), financeur: m.operateur }] as const)
			)
		)
);

export const measureFacts = once((measure: Measure): MeasureFacts => {
	const asked = measure.applicable_si === null ? [] : criteriaOf(measure.applicable_si);
	const filing = asked.filter((c) => c.critere === 'depot');
	return {
		pret: isLoan(measure),
		partielle: measure.verification !== 'source',
		depotAt: (asOf) => {
			const days = filing.flatMap((c) => boundsAt(c, measure.references, asOf).bornes.avant ?? []);
			return days.filter((day) => day >= asOf).sort()[0] ?? null;
		}
	};
});
