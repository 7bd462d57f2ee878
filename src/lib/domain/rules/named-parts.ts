import { once } from '../memory';
import { stems } from '../stem';
import { plain } from '../text';
import type { Action } from '../action';

/* The part of an operation that a title says it is: « phase 2 », « 3ème tranche », « lot 4 ». Two parts are no double entry. */

export interface NamedPart {
	readonly kind: string;
	readonly number: number;
}

const KINDS = 'phase|tranche|lot|etape';
const AFTER = new RegExp(`\\b(${KINDS})s? (?:n |no |numero )?(\\d{1,4}|i{1,3}|iv|vi{0,3})\\b`, 'g');
const BEFORE = new RegExp(
	`\\b(\\d{1,2})(?:ere|er|re|e|eme|ieme|nde|nd) (${KINDS})\\b|\\b(premiere?|deuxieme|seconde?|troisieme|quatrieme) (${KINDS})\\b`,
	'g'
);
const ANY = new RegExp(KINDS.replace('etape', '[ée]tape'), 'i');
const ROMAN = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii'];
const RANKS = [/^premier/, /^(?:deuxieme|second)/, /^troisieme/, /^quatrieme/];

const numberOf = (said: string): number =>
	/^\d/.test(said) ? Number(said) : Math.max(ROMAN.indexOf(said), RANKS.findIndex((r) => r.test(said)) + 1);

/** in     a title; out every part it names, [] when it names none */
export const partsOf = once(({ titre }: Pick<Action, 'titre'>): readonly NamedPart[] => {
	if (!ANY.test(titre)) return [];
	const said = plain(titre);
	return [
		...[...said.matchAll(AFTER)].map(([, kind, n]) => ({ kind: kind!, number: numberOf(n!) })),
		...[...said.matchAll(BEFORE)].map(([, n, kind, word, other]) => ({
			kind: (kind ?? other)!,
			number: numberOf((n ?? word)!)
		}))
	];
});

/** Share of the words of two titles, their parts aside, from which they name one operation. */
const ONE_OPERATION = 0.6;

/** « phase 1 » and « phase 2 » of titles that say the same otherwise; null when either names none, or the same one. */
export function otherParts(a: Pick<Action, 'titre'>, b: Pick<Action, 'titre'>): readonly [NamedPart, NamedPart] | null {
	const [own, other] = [partsOf(a), partsOf(b)];
	for (const one of own) {
		const rivals = other.filter((x) => x.kind === one.kind);
		const met = own.some((x) => rivals.some((y) => x.kind === y.kind && x.number === y.number));
		if (rivals.length > 0 && !met && isOneOperation(a.titre, b.titre)) return [one, rivals[0]!];
	}
	return null;
}

function isOneOperation(a: string, b: string): boolean {
	const rootsOf = (titre: string) =>
		new Set(stems(plain(titre).replace(AFTER, ' ').replace(BEFORE, ' ')).filter((root) => root.length > 2));
	const [own, other] = [rootsOf(a), rootsOf(b)];
	const shared = [...own].filter((root) => other.has(root)).length;
	return shared / Math.max(1, own.size + other.size - shared) >= ONE_OPERATION;
}

const LABEL: Readonly<Record<string, string>> = { etape: 'étape' };
const partWords = ({ kind, number }: NamedPart): string => `${LABEL[kind] ?? kind} ${number}`;

/** « tranches d’une même opération : phase 1 et phase 2, à coordonner » */
export const partsWords = ([one, other]: readonly [NamedPart, NamedPart]): string =>
	`tranches d’une même opération\u00a0: ${partWords(one)} et ${partWords(other)}, à coordonner`;
