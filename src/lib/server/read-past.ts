import type { Action, PlanKind } from '../domain/action';
import { crossTerritory, type TerritoryRecords } from '../domain/crossing/territory-view';
import type { TerritoryView } from '../domain/crossing/overview';
import { count, date, quoted } from '../domain/french';
import { readAction } from './db/actions';
import type { DbOrTrx } from './db/client';
import * as past from './db/past';
import { assessEach } from '../domain/rules/eligibility';
import type { Referentiel } from '../domain/rules/referentiel';
import { territoryGrants } from './ledger/read-ledger';
import { lexiconOf, recordsOf } from './read-territory';

/* A territory as it was, for its matrix: what was written by then, read with the perimeters, grants and référentiel of today. */

/** « 2026-11-12 »: that evening; a number: just before that import. */
export type PastAsked = { readonly genre: 'date' | 'import'; readonly valeur: string };

export interface PastRead {
	readonly view: TerritoryView;
	/** « le 12/11/2026 au soir », « avant l’import de « plan.xlsx » (12/11/2026) » */
	readonly nom: string;
	/** What is not known of then, or not as it was then. */
	readonly reserves: readonly string[];
}

/** Past states held at once for a territory: two readings set side by side, twice. */
const HELD = 4;

/** Past states worked out, as long as the present they are set against is the same. */
const known = new WeakMap<TerritoryView, Map<string, Promise<PastRead | string>>>();

/**
 * in     `now`: the present reading of the same territory
 * out    a sentence when that state cannot be told for sure
 * never  a state that leaves out what is not kept: it is then refused as a whole
 */
export function readPast(
	db: DbOrTrx,
	ref: Referentiel,
	now: TerritoryView,
	asked: PastAsked
): Promise<PastRead | string> {
	const own = known.get(now) ?? new Map<string, Promise<PastRead | string>>();
	known.set(now, own);
	const key = `${asked.genre}:${asked.valeur}`;
	const read = own.get(key) ?? rebuild(db, ref, now, asked);
	own.delete(key);
	own.set(key, read);
	// The oldest asked goes: each holds a whole territory.
	if (own.size > HELD) own.delete(own.keys().next().value!);
	return read;
}

async function rebuild(db: DbOrTrx, ref: Referentiel, now: TerritoryView, { genre, valeur }: PastAsked) {
	const code = now.territory.code;
	const imports = await past.importsOf(db, code);
	const imported = genre === 'import' ? imports.find((i) => String(i.id) === valeur) : undefined;
	if (genre === 'import' && !imported) return 'Cet import n’est pas dans ce territoire.';
	const moment = imported ? await past.justBefore(db, imported) : await past.eveningOf(db, imports, valeur);
	if (!moment)
		return `L’import de ${quoted(imported!.fichier)} n’a changé aucune action\u00a0: avant et après sont pareils.`;
	const untold = await past.untoldActions(db, code);
	if (untold > 0)
		return `${count(untold, 'action a été écrite', 'actions ont été écrites')} avant que leur histoire soit gardée\u00a0: leur état passé ne se retrouve pas, et rien n’est comparé.`;
	const records = await recordsOf(db, code);
	if (!records) return 'Ce territoire n’est plus dans cette base.';
	const then = await past.actionsAt(db, code, moment.entree);
	const { decisions, douteuses } = await past.decisionsAt(db, code, moment);
	const documents = documentsAt(then, records.documents, imports, code);
	const lost = then.filter((one) => !documents.has(keyOf(one))).length;
	if (lost > 0)
		return `${count(lost, 'action créée à la main a été retirée', 'actions créées à la main ont été retirées')} depuis, et leur plan n’est pas gardé\u00a0: rien n’est comparé.`;
	const actions = actionsOf(then, documents);
	const view = crossTerritory(
		{
			...{ ...records, documents: [...new Set(documents.values())].sort(inOrder), actions, decisions },
			...(await territoryGrants(db, ref, records.territory))
		},
		ref,
		lexiconOf(ref),
		now.asOf,
		(placed) => assessEach(placed, null, ref, now.asOf)
	).view;
	return {
		view,
		nom: imported
			? `avant l’import de ${quoted(imported.fichier)} (${date(imported.le)})`
			: `le ${date(moment.jour)} au soir`,
		reserves: [
			'Actions et décisions sont celles de ce moment. Périmètres, indicateurs, argent attribué, lexique et règles d’alors ne sont pas gardés\u00a0: ceux d’aujourd’hui servent aux deux.',
			...([...documents.values()].some((d) => d.id < 0)
				? [
						'Un document de ce moment a été retiré depuis\u00a0: sa période et ses colonnes ne sont plus connues, les lacunes qui en dépendent peuvent différer.'
					]
				: []),
			...(douteuses
				? [
						`${count(douteuses, 'décision retirée', 'décisions retirées')} le jour même de cet import\u00a0: rien ne dit si c’était avant ou après, elles ne comptent pas.`
					]
				: [])
		]
	};
}

type Document = TerritoryRecords['documents'][number];

/** The document of each action of then; one that has gone since is known by its import, for its plan. */
function documentsAt(
	then: readonly past.PastAction[],
	documents: readonly Document[],
	imports: readonly past.PastImport[],
	territoire: string
): ReadonlyMap<string, Document> {
	const byId = new Map(documents.map((d) => [d.id, d]));
	const byImport = new Map(imports.map((i) => [i.id, { imported: i, gone: goneDocument(i, territoire) }]));
	const found = new Map<string, Document>();
	for (const { document, import: source } of then) {
		const from = source === null ? undefined : byImport.get(source);
		const known = byId.get(document ?? -1) ?? byId.get(from?.imported.document ?? -1) ?? from?.gone;
		if (known) found.set(keyOf({ document, import: source }), known);
	}
	return found;
}

const keyOf = ({ document, import: source }: Pick<past.PastAction, 'document' | 'import'>): string =>
	document === null ? `import ${source}` : `document ${document}`;

/** Those that have gone since come last, as the newest. */
const inOrder = (a: Document, b: Document): number =>
	Number(a.id < 0) - Number(b.id < 0) || Math.abs(a.id) - Math.abs(b.id);

const goneDocument = ({ id, plan, fichier, le }: past.PastImport, territoire: string): Document => ({
	id: -id,
	territoire,
	plan: plan as PlanKind,
	titre: fichier,
	periode: null,
	champs: [],
	adopteLe: null,
	fichier,
	importeLe: le
});

function actionsOf(then: readonly past.PastAction[], documents: ReadonlyMap<string, Document>): Action[] {
	return then
		.filter(({ image }) => !image.ecartee)
		.flatMap((one) => {
			const document = documents.get(keyOf(one));
			return document ? [{ one, document }] : [];
		})
		.sort((a, b) => inOrder(a.document, b.document) || a.one.image.ordre - b.one.image.ordre)
		.map(({ one: { id, image }, document }) =>
			readAction({ id, document: document.id, plan: document.plan, contenu: image.contenu, disparue: image.disparue })
		);
}
