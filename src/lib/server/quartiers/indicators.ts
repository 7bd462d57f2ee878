import { list, count, quoted } from '../../domain/french';
import {
	isIndicatorHeader,
	matchColumns,
	readIndicatorTable,
	type IndicatorReadout
} from '../../domain/import/indicator-table';
import { epciNamed } from '../../domain/import/named-epci';
import { anomaly, isRefusal, type Issue, type Refusal } from '../../domain/issue';
import type { Referentiel } from '../../domain/rules/referentiel';
import { unnamedEpci } from '../../domain/territory';
import type { Db, DbOrTrx } from '../db/client';
import { saveIndicators } from '../db/indicators';
import { correspondancesOf } from '../db/territories';
import { anomalyLine, findTable, textOf, type AnomalyLine } from '../files/headed-table';
import { readWorkbook } from '../files/workbook';
import { getTerritory, nameUnlisted } from '../territories';

export interface IndicatorsReport {
	readonly schema: 'croisee/indicateurs/1';
	readonly fichier: string;
	readonly source: string;
	readonly millesime: string | null;
	readonly feuille: string;
	readonly lues: number;
	readonly acceptees: number;
	readonly rejetees: number;
	readonly ignorees: number;
	readonly anomalies: readonly AnomalyLine[];
	readonly ignoreesParRaison: IndicatorReadout['ignoreesParRaison'];
	readonly colonnes: readonly {
		readonly entete: string;
		readonly indicateur: string | null;
		readonly valeurs: number;
	}[];
	readonly valeurs: number;
	/** Places by scale. */
	readonly lieux: { readonly qpv: number; readonly commune: number; readonly epci: number };
}

/**
 * Imports indicator values per quartier, commune or EPCI; headers are known through `data/indicateurs.yaml`.
 * in     `source`: who says so (file name by default); `millesime`: the year, unless a column of the file says it
 * out    lues = acceptees + rejetees + ignorees; every value keeps its file and its row
 */
export async function importIndicators(
	db: Db,
	ref: Pick<Referentiel, 'indicateurs'>,
	bytes: Uint8Array,
	fichier: string,
	options: { readonly le: string; readonly source?: string; readonly millesime?: string | null }
): Promise<IndicatorsReport | Refusal> {
	const workbook = await readWorkbook(bytes, fichier);
	if (isRefusal(workbook)) return workbook;
	const defs = ref.indicateurs.indicateurs;
	const found = findTable(workbook, (entetes) => isIndicatorHeader(entetes, defs));
	if (!found)
		return {
			refus: `${quoted(fichier)} ne porte aucun indicateur connu.`,
			conseil: `Il faut une ligne par lieu\u00a0: une colonne de codes («\u00a0codeQPV\u00a0», «\u00a0code_insee\u00a0» ou «\u00a0siren_epci\u00a0») et une colonne par indicateur, nommée comme lui (${defs
				.slice(0, 4)
				.map((d) => quoted(d.libelle))
				.join(', ')}…).`
		};

	const unchanged = new Map(
		[...(await correspondancesOf(db))].flatMap(([old, [only, ...others]]) =>
			only?.statut === 'inchange' && others.length === 0 ? [[old, only.code] as const] : []
		)
	);
	const table = { ...found, lignes: found.lignes.map(({ ligne, cells }) => ({ ligne, cells: cells.map(textOf) })) };
	const readout = readIndicatorTable(table, defs, (old) => unchanged.get(old) ?? null);
	const source = options.source?.trim() || fichier;
	const millesime = options.millesime?.trim() || null;
	const called = await db.transaction().execute(async (trx) => {
		await saveIndicators(
			trx,
			readout.valeurs.map(({ code, lieu, valeur, annee, ligne }) => ({
				code,
				lieu,
				valeur,
				millesime: annee ?? millesime,
				source,
				origine: { fichier, ligne }
			})),
			options
		);
		return nameFrom(trx, epciNamed(table));
	});

	const columns = matchColumns(table.entetes, defs);
	const places = new Map(readout.valeurs.map(({ lieu }) => [`${lieu.genre} ${lieu.code}`, lieu]));
	const scale = (genre: string): number => [...places.values()].filter((p) => p.genre === genre).length;
	const { lues, acceptees, rejetees, ignorees, ignoreesParRaison } = readout;
	return {
		schema: 'croisee/indicateurs/1',
		fichier,
		source,
		millesime,
		feuille: table.feuille,
		lues,
		acceptees,
		rejetees,
		ignorees,
		anomalies: [...readout.issues, ...called, ...(await strangers(db, [...places.values()]))].map(anomalyLine),
		ignoreesParRaison,
		colonnes: table.entetes.map((entete, i) => ({
			entete,
			indicateur: columns[i]?.code ?? null,
			valeurs: readout.valeurs.filter((v) => v.code === columns[i]?.code).length
		})),
		valeurs: readout.valeurs.length,
		lieux: { qpv: scale('qpv'), commune: scale('commune'), epci: scale('epci') }
	};
}

/** An EPCI that nothing named takes the name of the file, which is said; a known name stays. */
async function nameFrom(db: DbOrTrx, names: ReadonlyMap<string, string>): Promise<Issue[]> {
	const issues: Issue[] = [];
	for (const [code, nom] of names) {
		if ((await getTerritory(db, code))?.nom !== unnamedEpci(code)) continue;
		await nameUnlisted(db, [code], names);
		issues.push(
			anomaly(
				'code-inconnu',
				'info',
				`Aucune liste officielle ne nomme l’EPCI ${code}\u00a0: il prend le nom de ce fichier, ${quoted(nom)}.`,
				{ found: nom, hint: 'Importez des périmètres qui portent son nom pour le changer.' }
			)
		);
	}
	return issues;
}

/** Quartiers with values and no perimeter: kept, since the perimeters may come after, and said. */
async function strangers(db: Db, places: readonly { genre: string; code: string }[]): Promise<Issue[]> {
	const known = new Set((await db.selectFrom('quartier').select('code').execute()).map((r) => r.code));
	const missing = places.filter((p) => p.genre === 'qpv' && !known.has(p.code)).map((p) => p.code);
	if (missing.length === 0) return [];
	const some = list([...missing.slice(0, 5), ...(missing.length > 5 ? ['d’autres'] : [])]);
	return [
		anomaly(
			'code-inconnu',
			'info',
			`${count(missing.length, 'quartier')} sans périmètre dans la base (${some})\u00a0: valeurs gardées.`,
			{ found: missing.join(', '), hint: 'Importez les périmètres officiels pour les voir.' }
		)
	];
}
