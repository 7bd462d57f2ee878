import type { ActionDraft } from '../action';
import { list, quoted } from '../french';
import type { Issue } from '../issue';
import { communeNamed, communesNear } from '../places/communes';
import type { Places } from '../places/places';
import { plain } from '../text';
import { headings } from './import-places';
import { sameTerritory } from './row-territory';
import { rowIssue } from './row-values';
import type { Table } from './sheet';

/** Words of a « communes » cell that name no commune and leave nobody out. */
const WIDER =
	/\b(?:tou(?:s|t|tes?)|ensemble|territoires?|epci|intercommun\w*|communaut\w*|agglo\w*|metropol\w*|communes|secteurs?|departement\w*|region\w*|pays|scot|petr|syndicat|quartiers?|qpv|divers\w*|autres?|ca|cc|cu|hors|national\w*)\b/;
/** Longer, it is a sentence. */
const NAME = 60;

/**
 * Names of a « communes » column that are no commune of the territory.
 * out    one issue per row and name, the nearest communes proposed; nothing for « tout le territoire » or a quartier
 */
export function unknownCommunes(
	drafts: readonly ActionDraft[],
	tables: readonly Table[],
	places: Places,
	territoire: { readonly nom: string }
): Issue[] {
	const columns = new Map(
		tables.map((t) => [t.feuille, t.colonnes.find((c) => c.champ === 'communes' && c.marque === undefined)?.entete])
	);
	const isQuartier = headings(places).quartier;
	const wrong = (text: string): boolean =>
		/\p{L}{2}|^\d{5}$/u.test(text) &&
		text.length <= NAME &&
		communeNamed(text, places.communes) === null &&
		!WIDER.test(plain(text)) &&
		!sameTerritory(text, territoire.nom) &&
		!isQuartier(text);
	const known = new Map<string, boolean>();
	return drafts.flatMap(({ communes, origine: { feuille, ligne } }) =>
		communes.flatMap((text) => {
			const told = known.get(text) ?? wrong(text);
			known.set(text, told);
			if (!told) return [];
			const near = communesNear(text, places.communes).flatMap((code) => {
				const commune = places.communes.byCode.get(code as never);
				return commune ? [`${commune.nom} (${code})`] : [];
			});
			const message = `Ligne ${ligne}\u00a0: ${quoted(text)} n’est pas une commune du territoire\u202f; l’action n’y est pas rattachée.`;
			const where = { feuille, ligne, colonne: columns.get(feuille ?? '') ?? null };
			return rowIssue('commune-inconnue', 'a-verifier', where, message, {
				found: text,
				hint: near.length > 0 ? `Le plus proche\u00a0: ${list(near.slice(0, 3), 'ou')}.` : null
			});
		})
	);
}
