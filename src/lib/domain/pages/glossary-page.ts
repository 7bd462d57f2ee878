import type { GlossaryTerm } from '../rules/glossary';

const FAMILLES = {
	outil: 'Les mots de l’outil',
	'politique-ville': 'La politique de la ville',
	plans: 'Les plans',
	transition: 'La transition',
	financements: 'L’argent',
	territoires: 'Les territoires'
} as const satisfies Record<GlossaryTerm['famille'], string>;

/** Terms by family, in the order of the alphabet. */
export function glossaryFamilies(termes: readonly GlossaryTerm[]) {
	return (Object.keys(FAMILLES) as GlossaryTerm['famille'][]).map((famille) => ({
		famille,
		titre: FAMILLES[famille],
		termes: termes.filter((t) => t.famille === famille).sort((a, b) => a.terme.localeCompare(b.terme, 'fr'))
	}));
}
