import { cellText, type CellValue } from '../import/cell';
import { count, quoted } from '../french';
import { anomaly, type Issue } from '../issue';
import { parseMoney } from '../money';
import { isCancelled, isRefused } from '../money-taken-back';
import { plain } from '../text';
import type { Grant, GrantColumn } from './grant';
import { totalIssue, totalWords } from './total-row';

export interface GrantContext {
	readonly feuille: string;
	/** Family or measure the list is about. */
	readonly dispositif: string;
	/** Measure of that family that words name; null when none, or several. */
	readonly mesureNommee: (words: string) => string | null;
	/** Year of the rows that say none. */
	readonly annee: number | null;
	/** Known INSEE codes, former ones included. */
	readonly estCommune: (code: string) => boolean;
	/** Cents of the rows above: since the start, since the last total. */
	readonly sommes?: readonly number[];
}

export type GrantOutcome =
	| {
			readonly etat: 'acceptee';
			readonly grant: Grant;
			readonly issues: readonly Issue[];
			/** Its amount had more than two decimals. */
			readonly arrondi: boolean;
	  }
	/** `total`: it adds up the rows above. */
	| { readonly etat: 'rejetee' | 'ignoree'; readonly issues: readonly Issue[]; readonly total?: true };

const ABSENT = /^(?:null|n\.?[cdr]\.?|-|–|néant)?$/i;

/**
 * One row of a list of grants.
 * in     `cell(column)`: the cell of a column, null when the list has no such column
 * out    `rejetee` when the amount or the project cannot be read, `ignoree` for a blank row or a total; all issues
 * never  takes a missing amount for 0
 */
export function parseGrant(
	cell: (column: GrantColumn) => CellValue,
	ligne: number,
	context: GrantContext
): GrantOutcome {
	const text = (column: GrantColumn): string | null => {
		const said = cellText(cell(column));
		return ABSENT.test(said) ? null : said;
	};
	const say = (severity: Issue['severity'], code: Issue['code'], message: string, more = {}): Issue =>
		anomaly(code, severity, `Ligne ${ligne}\u00a0: ${message}`, {
			where: { sheet: context.feuille, row: ligne },
			...more
		});
	const intitule = text('intitule') ?? text('mesure');
	const amount = cellText(cell('montant'));
	const total = totalWords(text, centsOf(cell('montant')), context.sommes ?? []);
	if (total !== null)
		return {
			etat: 'ignoree',
			total: true,
			issues: [totalIssue(total, centsOf(cell('montant')), context.feuille, ligne)]
		};
	if (text('intitule') === null && text('beneficiaire') === null && (amount === '' || text('dossier') === null))
		return {
			etat: 'ignoree',
			issues: [say('info', 'ligne-ecartee', 'ni projet ni bénéficiaire, ligne vide ou total, non comptée.')]
		};
	if (intitule === null)
		return {
			etat: 'rejetee',
			issues: [
				say('bloquant', 'titre-absent', 'le projet n’a pas d’intitulé\u202f; la ligne n’est pas comptée.', {
					found: text('beneficiaire'),
					expected: 'l’intitulé du projet',
					hint: 'Complétez l’intitulé dans le fichier, puis déposez-le à nouveau.'
				})
			]
		};
	const state = text('etat');
	if (state !== null && (isCancelled(state) || isRefused(state)))
		return {
			etat: 'ignoree',
			issues: [
				say('a-verifier', 'ligne-ecartee', `le projet est donné ${quoted(state)}\u202f; il n’est pas compté.`, {
					found: state,
					expected: 'une aide accordée',
					hint: 'Rien à faire si l’aide n’a pas été versée\u202f; sinon, corrigez son état dans le fichier.'
				})
			]
		};
	const cents = centsOf(cell('montant'));
	if (cents === null)
		return {
			etat: 'rejetee',
			issues: [
				say(
					'bloquant',
					'montant-illisible',
					`le montant accordé ${amount === '' ? 'manque' : `${quoted(amount)} n’est pas lisible`}\u202f; la ligne n’est pas comptée.`,
					{
						found: amount === '' ? null : amount,
						expected: 'un montant en euros',
						hint: 'Écrivez un nombre, par exemple 42\u202f885,00.'
					}
				)
			]
		};
	const issues: Issue[] = [];
	if (cents < 0)
		issues.push(
			say(
				'a-verifier',
				'valeur-suspecte',
				'le montant est négatif (une reprise\u202f?)\u00a0: il est compté tel quel.',
				{
					found: amount
				}
			)
		);
	const place = communeOf(text, context, (found) =>
		issues.push(
			say(
				'a-verifier',
				'commune-inconnue',
				`le code de commune ${quoted(found)} est inconnu\u202f; sans SIREN qui confirme le nom, le lieu reste à préciser.`,
				{
					found,
					expected: 'un code INSEE à cinq caractères',
					hint: 'Vérifiez le code\u00a0: un zéro a pu disparaître au début.'
				}
			)
		)
	);
	const year = yearOf(cell('annee'), context.annee);
	const named = nameOf(text, context);
	const dossier = text('dossier');
	const siren = sirenOf(text('siren'));
	return {
		etat: 'acceptee',
		issues,
		arrondi: isRounded(cell('montant'), cents),
		grant: {
			cle: keyOf({
				dossier,
				annee: year.annee,
				intitule,
				siren,
				montant: cents,
				dispositif: named.mesure ?? named.dispositif
			}),
			dossier,
			...named,
			...year,
			intitule,
			beneficiaire: text('beneficiaire'),
			siren,
			...place,
			montant: cents,
			cout: centsOf(cell('cout')),
			ligne
		}
	};
}

/** The number of a file; without it, the year, the words, the body and the amount. */
function keyOf(said: {
	readonly dossier: string | null;
	readonly annee: number | null;
	readonly intitule: string;
	readonly siren: string | null;
	readonly montant: number;
	readonly dispositif: string;
}): string {
	if (said.dossier !== null) return `d:${plain(said.dossier)}`;
	return `t:${said.dispositif}|${said.annee ?? ''}|${plain(said.intitule)}|${said.siren ?? ''}|${said.montant}`;
}

/** Euro cents: each row is rounded once, by `parseMoney`. */
function centsOf(cell: CellValue): number | null {
	// What a list takes back is written with its minus.
	const back = typeof cell === 'number' ? cell < 0 : /^\s*[-−–]\s*\d/.test(cellText(cell));
	const said = !back ? cell : typeof cell === 'number' ? -cell : cellText(cell).replace(/^\s*[-−–]\s*/, '');
	const money = parseMoney(said, 'inconnu').value;
	return money === null ? null : Math.round(money.euros * 100) * (back ? -1 : 1);
}

/** What is said of a list whose amounts are finer than the cent. */
export const roundedIssue = (n: number): Issue =>
	anomaly(
		'valeur-suspecte',
		'info',
		n === 1
			? '1 montant a plus de deux décimales\u00a0: il est arrondi au centime, la moitié vers le haut.'
			: `${count(n, 'montant')} ont plus de deux décimales\u00a0: chacun est arrondi au centime, la moitié vers le haut.`
	);

/** What a spreadsheet adds after fifteen digits is no decimal. */
const NOISE = 1e-4;

function isRounded(cell: CellValue, cents: number): boolean {
	const digits = cellText(cell).replace(/[^\d.,-]/g, '');
	const gap = Math.abs(Number(digits.replace(',', '.')) * 100 - cents);
	return gap > NOISE && gap < 1;
}

const sirenOf = (text: string | null): string | null => /^\d{9}/.exec((text ?? '').replace(/\s/g, ''))?.[0] ?? null;

function yearOf(cell: CellValue, fallback: number | null): Pick<Grant, 'annee' | 'date'> {
	const said = cellText(cell);
	const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(said);
	const french = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(said);
	if (iso) return { annee: Number(iso[1]), date: iso[0] };
	if (french) return { annee: Number(french[3]), date: `${french[3]}-${french[2]}-${french[1]}` };
	const year = /^(?:19|20)\d{2}$/.exec(said)?.[0];
	return { annee: year ? Number(year) : fallback, date: null };
}

/** Family and measure: the row may name them more finely than the list. */
function nameOf(
	text: (column: GrantColumn) => string | null,
	{ dispositif, mesureNommee }: GrantContext
): Pick<Grant, 'dispositif' | 'mesure' | 'mesureTexte'> {
	const words = [text('mesure'), text('dispositif')].filter((w) => w !== null);
	const [family] = dispositif.split('.');
	const own = dispositif.includes('.') ? dispositif : null;
	const named = words.flatMap((w) => mesureNommee(w) ?? []);
	return { dispositif: family!, mesure: named[0] ?? own, mesureTexte: words[0] ?? null };
}

function communeOf(
	text: (column: GrantColumn) => string | null,
	{ estCommune }: GrantContext,
	unknown: (found: string) => void
): Pick<Grant, 'commune' | 'communeNom' | 'departement' | 'codeInconnu'> {
	const departement = departmentOf(text('departement'));
	const communeNom = text('commune_nom');
	const said = text('commune');
	// « 2691 » is 02691 with its zero lost by a spreadsheet.
	const code = said === null ? null : /^\d{4}$/.test(said) ? `0${said}` : said.toUpperCase();
	const known = code !== null && estCommune(code);
	if (code !== null && !known) unknown(said!);
	return {
		commune: known ? code : null,
		communeNom,
		departement,
		...(code !== null && !known && { codeInconnu: code })
	};
}

/** « 2 », « 02 », « 002 » → « 02 »; « 2a » → « 2A »; « 974 » stays. */
function departmentOf(text: string | null): string | null {
	if (text === null) return null;
	const bare = text.toUpperCase().replace(/^0+(?=[\dAB]{2})/, '');
	if (/^9[78]\d$|^\d{2}$|^2[AB]$/.test(bare)) return bare;
	return /^\d$/.test(bare) ? `0${bare}` : null;
}
