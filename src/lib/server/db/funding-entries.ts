import { ABOUT_MONEY } from '../../domain/action';
import { FactSaid, LineSaid } from '../../domain/funding/entered';
import type { DbOrTrx } from './client';

/** One thing a person typed about the money of an action, still in force or taken back. */
export interface FundingEntry {
	readonly id: number;
	/** `fait:` or `financement:` and the key of the fact or of the line. */
	readonly cle: string;
	readonly valeur: FactSaid | LineSaid;
	/** The source, in the words of the person. */
	readonly motif: string | null;
	readonly par: string;
	readonly le: string;
	readonly annuleeLe: string | null;
	readonly annuleePar: string | null;
}

/** Every entry about one action, those taken back included, oldest first. */
export async function entriesOf(db: DbOrTrx, territoire: string, action: string): Promise<FundingEntry[]> {
	const rows = await db
		.selectFrom('decision')
		.selectAll()
		.where('territoire', '=', territoire)
		.where('sujet', '=', action)
		.where('genre', 'in', ABOUT_MONEY)
		.orderBy('id')
		.execute();
	return rows.map(({ id, genre, valeur, motif, par, le, annulee_le, annulee_par }) => {
		const said = genre === 'fait' ? FactSaid.parse(JSON.parse(valeur)) : LineSaid.parse(JSON.parse(valeur));
		const cle = `${genre}:${'fait' in said ? said.fait : said.ligne}`;
		return { id, cle, valeur: said, motif, par, le, annuleeLe: annulee_le, annuleePar: annulee_par };
	});
}
