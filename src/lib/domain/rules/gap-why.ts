import { costOf } from '../funding/plan-lines';
import { capital, count, cut, date, euros, FINE, INSECABLE, list, quoted, withThe } from '../french';
import type { IndicatorReading } from '../indicator';
import type { PlacedAction } from '../crossing/place';
import { planName, type Finding, type GapView, type Target } from './gap-context';
import { vintageWords } from '../indicator-origin';
import { isYearlyCost } from '../written-money';
import { badFor, valueWords } from './gap-indicators';

/* The figure that says why a gap counts, as it is read: nothing is said where nothing is. */

type Why = Pick<Finding, 'pourquoi'>;

const POPULATION = 'I-POPULATION';
const POVERTY = 'I-TX-PAUVRETE';

/**
 * Who lives in the quartier, and how far it stands from its territory on what a crossing is about.
 * in     `codes`: both enjeux of the crossing, and its own code
 *        `doubt`: a sentence of its own about what is to be confirmed
 * out    « Le quartier : 3 120 habitants, taux de pauvreté 45 %, contre 21 % pour la CA de Lys (SIG Ville, 2024). »
 */
export function whyHere(view: GapView, quartier: string, codes: readonly string[], doubt: string | null = null): Why {
	const read = view.indicateurs.get(quartier) ?? [];
	const known = (code: string) => read.find((r) => r.def.code === code && r.valeur !== null);
	const people = known(POPULATION);
	// What is bad speaks first, then poverty, which every crossing weighs on.
	const told = badFor(view, quartier, codes)[0] ?? known(POVERTY);
	const said = [people && count(people.valeur!, 'habitant'), told && comparedWords(told)].filter(Boolean);
	if (said.length === 0) return doubt ? { pourquoi: doubt } : {};
	const sources = [people, told].flatMap((r) => (r ? sourcesOf(r) : []));
	const { pourquoi } = whole(`Le quartier${INSECABLE}: ${said.join(', ')}`, sources);
	return { pourquoi: doubt ? `${pourquoi} ${doubt}` : pourquoi };
}

/**
 * Of a matter of the whole contract, in the place of the figure of one quartier.
 * in     `isSaid`: its sentence says so
 */
export function whyOnce(isSaid: boolean, doubt: string | null = null): Why {
	const said = [...(isSaid ? [] : ['Une seule décision vaut pour tous les quartiers du contrat.']), doubt];
	const pourquoi = said.filter(Boolean).join(' ');
	return pourquoi ? { pourquoi } : {};
}

/** Of an indicator that the sentence already compares: where it was read, and who lives there; of one that is missing, its territory. */
export function whyIndicator(view: GapView, quartier: string, reading: IndicatorReading): Why {
	const { def, valeur, reference } = reading;
	const people = (view.indicateurs.get(quartier) ?? []).find((r) => r.def.code === POPULATION && r.valeur !== null);
	const beside =
		reference && valeur === null ? `${valueWords(def, reference.valeur)} pour ${withThe(reference.libelle)}` : '';
	const said = [people && `${count(people.valeur!, 'habitant')} dans le quartier`, beside].filter(Boolean);
	const sources = [...(people ? sourcesOf(people) : []), ...(valeur !== null || reference ? sourcesOf(reading) : [])];
	if (sources.length === 0) return {};
	return said.length > 0
		? whole(capital(said.join(', ')), sources)
		: { pourquoi: `Source${INSECABLE}: ${[...new Set(sources)].join(`${FINE}; `)}.` };
}

/** « Coût inscrit : 240 000 € HT (PCAET). »; nothing for a cost nobody wrote. */
export function whyMoney(view: GapView, placed: PlacedAction): Why {
	const cost = costOf(placed);
	if (!cost || cost.montant.euros === 0) return {};
	const parAn =
		cost.origine.genre === 'fichier' && !cost.fonctionnement && isYearlyCost(placed.action) ? ' par an' : '';
	const said = `${euros(cost.montant.euros, cost.montant.base)}${parAn}`;
	return whole(`Coût inscrit${INSECABLE}: ${said}`, [planName(view, placed)]);
}

/** « Le document note : « recours en cours depuis 2024 ». »: what the file says of the one action a request is about; nothing for several. */
export function whyNoted({ actions }: Pick<GapView, 'actions'>, { preuves }: Pick<Finding, 'preuves'>): Why {
	const [only, ...others] = preuves.actions;
	const notes = others.length === 0 ? actions.find((p) => p.action.id === only)?.action.notes : null;
	const said = notes?.split('\n').find((line) => !OURS.test(line));
	return said ? { pourquoi: `Le document note${INSECABLE}: ${quoted(cut(said, 160))}.` } : {};
}
/** Lines that the import writes among the notes. */
const OURS = /^(?:Marqueurs|Moyens humains|Numéro du porteur|Coût écrit[^:]*|Financements|Source)\u00a0: /;

/** « Cible fixée pour l’ensemble du fonds en 2024 et 2025 : un repère pour le territoire, pas une obligation (circulaire…). »: who set it, and how far it binds. */
export function whyTarget({ annees, references = [] }: Target): Why {
	const said = `Cible fixée pour l’ensemble du fonds en ${list(annees.map(String))}${INSECABLE}: un repère pour le territoire, pas une obligation`;
	return whole(
		said,
		// A title that says its year is dated.
		// The first tells: all stand on the page of the rules.
		references
			.slice(0, 1)
			.map(({ titre, date: on }) => `${flat(titre)}${on && !titre.includes(on.slice(0, 4)) ? `, ${date(on)}` : ''}`)
	);
}

/** « taux de pauvreté 45 %, contre 21 % pour la CA de Lys » */
function comparedWords({ def, valeur, reference }: IndicatorReading): string {
	const label = `${def.libelle.charAt(0).toLocaleLowerCase('fr')}${def.libelle.slice(1)}`;
	const beside = reference ? `, contre ${valueWords(def, reference.valeur)} pour ${withThe(reference.libelle)}` : '';
	return `${label}${INSECABLE}${valueWords(def, valeur)}${beside}`;
}

/** « SIG Ville, ANCT, millésime 2024 »; a year nobody wrote is left to the proof. */
const sourcesOf = ({ def, valeur, source, millesime, reference }: IndicatorReading): string[] => [
	...(valeur === null ? [] : [cited(source ?? def.source, millesime)]),
	...(reference ? [cited(reference.source, reference.millesime)] : [])
];

/** « INSEE (Filosofi) » → « INSEE, Filosofi », to stand between parentheses. */
export const flat = (words: string): string => words.replace(/ \(/g, ', ').replace(/\)/g, '');

const cited = (source: string, millesime: string | null): string =>
	[flat(source), millesime === null ? null : vintageWords(millesime)].filter((said) => said !== null).join(', ');

const whole = (said: string, sources: readonly string[]): Why => ({
	pourquoi: `${said}${sources.length > 0 ? ` (${[...new Set(sources)].join(`${FINE}; `)})` : ''}.`
});
