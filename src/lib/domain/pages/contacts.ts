import { bySeverity } from '../rules/gap-groups';
import type { Gap } from '../rules/gaps';
import { SeverityLevel } from '../rules/referentiel';
import type { ActionBrief } from './page-model';

/** Somebody named in the actions that reach the quartier, and what for. */
export interface Contact {
	readonly nom: string;
	readonly titre: 'pilote' | 'porteur';
	readonly actions: readonly string[];
	/** What to ask: open alerts their actions are the evidence of, worst first. */
	readonly questions: readonly Question[];
}

/** « Demander au pilote ce que l’extension dessert », from a gap. */
export interface Question {
	readonly lacune: string;
	readonly gravite: Gap['gravite'];
	readonly enjeu: string | null;
	readonly aFaire: string;
}

/** People to call: those the worst gaps wait for first, then those whose actions really reach the quartier, then the most engaged. */
export function contactsOf(actions: readonly ActionBrief[], quartier: string, gaps: readonly Gap[] = []): Contact[] {
	const near = (a: ActionBrief) => ['cible', 'explicite', 'probable'].includes(a.atteintes[quartier] ?? 'aucune');
	const people = new Map<string, { nom: string; titre: Contact['titre']; actions: string[]; near: number }>();
	for (const action of actions) {
		const nom = action.pilote ?? action.porteur;
		if (!nom) continue;
		const known = people.get(nom) ?? { nom, titre: action.pilote ? 'pilote' : 'porteur', actions: [], near: 0 };
		people.set(nom, { ...known, actions: [...known.actions, action.id], near: known.near + (near(action) ? 1 : 0) });
	}
	const asked = gaps.filter((g) => !g.ecartee && g.reponse === 'alerte').sort(bySeverity);
	return [...people.values()]
		.map(({ nom, titre, actions: ids, near }) => {
			const about = asked.filter((g) => g.preuves.actions.some((id) => ids.includes(id)));
			const questions = about.map(({ id, gravite, enjeu, aFaire }) => ({ lacune: id, gravite, enjeu, aFaire }));
			return { nom, titre, actions: ids, near, questions };
		})
		.sort(
			(a, b) =>
				urgency(a.questions) - urgency(b.questions) ||
				b.near - a.near ||
				b.actions.length - a.actions.length ||
				a.nom.localeCompare(b.nom, 'fr')
		)
		.map(({ nom, titre, actions: ids, questions }) => ({ nom, titre, actions: ids, questions }));
}

const urgency = ([first]: readonly Question[]): number =>
	first ? SeverityLevel.options.indexOf(first.gravite) : SeverityLevel.options.length;
