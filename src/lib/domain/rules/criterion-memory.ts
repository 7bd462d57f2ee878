import { rootsOfExpression } from '../crossing/tokens';
import type { Labels, Outcome } from './criteria';
import type { Criterion, Situation } from './funding';
import { once } from '../memory';
import { remember, rememberOf } from '../remember';
import { plain } from '../text';

/* Many actions give a criterion the same answer: what is said of it is written once, for as long as the labels are the same. */

const written = rememberOf<Labels, Criterion, Outcome>(2_000);

/** What is already written for that answer on that day, or what `write` says. */
export function outcomeOnce(
	criterion: Criterion,
	{ labels, situation, asOf }: { readonly labels: Labels; readonly situation: Situation; readonly asOf: string },
	write: () => Outcome
): Outcome {
	return written(labels, criterion, `${asOf} ${answerTo(criterion, situation)}`, write);
}

/** All that a criterion looks at in a situation. */
export function answerTo(criterion: Criterion, situation: Situation): string {
	switch (criterion.critere) {
		case 'enjeu':
			return situation.enjeux ? joined(situation.enjeux) : 'undefined';
		case 'mots':
			return wordsSeen(criterion, situation.titre).join();
		case 'fait': {
			const value = situation.faits?.[criterion.fait];
			const deduced = value === undefined ? deducedFact(criterion, situation.faits) : null;
			return `${typeof value} ${String(value)} ${deduced?.parceQue ?? ''}`;
		}
		case 'nature':
			return `${situation.nature} ${situation.nature_lue}`;
		case 'maitre_ouvrage':
			return `${situation.maitre_ouvrage} ${situation.maitres_ouvrage?.join()}`;
		default:
			return String(situation[criterion.critere]);
	}
}

/** What the facts known settle of one that nobody supplied, and why; null when they settle nothing. */
export function deducedFact(
	{ deduit = [] }: Extract<Criterion, { critere: 'fait' }>,
	faits: Situation['faits']
): { readonly valeur: boolean | string; readonly parceQue: string } | null {
	for (const { de, parmi, sauf, vaut, parce_que } of deduit) {
		const from = faits?.[de];
		if (from === undefined) continue;
		if ((parmi?.includes(String(from)) ?? true) && !(sauf?.includes(String(from)) ?? false))
			return { valeur: vaut, parceQue: parce_que.replace('{valeur}', String(from)) };
	}
	return null;
}

/** Asked by every measure of the same action. */
const joined = once((codes: readonly string[]): string => codes.join());

type Words = Extract<Criterion, { critere: 'mots' }>;
const readers = new WeakMap<Words, (text: string) => readonly string[]>();

/** Words of a criterion that a title holds, in any of their forms: « végétalisée » says « végétaliser ». */
export function wordsSeen(criterion: Words, titre = ''): readonly string[] {
	const known = readers.get(criterion) ?? readers.set(criterion, wordReader(criterion)).get(criterion)!;
	return known(titre);
}

function wordReader({ parmi }: Words): (text: string) => readonly string[] {
	const forms = new Map<string, string[]>();
	for (const word of parmi) forms.set(rootsIn(word), [...(forms.get(rootsIn(word)) ?? []), word]);
	return remember(
		(titre) => {
			const text = rooted(titre);
			// Of several forms of one word, the one that is written, or the first.
			return [...forms].flatMap(([roots, [first, ...others]]) =>
				text.includes(roots) ? (others.find((word) => isWritten(word, titre)) ?? first!) : []
			);
		},
		{ texts: 2_000, characters: 4_000 }
	);
}

const isWritten = (word: string, text: string): boolean => ` ${plain(text)} `.includes(` ${plain(word)} `);

const rootsIn = (text: string): string => ` ${rootsOfExpression(text).join(' ')} `;

/** The same title meets every measure: its words are reduced to their roots once. */
const rooted = remember(rootsIn, { texts: 2_000, characters: 4_000 });
