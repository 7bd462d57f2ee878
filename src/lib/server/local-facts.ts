import { quoted } from '../domain/french';
import { anomaly, isRefusal, type Issue, type Refusal } from '../domain/issue';
import { PlanDates, schoolKey, YARD_STATES, type SchoolYard, type UnplacedSchool } from '../domain/local-facts';
import { placeAnswers } from '../domain/places/place-answers';
import { buildPlaces, type Places } from '../domain/places/places';
import { mayBeOurs, schoolPlace, unplacedIssue } from '../domain/school-place';
import { plain } from '../domain/text';
import * as territories from './db/territories';
import { getTerritory } from './territories';
import type { Db, DbOrTrx } from './db/client';
import * as decisions from './db/decisions';
import { keepDecision } from './keep-decision';
import * as documents from './db/documents';
import { elsewhere, refuse, type Signed } from './decide';
import { anomalyLine, columnOf, findTable, textOf, type AnomalyLine } from './files/headed-table';
import { readWorkbook } from './files/workbook';

/* Facts no plan file tells: dates of documents, school yards. Signed by who enters them, and taken back at will. */

type Entered = Omit<Signed, 'motif'>;

/** Keeps the dates of a document; a blank one is not known. */
export async function setDates(
	db: DbOrTrx,
	asked: Entered & { readonly document: number } & { readonly [K in keyof PlanDates]: string }
): Promise<number | Refusal> {
	const { territoire, par, le, document } = asked;
	if (!par.trim()) return refuse('Indiquez votre nom.');
	if (!(await documents.listByTerritory(db, territoire)).some((d) => d.id === document))
		return refuse('Ce document n’est plus dans ce territoire.');
	const blank = (text: string) => text.trim() || null;
	const dates = PlanDates.safeParse({
		adoption: blank(asked.adoption),
		bilan: blank(asked.bilan),
		fin: blank(asked.fin)
	});
	if (!dates.success) return refuse('Une date n’est pas lisible.', 'Écrivez-la JJ/MM/AAAA.');
	const { adoption, fin } = dates.data;
	if (adoption && fin && fin <= adoption) return refuse('La fin précède l’adoption.', 'Vérifiez les deux dates.');
	return add(db, { territoire, par, le }, 'document', String(document), null, dates.data);
}

export interface SchoolEntry extends Entered {
	readonly quartier: string;
	readonly nom: string;
	readonly cour: string;
	readonly annee: string;
}

/** Keeps the state of one school yard; the last word wins. */
export async function setSchool(db: DbOrTrx, asked: SchoolEntry): Promise<number | Refusal> {
	const fault = await elsewhere(db, asked.territoire);
	if (fault) return fault;
	const { territoire, par, le, nom } = asked;
	if (!par.trim()) return refuse('Indiquez votre nom.');
	if (!nom.trim()) return refuse('Il manque le nom de l’école.', null, 'nom');
	const quartiers = await territories.quartiersOf(db, territoire);
	if (!quartiers.some((q) => q.code === asked.quartier)) return refuse('Ce quartier n’est pas de ce territoire.');
	const cour = YARD_STATES.find((s) => s === asked.cour);
	if (!cour) return refuse('L’état de la cour n’est pas compris.');
	const year = asked.annee.trim();
	if (year && !/^20\d{2}$/.test(year))
		return refuse('L’année n’est pas lisible.', 'Écrivez-la en quatre chiffres.', 'annee');
	const valeur = { nom: nom.trim(), cour, annee: year ? Number(year) : null, source: `saisie par ${par.trim()}` };
	return add(db, { territoire, par, le }, 'ecole', schoolKey(asked.quartier, valeur.nom), asked.quartier, valeur);
}

export interface SchoolReport {
	readonly schema: 'croisee/ecoles/1';
	readonly lues: number;
	readonly acceptees: number;
	readonly rejetees: number;
	readonly ignorees: number;
	readonly anomalies: readonly AnomalyLine[];
}

/** Headers of a list of schools, squashed. */
export const SCHOOL_HEADERS = {
	quartier: ['quartier', 'codequartier', 'codeqp', 'qpv', 'code'],
	commune: ['commune', 'ville'],
	nom: ['ecole', 'nomdelecole', 'etablissement', 'nom'],
	cour: ['cour', 'etatdelacour', 'courvegetalisee', 'vegetalisation'],
	annee: ['annee', 'anneeduprojet', 'date', 'anneeprevue']
} as const;

/**
 * Reads a list of schools: quartier (code, or name as plans write it), school, state of the yard, year of the project.
 * out    lues = acceptees + rejetees + ignorees; a line whose quartier is not recognised is rejected with the reason, and kept aside when it may be here
 * never  writes half a list
 */
export async function importSchools(
	db: Db,
	asked: Entered & { readonly bytes: Uint8Array; readonly fichier: string }
): Promise<SchoolReport | Refusal> {
	const fault = await elsewhere(db, asked.territoire);
	if (fault) return fault;
	const workbook = await readWorkbook(asked.bytes, asked.fichier);
	if (isRefusal(workbook)) return workbook;
	const at = (entetes: readonly string[], column: keyof typeof SCHOOL_HEADERS) =>
		columnOf(entetes, SCHOOL_HEADERS[column]);
	const table = findTable(workbook, (e) => at(e, 'quartier') >= 0 && at(e, 'nom') >= 0 && at(e, 'cour') >= 0);
	if (!table)
		return refuse(
			`${quoted(asked.fichier)} n’est pas une liste d’écoles\u00a0: des colonnes y manquent.`,
			'Une ligne d’en-têtes doit nommer «\u00a0Quartier\u00a0», «\u00a0École\u00a0» et «\u00a0Cour\u00a0».'
		);
	const places = await placesFor(db, asked.territoire);
	const counts = { lues: 0, acceptees: 0, rejetees: 0, ignorees: 0 };
	const issues: Issue[] = [];
	const kept: { quartier: string | null; yard: SchoolYard | UnplacedSchool }[] = [];
	for (const { ligne, cells } of table.lignes) {
		const text = (column: keyof typeof SCHOOL_HEADERS) => textOf(cells[at(table.entetes, column)]);
		counts.lues++;
		if (cells.every((c) => textOf(c) === '')) {
			counts.ignorees++;
			continue;
		}
		const [dit, nom] = [text('quartier'), text('nom')];
		const where = { sheet: table.feuille, row: ligne };
		if (!nom) {
			counts.rejetees++;
			issues.push(nameless(ligne, where));
			continue;
		}
		const lieu = schoolPlace(dit, text('commune'), places);
		const isPlaced = 'quartier' in lieu;
		if (isPlaced) counts.acceptees++;
		else {
			counts.rejetees++;
			issues.push(unplacedIssue(lieu, { dit, nom, where }));
			if (!mayBeOurs(lieu)) continue;
		}
		const annee = Number(/20\d{2}/.exec(text('annee'))?.[0] ?? 0) || null;
		const source = `${asked.fichier}, ligne\u00a0${ligne}`;
		const { cour, oubliee } = yardIn(text('cour'), annee, Number(asked.le.slice(0, 4)));
		if (oubliee) issues.push(yearUnused(annee!, text('cour'), where));
		const yard = { nom, cour, annee, source };
		kept.push(
			isPlaced
				? { quartier: lieu.quartier, yard }
				: { quartier: null, yard: { ...yard, dit, proches: lieu.proches.map((q) => q.code) } }
		);
	}
	const { territoire, par, le } = asked;
	await db.transaction().execute(async (trx) => {
		// The list is read again: what an earlier one left to settle is said by this one.
		const before = (await decisions.listByTerritory(trx, territoire)).filter(
			(d) => d.sujet.genre === 'ecole' && d.quartier === null
		);
		for (const { id } of before) await decisions.cancel(trx, id, le, par.trim());
		for (const { quartier, yard } of kept)
			await add(trx, { territoire, par, le }, 'ecole', schoolKey(quartier ?? '?', yard.nom), quartier, yard);
	});
	return { schema: 'croisee/ecoles/1', ...counts, anomalies: issues.map(anomalyLine) };
}

/** Read as the places of a plan are: names, aliases, answers already given. */
async function placesFor(db: Db, territoire: string): Promise<Places> {
	const territory = (await getTerritory(db, territoire))!;
	return buildPlaces({
		territory,
		quartiers: await territories.quartiersOf(db, territoire),
		correspondances: await territories.correspondancesOf(db),
		tousLesQuartiers: [],
		reponses: placeAnswers(await decisions.listByTerritory(db, territoire))
	});
}

const nameless = (ligne: number, where: Pick<Issue['where'], 'sheet' | 'row'>): Issue =>
	anomaly('titre-absent', 'bloquant', `Ligne ${ligne}\u00a0: l’école n’a pas de nom\u202f; elle n’est pas comptée.`, {
		where,
		found: null
	});

/** A yard that is « not planted » with a year to come has works planned that year; any other year beside it says nothing. */
function yardIn(
	words: string,
	annee: number | null,
	cetteAnnee: number
): { readonly cour: SchoolYard['cour']; readonly oubliee: boolean } {
	const cour = yardOf(words);
	if (annee === null || cour === 'vegetalisee' || cour === 'projet') return { cour, oubliee: false };
	const denied = cour === 'inconnu' || /\bprojet/.test(plain(words));
	return denied || annee < cetteAnnee ? { cour, oubliee: true } : { cour: 'projet', oubliee: false };
}

const yearUnused = (annee: number, cour: string, where: { sheet: string | null; row: number }): Issue =>
	anomaly(
		'valeur-suspecte',
		'a-verifier',
		`Ligne ${where.row}\u00a0: l’année ${annee} n’est pas retenue comme celle d’un projet, ${cour === '' ? 'rien n’étant dit de la cour' : `la cour étant dite ${quoted(cour)}`}.`,
		{
			where,
			found: String(annee),
			expected: 'l’année des travaux, à côté d’une cour en projet',
			hint: 'Écrivez «\u00a0projet\u00a0» dans la colonne de la cour si des travaux sont prévus.'
		}
	);

/** « Végétalisée en 2024 » → planted; « projet », « prévue » → planned; « non », « minérale » → nothing planned. */
function yardOf(words: string): SchoolYard['cour'] {
	const said = plain(words);
	if (said === '' || /renseign|inconnu|^n d$/.test(said)) return 'inconnu';
	if (/projet|prevu|programm|a venir|etude/.test(said))
		return /sans projet|aucun projet|pas de projet/.test(said) ? 'sans-projet' : 'projet';
	if (/^(?:non|sans)\b|mineral|bitum|goudron/.test(said)) return 'sans-projet';
	return /^oui\b|vegetalis|oasis|realis/.test(said) ? 'vegetalisee' : 'inconnu';
}

const add = (
	db: DbOrTrx,
	{ territoire, par, le }: Entered,
	genre: 'document' | 'ecole',
	id: string,
	quartier: string | null,
	valeur: unknown
): Promise<number> =>
	keepDecision(db, { territoire, sujet: { genre, id }, quartier, valeur, motif: null, par: par.trim(), le });
