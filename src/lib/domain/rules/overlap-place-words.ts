import { readIn, type PlacedAction } from '../crossing/place';
import { once } from '../memory';
import { titleRoot, titleRoots } from './title-likeness';

/* Words of two titles that only say where, or only how: two actions of one quartier are neighbours, not one thing said twice. */

const WHERE: ReadonlySet<string> = new Set(
	'quartier prioritaire qpv politique ville commune secteur sein'.split(' ').map(titleRoot)
);

/** What any action does: alone, they say of two actions nothing that they share. */
const HOW: ReadonlySet<string> = new Set(
	`mise mettre place oeuvre travaux projet action activite programme operation demarche developper developpement creer
	creation realiser realisation ameliorer amelioration renforcer renforcement favoriser promouvoir soutenir soutien
	accompagner accompagnement poursuivre poursuite nouveau construction construire renovation renover rehabilitation
	rehabiliter refection amenagement amenager reamenagement remplacement installation extension animer animation
	organiser organisation coordonner coordination securise securiser securisation`
		.split(/\s+/)
		.map(titleRoot)
);

/** Roots of the names of quartiers and communes that an action gives. */
const placeRoots = once(
	({ reach, action }: PlacedAction): ReadonlySet<string> =>
		new Set(
			[
				...reach
					.map(readIn)
					.flatMap(({ par, preuve }) => ((par === 'nom' || par === 'alias') && preuve ? [preuve] : [])),
				...action.quartiers,
				...action.communes
			].flatMap(titleRoots)
		)
);

/** in     roots that both titles hold; out those that do more than name the place */
export const sayingWords = (shared: readonly string[], a: PlacedAction, b: PlacedAction): readonly string[] =>
	shared.filter((root) => !WHERE.has(root) && !placeRoots(a).has(root) && !placeRoots(b).has(root));

/** in     words that do more than name the place; out those that say to what something is done */
export const tellingWords = (saying: readonly string[]): readonly string[] => saying.filter((root) => !HOW.has(root));
