import { PARTS, type Part } from '../ledger/grant-place';
import {
	groupGrants,
	sharesOf,
	standing,
	withdrawn,
	type PlacedGrant,
	type Shares,
	type Standing
} from '../ledger/shares';
import { inWords, list, percent } from '../french';
import { listTitle } from '../ledger/list-name';
import type { Source } from '../source';

/* What the page of money granted shows: one stream, one year, and the territories under it. */

export interface Stream {
	readonly id: string;
	readonly titre: string;
	readonly mesures: readonly { readonly id: string; readonly libelle: string }[];
	readonly cible: {
		readonly part: number;
		readonly annees: readonly number[];
		readonly note: string;
		readonly references: readonly Source[];
	} | null;
}

export interface LedgerRow {
	readonly code: string | null;
	readonly nom: string;
	readonly shares: Shares;
}

export interface LedgerGrant {
	readonly intitule: string;
	readonly beneficiaire: string | null;
	readonly annee: number | null;
	readonly mesure: string | null;
	/** Euro cents. */
	readonly montant: number;
	readonly part: Part;
	readonly preuve: string;
	readonly quartiers: readonly string[];
	/** « Fonds vert 2023, ligne 12 » */
	readonly source: string;
	readonly fichier: string;
	/** Address of its row as read; null when no list holds it. */
	readonly href: string | null;
}

export interface LedgerPage {
	readonly titre: string;
	readonly chapo: string;
	readonly dispositif: Stream | null;
	readonly dispositifs: readonly { readonly id: string; readonly titre: string; readonly projets: number }[];
	readonly mesure: string | null;
	readonly annee: number | null;
	readonly annees: readonly number[];
	readonly ensemble: Shares;
	readonly situation: Standing | null;
	readonly parAnnee: readonly LedgerRow[];
	/** Measures of the stream, for the year and the territory chosen; empty when there is but one. */
	readonly parMesure: readonly LedgerRow[];
	readonly parTerritoire: readonly LedgerRow[];
	/** Communes with a quartier where the lists show no project. */
	readonly sansProjet: readonly { readonly code: string; readonly nom: string; readonly epci: string | null }[];
	readonly communesAvecQuartier: number;
	readonly attributions: readonly LedgerGrant[];
	readonly attributionsTotal: number;
}

export interface LedgerChoice {
	readonly dispositif: string | null;
	readonly mesure: string | null;
	readonly annee: number | null;
	readonly territoire: string | null;
	readonly part: Part | null;
}

const SHOWN = 30;

/**
 * The page for one choice.
 * in     every grant of the ledger; `communes`: those that have a quartier, within the departments of the lists
 * out    the stream asked for, else the one that has a target, else the first; the measure asked for, else all of the stream;
 *        the year asked for, else every year
 * empty  no list loaded → no stream, and a sentence that says what to do
 */
export function ledgerPage(
	all: readonly PlacedGrant[],
	streams: readonly Stream[],
	communes: readonly { readonly code: string; readonly nom: string; readonly epci: string | null }[],
	nameOf: (epci: string) => string,
	choice: LedgerChoice
): LedgerPage {
	const byStream = groupGrants(all, (g) => g.grant.dispositif);
	const present = streams.filter((s) => byStream.has(s.id));
	const stream = present.find((s) => s.id === choice.dispositif) ?? present.find((s) => s.cible) ?? present[0] ?? null;
	const whole = stream ? (byStream.get(stream.id) ?? []) : [];
	const byMeasure = groupGrants(whole, (g) => measureKey(g.grant));
	const mesure = choice.mesure !== null && byMeasure.has(choice.mesure) ? choice.mesure : null;
	// A measure nobody carries here keeps the name its list gives it.
	const labelOf = (id: string | null) =>
		stream?.mesures.find((m) => m.id === id)?.libelle ??
		(id?.startsWith(AS_WRITTEN) ? id.slice(AS_WRITTEN.length) : 'Mesure non dite');
	const own = mesure === null ? whole : byMeasure.get(mesure)!;
	const byYear = groupGrants(own, (g) => g.grant.annee);
	const annees = [...byYear.keys()].filter((a) => a !== null).sort((a, b) => b - a);
	const annee = choice.annee !== null && annees.includes(choice.annee) ? choice.annee : null;
	const dated = annee === null ? own : (byYear.get(annee) ?? []);
	const kept = choice.territoire ? dated.filter((g) => g.place.epci === choice.territoire) : dated;
	const ensemble = sharesOf(kept);
	// A target is that of the whole stream: none of its measures is held to it alone.
	const target = mesure === null ? (stream?.cible ?? null) : null;
	const situation = target && standingFor(ensemble, annee === null ? annees : [annee], target);
	const listed = choice.part ? kept.filter((g) => g.place.part === choice.part) : kept;
	const served = new Set(dated.map((g) => g.place.commune));
	const around = choice.territoire ? communes.filter((c) => c.epci === choice.territoire) : communes;
	return {
		titre: sentence(
			stream && (mesure === null ? stream.titre : labelOf(mesure)),
			annee === null ? annees : [annee],
			ensemble,
			target && situation !== null ? target.part : null
		),
		chapo: [chapo(all.length > 0, ensemble), withdrawn(ensemble)].filter(Boolean).join(' '),
		dispositif: stream,
		dispositifs: present.map((s) => ({ id: s.id, titre: s.titre, projets: byStream.get(s.id)!.length })),
		mesure,
		annee,
		annees,
		ensemble,
		situation,
		parAnnee: annees.map((a) => ({
			code: String(a),
			nom: String(a),
			shares: sharesOf(inside(byYear.get(a)!, choice))
		})),
		parMesure:
			byMeasure.size < 2
				? []
				: [...byMeasure]
						.map(([code, grants]) => ({
							code,
							nom: labelOf(code),
							shares: sharesOf(inside(grants, choice).filter((g) => annee === null || g.grant.annee === annee))
						}))
						.filter((row) => row.shares.projets > 0)
						.sort((a, b) => b.shares.montant - a.shares.montant),
		parTerritoire: [...groupGrants(dated, (g) => g.place.epci)]
			.map(([code, grants]) => ({
				code,
				nom: code === null ? 'Territoire non situé' : nameOf(code),
				shares: sharesOf(grants)
			}))
			.sort((a, b) => Number(a.code === null) - Number(b.code === null) || b.shares.montant - a.shares.montant),
		sansProjet: around.filter((c) => !served.has(c.code)),
		communesAvecQuartier: around.length,
		attributions: [...listed]
			.sort((a, b) => PARTS.indexOf(a.place.part) - PARTS.indexOf(b.place.part) || b.grant.montant - a.grant.montant)
			.slice(0, SHOWN)
			.map((g) => toLine(g, stream?.titre ?? g.grant.dispositif)),
		attributionsTotal: listed.length
	};
}

const AS_WRITTEN = 'liste:';

/** A measure of the référentiel, else « liste: » and the words of the list; null: the list says none. */
const measureKey = ({ mesure, mesureTexte }: PlacedGrant['grant']): string | null =>
	mesure ?? (mesureTexte === null ? null : `${AS_WRITTEN}${mesureTexte}`);

/** A target speaks for its own years: one year outside them, and nothing is concluded from the sum. */
export const standingFor = (
	shares: Shares,
	annees: readonly number[],
	cible: { readonly part: number; readonly annees: readonly number[] }
): Standing | null =>
	annees.length > 0 && annees.every((a) => cible.annees.includes(a)) ? standing(shares.intervalle, cible.part) : null;

const inside = (grants: readonly PlacedGrant[], { territoire }: LedgerChoice): readonly PlacedGrant[] =>
	territoire ? grants.filter((g) => g.place.epci === territoire) : grants;

const toLine = ({ grant, place, fichier, liste }: PlacedGrant, titre: string): LedgerGrant => ({
	intitule: grant.intitule,
	beneficiaire: grant.beneficiaire,
	annee: grant.annee,
	mesure: grant.mesureTexte,
	montant: grant.montant,
	part: place.part,
	preuve: place.preuve,
	quartiers: place.quartiers,
	source: `${listTitle(titre, grant.annee)}, ligne\u00a0${grant.ligne}`,
	fichier,
	href: liste ? `/region/argent/listes/${liste}/lignes/${grant.ligne}` : null
});

/** An interval as wide as the whole says nothing: what is not known is said first. */
const mostlyLost = ({ montant, parts }: Pick<Shares, 'montant' | 'parts'>): boolean =>
	parts.inconnu.montant > montant / 2;

function chapo(loaded: boolean, shares: Shares): string {
	if (!loaded)
		return 'Chargez une liste publique de projets subventionnés : Fonds vert, dotations de l’État, aides de l’ADEME.';
	if (shares.intervalle && mostlyLost(shares))
		return `Le siège d’un bénéficiaire n’est pas le lieu des travaux : demandez-le au financeur. D’ici là, la part des quartiers est entre ${percent(shares.intervalle.min)} et ${percent(shares.intervalle.max)}.`;
	return 'Une borne basse, ce qui va sûrement dans un quartier, et une borne haute, ce qui peut y aller. L’écart vient des projets que les listes ne situent pas au quartier.';
}

/** The share that goes to quartiers, as one figure: its two bounds and what they are; null when no list tells it. */
export function shareFigure(page: Pick<LedgerPage, 'dispositif' | 'annees' | 'ensemble' | 'situation'>) {
	const { dispositif, annees, ensemble, situation } = page;
	if (!dispositif || !ensemble.intervalle) return null;
	const { min, max } = ensemble.intervalle;
	const what = listTitle(dispositif.titre, list([...annees].reverse().map(String)));
	const sure = percent(min) === percent(max);
	return {
		chiffre: sure ? percent(min) : `${percent(min).replace(/\s?%/, '')} à ${percent(max)}`,
		suite: what,
		sens: [
			sure ? 'vont à des projets dans un quartier' : 'vont aux quartiers, de la part sûre à la part possible',
			dispositif.cible && markWords(dispositif.cible, annees, situation)
		]
			.filter(Boolean)
			.join('. '),
		href: '/region/argent'
	};
}

const MARK: Readonly<Record<Standing, string>> = {
	atteinte: 'atteint',
	'non-atteinte': 'non atteint',
	indecidable: 'on ne peut pas dire s’il est atteint'
};

/** How the share stands against the target, or the years that target is of when these are others. */
function markWords(cible: NonNullable<Stream['cible']>, annees: readonly number[], situation: Standing | null): string {
	const mark = percent(cible.part, 0);
	if (situation) return `Repère de ${mark}\u00a0: ${MARK[situation]}`;
	const others = annees.filter((a) => !cible.annees.includes(a)).sort((a, b) => a - b);
	return `Le repère de ${mark}, posé pour ${list(cible.annees.map(String))}, ne s’applique pas à ${list(others.map(String))}`;
}

function sentence(
	nom: string | null,
	annees: readonly number[],
	{ intervalle, projets, montant, parts }: Shares,
	cible: number | null
): string {
	if (nom === null)
		return 'Aucune liste publique d’aides n’est chargée\u00a0: celles qu’écrivent les plans se lisent sur les pages des quartiers';
	// Without its years, a sum of lists reads as all the money there is.
	const what = listTitle(nom, list([...annees].reverse().map(String)));
	if (!intervalle) return `${what} : aucun montant dans ce territoire`;
	const { min, max } = intervalle;
	if (mostlyLost({ montant, parts }))
		return `${what} : le lieu n’est pas dit pour ${percent(parts.inconnu.montant / montant)} de l’argent`;
	const sure = percent(min) === percent(max);
	const range = sure ? percent(min) : `entre ${percent(min)} et ${percent(max)}`;
	const held =
		cible === null
			? ''
			: max < cible
				? `, sous le repère de ${percent(cible, 0)}`
				: min >= cible
					? `, au-dessus du repère de ${percent(cible, 0)}`
					: '';
	return `${what} : ${range} ${sure ? 'va' : 'vont'} aux quartiers${held}${projets === 1 ? `, sur ${inWords(1)} projet` : ''}`;
}
