import { INSECABLE, FINE, inWords, list, quoted } from '../french';
import { keep, once, readEach, type Memory } from '../memory';
import { buildingKeys, buildingsOf, type NamedBuilding } from '../rules/named-buildings';
import type { Quartier } from '../territory';
import { readIn, type PlacedAction, type Reach } from './place';

/* One building, two quartiers: titles that disagree about where « école Corette » stands decide nothing, a person does. */
/* What a person says of one action is said of that action: it makes a question of the others, it never moves them. */

type Place = Pick<Quartier, 'code' | 'nom' | 'communes'>;

interface Mention {
	readonly placed: PlacedAction;
	readonly building: NamedBuilding;
	/** Quartiers its own words name. */
	readonly quartiers: readonly string[];
	/** Who said so and when, when a person did: what it says stays. */
	readonly decided: string | null;
}

/**
 * Actions, with what titles disagree about made « probable », and what a person's answer disagrees with marked to settle.
 * in     placed actions of one territory, and its quartiers; `memory`: of an earlier reading
 * out    same order, the very same action where nothing is contrary; for the others, their quartiers and those of the other titles
 *        are probable, with both proofs, by `titres`; or, when it is a person who says otherwise of another action, the same
 *        reach with `aArbitrer` and a proof that names that person
 * never  touches what a person decided, lowers what a row says because of a decision on another one, nor mixes two buildings
 *        of one name in two communes
 * cost   linear in the actions: they meet by the words of the names
 */
export function withContraryTitles(
	placed: readonly PlacedAction[],
	quartiers: readonly Place[],
	memory: Memory = new Map()
): readonly PlacedAction[] {
	const known = keep(
		memory,
		'quartiers par code',
		[quartiers],
		() => new Map(quartiers.map((q) => [q.code as string, q]))
	);
	const mentions = readEach(memory, 'établissements nommés', [], placed, mentionsOf);
	const others = keep(memory, 'titres contraires', [mentions, known], () => rivals(mentions, known));
	if (others.size === 0) return placed;
	return placed.map((one) => {
		const rival = others.get(one);
		return rival ? against(one, rival, known) : one;
	});
}

/** Of each action that another title, or a person, contradicts: what is said there. */
function rivals(
	mentions: readonly (readonly Mention[])[],
	known: ReadonlyMap<string, Place>
): ReadonlyMap<PlacedAction, Mention> {
	const groups = byBuilding(mentions);
	const others = new Map<PlacedAction, Mention>();
	for (const group of groups.values()) {
		if (new Set(group.flatMap((m) => m.quartiers)).size < 2) continue;
		// One rival is enough to tell: the first that says another quartier of the same commune.
		for (const mention of group) {
			const before = others.get(mention.placed);
			if (mention.decided !== null || before?.decided === null) continue;
			const contrary = group.filter((m) => isContrary(mention, m, known));
			// Another title makes both doubtful; the answer of a person only asks.
			const rival = contrary.find((m) => m.decided === null) ?? before ?? contrary[0];
			if (rival) others.set(mention.placed, rival);
		}
	}
	return others;
}

const NONE: readonly Mention[] = [];

/** Mentions of one building, together. */
function byBuilding(mentions: readonly (readonly Mention[])[]): ReadonlyMap<string, readonly Mention[]> {
	const groups = new Map<string, Mention[]>();
	for (const own of mentions)
		for (const mention of own)
			for (const key of buildingKeys(mention.building)) {
				const group = groups.get(key);
				if (group) group.push(mention);
				else groups.set(key, [mention]);
			}
	return groups;
}

/**
 * What a correction made in a quartier leaves to the other actions that name the same building, to be said before it is made.
 * out    a sentence per action whose building the file places in another quartier of the commune; nothing for the others
 */
export function leftToOthers(
	placed: readonly PlacedAction[],
	quartiers: readonly Place[],
	quartier: string
): ReadonlyMap<string, string> {
	const known = new Map(quartiers.map((q) => [q.code as string, q]));
	const groups = byBuilding(placed.map(mentionsOf));
	const told = new Map<string, string>();
	for (const one of placed)
		for (const building of buildingsOf(one.action)) {
			const here = { placed: one, building, quartiers: [quartier], decided: null };
			const met = new Set(buildingKeys(building).flatMap((key) => groups.get(key) ?? []));
			const others = [...met].filter((m) => m.decided === null && isContrary(here, m, known));
			if (others.length > 0) told.set(one.action.id, leftWords(here, others, known));
		}
	return told;
}

function leftWords(here: Mention, others: readonly Mention[], known: ReadonlyMap<string, Place>): string {
	const places = new Set(others.flatMap((m) => m.quartiers).map((q) => quoted(known.get(q)?.nom ?? q)));
	const [only] = others;
	const which = others.length === 1 ? quoted(only!.placed.action.titre) : `${inWords(others.length)} autres actions`;
	const stay =
		others.length === 1
			? 'l’autre action reste où elle est et vous est demandée'
			: 'les autres restent où elles sont et vous sont demandées';
	return `Pour le même bâtiment (${buildingOf(here)}), le fichier place ${which} à ${list([...places])}. Votre réponse ne vaut que pour cette action${FINE}; si elle la place ici, ${stay}, dans «${INSECABLE}À confirmer${INSECABLE}».`;
}

const NAMED: readonly Reach['par'][] = ['nom', 'alias'];
const SURE: readonly Reach['niveau'][] = ['cible', 'explicite'];

const mentionsOf = once((placed: PlacedAction): readonly Mention[] => {
	const buildings = buildingsOf(placed.action);
	if (buildings.length === 0) return NONE;
	const answered = placed.reach.filter((r) => SURE.includes(r.niveau) && r.par === 'decision' && answers(r));
	const decided = answered.length > 0 ? (answered[0]!.qui ?? 'une personne') : null;
	const own = decided === null ? placed.reach.filter(isNamed) : answered;
	const said = own.map((r) => r.quartier);
	return said.length === 0 ? NONE : buildings.map((building) => ({ placed, building, quartiers: said, decided }));
});

/** A person names the quartier of the building; to confirm « tous les quartiers » or a drawn place names none. */
const answers = (reach: Reach): boolean => !reach.confirme || NAMED.includes(readIn(reach).par);

/** Its own words name the quartier; whoever confirms that it is doubtful leaves them as contrary as they were. */
function isNamed(reach: Reach): boolean {
	const { niveau, par } = reach.confirme ? readIn(reach) : reach;
	return SURE.includes(niveau) && NAMED.includes(par);
}

function isContrary(a: Mention, b: Mention, known: ReadonlyMap<string, Place>): boolean {
	if (a.placed === b.placed || a.quartiers.some((q) => b.quartiers.includes(q))) return false;
	const communes = (m: Mention) => m.quartiers.flatMap((q) => known.get(q)?.communes.map((c) => c.code) ?? []);
	const [own, other] = [communes(a), communes(b)];
	return own.some((c) => other.includes(c));
}

const made = once((_: PlacedAction) => new Map<PlacedAction, PlacedAction>());

/** The very same answer for the same two actions. */
function against(one: PlacedAction, rival: Mention, known: ReadonlyMap<string, Place>): PlacedAction {
	const before = made(one).get(rival.placed);
	if (before) return before;
	const name = (q: string) => quoted(known.get(q)?.nom ?? q);
	const found = { ...one, reach: rival.decided === null ? doubted(one, rival, name) : asked(one, rival, name) };
	made(one).set(rival.placed, found);
	return found;
}

type NameOf = (quartier: string) => string;

const isOwn = (r: Reach): boolean => r.par !== 'decision' && isNamed(r);
const buildingOf = ({ building: { kind, name } }: Mention): string => `${kind} ${name}`;

function doubted(one: PlacedAction, rival: Mention, name: NameOf): Reach[] {
	const there = list(rival.quartiers.map(name));
	const mine = list(one.reach.filter(isNamed).map((r) => name(r.quartier)));
	const preuve = `${buildingOf(rival)}${INSECABLE}: ce titre dit ${mine}${FINE}; ${quoted(rival.placed.action.titre)} dit ${there}. À décider.`;
	return one.reach.map((r) =>
		isOwn(r) || (rival.quartiers.includes(r.quartier) && r.par !== 'decision')
			? { ...r, niveau: 'probable', par: 'titres', preuve }
			: r
	);
}

function asked(one: PlacedAction, rival: Mention, name: NameOf): Reach[] {
	const there = list(rival.quartiers.map(name));
	const aArbitrer = `À arbitrer${INSECABLE}: pour ${buildingOf(rival)}, dans ${quoted(rival.placed.action.titre)}, une personne a répondu ${there} (${rival.decided}).`;
	return one.reach.map((r) => (isOwn(r) ? { ...r, aArbitrer } : r));
}
