import { FIRST_AIMS } from '../crossing/aims';
import { bestReach, isActive, reaches } from '../crossing/coverage';
import type { QuartierView } from '../crossing/overview';
import { capital, count, FINE, INSECABLE, list, plural } from '../french';
import { unaskedStreams } from '../funding/no-request';
import { readyWords } from '../funding/ready-words';
import { cluesFrom } from '../funding/received';
import { COMPLETE } from '../rules/overlaps';
import type { Referentiel } from '../rules/referentiel';
import { FULL, isFull, reserveWords } from './ask-order';
import { byAction } from './by-action';
import { firstLines } from './first-requests';
import type { OverlapPair } from './overlap-page';
import { pairAnchor } from './pair-anchor';
import { requestLines, type UnaskedLine } from './request-lines';

/* What the first screen of a quartier answers, one short row a question: the sections below have the rest. */

export interface FirstAsked {
	readonly action: string;
	readonly titre: string;
	readonly mesure: string;
	/** Where its card stands on the page of the action: « m-fonds-vert.ecoles ». */
	readonly ancre: string;
	/** To be aimed at the quartier before anything is asked. */
	readonly aFlecher: boolean;
	/** « Il manque 2 réponses, dont : gain d’énergie finale ? »: a dozen words after the verb at most. */
	readonly manque: string;
	/** « État (préfets) »: who gives it, to be asked what is still to be checked; null: answers of one’s own come first. */
	readonly financeur: string | null;
	/** « non demandé »; null: what is left to do before it is filed says it. */
	readonly demande: string | null;
}

type Read = Pick<
	QuartierView,
	| 'summary'
	| 'territory'
	| 'actions'
	| 'exclues'
	| 'documents'
	| 'aFlecher'
	| 'verdicts'
	| 'verdictsAFlecher'
	| 'lacunesDuTerritoire'
	| 'asOf'
>;

/**
 * The first request of the quartier, the one its list of requests opens with.
 * out    null when nothing is left to ask for, with the actions proposed to be aimed either
 */
export function firstAsked(view: Read, ref: Referentiel, here = linesHere(view, ref)): FirstAsked | null {
	const near = nearOf(view);
	const out = view.aFlecher
		.slice(0, FIRST_AIMS)
		.map((aim) => aim.action)
		.filter((a) => !near.includes(a));
	const rang = new Map(out.map((p, i) => [p.action.id, i]));
	const verdicts = [...view.verdicts, ...view.verdictsAFlecher.filter((v) => rang.has(v.action))];
	const toAim = linesOf(out, verdicts, view, ref).sort((a, b) => rang.get(a.action)! - rang.get(b.action)!);
	const [first] = firstLines(here, toAim);
	if (!first) return null;
	const { line, aFlecher } = first;
	const { action, titre } = line;
	const lacks = line.manque.some((m) => m.bloquant);
	return {
		action,
		titre,
		mesure: line.mesuresNoms[0]!,
		ancre: `m-${line.mesures[0]!}`,
		aFlecher,
		manque: [reserveWords(line), lacking(line)].filter(Boolean).join(' '),
		financeur: lacks ? null : line.financeur,
		demande: lacks ? 'non demandé' : null
	};
}

/** What stands in its place when there is none. */
export const nothingFirst = (here: readonly UnaskedLine[]): string =>
	here.length > 0 && byAction(here).every(isFull)
		? `Rien${INSECABLE}: ${FULL}`
		: here.some((l) => l.peutEtre !== undefined)
			? `Rien de sûr${INSECABLE}: ce qui reste est peut-être déjà demandé`
			: 'Rien à instruire en l’état';

const nearOf = ({ actions, summary: { quartier } }: Pick<Read, 'actions' | 'summary'>) =>
	actions.filter((a) => isActive(a) && reaches(bestReach(a, [quartier.code])));

/** What the actions that reach the quartier could ask for, as its list of requests has it. */
export const linesHere = (view: Read, ref: Referentiel): UnaskedLine[] =>
	linesOf(nearOf(view), view.verdicts, view, ref);

const linesOf = (placed: Read['actions'], verdicts: Read['verdicts'], view: Read, ref: Referentiel): UnaskedLine[] =>
	requestLines(
		unaskedStreams(placed, verdicts, ref, new Set()).filter((u) => u.etat !== 'connue'),
		{
			...{ placed, verdicts, gaps: view.lacunesDuTerritoire, asOf: view.asOf },
			...{ quartier: view.summary.quartier.code, documents: view.documents },
			indices: cluesFrom([...view.actions, ...view.exclues], view.territory.communes, ref, view.asOf)
		},
		ref
	);

/** Words of two subjects that are both said. */
const BOTH = 8;
const wordsIn = (subject: string): number => subject.split(/\s+/).length;

/** Words of a question told whole when it is the only one: by its subject alone, nobody knows what is asked. */
const WHOLE = 9;

/** Of several questions, their subjects: the list has them whole. */
export function lacking({ manque, aSavoir }: Pick<UnaskedLine, 'manque' | 'aSavoir'>): string {
	const lacks = manque.filter((m) => m.bloquant);
	const asked = lacks.map((m) => m.sujet);
	if (asked.length > 0) {
		const [first, second, ...others] = asked;
		const { dit: whole, indique } = lacks[0]!;
		if (second === undefined && indique === undefined && wordsIn(whole) <= WHOLE)
			return `Il manque 1${INSECABLE}réponse${INSECABLE}: ${whole}`;
		const both = second !== undefined && others.length === 0 && wordsIn(first!) + wordsIn(second) <= BOTH;
		const told = `${count(asked.length, 'réponse')}${asked.length > 1 && !both ? ', dont' : ''}`;
		const clue = both || indique === undefined ? '' : ` ${capital(indique)}.`;
		return `Il manque ${told}${INSECABLE}: ${both ? list([first!, second]) : first!}${FINE}?${clue}`;
	}
	return capital(readyWords(aSavoir));
}

/** « Lu : PCAET et Subventions DPV ; aucun contrat de ville »: what all the page rests on, and the one document it is about when it misses. */
export function documentsRead(documents: QuartierView['documents'], { plans }: Pick<Referentiel, 'plans'>): string {
	if (documents.length === 0) return 'Aucun document lu';
	const kinds = documents.map((d) => d.liste ?? plans.types.find((t) => t.code === d.plan)?.court ?? d.plan);
	const contract = documents.some((d) => d.plan === 'contrat-de-ville' && d.liste === undefined);
	return `Lu${INSECABLE}: ${list([...new Set(kinds)])}${contract ? '' : `${FINE}; aucun contrat de ville`}`;
}

/**
 * What to do of those without any action, when no action already written would answer them.
 * in     `view`: crossings of the quartier, and every action worth aiming at it
 * out    null when one of them carries one, or every crossing has an action
 */
export function leftToInvent({ croises, aFlecher }: Pick<QuartierView, 'croises' | 'aFlecher'>): string | null {
	const bare = new Set(croises.filter((x) => x.coverage === 'aucune').map((x) => x.code));
	if (bare.size === 0) return null;
	if (aFlecher.some((aim) => aim.lacunes.some((gap) => gap.enjeu !== null && bare.has(gap.enjeu)))) return null;
	return `Imaginer une action pour ${plural(bare.size, 'le croisement', `les ${count(bare.size, 'croisement')}`)} sans action`;
}

/**
 * What must be read before the crossings without any action are said to have none, in a few words.
 * out    « Un seul plan lu : apporter le contrat de ville signé », and the kind of plan to bring, null where people choose; null when enough is read
 */
export function leftToConclude({
	croises,
	gaps
}: Pick<QuartierView, 'croises' | 'gaps'>): { readonly dit: string; readonly apporter: string | null } | null {
	const bare = new Set(croises.filter((x) => x.coverage === 'aucune').map((x) => x.code));
	const asked = gaps.find((g) => g.conclure && !g.ecartee && bare.has(g.enjeu ?? ''));
	if (!asked?.conclure) return null;
	return {
		dit: `${asked.conclure.lu}${INSECABLE}: apporter ${asked.conclure.importez}`,
		apporter: asked.apporter ?? null
	};
}

export interface PairHere {
	/** « « Réhabiliter la barre » (PLH) recoupe « Rénovation de la barre » (Contrat de ville) » */
	readonly titres: string;
	readonly ancre: string;
}

export interface OverlapsHere {
	/** « 3 recoupements et 1 contradiction possible à décider, dont »; « Recoupements » when none is left. */
	readonly titre: string;
	/** That none is left to settle. */
	readonly dit: string;
	/** The first of them, and where it is read; null when none is left to settle. */
	readonly premiere: PairHere | null;
	/** The next one, when there is one. */
	readonly seconde: PairHere | null;
	/** Of those that meet there, under the threshold, when nothing at all is proposed; null: not looked for, or nothing near. */
	readonly proche: string | null;
}

/**
 * in     pairs that meet in the quartier, in the order of their page
 *        `near`: the nearest that meet there, when the territory has none proposed
 */
export function overlapsFirst(paires: readonly OverlapPair[], near: readonly OverlapPair[] = []): OverlapsHere {
	const open = paires.filter(({ decision }) => decision === null || decision.aRevoir);
	const tensions = open.filter(({ genre }) => genre === 'tension');
	const alike = open.filter(({ genre }) => genre !== 'tension');
	const [first, second] = [...alike, ...tensions];
	if (!first) {
		const dit = paires.length
			? `Aucun à décider ici, ${count(paires.length, 'décidé')}`
			: `Aucune paire d’actions proposée ici${near.length > 0 ? `${FINE}; la plus proche, sous le seuil\u00a0: ` : ''}`;
		const [nearest] = near;
		const proche = nearest
			? nearest.cotes.map((side) => `« ${few(side.titre.join(''))} » (${side.plan})`).join(' et ')
			: null;
		return { titre: 'Recoupements', dit, premiere: null, seconde: null, proche };
	}
	return {
		titre: `${list([
			...(alike.length
				? [
						`${count(alike.length, 'recoupement')}${alike.every(withGrants) ? ` avec ${plural(alike.length, 'un projet subventionné', 'des projets subventionnés')}` : ''}`
					]
				: []),
			...(tensions.length ? [count(tensions.length, 'contradiction possible', 'contradictions possibles')] : [])
		])} à décider${open.length > SHOWN ? ', dont' : ''}`,
		dit: '',
		premiere: pairHere(first),
		seconde: second ? pairHere(second) : null,
		proche: null
	};
}

/** Pairs written out on the first screen. */
const SHOWN = 2;

/** One of the two is a project that a list says funded: no second plan is read beside it. */
const withGrants = ({ cotes }: OverlapPair): boolean => cotes.some((side) => side.liste);

/** What a pair may be, between its two titles. */
const meets = ({ genre, raisons }: OverlapPair): string =>
	genre === 'tension'
		? 'contredit peut-être'
		: raisons.some((r) => r.dit === COMPLETE)
			? 'complète peut-être'
			: 'recoupe';

function pairHere(pair: OverlapPair): PairHere {
	const whole = pair.cotes.map((side) => side.titre.join(''));
	const ancre = pairAnchor(pair.id);
	const cut = whole.map(few);
	// Two titles that begin alike are told apart by their ends.
	const [a, b] = cut[0] === cut[1] ? whole : cut;
	if (whole[0] === whole[1]) return { titres: `« ${a} », écrite deux fois`, ancre };
	const [mine, other] = pair.cotes.map((side) => side.plan);
	const [over, overToo] = pair.cotes.map((side) => (/ passée$/.test(side.etat ?? '') ? ', fin prévue passée' : ''));
	const [of, with_] = mine === other ? ['', ''] : [` (${mine}${over})`, ` (${other}${overToo})`];
	return {
		titres: `« ${a} »${of} ${meets(pair)} « ${b} »${with_}`,
		ancre
	};
}

/** Enough of a title to know the action again, cut between two words. */
const FEW = 80;
const few = (title: string): string =>
	title.length > FEW + 15 ? `${title.slice(0, FEW + 1).replace(/[\s,;:(–-]+\S*$/u, '')}…` : title;
