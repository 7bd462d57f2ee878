import { byKind, mixedWords, moneyName } from '../crossing/money-bases';
import { sumBudgets } from '../crossing/budget';
import { bestReach, isActive } from '../crossing/coverage';
import { planOf } from '../crossing/grant-list';
import { listsWords } from '../crossing/list-years';
import * as fr from '../french';
import type { QuartierView } from '../crossing/overview';
import { NIVEAUX, type Niveau, type PlacedAction } from '../crossing/place';
import { nameAndService, reachedAt, referentProof } from '../crossing/referents';
import type { Referentiel } from '../rules/referentiel';
import {
	blank,
	contactHeading,
	contactOf,
	firstOf,
	origins,
	REACH_WORDS,
	shortPlan,
	text,
	titleOf,
	withoutEmptyColumns,
	type RoadmapSection
} from './roadmap';

const NEAR: readonly Niveau[] = ['cible', 'explicite', 'probable'];
const NAMED: readonly Niveau[] = ['cible', 'explicite'];

/** Actions in force at some levels of reach, the closest first. */
export function actionsAt(view: QuartierView, levels: readonly Niveau[]): PlacedAction[] {
	const level = (a: PlacedAction) => bestReach(a, [view.summary.quartier.code]);
	return view.actions
		.filter((a) => isActive(a) && levels.includes(level(a)))
		.sort((a, b) => NIVEAUX.indexOf(level(a)) - NIVEAUX.indexOf(level(b)));
}

export function retained(view: QuartierView, ref: Referentiel): RoadmapSection {
	const near = actionsAt(view, NEAR);
	const unknown = actionsAt(view, ['inconnu']).length;
	const bases = new Set(near.flatMap((a) => (a.action.budget ? [a.action.budget.base] : [])));
	const oneBase = bases.size === 1 && !bases.has('inconnu') ? [...bases][0] : null;
	const { tableau, vides } = withoutEmptyColumns({
		colonnes: [
			...text('Action', 'Enjeux', 'Lien au quartier', contactHeading(near), 'Statut', 'Calendrier'),
			{ titre: oneBase ? `Coût ${oneBase}` : 'Coût', genre: 'euros' },
			...text('Base'),
			...blank('Jalons à 24 mois'),
			...text('Origine')
		],
		lignes: near.map((a) => [
			titleOf(a),
			enjeuxOf(a, ref),
			REACH_WORDS[bestReach(a, [view.summary.quartier.code])] ?? null,
			contactOf(a, ref),
			ref.plans.statuts.find((s) => s.code === a.action.statut)?.libelle ?? null,
			calendar(a),
			a.action.budget?.euros ?? null,
			oneBase ? null : baseOf(a),
			null,
			`${planOf(a, ref.plans.types)} ${origins(view)(a)}`
		])
	});
	const lacking = vides.filter((v) => v !== 'Base').map((v) => LACKING[v] ?? v.toLocaleLowerCase('fr'));
	return {
		id: 'actions',
		titre: 'Actions qui atteignent le quartier',
		paragraphes: [
			near.length ? nearSentence(near, view) : 'Aucune action importée ne vise, ne cite ni ne couvre le quartier.',
			...(near.length && lacking.length
				? [`Aucun des documents ne renseigne ${fr.list(lacking, 'ni')} de ces actions.`]
				: [])
		],
		tableau: near.length ? tableau : null,
		aCompleter: [
			...(near.length ? ['les jalons à vingt-quatre mois de chaque action retenue.'] : []),
			...(unknown
				? [`le lieu de ${fr.count(unknown, 'action')} qui ne le ${fr.plural(unknown, 'dit', 'disent')} pas.`]
				: [])
		]
	};
}

/** What an empty column lacks, with its article. */
const LACKING: Readonly<Record<string, string>> = {
	Enjeux: 'les enjeux',
	Statut: 'le statut',
	Calendrier: 'le calendrier',
	Coût: 'le coût',
	'Pilote ou porteur': 'le pilote ou le porteur'
};

function nearSentence(near: readonly PlacedAction[], view: QuartierView): string {
	const of = (level: Niveau) => near.filter((a) => bestReach(a, [view.summary.quartier.code]) === level).length;
	const commune = view.summary.quartier.communes.length > 1 ? 'l’une de ses communes' : 'sa commune';
	const verbs: [Niveau, string, string][] = [
		['cible', 'vise le quartier', 'visent le quartier'],
		['explicite', 'le cite', 'le citent'],
		['probable', `couvre ${commune}`, `couvrent ${commune}`]
	];
	const parts = verbs.flatMap(([level, one, many]) =>
		of(level) ? [`${fr.inWords(of(level), true)} ${fr.plural(of(level), one, many)}`] : []
	);
	const own = fr.count(near.length, 'action');
	// All alike, they are counted once.
	const only = verbs.find(([level]) => of(level) === near.length);
	const told = only
		? `${own} qui ${fr.plural(near.length, only[1], only[2]).replace(/^(?:le) (\S+)$/, '$1 le quartier')}`
		: `${own}${fr.INSECABLE}: ${fr.list(parts)}`;
	return `${fr.capital(told)}. Un coût vide n’est pas un coût nul.${near.some((a) => baseOf(a) === '?') ? ` Base «${fr.INSECABLE}?${fr.INSECABLE}»${fr.INSECABLE}: HT ou TTC non précisé.` : ''}`;
}

/** Null when there is no amount; « ? » when the file gives one without saying HT or TTC. */
const baseOf = ({ action }: PlacedAction): string | null =>
	action.budget === null ? null : action.budget.base === 'inconnu' ? '?' : action.budget.base;

const enjeuxOf = (a: PlacedAction, ref: Referentiel): string | null =>
	[...a.transition, ...a.ville]
		.map((t) => [...ref.enjeux.transition, ...ref.enjeux.ville].find((e) => e.code === t.code)?.court ?? t.code)
		.join(`${fr.FINE}; `) || null;

function calendar({ action }: PlacedAction): string | null {
	const { dates } = action;
	if (!dates) return null;
	if (dates.texte) return dates.texte;
	if (!dates.debut && !dates.fin) return null;
	if (!dates.fin) return `à partir du ${fr.date(dates.debut!)}`;
	return dates.debut ? `${fr.date(dates.debut)} au ${fr.date(dates.fin)}` : `jusqu’au ${fr.date(dates.fin)}`;
}

/** Actions of common-law plans that carry an expected crossing and say nothing of the quartier. */
export const diffuseOf = (view: QuartierView, ref: Referentiel): PlacedAction[] =>
	actionsAt(view, ['diffuse']).filter((a) => ref.lacunes.droit_commun.includes(a.action.plan) && a.croises.length > 0);

const UNANSWERED = ['sensibilisation-seule', 'diffuse', 'aucune', 'saisie-incomplete'];

export function commonLaw(view: QuartierView, ref: Referentiel): RoadmapSection {
	const diffuse = diffuseOf(view, ref);
	const several = new Set(diffuse.map((a) => a.action.plan)).size > 1;
	const rows = ref.enjeux.croises.flatMap((x) => {
		const coverage = view.croises.find((c) => c.code === x.code)?.coverage ?? 'saisie-incomplete';
		const own = diffuse.filter((a) => a.croises.some((c) => c.code === x.code));
		if (!own.length || !UNANSWERED.includes(coverage)) return [];
		const contacts = [...new Set(own.flatMap((a) => askedOf(a, ref) ?? []))];
		return [
			[
				`${x.code} ${x.libelle}`,
				own.length,
				firstOf(
					own.map((a) => (several ? `${titleOf(a)} (${planOf(a, ref.plans.types)})` : titleOf(a))),
					2
				),
				firstOf(contacts, 3) || null,
				null
			]
		];
	});
	const { tableau, vides } = withoutEmptyColumns({
		colonnes: [
			...text('Enjeu croisé'),
			{ titre: 'Actions', genre: 'nombre' },
			...text(
				several
					? 'Ce que prévoit l’intercommunalité'
					: `Ce que prévoit l’intercommunalité (${shortPlan(ref, diffuse[0]?.action.plan ?? '')})`,
				'À qui demander'
			),
			...blank('Part, tracé ou objectif demandé')
		],
		lignes: rows
	});
	return {
		id: 'droit-commun',
		titre: 'Demandes au droit commun',
		paragraphes: rows.length
			? [
					`${fr.capital(fr.count(rows.length, 'enjeu croisé', 'enjeux croisés'))} sans réponse structurante ni de service dans le quartier ${fr.plural(rows.length, 'est porté', 'sont portés')} à l’échelle de l’intercommunalité, sans dire si le quartier en bénéficie. La liste entière de ces actions est en annexe.`,
					...(vides.length ? ['Ces documents ne nomment ni pilote ni porteur.'] : [])
				]
			: ['Aucune action du droit commun ne porte un enjeu attendu sans dire si elle atteint le quartier.'],
		tableau: rows.length ? tableau : null,
		aCompleter: rows.length ? ['la part, le tracé ou l’objectif demandé pour le quartier, enjeu par enjeu.'] : []
	};
}

/** Whom to ask, with how to reach them when it is a référent, and who wrote so. */
function askedOf(placed: PlacedAction, ref: Referentiel): string | null {
	const { referent } = placed.meneurs;
	if (!referent) return contactOf(placed, ref);
	return `${[nameAndService(referent), reachedAt(referent)].filter(Boolean).join(fr.FINE + '; ')} (${referentProof(referent)})`;
}

export function money(view: QuartierView): RoadmapSection {
	const named = actionsAt(view, NAMED);
	const listes = listsWords(view.documents);
	const budget = sumBudgets(named.map((a) => a.action));
	const amounts = (['HT', 'TTC', 'inconnu'] as const)
		.filter((base) => budget.parBase[base] > 0)
		.map((base) => fr.euros(budget.parBase[base], base) + (base === 'inconnu' ? ' (HT ou TTC non précisé)' : ''));
	const blanks = budget.sansMontant
		? `${fr.FINE}; ${fr.count(budget.sansMontant, 'action')} sans montant, jamais ${fr.plural(budget.sansMontant, 'comptée', 'comptées')} pour zéro`
		: '';
	const sentence =
		named.length === 0
			? 'Aucune action ne vise ni ne cite le quartier\u00a0: il n’y a encore rien à consolider.'
			: budget.montant === null
				? `Aucune des ${fr.count(named.length, 'action')} ne donne son coût.`
				: `Coûts renseignés${fr.INSECABLE}: ${fr.list(amounts) || fr.euros(0)} pour ${fr.count(budget.avecMontant, 'action')}${blanks}.`;
	return {
		id: 'financement',
		titre: 'Plan de financement consolidé',
		paragraphes: [
			...(named.length
				? [
						'Seules comptent les actions qui visent ou citent le quartier. Une action qui couvre plusieurs quartiers compte pour son coût entier.',
						...(new Set(named.map((a) => a.action.document)).size > 1
							? ['Deux documents peuvent décrire la même opération\u00a0: vérifiez qu’elle ne compte pas deux fois.']
							: [])
					]
				: []),
			sentence,
			...(mixedWords(view.argent)
				? ['Montants envisagés, demandés et obtenus\u00a0: HT et TTC restent sur des lignes distinctes, sans total.']
				: []),
			...(listes === null ? [] : [listes])
		],
		tableau: view.argent.length
			? {
					colonnes: [
						...text('Financement'),
						{ titre: 'Envisagé, ou état non dit', genre: 'euros' },
						{ titre: 'Demandé', genre: 'euros' },
						{ titre: 'Obtenu', genre: 'euros' },
						{ titre: 'Actions', genre: 'nombre' },
						...blank('Part du quartier')
					],
					lignes: byKind(view.argent).map((l) => [
						moneyName(l),
						l.envisage,
						l.demande,
						l.obtenu,
						l.actions.length,
						null
					])
				}
			: null,
		aCompleter: view.argent.length ? ['la part du quartier dans chaque financement qui en couvre plusieurs.'] : []
	};
}
