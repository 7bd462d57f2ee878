import { open, type Db } from './db/client';
import { IsoDate } from '../domain/source';

let shared: Promise<Db> | null = null;

/** The one database of the running server: `CROISEE_BASE`, else `var/croisee.db`. */
export function openShared(): Promise<Db> {
	shared ??= open(process.env.CROISEE_BASE ?? 'var/croisee.db');
	return shared;
}

/** Today in Paris, or `CROISEE_AUJOURDHUI`: the only place that reads a clock. */
export function today(): IsoDate {
	const wanted = process.env.CROISEE_AUJOURDHUI;
	if (wanted && IsoDate.safeParse(wanted).success) return wanted;
	return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date());
}
