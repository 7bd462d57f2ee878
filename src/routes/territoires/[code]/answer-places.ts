import type { AnswerPlace } from '$lib/domain/rules/referentiel';

/** The page of a territory where a gap is answered, and how its link reads. */
export function answerPlace(territoire: string, ou: AnswerPlace): { readonly href: string; readonly nom: string } {
	const root = `/territoires/${territoire}`;
	const places: Readonly<Record<AnswerPlace, readonly [href: string, nom: string]>> = {
		imports: ['/imports', 'Importer ou réimporter un document'],
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
