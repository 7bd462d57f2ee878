import { singleKey } from '$lib/ui/single-keys';

export type Gesture = 'oui' | 'non' | 'suivante' | 'precedente' | 'annuler';

const GESTURES: Readonly<Record<string, Gesture>> = {
	o: 'oui',
	n: 'non',
	u: 'annuler',
	arrowdown: 'suivante',
	arrowup: 'precedente'
};

/** What a key asks of the queue; null when it asks nothing. */
export function gestureOf(event: KeyboardEvent): Gesture | null {
	return GESTURES[singleKey(event)?.toLowerCase() ?? ''] ?? null;
}
