import { isActive, reaches } from '../crossing/coverage';
import { isNever, saysItsWords } from '../crossing/half-crossing';
import { FINE, quoted } from '../french';
import { once } from '../memory';
import { isNamed, type PlacedAction } from '../crossing/place';
import { named } from './gap-common-words';
import { NO_ACTION, niveauOf, sortedBy, type GapView } from './gap-context';
import type { BesideOf } from './gap-cells';
import type { EnjeuCroise } from './referentiel';

/* An enjeu that a quartier only hears of: awareness of the transition enjeu alone comes near its crossing, and answers nothing. */

/** What the transition enjeu of a crossing has, whatever it says of the other half; the very same lists where none came or went. */
export const sameEnjeu = (view: GapView): BesideOf => {
	const here = inQuartiers(view);
	return ({ transition }) => ({
		all: byTransition(view).get(transition) ?? NO_ACTION,
		in: (quartier) => here.get(`${transition} ${quartier}`) ?? NO_ACTION
	});
};

/** The same, with what says it for the whole EPCI alone, and what aims at a quartier with the other half where that is near enough. */
export const sameEnjeuAndWide = (view: GapView): BesideOf => {
	const same = sameEnjeu(view);
	return (croise) => ({
		...same(croise),
		wide: (croise.proche_ville ? byCrossing(view).get(croise.code) : forAll(view).get(croise.transition)) ?? NO_ACTION
	});
};

const enjeuxOf = (placed: PlacedAction) => (isActive(placed) ? placed.transition.map((t) => t.code) : []);
const comesTo = ({ reach }: PlacedAction) => reach.filter((r) => reaches(r.niveau)).map((r) => r.quartier);
const byTransition = once((view: GapView) =>
	sortedBy(view, 'actives par enjeu de transition', (a) => (comesTo(a).length > 0 ? enjeuxOf(a) : []))
);
const inQuartiers = once((view: GapView) =>
	sortedBy(view, 'actives par enjeu et quartier', (a) => enjeuxOf(a).flatMap((t) => comesTo(a).map((q) => `${t} ${q}`)))
);

const isForAll = ({ reach }: PlacedAction) => reach.some((r) => r.niveau === 'diffuse');
const forAll = once((view: GapView) =>
	sortedBy(view, 'actives diffuses par enjeu de transition', (a) => (isForAll(a) ? enjeuxOf(a) : []))
);

/** Of the crossings whose ville half is near enough by itself. */
const byCrossing = once((view: GapView) => {
	const crossings = view.enjeux.croises.filter((c) => c.proche_ville);
	const isOf = (a: PlacedAction, { transition, ville }: EnjeuCroise) =>
		(isForAll(a) && enjeuxOf(a).includes(transition)) || (isActive(a) && aims(a) && saysVille(a, ville));
	const keys = (a: PlacedAction) => crossings.filter((c) => isOf(a, c)).map((c) => c.code);
	return sortedBy(view, 'proches par croisement', keys, [view.enjeux]);
});
const aims = ({ reach }: PlacedAction) => reach.some((r) => isNamed(r.niveau));
const saysVille = (placed: PlacedAction, code: string) => placed.ville.some((t) => t.code === code);

const SOFT: readonly string[] = ['N3', 'N4'];
const names = (placed: PlacedAction, quartier: string) => isNamed(niveauOf(placed, quartier));

/**
 * Awareness and studies that aim at the quartier and say the transition enjeu alone, where all that comes there on it is no more.
 * in     `carriers`: actions of the crossing that come to the quartier, or may; `same`: those of its transition enjeu that come there
 * out    none where the crossing is not the one they come near, where it is carried whole, or where a place is unknown
 * ref    data/lacunes.yaml, « approchée »
 */
export function approaching(
	quartier: string,
	croise: EnjeuCroise,
	carriers: readonly PlacedAction[],
	same: readonly PlacedAction[]
): readonly PlacedAction[] {
	if (!croise.approche) return NO_ACTION;
	const soft = same.filter(
		(a) => SOFT.includes(a.nature?.code ?? '') && names(a, quartier) && a.croises.every((c) => !c.complet)
	);
	if (soft.length === 0) return NO_ACTION;
	const more = same.some((a) => !SOFT.includes(a.nature?.code ?? ''));
	const whole = carriers.some(
		(a) => reaches(niveauOf(a, quartier)) && a.croises.some((c) => c.code === croise.code && c.complet)
	);
	const unknown = carriers.some((a) => niveauOf(a, quartier) === 'inconnu');
	return more || whole || unknown ? NO_ACTION : soft;
}

/**
 * What a reader would object where nothing answers: an investment, a service or an aid of the same transition enjeu that aims at
 * the quartier, and says nothing of the other half.
 */
export function besideAction(
	quartier: string,
	croise: EnjeuCroise,
	same: readonly PlacedAction[]
): PlacedAction | null {
	if (!croise.approche) return null;
	const isBeside = (a: PlacedAction) =>
		a.nature !== null &&
		!SOFT.includes(a.nature.code) &&
		names(a, quartier) &&
		a.croises.every((c) => !c.complet) &&
		!isNever(a.transition, croise, a.action.titre);
	return same.find(isBeside) ?? null;
}

/**
 * The nearest of the same transition enjeu, where nothing of the crossing is read: in the quartier (of its ville half too, where
 * `proche_ville` says so), then in its commune or for the whole EPCI; what speaks of it in its own words first, then an investment, a service or an aid.
 * in     `same`: actions of that enjeu that come to the quartier; `wide`: those for the whole EPCI
 *        `inItsWords`: only what speaks of the crossing in its own words, where it has some
 * never  one that says the other half too, and was set apart from the crossing by its words
 */
export function nearestAction(
	quartier: string,
	croise: EnjeuCroise,
	same: readonly PlacedAction[],
	wide: readonly PlacedAction[],
	inItsWords = false
): PlacedAction | null {
	const saysOther = (a: PlacedAction) => saysVille(a, croise.ville);
	const isNear = (a: PlacedAction) => !saysOther(a) && !isNever(a.transition, croise, a.action.titre);
	const lasts = (a: PlacedAction) => a.nature !== null && !SOFT.includes(a.nature.code);
	const far = [...same, ...wide.filter((a) => niveauOf(a, quartier) === 'diffuse')].filter(isNear);
	const speaks = (a: PlacedAction) => saysItsWords(croise, a.action.titre);
	if (inItsWords) return far.find((a) => lasts(a) && speaks(a)) ?? far.find(speaks) ?? null;
	return (
		same.find((a) => names(a, quartier) && lasts(a) && isNear(a)) ??
		wide.find(
			(a) => saysOther(a) && names(a, quartier) && lasts(a) && a.croises.every((c) => c.code !== croise.code)
		) ??
		far.find((a) => lasts(a) && speaks(a)) ??
		far.find(speaks) ??
		far.find(lasts) ??
		far[0] ??
		null
	);
}

/** « Dans le quartier, « Composteurs collectifs » porte sur « Déchets et réemploi », mais son titre ne parle pas d’activité locale. » */
export function besideWords({ enjeux }: GapView, croise: EnjeuCroise, beside: PlacedAction): string | null {
	const theme = enjeux.transition.find((t) => t.code === croise.transition);
	return theme
		? `Dans le quartier, ${named(beside)} porte sur ${quoted(theme.court)}, mais son titre ne parle pas ${croise.moitie}.`
		: null;
}

/** « L’action la plus proche, à l’échelle de l’intercommunalité, est « Plan arbres » (« Fraîcheur et nature ») ; rien ne dit que cela y réponde. » */
export function nearestWords(
	{ enjeux }: GapView,
	quartier: string,
	croise: EnjeuCroise,
	nearest: PlacedAction
): string | null {
	const byVille = saysVille(nearest, croise.ville);
	const theme = byVille
		? enjeux.ville.find((t) => t.code === croise.ville)
		: enjeux.transition.find((t) => t.code === croise.transition);
	const where = WHERE[niveauOf(nearest, quartier)] ?? 'dans le quartier';
	return theme
		? `L’action la plus proche, ${where}, est ${named(nearest)} (${quoted(theme.court)})${FINE}; rien ne dit que cela y réponde.`
		: null;
}
const WHERE: Readonly<Record<string, string>> = {
	probable: 'à l’échelle de la commune',
	diffuse: 'à l’échelle de l’intercommunalité'
};
