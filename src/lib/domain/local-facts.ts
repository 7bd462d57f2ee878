import { z } from 'zod';
import type { Decision } from './action';
import { IsoDate } from './source';
import { plain } from './text';

/* Facts no plan file tells, entered by a person of the territory: dates of documents, school yards. Signed, and taken back at will. */

/** Dates of a document; a blank one is not known. */
export const PlanDates = z.object({
	adoption: IsoDate.nullable().default(null),
	/** Mid-term report, when the document sets one. */
	bilan: IsoDate.nullable().default(null),
	fin: IsoDate.nullable().default(null)
});
export type PlanDates = z.infer<typeof PlanDates>;

export const YARD_STATES = ['vegetalisee', 'projet', 'sans-projet', 'inconnu'] as const;

export const SchoolYard = z.object({
	nom: z.string().min(1),
	cour: z.enum(YARD_STATES),
	/** Year the works are planned for; null when nobody says. */
	annee: z.number().int().nullable().default(null),
	/** Where it was read: « ecoles.csv, ligne 4 », or who typed it. */
	source: z.string()
});
export type SchoolYard = z.infer<typeof SchoolYard>;

/** A line of a list of schools whose quartier is not settled: kept, and asked about. */
export const UnplacedSchool = SchoolYard.extend({
	/** What its cell says. */
	dit: z.string(),
	/** Codes it may mean; [] when it may be any. */
	proches: z.array(z.string())
});
export type UnplacedSchool = z.infer<typeof UnplacedSchool>;

/** A school is its quartier and its name. */
export const schoolKey = (quartier: string, nom: string): string => `${quartier}:${nom}`;

/** Dates given to each document, by its id; the last word wins. */
export function datesOfDocuments(decisions: readonly Decision[]): ReadonlyMap<number, PlanDates> {
	return new Map(
		ofGenre(decisions, 'document').flatMap(({ sujet, valeur }): [number, PlanDates][] => {
			const read = PlanDates.safeParse(valeur);
			return read.success ? [[Number(sujet.id), read.data]] : [];
		})
	);
}

/** The same documents, with the dates a person gave them. */
export function datedDocuments<D extends { readonly id: number }>(
	documents: readonly D[],
	decisions: readonly Decision[]
): readonly (D & { readonly echeances?: PlanDates })[] {
	const dates = datesOfDocuments(decisions);
	return documents.map((d) => (dates.has(d.id) ? { ...d, echeances: dates.get(d.id)! } : d));
}

/** School yards of each quartier, by name. */
export function schoolYards(decisions: readonly Decision[]): ReadonlyMap<string, readonly SchoolYard[]> {
	const yards = new Map<string, Map<string, SchoolYard>>();
	for (const { sujet, quartier, valeur } of ofGenre(decisions, 'ecole')) {
		const read = SchoolYard.safeParse(valeur);
		if (quartier === null || !read.success) continue;
		yards.set(quartier, (yards.get(quartier) ?? new Map<string, SchoolYard>()).set(sujet.id, read.data));
	}
	return new Map(
		[...yards].map(([quartier, own]) => [quartier, [...own.values()].sort((a, b) => a.nom.localeCompare(b.nom, 'fr'))])
	);
}

/** Lines of the last list that no quartier is known for yet; one entered or imported since under its name settles it. */
export function unplacedSchools(decisions: readonly Decision[]): readonly UnplacedSchool[] {
	const open = new Map<string, UnplacedSchool>();
	for (const { quartier, valeur } of ofGenre(decisions, 'ecole')) {
		const nom = plain(SchoolYard.safeParse(valeur).data?.nom ?? '');
		const read = UnplacedSchool.safeParse(valeur);
		if (quartier !== null) open.delete(nom);
		else if (read.success) open.set(nom, read.data);
	}
	return [...open.values()];
}

const ofGenre = (decisions: readonly Decision[], genre: Decision['sujet']['genre']): Decision[] =>
	decisions.filter((d) => d.sujet.genre === genre).sort((a, b) => a.id - b.id);
