import { oneLine } from './cell';
import { quoted } from '../french';
import type { Refusal } from '../issue';
import { isYear } from './periods';

/* The years of a plan, as a person gives them with its file. */

const YEARS = /^(\d{4})(?:\s*(?:[-–—/]|à|au)\s*(\d{4}))?$/i;

/** Why a period cannot be that of a plan; null when it can, or when none is given. */
export function refusePeriod(text: string | null | undefined): Refusal | null {
	const written = oneLine(text ?? '');
	if (written === '') return null;
	const [, from, to = from] = YEARS.exec(written) ?? [];
	const refuse = (why: string): Refusal => ({
		refus: `La période ${quoted(written)} ${why}.`,
		conseil: 'Écrivez l’année de début puis l’année de fin, par exemple «\u00a02024-2030\u00a0», ou une seule année.',
		champ: 'periode'
	});
	if (!isYear(Number(from)) || !isYear(Number(to))) return refuse('n’est pas comprise');
	return Number(from) > Number(to) ? refuse(`finit en ${to}, avant de commencer en ${from}`) : null;
}
