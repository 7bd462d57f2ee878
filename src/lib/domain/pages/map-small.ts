import type { Crossed } from '../crossing/territory-view';
import { capital } from '../french';
import { firstTheme } from './map-first-theme';
import type { MapSign } from './map-themes';

/* The small map beside the list of quartiers: of one colour when all are as grave, it shows what tells them apart. */

export interface SmallTheme {
	/** « Réponse à X05 Écoles rénovées du quartier » */
	readonly titre: string;
	readonly classes: readonly {
		readonly code: string;
		readonly libelle: string;
		readonly teinte: string | null;
		readonly signe: MapSign | null;
		readonly doute?: true;
		readonly quartiers: number;
	}[];
	/** Code of a quartier → its class, and what is written beside its name. */
	readonly valeurs: Readonly<Record<string, { readonly classe: string; readonly ecrit: string }>>;
}

/** out    null when the severity of gaps tells them apart, or when nothing does: the list beside it says it already */
function smallThemeOf(crossed: Crossed): SmallTheme | null {
	const { id, titre, classes, parQuartier } = firstTheme(crossed);
	if (id === 'gravite') return null;
	const of = (code: string) => [...parQuartier.values()].filter((v) => v.classe === code).length;
	return {
		titre: capital(titre),
		classes: classes.map((c) => ({ ...c, quartiers: of(c.code) })).filter((c) => c.quartiers > 0),
		valeurs: Object.fromEntries([...parQuartier].map(([code, { classe, ecrit }]) => [code, { classe, ecrit }]))
	};
}

const made = new WeakMap<Crossed, SmallTheme | null>();

/** Worked out once for a reading of the territory: it tries twenty crossings. */
export function smallTheme(crossed: Crossed): SmallTheme | null {
	const known = made.get(crossed);
	if (known !== undefined) return known;
	const theme = smallThemeOf(crossed);
	made.set(crossed, theme);
	return theme;
}
