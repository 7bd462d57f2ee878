import { reaches } from '../crossing/coverage';
import { inQuartier, theQuartier } from '../crossing/quartier-story';
import { list, ofThe, quoted, withThe } from '../french';
import { actionsByCode, holdersOf, keepFound, niveauOf, saying, type Finding, type GapView } from './gap-context';
import { named } from './gap-common-words';
import { askedOfAll, natureAndPlace } from './gap-people';
import { sourceWords, valueWords, worseThanReference } from './gap-indicators';
import { flat, whyIndicator } from './gap-why';
import { factsOf, joinedFacts } from './gap-facts';
import { askForPlan, cadresRead, overOn, planToBring, tooFewPlans } from './gap-plans-read';
import { once } from '../memory';
import type { PlacedAction } from '../crossing/place';
import { answeredBy, type IndicatorReading } from '../indicator';
import { isHalfOnly, nearAsked, nearIndicator, nearProof, nearSaid, SUBSTANTIAL } from './gap-indicator-near';
import { placeUnknown } from './gap-unknown-place';
import type { GapRule } from './referentiel';

/** What an indicator says of a quartier, and what it is compared with, each with its source and its year. */
function indicatorFacts(reading: IndicatorReading, territoire: string): string[] {
	const { def, valeur, reference, source, millesime } = reading;
	const here =
		valeur === null
			? `${def.libelle}\u00a0: aucune valeur pour le quartier, source\u00a0: ${def.source}`
			: `${def.libelle}\u00a0: ${valueWords(def, valeur)}${sourceWords(source ?? def.source, millesime)}`;
	const beside = reference
		? `${reference.libelle}\u00a0: ${valueWords(def, reference.valeur)}${sourceWords(reference.source, reference.millesime)}`
		: `${territoire}\u00a0: aucune valeur pour comparer`;
	return [here, beside];
}

/**
 * G11: an indicator is bad in the quartier and no substantial action (N1, N2, N5) carries its enjeux there.
 * out    a request for data when an action of unknown nature or reach could be one, when plans are missing, or when the
 *        indicator is known for other quartiers and not for this one; one for the territory, 'aucun-indicateur', when none is
 */
export function vulnerabiliteSansReponse(view: GapView, rule: GapRule): readonly Finding[] {
	const { quartiers, indicateurs, ecartDefavorable, coverage, documents, territoire, actions } = view;
	const reads = [quartiers, indicateurs, ecartDefavorable, coverage, documents, territoire, actions, overOn(view)];
	return keepFound(view, rule, reads, () => withoutAnswer(view));
}

/** Indicators known somewhere in the territory. */
const loadedIn = once(
	(readings: GapView['indicateurs']): ReadonlySet<string> =>
		new Set([...readings.values()].flat().flatMap((i) => (i.valeur !== null ? [i.def.code] : [])))
);

function withoutAnswer(view: GapView): readonly Finding[] {
	const loaded = loadedIn(view.indicateurs);
	if (loaded.size === 0) return noneLoaded(view);
	const bare = new Map<string, IndicatorReading['def']>();
	const found = ofQuartiers(view, loaded, (def) => bare.set(def.code, def));
	return [...withoutReference(view, [...bare.values()]), ...found];
}

/** No figure of any quartier: the rule cannot see anything, and says so once. */
const noneLoaded = ({ quartiers, documents, territoire }: GapView): readonly Finding[] =>
	quartiers.length === 0 || documents.length === 0
		? []
		: [
				{
					objet: 'indicateurs',
					quartier: null,
					enjeu: null,
					reponse: 'donnee-manquante',
					cas: ['aucun-indicateur'],
					valeurs: { du_territoire: ofThe(territoire) },
					preuves: { actions: [], champs: ['indicateurs'], faits: ['Aucun indicateur n’est chargé pour ces quartiers'] }
				}
			];

/** Indicators known for quartiers and not for their territory: nothing to compare with, asked once. */
function withoutReference(view: GapView, defs: readonly IndicatorReading['def'][]): readonly Finding[] {
	if (defs.length === 0) return [];
	const names = defs.map((d) => quoted(d.libelle));
	return [
		{
			objet: 'reference',
			quartier: null,
			enjeu: null,
			reponse: 'donnee-manquante',
			cas: ['reference-absente'],
			valeurs: {
				indicateurs: list(names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} autres`] : names),
				ne_comparent: names.length > 1 ? 'ne se comparent' : 'ne se compare',
				du_territoire: ofThe(view.territoire),
				obtenir: wayTo(defs.length > 3 ? defs.slice(0, 2) : defs)
			},
			preuves: {
				actions: [],
				champs: ['indicateurs'],
				faits: factsOf(
					defs,
					(d) => `${d.libelle}\u00a0: aucune valeur ${ofThe(view.territoire)} (source\u00a0: ${d.source})`
				)
			}
		}
	];
}

/** « Chercher pour l’intercommunalité « Taux de pauvreté » sur insee.fr et demander « Couverture végétale » (étude locale) au service d’observation »: one source each. */
function wayTo(defs: readonly IndicatorReading['def'][]): string {
	const said = (those: typeof defs) => list(those.map((d) => `${quoted(d.libelle)} (${d.adresse ?? flat(d.source)})`));
	const [online, asked] = [defs.filter((d) => d.adresse), defs.filter((d) => !d.adresse)];
	if (online.length === 0) return `Demander ${said(asked)} pour toute l’intercommunalité au service d’observation`;
	const found = `Chercher pour l’intercommunalité ${list(online.map((d) => `${quoted(d.libelle)} sur ${d.adresse}`))}`;
	return asked.length > 0
		? `${found}, demander ${said(asked)} à son service d’observation`
		: `${found}, ou ${online.length > 1 ? 'les' : 'la'} demander à son service d’observation`;
}

/** « sur sig.ville.gouv.fr (SIG Ville, ANCT) », « à la source (étude locale) » */
const atSource = ({ source, adresse }: IndicatorReading['def']): string =>
	`${adresse ? `sur ${adresse}` : 'à la source'} (${flat(source)})`;

/** A count, or what is only known of a quartier, has nothing to be compared with: no value is asked for. */
const isCompared = ({ def: { defavorable_si, enjeux, cumul, echelles } }: IndicatorReading): boolean =>
	defavorable_si !== null && enjeux.length > 0 && cumul !== 'somme' && echelles.some((one) => one !== 'qpv');

/** in     `alone`: told of an indicator that nothing answers in a quartier and that has nothing to be compared with */
function ofQuartiers(
	view: GapView,
	loaded: ReadonlySet<string>,
	alone: (def: IndicatorReading['def']) => void
): readonly Finding[] {
	return view.quartiers.flatMap((quartier) =>
		(view.indicateurs.get(quartier.code) ?? []).flatMap((reading): Finding[] => {
			const { def, valeur, reference } = reading;
			if (!isCompared(reading) || !loaded.has(def.code)) return [];
			const known = valeur !== null && reference !== null;
			if (known && !worseThanReference(reading, view.ecartDefavorable)) return [];
			const index = actionsByCode(view);
			const carriers = [...new Set(answeredBy(def).flatMap((code) => index.get(code) ?? []))];
			const answers = carriers.filter(
				(a) => reaches(niveauOf(a, quartier.code)) && SUBSTANTIAL.includes(a.nature?.code ?? '')
			);
			if (answers.length > 0) return [];
			if (valeur !== null && reference === null) {
				alone(def);
				return [];
			}
			const unsure = carriers.filter((a) => {
				const niveau = niveauOf(a, quartier.code);
				return (
					(niveau === 'inconnu' && (!a.nature || SUBSTANTIAL.includes(a.nature.code))) || (reaches(niveau) && !a.nature)
				);
			});
			const asked = askedOfAll(unsure, holdersOf(view, unsure), view.territoire);
			const enough = cadresRead(view) >= view.coverage.minPlans;
			const manque =
				valeur === null
					? 'la valeur n’est pas renseignée'
					: unsure.length
						? named(unsure[0]!)
						: tooFewPlans(view, view.coverage.minPlans);
			const lacks = !known ? 'valeur-absente' : unsure.length ? 'action-imprecise' : 'plans-absents';
			const alert = known && enough && unsure.length === 0;
			const near = nearIndicator(view, quartier.code, def, carriers);
			const proof = nearProof(view, near);
			return [
				{
					objet: `${quartier.code}:${def.code}`,
					...whyIndicator(view, quartier.code, reading),
					quartier: quartier.code,
					enjeu: answeredBy(def)[0] ?? null,
					reponse: alert ? 'alerte' : 'donnee-manquante',
					cas: alert ? [] : [lacks],
					...(!alert && lacks === 'plans-absents' && planToBring(view)),
					valeurs: {
						indicateur: def.libelle,
						quartier: quartier.nom,
						dans: inQuartier(quartier.nom),
						le_quartier: theQuartier(quartier.nom),
						manque,
						lequel: askForPlan(view),
						enjeux_lies: linked(view, answeredBy(def)),
						rien: nearSaid(view, def, near),
						sinon: isHalfOnly(near) ? 'si c’est peu' : 'à défaut',
						qui_sait: nearAsked(view, quartier, def, near),
						action: unsure[0] ? named(unsure[0]) : '',
						ce_qui_manque: lackWords(view, unsure[0], quartier.code),
						leur_fiche: unsure.length > 1 ? 'leur fiche' : 'sa fiche',
						a_qui: asked,
						nature_et_lieu: natureAndPlace(unsure),
						a_la_source: atSource(def),
						valeur: valueWords(def, valeur),
						valeur_reference: valueWords(def, reference?.valeur),
						reference: withThe(reference?.libelle ?? view.territoire)
					},
					preuves: {
						actions: [...new Set([...unsure, ...proof.actions])].map((a) => a.action.id),
						champs: ['indicateurs', 'nature', 'quartiers'],
						faits: joinedFacts(
							indicatorFacts(reading, view.territoire),
							factsOf(unsure, saying(view.noms, 'nature ou lieu non précisé')),
							proof.faits
						)
					}
				}
			];
		})
	);
}

/** « sa nature n’est pas écrite », « ni sa nature ni son lieu ne sont écrits » */
function lackWords(view: GapView, unsure: PlacedAction | undefined, quartier: string): string {
	const nowhere = unsure !== undefined && niveauOf(unsure, quartier) === 'inconnu';
	if (!unsure || unsure.nature) return placeUnknown(unsure ? [unsure] : [], view);
	return nowhere ? 'ni sa nature ni son lieu ne sont écrits' : 'sa nature n’est pas écrite';
}

/** « l’enjeu lié (« Habitat ») », « l’un des enjeux liés (« Habitat » ou « Santé ») » */
function linked({ enjeux }: GapView, codes: readonly string[]): string {
	const names = codes.map(
		(code) => [...enjeux.transition, ...enjeux.ville].find((e) => e.code === code)?.court ?? code
	);
	return `${names.length > 1 ? 'l’un des enjeux liés' : 'l’enjeu lié'} (${list(names.map(quoted), 'ou')})`;
}
