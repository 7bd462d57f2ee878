import type { EtatFinancement } from '../action';
import { rememberWith } from '../remember';
import type { PlansFile } from '../rules/referentiel';
import { anomaly, type Issue } from '../issue';
import { namesOf, quote } from './row-values';
import { isCancelled } from '../money-taken-back';
import { plain } from '../text';

/* Whether money is only thought of, asked for, granted or refused, from the words beside it. */

/** State that words name, the longest word first: « non obtenu » is not « obtenu ». */
export const stateIn = rememberWith((text: string, plans: PlansFile): EtatFinancement | null => {
	const words = ` ${singular(plain(text))} `;
	if (isCancelled(text)) return 'refuse';
	if (/ (?:refuse\w*|rejete\w*|non (?:obtenu\w*|retenu\w*|accorde\w*)) /.test(words)) return 'refuse';
	const found = plans.financements
		.flatMap((f) => namesOf(f).map((word) => ({ code: f.code, word: singular(word) })))
		.filter(({ word }) => words.includes(` ${word} `))
		.sort((a, b) => b.word.length - a.word.length)[0];
	return found?.code ?? null;
});

/** « 20 000 € obtenus », « aides notifiées »: an agreement says nothing more; on both sides, so that « acquis » stays itself. */
const singular = (words: string): string => words.replace(/(?<=\w{3})s\b/g, '');

/** Said of a financing that was taken back: nothing of it is counted, and nobody should believe it is. */
export const takenBack = (text: string): Issue =>
	anomaly(
		'valeur-suspecte',
		'a-verifier',
		`${quote(text)} est écrit comme annulé ou retiré\u00a0: rien n’en est compté.`,
		{
			found: text,
			expected: 'un financement qui tient',
			hint: 'Rien à faire s’il est bien annulé\u00a0; sinon, corrigez la cellule.'
		}
	);

export const withoutState = (text: string): string =>
	text
		.replace(/\([^)]*\)/g, ' ')
		.replace(
			/\b(?:demand|obten|accord|notifi|sollicit|envisag|refus|acquis|attribu|vot|annul|retir|d[ée]programm|abandonn|d[ée]sengag|caduc|caduq)\p{L}*/giu,
			' '
		)
		.replace(/(?<!\p{L})pr[ée]vue?s?(?!\p{L})/giu, ' ')
		.trim();
