import { COVERAGES } from '../crossing/coverage';
import * as fr from '../french';
import type { Gap } from '../rules/gaps';
import type { QuartierView } from '../crossing/overview';
import type { Referentiel } from '../rules/referentiel';
import {
	blank,
	contactOf,
	COVERAGE_WORDS,
	firstOf,
	origins,
	periodOf,
	text,
	titleOf,
	type RoadmapCell,
	type RoadmapSection
} from './roadmap';
import { GAP_STATE_LABEL } from '../rules/gap-decisions';
import { withoutNames } from '../rules/gap-called';
import { actionsAt } from './roadmap-actions';

/** From that many gaps of one rule asking for the same thing, one line names them all. */
const GROUP_FROM = 3;

export function gaps(view: QuartierView, ref: Referentiel): RoadmapSection {
	const found = view.gaps.filter((g) => g.reponse !== 'donnee-manquante');
	const open = found.filter((g) => !g.ecartee);
	const groups = new Map<string, Gap[]>();
	for (const gap of open) {
		const key = `${gap.gravite}|${gap.regle}|${withoutNames(gap)}`;
		groups.set(key, [...(groups.get(key) ?? []), gap]);
	}
	const lines = [...groups.values()].flatMap((group) =>
		group.length < GROUP_FROM
			? group.map((gap) => gapLine(view, [gap], saidWhole(gap)))
			: [gapLine(view, group, groupMessage(view, ref, group))]
	);
	const setAside = found.filter((g) => g.ecartee);
	return {
		id: 'lacunes',
		titre: 'Lacunes restantes et arbitrages',
		paragraphes: [
			open.length
				? `${fr.capital(openWords(open))} dans les données saisies. Chacune se traite ou s’écarte, avec une raison écrite.`
				: 'Aucune lacune parmi les enjeux évalués.'
		],
		tableau: found.length
			? {
					colonnes: [...text('Gravité', 'Règle', 'Constat', 'Que faire', 'Preuves'), ...blank('Arbitrage et raison')],
					lignes: [...lines, ...setAside.map((gap) => gapLine(view, [gap], saidWhole(gap)))]
				}
			: null,
		aCompleter: requests(view, ref)
	};
}

/** « 33 lacunes et 2 opportunités »: money one may ask for is no gap, here as on the page of the quartier. */
function openWords(open: readonly Gap[]): string {
	const chances = open.filter((g) => g.reponse === 'opportunite').length;
	const lacking = open.length - chances;
	return fr.list([
		...(lacking ? [fr.count(lacking, 'lacune')] : []),
		...(chances ? [fr.count(chances, 'opportunité')] : [])
	]);
}

/** What is found, and the figure that says why it counts. */
const saidWhole = ({ message, pourquoi }: Gap): string => [message, pourquoi].filter(Boolean).join(' ');

function gapLine(view: QuartierView, group: readonly Gap[], constat: string): RoadmapCell[] {
	const { gravite, regle, aFaire, ecartee } = group[0]!;
	return [
		gravite === 'opportunite' ? 'opportunité' : gravite,
		regle,
		constat,
		group.length > 1 ? withoutNames(group[0]!) : aFaire,
		evidence(view, group),
		ecartee
			? `${GAP_STATE_LABEL[ecartee.etat]} par ${ecartee.par} le ${fr.date(ecartee.le)}${ecartee.motif ? `${fr.INSECABLE}: ${ecartee.motif}` : ''}`
			: null
	];
}

/** The rule in words, then the enjeux (or the actions) it is about. */
function groupMessage(view: QuartierView, ref: Referentiel, group: readonly Gap[]): string {
	const titles = new Map(view.actions.map((a) => [a.action.id, titleOf(a)]));
	const names = new Map(
		[...ref.enjeux.transition, ...ref.enjeux.ville, ...ref.enjeux.croises].map((e) => [e.code as string, e.libelle])
	);
	const subjects = group.flatMap((g) =>
		g.enjeu ? [`${g.enjeu} ${names.get(g.enjeu) ?? ''}`.trim()] : g.preuves.actions.map((id) => titles.get(id) ?? id)
	);
	const rule = ref.lacunes.regles.find((r) => r.id === group[0]!.regle);
	const distinct = [...new Set(subjects)];
	return `${rule?.libelle ?? group[0]!.message} (${group.length})${fr.INSECABLE}: ${distinct.join(`${fr.FINE}; `)}.`;
}

/** « [1] lignes 2, 3 et 5 »: rows of the files; the facts themselves when no action is at stake. */
function evidence(view: QuartierView, group: readonly Gap[]): string | null {
	const origin = origins(view);
	const wanted = new Set(group.flatMap((g) => g.preuves.actions));
	const rows = new Map<string, string[]>();
	for (const placed of view.actions.filter((a) => wanted.has(a.action.id))) {
		const [file, row] = origin(placed).split(' ligne ');
		rows.set(file!, [...(rows.get(file!) ?? []), ...(row ? [row] : [])]);
	}
	const cited = [...rows].map(([file, lines]) =>
		lines.length ? `${file} ${fr.plural(lines.length, 'ligne')} ${shortRows(lines)}` : file
	);
	if (cited.length) return cited.join(`${fr.FINE}; `);
	const facts = [...new Set(group.flatMap((g) => g.preuves.faits))];
	return facts.length ? firstOf(facts, 3) : null;
}

const shortRows = (rows: readonly string[]): string =>
	rows.length > 8 ? `${rows.slice(0, 6).join(', ')} et ${rows.length - 6} autres` : fr.list(rows);

/** What is asked for; crossings that the same documents leave open are asked about at once. */
function requests(view: QuartierView, ref: Referentiel): string[] {
	const asked = view.gaps.filter((g) => g.reponse === 'donnee-manquante' && !g.ecartee);
	const names = new Map(ref.enjeux.croises.map((x) => [x.code as string, x.libelle]));
	const groups = new Map<string, Gap[]>();
	for (const gap of asked) {
		const name = names.get(gap.enjeu ?? '');
		const key = name && gap.conclure ? `${gap.regle}|${gap.message.replace(name, '')}` : gap.message;
		groups.set(key, [...(groups.get(key) ?? []), gap]);
	}
	return [...groups.values()].map((own) => {
		const [first] = own;
		const several = own.map((g) => fr.quoted(names.get(g.enjeu ?? '') ?? ''));
		if (own.length > 1 && first!.conclure)
			return `${fr.count(own.length, 'croisement')} sans aucune action lue${fr.INSECABLE}: ${fr.list(several)}. ${first!.conclure.lu}${fr.FINE}; importez ${first!.conclure.importez} pour conclure.`;
		return `${first!.message.charAt(0).toLocaleLowerCase('fr')}${first!.message.slice(1)}`;
	});
}

export function governance(view: QuartierView, ref: Referentiel): RoadmapSection {
	const near = actionsAt(view, ['cible', 'explicite', 'probable']);
	const people = [...new Set(near.flatMap((a) => contactOf(a, ref) ?? []))];
	const involved = near.filter((a) => a.action.participation !== null).length;
	return {
		id: 'gouvernance',
		titre: 'Gouvernance et participation',
		paragraphes: [
			people.length
				? people.length === 1
					? `Un seul pilote ou porteur est nommé pour ces actions${fr.INSECABLE}: ${people[0]}.`
					: `À réunir dans une même instance${fr.INSECABLE}: ${fr.list(people.length > 12 ? [...people.slice(0, 11), `${people.length - 11} autres`] : people)}.`
				: near.length
					? 'Aucun pilote ni porteur n’est nommé pour les actions qui atteignent le quartier.'
					: 'Aucune action n’atteint encore le quartier\u00a0: réunissez d’abord les pilotes des demandes au droit commun.',
			near.length ? `${involvedWords(involved, near.length)} comment les habitants y prennent part.` : ''
		].filter(Boolean),
		tableau: {
			colonnes: [...text('Instance', 'Rôle'), ...blank('Rythme', 'Prochaine séance')],
			lignes: [
				['Comité de pilotage du contrat de ville', 'valide la feuille de route', null, null],
				['Instance climat de l’intercommunalité', 'examine les demandes au droit commun', null, null],
				['Conseil citoyen ou table de quartier', 'est consulté avant tout projet', null, null]
			]
		},
		aCompleter: ['les dates des instances et la forme de la participation des habitants.']
	};
}

/** « Aucune de ces 3 actions ne dit », « Deux de ces 3 actions disent », « Cette action dit » */
function involvedWords(said: number, all: number): string {
	if (all === 1) return said ? 'Cette action dit' : 'Cette action ne dit pas';
	const of = `de ces ${fr.count(all, 'action')}`;
	if (said === 0) return `Aucune ${of} ne dit`;
	return `${fr.capital(fr.inWords(said, true))} ${of} ${fr.plural(said, 'dit', 'disent')}`;
}

/** « (à confirmer) », « (dont deux à confirmer) »; the same reserve as on the first page of the roadmap. */
function unsureWords(own: QuartierView['croises']): string {
	const unsure = own.filter((c) => c.aConfirmer).length;
	if (unsure === 0) return '';
	if (own.length === 1) return ' (à confirmer)';
	return unsure === own.length ? ' (tous à confirmer)' : ` (dont ${fr.inWords(unsure)} à confirmer)`;
}

export function followUp(view: QuartierView, ref: Referentiel): RoadmapSection {
	const rendezVous = ref.plans.types.flatMap((t) => {
		// A list of grants read under the name of a contract has no deadline of its own.
		const own = view.documents.filter((d) => d.plan === t.code && d.liste === undefined);
		const adopted = own.find((d) => d.adopteLe)?.adopteLe ?? null;
		const last = Math.max(...t.echeances.map((e) => e.annee ?? 0));
		const due = (e: (typeof t.echeances)[number]): string | null =>
			e.annee !== null && e.annee === last ? endWords(e.annee, periodOf(own)) : dueDate(e, adopted);
		return own.length > 0 ? t.echeances.map((e) => [t.court, e.objet, due(e), null]) : [];
	});
	const known = view.croises.filter((c) => c.coverage !== 'saisie-incomplete').length;
	const parts = COVERAGES.slice(0, 5)
		.map((c) => [view.croises.filter((x) => x.coverage === c), COVERAGE_WORDS[c]] as const)
		.filter(([own]) => own.length > 0)
		.map(([own, words]) => `${words} pour ${fr.inWords(own.length)}${unsureWords(own)}`);
	return {
		id: 'suivi',
		titre: 'Suivi annuel et rendez-vous',
		paragraphes: [
			`Situation de départ${fr.INSECABLE}: ${fr.count(known, 'croisement évalué', 'croisements évalués')} sur ${view.croises.length}${parts.length ? `${fr.FINE}; ${fr.list(parts)}` : ''}. La revue annuelle compare à ce point.`
		],
		tableau: rendezVous.length
			? { colonnes: [...text('Plan', 'Rendez-vous', 'Échéance'), ...blank('Date retenue')], lignes: rendezVous }
			: null,
		aCompleter: ['les indicateurs de suivi choisis et leurs valeurs cibles.']
	};
}

/** « 2027, d’après le document lu (2024-2027) ; 2030 au calendrier national »: the document and the law may not end together. */
function endWords(year: number, period: string | null): string {
	const end = period?.slice(-4);
	if (end === undefined || end === String(year)) return String(year);
	return `${end}, d’après le document lu (${period})${fr.FINE}; ${year} au calendrier national`;
}

/** A year, or so many years after the adoption, dated when the adoption is known. */
function dueDate(due: { a_ans: number | null; annee: number | null }, adopted: string | null): string | null {
	if (due.annee) return String(due.annee);
	if (!due.a_ans) return null;
	if (adopted) return String(Number(adopted.slice(0, 4)) + due.a_ans);
	return due.a_ans === 1 ? 'chaque année' : `${due.a_ans} ans après l’adoption`;
}
