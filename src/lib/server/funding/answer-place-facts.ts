import { isRefusal, type Refusal } from '../../domain/issue';
import { placeFactDefs } from '../../domain/funding/place-facts';
import { placesAsked } from '../../domain/pages/once-for-all';
import type { Referentiel } from '../../domain/rules/referentiel';
import type { Db } from '../db/client';
import { keepDecision } from '../keep-decision';
import { quartiersOf } from '../db/territories';
import { refuse, signed } from '../decide';
import { getTerritory } from '../territories';

/* People answer once what measures ask of the communes, the quartiers or the whole of a territory. */

export interface PlaceFactAnswer {
	readonly territoire: string;
	readonly fait: string;
	/** The places are those of this quartier; null: all of the territory. */
	readonly quartier: string | null;
	/** Yes for all, no for all, or yes for `lieux` alone and no for the others. */
	readonly reponse: string;
	readonly lieux: readonly string[];
	readonly source: string;
	readonly par: string;
	readonly le: string;
}

/**
 * Keeps one gesture: every place asked about gets its answer.
 * out    number of the decision, which takes the whole gesture back; a refusal when nobody signs or nothing is chosen
 */
export async function answerPlaceFact(db: Db, ref: Referentiel, asked: PlaceFactAnswer): Promise<number | Refusal> {
	const { territoire, fait, quartier, reponse, le } = asked;
	const def = placeFactDefs(ref.financements).get(fait);
	if (!def) return refuse('Cette question n’est posée par aucune mesure.', 'Rechargez la page.');
	if (!asked.par.trim()) return refuse('Indiquez votre nom.', 'Une réponse est toujours signée.', 'par');
	const territory = await getTerritory(db, territoire);
	if (!territory) return refuse('Ce territoire n’est pas dans cette base.');
	const places = placesAsked(def, territory, await quartiersOf(db, territoire), quartier).map((p) => p.code);
	if (places.length === 0) return refuse('Ce quartier n’est pas dans ce territoire.', 'Rechargez la page.');
	const valueOf = answerOf(reponse, asked.lieux);
	if (isRefusal(valueOf)) return valueOf;
	const reponses = Object.fromEntries(places.map((code) => [code, valueOf(code)]));
	if (reponse === 'choisis' && !Object.values(reponses).includes(true))
		return refuse('Aucun lieu n’est coché.', 'Cochez au moins un lieu, ou répondez non pour tous.', 'lieu');
	return keepDecision(db, {
		...signed({ territoire, par: asked.par, le, motif: asked.source }, 'fait-lieu', fait, null, {
			...{ libelle: def.libelle, portee: def.portee, reponses }
		})
	});
}

function answerOf(reponse: string, lieux: readonly string[]): ((code: string) => boolean) | Refusal {
	if (reponse === 'oui') return () => true;
	if (reponse === 'non') return () => false;
	if (reponse === 'choisis') return (code) => lieux.includes(code);
	return refuse('La réponse n’est pas choisie.', 'Répondez oui, non, ou cochez les lieux concernés.', 'lieu');
}
