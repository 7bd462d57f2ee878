import { INSECABLE, inWords, list, number, plural } from '../french';
import { bestReach, coverageOf, type CoverageContext } from './coverage';
import { overBy, pastAnswer } from './past-end';
import type { Cell, Matrix, MatrixContext } from './matrix';
import { byId, type Niveau, type PlacedAction } from './place';
import { isGuess } from './weak-match';

/* How sure an answer is: it may rest on actions that are perhaps not for the quartier, or that should be over. */

export interface AnswerReserve {
	/** One of the three below. */
	readonly aConfirmer: boolean;
	/** Without the actions of the commune, which nobody said are for the quartier, the answer would be weaker. */
	readonly probable: boolean;
	/** Every action that gives the answer should be over: its planned end is past, or its grant is old. */
	readonly passee: boolean;
	/** Of one at least, only its old grant says so. */
	readonly ancienne?: boolean;
	/** Of every action that gives the answer, enjeux and nature are read on little. */
	readonly devinee: boolean;
	/** « fin prévue passée pour une action sur trois », of the actions that give the answer. */
	readonly fins: string | null;
}

/**
 * in     the active actions that carry an enjeu; `context`: of one quartier
 * out    only an answer of substance is to be confirmed; the end of actions is told for the others too
 */
export function reserveOf(own: readonly PlacedAction[], context: CoverageContext, asOf: string): AnswerReserve {
	const coverage = coverageOf(own, context);
	const substance = coverage === 'structurante' || coverage === 'de-service';
	const sure = own.filter((a) => bestReach(a, context.quartiers) !== 'probable');
	const probable = substance && coverageOf(sure, context) !== coverage;
	const carriers = own.filter((a) => coverageOf([a], context) === coverage);
	const over = carriers.map((a) => overBy(a.action, asOf));
	const passee = substance && !over.includes(null);
	const ancienne = passee && over.includes('subvention');
	const { confiance } = context;
	const devinee = substance && !!confiance && carriers.every((a) => isGuess(a, confiance));
	return {
		aConfirmer: probable || passee || devinee,
		probable,
		passee,
		ancienne,
		devinee,
		fins: pastAnswer(own, context, asOf)
	};
}

/**
 * The action an answer rests on first: of those whose nature gives it, the nearest; an awareness campaign carries no
 * « structurante », however near.
 * in     the active actions that carry an enjeu; `context`: of one quartier
 * out    the nearest of all where none gives it alone; null when none reaches the quartier
 */
export function carrierOf(own: readonly PlacedAction[], context: CoverageContext, asOf: string): PlacedAction | null {
	const coverage = coverageOf(own, context);
	const reaching = own.filter((a) => REACHING.includes(bestReach(a, context.quartiers)));
	const giving = reaching.filter((a) => coverageOf([a], context) === coverage);
	const rank = (a: PlacedAction) =>
		REACHING.indexOf(bestReach(a, context.quartiers)) * 2 + Number(overBy(a.action, asOf) !== null);
	return [...(giving.length ? giving : reaching)].sort((a, b) => rank(a) - rank(b))[0] ?? null;
}
const REACHING: readonly Niveau[] = ['cible', 'explicite', 'probable', 'diffuse'];

type Reserve = Pick<AnswerReserve, 'probable' | 'passee' | 'ancienne' | 'devinee'>;

/**
 * Why some answers are to be confirmed.
 * in     the reserves of those answers
 * out    « fin prévue passée » when it holds for all, « fin prévue passée (2 sur 3), atteinte probable (1 sur 3) » else; null without any
 */
export function reasonsOf(reserves: readonly Reserve[]): string | null {
	const share = (words: string, n: number): string[] =>
		n === 0 ? [] : [n === reserves.length ? words : `${words} (${number(n)} sur ${number(reserves.length)})`];
	const reasons = [
		...share('fin prévue passée', reserves.filter((r) => r.passee && !r.ancienne).length),
		...share('subvention ancienne, travaux sans doute finis', reserves.filter((r) => r.passee && r.ancienne).length),
		...share('atteinte seulement probable', reserves.filter((r) => r.probable).length),
		...share('enjeux et nature lus sur peu de mots', reserves.filter((r) => r.devinee).length)
	];
	return reasons.length ? list(reasons) : null;
}

/** Of one answer that ends in `fin`, as one says it aloud: « sa fin prévue, en 2024, est passée, et rien ne dit qu’elle se fait dans ce quartier »; null when it is sure. */
export function oneReserve({ passee, ancienne, probable, devinee }: Reserve, fin?: string | null): string | null {
	const reasons = [
		...(passee && ancienne ? ['sa subvention est ancienne, et ses travaux sans doute finis'] : []),
		...(passee && !ancienne ? [`sa fin prévue${fin ? `, en ${fin.slice(0, 4)},` : ''} est passée`] : []),
		...(probable ? ['rien ne dit qu’elle se fait dans ce quartier'] : []),
		...(devinee ? ['ses enjeux ne sont lus que sur peu de mots'] : [])
	];
	return reasons.length ? list(reasons) : null;
}

/** « fin prévue passée », of one answer alone; null when it is sure. */
export function answerReserve(own: readonly PlacedAction[], context: CoverageContext, asOf: string): string | null {
	const reserve = reserveOf(own, context, asOf);
	return reserve.aConfirmer ? reasonsOf([reserve]) : null;
}

/**
 * in     the reserves of every answer counted, sure ones too
 * out    « dont 2 à confirmer : … », « toutes à confirmer : … », « à confirmer : … » for one alone; null when all are sure
 */
export function toConfirm(counted: readonly AnswerReserve[]): string | null {
	const how = countToConfirm(counted);
	return how && `${how}${INSECABLE}: ${reasonsOf(counted.filter((r) => r.aConfirmer))}`;
}

/** « dont 2 à confirmer », « toutes à confirmer », « à confirmer » for one alone; null when all are sure */
export function countToConfirm(counted: readonly Pick<AnswerReserve, 'aConfirmer'>[]): string | null {
	const some = counted.filter((r) => r.aConfirmer).length;
	if (some === 0) return null;
	const how = some < counted.length ? `dont ${number(some)} ` : counted.length > 1 ? 'toutes ' : '';
	return `${how}à confirmer`;
}

/** What the answers of a matrix are judged on. */
export interface Looked {
	readonly placed: readonly PlacedAction[];
	readonly coverage: MatrixContext;
	readonly asOf: string;
}

/** The answers of substance to a crossing, quartier by quartier, and how sure each is. */
export function reservesOfRow(matrix: Matrix, row: number, { placed, coverage, asOf }: Looked): AnswerReserve[] {
	const known = byId(placed);
	const croise = matrix.rows.keys[row]!.code;
	return matrix.columns.keys.flatMap(({ code }, j) => {
		const cell = matrix.cells[row]![j]!;
		if (cell.coverage !== 'structurante' && cell.coverage !== 'de-service') return [];
		const own = cell.actions.flatMap((id) => known.get(id) ?? []);
		return [reserveOf(own, { ...coverage, quartiers: [code], croise }, asOf)];
	});
}

/**
 * Why the strongest answer of a row, over all its quartiers, is to be confirmed wherever it is given.
 * in     `answers`: of `reservesOfRow`, for the same row
 * out    null when it is sure in one quartier at least, or when nothing of substance answers
 */
export function bestReserve(
	cells: readonly Pick<Cell, 'coverage'>[],
	answers: readonly AnswerReserve[]
): string | null {
	const substance = cells.filter((c) => c.coverage === 'structurante' || c.coverage === 'de-service');
	const best = substance.some((c) => c.coverage === 'structurante') ? 'structurante' : 'de-service';
	const own = answers.filter((_, i) => substance[i]!.coverage === best);
	return own.length > 0 && own.every((r) => r.aConfirmer) ? reasonsOf(own) : null;
}

/** « , à confirmer dans deux quartiers : fin prévue passée »; '' when every answer is sure */
export function rowReserve(answers: readonly AnswerReserve[]): string {
	const some = answers.filter((r) => r.aConfirmer);
	if (some.length === 0) return '';
	const where =
		some.length === answers.length ? '' : ` dans ${inWords(some.length)} ${plural(some.length, 'quartier')}`;
	return `, à confirmer${where}${INSECABLE}: ${reasonsOf(some)}`;
}
