import type { TerritoryView } from '../crossing/overview';
import { ofPlan, planKey, type PlanNames } from '../crossing/referents';
import { capital } from '../french';
import { keepFor, once, type OwnMemory } from '../memory';
import type { Gap } from '../rules/gaps';
import { ofTown } from '../rules/gap-towns';
import { plain } from '../text';

/* Whom the gestures of a territory name: all that one call can settle is read at once. */

export interface BodyAsked {
	/** « Direction de l’habitat », « Responsable du PCAET » */
	readonly nom: string;
	/** Ids of the gaps whose gesture names it. */
	readonly lacunes: ReadonlySet<string>;
}

type Asked = Pick<TerritoryView, 'gaps' | 'actions' | 'documents'>;

/**
 * Bodies that some gesture names, those that most name first.
 * out    who pilots or carries an action, in its one spelling, and who answers for each kind of plan; never a body that no document names
 */
export const bodiesAsked = (view: Asked, types: PlanNames): readonly BodyAsked[] =>
	keepFor(known, view, [types], () =>
		[...bodiesOf(view), ...holdersOf(view, types)]
			.map(({ nom, isNamed }) => ({
				nom: capital(nom),
				lacunes: new Set(view.gaps.filter((gap) => !gap.ecartee && isNamed(gap)).map((gap) => gap.id))
			}))
			.filter(({ lacunes }) => lacunes.size > 0)
			.sort((a, b) => b.lacunes.size - a.lacunes.size || a.nom.localeCompare(b.nom, 'fr'))
	);
const known: OwnMemory<Asked> = new WeakMap();

interface Named {
	readonly nom: string;
	readonly isNamed: (gap: Gap) => boolean;
}

/** Who is named in a gesture, in folded words. */
const calledIn = once((gap: Gap) => ` ${(gap.appeler ?? []).map(plain).join(' ')} `);

function bodiesOf({ actions }: Asked): Named[] {
	const all = new Map<string, string>();
	const towns = new Set<string>();
	for (const { meneurs } of actions) {
		for (const name of [...meneurs.noms, ...(meneurs.porteurs ?? [])])
			if (!all.has(plain(name))) all.set(plain(name), name);
		for (const town of meneurs.villes ?? []) towns.add(plain(town));
	}
	return [...all].map(([folded, nom]) => {
		const town = towns.has(folded) ? folded : TOWN_HALL.exec(folded)?.[1];
		if (town === undefined) return { nom, isNamed: (gap) => calledIn(gap).includes(` ${folded} `) };
		const hall = new RegExp(` (?:ville|mairie|commune|service)s? (?:.* )?(?:d|de|du|des|l|la|le|les) ${town} `);
		const said = folded === town ? `ville ${ofTown(nom)}` : nom;
		return { nom: said, isNamed: (gap) => calledIn(gap).includes(town) && hall.test(calledIn(gap)) };
	});
}
/** « Ville de Lys », « commune du Quesnoy »: called by its town hall. */
const TOWN_HALL = /^(?:ville|commune|mairie) (?:d|de l|de la|de|du|des) (.+)$/;

const gestureOf = once((gap: Gap) => ` ${plain(gap.aFaire)} `);

/** Who answers for a kind of plan, or its référent. */
function holdersOf({ documents }: Asked, types: PlanNames): Named[] {
	return [...new Set(documents.map(planKey))].map((key) => {
		const plan = ofPlan(key, types);
		const holder = new RegExp(` (?:responsable|referent)s? (?:(?:d|de|du|la|l) \\S+ et )?${plain(plan)} `);
		return { nom: `responsable ${plan}`, isNamed: (gap) => holder.test(gestureOf(gap)) };
	});
}
