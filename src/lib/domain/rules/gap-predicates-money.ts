import type { PlanDocument } from '../action';
import type { PlacedAction } from '../crossing/place';
import { count, date, euros, FINE, percent, plural, quoted, withThe } from '../french';
import { cumulVerdicts, IF_ALL_GRANTED } from '../funding/cumul';
import { financingPlan } from '../funding/plan';
import { costOf, hasLines } from '../funding/plan-lines';
import { CUMUL_LABEL } from '../funding/plan-words';
import { keep } from '../memory';
import { standing } from '../ledger/shares';
import {
	fact,
	keepFound,
	monthsLater,
	NO_ACTION,
	numberOf,
	sortedBy,
	textOf,
	type Finding,
	type Flux,
	type GapDocument,
	type GapView
} from './gap-context';
import { facts, joinedFacts } from './gap-facts';
import { aboutEach, EVERYWHERE, isUnderWay, type AboutOne, type Concerned } from './gap-each-action';
import { about, request, requestsFor } from './gap-findings';
import { isOver } from './gap-plans-read';
import { lineAmount, STATE_WORDS, toTenth } from './gap-predicates-action';
import { flat, whyTarget } from './gap-why';
import type { GapRule } from './referentiel';

/* Rules about money: what a fund really brings to quartiers, a closed fund still counted on, too much aid. */

/** Money obtained for one operation, in euros: what surely goes to quartiers, and what may. */
interface Operation {
	readonly annee: number | null;
	readonly montant: number;
	readonly sur: number;
	readonly possible: number;
	readonly fait: string;
	readonly actions: readonly string[];
}

/**
 * G05: of the money of a fund that has a target, the share that goes to quartiers is below it even at the most.
 * out    one finding per fund and year of its target; 'part-nulle', or 'peu-operations' under `min_operations`. A request for
 *        data when places are too vague to conclude, when nothing tells what was obtained, or for a year no list was read of
 * never  counts an unknown place as elsewhere; nor asks anything of a territory without quartier, which has no share to reach
 */
export function partSousLaCible(view: GapView, rule: GapRule): readonly Finding[] {
	if (view.quartiers.length === 0) return [];
	const isPaid = ({ action }: PlacedAction) => action.financements.some((f) => (f.obtenu ?? 0) > 0);
	const paid = sortedBy(view, 'payées', (placed) => (isPaid(placed) ? ['oui'] : [])).get('oui') ?? NO_ACTION;
	const reads = [view.flux, view.attributions, view.listesLues, view.territoire, paid];
	return keepFound(view, rule, reads, () => belowTarget(view, rule, paid));
}

function belowTarget(view: GapView, rule: GapRule, paid: readonly PlacedAction[]): readonly Finding[] {
	const few = numberOf(rule, 'min_operations', 3);
	return view.flux.flatMap((flux): Finding[] => {
		if (flux.cible === null) return [];
		const operations = obtained(view, flux, paid);
		const valeurs = { dispositif: flux.titre, territoire: withThe(view.territoire) };
		const base = { quartier: null, enjeu: null, valeurs, ...whyTarget(flux.cible) } as const;
		const read = readOf(view, flux);
		const target = { ...valeurs, cible: percent(flux.cible.part, 0) };
		const unread = read.size === 0 || read.has('') ? [] : flux.cible.annees.filter((annee) => !read.has(`${annee}`));
		const requests = unread.map((annee): Finding => {
			const said = `${flux.titre} ${annee}`;
			return {
				...base,
				objet: `${flux.id}:${annee}`,
				reponse: 'donnee-manquante',
				cas: ['annee-non-lue'],
				valeurs: { ...target, dispositif: said },
				preuves: { actions: [], champs: ['financements'], faits: [`${said}\u00a0: aucune liste lue`] }
			};
		});
		if (operations.length === 0 && read.size === 0)
			return [
				{
					...base,
					objet: flux.id,
					reponse: 'donnee-manquante',
					preuves: { actions: [], champs: ['financements'], faits: [`${flux.titre}\u00a0: aucun montant obtenu connu`] }
				}
			];
		const years = [...new Set(operations.map((o) => o.annee))].sort((a, b) => (a ?? 0) - (b ?? 0));
		const found = years.flatMap((annee): Finding[] => {
			if (annee !== null && !flux.cible!.annees.includes(annee)) return [];
			const own = operations.filter((o) => o.annee === annee);
			const total = sum(own.map((o) => o.montant));
			if (total <= 0) return [];
			const range = { min: sum(own.map((o) => o.sur)) / total, max: sum(own.map((o) => o.possible)) / total };
			const { part } = flux.cible!;
			const state = standing(range, part);
			if (state === 'atteinte') return [];
			const sure = state === 'non-atteinte';
			const cas = own.length < few ? 'peu-operations' : range.max === 0 ? 'part-nulle' : null;
			const share =
				range.min === range.max ? percent(range.max) : `entre ${percent(range.min)} et ${percent(range.max)}`;
			return [
				{
					...base,
					objet: annee === null ? flux.id : `${flux.id}:${annee}`,
					reponse: sure ? 'alerte' : 'donnee-manquante',
					cas: sure ? (cas ? [cas] : []) : own.every((o) => o.actions.length === 0) ? ['lieux-inconnus'] : [],
					valeurs: {
						...valeurs,
						dispositif: annee === null ? flux.titre : `${flux.titre} ${annee}`,
						part: share,
						va: range.max < 0.02 ? 'va' : 'vont',
						cible: percent(part, 0),
						obtenu: euros(total),
						ecart: euros(Math.round((part * total - range.max * total) * 100) / 100),
						n: count(own.length, 'projet'),
						lieux: placesUnknown(own)
					},
					preuves: {
						actions: own.flatMap((o) => o.actions),
						champs: ['financements', 'quartiers'],
						faits: joinedFacts(
							[`Obtenu\u00a0: ${euros(total)}, ${count(own.length, 'projet')}`],
							facts(unknownFirst(own).map((o) => o.fait))
						)
					}
				}
			];
		});
		return [...requests, ...found];
	});
}

/** Years of a fund that a list tells of here; '' when a list does not say its year. */
const readOf = ({ attributions, listesLues }: GapView, { id }: Flux): ReadonlySet<string> =>
	new Set([
		...attributions.flatMap(({ grant }) => (grant.dispositif === id ? [`${grant.annee ?? ''}`] : [])),
		...listesLues.flatMap((said) => (said.startsWith(`${id}:`) ? [said.slice(id.length + 1)] : []))
	]);

const isVague = (o: Operation): boolean => o.sur < o.possible;
const unknownFirst = (own: readonly Operation[]): readonly Operation[] => [
	...own.filter(isVague),
	...own.filter((o) => !isVague(o))
];

/** « le lieu exact de 2 projets n’est pas connu » */
const placesUnknown = (own: readonly Operation[]): string =>
	`le lieu ${plural(own.filter(isVague).length, 'd’un projet', `de ${count(own.filter(isVague).length, 'projet')}`)} n’est pas connu`;

const inCents = (euros: number): number => Math.round(euros * 100);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + inCents(b), 0) / 100;

/** Published lists speak first; without any for this fund, what the actions say they obtained. */
function obtained(view: GapView, flux: Flux, paid: readonly PlacedAction[]): Operation[] {
	const granted = view.attributions.filter((g) => g.grant.dispositif === flux.id);
	if (granted.length)
		return granted.map(({ grant, place }) => {
			const montant = grant.montant / 100;
			return {
				annee: grant.annee,
				montant,
				sur: place.part === 'en-qpv' ? montant : 0,
				possible: place.part === 'ailleurs' ? 0 : montant,
				fait: `${grant.intitule} (${['liste', flux.titre, grant.annee ?? ''].join(' ').trim()}, ligne\u00a0${grant.ligne})\u00a0: ${euros(montant)}, ${place.preuve}`,
				actions: []
			};
		});
	return paid.flatMap((placed) =>
		placed.action.financements.flatMap((line): Operation[] => {
			const family = line.dispositif?.split('.')[0];
			if (family !== flux.id || line.obtenu === null || line.obtenu <= 0) return [];
			const [least, most] = shareInside(placed);
			return [
				{
					annee: null,
					montant: line.obtenu,
					sur: line.obtenu * least,
					possible: line.obtenu * most,
					fait: fact(view, placed, `${euros(line.obtenu)} obtenus`),
					actions: [placed.action.id]
				}
			];
		})
	);
}

/** Share of an operation inside quartiers, at the least and at the most; a drawn place says it. */
function shareInside(placed: PlacedAction): readonly [number, number] {
	const drawn = placed.reach.filter((r) => r.part);
	if (drawn.length) {
		const share = Math.min(
			1,
			drawn.reduce((total, r) => total + r.part!.action, 0)
		);
		return [share, share];
	}
	if (placed.reach.some((r) => r.niveau === 'cible' || r.niveau === 'explicite')) return [1, 1];
	return placed.reach.every((r) => r.niveau === 'aucune') ? [0, 0] : [0, 1];
}

/**
 * G14: an action still counts on a measure that is closed, or whose page nobody has read again for `mois` months.
 * out    one finding per action and measure; one request for data per document without a column of financing
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
					? 'dispositif fermé'
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
	return [...withoutColumn(view, rule, 'financements', isUnderWay, stands), ...seen.values()];
}

/**
 * G15: public aid to the investment of a collectivité above `plafond` of its cost, as the page of the action works it out.
 * in     `limite`: the limit of data/plan-de-financement.yaml it looks at
 * out    the sum told with everything that keeps it from being firm; a request for data, per document, for the actions above
 *        the ceiling whose owner or nature is not said
 * never  takes a line without amount for zero, nor HT for TTC: it says nothing
 */
export function cumulAuDelaDuPlafond(view: GapView, rule: GapRule): readonly Finding[] {
	const ceiling = numberOf(rule, 'plafond', 0.8);
	const limit = view.planDeFinancement.limites.find((l) => l.id === textOf(rule, 'limite', 'participation-minimale'));
	if (!limit) return [];
	const held = { ...limit, part_max: { [BEGINNING]: ceiling } };
	const ask = ({ placed }: Concerned): AboutOne | null => {
		// Without a cost or a line, no share: most actions are not worked out.
		if (costOf(placed) === null || !hasLines(placed)) return null;
		const plan = financingPlan(placed, view);
		const [found] = cumulVerdicts(placed, plan, [held], view.asOf);
		// To the tenth of a percent: a subsidy rounded to the cent is not above its own rate.
		if (!found?.part || !found.sommes || toTenth(found.part.max) <= ceiling) return null;
		if (found.doutes.length > 0) return { constats: [], manque: 'porteur_type' };
		const { aides, assiette } = found.sommes;
		const doubts = found.raisons.filter((reason) => reason !== IF_ALL_GRANTED);
		const cout = euros(assiette, plan.cout!.montant.base);
		const valeurs = {
			aides: euros(aides),
			cout,
			part: percent(found.part.max, 1),
			plafond: percent(ceiling, 0),
			exces: euros(Math.round((aides - ceiling * assiette) * 100) / 100),
			obtenues: doubts.length < found.raisons.length ? ' demandées ou obtenues' : '',
			revoir: doubts.length > 0 ? 'Vérifier si les aides sont HT ou TTC' : 'Revoir le plan de financement',
			ensuite: doubts.length > 0 ? `${FINE}; si le dépassement est confirmé, revoir le plan` : ''
		};
		const pourquoi = doubts.length ? `${CUMUL_LABEL[found.verdict]}\u00a0: ${doubts.join('\u202f; ')}.` : undefined;
		const aid = placed.action.financements.filter((f) => f.genre === 'subvention');
		const said = [`coût ${cout}`, ...aid.map((f) => `${f.libelle}\u00a0: ${euros(lineAmount(f) ?? 0)}`)];
		const told = about(view, placed, [], valeurs, ['budget', 'financements', 'porteur'], said);
		return { constats: [{ ...told, pourquoi }] };
	};
	const { constats, manques } = aboutEach(view, rule, ask, EVERYWHERE);
	return [...requestsFor(view, rule, manques, ['porteur_type']), ...constats];
}

const BEGINNING = '1900-01-01';

/** One request per document that has no column for a field and holds actions the rule is about. */
export function withoutColumn(
	view: GapView,
	rule: GapRule,
	champ: PlanDocument['champs'][number],
	concerns: (placed: PlacedAction) => boolean,
	stands: (document: GapDocument) => boolean = () => true
): Finding[] {
	const own = sortedBy(view, `concernées par la colonne ${rule.id}`, (p) =>
		concerns(p) ? [`${p.action.document}`] : []
	);
	return view.documents
		.filter((d) => !d.champs.includes(champ) && own.has(`${d.id}`) && stands(d))
		.map((document) => request(view, rule, document, champ, ['colonne-absente']));
}
