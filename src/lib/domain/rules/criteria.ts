import { date, euros, INSECABLE, list, number, quoted } from '../french';
import { deducedFact, outcomeOnce, wordsSeen } from './criterion-memory';
import type { Condition, Criterion, Situation } from './funding';
import { boundsAt, inForceText, periodOf, unknownValueQuestion, type Bounds, type InForce } from './in-force';
import { carrierAmong, name, oneOf } from './one-of';
import type { IsoDate, Source } from '../source';

/** One criterion looked at for one action: what the rule expects, what was found, in French. */
export interface Reason {
	/** Name of the criterion in the rule, or of the fact it asks for. */
	readonly cle: string;
	/** What is looked at: « nature de l’action », « gain d’énergie finale ». */
	readonly critere: string;
	readonly attendu: string;
	/** null when the file does not say. */
	readonly trouve: string | null;
	/** False when failing it only weakens the case. */
	readonly bloquant: boolean;
	/** What to ask people, when only they can say. */
	readonly question: string | null;
	/** Another way that would do as well, nobody knowing yet which holds: « résidences principales au moins 75 % ». */
	readonly autrement?: string;
	/** What it asks is granted against the rule only. */
	readonly exception?: boolean;
	/** It asks whether the action is of what the measure is for. */
	readonly objet?: boolean;
	readonly source: Source | null;
	/** When the value asked for held; null for a criterion without a threshold. */
	readonly vigueur: InForce | null;
}

/** Code → French name; a code without a name is shown as it is. */
export type Labels = Readonly<Record<string, string>>;

/** true, false, or null: nobody knows. */
export type Truth = boolean | null;

/** One criterion looked at, and what it gave. */
export interface Outcome {
	readonly vrai: Truth;
	readonly raison: Reason;
}

interface Context {
	readonly situation: Situation;
	readonly asOf: IsoDate;
	readonly labels: Labels;
	readonly references: readonly Source[];
}

/** `details` are the outcomes that decide: a branch that changes nothing is not told. */
export interface ConditionOutcome {
	readonly vrai: Truth;
	readonly details: readonly Outcome[];
}

const NIVEAU: Labels = {
	cible: 'quartier ciblé',
	explicite: 'quartier cité',
	probable: 'atteinte probable',
	diffuse: 'atteinte diffuse',
	aucune: 'hors du quartier'
};

/** Three-valued: a sure failure beats an unknown in `toutes`, a sure success beats it in `au_moins_une`. */
export function conditionOutcome(condition: Condition, context: Context): ConditionOutcome {
	if ('critere' in condition) {
		if (isBeside(condition, context)) return { vrai: true, details: [] };
		const outcome = criterionOutcome(condition, context);
		// An indicative criterion is told, never counted.
		return { vrai: condition.niveau === 'indicatif' ? true : outcome.vrai, details: [outcome] };
	}
	if ('toutes' in condition) {
		const parts = condition.toutes.map((part) => conditionOutcome(part, context));
		return { vrai: every(parts), details: parts.flatMap((part) => part.details) };
	}
	if ('aucune' in condition) {
		const parts = condition.aucune.map((part) => conditionOutcome(part, context));
		return { vrai: not(some(parts)), details: parts.flatMap((part) => part.details.map(denied)) };
	}
	const parts = answered(condition.au_moins_une, context).map((part) => conditionOutcome(part, context));
	const vrai = some(parts);
	const kept = parts.filter((part) => part.vrai === vrai);
	// None is asked for alone: the answer that fails one leaves the others.
	const details = kept.flatMap((part) =>
		vrai === null ? part.details.map((detail) => orElse(detail, kept, part)) : part.details
	);
	return { vrai, details };
}

function orElse(detail: Outcome, parts: Parts, own: ConditionOutcome): Outcome {
	const others = parts.filter((part) => part !== own).flatMap((part) => wayWords(part) ?? []);
	return others.length ? { ...detail, raison: { ...detail.raison, autrement: others.join(', ou ') } } : detail;
}

/** « nombre de lots au plus 20 lots et résidences principales au moins 65 % »; null: words of a title only guess. */
function wayWords({ details }: ConditionOutcome): string | null {
	const asked = details.filter(({ vrai, raison }) => vrai === null && raison.cle !== 'mots');
	const words = asked.map(({ raison: { critere, attendu } }) =>
		attendu === 'oui' ? critere : `${critere} ${attendu}`
	);
	return words.length ? words.join(' et ') : null;
}

/** About something the action surely does not carry; without enjeux nobody can say. */
const isBeside = ({ pour }: Criterion, { situation: { enjeux } }: Context): boolean =>
	pour !== undefined && enjeux !== undefined && !pour.some((code) => enjeux.includes(code));

/** Words only guess what a fact asks: once a person has answered, the guess no longer counts. */
function answered(conditions: readonly Condition[], { situation }: Context): readonly Condition[] {
	const known = conditions.some(
		(c) => 'critere' in c && c.critere === 'fait' && situation.faits?.[c.fait] !== undefined
	);
	return known ? conditions.filter((c) => !('critere' in c && c.critere === 'mots')) : conditions;
}

type Parts = readonly ConditionOutcome[];
const every = (parts: Parts): Truth =>
	parts.some((p) => p.vrai === false) ? false : parts.some((p) => p.vrai === null) ? null : true;
const some = (parts: Parts): Truth =>
	parts.some((p) => p.vrai === true) ? true : parts.some((p) => p.vrai === null) ? null : false;
const not = (truth: Truth): Truth => (truth === null ? null : !truth);

/** Under `aucune`, meeting a criterion is failing. */
const denied = ({ vrai, raison }: Outcome): Outcome => ({
	vrai: not(vrai),
	raison: raison.vigueur?.etat === 'inconnue' ? raison : { ...raison, attendu: `pas ${raison.attendu}` }
});

export interface Found {
	readonly vrai: Truth;
	readonly critere: string;
	readonly attendu: string;
	readonly trouve: string | null;
	readonly question?: string;
}

const criterionOutcome = (criterion: Criterion, context: Context): Outcome =>
	outcomeOnce(criterion, context, () => writeOutcome(criterion, context));

function writeOutcome(criterion: Criterion, context: Context): Outcome {
	// A file already sent answers to the call it was sent to.
	const day = criterion.critere === 'depot' ? (context.situation.depot ?? context.asOf) : context.asOf;
	const { bornes, vigueur, source } = boundsAt(criterion, context.references, day);
	const found = look(criterion, context, bornes);
	const cle = criterion.critere === 'fait' ? criterion.fait : criterion.critere;
	const unknown = vigueur?.etat === 'inconnue';
	return {
		vrai: unknown ? null : found.vrai,
		raison: {
			// Not the fact itself: answering it would settle nothing.
			cle: unknown ? `valeur:${cle}` : cle,
			critere: found.critere,
			attendu: unknown ? inForceText(vigueur) : found.attendu,
			trouve: found.trouve,
			bloquant: criterion.niveau === 'bloquant',
			question: unknown ? unknownValueQuestion(day, knownValues(criterion)) : (found.question ?? null),
			...(criterion.critere === 'fait' && criterion.exception && { exception: true }),
			...(criterion.critere === 'fait' && criterion.objet && { objet: true }),
			source,
			vigueur
		}
	};
}

/** Every dated value of a criterion in words, oldest first: « au moins 30 % du 01/01/2023 au 31/12/2023 ». */
export function knownValues(criterion: Criterion): string[] {
	if (!('valeurs' in criterion) || criterion.valeurs === null) return [];
	const days = Object.keys(criterion.valeurs).sort();
	const context: Context = { situation: {}, asOf: '', labels: {}, references: [] };
	return days.flatMap((day) => {
		const value = criterion.valeurs![day];
		return value ? [`${look(criterion, context, value).attendu} ${inForceText(periodOf(days, day))}`] : [];
	});
}

type Of<K extends Criterion['critere']> = Extract<Criterion, { critere: K }>;

function look(criterion: Criterion, { situation, asOf, labels }: Context, bornes: Bounds): Found {
	switch (criterion.critere) {
		case 'enjeu':
			return enjeu(criterion, situation, labels);
		case 'nature':
			return nature(criterion, situation, labels);
		case 'maitre_ouvrage':
			return carrierAmong(criterion.parmi, situation, labels);
		case 'atteinte':
			return oneOf('atteinte du quartier', situation.atteinte, criterion.parmi, NIVEAU);
		case 'plan':
			return oneOf('document', situation.plan, criterion.parmi, prefixed(labels, criterion.parmi, situation.plan));
		case 'cout':
			return cout(criterion, bornes, situation);
		case 'depot':
			return depot(bornes, situation, asOf);
		case 'mots':
			return mots(criterion, situation);
		case 'fait':
			return fait(criterion, bornes, situation);
		default:
			return criterion satisfies never;
	}
}

const prefixed = (labels: Labels, codes: readonly string[], found?: string): Labels =>
	Object.fromEntries([...codes, found ?? ''].map((code) => [code, labels[`plan:${code}`] ?? code]));

/** A nature read on little is told, and decides nothing. */
function nature({ parmi }: Of<'nature'>, { nature: known, nature_lue: guess }: Situation, labels: Labels): Found {
	const found = oneOf('nature de l’action', known, parmi, labels);
	return guess === undefined ? found : { ...found, trouve: `${name(guess, labels)}, lu sur peu de mots` };
}

function enjeu({ parmi }: Of<'enjeu'>, { enjeux }: Situation, labels: Labels): Found {
	const common = enjeux?.filter((code) => parmi.includes(code)) ?? [];
	const shown = common.length > 0 ? common : (enjeux ?? []);
	return {
		vrai: enjeux === undefined ? null : common.length > 0,
		critere: 'enjeu',
		attendu: list(
			parmi.map((code) => name(code, labels)),
			'ou'
		),
		trouve: enjeux === undefined ? null : list(shown.map((code) => name(code, labels))) || 'aucun'
	};
}

function cout({ unite }: Of<'cout'>, { min, max }: Bounds, { cout: found }: Situation): Found {
	return {
		vrai: found === undefined ? null : within(found, min, max),
		critere: 'coût',
		attendu: `${bounds(min, max, (n) => number(n))}${INSECABLE}${unite}`,
		trouve: found === undefined ? null : euros(found)
	};
}

const within = (n: number, min: number | null, max: number | null): boolean =>
	(min === null || n >= min) && (max === null || n <= max);

function bounds(min: number | null, max: number | null, write: (n: number) => string): string {
	if (min !== null && max !== null) return `de ${write(min)} à ${write(max)}`;
	return min !== null ? `au moins ${write(min)}` : max !== null ? `au plus ${write(max)}` : 'renseigné';
}

/** An action not filed yet can be filed until the last day. */
function depot({ avant }: Bounds, situation: Situation, asOf: IsoDate): Found {
	const day = situation.depot ?? asOf;
	return {
		vrai: avant === null ? null : day <= avant,
		critere: 'dépôt du dossier',
		attendu: avant === null ? '' : `au plus tard le ${date(avant)}`,
		trouve: situation.depot ? `déposé le ${date(situation.depot)}` : `pas de dépôt connu au ${date(asOf)}`
	};
}

/** A word that is there proves something; a word that is not there proves nothing. */
function mots(criterion: Of<'mots'>, { titre }: Situation): Found {
	const seen = wordsSeen(criterion, titre);
	return {
		vrai: seen.length > 0 ? true : null,
		critere: 'mots de l’action',
		attendu: list(criterion.parmi.map(quoted), 'ou'),
		trouve: seen.length > 0 ? list(seen.map(quoted)) : null
	};
}

function fait(criterion: Of<'fait'>, { min, max }: Bounds, { faits }: Situation): Found {
	const { vaut, parmi, unite, question } = criterion;
	const deduced = faits?.[criterion.fait] === undefined ? deducedFact(criterion, faits) : null;
	const found = deduced?.valeur ?? faits?.[criterion.fait];
	const tests = [
		vaut === null || found === vaut,
		(min === null && max === null) || (typeof found === 'number' && within(found, min, max)),
		parmi === null || parmi.includes(String(found))
	];
	const measured = (n: number): string => `${number(n)}${unite ? `${INSECABLE}${unite}` : ''}`;
	const attendu = [
		vaut === null ? null : said(vaut),
		min === null && max === null ? null : bounds(min, max, measured),
		parmi === null ? null : list(parmi, 'ou')
	];
	return {
		vrai: found === undefined ? null : tests.every(Boolean),
		critere: criterion.libelle ?? question,
		attendu: attendu.filter((part) => part !== null).join(', '),
		trouve:
			found === undefined
				? null
				: `${typeof found === 'number' ? measured(found) : said(found)}${deduced ? ` (${deduced.parceQue})` : ''}`,
		question
	};
}

const said = (value: boolean | string): string => (value === true ? 'oui' : value === false ? 'non' : value);
