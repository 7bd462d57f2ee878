import type { PlanKind } from '../action';
import { communeIndex, type CommuneIndex } from './communes';
import { answeredBy, indexAnswers, type AnswerIndex, type GivenAnswer } from './place-answers';
import { formsOf, givenForm, lonePartsOf, nameKey, nameWords, shortForms, type NameForm } from './place-names';
import { neighbourIndex, type Neighbour, type Neighbours } from './neighbours';
import { prepareOutline, type Outline } from './outline';
import type { GeometryRules } from '../rules/referentiel';
import { plain } from '../text';
import { knowsAllCommunes, type Quartier, type Territory } from '../territory';

/** A territory made ready for resolving places; built once, used for every action. */
export interface Places {
	readonly quartiers: readonly Pick<Quartier, 'code' | 'nom' | 'communes'>[];
	readonly byCode: ReadonlyMap<string, Pick<Quartier, 'code' | 'nom' | 'communes'>>;
	/** First word of a name → the names that start with it. */
	readonly forms: ReadonlyMap<string, readonly NameForm[]>;
	readonly allForms: readonly NameForm[];
	/** Parts of composite names, of one word that no other name of the territory holds. */
	readonly loneParts: ReadonlySet<NameForm>;
	/** Names without « Résidence », « Cité »: a cell may say them alone. */
	readonly shorts: readonly NameForm[];
	/** Name of the territory; '' when it has none. */
	readonly nom: string;
	readonly communes: CommuneIndex;
	/** Whether those communes are all of them: else two that are named are not the whole. */
	readonly complete: boolean;
	/** Names of communes: alone in a text they are the commune, not the quartier that bears its name. */
	readonly communeNames: ReadonlySet<string>;
	readonly successors: ReadonlyMap<string, readonly { readonly code: string; readonly nom: string | null }[]>;
	/** « tous les QPV » and the like, plain. */
	readonly everywhere: readonly string[];
	/** Quartiers of other territories: named here, they are elsewhere. */
	readonly neighbours: Neighbours;
	/** Words of a cell that says nothing yet, « a preciser », plain. */
	readonly notYet: ReadonlySet<string>;
	/** What people answered about places that nothing could attach. */
	readonly answers: AnswerIndex;
	/** Perimeters ready for measuring, those that have one; and from where on a place counts. */
	readonly outlines: readonly Outline[];
	readonly geometrie: GeometryRules | null;
	/** Plans that cover the whole EPCI: an action that says nothing is of that scale. */
	readonly wholePlans: readonly PlanKind[];
	/** Documents with a column of communes: there, an action that names none does not say it is for all of them. */
	readonly asksCommunes: ReadonlySet<number>;
	/** Whether a name is that of a known place of the country, or of a commune of a quartier elsewhere; asked only of names that nothing here bears. */
	readonly elsewhere: (nom: string) => boolean;
}

const WHOLE_PLANS: readonly PlanKind[] = ['pcaet', 'plh', 'pdm', 'pat', 'crte', 'plui', 'cls', 'pt'];

/**
 * Prepares a territory for `resolvePlaces`.
 * in     its quartiers (aliases included); `reponses`: what people said of places; 2015 code → 2024 successors; words for « all quartiers » (data/plans.yaml);
 *        `plansEntiers`: plans of EPCI scale (`droit_commun` of data/lacunes.yaml); `demandentLaCommune`: ids of the documents
 *        that have a column of communes
 */
export function buildPlaces(from: {
	readonly territory: Pick<Territory, 'communes'> & Partial<Pick<Territory, 'nom' | 'genre' | 'nature' | 'fictif'>>;
	readonly quartiers: readonly Quartier[];
	readonly correspondances: ReadonlyMap<string, readonly Successor[]>;
	readonly tousLesQuartiers: readonly string[];
	/** `pas_encore_dit` of data/plans.yaml. */
	readonly pasEncoreDit?: readonly string[];
	readonly plansEntiers?: readonly PlanKind[];
	readonly demandentLaCommune?: readonly number[];
	readonly reponses?: readonly GivenAnswer[];
	/** Quartiers of the loaded perimeters that are of other territories. */
	readonly voisins?: readonly Neighbour[];
	/** Known places of the country; without it no name is surely elsewhere. */
	readonly ailleurs?: (nom: string) => boolean;
	/** Without them a geometry says nothing. */
	readonly geometrie?: GeometryRules;
}): Places {
	const own = from.quartiers.flatMap((q) => formsOf(q.code, q.nom, q.alias));
	const given = [...own, ...givenForms(from.reponses ?? [], own)];
	const before = formerForms(from.correspondances, given, new Set(from.quartiers.map((q): string => q.code)));
	const communes = new Map(
		[...from.territory.communes, ...from.quartiers.flatMap((q) => q.communes)].map((c) => [c.code, c])
	);
	const index = communeIndex([...communes.values()]);
	const communeNames = new Set(index.all.map((c) => nameWords(c.nom).join(' ')));
	const allForms = [...given, ...before.filter((f) => !communeNames.has(f.words.join(' ')))];
	const forms = new Map<string, NameForm[]>();
	for (const form of allForms) {
		const first = form.words[0] ?? '';
		forms.set(first, [...(forms.get(first) ?? []), form]);
	}
	const neighbours = neighbourIndex(from.voisins ?? [], new Set(from.quartiers.map((q) => q.code)));
	return {
		quartiers: from.quartiers,
		byCode: new Map(from.quartiers.map((q) => [q.code, q])),
		forms,
		allForms,
		shorts: shortForms(allForms),
		nom: from.territory.nom ?? '',
		communes: index,
		complete: knowsAllCommunes(from.territory),
		communeNames,
		loneParts: lonePartsOf(given, communeNames),
		neighbours,
		successors: withPredecessors(from.correspondances, from.quartiers),
		answers: indexAnswers(from.reponses ?? []),
		everywhere: from.tousLesQuartiers.map(plain).filter((w) => w !== ''),
		notYet: new Set((from.pasEncoreDit ?? []).map(plain)),
		outlines: from.geometrie
			? from.quartiers.flatMap((q) => (q.geometrie ? [prepareOutline(q.code, q.geometrie)] : []))
			: [],
		geometrie: from.geometrie ?? null,
		wholePlans: from.plansEntiers ?? WHOLE_PLANS,
		asksCommunes: new Set(from.demandentLaCommune),
		elsewhere: (nom) => neighbours.communes.has(nameKey(nameWords(nom))) || (from.ailleurs?.(nom) ?? false)
	};
}

/** A quartier of today that comes from one of 2015; `ancienNom`: what that one was called. */
interface Successor {
	readonly code: string;
	readonly nom: string | null;
	readonly ancienNom?: string | null;
}

/** Names of 2015. One that a quartier of today bears, even in part, is that of today. */
function formerForms(
	table: ReadonlyMap<string, readonly Successor[]>,
	today: readonly NameForm[],
	codes: ReadonlySet<string>
): NameForm[] {
	const borne = new Set(today.map((f) => nameKey(f.words)));
	return [...table.values()].flat().flatMap(({ code, ancienNom }) => {
		const form = ancienNom && codes.has(code) ? givenForm(code, ancienNom, 'son nom de 2015') : null;
		return form && !borne.has(nameKey(form.words)) ? [{ ...form, part: true }] : [];
	});
}

/** Names learnt from answers. One that a quartier already bears teaches nothing: it stays a question for each commune. */
function givenForms(answers: readonly GivenAnswer[], own: readonly NameForm[]): NameForm[] {
	const borne = new Set(own.map((f) => nameKey(f.words)));
	const known = new Set(own.map((f) => f.quartier));
	return answers.flatMap((answer) => {
		if (answer.reponse !== 'quartiers' || answer.titre !== null || answer.quartiers.length !== 1) return [];
		const form = givenForm(answer.quartiers[0]!, answer.texte, answeredBy(answer));
		return form && known.has(form.quartier) && !borne.has(nameKey(form.words)) ? [form] : [];
	});
}

function withPredecessors(table: Places['successors'], quartiers: readonly Quartier[]): Places['successors'] {
	const known = new Map<string, { code: string; nom: string | null }[]>();
	for (const q of quartiers)
		for (const old of q.predecesseurs) known.set(old, [...(known.get(old) ?? []), { code: q.code, nom: q.nom }]);
	return new Map([...known, ...table]);
}
