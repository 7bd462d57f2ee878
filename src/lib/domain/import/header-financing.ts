import { cellText, oneLine } from './cell';
import { amountSpans } from './financing-spans';
import { bareHeader } from './header-words';
import { basisIn, parseMoney } from '../money';
import type { PlansFile } from '../rules/referentiel';
import type { CellValue, MappedColumn } from './sheet';
import { plain } from '../text';

/* Financing columns: whose money a header names, and whether it is asked for or granted. */

export type Role = NonNullable<MappedColumn['role']>;
/** Participles → what they say of an amount. */
export type States = ReadonlyMap<string, 'demande' | 'obtenu'>;

/** Words of a financing header that name nobody. */
const GENERIC = new Set(
	(
		'subvention subventions montant montants financement financements cofinancement cofinancements aide aides part ' +
		'parts participation participations concours contribution contributions total totaux ' +
		'sub subv ht ttc euros euro eur € k€ m€ financeur financeurs cofinanceur cofinanceurs source sources ' +
		'partenaires financiers credit'
	).split(' ')
);
/** Small words: nothing at either end of a name, part of it inside (« Agence de l’eau »). */
const SMALL = new Set('de du des d la le les l en a au aux par pour un une et'.split(' '));
export const FINANCEURS = /^(?:co ?)?financeurs?\b|^partenaires financiers|^sources? de financement/;
/** « Base 1 », « HT/TTC »: of the amounts beside it. */
const BASE =
	/^(?:base(?: (?:de |du )?(?:montant|financement|subvention)s?)?|ht (?:ou )?ttc|base ht (?:ou )?ttc)(?: \d{1,2})?$/;
const NOT_MONEY =
	/\b(?:dates?|nombre|nb|annees?|exercices?|periodes?|statut|etat d avancement|avis|numero|n|code|id|siret|siren|taux|pourcentage|commentaires?|actions?|points?|notes?|places?)\b/;

/** Agreement left aside: « sollicitée », « sollicités » → « sollicit ». */
const root = (word: string): string => word.replace(/(?:e|es|s)$/, '').replace(/e$/, '');

/** Participles that say « asked for » or « granted », from data/plans.yaml. */
export function stateWords(plans: PlansFile): States {
	const words = new Map<string, 'demande' | 'obtenu'>();
	for (const { code, libelle, synonymes } of plans.financements) {
		if (code !== 'demande' && code !== 'obtenu') continue;
		for (const text of [libelle, ...synonymes]) {
			const word = plain(text);
			if (/^[a-z]+(?:e|ee|u|ue|us|is|ise)$/.test(word)) words.set(root(word), code);
		}
	}
	return words;
}

function stateOf(header: string, states: States): 'demande' | 'obtenu' | null {
	const found = plain(bareHeader(header))
		.split(' ')
		.flatMap((word) => (/(?:e|ee|es|ees|u|ue|us|ues|is|ise)$/.test(word) ? (states.get(root(word)) ?? []) : []));
	return found.at(-1) ?? null;
}

/**
 * Whose money the header names, as it writes it; null when it names nobody.
 * out    « Subvention Région sollicitée » → « Région »; « Part de l’Agence de l’eau (€) » → « Agence de l’eau »
 */
export function financeurIn(header: string, states: States): string | null {
	const text = oneLine(header)
		.replace(/\([^)]*(?:€|euros?|\bht\b|\bttc\b)[^)]*\)/gi, ' ')
		.replace(/\bplan (?:de )?(?:co)?financement\b/gi, ' ')
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
		.replace(/[_*]/g, ' ');
	const words = text.match(/(?<!\p{L})[dl]['’](?=\p{L})|\S+/giu) ?? [];
	const says = words.map((word) => sortOf(word, states));
	const [first, last] = [says.indexOf('nom'), says.lastIndexOf('nom')];
	const kept = words
		.filter((_, at) => at >= first && at <= last && staysIn(says, at))
		.map((word) => (/^[dl]['’]$/i.test(word) ? word : `${word} `))
		.join('')
		.replace(/^[\s\-–:,]+|[\s\-–:,]+$/g, '');
	if (first < 0 || kept === '') return null;
	return /^autres?$|^divers$/i.test(kept) ? oneLine(header) : kept;
}

type Sort = 'nom' | 'petit' | 'terme' | 'état';

function sortOf(word: string, states: States): Sort {
	const folded = plain(word);
	if (folded === '' || SMALL.has(folded)) return 'petit';
	if (GENERIC.has(folded)) return 'terme';
	return /^\d$/.test(folded) || states.has(root(folded)) ? 'état' : 'nom';
}

/** Between two words of a name: « Fonds de concours CA » is one, « Région subvention demandée 2026 » says « subvention demandée » beside. */
function staysIn(says: readonly Sort[], at: number): boolean {
	if (says[at] === 'nom') return true;
	if (says[at] === 'état') return false;
	const before = says.slice(0, at).findLastIndex((s) => s !== 'petit');
	if (says[at] === 'terme') return before < at - 1 && says[before] === 'nom';
	return staysIn(says, before);
}

const filled = (samples: readonly CellValue[]): CellValue[] => samples.filter((cell) => cellText(cell) !== '');

/** Share of the filled cells that are amounts; null when none is filled. */
export function amountShare(samples: readonly CellValue[]): number | null {
	const cells = filled(samples);
	if (cells.length === 0) return null;
	const amounts = cells.filter((cell) => parseMoney(cell, 'inconnu').value !== null);
	return amounts.length / cells.length;
}

/**
 * Share of the filled cells that hold an amount and nothing else: « ANRU : 2 M€ » names someone and is a sentence, « 12 000 €
 * (accordé) » says where the money stands and names nobody.
 */
function bareShare(samples: readonly CellValue[], states: States): number | null {
	const cells = filled(samples);
	if (cells.length === 0) return null;
	const isBare = (text: string): boolean =>
		amountSpans(text).length < 2 &&
		plain(text)
			.split(' ')
			.every((word) => UNITS_ONLY.test(word) || states.has(root(word)));
	const bare = cells.filter(
		(cell) => typeof cell === 'number' || (parseMoney(cell, 'inconnu').value !== null && isBare(cellText(cell)))
	);
	return bare.length / cells.length;
}

const UNITS_ONLY = /^(?:\d+|k|m|ke|me|meur|keur|eur|euros?|ht|ttc|h|t|c|millions?|milliers?|d|environ| )*$/;

/**
 * Whether a header that is no synonym of anything speaks of money all the same: « P147 demandé », « ANRU obtenu ».
 * out    false when its cells are filled with something else than amounts
 */
export function saysFinancing(header: string, samples: readonly CellValue[], states: States): boolean {
	if (stateOf(header, states) === null || NOT_MONEY.test(plain(header))) return false;
	return (amountShare(samples) ?? 1) >= 0.5;
}

/**
 * What a financing column says.
 * in     `granted`: the table lists grants, so a bare « subvention » is money obtained
 * out    role null: free text, to be read as sentences
 */
export function financingRole(
	header: string,
	samples: readonly CellValue[],
	states: States,
	granted: boolean
): Role | null {
	const words = plain(bareHeader(header));
	if (isBaseColumn(header, samples)) return 'base';
	const state = stateOf(header, states);
	if (state !== null) return state;
	const share = bareShare(samples, states);
	if (FINANCEURS.test(words)) return (share ?? 0) >= 0.8 ? 'montant' : 'financeur';
	if (granted && /^(?:montant (?:de la )?)?(?:subventions?|aides?)(?: accordees?)?$/.test(words)) return 'obtenu';
	if (share === null) return /^(?:(?:plan de |co)?financements?)\b/.test(words) ? null : 'montant';
	return share >= 0.5 ? 'montant' : null;
}

/** Its header says so, and its cells hold nothing else. */
export const isBaseColumn = (header: string, samples: readonly CellValue[]): boolean =>
	BASE.test(plain(header)) && filled(samples).every((cell) => basisIn(cellText(cell)) !== null);

/** « Montant € HT » right after « Financeur 1 ». */
export const isPairedAmount = (header: string): boolean =>
	/^(?:montants?|subventions?|aides?|participations?)\b/.test(plain(bareHeader(header)));

/**
 * Columns of a list of grants (« attribuant, bénéficiaire, objet, montant ») that mean something else than in a plan.
 * out    who gives, what was given, and columns to leave; null when the table is no such list
 */
export function grantColumns(
	named: readonly { readonly index: number; readonly words: string }[]
): { readonly montant: number; readonly attribuant: number | null; readonly laisser: readonly number[] } | null {
	const montant = named.find((h) =>
		/^montants?(?: (?:total|attribue|verse|vote))?(?: de la subvention)?$/.test(h.words)
	);
	const others = named.filter((h) => h !== montant);
	const body = others.some((h) => /\b(?:attribuants?|beneficiaires?|siren|siret|associations?)\b/.test(h.words));
	const grant =
		body &&
		others.some((h) => /\b(?:attribuants?|convention|subventions?|attribution|versement|objet)\b/.test(h.words));
	const cost = others.some((h) => /\b(?:cout|couts|budget|depenses?)\b/.test(h.words));
	if (!montant || !grant || cost) return null;
	const attribuant = named.find(
		(h) =>
			/^(?:nom )?(?:de (?:la |l )?)?(?:\w+ )?(?:attribuant|attributaire)$/.test(h.words) &&
			!/^(?:id|siret|siren)\b/.test(h.words)
	);
	return {
		montant: montant.index,
		attribuant: attribuant?.index ?? null,
		// « aide en numéraire » is the nature of the grant, not of the action.
		laisser: named.filter((h) => h.words === 'nature').map((h) => h.index)
	};
}
