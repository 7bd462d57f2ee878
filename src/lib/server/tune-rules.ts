import type { Refusal } from '../domain/issue';
import { coded, labelled, parameterLabels } from '../domain/rules/parameter-labels';
import { parameterName } from '../domain/rules/parameter-words';
import type { Referentiel } from '../domain/rules/referentiel';
import { parameterKey, parameterText, readParameter } from '../domain/rules/tuning';
import { list, plural, quoted } from '../domain/french';
import { eachEnjeu, unknownEnjeu } from '../domain/rules/enjeu-lists';
import type { DbOrTrx } from './db/client';
import * as decisions from './db/decisions';
import { keepDecision } from './keep-decision';
import { elsewhere, refuse, unsigned, type Signed } from './decide';

/* Parameters of the rules, changed by a territory for itself: signed, dated, with a reason, and taken back at will. */

export interface Tuning extends Signed {
	/** « G07.horizon » */
	readonly parametre: string;
	/** As typed. */
	readonly valeur: string;
}

/**
 * Gives a parameter a value of its own.
 * out    id of the decision, or what is expected
 */
export async function tuneRule(db: DbOrTrx, ref: Referentiel, asked: Tuning): Promise<number | Refusal> {
	const fault = unsigned(asked) ?? (await elsewhere(db, asked.territoire));
	if (fault) return fault;
	const found = parameterOf(ref, asked.parametre);
	if (!found) return refuse('Ce paramètre n’est pas dans le référentiel.');
	const labels = parameterLabels(ref);
	const read = readParameter(asked.valeur, found.defaut);
	if ('attendu' in read)
		return refuse(
			`${parameterName(found.nom)}\u00a0: ${asked.valeur.trim() ? quoted(asked.valeur.trim()) : 'une case vide'} n’est pas compris.`,
			`Écrivez ${read.attendu}. Par défaut\u00a0: ${parameterText(labelled(found.defaut, labels)) || 'aucun'}.`,
			'valeur'
		);
	const valeur = eachEnjeu(found.nom, coded(read.valeur, labels));
	const strange = unknownEnjeu(found.nom, valeur, ref);
	if (strange)
		return refuse(
			`${parameterName(found.nom)}\u00a0: ${list(strange.inconnus.map(quoted))} ${plural(strange.inconnus.length, 'n’est pas connu', 'ne sont pas connus')}.`,
			`Écrivez ${strange.attendu}. La liste est sur la page du référentiel.`,
			'valeur'
		);
	const { territoire, motif, par, le, parametre } = asked;
	return keepDecision(db, {
		territoire,
		sujet: { genre: 'regle', id: parametre },
		quartier: null,
		valeur,
		motif: motif.trim(),
		par: par.trim(),
		le
	});
}

/** Back to the value of the référentiel; what was decided stays in the history, with who took it back. */
export async function untuneRule(
	db: DbOrTrx,
	{ territoire, parametre, par, le }: Omit<Tuning, 'valeur' | 'motif'>
): Promise<number | Refusal> {
	if (!par.trim()) return refuse('Indiquez votre nom.', 'Revenir à la valeur commune est aussi une décision.');
	return takeBack(db, territoire, 'regle', parametre, le, par.trim());
}

/** Takes back every decision in force on one subject. */
export async function takeBack(
	db: DbOrTrx,
	territoire: string,
	genre: 'regle' | 'document' | 'ecole',
	sujet: string,
	le: string,
	par: string | null = null
): Promise<number> {
	const own = (await decisions.listByTerritory(db, territoire)).filter(
		(d) => d.sujet.genre === genre && d.sujet.id === sujet
	);
	for (const { id } of own) await decisions.cancel(db, id, le, par);
	return own.length;
}

function parameterOf(ref: Referentiel, key: string) {
	for (const rule of ref.lacunes.regles)
		for (const [nom, defaut] of Object.entries(rule.parametres))
			if (parameterKey(rule.id, nom) === key) return { nom, defaut };
	return null;
}
