import * as fr from '../lib/domain/french';
import { isRefusal, type Refusal } from '../lib/domain/issue';
import { backUp, putBack, type Holding } from '../lib/server/db/backup';
import type { Call } from './arguments';
import type { Answer, Context } from './context';

const told = (h: Holding) =>
	fr.list([
		`${fr.count(h.territoires, 'territoire enregistré', 'territoires enregistrés')} (${fr.number(h.avecPlan)} avec un plan)`,
		fr.count(h.documents, 'document'),
		fr.count(h.actions, 'action'),
		fr.count(h.decisions, 'décision')
	]);

/** `sauvegarder FICHIER`. Null when the command is another one. */
export async function runBackup(call: Call, { db }: Context): Promise<Answer | Refusal | null> {
	if (call.command !== 'sauvegarder') return null;
	const fichier = call.args[0]!;
	const done = await backUp(db, fichier);
	if (isRefusal(done)) return done;
	return {
		json: { schema: 'croisee/sauvegarde/1', fichier, ...done },
		lisible: `Base sauvegardée : ${fichier} (${fr.number(done.octets / 1024, 0)} Kio) : ${told(done)}.`
	};
}

/** `restaurer FICHIER`: the base must not be open, not even by us. */
export async function restore(call: Call, base: string, now: string): Promise<Answer | Refusal> {
	const fichier = call.args[0]!;
	const done = await putBack(fichier, base, now.replace('T', '-').replace(':', ''));
	if (isRefusal(done)) return done;
	const before = done.ancienne
		? ` Ce qui était là avant est gardé dans ${done.ancienne}.`
		: ' Il n’y avait rien à cet endroit avant.';
	return {
		json: { schema: 'croisee/restauration/1', fichier, base, ...done },
		lisible: `Base reprise de ${fichier} : ${told(done)}.${before}`
	};
}
