import type { PlacedAction } from '../crossing/place';
import { list, percent } from '../french';
import { cumulVerdicts } from '../funding/cumul';
import type { PlanNature } from '../funding/entered';
import { financingPlan, hasPlan, type FinancingPlan } from '../funding/plan';
import { CUMUL_LABEL, notAcquired, originText, restText } from '../funding/plan-words';
import { supposedWords } from '../funding/rest';
import type { Money } from '../money';
import type { Referentiel } from '../rules/referentiel';
import type { IsoDate } from '../source';
import type { GridColumn, GridSheet } from './grid-sheet';
import type { GridCell } from './write-rows';

/* The financing plans of a territory as one sheet, to read beside its actions; none of its headers is ours, so that an
   import of the workbook leaves it alone. */

const BASE: Readonly<Record<Money['base'], string>> = { HT: 'HT', TTC: 'TTC', inconnu: 'HT ou TTC non précisé' };

const NATURES: readonly (readonly [PlanNature, string])[] = [
	['sollicite', 'Sollicité'],
	['obtenu', 'Obtenu'],
	['pret', 'Prêts'],
	['valorisation', 'Valorisation'],
	['autofinancement', 'Autofinancement'],
	['envisage', 'Envisagé']
];

const HEADERS: readonly (readonly [entete: string, largeur: number, genre: GridColumn['genre']])[] = [
	['Action financée', 44, 'texte'],
	['Document', 16, 'texte'],
	['Base', 12, 'texte'],
	['Financeurs', 36, 'texte'],
	['Coût de l’opération', 16, 'euros'],
	...NATURES.map(([, entete]) => [entete, 16, 'euros'] as const),
	['Lignes sans montant', 10, 'nombre'],
	['Reste à financer', 24, 'euros'],
	['Réserve sur le reste', 32, 'texte'],
	['Pas encore acquis', 16, 'euros'],
	['Limite de cumul', 44, 'texte'],
	['Origine des lignes', 44, 'texte']
];

/**
 * One row per action and per basis of its amounts: HT, TTC and unknown never stand in one row.
 * out    null when no action has a financing line; what is left is a number, or why it cannot be said
 * never  writes 0 for a blank amount
 */
export function financingSheet(
	placed: readonly PlacedAction[],
	ref: Pick<Referentiel, 'planDeFinancement' | 'plans' | 'gabarits'>,
	asOf: IsoDate
): GridSheet | null {
	const rows = placed.flatMap((one) => rowsOf(one, ref, asOf));
	if (rows.length === 0) return null;
	return {
		nom: ref.gabarits.feuilles.financement,
		masquee: false,
		colonnes: HEADERS.map(([, largeur, genre]) => ({ largeur, genre, couleur: null })),
		lignes: [
			{ style: 'entete', cellules: HEADERS.map(([entete]) => entete) },
			...rows.map((cellules) => ({ style: 'ligne' as const, cellules }))
		],
		figees: { lignes: 1, colonnes: 1 },
		menus: [],
		filtre: true
	};
}

function rowsOf(
	one: PlacedAction,
	ref: Pick<Referentiel, 'planDeFinancement' | 'plans'>,
	asOf: IsoDate
): readonly (readonly GridCell[])[] {
	const plan = financingPlan(one, ref);
	if (!hasPlan(plan)) return [];
	const { action } = one;
	const limits = cumulVerdicts(one, plan, ref.planDeFinancement.limites, asOf)
		.filter((v) => v.verdict !== 'sans-objet')
		.map((v) => `${v.titre}, ${percent(v.limite, 0)} : ${CUMUL_LABEL[v.verdict].toLocaleLowerCase('fr')}`);
	const origins = [...new Set(plan.lignes.map((l) => originText(l.origine)))];
	return basesOf(plan).map((base, n): GridCell[] => [
		[action.reference, action.titre].filter(Boolean).join(' '),
		ref.plans.types.find((t) => t.code === action.plan)?.court ?? action.plan,
		BASE[base],
		list(fundersIn(plan, base, n === 0)) || null,
		plan.cout?.montant.base === base ? plan.cout.montant.euros : null,
		...NATURES.map(([nature]) => amountIn(plan, nature, base)),
		n === 0 ? blanks(plan) || null : null,
		n === 0 ? restCell(plan) : null,
		n === 0 && plan.reste.genre === 'connu' ? supposedWords(plan.reste).slice(2) || null : null,
		n === 0 ? notAcquired(plan.reste) : null,
		n === 0 ? limits.join('\n') || null : null,
		n === 0 ? list(origins) : null
	]);
}

/** The basis of the cost first; a plan whose amounts are all blank keeps one row. */
function basesOf(plan: FinancingPlan): readonly Money['base'][] {
	const first = plan.cout?.montant.base ?? null;
	const said = (['HT', 'TTC', 'inconnu'] as const).filter(
		(base) => base === first || NATURES.some(([nature]) => amountIn(plan, nature, base) !== null)
	);
	if (said.length === 0) return ['inconnu'];
	return [...said].sort((a, b) => Number(b === first) - Number(a === first));
}

/** Sum of the stated amounts; null when none is: a stated 0 stays a 0. */
function amountIn(plan: FinancingPlan, nature: PlanNature, base: Money['base']): number | null {
	const said = plan.lignes.flatMap((l) =>
		l.preciseePar === null && l.nature === nature && l.montant?.base === base ? [Math.round(l.montant.euros * 100)] : []
	);
	return said.length === 0 ? null : said.reduce((sum, n) => sum + n, 0) / 100;
}

/** Those of the lines of this basis; lines without an amount are told on the first row. */
const fundersIn = ({ lignes }: FinancingPlan, base: Money['base'], first: boolean): string[] => [
	...new Set(
		lignes
			.filter((l) => l.preciseePar === null && (l.montant === null ? first : l.montant.base === base))
			.map((l) => l.financeur)
	)
];

const blanks = (plan: FinancingPlan): number =>
	NATURES.reduce((sum, [nature]) => sum + plan.parNature[nature].sansMontant, 0);

const restCell = ({ reste }: FinancingPlan): GridCell =>
	reste.genre === 'connu' ? Math.max(0, reste.euros) : restText(reste);
