import type { TerritoryView } from '../crossing/overview';
import type { Suggestion } from '../crossing/suggestions';
import { count, quoted } from '../french';
import type { Referentiel } from '../rules/referentiel';

/* What refusing a proposal would take away from the expected crossings: that is what people look at first. */

export interface Effect {
	/** Cells where the action counts thanks to what is proposed. */
	readonly cases: number;
	/** Of these, cells no other action answers. */
	readonly seules: number;
	/** The crossing it holds most. */
	readonly croise: string | null;
	readonly croises: number;
}

const NONE: Effect = { cases: 0, seules: 0, croise: null, croises: 0 };

interface Held {
	readonly croise: string;
	readonly libelle: string;
	readonly quartier: string;
	readonly seule: boolean;
}

/** out    the effect of each suggestion, one reading of the matrix for all of them */
export function effectsIn(
	{ croises, quartiers }: Pick<TerritoryView, 'croises' | 'quartiers'>,
	ref: Pick<Referentiel, 'enjeux'>
): (s: Suggestion) => Effect {
	const held = new Map<string, Held[]>();
	croises.rows.keys.forEach(({ code, libelle }, i) =>
		quartiers.forEach(({ quartier }, j) => {
			const actions = croises.cells[i]?.[j]?.actions ?? [];
			for (const action of actions) {
				const own = held.get(action) ?? [];
				own.push({ croise: code, libelle, quartier: quartier.code, seule: actions.length === 1 });
				held.set(action, own);
			}
		})
	);
	const codes = new Map(ref.enjeux.croises.map((x) => [x.code as string, [x.transition, x.ville] as string[]]));
	const rests = (s: Suggestion) => (h: Held) =>
		s.genre === 'atteinte'
			? h.quartier === s.quartier
			: s.genre === 'nature' || (codes.get(h.croise)?.includes(s.code) ?? false);
	return (s) => {
		const own = held.get(s.action)?.filter(rests(s)) ?? [];
		if (own.length === 0) return NONE;
		const first = own.find((h) => h.seule) ?? own[0]!;
		return {
			cases: own.length,
			seules: own.filter((h) => h.seule).length,
			croise: first.libelle,
			croises: new Set(own.map((h) => h.croise)).size
		};
	};
}

/** Those that hold a cell alone, then those that count in most cells; ties stay as they were. */
export const byEffect = (all: readonly Suggestion[], effectOf: (s: Suggestion) => Effect): Suggestion[] =>
	all
		.map((s) => ({ s, e: effectOf(s) }))
		.sort((a, b) => b.e.seules - a.e.seules || b.e.cases - a.e.cases)
		.map(({ s }) => s);

/** « Seule réponse à « Rafraîchir les espaces publics » dans 3 quartiers »; « Hors des croisements attendus » */
export function effectWords({ cases, seules, croise, croises }: Effect): string {
	if (cases === 0 || croise === null) return 'Hors des croisements attendus';
	if (seules > 0 && croises === 1) return `Seule action de ${quoted(croise)} dans ${count(seules, 'quartier')}`;
	const where = croises === 1 ? quoted(croise) : count(croises, 'croisement');
	const alone = seules === 0 ? '' : `\u202f; seule action ${seules === cases ? 'de chacune' : `de ${seules}`}`;
	return `Compte dans ${count(cases, 'case')} de ${where}${alone}`;
}
