import type { Aim } from '../crossing/aims';
import { bestReach } from '../crossing/coverage';
import type { Niveau, PlacedAction } from '../crossing/place';
import type { WhatIf } from '../crossing/what-if';
import { capital, count, inWords } from '../french';
import { isChance } from '../rules/gap-answers';
import { saidOf, type OpenMeasure } from '../funding/open-measures';
import type { Gap } from '../rules/gaps';
import type { GapRule, Referentiel } from '../rules/referentiel';
import { aimLines } from './aims-page';

/** Those that cover the quartier without being for it come first: they have most to change. */
const NEAR: readonly Niveau[] = ['diffuse', 'probable', 'inconnu', 'explicite', 'aucune'];

export type WhatIfPage = ReturnType<typeof whatIfPage>;

export interface Supposable {
	/** Actions one may suppose aim at the quartier. */
	readonly candidates: readonly PlacedAction[];
	/** Those of them that would close one of its gaps, best first. */
	readonly fleches: readonly Aim[];
	readonly effet: WhatIf | null;
	/** `prets`: how many of its streams can be asked for as they stand, named first or not. */
	readonly demandes: readonly {
		readonly action: PlacedAction;
		readonly premieres: readonly OpenMeasure[];
		readonly prets: number;
	}[];
}

/** What the page of a supposition says: `fleches` first, then the actions that would close nothing by themselves. */
export function whatIfPage(
	{ candidates, fleches, effet, demandes }: Supposable,
	quartier: { readonly code: string; readonly nom: string },
	ref: Pick<Referentiel, 'enjeux' | 'lacunes' | 'plans'>
) {
	const { line } = aimLines(ref);
	const told = new Set(demandes.map((d) => d.action.action.id));
	const proposed = new Set(fleches.map((aim) => aim.action.action.id));
	const isFund = chances(ref.lacunes.regles);
	const others = candidates
		.filter(({ action }) => !proposed.has(action.id))
		.map((placed) => line(placed, bestReach(placed, [quartier.code]), null))
		.sort((a, b) => NEAR.indexOf(a.niveau) - NEAR.indexOf(b.niveau) || a.titre.localeCompare(b.titre, 'fr'));
	// What is told of each action ticked says it better, and is counted once.
	const unticked = (effet?.ouvertes ?? []).filter(
		(gap) => isFund(gap) && !gap.preuves.actions.some((id) => told.has(id))
	);
	const prets = demandes.reduce((sum, d) => sum + d.prets, 0) + unticked.length;
	return {
		quartier,
		titre: effet ? effectTitle(effet, isFund, prets) : `Et si on fléchait des actions vers ${quartier.nom}\u202f?`,
		ordre: ORDER,
		fleches: fleches.map((aim) => line(aim.action, aim.niveau, aim)),
		autres: others,
		effet: effet && {
			...effet,
			fermees: effet.fermees.map(brief),
			ouvertes: effet.ouvertes.filter((gap) => !isFund(gap)).map(brief),
			/** Money one could ask for, which nobody has to « close », for what is not ticked: an action imagined. */
			chances: unticked.map(brief),
			demandesTitre: prets ? capital(readyCount(prets)) : 'Ce qu’on pourrait demander, une fois répondu',
			demandes: demandes.map(({ action: { action }, premieres, prets }) => ({
				...{ id: action.id, titre: action.titre },
				dit: premieres.length ? premieres.map(saidOf).join(' ; ') : 'rien à demander en l’état',
				plus: moreReady(premieres, prets)
			}))
		},
		enjeux: [...ref.enjeux.transition, ...ref.enjeux.ville].map(({ code, court }) => ({ code, nom: court })),
		natures: ref.enjeux.natures.map(({ code, libelle }) => ({ code, nom: libelle }))
	};
}

/** How `worthAiming` puts them, after those of droit commun that do not name the quartier: as the page of the quartier has them. */
const ORDER =
	'D’abord le droit commun qui ne nomme pas le quartier, puis le reste. Dans chacun, la meilleure action de chaque lacune avant la seconde : la plus grave lacune fermée, rien d’ouvert en retour, le croisement le moins répondu, un indicateur du quartier parmi les plus défavorables, l’investissement avant le reste. En dernier, ce qui se passe ailleurs, peut nuire, ouvrirait une lacune aussi grave ou reste à confirmer.';

const brief = ({ id, regle, gravite, message }: Gap) => ({ id, regle, gravite, message });

/** « 2 financements à instruire »: the one count of the page, in its title and above the list. */
const readyCount = (n: number): string => count(n, 'financement à instruire', 'financements à instruire');

/** « et 1 autre à instruire »; null: all of them are named. */
function moreReady(premieres: readonly OpenMeasure[], prets: number): string | null {
	const more = prets - premieres.filter((m) => m.verdict === 'a-instruire').length;
	return more > 0 ? `et ${count(more, 'autre à instruire', 'autres à instruire')}` : null;
}

function chances(rules: readonly GapRule[]): (gap: Gap) => boolean {
	const funds = new Set(rules.filter(isChance).map((r) => r.id));
	return ({ regle, reponse }) => reponse === 'opportunite' || funds.has(regle);
}

/** « Cinq lacunes se fermeraient, une s’ouvrirait » */
function effectTitle({ fermees, ouvertes, croisements }: WhatIf, isFund: (gap: Gap) => boolean, prets: number): string {
	const closed = fermees.length;
	const opened = ouvertes.filter((gap) => !isFund(gap)).length;
	const first =
		closed === 0
			? 'Aucune lacune ne se fermerait'
			: `${capital(inWords(closed, true))} ${closed > 1 ? 'lacunes se fermeraient' : 'lacune se fermerait'}`;
	const then = opened ? `, ${inWords(opened, true)} ${opened > 1 ? 's’ouvriraient' : 's’ouvrirait'}` : '';
	const moved = croisements.length ? `\u202f; ${count(croisements.length, 'croisement')} changerait de réponse` : '';
	const funds = prets ? `\u202f; ${readyCount(prets)}` : '';
	return `${first}${then}${funds}${croisements.length > 1 ? moved.replace('changerait', 'changeraient') : moved}`;
}
