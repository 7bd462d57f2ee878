import { coverageOf, type Coverage } from '../crossing/coverage';
import type { Crossed } from '../crossing/territory-view';
import { coverageContext } from '../crossing/territory-view';
import { listsWords } from '../crossing/list-years';
import { aidsOf, mixedWords } from '../crossing/money-bases';
import { moneyOf } from '../crossing/quartier-view';
import { bestReach, isActive } from '../crossing/coverage';
import { openIn } from '../crossing/urgency';
import { euros, number } from '../french';
import { doubtIn, reserveIn } from './cell-doubts';
import { isToConfirm } from './open-gaps';
import { numberOf } from '../rules/gap-context';
import { vintageWords } from '../indicator-origin';
import { worseThanReference } from '../rules/gap-indicators';
import { SeverityLevel } from '../rules/referentiel';

/* What a map of quartiers can be coloured by: each theme has few classes, and says in a sentence how they are made. */

export interface MapClass {
	readonly code: string;
	readonly libelle: string;
	/** Token of the theme that paints it; null: hatched, not assessed. */
	readonly teinte: string | null;
	/** What says it beside the colour, in the legend and on each name; null where words do. */
	readonly signe: MapSign | null;
	/** To be confirmed: its colour is hatched. */
	readonly doute?: true;
}

/** The mark of a severity, the panes of an answer, or a sign of its own. */
export type MapSign =
	| { readonly gravite: SeverityLevel }
	/** `doute`: to be confirmed, no sure action gives it. */
	| { readonly reponse: Coverage; readonly doute?: true }
	| { readonly trait: string };

export interface MapValue {
	/** Code of its class. */
	readonly classe: string;
	/** « 3 lacunes », « 212 € », « n. é. »: written on the map and in the table. */
	readonly ecrit: string;
	/** To sort by; null when there is none. */
	readonly valeur: number | null;
}

export interface MapTheme {
	readonly id: string;
	/** After « Colorer par »: « gravité des lacunes ». */
	readonly titre: string;
	readonly classes: readonly MapClass[];
	readonly parQuartier: ReadonlyMap<string, MapValue>;
	readonly explication: string;
}

export const NOT_KNOWN = 'inconnu';
/** No gap, but some are left unjudged for want of a document or a fact. */
export const DOUBTED = 'a-confirmer';
/** What only an action that is sure can give for certain. */
const SUBSTANCE: readonly Coverage[] = ['structurante', 'de-service'];
const unknown = (libelle: string): MapClass => ({ code: NOT_KNOWN, libelle, teinte: null, signe: null });

const COVERAGE_NAMES: Readonly<Record<Coverage, string>> = {
	structurante: 'Réponse structurante',
	'de-service': 'Réponse de service',
	'sensibilisation-seule': 'Sensibilisation ou étude seule',
	diffuse: 'Réponse diffuse',
	aucune: 'Aucune réponse',
	'saisie-incomplete': 'Non évalué'
};
const COVERAGE_TINTS = ['c4', 'c3', 'c2', 'c1', 'c0'] as const;

/** Themes one may choose, by group; the id goes in the address. */
export function themeChoices({ ref, indicateurs }: Crossed): readonly { groupe: string; id: string; nom: string }[] {
	const known = new Set([...indicateurs.values()].flat().flatMap((i) => (i.valeur === null ? [] : i.def.code)));
	return [
		{ groupe: 'Lacunes et argent', id: 'gravite', nom: 'gravité des lacunes' },
		{ groupe: 'Lacunes et argent', id: 'argent', nom: 'argent obtenu par habitant' },
		...ref.enjeux.croises.map((x) => ({
			...{ groupe: 'Réponse à un croisement attendu', id: `reponse.${x.code}` },
			nom: `${x.code}\u00a0${x.libelle}`
		})),
		...ref.enjeux.transition.map((t) => ({
			...{ groupe: 'Réponse à un enjeu de transition', id: `reponse.${t.code}` },
			nom: `${t.code}\u00a0${t.court}`
		})),
		...ref.indicateurs.indicateurs
			.filter((i) => known.has(i.code))
			.map((i) => ({ groupe: 'Indicateur', id: `indicateur.${i.code}`, nom: i.libelle }))
	];
}

/** in     id of `themeChoices`; anything else is the severity of gaps */
export function mapTheme(crossed: Crossed, id: string): MapTheme {
	const chosen = themeChoices(crossed).find((c) => c.id === id);
	const [kind, code = ''] = (chosen?.id ?? '').split('.');
	if (kind === 'argent') return moneyTheme(crossed);
	if (kind === 'reponse') return coverageTheme(crossed, code, chosen!.nom);
	if (kind === 'indicateur') return indicatorTheme(crossed, code);
	return severityTheme(crossed);
}

function severityTheme({ view }: Crossed): MapTheme {
	const names = { critique: 'Critique', haute: 'Haute', moyenne: 'Moyenne' } as const;
	const levels = SeverityLevel.options.filter((level): level is keyof typeof names => level in names);
	const doubts = new Set(view.gaps.filter(isToConfirm).map((gap) => gap.quartier as string | null));
	const onlyTold = view.quartiers.some(
		({ gaps }) => openIn({ gaps }) > 0 && levels.every((level) => gaps[level] === 0)
	);
	return {
		id: 'gravite',
		titre: 'gravité des lacunes',
		classes: [
			...levels.map((code) => ({ code, libelle: names[code], teinte: `g-${code}`, signe: { gravite: code } })),
			{
				code: 'aucune',
				libelle: onlyTold ? 'Aucune, ou pour information' : 'Aucune lacune',
				teinte: 'g-aucune',
				signe: { trait: '✓' }
			},
			// Not good news yet.
			{ code: DOUBTED, libelle: 'Aucune établie, à confirmer', teinte: 'g-aucune', signe: { trait: '?' }, doute: true },
			unknown('Non évalué')
		],
		parQuartier: new Map(
			view.quartiers.map(({ quartier, gaps, couvertures }) => {
				const n = openIn({ gaps });
				const assessed = Object.entries(couvertures).some(([c, k]) => c !== 'saisie-incomplete' && k > 0);
				const worst = levels.find((level) => gaps[level] > 0);
				const none = n === 0 && doubts.has(quartier.code) ? DOUBTED : 'aucune';
				const classe = worst ?? (assessed ? none : NOT_KNOWN);
				const known = classe !== NOT_KNOWN;
				return [quartier.code as string, { classe, ecrit: known ? String(n) : 'n.\u00a0é.', valeur: known ? n : null }];
			})
		),
		explication:
			'La couleur dit la lacune ouverte la plus grave du quartier, le chiffre le nombre de lacunes ouvertes. Une demande de donnée n’est pas une lacune.'
	};
}

function coverageTheme({ view, ref }: Crossed, code: string, nom: string): MapTheme {
	const row = view.croises.rows.keys.findIndex((key) => key.code === code);
	const own = view.actions.filter((a) => isActive(a) && a.transition.some((t) => t.code === code));
	const names = (Object.entries(COVERAGE_NAMES) as [Coverage, string][]).slice(0, 5);
	const reserve = reserveIn(view, ref, null);
	const crossed = doubtIn(view.croises, reserve);
	const doubtful = (q: number, quartier: string, coverage: Coverage) =>
		row >= 0
			? crossed(row, q) !== null
			: reserve({
					...{
						row: { axe: 'transition', code, libelle: code },
						column: { axe: 'quartier', code: quartier, libelle: quartier }
					},
					...{ coverage, actions: own.map((a) => a.action.id), r: -1, c: q }
				}) !== null;
	return {
		id: `reponse.${code}`,
		titre: `réponse à ${nom}`,
		classes: [
			...names.flatMap(([c, libelle], i): MapClass[] => {
				const sure = { code: c, libelle, teinte: `${COVERAGE_TINTS[i]}-fond`, signe: { reponse: c } };
				const doubted = { code: `${c}-${DOUBTED}`, libelle: `${libelle}, à confirmer`, doute: true } as const;
				return SUBSTANCE.includes(c) ? [sure, { ...sure, ...doubted, signe: { reponse: c, doute: true } }] : [sure];
			}),
			unknown('Non évalué')
		],
		parQuartier: new Map(
			view.quartiers.map(({ quartier }, q) => {
				const cell = row < 0 ? null : view.croises.cells[row]![q]!;
				const context = coverageContext(ref, [quartier], view.documents);
				const coverage = cell ? cell.coverage : coverageOf(own, context);
				const reached = own.filter((a) => !['aucune', 'inconnu'].includes(bestReach(a, [quartier.code]))).length;
				const n = cell ? cell.actions.length : reached;
				const known = coverage !== 'saisie-incomplete';
				const unsure = SUBSTANCE.includes(coverage) && doubtful(q, quartier.code, coverage);
				const told = unsure ? `${coverage}-${DOUBTED}` : coverage;
				const value = { classe: known ? told : NOT_KNOWN, ecrit: known ? String(n) : 'n.\u00a0é.' };
				return [quartier.code as string, { ...value, valeur: known ? n : null }];
			})
		),
		explication:
			'La couleur dit la meilleure réponse qui atteint le quartier, le chiffre le nombre d’actions. « À confirmer » : aucune action sûre ne la donne. « Non évalué » : ce qui est saisi ne permet pas de conclure ; ce n’est pas « aucune ».'
	};
}

/** Euros obtained by the actions that name or aim at the quartier, per inhabitant. */
function moneyTheme({ view, ref }: Crossed): MapTheme {
	const mixed = new Set<string>();
	const values = new Map(
		view.quartiers.map(({ quartier, population }) => {
			const named = view.actions.filter(
				(a) => isActive(a) && ['cible', 'explicite'].includes(bestReach(a, [quartier.code]))
			);
			const lines = aidsOf(moneyOf(named, ref)).filter((line) => line.obtenu !== null);
			const words = mixedWords(lines);
			if (words) mixed.add(words);
			const known = lines.flatMap((line) => line.obtenu ?? []);
			const total = known.length ? known.reduce((a, b) => a + b, 0) : null;
			return [quartier.code as string, total === null || !population ? null : Math.round(total / population)] as const;
		})
	);
	return {
		...amountTheme(values, (v) => euros(v)),
		id: 'argent',
		titre: 'argent obtenu par habitant',
		explication: [
			listsWords(view.documents),
			'Montants écrits comme obtenus dans les documents lus, pour les actions qui nomment ou visent le quartier, rapportés à ses habitants. Une action qui nomme deux quartiers compte dans chacun. Un montant non renseigné ou une population inconnue n’est jamais un zéro.',
			...[...mixed].map((words) => `Dans au moins un quartier\u00a0: ${words}.`)
		]
			.filter(Boolean)
			.join(' ')
	};
}

function indicatorTheme({ indicateurs, ref }: Crossed, code: string): MapTheme {
	const readings = new Map(
		[...indicateurs].map(([quartier, all]) => [quartier, all.find((r) => r.def.code === code)!] as const)
	);
	const [first] = readings.values();
	const { def } = first!;
	const write = (value: number) => `${number(value, def.decimales)}${def.unite ? `\u00a0${def.unite}` : ''}`;
	const source = [...readings.values()].find((r) => r.valeur !== null);
	const said = `${def.libelle}. Source\u00a0: ${source?.source ?? 'non renseignée'}, ${vintageWords(source?.millesime ?? null)}.`;
	const beside = [...readings.values()].find((r) => r.reference)?.reference;
	const base = { id: `indicateur.${code}`, titre: def.libelle };
	const values = new Map([...readings].map(([quartier, r]) => [quartier, r.valeur] as const));
	if (def.defavorable_si === null || !beside) return { ...amountTheme(values, write), ...base, explication: said };
	const rule = ref.lacunes.regles.find((r) => r.id === 'G11')!;
	const threshold = numberOf(rule, 'seuil_relatif', 0.25);
	return {
		...base,
		classes: [
			{
				code: 'tres',
				libelle: `Défavorable d’au moins ${number(threshold * 100, 0)}\u00a0%`,
				teinte: 'a4-fond',
				signe: { trait: '−−' }
			},
			{ code: 'moins', libelle: 'Moins bien que la référence', teinte: 'a3-fond', signe: { trait: '−' } },
			{ code: 'mieux', libelle: 'Comme la référence, ou mieux', teinte: 'a1-fond', signe: { trait: '=' } },
			unknown('Non renseigné')
		],
		parQuartier: new Map(
			[...readings].map(([quartier, r]) => {
				if (r.valeur === null || r.reference === null)
					return [
						quartier,
						{ classe: NOT_KNOWN, ecrit: r.valeur === null ? 'n.\u00a0r.' : write(r.valeur), valeur: r.valeur }
					];
				const classe = worseThanReference(r, threshold) ? 'tres' : worseThanReference(r, 1e-6) ? 'moins' : 'mieux';
				return [quartier, { classe, ecrit: write(r.valeur), valeur: r.valeur }];
			})
		),
		explication: `${said} Chaque quartier est comparé à ${beside.libelle} (${write(beside.valeur)}, ${vintageWords(beside.millesime)}).`
	};
}

/** Three classes of about as many quartiers each, fewer when their values are few; zero apart, when one is known. */
export function amountTheme(values: ReadonlyMap<string, number | null>, write: (value: number) => string) {
	const said = [...values.values()].filter((v): v is number => v !== null);
	const known = said.filter((v) => v !== 0).sort((a, b) => a - b);
	const classes = amountClasses(known, write);
	const classOf = (v: number) => (v === 0 ? 'zero' : classes.find(({ from }) => v >= from)!.code);
	return {
		classes: [
			...classes.map(({ code, libelle, teinte, signe }) => ({ code, libelle, teinte, signe })),
			...(said.includes(0) ? [{ code: 'zero', libelle: write(0), teinte: 'c0-fond', signe: { trait: '○' } }] : []),
			unknown('Non renseigné')
		],
		parQuartier: new Map(
			[...values].map(([quartier, v]): [string, MapValue] => [
				quartier,
				v === null
					? { classe: NOT_KNOWN, ecrit: 'n.\u00a0r.', valeur: null }
					: { classe: classOf(v), ecrit: write(v), valeur: v }
			])
		)
	};
}

const HIGH = { code: 'haut', teinte: 'a4-fond', signe: { trait: '●●●' } } as const;
const MIDDLE = { code: 'milieu', teinte: 'a3-fond', signe: { trait: '●●' } } as const;
const LOW = { code: 'bas', teinte: 'a2-fond', signe: { trait: '●' } } as const;

/** in     amounts in order, none of them zero. out    classes, the highest first, each with the least it holds */
function amountClasses(known: readonly number[], write: (value: number) => string): (MapClass & { from: number })[] {
	const [least] = known;
	if (least === undefined) return [];
	const thirds = [1, 2].map((k) => known[Math.floor((known.length * k) / 3)]!);
	const cuts = [...new Set(thirds)].filter((cut) => cut > least);
	const [low, high] = [cuts[0] ?? known.find((v) => v > least), cuts[1]];
	if (low === undefined) return [{ ...HIGH, libelle: write(least), from: least }];
	const top = high ?? low;
	return [
		{ ...HIGH, libelle: `${write(top)} et plus`, from: top },
		...(high === undefined ? [] : [{ ...MIDDLE, libelle: `de ${write(low)} à moins de ${write(high)}`, from: low }]),
		{ ...LOW, libelle: `moins de ${write(low)}`, from: -Infinity }
	];
}
