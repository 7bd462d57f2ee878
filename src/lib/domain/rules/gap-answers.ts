import type { PlacedAction } from '../crossing/place';
import { listOf } from './gap-context';
import { SUBSTANTIAL } from './gap-indicator-near';
import type { Gap } from './gaps';
import type { GapRule, Referentiel } from './referentiel';

/* Which action would close which gap by aiming at the quartier: the predicates read backwards, no crossing done again. */

interface Asked {
	readonly placed: PlacedAction;
	readonly rule: GapRule;
	readonly droitCommun: readonly string[];
}

/** By predicate; a rule whose predicate is not here is closed by no action that would only come closer. */
const CLOSES: Readonly<Record<string, (asked: Asked) => boolean>> = {
	enjeuSansReponse: () => true,
	droitCommunNArrivePas: ({ placed, droitCommun }) => droitCommun.includes(placed.action.plan),
	sensibilisationSeule: ({ placed }) => placed.nature?.code === 'N1',
	vulnerabiliteSansReponse: ({ placed }) => SUBSTANTIAL.includes(placed.nature?.code ?? ''),
	urgenceSansFond: ({ placed, rule }) => listOf(rule, 'fond').includes(placed.nature?.code ?? '')
};

/**
 * Alerts of one quartier that an action would answer by aiming at it.
 * in     `gaps`: of that quartier; those set aside, data to ask for and opportunities are left out
 * out    in the order given
 * never  counts a crossing half carried: aiming at a quartier, its other half would have to be written
 */
export function gapsAnswered(
	placed: PlacedAction,
	gaps: readonly Gap[],
	{ lacunes }: Pick<Referentiel, 'lacunes'>
): Gap[] {
	const carried = new Set(
		[...placed.croises.filter((x) => x.complet), ...placed.transition, ...placed.ville].map(({ code }) => code)
	);
	return gaps.filter(({ enjeu, regle, quartier, reponse, ecartee }) => {
		if (enjeu === null || quartier === null || reponse !== 'alerte' || ecartee || !carried.has(enjeu)) return false;
		const rule = lacunes.regles.find(({ id }) => id === regle);
		const closes = rule?.predicat ? CLOSES[rule.predicat] : undefined;
		return !!closes && closes({ placed, rule: rule!, droitCommun: lacunes.droit_commun });
	});
}

/** A fund that may be asked is good news, whatever the severity its rule gives it when nobody asks. */
export const isChance = ({ predicat }: Pick<GapRule, 'predicat'>): boolean => predicat === 'financementNonSollicite';

/** Scopes of the rules that aiming an action at a quartier may move: asked of the quartier, or of the action alone. */
export const TRIED: Readonly<Partial<Record<GapRule['portee'], 'quartier' | 'action'>>> = {
	'quartier-enjeu': 'quartier',
	'quartier-indicateur': 'quartier',
	action: 'action',
	'action-dispositif': 'action'
};

/** Rules that say an action may do harm, by predicate: to be answered before more of it is asked for. */
const WARNS: ReadonlySet<string> = new Set(['mesureInegalitaire', 'injonctionsContradictoires']);

/** Action id → what is to be cleared first; a request for data is about the first action of its evidence. */
export function warningsByAction(
	gaps: readonly Gap[],
	{ lacunes }: Pick<Referentiel, 'lacunes'>
): ReadonlyMap<string, readonly Gap[]> {
	const warning = new Set(lacunes.regles.flatMap((r) => (r.predicat && WARNS.has(r.predicat) ? [r.id] : [])));
	const found = new Map<string, Gap[]>();
	for (const gap of gaps) {
		if (!warning.has(gap.regle) || gap.ecartee || gap.reponse === 'opportunite') continue;
		const about = gap.reponse === 'alerte' ? gap.preuves.actions : gap.preuves.actions.slice(0, 1);
		for (const action of about) found.set(action, [...(found.get(action) ?? []), gap]);
	}
	return found;
}
