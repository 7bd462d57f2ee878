import type { PlanKind } from '../../domain/action';
import * as fr from '../../domain/french';
import { isRefusal, type Refusal } from '../../domain/issue';
import type { Referentiel } from '../../domain/rules/referentiel';
import type { Db } from '../db/client';
import { importGrants } from '../ledger/import-grants';
import { streamTitle } from '../ledger/streams';
import { importSchools } from '../local-facts';
import type { By } from '../plans/import-reading';
import { perform } from '../plans/perform';
import { runJob, startJob, waitJob } from '../plans/jobs';
import { importQuartierFile } from '../quartiers/import-quartier-file';
import { close, type Brought, type HeldFile } from './held-files';

/** What a person answered about a file: only what it could not say by itself. */
export interface BringChoice {
	/** Null when no file of the lot needs one. */
	readonly territoire: string | null;
	/** A list of grants may be read as the operations of a plan. */
	readonly commePlan: boolean;
	readonly plan: PlanKind | null;
	readonly periode: string | null;
	readonly demarche: string | null;
	readonly dispositif: string | null;
	/** Only the rows whose column holds this. */
	readonly filtre: { readonly champ: string; readonly valeur: string } | null;
}

/** Bytes read here at once; more, or an archive that may hold far more, is read apart. */
const HERE = { octets: 2_000_000, archive: 300_000 };

/** Recognises a file; a heavy one apart from the server: whatever it holds, the pages go on answering. */
export async function holdFile(
	db: Db,
	ref: Referentiel,
	{ bytes, fichier }: { readonly bytes: Uint8Array; readonly fichier: string },
	territoire: string | null,
	left?: AbortSignal
): Promise<HeldFile> {
	const file: HeldFile = { fichier, bytes, reconnu: null, issue: null };
	await recogniseHeld(db, ref, file, territoire, left);
	return file;
}

/** The same, of a file already held. */
export async function recogniseHeld(
	db: Db,
	ref: Referentiel,
	file: HeldFile,
	territoire: string | null,
	left?: AbortSignal
): Promise<void> {
	const { fichier, bytes } = file;
	const here = bytes.length <= (bytes[0] === 0x50 ? HERE.archive : HERE.octets);
	const order = { genre: 'reconnaitre', demande: { bytes, fichier, territoire } } as const;
	const outcome = await (here ? perform(db, ref, order) : runJob(db, order, left)).catch(fault);
	file.reconnu = isRefusal(outcome) ? { refus: outcome.refus, conseil: outcome.conseil } : outcome.reconnu!;
	if (isRefusal(file.reconnu)) file.bytes = new Uint8Array();
}

/** One file that fails takes nothing away from the others. */
function fault(error: unknown): Refusal {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	return { refus: 'La lecture s’est arrêtée par une faute de Croisée.', conseil: 'Rien n’a été écrit. Réessayez.' };
}

/** Small files are read within this time: the page then says at once what they hold. */
const AT_ONCE_MS = 1_500;

/** Does with a file what was said: writes it in one go, or starts its reading when it is a plan. */
export async function bringFile(
	db: Db,
	ref: Referentiel,
	file: HeldFile,
	choice: BringChoice,
	by: By
): Promise<Brought> {
	const issue = await done(db, ref, file, choice, by).catch((error): Brought => refused(fault(error)));
	close(file, issue);
	return issue;
}

async function done(db: Db, ref: Referentiel, file: HeldFile, choice: BringChoice, by: By): Promise<Brought> {
	const { bytes, fichier, reconnu } = file;
	if (reconnu === null) return { etat: 'attente' };
	if (isRefusal(reconnu)) return refused(reconnu);
	if (reconnu.genre === 'plan' || (reconnu.genre === 'attributions' && choice.commePlan)) {
		if (choice.territoire === null) return refused({ refus: 'Indiquez le territoire.', conseil: null });
		if (choice.plan === null) return refused({ refus: `Dites quel plan est ${fr.quoted(fichier)}.`, conseil: null });
		const { plan, territoire, periode, demarche, filtre } = choice;
		const demande = { bytes, fichier, territoire, plan, periode, demarche, filtre, ...by };
		const job = startJob(db, { genre: 'lire', demande });
		if (isRefusal(job)) return refused(job);
		await waitJob(job.id, AT_ONCE_MS);
		return { etat: 'lecture', travail: job.id };
	}
	if (reconnu.genre === 'attributions') return grants(db, ref, file, choice, by);
	if (reconnu.genre === 'ecoles') {
		if (choice.territoire === null) return refused({ refus: 'Indiquez le territoire.', conseil: null });
		const report = await importSchools(db, { bytes, fichier, territoire: choice.territoire, ...by });
		if (isRefusal(report)) return refused(report);
		return written(`${fr.count(report.acceptees, 'école gardée', 'écoles gardées')}${rejected(report.rejetees)}.`);
	}
	const report = await importQuartierFile(db, ref, { bytes, fichier, le: by.le });
	return isRefusal(report) ? refused(report) : written(report.phrase, report.details);
}

async function grants(db: Db, ref: Referentiel, file: HeldFile, choice: BringChoice, by: By): Promise<Brought> {
	const { bytes, fichier } = file;
	if (choice.dispositif === null)
		return refused({
			refus: `Dites quel dispositif a accordé les subventions de ${fr.quoted(fichier)}.`,
			conseil: null
		});
	const { dispositif, filtre } = choice;
	const report = await importGrants(db, ref, { bytes, fichier, dispositif, filtre, ...by });
	if (isRefusal(report)) return refused(report);
	const many = fr.count(report.acceptees, 'subvention', 'subventions');
	const known = report.dejaConnues ? `, dont ${fr.number(report.dejaConnues)} déjà au registre` : '';
	return written(
		`${many} (${streamTitle(ref, report.dispositif)}) pour ${fr.euros(report.montant)}${known}${rejected(report.rejetees)}.`,
		report.anomalies.filter((a) => a.gravite !== 'info').map((a) => a.message),
		{ nom: 'Voir l’argent obtenu', href: `/region/argent?dispositif=${report.dispositif.split('.')[0]}` }
	);
}

const rejected = (n: number): string => (n ? `, ${fr.count(n, 'ligne rejetée', 'lignes rejetées')}` : '');

const SHOWN = 12;
const written = (
	phrase: string,
	details: readonly string[] = [],
	lien: Extract<Brought, { etat: 'ecrit' }>['lien'] = null
): Brought => ({
	etat: 'ecrit',
	phrase,
	details: details.slice(0, SHOWN),
	autres: Math.max(0, details.length - SHOWN),
	lien
});

const refused = ({ refus, conseil }: Refusal): Brought => ({ etat: 'refuse', refus, conseil });
