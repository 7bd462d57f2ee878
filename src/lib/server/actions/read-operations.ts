import { quoted } from '../../domain/french';
import type { Referentiel } from '../../domain/rules/referentiel';
import type { Db } from '../db/client';
import { lastOperations, type Operation } from '../db/gestures';
import { decisionSentence } from '../decision-history';
import { crossedTerritory } from '../read-territory';

/* The last things done to a territory, in words, each with how it is taken back. */

const SHOWN = 10;

export interface ToldOperation extends Pick<Operation, 'genre' | 'numero' | 'par' | 'le' | 'annulee'> {
	readonly dit: string;
}

export interface Operations {
	readonly dernieres: readonly ToldOperation[];
	/** The last one of this person still in force, that one click takes back. */
	readonly mienne: ToldOperation | null;
}

export async function readOperations(
	db: Db,
	ref: Referentiel,
	territoire: string,
	{ nom, asOf }: { readonly nom: string; readonly asOf: string }
): Promise<Operations> {
	const rows = await lastOperations(db, territoire, 5 * SHOWN);
	// The page has just read the territory: it is held in memory.
	const crossed = await crossedTerritory(db, ref, territoire, asOf);
	const say = await decisionSentence(db, ref, territoire, {
		actions: crossed?.placed.map((p) => p.action) ?? [],
		quartiers: crossed?.view.quartiers.map((q) => q.quartier) ?? []
	});
	const told = rows.map(({ genre, numero, par, le, annulee, libelle }): ToldOperation => ({
		...{ genre, numero, par, le, annulee },
		dit: genre === 'decision' ? say(numero) : genre === 'import' ? `Import de ${quoted(libelle)}` : libelle
	}));
	return {
		dernieres: told.slice(0, SHOWN),
		mienne: told.find((o) => nom !== '' && o.par === nom && !o.annulee && o.genre !== 'import') ?? null
	};
}
