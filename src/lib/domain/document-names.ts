import type { RowOrigin } from './action';

/* What a document is called in a proof: people know « le PCAET », not the file it came in. */

type Named = { readonly id: number; readonly titre: string; readonly fichier?: string };

/** « CA Valenciennes Métropole » → « de Valenciennes Métropole », « CA du Saint-Quentinois » → « du Saint-Quentinois » */
function ofTerritory(nom: string): string {
	const bare = nom.replace(/^(?:CA|CC|CU|EPT) (?=\p{L})/u, '');
	if (/^(?:de |du |des |d’)/.test(bare)) return bare;
	if (/^(?:métropole|communauté) /i.test(bare)) return `de la ${bare}`;
	if (/^(?:pays|syndicat|pôle) /i.test(bare)) return `du ${bare}`;
	return /^[aeiouyàâéèêëîïôöùûühœ]/i.test(bare) ? `d’${bare}` : `de ${bare}`;
}

/** « Contrat de ville · CA de Lens - Liévin · 2019 » → « Contrat de ville 2019 de Lens - Liévin »; any other title as it is. */
export function readable(titre: string): string {
	const [plan, territoire, periode, ...more] = titre.split(' · ');
	return territoire === undefined || more.length
		? titre
		: [plan, periode, ofTerritory(territoire)].filter(Boolean).join(' ');
}

/** Name of each document by id; two that read the same are told apart by their file. */
export function documentNames(documents: readonly Named[]): ReadonlyMap<number, string> {
	const names = documents.map((d) => readable(d.titre));
	const same = (name: string) => names.filter((n) => n === name).length > 1;
	return new Map(
		documents.map(({ id, fichier }, i) => [id, same(names[i]!) && fichier ? `${names[i]} (${fichier})` : names[i]!])
	);
}

/** « PCAET de Valenciennes Métropole : Programme_V2.json ; … »: the file behind each name. */
export const documentFiles = (documents: readonly Named[], names = documentNames(documents)): string =>
	documents.flatMap(({ id, fichier }) => (fichier ? `${names.get(id)}\u00a0: ${fichier}` : [])).join('\u202f; ');

/** « plan.xlsx, Feuille 1 »; the only sheet of a text bears the name of its file, said once. */
export const fileWords = ({ fichier, feuille }: Pick<RowOrigin, 'fichier' | 'feuille'>): string =>
	[fichier, feuille && fichier.startsWith(`${feuille}.`) ? null : feuille].filter(Boolean).join(', ');

type Placed = { readonly document: number; readonly origine: RowOrigin };

/** « PCAET de Valenciennes Métropole, ligne 17 »; without a row, whoever typed it. */
export function placeInDocument({ document, origine }: Placed, names: ReadonlyMap<number, string>): string {
	const { fichier, ligne } = origine;
	return ligne === null ? fichier : `${names.get(document) ?? fichier}, ligne\u00a0${ligne}`;
}
