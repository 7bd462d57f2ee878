import type { Decision } from '../action';
import { dismissals, type Evidence, type Finding, type GapView, type Predicate } from './gap-context';
import { droitCommunNArrivePas, enjeuSansReponse, sensibilisationSeule } from './gap-predicates';
import { financementIncomplet, financementNonSollicite, pilotageIncomplet, sansJalon } from './gap-predicates-action';
import { vulnerabiliteSansReponse } from './gap-predicates-indicator';
import { SeverityLevel, type GapRule } from './referentiel';

export type GapEvidence = Evidence;
export type { GapView } from './gap-context';

/** A finding, its place, its rule, its evidence. `donnee-manquante` asks for data; it is never an alert. */
export interface Gap {
	/** Stable: rule, place and object; the same gap keeps its id from one day to the next. */
	readonly id: string;
	readonly regle: string;
	readonly gravite: SeverityLevel;
	readonly reponse: 'alerte' | 'donnee-manquante' | 'opportunite';
	readonly quartier: string | null;
	/** T, P or X code, or null when the rule is about an action or a plan. */
	readonly enjeu: string | null;
	readonly message: string;
	readonly aFaire: string;
	readonly preuves: GapEvidence;
	/** Set aside by a person, with the reason; still readable. */
	readonly ecartee: {
		readonly par: string;
		readonly le: string;
		readonly motif: string | null;
		/** Postponed: it comes back by itself on that day. */
		readonly jusque?: string;
	} | null;
}

/** Functions a rule of data/lacunes.yaml may name. */
export const PREDICATES: Readonly<Record<string, Predicate>> = {
	enjeuSansReponse,
	droitCommunNArrivePas,
	sensibilisationSeule,
	financementNonSollicite,
	sansJalon,
	pilotageIncomplet,
	financementIncomplet,
	vulnerabiliteSansReponse
};

const LEVELS = SeverityLevel.options;

/**
 * What is missing, where, by which rule, on what evidence.
 * in     a territory ready to be looked at; the rules of data/lacunes.yaml; decisions of the territory
 * out    most severe first, then by rule, then by place; a gap set aside keeps its line, with who, when and why
 * never  an alert on a blank: what is unknown is asked for, as `donnee-manquante`
 * ref    data/lacunes.yaml, rulings « A blank », « G01 and G02 »
 */
export function detectGaps(view: GapView, rules: readonly GapRule[], decisions: readonly Decision[]): Gap[] {
	const setAside = dismissals(decisions);
	const place = new Map(view.quartiers.map((q, i) => [q.code as string, i]));
	const rank = (gap: Gap) => (gap.quartier === null ? view.quartiers.length : (place.get(gap.quartier) ?? 0));
	return rules
		.flatMap((rule) => {
			if (rule.predicat === null) return [];
			const predicate = PREDICATES[rule.predicat];
			if (!predicate) throw new Error(`bug: prédicat ${rule.predicat} inconnu (${rule.id})`);
			return predicate(view, rule).map((finding) => toGap(finding, rule, setAside, view.asOf));
		})
		.sort(
			(a, b) =>
				LEVELS.indexOf(a.gravite) - LEVELS.indexOf(b.gravite) ||
				a.regle.localeCompare(b.regle) ||
				rank(a) - rank(b) ||
				a.id.localeCompare(b.id)
		);
}

function toGap(finding: Finding, rule: GapRule, setAside: ReadonlyMap<string, Decision>, asOf: string): Gap {
	const id = `${rule.id}:${finding.objet}`;
	const cases = rule.gravite.si.filter((c) => finding.cas?.includes(c.cas));
	const missing = finding.reponse === 'donnee-manquante' ? rule.si_donnee_absente : null;
	const sentence = cases.find((c) => c.message !== null)?.message ?? missing?.message ?? rule.message;
	const message = typeset(fill(sentence, finding.valeurs));
	return {
		id,
		regle: rule.id,
		gravite: finding.reponse === 'donnee-manquante' ? 'information' : severity(finding, rule),
		reponse: finding.reponse,
		quartier: finding.quartier,
		enjeu: finding.enjeu,
		message: finding.sujet
			? `${finding.sujet}\u00a0: ${message.charAt(0).toLocaleLowerCase('fr')}${message.slice(1)}`
			: message,
		aFaire: typeset(fill(missing?.a_faire ?? rule.a_faire, finding.valeurs)),
		preuves: finding.preuves,
		ecartee: dismissal(setAside.get(id), asOf)
	};
}

/** Of the cases that hold, the first named by the predicate raises or lowers the base; a later one can only raise it. */
function severity(finding: Finding, rule: GapRule): SeverityLevel {
	const levels = (finding.cas ?? []).flatMap((cas) => rule.gravite.si.find((c) => c.cas === cas)?.gravite ?? []);
	return levels.length ? levels.reduce((a, b) => (LEVELS.indexOf(a) <= LEVELS.indexOf(b) ? a : b)) : rule.gravite.base;
}

/** A person may take a gap back (« rouverte »), or postpone it: from that day on it is open again. */
function dismissal(decision: Decision | undefined, asOf: string): Gap['ecartee'] {
	if (!decision) return null;
	const { valeur, par, le, motif } = decision;
	const said = typeof valeur === 'object' && valeur !== null ? (valeur as Record<string, unknown>) : { etat: valeur };
	if (said.etat === 'rouverte' || said.etat === false) return null;
	if (typeof said.jusque !== 'string') return { par, le, motif };
	return said.jusque > asOf ? { par, le, motif, jusque: said.jusque } : null;
}

const fill = (sentence: string, values: Readonly<Record<string, string>>): string =>
	sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'non renseigné');

/** Spaces of French typography, whatever the rule's file has. */
const typeset = (text: string): string =>
	text
		.replace(/«[ \u00a0\u202f]*/g, '«\u00a0')
		.replace(/[ \u00a0\u202f]*»/g, '\u00a0»')
		.replace(/ (:)/g, '\u00a0$1')
		.replace(/ ([;!?])/g, '\u202f$1');
