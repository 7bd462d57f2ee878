import { plain } from '../text';
import type { Referentiel } from './referentiel';

/* What the words of a file may call a fund or one of its measures. */

/** Folded names → id. A name that a family and one of its measures share is the family's: it says less, surely. */
export function dispositifNames(ref: Referentiel): ReadonlyMap<string, string> {
	const names = new Map<string, string>();
	for (const file of ref.financements)
		for (const measure of file.mesures)
			for (const name of [measure.id, measure.libelle, ...measure.alias]) names.set(plain(name), measure.id);
	for (const file of ref.financements)
		for (const name of [file.id, file.titre, ...file.alias]) names.set(plain(name), file.id);
	names.delete('');
	return names;
}
