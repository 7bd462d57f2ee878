import { INSECABLE, FINE, list, quoted } from '../french';
import { once } from '../memory';
import { buildingKeys, buildingsOf, type NamedBuilding } from '../rules/named-buildings';
import type { Quartier } from '../territory';
import type { PlacedAction, Reach } from './place';

/* One building, two quartiers: titles that disagree about where « école Corette » stands decide nothing, a person does. */

type Place = Pick<Quartier, 'code' | 'nom' | 'communes'>;

interface Mention {
	readonly placed: PlacedAction;
	readonly building: NamedBuilding;
	/** Quartiers its own words name. */
	readonly quartiers: readonly string[];
	/** A person said so: what it says stays. */
	readonly decided: boolean;
}

/**
 * Actions, with what titles disagree about made « probable ».
 * in     placed actions of one territory, and its quartiers
 * out    same order, the very same action where nothing is contrary; for the others, their quartiers and those of the other titles
 *        are probable, with both proofs, by `titres`
 * never  touches what a person decided, nor two buildings of one name in two communes
 * cost   linear in the actions: they meet by the words of the names
 */
export function withContraryTitles(
	placed: readonly PlacedAction[],
	quartiers: readonly Place[]
): readonly PlacedAction[] {
	const known = new Map(quartiers.map((q) => [q.code as string, q]));
	const groups = new Map<string, Mention[]>();
	for (const one of placed)
		for (const mention of mentionsOf(one))
			for (const key of buildingKeys(mention.building)) groups.set(key, [...(groups.get(key) ?? []), mention]);
	const others = new Map<PlacedAction, Mention>();
	for (const group of groups.values()) {
		if (new Set(group.flatMap((m) => m.quartiers)).size < 2) continue;
		// One rival is enough to tell: the first that says another quartier of the same commune.
		for (const mention of group) {
			if (mention.decided || others.has(mention.placed)) continue;
			const rival = group.find((m) => isContrary(mention, m, known));
			if (rival) others.set(mention.placed, rival);
		}
	}
	if (others.size === 0) return placed;
	return placed.map((one) => {
		const rival = others.get(one);
		return rival ? doubted(one, rival, known) : one;
	});
}

const NAMED: readonly Reach['par'][] = ['nom', 'alias'];
const SURE: readonly Reach['niveau'][] = ['cible', 'explicite'];

const mentionsOf = once((placed: PlacedAction): readonly Mention[] => {
	const buildings = buildingsOf(placed.action);
	if (buildings.length === 0) return [];
	const sure = placed.reach.filter((r) => SURE.includes(r.niveau));
	const decided = sure.some((r) => r.par === 'decision');
	const said = sure.filter((r) => (decided ? r.par === 'decision' : NAMED.includes(r.par))).map((r) => r.quartier);
	return said.length === 0 ? [] : buildings.map((building) => ({ placed, building, quartiers: said, decided }));
});

function isContrary(a: Mention, b: Mention, known: ReadonlyMap<string, Place>): boolean {
	if (a.placed === b.placed || a.quartiers.some((q) => b.quartiers.includes(q))) return false;
	const communes = (m: Mention) => m.quartiers.flatMap((q) => known.get(q)?.communes.map((c) => c.code) ?? []);
	const [own, other] = [communes(a), communes(b)];
	return own.some((c) => other.includes(c));
}

const made = once((_: PlacedAction) => new Map<PlacedAction, PlacedAction>());

/** The very same answer for the same two actions. */
function doubted(one: PlacedAction, rival: Mention, known: ReadonlyMap<string, Place>): PlacedAction {
	const before = made(one).get(rival.placed);
	if (before) return before;
	const name = (q: string) => quoted(known.get(q)?.nom ?? q);
	const there = list(rival.quartiers.map(name));
	const reach = one.reach.map((r): Reach => {
		const own = SURE.includes(r.niveau) && NAMED.includes(r.par);
		if (!own && (!rival.quartiers.includes(r.quartier) || r.par === 'decision')) return r;
		const mine = one.reach.filter((x) => SURE.includes(x.niveau) && NAMED.includes(x.par)).map((x) => name(x.quartier));
		const { kind, name: building } = rival.building;
		const proof = `${kind} ${building}${INSECABLE}: ce titre dit ${list(mine)}${FINE}; ${quoted(rival.placed.action.titre)} dit ${there}. À décider.`;
		return { ...r, niveau: 'probable', par: 'titres', preuve: proof };
	});
	const found = { ...one, reach };
	made(one).set(rival.placed, found);
	return found;
}
