import { count } from '../french';

/* The first steps of somebody who has just opened the tool: they say where one is, and never stand in the way. */

export interface Started {
	/** Territory in hand; null until one is chosen. */
	readonly nom: string | null;
	readonly code: string | null;
	readonly quartiers: number;
	readonly plans: number;
	readonly actions: number;
}

export const STEP_IDS = ['territoire', 'perimetres', 'plan', 'matrice'] as const;

export interface FirstStep {
	readonly id: (typeof STEP_IDS)[number];
	readonly titre: string;
	/** What is done, in figures; else what to do. */
	readonly texte: string;
	readonly fait: boolean;
	/** The first one left to do. */
	readonly ici: boolean;
}

/** out    the four steps in order; any of them may be done before another */
export function firstSteps({ nom, quartiers, plans, actions }: Started): FirstStep[] {
	const steps: Omit<FirstStep, 'ici'>[] = [
		{
			id: 'territoire',
			titre: 'Choisir le territoire',
			fait: nom !== null,
			texte: nom ?? 'Par le nom d’une commune ou d’une intercommunalité : le code officiel géographique est déjà là.'
		},
		{
			id: 'perimetres',
			titre: 'Importer les périmètres des quartiers',
			fait: quartiers > 0,
			texte: quartiers
				? count(quartiers, 'quartier prioritaire', 'quartiers prioritaires')
				: 'Le fichier officiel des quartiers prioritaires 2024, tel qu’il est publié. Il sert pour tous les territoires à la fois.'
		},
		{
			id: 'plan',
			titre: 'Déposer un premier plan',
			fait: plans > 0,
			texte: plans
				? `${count(plans, 'document lu', 'documents lus')}, ${count(actions, 'action')}`
				: 'PCAET, PLH, contrat de ville ou un autre, votre fichier tel quel. Rien n’est écrit sans votre accord, et tout import s’annule d’un bloc.'
		},
		{
			id: 'matrice',
			titre: 'Lire la matrice',
			fait: plans > 1 && quartiers > 0,
			texte:
				plans === 1
					? 'Elle s’ouvre déjà. Avec un second plan, elle pourra conclure : un seul ne dit pas ce que l’autre fait.'
					: plans > 1
						? 'Chaque chiffre ouvre ses actions, jusqu’à la ligne du fichier.'
						: 'Deux plans suffisent pour conclure. Chaque chiffre ouvre ses actions, jusqu’à la ligne du fichier.'
		}
	];
	const next = steps.findIndex((s) => !s.fait);
	return steps.map((step, i) => ({ ...step, ici: i === next }));
}
