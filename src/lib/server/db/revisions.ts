import type { DbOrTrx } from './client';

/* How many times what the figures of a territory come from has changed, counted by the database itself at every write. */

export const SUBJECTS = ['actions', 'decisions', 'lieux', 'indicateurs', 'attributions'] as const;
export type Subject = (typeof SUBJECTS)[number];
export type Revisions = Readonly<Record<Subject, number>>;

const NEVER: Revisions = { actions: 0, decisions: 0, lieux: 0, indicateurs: 0, attributions: 0 };

/** Counts of each territory, those common to all included; one that nothing ever changed is not in the map. */
export async function readRevisions(db: DbOrTrx, codes?: readonly string[]): Promise<(code: string) => Revisions> {
	const query = db.selectFrom('revision').selectAll();
	const rows = await (codes ? query.where('territoire', 'in', [...codes, '*']) : query).execute();
	const byCode = new Map<string, Partial<Record<Subject, number>>>();
	for (const { territoire, sujet, n } of rows)
		byCode.set(territoire, { ...byCode.get(territoire), [sujet as Subject]: n });
	return (code) => ({ ...NEVER, ...byCode.get('*'), ...byCode.get(code) });
}
