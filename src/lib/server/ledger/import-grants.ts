import { createHash } from 'node:crypto';
import { count as counted, quoted } from '../../domain/french';
import { anomaly, isRefusal, type Issue, type Refusal } from '../../domain/issue';
import type { Grant, GrantColumn, GrantsFile } from '../../domain/ledger/grant';
import { parseGrant, roundedIssue } from '../../domain/ledger/grant-row';
import { settle } from '../../domain/ledger/same-grant';
import { sharesOf } from '../../domain/ledger/shares';
import { standingFor } from '../../domain/pages/ledger-page';
import type { Referentiel } from '../../domain/rules/referentiel';
import { meets, type RowFilter } from '../../domain/row-filter';
import { communeOf } from '../cog';
import type { Db } from '../db/client';
import * as grants from '../db/grants';
import { fictionalCommunes } from '../db/territories';
import { anomalyLine, squash, textOf, type HeadedTable } from '../files/headed-table';
import { openQuoteRow } from '../files/delimited';
import { readWorkbook } from '../files/workbook';
import { grantColumns, grantTable } from './grant-columns';
import { contraryIssues, partsOf, unknownPlaces, yearLines, type GrantReport } from './grant-report';
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
	const found = grantTable(workbook, ref.attributions);
	if (!found) return noTable(request.fichier, ref.attributions);
	const at = grantColumns(found.entetes, ref.attributions);
	const filter = filterOf(found, request.filtre ?? null);
	if (isRefusal(filter)) return filter;

	const fictional = await fictionalCommunes(db);
	const year = request.annee ?? yearIn(request.fichier);
	const issues: Issue[] = [...(workbook.issues ?? [])];
	if (!at.has('annee') && year !== null) issues.push(assumedYear(year, request.annee != null));
	const broken = new Set((workbook.issues ?? []).flatMap((issue) => openQuoteRow(issue) ?? []));
	const accepted: Grant[] = [];
	const contrary = contraryStream(ref, stream);
	const mesureNommee = measureNamer(ref, stream);
	const family = stream.split('.')[0]!;
	const stored = await grants.listGrants(db);
	const counted = countedElsewhere(stored, family);
	const held = stored.filter((s) => s.grant.dispositif === family);
	const sommes = { toutes: 0, depuis: 0 };
	const otherMeasure = unknownMeasure(found, at.get('mesure') ?? -1, stream, mesureNommee);
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
		if (ligne === found.lignes[last]!.ligne && broken.has(ligne)) {
			counts.rejetees++;
			issues.push(cutShort(found.feuille, ligne));
			continue;
		}
		const outcome = parseGrant((column) => cells[at.get(column) ?? -1] ?? null, ligne, {
			feuille: found.feuille,
			dispositif: stream,
			mesureNommee,
			annee: year,
			estCommune: (code) => communeOf(code) !== null || fictional.has(code),
			sommes: [sommes.toutes, sommes.depuis]
		});
		if (outcome.etat === 'acceptee') {
			const { grant } = outcome;
			const said = (['mesure', 'dispositif'] as const).map((c) => textOf(cells[at.get(c) ?? -1] ?? null));
			// A list of one measure: what its rows name more finely than the file must be that one.
			const finer = stream.includes('.') && grant.mesure !== null && grant.mesure !== stream ? grant.mesure : null;
			const other = contrary(said.filter(Boolean)) ?? finer ?? otherMeasure(said);
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
		if (outcome.etat !== 'acceptee') {
			if (outcome.total) sommes.depuis = 0;
			continue;
		}
		if (outcome.arrondi) rounded++;
		sommes.toutes += outcome.grant.montant;
		sommes.depuis += outcome.grant.montant;
		accepted.push(outcome.grant);
	}
	const settled = settle(accepted, held, found.feuille);
	issues.push(...settled.issues);
	if (rounded > 0) issues.unshift(roundedIssue(rounded));
	// What is left out is said first.
	if (already.size) issues.unshift(countedIssue(ref, [...already.values()], [...firstLists]));
	if (others.size) issues.unshift(otherStreamIssue(ref, stream, [...others.values()]));
	return db.transaction().execute(async (trx) => {
		const list = settled.grants;
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
			reprises: { montant: shares.reprises.montant / 100, projets: shares.reprises.projets },
			cible: cible && { part: cible.part, annees: cible.annees, note: cible.note },
			situation: cible && standingFor(shares, annees, cible),
			annees,
			autresDispositifs: [...others.values()],
			dejaComptees: [...already.values()],
			dejaConnues: settled.connues,
			colonnes: [...at].map(([colonne, index]) => ({ colonne, entete: found.entetes[index]! })),
			anomalies: [...issues, ...contraryIssues(placed, found.feuille)].map(anomalyLine)
		};
		if (list.length === 0) return rapport;
		const sha256 = createHash('sha256').update(request.bytes).digest('hex');
		const { fichier, par, le } = request;
		const id = await grants.addImport(trx, {
			fichier,
			sha256,
			dispositif: stream,
			rapport,
			par,
			le,
			octets: request.bytes
		});
		await grants.addGrants(trx, id, list);
		return { ...rapport, import: id };
	});
}

/**
 * In a list loaded as one measure, and whose rows name it: the words of a row that name another one, which nobody knows.
 * out    a function; null for a row that names none, and where no row names the measure chosen, in whatever words it is written
 */
function unknownMeasure(
	{ lignes }: HeadedTable,
	column: number,
	stream: string,
	named: (words: string) => string | null
): (said: readonly string[]) => string | null {
	const namesIt = stream.includes('.') && lignes.some(({ cells }) => named(textOf(cells[column])) === stream);
	return (said) => (namesIt && said[0] && said.every((words) => named(words) === null) ? said[0] : null);
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

/** What is left of an amount is another amount. */
const cutShort = (sheet: string, row: number): Issue =>
	anomaly(
		'montant-illisible',
		'bloquant',
		`Ligne ${row}\u00a0: le fichier s’arrête au milieu d’une cellule\u202f; la ligne n’est pas comptée.`,
		{
			where: { sheet, row },
			expected: 'un fichier entier',
			hint: 'Téléchargez le fichier de nouveau, puis déposez-le à nouveau.'
		}
	);

function noTable(fichier: string, file: GrantsFile): Refusal {
	const names = (colonne: GrantColumn): string =>
		file.colonnes.find((c) => c.colonne === colonne)!.libelle.toLowerCase();
	return {
		refus: `${quoted(fichier)} n’est pas une liste de projets subventionnés\u00a0: ${counted(2, 'colonne')} au moins y manquent.`,
		conseil: `Une ligne d’en-têtes doit nommer le ${names('montant')} et l’${names('intitule')}, ou le ${names('beneficiaire')}.`
	};
}
