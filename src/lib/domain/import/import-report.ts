import type { ActionDraft, Champ, PlanKind } from '../action';
import { toAnomalies, type Anomalie, type AnomalyCounts } from './anomalies';
import type { DraftField } from './draft-merge';
import type { DiffCounts } from './import-diff';
import type { MatchDoubt } from './row-match';
import type { Issue, IssueCode } from '../issue';
import type { UnresolvedPlace } from '../crossing/place';
import type { ChampDef } from '../rules/referentiel';
import type { SourceTable } from './issue-cells';
import type { RowOutcome } from './row-outcome';
import { reportColumn, type ReportColumn } from './column-reading';
import { duplicateIssues, groupedIssues, placeIssues, unattachedPlaces, type Attached } from './row-anomalies';
import type { Table } from './sheet';
import type { Candidate } from './template';

/* What an import says of itself: the JSON of `croisee importer`, and the page of the import. */

export interface Changement {
	/** `inchangee` only for an action whose cell was emptied: it keeps its value. */
	readonly genre: 'ajoutee' | 'modifiee' | 'disparue' | 'inchangee';
	/** Null as long as the import is not committed. */
	readonly id: string | null;
	readonly reference: string | null;
	readonly titre: string;
	readonly ligne: number | null;
	readonly champs: readonly DraftField[];
	readonly videes: readonly DraftField[];
	/** Recognised although its number or its words changed. */
	readonly doute?: MatchDoubt;
	/** An action gone from the file that it may be: proposed, never applied. */
	readonly proche?: { readonly id: string; readonly titre: string; readonly score: number };
}

export interface ImportReport {
	readonly schema: 'croisee/import/1';
	/** Number of the import; null when nothing was written. */
	readonly import: number | null;
	readonly plan: PlanKind;
	readonly fichier: string;
	readonly feuille: string;
	readonly ligneEntete: number;
	readonly lecture: { readonly encodage: string; readonly separateur: string } | null;
	readonly lues: number;
	readonly acceptees: number;
	readonly rejetees: number;
	readonly ignorees: number;
	readonly colonnes: readonly ReportColumn[];
	/** Sheets of the file, the likeliest first. */
	readonly feuilles?: readonly Candidate[];
	/** First rows of the sheet, when its row of headers is still to be pointed at. */
	readonly apercu?: readonly { readonly ligne: number; readonly cellules: readonly string[] }[];
	/** Choices of an earlier file of the same shape, taken up as they were. */
	readonly formeReprise?: { readonly fichier: string; readonly par: string; readonly le: string } | null;
	readonly anomalies: readonly Anomalie[];
	readonly ignoreesParRaison: readonly {
		readonly code: IssueCode;
		readonly raison: string;
		readonly nombre: number;
		readonly lignes: readonly number[];
	}[];
	readonly quartiersNonReconnus: readonly {
		readonly texte: string;
		readonly raison: UnresolvedPlace['raison'];
		readonly proches: UnresolvedPlace['proches'];
		readonly lignes: readonly number[];
		/** Actions that name it, as many as `lignes`. */
		readonly actions?: readonly { readonly titre: string; readonly ligne: number | null }[];
	}[];
	/** Names of a « communes » column that are no commune of the territory; absent from reports kept before they were asked. */
	readonly communesNonReconnues?: readonly {
		readonly texte: string;
		readonly proches: readonly { readonly code: string; readonly nom: string }[];
		readonly actions: readonly { readonly titre: string; readonly ligne: number | null }[];
	}[];
	readonly incompletude: readonly {
		readonly champ: Champ;
		readonly libelle: string;
		readonly cas: 'colonne-absente' | 'cellules-vides';
		readonly vides: number;
		readonly sur: number;
	}[];
	readonly differences: DiffCounts;
	readonly changements: readonly Changement[];
	/** Pairs « new row, action gone » proposed and not answered. */
	readonly rapprochements?: number;
	/** What its rows are, when they are not what its kind of plan announces. */
	readonly note?: string;
	/** Rows accepted that a person left out. */
	readonly laissees?: number;
	/** The document these rows go to; `nouveau` when the import makes it. */
	readonly document: { readonly id: number | null; readonly titre: string; readonly nouveau: boolean } | null;
	/** The same bytes with the same choices were already committed. */
	readonly dejaImporte: { readonly id: number; readonly le: string } | null;
}

/** The report as kept with the import: its anomalies have a table of their own. */
export type ReportSummary = Omit<ImportReport, 'anomalies'> & { readonly compte: AnomalyCounts };

export interface ReportAbout {
	readonly plan: PlanKind;
	readonly fichier: string;
	readonly lecture: ImportReport['lecture'];
	readonly champs: readonly ChampDef[];
	/** The cells the rows were read from; with them every anomaly names its own. */
	readonly sources?: readonly SourceTable[];
	/** Places of a draft that could not be attached. */
	readonly nonRattaches?: (draft: ActionDraft) => readonly UnresolvedPlace[];
	/** Quartiers a draft names. */
	readonly rattaches?: (draft: ActionDraft) => readonly Attached[];
}

/**
 * Adds up the outcomes of a table.
 * in     `issues` = what was said of the file and of its headers
 * out    lues = acceptees + rejetees + ignorees; differences all 0 until a document is compared
 * never  hides a row: one set aside is in `ignoreesParRaison` with its number
 */
export function summarise(
	outcomes: readonly RowOutcome[],
	table: Table,
	issues: readonly Issue[],
	about: ReportAbout
): ImportReport {
	const of = (etat: RowOutcome['etat']): readonly RowOutcome[] => outcomes.filter((o) => o.etat === etat);
	const accepted = of('acceptee');
	const drafts = accepted.flatMap((o) => o.draft ?? []);
	const sources = about.sources ?? [{ table, rows: [] }];
	const oneSheet = about.sources?.length === 1 && about.sources[0]!.origines === undefined;
	const unattached = about.nonRattaches ? unattachedPlaces(drafts, about.nonRattaches, about.rattaches) : [];
	const all = [
		...issues,
		...groupedIssues(outcomes),
		...placeIssues(unattached, sources),
		...duplicateIssues(drafts, table)
	];
	return {
		schema: 'croisee/import/1',
		import: null,
		plan: about.plan,
		fichier: about.fichier,
		feuille: table.feuille,
		ligneEntete: table.ligneEntete,
		lecture: about.lecture,
		lues: outcomes.length,
		acceptees: accepted.length,
		rejetees: of('rejetee').length,
		ignorees: of('ignoree').length,
		colonnes: table.colonnes.map((column) => reportColumn(column, oneSheet)),
		anomalies: toAnomalies(all, sources),
		ignoreesParRaison: byReason(of('ignoree')),
		quartiersNonReconnus: unattached
			.filter(({ place }) => place.raison !== 'ailleurs')
			.map(({ place, lignes, actions }) => ({ ...place, lignes, actions })),
		incompletude: incompleteness(drafts, table, about.champs),
		differences: { ajoutees: 0, modifiees: 0, disparues: 0, inchangees: 0, videes: 0 },
		changements: [],
		document: null,
		dejaImporte: null
	};
}

function byReason(ignored: readonly RowOutcome[]): ImportReport['ignoreesParRaison'] {
	const groups = new Map<string, { code: IssueCode; raison: string; lignes: number[] }>();
	const elsewhere = new Set(ignored.flatMap(({ raison }) => ELSEWHERE.exec(raison ?? '')?.[1] ?? []));
	for (const { ligne, issues, raison } of ignored) {
		const code = issues[0]?.code ?? 'ligne-ecartee';
		// A reason that quotes the row would make one group per row.
		const named = raison !== null && ELSEWHERE.test(raison);
		const label = named ? elsewhereIn([...elsewhere]) : (raison ?? 'ligne écartée');
		const key = `${code}|${label}`;
		const group = groups.get(key) ?? { code, raison: label, lignes: [] };
		group.lignes.push(ligne);
		groups.set(key, group);
	}
	return [...groups.values()].map((g) => ({ ...g, nombre: g.lignes.length }));
}

const ELSEWHERE = /^autre territoire \((.*)\)$/s;

/** « autre territoire (« Denain », « Lourches »…) » */
const elsewhereIn = (names: readonly string[]): string =>
	`autre territoire (${names.slice(0, 3).join(', ')}${names.length > 3 ? '…' : ''})`;

const FIELD_OF: Readonly<Partial<Record<Champ, (d: ActionDraft) => unknown>>> = {
	titre: (d) => d.titre,
	numero: (d) => d.reference,
	axe: (d) => d.axe,
	objectif: (d) => d.objectif,
	description: (d) => d.description,
	porteur: (d) => d.porteur,
	porteur_type: (d) => d.porteurType,
	pilote: (d) => d.pilote,
	elu: (d) => d.elu,
	instance: (d) => d.instance,
	partenaires: (d) => d.partenaires,
	publics: (d) => d.publics,
	echelle: (d) => d.echelle,
	communes: (d) => d.communes,
	qpv: (d) => d.quartiers,
	atteinte_qpv: (d) => d.atteinteDeclaree,
	statut: (d) => d.statut,
	priorite: (d) => d.priorite,
	date_debut: (d) => d.dates?.debut ?? d.dates?.texte,
	date_fin: (d) => d.dates?.fin ?? d.dates?.texte,
	etapes: (d) => d.etapes,
	cout_investissement: (d) => d.budget,
	cout_fonctionnement: (d) => d.fonctionnement,
	etp: (d) => d.etp,
	financements: (d) => d.financements,
	indicateurs: (d) => d.indicateurs,
	secteurs: (d) => d.secteurs,
	enjeux_transition: (d) => d.enjeuxDeclares,
	enjeux_politique_ville: (d) => d.enjeuxDeclares,
	natures: (d) => d.natureDeclaree,
	participation: (d) => d.participation,
	clause_adaptation: (d) => d.clauseAdaptation,
	notes: (d) => d.notes
};

/** Expected fields that are missing: no column at all, or blank cells; a column that fills everything is not listed. */
function incompleteness(
	drafts: readonly ActionDraft[],
	table: Table,
	champs: readonly ChampDef[]
): ImportReport['incompletude'] {
	const columns = table.colonnes.map((c) => c.champ);
	// The type of the body says who carries the action when no name does.
	const present = new Set(columns.includes('porteur_type') ? [...columns, 'porteur' as const] : columns);
	return champs.flatMap(({ champ, libelle, attendu }) => {
		const read = FIELD_OF[champ];
		if (!attendu || !read || drafts.length === 0) return [];
		const vides = drafts.filter((d) => {
			const value = read(d);
			return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
		}).length;
		if (vides === 0) return [];
		return [
			{
				champ,
				libelle,
				cas: present.has(champ) ? 'cellules-vides' : 'colonne-absente',
				vides,
				sur: drafts.length
			} as const
		];
	});
}
