import type { QuartierFigure } from '../crossing/quartier-story';
import type { TerritoryFigure } from '../crossing/territory-story';
import type { Phrase } from '../phrase';

/* Where the figures of an opening sentence lead: to the list of what they count. */

/** A stretch of a sentence as a page draws it. */
export interface LinkedRun {
	readonly texte: string;
	readonly href?: string;
}

export const linkFigures = <V>(said: Phrase<V>, hrefOf: (figure: V) => string): LinkedRun[] =>
	said.map(({ texte, voir }) => (voir === undefined ? { texte } : { texte, href: hrefOf(voir) }));

/**
 * In the whole matrix, of the evening that is read.
 * in     `filtre`: the query of a page whose sentence counts what its filters leave, « ?plan=pcaet »
 */
export function territoryFigureHref(
	code: string,
	figure: TerritoryFigure,
	au: string | null = null,
	filtre: string | null = null
): string {
	const here = `/territoires/${code}${filtre ?? (au ? `?au=${au}` : '')}`;
	switch (figure.genre) {
		case 'croisements':
			return `${here}#${figure.groupe ? `groupe-${figure.groupe}` : 'matrice'}`;
		case 'plans':
			return `${here}#plans`;
		case 'regle':
			return `/referentiel#${figure.code}`;
	}
}

/** `ici`: address of the page of the quartier. */
export function quartierFigureHref(ici: string, figure: QuartierFigure): string {
	switch (figure.genre) {
		case 'croisements':
			return `${ici}?croisements=${figure.parmi}#croisements`;
		case 'enjeux':
			return `${ici}?enjeux=${figure.parmi}#atteinte`;
		case 'nommees':
			return `${ici}?case=${NAMED}#preuves`;
		case 'habitants':
			return `${ici}#portrait`;
	}
}

/** Name of the figure « actions that name the quartier » in the address. */
export const NAMED = 'nommees';
