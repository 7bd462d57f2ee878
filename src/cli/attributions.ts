import { isRefusal, type Refusal } from '../lib/domain/issue';
import * as fr from '../lib/domain/french';
import { AUCUN_PROJET, INCERTAIN, wholeWords, type GrantState } from '../lib/domain/ledger/no-grant';
import { withdrawn } from '../lib/domain/ledger/shares';
import type { RequestsPage } from '../lib/domain/pages/requests-page';
import { readRequests } from '../lib/server/funding/read-requests';
import type { GrantReport } from '../lib/server/ledger/grant-report';
import { importGrants } from '../lib/server/ledger/import-grants';
import { getTerritory } from '../lib/server/territories';
import { parseFilter, text, WrongUse, type Call } from './arguments';
import type { Answer, Context } from './context';

/** Loads a list of grants and says, as an interval, what reaches the quartiers. */
export async function attributions({ args, options }: Call, context: Context): Promise<Answer | Refusal> {
	const { db, ref, asOf, readFile } = context;
	const annee = text(options, 'annee');
	if (annee !== undefined && !/^20\d\d$/.test(annee)) throw new WrongUse('--annee attend une année, par exemple 2024.');
	const code = text(options, 'territoire');
	if (code !== undefined && !(await getTerritory(db, code)))
		return {
			refus: `Le territoire «\u00a0${code}\u00a0» n’est pas dans cette base\u202f; rien n’est chargé.`,
			conseil: 'Importez un de ses plans ou ses périmètres, ou demandez `croisee territoires`.'
		};
	const { bytes, nom } = readFile(args[0]!);
	const report = await importGrants(db, ref, {
		bytes,
		fichier: nom,
		dispositif: text(options, 'dispositif')!,
		filtre: parseFilter(text(options, 'filtre')),
		annee: annee === undefined ? null : Number(annee),
		par: 'ligne de commande',
		le: asOf
	});
	if (isRefusal(report)) return report;
	const choice = { dispositif: report.dispositif.split('.')[0]!, annee: report.annees.at(-1) ?? null, quartier: null };
	const asked = code === undefined ? null : await readRequests(db, ref, code, choice, asOf);
	return {
		json: asked ? { ...report, territoire: { code, ...requestsJson(asked.page) } } : report,
		lisible: [
			`${fr.count(report.lues, 'ligne lue', 'lignes lues')} = ${fr.count(report.acceptees, 'acceptée')} + ${fr.count(report.rejetees, 'rejetée')} + ${fr.count(report.ignorees, 'ignorée')}.`,
			...(report.dejaConnues
				? [
						`Dont ${fr.count(report.dejaConnues, 'déjà au registre', 'déjà au registre')} : rien n’est compté deux fois.`
					]
				: []),
			...(report.acceptees > 0 ? whereWords(report) : nothingKept(report, options['filtre'] !== undefined)),
			...(asked ? told(asked.page) : []),
			...report.anomalies
				.filter((a) => a.gravite !== 'info')
				.slice(0, 20)
				.map((a) => `  ${a.message}`)
		].join('\n'),
		code: report.acceptees > 0 ? 0 : 1
	};
}

/** The amount, then each of its parts, then the share as an interval. */
const whereWords = (report: GrantReport): string[] => [
	`Montant : ${fr.euros(report.montant)}${report.annees.length ? `, ${fr.list(report.annees.map(String))}` : ''}.`,
	`  sûrement dans un quartier : ${fr.euros(report.parts.enQpv)}`,
	`  commune qui a un quartier : ${fr.euros(report.parts.communeAvecQpv)}`,
	`  ailleurs : ${fr.euros(report.parts.ailleurs)}`,
	`  lieu inconnu : ${fr.euros(report.parts.inconnu)}`,
	...report.lieuxInconnus
		.slice(0, 3)
		.map((l) => `    ${l.raison} : ${fr.count(l.projets, 'projet')}, ${fr.euros(l.montant)}`),
	shareSentence(report),
	...(report.reprises.projets > 0
		? [withdrawn({ reprises: { ...report.reprises, montant: Math.round(report.reprises.montant * 100) } })]
		: [])
];

/** No amount is told of nothing. Rows that answer the filter and are already counted elsewhere are told below. */
const nothingKept = ({ anomalies, lues, ignorees }: GrantReport, filtered: boolean): string[] =>
	filtered && ignorees === lues && !anomalies.some((a) => LEFT_OUT.includes(a.code))
		? ['Aucune ligne ne répond au filtre : vérifiez sa valeur.']
		: ['Aucune ligne n’est comptée ; voici pourquoi.'];
const LEFT_OUT: readonly string[] = ['doublon', 'ligne-ecartee'];

const SITUATION = {
	atteinte: 'atteint, même au plus bas',
	'non-atteinte': 'pas atteint, même au plus haut',
	indecidable: 'dans l’intervalle, les listes ne permettent pas de conclure'
} as const;

function shareSentence({ intervalle, cible, situation }: GrantReport): string {
	if (!intervalle) return 'Part vers les quartiers : aucun montant.';
	const share = `Part vers les quartiers : entre ${fr.percent(intervalle.min)} et ${fr.percent(intervalle.max)}.`;
	if (!cible) return share;
	const held = `Repère de ${fr.percent(cible.part, 0)}, posé pour ${fr.list(cible.annees.map(String))}`;
	return `${share} ${held} : ${situation ? SITUATION[situation] : 'il ne s’applique pas à toutes ces années'}.`;
}

/** Amounts in euros. `lieux` is null when no list of that stream and year speaks for the territory. */
const requestsJson = ({ annee, lieux, actions }: RequestsPage) => ({
	annee,
	lieux: lieux.lieux?.map((l) => ({ ...l, montant: l.montant / 100 })) ?? null,
	demandes: actions.map(({ action, dispositif, verdict, mesures, etat }) => ({
		action,
		dispositif,
		verdict,
		mesures,
		etat
	}))
});

function group({ lieux }: RequestsPage['lieux'], etat: GrantState, words: string): string[] {
	const own = (lieux ?? []).filter((l) => l.etat === etat && l.genre !== 'epci');
	if (own.length === 0) return [];
	const all = wholeWords(own[0]!.intercommunaux);
	return [`  ${fr.capital(words)}${all && ` ; ${all}`} : ${own.map((l) => l.nom).join(', ')}`];
}

const told = ({ titre, lieux, actions }: RequestsPage): string[] => [
	`${titre}.`,
	...group(lieux, 'aucune-connue', AUCUN_PROJET),
	...group(lieux, 'incertain', INCERTAIN),
	actions.length
		? `${fr.capital(fr.count(actions.length, 'demande possible', 'demandes possibles'))} pour ses actions, et aucune connue dans les listes ni dans ses plans : demandez si un dossier a été déposé.`
		: 'Aucune demande possible à citer : aucun plan de ce territoire n’est importé, ou rien n’y reste à demander.'
];
