import type { Action, ActionDraft } from '../action';
import { list, quoted } from '../french';
import type { Issue } from '../issue';
import { communeSaid } from '../places/commune-cells';
import { communesNear } from '../places/communes';
import { lieuSaid, type LieuSaid } from '../places/place-column';
import type { Places } from '../places/places';
import { communesCounted } from '../places/whole-territory';
import { rememberWith } from '../remember';
import { plain } from '../text';
import { sameTerritory } from './row-territory';
import { rowIssue } from './row-values';
import type { Table } from './sheet';

/** Words of a « communes » cell that name no commune and leave nobody out. */
const WIDER =
	/\b(?:tou(?:s|t|tes?)|ensemble|territoires?|epci|intercommun\w*|communaut\w*|agglo\w*|metropol\w*|communes|departement\w*|region\w*|pays|scot|petr|syndicat|divers\w*|autres?|ca|cc|cu|national\w*)\b/;
/** What nothing here bears: a place elsewhere is asked about too, since its name may be misspelt. */
const UNKNOWN: ReadonlySet<LieuSaid['genre']> = new Set(['inconnu', 'proche', 'ailleurs']);
/** Longer, it is a sentence. */
const NAME = 60;

/** A name in a « communes » column that is no commune of the territory, with the rows that bear it: a question. */
export interface UnknownCommune<D> {
	readonly texte: string;
	readonly proches: readonly { readonly code: string; readonly nom: string }[];
	readonly actions: D[];
}

type Named = Pick<ActionDraft | Action, 'communes'>;

/**
 * Names of a « communes » column that are no commune of the territory, and that nobody has answered for.
 * out    in the order of the rows, with the nearest communes; nothing for « tout le territoire » or a quartier
 */
export function unknownCommunes<D extends Named>(
	drafts: readonly D[],
	places: Places,
	territoire: { readonly nom: string }
): UnknownCommune<D>[] {
	const seen = new Map<string, UnknownCommune<D> | null>();
	const found = new Map<string, UnknownCommune<D>>();
	for (const draft of drafts)
		for (const texte of draft.communes) {
			// « Vermoy, centre-bourg » is the centre of Vermoy.
			if (lieuSaid(texte, places).genre === 'centre' && placesCentre(draft.communes, places)) continue;
			let known = seen.get(texte);
			if (known === undefined) {
				const key = plain(texte);
				known = isUnknown(texte, places, territoire.nom)
					? (found.get(key) ?? { texte, proches: nearest(texte, places), actions: [] })
					: null;
				seen.set(texte, known);
				if (known) found.set(key, known);
			}
			if (known && known.actions.at(-1) !== draft) known.actions.push(draft);
		}
	return [...found.values()];
}

/** One commune of the row, and one only, says whose centre a « centre-bourg » is. */
function placesCentre(cells: readonly string[], places: Places): boolean {
	const said = cells.map((cell) => lieuSaid(cell, places));
	return new Set(said.flatMap((s) => (s.genre === 'communes' ? s.communes : []))).size === 1;
}

/** A name in a column of places that is no commune of the territory, nor a quartier, nor the whole of it. */
export const isUnknown = (text: string, places: Places, territoire: string): boolean =>
	text.length <= NAME &&
	namesNothing(text, places) &&
	// « Lestrelle » is the EPCI that bears this name, or the commune « Lestrelle-le-Mont » that it takes it from.
	(!sameTerritory(text, territoire) || lieuSaid(text, places).genre === 'proche');

/** « toute la rive sauf Vermoy »: what the exception is taken from is not known. */
const isUnknownLieu = (said: LieuSaid): boolean =>
	said.genre === 'sauf'
		? said.kept !== null && isUnknownLieu(said.kept)
		: said.genre === 'centre'
			? said.commune === null
			: UNKNOWN.has(said.genre);

/** Asked again at each reading of a territory, of the same few names. */
const namesNothing = rememberWith<Places, boolean>(
	(text, places) =>
		/\p{L}{2}|^\d{5}$/u.test(text) &&
		communeSaid(text, places) === null &&
		isUnknownLieu(lieuSaid(text, places)) &&
		(communesCounted(text) !== null || !WIDER.test(plain(text)))
);

const nearest = (texte: string, places: Places): UnknownCommune<never>['proches'] =>
	communesNear(texte, places.communes).flatMap((code) => {
		const commune = places.communes.byCode.get(code as never);
		return commune ? [{ code, nom: commune.nom }] : [];
	});

/** One issue per row and name. */
export function communeIssues(unknown: readonly UnknownCommune<ActionDraft>[], tables: readonly Table[]): Issue[] {
	const columns = new Map(
		tables.map(({ feuille, colonnes }) => {
			const asks = (champ: string) => colonnes.find((c) => c.champ === champ && c.marque === undefined)?.entete;
			return [feuille, asks('communes') ?? asks('territoire') ?? asks('echelle')];
		})
	);
	// A row put together from a fiche says the sheet of its fiche.
	const [only = null] = [...columns.values()].flatMap((entete) => entete ?? []);
	return unknown.flatMap(({ texte, proches, actions }) =>
		actions.map(({ origine: { feuille, ligne } }) => {
			const message = `Ligne ${ligne}\u00a0: ${quoted(texte)} n’est ni une commune ni un quartier du territoire\u202f; l’action n’y est pas rattachée.`;
			const where = {
				feuille,
				ligne,
				colonne: columns.has(feuille ?? '') ? (columns.get(feuille ?? '') ?? null) : only
			};
			const near = proches.slice(0, 3).map(({ nom, code }) => `${nom} (${code})`);
			return rowIssue('commune-inconnue', 'a-verifier', where, message, {
				found: texte,
				hint: near.length > 0 ? `Le plus proche\u00a0: ${list(near, 'ou')}.` : null
			});
		})
	);
}
