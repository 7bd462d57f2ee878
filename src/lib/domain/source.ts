import { z } from 'zod';

/** A civil date, `YYYY-MM-DD`; compared as text. */
export const IsoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'date attendue au format AAAA-MM-JJ');
export type IsoDate = z.infer<typeof IsoDate>;

/** Whether a day exists: 2026-02-31 is read as the 3rd of March, and does not come back the same. */
export function isRealDay(text: string): boolean {
	const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
	return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** The day an address asks for; today when it asks for none, or for one that does not exist. */
export const dayAsked = (asked: string | null, today: IsoDate): IsoDate =>
	asked !== null && isRealDay(asked) ? asked : today;

/** Where a rule or a figure comes from, and when somebody last looked. */
export const Source = z.strictObject({
	titre: z.string().min(1),
	url: z.url().nullable().default(null),
	/** When the text was published, if it says so. */
	date: z.string().nullable().default(null),
	consulte_le: IsoDate
});
export type Source = z.infer<typeof Source>;

/** A value keyed by the day from which it holds; `null` means « no longer exists ». */
export const Dated = <T extends z.ZodType>(value: T) => z.record(IsoDate, value.nullable());

/**
 * The value in force on a day.
 * out    undefined before the first date, null once closed
 */
export function valueAt<T>(dated: Readonly<Record<string, T | null>>, asOf: IsoDate): T | null | undefined {
	const day = Object.keys(dated)
		.filter((d) => d <= asOf)
		.sort()
		.at(-1);
	return day === undefined ? undefined : dated[day];
}

export const isStale = (reviewOn: IsoDate, asOf: IsoDate): boolean => reviewOn < asOf;

/** The text a rule cites by its rank, if it cites one. */
export const sourceOf = (references: readonly Source[], rank: number | null): Source | null =>
	rank === null ? null : (references[rank] ?? null);
