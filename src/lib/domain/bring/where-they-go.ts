import * as fr from '../french';
import { isMadeUp } from '../territory';
import type { Guess } from './recognised';

/* The territory that files are about to go to, and what is said against it before anything is written. */

/** Says nothing of the file: the base has no other territory. */
export const ONLY_ONE = 'le seul de cette base';

/** Said wherever files are about to be written in the territory that was made up. */
export const FICTIONAL = `Territoire fictif de démonstration${fr.INSECABLE}: vos fichiers iraient avec ses données inventées. Choisissez plutôt votre intercommunalité.`;

interface Place {
	readonly code: string;
	readonly nom: string;
}

/** A plan among the files, and the territory its own words name. */
export interface Claim {
	readonly fichier: string;
	readonly territoire: Guess<Place>;
}

export interface Destination {
	/** Proposed in the form; null when nobody said and nothing tells. */
	readonly propose: (Place & { readonly dApres: string | null }) | null;
	/** What to read before a click: made-up data, a file that names another territory. */
	readonly alertes: readonly string[];
}

/**
 * Where the files of a lot go.
 * in     chosen: the territory in hand; claims: plans that name a territory, or are of the only one here
 * out    the demonstration gives way to the one territory that the files name
 */
export function whereTheyGo(chosen: Place | null, claims: readonly Claim[]): Destination {
	const named = claims.filter((c) => c.territoire.dApres !== ONLY_ONE);
	const madeUp = chosen !== null && isMadeUp(chosen.code);
	const telling = madeUp ? named : claims;
	const codes = new Set(telling.map((c) => c.territoire.valeur.code));
	const guess = codes.size === 1 ? telling[0]!.territoire : null;
	const propose =
		chosen && !(madeUp && guess)
			? { code: chosen.code, nom: chosen.nom, dApres: null }
			: guess && { ...guess.valeur, dApres: guess.dApres };
	return { propose, alertes: propose ? against(propose, claims) : [] };
}

/** What is to be read before files are written in this territory. */
export const against = (place: Place, claims: readonly Claim[]): string[] => [
	...(isMadeUp(place.code) ? [FICTIONAL] : []),
	...claims
		.filter((c) => c.territoire.dApres !== ONLY_ONE && c.territoire.valeur.code !== place.code)
		.map(
			({ fichier, territoire: { valeur, dApres } }) =>
				`${fr.quoted(fichier)} semble être ${fr.ofThe(valeur.nom)} (${dApres}), et non ${fr.ofThe(place.nom)}${fr.INSECABLE}: vérifiez le territoire.`
		)
];
