import { z } from 'zod';
import type { Decision } from '../action';
import { count, date, euros, list, percent, quoted } from '../french';
import type { Gap } from '../rules/gaps';
import type { Niveau, PlacedAction } from './place';
import { ROLES, type CrossingSignature, type Role, type Signature, type SignatureState } from './signature-words';

/* The two référents sign a crossing of a quartier on facts; when those change, the signature asks to be read again. */

const ActionFacts = z.object({
	titre: z.string(),
	niveau: z.string(),
	/** Carries both enjeux of the crossing. */
	complet: z.boolean(),
	nature: z.string().nullable(),
	statut: z.string().nullable(),
	/** Euros, as stated. */
	cout: z.number().nullable(),
	/** Share of the operation inside the quartier, 0 to 1. */
	part: z.number().nullable(),
	/** Planned end; absent of what was signed before it was looked at. */
	fin: z.string().nullable().optional()
});
type ActionFacts = z.infer<typeof ActionFacts>;

/** What stands under a crossing of a quartier: its actions as they are understood, and what was decided of its gaps. */
export const CrossingFacts = z.object({
	actions: z.record(z.string(), ActionFacts),
	/** Gap id → « ecartee », « reportee 2027-03-01 »… ; gaps nobody decided on are not there. */
	lacunes: z.record(z.string(), z.string())
});
export type CrossingFacts = z.infer<typeof CrossingFacts>;

const SignatureValue = z.object({ role: z.enum(ROLES), faits: CrossingFacts });

export function crossingFacts(
	view: { readonly actions: readonly PlacedAction[]; readonly gaps: readonly Gap[] },
	quartier: string,
	croise: string
): CrossingFacts {
	const actions: Record<string, ActionFacts> = {};
	for (const { action, reach, croises, nature } of view.actions) {
		const carried = croises.find((c) => c.code === croise);
		const here = carried && reach.find((r) => r.quartier === quartier);
		if (!here || here.niveau === 'aucune') continue;
		actions[action.id] = {
			titre: action.titre,
			niveau: here.niveau,
			complet: carried.complet,
			nature: nature?.code ?? null,
			statut: action.statut,
			cout: action.budget?.euros ?? null,
			part: here.partQpv?.valeur ?? null,
			fin: action.dates?.fin ?? null
		};
	}
	const decided = view.gaps.flatMap((g) =>
		g.quartier === quartier && g.enjeu === croise && g.ecartee
			? [[g.id, [g.ecartee.etat, g.ecartee.jusque].filter(Boolean).join(' ')] as const]
			: []
	);
	return { actions, lacunes: Object.fromEntries(decided) };
}

/**
 * The crossings that bear a signature, with their state as of these facts.
 * out    « à revoir » as soon as one signature in force rests on other facts; a change taken back exactly makes it valid again
 * never  a line for a crossing nobody signed: that one is « non signée »
 */
export function signaturesOf(
	decisions: readonly Decision[],
	view: { readonly actions: readonly PlacedAction[]; readonly gaps: readonly Gap[] },
	noms: Readonly<Record<string, string>> = {}
): CrossingSignature[] {
	const held = new Map<string, Partial<Record<Role, Decision>>>();
	for (const decision of [...decisions].sort((a, b) => a.id - b.id)) {
		if (decision.sujet.genre !== 'signature' || decision.quartier === null) continue;
		const value = SignatureValue.safeParse(decision.valeur);
		const key = `${decision.quartier} ${decision.sujet.id}`;
		if (value.success) held.set(key, { ...held.get(key), [value.data.role]: decision });
	}
	return [...held].map(([key, roles]) => {
		const [quartier = '', croise = ''] = key.split(' ');
		const now = crossingFacts(view, quartier, croise);
		const read = (decision: Decision | undefined): Signature | null =>
			decision
				? {
						par: decision.par,
						le: decision.le,
						motif: decision.motif,
						changements: changesBetween(SignatureValue.parse(decision.valeur).faits, now, noms)
					}
				: null;
		const [transition, ville] = [read(roles.transition), read(roles.ville)];
		return { quartier, croise, etat: stateOf(transition, ville), transition, ville };
	});
}

function stateOf(transition: Signature | null, ville: Signature | null): SignatureState {
	const held = [transition, ville].filter((s) => s !== null);
	if (held.some((s) => s.changements.length)) return 'a-revoir';
	return held.length === 2 ? 'signee' : held.length === 1 ? 'a-moitie' : 'non-signee';
}

/** What became of the facts, in French phrases; [] when they are the same. */
export function changesBetween(
	before: CrossingFacts,
	after: CrossingFacts,
	noms: Readonly<Record<string, string>> = {}
): string[] {
	const ids = (facts: CrossingFacts) => Object.keys(facts.actions);
	const missing = (from: CrossingFacts, to: CrossingFacts) =>
		ids(from).flatMap((id) => (to.actions[id] ? [] : [from.actions[id]!.titre]));
	const [added, removed] = [missing(after, before), missing(before, after)];
	return [
		...named(added, 'action ajoutée', 'actions ajoutées'),
		...named(removed, 'action retirée', 'actions retirées'),
		...ids(before).flatMap((id) => {
			const [was, is] = [before.actions[id]!, after.actions[id]];
			return is ? actionChanges(was, is, noms) : [];
		}),
		...[...new Set([...Object.keys(before.lacunes), ...Object.keys(after.lacunes)])].flatMap((id) => {
			const [was, is] = [before.lacunes[id], after.lacunes[id]];
			return was === is ? [] : [`lacune ${id.split(':')[0]} ${is ? GAP_WORDS[is.split(' ')[0]!] : 'rouverte'}`];
		})
	];
}

const GAP_WORDS: Readonly<Record<string, string>> = {
	traitee: 'dite traitée',
	reportee: 'reportée',
	ecartee: 'écartée'
};

function named(titles: readonly string[], one: string, many: string): string[] {
	if (titles.length === 0) return [];
	const shown = titles.length > 3 ? titles.slice(0, 2) : titles;
	const rest = titles.length - shown.length;
	return [
		`${count(titles.length, one, many)} (${list([...shown.map(quoted), ...(rest ? [count(rest, 'autre')] : [])])})`
	];
}

const LEVELS: Readonly<Record<Niveau, string>> = {
	cible: 'cible',
	explicite: 'explicite',
	probable: 'probable',
	diffuse: 'diffuse',
	aucune: 'aucune',
	inconnu: 'inconnue'
};

function actionChanges(was: ActionFacts, is: ActionFacts, noms: Readonly<Record<string, string>>): string[] {
	const titre = quoted(is.titre);
	const share = (n: number | null) => (n === null ? 'non renseignée' : percent(n));
	const nature = (code: string | null) => (code === null ? 'à préciser' : quoted(noms[code] ?? code));
	const status = (code: string | null) => (code === null ? 'non renseigné' : quoted(noms[code] ?? code));
	const level = (code: string) => LEVELS[code as Niveau] ?? code;
	const moved = (what: string, from: string, to: string) => `${what} de ${titre} passée de ${from} à ${to}`;
	return [
		...(was.titre === is.titre ? [] : [`intitulé changé\u00a0: ${quoted(was.titre)} est devenu ${titre}`]),
		...(was.niveau === is.niveau ? [] : [moved('portée', level(was.niveau), level(is.niveau))]),
		...(was.complet === is.complet
			? []
			: [is.complet ? `${titre} porte désormais les deux enjeux` : `${titre} ne porte plus que l’enjeu de transition`]),
		...(was.nature === is.nature ? [] : [moved('nature', nature(was.nature), nature(is.nature))]),
		...(was.statut === is.statut ? [] : [`statut de ${titre} passé de ${status(was.statut)} à ${status(is.statut)}`]),
		...(was.cout === is.cout ? [] : [costMoved(titre, was.cout, is.cout)]),
		...(was.part === is.part ? [] : [moved('part dans le quartier', share(was.part), share(is.part))]),
		...(was.fin === undefined || was.fin === is.fin ? [] : [endMoved(titre, was.fin, is.fin ?? null)])
	];
}

/** « fin prévue de « Parc » repoussée du 31/12/2028 au 30/06/2030 », « fixée au … », « (…) retirée » */
function endMoved(titre: string, was: string | null, is: string | null): string {
	const end = `fin prévue de ${titre}`;
	if (was === null) return `${end} fixée au ${date(is!)}`;
	if (is === null) return `${end} (${date(was)}) retirée`;
	return `${end} ${is > was ? 'repoussée' : 'avancée'} du ${date(was)} au ${date(is)}`;
}

function costMoved(titre: string, was: number | null, is: number | null): string {
	if (was === null) return `coût de ${titre} désormais écrit\u00a0: ${euros(is!)}`;
	return is === null
		? `coût de ${titre} (${euros(was)}) retiré`
		: `coût de ${titre} passé de ${euros(was)} à ${euros(is)}`;
}
