import { ofThe } from '../french';

/* What a territory still lacks for its crossings to be read, the most useful first. */

export interface Held {
	readonly nom: string;
	readonly quartiers: number;
	/** Perimeters were loaded, here or around: a territory without any quartier then lacks none. */
	readonly perimetres: boolean;
	/** Kinds of plan it has; a mere list of grants is none. */
	readonly plans: readonly string[];
	readonly indicateurs: boolean;
	readonly attributions: boolean;
	readonly contours: boolean;
}

export interface Missing {
	readonly cle: 'perimetres' | 'pcaet' | 'contrat-de-ville' | 'plh' | 'indicateurs' | 'attributions' | 'contours';
	/** « Il manque le contrat de ville. » */
	readonly phrase: string;
	/** What it will allow, and where to find it. */
	readonly detail: string;
}

/** out    [] when nothing useful lacks */
export function missingFiles(held: Held): readonly Missing[] {
	const all: readonly (Missing & { readonly absent: boolean })[] = [
		{
			cle: 'perimetres',
			absent: !held.perimetres,
			phrase: `Il manque les périmètres des quartiers ${ofThe(held.nom)}.`,
			detail: 'Le fichier national « Quartiers prioritaires 2024 » de l’ANCT, sur data.gouv.fr.'
		},
		{
			cle: 'contrat-de-ville',
			// Without any quartier there is no contrat de ville to ask for.
			absent: (held.quartiers > 0 || !held.perimetres) && !held.plans.includes('contrat-de-ville'),
			phrase: 'Il manque le contrat de ville.',
			detail: 'Le tableau de ses actions ou sa programmation, auprès du service politique de la ville.'
		},
		{
			cle: 'pcaet',
			absent: !held.plans.includes('pcaet'),
			phrase: 'Il manque le plan climat (PCAET).',
			detail: 'Le tableau du service climat, un export de Territoires en Transitions, ou le fichier de l’ADEME.'
		},
		{
			cle: 'plh',
			absent: !held.plans.includes('plh'),
			phrase: 'Il manque le programme de l’habitat (PLH).',
			detail: 'Le tableau des actions, auprès du service habitat.'
		},
		{
			cle: 'indicateurs',
			absent: held.quartiers > 0 && !held.indicateurs,
			phrase: 'Il manque les indicateurs des quartiers.',
			detail: 'Population, pauvreté, logement social par quartier : sig.ville.gouv.fr ou l’INSEE.'
		},
		{
			cle: 'attributions',
			absent: !held.attributions,
			phrase: 'Il manque les subventions déjà accordées.',
			detail: 'Les listes du Fonds vert, de la DPV, de la DSIL et de la DETR, sur data.gouv.fr.'
		},
		{
			cle: 'contours',
			absent: !held.contours,
			phrase: 'Il manque les contours des communes, pour la carte.',
			detail: 'Un fichier de communes de l’IGN ou de data.gouv.fr.'
		}
	];
	return all.filter((m) => m.absent).map(({ absent: _absent, ...m }) => m);
}
