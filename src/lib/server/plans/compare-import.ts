import { createHash } from 'node:crypto';
import { diffActions, type ActionChange } from '../../domain/import/import-diff';
import { heldElsewhere, withoutHeld, type OtherDocument } from '../../domain/import/held-elsewhere';
import { isTold } from '../../domain/import/change-lines';
import type { Changement, ImportReport } from '../../domain/import/import-report';
import type { LineDecisions } from '../../domain/import/line-decisions';
import { isRefusal, type Refusal } from '../../domain/issue';
import { plain } from '../../domain/text';
import * as actions from '../db/actions';
import type { DbOrTrx } from '../db/client';
import * as documents from '../db/documents';
import * as imports from '../db/imports';
import { optionsOf, type ImportRequest, type ReadPlan } from './import-reading';
import { tell } from '../progress';

/* Which document a file is a new version of, and what it would change there. */

/** A file as read, held against the document it belongs to. */
export interface Compared {
	readonly document: documents.StoredDocument | null;
	readonly changes: readonly ActionChange[];
	/** Without its changes, which weigh as much as the rest: see `withChanges`. */
	readonly rapport: ImportReport;
	/** The same comparison with what people decided of its lines. */
	readonly decided: (decisions: LineDecisions) => Pick<Compared, 'changes' | 'rapport'>;
}

/** The report with what would change in the document the file belongs to. */
export async function compare(db: DbOrTrx, request: ImportRequest, read: ReadPlan): Promise<Compared | Refusal> {
	tell('comparaison');
	const found = await findDocument(db, request, read);
	if (isRefusal(found)) return found;
	const { document, stored } = found;
	const { kept, aside } = heldElsewhere(stored, read.drafts, await othersHolding(db, read, document), read.champs);
	const dejaImporte = await sameBefore(db, request, read);
	const decided = (decisions: LineDecisions): Pick<Compared, 'changes' | 'rapport'> => {
		const { changes, counts } = diffActions(stored, kept, read.champs, decisions);
		const rapport: ImportReport = {
			...withoutHeld(read.report, aside),
			differences: counts,
			rapprochements: changes.filter((c) => c.proche).length,
			laissees: changes.filter((c) => c.genre !== 'disparue' && c.ecartee).length,
			document: { id: document?.id ?? null, titre: document?.titre ?? read.titre, nouveau: document === null },
			dejaImporte
		};
		return { changes, rapport };
	};
	const plainly = decided({});
	return {
		document,
		...plainly,
		decided: (decisions) => (Object.keys(decisions).length > 0 ? decided(decisions) : plainly)
	};
}

/** The whole report, each change told; without a document a new action has no identifier yet. */
export const withChanges = (
	rapport: ImportReport,
	changes: readonly ActionChange[],
	document: number | null
): ImportReport => ({
	...rapport,
	changements: changes.filter(isTold).map((change) => toldChange(change, document))
});

function toldChange(change: ActionChange, document: number | null): Changement {
	const { genre, avant, apres, champs, videes, doute, proche } = change;
	const draft = apres ?? avant!.contenu;
	return {
		genre,
		id: avant?.id ?? (document ? idOf(document, change.cle) : null),
		reference: draft.reference,
		titre: draft.titre,
		ligne: apres ? draft.origine.ligne : null,
		champs,
		videes,
		...(doute ? { doute } : {}),
		...(proche ? { proche: { id: proche.action.id, titre: proche.action.contenu.titre, score: proche.score } } : {})
	};
}

/** The document a file is a new version of: same plan, same period if one is said, and the same columns or at least half of the titles. */
async function findDocument(
	db: DbOrTrx,
	request: ImportRequest,
	read: ReadPlan
): Promise<
	{ document: documents.StoredDocument | null; stored: Awaited<ReturnType<typeof actions.storedOf>> } | Refusal
> {
	const none = { document: null, stored: [] };
	if (request.document === 'nouveau') return none;
	const ours = (await documents.listByTerritory(db, read.territoire.code)).filter((d) => d.plan === request.plan);
	if (typeof request.document === 'number') {
		const document = ours.find((d) => d.id === request.document);
		if (document) return { document, stored: await actions.storedOf(db, document.id) };
		return {
			refus: `Le document ${request.document} n’est pas un plan de ce type sur ce territoire.`,
			conseil: ours.length
				? `Documents possibles\u00a0: ${ours.map((d) => `${d.id} (${d.titre})`).join(', ')}.`
				: 'Importez le fichier sans préciser de document.'
		};
	}
	const titles = new Set(read.drafts.map((d) => plain(d.titre)));
	const candidates = [];
	// A period left unsaid is not another period.
	for (const document of ours.filter((d) => read.periode === null || d.periode === read.periode)) {
		const stored = await actions.storedOf(db, document.id);
		const known = new Set(stored.map((s) => plain(s.contenu.titre)));
		const shared = [...titles].filter((t) => known.has(t)).length;
		const same = document.signature === read.signature;
		const likely = sameScope(document.signature, read.signature) && titles.size > 0 && shared >= titles.size / 2;
		if (same || likely) candidates.push({ document, stored, same, shared });
	}
	const samePeriod = (c: { document: documents.StoredDocument }): number => Number(c.document.periode === read.periode);
	candidates.sort(
		(a, b) =>
			samePeriod(b) - samePeriod(a) ||
			Number(b.same) - Number(a.same) ||
			b.shared - a.shared ||
			b.document.id - a.document.id
	);
	return candidates[0] ?? none;
}

/** The other documents of the same kind of plan, for a file in our own model: our export holds the actions of them all. */
async function othersHolding(
	db: DbOrTrx,
	{ territoire, report, modele }: ReadPlan,
	document: documents.StoredDocument | null
): Promise<OtherDocument[]> {
	if (!modele || document === null) return [];
	const all = await documents.listByTerritory(db, territoire.code);
	const others = all.filter((d) => d.plan === report.plan && d.id !== document.id);
	return Promise.all(others.map(async ({ id, titre }) => ({ titre, actions: await actions.storedOf(db, id) })));
}

/** Two filters, or two démarches, of one file make two documents. */
function sameScope(a: string, b: string): boolean {
	const [, , ...scopeA] = JSON.parse(a) as string[];
	const [, , ...scopeB] = JSON.parse(b) as string[];
	return JSON.stringify(scopeA) === JSON.stringify(scopeB);
}

async function sameBefore(db: DbOrTrx, request: ImportRequest, read: ReadPlan): Promise<ImportReport['dejaImporte']> {
	const hash = sha256(request.bytes);
	const wanted = JSON.stringify({ ...optionsOf(request), document: null, forme: undefined });
	const same = (await imports.list(db, read.territoire.code)).find((row) => {
		const options = JSON.stringify({
			...row.options,
			document: null,
			documentAvant: undefined,
			documentApres: undefined,
			forme: undefined
		});
		return row.etat === 'valide' && row.sha256 === hash && row.plan === request.plan && options === wanted;
	});
	return same ? { id: same.id, le: same.valideLe ?? same.prepareLe } : null;
}

/** The same key in the same document always makes the same id: decisions find their action again. Of 100 000 actions, two share one once in three billion times. */
export const idOf = (document: number, cle: string): string =>
	`A${document}-${createHash('sha256').update(cle).digest('hex').slice(0, 16)}`;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
