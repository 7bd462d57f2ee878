import type { PorteurType } from '../action';
import { rememberWith } from '../remember';
import { eitherWay } from '../numbered-names';
import type { PlansFile } from '../rules/referentiel';
import { plain } from '../text';
import { namesOf, within } from './row-values';

/* The kind of body a name points to, by the words it begins with, else by those inside it. */

/** Two bodies in one cell, or a body and its kind: « Roue libre (association) », « Direction de l’eau - Ville de Lys ». */
const PARTS = /[,;/|+\n()[\]]|\s[-–—]\s/;
/** « Mme Roy », « M. Paul Ville »: a person may bear the name of a body. */
const PERSON =
	/^\s*(?:M\.|M|MM\.?|Mmes?|Mlles?|Monsieur|Madame|Dr\.?)\s+\p{L}[\p{L}'’.-]*(?:\s+\p{Lu}[\p{L}'’-]*(?![\p{L}'’-])(?!\s+(?:de|du|des|d['’])))?/u;
const ARTICLE = /^(?:la|le|les|l)\s+/;
const SIGLE = /^\s*(la\s+)?((?:\p{L}\.){2,}|\p{L}{2,})(?=[\s,]|$)(.*)$/su;
/** « CC de l’Orme », « CA DES Deux Baies », « CU d’Arras »; never « CA du dernier exercice », « CA de 300 k€ ». */
const OF_A_PLACE =
	/^\s+(?:de\s+la\s+|de\s+l\s?['’]\s*|des?\s+|du\s+|d\s?['’]\s*)(?=\p{L})(?!(?:dernier|exercice|entreprise|société|année|mois)(?!\p{L}))/iu;
/** « CC Somme Sud-Ouest », « CA La Rochelle »; never « CA HT », « CC Mme Roy ». */
const A_NAME = /^\s+(?:(?:la|le|les)\s+|l['’])?(?!(?:TTC|Mme|Mlle|Mmes)(?!\p{L}))\p{Lu}[\p{L}'’-]{2,}/u;
/** « Service habitat de la CC des Orées »: the body it belongs to. */
const OF_ANOTHER = /\p{L}\s+(?:de|à|par)\s+la\s+(\p{Lu}.*)$/su;

/**
 * in     a cell, as written: capitals tell « MEL » from « Mel »
 * out    the kind of the first part that begins with a known name; else that of the longest known name inside; null when none is known
 * never  reads a sigle of two letters that no place follows (« CA », « CC : »), nor the name of a person for that of a body
 */
export const bodyNamed = rememberWith((text: string, plans: PlansFile): PorteurType | null => {
	const parts = text.split(PARTS).map((part) => part.replace(PERSON, ' '));
	for (const part of parts) {
		const kind = headOf(part, plans);
		if (kind !== null) return kind;
	}
	for (const part of parts) {
		const inner = OF_ANOTHER.exec(part)?.[1];
		const kind = inner === undefined ? null : sigleOf(inner, plans);
		if (kind !== null) return kind;
	}
	const words = parts.map(plain).join(' ');
	return longest(plans, (name) => eitherWay(words, (said) => within(said, name)));
});

function headOf(part: string, plans: PlansFile): PorteurType | null {
	const words = plain(part).replace(ARTICLE, '');
	return (
		sigleOf(part, plans) ??
		longest(plans, (name) => eitherWay(words, (said) => said === name || said.startsWith(`${name} `)))
	);
}

function sigleOf(part: string, plans: PlansFile): PorteurType | null {
	const [, article, written, rest] = SIGLE.exec(part) ?? [];
	if (written === undefined) return null;
	const letters = written.replace(/\./g, '');
	const code = plans.porteurs.find((p) => p.sigles.includes(letters.toUpperCase()))?.code;
	if (code === undefined) return null;
	if (OF_A_PLACE.test(rest!)) return code;
	if (written !== letters.toUpperCase()) return null;
	return letters.length > 2 || A_NAME.test(rest!) || (article !== undefined && rest!.trim() === '') ? code : null;
}

/** The kind whose name is the longest of those that `says` holds for. */
function longest(plans: PlansFile, says: (name: string) => boolean): PorteurType | null {
	let best: { readonly code: PorteurType; readonly size: number } | null = null;
	for (const body of plans.porteurs)
		for (const name of namesOf(body))
			if (name.length > (best?.size ?? 0) && says(name)) best = { code: body.code, size: name.length };
	return best?.code ?? null;
}
