import { compileLexicon, type Lexicon } from '../domain/crossing/classify';
import { assessAll } from '../domain/rules/eligibility';
import type { TerritoryView } from '../domain/crossing/overview';
import type { Referentiel } from '../domain/rules/referentiel';
import { crossTerritory, type Crossed, type TerritoryRecords } from '../domain/crossing/territory-view';
import * as actions from './db/actions';
import type { DbOrTrx } from './db/client';
import * as decisions from './db/decisions';
import * as documents from './db/documents';
import * as indicators from './db/indicators';
import * as territories from './db/territories';
import { territoryGrants } from './ledger/read-ledger';
import { getTerritory } from './territories';

const lexicons = new WeakMap<Referentiel, Lexicon>();

/** The lexicon of a référentiel, made ready once. */
export function lexiconOf(ref: Referentiel): Lexicon {
	const known = lexicons.get(ref) ?? compileLexicon(ref.lexique, ref.enjeux);
	lexicons.set(ref, known);
	return known;
}

/** Everything the pages, exports and commands say of a territory; null when it has neither quartier nor plan. */
export async function readTerritory(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	asOf: string
): Promise<TerritoryView | null> {
	return (await crossedTerritory(db, ref, code, asOf))?.view ?? null;
}

/** The same, with what a quartier's page also needs. */
export async function crossedTerritory(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	asOf: string
): Promise<Crossed | null> {
	const records = await recordsOf(db, code);
	if (!records) return null;
	const attributions = await territoryGrants(db, ref, records.territory);
	return crossTerritory({ ...records, attributions }, ref, lexiconOf(ref), asOf, (placed) =>
		assessAll(placed, null, ref, asOf)
	);
}

export async function recordsOf(db: DbOrTrx, code: string): Promise<TerritoryRecords | null> {
	const territory = await getTerritory(db, code);
	if (!territory) return null;
	const quartiers = await territories.quartiersOf(db, code);
	const places = [...quartiers.flatMap((q) => [q.code, ...q.communes.map((c) => c.code)]), code];
	const files = await lastFiles(db, code);
	return {
		territory,
		quartiers,
		correspondances: await territories.correspondancesOf(db),
		documents: (await documents.listByTerritory(db, code)).map((d) => ({
			...d,
			fichier: files.get(d.id)?.fichier ?? d.titre,
			importeLe: files.get(d.id)?.le ?? ''
		})),
		actions: await actions.listByTerritory(db, code),
		decisions: await decisions.listByTerritory(db, code),
		indicateurs: await indicators.readIndicators(db, [...new Set(places)])
	};
}

/** The last file validated for each document. */
async function lastFiles(db: DbOrTrx, code: string): Promise<Map<number, { fichier: string; le: string }>> {
	const rows = await db
		.selectFrom('import')
		.select(['document', 'fichier', 'valide_le'])
		.where('territoire', '=', code)
		.where('etat', '=', 'valide')
		.orderBy('id')
		.execute();
	return new Map(
		rows.flatMap((r) => (r.document === null ? [] : [[r.document, { fichier: r.fichier, le: r.valide_le ?? '' }]]))
	);
}
