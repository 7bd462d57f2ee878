import { contentOf } from '../../domain/import/anomalies';
import { cellKey, closedListOf, isCorrectable, type ClosedList } from '../../domain/import/corrections';
import { orderedKinds, type AnomalyKind } from '../../domain/import/import-groups';
import { cellName } from '../../domain/import/issue-cells';
import { IssueCode, Severity } from '../../domain/issue';
import type { Referentiel } from '../../domain/rules/referentiel';
import * as anomalies from '../db/anomalies';
import type { Db } from '../db/client';
import * as imports from '../db/imports';
import { quartiersOf } from '../db/territories';

/* One page of the anomalies of an import: kinds, filters, lines, and what may be corrected. */

const PAGE = 40;

export interface AnomalyLine extends anomalies.StoredAnomaly {
	/** Names the cell in a form; null when nothing can be typed for it here. */
	readonly cle: string | null;
	readonly valeur: string;
	readonly liste: ClosedList | null;
}

export interface AnomaliesPage {
	readonly natures: readonly AnomalyKind[];
	readonly feuilles: readonly string[];
	readonly colonnes: readonly string[];
	readonly filtre: Readonly<Record<'gravite' | 'code' | 'feuille' | 'colonne' | 'q', string | null>>;
	readonly tri: 'nature' | 'ligne';
	readonly page: number;
	readonly pages: number;
	/** Anomalies that pass the filters. */
	readonly total: number;
	readonly lignes: readonly AnomalyLine[];
	readonly listes: Readonly<Record<ClosedList, readonly { readonly valeur: string; readonly nom: string }[]>>;
	readonly corrections: readonly {
		readonly cle: string;
		readonly feuille: string;
		readonly cellule: string;
		readonly colonne: string | null;
		readonly avant: string | null;
		readonly valeur: string | null;
		readonly par: string | null;
		readonly le: string | null;
	}[];
}

const ECHELLES = ['quartier', 'commune', 'intercommunalité', 'bâtiment', 'département'];

/** Filters and page number come by name, as the address gives them. */
export async function readAnomalies(
	db: Db,
	ref: Referentiel,
	id: number,
	param: (name: string) => string | null
): Promise<AnomaliesPage> {
	const { rapport, options, territoire, etat } = (await imports.get(db, id))!;
	const filtre = {
		gravite: Severity.safeParse(param('gravite')).data ?? null,
		code: IssueCode.safeParse(param('nature')).data ?? null,
		feuille: param('feuille') || null,
		colonne: param('colonne') || null,
		q: param('q')?.trim() || null
	};
	const tri = param('tri') === 'ligne' ? 'ligne' : 'nature';
	const asked = Math.max(1, Math.trunc(Number(param('page') ?? 1)) || 1);
	const read = (page: number) => anomalies.listPage(db, id, filtre, { tri, from: (page - 1) * PAGE, size: PAGE });
	const first = await read(asked);
	const pages = Math.max(1, Math.ceil(first.total / PAGE));
	const page = Math.min(asked, pages);
	const { total, anomalies: found } = page === asked ? first : await read(page);

	const champOf = new Map(rapport.colonnes.map((c) => [c.entete, c.champ]));
	const seen = new Set<string>();
	const lignes = found.map((a): AnomalyLine => {
		const cell = { feuille: a.feuille ?? '', ligne: a.ligne ?? 0, colonne: a.colonneIndex ?? 0 };
		const key = cellKey(cell);
		const open = etat === 'prepare' && isCorrectable(a) && !seen.has(key);
		if (open) seen.add(key);
		const liste = closedListOf(a.code, champOf.get(a.colonne ?? '') ?? null);
		return { ...a, cle: open ? key : null, valeur: contentOf(a) ?? '', liste };
	});
	const needed = new Set(lignes.flatMap((l) => (l.cle ? (l.liste ?? []) : [])));
	const quartiers = needed.has('quartier') ? await quartiersOf(db, territoire) : [];
	const places = await anomalies.placesOf(db, id);
	const headerAt = new Map<string, string | null>();
	for (const { feuille, colonneIndex, colonne } of found) {
		const key = `${feuille}|${colonneIndex}`;
		// The values of a fiche are one under the other: their column has no header.
		headerAt.set(key, headerAt.has(key) && headerAt.get(key) !== colonne ? null : colonne);
	}
	return {
		natures: orderedKinds(rapport.compte),
		...places,
		filtre,
		tri,
		page,
		pages,
		total,
		lignes,
		listes: {
			statut: ref.plans.statuts.map((s) => ({ valeur: s.libelle, nom: s.libelle })),
			quartier: quartiers.map((q) => ({
				valeur: q.code,
				nom: `${q.nom}, ${q.communes.map((c) => c.nom).join(', ')} (${q.code})`
			})),
			echelle: ECHELLES.map((e) => ({ valeur: e, nom: e }))
		},
		corrections: (options.corrections ?? []).map((c) => ({
			cle: cellKey(c),
			feuille: c.feuille,
			cellule: cellName(c.colonne, c.ligne),
			colonne: headerAt.get(`${c.feuille}|${c.colonne}`) ?? null,
			avant: c.avant ?? null,
			valeur: c.valeur,
			par: c.par ?? null,
			le: c.le ?? null
		}))
	};
}
