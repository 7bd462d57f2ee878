import type { Refusal } from '../domain/issue';
import { plain } from '../domain/text';
import type { Commune, InseeCode, Territory } from '../domain/territory';
import * as fr from '../domain/french';
import { communeOf, epciOfCommune, searchTerritories } from './cog';
import type { Db } from './db/client';
import { createGroup } from './db/territories';
import { ensureTerritory, getTerritory } from './territories';

/**
 * The territory a person names: a SIREN, « Nom (SIREN) », a name, or a group of communes (« Denain, Lourches », « Ouest : Denain, Lourches »).
 * out    the territory, made in the base if it was only in the official list; else the reason and the nearest names
 */
export async function chooseTerritory(db: Db, words: string): Promise<Territory | Refusal> {
	const text = words.trim();
	if (!text) return { refus: 'Indiquez le territoire.', conseil: 'Le nom de l’EPCI ou son SIREN suffit.' };
	const code = /\(([^()]+)\)\s*$/.exec(text)?.[1] ?? text.replace(/\s/g, '');
	const known = (await getTerritory(db, code)) ?? (await ensureTerritory(db, code));
	if (known) return known;
	if (/[,;]/.test(text)) return group(db, text);
	const hits = searchTerritories(text, 6);
	const codes = [...new Set(hits.flatMap((h) => (h.epci ? [h.epci.code] : [h.code])))];
	if (codes.length === 1) {
		const found = await ensureTerritory(db, codes[0]!);
		if (found) return found;
	}
	return {
		refus: `Le territoire ${fr.quoted(text)} n’est pas reconnu.`,
		conseil: hits.length
			? `Vouliez-vous dire ${fr.list(
					hits
						.slice(0, 4)
						.map((h) => (h.epci && h.genre === 'commune' ? `${h.epci.nom} (${h.epci.code})` : `${h.nom} (${h.code})`)),
					'ou'
				)}${fr.FINE}?`
			: 'Donnez le SIREN de l’EPCI, en 9 chiffres.'
	};
}

/** A group of communes, each by its name or its INSEE code; one unknown name and nothing is made. */
async function group(db: Db, text: string): Promise<Territory | Refusal> {
	const [, title, list] = /^(?:([^:]+):)?(.*)$/s.exec(text)!;
	const words = list!.split(/[,;]/).flatMap((w) => w.trim() || []);
	const communes: Commune[] = [];
	for (const word of words) {
		const found = communesCalled(word);
		if (found.length !== 1)
			return {
				refus: found.length
					? `${fr.count(found.length, 'commune')} s’appellent ${fr.quoted(word)}.`
					: `La commune ${fr.quoted(word)} n’est pas reconnue.`,
				conseil: found.length
					? `Donnez son code INSEE${fr.INSECABLE}: ${fr.list(
							found.slice(0, 6).map((c) => c.code),
							'ou'
						)}.`
					: 'Vérifiez son nom, ou donnez son code INSEE en 5 caractères.'
			};
		communes.push(found[0]!);
	}
	const nom = title?.trim() || `Groupe de communes${fr.INSECABLE}: ${fr.list(communes.map((c) => c.nom))}`;
	return createGroup(db, { nom, communes, region: epciOfCommune(communes[0]!.code)?.region ?? null });
}

function communesCalled(word: string): Commune[] {
	const byCode = communeOf(word.toUpperCase());
	if (byCode) return [{ code: byCode.actuelle, nom: byCode.nom }];
	return searchTerritories(word, 40)
		.filter((h) => h.genre === 'commune' && plain(h.nom) === plain(word))
		.map((h) => ({ code: h.code as InseeCode, nom: h.nom }));
}
