import type { Echelle, FinancingLine } from '../action';
import type { Basis } from '../money';
import type { Referentiel } from '../rules/referentiel';
import type { ListName } from './gabarit';
import { showCode } from './list-cell';

/* What drop-down lists offer: the words of the référentiel, and the quartiers of the territory. */

export interface Choice {
	/** Value in an action; null for words that are kept as they are. */
	readonly code: string | null;
	/** What the cell shows. */
	readonly texte: string;
}

export type Choices = Readonly<Record<ListName, readonly Choice[]>>;

const ECHELLES: Readonly<Record<Echelle, string>> = {
	batiment: 'Bâtiment ou site',
	quartier: 'Quartier',
	commune: 'Commune',
	epci: 'Intercommunalité',
	'supra-epci': 'Supra-intercommunale'
};
const BASES: Readonly<Record<Basis, string>> = { HT: 'HT', TTC: 'TTC', inconnu: 'Non précisée' };
const GENRES: Readonly<Record<FinancingLine['genre'], string>> = {
	subvention: 'Subvention',
	pret: 'Prêt',
	autofinancement: 'Autofinancement',
	valorisation: 'Valorisation'
};
export const PRIORITES = ['Élevé', 'Moyen', 'Bas'] as const;
export const PARTICIPATIONS = [
	'Pas de participation citoyenne',
	'Information',
	'Consultation',
	'Concertation',
	'Co-construction'
] as const;

/** Every list, in the order of the référentiel. */
export function choicesOf(
	ref: Pick<Referentiel, 'plans' | 'enjeux' | 'financements'>,
	quartiers: readonly { readonly code: string; readonly nom: string }[]
): Choices {
	const named = (list: readonly { readonly code: string; readonly libelle: string }[]): Choice[] =>
		list.map(({ code, libelle }) => ({ code, texte: libelle }));
	const words = (texts: readonly string[]): Choice[] => texts.map((texte) => ({ code: null, texte }));
	const record = (labels: Readonly<Record<string, string>>): Choice[] =>
		Object.entries(labels).map(([code, texte]) => ({ code, texte }));
	const coded = (list: readonly { readonly code: string; readonly libelle: string }[]): Choice[] =>
		list.map(({ code, libelle }) => ({ code, texte: showCode(code, libelle) }));
	return {
		statuts: named(ref.plans.statuts),
		porteurs: named(ref.plans.porteurs),
		echelles: record(ECHELLES),
		quartiers: coded(quartiers.map(({ code, nom }) => ({ code, libelle: nom }))),
		priorites: words(PRIORITES),
		bases: record(BASES),
		dispositifs: ref.financements.flatMap((file) =>
			[{ id: file.id, libelle: file.titre }, ...file.mesures].map(({ id, libelle }) => ({
				code: id,
				texte: `${libelle} [${id}]`
			}))
		),
		genres: record(GENRES),
		etats: named(ref.plans.financements),
		transition: coded(ref.enjeux.transition),
		ville: coded(ref.enjeux.ville),
		natures: coded(ref.enjeux.natures),
		participations: words(PARTICIPATIONS),
		oui_non: record({ true: 'Oui', false: 'Non' })
	};
}

/** The code whose words these are, whichever way they are written; null when none. */
export const codeOf = (choices: readonly Choice[], texte: string): string | null =>
	choices.find((c) => c.texte === texte || c.code === texte)?.code ?? null;
