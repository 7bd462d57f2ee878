import { count, euros, FINE, quoted } from '../french';
import { anomaly, type Issue } from '../issue';
import { plain } from '../text';
import type { Grant } from './grant';

/* Which grants of a list are already in the ledger: a number is reused from one year to the next, a blank says nothing. */

/** A grant of the ledger and the list that says it. */
export interface HeldGrant {
	readonly grant: Grant;
	readonly fichier: string;
}

export interface SettledGrants {
	/** The rows in their order, each under its key in the ledger; what a row leaves blank stays as it was known. */
	readonly grants: readonly Grant[];
	/** Grants that the ledger already had. */
	readonly connues: number;
	readonly issues: readonly Issue[];
}

const differ = (a: string | number | null, b: string | number | null): boolean => a !== null && b !== null && a !== b;

const otherTitle = (a: Grant, b: Grant): boolean => plain(a.intitule) !== plain(b.intitule);
const otherBody = (a: Grant, b: Grant): boolean =>
	a.siren !== null || b.siren !== null
		? differ(a.siren, b.siren)
		: differ(a.beneficiaire && plain(a.beneficiaire), b.beneficiaire && plain(b.beneficiaire));

/** Under one number: the title, the body or the year may be corrected; two of them at once are another project. */
const isSameFile = (a: Grant, b: Grant): boolean =>
	[otherTitle(a, b), otherBody(a, b), differ(a.annee, b.annee)].filter(Boolean).length < 2;

/** What rows of one grant have in common: the number of its file, else its words and its body. */
const common = ({ dossier, dispositif, mesure, intitule, siren }: Grant): string =>
	dossier === null ? `t:${mesure ?? dispositif}|${plain(intitule)}|${siren ?? ''}` : `d:${plain(dossier)}`;

/**
 * Gives each row of a list the key of its grant in the ledger.
 * in     `held`: grants of the same family
 * out    same rows; the nearest takes the key first, whatever the order of the rows
 * never  lets a row take the place of another project, nor a blank the place of what was known
 */
export function settle(rows: readonly Grant[], held: readonly HeldGrant[], feuille: string): SettledGrants {
	const byCommon = new Map<string, HeldGrant[]>();
	for (const one of held) {
		const key = common(one.grant);
		byCommon.set(key, [...(byCommon.get(key) ?? []), one]);
	}
	const alike = rows.map((row) => byCommon.get(common(row)) ?? []);
	const taken = new Set<string>();
	const found: (HeldGrant | null)[] = rows.map(() => null);
	const pass = (suits: (row: Grant, known: Grant, all: readonly HeldGrant[]) => boolean): void =>
		rows.forEach((row, i) => {
			if (found[i]) return;
			const all = alike[i]!;
			const one = all.find(({ grant }) => !taken.has(grant.cle) && suits(row, grant, all));
			if (!one) return;
			found[i] = one;
			taken.add(one.grant.cle);
		});
	const sameWords = (a: Grant, b: Grant): boolean => !otherTitle(a, b) && isSameFile(a, b);
	pass((a, b) => sameWords(a, b) && a.montant === b.montant && a.annee === b.annee);
	pass((a, b) => sameWords(a, b) && a.montant === b.montant && !differ(a.annee, b.annee));
	// Halves of a cent once went down, under the key of that amount.
	pass((a, b) => a.dossier === null && a.montant - 1 === b.montant && a.annee === b.annee);
	pass((a, b) => a.dossier !== null && sameWords(a, b));
	// A number that has two grants is that of payments: a third one is no correction.
	pass((a, b, all) => a.dossier !== null && all.length === 1 && isSameFile(a, b));
	return keyed(rows, found, { alike, taken, held }, feuille);
}

function keyed(
	rows: readonly Grant[],
	found: readonly (HeldGrant | null)[],
	ledger: {
		/** Grants that may be those of each row. */
		readonly alike: readonly (readonly HeldGrant[])[];
		readonly taken: ReadonlySet<string>;
		readonly held: readonly HeldGrant[];
	},
	feuille: string
): SettledGrants {
	const keys = new Set(ledger.held.map((h) => h.grant.cle));
	const firsts = new Map<string, Grant>();
	const issues: Issue[] = [];
	const reused: { readonly row: Grant; readonly before: Grant }[] = [];
	const grants = rows.map((row, i) => {
		const first = firsts.get(row.cle);
		if (first) issues.push(twice(row, first, feuille));
		else firsts.set(row.cle, row);
		const known = found[i];
		if (known) return { ...filled(row, known.grant), cle: known.grant.cle };
		const alike = ledger.alike[i]!.filter(({ grant }) => !ledger.taken.has(grant.cle));
		if (row.dossier !== null && alike.length > 0) reused.push({ row, before: alike[0]!.grant });
		const before =
			row.dossier === null
				? alike.find(({ grant }) => !differ(grant.annee, row.annee) && !otherBody(grant, row))
				: null;
		if (before) issues.push(otherAmount(row, before, feuille));
		let cle = row.cle;
		for (let n = 2; keys.has(cle); n++) cle = `${row.cle}#${n}`;
		keys.add(cle);
		return { ...row, cle };
	});
	if (reused.length > 0) issues.unshift(reusedNumbers(reused));
	return { grants, connues: found.filter(Boolean).length, issues };
}

/** What a row leaves blank is as it was known; its place is that of the row as soon as it gives one. */
function filled(row: Grant, known: Grant): Grant {
	const placed = row.commune !== null || row.communeNom !== null;
	return {
		...row,
		...(row.annee === null ? { annee: known.annee, date: known.date } : {}),
		...(row.mesure === null && row.mesureTexte === null
			? { mesure: known.mesure, mesureTexte: known.mesureTexte }
			: {}),
		...(placed ? {} : { commune: known.commune, communeNom: known.communeNom }),
		departement: row.departement ?? known.departement,
		beneficiaire: row.beneficiaire ?? known.beneficiaire,
		siren: row.siren ?? known.siren,
		cout: row.cout ?? known.cout
	};
}

/** Two rows with the same number are two payments: both are counted, and somebody is told. */
function twice(row: Grant, first: Grant, sheet: string): Issue {
	const same = row.dossier === null ? 'même projet et même montant que' : 'même dossier que';
	const message = `Ligne ${row.ligne}\u00a0: ${same} la ligne ${first.ligne}${FINE}; les deux montants sont comptés.`;
	return anomaly('doublon', 'a-verifier', message, {
		where: { sheet, row: row.ligne },
		found: row.dossier ?? row.intitule,
		hint: 'Retirez une des deux lignes si c’est un doublon.'
	});
}

/** Without a number, nothing tells a corrected amount from a second project: both are counted, and somebody is told. */
function otherAmount(row: Grant, { grant, fichier }: HeldGrant, sheet: string): Issue {
	const message = `Ligne ${row.ligne}\u00a0: ${quoted(row.intitule)} est déjà au registre pour ${euros(grant.montant / 100)}, d’après ${quoted(fichier)}${FINE}; ${euros(row.montant / 100)} s’y ajoutent.`;
	return anomaly('doublon', 'a-verifier', message, {
		where: { sheet, row: row.ligne },
		found: row.intitule,
		expected: 'un numéro de dossier, qui dit si c’est le même projet',
		hint: 'Si c’est le même projet corrigé, reprenez l’ancienne liste avant de charger celle-ci.'
	});
}

function reusedNumbers(reused: readonly { readonly row: Grant; readonly before: Grant }[]): Issue {
	const [{ row, before }] = reused as [{ row: Grant; before: Grant }];
	const one = reused.length === 1;
	const year = before.annee === null ? '' : ` (${before.annee})`;
	return anomaly(
		'doublon',
		'a-verifier',
		`${count(reused.length, 'numéro de dossier', 'numéros de dossier')} de cette liste ${one ? 'est' : 'sont'} déjà au registre pour ${one ? 'un autre projet' : 'd’autres projets'}${FINE}; tous sont comptés. Ligne ${row.ligne}\u00a0: ${quoted(row.dossier!)} y est ${quoted(before.intitule)}${year}.`,
		{
			found: row.dossier,
			hint: 'Si c’est le même projet corrigé, reprenez l’ancienne liste avant de charger celle-ci.'
		}
	);
}
