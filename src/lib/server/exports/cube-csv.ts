import { cubeCells, NONE, UNSAID } from '../../domain/crossing/cube';
import { LISTS } from '../../domain/crossing/plan-entries';
import { remember } from '../../domain/remember';
import { familiesIn } from '../../domain/rules/families-here';
import type { Referentiel } from '../../domain/rules/referentiel';
import type { DbOrTrx } from '../db/client';
import { quartierNames } from '../db/region';
import { readCube } from '../read-region';
import { writeCsv, type CsvCell } from './csv';

const HEADERS = [
	...['quartier', 'nom du quartier', 'axe', 'enjeu', 'libellé de l’enjeu', 'plan', 'dispositif'],
	...['actions distinctes', 'coûts HT (€)', 'coûts TTC (€)', 'coûts sans base HT ou TTC (€)', 'actions sans montant']
];

/**
 * The whole crossing of a region as one long table, a row per quartier × enjeu × plan × dispositif that holds something: what
 * a pivot table takes. An action of several enjeux or dispositifs is in several rows.
 */
export async function cubeCsv(db: DbOrTrx, ref: Referentiel, region: string | null, asOf: string): Promise<string> {
	const names = await quartierNames(db);
	const enjeux = new Map([...ref.enjeux.transition, ...ref.enjeux.ville].map((e) => [e.code, e.libelle]));
	const plans = new Map<string, string>([
		...ref.plans.types.map((t) => [t.code, t.court] as const),
		[LISTS, 'liste de subventions']
	]);
	const fundsIn = remember(
		(departement) => new Map(familiesIn(ref.financements, [departement]).map((f) => [f.id, f.titre]))
	);
	const rows: (readonly CsvCell[])[] = [HEADERS];
	for (const cell of cubeCells(await readCube(db, ref, region, asOf))) {
		const { quartier, enjeu, plan, dispositif, actions, parBase, sansMontant } = cell;
		rows.push([
			...[quartier, names.get(quartier) ?? null, AXES[enjeu.charAt(0)] ?? 'aucun'],
			...(enjeu === NONE ? [null, 'aucun enjeu reconnu'] : [enjeu, enjeux.get(enjeu) ?? null]),
			plans.get(plan) ?? plan,
			FUNDS[dispositif] ?? fundsIn(departementOf(quartier)).get(dispositif) ?? dispositif,
			// Bases are never added; a blank is not zero euro.
			...[actions, parBase.HT, parBase.TTC, parBase.inconnu, sansMontant]
		]);
	}
	return writeCsv(rows);
}

/** « QN05962M » → « 59 » */
const departementOf = (quartier: string): string => quartier.slice(2, 5).replace(/^0/, '');

/** Paid otherwise is known; « non dit » is not: it may be any of them. */
const FUNDS: Readonly<Record<string, string>> = { [NONE]: 'aucun dispositif nommé', [UNSAID]: 'non dit' };
const AXES: Readonly<Record<string, string>> = { T: 'transition', P: 'politique de la ville' };
