import { bestReach } from '../crossing/coverage';
import { overBy } from '../crossing/past-end';
import type { PlacedAction } from '../crossing/place';
import { count, FINE, list, percent, quoted } from '../french';
import { maybeAsked } from '../funding/maybe-asked';
import { cumulVerdicts, toTenth } from '../funding/cumul';
import { inOpenOrder, lacksOf } from '../funding/open-order';
import { financingPlan } from '../funding/plan';
import { costOf, hasLines, linesOf, type PlanLine } from '../funding/plan-lines';
import { hopedOfClosed, leftWithoutClosed } from './gap-closed-hope';
import { unreadCost } from '../written-money';
import type { Verdict } from './eligibility';
import { columnsRead, fundColumns, isBlankFor } from './gap-fund-columns';
import { numberOf, theDocument, type Finding, type GapView } from './gap-context';
import { aboutEach, type AboutOne, type Concerned } from './gap-each-action';
import { about, requestsFor } from './gap-findings';
import { askedOf } from './gap-people';
import { hasNoNews, isOver } from './gap-plans-read';
import { shareLeft } from './gap-rest-words';
import { retold, verdictsByAction } from './gap-verdicts';
import { flat } from './gap-why';
import type { GapRule } from './referentiel';

/* The search for funds, of the actions that reach a quartier: a measure is open to them, and they neither plan nor ask for it. */

/**
 * G04: a measure fails none of its conditions for this action, which neither plans nor asks for it.
 * in     verdicts « à instruire » only; a family named in a financing line sets all its measures aside, and so does who gives it
 * out    one finding per action, for the measure every page names first; 'reste-important' when the cost is blank or too
 *        much is left to find, 'deja-couvert' when nothing is. One request for data per document and field for the actions no measure can be told of
 */
export function financementNonSollicite(view: GapView, rule: GapRule): readonly Finding[] {
	const threshold = numberOf(rule, 'seuil_reste_a_financer', 0.3);
	const small = numberOf(rule, 'cout_min_pret', 100_000);
	const told = verdictsByAction(view);
	const ask = (one: Concerned): AboutOne | null => {
		const { placed } = one;
		const { action } = placed;
		// Works of a plan that ended: whether they are done is asked first (G12).
		const isUntold = hasNoNews(one, view.asOf);
		const own = told.get(action.id)?.[0] ?? [];
		const open = own.filter((v) => v.verdict === 'a-instruire');
		const untold = open.length === 0 && own.some((v) => v.verdict === 'indetermine') ? missingFor(placed) : null;
		const manque = isUntold ? null : untold;
		const lignes = linesOf(placed);
		const left = open.filter((v) => {
			const named = {
				mesure: v.mesure,
				dispositif: v.dispositif,
				operateur: view.mesures.get(v.mesure)?.operateur ?? ''
			};
			const said = lignes.some((l) => l.dispositif === v.mesure || l.dispositif === v.dispositif);
			return !said && maybeAsked({ lignes }, named) === null;
		});
		const cost = costOf(placed)?.montant.euros;
		const ecrit = unreadCost(action);
		const lent = (v: Verdict) => view.mesures.get(v.mesure)?.faits.pret === true;
		const money = leftWithoutClosed(view, placed);
		const isWhole = money.genre === 'connu' && money.euros <= 0;
		// All of it is paid by others: an aid would only replace another.
		if (isWhole && !lignes.some((l) => OWN.includes(l.nature))) return { constats: [], manque };
		// Nobody borrows for a cost that is not known, which is asked first, nor for a small one, nor for one that is paid.
		const offered = cost === undefined || cost < small || isWhole ? left.filter((v) => !lent(v)) : left;
		if (left.length > offered.length && offered.length === 0)
			return { constats: [], manque: cost === undefined && !isUntold ? 'cout_investissement' : null };
		const [best] = inOpenOrder(offered, (v) => view.mesures.get(v.mesure)?.faits ?? UNTOLD, view.asOf);
		if (!best) return { constats: [], manque };
		const measure = view.mesures.get(best.mesure);
		const much = cost !== undefined && money.genre === 'connu' && toTenth(shareLeft(money.euros, cost)) > threshold;
		const cas = cost === undefined || much ? ['reste-important'] : isWhole ? ['deja-couvert'] : [];
		const others = [...new Set(offered.map((v) => view.mesures.get(v.mesure)?.libelle ?? v.mesure))];
		const isBlank = lignes.length === 0 && isBlankFor(view, placed, best);
		const asked = askedOf(placed, theDocument(view, placed), view.territoire).a_qui_porte;
		const operateur = flat(measure?.operateur ?? 'à préciser');
		const first = isBlank
			? `Demander ${asked} si cette aide est déjà demandée${FINE}; sinon, répondre`
			: cost !== undefined
				? 'Répondre'
				: ecrit !== null
					? 'Écrire son coût en chiffres, puis répondre'
					: `Demander un premier chiffrage ${asked}, puis répondre`;
		const valeurs = {
			// A loan is not a grant: it is said before anyone counts on it.
			mesure: [measure?.libelle ?? best.mesure, measure?.pret && `(${measure.pret})`].filter(Boolean).join(' '),
			oppose:
				cost === undefined
					? `\u202f; ${ecrit === null ? 'son coût reste à chiffrer' : `son coût, écrit ${quoted(flat(ecrit))}, n’est pas lu`}`
					: '',
			// It may come to the quartier, nothing says it does.
			large: bestReach(placed) === 'probable' ? ', à l’échelle de la commune,' : '',
			// One thing at a time: the operator comes in once the questions are answered, and alone where none is left.
			demarche:
				isBlank || cost === undefined
					? `${first} aux questions de la page de financement${FINE}; l’opérateur est ${operateur}`
					: `${lacksOf(best.manquants).some((lack) => lack.bloquant) ? `${first} aux questions de la page de financement, puis demander` : 'Demander'} à l’opérateur (${operateur}) si l’aide est ouverte à ce projet${FINE}; si non, écarter cette aide`,
			remplis: metOf(best, isBlank)
		};
		const said = others.map((m) => `à instruire\u00a0: ${m}`);
		const found = about(view, placed, cas, valeurs, ['financements'], said);
		const more = lent(best) ? loanWords(view, placed) : isWhole ? WHOLE : null;
		const why = more ? [found.pourquoi, more].filter(Boolean).join(' ') : '';
		return { constats: [why === '' ? found : { ...found, pourquoi: why }], manque };
	};
	const { constats, manques } = aboutEach(view, rule, ask, {
		read: [view.verdicts, view.asOf, columnsRead(view)],
		of: ({ placed, document }) => [
			...[placed.action.financements.length === 0 && [...(fundColumns(view).get(`${document.id}`) ?? [])].join()],
			...[told.get(placed.action.id)?.[0], overBy(placed.action, view.asOf)],
			isOver(document, view.asOf)
		],
		moved: ([verdicts, asOf, columns]) =>
			asOf === view.asOf && columns === columnsRead(view) ? retold(verdicts as GapView['verdicts'], view) : null
	});
	return [...requestsFor(view, rule, manques, ELIGIBILITY), ...constats];
}

/**
 * « 4 critères remplis sur 6 ; reste à vérifier : gain d’énergie finale et montage »
 * in     `isBlank`: its own cell is blank, which says neither that it was asked for nor that it was not
 */
function metOf({ remplis, manquants }: Verdict, isBlank: boolean): string {
	const asked = [...new Set(manquants.map((reason) => reason.critere))];
	const met = count(remplis.length, 'critère rempli', 'critères remplis');
	if (isBlank)
		return `${asked.length === 0 ? met : `${met} sur ${remplis.length + asked.length}`}${FINE}; la case de cette aide est vide, et rien ne dit si elle est déjà demandée`;
	if (asked.length === 0) return met;
	const more = asked.length - 2;
	const said = more > 0 ? [...asked.slice(0, 2), count(more, 'autre')] : asked;
	return `${met} sur ${remplis.length + asked.length}${FINE}; reste à vérifier\u00a0: ${list(said)}`;
}

/** Beside aids that reach a ceiling (G15): why a loan is proposed all the same; null where no ceiling is reached for sure. */
function loanWords(view: GapView, placed: PlacedAction): string | null {
	if (costOf(placed) === null || !hasLines(placed)) return null;
	const hoped = hopedOfClosed(view, placed).map((l) => l.cle);
	const whole = financingPlan(placed, view);
	const plan = { ...whole, lignes: whole.lignes.filter((l) => !hoped.includes(l.cle)) };
	const full = cumulVerdicts(placed, plan, view.planDeFinancement.limites, view.asOf).find(
		({ part, limite, doutes }) => doutes.length === 0 && part !== null && toTenth(part.max) >= limite
	);
	return full
		? `Un prêt n’est pas une aide\u00a0: il ne compte pas sous le plafond de ${percent(full.limite, 0)} que les aides atteignent.`
		: null;
}

/** Said where nothing is left to find: an aid is offered all the same. */
const WHOLE = 'Ce coût est déjà couvert\u00a0: l’aide ne ferait qu’alléger ce que le porteur y met.';

/** What whoever carries the action puts in: an aid may take its place. */
const OWN: readonly PlanLine['nature'][] = ['autofinancement', 'valorisation'];

/** Of a measure nobody describes. */
const UNTOLD = { pret: false, partielle: true, depotAt: () => null };

const ELIGIBILITY = ['porteur_type', 'natures', 'cout_investissement'] as const;

/** Does the file, its names or a person say what kind of body carries it? */
const isCarrierKnown = ({ action, meneurs, saisies }: PlacedAction): boolean =>
	action.porteurType !== null ||
	meneurs.types !== undefined ||
	(saisies?.faits.some((f) => f.fait === 'maitre_ouvrage') ?? false);

/** First blank that keeps measures from being told. */
function missingFor(placed: PlacedAction): (typeof ELIGIBILITY)[number] | null {
	if (!isCarrierKnown(placed)) return 'porteur_type';
	if (!placed.nature) return 'natures';
	return costOf(placed) ? null : 'cout_investissement';
}
