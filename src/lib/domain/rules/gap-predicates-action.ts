import type { Action, FinancingLine, PlanDocument } from '../action';
import { date, euros, FINE, quoted } from '../french';
import { listOf, monthsLater, numberOf, textOf, type Finding, type GapView } from './gap-context';
import { aboutEach, type AboutOne, type Concerned } from './gap-each-action';
import { about, request, requestsFor } from './gap-findings';
import { stepDates } from '../import/steps';
import { toTenth } from '../funding/cumul';
import type { PlanNature } from '../funding/entered';
import { isOwnShare } from '../funding/own-share';
import { costOf, runningOf } from '../funding/plan-lines';
import { overBy } from '../crossing/past-end';
import type { PlacedAction } from '../crossing/place';
import type { IsoDate } from '../source';
import { isOver } from './gap-plans-read';
import {
	awaitedAsked,
	endsSoonSaid,
	refusedSaid,
	restSaid,
	shareLeft,
	startsSoonSaid,
	supposedSaid
} from './gap-rest-words';
import { isFunded } from './still-to-do';
import { closedSaid, hopedOfClosed, leftWithoutClosed } from './gap-closed-hope';
import { flat } from './gap-why';
import { once } from '../memory';
import { plain } from '../text';
import { unreadCost } from '../written-money';
import type { GapRule } from './referentiel';

/* Rules about one action, wherever it is in the territory: its money (G10), its steps (G07). */

export const found = (constat: Finding): AboutOne => ({ constats: [constat] });

/** What a line brings: granted where stated (zero included), else asked for; a refusal without amount brings nothing. null: not stated. */
export const lineAmount = (line: FinancingLine): number | null =>
	line.obtenu ?? (line.etat === 'refuse' ? 0 : line.demande);

/**
 * G10: no cost in a column that exists, or financing lines that leave more than `seuil_reste` of it to be found.
 * out    'cout-non-lu' when one is written that could not be read; 'bases-melangees' when HT and TTC stand side by side; 'demarre-bientot' within `bientot_mois`; 'fonctionnement-absent' for an investment without running cost, of something that runs already 'fonctionnement-d-un-existant', 'fonctionnement-seul' when that is all it says. One
 *        request for data per document when it has no column for a cost, or when its financing lines are blank
 * never  takes a line without amount for zero, nor one that is only hoped for from a closed fund for money; asks anything of an action stated to cost nothing, nor of a document that ended
 */
export function financementIncomplet(view: GapView, rule: GapRule): readonly Finding[] {
	const threshold = numberOf(rule, 'seuil_reste', 0.2);
	const soon = monthsLater(view.asOf, numberOf(rule, 'bientot_mois', 12));
	const startsSoon = ({ placed }: Concerned): boolean => {
		const starts = placed.action.dates?.debut ?? '';
		return starts >= view.asOf && starts < soon;
	};
	const ask = (one: Concerned): AboutOne | null => {
		const { placed, document } = one;
		const { action } = placed;
		// Nobody completes a plan that ended.
		if (isFunded(placed, view.asOf) || isOver(document, view.asOf)) return null;
		const cost = costOf(placed)?.montant ?? null;
		const hurry = startsSoon(one) ? ['demarre-bientot'] : [];
		if (!cost) {
			if (!hasCostColumn(document)) return null;
			if (!mayWriteCost(document, placed)) return { constats: [], manque: 'cout_investissement' };
			const ecrit = unreadCost(action);
			if (ecrit !== null) {
				const said = [`coût écrit ${quoted(ecrit)}, non lu`];
				return found(about(view, placed, ['cout-non-lu', ...hurry], { ecrit: flat(ecrit) }, ['budget'], said));
			}
			const running = runningOf(placed);
			if (running) {
				const courant = euros(running.euros, running.base);
				const said = `coût non renseigné, fonctionnement ${courant} par an`;
				return found(about(view, placed, ['fonctionnement-seul', ...hurry], { courant }, ['budget'], [said]));
			}
			const isAided = action.financements.some((l) => (l.obtenu ?? l.demande ?? 0) > 0);
			const valeurs = {
				inscrit: isAided ? 'aucun coût inscrit en face de ses financements' : 'aucun montant inscrit',
				a_part: placed.nature?.code === 'N1' ? ', investissement et fonctionnement à part' : '',
				temps: mayTakeTimeOnly(placed) ? `${FINE}; si ce n’est que du temps d’agents déjà payés, écrire 0\u00a0€` : ''
			};
			const told = about(view, placed, ['sans-cout', ...hurry], valeurs, ['budget'], ['coût non renseigné']);
			return found(hurry.length > 0 ? { ...told, pourquoi: startsSoonSaid(placed) } : told);
		}
		if (cost.euros === 0) return null;
		const left = leftWithoutClosed(view, placed);
		if (left.genre === 'inconnu' && left.raisons.includes('bases')) {
			const said = [`coût ${euros(cost.euros, cost.base)}`, ...toldLines(placed)];
			return found(about(view, placed, ['bases-melangees'], {}, ['budget', 'financements'], said));
		}
		const manque = left.genre === 'inconnu' ? 'financements' : null;
		if (left.genre === 'connu' && toTenth(shareLeft(left.euros, cost.euros)) > threshold) {
			const cout = euros(cost.euros, cost.base);
			const said = [`coût ${cout}`, ...toldLines(placed)];
			const closed = hopedOfClosed(view, placed);
			const valeurs = {
				reste_dit: `${restSaid(placed, left.euros, cost, left.suppose.length > 0, closed)}${refusedSaid(placed)}${closedSaid(view, closed)}`,
				ou_en_est: awaitedAsked(placed, closed)
			};
			// The sentence holds the cost already; what it supposes is said beside it.
			const supposed = {
				pourquoi:
					[hurry.length > 0 && startsSoonSaid(placed), supposedSaid(placed, left), endsSoonSaid(placed, view.asOf)]
						.filter(Boolean)
						.join(' ') || undefined
			};
			return found({ ...about(view, placed, hurry, valeurs, ['budget', 'financements'], said), ...supposed });
		}
		const running = document.champs.includes('cout_fonctionnement') && action.fonctionnement === null;
		if (!running || placed.nature?.code !== 'N1' || action.budget === null) return { constats: [], manque };
		const said = ['coût de fonctionnement non renseigné'];
		// A school that is renovated has its running costs already: what changes is asked.
		const cas = titleSays(placed, rule, 'existant') ? ['fonctionnement-d-un-existant'] : [];
		return {
			constats: [about(view, placed, [...cas, 'fonctionnement-absent'], {}, ['fonctionnement'], said)],
			manque
		};
	};
	const { constats, manques } = aboutEach(view, rule, ask, {
		scope: 'territoire',
		read: [view.asOf],
		of: (one) => [
			...[startsSoon(one), isFunded(one.placed, view.asOf), overBy(one.placed.action, view.asOf)],
			endsSoonSaid(one.placed, view.asOf),
			isOver(one.document, view.asOf)
		]
	});
	const requests = view.documents
		.filter((document) => !hasCostColumn(document) && !isOver(document, view.asOf))
		.map((document) => request(view, rule, document, 'cout_investissement', []));
	const silent = requestsFor(view, rule, manques, ['financements'], ['financements-non-renseignes']);
	return [...requests, ...requestsFor(view, rule, manques, ['cout_investissement']), ...silent, ...constats];
}

const hasCostColumn = (document: PlanDocument): boolean =>
	document.champs.includes('cout_investissement') || document.champs.includes('cout_fonctionnement');

/** A document that only has what things cost to run holds no cell for the cost of an investment, nor of what may be one. */
const mayWriteCost = (document: PlanDocument, { nature }: PlacedAction): boolean =>
	document.champs.includes('cout_investissement') || (nature !== null && nature.code !== 'N1');

export const STATE_WORDS: Readonly<Record<FinancingLine['etat'], string>> = {
	envisage: 'envisagé',
	demande: 'demandé',
	obtenu: 'obtenu',
	refuse: 'refusé'
};

const NATURE_WORDS: Readonly<Record<PlanNature, string>> = {
	envisage: 'envisagé',
	sollicite: 'sollicité',
	obtenu: 'obtenu',
	pret: 'prêt',
	valorisation: 'valorisation',
	autofinancement: 'autofinancement'
};

/** Lines of the file, then those people typed. */
const toldLines = ({ action, saisies }: PlacedAction): string[] => [
	...action.financements.map((line) => told(line, action)),
	...(saisies?.lignes ?? []).map(
		(l) =>
			`${l.financeur}\u00a0: ${l.euros === null ? 'montant non renseigné' : euros(l.euros, l.base)} (${NATURE_WORDS[l.nature]}, saisi)`
	)
];

function told(line: FinancingLine, action: Action): string {
	if (line.etat === 'refuse') {
		const asked = line.demande ? `${euros(line.demande, line.base)} demandés, refusés` : 'demande refusée';
		return `${line.libelle}\u00a0: ${asked}`;
	}
	const amount = lineAmount(line);
	const words = isOwnShare(line, action)
		? 'apport du porteur'
		: STATE_WORDS[line.obtenu !== null ? 'obtenu' : line.etat];
	return `${line.libelle}\u00a0: ${amount === null ? 'montant non renseigné' : `${euros(amount, line.base)} (${words})`}`;
}

/**
 * G07: every dated step is after the horizon, or the next one is more than `prochain_jalon_mois` away.
 * out    'priorite-elevee', 'prochain-jalon-lointain', 'revient-chaque-annee'; one request for data per document for the actions
 *        that give no date, and one, 'sans-colonne-etapes', for those whose document has no column of steps to write a nearer one in
 * never  asks anything of a document that ended
 */
export function sansJalon(view: GapView, rule: GapRule): readonly Finding[] {
	const horizon = textOf(rule, 'horizon', '2030-12-31');
	const months = numberOf(rule, 'prochain_jalon_mois', 24);
	const far = monthsLater(view.asOf, months);
	/** The next day written in an action, when it is far away; what is near or past says nothing. */
	const farNext = (days: readonly string[]): string | null => {
		const next = days.find((d) => d >= view.asOf);
		return next && next > far ? next : null;
	};
	const ask = ({ placed, document }: Concerned): AboutOne | null => {
		if (isOver(document, view.asOf)) return null;
		const days = daysOf(placed.action);
		if (days.length === 0) return { constats: [], manque: 'date_fin' };
		const next = farNext(days);
		if (days.some((d) => d <= horizon) && next === null) return null;
		if (placed.action.etapes.length === 0 && !document.champs.includes('etapes'))
			return { constats: [], manque: 'etapes' };
		const steps = new Set(placed.action.etapes.flatMap(stepDates));
		const said = [...new Set(days)].map((d) => `${steps.has(d) ? 'jalon' : 'fin'} au ${date(d)}`);
		const first = {
			le_plus_proche: nearestSaid(placed.action, days[0]!, steps),
			horizon: horizon.slice(0, 4),
			resultat: isPastHalf(placed.action, view.asOf) ? 'avant sa fin' : 'à mi-parcours'
		};
		const pressing = placed.action.priorite === 'eleve' ? ['priorite-elevee'] : [];
		if (!days.some((d) => d <= horizon))
			return found(about(view, placed, pressing, first, ['etapes', 'date_fin'], said));
		const ecrite = steps.has(next!) ? 'son premier jalon écrit est fixé au' : 'la première date écrite est sa fin, le';
		const avant = steps.has(next!) ? `son premier jalon, le ${date(next!)}` : `sa fin, ${endSaid(next!)}`;
		const valeurs = { ...first, prochain: date(next!), avant, mois: String(months), ecrite };
		// What comes back each year has something to check each year: nobody wrote when.
		const yearly = titleSays(placed, rule, 'chaque_annee') ? ['revient-chaque-annee'] : [];
		return found(about(view, placed, [...yearly, 'prochain-jalon-lointain'], valeurs, ['etapes', 'date_fin'], said));
	};
	const { constats, manques } = aboutEach(view, rule, ask, {
		scope: 'territoire',
		read: [view.asOf],
		of: ({ placed, document }) => [
			farNext(daysOf(placed.action)),
			isPastHalf(placed.action, view.asOf),
			isOver(document, view.asOf)
		]
	});
	const columns = requestsFor(view, rule, manques, ['etapes'], ['sans-colonne-etapes']);
	return [...requestsFor(view, rule, manques, ['date_fin']), ...columns, ...constats];
}

/** Half of its time is over: nothing is due « à mi-parcours » any more. */
function isPastHalf({ dates }: Action, asOf: string): boolean {
	if (!dates?.debut || !dates.fin) return false;
	return (Date.parse(dates.debut) + Date.parse(dates.fin)) / 2 < Date.parse(asOf);
}

/** Longer, the words of a calendar say more than a period. */
const PERIOD = 25;

/** What is written first: a step, or else only when the action ends, which nobody fixed as a step. */
function nearestSaid({ dates }: Action, first: IsoDate, steps: ReadonlySet<IsoDate>): string {
	if (steps.has(first)) return `le premier est fixé au ${date(first)}`;
	const words = dates?.debut ? (dates.texte?.trim() ?? '') : '';
	return words !== '' && words.length <= PERIOD
		? `son calendrier ne donne qu’une période (${flat(words)}), sans étape`
		: `seule sa fin est écrite, le ${date(first)}`;
}

/** « en 2028 » for the last day of a year, which a period alone says; « le 15/06/2029 » */
const endSaid = (fin: IsoDate): string => (fin.endsWith('-12-31') ? `en ${fin.slice(0, 4)}` : `le ${date(fin)}`);

/** Works, a programme against floods, or somebody to hire, cost more than the time of people already there. */
const mayTakeTimeOnly = ({ action, nature }: PlacedAction): boolean =>
	nature?.code !== 'N1' && !COSTLY.test(plain(action.titre));
const COSTLY =
	/\b(recrutements?|recruter|embauches?|embaucher|etp|postes? de|travaux|chantiers?|amenagements?|papi|inondations?|digues?|submersions?)\b/;

/** One of the words of a parameter of the rule, whole. */
function titleSays({ action }: PlacedAction, rule: GapRule, parametre: string): boolean {
	const title = ` ${plain(action.titre)} `;
	return listOf(rule, parametre).some((words) => title.includes(` ${plain(words)} `));
}

/** Days an action writes, in order: those of its steps and its last one. */
const daysOf = once(({ etapes, dates }: Action): readonly string[] =>
	[...etapes.flatMap(stepDates), ...(dates?.fin ? [dates.fin] : [])].sort()
);
