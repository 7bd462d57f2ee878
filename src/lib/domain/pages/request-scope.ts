import { WORTH } from '../crossing/aims';
import { reaches } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import * as fr from '../french';
import { gapsAnswered } from '../rules/gap-answers';
import type { Gap } from '../rules/gaps';
import { severityWords } from '../rules/severity-words';
import { SeverityLevel, type Referentiel } from '../rules/referentiel';

/* What a request would change for the quartiers: those it reaches, else those where it would answer a gap if aimed. */

export interface Scope {
	/** 0: it surely reaches a quartier as it is written; 1: it probably does; 2: none. */
	readonly proche: 0 | 1 | 2;
	/** What it would answer by aiming at quartiers, smallest first: gravest alert, worth as an answer, quartiers, alerts, how
	 * clearly its words carry them. */
	readonly rangs: readonly number[];
	/** null: nothing to say. */
	readonly dit: string | null;
}

const NOTHING: Scope['rangs'] = [SeverityLevel.options.length, 0, 0, 0, 0];

/** Quartiers named on a line; the page of the action has them all. */
const NAMED = 2;

/** in     `noms`: quartiers by code; without them nothing is told */
export function scopeOf(
	placed: PlacedAction,
	gaps: readonly Gap[],
	ref: Referentiel,
	noms?: ReadonlyMap<string, string>
): Scope {
	const near = placed.reach.filter((r) => reaches(r.niveau));
	if (near.length > 0)
		return { proche: near.every((r) => r.niveau === 'probable') ? 1 : 0, rangs: NOTHING, dit: reached(near, noms) };
	const answered = gapsAnswered(placed, gaps, ref);
	const n = new Set(answered.map((g) => g.quartier)).size;
	const dit =
		noms && n > 0 ? `Tout le territoire${fr.FINE}; fléchée, fermerait une lacune ${severityWords(answered)}` : null;
	const worth = ref.enjeux.natures.find((x) => x.code === placed.nature?.code)?.couverture ?? null;
	const gravest = Math.min(...answered.map((g) => SeverityLevel.options.indexOf(g.gravite)));
	const rangs =
		n === 0 ? NOTHING : [gravest, WORTH.indexOf(worth), -n, -answered.length, -clear(placed, answered, ref)];
	return { proche: 2, rangs, dit };
}

/** How clearly the words of the action carry what the alerts ask. */
function clear({ transition, ville }: PlacedAction, alerts: readonly Gap[], { enjeux }: Referentiel): number {
	const codes = new Set(alerts.map((g) => g.enjeu));
	const asked = new Set([
		...codes,
		...enjeux.croises.flatMap((x) => (codes.has(x.code) ? [x.transition, x.ville] : []))
	]);
	return [...transition, ...ville].filter((t) => asked.has(t.code)).reduce((sum, t) => sum + t.score, 0);
}

/** « Arrive à « Europe », probablement à 3 autres quartiers »: what only covers the commune of a quartier may not come to it. */
function reached(near: PlacedAction['reach'], noms?: ReadonlyMap<string, string>): string | null {
	if (!noms) return null;
	const told = (some: PlacedAction['reach'], others: boolean) =>
		some.length > NAMED
			? fr.count(some.length, others ? 'autre quartier' : 'quartier', others ? 'autres quartiers' : 'quartiers')
			: fr.list(some.map((r) => fr.quoted(noms.get(r.quartier) ?? r.quartier)));
	const likely = near.filter((r) => r.niveau === 'probable');
	const sure = near.filter((r) => r.niveau !== 'probable');
	if (sure.length === 0) return `Arrive probablement à ${told(likely, false)}`;
	return `Arrive à ${told(sure, false)}${likely.length ? `, probablement à ${told(likely, true)}` : ''}`;
}
