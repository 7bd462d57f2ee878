import type { EtatFinancement } from '../action';
import { rememberWith } from '../remember';
import type { PlansFile } from '../rules/referentiel';
import { namesOf } from './row-values';
import { plain } from '../text';

/* Whether money is only thought of, asked for, granted or refused, from the words beside it. */

/** State that words name, the longest word first: « non obtenu » is not « obtenu ». */
export const stateIn = rememberWith((text: string, plans: PlansFile): EtatFinancement | null => {
	const words = ` ${plain(text)} `;
	if (/ (?:refuse\w*|rejete\w*|non (?:obtenu\w*|retenu\w*|accorde\w*)) /.test(words)) return 'refuse';
	const found = plans.financements
		.flatMap((f) => namesOf(f).map((word) => ({ code: f.code, word })))
		.filter(({ word }) => words.includes(` ${word} `))
		.sort((a, b) => b.word.length - a.word.length)[0];
	return found?.code ?? null;
});

export const withoutState = (text: string): string =>
	text
		.replace(/\([^)]*\)/g, ' ')
		.replace(/\b(?:demand|obten|accord|notifi|sollicit|envisag|refus|acquis|attribu|vot)\p{L}*/giu, ' ')
		.trim();
