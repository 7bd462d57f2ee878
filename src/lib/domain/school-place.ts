import { isNamed, type UnresolvedPlace } from './crossing/place';
import { list, quoted } from './french';
import { anomaly, type Issue } from './issue';
import { resolvePlaces, type Places } from './places/reach';

/* Which quartier a line of a list of schools means: read as the « Quartiers » column of a plan is. */

interface Unplaced {
	readonly raison: UnresolvedPlace['raison'] | 'plusieurs' | 'hors';
	/** Those it may mean, [] when nothing tells. */
	readonly proches: UnresolvedPlace['proches'];
}
export type SchoolPlace = { readonly quartier: string } | Unplaced;

/** in     a cell « Quartier », and its cell « Commune », '' when there is none */
export function schoolPlace(quartier: string, commune: string, places: Places): SchoolPlace {
	if (quartier === '') return { raison: 'inconnu', proches: [] };
	const { reach, nonRattaches } = resolvePlaces(
		{
			...{ titre: '', objectif: null, description: null, echelle: null, atteinteDeclaree: null },
			...{ publics: [], porteur: null, porteurType: null, plan: null },
			quartiers: [quartier],
			communes: commune === '' ? [] : [commune]
		},
		places
	);
	const named = reach.filter((r) => isNamed(r.niveau)).map((r) => r.quartier);
	const [question] = nonRattaches;
	if (named.length === 1 && question === undefined) return { quartier: named[0]! };
	const known = (codes: readonly string[]) =>
		codes.flatMap((code) => {
			const found = places.byCode.get(code);
			return found ? [{ code: found.code, nom: found.nom }] : [];
		});
	// A school stands in one place.
	if (named.length > 1) return { raison: 'plusieurs', proches: known(named) };
	const doubtful = reach.filter((r) => r.niveau === 'inconnu' && r.preuve !== null).map((r) => r.quartier);
	// Every one of them is as good as none.
	const maybe = doubtful.length < reach.length ? doubtful : [];
	if (question)
		return { raison: question.raison, proches: question.proches.length > 0 ? question.proches : known(maybe) };
	// « hors QPV », a code of elsewhere: it is none of these.
	const none = reach.length > 0 && reach.every((r) => r.niveau === 'aucune');
	return { raison: none ? 'hors' : 'inconnu', proches: known(maybe) };
}

/** Words that name a quartier of elsewhere, or none, leave nothing to settle here. */
export const mayBeOurs = ({ raison }: Unplaced): boolean =>
	raison !== 'hors' && raison !== 'ailleurs' && raison !== 'code-inconnu';

const WORDS: Readonly<Record<Unplaced['raison'], string>> = {
	inconnu: 'n’est pas un quartier connu du territoire',
	proche: 'ressemble à un quartier du territoire, sans être son nom',
	ambigu: 'peut désigner plusieurs quartiers',
	contraire: 'nomme un quartier qui n’est pas de la commune écrite à côté',
	plusieurs: 'nomme plusieurs quartiers',
	'code-2015': 'est un code de 2015 qui a plusieurs suites',
	'code-inconnu': 'est un code de quartier inconnu ici',
	ailleurs: 'est un quartier d’une autre intercommunalité',
	hors: 'n’est pas un quartier de ce territoire'
};

/** A question when the school may be here: its line waits for its quartier. */
export function unplacedIssue(
	lieu: Unplaced,
	{
		dit,
		nom,
		where
	}: { readonly dit: string; readonly nom: string; readonly where: Pick<Issue['where'], 'sheet' | 'row'> }
): Issue {
	const names = lieu.proches.map((q) => `${q.nom} (${q.code})`);
	const ours = mayBeOurs(lieu);
	const code = ['ambigu', 'contraire', 'plusieurs'].includes(lieu.raison) ? 'quartier-ambigu' : 'quartier-inconnu';
	const then = ours ? `l’école ${quoted(nom)} attend son quartier, et n’est pas comptée` : 'elle n’est pas comptée';
	const what = dit === '' ? 'le quartier n’est pas écrit' : `${quoted(dit)} ${WORDS[lieu.raison]}`;
	return anomaly(code, ours ? 'a-verifier' : 'bloquant', `Ligne ${where.row}\u00a0: ${what}\u202f; ${then}.`, {
		where,
		found: dit || null,
		expected: 'le nom ou le code d’un quartier du territoire',
		hint: names.length > 0 ? `Le plus proche\u00a0: ${list(names.slice(0, 3), 'ou')}.` : null
	});
}
