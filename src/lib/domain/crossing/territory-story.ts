import type { Coverage } from './coverage';
import { capital, count, FINE, inWords, list, number, plural } from '../french';
import type { Gap } from '../rules/gaps';
import type { Cell, Matrix } from './matrix';
import type { CroiseGroup, CroiseRow } from './overview';
import { SeverityLevel, type EnjeuCroise } from '../rules/referentiel';

/* The sentences a territory opens with. Computed, never written by hand; what is not assessed is said so. */

/** From what is left to do to what holds; rows nobody can judge come last. */
export const CROISE_GROUPS: readonly CroiseGroup[] = [
	'sans-reponse',
	'diffuse',
	'sensibilisation',
	'inegale',
	'tenue',
	'non-evalue'
];

/**
 * How a crossing stands over the quartiers of a territory.
 * in     its coverage in each quartier; quartiers that are not assessed do not weigh
 * out    non-evalue when none is assessed (or no quartier); inegale as soon as some have a substantial answer and others not
 */
export function groupOf(coverages: readonly Coverage[]): CroiseGroup {
	const known = coverages.filter((c) => c !== 'saisie-incomplete');
	if (known.length === 0) return 'non-evalue';
	const substantial = known.filter((c) => c === 'structurante' || c === 'de-service').length;
	if (substantial === known.length) return 'tenue';
	if (substantial > 0) return 'inegale';
	if (known.includes('sensibilisation-seule')) return 'sensibilisation';
	return known.includes('diffuse') ? 'diffuse' : 'sans-reponse';
}

/** The 20 crossings, worst first: by group, then by their worst gap, then by how many quartiers wait. */
export function croiseRows(matrix: Matrix, gaps: readonly Gap[], croises: readonly EnjeuCroise[]): CroiseRow[] {
	const levels = SeverityLevel.options;
	return matrix.rows.keys
		.map((key, i) => {
			const cells = matrix.cells[i] ?? [];
			const coverages = cells.map((c) => c.coverage);
			const own = gaps.filter((g) => g.enjeu === key.code && g.reponse === 'alerte' && !g.ecartee);
			const pire = own.reduce<Gap | null>(
				(worst, g) => (worst && levels.indexOf(worst.gravite) <= levels.indexOf(g.gravite) ? worst : g),
				null
			);
			const groupe = groupOf(coverages);
			return {
				code: key.code,
				groupe,
				phrase: croisePhrase(groupe, cells, matrix),
				pire: pire && { regle: pire.regle, gravite: pire.gravite },
				waiting: coverages.filter((c) => c !== 'structurante' && c !== 'de-service' && c !== 'saisie-incomplete').length
			};
		})
		.sort(
			(a, b) =>
				CROISE_GROUPS.indexOf(a.groupe) - CROISE_GROUPS.indexOf(b.groupe) ||
				(a.pire ? levels.indexOf(a.pire.gravite) : 9) - (b.pire ? levels.indexOf(b.pire.gravite) : 9) ||
				b.waiting - a.waiting ||
				order(croises, a.code) - order(croises, b.code)
		)
		.map(({ waiting: _, ...row }) => row);
}

const order = (croises: readonly EnjeuCroise[], code: string): number => croises.findIndex((c) => c.code === code);

function croisePhrase(groupe: CroiseGroup, cells: readonly Cell[], matrix: Matrix): string {
	const names = matrix.columns.keys.map((k) => k.libelle);
	const having = (...wanted: Coverage[]) =>
		names.filter((_, j) => wanted.includes(cells[j]?.coverage ?? 'saisie-incomplete'));
	const actions = new Set(cells.flatMap((c) => c.actions)).size;
	const blank = having('saisie-incomplete').length;
	const aside =
		blank && blank < cells.length
			? `${FINE}; ${quartiers(blank)} ${blank > 1 ? 'ne sont pas évalués' : 'n’est pas évalué'}`
			: '';
	switch (groupe) {
		case 'sans-reponse':
			return `Aucune action ne porte cet enjeu pour ${the(cells.length - blank)}${aside}.`;
		case 'diffuse':
			return `${capital(inWords(actions, true))} ${plural(actions, 'action le traite', 'actions le traitent')} à l’échelle de l’intercommunalité${FINE}; aucune ne dit ce qu’elle fait dans les quartiers.`;
		case 'sensibilisation': {
			const soft = having('sensibilisation-seule');
			return `De la sensibilisation ou des études dans ${some(soft, cells.length)}${FINE}; aucun investissement, aucun service.`;
		}
		case 'inegale': {
			const rest = having('sensibilisation-seule', 'diffuse', 'aucune');
			return `Une réponse de fond dans ${some(having('structurante', 'de-service'), cells.length)}${FINE}; rien de tel ${rest.length <= 3 ? `pour ${list(rest)}` : `dans ${quartiers(rest.length)}`}.`;
		}
		case 'tenue': {
			const [built, served] = [having('structurante').length, having('de-service').length];
			const parts = [
				...(built ? [`structurante dans ${quartiers(built)}`] : []),
				...(served ? [`de service dans ${quartiers(served)}`] : [])
			];
			return `Réponse ${list(parts)}${aside}.`;
		}
		case 'non-evalue':
			return cells.length === 0
				? 'Aucun quartier n’est chargé.'
				: cells.some((c) => c.etat.possible !== c.etat.connu)
					? 'Des actions dont le lieu ou la nature est inconnu pourraient y répondre.'
					: 'Trop peu de documents saisis pour conclure.';
	}
}

const quartiers = (n: number): string => `${inWords(n)} ${plural(n, 'quartier')}`;
const the = (n: number): string => (n === 1 ? 'le quartier' : `les ${inWords(n)} quartiers`);
const some = (names: readonly string[], total: number): string =>
	names.length === total && total > 1 ? the(total) : `${quartiers(names.length)} sur ${number(total, 0)}`;

export interface TerritoryCounts {
	readonly groups: Readonly<Record<CroiseGroup, number>>;
	readonly quartiers: number;
	/** Documents imported. */
	readonly documents: number;
	/** Kinds of plan entered, and how many it takes to say that something is missing. */
	readonly plans: number;
	readonly minPlans: number;
}

export const countGroups = (rows: readonly Pick<CroiseRow, 'groupe'>[]): Record<CroiseGroup, number> =>
	Object.fromEntries(CROISE_GROUPS.map((g) => [g, rows.filter((r) => r.groupe === g).length])) as Record<
		CroiseGroup,
		number
	>;

/** The finding of the page: what has no answer first, then what does not reach the quartiers, then the rest. */
export function territoryTitle({ groups, quartiers, documents }: TerritoryCounts): string {
	if (quartiers === 0) return 'Aucun quartier prioritaire n’est chargé pour ce territoire';
	if (documents === 0) return 'Aucun document-cadre importé, rien n’est encore évalué';
	const none = groups['sans-reponse'];
	const { diffuse, sensibilisation, inegale, tenue } = groups;
	const enjeux = (n: number) => `${capital(inWords(n))} ${plural(n, 'enjeu', 'enjeux')}`;
	if (none && diffuse)
		return `${enjeux(none)} sans réponse, ${inWords(diffuse)} qui ${plural(diffuse, 'n’arrive', 'n’arrivent')} pas jusqu’aux quartiers`;
	if (none) return `${enjeux(none)} sans réponse dans les quartiers`;
	if (diffuse) {
		const partly =
			inegale > diffuse ? `, ${inWords(inegale)} n’en ${plural(inegale, 'atteint', 'atteignent')} que certains` : '';
		return `${enjeux(diffuse)} ${plural(diffuse, 'n’arrive', 'n’arrivent')} pas jusqu’aux quartiers${partly}`;
	}
	if (sensibilisation)
		return `${enjeux(sensibilisation)} ${plural(sensibilisation, 'ne repose', 'ne reposent')} que sur la sensibilisation`;
	if (inegale) return `${enjeux(inegale)} à la réponse inégale selon les quartiers`;
	if (tenue === 0) return 'Aucun enjeu ne peut encore être évalué';
	return tenue === 1
		? 'Le seul enjeu évalué a une réponse de fond'
		: `Les ${inWords(tenue)} enjeux évalués ont une réponse de fond`;
}

/** The figures of the page, in one sentence; groups without any crossing are left out. */
export function territoryLead({ groups, quartiers, documents, plans, minPlans }: TerritoryCounts): string {
	const total = CROISE_GROUPS.reduce((sum, g) => sum + groups[g], 0);
	if (quartiers === 0) return 'Importez les périmètres officiels des quartiers pour croiser les plans avec eux.';
	if (documents === 0)
		return 'Importez un PCAET, un PLH ou un contrat de ville. Un plan absent n’est jamais compté comme zéro.';
	const said: [number, string, string][] = [
		[groups['sans-reponse'], 'n’a aucune action', 'n’ont aucune action'],
		[
			groups.diffuse,
			'n’est traité qu’à l’échelle de l’intercommunalité',
			'ne sont traités qu’à l’échelle de l’intercommunalité'
		],
		[groups.sensibilisation, 'repose sur la seule sensibilisation', 'reposent sur la seule sensibilisation'],
		[groups.inegale, 'est inégal selon les quartiers', 'sont inégaux selon les quartiers'],
		[groups.tenue, 'est tenu', 'sont tenus']
	];
	const parts = said.filter(([n]) => n > 0).map(([n, one, many]) => `${number(n, 0)} ${plural(n, one, many)}`);
	const blank = groups['non-evalue'];
	const aside = blank ? `${number(blank, 0)} ${plural(blank, 'n’est pas évalué', 'ne sont pas évalués')}` : '';
	const head = `Sur ${number(total, 0)} croisements attendus entre transition et politique de la ville, `;
	const tail =
		plans < minPlans
			? ` ${count(plans, 'plan saisi', 'plans saisis')}\u00a0: il en faut ${inWords(minPlans)} pour conclure à une absence.`
			: '';
	return `${head}${[list(parts), aside].filter((p) => p !== '').join(`${FINE}; `)}.${tail}`;
}
