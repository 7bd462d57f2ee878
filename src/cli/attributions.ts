import { isRefusal, type Refusal } from '../lib/domain/issue';
import * as fr from '../lib/domain/french';
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
	const { parts, intervalle, cible } = report;
	const share = intervalle
		? `Part vers les quartiers : entre ${fr.percent(intervalle.min)} et ${fr.percent(intervalle.max)}${cible ? ` (repère ${fr.percent(cible.part, 0)}, années ${cible.annees.join(' et ')})` : ''}.`
		: 'Part vers les quartiers : aucun montant.';
	return {
		json: report,
		lisible: [
			`${fr.count(report.lues, 'ligne lue', 'lignes lues')} = ${fr.count(report.acceptees, 'acceptée')} + ${fr.count(report.rejetees, 'rejetée')} + ${fr.count(report.ignorees, 'ignorée')}.`,
			`Montant : ${fr.euros(report.montant)}.`,
			`  sûrement dans un quartier : ${fr.euros(parts.enQpv)}`,
			`  commune qui a un quartier : ${fr.euros(parts.communeAvecQpv)}`,
			`  ailleurs : ${fr.euros(parts.ailleurs)}`,
			`  lieu inconnu : ${fr.euros(parts.inconnu)}`,
			share,
			...report.anomalies
				.filter((a) => a.gravite !== 'info')
				.slice(0, 20)
				.map((a) => `  ${a.message}`)
		].join('\n'),
		code: report.acceptees > 0 ? 0 : 1
	};
}
