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

/** Always in the whole matrix, of the evening that is read: what is filtered on the page is not in its sentence. */
export function territoryFigureHref(code: string, figure: TerritoryFigure, au: string | null = null): string {
	const here = `/territoires/${code}${au ? `?au=${au}` : ''}`;
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
