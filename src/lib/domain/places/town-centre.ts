import type { CommuneIndex } from './communes';
import { nameWords, type NameForm } from './place-names';
import { rememberWith } from '../remember';

/* « Vermoy - centre ancien », « centre-bourg »: a part of a commune that everybody knows, and that is no quartier unless one bears such a name. */

/** Words of a centre, without articles; « ville-centre » is the main town, not its centre. */
const CENTRES = new Set([
	'centre',
	'centre ville',
	'centre ancien',
	'centre ville ancien',
	'centre ancien ville',
	'centre historique',
	'centre ville historique',
	'centre bourg',
	'centre village',
	'bourg',
	'bourg centre',
	'coeur ville',
	'coeur bourg',
	'coeur historique',
	'hypercentre',
	'hyper centre',
	'vieille ville',
	'vieux bourg'
]);
/** What may stand beside it and says nothing more. */
const AREA = new Set(['perimetre', 'secteur', 'site', 'zone', 'commune']);
/** Words of the name of a quartier that may be the centre itself. */
const MAY_BE = new Set(
	'centre centralite coeur bourg hypercentre vieux vieil vieille ancien ancienne historique'.split(' ')
);

/** The centre of a commune, said by one entry of a column of places. */
export interface Centre {
	/** Code; null for « centre-bourg » alone. */
	readonly commune: string | null;
	/** Quartiers whose name says they may be it. */
	readonly peut: readonly string[];
}

interface Known {
	readonly communes: CommuneIndex;
	readonly allForms: readonly NameForm[];
}

/** null when the entry says more than the centre of one commune, or nothing of it. */
export const centreSaid = rememberWith((text: string, { communes, allForms }: Known): Centre | null => {
	const words = nameWords(text).filter((w, at) => at === 0 || !/^\d{5}$/.test(w));
	const named = communes.all.flatMap(({ code, nom }) => {
		const name = nameWords(nom);
		const at = words.findIndex((_, i) => name.every((w, k) => words[i + k] === w));
		return at < 0 || name.length === 0 ? [] : [{ code, at, length: name.length }];
	});
	// « Saint-Vermoy » holds « Vermoy »: the longest is meant.
	const [one] = named.sort((a, b) => b.length - a.length);
	const rest = one ? [...words.slice(0, one.at), ...words.slice(one.at + one.length)] : words;
	if (!CENTRES.has(rest.filter((w) => !AREA.has(w)).join(' '))) return null;
	const peut = [...new Set(allForms.filter((f) => f.words.some((w) => MAY_BE.has(w))).map((f) => f.quartier))];
	return { commune: one?.code ?? null, peut };
});
