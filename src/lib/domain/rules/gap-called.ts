import type { Named } from '../bodies';

/* Who is named in a sentence, kept apart while it is written: several gaps read together say it without their names. */

/** A sign nobody sees, on both sides of who is called: never in a sentence once it is said. */
const MARK = '\u2063';

export const marked = (said: string): string => `${MARK}${said}${MARK}`;

/** Ends with a comma, which the sentence drops before another sign. */
export const setApart = (said: string): string => `${said},${marked('')}`;

/** « à la Mission locale » and « la Mission locale », each marked. */
export const markedBoth = ({ a, le }: Named): Named => ({ a: marked(a), le: marked(le) });

/** The sentence as it is said, and whom it names: « à la Mission locale ». */
export function spoken(text: string): { readonly dit: string; readonly appeler: readonly string[] } {
	if (!text.includes(MARK)) return { dit: text, appeler: NOBODY };
	const pieces = text.split(MARK);
	return { dit: pieces.join(''), appeler: pieces.filter((piece, at) => at % 2 === 1 && piece !== '') };
}
const NOBODY: readonly string[] = [];

/** What a sentence says for several actions at once: « à la Mission locale » → « à qui porte l’action », « (Service habitat) » → nothing. */
export function withoutNames({ aFaire, appeler = NOBODY }: Asking): string {
	let said = aFaire;
	for (const who of appeler) said = said.replace(who, withoutName(who));
	return withoutExample(said)
		.replace(/ \([^()]*\)/g, '')
		.replace(ONE_SUM, 'les montants ');
}
/** « les 60 000 € demandés » is the sum of one of them. */
const ONE_SUM = /les \d[\d\s,]*€ /g;

/** A town is called for its quartier, and everybody else for the action. */
function withoutName(who: string): string {
	const [halls] = /^(?:à la mairie|aux mairies)(?= d)/.exec(who) ?? [];
	if (halls) return `${halls} du quartier`;
	if (/^(?:à la commune|aux communes) d/.test(who)) return 'aux communes qui ont un quartier prioritaire';
	const [, service] = /^aux? services? des (écoles|espaces verts) /.exec(who) ?? [];
	if (service) return `au service des ${service} de la commune`;
	return /^(?:à |aux? )/.test(who) ? 'à qui porte l’action' : 'qui porte l’action';
}

/** « en proposer une, par exemple une ressourcerie, ou écarter » → « en proposer une ou écarter »: each crossing has its own. */
export const withoutExample = (aFaire: string): string =>
	aFaire.includes(', par exemple ') ? aFaire.replace(/, par exemple .+?(?:,(?= ou écarter)|(?=\.$))/, '') : aFaire;

/** A gap, of which its gesture is read. */
export interface Asking {
	readonly aFaire: string;
	readonly appeler?: readonly string[];
}
