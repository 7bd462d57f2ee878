import { bodyOf } from '../bodies';
import { toldPart } from '../crossing/part-qpv';
import { isNamed, type PlacedAction } from '../crossing/place';
import { count, cut, euros, list, percent, plural, quoted, withThe } from '../french';
import { standing } from '../ledger/shares';
import { marked } from './gap-called';
import { named } from './gap-common-words';
import { fact, keepFound, NO_ACTION, numberOf, sortedBy, type Finding, type Flux, type GapView } from './gap-context';
import { facts, joinedFacts } from './gap-facts';
import { askedOfAll } from './gap-people';
import { WHOLE_TITLE } from './gap-sentence';
import { whyTarget } from './gap-why';
import type { GapRule } from './referentiel';

/* G05: the share of a fund that really reaches quartiers, against its target. */

/** Money obtained for one operation, in euros: what surely goes to quartiers, and what may. */
interface Operation {
	readonly annee: number | null;
	readonly montant: number;
	readonly sur: number;
	readonly possible: number;
	/** « Rénovation de l’école », as a sentence names it. */
	readonly nom: string;
	/** Whom to ask about it: « à la Commune de Lys ». */
	readonly a_qui: string;
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
		const target = {
			...{ ...valeurs, cible: percent(flux.cible.part, 0), annees: list(flux.cible.annees.map(String)) },
			telecharger: whereListed(flux)
		};
		const base = { quartier: null, enjeu: null, valeurs: target, ...whyTarget(flux.cible) } as const;
		const read = readOf(view, flux);
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
					cas: sure ? (cas ? [cas] : []) : ['lieux-inconnus'],
					valeurs: {
						...valeurs,
						dispositif: annee === null ? flux.titre : `${flux.titre} ${annee}`,
						part: share,
						va: range.max < 0.02 ? 'va' : 'vont',
						cible: percent(part, 0),
						obtenu: euros(total),
						ecart: euros(Math.round((part * total - range.max * total) * 100) / 100),
						n: count(own.length, 'projet'),
						lieux: placesUnknown(own),
						le_lieu: placesAsked(own.filter(isVague)),
						le_dire: own.some((o) => o.actions.length > 0)
							? 'l’écrire sur la page des lieux'
							: 'le dire sur la page «\u00a0L’argent obtenu\u00a0»'
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

/** « Télécharger « Fonds vert - liste des projets subventionnés » sur data.gouv.fr et la charger » */
const whereListed = ({ liste }: Flux): string =>
	liste ? `Télécharger ${quoted(liste.titre)} sur ${liste.site} et la charger` : 'Charger la liste de ses projets';

const isVague = (o: Operation): boolean => o.sur < o.possible;
const unknownFirst = (own: readonly Operation[]): readonly Operation[] => [
	...own.filter(isVague),
	...own.filter((o) => !isVague(o))
];

/** « le lieu exact de 2 projets n’est pas connu » */
const placesUnknown = (own: readonly Operation[]): string =>
	`le lieu ${plural(own.filter(isVague).length, 'd’un projet', `de ${count(own.filter(isVague).length, 'projet')}`)} n’est pas connu`;

const RECEIVED = 'à qui a reçu l’aide';

/** « à la Commune de Lys », « à qui a reçu l’aide (Gamme Habitat) » */
function receivedBy(name: string | null): string {
	if (!name) return RECEIVED;
	const body = bodyOf(name);
	return body ? marked(body.a) : `${RECEIVED} (${name})`;
}

/** « le lieu de « École » à la Ville d’Anzin et de « Piscine » à la CA de Lys », the first two by their names; whoever is asked of both, once. */
function placesAsked(own: readonly Operation[]): string {
	const [first, second] = own;
	const rest = own.length > 2 ? [count(own.length - 2, 'autre', 'autres')] : [];
	if (!first || !second || first.a_qui === second.a_qui)
		return `le lieu de ${list([...own.slice(0, 2).map((o) => o.nom), ...rest])} ${first?.a_qui ?? RECEIVED}`;
	const more = rest.length > 0 ? `, puis celui de ${rest[0]}` : '';
	return `le lieu de ${first.nom} ${first.a_qui} et celui de ${second.nom} ${second.a_qui}${more}`;
}

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
				nom: quoted(cut(grant.intitule, WHOLE_TITLE)),
				a_qui: receivedBy(grant.beneficiaire),
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
					nom: named(placed),
					a_qui: askedOfAll([placed], RECEIVED, view.territoire),
					fait: fact(view, placed, `${euros(line.obtenu)} obtenus`),
					actions: [placed.action.id]
				}
			];
		})
	);
}

/**
 * Share of an operation inside quartiers, at the least and at the most: what somebody typed, what the file says, or what the drawn
 * place measures. One that names a quartier without its share may be all inside, once the others are told.
 */
function shareInside({ action, reach }: PlacedAction): readonly [number, number] {
	const named = reach.filter((r) => isNamed(r.niveau));
	const parts = reach.flatMap((r) => (r.partQpv ? [r.partQpv.valeur] : r.part ? [r.part.action] : []));
	if (parts.length > 0) {
		const told = Math.min(
			1,
			parts.reduce((total, one) => total + one, 0)
		);
		return named.some((r) => !r.partQpv && !r.part) ? [told, 1] : [told, told];
	}
	// One share for several quartiers is that of the operation.
	const whole = named.length > 0 ? toldPart(action)?.valeur : undefined;
	if (whole !== undefined) return [whole, whole];
	if (named.length > 0) return [1, 1];
	return reach.every((r) => r.niveau === 'aucune') ? [0, 0] : [0, 1];
}
