import { endedPlans } from '../rules/plan-ended';
import { aimTrial } from './aim-trial';
import type { AimPlace } from './aims';
import type { PlacedAction } from './place';
import { quartierMarks } from './quartier-marks';
import { mostlySocial } from './social-housing';
import type { Crossed } from './territory-view';

/** What every page looks at when it proposes actions to aim at a quartier: the same order everywhere. */
export function aimPlace({ view, indicateurs, regard, ref }: Crossed, quartier: string): AimPlace {
	const at = view.croises.columns.keys.findIndex(({ code }) => code === quartier);
	const answers = view.croises.rows.keys.map(
		({ code }, i) => [code, view.croises.cells[i]![at]?.coverage ?? 'aucune'] as const
	);
	const { quartier_social: rule } = ref.marqueurs;
	const social = mostlySocial(indicateurs.get(quartier) ?? [], rule);
	const isPrivate = (placed: PlacedAction) => regard.vue.marques(placed).some((m) => m.code === rule.marqueur);
	const { vue } = regard;
	const ended = endedPlans(vue.documents, vue.asOf);
	const doubtOf = (placed: PlacedAction): string | null => {
		const over = ended(placed.action);
		if (over) return `${over}, et rien ne dit si l’action se poursuit`;
		return social && isPrivate(placed) ? `elle vise le logement privé, et ${social}` : null;
	};
	return {
		doute: doubtOf,
		...{ quartier, gaps: view.gaps, marques: quartierMarks(indicateurs, quartier) },
		...{ essai: aimTrial(regard, quartier), reponses: new Map(at < 0 ? [] : answers) }
	};
}
