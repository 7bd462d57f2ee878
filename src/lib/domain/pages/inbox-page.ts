import { documentNames } from '../document-names';
import type { Decision } from '../action';
import { planOf } from '../crossing/grant-list';
import { byId, type PlacedAction } from '../crossing/place';
import { ROLES, type Role } from '../crossing/signature-words';
import type { Suggestion } from '../crossing/suggestions';
import type { Crossed } from '../crossing/territory-view';
import { list, number, quoted } from '../french';
import type { GapGroup } from '../rules/gap-groups';
import { messageOf } from '../rules/gap-groups';
import { countsOf, nextDue, type Unsigned, type Waiting } from './inbox';
import {
	inboxTitle,
	inOrderWords,
	QUEUE_WORDS,
	QUEUES,
	queueSense,
	firstQueue,
	leftWords,
	totalOf,
	type Queue
} from './inbox-words';
import { overlapPairs, type OverlapPair } from './overlap-page';
import { effectsIn, effectWords } from './inbox-effect';
import { enjeuNames, ruleNames } from './page-model';
import { lackingWords, planLines } from './referents-page';
import { rulesTogether } from './rules-together';

/** Lines one sees of a queue at a time: enough to work, few enough to reach the end. */
export const SHOWN = 12;
/** Rules one sees of those that a single gesture decides. */
const RULES = 3;

export type InboxPage = ReturnType<typeof inboxPage>;
export type InboxSuggestion = ReturnType<typeof suggestionLine>;
export type InboxRequest = ReturnType<typeof requestLine>;
export type InboxCrossing = ReturnType<typeof crossingLine>;

/** The inbox of a territory, one queue open; only the lines of that queue are sent. */
export function inboxPage(
	crossed: Crossed,
	waiting: Waiting,
	decisions: readonly Decision[],
	{ file, role, depuis = 0 }: { readonly file: Queue | null; readonly role: Role | null; readonly depuis?: number }
) {
	const { view, placed, ref } = crossed;
	const comptes = countsOf(waiting);
	const ouverte = file ?? firstQueue(comptes);
	const planName = (placed: PlacedAction) => planOf(placed, ref.plans.types);
	const names = documentNames(view.documents);
	const together = rulesTogether(crossed);
	const effectOf = effectsIn(view, ref);
	const toSign = role ? waiting.signer.filter((line) => missingRoles(crossed, line).includes(role)) : waiting.signer;
	const suite = pageOf((ouverte === 'signer' ? toSign : waiting[ouverte]).length, depuis);
	const shown = <T>(queue: Queue, lines: readonly T[]): T[] =>
		queue === ouverte ? lines.slice(suite.depuis, suite.depuis + SHOWN) : [];
	return {
		titre: view.documents.length
			? inboxTitle(comptes, nextDue(view))
			: 'Aucun plan n’est importé ici : rien n’attend encore',
		chapo: !view.documents.length
			? 'Les propositions, les recoupements et les signatures viennent avec les plans : importez-en un pour commencer.'
			: totalOf(comptes)
				? `${inOrderWords(comptes)}L’outil propose, vous décidez : chaque décision est signée et s’annule.`
				: 'Tous les lieux sont situés, toutes les propositions vues, toutes les paires décidées et tous les croisements signés.',
		comptes,
		total: totalOf(comptes),
		reste: leftWords(comptes),
		files: QUEUES.map((id) => ({ id, nombre: comptes[id], ...QUEUE_WORDS[id], sens: queueSense(id, comptes) })),
		ouverte,
		suite,
		rattacher: shown('rattacher', waiting.rattacher),
		confirmer: shown('confirmer', waiting.confirmer).map((s) => ({
			...suggestionLine(s, crossed),
			effet: effectWords(effectOf(s))
		})),
		/** Those that one gesture may confirm together. */
		evidentes: waiting.confirmer.filter((s) => s.confiance === 'evidente').length,
		completer: shown('completer', waiting.completer).map((g) => requestLine(g, crossed)),
		arbitrer: overlapPairs(shown('arbitrer', waiting.arbitrer), placed, decisions, planName, names).map((pair) =>
			pairLine(pair, crossed)
		),
		signer: shown('signer', toSign).map((line) => crossingLine(line, crossed)),
		role,
		/** « 2 plans sans référent : PCAET et PLH »; null when each has somebody to call. */
		sansReferent: lackingWords(planLines(view, ref)),
		/** Gaps of a rule that wait over several quartiers. */
		ensemble: { regles: together.slice(0, RULES), autres: Math.max(0, together.length - RULES) }
	};
}

/** Where one is in a queue longer than a page; what is asked beyond the end is its last page. */
function pageOf(total: number, asked: number) {
	const last = Math.floor(Math.max(0, total - 1) / SHOWN) * SHOWN;
	const depuis = Math.min(last, Math.max(0, Math.floor(asked / SHOWN) * SHOWN || 0));
	return {
		...{ depuis, total },
		dit: `Lignes ${number(depuis + 1)} à ${number(Math.min(total, depuis + SHOWN))} sur ${number(total)}`,
		avant: depuis > 0 ? depuis - SHOWN : null,
		apres: depuis < last ? depuis + SHOWN : null
	};
}

const CONFIANCE = { evidente: 'évidente', solide: 'solide', fragile: 'fragile' } as const;
function suggestionLine(s: Suggestion, { view, placed, ref }: Crossed) {
	const one = byId(placed).get(s.action);
	const place = view.quartiers.find((q) => q.quartier.code === s.quartier)?.quartier.nom;
	const known = [...ref.enjeux.transition, ...ref.enjeux.ville].find((e) => e.code === s.code);
	const nature = ref.enjeux.natures.find((n) => n.code === s.code);
	return {
		id: s.id,
		titre: s.titre,
		origine: [one && planOf(one, ref.plans.types), s.reference].filter(Boolean).join(' '),
		confiance: CONFIANCE[s.confiance],
		propose:
			s.genre === 'atteinte'
				? `Atteinte ${s.code} : ${place ?? s.quartier}`
				: `${s.code} ${known?.court ?? nature?.libelle ?? ''}`.trim(),
		preuve:
			s.genre === 'atteinte'
				? s.preuve
					? [`Le plan dit : ${quoted(s.preuve)}`, s.aArbitrer].filter(Boolean).join('. ')
					: 'Rien d’écrit ne le prouve.'
				: s.mots.length
					? `${s.mots.length < 2 ? 'Mot' : 'Mots'} ${list(s.mots.map(({ mot }) => quoted(mot)))}`
					: 'Aucun mot retenu.'
	};
}

/** Codes say nothing to most readers: the enjeux are named. */
function pairLine(pair: OverlapPair, { ref }: Crossed) {
	const names = enjeuNames(ref);
	const others = pair.raisons.filter((r) => r.mesure !== 'enjeux' && r.valeur > 0).map((r) => r.dit);
	const enjeux = pair.enjeux.map((code) => names[code]?.court ?? code);
	return {
		...pair,
		pourquoi: [...others.slice(0, 1), ...(enjeux.length ? [list(enjeux)] : []), ...others.slice(1, 2)]
	};
}

/** What is asked, of which documents, and the page that takes the answer. */
function requestLine(group: GapGroup, { view, placed, ref }: Crossed) {
	const kind = (plan: string) => ref.plans.types.find((t) => t.code === plan)?.court ?? plan;
	const quartiers = new Map(view.quartiers.map((q): [string, string] => [q.quartier.code, q.quartier.nom]));
	const documents = new Map(view.documents.map((d) => [d.id, `${d.liste ?? kind(d.plan)} ${d.periode ?? ''}`.trim()]));
	const byAction = new Map(placed.map((p) => [p.action.id, p.action.document]));
	const perDocument = new Map<string, Set<string>>();
	const gaps = new Map(view.gaps.map((g) => [g.id, g]));
	for (const line of group.gaps)
		for (const id of gaps.get(line.id)?.preuves.actions ?? []) {
			const name = documents.get(byAction.get(id) ?? -1);
			if (name) perDocument.set(name, (perDocument.get(name) ?? new Set()).add(id));
		}
	const first = group.gaps[0]!;
	return {
		id: first.id,
		regle: group.regle,
		libelle: ruleNames(ref)[group.regle] ?? group.regle,
		message: messageOf(group, first, { quartiers, enjeux: enjeuNames(ref) }),
		autres: group.gaps.length - 1,
		aFaire: group.aFaire,
		ou: group.ou,
		...(group.apporter && { apporter: group.apporter }),
		documents: [...perDocument]
			.map(([nom, actions]) => ({ nom, actions: actions.size }))
			.sort((a, b) => b.actions - a.actions)
	};
}

const signatureOn = ({ view }: Crossed, line: Unsigned) =>
	view.signatures.find((s) => s.quartier === line.quartier && s.croise === line.croise);

/** Who has not signed, or signed on facts that changed. */
function missingRoles(crossed: Crossed, line: Unsigned): Role[] {
	const signature = signatureOn(crossed, line);
	return ROLES.filter((role) => !signature?.[role] || signature[role].changements.length > 0);
}

function crossingLine(line: Unsigned, crossed: Crossed) {
	const { croises, quartiers } = crossed.view;
	const i = croises.rows.keys.findIndex((k) => k.code === line.croise);
	const j = quartiers.findIndex((q) => q.quartier.code === line.quartier);
	const cell = croises.cells[i]?.[j];
	const signature = signatureOn(crossed, line);
	return {
		...line,
		id: `${line.quartier}-${line.croise}`,
		libelle: croises.rows.keys[i]?.libelle ?? line.croise,
		nom: quartiers[j]?.quartier.nom ?? line.quartier,
		coverage: cell?.coverage ?? 'saisie-incomplete',
		actions: cell?.actions.length ?? 0,
		manque: missingRoles(crossed, line),
		signe: ROLES.flatMap((role) => (signature?.[role] ? [{ role, par: signature[role].par }] : [])),
		changements: [...new Set(ROLES.flatMap((role) => signature?.[role]?.changements ?? []))]
	};
}
