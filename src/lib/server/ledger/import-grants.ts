import { createHash } from 'node:crypto';
import { count as counted, quoted } from '../../domain/french';
import { anomaly, isRefusal, type Issue, type Refusal } from '../../domain/issue';
import type { Grant, GrantColumn, GrantsFile } from '../../domain/ledger/grant';
import { keyBefore, parseGrant, roundedIssue } from '../../domain/ledger/grant-row';
import { groupGrants, sharesOf, type PlacedGrant, type Shares, type Standing } from '../../domain/ledger/shares';
import { standingFor } from '../../domain/pages/ledger-page';
import type { Referentiel } from '../../domain/rules/referentiel';
import { meets, type RowFilter } from '../../domain/row-filter';
import { communeOf } from '../cog';
import type { Db } from '../db/client';
import * as grants from '../db/grants';
import { fictionalCommunes } from '../db/territories';
import {
	anomalyLine,
	columnOf,
	findTable,
	squash,
	textOf,
	type AnomalyLine,
	type HeadedTable
} from '../files/headed-table';
import { readWorkbook } from '../files/workbook';
import { placedGrants } from './read-ledger';
import {
	contraryStream,
	countedElsewhere,
	countedIssue,
	leaveOut,
	otherStreamIssue,
	type LeftOut
} from './other-stream';
import { measureNamer, streamNamed, targetOf } from './streams';

export interface GrantRequest {
	readonly bytes: Uint8Array;
	readonly fichier: string;
	/** Family or measure of data/financements. */
	readonly dispositif: string;
	readonly filtre?: RowFilter | null;
	readonly annee?: number | null;
	readonly par: string;
	readonly le: string;
}

/** Amounts in euros, to the cent. */
export interface GrantReport {
	readonly schema: 'croisee/attributions/1';
	readonly import: number | null;
	readonly fichier: string;
	readonly dispositif: string;
	readonly lues: number;
	readonly acceptees: number;
	readonly rejetees: number;
	readonly ignorees: number;
	readonly montant: number;
	readonly parts: {
		readonly enQpv: number;
		readonly communeAvecQpv: number;
		readonly ailleurs: number;
		readonly inconnu: number;
	};
	readonly projets: GrantReport['parts'];
	/** The same, year by year; a year of null: the list does not say it. */
	readonly parAnnee: readonly {
		readonly annee: number | null;
		readonly montant: number;
		readonly parts: GrantReport['parts'];
	}[];
	/** Why the place of some is not known, the largest amount first. */
	readonly lieuxInconnus: readonly { readonly raison: string; readonly projets: number; readonly montant: number }[];
	readonly intervalle: { readonly min: number; readonly max: number } | null;
	readonly cible: { readonly part: number; readonly annees: readonly number[]; readonly note: string } | null;
	readonly situation: Standing | null;
	readonly annees: readonly number[];
	/** Rows left out, among the ignored: their own columns name another stream. */
	readonly autresDispositifs: readonly LeftOut[];
	/** Rows left out, among the ignored: another stream counts them already. */
	readonly dejaComptees: readonly LeftOut[];
	/** Grants that an earlier list already had. */
	readonly dejaConnues: number;
	readonly colonnes: readonly { readonly colonne: GrantColumn; readonly entete: string }[];
	readonly anomalies: readonly AnomalyLine[];
}

/**
 * Loads a published list of grants into the ledger.
 * out    lues = acceptees + rejetees + ignorees; parts add up to the amount, to the cent
 * never  counts twice a grant that two lists hold
 */
export async function importGrants(db: Db, ref: Referentiel, request: GrantRequest): Promise<GrantReport | Refusal> {
	const stream = streamNamed(ref, request.dispositif);
	if (isRefusal(stream)) return stream;
	const workbook = await readWorkbook(request.bytes, request.fichier);
	if (isRefusal(workbook)) return workbook;
	const found = findTable(workbook, (e) => {
		const at = grantColumns(e, ref.attributions);
		return at.has('montant') && (at.has('intitule') || at.has('beneficiaire'));
	});
	if (!found) return noTable(request.fichier, ref.attributions);
	const at = grantColumns(found.entetes, ref.attributions);
	const filter = filterOf(found, request.filtre ?? null);
	if (isRefusal(filter)) return filter;

	const fictional = await fictionalCommunes(db);
	const year = request.annee ?? yearIn(request.fichier);
	const issues: Issue[] = at.has('annee') || year === null ? [] : [assumedYear(year, request.annee != null)];
	const accepted = new Map<string, Grant>();
	const contrary = contraryStream(ref, stream);
	const mesureNommee = measureNamer(ref, stream);
	const family = stream.split('.')[0]!;
	const stored = await grants.listGrants(db);
	const counted = countedElsewhere(stored, family);
	const known = new Set(stored.filter((s) => s.grant.dispositif === family).map((s) => s.grant.cle));
	const others = new Map<string, LeftOut>();
	const already = new Map<string, LeftOut>();
	const firstLists = new Set<string>();
	let rounded = 0;
	const counts = { lues: 0, acceptees: 0, rejetees: 0, ignorees: 0 };
	const last = found.lignes.findLastIndex(({ cells }) => cells.some((c) => textOf(c) !== ''));
	for (const { ligne, cells } of found.lignes.slice(0, last + 1)) {
		counts.lues++;
		if (!filter(cells)) {
			counts.ignorees++;
			continue;
		}
		const outcome = parseGrant((column) => cells[at.get(column) ?? -1] ?? null, ligne, {
			feuille: found.feuille,
			dispositif: stream,
			mesureNommee,
			annee: year,
			estCommune: (code) => communeOf(code) !== null || fictional.has(code)
		});
		if (outcome.etat === 'acceptee') {
			const { grant } = outcome;
			const said = (['mesure', 'dispositif'] as const).map((c) => textOf(cells[at.get(c) ?? -1] ?? null));
			// A list of one measure: what its rows name more finely than the file must be that one.
			const finer = stream.includes('.') && grant.mesure !== null && grant.mesure !== stream ? grant.mesure : null;
			const other = contrary(said.filter(Boolean)) ?? finer;
			const first = other === null ? counted(grant) : null;
			if (other !== null) leaveOut(others, other, grant);
			if (first !== null) {
				leaveOut(already, first.grant.mesure ?? first.grant.dispositif, grant);
				firstLists.add(first.fichier);
			}
			if (other !== null || first !== null) {
				counts.ignorees++;
				continue;
			}
		}
		issues.push(...outcome.issues);
		counts[outcome.etat === 'acceptee' ? 'acceptees' : outcome.etat === 'rejetee' ? 'rejetees' : 'ignorees']++;
		if (outcome.etat !== 'acceptee') continue;
		if (outcome.arrondi) rounded++;
		const before = keyBefore(outcome.grant);
		const grant =
			before && known.has(before) && !known.has(outcome.grant.cle) ? { ...outcome.grant, cle: before } : outcome.grant;
		const cle = freeKey(grant, accepted, issues, found.feuille);
		accepted.set(cle, { ...grant, cle });
	}
	if (rounded > 0) issues.unshift(roundedIssue(rounded));
	// What is left out is said first.
	if (already.size) issues.unshift(countedIssue(ref, [...already.values()], [...firstLists]));
	if (others.size) issues.unshift(otherStreamIssue(ref, stream, [...others.values()]));
	return db.transaction().execute(async (trx) => {
		const list = [...accepted.values()];
		const placed = await placedGrants(
			trx,
			list.map((grant) => ({ grant, import: 0, fichier: request.fichier, le: request.le }))
		);
		const shares = sharesOf(placed);
		const annees = [...new Set(list.flatMap((g) => g.annee ?? []))].sort((a, b) => a - b);
		const cible = targetOf(ref, family);
		const rapport: GrantReport = {
			schema: 'croisee/attributions/1',
			import: null,
			fichier: request.fichier,
			dispositif: stream,
			...counts,
			montant: shares.montant / 100,
			parts: partsOf(shares, 'montant'),
			projets: partsOf(shares, 'projets'),
			parAnnee: yearLines(placed),
			lieuxInconnus: unknownPlaces(placed),
			intervalle: shares.intervalle,
			cible: cible && { part: cible.part, annees: cible.annees, note: cible.note },
			situation: cible && standingFor(shares, annees, cible),
			annees,
			autresDispositifs: [...others.values()],
			dejaComptees: [...already.values()],
			dejaConnues: list.filter((g) => known.has(g.cle)).length,
			colonnes: [...at].map(([colonne, index]) => ({ colonne, entete: found.entetes[index]! })),
			anomalies: issues.map(anomalyLine)
		};
		if (list.length === 0) return rapport;
		const sha256 = createHash('sha256').update(request.bytes).digest('hex');
		const { fichier, par, le } = request;
		const id = await grants.addImport(trx, { fichier, sha256, dispositif: stream, rapport, par, le });
		await grants.addGrants(trx, id, list);
		return { ...rapport, import: id };
	});
}

/** Amounts in euros, or numbers of projects. */
function partsOf({ parts }: Shares, pick: 'montant' | 'projets'): GrantReport['parts'] {
	const of = (part: keyof Shares['parts']): number => parts[part][pick] / (pick === 'montant' ? 100 : 1);
	return {
		enQpv: of('en-qpv'),
		communeAvecQpv: of('commune-avec-qpv'),
		ailleurs: of('ailleurs'),
		inconnu: of('inconnu')
	};
}

const yearLines = (placed: readonly PlacedGrant[]): GrantReport['parAnnee'] =>
	[...groupGrants(placed, (g) => g.grant.annee)]
		.sort(([a], [b]) => (a ?? 0) - (b ?? 0))
		.map(([annee, grants]) => {
			const shares = sharesOf(grants);
			return { annee, montant: shares.montant / 100, parts: partsOf(shares, 'montant') };
		});

const unknownPlaces = (placed: readonly PlacedGrant[]): GrantReport['lieuxInconnus'] =>
	[
		...groupGrants(
			placed.filter(({ place }) => place.part === 'inconnu'),
			({ place }) => place.raison ?? place.preuve
		)
	]
		.map(([raison, grants]) => ({
			raison: raison!,
			projets: grants.length,
			montant: sharesOf(grants).montant / 100
		}))
		.sort((a, b) => b.montant - a.montant);

/** First header that names each column; a header feeds one column. */
export function grantColumns(entetes: readonly string[], file: GrantsFile): Map<GrantColumn, number> {
	const found = new Map<GrantColumn, number>();
	for (const { colonne, entetes: names } of file.colonnes) {
		const at = columnOf(entetes, names.map(squash));
		if (at >= 0 && ![...found.values()].includes(at)) found.set(colonne, at);
	}
	return found;
}

/** Two rows with the same number are two payments: both are counted, and somebody is told. */
function freeKey(grant: Grant, taken: ReadonlyMap<string, Grant>, issues: Issue[], feuille: string): string {
	if (!taken.has(grant.cle)) return grant.cle;
	const first = taken.get(grant.cle)!;
	const same = grant.dossier === null ? 'même projet et même montant que' : 'même dossier que';
	const message = `Ligne ${grant.ligne}\u00a0: ${same} la ligne ${first.ligne}\u202f; les deux montants sont comptés.`;
	issues.push(
		anomaly('doublon', 'a-verifier', message, {
			where: { sheet: feuille, row: grant.ligne },
			found: grant.dossier ?? grant.intitule,
			hint: 'Retirez une des deux lignes si c’est un doublon.'
		})
	);
	for (let n = 2; ; n++) if (!taken.has(`${grant.cle}#${n}`)) return `${grant.cle}#${n}`;
}

function filterOf(
	table: HeadedTable,
	filtre: RowFilter | null
): ((cells: HeadedTable['lignes'][number]['cells']) => boolean) | Refusal {
	if (!filtre) return () => true;
	const index = table.entetes.findIndex((e) => squash(e) === squash(filtre.champ));
	if (index >= 0) return (cells) => meets(filtre, textOf(cells[index]));
	return {
		refus: `Aucune colonne ne s’appelle ${quoted(filtre.champ)}.`,
		conseil: `Colonnes de la liste\u00a0: ${table.entetes.filter(Boolean).join(', ')}.`
	};
}

const yearIn = (fichier: string): number | null => Number(/(?<!\d)20[12]\d(?!\d)/.exec(fichier)?.[0] ?? 0) || null;

const assumedYear = (annee: number, said: boolean): Issue =>
	anomaly(
		'date-vague',
		'info',
		said
			? `La liste ne dit pas l’année\u00a0: ${annee}, comme indiqué, est prise pour toutes les lignes.`
			: `La liste ne dit pas l’année\u00a0: ${annee}, lue dans le nom du fichier, est prise pour toutes les lignes.`,
		{ found: String(annee), hint: 'Indiquez une autre année si ce n’est pas la bonne.' }
	);

function noTable(fichier: string, file: GrantsFile): Refusal {
	const names = (colonne: GrantColumn): string =>
		file.colonnes.find((c) => c.colonne === colonne)!.libelle.toLowerCase();
	return {
		refus: `${quoted(fichier)} n’est pas une liste de projets subventionnés\u00a0: ${counted(2, 'colonne')} au moins y manquent.`,
		conseil: `Une ligne d’en-têtes doit nommer le ${names('montant')} et l’${names('intitule')}, ou le ${names('beneficiaire')}.`
	};
}
