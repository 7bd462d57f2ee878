import type { DbOrTrx } from '../db/client';
import * as formes from '../db/formes';
import type { ImportOptions } from '../db/imports';
import type { By, ImportRequest } from './import-reading';

/* What a person chose for a file serves for the next file of the same shape. */

/** Where choices come from: said on the page and in the JSON of `croisee importer`. */
export interface FormeReprise {
	readonly fichier: string;
	readonly par: string;
	readonly le: string;
}

/** A request with the choices remembered for its shape, unless somebody already chose for it. */
export async function recallChoices(db: DbOrTrx, request: ImportRequest, signature: string): Promise<ImportRequest> {
	if (request.forme) return request;
	const fresh: ImportOptions['forme'] = { signature, memoriser: true, reprise: null };
	const chosen = request.colonnes || request.ligneEntete;
	const known = chosen ? null : await formes.get(db, request.plan, signature);
	if (!known) return { ...request, forme: fresh };
	const { fichier, colonnes, base, feuille, ligneEntete } = known.choix;
	return {
		...request,
		colonnes,
		base: request.base ?? base,
		feuille: request.feuille ?? feuille,
		ligneEntete,
		forme: { ...fresh, reprise: { fichier, par: known.par, le: known.le } }
	};
}

/**
 * Keeps the choices of a committed import for its shape.
 * never  keeps the year: it is that of one file; never rewrites what was only taken up again
 */
export async function rememberChoices(db: DbOrTrx, request: ImportRequest, by: By): Promise<void> {
	const { forme, plan, fichier, colonnes = {}, base = 'inconnu', feuille = null, ligneEntete = null } = request;
	if (!forme?.choisi || !forme.memoriser) return;
	const none = Object.keys(colonnes).length === 0 && base === 'inconnu' && feuille === null && ligneEntete === null;
	if (none) await formes.remove(db, plan, forme.signature);
	else
		await formes.save(db, plan, forme.signature, {
			choix: { fichier, colonnes, base, feuille, ligneEntete },
			par: forme.choisi.par,
			le: by.le
		});
}
