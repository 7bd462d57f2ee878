import { bestReach, isActive, reaches } from '../crossing/coverage';
import { isNamed, type PlacedAction } from '../crossing/place';
import { cut, list, quoted } from '../french';
import { group, groupedBy, keepFor, type OwnMemory } from '../memory';
import { stems } from '../stem';
import { plain } from '../text';
import {
	comesToOne,
	fact,
	holdersOf,
	keepFound,
	listOf,
	niveauOf,
	NO_ACTION,
	reachedBy,
	sortedBy,
	type Finding,
	type GapDocument,
	type GapView
} from './gap-context';
import { isBuiltAnew } from './building-works';
import { askedOfAll } from './gap-people';
import { facts } from './gap-facts';
import { aboutEach, type AboutOne, type Concerned } from './gap-each-action';
import { about, inPlaces, request, requestsFor } from './gap-findings';
import { isOver } from './gap-plans-read';
import { withoutColumn } from './gap-predicates-money';
import type { GapRule } from './referentiel';
import { clauseWords, meetingWords, worksStage } from './works-stage';

/* Rules about how an action is done: with the inhabitants, for the climate to come, without weighing on the poorest. */

/** « Pas de concertation », « Aucune », « Non »; « Sans objet » and « Non communiqué » say nothing. */
const DENIED = /^(?:(?:pas|aucune?|sans(?! objet))\b|(?:non|neant)$)/;

/**
 * Whether the inhabitants are at least consulted, by the words of a cell; a better level wins over a lesser one.
 * out    null: words that name no level of the rule
 */
function consulted(said: string, rule: GapRule): boolean | null {
	if (DENIED.test(plain(said))) return false;
	const words = ` ${stems(said).join(' ')} `;
	const names = (list: string) => listOf(rule, list).some((level) => words.includes(` ${stems(level).join(' ')} `));
	return names('niveaux_suffisants') ? true : names('niveaux_insuffisants') ? false : null;
}

/**
 * G17: an action in a quartier whose inhabitants are at best informed.
 * out    'investissement' for works; one request for data per document without the column, whose cells are blank, or name no
 *        known level
 */
export function habitantsNonAssocies(view: GapView, rule: GapRule): readonly Finding[] {
	/** The works of a past list are done: nobody is to be consulted any more. */
	const stands = (document: GapDocument) => !(document.liste && isOver(document, view.asOf));
	// Of a plan that ended, whether the action is done is asked first (G12).
	const untold = new Set(view.documents.filter((d) => !d.liste && isOver(d, view.asOf)).map((d) => d.id));
	const isUntold = ({ action }: PlacedAction): boolean => action.statut === null && untold.has(action.document);
	const ask = ({ placed, document }: Concerned): AboutOne | null => {
		const here = placed.reach.filter((r) => isNamed(r.niveau));
		if (here.length === 0 || !stands(document)) return null;
		const said = placed.action.participation;
		const enough = said === null ? null : consulted(said, rule);
		if (said === null || enough === null)
			return {
				constats: [],
				manque: document.champs.includes('participation') && !isUntold(placed) ? 'participation' : null
			};
		if (enough) return null;
		const works = placed.nature?.code === 'N1';
		const valeurs = {
			dans: inPlaces(
				view,
				here.map((r) => r.quartier)
			),
			niveau: said,
			...meetingWords(worksStage(placed.action, view.asOf))
		};
		const cas = works ? ['investissement'] : [];
		return { constats: [about(view, placed, cas, valeurs, ['participation'], [`participation\u00a0: ${said}`])] };
	};
	const { constats, manques } = aboutEach(view, rule, ask, {
		read: [view.asOf],
		of: ({ placed, document }) => [stands(document), isOver(document, view.asOf), worksStage(placed.action, view.asOf)]
	});
	const requests = view.documents.flatMap((document): Finding[] => {
		const lacking = manques.get(document.id)?.get('participation');
		if (!lacking) return [];
		const asked = request(view, rule, document, 'participation', [], lacking);
		return [{ ...asked, valeurs: { ...asked.valeurs, ecrit: levelUnknown(lacking) } }];
	});
	const known = (placed: PlacedAction) => comesToOne(placed) && !isUntold(placed);
	return [...withoutColumn(view, rule, 'participation', known, stands, [...untold].join()), ...requests, ...constats];
}

/** « n’est pas écrit », « , « à voir », n’est pas reconnu »: a blank is not a word that nobody understood. */
function levelUnknown(actions: readonly PlacedAction[]): string {
	const said = [...new Set(actions.flatMap((a) => a.action.participation ?? []))];
	if (said.length === 0) return ' n’est pas écrit';
	const words = list(said.slice(0, 2).map(quoted));
	return actions.every((a) => a.action.participation !== null)
		? `, écrit ${words}, n’est pas reconnu`
		: ` n’est pas écrit, ou pas reconnu (${words})`;
}

/**
 * G18: works on buildings (N1), or a public building that is built, that carry none of the enjeux of `adaptation` and have no clause about it.
 * out    one request for data per document that has no column for the clause
 * never  fires when the clause is stated, nor asks anything of a document that ended
 */
export function renovationSansAdaptation(view: GapView, rule: GapRule): readonly Finding[] {
	const [works, adaptation] = [listOf(rule, 'enjeux'), listOf(rule, 'adaptation')];
	const spared = listOf(rule, 'sauf_marqueurs');
	const ask = ({ placed, document }: Concerned): AboutOne | null => {
		if (isOver(document, view.asOf)) return null;
		const codes = [...placed.transition, ...placed.ville].map((t) => t.code);
		const apart = view.marques(placed).some((m) => spared.includes(m.code));
		const renewed = !apart && codes.some((c) => works.includes(c));
		const building = placed.nature?.code === 'N1' && (renewed || isBuiltAnew(placed.action, rule));
		const { clauseAdaptation } = placed.action;
		if (!building || codes.some((c) => adaptation.includes(c)) || clauseAdaptation === true) return null;
		if (clauseAdaptation === null && !document.champs.includes('clause_adaptation'))
			return { constats: [], manque: 'clause_adaptation' };
		const clause = clauseAdaptation === null ? 'exigence d’adaptation non renseignée' : 'sans exigence d’adaptation';
		const champs = [renewed ? 'enjeux' : 'titre', 'clause_adaptation'];
		const valeurs = { l_ajouter: clauseWords(worksStage(placed.action, view.asOf)) };
		return { constats: [about(view, placed, [], valeurs, champs, [clause])] };
	};
	const { constats, manques } = aboutEach(view, rule, ask, {
		scope: 'territoire',
		read: [view.marques, view.asOf],
		of: ({ placed, document }) => [
			view.marques(placed),
			isOver(document, view.asOf),
			worksStage(placed.action, view.asOf)
		]
	});
	return [...requestsFor(view, rule, manques, ['clause_adaptation']), ...constats];
}

/**
 * G20: an action bears one of the watched `marqueurs` and nothing helps modest households along with it.
 * in     `accompagnement`: the mark of an action meant for them, read in title, description and publics
 * out    a request for data when it does not say its publics, when an action of the same quartier that could help does not say
 *        its own, or when it stands outside every quartier and weighs on whoever goes there (`de_passage`)
 */
export function mesureInegalitaire(view: GapView, rule: GapRule): readonly Finding[] {
	const watched = listOf(rule, 'marqueurs');
	const helping = listOf(rule, 'accompagnement');
	const passing = listOf(rule, 'de_passage');
	const isWatched = (placed: PlacedAction) => view.marques(placed).some((m) => watched.includes(m.code));
	const keysOf = (placed: PlacedAction) => [
		...(isAid(placed) ? ['aide'] : []),
		...(isWatched(placed) ? ['surveillée'] : [])
	];
	const sorted = sortedBy(view, `mesures ${rule.id}`, (p) => (isActive(p) ? keysOf(p) : []), [rule, view.marques]);
	const [aids, candidates] = [sorted.get('aide') ?? NO_ACTION, sorted.get('surveillée') ?? NO_ACTION];
	const own = remembered.get(rule) ?? remembered.set(rule, new WeakMap()).get(rule)!;
	const ask = (placed: PlacedAction, aids: readonly PlacedAction[]): readonly Finding[] => {
		const marks = view.marques(placed);
		const mark = marks.find((m) => watched.includes(m.code));
		const level = bestReach(placed);
		if (!mark || level === 'inconnu' || placed.action.statut === 'realise') return [];
		const elsewhere = level === 'aucune';
		if (elsewhere && (placed.reach.length === 0 || !marks.some((m) => passing.includes(m.code)))) return [];
		if (marks.some((m) => helping.includes(m.code))) return [];
		const along = (o: PlacedAction) => (elsewhere ? touchesAny(o) : linked(placed, o));
		const beside = aids.filter((o) => o !== placed && along(o) && !endsBefore(o, placed));
		if (beside.some((other) => view.marques(other).some((m) => helping.includes(m.code)))) return [];
		if (isForOthers(placed, rule)) return [];
		const unsure = beside.filter((other) => other.action.publics.length === 0 && near(placed, other));
		const silent = placed.action.publics.length === 0;
		const known = !elsewhere && !silent && unsure.length === 0;
		const asked = [...(silent || elsewhere ? [placed] : []), ...unsure];
		const many = asked.length > 1;
		const aidNames = list(
			unsure.slice(0, 1).map((u) => quoted(cut(u.action.titre, 50))),
			'ou'
		);
		const where = reachedBy(placed);
		const found = about(
			view,
			placed,
			[],
			{
				mesure: mark.libelle,
				effet: mark.effet ?? 'peut peser sur les ménages modestes',
				dans: where.length > 0 ? inPlaces(view, where) : touchedPlaces(view, placed),
				accompagnement: `rien ne dit ${[elsewhere ? 'ce qui est prévu pour ceux des quartiers qui s’y rendent' : silent && `ce qui est prévu pour ${mark.effet ? 'les ménages modestes' : 'eux'}`, unsure.length > 0 && `à qui s’adresse ${aidNames}`].filter(Boolean).join(', ni ')}`,
				a_qui: askedOfAll(asked, holdersOf(view, asked), view.territoire),
				prevu: many
					? 'quels publics visent les actions citées en preuve et quel accompagnement est prévu'
					: elsewhere
						? 'quelle solution reste aux habitants des quartiers qui s’y rendent, et avec quelle aide'
						: silent
							? 'quel accompagnement l’action prévoit pour les ménages modestes, et quels publics elle vise'
							: `quels publics vise ${quoted(cut(unsure[0]?.action.titre ?? '', 50))} et quel accompagnement est prévu`,
				chaque_action: many ? 'chaque action' : 'l’action'
			},
			['titre', 'description', 'publics'],
			[`${mark.libelle}\u00a0: «\u00a0${mark.mots}\u00a0»`]
		);
		const faits = facts([...found.preuves.faits, ...unsure.map((u) => fact(view, u, 'publics non renseignés'))]);
		return [
			{
				...found,
				reponse: known ? 'alerte' : 'donnee-manquante',
				preuves: { ...found.preuves, actions: [placed.action.id, ...unsure.map((u) => u.action.id)], faits }
			}
		];
	};
	const askAll = () => {
		const codes = ({ transition }: PlacedAction) => transition.map((t) => t.code);
		const aidsOn = view.memoire ? groupedBy(view.memoire, `aides ${rule.id}`, [rule], aids, codes) : group(aids, codes);
		const names = [view.quartiers, view.plans, view.noms, view.territoire, view.marques, view.precisions];
		return candidates.flatMap((placed) => {
			const near = codes(placed).map((code) => aidsOn.get(code) ?? NO_ACTION);
			return keepFor(own, placed, [...names, ...near], () => {
				const among = new Set(near.flat());
				return ask(
					placed,
					aids.filter((other) => among.has(other))
				);
			});
		});
	};
	return keepFound(view, rule, [view.quartiers, view.territoire, view.precisions, aids, candidates], askAll);
}

/** « de tous les quartiers », of a measure for the whole territory; those of one town are named. */
function touchedPlaces(view: GapView, { reach }: PlacedAction): string {
	const touched = reach.filter((r) => r.niveau === 'diffuse').map((r) => r.quartier);
	const all = touched.length > 1 && touched.length === view.quartiers.length;
	return all ? 'de tous les quartiers' : inPlaces(view, touched);
}

const remembered = new WeakMap<GapRule, OwnMemory<PlacedAction>>();

/** Its title says whom it is for, and it is not households: « … par les collectivités et entreprises ». */
function isForOthers({ action }: PlacedAction, rule: GapRule): boolean {
	if (action.publics.length > 0) return false;
	const title = ` ${plain(action.titre)} `;
	return listOf(rule, 'autres_publics').some((word) => title.includes(` ${plain(word)} `));
}

/** A service or an aid. */
const isAid = ({ nature }: PlacedAction): boolean => nature?.code === 'N2' || nature?.code === 'N5';

/** Over before the other starts, by the dates both give: it can help nobody with it. */
const endsBefore = ({ action: { dates } }: PlacedAction, { action }: PlacedAction): boolean =>
	Boolean(dates?.fin && action.dates?.debut && dates.fin < action.dates.debut);

const touches = (p: PlacedAction, quartier: string): boolean => !['aucune', 'inconnu'].includes(niveauOf(p, quartier));

/** In a place both touch. */
const linked = (placed: PlacedAction, other: PlacedAction): boolean =>
	placed.reach.some(({ quartier }) => touches(placed, quartier) && touches(other, quartier));

const touchesAny = (p: PlacedAction): boolean => p.reach.some(({ quartier }) => touches(p, quartier));

/** Both are for one same quartier, rather than for everywhere. */
const near = (placed: PlacedAction, other: PlacedAction): boolean =>
	reachedBy(placed).some((quartier) => reaches(niveauOf(other, quartier)));
