import { EnjeuDecision, type Decision, type DecisionKind } from '../action';
import { readReferent } from '../crossing/referent-decisions';
import { nameAndService } from '../crossing/referents';
import { capital, count, date, list, number, quoted } from '../french';
import { ROLE_LABEL, type Role } from '../crossing/signature-words';
import { VERDICT_WORDS } from '../rules/gap-predicates-pair';
import type { OverlapVerdict } from '../rules/overlaps';
import { GAP_STATE_LABEL, type GapState } from '../rules/gap-decisions';

/* Everything people decided of a territory, gesture by gesture: who, when, what, why, and what was taken back. */

const PAGE = 40;
const SHOWN = 6;

export interface PastDecision extends Decision {
	readonly lot: number;
	readonly annulee: { readonly le: string; readonly par: string | null } | null;
}

/** One gesture: a batch, or a decision taken alone. */
export interface PastGesture {
	readonly lot: number;
	readonly par: string;
	readonly le: string;
	readonly motif: string | null;
	readonly nombre: number;
	/** What it decided, the first lines; the rest is counted. */
	readonly lignes: readonly string[];
	readonly suite: readonly string[];
	/** Taken back whole; null while part of it is in force. */
	readonly annulee: PastDecision['annulee'];
	/** Decisions of it taken back one by one. */
	readonly annulees: number;
}

/** Names of what decisions are about. */
export interface DecisionNames {
	readonly action: (id: string) => string | undefined;
	readonly quartier: (code: string) => string | undefined;
	readonly code: (code: string) => string | undefined;
	/** « du PCAET » */
	readonly plan: (key: string) => string;
}

/**
 * The history, last gesture first.
 * in     decisions last first, those taken back included; `numero`: page asked, from 1; `signatures`: those of crossings alone
 */
export function decisionHistory(
	all: readonly PastDecision[],
	names: DecisionNames,
	numero: number,
	signatures = false
) {
	const past = signatures ? all.filter((d) => d.sujet.genre === 'signature') : all;
	const gestures = new Map<number, PastDecision[]>();
	for (const decision of past) gestures.set(decision.lot, [decision, ...(gestures.get(decision.lot) ?? [])]);
	const pages = Math.max(1, Math.ceil(gestures.size / PAGE));
	const at = Math.min(Math.max(1, Math.trunc(numero) || 1), pages);
	return {
		gestes: [...gestures.values()].slice((at - 1) * PAGE, at * PAGE).map((own) => gestureOf(own, names)),
		total: gestures.size,
		enVigueur: past.filter((d) => d.annulee === null).length,
		/** Those that hold a decision in force: one taken back whole is no more than read. */
		gestesEnVigueur: [...gestures.values()].filter((own) => own.some((d) => d.annulee === null)).length,
		signatures,
		page: at,
		pages
	};
}

function gestureOf(own: readonly PastDecision[], names: DecisionNames): PastGesture {
	const { lot, par, le, motif } = own[0]!;
	const taken = own.filter((d) => d.annulee !== null);
	const said = own.map((d) => sentenceOf(d, names));
	return {
		lot,
		par,
		le,
		motif,
		nombre: own.length,
		lignes: said.slice(0, SHOWN),
		suite: said.slice(SHOWN),
		annulee: taken.length === own.length ? taken.at(-1)!.annulee : null,
		annulees: taken.length
	};
}

const LEVELS: Readonly<Record<string, string>> = { inconnu: 'inconnue' };
const OTHERS: Partial<Record<DecisionKind, string>> = {
	alias: 'Lieu rattaché',
	regle: 'Paramètres d’une règle',
	document: 'Dates d’un document'
};

/** What a decision says, in one French phrase. */
export function sentenceOf({ sujet, quartier, valeur }: Decision, names: DecisionNames): string {
	const said = (typeof valeur === 'object' && valeur !== null ? valeur : {}) as Readonly<Record<string, unknown>>;
	const action = quoted(names.action(sujet.id) ?? 'action qui n’est plus dans les plans');
	const place = quartier === null ? 'tous les quartiers' : (names.quartier(quartier) ?? quartier);
	const code = (value: unknown) => names.code(String(value)) ?? String(value);
	const codes = (value: unknown) => (Array.isArray(value) ? value.map(code) : []);
	switch (sujet.genre) {
		case 'atteinte':
			return `Atteinte de ${action}, ${place}\u00a0: ${LEVELS[String(said.niveau)] ?? String(said.niveau)}`;
		case 'enjeux':
			return `Enjeux de ${action}\u00a0: ${list([...codes(said.transition), ...codes(said.ville)]) || 'aucun'}`;
		case 'enjeu': {
			const { data } = EnjeuDecision.safeParse(valeur);
			if (!data) return `Enjeu de ${action}`;
			if (data.verdict === 'corrige') return `${code(data.code)} remplacé par ${code(data.remplace)} pour ${action}`;
			return `${code(data.code)} ${data.verdict === 'confirme' ? 'confirmé' : 'refusé'} pour ${action}`;
		}
		case 'nature':
			return `Nature de ${action}\u00a0: ${said.code === undefined ? 'à préciser' : code(said.code)}`;
		case 'part':
			return `Part de ${action} dans ${place}\u00a0: ${typeof said.part === 'number' ? `${number(said.part)}\u00a0%` : 'inconnue'}`;
		case 'priorite':
			return `${quoted(sujet.id.slice(sujet.id.indexOf(':') + 1))} (${sujet.id.startsWith('axe:') ? 'axe' : 'thème'}) recouvre ${list(codes(said.enjeux)) || 'aucun enjeu'}`;
		case 'signature':
			return `${code(sujet.id)}, ${place}\u00a0: signé par le ${ROLE_LABEL[said.role as Role] ?? 'référent'}`;
		case 'lacune':
			return `${gapNamed(sujet.id, names)}\u00a0: ${gapState(said)}`;
		case 'ecole':
			return `Cour de ${quoted(sujet.id.slice(sujet.id.indexOf(':') + 1))}, ${quartier ? place : `quartier à préciser (${quoted(String(said.dit ?? ''))})`}`;
		case 'fait-lieu': {
			const { libelle, portee, reponses = {} } = said as { libelle?: string; portee?: string; reponses?: object };
			const values = Object.values(reponses);
			const told = [true, false].flatMap((value) => {
				const n = values.filter((v) => v === value).length;
				const places =
					portee === 'territoire' ? 'le territoire' : count(n, portee === 'quartier' ? 'quartier' : 'commune');
				return n ? [`${value ? 'oui' : 'non'} pour ${places}`] : [];
			});
			return `${capital(libelle ?? sujet.id)}\u00a0: ${told.join(', ')}`;
		}
		case 'note':
			return `Note sur ${action}\u00a0: ${quoted(String(said.texte ?? ''))}`;
		case 'recoupement': {
			const sides = sujet.id.split('|').map((id) => quoted(names.action(id) ?? 'action retirée'));
			return `${capital(VERDICT_WORDS[said.verdict as OverlapVerdict] ?? 'lien')}\u00a0: ${list(sides)}`;
		}
		case 'referent': {
			const [who, read] = [`Référent ${names.plan(sujet.id)}`, readReferent(valeur)];
			return read ? `${who}\u00a0: ${nameAndService(read)}` : `${who} retiré`;
		}
		default:
			return `${OTHERS[sujet.genre] ?? sujet.genre}\u00a0: ${quoted(sujet.id)}`;
	}
}

/** « Lacune G01, Les Glacis, X07 Rafraîchir les espaces publics », « Lacune G08, « Cour oasis » »: what its id holds and has a name. */
function gapNamed(id: string, names: DecisionNames): string {
	const [rule, ...about] = id.split(/[:|]/);
	const action = (part: string) => names.action(part) && quoted(names.action(part)!);
	const said = about.flatMap((part) => names.quartier(part) ?? names.code(part) ?? action(part) ?? []);
	return [`Lacune ${rule}`, ...said].join(', ');
}

function gapState({ etat, jusque }: Readonly<Record<string, unknown>>): string {
	const label = GAP_STATE_LABEL[etat as GapState];
	return label
		? `${label.toLocaleLowerCase('fr')}${typeof jusque === 'string' ? ` au ${date(jusque)}` : ''}`
		: 'rouverte';
}
