import { number } from '../french';
import type { RegionTerritory, RegionView } from '../crossing/overview';
import { tally } from '../crossing/region-view';
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
	return {
		...view,
		territoires: [...view.territoires].sort((a, b) => rank(b) - rank(a) || a.nom.localeCompare(b.nom, 'fr')),
		graves: graveFigure(view.territoires),
		croises: ref.enjeux.croises.map((x) => tally(x.code, x.libelle, view.territoires))
	};
}

/** Grave gaps of the region, each once: those quartiers count, and those of whole territories, told apart. */
function graveFigure(territories: readonly RegionTerritory[]) {
	const sum = (counts: 'gaps' | 'horsQuartier') =>
		territories.reduce((n, t) => n + t[counts].critique + t[counts].haute, 0);
	const [inQuartiers, beyond] = [sum('gaps'), sum('horsQuartier')];
	const said = 'critiques ou hautes, chacune comptée une fois';
	return {
		nombre: inQuartiers + beyond,
		sens: beyond ? `${said}, dont ${number(beyond)} hors quartier` : said
	};
}
