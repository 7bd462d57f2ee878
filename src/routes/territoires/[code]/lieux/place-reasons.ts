import type { PlaceQuestion } from '$lib/domain/pages/place-questions';

const RAISONS = {
	inconnu: ['?', 'Aucun quartier du territoire ne porte ce nom.'],
	proche: ['≈', 'Presque le nom d’un quartier.'],
	ambigu: ['≠', 'Plusieurs quartiers portent ce nom : dites lequel pour cette action.'],
	'autre-commune': ['≠', 'Le quartier de ce nom est dans une autre commune que celle de la ligne.'],
	contraire: ['≠', 'Le quartier de ce nom n’est pas de la commune écrite à côté.'],
	ailleurs: ['≠', 'Ce quartier est celui d’un autre territoire.'],
	commune: ['?', 'Aucune commune du territoire ne porte ce nom.'],
	'code-2015': ['?', 'Ancien code : plusieurs quartiers lui succèdent.'],
	'code-inconnu': ['?', 'Code inconnu : aucun quartier d’ici ne le porte ni ne lui succède.']
} as const;

/** Why a place could not be attached by itself: a sign, and a sentence. */
export const raisonOf = (q: Pick<PlaceQuestion, 'raison' | 'proches'>): readonly [signe: string, phrase: string] =>
	RAISONS[q.raison === 'ambigu' && q.proches.length < 2 ? 'autre-commune' : q.raison];
