import { answered, linesOf, type LineKind } from '../../domain/import/change-lines';
import type { ActionChange } from '../../domain/import/import-diff';
import { goneKey, LineDecision, type LineDecisions } from '../../domain/import/line-decisions';
import type { Refusal } from '../../domain/issue';
import type { Db, DbOrTrx } from '../db/client';
import * as imports from '../db/imports';
import * as lines from '../db/import-lines';
import { idOf } from './compare-import';
import type { By } from './import-reading';

/* What a person decides of the lines of a staged import. Nothing is written to the actions: the commit does it. */

/**
 * The lines of a fresh comparison, with the answers that still have their line.
 * in     once committed: the changes as decided and their document, for the lines to lead to their action
 */
export async function storeLines(
	db: DbOrTrx,
	importId: number,
	changes: readonly ActionChange[],
	written: readonly ActionChange[] = changes,
	document: number | null = null
): Promise<void> {
	const decisions = await lines.decisionsOf(db, importId);
	const kinds = answeredKinds(changes, decisions);
	const decided = written === changes ? null : new Map(written.map((change) => [change.ligne, change]));
	const idIn = (change: ActionChange): string | null => {
		const { avant, cle } = decided?.get(change.ligne) ?? change;
		return avant?.id ?? (document === null ? null : idOf(document, cle));
	};
	// One change at a time: the lines of a large file would weigh as much as its actions.
	await lines.replaceLines(db, importId, function* () {
		for (const change of changes)
			for (const line of linesOf([change])) {
				const genre = kinds.get(line.cle) ?? line.genre;
				yield { ...line, genre, action: line.cle === change.ligne ? idIn(change) : line.action };
			}
	});
}

/** Kinds that an answer changes, by key of line. */
function answeredKinds(changes: readonly ActionChange[], decisions: LineDecisions): ReadonlyMap<string, LineKind> {
	const kinds = new Map<string, LineKind>();
	for (const line of linesOf(changes.filter((change) => decisions[change.ligne]))) {
		const decision = decisions[line.cle];
		if (!decision || line.proche === null) continue;
		const { genre, autre } = answered(line, decision);
		kinds.set(line.cle, genre);
		if (autre) kinds.set(goneKey(line.proche), autre);
	}
	return kinds;
}

export interface AskedDecision {
	readonly cle: string;
	/** See `LineDecision`; '' takes the answer back. */
	readonly geste: string;
	readonly champs?: readonly string[] | null;
	readonly effacer?: readonly string[];
}

/**
 * Keeps what a person decides of one line.
 * out    a refusal when the import is no longer to be saved, or the line or the gesture is unknown
 */
export async function decideLine(db: Db, importId: number, asked: AskedDecision, by: By): Promise<null | Refusal> {
	return db.transaction().execute(async (trx): Promise<null | Refusal> => {
		const line = await lines.getLine(trx, importId, asked.cle);
		const closed = await notOpen(trx, importId);
		if (closed) return closed;
		if (!line)
			return refuse('Cette ligne n’est plus dans la comparaison.', 'Rechargez la page : le fichier a été relu.');
		const decision = asked.geste === '' ? null : parse(asked);
		if (decision === undefined) return refuse('Cette réponse n’est pas comprise.', 'Rechargez la page, puis répondez.');
		const { genre, autre } = answered(line, decision ?? undefined);
		await lines.decide(trx, importId, asked.cle, decision && { ...decision, ...by });
		await lines.setKind(trx, importId, line.cle, genre);
		if (autre) await lines.setKind(trx, importId, `a:${line.proche}`, autre);
		return null;
	});
}

/** The same gesture for every line of a group; '' takes the answers back. */
export async function decideGroup(
	db: Db,
	importId: number,
	group: lines.LineGroup,
	geste: string,
	by: By
): Promise<null | Refusal> {
	return db.transaction().execute(async (trx): Promise<null | Refusal> => {
		const closed = await notOpen(trx, importId);
		if (closed) return closed;
		const decision = geste === '' ? null : parse({ cle: '', geste });
		if (decision === undefined) return refuse('Ce geste n’est pas compris.', 'Rechargez la page, puis répondez.');
		await lines.decideAll(trx, importId, group, decision && { ...decision, ...by });
		return null;
	});
}

function parse({ geste, champs = null, effacer = [] }: AskedDecision): LineDecision | undefined {
	return LineDecision.safeParse({ geste, champs, effacer }).data;
}

async function notOpen(trx: DbOrTrx, importId: number): Promise<Refusal | null> {
	const etat = await imports.stateOf(trx, importId);
	return etat === 'prepare'
		? null
		: refuse('Cet import n’est plus à enregistrer : ses lignes ne se décident plus.', 'Annulez-le pour y revenir.');
}

const refuse = (refus: string, conseil: string): Refusal => ({ refus, conseil });
