import { lastListYear } from '../crossing/list-years';
import { aidsOf, mixedWords } from '../crossing/money-bases';
import type { QuartierView } from '../crossing/overview';
import { count, FINE, number, plural, roundEuros } from '../french';
import { moneyKindOf } from '../funding/own-share';

/* What is said of the money of a quartier: granted to the actions that name it, probable for the others. */

/**
 * What the figure of the money obtained says, in one reading.
 * out    `aConfirmer`: probable actions that were granted something; `si`, `sans`: beside a sum written for the quartier, or
 *        when none is; the year the lists of grants stop at
 */
export function grantedWords({
	actions,
	argentProbable: { actions: probable, cout },
	documents,
	argent
}: QuartierView) {
	const maybe = new Set(probable.map((a) => a.id));
	const n = actions.filter(
		(a) =>
			maybe.has(a.action.id) &&
			a.action.financements.some((f) => (f.obtenu ?? 0) > 0 && moneyKindOf(f, a.action) === 'aide')
	).length;
	const last = lastListYear(documents);
	const lists = last === null ? '' : ` (listes d’aides lues jusqu’en ${last})`;
	const all = probable.length;
	const aided =
		n === all ? `${all > 1 ? 'toutes aidées' : 'aidée'}` : `dont ${number(n)} ${plural(n, 'aidée', 'aidées')}`;
	const also = n ? `${FINE}; ${count(all, 'action probable', 'actions probables')} ici, ${aided}, à confirmer` : '';
	const cost = cout === null ? '' : `${FINE}; ${roundEuros(cout)} de coût sur des actions probables ici`;
	const mixed = mixedWords(aidsOf(argent));
	return {
		aConfirmer: n,
		si: `obtenus pour les actions qui nomment ou visent le quartier${mixed ? `, ${mixed}` : ''}${also}${lists}`,
		sans: n
			? `${plural(n, 'action de la commune aidée', 'actions de la commune aidées')}, sur ${count(all, 'probable', 'probables')} ici${lists}`
			: `obtenu pour le quartier${cost}${lists}`
	};
}

/** Of works that may be over: what says so. */
export const overWords = (parSubvention: boolean): string =>
	parSubvention ? 'subvention d’une année passée' : 'fin prévue passée';

/** « 8 actions probables ici : 8 916 551 € de coût écrit, dont 6 199 228 € à financer » */
export function probableWords({ actions, cout, reste, restePasse, reserve, bases }: QuartierView['argentProbable']) {
	const over = [...new Set(actions.filter((a) => a.passee && a.reste).map((a) => overWords(a.subvention)))];
	const past = restePasse ? `${roundEuros(restePasse)} sans financement écrit, ${over.join(' ou ')}` : '';
	const left = [reste === null ? '' : `${roundEuros(reste)} à financer`, past].filter(Boolean).join(' et ');
	const one = actions.length === 1;
	const mixed =
		bases.length > 1 ? ' Le coût additionne des montants HT, TTC ou sans base\u00a0: c’est un ordre de grandeur.' : '';
	const supposed =
		(reste ?? restePasse) !== null && reserve
			? ' Le reste à financer suppose que coûts et financements sont dans la même base, HT ou TTC.'
			: '';
	return {
		titre: `${count(actions.length, 'action probable', 'actions probables')} ici${cout === null ? ', sans montant écrit' : `\u00a0: ${roundEuros(cout)} de coût écrit${left && `, dont ${left}`}`}`,
		note: `${one ? 'Elle porte' : 'Elles portent'} sur une commune du quartier sans le nommer\u00a0: rien n’en est compté pour lui tant que personne ne dit si ${one ? 'elle le vise' : 'elles le visent'}.${mixed}${supposed}`
	};
}
