import type { Champ } from '../action';
import { isOverdue, overBy } from '../crossing/past-end';
import type { PlacedAction } from '../crossing/place';
import { FINE, list, quoted } from '../french';
import { activeIn, heldBy, listOf, NO_ACTION, sortedBy, theDocument, type Finding, type GapView } from './gap-context';
import { leadWords } from './gap-common-words';
import { facts } from './gap-facts';
import { aboutEach, isUnderWay, type AboutOne, type Concerned } from './gap-each-action';
import { about, request } from './gap-findings';
import { askedOfAll } from './gap-people';
import { isOver, untilItsEnd } from './gap-plans-read';
import { plain } from '../text';
import type { GapRule } from './referentiel';

/* Who answers for an action: its pilot, its elected referent, the body that examines it. */

const WITH_ARTICLE: Partial<Record<Champ, string>> = {
	pilote: 'un pilote',
	elu: 'un élu référent',
	instance: 'une instance de suivi'
};

/**
 * G08: a column of steering exists and, for this action, is blank or only says « à définir » (data/plans.yaml).
 * out    'sans-pilote', or 'sans-instance' when only the instance lacks. One request for data per document and field when
 *        the document has no such column and an action to be carried out does not say it; one for all lists of grants of the territory
 * never  asks anything of a document that ended
 */
export function pilotageIncomplet(view: GapView, rule: GapRule): readonly Finding[] {
	const asked = listOf(rule, 'champs').filter((c): c is Steering => c in WITH_ARTICLE);
	const requests = withoutSteering(view, rule, asked);
	const ask = ({ placed, document }: Concerned): AboutOne | null => {
		if (document.liste || isOver(document, view.asOf)) return null;
		const blank = asked.filter((champ) => document.champs.includes(champ) && isUnsaid(placed.action[champ], view));
		if (blank.length === 0) return null;
		const cas = blank.includes('pilote')
			? ['sans-pilote']
			: blank.every((c) => c === 'instance')
				? ['sans-instance']
				: [];
		const missing = list(blank.map((champ) => WITH_ARTICLE[champ] ?? champ));
		const valeurs = {
			champs_manquants: missing,
			aucun: noneNamed(blank),
			a_designer: toName(blank, isOverdue(placed.action, view.asOf)),
			// Who carries an action names no elected member: who holds the plan does.
			...(placed.meneurs.referent
				? { a_qui_porte: leadWords(view, [placed]) }
				: blank.some((champ) => champ !== 'pilote') && { a_qui_porte: heldBy([theDocument(view, placed)]) })
		};
		const found = about(view, placed, cas, valeurs, blank, [`il manque ${missing}`, ...written(placed, blank)]);
		const why = found.pourquoi ?? (cas.includes('sans-pilote') ? saidElsewhere(placed, blank) : undefined);
		return { constats: [{ ...found, ...(why && { pourquoi: why }) }] };
	};
	const { constats } = aboutEach(view, rule, ask, {
		...untilItsEnd(view.asOf),
		of: ({ placed, document }) => [overBy(placed.action, view.asOf), isOver(document, view.asOf)]
	});
	return [...requests, ...listsWithoutSteering(view), ...constats];
}

type Steering = 'pilote' | 'elu' | 'instance';

/**
 * What documents without a column of steering leave unsaid: one request per document and field, and one gesture for all the
 * fields of a document.
 * never  asks for what people wrote here on each action to be carried out: a national export has no column to add one to
 */
function withoutSteering(view: GapView, rule: GapRule, asked: readonly Steering[]): Finding[] {
	const keysOf = (p: PlacedAction) =>
		isUnderWay(p) ? asked.flatMap((c) => (isUnsaid(p.action[c], view) ? `${p.action.document} ${c}` : [])) : [];
	const silent = sortedBy(view, `pilotage à dire ${rule.id}`, keysOf, [rule, view.pasEncoreDit]);
	return view.documents
		.filter((document) => !document.liste && !isOver(document, view.asOf))
		.flatMap((document) => {
			const of = (champ: Steering) => silent.get(`${document.id} ${champ}`) ?? NO_ACTION;
			const lacking = asked.filter((champ) => !document.champs.includes(champ) && of(champ).length > 0);
			return lacking.map((champ): Finding => {
				const found = request(view, rule, document, champ, ['colonne-absente']);
				const isTable = !of(champ).every(({ action }) => /\.json$/i.test(action.origine.fichier));
				const sortie = isTable ? ', ou dans le fichier à réimporter' : '';
				return { ...found, valeurs: { ...found.valeurs, a_dire: list(lacking.map(ofItsActions)), sortie } };
			});
		});
}

/** « quel élu répond de ses actions »; they are named once, first. */
const ofItsActions = (champ: Steering, at: number): string =>
	({
		pilote: at === 0 ? 'qui pilote ses actions' : 'qui les pilote',
		elu: at === 0 ? 'quel élu répond de ses actions' : 'quel élu en répond',
		instance: at === 0 ? 'quelle instance suit ses actions' : 'quelle instance les suit'
	})[champ];

/** Where they may be read, when no cost is written either; the body that carries the action is no person who answers for it. */
const saidElsewhere = ({ action: { porteur } }: PlacedAction, blank: readonly Champ[]): string =>
	`${porteur === null ? '' : `Porteur écrit\u00a0: ${quoted(porteur)}. `}Une convention ou une délibération ${blank.length > 1 ? 'les' : 'le'} nomme peut-être.`;

const isUnsaid = (cell: string | null, { pasEncoreDit }: GapView): boolean =>
	cell === null || pasEncoreDit.has(plain(cell));

/** « pour un pilote, le fichier écrit « à définir » » */
const written = ({ action }: Concerned['placed'], blank: readonly Steering[]): string[] =>
	blank.flatMap((champ) =>
		action[champ] === null ? [] : `pour ${WITH_ARTICLE[champ]}, le fichier écrit ${quoted(action[champ])}`
	);

/** « quel élu répond de cette action et devant quelle instance elle passe ; l’écrire, et faire désigner ce qui manque »: it is named once, first. */
function toName(blank: readonly Steering[], isLate: boolean): string {
	const first = {
		pilote: 'qui pilote cette action',
		elu: 'quel élu répond de cette action',
		instance: 'devant quelle instance passe cette action'
	};
	const then = { ...first, elu: 'quel élu en répond', instance: 'devant quelle instance elle passe' };
	const who = list(blank.map((champ, at) => (at === 0 ? first : then)[champ]));
	return isLate ? `${who}, puis l’écrire` : `${who}${FINE}; l’écrire, et faire désigner ce qui manque`;
}

/** « aucun pilote », « ni pilote ni élu référent » */
function noneNamed(blank: readonly Steering[]): string {
	const bare = blank.map((champ) => WITH_ARTICLE[champ]!.replace(/^une? /, ''));
	return bare.length === 1 ? `aucun ${bare[0]}` : bare.map((words) => `ni ${words}`).join(', ');
}

/** Lists of grants never tell who leads: said once for the territory, whatever their number. */
function listsWithoutSteering(view: GapView): Finding[] {
	const { documents, noms } = view;
	const lists = documents.filter((d) => d.liste);
	if (lists.length === 0) return [];
	const own = lists.flatMap((d) => activeIn(view, d));
	return [
		{
			objet: 'listes:pilotage',
			quartier: null,
			enjeu: null,
			reponse: 'donnee-manquante',
			cas: ['liste-de-subventions'],
			valeurs: {
				a_qui: askedOfAll(own, 'aux bénéficiaires', view.territoire)
			},
			preuves: {
				actions: [],
				champs: ['pilote', 'elu', 'instance'],
				faits: facts(lists.map((d) => `${noms.get(d.id) ?? d.titre}\u00a0: liste de subventions, sans pilotage`))
			}
		}
	];
}
