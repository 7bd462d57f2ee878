import { plain } from '../text';

/* Tables one brings by mistake, known by their headers: better said than read as a plan. */

export interface Seems {
	/** « une liste de communes » */
	readonly quoi: string;
	readonly conseil: string | null;
}

interface Shape extends Seems {
	/** Each of them is found in a header. */
	readonly toutes: readonly RegExp[];
	/** Said even when a column may name actions. */
	readonly sur: boolean;
	/** Few columns, and no other than these. */
	readonly seules?: boolean;
}

const OUTLINES = 'Pour les périmètres, apportez le fichier géographique (GeoJSON, GeoPackage ou Shapefile zippé).';
const GRANTS = 'Pour l’argent obtenu, chaque ligne donne un bénéficiaire, un projet et un montant.';
const LABEL = /^(?:code|numero|nom|libelle|intitule|categorie|definition|description|levier|competence)\b/;

/** From the surest to the least. */
const SHAPES: readonly Shape[] = [
	{
		...{ quoi: 'un catalogue d’aides', conseil: 'Les aides que Croisée connaît se lisent au référentiel.' },
		...{ toutes: [/^financeurs?$/, /^(?:lien|url)\b/, /^(?:types d aides|beneficiaires?|recurrence)\b/], sur: true }
	},
	{
		...{ quoi: 'une nomenclature, des codes et leurs libellés', conseil: null },
		...{ toutes: [/^code\b/, LABEL], sur: true, seules: true }
	},
	{
		quoi: 'une liste de contrats',
		conseil: null,
		toutes: [/signature/, /^(?:territoire|epci|communes?)\b/],
		sur: false
	},
	{
		...{ quoi: 'une liste de montants par dispositif', conseil: GRANTS },
		...{ toutes: [/^dispositif\b/, /^montant\b/, /^annee\b/, /^unite nombre$/], sur: true }
	},
	{ quoi: 'une liste de montants', conseil: GRANTS, toutes: [/^montant|\beuros?\b/], sur: false },
	{
		quoi: 'une liste de quartiers',
		conseil: OUTLINES,
		toutes: [/^(?:quartiers?|qpv|code qpv?|code qp)\b/],
		sur: false
	},
	{
		quoi: 'une liste de communes',
		conseil: null,
		toutes: [/^(?:communes?|code commune|insee|code insee)\b/],
		sur: false
	},
	{ quoi: 'une liste de territoires', conseil: null, toutes: [/^(?:territoires?|epci|siren)\b/], sur: false },
	{ quoi: 'une nomenclature', conseil: null, toutes: [LABEL], sur: false, seules: true }
];
const FEW = 4;

/**
 * What a table looks like that is no plan.
 * in     its headers; `titled`: one of its columns may name actions, which only the surest shapes overrule
 * out    null when nothing is recognised
 */
export function whatItSeems(headers: readonly string[], titled: boolean): Seems | null {
	const names = headers.map(plain).filter((h) => h !== '');
	const found = SHAPES.find(
		({ toutes, sur, seules }) =>
			(sur || !titled) &&
			toutes.every((re) => names.some((name) => re.test(name))) &&
			(!seules || (names.length <= FEW && names.every((name) => LABEL.test(name))))
	);
	return found ? { quoi: found.quoi, conseil: found.conseil } : null;
}
