import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { STANDARD } from './axe-rules';

/** Every page of the tool, on the demonstration. */
export const PAGES = [
	['accueil', '/'],
	['territoire', '/territoires/ZZ0000001'],
	[
		'matrice comparée, preuve ouverte',
		'/territoires/ZZ0000001?lignes=plan&colonnes=transition&statut=en-cours&comparer=droit-commun&case=pcaet.T01'
	],
	['quartier', '/territoires/ZZ0000001/QNZZZ01F'],
	['à faire', '/territoires/ZZ0000001/a-faire?file=confirmer'],
	['démarrer', '/demarrer?q=saint'],
	['recherche', '/recherche?q=renovation'],
	['glossaire', '/glossaire'],
	['apporter des fichiers', '/apporter?territoire=ZZ0000001'],
	['importer', '/imports'],
	['historique des imports', '/imports/historique'],
	['compte rendu d’import', '/imports/1'],
	['colonnes d’un import', '/imports/1/colonnes'],
	['anomalies d’un import', '/imports/1/anomalies'],
	['lieux d’un import', '/imports/1/lieux'],
	['ce que change un import', '/imports/1/changements'],
	['annuler un import', '/imports/1/annuler'],
	['lieux à rattacher', '/territoires/ZZ0000001/lieux'],
	['recoupements', '/territoires/ZZ0000001/recoupements'],
	['et si', '/territoires/ZZ0000001/QNZZZ01F/et-si?cibler=A1-a4254bec7e3d3c09'],
	['carte', '/territoires/ZZ0000001/carte?par=reponse.X05&quartier=QNZZZ01F'],
	['actions', '/territoires/ZZ0000001/actions?q=%C3%A9nergivores&modifier=A1-a4254bec7e3d3c09~statut'],
	['actions d’une case', '/territoires/ZZ0000001/actions?case=X04.QNZZZ01F'],
	['tableau à imprimer', '/territoires/ZZ0000001/actions?imprimer=1&q=velo'],
	['une action', '/territoires/ZZ0000001/actions/A1-a4254bec7e3d3c09'],
	['créer une action', '/territoires/ZZ0000001/actions/nouvelle'],
	['histoire d’une action', '/territoires/ZZ0000001/actions/A1-a4254bec7e3d3c09/historique'],
	['financer une action', '/territoires/ZZ0000001/actions/A1-a4254bec7e3d3c09/financement'],
	['demandes de financement', '/territoires/ZZ0000001/financement'],
	['propositions à confirmer', '/territoires/ZZ0000001/classement'],
	['décisions', '/territoires/ZZ0000001/decisions'],
	['axes et thèmes', '/territoires/ZZ0000001/priorites'],
	['référents des plans', '/territoires/ZZ0000001/referents?plan=plh'],
	['signer un croisement', '/territoires/ZZ0000001/QNZZZ01F?signer=X01'],
	['argent obtenu', '/region/argent'],
	['règles du territoire', '/territoires/ZZ0000001/regles?regler=G07.horizon'],
	['région', '/region'],
	['référentiel', '/referentiel'],
	['accessibilité', '/accessibilite'],
	['page absente', '/territoires/000000000']
] as const;

/** What colours alone can break: in the dark, nothing else changes. */
export const COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds to say is told by the test, which goes on. */
export async function seenByAxe(page: Page, name: string, rules?: readonly string[]) {
	// What passes is not told node by node: only that is left out, and it is most of the time.
	// No page holds another: the findings are gathered where they are made, not in a second tab, three times as fast.
	const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true);
	const { violations } = await (rules ? axe.withRules([...rules]) : axe.withTags(STANDARD)).analyze();
	const told = violations.map(({ id, nodes }) => {
		const where = nodes.slice(0, 3).map((n) => n.target.join(' '));
		return `${name} : ${id} (${where.join(' | ')})`;
	});
	expect.soft(told, name).toEqual([]);
}
