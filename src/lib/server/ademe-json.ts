import { z } from 'zod';
import { count, list, quoted } from '../domain/french';
import { isRefusal, type Refusal } from '../domain/issue';
import type { CellValue, Workbook } from '../domain/sheet';
import { decode } from './delimited';

/* « Programme d'actions V2 » of the ADEME: one file holds the PCAET of many territories. */

const Labels = z.array(z.object({ libelle: z.string() })).nullish();
const Demarche = z.object({
	id: z.union([z.number(), z.string()]).transform(String),
	typesDemarche: z.array(z.object({ libcourt: z.string().nullish() })).nullish(),
	actions: z.array(
		z.object({
			intitule: z.string().nullish(),
			secteurs: z.array(z.object({ secteur: z.object({ libelle: z.string() }).nullish() })).nullish(),
			volets: Labels,
			typesPorteur: Labels
		})
	)
});
type Demarche = z.infer<typeof Demarche>;

export interface DemarcheInfo {
	readonly id: string;
	readonly actions: number;
	readonly premierTitre: string | null;
}

const SHOWN = 12;
/** Between several values of one cell: sector names hold commas and slashes. */
const BETWEEN = ' | ';
export const ADEME_HEADERS = ['intitulé', 'secteurs', 'type de porteur', 'volets'] as const;

/** What a file of the ADEME holds, for someone to choose from; the order is that of the file. */
export function listDemarches(bytes: Uint8Array): readonly DemarcheInfo[] | Refusal {
	const demarches = parse(bytes);
	return isRefusal(demarches) ? demarches : demarches.map(info);
}

/**
 * One démarche of an ADEME file as a workbook of one sheet: the i-th action is on row i + 1, headers on row 1.
 * in     `demarche`: its id; not needed when the file holds only one
 * out    a refusal that lists the démarches when there are several and none is named
 */
export function readAdemeJson(bytes: Uint8Array, fichier: string, demarche?: string): Workbook | Refusal {
	const demarches = parse(bytes);
	if (isRefusal(demarches)) return demarches;
	const wanted = demarche?.trim();
	const chosen = wanted ? demarches.filter((d) => d.id === wanted) : demarches;
	const [one] = chosen;
	if (!one || chosen.length > 1) {
		return {
			refus: wanted
				? `Ce fichier ne contient pas une démarche ${quoted(wanted)} et une seule.`
				: `Ce fichier contient ${count(demarches.length, 'démarche')}\u00a0: indiquez laquelle importer.`,
			conseil: `Démarches présentes\u00a0: ${described(demarches)}.`
		};
	}
	if (one.actions.length === 0)
		return {
			refus: `La démarche ${quoted(one.id)} ne contient aucune action.`,
			conseil: 'Choisissez une autre démarche.'
		};
	const rows: CellValue[][] = one.actions.map((action) => [
		filled(action.intitule),
		joined(action.secteurs?.map((s) => s.secteur?.libelle)),
		joined(action.typesPorteur?.map((t) => t.libelle)),
		joined(action.volets?.map((v) => v.libelle))
	]);
	const sheet = { nom: `Démarche ${one.id}`, masquee: false, rows: [[...ADEME_HEADERS], ...rows] };
	return { fichier, format: 'ademe-json', lecture: null, sheets: [sheet] };
}

function parse(bytes: Uint8Array): readonly Demarche[] | Refusal {
	const unknown: Refusal = {
		refus: 'Ce fichier JSON n’est pas un programme d’actions de l’ADEME.',
		conseil:
			'Choisissez un fichier «\u00a0Démarches PCAET, programme d’actions V2\u00a0», ou un classeur .xlsx, .ods ou .csv.'
	};
	let json: unknown;
	try {
		json = JSON.parse(decode(bytes)?.text.replace(/^\ufeff/, '') ?? '');
	} catch {
		return { refus: 'Ce fichier JSON est incomplet ou mal formé.', conseil: 'Téléchargez-le de nouveau.' };
	}
	const parsed = z
		.array(Demarche)
		.min(1)
		.safeParse(Array.isArray(json) ? json : [json]);
	return parsed.success ? parsed.data : unknown;
}

const info = (d: Demarche): DemarcheInfo => ({
	id: d.id,
	actions: d.actions.length,
	premierTitre: filled(d.actions.find((a) => filled(a.intitule))?.intitule)
});

function described(demarches: readonly Demarche[]): string {
	const lines = demarches.slice(0, SHOWN).map((d) => {
		const { id, actions, premierTitre } = info(d);
		return `${id} (${count(actions, 'action')}${premierTitre ? `, ${quoted(premierTitre.slice(0, 60))}` : ''})`;
	});
	const more = demarches.length - lines.length;
	return list(more > 0 ? [...lines, `${more} autres`] : lines);
}

const filled = (text: string | null | undefined): string | null => (text?.trim() ? text.trim() : null);

const joined = (labels: readonly (string | null | undefined)[] | undefined): string | null =>
	filled([...new Set((labels ?? []).flatMap((l) => filled(l) ?? []))].join(BETWEEN));
