import { writeOds } from 'hucre/ods';
import { writeXlsx } from 'hucre/xlsx';

/* An invented plan of any length, as awkward as real ones: fifteen columns of French text, blanks, sections, totals, slips. */

export const FORMATS = ['csv', 'xlsx', 'ods'] as const;
export type Format = (typeof FORMATS)[number];

const HEADERS = [
	'Numéro',
	'Axe',
	'Intitulé de l’action',
	'Description',
	'Pilote',
	'Porteur',
	'Partenaires',
	'Communes',
	'Quartiers',
	'Statut',
	'Date de début',
	'Date de fin',
	'Coût prévisionnel HT',
	'Financements',
	'Indicateurs de suivi'
];
const VERBS = ['Réhabiliter', 'Végétaliser', 'Accompagner', 'Étudier', 'Créer', 'Rénover', 'Animer', 'Soutenir'];
const THINGS = [
	'des logements sociaux énergivores',
	'la cour de l’école élémentaire',
	'les ménages en précarité énergétique',
	'une piste cyclable vers la gare',
	'un jardin partagé au pied des immeubles',
	'le réseau de chaleur et ses sous-stations',
	'un atelier de réparation de vélos'
];
const WORDS =
	'travaux accompagnement habitants réunion publique quartier bailleur école énergie œuvre chantier insertion suivi comité partenaire diagnostic façade toiture isolation jeunes familles mobilité santé alimentation'.split(
		' '
	);
const PLACES = [
	'Les Hauts-Prés',
	'Tous les QPV',
	'',
	'Lieu inconnu',
	'QNZZZ02F',
	'Les Hauts-Pres ; Quartier de la Gare',
	'',
	'hors QPV'
];
const COMMUNES = ['Aubrelle', 'Montcreux, Verlimont', '', 'Toutes les communes', 'Thieulaines', 'Aubrele'];
const BODIES = ['CA du Pays d’Aubrelle', 'Ville d’Aubrelle', 'Habitat du Pays', 'Association Les Mains vertes', ''];
const STATUSES = ['En cours', 'à venir', 'Terminé', '???', '', 'Non démarrée', '50 %'];
const STARTS = ['01/03/2026', 'courant 2026', 'mi-2024', '2025-09-15', '1er janv 2023', 'à définir', '45078'];
const ENDS = ['31/12/2028', '2027', '', 'fin 2026', 'T3 2027', 'rentrée 2026'];

/** The same numbers each time: a measure is compared with that of yesterday. */
function dice(seed: number): (sides: number) => number {
	let state = seed >>> 0;
	return (sides) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * sides);
	};
}

/** Rows under the header; the last one is always an action, so that all of them count. */
export function planRows(count: number): string[][] {
	const roll = dice(20_261_125);
	const pick = (list: readonly string[]): string => list[roll(list.length)]!;
	const sentence = (length: number): string => Array.from({ length }, () => pick(WORDS)).join(' ');
	return Array.from({ length: count }, (_, i) => {
		if (i % 997 === 500) return HEADERS.map(() => '');
		if (i % 499 === 0) return [`AXE ${1 + (i % 7)} : ${sentence(3)}`];
		if (i % 1501 === 1500) return ['Total', '', '', '', '', '', '', '', '', '', '', '', '1 250 000'];
		const amount = [`${1000 + roll(900_000)},50`, `${roll(900)} k€`, 'à chiffrer', `entre ${roll(90)} et 200 k€`, ''];
		return [
			`${1 + (i % 9)}.${i}`,
			`Axe ${1 + Math.floor((i * 9) / count)}`,
			i % 311 === 7 ? '' : `${pick(VERBS)} ${pick(THINGS)}, lot ${i}`,
			`${sentence(14)}. Le n° ${i} prévoit ${sentence(6)}.`,
			pick(['Direction de l’habitat', 'Service énergie', '', 'Mme Exemple']),
			pick(BODIES),
			`ADEME, Région ; ${pick(WORDS)} et ${pick(WORDS)}`,
			pick(COMMUNES),
			pick(PLACES),
			pick(STATUSES),
			pick(STARTS),
			pick(ENDS),
			pick(amount),
			pick([`Fonds vert : ${roll(500)} 000 € (demandé)`, 'Région 30 %', '', 'ANRU, Banque des Territoires']),
			`Nombre de ${pick(WORDS)} ; ${sentence(3)}`
		];
	});
}

/** The plan in one format, as a spreadsheet would have written it. */
export async function planFile(count: number, format: Format): Promise<Uint8Array> {
	const rows = [HEADERS, ...planRows(count)];
	if (format === 'csv') {
		const line = (cells: string[]): string =>
			cells.map((cell) => (/[;"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';');
		return new TextEncoder().encode(`\ufeff${rows.map(line).join('\r\n')}\r\n`);
	}
	const blank = rows.map((row) => row.map((cell) => cell || null));
	const input = { sheets: [{ name: 'Actions', rows: blank }] };
	return new Uint8Array(format === 'xlsx' ? await writeXlsx(input) : await writeOds(input));
}
