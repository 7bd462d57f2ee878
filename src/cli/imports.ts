import { ignoredReasons, ignoredSentences } from '../lib/domain/import/ignored-words';
import { refusePeriod } from '../lib/domain/import/plan-period';
import { isRefusal, type Refusal } from '../lib/domain/issue';
import { PlanKind } from '../lib/domain/action';
import * as fr from '../lib/domain/french';
import { importCorrespondances } from '../lib/server/quartiers/correspondances';
import type { Db } from '../lib/server/db/client';
import { territoryFromCog } from '../lib/server/cog';
import { getTerritory } from '../lib/server/territories';
import { loadDemonstration } from '../lib/server/demonstration';
import { keepLean } from '../lib/server/lean-heap';
import { importDirect, undoImport } from '../lib/server/plans/import-document';
import { returnWorkbook } from '../lib/server/returned/return-workbook';
import { importIndicators } from '../lib/server/quartiers/indicators';
import { importSchools } from '../lib/server/local-facts';
import { importCommunes, tellCommunes } from '../lib/server/quartiers/commune-outlines';
import { importPerimeters } from '../lib/server/quartiers/perimeters';
import { attributions } from './attributions';
import { parseFilter, text, WrongUse, type Call } from './arguments';
import type { Answer, Context } from './context';

const PAR = 'ligne de commande';

/** The commands that write. Null when the command is not one of them. */
export async function runImport(call: Call, context: Context): Promise<Answer | Refusal | null> {
	switch (call.command) {
		case 'perimetres':
			return perimetres(call, context);
		case 'correspondances':
			return correspondances(call, context);
		case 'indicateurs':
			return indicateurs(call, context);
		case 'ecoles':
			return ecoles(call, context);
		case 'importer':
			return importer(call, context);
		case 'annuler-import':
			return annuler(call, context);
		case 'attributions':
			return attributions(call, context);
		case 'demo':
			return demo(context);
		default:
			return null;
	}
}

async function perimetres({ args, options }: Call, { db, asOf, readFile }: Context): Promise<Answer | Refusal> {
	const { bytes, nom } = readFile(args[0]!);
	if (options.communes) return communes(db, bytes, nom, { le: asOf, source: text(options, 'source') ?? nom });
	const report = await importPerimeters(db, bytes, nom, { le: asOf, source: text(options, 'source') });
	if (isRefusal(report)) return report;
	return {
		json: report,
		lisible: `${fr.count(report.lus, 'périmètre lu', 'périmètres lus')}, ${fr.count(report.importes, 'importé')}, ${fr.count(report.repares.length, 'réparé')}, ${fr.count(report.rejetes.length, 'rejeté')}.${[...report.rejetes.map((r) => `${r.code} : ${r.raison}`), ...report.avertissements].map((line) => `\n  ${line}`).join('')}`,
		code: report.importes > 0 ? 0 : 1
	};
}

async function communes(db: Db, bytes: Uint8Array, nom: string, from: { le: string; source: string }) {
	const report = await importCommunes(db, bytes, nom, from);
	if (report === null)
		return {
			refus: `${fr.quoted(nom)} ne contient aucun contour de commune lisible.`,
			conseil: 'Chaque commune y porte son code INSEE, sur cinq caractères, et un polygone en degrés ou en Lambert-93.'
		};
	if (isRefusal(report)) return report;
	const { phrase, details } = tellCommunes(report, nom);
	return { json: report, lisible: [phrase, ...details.map((d) => `  ${d}`)].join('\n') };
}

interface Counts {
	readonly lues: number;
	readonly acceptees: number;
	readonly rejetees: number;
	readonly ignorees: number;
}

const counted = (report: Counts): string =>
	`${fr.count(report.lues, 'ligne lue', 'lignes lues')} = ${fr.count(report.acceptees, 'acceptée')} + ${fr.count(report.rejetees, 'rejetée')} + ${fr.count(report.ignorees, 'ignorée')}.`;

/** Of a table: its count, why rows were left, what is wrong in the others. */
function told(report: Counts & { readonly anomalies: readonly Wrong[] }, reasons: readonly string[]): Answer {
	return {
		json: report,
		lisible: [counted(report), ...[...reasons, ...wrongOf(report.anomalies)].map((line) => `  ${line}`)].join('\n'),
		code: report.acceptees > 0 ? 0 : 1
	};
}

interface Wrong {
	readonly gravite: string;
	readonly message: string;
	readonly ligne?: number | null;
	readonly conseil?: string | null;
}

/** The first anomalies that matter, each with its row, and what to do. */
const wrongOf = (anomalies: readonly Wrong[]): string[] =>
	anomalies
		.filter((a) => a.gravite !== 'info')
		.slice(0, 20)
		.map(({ ligne, message, conseil }) => {
			const row = ligne && !message.startsWith('Ligne ') ? `Ligne ${ligne}${fr.INSECABLE}: ` : '';
			return `${row}${message}${conseil ? ` ${conseil}` : ''}`;
		});

async function correspondances({ args }: Call, { db, asOf, readFile }: Context): Promise<Answer | Refusal> {
	const { bytes, nom } = readFile(args[0]!);
	const report = await importCorrespondances(db, bytes, nom, { le: asOf });
	return isRefusal(report) ? report : told(report, []);
}

async function indicateurs({ args, options }: Call, { db, ref, asOf, readFile }: Context): Promise<Answer | Refusal> {
	const { bytes, nom } = readFile(args[0]!);
	const report = await importIndicators(db, ref, bytes, nom, {
		le: asOf,
		source: text(options, 'source'),
		millesime: text(options, 'millesime')
	});
	return isRefusal(report) ? report : told(report, ignoredReasons(report.ignoreesParRaison));
}

async function ecoles({ args, options }: Call, { db, asOf, readFile }: Context): Promise<Answer | Refusal> {
	const { bytes, nom } = readFile(args[0]!);
	const territoire = text(options, 'territoire')!;
	const report = await importSchools(db, { bytes, fichier: nom, territoire, par: PAR, le: asOf });
	return isRefusal(report) ? report : told(report, []);
}

async function importer(
	{ args, options }: Call,
	{ db, ref, asOf, readFile, writeFile }: Context
): Promise<Answer | Refusal> {
	const plan = PlanKind.safeParse(text(options, 'plan'));
	if (!plan.success)
		throw new WrongUse(`« ${text(options, 'plan')} » n’est pas un type de plan : ${PlanKind.options.join(', ')}.`);
	const territoire = text(options, 'territoire')!;
	const disparues = text(options, 'disparues') ?? 'garder';
	if (disparues !== 'garder' && disparues !== 'retirer')
		throw new WrongUse('--disparues attend « garder » ou « retirer ».');
	const filtre = parseFilter(text(options, 'filtre'));
	const periode = refusePeriod(text(options, 'periode'));
	if (periode) throw new WrongUse([periode.refus, periode.conseil].join(' '));
	const { bytes, nom } = readFile(args[0]!);
	// Stored with the import, never before: a dry run writes nothing, a refused file neither.
	const known = (await getTerritory(db, territoire)) ?? territoryFromCog(territoire);
	if (!known)
		throw new WrongUse(
			`Le territoire « ${territoire} » est inconnu. Donnez le SIREN d’un EPCI (9 chiffres), ou importez d’abord les périmètres de ses quartiers.`
		);
	keepLean();
	const report = await importDirect(db, ref, {
		bytes,
		fichier: nom,
		territoire,
		plan: plan.data,
		periode: text(options, 'periode'),
		feuille: text(options, 'feuille'),
		demarche: text(options, 'demarche'),
		filtre,
		disparues,
		aBlanc: options['a-blanc'] === true,
		par: PAR,
		le: asOf
	});
	if (isRefusal(report)) return report;
	const classeur = text(options, 'classeur');
	const marked =
		classeur === undefined
			? null
			: await returnWorkbook(bytes, {
					rapport: report,
					anomalies: report.anomalies,
					corrections: [],
					le: asOf,
					demarche: text(options, 'demarche') ?? null
				});
	if (marked && isRefusal(marked)) return marked;
	if (marked) writeFile(classeur!, marked.octets);
	const d = report.differences;
	return {
		json: marked ? { ...report, classeur: { fichier: classeur, octets: marked.octets.length } } : report,
		lisible: [
			counted(report),
			...ignoredSentences(report.ignoreesParRaison, { ...report, territoire: known.nom }).map(
				(phrase) => `  ${phrase}`
			),
			...(report.formeReprise
				? [
						`Colonnes lues comme pour ${fr.quoted(report.formeReprise.fichier)} (choix du ${fr.date(report.formeReprise.le)} par ${report.formeReprise.par}).`
					]
				: []),
			`Nouvelles ${d.ajoutees}, modifiées ${d.modifiees}, inchangées ${d.inchangees}, disparues du fichier ${d.disparues}.`,
			...wrongOf(report.anomalies).map((line) => `  ${line}`),
			...(marked ? [`Classeur annoté écrit dans ${classeur}.`] : []),
			...(options['a-blanc'] ? ['À blanc : rien n’a été écrit.'] : [])
		].join('\n'),
		code: report.acceptees > 0 ? 0 : 1
	};
}

async function annuler({ args, options }: Call, { db, asOf }: Context): Promise<Answer | Refusal> {
	const id = Number(args[0]);
	if (!Number.isInteger(id)) throw new WrongUse(`« ${args[0]} » n’est pas un numéro d’import.`);
	const report = await undoImport(db, id, { par: PAR, le: asOf }, options['tout'] ? 'tout' : undefined);
	if (isRefusal(report)) return report;
	return {
		json: { schema: 'croisee/annulation/1', import: id, ...report },
		lisible: `Import ${id} repris : ${fr.count(report.actionsRetirees, 'action retirée', 'actions retirées')}, ${fr.count(report.actionsRestaurees, 'action restaurée', 'actions restaurées')}.${keptSentence(report.gardees)}`
	};
}

const keptSentence = (kept: readonly { readonly titre: string }[]): string =>
	kept.length === 0
		? ''
		: ` ${fr.count(kept.length, 'action gardée', 'actions gardées')}, ${fr.plural(kept.length, 'changée', 'changées')} ou ${fr.plural(kept.length, 'tenue', 'tenues')} depuis (--tout pour les restaurer aussi) :${kept
				.slice(0, 20)
				.map((k) => `\n  ${k.titre}`)
				.join('')}`;

async function demo({ db, ref, asOf }: Context): Promise<Answer> {
	const loaded = await loadDemonstration(db, ref, asOf);
	return {
		json: { schema: 'croisee/demo/1', ...loaded },
		lisible: `Le territoire de démonstration (fictif) est chargé : ${loaded.territoire}.`
	};
}
