import { endWords, overBy } from '../crossing/past-end';
import { documentNames, fileWords, placeInDocument } from '../document-names';
import { isOwnShare } from '../funding/own-share';
import { plain } from '../text';
import type { EtatFinancement, PlanKind, Statut } from '../action';
import { groupGaps } from '../rules/gap-groups';
import { countOnce } from '../rules/gaps-by-quartier';
import { openIn } from '../crossing/urgency';
import type { Money } from '../money';
import type { CroiseRow, QuartierSummary, TerritoryView } from '../crossing/overview';
import type { Niveau, PartQpv, PlacedAction, ReachBy } from '../crossing/place';
import { countSignatures, signatureSummary } from '../crossing/signature-words';
import type { Referentiel } from '../rules/referentiel';
import { doubtIn, reserveIn } from './cell-doubts';
import { isToConfirm } from './open-gaps';
import { planCalls } from './who-to-call';

/* What a page sends to the browser: the same figures, without the texts nobody opens. */

/** A line of money towards an action; own funds are left to its cost. */
export interface FundingBrief {
	readonly source: { readonly cle: string; readonly libelle: string };
	readonly demande: number | null;
	readonly obtenu: number | null;
	readonly etat: EtatFinancement;
}

export interface ActionBrief {
	/** On a territory's page a short key; on a quartier's page the id itself, which decisions name. */
	readonly id: string;
	readonly titre: string;
	readonly plan: PlanKind;
	/** What its document is, when that is no plan: « Subventions DPV ». */
	readonly liste?: string;
	readonly reference: string | null;
	readonly nature: string | null;
	readonly statut: Statut | null;
	/** « fin prévue en 2019 »: an action that ended may still count as an answer. */
	readonly fin?: string;
	/** That end is past. */
	readonly finie?: boolean;
	/** It is so by its old grant alone. */
	readonly ancienne?: boolean;
	readonly budget: Money | null;
	readonly financements?: readonly FundingBrief[];
	/** Somebody: « à désigner » is nobody. */
	readonly pilote: string | null;
	/** Only when no pilote is named. */
	readonly porteur?: string;
	/** « plan.xlsx, Feuille 1 » */
	readonly fichier: string;
	/** « PCAET de Valenciennes Métropole, ligne 14 » */
	readonly place: string;
	readonly disparue?: true;
	readonly transition: readonly string[];
	readonly ville: readonly string[];
	readonly croises?: readonly string[];
	/** Quartier code → reach; a quartier left out is « aucune ». */
	readonly atteintes: Readonly<Record<string, Niveau>>;
	/** Quartier code → what the drawn place says, for the reaches that come from it. */
	readonly lieux?: Readonly<Record<string, string>>;
	/** On a quartier's page: how its reach there is known, and the share of it that falls inside. */
	readonly preuve?: { readonly par: ReachBy; readonly texte: string | null; readonly aArbitrer?: string };
	readonly partQpv?: PartQpv;
	/** On a quartier's page: what a correction leaves to the actions that name the same building. */
	readonly memeBatiment?: string;
}

export interface CroiseBrief extends CroiseRow {
	readonly libelle: string;
	readonly transition: string;
	readonly ville: string;
	readonly pourquoi: string;
	readonly tension: boolean;
}

/** A quartier without its outline. */
export interface QuartierBrief extends Omit<QuartierSummary, 'quartier'> {
	readonly code: string;
	readonly nom: string;
	readonly communes: readonly string[];
}

export type TerritoryPage = ReturnType<typeof territoryPage>;

/** Equal values become the same object: a page writes it once. */
export type Share = <T>(value: T) => T;
export function sharing(): Share {
	const known = new Map<string, unknown>();
	return <T>(value: T): T => {
		const key = JSON.stringify(value);
		if (!known.has(key)) known.set(key, value);
		return known.get(key) as T;
	};
}

/** What a line says beside the action itself: the names of documents, and the day it is read. */
export interface Told {
	readonly documents: ReadonlyMap<number, string>;
	readonly asOf: string;
}

/** The action as a line of a list, with its reach where it has one; `crossed` adds its money and crossings. */
export function briefAction(
	placed: PlacedAction,
	{ documents, asOf }: Told,
	share: Share,
	id = placed.action.id,
	crossed = true
): ActionBrief {
	const { action } = placed;
	const lieux = placed.reach.flatMap((r) =>
		r.par === 'geometrie' && r.niveau !== 'aucune' && r.preuve !== null ? [[r.quartier, r.preuve] as const] : []
	);
	const end = endWords(action, asOf);
	const over = overBy(action, asOf);
	const funding = action.financements
		.filter((f) => f.genre !== 'autofinancement' && !isOwnShare(f, action))
		.map(({ dispositif, libelle, demande, obtenu, etat }) => ({
			source: share({ cle: dispositif ?? libelle, libelle }),
			demande,
			obtenu,
			etat
		}));
	return {
		id,
		titre: action.titre,
		plan: action.plan,
		...(placed.liste !== undefined && { liste: placed.liste }),
		reference: action.reference,
		nature: placed.nature?.code ?? null,
		statut: action.statut,
		...(end !== null && { fin: end }),
		...(over !== null && { finie: true }),
		...(over === 'subvention' && { ancienne: true }),
		budget: share(action.budget),
		...(crossed && funding.length && { financements: share(funding) }),
		pilote: action.pilote === null ? null : placed.meneurs.noms.join(', ') || null,
		...(!action.pilote && placed.meneurs.noms.length > 0 && { porteur: placed.meneurs.noms.join(', ') }),
		fichier: fileWords(action.origine),
		place: placeInDocument(action, documents),
		...(action.disparue && { disparue: true }),
		...(lieux.length > 0 && { lieux: share(Object.fromEntries(lieux)) }),
		transition: share(placed.transition.map((t) => t.code)),
		ville: share(placed.ville.map((t) => t.code)),
		...(crossed && placed.croises.length && { croises: share(placed.croises.map((c) => c.code)) }),
		atteintes: share(
			Object.fromEntries(placed.reach.filter((r) => r.niveau !== 'aucune').map((r) => [r.quartier, r.niveau]))
		)
	};
}

export function quartierBrief(summary: QuartierSummary): QuartierBrief {
	const { quartier, ...rest } = summary;
	return { ...rest, code: quartier.code, nom: quartier.nom, communes: quartier.communes.map((c) => c.nom) };
}

export function croiseBriefs(rows: readonly CroiseRow[], ref: Referentiel): CroiseBrief[] {
	const defs = new Map(ref.enjeux.croises.map((c) => [c.code, c]));
	return rows.flatMap((row) => {
		const def = defs.get(row.code);
		if (!def) return [];
		const { libelle, transition, ville, pourquoi } = def;
		return [{ ...row, libelle, transition, ville, pourquoi, tension: def.genre === 'tension' }];
	});
}

/** Short names of the 28 enjeux and of the crossings, by code. */
export function enjeuNames(ref: Pick<Referentiel, 'enjeux'>): Record<string, { court: string; libelle: string }> {
	const { transition, ville, croises } = ref.enjeux;
	return Object.fromEntries([
		...[...transition, ...ville].map((e) => [e.code, { court: e.court, libelle: e.libelle }]),
		...croises.map((c) => [c.code, { court: c.libelle, libelle: c.libelle }])
	]);
}

export const ruleNames = (ref: Referentiel): Record<string, string> =>
	Object.fromEntries(ref.lacunes.regles.map((r) => [r.id, r.libelle]));

/** X code → what a row of many names shows of a crossing. */
export const shortCrossings = (ref: Pick<Referentiel, 'enjeux'>): Record<string, string> =>
	Object.fromEntries(ref.enjeux.croises.map((x) => [x.code, x.court]));

export const natureNames = (ref: Referentiel): Record<string, string> =>
	Object.fromEntries(ref.enjeux.natures.map((n) => [n.code, n.libelle]));

/** The name of an action on the page of a territory, from its id. */
export function shortKeys(view: Pick<TerritoryView, 'actions'>): (id: string) => string {
	const keys = new Map(view.actions.map((a, i) => [a.action.id, i.toString(36)]));
	return (id) => keys.get(id) ?? id;
}

/** The id of an action, from its name on the page of a territory. */
export const idsOfKeys =
	(view: Pick<TerritoryView, 'actions'>) =>
	(key: string): string =>
		view.actions[parseInt(key, 36)]?.action.id ?? key;

export const PRIORITES = 'enjeux_prioritaires';

/** The territory without outlines nor full texts of actions. */
export function territoryPage(view: TerritoryView, ref: Referentiel, share = sharing()) {
	const doubts = view.gaps.filter(isToConfirm);
	const doubtful = doubtIn(view.croises, reserveIn(view, ref, null));
	const quartiers = view.quartiers.map((summary, c) => {
		const brief = quartierBrief(summary);
		const unsure = view.croises.cells.filter(
			(row, r) => row[c]!.coverage === 'structurante' && doubtful(r, c) !== null
		).length;
		return {
			...brief,
			aConfirmer: doubts.filter((gap) => gap.quartier === brief.code).length,
			structurantesAConfirmer: unsure
		};
	});
	const names = new Map(quartiers.map((q) => [q.code, q.nom]));
	const key = shortKeys(view);
	const told = { documents: documentNames(view.documents), asOf: view.asOf };
	return {
		code: view.territory.code as string,
		nom: view.territory.nom,
		fictif: view.territory.fictif,
		asOf: view.asOf,
		referentiel: view.referentiel,
		ouverture: view.ouverture,
		documents: view.documents,
		appels: planCalls(view, ref),
		quartiers,
		/** Places named in the plans that nothing attaches to a quartier or a commune. */
		aRattacher: new Set(
			[...view.actions.flatMap((a) => a.nonRattaches), ...view.communesInconnues].map((place) => plain(place.texte))
		).size,
		actions: Object.fromEntries(
			view.actions.map((a) => [key(a.action.id), briefAction(a, told, share, key(a.action.id))])
		),
		croises: croiseBriefs(view.croiseRows, ref),
		signatures: view.signatures,
		resumeSignatures: signatureSummary(countSignatures(view.signatures, view.croiseRows.length * quartiers.length)),
		/** Rule that asks which crossings the contract holds, where nobody said. */
		sansPriorite:
			ref.lacunes.regles.find((r) => Array.isArray(r.parametres[PRIORITES]) && !r.parametres[PRIORITES].length)?.id ??
			null,
		...gapTotals(view),
		lacunes: groupGaps(view.gaps, { quartiers: names, enjeux: enjeuNames(ref) }, key),
		enjeux: enjeuNames(ref),
		regles: ruleNames(ref),
		natures: natureNames(ref)
	};
}

/** Open alerts of the territory, each once; those no quartier counts; those that several quartiers count. */
function gapTotals({ gaps, actions }: TerritoryView) {
	const { dedans, dehors, partagees } = countOnce(gaps, actions);
	const [inQuartiers, horsQuartier] = [openIn({ gaps: dedans }), openIn({ gaps: dehors })];
	return { alertes: inQuartiers + horsQuartier, horsQuartier, partagees };
}
