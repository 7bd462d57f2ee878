import type { Action } from '../action';
import { once } from '../memory';
import type { Referentiel } from '../rules/referentiel';
import { grantsNote } from './grant-list';
import type { DocumentSummary } from './overview';
import type { TerritoryRecords } from './territory-view';

/* A document as pages tell it: what it holds, and what it leaves blank. */

/** A document, how many actions it holds (`own`), and which expected fields it lacks. */
export function summarise(
	document: TerritoryRecords['documents'][number] & { readonly liste?: string },
	own: readonly Action[],
	ref: Referentiel
): DocumentSummary {
	const blanks = FIELDS.map(() => 0);
	for (const action of own) {
		const left = blanksOf(action);
		for (let k = 0; k < left.length; k++) blanks[left[k]!]!++;
	}
	const manques = ref.plans.champs
		.filter((c) => c.attendu)
		.map((c) => {
			const colonneAbsente = !document.champs.includes(c.champ);
			const blank = colonneAbsente ? own.length : (blanks[FIELDS.indexOf(c.champ)] ?? 0);
			return { champ: c.champ as string, libelle: c.libelle, actions: blank, colonneAbsente };
		})
		.filter((m) => m.actions > 0 || m.colonneAbsente);
	return { ...document, actions: own.length, note: grantsNote(document.plan, own), manques };
}

/** What an action says in each field that is read into a value of its own. */
const SAID: Readonly<Record<string, (action: Action) => unknown>> = {
	axe: (a) => a.axe,
	objectif: (a) => a.objectif,
	description: (a) => a.description,
	porteur: (a) => a.porteur,
	porteur_type: (a) => a.porteurType,
	pilote: (a) => a.pilote,
	elu: (a) => a.elu,
	instance: (a) => a.instance,
	partenaires: (a) => a.partenaires,
	publics: (a) => a.publics,
	echelle: (a) => a.echelle,
	communes: (a) => a.communes,
	qpv: (a) => a.quartiers,
	atteinte_qpv: (a) => a.atteinteDeclaree,
	statut: (a) => a.statut,
	priorite: (a) => a.priorite,
	date_debut: (a) => a.dates && (a.dates.debut ?? a.dates.texte),
	date_fin: (a) => a.dates && (a.dates.fin ?? a.dates.texte),
	etapes: (a) => a.etapes,
	cout_investissement: (a) => a.budget,
	cout_fonctionnement: (a) => a.fonctionnement,
	etp: (a) => a.etp,
	financements: (a) => a.financements,
	indicateurs: (a) => a.indicateurs,
	secteurs: (a) => a.secteurs,
	natures: (a) => a.natureDeclaree,
	participation: (a) => a.participation,
	clause_adaptation: (a) => a.clauseAdaptation
};

const FIELDS = Object.keys(SAID);
/** Positions of the fields an action leaves blank. */
const blanksOf = once((action: Action): readonly number[] => {
	const blanks: number[] = [];
	for (let at = 0; at < FIELDS.length; at++) if (lacksField(action, FIELDS[at]!)) blanks.push(at);
	return blanks;
});

/** Does this action leave an expected field blank? A field that is read into no value of its own is never said blank. */
export function lacksField(action: Action, champ: string): boolean {
	const value = SAID[champ]?.(action);
	return value === null || (Array.isArray(value) && value.length === 0);
}
