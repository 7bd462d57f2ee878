import { cut, FINE, list, quoted } from '../french';
import { byId, type PlacedAction } from '../crossing/place';
import { placeInDocument } from '../document-names';
import { keepFor, once, readEach, type OwnMemory } from '../memory';
import { plain } from '../text';
import { fact, holdersOf, planName, type Finding, type GapView } from './gap-context';
import { named } from './gap-common-words';
import { askedOfAll, metWith, metWithEach } from './gap-people';
import { meetingPlace, onlyOne } from './gap-pair-place';
import { WHOLE_TITLE } from './gap-sentence';
import type { SetAside } from './gap-decisions';
import type { OverlapDecision } from './overlap-decisions';
import { COMPLETE, type Overlap, type OverlapVerdict } from './overlaps';
import type { GapRule } from './referentiel';

/* Rules about two actions. The pairs come from the index of overlaps; a verdict given there settles the gap here. */

/** What a person said of a pair, inside a sentence. */
export const VERDICT_WORDS: Readonly<Record<OverlapVerdict, string>> = {
	'meme-action': 'même action',
	'a-coordonner': 'à coordonner',
	complementaires: 'elles se complètent',
	'en-tension': 'se contredisent, arbitrage écrit',
	distinctes: 'rien à voir'
};

/**
 * G06: two actions under way pull against each other, by a pair of watched marks, in a shared place and time.
 * out    'meme-public' when both name the same public in the same quartier; a request for data when the time of one is unknown
 * never  settles anything: it asks for an arbitration
 */
export function injonctionsContradictoires(view: GapView, rule: GapRule): readonly Finding[] {
	return aboutPairs(view, rule, ['tension'], ({ overlap, a, b }) => {
		const together = sameTime(view, a, b);
		if (together === false) return [];
		const common = a.action.publics.filter((p) => b.action.publics.some((q) => plain(q) === plain(p)));
		const raison = overlap.raisons.find((r) => r.mesure === 'tension')?.dit ?? '';
		return [
			pairFinding(view, overlap, a, b, {
				reponse: together === null ? 'donnee-manquante' : 'alerte',
				cas: common.length && overlap.quartiers.length ? ['meme-public'] : [],
				// The words that say so stand in the proof.
				valeurs: { raison: raison.replace(/ \(.*$/, '') },
				champs: ['publics', 'dates', 'quartiers'],
				said: [raison, ...(common.length ? [`public commun\u00a0: ${list(common)}`] : [])]
			})
		];
	});
}

/**
 * G09: two plans hold the same work, or neighbours worth joining.
 * out    'doublon-probable' when it looks entered twice
 */
export function recoupementAMutualiser(view: GapView, rule: GapRule): readonly Finding[] {
	const names = new Map([...view.enjeux.transition, ...view.enjeux.ville].map((e) => [e.code, e.court]));
	const found = aboutPairs(view, rule, ['recoupement', 'doublon'], ({ overlap, a, b }) => {
		const double = overlap.genre === 'doublon';
		const parts = overlap.raisons.some((r) => r.mesure === 'tranche');
		const apart = overlap.raisons.some((r) => r.dit === COMPLETE);
		const shared = overlap.enjeux.map((code) => names.get(code) ?? code);
		const one = pairFinding(view, overlap, a, b, {
			reponse: 'opportunite',
			cas: double ? ['doublon-probable'] : [],
			valeurs: {
				voir: 'Voir',
				lien: double
					? 'sont sans doute la même action saisie deux fois'
					: parts
						? 'sont deux tranches d’une même opération, à coordonner'
						: apart
							? 'peuvent se compléter, travaux d’un côté, service de l’autre'
							: sharedWords(shared, overlap.lieu, wideOne(a, b)),
				verifier: double
					? 'si c’est une seule et même action'
					: parts
						? 'comment coordonner les deux tranches'
						: apart
							? 'si l’une peut s’appuyer sur l’autre'
							: 'ce qui peut être commun (calendrier, marchés, publics)'
			},
			champs: ['enjeux', 'quartiers', 'titre', 'dates', 'nature'],
			said: overlap.raisons.map((r) =>
				r.mesure === 'enjeux' && shared.length > 0 ? `enjeux communs\u00a0: ${list(shared)}` : r.dit
			)
		});
		return [one];
	});
	const pulled = againstOthers(view);
	return pulled.size === 0 ? found : found.map((one) => settleFirst(view, one, pulled));
}

/** Each action that pulls against another, and the first it pulls against; what a person settled is left out. */
function againstOthers(view: GapView): ReadonlyMap<string, Pair> {
	const pulled = new Map<string, Pair>();
	for (const pair of pairs(view)) {
		if (pair.overlap.genre !== 'tension' || settled(pair.overlap.id, view.tranches.get(pair.overlap.id)).reglee)
			continue;
		for (const { action } of [pair.a, pair.b]) if (!pulled.has(action.id)) pulled.set(action.id, pair);
	}
	return pulled;
}

/** Nobody joins works with those of a building to be torn down before that is settled. */
function settleFirst(view: GapView, found: Finding, pulled: ReadonlyMap<string, Pair>): Finding {
	const pair = found.preuves.actions.flatMap((id) => pulled.get(id) ?? [])[0];
	if (!pair || found.cas?.includes('doublon-probable')) return found;
	const third = found.preuves.actions.includes(pair.a.action.id) ? pair.b : pair.a;
	const who = metWith([third], holdersOf(view, [third]), view.territoire);
	return keepFor(warned, found, [pair.a, pair.b, who], () => ({
		...found,
		valeurs: {
			...found.valeurs,
			ceux_qui: found.valeurs.ceux_qui === who ? 'les mêmes' : calledAgain(`${found.valeurs.ceux_qui}`, who),
			voir: `Décider d’abord de ${named(third)} avec ${who}${FINE}; voir ensuite`,
			verifier: 'ce qu’elles partagent'
		},
		pourquoi: `${named(pair.a)} et ${named(pair.b)} peuvent se gêner\u00a0: c’est à accorder avant.`
	}));
}
const warned: OwnMemory<Finding> = new WeakMap();

/** « l’autre porteur, Lys Habitat, » after « le porteur, Lys Habitat, » is called by its name. */
const calledAgain = (them: string, before: string): string => {
	const name = /^\u2063?le (?:porteur|pilote), (.+?),\u2063?$/.exec(before)?.[1];
	if (name === undefined) return them;
	return ['porteur', 'pilote'].reduce((said, role) => said.replace(`l’autre ${role}, ${name},`, name), them);
};

/** « la première », « la seconde »: the one of two that is for the whole territory; « l’une » when nobody knows. */
function wideOne(a: PlacedAction, b: PlacedAction): string {
	const [first, second] = [a, b].map(({ reach }) => reach.some((r) => r.niveau === 'diffuse'));
	return first === second ? 'l’une' : first ? 'la première' : 'la seconde';
}

/** « ont en commun les enjeux « Air et bruit » et « Logement », au même endroit »; a plan of the whole EPCI is at no one place. */
function sharedWords(names: readonly string[], lieu: Overlap['lieu'], wide: string): string {
	const told = names.filter((name, i) => names.every((n, j) => i === j || !plain(n).includes(plain(name))));
	const what = `ont en commun ${told.length > 1 ? 'les enjeux' : told.length ? 'l’enjeu' : 'un enjeu'}${told.length > 0 ? ` ${told.map(quoted).join(' et ')}` : ''}`;
	if (lieu === 'quartier' || lieu === 'etablissement') return `${what}, au même endroit`;
	return lieu === 'territoire' ? `${what}, ${wide} pour toute l’intercommunalité` : what;
}

interface Pair {
	readonly overlap: Overlap;
	readonly a: PlacedAction;
	readonly b: PlacedAction;
}

/** Findings of a rule: by overlap, and by the two actions, for an overlap that scores otherwise and says the same. */
const remembered = once((_: GapRule) => ({
	byOverlap: new WeakMap() as OwnMemory<Overlap>,
	byActions: once((_: PlacedAction): OwnMemory<PlacedAction> => new WeakMap())
}));

/** Asks a rule the same question of each pair; a pair that is still the same, and settled no otherwise, gets the same answer. */
function aboutPairs(
	view: GapView,
	rule: GapRule,
	kinds: readonly Overlap['genre'][],
	ask: (pair: Pair) => readonly Finding[]
): Finding[] {
	const { byOverlap, byActions } = remembered(rule);
	const { documents, noms, plans, quartiers, enjeux, tranches } = view;
	const beside = [documents, noms, plans, quartiers, enjeux, view.territoire];
	const askOnce = (pair: Pair): readonly Finding[] => {
		if (!kinds.includes(pair.overlap.genre)) return NOTHING;
		const { overlap, a, b } = pair;
		const from = [...beside, a, b, tranches.get(overlap.id)];
		return keepFor(byOverlap, overlap, from, () => {
			const said = [...from, overlap.genre, ...overlap.raisons.map((r) => r.dit)];
			return keepFor(byActions(a), b, said, () => ask(pair));
		});
	};
	const all = pairs(view);
	if (!view.memoire) return all.flatMap(askOnce);
	const found: Finding[] = [];
	for (const own of readEach(view.memoire, `paires ${rule.id}`, [rule, ...beside, tranches], all, askOnce))
		for (const one of own) found.push(one);
	return found;
}

const NOTHING: readonly never[] = [];

/** Pairs between actions still to be carried out; an overlap is of the very same two actions as long as it is the same. */
function pairs({ actions, recoupements, memoire }: GapView): readonly Pair[] {
	const made = (overlap: Overlap) => pairOf(overlap, actions);
	const all = memoire ? readEach(memoire, 'paires', [], recoupements, made) : recoupements.map(made);
	return all.includes(null) ? all.filter((pair) => pair !== null) : (all as readonly Pair[]);
}

function pairOf(overlap: Overlap, actions: readonly PlacedAction[]): Pair | null {
	const known = byId(actions);
	const [a, b] = [known.get(overlap.a), known.get(overlap.b)];
	return a && b && a.action.statut !== 'realise' && b.action.statut !== 'realise' ? { overlap, a, b } : null;
}

function pairFinding(
	view: GapView,
	overlap: Overlap,
	a: PlacedAction,
	b: PlacedAction,
	said: Pick<Finding, 'reponse' | 'valeurs'> & {
		readonly cas: readonly string[];
		readonly champs: readonly string[];
		readonly said: readonly string[];
	}
): Finding {
	const when = (p: PlacedAction) => {
		const years = window(view, p);
		if (!years) return p.action.dates?.exercice ? `subvention de ${p.action.dates.exercice}` : 'dates non renseignées';
		const [from, to] = years.map((day) => day.slice(0, 4));
		return from === to ? `en ${from}` : `de ${from} à ${to}`;
	};
	const one = onlyOne(view, overlap, a, b);
	return {
		objet: overlap.id,
		quartier: overlap.quartiers.length === 1 ? overlap.quartiers[0]! : (one?.code ?? null),
		enjeu: null,
		reponse: said.reponse,
		cas: said.cas,
		valeurs: {
			action_a: cut(a.action.titre, WHOLE_TITLE),
			action_b: cut(b.action.titre, WHOLE_TITLE),
			...plansApart(view, a, b),
			dans: meetingPlace(view, overlap, a, b),
			ceux_qui: metWithEach(view, [a, b]),
			a_ceux_qui: askedOfAll([a, b], holdersOf(view, [a, b]), view.territoire),
			paire: `${named(a)} et ${named(b)}`,
			...said.valeurs
		},
		...settled(overlap.id, view.tranches.get(overlap.id)),
		preuves: {
			actions: [a.action.id, b.action.id],
			paire: true,
			champs: said.champs,
			faits: [fact(view, a, when(a)), fact(view, b, when(b)), ...said.said]
		}
	};
}

/** « PCAET » and « PLH »; two of one plan are told apart by document and row: « PLH 2025-2030 de Lys, ligne 12 ». */
function plansApart(
	view: GapView,
	a: PlacedAction,
	b: PlacedAction
): { readonly plan_a: string; readonly plan_b: string } {
	const [plan_a, plan_b] = [planName(view, a), planName(view, b)];
	if (plan_a !== plan_b) return { plan_a, plan_b };
	const row = ({ action: { origine } }: PlacedAction) =>
		origine.ligne === null ? '' : `, ligne\u00a0${origine.ligne}`;
	// One document: its rows are enough to tell them apart.
	if (a.action.document === b.action.document) return { plan_a: `${plan_a}${row(a)}`, plan_b: `${plan_b}${row(b)}` };
	return { plan_a: placeInDocument(a.action, view.noms), plan_b: placeInDocument(b.action, view.noms) };
}

/** A verdict on the facts of today settles the gap; on older facts it is asked again. */
function settled(paire: string, decision: OverlapDecision | undefined): { readonly reglee?: SetAside } {
	if (!decision || decision.aRevoir) return {};
	const { par, le, motif, verdict } = decision;
	const words = `${VERDICT_WORDS[verdict]}${motif ? `, ${motif}` : ''}`;
	return { reglee: { par, le, motif: words, etat: 'traitee', paire } };
}

/** Do two actions share a time? null when the time of one is unknown. */
function sameTime(view: GapView, a: PlacedAction, b: PlacedAction): boolean | null {
	const [p, q] = [window(view, a), window(view, b)];
	return p && q ? p[0] <= q[1] && q[0] <= p[1] : null;
}

/** First and last day of an action; what it does not say is bounded by the period of its document. */
function window(view: GapView, { action }: PlacedAction): readonly [string, string] | null {
	const years = view.documents.find((d) => d.id === action.document)?.periode?.match(/\b20\d{2}\b/g) ?? [];
	const debut = action.dates?.debut ?? (years[0] && `${years[0]}-01-01`);
	const fin = action.dates?.fin ?? (years.length ? `${years.at(-1)}-12-31` : undefined);
	return debut && fin ? [debut, fin < debut ? debut : fin] : null;
}
