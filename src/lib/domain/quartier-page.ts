import type { QuartierView } from './overview';
import {
	bySeverity,
	enjeuNames,
	briefAction,
	natureNames,
	quartierBrief,
	ruleNames,
	type ActionBrief
} from './page-model';
import type { Verdict, VerdictKind } from './eligibility';
import type { Niveau } from './place';
import type { Gap } from './gaps';
import type { Referentiel } from './referentiel';

export type QuartierPage = ReturnType<typeof quartierPage>;

/** Somebody named in the actions that reach the quartier, and what for. */
export interface Contact {
	readonly nom: string;
	readonly titre: 'pilote' | 'porteur';
	readonly actions: readonly string[];
}

/** Verdicts on one measure, every action together. */
export interface MeasureVerdicts {
	readonly mesure: string;
	readonly libelle: string;
	readonly operateur: string;
	readonly verdicts: readonly Verdict[];
}

/** A quartier as its page reads it: no outline, no full texts of actions. */
export function quartierPage(view: QuartierView, ref: Referentiel) {
	const actions = Object.fromEntries(view.actions.map((a) => [a.action.id, briefAction(a)]));
	return {
		territoire: { code: view.territory.code as string, nom: view.territory.nom, fictif: view.territory.fictif },
		asOf: view.asOf,
		referentiel: view.referentiel,
		titre: view.titre,
		chapo: view.chapo,
		quartier: quartierBrief(view.summary),
		voisins: view.voisins.filter((v) => v.code !== view.summary.quartier.code),
		suivant: nextOf(view),
		indicateurs: view.indicateurs,
		actions,
		enjeux: view.enjeux,
		croises: view.croises,
		lacunes: [...view.gaps].sort(bySeverity),
		financements: verdictsByMeasure(view.verdicts, ref),
		argent: view.argent,
		contacts: contactsOf(Object.values(actions), view.summary.quartier.code),
		plans: [...new Set(view.documents.map((d) => d.plan))],
		croisements: crossingsOf(ref),
		noms: enjeuNames(ref),
		regles: ruleNames(ref),
		natures: natureNames(ref)
	};
}

/** The quartier after this one, round to the first; null when it is alone. */
function nextOf({ voisins, summary }: QuartierView): QuartierView['voisins'][number] | null {
	const all = [...voisins.filter((v) => v.code !== summary.quartier.code), summary.quartier].sort((a, b) =>
		a.nom.localeCompare(b.nom, 'fr')
	);
	const next = all[(all.findIndex((v) => v.code === summary.quartier.code) + 1) % all.length];
	return next && next.code !== summary.quartier.code ? { code: next.code, nom: next.nom } : null;
}

/** People to call: those who carry actions that really reach the quartier first, then the most engaged. */
export function contactsOf(actions: readonly ActionBrief[], quartier: string): Contact[] {
	const near = (a: ActionBrief) => ['cible', 'explicite', 'probable'].includes(a.atteintes[quartier] ?? 'aucune');
	const people = new Map<string, { nom: string; titre: Contact['titre']; actions: string[]; near: number }>();
	for (const action of actions) {
		const nom = action.pilote ?? action.porteur;
		if (!nom) continue;
		const known = people.get(nom) ?? { nom, titre: action.pilote ? 'pilote' : 'porteur', actions: [], near: 0 };
		people.set(nom, { ...known, actions: [...known.actions, action.id], near: known.near + (near(action) ? 1 : 0) });
	}
	return [...people.values()]
		.sort((a, b) => b.near - a.near || b.actions.length - a.actions.length || a.nom.localeCompare(b.nom, 'fr'))
		.map(({ nom, titre, actions: ids }) => ({ nom, titre, actions: ids }));
}

const ORDER: readonly VerdictKind[] = ['a-instruire', 'indetermine', 'ecarte'];

/** One entry per measure, those worth asking first; a measure that discards every action comes last. */
export function verdictsByMeasure(verdicts: readonly Verdict[], ref: Referentiel): MeasureVerdicts[] {
	const measures = new Map(ref.financements.flatMap((f) => f.mesures).map((m) => [m.id, m]));
	const groups = new Map<string, Verdict[]>();
	for (const v of verdicts) groups.set(v.mesure, [...(groups.get(v.mesure) ?? []), v]);
	const rank = (v: Verdict) => ORDER.indexOf(v.verdict);
	return [...groups.entries()]
		.map(([mesure, list]) => {
			const def = measures.get(mesure);
			const sorted = [...list].sort((a, b) => rank(a) - rank(b) || a.manquants.length - b.manquants.length);
			return { mesure, libelle: def?.libelle ?? mesure, operateur: def?.operateur ?? '', verdicts: sorted };
		})
		.sort((a, b) => rank(a.verdicts[0]!) - rank(b.verdicts[0]!) || a.libelle.localeCompare(b.libelle, 'fr'));
}

export const REACH_COLUMNS: readonly Niveau[] = ['inconnu', 'aucune', 'diffuse', 'probable', 'explicite', 'cible'];

/** Worst open alert that touches an enjeu, by itself or through a crossing it is half of. */
export function worstGapOn(
	gaps: readonly Gap[],
	enjeu: string,
	ref: Readonly<Record<string, readonly string[]>>
): Gap | null {
	const codes = [enjeu, ...(ref[enjeu] ?? [])];
	return (
		[...gaps]
			.filter((g) => !g.ecartee && g.reponse === 'alerte' && g.enjeu !== null && codes.includes(g.enjeu))
			.sort(bySeverity)[0] ?? null
	);
}

/** T code → X codes it is half of. */
export function crossingsOf(ref: Referentiel): Record<string, string[]> {
	const found: Record<string, string[]> = {};
	for (const x of ref.enjeux.croises) (found[x.transition] ??= []).push(x.code);
	return found;
}
