import { date } from '../french';

/* A published list of grants, as a person names it: its file name is for walking back to it. */

/** A list that was loaded. */
export interface LoadedList {
	readonly fichier: string;
	/** Day it was loaded. */
	readonly importeLe: string;
}

/** « Fonds vert 2023 », « Fonds vert 2023 et 2024 » */
export const listTitle = (titre: string, annee: string | number | null): string =>
	[titre, annee].filter((part) => part !== null && part !== '').join(' ');

/** « Fonds vert 2023, liste importée le 27/11/2026 » */
export const listName = (titre: string, annee: string | number | null, importeLe: string): string =>
	`${listTitle(titre, annee)}, liste importée le ${date(importeLe)}`;
