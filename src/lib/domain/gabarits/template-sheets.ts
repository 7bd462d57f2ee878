import type { PlanKind } from '../action';
import { FINE, INSECABLE } from '../french';
import type { Referentiel } from '../rules/referentiel';
import { choicesOf, type Choices } from './choices';
import { layoutOf, type GabaritColumn, type GabaritsFile, type ListName } from './gabarit';
import type { GridColumn, GridMenu, GridRow, GridSheet } from './grid-sheet';
import { encodeItem, encodeList } from './list-cell';
import type { GridCell } from './write-rows';

/* The workbook to fill in for one type of plan: actions, help, lists. */

export interface TemplateAbout {
	readonly plan: PlanKind;
	/** Its quartiers become a drop-down; null for a template of any territory. */
	readonly territoire: { readonly nom: string } | null;
	readonly quartiers: readonly { readonly code: string; readonly nom: string }[];
}

/** Sheets of a template, ready to be written in any format. */
export function templateSheets(
	ref: Pick<Referentiel, 'plans' | 'enjeux' | 'financements' | 'gabarits'>,
	about: TemplateAbout
): readonly GridSheet[] {
	const { gabarits: def, plans } = ref;
	const type = plans.types.find((t) => t.code === about.plan)!;
	const layout = layoutOf(def, plans, about.plan, { lignes: def.lignes_de_financement, modele: true });
	const choices = choicesOf(ref, about.quartiers);
	const lists = usedLists(layout, choices);
	const examples = [0, 1].map((i): GridRow => ({
		style: 'exemple',
		cellules: exampleCells(layout, choices, i, about)
	}));
	const lignes: GridRow[] = [{ style: 'entete', cellules: layout.map((c) => c.entete) }, ...examples];
	const first = lignes.length;
	const actions: GridSheet = {
		nom: def.feuilles.actions,
		masquee: false,
		colonnes: gridColumns(layout, def),
		lignes,
		figees: { lignes: 1, colonnes: 0 },
		menus: layout.map((column, c) => menu(column, c, 1, first + def.lignes_a_remplir - 1, lists, choices, def)),
		filtre: false
	};
	return [actions, notice(def, layout, type.libelle, about), listsSheet(def, lists, choices)];
}

export function gridColumns(layout: readonly GabaritColumn[], def: GabaritsFile): readonly GridColumn[] {
	return layout.map((column) => ({
		largeur: column.largeur,
		genre:
			column.genre === 'euros' || column.genre === 'nombre' || column.genre === 'date'
				? column.genre
				: ('texte' as const),
		couleur: def.groupes.find((g) => g.code === column.groupe)?.couleur ?? null
	}));
}

const usedLists = (layout: readonly GabaritColumn[], choices: Choices): readonly ListName[] =>
	[...new Set(layout.flatMap((c) => c.liste ?? []))].filter((name) => choices[name].length > 0);

function menu(
	column: GabaritColumn,
	colonne: number,
	de: number,
	a: number,
	lists: readonly ListName[],
	choices: Choices,
	def: GabaritsFile
): GridMenu {
	const at = column.liste === null ? -1 : lists.indexOf(column.liste);
	const source = at < 0 ? null : { feuille: def.feuilles.listes, colonne: at, de: 1, a: choices[lists[at]!].length };
	return { colonne, de, a, source, libre: column.libre, titre: column.entete, aide: column.aide };
}

function exampleCells(
	layout: readonly GabaritColumn[],
	choices: Choices,
	row: number,
	about: TemplateAbout
): readonly GridCell[] {
	return layout.map((column): GridCell => {
		const example = column.exemples[row] ?? null;
		if (example === null || column.n % 100 > (column.cle === 'quartiers' ? 3 : 1)) {
			return null;
		}
		if (column.genre === 'date') return { date: String(example) };
		if (typeof example === 'number') return example;
		const shown = (code: string): string => choices[column.liste!].find((c) => c.code === code)?.texte ?? code;
		if (column.genre === 'code' || column.genre === 'oui-non') return shown(String(example));
		if (!Array.isArray(example)) return String(example);
		if (column.genre === 'liste') return encodeList(example);
		const value = example[(column.n % 100) - 1];
		if (value === undefined) return null;
		// The quartiers of the territory rather than invented ones.
		if (column.cle === 'quartiers')
			return choices.quartiers[row + (column.n % 100) - 1]?.texte ?? (about.territoire ? null : encodeItem(value));
		return shown(value);
	});
}

function listsSheet(def: GabaritsFile, lists: readonly ListName[], choices: Choices): GridSheet {
	const longest = Math.max(0, ...lists.map((name) => choices[name].length));
	return {
		nom: def.feuilles.listes,
		masquee: true,
		colonnes: lists.map(() => ({ largeur: 40, genre: 'texte', couleur: null })),
		lignes: [
			{ style: 'entete', cellules: lists.map((name) => LIST_TITLES[name]) },
			...Array.from({ length: longest }, (_, i): GridRow => ({
				style: 'ligne',
				cellules: lists.map((name) => choices[name][i]?.texte ?? null)
			}))
		],
		figees: { lignes: 1, colonnes: 0 },
		menus: [],
		filtre: false
	};
}

const LIST_TITLES: Readonly<Record<ListName, string>> = {
	statuts: 'Statuts',
	porteurs: 'Types de structure',
	echelles: 'Échelles',
	quartiers: 'Quartiers du territoire',
	priorites: 'Priorités',
	bases: 'Bases des montants',
	dispositifs: 'Dispositifs de financement',
	genres: 'Natures de financement',
	etats: 'États de financement',
	transition: 'Enjeux de transition',
	ville: 'Enjeux de politique de la ville',
	natures: 'Natures d’action',
	participations: 'Participation des habitants',
	oui_non: 'Oui ou non'
};

function notice(
	def: GabaritsFile,
	layout: readonly GabaritColumn[],
	libelle: string,
	{ territoire, quartiers }: TemplateAbout
): GridSheet {
	const prose = (text: string): GridRow => ({ style: 'prose', cellules: [text] });
	const places = quartiers.length
		? `Les quartiers de ${territoire?.nom ?? 'votre territoire'} sont dans les listes de la feuille «${INSECABLE}${def.feuilles.actions}${INSECABLE}».`
		: 'Écrivez le nom ou le code des quartiers comme vous les connaissez.';
	const help = layout.slice(1).map((column): GridRow => {
		const groupe = def.groupes.find((g) => g.code === column.groupe)?.libelle ?? '';
		return { style: 'ligne', cellules: [column.entete, groupe, column.aide] };
	});
	return {
		nom: def.feuilles.notice,
		masquee: false,
		colonnes: [
			{ largeur: 40, genre: 'texte', couleur: 'EAEDE8' },
			{ largeur: 20, genre: 'texte', couleur: 'EAEDE8' },
			{ largeur: 90, genre: 'texte', couleur: 'EAEDE8' }
		],
		lignes: [
			{ style: 'titre', cellules: [`Remplir ce modèle${INSECABLE}: ${libelle}`] },
			...[
				`1. Écrivez une action par ligne dans la feuille «${INSECABLE}${def.feuilles.actions}${INSECABLE}», sous les deux exemples. Les exemples ne sont pas lus${FINE}; vous pouvez les effacer.`,
				'2. Seul l’intitulé est obligatoire. Laissez vide ce qui n’est pas connu, n’écrivez pas zéro à la place.',
				'3. Cliquez sur une cellule pour voir son aide, et la liste des choix quand il y en a une.',
				'4. Vous pouvez déplacer des colonnes, en retirer, en ajouter. Ne changez pas leurs noms.',
				`5. Dans une cellule, allez à la ligne entre deux valeurs (Alt + Entrée dans Excel, Ctrl + Entrée dans LibreOffice). Une valeur qui contient une virgule se met entre guillemets${INSECABLE}: "Eau, air et forêt".`,
				`6. ${places}`,
				'7. Enregistrez, puis déposez le fichier dans Croisée, page «\u00a0Importer\u00a0». Rien n’est enregistré sans votre accord.'
			].map(prose),
			prose(''),
			{ style: 'entete', cellules: ['Colonne', 'Rubrique', 'Ce qu’on y écrit'] },
			...help
		],
		figees: { lignes: 0, colonnes: 0 },
		menus: [],
		filtre: false
	};
}
