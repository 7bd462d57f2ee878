import type { PlanDocument } from '../action';
import type { PlacedAction } from '../crossing/place';
import { date, euros, FINE, list, percent, quoted } from '../french';
import { cumulVerdicts, IF_ALL_GRANTED, toTenth } from '../funding/cumul';
import { financingPlan, type FinancingPlan } from '../funding/plan';
import type { CumulRule } from '../funding/plan-rules';
import { isOwnShare } from '../funding/own-share';
import { costOf, hasLines } from '../funding/plan-lines';
import { leftToFinance } from '../funding/rest';
import { CUMUL_LABEL } from '../funding/plan-words';
import { keep } from '../memory';
import { monthsLater, numberOf, sortedBy, textOf, type Finding, type GapDocument, type GapView } from './gap-context';
import { aboutEach, EVERYWHERE, isUnderWay, type AboutOne, type Concerned } from './gap-each-action';
import { hopedOfClosed } from './gap-closed-hope';
import { about, request, requestsFor } from './gap-findings';
import { isOver } from './gap-plans-read';
import { lineAmount, STATE_WORDS } from './gap-predicates-action';
import { flat } from './gap-why';
import { isFunded } from './still-to-do';
import type { GapRule } from './referentiel';

/* Rules about the money of an action: a closed fund still counted on, too much aid. */

/**
 * G14: an action still counts on a measure that is closed, or whose page nobody has read again for `mois` months.
 * out    one finding per action and measure; one request for data per document without a column of financing, unless G10 asks for it
 * never  asks anything of a document that ended
 */
export function financementFerme(view: GapView, rule: GapRule): readonly Finding[] {
	const limit = monthsLater(view.asOf, -numberOf(rule, 'mois', 18));
	const stands = (document: GapDocument) => !isOver(document, view.asOf);
	const ask = ({ placed, document }: Concerned): AboutOne => ({
		constats: (stands(document) ? placed.action.financements : []).flatMap((line): Finding[] => {
			const measure = line.dispositif === null ? undefined : view.mesures.get(line.dispositif);
			const expected = line.obtenu === null && (line.etat === 'envisage' || line.etat === 'demande');
			if (!measure || !expected) return [];
			const closed = measure.etat === 'fermee';
			if (!closed && measure.luLe >= limit) return [];
			const montant = line.demande === null ? '' : `${euros(line.demande)} de `;
			const valeurs = {
				mesure: `${montant}${quoted(measure.libelle)}`,
				operateur: flat(measure.operateur),
				etat: closed
					? 'dispositif donné pour fermé'
					: `à reconfirmer, sa fiche n’ayant pas été relue depuis le ${date(measure.luLe)}`
			};
			const said = `${line.libelle}\u00a0: ${line.demande === null ? 'montant non renseigné' : euros(line.demande)} (${STATE_WORDS[line.etat]})`;
			const found = about(view, placed, closed ? [] : ['source-ancienne'], valeurs, ['financements'], [said]);
			const pourquoi = `Source\u00a0: ${quoted(measure.source)}, consultée le ${date(measure.luLe)}. Opérateur\u00a0: ${flat(measure.operateur)}.`;
			return [{ ...found, objet: `${placed.action.id}:${line.dispositif}`, pourquoi }];
		})
	});
	const old = () => [...view.mesures].flatMap(([id, { luLe }]) => (luLe < limit ? id : [])).join();
	const unread = view.memoire ? keep(view.memoire, `pas relues ${rule.id}`, [view.mesures, limit], old) : old();
	const { constats } = aboutEach(view, rule, ask, {
		scope: 'territoire',
		read: [unread, view.asOf],
		of: ({ document }) => [unread, stands(document)]
	});
	const seen = new Map(constats.map((c) => [c.objet, c]));
	// G10 asks for the same column already, of the very actions that lack it.
	const lacking = sortedBy(
		view,
		`à financer ${rule.id}`,
		(p) => (lacksFinancing(p, view.asOf) ? [`${p.action.document}`] : []),
		[view.asOf]
	);
	const untold = (document: GapDocument) => stands(document) && !lacking.has(`${document.id}`);
	return [...withoutColumn(view, rule, 'financements', isUnderWay, untold), ...seen.values()];
}

/** Its cost is known, none of its financing is: what G10 asks. */
function lacksFinancing(placed: PlacedAction, asOf: string): boolean {
	const cost = costOf(placed)?.montant.euros ?? 0;
	if (!isUnderWay(placed) || cost === 0 || isFunded(placed, asOf)) return false;
	const left = leftToFinance(placed);
	return left.genre === 'inconnu' && !left.raisons.includes('bases');
}

/**
 * G15: public aid to the investment of a collectivité above `plafond` of its cost, as the page of the action works it out.
 * in     `limite`: the limit of data/plan-de-financement.yaml it looks at
 * out    the sum told with everything that keeps it from being firm; a request for data, per document, for the actions above
 *        the ceiling whose owner or nature is not said
 * never  takes a line without amount for zero, nor HT for TTC: it says nothing; nor counts what is only hoped for from a closed fund (G14)
 */
export function cumulAuDelaDuPlafond(view: GapView, rule: GapRule): readonly Finding[] {
	const ceiling = numberOf(rule, 'plafond', 0.8);
	const limit = view.planDeFinancement.limites.find((l) => l.id === textOf(rule, 'limite', 'participation-minimale'));
	if (!limit) return [];
	const held = { ...limit, part_max: { [BEGINNING]: ceiling } };
	const ask = ({ placed }: Concerned): AboutOne | null => {
		// Without a cost or a line, no share: most actions are not worked out.
		if (costOf(placed) === null || !hasLines(placed)) return null;
		const hoped = hopedOfClosed(view, placed).map((l) => l.cle);
		const whole = financingPlan(placed, view);
		const plan = { ...whole, lignes: whole.lignes.filter((l) => !hoped.includes(l.cle)) };
		const [found] = cumulVerdicts(placed, plan, [held], view.asOf);
		// To the tenth of a percent: a subsidy rounded to the cent is not above its own rate.
		if (!found?.part || !found.sommes || toTenth(found.part.max) <= ceiling) return null;
		if (found.doutes.length > 0) return { constats: [], manque: 'porteur_type' };
		const { assiette } = found.sommes;
		// Money of nobody knows whom is no public aid for sure: alone, it makes a question.
		const { aides, inconnues, part } = found.connues!;
		if (toTenth(part) <= ceiling) return { constats: [], manque: 'financements' };
		const doubts = found.raisons.filter((reason) => reason !== IF_ALL_GRANTED);
		const cout = euros(assiette, plan.cout!.montant.base);
		const valeurs = {
			aides: `${inconnues ? 'au moins ' : ''}${euros(aides)}`,
			cout,
			part: percent(part, 1),
			plafond: percent(ceiling, 0),
			exces: euros(Math.round((aides - ceiling * assiette) * 100) / 100),
			obtenues: doubts.length < found.raisons.length ? ` ${statesOf(plan.lignes, held)}` : '',
			revoir:
				doubts.length === 0
					? 'Revoir le plan de financement'
					: `Vérifier si ${plan.cout!.montant.base === 'inconnu' ? 'le coût et les aides' : 'les aides'} sont HT ou TTC`,
			ensuite: doubts.length > 0 ? `${FINE}; si le dépassement est confirmé, revoir le plan` : ''
		};
		const pourquoi = doubts.length ? `${CUMUL_LABEL[found.verdict]}\u00a0: ${doubts.join('\u202f; ')}.` : undefined;
		const aid = placed.action.financements.filter((f) => f.genre === 'subvention' && !isOwnShare(f, placed.action));
		const said = [`coût ${cout}`, ...aid.map((f) => `${f.libelle}\u00a0: ${euros(lineAmount(f) ?? 0)}`)];
		const told = about(view, placed, [], valeurs, ['budget', 'financements', 'porteur'], said);
		return { constats: [{ ...told, pourquoi }] };
	};
	const { constats, manques } = aboutEach(view, rule, ask, { ...EVERYWHERE, read: [view.mesures] });
	const unknown = requestsFor(view, rule, manques, ['financements'], ['financeur-inconnu']);
	return [...requestsFor(view, rule, manques, ['porteur_type']), ...unknown, ...constats];
}

const COUNTED = [
	['envisage', 'envisagées'],
	['sollicite', 'demandées'],
	['obtenu', 'obtenues']
] as const;

/** « envisagées, demandées ou obtenues »: the states of the aids that count. */
const statesOf = (lignes: FinancingPlan['lignes'], { aides }: CumulRule): string =>
	list(
		COUNTED.flatMap(([nature, mot]) =>
			lignes.some(
				(l) => l.nature === nature && !l.propre && (aides !== null || l.publique === true) && l.preciseePar === null
			)
				? mot
				: []
		),
		'ou'
	);

const BEGINNING = '1900-01-01';

/** One request per document that has no column for a field and holds actions the rule is about; `read`: what `concerns` looks at beside them. */
export function withoutColumn(
	view: GapView,
	rule: GapRule,
	champ: PlanDocument['champs'][number],
	concerns: (placed: PlacedAction) => boolean,
	stands: (document: GapDocument) => boolean = () => true,
	read: unknown = null
): Finding[] {
	const keysOf = (p: PlacedAction) => (concerns(p) ? [`${p.action.document}`] : []);
	const own = sortedBy(view, `concernées par la colonne ${rule.id}`, keysOf, [read]);
	return view.documents
		.filter((d) => !d.champs.includes(champ) && own.has(`${d.id}`) && stands(d))
		.map((document) => request(view, rule, document, champ, ['colonne-absente']));
}
