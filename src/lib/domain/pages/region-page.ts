import { FINE, list, number, plural } from '../french';
import type { RegionTerritory, RegionView } from '../crossing/overview';
import { tally, type CroiseTally } from '../crossing/region-view';
import type { Referentiel } from '../rules/referentiel';

export type RegionPage = ReturnType<typeof regionPage>;

/** Share of the crossings that could be assessed, 0 to 1. */
export function completeness(territory: RegionTerritory): number {
	const assessed = territory.croises.filter((c) => c.coverage !== 'saisie-incomplete').length;
	return territory.croises.length ? assessed / territory.croises.length : 0;
}

export const hasAnswered = (territory: RegionTerritory): boolean => territory.plans.length > 0;

/** Territories that answered first, the most complete on top; the silent ones below, by name. */
export function regionPage(view: RegionView, ref: Referentiel) {
	const rank = (t: RegionTerritory) => (hasAnswered(t) ? 1 + completeness(t) : 0);
	const territoires = [...view.territoires].sort((a, b) => rank(b) - rank(a) || a.nom.localeCompare(b.nom, 'fr'));
	return {
		...view,
		territoires,
		graves: graveFigure(view.territoires),
		croises: leastFirst(ref.enjeux.croises.map((x) => tally(x.code, x.libelle, view.territoires))),
		/** Where somebody answered, and where a quartier can be: the columns of the table. */
		colonnes: territoires.filter((t) => hasAnswered(t) && t.quartiers > 0),
		/** Read, and out of the table. */
		sansQuartier: territoires.filter((t) => hasAnswered(t) && t.quartiers === 0)
	};
}

/** From the least answered to the best; those nobody could assess come last. */
const leastFirst = (croises: readonly CroiseTally[]): CroiseTally[] => {
	const share = (c: CroiseTally) => (c.evalues ? c.repondus / c.evalues : 2);
	return [...croises].sort((a, b) => share(a) - share(b));
};

/** Grave gaps of the region, each once: those quartiers count, and those of whole territories, told apart. */
function graveFigure(territories: readonly RegionTerritory[]) {
	const sum = (counts: 'gaps' | 'horsQuartier') =>
		territories.reduce((n, t) => n + t[counts].critique + t[counts].haute, 0);
	const [inQuartiers, beyond] = [sum('gaps'), sum('horsQuartier')];
	const all = inQuartiers + beyond;
	const said = `${plural(all, 'critique ou haute', 'critiques ou hautes')}, ${plural(all, 'comptée', 'chacune comptée')} une fois`;
	const holding = territories.filter((t) => t.horsQuartier.critique + t.horsQuartier.haute > 0);
	// A territory without any quartier has only gaps of its actions: it is named, as no crossing of it is assessed.
	const where =
		holding.length > 0 && holding.every((t) => t.quartiers === 0)
			? ` (${list(holding.map((t) => t.nom))}, sans quartier prioritaire${FINE}: ce qui manque à ses actions)`
			: '';
	const how =
		beyond === all ? plural(all, 'hors quartier', 'toutes hors quartier') : `dont ${number(beyond)} hors quartier`;
	return { nombre: all, sens: beyond ? `${said}, ${how}${where}` : said };
}
