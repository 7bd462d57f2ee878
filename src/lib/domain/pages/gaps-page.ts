import { capital, count, list, quoted } from '../french';
import { groupsOn, keptOf, openCases, type GapGroup } from '../rules/gap-groups';
import type { BodyAsked } from './gap-bodies';
import { GAP_LEVELS, GAP_PARAMETERS, type GapFilter, type GapLevel } from './gap-filter';
import { foundWords, gapsTitle, inOrder, priorityAdvice } from './gaps-shown';
import type { ActionBrief, TerritoryPage } from './page-model';

/* Every gap of a territory, narrowed as the address asks. */

const levelOf = ({ reponse, gravite }: Pick<GapGroup, 'reponse' | 'gravite'>): GapLevel =>
	reponse === 'donnee-manquante' ? 'donnee' : reponse === 'opportunite' ? 'opportunite' : gravite;

/** What an address asks; what it asks that does not exist here is as if it were not asked. */
export function readGapFilter(
	params: URLSearchParams,
	{ quartiers, lacunes }: Pick<TerritoryPage, 'quartiers' | 'lacunes'>,
	bodies: readonly BodyAsked[] = []
): GapFilter {
	const one = <T extends string>(name: keyof GapFilter, among: readonly T[]): T | null =>
		among.find((value) => value === params.get(name)) ?? null;
	return {
		quartier: one(
			'quartier',
			quartiers.map((q) => q.code)
		),
		gravite: one('gravite', GAP_LEVELS),
		regle: one('regle', rulesOf(lacunes)),
		enjeu: one('enjeu', enjeuxOf(lacunes)),
		qui: one(
			'qui',
			bodies.map((body) => body.nom)
		)
	};
}

const rulesOf = (groups: readonly GapGroup[]): string[] => [...new Set(groups.map((g) => g.regle))].sort();

const enjeuxOf = (groups: readonly GapGroup[]): string[] =>
	[...new Set(groups.flatMap((g) => g.gaps.flatMap((gap) => gap.enjeu ?? g.enjeu ?? [])))].sort();

/**
 * in     `page`: the whole territory; `ids`: gaps of the quartier that is chosen, null when none is; `bodies`: whom gestures name
 * out    `niveaux`: what each level holds under the other choices; questions count as lines
 */
export function gapsPage(
	page: TerritoryPage,
	asked: GapFilter,
	ids: ReadonlySet<string> | null = null,
	bodies: readonly BodyAsked[] = []
) {
	const placed = groupsOn(page.lacunes, ids);
	const here = groupsOn(placed, bodies.find((body) => body.nom === asked.qui)?.lacunes ?? null);
	const among = ofEnjeu(asked.regle ? here.filter((g) => g.regle === asked.regle) : here, asked.enjeu);
	const shown = asked.gravite ? among.filter((g) => levelOf(g) === asked.gravite) : among;
	const narrow = GAP_PARAMETERS.some((name) => asked[name] !== null);
	const { code, nom, fictif, asOf, quartiers, enjeux, regles } = page;
	return {
		...{ code, nom, fictif, asOf, quartiers, enjeux, regles },
		filtree: narrow,
		/** The one that is read. */
		quartier: asked.quartier,
		niveaux: GAP_LEVELS.map((level) => {
			const of = among.filter((g) => levelOf(g) === level);
			// One question is asked once, whatever it would settle.
			return { code: level, nombre: level === 'donnee' ? of.length : openCases(of) };
		}),
		...wordsOf(shown, narrow ? openCases(alertsOf(page.lacunes)) : null, asked),
		/** How they count beside each quartier. */
		compte: narrow ? '' : foundWords(alertsOf(shown), page),
		/** What the list is narrowed to, for a sheet. */
		seulement: chosenWords(page, asked),
		priorites: priorityAdvice(alertsOf(shown), page),
		...firstDone(shown),
		enAttente: waiting(shown),
		actions: placesOf(shown, page),
		choix: {
			regles: rulesOf(here).map((regle) => ({ valeur: regle, nom: `${regle} ${regles[regle] ?? ''}`.trim() })),
			enjeux: enjeuxOf(here).map((enjeu) => ({ valeur: enjeu, nom: enjeux[enjeu]?.court ?? enjeu })),
			qui: bodiesIn(placed, bodies)
		}
	};
}

/** « Direction de l’habitat (14) »: those who are asked something in that place. */
function bodiesIn(groups: readonly GapGroup[], bodies: readonly BodyAsked[]) {
	const ids = new Set(groups.flatMap((g) => g.gaps.map((gap) => gap.id)));
	return bodies
		.map(({ nom, lacunes }) => ({ valeur: nom, n: [...lacunes].filter((id) => ids.has(id)).length }))
		.filter(({ n }) => n > 0)
		.map(({ valeur, n }) => ({ valeur, nom: `${valeur} (${n})` }));
}

export type GapsPage = ReturnType<typeof gapsPage>;

const alertsOf = (groups: readonly GapGroup[]): readonly GapGroup[] => parts(groups).alertes;

function parts(groups: readonly GapGroup[]) {
	const of = (reponse: GapGroup['reponse']) => groups.filter((g) => g.reponse === reponse);
	return { alertes: of('alerte'), opportunites: of('opportunite'), demandes: of('donnee-manquante') };
}

/** Enjeux that no alert is about, for want of a fact. */
function waiting(groups: readonly GapGroup[]): number {
	const { alertes, demandes } = parts(groups);
	const told = new Set(enjeuxOf(alertes));
	return enjeuxOf(demandes).filter((one) => !told.has(one)).length;
}

/** Lines that ask for the same thing first, from which it is said once. */
const SAME = 3;

/** « Importer d’abord le contrat de ville »: what many lines begin with is said once, and each goes on from there. */
function firstDone(groups: readonly GapGroup[]) {
	const split = (g: GapGroup) => /^(.+?)\u202f; s’ils? n’y répon\S+ pas, (.+)$/u.exec(g.aFaire);
	const firsts = parts(groups).alertes.map((g) => split(g)?.[1] ?? '');
	const dit = firsts.find((one) => one !== '' && firsts.filter((other) => other === one).length >= SAME);
	if (dit === undefined) return { dabord: null, ...parts(groups) };
	const after = (g: GapGroup): GapGroup => {
		const [, first, suite] = split(g) ?? [];
		return first === dit && suite ? { ...g, suite: capital(suite) } : g;
	};
	return {
		dabord: { dit, lignes: firsts.filter((one) => one === dit).length, sur: firsts.length },
		...parts(groups.map(after))
	};
}

export type ActionPlace = Pick<ActionBrief, 'place' | 'fichier'>;

/** Where the actions these name were read, by their key: hundreds, of which a list says nothing else. */
function placesOf(groups: readonly GapGroup[], { actions }: Pick<TerritoryPage, 'actions'>) {
	const named = new Set(groups.flatMap((g) => g.gaps.flatMap((gap) => gap.actions ?? [])));
	return Object.fromEntries(
		[...named].flatMap((id) => {
			const found = actions[id];
			return found ? [[id, { place: found.place, fichier: found.fichier } satisfies ActionPlace]] : [];
		})
	);
}

/** One question asked of several enjeux keeps those of the one that is chosen. */
const ofEnjeu = (groups: readonly GapGroup[], enjeu: string | null): GapGroup[] =>
	enjeu === null
		? [...groups]
		: groups.map((g) => keptOf(g, (gap) => (gap.enjeu ?? g.enjeu) === enjeu)).filter((g) => g.gaps.length > 0);

/**
 * The title of the list, and how its lines count.
 * in     `total`: alerts of the territory, when some are left out
 * out    « 304 lacunes, dont 19 critiques et 92 hautes », « 12 lacunes sur 304, en 3 lignes », « 3 opportunités à saisir entre plans »
 */
function wordsOf(shown: readonly GapGroup[], total: number | null, asked: GapFilter) {
	const { alertes, opportunites, demandes } = parts(shown);
	if (alertes.length > 0) {
		if (total !== null) return { titre: gapsTitle(alertes, total, adjective(asked.gravite)), dit: '' };
		const order = inOrder(alertes) ? ', de la plus grave à la moins grave' : '';
		return {
			titre: `${count(openCases(alertes), 'lacune')}${gravest(alertes)}`,
			dit: `En ${count(alertes.length, 'ligne')}${order}\u00a0: une ligne réunit la même lacune dans tous ses quartiers.`
		};
	}
	if (total === null) return { titre: gapsTitle(alertes), dit: '' };
	if (opportunites.length > 0)
		return { titre: `${count(openCases(opportunites), 'opportunité')} à saisir entre plans`, dit: '' };
	if (demandes.length > 0) return { titre: `${count(demandes.length, 'donnée')} à demander pour conclure`, dit: '' };
	return { titre: 'Aucune lacune ne répond à ces choix', dit: '' };
}

const LEVEL_WORDS: Readonly<Record<GapLevel, string>> = {
	critique: 'critiques',
	haute: 'hautes',
	moyenne: 'moyennes',
	information: 'pour information',
	opportunite: 'opportunités',
	donnee: 'données à demander'
};

/** « Seulement\u00a0: hautes, quartier La Gare, règle G01, « Mobilité vers l’emploi » »; '' when nothing is chosen. */
function chosenWords(
	{ quartiers, enjeux }: TerritoryPage,
	{ quartier, gravite, regle, enjeu, qui }: GapFilter
): string {
	const named = quartiers.find((q) => q.code === quartier);
	const chosen = [
		gravite && LEVEL_WORDS[gravite],
		named && `quartier ${named.nom}`,
		regle && `règle ${regle}`,
		enjeu && quoted(enjeux[enjeu]?.court ?? enjeu),
		qui && `ce qui se demande à ${quoted(qui)}`
	].filter(Boolean);
	return chosen.length ? `Seulement\u00a0: ${chosen.join(', ')}` : '';
}

const adjective = (level: GapLevel | null): string | null =>
	level === null || level === 'opportunite' || level === 'donnee'
		? null
		: level === 'information'
			? 'pour information'
			: level;

/** « , dont 19 critiques et 92 hautes », « , toutes pour information »; '' when there are several levels and none is grave. */
function gravest(alertes: readonly GapGroup[]): string {
	if (!inOrder(alertes)) return openCases(alertes) > 1 ? `, toutes ${LEVEL_WORDS[alertes[0]!.gravite]}` : '';
	const told = (['critique', 'haute'] as const).flatMap((level) => {
		const n = openCases(alertes.filter((g) => g.gravite === level));
		return n ? [count(n, level)] : [];
	});
	return told.length ? `, dont ${list(told)}` : '';
}
