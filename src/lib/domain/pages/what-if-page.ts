import { AIM_ORDER } from '../crossing/aim-order';
import type { Aim } from '../crossing/aims';
import { bestReach } from '../crossing/coverage';
import type { Niveau, PlacedAction } from '../crossing/place';
import type { Unanswered, WhatIf } from '../crossing/what-if';
import { capital, count, list } from '../french';
import { isChance } from '../rules/gap-answers';
import { saidOf, type OpenMeasure } from '../funding/open-measures';
import type { Gap } from '../rules/gaps';
import type { GapRule, Referentiel } from '../rules/referentiel';
import { aimLines, type AimWords } from './aims-page';

/** Those that cover the quartier without being for it come first: they have most to change. */
const NEAR: readonly Niveau[] = ['diffuse', 'probable', 'inconnu', 'explicite', 'aucune'];

export type WhatIfPage = ReturnType<typeof whatIfPage>;

export interface Supposable {
	/** Actions one may suppose aim at the quartier. */
	readonly candidates: readonly PlacedAction[];
	/** Those of them that would close one of its gaps, best first. */
	readonly fleches: readonly Aim[];
	/** The others that would: they name the quartier already, or are its contract’s. */
	readonly deja: readonly Aim[];
	/** Gaps that none of them would close, crossings without any action first. */
	readonly sansAction: readonly Unanswered[];
	readonly effet: WhatIf | null;
	/** `prets`: those of its streams that can be asked for as they stand, named first or not. */
	readonly demandes: readonly {
		readonly action: PlacedAction;
		readonly premieres: readonly OpenMeasure[];
		readonly prets: readonly OpenMeasure[];
	}[];
}

/** What the page of a supposition says: `fleches` first, then those that name the quartier already, then the actions that would close nothing by themselves. */
export function whatIfPage(
	{ candidates, fleches, deja, sansAction, effet, demandes }: Supposable,
	quartier: { readonly code: string; readonly nom: string },
	ref: Pick<Referentiel, 'enjeux' | 'lacunes' | 'lexique' | 'plans'>,
	words: AimWords = {}
) {
	const { line } = aimLines(ref, words);
	const told = new Set(demandes.map((d) => d.action.action.id));
	const proposed = new Set([...fleches, ...deja].map((aim) => aim.action.action.id));
	const isFund = chances(ref.lacunes.regles);
	const others = candidates
		.filter(({ action }) => !proposed.has(action.id))
		.map((placed) => line(placed, bestReach(placed, [quartier.code]), null))
		.sort((a, b) => NEAR.indexOf(a.niveau) - NEAR.indexOf(b.niveau) || a.titre.localeCompare(b.titre, 'fr'));
	// What is told of each action ticked says it better, and is counted once.
	const unticked = (effet?.ouvertes ?? []).filter(
		(gap) => isFund(gap) && !gap.preuves.actions.some((id) => told.has(id))
	);
	const prets = demandes.reduce((sum, d) => sum + d.prets.length, 0) + unticked.length;
	return {
		quartier,
		titre: effet ? effectTitle(effet, isFund, prets) : `Et si on fléchait des actions vers ${quartier.nom}\u202f?`,
		ordre: AIM_ORDER,
		fleches: fleches.map((aim) => line(aim.action, aim.niveau, aim)),
		deja: deja.map((aim) => line(aim.action, aim.niveau, aim)),
		autres: others,
		amorces: startingPoints(sansAction, ref.enjeux),
		effet: effet && {
			...effet,
			fermees: effet.fermees.map(brief),
			ouvertes: effet.ouvertes.filter((gap) => !isFund(gap)).map(brief),
			/** Money one could ask for, which nobody has to « close », for what is not ticked: an action imagined. */
			chances: unticked.map(brief),
			demandesTitre: prets ? capital(readyCount(prets)) : 'Ce qu’on pourrait demander, une fois répondu',
			demandes: demandes.map(({ action: { action }, premieres, prets }) => ({
				...{ id: action.id, titre: action.titre },
				dits: premieres.length ? premieres.map(saidOf) : ['rien à demander en l’état'],
				plus: moreReady(premieres, prets),
				/** Nothing else there can be asked for as it stands: what can is read first. */
				plusDabord: !premieres.some((m) => m.verdict === 'a-instruire')
			}))
		},
		enjeux: [...ref.enjeux.transition, ...ref.enjeux.ville].map(({ code, court }) => ({ code, nom: court })),
		natures: ref.enjeux.natures.map(({ code, libelle }) => ({ code, nom: libelle }))
	};
}

/** Crossings to start an action from, those the form proposes; more when more have no action. */
const STARTS = 3;
const MOST_STARTS = 8;

/** in     gaps no action would close, in order; a crossing is proposed once */
function startingPoints(gaps: readonly Unanswered[], { croises }: Referentiel['enjeux']) {
	const by = new Map(croises.map((x) => [x.code, x]));
	const told = new Map<string, string>();
	for (const { gap, sansAction } of gaps) {
		const { enjeu, gravite } = gap;
		if (enjeu === null || !by.has(enjeu) || told.has(enjeu)) continue;
		if (told.size >= (sansAction ? MOST_STARTS : STARTS)) break;
		told.set(enjeu, sansAction ? 'aucune action' : gravite);
	}
	return [...told].map(([code, dit]) => {
		const { libelle, transition, ville } = by.get(code)!;
		return { code, nom: libelle, dit, enjeux: [transition, ville] };
	});
}

const brief = ({ id, regle, gravite, message }: Gap) => ({ id, regle, gravite, message });

/** « 2 demandes à instruire »: the one count of the page, in its title and above the list. */
const readyCount = (n: number): string => count(n, 'demande à instruire', 'demandes à instruire');

/** « À instruire : Offre Quartiers 2030 (prêt) »; null: all of them are named. */
function moreReady(premieres: readonly OpenMeasure[], prets: readonly OpenMeasure[]): string | null {
	const more = prets.filter((m) => !premieres.includes(m)).map((m) => m.nom);
	const also = premieres.some((m) => m.verdict === 'a-instruire') ? 'À instruire aussi' : 'À instruire';
	return more.length > 0 ? `${also}\u00a0: ${list(more)}` : null;
}

function chances(rules: readonly GapRule[]): (gap: Gap) => boolean {
	const funds = new Set(rules.filter(isChance).map((r) => r.id));
	return ({ regle, reponse }) => reponse === 'opportunite' || funds.has(regle);
}

/** « 5 lacunes se fermeraient, 1 s’ouvrirait »: figures, beside those that follow. */
function effectTitle({ fermees, ouvertes, croisements }: WhatIf, isFund: (gap: Gap) => boolean, prets: number): string {
	const closed = fermees.length;
	const opened = ouvertes.filter((gap) => !isFund(gap)).length;
	// What too few documents let judge is no gap to close: its answer changes all the same.
	if (closed === 0 && opened === 0 && croisements.length > 0)
		return `${answersMoved(croisements.length)}${prets ? `\u202f; ${readyCount(prets)}` : ''}`;
	const first =
		closed === 0 ? 'Aucune lacune ne se fermerait' : count(closed, 'lacune se fermerait', 'lacunes se fermeraient');
	const then = opened ? `, ${count(opened, 's’ouvrirait', 's’ouvriraient')}` : '';
	const moved = croisements.length ? `\u202f; ${answersMoved(croisements.length)}` : '';
	const funds = prets ? `\u202f; ${readyCount(prets)}` : '';
	return `${first}${then}${funds}${moved}`;
}

const answersMoved = (n: number): string =>
	count(n, 'croisement changerait', 'croisements changeraient') + ' de réponse';
