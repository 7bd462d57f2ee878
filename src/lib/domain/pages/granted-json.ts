import type { Shares } from '../ledger/shares';
import type { LedgerPage } from './ledger-page';

/* Money really granted, as a script reads it: one entry per stream, its years and its territories under it. */

const inEuros = (cents: number): number => cents / 100;

/** Euros, to the cent; `part` is an interval from 0 to 1, null when nothing was granted; `reprises`: what lists take back, if they do. */
const sharesJson = ({ projets, montant, parts, intervalle, reprises }: Shares) => ({
	projets,
	montant: inEuros(montant),
	parts: {
		enQpv: inEuros(parts['en-qpv'].montant),
		communeAvecQpv: inEuros(parts['commune-avec-qpv'].montant),
		ailleurs: inEuros(parts.ailleurs.montant),
		inconnu: inEuros(parts.inconnu.montant)
	},
	part: intervalle,
	...(reprises.projets > 0 && { reprises: { ...reprises, montant: inEuros(reprises.montant) } })
});

const partJson = (page: LedgerPage) => ({
	...sharesJson(page.ensemble),
	cible: page.situation === null ? null : (page.dispositif!.cible?.part ?? null),
	situation: page.situation,
	territoires: page.parTerritoire.map(({ code, nom, shares }) => ({ code, nom, ...sharesJson(shares) }))
});

/**
 * One stream of the ledger.
 * in     its page for all years, then that of each year; what a list does not date is in the first only
 * out    `cible` and `situation` null when the stream has no target for these years
 */
export const grantedJson = (whole: LedgerPage, years: readonly LedgerPage[]) => ({
	dispositif: whole.dispositif!.id,
	libelle: whole.dispositif!.titre,
	...partJson(whole),
	annees: years.map((page) => ({ annee: page.annee, ...partJson(page) }))
});
