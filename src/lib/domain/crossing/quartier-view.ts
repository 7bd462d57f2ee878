import { carrierOf, reserveOf } from './answer-reserve';
import { answerGroups, answersSentence } from './answers-here';
import { alikeQuartiers } from './alike-quartiers';
import { aimPlace } from './aim-place';
import { aimedAt, readHere } from './aim-trial';
import { droitCommunToAim, FIRST_AIMS } from './aims';
import { leftToOthers } from './contrary-titles';
import { bestReach, coverageOf, COVERAGES, isActive, reaches } from './coverage';
import type { Verdict } from '../rules/eligibility';
import type { CrossingHere, EnjeuReach, MoneyLine, QuartierView } from './overview';
import { partBudget } from './part-qpv';
import { wordsOf } from '../phrase';
import { byId, NIVEAUX, type PlacedAction } from './place';
import { moneyKindOf } from '../funding/own-share';
import { moneyKey } from './money-key';
import { probableMoney } from './probable-money';
import { originBeside } from '../indicator-origin';
import { quartierLead, quartierTitle, reachLead } from './quartier-story';
import { refAt } from '../rules/families-here';
import type { Referentiel } from '../rules/referentiel';
import { gapsOfQuartier } from '../rules/gaps-by-quartier';
import { coverageContext, type Crossed } from './territory-view';
import { aroundByUrgency, aroundInMatrix } from './urgency';

/**
 * One quartier of a crossed territory.
 * in     `assess`: verdicts of funding for actions, in a quartier or wherever they are
 * out    null when the quartier is not of this territory
 */
export function quartierView(
	crossed: Crossed,
	code: string,
	ref: Referentiel,
	assess: (placed: readonly PlacedAction[], quartier: string | null) => readonly Verdict[]
): QuartierView | null {
	const { view, indicateurs } = crossed;
	const at = view.quartiers.findIndex((s) => s.quartier.code === code);
	const summary = view.quartiers[at];
	if (!summary) return null;
	const actions = view.actions.filter((a) => bestReach(a, [code]) !== 'aucune');
	const near = actions.filter((a) => isActive(a) && reaches(bestReach(a, [code])));
	const named = near.filter((a) => bestReach(a, [code]) !== 'probable');
	const enjeux = enjeuReaches(view.actions, code, ref, view.documents, view.asOf);
	const croises = crossingsHere(view, at, ref);
	const ouverture = {
		titre: quartierTitle(
			summary.quartier.nom,
			croises.map((c) => c.coverage),
			croises.filter((c) => c.coverage === 'structurante' && c.aConfirmer).length
		),
		chapo: quartierLead({
			population: summary.population,
			populationSource: summary.populationSource && originBeside(summary.populationSource, indicateurs.get(code) ?? []),
			nommees: named.length,
			documents: view.documents.length
		}),
		arrive: reachLead(
			enjeux.map((e) => ({
				libelle: ref.enjeux.transition.find((t) => t.code === e.code)?.court ?? e.libelle,
				...{ coverage: e.coverage, aConfirmer: e.aConfirmer }
			}))
		)
	};
	const answers = view.documents.length ? answersSentence(answerGroups(croises, ref.enjeux.croises)) : '';
	const gaps = gapsOfQuartier(view.gaps, code, view.actions);
	const aFlecher = droitCommunToAim(view.actions, { ...aimPlace(crossed, code), combien: FIRST_AIMS }, ref);
	// What they could ask for once they aim at it, as « Et si » tells it.
	const first = aFlecher.slice(0, FIRST_AIMS).map((aim) => aimedAt(aim.action, code));
	return {
		territory: view.territory,
		asOf: view.asOf,
		referentiel: view.referentiel,
		summary,
		voisins: view.quartiers.map(({ quartier: { code, nom } }) => ({ code, nom })),
		pareils: alikeQuartiers(view.croises, at),
		autour: aroundByUrgency(view.quartiers, code),
		autourMatrice: aroundInMatrix(view.quartiers, code),
		indicateurs: indicateurs.get(code) ?? [],
		actions,
		exclues: view.actions.filter((a) => bestReach(a, [code]) === 'aucune'),
		documents: view.documents,
		referents: view.referents,
		nomsDesQuartiers: new Map(view.quartiers.map(({ quartier }) => [quartier.code, quartier.nom])),
		enjeux,
		croises,
		gaps,
		lacunesDuTerritoire: view.gaps,
		aFlecher,
		verdictsAFlecher: assess(first, code),
		signatures: view.signatures.filter((s) => s.quartier === code),
		parts: partBudget(view.actions, code),
		verdicts: assess(
			near.map((p) => readHere(p, code)),
			code
		),
		nommees: named.map((a) => a.action.id),
		memeBatiment: leftToOthers(
			view.actions,
			view.quartiers.map((q) => q.quartier),
			code
		),
		argent: moneyOf(named, refAt(ref, view.territory)),
		argentProbable: probableMoney(view.actions, code, view.asOf),
		titre: wordsOf(ouverture.titre),
		chapo: [wordsOf(ouverture.chapo), answers].filter(Boolean).join(' '),
		ouverture
	};
}

/** The 20 crossings of the quartier in column `at`, as the matrix of the territory answers them. */
function crossingsHere({ croises, ...view }: Crossed['view'], at: number, ref: Referentiel): CrossingHere[] {
	const known = byId(view.actions);
	const context = coverageContext(ref, [croises.columns.keys[at]!], view.documents);
	return croises.rows.keys.map(({ code }, i) => {
		const { coverage, actions } = croises.cells[i]![at]!;
		const own = actions.flatMap((id) => known.get(id) ?? []);
		return { code, coverage, actions, ...reserveOf(own, { ...context, croise: code }, view.asOf) };
	});
}

/** The 14 transition enjeux, from the best answered to the least; those nobody can judge come last. */
function enjeuReaches(
	actions: readonly PlacedAction[],
	code: string,
	ref: Referentiel,
	documents: QuartierView['documents'],
	asOf: string
): EnjeuReach[] {
	const context = coverageContext(ref, [{ code }], documents);
	return ref.enjeux.transition
		.map((enjeu): EnjeuReach => {
			const own = actions.filter((a) => isActive(a) && a.transition.some((t) => t.code === enjeu.code));
			const levels = NIVEAUX.map((n) => [n, own.filter((a) => bestReach(a, [code]) === n).map((a) => a.action.id)]);
			return {
				code: enjeu.code,
				libelle: enjeu.libelle,
				coverage: coverageOf(own, context),
				...reserveOf(own, context, asOf),
				parNiveau: Object.fromEntries(levels),
				porteuse: carrierOf(own, context, asOf)?.action.id ?? null
			};
		})
		.sort((a, b) => COVERAGES.indexOf(a.coverage) - COVERAGES.indexOf(b.coverage));
}

/**
 * Money of some distinct actions, by dispositif, else by the words of the file.
 * out    in the order met, a line per base: HT and TTC are never added; `demande`, `envisage` and `obtenu` null when no line states one; a refusal is an « obtenu » of 0
 */
export function moneyOf(actions: readonly PlacedAction[], ref: Pick<Referentiel, 'financements'>): MoneyLine[] {
	const names = new Map(
		ref.financements.flatMap((f) => [[f.id, f.titre] as const, ...f.mesures.map((m) => [m.id, m.libelle] as const)])
	);
	const lines = new Map<
		string,
		{ line: MoneyLine; demande: number | null; envisage: number | null; obtenu: number | null; actions: Set<string> }
	>();
	for (const { action } of new Map(actions.map((a) => [a.action.id, a])).values())
		for (const line of action.financements) {
			const base = line.base ?? null;
			const key = moneyKey(line, action);
			const libelle = (line.dispositif && names.get(line.dispositif)) || line.libelle;
			const sorte = moneyKindOf(line, action);
			const none = { demande: null, envisage: null, obtenu: null };
			const blank = { dispositif: line.dispositif, libelle, base, sorte, ...none, actions: [] };
			const sum = lines.get(key) ?? { line: blank, ...none, actions: new Set<string>() };
			const obtenu = line.obtenu ?? (line.etat === 'refuse' ? 0 : null);
			const state = line.etat === 'envisage' ? 'envisage' : 'demande';
			sum[state] = plus(sum[state], line.demande);
			sum.obtenu = plus(sum.obtenu, obtenu);
			sum.actions.add(action.id);
			lines.set(key, sum);
		}
	const all = [...lines.values()];
	const several = (of: MoneyLine) =>
		all.some(
			({ line }) =>
				line !== of && line.dispositif === of.dispositif && line.libelle === of.libelle && line.sorte === of.sorte
		);
	return all.map(({ line, demande, envisage, obtenu, actions }) => ({
		...line,
		...(several(line) && { libelle: `${line.libelle} (${line.base ?? 'HT ou TTC non précisé'})` }),
		...{ demande, envisage, obtenu },
		actions: [...actions]
	}));
}

const plus = (a: number | null, b: number | null): number | null =>
	b === null ? a : (Math.round((a ?? 0) * 100) + Math.round(b * 100)) / 100;
