import type { ActionDraft, Champ, PlanKind } from '../action';
import type { DiffCounts, DraftField } from './import-diff';
import type { Issue, IssueCode, Severity } from '../issue';
import type { UnresolvedPlace } from '../crossing/place';
import type { ChampDef } from '../rules/referentiel';
import type { RowOutcome } from './row';
import { quote, rowIssue } from './row-values';
import type { Table } from './sheet';
import { plain } from '../text';

/* What an import says of itself: the JSON of `croisee importer`, and the page of the import. */

export interface Anomalie {
	readonly code: IssueCode;
	readonly gravite: Severity;
	readonly feuille: string | null;
	readonly ligne: number | null;
	readonly colonne: string | null;
	readonly trouve: string | null;
	readonly attendu: string | null;
	readonly message: string;
	readonly conseil: string | null;
	/** Every row concerned, when one line stands for many rows set aside for the same reason. */
	readonly lignes?: readonly number[];
}

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
	readonly colonnes: readonly {
		readonly entete: string;
		readonly champ: Champ | null;
		readonly confiance: number;
		readonly exemples: readonly string[];
	}[];
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
	/** The document these rows go to; `nouveau` when the import makes it. */
	readonly document: { readonly id: number | null; readonly titre: string; readonly nouveau: boolean } | null;
	/** The same bytes with the same choices were already committed. */
	readonly dejaImporte: { readonly id: number; readonly le: string } | null;
}

export interface ReportAbout {
	readonly plan: PlanKind;
	readonly fichier: string;
	readonly lecture: ImportReport['lecture'];
	readonly champs: readonly ChampDef[];
	/** Places of a draft that could not be attached. */
	readonly nonRattaches?: (draft: ActionDraft) => readonly UnresolvedPlace[];
}

/** Beyond that many rows set aside for one reason, the list of anomalies keeps one line for all of them. */
const GROUP_FROM = 12;
const SET_ASIDE: readonly IssueCode[] = ['ligne-vide', 'ligne-hors-territoire', 'ligne-filtree'];

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
	const all: (Issue & { lignes?: readonly number[] })[] = [...issues, ...grouped(outcomes), ...duplicates(drafts)];
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
		colonnes: table.colonnes.map(({ entete, champ, confiance, exemples }) => ({ entete, champ, confiance, exemples })),
		anomalies: all.map(toAnomalie),
		ignoreesParRaison: byReason(of('ignoree')),
		quartiersNonReconnus: about.nonRattaches ? unresolved(drafts, about.nonRattaches) : [],
		incompletude: incompleteness(drafts, table, about.champs),
		differences: { ajoutees: 0, modifiees: 0, disparues: 0, inchangees: 0, videes: 0 },
		changements: [],
		document: null,
		dejaImporte: null
	};
}

const toAnomalie = (issue: Issue & { lignes?: readonly number[] }): Anomalie => ({
	code: issue.code,
	gravite: issue.severity,
	feuille: issue.where.sheet,
	ligne: issue.where.row,
	colonne: issue.where.column,
	trouve: issue.found,
	attendu: issue.expected,
	message: issue.message,
	conseil: issue.hint,
	...(issue.lignes ? { lignes: issue.lignes } : {})
});

function grouped(outcomes: readonly RowOutcome[]): (Issue & { lignes?: readonly number[] })[] {
	const rows = new Map<IssueCode, number[]>();
	for (const { etat, ligne, issues } of outcomes)
		for (const { code } of issues)
			if (etat === 'ignoree' && SET_ASIDE.includes(code)) {
				const known = rows.get(code);
				if (known) known.push(ligne);
				else rows.set(code, [ligne]);
			}
	const told = new Set<IssueCode>();
	return outcomes.flatMap((outcome) =>
		outcome.issues.flatMap((issue) => {
			const lignes = outcome.etat === 'ignoree' ? (rows.get(issue.code) ?? []) : [];
			if (lignes.length < GROUP_FROM) return [issue];
			if (told.has(issue.code)) return [];
			told.add(issue.code);
			const others = `${issue.message.replace(/\.$/, '')}\u202f; ${lignes.length - 1} autres lignes sont dans ce cas.`;
			return [{ ...issue, message: others, lignes }];
		})
	);
}

function byReason(ignored: readonly RowOutcome[]): ImportReport['ignoreesParRaison'] {
	const groups = new Map<string, { code: IssueCode; raison: string; lignes: number[] }>();
	for (const { ligne, issues, raison } of ignored) {
		const code = issues[0]?.code ?? 'ligne-ecartee';
		// A reason that quotes the row would make one group per row.
		const label = code === 'ligne-hors-territoire' ? 'autre territoire' : (raison ?? 'ligne écartée');
		const key = `${code}|${label}`;
		const group = groups.get(key) ?? { code, raison: label, lignes: [] };
		group.lignes.push(ligne);
		groups.set(key, group);
	}
	return [...groups.values()].map((g) => ({ ...g, nombre: g.lignes.length }));
}

/** Same reference, or same title under the same axis: both are kept, and somebody is asked. */
export function duplicates(drafts: readonly ActionDraft[]): Issue[] {
	const issues: Issue[] = [];
	const first = new Map<string, ActionDraft>();
	const told = new Set<ActionDraft>();
	const check = (draft: ActionDraft, key: string, words: string, found: string): void => {
		const known = first.get(key);
		if (!known) first.set(key, draft);
		else if (!told.has(draft)) {
			told.add(draft);
			const { ligne, feuille } = draft.origine;
			const message = `Ligne ${ligne}\u00a0: ${words} ${quote(found)} que la ligne ${known.origine.ligne}\u202f; les deux actions sont gardées.`;
			const hint = 'Gardez les deux si ce sont deux actions, sinon retirez une ligne du fichier.';
			issues.push(rowIssue('doublon', 'a-verifier', { feuille, ligne }, message, { found, hint }));
		}
	};
	for (const draft of drafts) {
		check(draft, `t:${plain(draft.titre)}`, 'même titre', draft.titre);
		if (draft.reference !== null)
			check(draft, `r:${plain(draft.reference)}|${plain(draft.axe ?? '')}`, 'même référence', draft.reference);
	}
	return issues;
}

function unresolved(
	drafts: readonly ActionDraft[],
	places: (draft: ActionDraft) => readonly UnresolvedPlace[]
): ImportReport['quartiersNonReconnus'] {
	const found = new Map<string, { place: UnresolvedPlace; lignes: number[] }>();
	for (const draft of drafts)
		for (const place of places(draft)) {
			const key = plain(place.texte);
			const known = found.get(key) ?? { place, lignes: [] };
			const { ligne } = draft.origine;
			if (ligne !== null && !known.lignes.includes(ligne)) known.lignes.push(ligne);
			found.set(key, known);
		}
	return [...found.values()].map(({ place, lignes }) => ({ ...place, lignes }));
}

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
