import { anomaly, type Issue } from '../issue';
import { count, list, number, quoted } from '../french';
import type { IndicatorDef } from '../rules/referentiel';
import { InseeCode, OldQpvCode, QpvCode } from '../territory';
import { plain } from '../text';

export type Lieu = { readonly genre: 'qpv' | 'commune' | 'epci'; readonly code: string };

export interface IndicatorTable {
	readonly feuille: string;
	readonly entetes: readonly string[];
	readonly lignes: readonly { readonly ligne: number; readonly cells: readonly string[] }[];
}

/** One value kept, with the row it was read from. */
export interface KeptValue {
	readonly code: string;
	readonly lieu: Lieu;
	readonly valeur: number;
	readonly annee: string | null;
	readonly ligne: number;
}

export interface IndicatorReadout {
	readonly valeurs: readonly KeptValue[];
	readonly lues: number;
	readonly acceptees: number;
	readonly rejetees: number;
	readonly ignorees: number;
	readonly issues: readonly Issue[];
	readonly ignoreesParRaison: readonly {
		readonly raison: string;
		readonly nombre: number;
		readonly lignes: readonly number[];
	}[];
}

const PLACES = {
	qpv: ['codeqpv', 'codeqp', 'codequartier', 'codeqp2024', 'qp2024', 'qpv'],
	code: ['code', 'codgeo', 'codegeo'],
	commune: ['cog', 'inseecom', 'codeinsee', 'depcom', 'codecommune', 'insee'],
	epci: ['sirenepci', 'codeepci', 'epci', 'siren'],
	annee: ['annee', 'millesime', 'an']
} as const;

/** Of several in one row, the narrowest place is the one that counts. */
const PLACE_COLUMNS = ['qpv', 'code', 'commune', 'epci'] as const;

/** Ways statistical files write « secret » or « not available ». */
const BLANKS = new Set([
	'',
	'-',
	'–',
	's',
	'c',
	'nd',
	'ns',
	'na',
	'n/a',
	'n.d.',
	'nc',
	'n.c.',
	'nr',
	'n.r.',
	'null',
	'nan',
	'secret'
]);

const squash = (text: string): string => plain(text).replaceAll(' ', '');

/** Which indicator each header carries; null for the others, and for a second column of an indicator already found. */
export function matchColumns(entetes: readonly string[], defs: readonly IndicatorDef[]): (IndicatorDef | null)[] {
	const byName = new Map<string, IndicatorDef>();
	for (const def of defs)
		for (const name of [...def.colonnes, def.code, def.libelle])
			if (!byName.has(squash(name))) byName.set(squash(name), def);
	const seen = new Set<string>();
	return entetes.map((entete) => {
		const name = squash(entete);
		// « TP6021 » : the year of the figures, as INSEE writes it at the end of its columns.
		const def = byName.get(name) ?? byName.get(name.replace(/(?:20\d\d|[12]\d)$/, '')) ?? null;
		if (!def || seen.has(def.code)) return null;
		seen.add(def.code);
		return def;
	});
}

/** True when a row can be the header of a table of indicators: a place and at least one indicator. */
export const isIndicatorHeader = (entetes: readonly string[], defs: readonly IndicatorDef[]): boolean =>
	PLACE_COLUMNS.some((p) => at(entetes, p) >= 0) && matchColumns(entetes, defs).some((def) => def !== null);

type Outcome = { readonly etat: 'acceptee' | 'rejetee' } | { readonly etat: 'ignoree'; readonly raison: string };
interface Candidate extends KeptValue {
	readonly def: IndicatorDef;
}

const REPEATED = 'Le lieu est déjà donné par une autre ligne, avec les mêmes valeurs\u00a0: il est compté une fois.';
const OLDER = 'Une année plus récente est donnée pour le même lieu.';
const SECRET = 'La valeur est couverte par le secret statistique ou n’est pas disponible\u00a0: ce n’est pas zéro.';
const NOTE = 'La ligne est une note, pas un lieu.';
const EMPTY = 'La ligne ne porte aucune valeur\u00a0: rien n’est renseigné, ce n’est pas zéro.';

/**
 * Reads a table of indicator values, one row per place; a place repeated over several rows is counted once.
 * in     `oldCode`: the 2024 code of an unchanged 2015 quartier, null when it changed
 * out    lues = acceptees + rejetees + ignorees; a row is accepted when at least one of its values is kept
 * never  takes a blank for 0; keeps a value outside its bounds; chooses between two different values
 */
export function readIndicatorTable(
	table: IndicatorTable,
	defs: readonly IndicatorDef[],
	oldCode: (code: string) => string | null = () => null
): IndicatorReadout {
	const columns = matchColumns(table.entetes, defs);
	const issues: Issue[] = [];
	const outcomes = new Map<number, Outcome>();
	const candidates = new Map<string, Candidate[]>();
	const suspect = new Set<string>();
	const hidden = new Map<string, { ligne: number; text: string }[]>();
	const say = (code: Issue['code'], severity: Issue['severity'], message: string, row: number, more = {}): void =>
		void issues.push(anomaly(code, severity, message, { where: { sheet: table.feuille, row }, ...more }));

	const old: { ligne: number; code: string }[] = [];
	for (const { ligne, cells } of table.lignes) {
		if (cells.every((c) => c === '')) {
			outcomes.set(ligne, { etat: 'ignoree', raison: 'La ligne est vide.' });
			continue;
		}
		if (
			cells.filter((c) => c !== '').length === 1 &&
			/^\p{L}+ ?:|^\*|\p{L}{2,} \p{L}{2,}/u.test(cells.find((c) => c !== '')!)
		) {
			outcomes.set(ligne, { etat: 'ignoree', raison: NOTE });
			continue;
		}
		const lieu = readPlace(table.entetes, cells, oldCode);
		if ('old' in lieu || 'raison' in lieu) {
			if ('old' in lieu) old.push({ ligne, code: lieu.old });
			else say('code-inconnu', 'bloquant', lieu.raison, ligne);
			outcomes.set(ligne, { etat: 'rejetee' });
			continue;
		}
		const annee = cells[at(table.entetes, 'annee')]?.match(/\b(19|20)\d{2}\b/)?.[0] ?? null;
		let refused = false;
		let given = 0;
		columns.forEach((def, i) => {
			const text = cells[i] ?? '';
			if (!def) return;
			if (BLANKS.has(text.toLowerCase())) {
				if (/[a-z]/i.test(text)) hidden.set(def.libelle, [...(hidden.get(def.libelle) ?? []), { ligne, text }]);
				return;
			}
			const valeur = readNumber(text);
			const problem = valeur === null ? `${quoted(text)} n’est pas un nombre` : outOfBounds(def, valeur, lieu);
			const key = `${def.code} ${lieu.genre} ${lieu.code}`;
			if (problem !== null || valeur === null) {
				refused = true;
				// The same value of the whole quartier on each of its communes: said once.
				if (suspect.has(`${key} ${text}`)) return;
				suspect.add(`${key} ${text}`);
				say(
					'valeur-suspecte',
					'a-verifier',
					`${def.libelle}, ${lieu.code}\u00a0: ${problem}\u202f; la valeur est écartée.`,
					ligne,
					{
						where: { sheet: table.feuille, row: ligne, column: table.entetes[i] ?? null },
						found: text,
						expected: bounds(def)
					}
				);
				return;
			}
			given++;
			candidates.set(key, [...(candidates.get(key) ?? []), { code: def.code, lieu, valeur, annee, ligne, def }]);
		});
		const secret = [...hidden.values()].some((cells) => cells.at(-1)?.ligne === ligne);
		outcomes.set(ligne, refused && !given ? { etat: 'rejetee' } : { etat: 'ignoree', raison: secret ? SECRET : EMPTY });
	}

	for (const [libelle, cells] of hidden) {
		const marks = list([...new Set(cells.map((c) => quoted(c.text)))]);
		const message = `${libelle}\u00a0: ${count(cells.length, 'valeur secrète ou non disponible', 'valeurs secrètes ou non disponibles')} (${marks}), laissées vides.`;
		say('saisie-incomplete', 'info', message, cells[0]!.ligne, { found: cells[0]!.text });
	}
	const valeurs: KeptValue[] = [];
	const rank = { acceptee: 3, rejetee: 2, ignoree: 1 } as const;
	const settle = (ligne: number, outcome: Outcome): void => {
		const before = outcomes.get(ligne);
		if (!before || rank[outcome.etat] >= rank[before.etat]) outcomes.set(ligne, outcome);
	};
	for (const all of candidates.values()) {
		const last = all.map((c) => c.annee ?? '').sort().at(-1)!; // prettier-ignore
		const recent = all.filter((c) => (c.annee ?? '') === last);
		for (const c of all) if (!recent.includes(c)) settle(c.ligne, { etat: 'ignoree', raison: OLDER });
		const [first, ...others] = recent as [Candidate, ...Candidate[]];
		const other = others.find((c) => c.valeur !== first.valeur);
		if (other) {
			const found = `${number(first.valeur)} (ligne ${first.ligne}), ${number(other.valeur)} (ligne ${other.ligne})`;
			const message = `${first.def.libelle}, ${first.lieu.code}\u00a0: deux valeurs différentes, ${found}\u202f; aucune n’est retenue.`;
			say('valeur-suspecte', 'a-verifier', message, other.ligne, { found });
			for (const c of recent) settle(c.ligne, { etat: 'rejetee' });
			continue;
		}
		settle(first.ligne, { etat: 'acceptee' });
		for (const c of others) settle(c.ligne, { etat: 'ignoree', raison: REPEATED });
		const { code, lieu, valeur, annee, ligne } = first;
		valeurs.push({ code, lieu, valeur, annee, ligne });
	}
	if (old[0]) {
		const codes = [...new Set(old.map((o) => o.code))];
		const which = `${count(codes.length, 'quartier')} de 2015 (${list([...codes.slice(0, 3), ...(codes.length > 3 ? ['d’autres'] : [])])})`;
		const message = `${which}\u00a0: limites changées ou inconnues, valeurs non reprises, sur ${count(old.length, 'ligne')}.`;
		say('code-2015', 'bloquant', message, old[0].ligne, { found: codes.join(', ') });
	}
	return { valeurs, lues: table.lignes.length, ...counted(outcomes), issues };
}

function counted(outcomes: ReadonlyMap<number, Outcome>) {
	const of = (etat: Outcome['etat']): number => [...outcomes.values()].filter((o) => o.etat === etat).length;
	const reasons = new Map<string, number[]>();
	for (const [ligne, o] of outcomes)
		if (o.etat === 'ignoree') reasons.set(o.raison, [...(reasons.get(o.raison) ?? []), ligne]);
	return {
		acceptees: of('acceptee'),
		rejetees: of('rejetee'),
		ignorees: of('ignoree'),
		ignoreesParRaison: [...reasons].map(([raison, lignes]) => ({ raison, nombre: lignes.length, lignes }))
	};
}

/** The place of a row: the quartier before the commune, the commune before the EPCI; or why there is none. */
export function readPlace(
	entetes: readonly string[],
	cells: readonly string[],
	oldCode: (code: string) => string | null
): Lieu | { readonly old: string } | { readonly raison: string } {
	const cell = (place: keyof typeof PLACES): string | null => {
		const i = at(entetes, place);
		return i < 0 ? null : (cells[i] ?? '').trim().toUpperCase();
	};
	// A table of several scales leaves blank the columns of the others.
	const [given = null] = PLACE_COLUMNS.filter((place) => cell(place));
	if (given === null) return { raison: 'Le code du lieu est absent.' };
	const code = cell(given)!;
	if (QpvCode.safeParse(code).success) return { genre: 'qpv', code };
	if (OldQpvCode.safeParse(code).success) {
		const now = oldCode(code);
		return now ? { genre: 'qpv', code: now } : { old: code };
	}
	if (given === 'qpv') return { raison: `${quoted(code)} n’est pas un code de quartier de 2024.` };
	if (/^(\d{9}|ZZ\d{7})$/.test(code)) return { genre: 'epci', code };
	const insee = code.replace(/\.0$/, '').padStart(5, '0');
	if (InseeCode.safeParse(insee).success) return { genre: 'commune', code: insee };
	return { raison: `${quoted(code)} n’est ni un code de quartier, ni un code de commune, ni un SIREN.` };
}

/** « 1 234,5 », « 57 % », « 12.0 » → a number; null for anything else. */
export function readNumber(text: string): number | null {
	const bare = text.replace(/[\s%€]/gu, '').replace(',', '.').replace('−', '-'); // prettier-ignore
	return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(bare) ? Number(bare) : null;
}

function outOfBounds(def: IndicatorDef, valeur: number, lieu: Lieu): string | null {
	if (!def.echelles.includes(lieu.genre)) return `cet indicateur ne se donne pas à cette échelle (${lieu.genre})`;
	if (def.max !== null && valeur > def.max) return `${number(valeur)} dépasse ${number(def.max)}`;
	if (def.min !== null && valeur < def.min) return `${number(valeur)} est inférieur à ${number(def.min)}`;
	return null;
}

function bounds({ min, max }: IndicatorDef): string {
	if (min !== null && max !== null) return `un nombre de ${number(min)} à ${number(max)}`;
	return min !== null
		? `un nombre d’au moins ${number(min)}`
		: max !== null
			? `un nombre d’au plus ${number(max)}`
			: 'un nombre';
}

function at(entetes: readonly string[], place: keyof typeof PLACES): number {
	for (const alias of PLACES[place]) {
		const i = entetes.findIndex((e) => squash(e) === alias);
		if (i >= 0) return i;
	}
	return -1;
}
