import { bestOf } from '../crossing/layer-answers';
import { compareMatrices, type Sides } from '../crossing/compare';
import { COVERAGES, type Coverage } from '../crossing/coverage';
import type { DimensionId, Matrix } from '../crossing/matrix';
import { count } from '../french';
import type { Layer } from './matrix-address';
import { nearestFirst } from './nearest-actions';
import type { ActionBrief } from './page-model';

/* Two layers told before they are drawn: a sentence, the lines that differ, the actions that came and those that left. */

export interface LayerStory {
	/** One or two sentences: what came, what left, which answers change. */
	readonly phrase: string;
	/** « Croisement », what a line is. */
	readonly genre: string;
	/** How each side is called, shortly. */
	readonly cotes: readonly [ici: string, la: string];
	/** Lines that differ: first those whose answer is weaker here, then stronger, then by how many actions. */
	readonly lignes: readonly StoryLine[];
	/** Actions that only one side holds; null when the sides are not readings of the same actions. */
	readonly venues: StoryActions | null;
	readonly parties: StoryActions | null;
	/** Figure of the matrix that opens them all. */
	readonly toutes: string;
}

export interface StoryLine {
	/** Its figure in the matrix. */
	readonly code: string;
	readonly libelle: string;
	/** Distinct actions, and best answer, of each side. */
	readonly ici: readonly [actions: number, reponse: Coverage];
	readonly la: readonly [actions: number, reponse: Coverage];
	readonly ecart: number;
	/** How often its answer is stronger here, and weaker: case by case, else by its best answer. */
	readonly mieux: number;
	readonly moins: number;
}

export interface StoryActions {
	readonly n: number;
	readonly titres: readonly string[];
}

interface Beside {
	readonly matrix: Matrix;
	readonly sides: Sides;
}

/** Titles told of each side. */
const TOLD = 3;

const LINE: Readonly<Record<DimensionId, readonly [one: string, many: string]>> = {
	croises: ['croisement', 'croisements'],
	quartier: ['quartier', 'quartiers'],
	transition: ['enjeu de transition', 'enjeux de transition'],
	ville: ['enjeu de politique de la ville', 'enjeux de politique de la ville'],
	plan: ['plan', 'plans'],
	dispositif: ['dispositif', 'dispositifs'],
	nature: ['nature d’action', 'natures d’action']
};

/**
 * in     `cotes`: names of both sides; `brief`: an action by its id, here and there
 * out    null when no line of the two sets stands beside another
 * never  counts a line that one side does not assess: how many they are is said
 */
export function layerStory(
	matrix: Matrix,
	{ matrix: there, sides }: Beside,
	{
		layer,
		cotes,
		toutes,
		brief
	}: {
		readonly layer: Layer;
		readonly cotes: LayerStory['cotes'];
		readonly toutes: string;
		readonly brief: (action: string) => ActionBrief | undefined;
	}
): LayerStory | null {
	const axe = axisOf(matrix, sides);
	if (!axe) return null;
	const { lignes, evaluees } = linesOf(matrix, { matrix: there, sides }, axe);
	const same = layer.genre !== 'territoire' && compareMatrices(matrix, there, sides).all !== null;
	const [here, beside] = [matrix, there].map((m) => new Set(m.totals.all.actions));
	const only = (mine: ReadonlySet<string>, other: ReadonlySet<string>): StoryActions => {
		const ids = [...mine].filter((id) => !other.has(id));
		const told = nearestFirst(
			ids.flatMap((id) => brief(id) ?? []),
			null
		);
		return { n: ids.length, titres: told.slice(0, TOLD).map((a) => a.titre) };
	};
	const venues = same ? only(here!, beside!) : null;
	const parties = same ? only(beside!, here!) : null;
	const [one] = LINE[matrix[axe].id];
	return {
		phrase: [
			movesWords(venues, parties, layer),
			linesWords(lignes, { axe: matrix[axe].id, toutes: matrix[axe].keys.length, evaluees })
		]
			.filter(Boolean)
			.join(' '),
		genre: one,
		...{ cotes, lignes, venues, parties, toutes }
	};
}

/** Several keys of an axis set against a single one are its lines; else the axis whose keys are the same on both sides. */
function axisOf(matrix: Matrix, { rows, columns }: Sides): 'rows' | 'columns' | null {
	const several = (axe: 'rows' | 'columns') => matrix[axe].keys.length > 1;
	if (columns === 'une-cle' && rows === 'meme' && several('columns')) return 'columns';
	if (rows === 'une-cle' && columns === 'meme' && several('rows')) return 'rows';
	return rows === 'meme' ? 'rows' : columns === 'meme' ? 'columns' : null;
}

function linesOf(a: Matrix, { matrix: b, sides }: Beside, axe: 'rows' | 'columns') {
	const difference = compareMatrices(a, b, sides);
	const at = (code: string) => (sides[axe] === 'une-cle' ? 0 : b[axe].keys.findIndex((k) => k.code === code));
	const cellsOf = (i: number) => (axe === 'rows' ? difference.cells[i]! : difference.cells.map((row) => row[i]!));
	const known = a[axe].keys.flatMap((key, i): StoryLine[] => {
		const ecart = difference[axe][i];
		if (ecart === null || ecart === undefined) return [];
		const j = at(key.code);
		const cells = cellsOf(i).filter((cell) => cell.actions !== null);
		const sens = (which: 'mieux' | 'moins-bien') => cells.filter((cell) => cell.sens === which).length;
		const [ici, la] = [bestOf(a, axe, i), bestOf(b, axe, j)];
		const step = COVERAGES.indexOf(la) - COVERAGES.indexOf(ici);
		return [
			{
				...{ code: key.code, libelle: key.libelle, ecart },
				ici: [a.totals[axe][i]!.actions.length, ici],
				la: [b.totals[axe][j]!.actions.length, la],
				mieux: cells.length ? sens('mieux') : Number(step > 0),
				moins: cells.length ? sens('moins-bien') : Number(step < 0)
			}
		];
	});
	const lignes = known
		.filter((line) => line.ecart !== 0 || line.mieux + line.moins > 0)
		.sort((x, y) => rank(x) - rank(y) || Math.abs(y.ecart) - Math.abs(x.ecart));
	return { lignes, evaluees: known.length };
}

/** What one does less well comes first: it is what is to be learnt from the other side. */
const rank = ({ mieux, moins }: StoryLine): number => (moins ? 0 : mieux ? 1 : 2);

/** « 2 actions de plus, aucune de moins. » */
function movesWords(venues: StoryActions | null, parties: StoryActions | null, { genre }: Layer): string {
	if (!venues || !parties) return '';
	if (venues.n + parties.n === 0) return 'Les mêmes actions des deux côtés.';
	const none = (n: number, one: string) => (n === 0 ? one : count(n, 'action'));
	return genre === 'import' || genre === 'date'
		? `${none(venues.n, 'Aucune action')} de plus, ${parties.n || 'aucune'} de moins.`
		: `${none(venues.n, 'Aucune action')} seulement ici, ${parties.n || 'aucune'} seulement là.`;
}

function linesWords(
	lignes: readonly StoryLine[],
	{ axe, toutes, evaluees }: { readonly axe: DimensionId; readonly toutes: number; readonly evaluees: number }
): string {
	const [one, many] = LINE[axe];
	if (evaluees === 0) return 'Rien ne se compare\u00a0: aucune case n’est évaluée des deux côtés.';
	const left = toutes - evaluees;
	const unknown = left
		? ` ${count(left, `${one} ne se compare pas`, `${many} ne se comparent pas`)}, faute d’être ${left < 2 ? 'évalué' : 'évalués'} des deux côtés.`
		: '';
	if (lignes.length === 0) return `Aucun écart sur ${count(evaluees, one, many)}.${unknown}`;
	const sum = (which: 'mieux' | 'moins') => lignes.reduce((n, line) => n + line[which], 0);
	const [better, worse] = [sum('mieux'), sum('moins')];
	const answers =
		better + worse === 0
			? 'aucune réponse ne change de force'
			: [
					...(better ? [`${count(better, 'réponse')} plus ${better < 2 ? 'forte' : 'fortes'}`] : []),
					...(worse ? [`${count(worse, 'réponse')} moins ${worse < 2 ? 'forte' : 'fortes'}`] : [])
				].join(', ');
	const where = better + worse === 0 ? '' : ' ici';
	return `${count(lignes.length, one, many)} sur ${toutes} ${lignes.length < 2 ? 'diffère' : 'diffèrent'}\u00a0: ${answers}${where}.${unknown}`;
}
