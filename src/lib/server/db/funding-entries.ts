import { ABOUT_MONEY } from '../../domain/action';
import { FactSaid, LineSaid } from '../../domain/funding/entered';
import type { FundingEntry } from '../../domain/pages/funding-history';
import type { DbOrTrx } from './client';

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
