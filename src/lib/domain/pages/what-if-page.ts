import { bestReach } from '../crossing/coverage';
import type { Niveau, PlacedAction } from '../crossing/place';
import type { WhatIf } from '../crossing/what-if';
import { capital, count, inWords } from '../french';
import type { Gap } from '../rules/gaps';
import type { Referentiel } from '../rules/referentiel';

/** Those that cover the quartier without being for it come first: they have most to change. */
const NEAR: readonly Niveau[] = ['diffuse', 'probable', 'inconnu', 'explicite', 'aucune'];

/** An action one may suppose aims at the quartier. */
export interface Candidate {
	readonly id: string;
	readonly titre: string;
	readonly plan: PlacedAction['action']['plan'];
	readonly reference: string | null;
	readonly niveau: Niveau;
	readonly croises: readonly string[];
}

export type WhatIfPage = ReturnType<typeof whatIfPage>;

/** What the page of a supposition says. */
export function whatIfPage(
	candidates: readonly PlacedAction[],
	quartier: { readonly code: string; readonly nom: string },
	effet: WhatIf | null,
	ref: Pick<Referentiel, 'enjeux'>
) {
	return {
		quartier,
		titre: effet ? effectTitle(effet) : `Et si des actions ciblaient ${quartier.nom}\u202f?`,
		candidates: candidates
			.map(({ action, croises, reach }): Candidate => ({
				...{ id: action.id, titre: action.titre, plan: action.plan, reference: action.reference },
				niveau: bestReach({ reach } as PlacedAction, [quartier.code]),
				croises: croises.map((c) => c.code)
			}))
			.sort((a, b) => NEAR.indexOf(a.niveau) - NEAR.indexOf(b.niveau) || (a.titre < b.titre ? -1 : 1)),
		effet: effet && { ...effet, fermees: effet.fermees.map(brief), ouvertes: effet.ouvertes.map(brief) },
		enjeux: [...ref.enjeux.transition, ...ref.enjeux.ville].map(({ code, court }) => ({ code, nom: court })),
		natures: ref.enjeux.natures.map(({ code, libelle }) => ({ code, nom: libelle }))
	};
}

const brief = ({ id, regle, gravite, message }: Gap) => ({ id, regle, gravite, message });

/** « Cinq lacunes se fermeraient, une s’ouvrirait » */
function effectTitle({ fermees, ouvertes, croisements }: WhatIf): string {
	const closed = fermees.length;
	const opened = ouvertes.length;
	const first =
		closed === 0
			? 'Aucune lacune ne se fermerait'
			: `${capital(inWords(closed, true))} ${closed > 1 ? 'lacunes se fermeraient' : 'lacune se fermerait'}`;
	const then = opened ? `, ${inWords(opened, true)} ${opened > 1 ? 's’ouvriraient' : 's’ouvrirait'}` : '';
	const moved = croisements.length ? `\u202f; ${count(croisements.length, 'croisement')} changerait de réponse` : '';
	return `${first}${then}${croisements.length > 1 ? moved.replace('changerait', 'changeraient') : moved}`;
}
