import type { Action, Decision } from '../action';
import { bySeverity } from '../rules/gap-groups';
import type { Gap } from '../rules/gaps';
import type { Referentiel } from '../rules/referentiel';
import { bestReach, isActive, type Coverage } from './coverage';
import { aidsOf, askedOrPlanned, mixedWords } from './money-bases';
import { moneyOf } from './quartier-view';
import type { Crossed, TerritoryRecords } from './territory-view';

/* « Si ces 6 actions ciblaient Les Pyramides »: the same rules on what is supposed; nothing of it is ever written. */

/** What is supposed for one quartier. */
export interface Supposition {
	readonly quartier: string;
	/** Ids of actions that would aim at the quartier. */
	readonly ciblees: readonly string[];
	/** An action nobody has written yet, with the enjeux and the nature a person gives it. */
	readonly inventee: { readonly action: Action; readonly enjeux: readonly string[]; readonly nature: string } | null;
}

/** The records as they would be: decisions and an action more, in memory only. */
export function supposed(records: TerritoryRecords, said: Supposition, asOf: string): TerritoryRecords {
	const { territory, decisions, actions } = records;
	const last = decisions.reduce((most, d) => Math.max(most, d.id), 0);
	const signed = { territoire: territory.code as string, motif: null, par: 'supposition', le: asOf };
	const aim = (id: string) => ({
		...signed,
		...{ sujet: { genre: 'atteinte' as const, id }, quartier: said.quartier, valeur: { niveau: 'cible' } }
	});
	const { inventee } = said;
	const more: Omit<Decision, 'id'>[] = [
		...said.ciblees.map(aim),
		...(inventee
			? [
					aim(inventee.action.id),
					...[
						{ genre: 'enjeux' as const, valeur: inventee.enjeux },
						{ genre: 'nature' as const, valeur: { code: inventee.nature } }
					].map(({ genre, valeur }) => ({
						...signed,
						quartier: null,
						valeur,
						sujet: { genre, id: inventee.action.id }
					}))
				]
			: [])
	];
	return {
		...records,
		actions: inventee ? [...actions, inventee.action] : actions,
		decisions: [...decisions, ...more.map((d, i): Decision => ({ ...d, id: last + 1 + i }))]
	};
}

export interface WhatIf {
	/** Alerts of the quartier that would no longer be, worst first; and those that would appear. */
	readonly fermees: readonly Gap[];
	readonly ouvertes: readonly Gap[];
	/** Expected crossings whose answer would change. */
	readonly croisements: readonly {
		readonly code: string;
		readonly libelle: string;
		readonly avant: Coverage;
		readonly apres: Coverage;
	}[];
	/** Money of the actions that name or aim at the quartier, in euros; null: no amount is stated. */
	readonly argent: Readonly<Record<'demande' | 'obtenu' | 'cout', { avant: number | null; apres: number | null }>>;
	/** « HT et TTC mêlés »: what these amounts add up; null: one base. */
	readonly meles: string | null;
}

/** in     the same territory crossed twice: as it is, and as supposed */
export function compareCrossed(
	before: Crossed,
	after: Crossed,
	quartier: string,
	ref: Pick<Referentiel, 'financements'>
): WhatIf {
	const [was, would] = [openGaps(before, quartier), openGaps(after, quartier)];
	const gone = (a: readonly Gap[], b: readonly Gap[]) => a.filter((gap) => !b.some((other) => other.id === gap.id));
	const at = before.view.quartiers.findIndex((s) => s.quartier.code === quartier);
	const [money, next] = [moneyHere(before, quartier, ref), moneyHere(after, quartier, ref)];
	return {
		fermees: gone(was, would),
		ouvertes: gone(would, was),
		croisements: before.view.croises.rows.keys.flatMap(({ code, libelle }, i) => {
			const [avant, apres] = [before, after].map((c) => c.view.croises.cells[i]![at]!.coverage) as [Coverage, Coverage];
			return avant === apres ? [] : [{ code, libelle, avant, apres }];
		}),
		argent: {
			demande: { avant: money.demande, apres: next.demande },
			obtenu: { avant: money.obtenu, apres: next.obtenu },
			cout: { avant: money.cout, apres: next.cout }
		},
		meles: mixedWords([...money.bases, ...next.bases])
	};
}

/** Alerts of a quartier, worst first. */
export const openGaps = ({ view }: Crossed, quartier: string): Gap[] =>
	view.gaps.filter((g) => g.quartier === quartier && g.reponse === 'alerte' && !g.ecartee).sort(bySeverity);

/**
 * Where an action is to be invented: what none already written would close.
 * in     `closed`: gaps that one of them would close
 * out    crossings without any action first, one that documents are too few to judge included, then the worst gaps; never
 *        a crossing that has a structuring answer
 */
export function gapsToInvent({ view }: Crossed, quartier: string, closed: ReadonlySet<string>): Unanswered[] {
	const at = view.croises.columns.keys.findIndex(({ code }) => code === quartier);
	const answers = new Map(view.croises.rows.keys.map(({ code }, i) => [code, view.croises.cells[i]![at]?.coverage]));
	const bare = (gap: Gap): boolean => answers.get(gap.enjeu ?? '') === 'aucune';
	return view.gaps
		.filter((gap) => gap.quartier === quartier && !gap.ecartee && !closed.has(gap.id))
		.filter((gap) => gap.reponse === 'alerte' || (gap.reponse === 'donnee-manquante' && bare(gap)))
		.filter((gap) => answers.get(gap.enjeu ?? '') !== 'structurante')
		.sort((a, b) => Number(bare(b)) - Number(bare(a)) || bySeverity(a, b))
		.map((gap) => ({ gap, sansAction: bare(gap) }));
}

/** A gap no action already written would close; `sansAction`: its crossing has no action at all. */
export interface Unanswered {
	readonly gap: Gap;
	readonly sansAction: boolean;
}

function moneyHere({ view }: Crossed, quartier: string, ref: Pick<Referentiel, 'financements'>) {
	const named = view.actions.filter((a) => isActive(a) && ['cible', 'explicite'].includes(bestReach(a, [quartier])));
	const lines = aidsOf(moneyOf(named, ref));
	const sum = (values: readonly (number | null)[]): number | null => {
		const known = values.filter((v): v is number => v !== null);
		return known.length ? known.reduce((total, v) => total + Math.round(v * 100), 0) / 100 : null;
	};
	return {
		demande: sum(lines.map(askedOrPlanned)),
		obtenu: sum(lines.map((l) => l.obtenu)),
		cout: sum(named.map((a) => a.action.budget?.euros ?? null)),
		bases: [
			...lines,
			...named.flatMap(({ action: { budget } }) => {
				const base = budget === null || budget.base === 'inconnu' ? null : budget.base;
				return budget === null ? [] : [{ base, demande: budget.euros, envisage: null, obtenu: null }];
			})
		]
	};
}
