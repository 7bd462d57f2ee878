import { cluesFrom } from '../funding/received';
import { FIRST_AIMS, type Aim } from '../crossing/aims';
import { readHere } from '../crossing/aim-trial';
import { bestReach, reaches } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import * as fr from '../french';
import { OPEN_ORDER } from '../funding/open-order';
import { A_INSTRUIRE } from '../funding/ready-words';
import { measureName } from '../funding/measure-name';
import { unaskedStreams } from '../funding/no-request';
import { AUCUN_PROJET, isAround, placesWithoutGrant, type GrantState, type NoGrant } from '../ledger/no-grant';
import { listsRead } from '../crossing/list-years';
import { listName, listTitle } from '../ledger/list-name';
import type { PlacedGrant } from '../ledger/shares';
import type { Verdict } from '../rules/eligibility';
import { familiesAt } from '../rules/families-here';
import type { Referentiel } from '../rules/referentiel';
import { namesApart } from '../names-apart';
import type { Quartier, Territory } from '../territory';
import { askedOfAll, withoutUsual } from './asked-of-all';
import { byAction } from './by-action';
import { countWords, firstRequests, listWords, orderWords, sharedScope, type FirstRequest } from './first-requests';
import { allFull, nothingToAsk } from './quartier-requests';
import { onceForAll, type OnceForAll } from './once-for-all';
import { hereWords, underHeads, withAdded, withCalls } from './request-here';
import { isFull, isLoanAlone, isReady } from './ask-order';
import { maybeOver, requestLines, type ReadDocument, type RequestFacts, type UnaskedLine } from './request-lines';
import {
	aimedWords,
	firstTitle,
	fullWords,
	loanWords,
	missingWords,
	moreThanAll,
	ofAllAims,
	overWords,
	requestsTitle
} from './request-title';

/* Who in a territory has no grant known, and which actions could ask: one stream, one year. */

export interface RequestsChoice {
	readonly dispositif: string | null;
	readonly annee: number | null;
	/** Only for the actions that reach it. */
	readonly quartier: string | null;
}

export interface RequestsPage {
	/** What could be asked for, in one sentence. */
	readonly ouverture: string;
	/** What the lists say of the places. */
	readonly titre: string;
	/** What the count leaves to do; how it is made is in `tri`. */
	readonly chapo: string;
	readonly dispositif: { readonly id: string; readonly titre: string } | null;
	readonly annee: number | null;
	readonly dispositifs: readonly { readonly id: string; readonly titre: string }[];
	/** Years for which a list of the stream speaks for this territory. */
	readonly annees: readonly number[];
	/** Of the stream whose list is read: others have years of their own. */
	readonly anneeLibelle: string;
	readonly lieux: NoGrant;
	/** « D’après Fonds vert 2023, liste importée le 27/11/2026. », and the files behind. */
	readonly dApres: string;
	readonly fichiers: string;
	readonly actions: readonly UnaskedLine[];
	/** The three to look at first, among the actions and those to aim. */
	readonly premieres: readonly FirstRequest[];
	readonly premieresTitre: string;
	/** What the three share, told once: where they arrive, or what they would answer; null: each says its own. */
	readonly premieresPortee: string | null;
	/** « Avant tout dépôt : vérifier l’ouverture cette année. »: what every request ready asks, its lines say the rest; null: nothing is common. */
	readonly partout: string | null;
	/** How the actions are sorted and what is left out, a sentence a line. */
	readonly tri: readonly string[];
	/** Actions to aim at the quartier come before the others: the planned end of every one of these is past. */
	readonly flecherDAbord: boolean;
	/** Quartier chosen; null: all of them. */
	readonly quartier: Pick<Quartier, 'code' | 'nom'> | null;
	readonly quartiers: readonly Pick<Quartier, 'code' | 'nom'>[];
	/** Why there is no action, in a quartier. */
	readonly pourquoi: string | null;
	/** What the lines ask of places, to be answered once. */
	readonly uneFois: OnceForAll;
	/** What actions one could aim at the quartier could ask for. */
	readonly aFlecher: readonly UnaskedLine[];
	/** Actions with nothing left to finance: set apart, nothing is to be asked for them. */
	readonly bouclees: readonly Pick<UnaskedLine, 'action' | 'titre' | 'plan'>[];
	/** Streams already asked for, or granted, by what the plans say: not among the actions. */
	readonly connues: number;
}

/**
 * The page for one choice.
 * in     `grants`: the whole ledger, or what of it is around the territory (see `isAround`); `placed`, `verdicts` and `known`:
 *        those of the territory; `aims`: actions worth aiming at the quartier chosen, best first
 * out    the stream asked for, else every stream for the actions and the first listed one for the places; the year asked
 *        for, else the last one listed
 * empty  no list of the stream → its places are not told at all
 */
export function requestsPage(
	territory: Territory,
	quartiers: readonly Quartier[],
	placed: readonly PlacedAction[],
	verdicts: readonly Verdict[],
	grants: readonly PlacedGrant[],
	ref: Referentiel,
	departmentOf: (commune: string) => string,
	choice: RequestsChoice,
	known: Pick<RequestFacts, 'gaps' | 'asOf'> & {
		/** Verdicts of every action as it is written, when `verdicts` read some as aimed at the quartier chosen. */
		readonly ecrits?: readonly Verdict[];
		/** Documents of the territory, some of which may be lists of grants. */
		readonly documents?: readonly (Parameters<typeof listsRead>[0][number] & ReadDocument)[];
	},
	aims: readonly Aim[] = []
): RequestsPage {
	const around = grants.filter(isAround(territory, departmentOf));
	const listed = new Set(around.map((g) => g.grant.dispositif));
	const financements = familiesAt(ref.financements, territory);
	const asked = financements.find((f) => f.id === choice.dispositif) ?? null;
	const stream = asked ?? financements.find((f) => listed.has(f.id)) ?? null;
	const own = around.filter((g) => g.grant.dispositif === stream?.id);
	const annees = [...new Set(own.flatMap((g) => g.grant.annee ?? []))].sort((a, b) => b - a);
	const annee = choice.annee ?? annees[0] ?? null;
	const ofYear = own.filter((g) => g.grant.annee === annee);
	// A list of one measure says nothing of the communes that this measure is not for.
	const seule = stream && onlyMeasure(ofYear, stream.mesures);
	const whole = placesWithoutGrant(ofYear, territory, quartiers, departmentOf, ref.attributions.tout_le_territoire);
	const lieux = seule ? { ...whole, lieux: whole.lieux?.filter((l) => l.etat !== 'aucune-connue') ?? null } : whole;
	const nomLu = seule ?? stream?.titre ?? null;
	const names = namesApart(quartiers);
	const quartier = quartiers.find((q) => q.code === choice.quartier) ?? null;
	const near = quartier ? placed.filter((p) => reaches(bestReach(p, [quartier.code]))) : placed;
	const streamsOf = (some: readonly PlacedAction[], by = verdicts) =>
		unaskedStreams(some, by, ref, listed).filter((u) => asked === null || u.dispositif === asked.id);
	const indices = cluesFrom(placed, territory.communes, ref, known.asOf);
	const linesOf = (some: ReturnType<typeof streamsOf>) =>
		requestLines(
			some.filter((u) => u.etat !== 'connue'),
			{ placed, verdicts, noms: names, indices, quartier: quartier?.code ?? null, ...known },
			ref
		);
	const streams = streamsOf(near);
	const connues = streams.filter((u) => u.etat === 'connue').length;
	const [mine, mineFull] = apart(linesOf(streams));
	const heads = underHeads(mine, quartier && readAsAimed(near, quartier.code));
	const told = withCalls(quartier ? heads : withAdded(heads, placed, ref, known.asOf), placed, ref);
	const out = new Set(near.map((p) => p.action.id));
	const aimed = aims.map((a) => a.action).filter((p) => !out.has(p.action.id));
	const rang = new Map(aimed.map((p, i) => [p.action.id, i]));
	const why = hereWords(aims, ref);
	const [asking] = apart(linesOf(streamsOf(aimed)));
	const toAim = [...asking]
		.sort((a, b) => rang.get(a.action)! - rang.get(b.action)!)
		.map((l) => ({ ...l, ici: why.get(l.action) ?? null }));
	const toldToAim = withCalls(toAim, placed, ref);
	const usual = askedOfAll([...told, ...toldToAim]);
	const [actions, aFlecher] = [withoutUsual(told, usual), withoutUsual(toldToAim, usual)];
	const groups = byAction(actions);
	const ready = groups.filter(isReady).length;
	const over = groups.filter((lines) => lines.every(maybeOver)).length;
	const flecherDAbord = aFlecher.length > 0 && over === groups.length;
	const titled = flecherDAbord ? byAction(aFlecher) : groups;
	const { ecrits } = known;
	const asWritten =
		quartier && ecrits
			? apart(
					requestLines(
						streamsOf(placed, ecrits).filter((u) => u.etat !== 'connue'),
						{ placed, verdicts: ecrits, ...known },
						ref
					)
				)[0]
			: null;
	const proposed = new Set(aims.slice(0, FIRST_AIMS).map((a) => a.action.action.id));
	const premieres = firstRequests(actions, aFlecher, known.asOf, proposed);
	const shared = sharedScope(premieres);
	const read = knownWords(around, { financements }, known.documents ?? []) || LISTS;
	const none = quartier !== null && actions.length === 0;
	const pourquoi = none ? (mineFull.length ? allFull(mineFull.length) : nothingToAsk(near, connues)) : null;
	const bouclees = mineFull.map(({ action, titre, plan }) => ({ action, titre, plan }));
	return {
		titre: titleOf(lieux, nomLu, annee, seule !== null),
		ouverture: requestsTitle(titled, {
			flecher: flecherDAbord,
			quartier: (quartier && names.get(quartier.code)) ?? null,
			dispositif: asked?.titre ?? null
		}),
		chapo: [
			pourquoi === null ? loanWords(titled.filter(isLoanAlone).length, titled.filter(isReady).length) : '',
			pourquoi ?? (flecherDAbord ? overWords(over) : missingWords(ready, groups.length)),
			pourquoi === null ? fullWords(bouclees.length) : '',
			groups.length + aFlecher.length === 0 && pourquoi === null ? read : ''
		]
			.filter(Boolean)
			.join(' '),
		partout: usual.length ? `Avant tout dépôt${fr.INSECABLE}: ${usual.join(', ')}.` : null,
		dispositif: stream && { id: stream.id, titre: stream.titre },
		annee,
		dispositifs: financements.map(({ id, titre }) => ({ id, titre })),
		annees,
		anneeLibelle: stream ? `Année, liste ${stream.titre}` : 'Année des listes',
		lieux,
		dApres: `D’après ${fr.list(lieux.listes.map((l) => listName(nomLu ?? '', annee, l.importeLe)))}. Le quartier n’est sûr que si la liste le nomme.`,
		fichiers: fr.list(lieux.listes.map((l) => l.fichier)),
		actions,
		premieres: shared === null ? premieres : premieres.map((f) => ({ ...f, portee: null })),
		premieresPortee: shared,
		premieresTitre: firstTitle(premieres, quartier !== null),
		tri: [
			countWords(actions),
			A_INSTRUIRE,
			flecherDAbord ? '' : aimedWords(byAction(aFlecher).length, groups.length),
			ofAllAims(byAction(aFlecher).length, aims.length),
			asWritten ? moreThanAll(titled.filter(isReady).length, byAction(asWritten).filter(isReady).length) : '',
			OPEN_ORDER,
			...orderWords(over, connues, listWords(actions)),
			read === LISTS ? '' : read,
			LISTS
		].filter(Boolean),
		flecherDAbord,
		quartier: quartier && { code: quartier.code, nom: names.get(quartier.code)! },
		quartiers: quartiers.map(({ code }) => ({ code, nom: names.get(code)! })),
		pourquoi,
		uneFois: onceForAll(
			[...actions, ...aFlecher],
			verdicts,
			placed.find((p) => p.lieux)?.lieux,
			{
				...{ territory, quartier: quartier?.code ?? null },
				quartiers: quartiers.map((q) => ({ ...q, nom: names.get(q.code)! }))
			},
			ref
		),
		aFlecher,
		bouclees,
		connues
	};
}

/** Lines of what may be asked for, then actions whose plan is full: nothing is left, and that is known. */
function apart(lines: readonly UnaskedLine[]) {
	const groups = byAction(lines);
	return [groups.filter((g) => !isFull(g)).flat(), groups.filter(isFull).map((g) => g[0]!)] as const;
}

/** Actions whose funding is read as if they aimed at the quartier: see `readHere`. */
const readAsAimed = (near: readonly PlacedAction[], quartier: string): ReadonlySet<string> =>
	new Set(near.filter((p) => readHere(p, quartier) !== p).map((p) => p.action.id));

const LISTS = `Une demande déposée peut manquer dans les listes${fr.INSECABLE}: posez la question.`;

/** « Aides lues : Fonds vert 2023 ; Subventions DPV 2019 et 2024 ; rien de plus récent. » */
function knownWords(
	around: readonly PlacedGrant[],
	{ financements }: Pick<Referentiel, 'financements'>,
	documents: Parameters<typeof listsRead>[0]
): string {
	const streams = financements.flatMap(({ id, titre }) => {
		const own = around.filter((g) => g.grant.dispositif === id);
		const years = [...new Set(own.flatMap((g) => g.grant.annee ?? []))].sort((a, b) => a - b);
		return own.length ? [listTitle(titre, fr.list(years.map(String)))] : [];
	});
	const all = [...streams, listsRead(documents)].filter((name) => name !== null);
	return all.length ? `Aides lues\u00a0: ${all.join(`${fr.FINE}; `)}\u202f; rien de plus récent.` : '';
}

/** Name of the only measure these grants are of, when its family has others; null otherwise. */
function onlyMeasure(grants: readonly PlacedGrant[], mesures: Referentiel['financements'][number]['mesures']) {
	const [first, ...others] = new Set(grants.map((g) => g.grant.mesure));
	const measure = others.length === 0 && mesures.length > 1 ? mesures.find((m) => m.id === first) : undefined;
	return measure ? measureName(measure) : null;
}

function titleOf({ lieux, projets }: NoGrant, stream: string | null, annee: number | null, seule: boolean): string {
	if (!stream) return 'Qui a obtenu quoi\u00a0: aucune liste de projets subventionnés n’est chargée';
	const what = `${listTitle(stream, annee)}${seule ? ` (seule liste lue\u00a0: ${stream})` : ''}`;
	if (lieux === null) return `${what}\u00a0: aucune liste importée ne couvre ce territoire`;
	if (projets === 0) return `${what}\u00a0: ${AUCUN_PROJET}, pour tout le territoire`;
	const communes = (etat: GrantState): number => lieux.filter((l) => l.genre === 'commune' && l.etat === etat).length;
	const parts = [
		[communes('obtenu'), 'avec un projet sûr'],
		[communes('incertain'), 'où on ne sait pas'],
		[communes('aucune-connue'), 'sans projet connu']
	] as const;
	const told = parts.filter(([n]) => n > 0).map(([n, words]) => `${fr.count(n, 'commune')} ${words}`);
	return `${what}\u00a0: ${[`${fr.count(projets, 'projet')} dans le territoire`, ...(told.length ? [fr.list(told)] : [])].join(', ')}`;
}
