import type { Referentiel } from '../rules/referentiel';

/* The words that a first screen cannot do without, as the glossary defines them. */

const WORDS = ['croisement', 'couverture', 'flecher', 'droit-commun', 'porteur'] as const;

/**
 * in     the glossary
 * out    in the order they are met; a word the glossary has lost is left out
 */
export const firstWords = ({ glossaire }: Pick<Referentiel, 'glossaire'>) =>
	WORDS.flatMap((id) => glossaire.termes.filter((t) => t.id === id)).map(({ id, terme, definition }) => ({
		...{ id, terme, definition }
	}));
