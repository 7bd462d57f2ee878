import { reaches } from '../crossing/coverage';
import { FINE, inWords, list, plural } from '../french';
import { fact, holdersOf, listOf, monthsLater, natureWords, niveauOf } from './gap-context';
import { named } from './gap-common-words';
import { whyHere } from './gap-why';
import { askedOfAll } from './gap-people';
import { facts } from './gap-facts';
import { approaching, sameEnjeu } from './gap-approached';
import { placeUnknown } from './gap-unknown-place';
import { eachCell, type Ask } from './gap-cells';
import type { Finding, GapView } from './gap-context';
import type { PlacedAction } from '../crossing/place';
import type { EnjeuCroise, GapRule } from './referentiel';

/* A quartier where a crossing is talked about and nothing is built. */

/**
 * G03: only awareness or studies (N3, N4) answer the crossing in the quartier, or come near it, no investment (N1).
 * out    'service-present' when a service (N2, N5) is there too; 'investissement-epci-proche' when an EPCI-wide investment
 *        starts within two years; 'investissement-voisin' when one of the same transition enjeu is there, which may answer; a request for data when an action of unknown nature could be the investment, or one of unknown place that is more than talk be there
 * never  for crossings of `sans_objet`
 */
export function sensibilisationSeule(view: GapView, rule: GapRule): readonly Finding[] {
	const without = listOf(rule, 'sans_objet');
	const soon = monthsLater(view.asOf, 24);
	const starts = (a: PlacedAction) => a.nature?.code === 'N1' && startsBetween(a, view.asOf, soon);
	const ask: Ask = (quartier, croise, carriers, _elsewhere, same) => {
		const near = approaching(quartier.code, croise, carriers, same);
		if (near.length === 0 && without.includes(croise.transition)) return null;
		const whole = carriers.filter((a) => a.croises.some((c) => c.code === croise.code && c.complet));
		const here = whole.filter((a) => reaches(niveauOf(a, quartier.code)));
		const of = (...natures: string[]) => here.filter((a) => natures.includes(a.nature?.code ?? '?'));
		const soft = near.length > 0 ? near : of('N3', 'N4');
		if (soft.length === 0 || of('N1').length > 0) return null;
		// What may be there and is more than talk: an investment, or the first service, which would soften what is said.
		const away = whole.filter((a) => niveauOf(a, quartier.code) === 'inconnu' && !SOFT.includes(a.nature?.code ?? '?'));
		const unsure =
			near.length > 0
				? []
				: [...of('?'), ...away.filter((a) => !a.nature || a.nature.code === 'N1' || of('N2', 'N5').length === 0)];
		const invested = carriers.filter((a) => starts(a) && niveauOf(a, quartier.code) === 'diffuse');
		const service = of('N2', 'N5').length ? ['service-present'] : [];
		const shown = [...soft, ...of('N2', 'N5'), ...unsure];
		// An investment here on the same transition enjeu, for another half: what a reader would object.
		const beside = same.find((a) => a.nature?.code === 'N1' && !carriers.includes(a));
		const softened = invested.length
			? ['investissement-epci-proche']
			: [...service, ...(beside ? ['investissement-voisin'] : [])];
		return {
			...whyHere(view, quartier.code, [croise.transition, croise.ville, croise.code]),
			reponse: unsure.length ? 'donnee-manquante' : 'alerte',
			cas: unsure.length ? [] : softened,
			valeurs: {
				appui: list([
					...of('N2', 'N5')
						.slice(0, 1)
						.map((a) => `un service (${named(a)})`),
					`${softWords(soft)} (${soft.length > 1 ? 'dont ' : ''}${named(soft[0]!)})`
				]),
				repose:
					near.length > 0 ? 'n’est approché que par' : beside || away.length > 0 ? 'repose sur' : 'ne repose que sur',
				investi: beside
					? `aucun investissement n’est confirmé (${named(beside)} y contribue peut-être)`
					: 'aucun investissement n’y est lu',
				structurant: croise.structurant ? ` (${croise.structurant})` : '',
				d_abord: beside
					? besideThenOthers(askedOfAll([beside], holdersOf(view, [beside]), view.territoire), croise)
					: `${softThenOthers(view, soft, croise)}, quel investissement est prévu dans le quartier`,
				commence: (invested[0]?.action.dates?.debut ?? '') > view.asOf ? 'commence bientôt' : 'est en cours',
				investissement: invested[0] ? named(invested[0]) : '',
				...whatIsUnknown(view, unsure),
				a_qui: askedOfAll(
					unsure.length ? unsure : soft,
					holdersOf(view, unsure.length ? unsure : soft),
					view.territoire
				),
				au_porteur: askedOfAll(invested, holdersOf(view, invested), view.territoire)
			},
			preuves: {
				actions: shown.map((a) => a.action.id),
				champs: ['nature'],
				faits: facts([
					...shown.map((a) => fact(view, a, a.nature ? natureWords(view, a.nature.code) : 'nature inconnue')),
					...invested.map((a) => fact(view, a, 'investissement à l’échelle de l’intercommunalité')),
					...(beside ? [fact(view, beside, 'investissement sur le même enjeu de transition, à confirmer')] : [])
				])
			}
		};
	};
	// The day an investment begins changes its words.
	const begun = (a: PlacedAction) => starts(a) && (a.action.dates?.debut ?? '') <= view.asOf;
	const today = (carriers: readonly PlacedAction[]) => [...carriers.filter(starts), ...carriers.filter(begun)];
	return eachCell(view, rule, ask, today, sameEnjeu(view));
}

const SOFT: readonly string[] = ['N3', 'N4'];

/** What one of them lacks to be the investment: its nature, or only its place. */
function whatIsUnknown(view: GapView, unsure: readonly PlacedAction[]) {
	const [first] = unsure;
	if (!first) return { inconnue: '', ce_quoi: '' };
	// One whose nature is not said may well say its place.
	const many = unsure.filter((a) => !a.nature === !first.nature).length > 1;
	return first.nature
		? {
				inconnue: `${named(first)} ${first.nature.code === 'N1' ? 'est un investissement' : 'y répond peut-être'}, mais ${placeUnknown([first], view)}`,
				ce_quoi: `dans quels quartiers ${many ? 'ces actions se déroulent' : 'cette action se déroule'}`
			}
		: {
				inconnue: `rien ne dit si ${named(first)} est un investissement`,
				ce_quoi: `ce que ${many ? 'ces actions apportent' : 'cette action apporte'} au quartier (travaux, service ou étude)`
			};
}

/** « à la Ville de Lys si cet investissement y répond ; sinon, lui demander… »: a town is not asked twice under two names. */
function besideThenOthers(asked: string, croise: EnjeuCroise): string {
	const too = landlordsToo(croise) ? ', ainsi qu’aux bailleurs,' : '';
	const whom = isTown(asked) ? `lui demander${too}` : `à la commune${landlordsToo(croise) ? ' et aux bailleurs' : ''},`;
	return `${asked} si cet investissement y répond${FINE}; sinon, ${whom} quel investissement est prévu`;
}

/** A landlord owns no school. */
const landlordsToo = ({ si_present }: EnjeuCroise): boolean => si_present?.ecoles === undefined;

const isTown = (asked: string): boolean => / (?:ville|commune|mairie)[ \u2063]/i.test(asked);

/** « au Centre social, puis à la commune et aux bailleurs »: who carries what is talked of, then who may build; each once. */
function softThenOthers(view: GapView, soft: readonly PlacedAction[], croise: EnjeuCroise): string {
	const asked = askedOfAll(soft, holdersOf(view, soft), view.territoire);
	const builders = [
		...(isTown(asked) ? [] : ['à la commune']),
		...(/ bailleurs /i.test(`${asked} `) || !landlordsToo(croise) ? [] : ['aux bailleurs'])
	];
	return builders.length > 0 ? `${asked}, puis ${list(builders)}` : asked;
}

/** « une action d’étude », « deux actions de sensibilisation », « trois actions de sensibilisation ou d’étude » */
function softWords(soft: readonly PlacedAction[]): string {
	const kinds = new Set(soft.map((a) => a.nature?.code));
	const told =
		kinds.size > 1
			? 'de sensibilisation ou d’étude'
			: kinds.has('N4')
				? 'd’étude ou d’ingénierie'
				: 'de sensibilisation';
	return `${inWords(soft.length, true)} ${plural(soft.length, 'action')} ${told}`;
}

/** Runs under way or starting before the day given; without a date nobody knows. */
function startsBetween({ action }: PlacedAction, from: string, to: string): boolean {
	const { debut, fin } = action.dates ?? {};
	return !!debut && debut < to && (!fin || fin >= from) && action.statut !== 'realise';
}
