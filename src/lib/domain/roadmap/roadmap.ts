import type { Coverage } from '../crossing/coverage';
import { FINE } from '../french';
import type { QuartierView } from '../crossing/overview';
import type { PlacedAction } from '../crossing/place';
import { nameAndService } from '../crossing/referents';
import type { Referentiel } from '../rules/referentiel';

/** A cell of the roadmap: figures stay figures so that a spreadsheet can add them up; null is « non renseigné ». */
export type RoadmapCell = string | number | null;

export interface RoadmapColumn {
	readonly titre: string;
	readonly genre: 'texte' | 'euros' | 'nombre';
	/** Left blank for people to write in; elsewhere a blank is a figure nobody gave. */
	readonly aRemplir?: true;
}

export interface RoadmapTable {
	readonly colonnes: readonly RoadmapColumn[];
	readonly lignes: readonly (readonly RoadmapCell[])[];
}

export interface RoadmapSection {
	readonly id: string;
	readonly titre: string;
	readonly paragraphes: readonly string[];
	readonly tableau: RoadmapTable | null;
	/** What only people can write; an honest blank rather than an invented sentence. */
	readonly aCompleter: readonly string[];
}

export interface FeuilleDeRoute {
	readonly titre: string;
	readonly sousTitre: string;
	readonly fictif: boolean;
	readonly quartier: { readonly code: string; readonly nom: string };
	readonly territoire: { readonly code: string; readonly nom: string };
	readonly asOf: string;
	readonly referentiel: { readonly version: string; readonly hash: string };
	readonly sections: readonly RoadmapSection[];
}

export const FICTIF = 'Territoire fictif, créé pour la démonstration. Aucun chiffre ne décrit un lieu réel.';

export const COVERAGE_WORDS: Record<Coverage, string> = {
	structurante: 'réponse structurante',
	'de-service': 'réponse de service',
	'sensibilisation-seule': 'sensibilisation ou étude seule',
	diffuse: 'diffuse (rien ne dit qu’elle arrive)',
	aucune: 'aucune réponse',
	'saisie-incomplete': 'non évalué'
};

export const REACH_WORDS: Record<string, string> = {
	cible: 'vise le quartier',
	explicite: 'cite le quartier',
	probable: 'couvre la commune',
	diffuse: 'échelle de l’intercommunalité',
	inconnu: 'lieu non renseigné',
	aucune: 'ailleurs'
};

/** « 3. Enjeux croisés prioritaires »; the annex and the sources carry no number. */
export const headingOf = (section: RoadmapSection, rank: number): string =>
	section.id === 'annexe' || section.id === 'sources' ? section.titre : `${rank}. ${section.titre}`;

/** Column headings of plain text. */
export const text = (...titres: string[]): RoadmapColumn[] => titres.map((titre) => ({ titre, genre: 'texte' }));
/** Column headings people fill in. */
export const blank = (...titres: string[]): RoadmapColumn[] =>
	titres.map((titre) => ({ titre, genre: 'texte', aRemplir: true }));

/** Leaves out the columns that no row fills, and says which: an empty column teaches nothing. */
export function withoutEmptyColumns(table: RoadmapTable): { tableau: RoadmapTable; vides: readonly string[] } {
	const kept = table.colonnes.map((c, i) => c.aRemplir === true || table.lignes.some((line) => line[i] !== null));
	return {
		tableau: {
			colonnes: table.colonnes.filter((_, i) => kept[i]),
			lignes: table.lignes.map((line) => line.filter((_, i) => kept[i]))
		},
		vides: table.colonnes.filter((_, i) => !kept[i]).map((c) => c.titre)
	};
}

/** A plan all of whose documents are lists of grants goes by what they are. */
export function shortPlan({ plans }: Referentiel, plan: string, documents: QuartierView['documents'] = []): string {
	const own = documents.filter((d) => d.plan === plan).map((d) => d.liste);
	const lists = own.flatMap((liste) => liste ?? []);
	return own.length > 0 && lists.length === own.length
		? [...new Set(lists)].join(', ')
		: (plans.types.find((t) => t.code === plan)?.court ?? plan);
}

/** « 2024-2027 »: the years that documents of a plan say they cover; a yearly programme is no such period; null: none says it. */
export const periodOf = (documents: readonly { readonly periode?: string | null }[]): string | null =>
	documents.map((d) => d.periode ?? '').find((p) => /^\d{4}-\d{4}$/.test(p)) ?? null;

/** Title of an action as the document has it, with its number there. */
export function titleOf({ action }: PlacedAction): string {
	const title = [action.reference, action.titre].filter(Boolean).join(' ');
	return action.disparue ? `${title} (absente du dernier fichier)` : title;
}

/** Who to call: the pilot, else the référent of the plan, else who carries the action, else the kind of organisation that does. */
export function contactOf({ action, meneurs }: PlacedAction, ref: Referentiel): string | null {
	if (meneurs.referent) return `${nameAndService(meneurs.referent)} (référent ${meneurs.referent.de})`;
	if (meneurs.noms.length > 0) return meneurs.noms.join(', ');
	const kind = ref.plans.porteurs.find((p) => p.code === action.porteurType)?.libelle;
	return kind === undefined ? null : `${kind} (sans nom)`;
}

/** Heading of the column that holds `contactOf`: it names référents where there are some. */
export const contactHeading = (actions: readonly PlacedAction[]): string =>
	actions.some((a) => a.meneurs.referent) ? 'Pilote, référent du plan ou porteur' : 'Pilote ou porteur';

/** « [1] ligne 17 »: the number of a file in the list of sources, and the row the spreadsheet shows. */
export function origins(view: QuartierView): (placed: PlacedAction) => string {
	const rank = new Map(view.documents.map((d, i) => [d.id, i + 1]));
	return ({ action }) => {
		const row = action.origine.ligne === null ? '' : ` ligne ${action.origine.ligne}`;
		return `[${rank.get(action.document) ?? '?'}]${row}`;
	};
}

/** The first few of a list, and how many are left. */
export function firstOf(items: readonly string[], most: number): string {
	if (items.length <= most + 1) return items.join(`${FINE}; `);
	return `${items.slice(0, most).join(`${FINE}; `)}${FINE}; et ${items.length - most} autres`;
}
