import { anomaly, type Issue } from '../../domain/issue';
import type { GrantColumn } from '../../domain/ledger/grant';
import { groupGrants, sharesOf, type PlacedGrant, type Shares, type Standing } from '../../domain/ledger/shares';
import type { AnomalyLine } from '../files/headed-table';
import type { LeftOut } from './other-stream';

/* What is said of a list of grants once it is loaded. */

/** Amounts in euros, to the cent. */
export interface GrantReport {
	readonly schema: 'croisee/attributions/1';
	readonly import: number | null;
	readonly fichier: string;
	readonly dispositif: string;
	readonly lues: number;
	readonly acceptees: number;
	readonly rejetees: number;
	readonly ignorees: number;
	readonly montant: number;
	readonly parts: {
		readonly enQpv: number;
		readonly communeAvecQpv: number;
		readonly ailleurs: number;
		readonly inconnu: number;
	};
	readonly projets: GrantReport['parts'];
	/** The same, year by year; a year of null: the list does not say it. */
	readonly parAnnee: readonly {
		readonly annee: number | null;
		readonly montant: number;
		readonly parts: GrantReport['parts'];
	}[];
	/** Why the place of some is not known, the largest amount first. */
	readonly lieuxInconnus: readonly { readonly raison: string; readonly projets: number; readonly montant: number }[];
	readonly intervalle: { readonly min: number; readonly max: number } | null;
	/** What the list takes back, among the amounts; below zero. */
	readonly reprises: { readonly montant: number; readonly projets: number };
	readonly cible: { readonly part: number; readonly annees: readonly number[]; readonly note: string } | null;
	readonly situation: Standing | null;
	readonly annees: readonly number[];
	/** Rows left out, among the ignored: their own columns name another stream. */
	readonly autresDispositifs: readonly LeftOut[];
	/** Rows left out, among the ignored: another stream counts them already. */
	readonly dejaComptees: readonly LeftOut[];
	/** Grants that an earlier list already had. */
	readonly dejaConnues: number;
	readonly colonnes: readonly { readonly colonne: GrantColumn; readonly entete: string }[];
	readonly anomalies: readonly AnomalyLine[];
}

/** Amounts in euros, or numbers of projects. */
export function partsOf({ parts }: Shares, pick: 'montant' | 'projets'): GrantReport['parts'] {
	const of = (part: keyof Shares['parts']): number => parts[part][pick] / (pick === 'montant' ? 100 : 1);
	return {
		enQpv: of('en-qpv'),
		communeAvecQpv: of('commune-avec-qpv'),
		ailleurs: of('ailleurs'),
		inconnu: of('inconnu')
	};
}

export const yearLines = (placed: readonly PlacedGrant[]): GrantReport['parAnnee'] =>
	[...groupGrants(placed, (g) => g.grant.annee)]
		.sort(([a], [b]) => (a ?? 0) - (b ?? 0))
		.map(([annee, grants]) => {
			const shares = sharesOf(grants);
			return { annee, montant: shares.montant / 100, parts: partsOf(shares, 'montant') };
		});

export const unknownPlaces = (placed: readonly PlacedGrant[]): GrantReport['lieuxInconnus'] =>
	[
		...groupGrants(
			placed.filter(({ place }) => place.part === 'inconnu'),
			({ place }) => place.raison ?? place.preuve
		)
	]
		.map(([raison, grants]) => ({
			raison: raison!,
			projets: grants.length,
			montant: sharesOf(grants).montant / 100
		}))
		.sort((a, b) => b.montant - a.montant);

/** Rows whose code, number or name speak of two communes: each is said, with the one that is kept, if one is. */
export const contraryIssues = (placed: readonly PlacedGrant[], sheet: string): Issue[] =>
	placed.flatMap(({ grant: { ligne, commune, beneficiaire }, place: { contraire, commune: kept } }) =>
		contraire === undefined
			? []
			: anomaly('commune-inconnue', 'a-verifier', `Ligne ${ligne}\u00a0: deux communes sont dites, ${contraire}.`, {
					where: { sheet, row: ligne },
					found: [commune, beneficiaire].filter(Boolean).join(', ') || null,
					expected: 'un code et un nom de la même commune',
					hint:
						kept === null
							? 'Corrigez le code ou le nom dans le fichier, puis déposez-le à nouveau.'
							: 'Vérifiez, et corrigez le fichier si ce n’est pas elle.'
				})
	);
