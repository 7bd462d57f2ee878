import type { Action } from '../action';
import { byGenre } from '../decisions-by-genre';
import { officialFacts } from '../funding/official-facts';
import { placeFactsOf } from '../funding/place-facts';
import { asText, groupedBy, keep, readEach, sameList, type Memory } from '../memory';
import { placeAnswers } from '../places/place-answers';
import { buildPlaces, type Places } from '../places/places';
import { inferPorteurType } from '../import/row-porteur';
import { familiesAt } from '../rules/families-here';
import type { Referentiel } from '../rules/referentiel';
import type { Lexicon } from './classify';
import { withContraryTitles } from './contrary-titles';
import { filed, grantListName, retitled } from './grant-list';
import { leadWords, oneSpelling } from './leads';
import type { PlacedAction } from './place';
import { placeActions } from './place-actions';
import { referentsOf } from './referent-decisions';
import { referred, type PlanReferent } from './referents';
import type { TerritoryRecords } from './territory-view';

/* What is stored of a territory, placed: where each action goes, what it treats, whom to call. */

type Document = TerritoryRecords['documents'][number] & { readonly liste?: string };

export interface Placed {
	readonly places: Places;
	readonly placed: readonly PlacedAction[];
	/** A list of grants goes by what it is. */
	readonly documents: readonly Document[];
	readonly ownOf: (document: { readonly id: number }) => readonly Action[];
	readonly referents: ReadonlyMap<string, PlanReferent>;
}

/**
 * in     the référentiel as everyone has it, and as this territory tuned it; `memory`: of an earlier reading of the same territory
 */
export function placeRecords(
	{ territory, quartiers, decisions, correspondances, voisins, ailleurs, documents, actions }: TerritoryRecords,
	{ common, ref }: { readonly common: Referentiel; readonly ref: Referentiel },
	lexicon: Lexicon,
	asOf: string,
	memory: Memory
): Placed {
	const { plans, lacunes, enjeux } = ref;
	const ofGenre = byGenre(memory, decisions);
	const aliases = ofGenre('alias');
	const reponses = keep(memory, 'réponses', [aliases], () => placeAnswers(aliases));
	const asking = keep(
		memory,
		'documents qui demandent la commune',
		documents.flatMap((d) => (d.champs.includes('communes') ? [d.id] : [])),
		() => documents.flatMap((d) => (d.champs.includes('communes') ? [d.id] : []))
	);
	const places = keep(
		memory,
		'lieux',
		[territory, quartiers, voisins, correspondances, plans, lacunes, reponses, asking],
		() =>
			buildPlaces({
				...{ territory, quartiers, correspondances, reponses },
				tousLesQuartiers: plans.tous_les_quartiers,
				pasEncoreDit: plans.pas_encore_dit,
				plansEntiers: lacunes.droit_commun,
				demandentLaCommune: asking,
				geometrie: plans.geometrie,
				...(voisins && { voisins }),
				...(ailleurs && { ailleurs })
			})
	);
	const names = readEach(memory, 'noms écrits', [], actions, namesIn);
	const formes = keep(memory, 'formes des noms', [names], () => oneSpelling(actions));
	const spelt = keep(memory, 'noms et leur forme', [formes], () => JSON.stringify([...formes]));
	const meneurs = keep(memory, 'qui appeler', [plans, territory, spelt], () =>
		leadWords(plans, territory.nom, formes, (name) => inferPorteurType(name, plans, territory))
	);
	const named = ofGenre('referent');
	const referents = keep(memory, 'référents', [plans, named], () => referentsOf(named, plans.types));
	const byDocument = groupedBy(memory, 'par document', [], actions, (a) => [`${a.document}`]);
	const ownOf = ({ id }: { readonly id: number }) => byDocument.get(`${id}`) ?? NOTHING;
	const financements = familiesAt(ref.financements, territory);
	const titled = sameList(
		memory,
		'documents nommés',
		documents.map((d) =>
			keep(memory, `document nommé ${d.id}`, [asText(d), ownOf(d), ref.plans, financements], () =>
				asItIs(d, ownOf(d), { plans: ref.plans, financements })
			)
		)
	);
	const listes = keep(
		memory,
		'listes de subventions',
		titled.flatMap(({ id, liste }) => (liste === undefined ? [] : [id, liste])),
		() => new Map(titled.flatMap(({ id, liste }) => (liste === undefined ? [] : [[id, liste] as const])))
	);
	const officiels = keep(memory, 'géographie officielle', [territory], () => officialFacts(territory));
	const [annee, answered] = [asOf.slice(0, 4), ofGenre('fait-lieu')];
	const lieux = keep(memory, 'faits des lieux', [territory, quartiers, common, annee, answered], () =>
		placeFactsOf(answered, { territory, quartiers }, common, annee)
	);
	const everywhere = { places, lexicon, croises: enjeux.croises, meneurs, decisions };
	const each = withContraryTitles(placeActions(actions, everywhere, memory), quartiers, memory);
	const placed = readEach(memory, 'placées', [listes, officiels, lieux, referents], each, (p) =>
		referred(filed(p, listes.get(p.action.document), officiels, lieux), referents)
	);
	return { places, placed, documents: titled, ownOf, referents };
}

const NOTHING: readonly never[] = [];

/** Both, kept apart by a sign that no name holds. */
const namesIn = ({ pilote, porteur }: Action): string => `${pilote ?? '\u0000'}\u0001${porteur ?? '\u0000'}`;

/** A list of grants goes by what it is, not by the plan it was imported as. */
function asItIs(
	document: TerritoryRecords['documents'][number],
	own: readonly Action[],
	{ plans, financements }: Pick<Referentiel, 'plans' | 'financements'>
): Document {
	const liste = grantListName(document.plan, own, financements);
	if (liste === null) return document;
	const court = plans.types.find((t) => t.code === document.plan)?.court ?? document.plan;
	return { ...document, titre: retitled(document.titre, court, liste), liste };
}
