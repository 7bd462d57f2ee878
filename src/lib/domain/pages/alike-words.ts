import type { QuartierView } from '../crossing/overview';
import { count, FINE, INSECABLE, list, lower } from '../french';
import type { Referentiel } from '../rules/referentiel';
import { shortCrossings } from './page-model';

export interface Neighbour {
	readonly code: string;
	readonly nom: string;
	/** « même situation, avec les mêmes actions, pour 18 croisements sur 20 ; diffèrent : bruit et air »; null: they differ more. */
	readonly pareil: string | null;
}

/** Below this share of the crossings answered alike, it is no use telling. */
const ALIKE = 0.75;
/** Crossings named; beyond, they are counted. */
const NAMED = 4;

/** The other quartiers of the territory: those most alike first, then in their order. */
export function neighbours(
	view: Pick<QuartierView, 'voisins' | 'pareils' | 'summary' | 'croises'>,
	ref: Referentiel
): Neighbour[] {
	const courts = shortCrossings(ref);
	const all = view.croises.length;
	const alike = view.pareils.filter((p) => all - p.differents.length >= ALIKE * all);
	const rank = new Map(alike.map((p, i) => [p.code, i]));
	return view.voisins
		.filter((v) => v.code !== view.summary.quartier.code)
		.map(({ code, nom }) => {
			const at = rank.get(code);
			return { code, nom, pareil: at === undefined ? null : alikeWords(alike[at]!.differents, all, courts) };
		})
		.sort((a, b) => (rank.get(a.code) ?? all) - (rank.get(b.code) ?? all));
}

function alikeWords(differents: readonly string[], all: number, courts: Readonly<Record<string, string>>): string {
	const same = 'même situation, avec les mêmes actions,';
	if (differents.length === 0) return `${same} pour les ${count(all, 'croisement')}`;
	const told = differents.slice(0, NAMED).map((code) => lower(courts[code] ?? code));
	const more = differents.length - told.length;
	const named = list([...told, ...(more > 0 ? [count(more, 'autre')] : [])]);
	const verb = differents.length > 1 ? 'diffèrent' : 'diffère';
	return `${same} pour ${all - differents.length} croisements sur ${all}${FINE}; ${verb}${INSECABLE}: ${named}`;
}
