import * as fr from '../french';
import type { QuartierView } from './overview';

/**
 * A quartier over two intercommunalités: what is said of it reads the plans of one.
 * out    « Le quartier est aussi dans la CA de la Porte du Hainaut : ses plans ne sont pas lus ici. »; null when it lies in one alone, or all of them are read together
 */
export function sharedWith({
	territory,
	summary: { quartier },
	autresEpci = []
}: Pick<QuartierView, 'territory' | 'summary' | 'autresEpci'>): string | null {
	const others = quartier.epci.filter((code) => code !== territory.code);
	if (territory.genre !== 'epci' || others.length === 0) return null;
	const named = others.map((code) => {
		const nom = autresEpci.find((e) => e.code === code)?.nom;
		return nom ? fr.withThe(nom) : `l’intercommunalité de SIREN ${code}`;
	});
	const theirs = others.length > 1 ? 'leurs' : 'ses';
	return `Le quartier est aussi dans ${fr.list(named)}${fr.INSECABLE}: ${theirs} plans ne sont pas lus ici.`;
}
