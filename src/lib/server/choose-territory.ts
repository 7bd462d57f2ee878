import type { Territory } from '../domain/territory';
import type { Refusal } from '../domain/issue';
import * as fr from '../domain/french';
import { searchTerritories } from './cog';
import type { Db } from './db/client';
import { ensureTerritory, getTerritory } from './territories';

/**
 * The territory a person names: a SIREN, « Nom (SIREN) », or a name.
 * out    the territory, made in the base if it was only in the official list; else the reason and the nearest names
 */
export async function chooseTerritory(db: Db, words: string): Promise<Territory | Refusal> {
	const text = words.trim();
	if (!text) return { refus: 'Indiquez le territoire.', conseil: 'Le nom de l’EPCI ou son SIREN suffit.' };
	const code = /\(([^()]+)\)\s*$/.exec(text)?.[1] ?? text.replace(/\s/g, '');
	const known = (await getTerritory(db, code)) ?? (await ensureTerritory(db, code));
	if (known) return known;
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
