import { FINE, INSECABLE } from '../domain/french';

/* What is sent in one go weighs more than the server takes: nothing of it is read, and a sentence says what to do. */

/** in     the error of a request, and the HTTP status it is answered with */
export const isTooHeavy = (error: unknown, status: number): boolean =>
	status === 413 || (error as { status?: unknown } | null)?.status === 413;

const UNITS: Readonly<Record<string, string>> = { K: 'ko', M: 'Mo', G: 'Go' };

/** « 64 Mo », as the server was started with; null when it says no limit. */
function limit(said: string | undefined): string | null {
	const [, figure, unit = ''] = /^(\d+)([KMG]?)$/i.exec(said?.trim() ?? '') ?? [];
	return figure ? `${figure}${INSECABLE}${UNITS[unit.toUpperCase()] ?? 'octets'}` : null;
}

/** in     `said`: variable BODY_SIZE_LIMIT of the process */
export function tooHeavy(said: string | undefined = process.env.BODY_SIZE_LIMIT): string {
	const most = limit(said);
	return `Ensemble, ces fichiers dépassent ce que ce serveur accepte d’un coup${most ? ` (${most})` : ''}${FINE}; rien n’en a été lu. Apportez-les en plusieurs fois. La limite se relève au démarrage, par la variable BODY_SIZE_LIMIT.`;
}
