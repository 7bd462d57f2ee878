import { isActive, reaches } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import { inQuartier } from '../crossing/quartier-story';
import { count, FINE, inWords, list, plural, quoted, withThe } from '../french';
import {
	actionsByCode,
	dueOn,
	fact,
	holdersOf,
	keepFound,
	listOf,
	monthsLater,
	natureWords,
	NO_ACTION,
	niveauOf,
	numberOf,
	reachedBy,
	sortedBy,
	textOf,
	type Finding,
	type GapView
} from './gap-context';
import { peopleToOrient } from './gap-common-asked';
import { askedOfAll, ledBy, natureAndPlace, withThem } from './gap-people';
import { named } from './gap-common-words';
import { facts } from './gap-facts';
import { isLate, isPlanned, yardDate, yardWorks } from './yard-works';
import { endedBy, startsBy } from './gap-plans-read';
import { serviceOfTown, toTowns } from './gap-towns';
import { whyHere } from './gap-why';
import type { UnplacedSchool } from '../local-facts';
import type { GapRule } from './referentiel';

/* Rules about one quartier: help without a cure, school yards without a tree. */

/**
 * G16: emergency help reaches the quartier and no action of `fond` on the same transition enjeu does within `mois` months.
 * in     help: a nature of `natures`, or a mark of `marqueurs`; its enjeu is the first it carries
 * out    'aide-sans-urgence' when only its nature says so; 'fond-epci' when the cure exists for the whole EPCI only. A request
 *        for data when an action of unknown nature, reach or start could be the cure, or one whose title contradicts its nature
 */
export function urgenceSansFond(view: GapView, rule: GapRule): readonly Finding[] {
	const [natures, marks, cures] = [listOf(rule, 'natures'), listOf(rule, 'marqueurs'), listOf(rule, 'fond')];
	const soon = monthsLater(view.asOf, numberOf(rule, 'mois', 36));
	const index = actionsByCode(view);
	const urgent = (p: PlacedAction) => view.marques(p).some((m) => marks.includes(m.code));
	const helps = (p: PlacedAction) =>
		isActive(p) && p.transition.length > 0 && (natures.includes(p.nature?.code ?? '') || urgent(p));
	const keysOf = (p: PlacedAction) => (helps(p) ? [p.transition[0]!.code] : []);
	const help = sortedBy(view, `aides ${rule.id}`, keysOf, [rule, view.marques]);
	const enjeux = view.enjeux.transition.filter((e) => help.has(e.code));
	/** Its file and its title do not agree on whether it cures: a person has to say. */
	const doubtful = ({ nature }: PlacedAction) =>
		!!nature?.contredit && cures.includes(nature.code) !== cures.includes(nature.contredit.code);
	const ended = endedBy(view, soon);
	/** Is it there in time? null: nothing dates its start. */
	const inTime = (p: PlacedAction) => startsBy(p, soon, ended);
	const cured = (p: PlacedAction) => cures.includes(p.nature?.code ?? '') && !doubtful(p) && inTime(p) !== false;
	const asking = (actions: readonly PlacedAction[]) => askedOfAll(actions, holdersOf(view, actions), view.territoire);
	const ask = (quartier: GapView['quartiers'][number], enjeu: (typeof enjeux)[number]): Finding | null => {
		const given = help.get(enjeu.code)!.filter((p) => reaches(niveauOf(p, quartier.code)));
		if (given.length === 0) return null;
		const others = (index.get(enjeu.code) ?? []).filter((p) => !given.includes(p) && !urgent(p));
		const cure = others.filter(cured);
		const here = cure.filter((p) => reaches(niveauOf(p, quartier.code)));
		if (here.some(inTime)) return null;
		const wide = cure.filter((p) => niveauOf(p, quartier.code) === 'diffuse');
		const unsure = others.filter((p) => {
			const niveau = niveauOf(p, quartier.code);
			const untold = !p.nature || doubtful(p);
			return (
				(reaches(niveau) && (untold || here.includes(p))) ||
				(niveau === 'inconnu' && (untold || cures.includes(p.nature!.code)))
			);
		});
		const first = given.find(urgent) ?? given[0]!;
		const dateOnly = unsure.length > 0 && unsure.every((p) => here.includes(p));
		const cas = [...(given.some(urgent) ? [] : ['aide-sans-urgence']), ...(wide.length ? ['fond-epci'] : [])];
		return {
			...whyHere(view, quartier.code, [enjeu.code]),
			objet: `${quartier.code}:${enjeu.code}`,
			quartier: quartier.code,
			enjeu: enjeu.code,
			reponse: unsure.length ? 'donnee-manquante' : 'alerte',
			cas: unsure.length ? [] : cas,
			valeurs: {
				quartier: quartier.nom,
				dans: inQuartier(quartier.nom),
				enjeu: enjeu.court,
				avec_qui: ledBy(given, view.territoire)?.le ?? withThem(holdersOf(view, given)),
				aide: named(first),
				fond: list(wide.slice(0, 2).map(named)),
				existe: aimedElsewhere(view, wide),
				l_action: wide.length > 1 ? 'les actions' : 'l’action',
				a_qui: asking(wide.length > 0 && unsure.length === 0 ? wide.slice(0, 2) : unsure),
				rien_ne_dit: dateOnly
					? `quand ${list(unsure.slice(0, 2).map(named))} ${plural(unsure.length, 'commence', 'commencent')}`
					: 'si une autre action traite la cause',
				ce_qui_manque: dateOnly
					? plural(unsure.length, 'sa date de début', 'leurs dates de début')
					: natureAndPlace(unsure),
				puis: dateOnly ? 'puis réimporter le document' : 'et les écrire sur la page du quartier',
				orienter: peopleToOrient(ledBy(given, view.territoire)?.a ?? holdersOf(view, given), asking(wide.slice(0, 2))),
				elles:
					wide.length > 1
						? 'ces actions viendront'
						: `cette action viendra${reachedBy(wide[0] ?? given[0]!).length > 0 ? ' aussi' : ''}`
			},
			preuves: {
				actions: [...given, ...wide, ...unsure].map((p) => p.action.id),
				champs: ['nature', 'titre', 'enjeux', 'quartiers'],
				faits: facts([
					...given.map((p) => fact(view, p, `aide${p.nature ? `, ${natureWords(view, p.nature.code)}` : ''}`)),
					...wide.map((p) => fact(view, p, 'traite la cause, à l’échelle de l’intercommunalité')),
					...unsure.map((p) => fact(view, p, doubtful(p) ? contraryWords(view, p) : untoldWords(here.includes(p))))
				])
			}
		};
	};
	const answers = enjeux.map((enjeu) => {
		const carriers = index.get(enjeu.code) ?? NO_ACTION;
		const due = dueOn(view, rule, enjeu.code, `${soon} ${ended}`, carriers, (all) => all.filter(cured));
		const reads = [view.quartiers, view.indicateurs, ended, carriers, ...due];
		return keepFound(view, rule, reads, () => view.quartiers.map((quartier) => ask(quartier, enjeu)), enjeu.code);
	});
	return view.quartiers.flatMap((_, q) => answers.flatMap((found) => found[q] ?? []));
}

/** « n’est écrite qu’à l’échelle de l’intercommunalité », « vise d’abord trois autres quartiers (La Gare, Hauts-Prés…) » */
function aimedElsewhere(view: GapView, wide: readonly PlacedAction[]): string {
	const first = wide.length === 1 ? reachedBy(wide[0]!) : [];
	if (first.length === 0)
		return `${wide.length > 1 ? 'ne sont écrites' : 'n’est écrite'} qu’à l’échelle de l’intercommunalité`;
	const names = view.quartiers.filter((q) => first.includes(q.code)).map((q) => q.nom);
	const others = names.length > 1 ? `${inWords(names.length)} autres quartiers` : 'un autre quartier';
	return `vise d’abord ${others} (${list(names.length > 3 ? [...names.slice(0, 2), count(names.length - 2, 'autre')] : names)})`;
}

const untoldWords = (dateOnly: boolean) => (dateOnly ? 'date de début non renseignée' : 'nature ou lieu non précisé');

/** « nature investissement déclarée, à confirmer : le titre dit service (« distribution ») » */
function contraryWords(view: GapView, { nature }: PlacedAction): string {
	const { code, mots } = nature!.contredit!;
	const titled = natureWords(view, code).replace('nature ', '');
	return `${natureWords(view, nature!.code)} déclarée, à confirmer\u00a0: le titre dit ${titled} (${list(mots.slice(0, 2).map(quoted))})`;
}

/**
 * G19: schools of a quartier whose yard is neither planted nor planned by `horizon`.
 * in     the register of school yards of the territory, and the actions that name one of these schools and its yard
 * out    a request for data: 'lignes-a-rattacher' when lines of the list may be its schools; one for the territory when nothing is entered, else per quartier without a school or with an
 *        unknown yard; 'action-sans-date' when all that is missing is the date of such an action
 */
export function coursNonVegetalisees(view: GapView, rule: GapRule): readonly Finding[] {
	const horizon = textOf(rule, 'horizon', '2030-12-31');
	const base = { enjeu: null, preuves: { actions: [], champs: ['cours d’école'], faits: [] as string[] } } as const;
	if (view.quartiers.length === 0) return [];
	const loose = view.ecolesSansQuartier ?? [];
	if (view.ecoles.size === 0 && loose.length === 0) {
		const preuves = { ...base.preuves, faits: ['Aucune école n’est saisie pour ce territoire'] };
		const valeurs = {
			manque: `La liste des écoles n’est pas chargée pour ${withThe(view.territoire)}\u00a0: on ne sait pas quelles cours sont végétalisées`,
			aux_communes: toTowns(view.quartiers)
		};
		return [{ ...base, objet: 'territoire', quartier: null, reponse: 'donnee-manquante', valeurs, preuves }];
	}
	return view.quartiers.flatMap((quartier): Finding[] => {
		const yards = view.ecoles.get(quartier.code) ?? [];
		const works = new Map(
			yards.filter((y) => !isPlanned(y, horizon)).map((y) => [y, yardWorks(view, rule, y, quartier.code, horizon)])
		);
		const waiting = [...works].flatMap(([y, { etat }]) => (etat === 'à-temps' ? [] : y));
		const undated = waiting.filter((y) => works.get(y)!.etat === 'sans-date');
		const late = waiting.filter((y) => isLate(y, horizon) && !undated.includes(y));
		const unknown = waiting.filter((y) => !late.includes(y));
		if (yards.length > 0 && waiting.length === 0) return [];
		const sites = [...new Set([...works.values()].flatMap((w) => w.actions))];
		const sans = [...new Set(undated.flatMap((y) => works.get(y)!.actions))];
		const shown = late.length ? late : unknown;
		const maybeHere = yards.length > 0 ? [] : loose.filter((y) => mayStandIn(y, quartier.code));
		return [
			{
				...base,
				...whyHere(view, quartier.code, []),
				objet: quartier.code,
				quartier: quartier.code,
				reponse: late.length ? 'alerte' : 'donnee-manquante',
				cas:
					maybeHere.length > 0
						? ['lignes-a-rattacher']
						: waiting.length > 0 && undated.length === waiting.length
							? ['action-sans-date']
							: [],
				valeurs: {
					dans: inQuartier(quartier.nom),
					...(sans.length > 0 && {
						travaux_sans_date: `${list(sans.slice(0, 2).map(named))} ${sans.length > 1 ? 'n’ont' : 'n’a'} pas de date`,
						a_qui: askedOfAll(sans, holdersOf(view, sans), view.territoire),
						chaque_action: sans.length > 1 ? 'chaque action' : 'l’action'
					}),
					combien:
						yards.length === 1
							? 'la seule école saisie n’a'
							: `${count(late.length, 'école')} sur ${yards.length} n’${late.length > 1 ? 'ont' : 'a'}`,
					manque: yards.length
						? `l’état de la cour n’est pas connu, ${inQuartier(quartier.nom)}`
						: `aucune école n’est saisie ${inQuartier(quartier.nom)}`,
					...(maybeHere.length > 0 && looseWords(maybeHere)),
					horizon: horizon.slice(0, 4),
					au_service_des_ecoles: serviceOfTown('au service des écoles de la commune', quartier),
					aux_communes: toTowns([quartier]),
					...askedOfYards(late, unknown),
					ecoles: `${firstYards(shown, yardWords)}${
						late.length && unknown.length ? `${FINE}; ${unsaidYards(unknown)}` : ''
					}`
				},
				preuves: {
					...base.preuves,
					actions: sites.map((p) => p.action.id),
					champs: sites.length ? [...base.preuves.champs, 'titre', 'dates'] : base.preuves.champs,
					faits: yards.length
						? [
								...yards.map(
									(y) => `${y.nom} (${y.source})\u00a0: ${YARD[y.cour]}${y.annee === null ? '' : `, ${y.annee}`}`
								),
								...sites.map((p) => fact(view, p, `travaux de la cour, ${yardDate(p) ?? 'sans date'}`))
							]
						: maybeHere.length > 0
							? maybeHere.map((y) => `${y.nom} (${y.source})\u00a0: quartier écrit ${quoted(y.dit)}, non reconnu`)
							: [`${quartier.nom}\u00a0: aucune école saisie`]
				}
			}
		];
	});
}

/** A line that says no quartier one could name may be of any. */
const mayStandIn = ({ proches }: UnplacedSchool, quartier: string): boolean =>
	proches.length === 0 || proches.includes(quartier);

/** « l’école « Buisson » y est peut-être (quartier écrit « Q. Belvue ») » */
function looseWords(schools: readonly UnplacedSchool[]): Readonly<Record<'lignes' | 'ces_lignes', string>> {
	const [first] = schools;
	return {
		lignes:
			schools.length === 1
				? `l’école ${quoted(first!.nom)} y est peut-être, son quartier étant écrit ${quoted(first!.dit)}`
				: `${schools.length} écoles de la liste y sont peut-être, dont ${quoted(first!.nom)}, au quartier écrit ${quoted(first!.dit)}`,
		ces_lignes: schools.length === 1 ? 'de cette école' : 'de ces écoles'
	};
}

type Yard = GapView['ecoles'] extends ReadonlyMap<string, readonly (infer Y)[]> ? Y : never;

/** « Les Berges (projet en 2032) » */
const yardWords = ({ nom, cour, annee }: Yard): string =>
	cour === 'projet' && annee !== null ? `${nom} (projet en ${annee})` : nom;

/** « non renseigné : Pasteur »: what is not said is not counted among those that lack a project. */
const unsaidYards = (yards: readonly Yard[]): string => `non renseigné\u00a0: ${firstYards(yards)}`;

const firstYards = (yards: readonly Yard[], say = ({ nom }: Yard): string => nom): string =>
	`${list(yards.slice(0, 3).map(say))}${yards.length > 3 ? '…' : ''}`;

/** A yard already planned can only come sooner. */
function askedOfYards(
	late: readonly Yard[],
	unknown: readonly Yard[]
): Readonly<Record<'ces_cours' | 'et_les_autres', string>> {
	const [planned, bare] = [
		late.filter((y) => y.cour === 'projet').length,
		late.filter((y) => y.cour !== 'projet').length
	];
	const s = late.length > 1 ? 's' : '';
	const verbs = [bare && `programmée${s}`, planned && `avancée${s}`].filter(Boolean).join(' ou ');
	return {
		ces_cours: `${late.length > 1 ? 'ces cours peuvent' : 'cette cour peut'} être ${verbs}`,
		et_les_autres:
			late.length && unknown.length ? `, où en ${plural(unknown.length, 'est', 'sont')} ${firstYards(unknown)}` : ''
	};
}

const YARD = {
	vegetalisee: 'cour végétalisée',
	projet: 'projet de végétalisation',
	'sans-projet': 'sans projet',
	inconnu: 'état non renseigné'
} as const;
