import type { ActionDraft } from '../action';
import type { ReportIssue } from './anomalies';
import type { UnresolvedPlace } from '../crossing/place';
import { list } from '../french';
import type { Issue, IssueCode } from '../issue';
import type { RowOutcome } from './row-outcome';
import { cellsOf, quote, rowIssue, textOf } from './row-values';
import { rowFinder, type SourceTable } from './issue-cells';
import type { Table } from './sheet';
import { plain } from '../text';

/* What is said of rows held against one another, or against the quartiers of the territory. */

/** Beyond that many rows set aside for one reason, the list of anomalies keeps one line for all of them. */
const GROUP_FROM = 12;
const SET_ASIDE: readonly IssueCode[] = ['ligne-vide', 'ligne-hors-territoire', 'ligne-filtree'];

/** Issues of the rows, in order; many rows set aside for one reason make one line. */
export function groupedIssues(outcomes: readonly RowOutcome[]): ReportIssue[] {
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

/** Same reference, or same title under the same axis, unless each names its own places: both are kept, and somebody is asked. */
export function duplicateIssues(drafts: readonly ActionDraft[], table: Table): Issue[] {
	const issues: Issue[] = [];
	const [titles, references] = [new Map<string, ActionDraft[]>(), new Map<string, ActionDraft[]>()];
	const told = new Set<ActionDraft>();
	const header = (champ: 'titre' | 'numero'): string | null =>
		table.colonnes.find((c) => c.champ === champ)?.entete ?? null;
	const columns = { titre: header('titre'), numero: header('numero') ?? header('titre') };
	const check = (draft: ActionDraft, key: string, champ: 'titre' | 'numero', words: string, found: string): void => {
		const first = champ === 'titre' ? titles : references;
		const before = first.get(key) ?? first.set(key, []).get(key)!;
		const known = before.find((other) => !areApart(draft, other));
		if (!known) before.push(draft);
		else if (!told.has(draft)) {
			told.add(draft);
			const { ligne, feuille } = draft.origine;
			const other = known.origine;
			const there = other.feuille === null || other.feuille === feuille ? '' : ` de ${quote(other.feuille)}`;
			const message = `Ligne ${ligne}\u00a0: ${words} ${quote(found)} que la ligne ${other.ligne}${there}\u202f; les deux actions sont gardées.`;
			issues.push(rowIssue('doublon', 'a-verifier', { feuille, ligne, colonne: columns[champ] }, message, { found }));
		}
	};
	for (const draft of drafts) {
		check(draft, plain(draft.titre), 'titre', 'même titre', draft.titre);
		if (draft.reference !== null)
			check(draft, `${plain(draft.reference)}|${plain(draft.axe ?? '')}`, 'numero', 'même référence', draft.reference);
	}
	return issues;
}

/** One row per commune, or per quartier: each says where, and nowhere in common. */
const areApart = (a: ActionDraft, b: ActionDraft): boolean =>
	haveNoneInCommon(a.communes, b.communes) || haveNoneInCommon(a.quartiers, b.quartiers);

function haveNoneInCommon(a: readonly string[], b: readonly string[]): boolean {
	if (a.length === 0 || b.length === 0) return false;
	const there = new Set(b.map(plain));
	return !a.some((place) => there.has(plain(place)));
}

/** A quartier an action is attached to, and the words that say so. */
export interface Attached {
	readonly quartier: string;
	readonly preuve: string | null;
}

/** Places of the drafts that could not be attached, each with the rows that name it. */
export interface UnattachedPlace {
	readonly place: UnresolvedPlace;
	readonly lignes: number[];
	/** Sheets of the rows, as many as `lignes`. */
	readonly feuilles: (string | null)[];
	/** Of each of these rows: the very quartier asked about, when other words of the action name it. */
	readonly rattachees: (Attached | null)[];
	readonly actions: { readonly titre: string; readonly ligne: number | null }[];
}

export function unattachedPlaces(
	drafts: readonly ActionDraft[],
	places: (draft: ActionDraft) => readonly UnresolvedPlace[],
	attached: (draft: ActionDraft) => readonly Attached[] = () => []
): UnattachedPlace[] {
	const found = new Map<string, UnattachedPlace>();
	for (const draft of drafts)
		for (const place of places(draft)) {
			const key = `${place.raison} ${plain(place.texte)}`;
			const known = found.get(key) ?? { place, lignes: [], feuilles: [], rattachees: [], actions: [] };
			const { ligne, feuille } = draft.origine;
			if (ligne !== null && (known.lignes.at(-1) !== ligne || known.feuilles.at(-1) !== feuille)) {
				known.lignes.push(ligne);
				known.feuilles.push(feuille);
				const near = new Set(place.proches.map((p) => p.code));
				known.rattachees.push(attached(draft).find((a) => near.has(a.quartier)) ?? null);
			}
			known.actions.push({ titre: draft.titre, ligne });
			found.set(key, known);
		}
	return [...found.values()];
}

const PLACE_CODE = {
	inconnu: 'quartier-inconnu',
	proche: 'quartier-inconnu',
	ambigu: 'quartier-ambigu',
	contraire: 'quartier-ambigu',
	'code-2015': 'code-2015',
	'code-inconnu': 'quartier-inconnu',
	ailleurs: 'quartier-inconnu'
} as const satisfies Record<UnresolvedPlace['raison'], IssueCode>;

const PLACE_WORDS: Readonly<Record<UnresolvedPlace['raison'], string>> = {
	inconnu: 'n’est pas un quartier connu du territoire',
	proche: 'ressemble à un quartier du territoire, sans être son nom',
	contraire: 'nomme un quartier qui n’est pas de la commune écrite à côté',
	ambigu: 'peut désigner plusieurs quartiers',
	'code-2015': 'est un code de 2015 qui a plusieurs suites',
	'code-inconnu': 'est un code de quartier inconnu ici',
	ailleurs: 'est un quartier d’un autre territoire'
};

const ELSEWHERE = 'Rien à faire si c’est bien lui\u00a0; sinon, décidez du quartier sur la page de l’action.';

/** One issue per row that names an unattached place, in the cell that holds its words. */
export function placeIssues(unattached: readonly UnattachedPlace[], sources: readonly SourceTable[]): Issue[] {
	const rowOf = rowFinder(sources);
	return unattached.flatMap(({ place, lignes, feuilles, rattachees }) => {
		const [known] = place.raison === 'ailleurs' ? place.proches : [];
		const names = place.proches.map((p) => `${p.nom} (${p.code})`);
		const nearest = names.length > 0 ? `Le plus proche\u00a0: ${list(names.slice(0, 3), 'ou')}.` : null;
		const hint = known ? ELSEWHERE : nearest;
		const said = known ? `${PLACE_WORDS.ailleurs}, ${known.nom}` : PLACE_WORDS[place.raison];
		return lignes.map((ligne, i) => {
			const feuille = feuilles[i] ?? null;
			const there = rattachees[i] ?? null;
			const message = `Ligne ${ligne}\u00a0: ${quote(place.texte)} ${said}\u202f; ${there ? byOtherWords(there, place) : 'l’action n’y est pas rattachée'}.`;
			const cell = cellNaming(place.texte, rowOf(feuille, ligne));
			const issue = rowIssue(
				PLACE_CODE[place.raison],
				there || known ? 'info' : 'a-verifier',
				{ feuille, ligne, ...cell },
				message,
				{
					found: place.texte,
					hint
				}
			);
			return cell ? { ...issue, where: { ...issue.where, index: cell.index } } : issue;
		});
	});
}

/** « l’action est rattachée à Cité Lamartine par « cité Lamartine » » */
function byOtherWords({ quartier, preuve }: Attached, { proches }: UnresolvedPlace): string {
	const nom = proches.find((p) => p.code === quartier)?.nom ?? quartier;
	return `d’autres mots de la ligne rattachent l’action à ${quote(nom)}${preuve === null ? '' : ` (${quote(preuve)})`}`;
}

/** Fields whose cells may name a place, the likeliest first. */
const PLACE_FIELDS = [
	'qpv',
	'echelle',
	'communes',
	'secteurs',
	'territoire',
	'atteinte_qpv',
	'titre',
	'objectif',
	'publics',
	'description'
] as const;

function cellNaming(
	texte: string,
	found: ReturnType<ReturnType<typeof rowFinder>>
): { readonly colonne: string; readonly index: number } | null {
	if (!found) return null;
	const words = plain(texte);
	const { rows, table } = found.source;
	const cells = rows[found.row - 1] ?? [];
	const holding = PLACE_FIELDS.flatMap((champ) => cellsOf(cells, table, champ)).find(
		({ cell, colonne }) => plain(textOf(cell) ?? '').includes(words) && (textOf(cells[colonne.index]) ?? '') !== ''
	);
	return holding ? { colonne: holding.colonne.entete, index: holding.colonne.index } : null;
}
