import * as fr from '../french';
import { bySeverity } from '../rules/gap-groups';
import type { Gap } from '../rules/gaps';
import { FIRST_AIMS } from '../crossing/aims';
import type { QuartierView } from '../crossing/overview';
import { measured } from '../measured';
import { firstAsked, linesHere, nothingFirst } from '../pages/first-screen';
import type { Referentiel } from '../rules/referentiel';
import { blank, contactOf, text, titleOf, type RoadmapCell, type RoadmapSection } from './roadmap';

/* What the référents have to decide: the answers of the quartier's page on one table, then its crossings to retain. */

/** A roadmap retains five at most; those without any action are told whatever their number. */
const MAX_AMBITIONS = 5;

const TO_CONFIRM = 'à confirmer';

/** Expected crossings that no action answers, but those people set aside. */
function bareOf({ croises, gaps }: QuartierView): readonly string[] {
	const left = new Set(gaps.flatMap((g) => (g.ecartee && g.enjeu ? [g.enjeu] : [])));
	return croises.filter((x) => x.coverage === 'aucune' && !left.has(x.code)).map((x) => x.code);
}

/** « un seul plan lu »: why nobody can conclude that there is none; null: enough is read. */
function unsureBecause(gaps: readonly Gap[], codes: readonly string[]): string | null {
	const asked = gaps.find((g) => g.conclure && !g.ecartee && codes.includes(g.enjeu ?? ''));
	return asked?.conclure ? fr.lower(asked.conclure.lu) : null;
}

/** The four answers, a row each, with where to write what is decided. */
export function essentials(view: QuartierView, ref: Referentiel): RoadmapSection {
	const bare = bareOf(view);
	const why = unsureBecause(view.gaps, bare);
	const diffuse = view.croises.filter((x) => x.coverage === 'diffuse').map((x) => x.code);
	const here = linesHere(view, ref);
	const asked = firstAsked(view, ref, here);
	const aims = view.aFlecher.slice(0, FIRST_AIMS).map((aim) => {
		const who = contactOf(aim.action, ref);
		return `${fr.quoted(titleOf(aim.action))}${who ? `, appeler ${who}` : ', personne n’est nommé'}`;
	});
	const names = (codes: readonly string[]): string => codes.map((code) => nameOf(code, ref)).join(`${fr.FINE}; `);
	const rows: RoadmapCell[][] = [
		[
			`Sans aucune action (${bare.length})`,
			bare.length ? `${names(bare)}${why ? `. ${fr.capital(TO_CONFIRM)}${fr.INSECABLE}: ${why}` : ''}` : 'Aucun',
			null
		],
		[`Réponse diffuse (${diffuse.length})`, diffuse.length ? names(diffuse) : 'Aucun', null],
		['À flécher d’abord', aims.length ? aims.join(`${fr.FINE}; `) : 'Aucune action écrite', null],
		[
			'À demander d’abord',
			asked
				? `${asked.mesure}, pour ${fr.quoted(asked.titre)}${asked.aFlecher ? ', une fois fléchée' : ''}. ${asked.manque}`
				: nothingFirst(here),
			null
		]
	];
	return {
		id: 'essentiel',
		titre: 'Ce qu’il faut décider',
		paragraphes: [],
		tableau: { colonnes: [...text('Question', 'Ce que disent les documents lus'), ...blank('Décision')], lignes: rows },
		aCompleter: []
	};
}

export function ambitions(view: QuartierView, ref: Referentiel): RoadmapSection {
	const bare = bareOf(view);
	const why = unsureBecause(view.gaps, bare);
	const ranked = view.gaps
		.filter((g) => g.reponse === 'alerte' && g.enjeu?.startsWith('X') && !g.ecartee)
		.sort((a, b) => bySeverity(a, b));
	const all = [...new Set(ranked.map((g) => g.enjeu!))].filter((code) => !bare.includes(code));
	const shown = all.slice(0, MAX_AMBITIONS);
	const found = (code: string): Gap | undefined => ranked.find((g) => g.enjeu === code);
	const line = (code: string, gravite: string, constat: string): RoadmapCell[] => [
		nameOf(code, ref),
		whyOf(view, code, ref),
		gravite,
		constat,
		null,
		null
	];
	// Those that an alert says already come first, by its gravity.
	const bareInOrder = [...ranked.flatMap((g) => (bare.includes(g.enjeu!) ? [g.enjeu!] : [])), ...bare].filter(
		(code, i, own) => own.indexOf(code) === i
	);
	const rows = [
		...bareInOrder.map((code) =>
			line(
				code,
				found(code)?.gravite ?? TO_CONFIRM,
				`Sans aucune action${!found(code) && why ? `${fr.FINE}; ${why}` : ''}`
			)
		),
		...shown.map((code) => line(code, found(code)!.gravite, found(code)!.message))
	];
	return {
		id: 'ambitions',
		titre: 'Enjeux croisés prioritaires',
		paragraphes: [
			rows.length
				? `${proposedWords({ sans: bare.length, pourquoi: why, autres: all.length, montres: shown.length })} ${PROPOSED}`
				: 'Aucune lacune d’enjeu n’est constatée dans les données saisies. Les deux référents choisissent leurs priorités.'
		],
		tableau: rows.length
			? {
					colonnes: [
						...text('Enjeu croisé', 'Pourquoi il compte, en général puis ici', 'Gravité', 'Constat'),
						...blank('Objectif à 2030', 'Retenu (oui ou non)')
					],
					lignes: rows
				}
			: null,
		aCompleter: ['les ambitions retenues, cinq au plus, avec leur objectif à 2030.']
	};
}

const PROPOSED = `C’est une proposition${fr.INSECABLE}: les deux référents en retiennent cinq au plus.`;

const nameOf = (code: string, { enjeux }: Referentiel): string =>
	`${code} ${enjeux.croises.find((c) => c.code === code)?.libelle ?? ''}`.trim();

/** The reason of the référentiel, then what is known of this place: « Ici : taux de pauvreté, 47 % »; its first indicators alone. */
function whyOf({ indicateurs }: QuartierView, code: string, { enjeux }: Referentiel): string | null {
	const croise = enjeux.croises.find((c) => c.code === code);
	if (!croise) return null;
	const codes = [...enjeux.transition, ...enjeux.ville].flatMap((e) =>
		e.code === croise.transition || e.code === croise.ville ? e.indicateurs : []
	);
	const known = [...new Set(codes)].flatMap(
		(c) => indicateurs.find((i) => i.def.code === c && i.valeur !== null) ?? []
	);
	const here = known
		.slice(0, MAX_HERE)
		.map((i) => `${fr.lower(i.def.libelle)}, ${measured(i.valeur!, i.def.unite, i.def.decimales)}`);
	const general = croise.pourquoi ?? '';
	return `${general} ${here.length ? `Ici${fr.INSECABLE}: ${here.join(`${fr.FINE}; `)}.` : NOT_HERE}`.trim();
}

const MAX_HERE = 2;
const NOT_HERE = 'Ici, aucun indicateur lu ne le dit.';

/** « 9 enjeux croisés à examiner : d’abord les quatre sans aucune action, puis, par gravité, cinq des huit autres qui appellent une décision. »: as many as the table has rows. */
function proposedWords(of: {
	readonly sans: number;
	readonly pourquoi: string | null;
	readonly autres: number;
	readonly montres: number;
}): string {
	const { sans, pourquoi, autres, montres } = of;
	const reserve = pourquoi ? ` (${TO_CONFIRM}${fr.INSECABLE}: ${pourquoi})` : '';
	const bare = `${fr.plural(sans, 'celui', `les ${fr.inWords(sans)}`)} sans aucune action${reserve}`;
	const calling = (n: number): string => `${fr.plural(n, 'appelle', 'appellent')} une décision`;
	const others =
		montres < autres
			? `${fr.inWords(montres)} des ${fr.inWords(autres)}${sans ? ' autres' : ''} qui ${calling(autres)}`
			: `${fr.plural(montres, sans ? 'l’autre' : 'celui', `les ${fr.inWords(montres)}${sans ? ' autres' : ''}`)} qui ${calling(montres)}`;
	const parts = [
		...(sans ? [`${montres ? 'd’abord ' : ''}${bare}`] : []),
		...(montres ? [`${sans ? 'puis, ' : ''}par gravité, ${others}`] : [])
	];
	return `${fr.capital(fr.count(sans + montres, 'enjeu croisé', 'enjeux croisés'))} à examiner${fr.INSECABLE}: ${parts.join(', ')}.`;
}
