import { tellingWords } from '../../src/lib/domain/crossing/learnt';
import { plain } from '../../src/lib/domain/text';
import { placeNames } from '../../src/lib/server/cog';
import { readText } from '../../src/lib/domain/crossing/tokens';
import type { LearntFile } from '../../src/lib/domain/rules/learnt-file';
import type { Half, Labelled, Labels } from './mesure';

/*
 * What labelled titles teach of each word: one logistic regression per code, kept sparse so that its words can be read.
 * McMahan and others, « Ad click prediction: a view from the trenches » (KDD 2013), algorithm 1 (FTRL-proximal).
 */

/** Lots whose errors nobody reads teach nothing either: they stay for the measure. */
export const TEACHES: ReadonlySet<Half> = new Set<Half>([
	'reglage',
	'essai',
	'controle',
	'reserve',
	'lue',
	'relue',
	'suite',
	'franche',
	'lointaine',
	'courante',
	'usuelle',
	'travaux',
	'plans',
	'quartiers',
	'invente'
]);

/** In everyday words, a title tells what is at stake better than how: its nature teaches nothing. */
const SAYS_NO_NATURE: ReadonlySet<Half> = new Set<Half>(['courante']);

const ROUNDS = 12;
const RATE = 1;
/** Pulls a weight to zero: higher, fewer words. */
const SPARSE = 2;
/** A word that fewer titles hold is a name, or a chance. */
const HEARD = 3;
/** Weights are written to the tenth; what is smaller than this says nothing. */
const LEAST = 0.5;
/** Prime, so that every title comes once a round; neighbours in a file are alike. */
const STRIDE = 7919;

const AXES: Readonly<Record<string, (one: Labelled) => Labels>> = {
	T: (one) => one.transition,
	P: (one) => one.ville,
	N: (one) => one.nature
};

/**
 * The file that these titles give, always the same for the same titles in the same order.
 * in     `expressions`: those of the lexicon, which teach transition alone
 */
export function learntFrom(all: readonly Labelled[], expressions: readonly Labelled[], version: string): LearntFile {
	const set = all.filter((one) => TEACHES.has(one.moitie));
	const file: LearntFile = {
		version,
		titres: set.length,
		seuil: { T: 0.92, P: 0.55, N: 0.4 },
		seuil_plan: { pcaet: { T: 0.5 } },
		depart: {},
		poids: {}
	};
	const taught: Readonly<Record<string, readonly Labelled[]>> = {
		T: [...set, ...expressions],
		P: set,
		N: set.filter((one) => !SAYS_NO_NATURE.has(one.moitie))
	};
	for (const [axis, of] of Object.entries(AXES)) {
		const own = taught[axis]!;
		const { words, withHead } = readable(own);
		const read = ranked(axis === 'N' ? withHead : words);
		const labels = own.map(of);
		for (const code of [...new Set(labels.flatMap((one) => one.sure))].sort()) {
			const { start, weights } = learn(labels, read, code);
			file.depart[code] = start;
			file.poids[code] = Object.fromEntries(weights);
		}
	}
	return file;
}

/** Titles as words heard often enough, names of places apart; `withHead`: the first one told too as « ^word ». */
function readable(set: readonly Labelled[]): { words: string[][]; withHead: string[][] } {
	const told = set.map((one) => tellingWords(readText(one.titre)));
	const names = properNames(told);
	const read = told.map((words) => words.filter(({ root }) => !names.has(root)));
	const spelt = spellings(read.flat());
	const often = new Map<string, number>();
	for (const { root } of read.flat()) often.set(root, (often.get(root) ?? 0) + 1);
	const words = read.map((title) =>
		title.filter(({ root }) => often.get(root)! >= HEARD).map(({ root }) => spelt.get(root)!)
	);
	const withHead = words.map((title, i) => {
		const [first] = read[i]!;
		return first && often.get(first.root)! >= HEARD ? [...title, `^${spelt.get(first.root)!}`] : title;
	});
	return { words, withHead };
}

/** A word written so often with a capital, past the head of a title, is a name. */
const NAMED = 0.7;

/**
 * Roots that titles write as names of places: « Saint », « Quentin », « Lys » say where, never what is done.
 * out    those of a commune's or a territory's name only: « Plantons », « Révolution » are capitals that mean something
 */
function properNames(titles: readonly (readonly { readonly root: string; readonly text: string }[])[]): Set<string> {
	const places = new Set([...placeNames()].flatMap((name) => name.split(' ')));
	const counts = new Map<string, { capitals: number; all: number; place: boolean }>();
	for (const words of titles) {
		// In a title all in capitals, a capital says nothing.
		if (!words.some(({ text }) => /\p{Ll}{3}/u.test(text))) continue;
		for (const { root, text } of words.slice(1)) {
			const own = counts.get(root) ?? { capitals: 0, all: 0, place: false };
			own.all++;
			if (/^\p{Lu}\p{Ll}/u.test(text)) own.capitals++;
			own.place ||= places.has(plain(text));
			counts.set(root, own);
		}
	}
	return new Set([...counts].filter(([, c]) => c.place && c.capitals >= NAMED * c.all).map(([root]) => root));
}

/** The way a root is most often written, small letters. */
function spellings(words: readonly { readonly root: string; readonly text: string }[]): ReadonlyMap<string, string> {
	const counts = new Map<string, Map<string, number>>();
	for (const { root, text } of words) {
		const own = counts.get(root) ?? new Map<string, number>();
		counts.set(root, own);
		const small = text.toLocaleLowerCase('fr');
		own.set(small, (own.get(small) ?? 0) + 1);
	}
	return new Map(
		[...counts].map(([root, own]) => [
			root,
			[...own].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([word]) => word)[0]!
		])
	);
}

/** Words as ranks, once for all codes: thirty regressions read the same titles. */
function ranked(words: readonly (readonly string[])[]) {
	const vocabulary = [START, ...new Set(words.flat())];
	const rank = new Map(vocabulary.map((word, i) => [word, i]));
	return { vocabulary, titles: words.map((title) => Int32Array.from([START, ...title], (word) => rank.get(word)!)) };
}

/** in     titles where the code is only « possible » teach nothing of it */
function learn(labels: readonly Labels[], { vocabulary, titles }: ReturnType<typeof ranked>, code: string) {
	const pulls = new Float64Array(vocabulary.length);
	const seen = new Float64Array(vocabulary.length);
	const weights = new Float64Array(vocabulary.length);
	const sure = labels.map((one) => one.sure.includes(code));
	const taught = labels.map((one, i) => sure[i]! || !one.possible.includes(code));
	for (let round = 0; round < ROUNDS; round++)
		for (let step = 0; step < labels.length; step++) {
			const at = (step * STRIDE + round * 31) % labels.length;
			if (!taught[at]) continue;
			const own = titles[at]!;
			let sum = 0;
			for (const word of own) sum += weights[word]!;
			const gap = 1 / (1 + Math.exp(-sum)) - Number(sure[at]);
			for (const word of own) {
				const before = seen[word]!;
				const after = before + gap * gap;
				const pull = pulls[word]! + gap - ((Math.sqrt(after) - Math.sqrt(before)) / RATE) * weights[word]!;
				const held = word === 0 ? 0 : SPARSE;
				pulls[word] = pull;
				seen[word] = after;
				weights[word] = Math.abs(pull) <= held ? 0 : (-(pull - Math.sign(pull) * held) * RATE) / (1 + Math.sqrt(after));
			}
		}
	const told = vocabulary
		.map((word, i): [string, number] => [word, tenth(weights[i]!)])
		.slice(1)
		.filter(([, w]) => Math.abs(w) >= LEAST)
		.sort(([a, w], [b, v]) => v - w || (a < b ? -1 : 1));
	return { start: tenth(weights[0]!), weights: told };
}

const START = '';
const tenth = (value: number): number => Math.round(value * 10) / 10;

/** As it stands in data/. */
export function written({ version, titres, seuil, seuil_plan, depart, poids }: LearntFile): string {
	const lines = [
		'# Ce que les titres étiquetés à la main (tests/classement) apprennent de chaque mot. Écrit par les essais : on le lit,',
		'# on ne le retouche pas ; pour corriger un classement, corriger data/lexique.yaml, qui passe devant.',
		'# Il ne parle que là où le lexique se tait : le code le plus vraisemblable est proposé à partir de « seuil » (de 0 à 1 ;',
		'# 1 : jamais), avec les mots du titre qui plaident pour lui. La transition s’apprend aussi des expressions du lexique, et',
		'# ne se propose que si aucun mot ne dit la ville, sauf pour une action d’un PCAET (« seuil_plan »). Une régression par code :',
		'# « depart » est le poids d’un titre sans mot connu, un poids positif plaide pour, un négatif contre ; « ^ » : en tête de',
		'# titre. Les lots dont aucune erreur n’est lue n’ont rien appris ici : ils servent à mesurer.',
		`version: '${version}'`,
		`titres: ${titres}`,
		`seuil: { T: ${seuil.T}, P: ${seuil.P}, N: ${seuil.N} }`,
		'seuil_plan:',
		...Object.entries(seuil_plan).map(([plan, { T }]) => `  ${plan}: { T: ${T} }`),
		`depart: { ${Object.entries(depart)
			.map(([code, weight]) => `${code}: ${weight}`)
			.join(', ')} }`,
		'poids:'
	];
	for (const [code, words] of Object.entries(poids)) {
		lines.push(`  ${code}:`);
		for (const [word, weight] of Object.entries(words)) lines.push(`    '${word.replaceAll("'", "''")}': ${weight}`);
	}
	return `${lines.join('\n')}\n`;
}
