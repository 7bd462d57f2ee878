import type { ActionDraft } from '../action';
import { date, euros } from '../french';
import { splitReference } from '../import/row-values';
import type { PlansFile } from '../rules/referentiel';
import { plain } from '../text';
import { PARTICIPATIONS, PRIORITES } from './choices';
import type { GridColumn, GridMenu, GridRow, GridSheet } from './grid-sheet';
import { apart, budgetNote, columnBudget, columnLine, sentence } from './tet-money';
import type { GridCell } from './write-rows';

/*
 * The import workbook of Territoires en Transitions, 2026: its labels in the exact order its own parser demands, on row 2
 * of a sheet known by its cell A2; data from row 4. Names and amounts as it wants them: commas between names, whole euros.
 */

type Key =
	| 'axe'
	| 'objectif'
	| 'titre'
	| 'description'
	| 'instance'
	| 'indicateurs'
	| 'porteur'
	| 'moyens'
	| 'partenaires'
	| 'pilote'
	| 'elu'
	| 'participation'
	| 'financements'
	| 'financeur'
	| 'montant'
	| 'budget'
	| 'statut'
	| 'priorite'
	| 'debut'
	| 'fin'
	| 'notes';

interface TetColumn {
	readonly entete: string;
	readonly type: string;
	readonly largeur: number;
	readonly cle: Key | null;
	/** Financeur 1 to 3. */
	readonly n?: number;
}

const text = (entete: string, cle: Key | null, largeur = 24): TetColumn => ({
	entete,
	type: cle === null ? 'Champ texte non importé' : 'Champ texte',
	largeur,
	cle
});
const financeur = (n: number): TetColumn[] => [
	{ entete: `Financeur ${n}`, type: 'Champ texte', largeur: 20, cle: 'financeur', n },
	{ entete: 'Montant € HT', type: 'Champ numérique', largeur: 14, cle: 'montant', n }
];

export const TET_COLUMNS: readonly TetColumn[] = [
	text('Axe (x)', 'axe'),
	text('Sous-axe (x.x)', null),
	text('Sous-sous axe (x.x.x)', null),
	text("Titre de l'action", 'titre', 44),
	text('Titre de la sous-action', null),
	text('Descriptif', 'description', 50),
	text('Instances de gouvernance', 'instance'),
	text('Objectifs', 'objectif', 30),
	text('Indicateurs liés', 'indicateurs'),
	text('Structure pilote', 'porteur'),
	text('Moyens humains et techniques', 'moyens'),
	text('Partenaires', 'partenaires'),
	text('Direction ou service pilote', 'pilote'),
	text('Personne pilote', null),
	text('Élu·e référent·e', 'elu'),
	{ entete: 'Participation Citoyenne', type: 'Champ liste déroulante', largeur: 22, cle: 'participation' },
	text('Financements', 'financements', 30),
	...[1, 2, 3].flatMap(financeur),
	{ entete: 'Budget prévisionnel total € HT', type: 'Champ numérique', largeur: 16, cle: 'budget' },
	{ entete: 'Statut', type: 'Champ liste déroulante', largeur: 14, cle: 'statut' },
	{ entete: 'Niveau de priorité', type: 'Champ liste déroulante', largeur: 14, cle: 'priorite' },
	{ entete: 'Date de début', type: 'Champ date', largeur: 13, cle: 'debut' },
	{ entete: 'Date de fin', type: 'Champ date', largeur: 13, cle: 'fin' },
	{ entete: 'Action en amélioration continue', type: 'Champ binaire', largeur: 14, cle: null },
	text('Mesures liées', null),
	text('Actions liées', null),
	text('Notes', 'notes', 40),
	text('Documents et liens', null)
];

const BANNERS: readonly (readonly [string, number])[] = [
	['Présentation de l’action', 0],
	['Objectifs et indicateurs', 7],
	['Acteurs', 9],
	['Modalités de mise en oeuvre', 16],
	['Actions liées', 29]
];
const FINANCEURS = 3;
/** Beyond, their import refuses the row and the whole file with it. */
const TITLE_CHARACTERS = 300;

/** A workbook that their import reads, and that ours reads back for what it carries. */
export function tetSheets(drafts: readonly ActionDraft[], plans: PlansFile): readonly GridSheet[] {
	const statuts = plans.statuts.map((s) => s.libelle);
	const lists = [
		{ titre: 'Statut', valeurs: statuts, cle: 'statut' },
		{ titre: 'Niveau de priorité', valeurs: PRIORITES, cle: 'priorite' },
		{ titre: 'Participation citoyenne', valeurs: PARTICIPATIONS, cle: 'participation' }
	] as const;
	const banner = TET_COLUMNS.map((_, c): GridCell => BANNERS.find(([, at]) => at === c)?.[0] ?? null);
	const rows: GridRow[] = [
		{ style: 'banniere', cellules: banner },
		{ style: 'entete', cellules: TET_COLUMNS.map((c) => c.entete) },
		{ style: 'exemple', cellules: TET_COLUMNS.map((c) => c.type) },
		...drafts.map((draft): GridRow => ({ style: 'ligne', cellules: rowOf(draft, plans) }))
	];
	const menus = lists.map(({ titre, valeurs, cle }, i): GridMenu => {
		const colonne = TET_COLUMNS.findIndex((c) => c.cle === cle);
		const source = { feuille: "'Listes déroulantes'", colonne: i, de: 1, a: valeurs.length };
		const aide = 'Choisissez une valeur de la liste.';
		return { colonne, de: 3, a: Math.max(199, rows.length - 1), source, libre: false, titre, aide };
	});
	return [
		{
			nom: 'Fichier dimport',
			masquee: false,
			colonnes: TET_COLUMNS.map(gridColumn),
			lignes: rows,
			figees: { lignes: 2, colonnes: 0 },
			menus,
			filtre: false
		},
		{
			nom: 'Listes déroulantes',
			masquee: true,
			colonnes: lists.map(() => ({ largeur: 30, genre: 'texte', couleur: null })),
			lignes: [
				{ style: 'entete', cellules: lists.map((l) => l.titre) },
				...statuts.map((_, i): GridRow => ({ style: 'ligne', cellules: lists.map((l) => l.valeurs[i] ?? null) }))
			],
			figees: { lignes: 1, colonnes: 0 },
			menus: [],
			filtre: false
		}
	];
}

function gridColumn({ largeur, cle }: TetColumn): GridColumn {
	const date = cle === 'debut' || cle === 'fin';
	return { largeur, genre: date ? 'date' : 'texte', couleur: cle === null ? 'EAEDE8' : 'FFF2CC' };
}

function rowOf(draft: ActionDraft, plans: PlansFile): readonly GridCell[] {
	const day = (date: string | null | undefined): GridCell => (date ? { date } : null);
	const names = (items: readonly string[]): string | null =>
		items.map((i) => i.replace(/\s*,\s*/g, ' ')).join(', ') || null;
	// What their columns would change, and a financeur without an amount, that their import drops, are told in words.
	const lines = apart(draft.financements);
	const paying = lines.filter((l) => columnLine(l) !== null).slice(0, FINANCEURS);
	const line = (n = 1) => (paying[n - 1] ? columnLine(paying[n - 1]!) : null);
	// Dates in the wrong order would make their import refuse the whole file.
	const reversed = isReversed(draft);
	return TET_COLUMNS.map(({ cle, n }): GridCell => {
		switch (cle) {
			case null:
				return null;
			case 'description':
				return descriptionOf(draft);
			case 'axe':
			case 'objectif':
			case 'instance':
			case 'indicateurs':
			case 'porteur':
			case 'pilote':
			case 'elu':
				return draft[cle];
			case 'titre':
				return titleOf(draft);
			case 'partenaires':
				return names(draft.partenaires);
			case 'moyens':
				return meansOf(draft);
			case 'participation':
				return listed(PARTICIPATIONS, draft.participation);
			case 'priorite':
				return listed(PRIORITES, draft.priorite);
			case 'financements':
				return (
					lines
						.filter((l) => !paying.includes(l))
						.map(sentence)
						.join('\n') || null
				);
			case 'financeur':
				return line(n)?.nom.replace(/\s*,\s*/g, ' ') ?? null;
			case 'montant':
				return line(n)?.montant ?? null;
			case 'budget':
				return columnBudget(draft);
			case 'statut':
				return plans.statuts.find((s) => s.code === draft.statut)?.libelle ?? null;
			case 'debut':
				return reversed ? null : day(draft.dates?.debut);
			case 'fin':
				return reversed ? null : day(draft.dates?.fin);
			case 'notes':
				return notesOf(draft);
		}
	});
}

/** The reference goes before the title when reading takes it back from there. */
function titleOf({ reference, titre }: ActionDraft): string {
	if (reference === null) return cut(titre);
	const both = `${reference} - ${titre}`;
	const back = splitReference(both);
	return cut(back.reference === reference && back.titre === titre ? both : titre);
}

const cut = (title: string): string =>
	title.length <= TITLE_CHARACTERS ? title : `${title.slice(0, TITLE_CHARACTERS - 1).trimEnd()}…`;

/** A title that had to be cut is written whole above the description. */
const descriptionOf = ({ titre, description }: ActionDraft): string | null =>
	titre.length <= TITLE_CHARACTERS ? description : [titre, description].filter(Boolean).join('\n');

const listed = (list: readonly string[], said: string | null): string | null =>
	said === null ? null : (list.find((word) => plain(word) === plain(said)) ?? null);

const isReversed = ({ dates }: ActionDraft): boolean => !!dates?.debut && !!dates.fin && dates.debut > dates.fin;

function meansOf({ etp, fonctionnement }: ActionDraft): string | null {
	const said = [
		...(etp === null ? [] : [`${String(etp).replace('.', ',')} ETP`]),
		...(fonctionnement === null ? [] : [`${euros(fonctionnement.euros, fonctionnement.base)} de fonctionnement par an`])
	];
	return said.join('\n') || null;
}

/** What has no column of theirs, in words, after the notes of the action. */
function notesOf(draft: ActionDraft): string | null {
	const budget = budgetNote(draft);
	const said = [
		...(draft.notes === null ? [] : [draft.notes]),
		...(draft.quartiers.length ? [`Quartiers\u00a0: ${draft.quartiers.join(' ; ')}`] : []),
		...(draft.communes.length ? [`Communes\u00a0: ${draft.communes.join(' ; ')}`] : []),
		...(draft.dates?.texte ? [`Calendrier\u00a0: ${draft.dates.texte}`] : []),
		...(draft.misAJourLe ? [`Mise à jour\u00a0: ${date(draft.misAJourLe)}`] : []),
		...(draft.etapes.length ? [`Étapes\u00a0: ${draft.etapes.join(' ; ')}`] : []),
		...(budget !== null && !draft.notes?.split('\n').includes(budget) ? [budget] : []),
		...(isReversed(draft) ? [`Dates\u00a0: du ${date(draft.dates!.debut!)} au ${date(draft.dates!.fin!)}`] : [])
	];
	return said.join('\n') || null;
}
