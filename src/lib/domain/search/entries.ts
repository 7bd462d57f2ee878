import type { Action, PlanDocument } from '../action';
import { grantListName, retitled } from '../crossing/grant-list';
import { readable } from '../document-names';
import { count, list } from '../french';
import { namesApart } from '../names-apart';
import { familiesAt } from '../rules/families-here';
import type { Referentiel } from '../rules/referentiel';
import type { Quartier, Territory } from '../territory';
import type { SearchEntry, Synonyms } from './search-index';

/* What of a territory, and what of the référentiel, answers a search. */

const said = (...texts: (string | null | undefined)[]): string[] => texts.filter((t): t is string => !!t);

/** in     actions, documents and quartiers of that territory; `ref` names the plans */
export function territoryEntries(
	territory: Territory,
	held: {
		readonly quartiers: readonly Quartier[];
		readonly actions: readonly Action[];
		readonly documents: readonly PlanDocument[];
	},
	ref: Pick<Referentiel, 'plans' | 'financements'>
): SearchEntry[] {
	const territoire = territory.code as string;
	const plans = new Map(ref.plans.types.map((t) => [t.code, t]));
	const names = namesApart(held.quartiers);
	const inCommune = (code: string) => held.quartiers.filter((q) => q.communes.some((c) => c.code === code));
	const own = (plan: PlanDocument) => held.actions.filter((a) => a.document === plan.id);
	const families = familiesAt(ref.financements, territory);
	const lists = new Map(held.documents.map((d) => [d.id, grantListName(d.plan, own(d), families)]));
	return [
		{
			genre: 'territoire',
			id: territoire,
			territoire,
			code: territoire,
			titre: territory.nom,
			detail: `${count(held.quartiers.length, 'quartier')}, ${count(held.actions.length, 'action')}`,
			mots: []
		},
		...held.quartiers.map((q): SearchEntry => ({
			genre: 'quartier',
			id: q.code,
			territoire,
			code: q.code,
			titre: names.get(q.code) ?? q.nom,
			detail: list(q.communes.map((c) => c.nom)),
			mots: [...q.alias, 'quartier prioritaire QPV', 'flécher cibler']
		})),
		...territory.communes.flatMap((c): SearchEntry[] => {
			const near = inCommune(c.code);
			return [
				{
					genre: 'commune',
					id: c.code,
					territoire,
					code: c.code,
					titre: c.nom,
					detail: near.length
						? `Quartiers : ${list(near.map((q) => names.get(q.code) ?? q.nom))}`
						: 'aucun quartier prioritaire',
					mots: []
				}
			];
		}),
		...held.documents.map((d): SearchEntry => {
			const type = plans.get(d.plan);
			const liste = lists.get(d.id) ?? null;
			return {
				genre: 'plan',
				id: String(d.id),
				territoire,
				code: null,
				titre: readable(liste === null ? d.titre : retitled(d.titre, type?.court ?? d.plan, liste)),
				detail: [liste === null ? type?.libelle : 'Liste d’aides accordées', d.periode, count(own(d).length, 'action')]
					.filter(Boolean)
					.join(', '),
				mots: said(liste ?? type?.court)
			};
		}),
		...held.actions.map((a): SearchEntry => ({
			genre: 'action',
			id: a.id,
			territoire,
			code: a.reference,
			titre: a.titre,
			detail: [
				[lists.get(a.document) ?? plans.get(a.plan)?.court ?? a.plan, a.reference].filter(Boolean).join(' '),
				a.pilote ?? a.porteur ?? '',
				list(a.quartiers.slice(0, 3))
			]
				.filter(Boolean)
				.join(' · '),
			mots: said(
				a.description,
				a.objectif,
				a.axe,
				a.porteur,
				a.notes,
				[...a.partenaires, ...a.quartiers, ...a.communes].join(', ')
			)
		}))
	];
}

export function referentielEntries(ref: Referentiel): SearchEntry[] {
	const common = { territoire: null } as const;
	const { transition, ville, croises } = ref.enjeux;
	return [
		...[...transition, ...ville].map((e): SearchEntry => ({
			...common,
			genre: 'enjeu',
			id: e.code,
			code: e.code,
			titre: e.libelle,
			detail: e.code,
			mots: [e.court]
		})),
		...croises.map((x): SearchEntry => ({
			...common,
			genre: 'croisement',
			id: x.code,
			code: x.code,
			titre: x.libelle,
			detail: x.pourquoi,
			mots: [`${x.transition} ${x.ville}`]
		})),
		...ref.financements.flatMap((d): SearchEntry[] => [
			{ ...common, genre: 'dispositif', id: d.id, code: null, titre: d.titre, detail: d.resume, mots: [...d.alias] },
			...d.mesures.map((m): SearchEntry => ({
				...common,
				genre: 'mesure',
				id: m.id,
				code: null,
				titre: m.libelle,
				detail: [d.titre, m.operateur].filter((name, i, all) => all.indexOf(name) === i).join(', '),
				mots: [...m.alias]
			}))
		]),
		...ref.lacunes.regles.map((r): SearchEntry => ({
			...common,
			genre: 'regle',
			id: r.id,
			code: r.id,
			titre: r.libelle,
			detail: r.definition,
			mots: [r.id]
		})),
		...ref.glossaire.termes.map((t): SearchEntry => ({
			...common,
			genre: 'terme',
			id: t.id,
			code: t.sigle,
			titre: t.terme,
			detail: t.definition,
			mots: [...t.aussi]
		}))
	];
}

/** Acronyms and their words, as the glossary has them. */
export const synonymsOf = (ref: Pick<Referentiel, 'glossaire'>): Synonyms => [
	...ref.glossaire.termes.flatMap((t) => {
		const ways = [...(t.sigle ? [t.sigle, t.terme] : []), ...t.aussi];
		return ways.length > 1 ? [ways] : [];
	}),
	...ref.glossaire.abreviations
];
