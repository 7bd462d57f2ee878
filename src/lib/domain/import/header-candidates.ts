import type { Champ, PlanKind } from '../action';
import { FINANCEURS } from './header-financing';
import { lookOf, type Look } from './header-look';
import { ENOUGH, fieldDef, scoreHeader, type FieldScore } from './header-score';
import { vocabularyOf, wordsOf } from './header-words';
import { eitherWay } from '../numbered-names';
import type { PlansFile } from '../rules/referentiel';
import type { CellValue } from './sheet';
import { cellText } from './cell';
import { plain } from '../text';

/** « Subvention Région », over amounts. */
const MONEY_FIRST = /^(?:subventions?|financements?|cofinancements?|aides?|participations?) /;
/** « CDC Prêts », over amounts, unless it is a rate or what the rate applies to. */
const MONEY =
	/\b(?:subventions?|(?:co|auto)?financements?|prets?|emprunts?|concours|participations?|aides?|dotations?)\b/;
const NO_GRANT = /\b(?:taux|pourcentage|base|assiette|depenses?|couts?|reste|date|nombre|type|nature|annee)\b/;
/** « 1 », « 2.3 », « A12 »: a number of action, never its title. */
const NUMBERING = /^[A-Z]{0,2}[-. ]?\d[\d.\-]*$/i;
/** Whose SIREN it is, when it is not that of the porteur. */
const OTHER_BODY = /\b(?:attribuants?|attributaires?|financeurs?|epci|territoires?|collectivites?|signataires?)\b/;
/** Fields made of words: a column of codes, of figures or of « oui » is none of them. */
const WORDED: ReadonlySet<Champ> = new Set<Champ>([
	'titre',
	'sous_action',
	'description',
	'porteur',
	'porteur_type',
	'pilote',
	'elu',
	'instance',
	'partenaires',
	'publics',
	'statut',
	'dispositif',
	'objectif',
	'secteurs',
	'natures',
	'leviers_sgpe'
]);
const NEVER_YES_NO: ReadonlySet<Champ> = new Set<Champ>([
	'numero',
	'axe',
	'communes',
	'financements',
	'territoire',
	'etp',
	'cout_investissement',
	'date_debut',
	'date_fin'
]);
/** Who to write to: left out, whatever the rest of the header says. */
const CONTACT =
	/\b(?:contacts?|courriels?|e ?mails?|mails?|telephones?|prenoms?|civilite|fax|portable|mobile|adresse (?:mail|electronique|messagerie))\b/;
/** Amounts that somebody gives. */
const GIVEN = /^parts? |\bcontributions?\b/;
/** « code_departement »: a place, by its number. */
const CODED = /\b(?:code|identifiant|insee|numero|n|nom)\b/;
/** Figures long enough to be money: « 59 » and « 062 » number a département. */
const isPaid = ({ length, insee }: Look): boolean => length >= 3.5 && insee < 0.5;
/** What a number of things may tell. */
const COUNTED: ReadonlySet<Champ> = new Set<Champ>(['etp', 'indicateurs', 'atteinte_qpv', 'publics']);
/** Known by its amounts and the name of a payer: the row above may still say whether it is asked for or granted. */
export const BY_PAYER = 0.85;
/** Below that many cells nothing is said of a column. */
const FEW = 3;

/** Fields a header names, weighed by what its cells look like. */
export function candidatesOf(
	entete: string,
	cells: readonly CellValue[],
	plans: PlansFile,
	plan: PlanKind,
	look: Look = lookOf(cells)
): readonly FieldScore[] {
	const header = wordsOf(entete, vocabularyOf(plans)).plain;
	// A sum of what stands on its left, money or dwellings.
	if (/^(?:sous )?tota(?:l|ux)$/.test(header)) return [];
	// How to reach a person is no business of a plan.
	if (look.contacts >= 0.6 || CONTACT.test(header)) return [];
	const texts = cells.map(cellText).filter((text) => text !== '');
	const scores = scoreHeader(entete, plans, plan).map(({ champ, score }): FieldScore => {
		if (champ === 'financements' && look.amounts >= 0.5 && MONEY.test(header) && !NO_GRANT.test(header))
			return { champ, score: Math.max(score, MONEY_FIRST.test(header) ? 0.9 : BY_PAYER) };
		// « QPV (oui/non) » names no quartier: it says whether they are meant.
		if (champ === 'qpv' && texts.length > 0 && look.yesNo === 1) return { champ: 'atteinte_qpv', score };
		if (champ === 'titre' && texts.length > 0 && texts.every((text) => NUMBERING.test(text)))
			return { champ, score: score * 0.5 };
		if (champ === 'numero' && texts.length > 0 && texts.every((text) => text.length > 15 && /\s/.test(text)))
			return { champ, score: score * 0.5 };
		return { champ, score: score * likelihood(champ, score, header, look, plans, plan) };
	});
	const likely = byLook(header, scores, look, payersOf(plans)).filter((s) => s.score >= ENOUGH);
	return /^nombre\b/.test(header) ? likely.filter((s) => COUNTED.has(s.champ)) : likely;
}

/** 1 when the cells may well be what the header says, less when they look like something else. */
export function likelihood(
	champ: Champ,
	score: number,
	header: string,
	look: Look,
	plans: PlansFile,
	plan: PlanKind
): number {
	const genre = fieldDef(champ, plans, plan)?.genre;
	// « Région » is a financeur over amounts, a place over names.
	if (champ === 'financements' && score < 0.9 && !FINANCEURS.test(header) && look.amounts < 0.5) return 0.75;
	if (look.filled < FEW) return 1;
	if (WORDED.has(champ)) {
		// A share done is a status all the same.
		if (champ === 'statut' && (look.percents > 0.4 || /\b(?:avancement|taux|realisation)\b/.test(header))) return 1;
		const figures = Math.max(look.amounts, look.codes, look.yesNo, look.percents);
		if (look.words < 0.2 && figures >= 0.8) return 0.5;
	}
	if (NEVER_YES_NO.has(champ) && look.yesNo >= 0.8) return 0.5;
	if (champ === 'porteur_siren') return look.sirens >= 0.3 || look.words < 0.5 ? 1 : 0.3;
	if (champ === 'longitude' || champ === 'latitude') return look.amounts >= 0.5 ? 1 : 0.5;
	if (champ === 'annee' && look.dates === 0 && look.amounts < 0.5) return 0.75;
	if (score >= 1) return 1;
	if (genre === 'montant' && look.amounts < 0.15) return 0.75;
	return genre === 'date' && look.dates === 0 ? 0.75 : 1;
}

const payers = new WeakMap<PlansFile, RegExp>();

/** Names of those who usually pay, as whole words. */
function payersOf(plans: PlansFile): RegExp {
	const known = payers.get(plans) ?? new RegExp(` (?:${plans.payeurs.map(plain).join('|') || '(?!)'}) `);
	payers.set(plans, known);
	return known;
}

/** Codes speak for themselves, whatever the header says. */
function byLook(header: string, scores: readonly FieldScore[], look: Look, payers: RegExp): readonly FieldScore[] {
	if (look.filled === 0) return scores;
	const sure = (champ: Champ): boolean => scores.some((s) => s.champ === champ && s.score > 0.9);
	const only = (champ: Champ, score: number): readonly FieldScore[] => [
		{ champ, score },
		...scores.filter((s) => s.champ !== champ && s.score > 0.9)
	];
	if (look.quartiers >= 0.5 && !sure('qpv')) return only('qpv', 0.9);
	if (look.sirens >= 0.6 && !sure('territoire')) {
		if (OTHER_BODY.test(header)) return scores.filter((s) => s.champ !== 'porteur_siren' && s.champ !== 'numero');
		// Numbers of intercommunalities, under a header that names no beneficiary: where it happens.
		if (look.groupings >= 0.9 && !sure('porteur_siren')) return [{ champ: 'territoire', score: 0.85 }];
		return [{ champ: 'porteur_siren', score: 0.97 }];
	}
	if (look.geometries >= 0.5 && !sure('geometrie')) return only('geometrie', 0.9);
	if (look.amounts >= 0.8 && look.percents < 0.3 && !NO_GRANT.test(header) && scores.every((s) => s.score < 0.9))
		if (
			MONEY.test(header) ||
			(isPaid(look) &&
				(GIVEN.test(header) || (eitherWay(header, (said) => payers.test(` ${said} `)) && !CODED.test(header))))
		)
			return only('financements', BY_PAYER);
	if (look.links >= 0.6 && scores.every((s) => s.score < 0.8)) return only('source', 0.8);
	return scores;
}
