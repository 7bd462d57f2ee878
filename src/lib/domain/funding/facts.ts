import * as fr from '../french';
import { parseDate } from '../import/dates';
import type { Refusal } from '../issue';
import { parseMoney } from '../money';
import { criteriaOf, type Criterion } from '../rules/funding';
import type { Referentiel } from '../rules/referentiel';
import { STILL_TO_DO } from '../rules/still-to-do';
import type { FactValue } from './entered';

/* The facts that measures ask people for, as fields to fill in: everything here comes from `data/financements/`. */

export interface FactOption {
	readonly valeur: string;
	readonly nom: string;
}

export interface FactDef {
	readonly cle: string;
	readonly libelle: string;
	readonly question: string;
	readonly genre: 'oui-non' | 'nombre' | 'choix' | 'date';
	readonly unite: string | null;
	/** Of a choice; « autre » is always one of them. */
	readonly options: readonly FactOption[];
}

/** An answer that no measure accepts, and that is not « unknown ». */
export const AUTRE = 'autre';

const COST = '€ HT';

/**
 * Every fact a person can supply, by its key.
 * out    in the order measures ask for them; a fact several measures ask for comes once, with all the choices
 */
export function factDefs(
	ref: Pick<Referentiel, 'financements' | 'plans' | 'planDeFinancement'>
): ReadonlyMap<string, FactDef> {
	const { libelle, question } = ref.planDeFinancement.encore_a_faire;
	const defs = new Map<string, FactDef>();
	// First: an operation that is over has nothing else to answer.
	defs.set(STILL_TO_DO, known(STILL_TO_DO, libelle, fr.capital(question), 'oui-non'));
	for (const measure of ref.financements.flatMap((f) => f.mesures))
		for (const criterion of measure.applicable_si ? criteriaOf(measure.applicable_si) : []) {
			const def = defOf(criterion, ref.plans);
			if (def) defs.set(def.cle, merged(defs.get(def.cle), def));
		}
	return defs;
}

function defOf(criterion: Criterion, plans: Referentiel['plans']): FactDef | null {
	switch (criterion.critere) {
		case 'fait':
			return {
				cle: criterion.fait,
				libelle: criterion.libelle ?? criterion.question,
				question: criterion.question,
				genre: criterion.parmi
					? 'choix'
					: criterion.min !== null || criterion.max !== null || criterion.valeurs !== null
						? 'nombre'
						: typeof criterion.vaut === 'string'
							? 'choix'
							: 'oui-non',
				unite: criterion.unite,
				options: (criterion.parmi ?? (typeof criterion.vaut === 'string' ? [criterion.vaut] : [])).map(option)
			};
		case 'cout':
			return known('cout', 'coût de l’opération', 'Quel est le coût prévisionnel hors taxes', 'nombre', COST);
		case 'maitre_ouvrage':
			return {
				...known(
					'maitre_ouvrage',
					'organisme porteur',
					'Quel organisme portera l’action (pas forcément le pilote)',
					'choix'
				),
				options: plans.porteurs.map((p) => ({ valeur: p.code, nom: p.libelle }))
			};
		case 'depot':
			return known('depot', 'dépôt du dossier', 'Quel jour le dossier a-t-il été déposé', 'date');
		default:
			return null;
	}
}

const option = (valeur: string): FactOption => ({ valeur, nom: valeur });

const known = (
	cle: string,
	libelle: string,
	question: string,
	genre: FactDef['genre'],
	unite: string | null = null
): FactDef => ({ cle, libelle, question: `${question}${fr.FINE}?`, genre, unite, options: [] });

function merged(before: FactDef | undefined, def: FactDef): FactDef {
	const first = before ?? def;
	if (first.genre !== 'choix') return first;
	const options = new Map([...first.options, ...def.options].map((o) => [o.valeur, o]));
	options.delete(AUTRE);
	return { ...first, options: [...options.values(), { valeur: AUTRE, nom: 'autre' }] };
}

/**
 * Reads what a person typed for a fact.
 * out    null for a blank: « not known »; a refusal that says what was found and expected
 * never  takes a blank for « non », nor « non » for a blank
 */
export function parseFact(def: FactDef, typed: string): FactValue | null | Refusal {
	const text = typed.trim();
	if (text === '') return null;
	const refused = (expected: string): Refusal => ({
		refus: `${fr.capital(def.libelle)}${fr.INSECABLE}: ${fr.quoted(text)} n’est pas lisible.`,
		conseil: `Écrivez ${expected}, ou laissez vide si ce n’est pas connu.`
	});
	switch (def.genre) {
		case 'oui-non':
			return text === 'oui' ? true : text === 'non' ? false : refused('oui ou non');
		case 'choix':
			return def.options.some((o) => o.valeur === text) ? text : refused('l’une des réponses proposées');
		case 'date':
			return parseDate(text, 'debut').value ?? refused('une date JJ/MM/AAAA');
		case 'nombre': {
			const number = def.unite === COST ? (parseMoney(text, 'HT').value?.euros ?? null) : numberOf(text, def.unite);
			return number === null || number < 0 ? refused(`un nombre${def.unite ? ` en ${def.unite}` : ''}`) : number;
		}
		default:
			return def.genre satisfies never;
	}
}

/** « 1 250,5 m² » → 1250.5; the unit may be written. */
function numberOf(text: string, unite: string | null): number | null {
	const bare = (unite ? text.replace(unite, '') : text).replace(/[\s\u202f\u00a0]/g, '').replace(',', '.');
	return /^\d+(?:\.\d+)?$/.test(bare) ? Number(bare) : null;
}

/** An answer in words: « oui », « 45 % », « Commune ». */
export function factText(def: FactDef | undefined, valeur: FactValue): string {
	if (typeof valeur === 'boolean') return valeur ? 'oui' : 'non';
	if (typeof valeur === 'number')
		return def?.unite === COST
			? fr.euros(valeur, 'HT')
			: `${fr.number(valeur)}${def?.unite ? `${fr.INSECABLE}${def.unite}` : ''}`;
	if (def?.genre === 'date') return fr.date(valeur);
	return def?.options.find((o) => o.valeur === valeur)?.nom ?? valeur;
}
