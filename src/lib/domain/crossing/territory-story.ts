import { bestReserve, reservesOfRow, rowReserve, type Looked } from './answer-reserve';
import type { Coverage } from './coverage';
import { capital, count, FINE, inWords, list, number, plural } from '../french';
import { chiffre, listPhrases, phrase, type Phrase } from '../phrase';
import type { Gap } from '../rules/gaps';
import { keep, type Memory } from '../memory';
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
export function croiseRows(
	matrix: Matrix,
	gaps: readonly Gap[],
	croises: readonly EnjeuCroise[],
	looked: Looked,
	memory: Memory = new Map()
): CroiseRow[] {
	const levels = SeverityLevel.options;
	const worst = new Map<string, Gap>();
	const asked = new Map<string, string>();
	for (const gap of gaps) {
		if (gap.enjeu === null || gap.ecartee) continue;
		if (gap.reponse === 'donnee-manquante' && !asked.has(gap.enjeu)) asked.set(gap.enjeu, gap.regle);
		if (gap.reponse !== 'alerte') continue;
		const known = worst.get(gap.enjeu);
		if (!known || levels.indexOf(gap.gravite) < levels.indexOf(known.gravite)) worst.set(gap.enjeu, gap);
	}
	return matrix.rows.keys
		.map((key, i) => {
			const cells = matrix.cells[i] ?? [];
			const coverages = cells.map((c) => c.coverage);
			const pire = worst.get(key.code) ?? null;
			const groupe = groupOf(coverages);
			// A cell is another one as soon as one of its actions changes.
			const told = keep(memory, `phrase ${key.code}`, [groupe, matrix.columns.keys, looked.asOf, ...cells], () => {
				const answers = reservesOfRow(matrix, i, looked);
				return {
					phrase: croisePhrase(groupe, cells, matrix, rowReserve(answers)),
					aConfirmer: groupe === 'tenue' && answers.some((a) => a.aConfirmer),
					reserve: bestReserve(cells, answers)
				};
			});
			return {
				code: key.code,
				groupe,
				...told,
				pire: pire && { regle: pire.regle, gravite: pire.gravite },
				aJuger: pire ? null : (asked.get(key.code) ?? null),
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

function croisePhrase(groupe: CroiseGroup, cells: readonly Cell[], matrix: Matrix, reserve: string): string {
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
			return `Aucune action ne porte ce croisement pour ${the(cells.length - blank)}${aside}.`;
		case 'diffuse':
			return `${capital(inWords(actions, true))} ${plural(actions, 'action le traite', 'actions le traitent')}, de façon diffuse seulement.`;
		case 'sensibilisation': {
			const soft = having('sensibilisation-seule');
			return `De la sensibilisation ou des études dans ${some(soft, cells.length)}${FINE}; aucun investissement, aucun service.`;
		}
		case 'inegale': {
			const rest = having('sensibilisation-seule', 'diffuse', 'aucune');
			return `Une réponse structurante ou de service dans ${some(having('structurante', 'de-service'), cells.length)}${reserve}${FINE}; rien de tel ${rest.length <= 3 ? `pour ${list(rest)}` : `dans ${quartiers(rest.length)}`}.`;
		}
		case 'tenue': {
			const [built, served] = [having('structurante').length, having('de-service').length];
			const parts = [
				...(built ? [`structurante dans ${quartiers(built)}`] : []),
				...(served ? [`de service dans ${quartiers(served)}`] : [])
			];
			return `Réponse ${list(parts)}${reserve}${aside}.`;
		}
		case 'non-evalue':
			return cells.length === 0
				? 'Aucun quartier ici.'
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
	/** Crossings of « tenue » whose answer is to be confirmed somewhere. */
	readonly aConfirmer?: number;
	readonly quartiers: number;
	/** Perimeters were loaded, here or around: without any quartier, it has none. */
	readonly perimetres?: boolean;
	/** Documents imported. */
	readonly documents: number;
	/** Kinds of plan entered, and how many it takes to say that something is missing, by which rule. */
	readonly plans: number;
	readonly minPlans: number;
	readonly regle: string | null;
}

/** What a figure of the story counts: crossings of a group (null: all), kinds of plan entered, what a rule asks. */
export type TerritoryFigure =
	| { readonly genre: 'croisements'; readonly groupe: CroiseGroup | null }
	| { readonly genre: 'plans' }
	| { readonly genre: 'regle'; readonly code: string };
type Said = Phrase<TerritoryFigure>;

const groupFigure = (texte: string, groupe: CroiseGroup): Said => chiffre(texte, { genre: 'croisements', groupe });

export const countGroups = (rows: readonly Pick<CroiseRow, 'groupe'>[]): Record<CroiseGroup, number> =>
	Object.fromEntries(CROISE_GROUPS.map((g) => [g, rows.filter((r) => r.groupe === g).length])) as Record<
		CroiseGroup,
		number
	>;

/** The finding of the page: what has no answer first, then what does not reach the quartiers, then the rest. */
export function territoryTitle({ groups, quartiers, perimetres, documents }: TerritoryCounts): Said {
	if (quartiers === 0)
		return perimetres
			? phrase`Aucun quartier prioritaire dans ce territoire`
			: phrase`Aucun quartier prioritaire n’est chargé pour ce territoire`;
	if (documents === 0) return phrase`Aucun document-cadre importé, rien n’est encore évalué`;
	const none = groups['sans-reponse'];
	const { diffuse, sensibilisation, inegale, tenue } = groups;
	// Figures: titles of several territories are read one under the other.
	const say = (n: number) => number(n, 0);
	const enjeux = (g: CroiseGroup) => groupFigure(`${say(groups[g])} ${plural(groups[g], 'croisement')}`, g);
	const many = (g: CroiseGroup) => groupFigure(say(groups[g]), g);
	if (none && diffuse)
		return phrase`${enjeux('sans-reponse')} sans aucune action, ${many('diffuse')} à réponse diffuse`;
	if (none)
		return phrase`${enjeux('sans-reponse')} sans aucune action dans ${plural(quartiers, 'le quartier', 'les quartiers')}`;
	if (diffuse) {
		const partly =
			inegale > diffuse
				? phrase<TerritoryFigure>`, ${many('inegale')} à réponse inégale selon les quartiers`
				: ` dans ${plural(quartiers, 'le quartier', 'les quartiers')}`;
		return phrase`${enjeux('diffuse')} à réponse diffuse${partly}`;
	}
	if (sensibilisation)
		return phrase`${enjeux('sensibilisation')} ${plural(sensibilisation, 'ne repose', 'ne reposent')} que sur la sensibilisation`;
	if (inegale) return phrase`${enjeux('inegale')} à réponse inégale selon les quartiers`;
	if (tenue === 0) return phrase`Aucun croisement ne peut encore être évalué`;
	return tenue === 1
		? phrase`Le ${groupFigure('seul croisement évalué', 'tenue')} a une réponse structurante ou de service`
		: phrase`Les ${groupFigure(`${inWords(tenue)} croisements évalués`, 'tenue')} ont une réponse structurante ou de service`;
}

/** The figures of the page, in one sentence; groups without any crossing are left out. */
export function territoryLead(counts: TerritoryCounts): Said {
	const { groups, quartiers, documents, plans, minPlans, regle } = counts;
	const total = CROISE_GROUPS.reduce((sum, g) => sum + groups[g], 0);
	if (quartiers === 0)
		return counts.perimetres
			? phrase`Les périmètres chargés n’en comptent aucun ici : ses plans se lisent, sans croisement à évaluer.`
			: phrase`Importez les périmètres officiels des quartiers pour croiser les plans avec eux.`;
	if (documents === 0)
		return phrase`Importez un PCAET, un PLH ou un contrat de ville. Un plan absent n’est jamais compté comme zéro.`;
	const everywhere = quartiers > 1 ? ' partout' : '';
	const said: [CroiseGroup, string, string][] = [
		['sans-reponse', 'n’a aucune action', 'n’ont aucune action'],
		['diffuse', 'n’a qu’une réponse diffuse', 'n’ont qu’une réponse diffuse'],
		['sensibilisation', 'repose sur la seule sensibilisation', 'reposent sur la seule sensibilisation'],
		['inegale', 'est inégal selon les quartiers', 'sont inégaux selon les quartiers'],
		[
			'tenue',
			`a une réponse structurante ou de service${everywhere}${unsure(counts)}`,
			`ont une réponse structurante ou de service${everywhere}${unsure(counts)}`
		]
	];
	const part = (g: CroiseGroup, one: string, many: string): Said =>
		phrase`${groupFigure(number(groups[g], 0), g)} ${plural(groups[g], one, many)}`;
	const parts = listPhrases(said.filter(([g]) => groups[g] > 0).map(([g, one, many]) => part(g, one, many)));
	const aside = groups['non-evalue'] ? part('non-evalue', 'n’est pas évalué', 'ne sont pas évalués') : [];
	const all = chiffre<TerritoryFigure>(count(total, 'croisement attendu', 'croisements attendus'), {
		genre: 'croisements',
		groupe: null
	});
	const few = inWords(minPlans);
	const asked = regle === null ? few : chiffre<TerritoryFigure>(few, { genre: 'regle', code: regle });
	const tail =
		plans < minPlans
			? phrase<TerritoryFigure>` ${chiffre<TerritoryFigure>(count(plans, 'plan saisi', 'plans saisis'), { genre: 'plans' })}\u00a0: il en faut ${asked} pour conclure à une absence.`
			: '';
	return phrase`Sur ${all} entre transition et politique de la ville, ${parts}${parts.length && aside.length ? `${FINE}; ` : ''}${aside}.${tail}`;
}

/** « , dont deux à confirmer (…) », of the crossings that are held. */
function unsure({ groups: { tenue }, aConfirmer = 0, quartiers }: TerritoryCounts): string {
	if (aConfirmer === 0) return '';
	const how = aConfirmer < tenue ? `dont ${inWords(aConfirmer)} ` : tenue > 1 ? 'tous ' : '';
	// Counted as soon as one quartier makes it so.
	const where = quartiers > 1 ? ' dans un quartier au moins' : '';
	return `, ${how}à confirmer${where} (fin passée ou atteinte probable)`;
}

/** The same when filters leave actions aside: what is counted, and opened, is what the table shows. */
export function narrowedOpening(
	rows: readonly Pick<CroiseRow, 'groupe' | 'aConfirmer'>[],
	quartiers: number
): { readonly titre: Said; readonly chapo: Said } {
	const aConfirmer = rows.filter((r) => r.aConfirmer).length;
	const counts = { groups: countGroups(rows), aConfirmer, quartiers, documents: 1, plans: 0, minPlans: 0, regle: null };
	const [first, ...rest] = territoryTitle(counts);
	const small = first
		? [{ ...first, texte: `${first.texte.charAt(0).toLocaleLowerCase('fr')}${first.texte.slice(1)}` }]
		: [];
	return {
		titre: phrase`Avec ces filtres, ${[...small, ...rest]}`,
		chapo: phrase`${territoryLead(counts)} Ce que les filtres laissent de côté n’est pas compté.`
	};
}
