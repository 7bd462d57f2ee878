import { capital, count, list } from '../french';

/* The first steps of somebody who has just opened the tool: they say where one is, and never stand in the way. */

export interface Started {
	/** Territory in hand; null until one is chosen. */
	readonly nom: string | null;
	readonly code: string | null;
	readonly quartiers: number;
	readonly plans: number;
	readonly actions: number;
}

export const STEP_IDS = ['territoire', 'fichiers', 'matrice'] as const;

export interface FirstStep {
	readonly id: (typeof STEP_IDS)[number];
	readonly titre: string;
	/** What is done, in figures; else what to do. */
	readonly texte: string;
	readonly fait: boolean;
	/** The first one left to do. */
	readonly ici: boolean;
}

/** out    the three steps in order; any of them may be done before another */
export function firstSteps({ nom, quartiers, plans, actions }: Started): FirstStep[] {
	const read = [
		quartiers ? count(quartiers, 'quartier') : '',
		plans ? `${count(plans, 'document')}, ${count(actions, 'action')}` : ''
	].filter(Boolean);
	const lacking = [quartiers ? '' : 'les périmètres des quartiers', plans ? '' : 'un plan'].filter(Boolean);
	const steps: Omit<FirstStep, 'ici'>[] = [
		{
			id: 'territoire',
			titre: 'Choisir le territoire',
			fait: nom !== null,
			texte: nom ?? ''
		},
		{
			id: 'fichiers',
			titre: 'Apporter les fichiers',
			fait: lacking.length === 0,
			texte:
				read.length === 0
					? 'Les périmètres des quartiers 2024 et vos plans, tels quels, ensemble.'
					: `${capital(read.join(', '))}.${lacking.length ? ` Il manque ${list(lacking)}.` : ''}`
		},
		{
			id: 'matrice',
			titre: 'Lire la matrice',
			fait: plans > 1 && quartiers > 0,
			texte:
				plans === 1
					? 'Elle s’ouvre déjà ; un second plan lui permettra de conclure.'
					: 'Chaque chiffre ouvre ses actions.'
		}
	];
	const next = steps.findIndex((s) => !s.fait);
	return steps.map((step, i) => ({ ...step, ici: i === next }));
}
