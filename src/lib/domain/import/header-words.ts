import { oneLine } from './cell';
import type { PlansFile } from '../rules/referentiel';
import { plain } from '../text';
import { stem } from '../stem';

/* The words of a header, whatever its writing: « 3 - Coût prév. (€ HT) * », « coutPrevisionnelHt », « INSEECOM », « COUT_PREVI ». */

const EMPTY_WORDS = new Set(
	(
		'de du des d la le les l a au aux en et ou par pour sur un une son sa ses ce ht ttc hors taxes taxe euro euros eur ke me k milliers millions ' +
		'quel quels quelle quelles avec dans est il elle on que dont y'
	).split(' ')
);
/** « Nom de l’axe », « lib_axe »: the axis. */
const NAMING = new Set('nom libelle intitule designation denomination raison sociale long court'.split(' '));
/** Words that say which one, or of what: a plan speaks of little else. */
const BESIDE = new Set(
	(
		'action actions projet projets operation operations fiche fiches mesure mesures dossier dossiers principal ' +
		'principale autre autres final finale concerne concernes concernee concernees vise vises prevu prevue prevus ' +
		'prevues estime estimee global globale general generale associe associes eventuel eventuels souhaite souhaitee ' +
		'actuel actuelle strategique strategiques operationnel operationnels previsionnel previsionnelle demande ' +
		'mobilisable mobilisables mobilise mobilises mobilisees identifie identifies identifiee identifiees potentiel potentiels ' +
		'possible possibles envisage envisages pressenti pressentis detaille detaillee contrat plan pcaet plh pat pdm crte npnru'
	).split(' ')
);
/** « 1 - », « 2. », « 3) », « 4/ » before the words; « 2024 : » is a year, not a rank. */
const RANK = /^\s*\(?\d{1,2}(?:\.\d{1,2})*\s*(?:[-–—.):/]+\s*|°\s+)(?=\p{L}{2})/u;
/** « Montant.1 », « Montant_2 », « Commentaire2 »: what tells a column from its namesake. */
const NAMESAKE = /(\p{L}{4,})[._ ]?\d{1,2}$/u;
/** Shapefiles cut their names there. */
const SHORTEST_CUT = 10;
/** A run of letters shorter or longer than this is one word, or no header. */
const SHORTEST_RUN = 6;
const LONGEST_RUN = 40;

export interface Words {
	readonly plain: string;
	/** Words that mean something, singular and plural alike. */
	readonly stems: readonly string[];
	/** Words that mean something, as written once folded. */
	readonly whole: readonly string[];
	/** Roots without the words that only name or qualify; [] when nothing else is left. */
	readonly core: readonly string[];
	/** Cut at ten letters: its last word is only the beginning of one. */
	readonly cut: boolean;
}

/** What a folded word stands for, and the words that may be run together. */
export interface Vocabulary {
	readonly short: ReadonlyMap<string, string>;
	readonly words: ReadonlySet<string>;
}

/** Header as it is compared: one line, « montantAccorde » in two words, no rank, no bracketed hint, no « ·e », no mark of an obligatory column. */
export function bareHeader(header: string): string {
	const text = oneLine(header)
		.replace(/[·•]\p{L}{1,3}/gu, '')
		.replace(RANK, '')
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
		.replace(NAMESAKE, '$1');
	const bare = text
		.replace(/\([^)]*\)/g, ' ')
		.replace(/[*:]/g, ' ')
		.trim();
	return plain(bare) === '' ? text : bare;
}

const vocabularies = new WeakMap<PlansFile, Vocabulary>();

export function vocabularyOf(plans: PlansFile): Vocabulary {
	const known = vocabularies.get(plans);
	if (known) return known;
	const texts = [
		...plans.champs.flatMap((def) => [def.libelle, ...def.synonymes, ...def.pas]),
		...plans.types.flatMap((type) => Object.values(type.synonymes).flat()),
		...Object.values(plans.abreviations)
	];
	const short = new Map(Object.entries(plans.abreviations).map(([from, to]) => [plain(from), plain(to)]));
	const words = new Set(texts.flatMap((text) => plain(bareHeader(text)).split(' ')).filter((word) => word.length >= 3));
	const vocabulary = { short, words };
	vocabularies.set(plans, vocabulary);
	return vocabulary;
}

/** Words of a header or of a synonym, its short words and those run together spelt out. */
export function wordsOf(text: string, vocabulary: Vocabulary): Words {
	const spelt = spellOut(plain(bareHeader(text)), vocabulary);
	const whole = spelt.split(' ').filter((word) => word !== '' && !EMPTY_WORDS.has(word) && !/^\d{1,4}$/.test(word));
	const cut = /^[A-Za-z][A-Za-z0-9_]{9}$/.test(text.trim());
	const core = whole.filter((word) => !NAMING.has(word) && !BESIDE.has(word)).map(stem);
	return { plain: spelt, stems: whole.map(stem), whole, core, cut };
}

function spellOut(folded: string, vocabulary: Vocabulary): string {
	return folded
		.split(' ')
		.map((word) => vocabulary.short.get(word) ?? runApart(word, vocabulary))
		.join(' ');
}

/** « nomattribuant » → « nom attribuant »; a word that is not made of known words whole stays as it is. */
function runApart(word: string, { words, short }: Vocabulary): string {
	if (word.length < SHORTEST_RUN || word.length > LONGEST_RUN || words.has(word)) return word;
	const failed = new Set<number>();
	// Longest words first, from the left.
	const from = (at: number): string[] | null => {
		if (at === word.length) return [];
		if (failed.has(at)) return null;
		for (let end = word.length; end >= at + 2; end--) {
			const piece = word.slice(at, end);
			if (!words.has(piece) && !short.has(piece)) continue;
			const rest = from(end);
			if (rest) return [short.get(piece) ?? piece, ...rest];
		}
		failed.add(at);
		return null;
	};
	return from(0)?.join(' ') ?? word;
}

/** « Nom », « Libellé »: at the head of a longer header they say nothing of what is named. */
export const isNaming = ({ whole }: Words): boolean => whole.length === 1 && NAMING.has(whole[0]!);

/** « Intitulé de la demande », « libelle_projet »: a name, of nothing but the action itself. */
export const isBareName = ({ core, whole }: Words): boolean => core.length === 0 && NAMING.has(whole[0] ?? '');

/** Whether the words of a cut header are the beginnings of those of a synonym: « MAITRE_OUV », « maître d’ouvrage ». */
export function isCutOf(header: Words, synonym: Words): boolean {
	const [a, b] = [header.whole, synonym.whole];
	if (!header.cut || a.length !== b.length || a.join('').length < SHORTEST_CUT - 3) return false;
	return a.every((word, i) => {
		const other = b[i]!;
		if (i < a.length - 1) return word === other;
		return word.length >= 2 && other.startsWith(word) && (a.length > 1 || word.length >= 8);
	});
}
