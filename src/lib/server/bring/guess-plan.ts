import type { PlanKind } from '../../domain/action';
import type { Guess } from '../../domain/bring/recognised';
import { ONLY_ONE } from '../../domain/bring/where-they-go';
import { cellText } from '../../domain/import/cell';
import type { Sheet } from '../../domain/import/sheet';
import { bareName } from '../../domain/import/row-territory';
import type { PlansFile } from '../../domain/rules/referentiel';
import { plain } from '../../domain/text';
import { epciNames, epciOf, epciOfCommune } from '../cog';
import type { DbOrTrx } from '../db/client';
import { listQuartiers } from '../db/territories';
import { listTerritories } from '../territories';

/* What the words of a file say of its plan, its territory and its period; each guess says where it comes from. */

/** Rows that come before the data, banners included. */
const HEAD = 6;
const SAMPLE = 400;
const BY_NAME = 'd’après le nom du fichier';
const BY_SHEET = 'd’après le nom de la feuille';
const BY_HEAD = 'd’après le haut du tableau';
const BY_ROWS = 'd’après ses lignes';

/** Texts of a file from the surest to the least: its name, its sheets, its first rows. */
export interface Words {
	readonly texte: string;
	readonly dApres: string;
}

export function wordsOf(fichier: string, sheets: readonly Sheet[]): readonly Words[] {
	const seen = sheets.filter((s) => !s.masquee);
	// A banner stands alone on its row; what stands among others is data, and speaks of its own row only.
	const head = seen.flatMap((s) => s.rows.slice(0, HEAD).flatMap((row) => alone(row.map(cellText))));
	return [
		{ texte: fichier.replace(/\.[^.]*$/, ''), dApres: BY_NAME },
		{ texte: seen.map((s) => s.nom).join(' | '), dApres: BY_SHEET },
		{ texte: head.join(' | '), dApres: BY_HEAD }
	];
}

const alone = (texts: readonly string[]): readonly string[] => {
	const filled = texts.filter((t) => t !== '');
	return filled.length <= 2 ? filled : [];
};

/** The only type of plan that one of the texts names; null when none does, or when the first that speaks names two. */
export function guessKind(words: readonly Words[], plans: PlansFile): Guess<PlanKind> | null {
	for (const { texte, dApres } of words) {
		const said = ` ${plain(texte)} `;
		const named = plans.types
			.filter((t) => t.famille !== 'libre')
			.flatMap((t) => {
				const at = [t.code, t.court, t.libelle, ...t.mots]
					.map((name) => ` ${plain(name)} `)
					.filter((name) => said.includes(name));
				return at.length ? [{ code: t.code, names: at }] : [];
			});
		// « Convention de renouvellement urbain » also holds « renouvellement urbain »: what is inside another name is that name.
		const own = named.filter(({ code, names }) =>
			names.some(
				(n) => !named.some((other) => other.code !== code && other.names.some((o) => o !== n && o.includes(n)))
			)
		);
		if (own.length === 1) return { valeur: own[0]!.code, dApres };
		if (own.length > 1) return null;
	}
	return null;
}

/** Years that open and close a plan, as one of the texts writes them; else the lone year of a name. */
export function guessPeriod(words: readonly Words[]): Guess<string> | null {
	for (const { texte, dApres } of words) {
		const [, from, to] = /(?<!\d)((?:19|20)\d\d)\s?(?:[-–/_]|à|a)\s?((?:19|20)\d\d)(?!\d)/.exec(texte) ?? [];
		if (from && to && from < to) return { valeur: `${from}-${to}`, dApres };
	}
	const years = new Set(words[0]?.texte.match(/(?<!\d)20\d\d(?!\d)/g) ?? []);
	return years.size === 1 ? { valeur: [...years][0]!, dApres: BY_NAME } : null;
}

type Place = { readonly code: string; readonly nom: string };

/**
 * The territory a file is about: the one it names, the one its codes are in, else the only one of the base.
 * never  guesses between two
 */
export async function guessTerritory(
	db: DbOrTrx,
	words: readonly Words[],
	sheets: readonly Sheet[]
): Promise<Guess<Place> | null> {
	const known = await listTerritories(db);
	for (const { texte, dApres } of words) {
		const said = ` ${bareName(texte)} `;
		const own = known.filter((t) => ownWords(t.nom, known).some((word) => said.includes(` ${word} `)));
		if (own.length === 1) return { valeur: own[0]!, dApres };
		const named = [...known, ...epciNames()].filter(({ nom }) => {
			const bare = bareName(nom);
			return bare.length > 5 && said.includes(` ${bare} `);
		});
		// « Pays de Valois » is also in « Agglomération du pays de Valois »: the longest name is the one meant.
		const most = Math.max(0, ...named.map((t) => bareName(t.nom).length));
		const codes = new Map(named.filter((t) => bareName(t.nom).length === most).map((t) => [t.code, t.nom]));
		if (codes.size === 1) return { valeur: placeOf([...codes][0]!), dApres };
	}
	const coded = await byRows(db, sheets);
	if (coded) return { valeur: coded, dApres: BY_ROWS };
	const own = known.filter((t) => !t.fictif && (t.plans > 0 || known.length === 1));
	return own.length === 1 ? { valeur: own[0]!, dApres: ONLY_ONE } : null;
}

/** Words of a name that no other territory of the base has: « Valenciennes » is enough. */
const ownWords = (nom: string, known: readonly { readonly nom: string }[]): string[] =>
	bareName(nom)
		.split(' ')
		.filter((w) => w.length > 5 && !known.some((t) => t.nom !== nom && bareName(t.nom).split(' ').includes(w)));

const placeOf = ([code, nom]: readonly [string, string]): Place => ({ code, nom });

/** Nine rows in ten of those that bear a code, or the name of a body, are of one EPCI. */
async function byRows(db: DbOrTrx, sheets: readonly Sheet[]): Promise<Place | null> {
	const quartiers = new Map((await listQuartiers(db)).map((q) => [q.code as string, q.epci]));
	const names = new Map(epciNames().map(({ code, nom }) => [bareName(nom), code as string]));
	const votes = new Map<string, number>();
	let rows = 0;
	for (const sheet of sheets)
		for (const row of sheet.rows.slice(0, SAMPLE)) {
			const texts = row.map(cellText);
			const found = new Set(texts.flatMap((text) => codesIn(text, quartiers, names)));
			if (found.size === 0) continue;
			rows++;
			for (const code of found) votes.set(code, (votes.get(code) ?? 0) + 1);
		}
	const [best] = [...votes].sort((a, b) => b[1] - a[1]);
	const epci = best && best[1] >= rows * 0.9 ? best[0] : null;
	if (epci === null) return null;
	const nom = epciOf(epci)?.nom ?? (await listTerritories(db)).find((t) => t.code === epci)?.nom ?? epci;
	return { code: epci, nom };
}

function codesIn(
	text: string,
	quartiers: ReadonlyMap<string, readonly string[]>,
	names: ReadonlyMap<string, string>
): string[] {
	const qpv = text.match(/\bQN[0-9A-Z]{6}\b/g) ?? [];
	const sirens = (text.length < 200 ? (text.match(/(?<!\d)\d{9}(?!\d)/g) ?? []) : []).filter((s) => epciOf(s));
	const insee = /^\d{5}$/.test(text) ? (epciOfCommune(text)?.code ?? []) : [];
	const named = BODY.test(text) ? (names.get(bareName(text)) ?? []) : [];
	return [...qpv.flatMap((code) => quartiers.get(code) ?? []), ...sirens, ...insee, ...named].filter(
		(code) => code.length === 9
	);
}

const BODY = /^(?:CA|CC|CU|communauté|métropole)\b.{3,80}$/i;
