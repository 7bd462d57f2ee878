import type { CaseSelection } from '../domain/pages/case-selection';
import type { Budget } from '../domain/crossing/budget';
import { reachOn } from '../domain/pages/nearest-actions';
import type { ActionBrief } from '../domain/pages/page-model';
import { basisLabel, capital, count, euros, inWords, roundEuros, typo } from './format';

/* Sentences a card opens with: they say what the figure says, never more. */

export function verdictSentence(selection: CaseSelection): { tete: string; suite: string } {
	const n = selection.actions.length;
	const doubt = selection.reserve ? typo(`, à confirmer : ${selection.reserve}`) : '';
	const comes = selection.reserve ? 'arriverait' : 'arrive';
	const here = selection.quartier ? 'dans le quartier' : 'dans les quartiers';
	switch (selection.coverage) {
		case 'structurante':
			return {
				tete: `Réponse structurante${doubt}.`,
				suite: `Au moins un investissement ${comes} ${here}.`
			};
		case 'de-service':
			return {
				tete: `Réponse de service${doubt}.`,
				suite: `Un service ou une aide ${comes} ${here}, sans investissement certain.`
			};
		case 'sensibilisation-seule':
			return {
				tete: 'Sensibilisation ou étude seule.',
				suite: typo(`${subject(n)} ${here} ; rien de structurant n’est prévu.`)
			};
		case 'diffuse':
			return {
				tete: 'Réponse diffuse.',
				suite: typo(diffuseSentence(selection, here))
			};
		case 'aucune':
			// Read in too few plans, a zero is what was found, not yet what there is.
			return selection.gaps.some((g) => g.reponse === 'donnee-manquante')
				? { tete: 'Aucune action lue.', suite: typo('Trop peu de plans pour conclure : voir « Ce qui manque ».') }
				: { tete: 'Aucune réponse.', suite: typo('Les plans saisis suffisent pour le dire : zéro action.') };
		case 'saisie-incomplete':
			return {
				tete: 'Non évalué.',
				suite: n
					? typo(`${subject(n)} peut-être ; la saisie ne permet pas de conclure.`)
					: 'La saisie ne permet pas de conclure. Ce n’est pas un zéro.'
			};
		default:
			return {
				tete: `${capital(count(n, 'action distincte', 'actions distinctes'))}.`,
				suite: selection.phrase
					? typo(selection.phrase)
					: 'Une action comptée dans plusieurs cases ne compte qu’une fois ici.'
			};
	}
}

/** Which of the two it is: too wide to say what comes here, or here and only for half of the crossing. */
function diffuseSentence({ actions, quartier }: CaseSelection, here: string): string {
	const wide = actions.filter((a) => reachOn(a, quartier?.code ?? null) === 'diffuse').length;
	const half = actions.length - wide;
	const place = here.replace(/^dans /, '');
	const scale = `${subject(wide)} à l’échelle de l’intercommunalité`;
	const halves = `ne ${half < 2 ? 'répond' : 'répondent'} qu’à moitié : l’enjeu de transition, sans celui de la politique de la ville`;
	if (half === 0) return `${scale} ; ${wide < 2 ? 'elle ne dit pas' : 'aucune ne dit'} ce qu’elle fait ${here}.`;
	if (wide === 0)
		return `${half < 2 ? 'Une action atteint' : `${capital(inWords(half, true))} actions atteignent`} ${place} mais ${halves}.`;
	return `${scale} ; ${half < 2 ? 'une autre atteint' : `${inWords(half, true)} autres atteignent`} ${place} mais ${halves}.`;
}

const subject = (n: number): string =>
	n === 0 ? 'Rien n’agit' : n === 1 ? 'Une action agit' : `${capital(inWords(n, true))} actions agissent`;

/** What the actions that say it cost, the bases kept apart. */
export function costByBasis(actions: readonly ActionBrief[]) {
	const stated = actions.flatMap((a) => a.budget ?? []);
	return [...new Set(stated.map(({ base }) => base))].map((base) => ({
		base,
		euros: stated.reduce((sum, b) => sum + (b.base === base ? b.euros : 0), 0)
	}));
}

export const unplacedSentence = (n: number): string =>
	typo(
		n === 1
			? 'Une action porte cet enjeu sans dire où ; elle n’est pas comptée :'
			: `${capital(inWords(n, true))} actions portent cet enjeu sans dire où ; elles ne sont pas comptées :`
	);

export const unfundedSentence = (n: number): string =>
	typo(
		n === 1
			? 'Une action est ici sans rien dire de son financement ; elle n’est pas comptée, et peut tout changer :'
			: `${capital(inWords(n, true))} actions sont ici sans rien dire de leur financement ; elles ne sont pas comptées, et peuvent tout changer :`
	);

/** Above a table wider than its frame. in: columns of territories still on the right; null before any measure */
export const regionCue = (right: number | null): string =>
	right === 0
		? 'Dernier territoire du tableau : les premiers sont à gauche, au doigt ou avec la flèche ←.'
		: `${right === null ? 'Le tableau continue' : `${count(right, 'territoire')} encore`} à droite : faites défiler le tableau, au doigt ou avec la flèche →.`;

/** The money of some actions: bases apart, and how many amounts are known and not. */
export function budgetSentence({ montant, parBase, avecMontant, sansMontant }: Budget): string {
	if (montant === null) return typo(`aucun montant connu, ${count(sansMontant, 'non renseigné', 'non renseignés')}`);
	const sums = (['HT', 'TTC', 'inconnu'] as const).filter((base) => parBase[base] !== 0);
	const said = sums.length
		? sums.map((base) => `${roundEuros(parBase[base])} ${basisLabel(base)}`).join(' + ')
		: euros(0);
	const blank = sansMontant ? `, ${count(sansMontant, 'non renseigné', 'non renseignés')}` : '';
	return typo(`${said}, ${count(avecMontant, 'montant connu', 'montants connus')}${blank}`);
}

export const silentSentence = (n: number): string =>
	typo(
		n === 1
			? 'Une action ne dit pas ce que le filtre demande ; elle n’est pas comptée :'
			: `${capital(inWords(n, true))} actions ne disent pas ce que le filtre demande ; elles ne sont pas comptées :`
	);
