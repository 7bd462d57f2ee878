import type { AnswerPlace } from '$lib/domain/rules/referentiel';

/**
 * The form that reads a plan of a territory, already filled with it.
 * in     `plan`: its kind, when one is asked for
 */
export const importHref = (territoire: string, plan: string | null = null): string =>
	`/imports?territoire=${territoire}${plan ? `&plan=${plan}` : ''}#plans`;

/**
 * The page of a territory where a gap is answered, and how its link reads.
 * in     `plan`: the kind of plan the gap asks to bring, when it asks for one
 */
export function answerPlace(
	territoire: string,
	ou: AnswerPlace,
	plan: string | null = null
): { readonly href: string; readonly nom: string } {
	const root = `/territoires/${territoire}`;
	const places: Readonly<Record<AnswerPlace, readonly [href: string, nom: string]>> = {
		imports: [importHref(territoire, plan), 'Importer ou réimporter un document'],
		lieux: [`${root}/lieux`, 'Rattacher les lieux nommés'],
		financement: [`${root}/financement`, 'Ouvrir les financements à demander'],
		argent: ['/region/argent', 'Ouvrir « L’argent obtenu »'],
		recoupements: [`${root}/recoupements`, 'Comparer et décider'],
		dates: [`${root}/regles#dates`, 'Renseigner les dates des documents'],
		ecoles: [`${root}/regles#ecoles`, 'Renseigner les cours d’école'],
		actions: [`${root}/actions`, 'Écrire sur les actions'],
		referents: [`${root}/referents`, 'Nommer les référents']
	};
	const [href, nom] = places[ou];
	return { href, nom };
}
