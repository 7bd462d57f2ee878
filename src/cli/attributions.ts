import { isRefusal, type Refusal } from '../lib/domain/issue';
import * as fr from '../lib/domain/french';
import { AUCUNE_DEMANDE } from '../lib/domain/ledger/no-grant';
import type { RequestsPage } from '../lib/domain/pages/requests-page';
import { readRequests } from '../lib/server/funding/read-requests';
import { importGrants } from '../lib/server/ledger/import-grants';
import { parseFilter, text, WrongUse, type Call } from './arguments';
import type { Answer, Context } from './context';

/** Loads a list of grants and says, as an interval, what reaches the quartiers. */
export async function attributions({ args, options }: Call, context: Context): Promise<Answer | Refusal> {
	const { db, ref, asOf, readFile } = context;
	const annee = text(options, 'annee');
	if (annee !== undefined && !/^20\d\d$/.test(annee)) throw new WrongUse('--annee attend une année, par exemple 2024.');
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
	const code = text(options, 'territoire');
	const choice = { dispositif: report.dispositif.split('.')[0]!, annee: report.annees.at(-1) ?? null };
	const asked = code === undefined ? null : await readRequests(db, ref, code, choice, asOf);
	if (code !== undefined && !asked)
		return {
			refus: `La liste est chargée, mais le territoire «\u00a0${code}\u00a0» n’est pas dans cette base.`,
			conseil: 'Importez un de ses plans, ou demandez `croisee territoires`.'
		};
	const { parts, intervalle, cible } = report;
	const share = intervalle
		? `Part vers les quartiers : entre ${fr.percent(intervalle.min)} et ${fr.percent(intervalle.max)}${cible ? ` (repère ${fr.percent(cible.part, 0)}, années ${cible.annees.join(' et ')})` : ''}.`
		: 'Part vers les quartiers : aucun montant.';
	return {
		json: asked ? { ...report, territoire: { code, ...requestsJson(asked.page) } } : report,
		lisible: [
			`${fr.count(report.lues, 'ligne lue', 'lignes lues')} = ${fr.count(report.acceptees, 'acceptée')} + ${fr.count(report.rejetees, 'rejetée')} + ${fr.count(report.ignorees, 'ignorée')}.`,
			`Montant : ${fr.euros(report.montant)}.`,
			`  sûrement dans un quartier : ${fr.euros(parts.enQpv)}`,
			`  commune qui a un quartier : ${fr.euros(parts.communeAvecQpv)}`,
			`  ailleurs : ${fr.euros(parts.ailleurs)}`,
			`  lieu inconnu : ${fr.euros(parts.inconnu)}`,
			share,
			...(asked ? told(asked.page) : []),
			...report.anomalies
				.filter((a) => a.gravite !== 'info')
				.slice(0, 20)
				.map((a) => `  ${a.message}`)
		].join('\n'),
		code: report.acceptees > 0 ? 0 : 1
	};
}

/** `lieux` is null when no list of that stream and year speaks for the territory. */
const requestsJson = ({ annee, lieux, actions }: RequestsPage) => ({
	annee,
	lieux: lieux.lieux,
	demandes: actions.map(({ action, dispositif, verdict, mesures, etat }) => ({
		action,
		dispositif,
		verdict,
		mesures,
		etat
	}))
});

const told = ({ titre, lieux, actions }: RequestsPage): string[] => [
	`${titre}.`,
	...(lieux.lieux ?? []).filter((l) => l.etat === 'aucune-connue').map((l) => `  ${l.nom} : ${AUCUNE_DEMANDE}`),
	`${fr.capital(fr.count(actions.length, 'demande possible', 'demandes possibles'))} pour ses actions, aucune connue.`
];
