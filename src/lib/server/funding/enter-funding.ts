import { PlanNature, type FactSaid, type LineSaid } from '../../domain/funding/entered';
import { factDefs, parseFact } from '../../domain/funding/facts';
import { Basis, parseMoney } from '../../domain/money';
import { parseDate } from '../../domain/import/dates';
import { isRefusal, type Refusal } from '../../domain/issue';
import type { Decision } from '../../domain/action';
import type { Referentiel } from '../../domain/rules/referentiel';
import * as actions from '../db/actions';
import type { Db, DbOrTrx } from '../db/client';
import * as decisions from '../db/decisions';
import { keepDecision } from '../keep-decision';
import type { FundingEntry } from '../../domain/pages/funding-history';
import { entriesOf } from '../db/funding-entries';

/* What a person types about the money of an action: signed, versioned, and never written over what came before. */

interface Signed {
	readonly territoire: string;
	readonly action: string;
	readonly par: string;
	readonly le: string;
}

export interface FactAnswer {
	readonly fait: string;
	/** As typed; blank: « not known ». */
	readonly texte: string;
	readonly source: string;
	/** Of the source, as typed. */
	readonly date: string;
	/** Number of the entry the person was reading; 0 for none. */
	readonly vu: number;
}

/**
 * Writes the answers that changed, all or none.
 * out    how many were written; a refusal that names the answer to put right, or who answered in between
 */
export async function enterFacts(
	db: Db,
	ref: Referentiel,
	asked: Signed & { readonly reponses: readonly FactAnswer[] }
): Promise<number | Refusal> {
	const defs = factDefs(ref);
	return signedWrite(db, asked, async (trx) => {
		const current = lastByKey(await entriesOf(trx, asked.territoire, asked.action));
		const said: Omit<Decision, 'id'>[] = [];
		for (const answer of asked.reponses) {
			const def = defs.get(answer.fait);
			if (!def) return refuse(`Le fait «\u00a0${answer.fait}\u00a0» n’est demandé par aucune mesure.`);
			const valeur = parseFact(def, answer.texte);
			if (isRefusal(valeur)) return valeur;
			const date = dateOf(answer.date);
			if (isRefusal(date)) return date;
			const before = current.get(`fait:${answer.fait}`);
			const motif = answer.source.trim() || null;
			if (same(before, valeur, valeur === null ? null : motif, valeur === null ? null : date)) continue;
			if ((before?.id ?? 0) !== answer.vu)
				return refuse(
					`${before?.par ?? 'Quelqu’un'} a répondu à «\u00a0${def.libelle}\u00a0» depuis que vous avez ouvert la page\u00a0: rien n’a été écrit.`,
					'Rechargez la page pour voir sa réponse, puis reprenez la vôtre.'
				);
			const fact: FactSaid = { fait: answer.fait, valeur, date: valeur === null ? null : date };
			said.push(decision(asked, 'fait', fact, motif));
		}
		for (const one of said) await keepDecision(trx, one);
		return said.length;
	});
}

/** Was this answer already the one in force? */
function same(before: FundingEntry | undefined, valeur: unknown, source: string | null, date: string | null): boolean {
	const known = before?.valeur as FactSaid | undefined;
	if (!known || known.valeur === null) return valeur === null;
	return known.valeur === valeur && before!.motif === source && known.date === date;
}

export interface TypedLine {
	/** Null: a new line. */
	readonly ligne: string | null;
	readonly financeur: string;
	readonly dispositif: string;
	readonly nature: string;
	readonly montant: string;
	readonly base: string;
	readonly date: string;
	readonly source: string;
	/** « oui », « non » or blank. */
	readonly publique: string;
	readonly precise: string;
}

/**
 * Adds or changes one line of the financing plan.
 * in     `version`: that of the plan the person was reading
 * out    number of the entry; a refusal when the plan changed in between or a field cannot be read
 */
export async function putLine(
	db: Db,
	ref: Referentiel,
	asked: Signed & { readonly version: string; readonly saisie: TypedLine }
): Promise<number | Refusal> {
	const { saisie } = asked;
	return signedWrite(db, asked, async (trx) => {
		const entries = await entriesOf(trx, asked.territoire, asked.action);
		const stale = staleness(entries, asked.version);
		if (stale) return stale;
		if (!saisie.financeur.trim())
			return refuse('Indiquez qui finance.', 'Par exemple «\u00a0État\u00a0» ou «\u00a0Région\u00a0».', 'financeur');
		const nature = PlanNature.safeParse(saisie.nature);
		if (!nature.success)
			return refuse('La nature de la ligne n’est pas choisie.', 'Choisissez-la dans la liste.', 'nature');
		const known = ref.financements.flatMap((f) => [f.id, ...f.mesures.map((m) => m.id)]);
		if (saisie.dispositif && !known.includes(saisie.dispositif))
			return refuse('Le dispositif choisi n’est pas dans le référentiel.');
		const montant = parseMoney(saisie.montant, Basis.safeParse(saisie.base).data ?? 'inconnu');
		const unread = montant.issues.find((i) => i.severity === 'bloquant' || montant.value === null);
		if (unread || (montant.value?.euros ?? 0) < 0)
			return refuse(
				`Le montant «\u00a0${saisie.montant}\u00a0» n’est pas lisible.`,
				'Écrivez un nombre, par exemple 60\u202f000,50.',
				'montant'
			);
		const date = dateOf(saisie.date);
		if (isRefusal(date)) return date;
		const ligne = saisie.ligne ?? `ligne:${nextRank(entries)}`;
		const line: LineSaid = {
			ligne,
			retiree: false,
			financeur: saisie.financeur.trim(),
			dispositif: saisie.dispositif || null,
			nature: nature.data,
			euros: montant.value?.euros ?? null,
			base: montant.value?.base ?? Basis.safeParse(saisie.base).data ?? 'inconnu',
			date,
			publique: saisie.publique === 'oui' ? true : saisie.publique === 'non' ? false : null,
			precise: saisie.precise || null
		};
		return keepDecision(trx, decision(asked, 'financement', line, saisie.source.trim() || null));
	});
}

/** Takes a typed line out of the plan; it stays in the history, and can come back. */
export async function takeLineOut(
	db: Db,
	asked: Signed & { readonly version: string; readonly ligne: string }
): Promise<number | Refusal> {
	return signedWrite(db, asked, async (trx) => {
		const entries = await entriesOf(trx, asked.territoire, asked.action);
		const stale = staleness(entries, asked.version);
		if (stale) return stale;
		const before = lastByKey(entries).get(`financement:${asked.ligne}`)?.valeur as LineSaid | undefined;
		if (!before || before.retiree) return refuse('Cette ligne n’est plus dans le plan.', 'Rechargez la page.');
		return keepDecision(trx, decision(asked, 'financement', { ...before, retiree: true }, null));
	});
}

/** Takes back the last entry about one fact or one line: what was there before it speaks again. */
export async function undoEntry(db: Db, asked: Signed & { readonly entree: number }): Promise<number | Refusal> {
	return signedWrite(db, asked, async (trx) => {
		const entries = await entriesOf(trx, asked.territoire, asked.action);
		const entry = entries.find((e) => e.id === asked.entree);
		if (!entry || entry.annuleeLe !== null || lastByKey(entries).get(entry.cle)?.id !== entry.id)
			return refuse(
				'Cette saisie a changé depuis que vous avez ouvert la page.',
				'Rechargez la page, puis recommencez.'
			);
		await decisions.cancel(trx, entry.id, asked.le, asked.par.trim());
		return entry.id;
	});
}

/** Changes with every entry and every undo. */
export const versionOf = (entries: readonly FundingEntry[]): string =>
	`${entries.at(-1)?.id ?? 0}-${entries.filter((e) => e.annuleeLe !== null).length}`;

async function signedWrite(
	db: Db,
	{ action, territoire, par }: Signed,
	write: (trx: DbOrTrx) => Promise<number | Refusal>
): Promise<number | Refusal> {
	if (!par.trim()) return refuse('Indiquez votre nom.', 'Une saisie est toujours signée.');
	return db.transaction().execute(async (trx) => {
		const known = (await actions.getSome(trx, territoire, [action])).has(action);
		return known
			? write(trx)
			: refuse('Cette action n’est plus dans les plans de ce territoire.', 'Rechargez la page.');
	});
}

/** The last entry in force of each fact and each line. */
export const lastByKey = (entries: readonly FundingEntry[]): ReadonlyMap<string, FundingEntry> =>
	new Map(entries.filter((e) => e.annuleeLe === null).map((e) => [e.cle, e]));

const staleness = (entries: readonly FundingEntry[], version: string): Refusal | null =>
	versionOf(entries) === version
		? null
		: refuse(
				`${entries.at(-1)?.par ?? 'Quelqu’un'} a modifié ces données depuis que vous avez ouvert la page\u00a0: rien n’a été écrit.`,
				'Rechargez la page pour voir ce qui a changé, puis reprenez votre ligne.'
			);

const nextRank = (entries: readonly FundingEntry[]): number =>
	1 + Math.max(0, ...entries.map((e) => Number(/^financement:ligne:(\d+)$/.exec(e.cle)?.[1] ?? 0)));

function dateOf(typed: string): string | null | Refusal {
	const text = typed.trim();
	if (text === '') return null;
	return (
		parseDate(text, 'debut').value ??
		refuse(`La date «\u00a0${text}\u00a0» n’est pas lisible.`, 'Écrivez-la JJ/MM/AAAA, ou seulement l’année.', 'date')
	);
}

const decision = (
	{ territoire, action, par, le }: Signed,
	genre: 'fait' | 'financement',
	valeur: FactSaid | LineSaid,
	motif: string | null
): Omit<Decision, 'id'> => ({
	territoire,
	sujet: { genre, id: action },
	quartier: null,
	valeur,
	motif,
	par: par.trim(),
	le
});

const refuse = (refus: string, conseil: string | null = null, champ?: string): Refusal => ({
	refus,
	conseil,
	...(champ && { champ })
});
