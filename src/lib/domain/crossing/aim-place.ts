import { aimTrial } from './aim-trial';
import type { AimPlace } from './aims';
import { quartierMarks } from './quartier-marks';
import type { Crossed } from './territory-view';

/** What every page looks at when it proposes actions to aim at a quartier: the same order everywhere. */
export function aimPlace({ view, indicateurs, regard }: Crossed, quartier: string): AimPlace {
	const at = view.croises.columns.keys.findIndex(({ code }) => code === quartier);
	const answers = view.croises.rows.keys.map(
		({ code }, i) => [code, view.croises.cells[i]![at]?.coverage ?? 'aucune'] as const
	);
	return {
		...{ quartier, gaps: view.gaps, marques: quartierMarks(indicateurs, quartier) },
		...{ essai: aimTrial(regard, quartier), reponses: new Map(at < 0 ? [] : answers) }
	};
}
