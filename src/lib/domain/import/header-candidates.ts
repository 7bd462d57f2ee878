import type { PlanKind } from '../action';
import { cellText } from './cell';
import { amountShare, FINANCEURS } from './header-financing';
import { ENOUGH, fieldDef, scoreHeader, type FieldScore } from './header-score';
import { periodsIn } from './periods';
import type { PlansFile } from '../rules/referentiel';
import type { CellValue } from './sheet';
import { plain } from '../text';

const QPV_CODE = /\bQ[NP][0-9A-Z]{6}\b/i;
/** « Subvention Région », over amounts. */
const MONEY_FIRST = /^(?:subventions?|financements?|cofinancements?|aides?|participations?) /;
/** « 1 », « 2.3 », « A12 »: a number of action, never its title. */
const NUMBERING = /^[A-Z]{0,2}[-. ]?\d[\d.\-]*$/i;

/** Fields a header names, weighed by what its cells look like. */
export function candidatesOf(
	entete: string,
	cells: readonly CellValue[],
	plans: PlansFile,
	plan: PlanKind
): readonly FieldScore[] {
	// A sum of what stands on its left, money or dwellings.
	if (/^(?:sous )?tota(?:l|ux)$/.test(plain(entete))) return [];
	const texts = cells.map(cellText).filter((text) => text !== '');
	const scores = scoreHeader(entete, plans, plan).map(({ champ, score }) => {
		const genre = fieldDef(champ, plans, plan)?.genre;
		// « Région » is a financeur over amounts, a place over names.
		const place =
			champ === 'financements' && score < 0.9 && !FINANCEURS.test(plain(entete)) && (amountShare(cells) ?? 0) < 0.5;
		const unlikely =
			texts.length >= 3 &&
			((genre === 'montant' && (amountShare(cells) ?? 1) < 0.15) ||
				(genre === 'date' &&
					!texts.some((text) => /^\d{4,5}([.,]\d+)?$/.test(text) || periodsIn(text).periods.length > 0)));
		if (champ === 'financements' && MONEY_FIRST.test(plain(entete)) && (amountShare(cells) ?? 0) >= 0.5)
			return { champ, score: Math.max(score, 0.9) };
		// « QPV (oui/non) » names no quartier: it says whether they are meant.
		if (champ === 'qpv' && texts.length > 0 && texts.every((text) => /^(?:oui|non|o|n|x)$/i.test(text)))
			return { champ: 'atteinte_qpv' as const, score };
		if (champ === 'titre' && texts.length > 0 && texts.every((text) => NUMBERING.test(text)))
			return { champ, score: score * 0.5 };
		if (champ === 'numero' && texts.length > 0 && texts.every((text) => text.length > 15))
			return { champ, score: score * 0.5 };
		return { champ, score: place || (unlikely && score < 1) ? score * 0.75 : score };
	});
	// Codes of quartiers speak for themselves, whatever the header says.
	const codes = texts.filter((text) => QPV_CODE.test(text)).length;
	if (codes > 0 && codes >= texts.length / 2 && !scores.some((s) => s.champ === 'qpv' && s.score > 0.9))
		return [{ champ: 'qpv', score: 0.9 }, ...scores.filter((s) => s.champ !== 'qpv' && s.score > 0.9)];
	return scores.filter((s) => s.score >= ENOUGH);
}
