import { Champ, NatureCode, PlanKind, PorteurType } from '../action';
import { criteriaOf, type Condition, type Criterion, type Measure } from './funding';
import { NIVEAUX } from '../crossing/place';
import { watchedPairs } from './markers';
import type { Referentiel } from './referentiel';
import { plain } from '../text';

/** One thing wrong in `data/`: which file, which key, what to put right. */
export interface Problem {
	readonly file: string;
	readonly path: readonly string[];
	readonly message: string;
}

type Say = (path: readonly (string | number)[], message: string) => void;

/** Headers and names are compared folded, without what stands in parentheses. */
const folded = (text: string): string => plain(text.replace(/\([^)]*\)/g, ' '));

/**
 * What schemas cannot say: unique names, codes that exist, measures that can be trusted.
 * in     fundingPaths: file of each entry of `financements`, in the same order
 * out    every problem, in file order; empty when all is well
 */
export function checkReferentiel(ref: Omit<Referentiel, 'hash'>, fundingPaths: readonly string[]): Problem[] {
	const problems: Problem[] = [];
	const sayIn =
		(file: string): Say =>
		(path, message) =>
			problems.push({ file, path: path.map(String), message });
	const known = knownCodes(ref);
	checkEnjeux(ref, known, sayIn('data/enjeux.yaml'));
	checkLexicon(ref, known, sayIn('data/lexique.yaml'));
	checkPlans(ref, sayIn('data/plans.yaml'));
	unique(
		ref.lacunes.regles.map((rule) => rule.id),
		['regles'],
		'id',
		sayIn('data/lacunes.yaml')
	);
	ref.lacunes.regles.forEach((rule, i) =>
		unique(
			rule.gravite.si.map(({ cas }) => cas),
			['regles', i, 'gravite', 'si'],
			'cas',
			sayIn('data/lacunes.yaml')
		)
	);
	checkMarkers(ref, sayIn('data/lacunes.yaml'));
	checkIndicators(ref, known, sayIn('data/indicateurs.yaml'));
	checkFunding(ref, known, fundingPaths, sayIn);
	return problems;
}

/** A watched pair names two markers. */
function checkMarkers(ref: Omit<Referentiel, 'hash'>, say: Say): void {
	const codes = new Set(ref.marqueurs.marqueurs.map((m) => m.code));
	const { marqueur, indicateur } = ref.marqueurs.quartier_social;
	if (!codes.has(marqueur)) say(['quartier_social', 'marqueur'], `le marqueur « ${marqueur} » n’existe pas`);
	if (!ref.indicateurs.indicateurs.some((i) => i.code === indicateur))
		say(['quartier_social', 'indicateur'], `l’indicateur « ${indicateur} » n’existe pas`);
	ref.lacunes.regles.forEach((rule, i) =>
		watchedPairs(rule.parametres).forEach(({ a, b }, n) => {
			for (const code of [a, b])
				if (!codes.has(code)) say(['regles', i, 'parametres', 'paires', n], `le marqueur « ${code} » n’existe pas`);
		})
	);
}

interface Known {
	readonly enjeux: ReadonlySet<string>;
	readonly lexicon: ReadonlySet<string>;
	readonly indicateurs: ReadonlySet<string>;
}

function knownCodes(ref: Omit<Referentiel, 'hash'>): Known {
	const enjeux = [...ref.enjeux.transition, ...ref.enjeux.ville].map((enjeu) => enjeu.code);
	return {
		enjeux: new Set(enjeux),
		lexicon: new Set([...enjeux, ...ref.enjeux.natures.map((nature) => nature.code)]),
		indicateurs: new Set(ref.indicateurs.indicateurs.map((indicator) => indicator.code))
	};
}

function unique(names: readonly string[], at: readonly (string | number)[], key: string, say: Say): void {
	names.forEach((name, i) => {
		if (names.indexOf(name) < i) say([...at, i, key], `« ${name} » est déjà pris`);
	});
}

function exist(codes: readonly string[], known: ReadonlySet<string>, at: readonly (string | number)[], say: Say): void {
	for (const code of codes) if (!known.has(code)) say(at, `le code « ${code} » n’existe pas`);
}

function checkEnjeux({ enjeux }: Omit<Referentiel, 'hash'>, known: Known, say: Say): void {
	for (const list of ['transition', 'ville', 'croises', 'natures'] as const) {
		const codes = enjeux[list].map((e) => e.code);
		unique(codes, [list], 'code', say);
	}
	unique(
		enjeux.croises.map((x) => x.court),
		['croises'],
		'court',
		say
	);
	for (const axis of ['transition', 'ville'] as const)
		enjeux[axis].forEach((enjeu, i) => {
			if (enjeu.code[0] !== (axis === 'ville' ? 'P' : 'T'))
				say([axis, i, 'code'], `« ${enjeu.code} » est de l’autre axe`);
			exist(enjeu.indicateurs, known.indicateurs, [axis, i, 'indicateurs'], say);
		});
	enjeux.croises.forEach((x, i) => {
		exist([x.transition], known.enjeux, ['croises', i, 'transition'], say);
		exist([x.ville], known.enjeux, ['croises', i, 'ville'], say);
	});
	unique(
		enjeux.croises.map((x) => `${x.transition} × ${x.ville}`),
		['croises'],
		'transition',
		say
	);
}

function checkLexicon({ lexique }: Omit<Referentiel, 'hash'>, known: Known, say: Say): void {
	const codes = lexique.entrees.map((entry) => entry.code);
	unique(codes, ['entrees'], 'code', say);
	exist(codes, known.lexicon, ['entrees'], say);
	for (const code of known.lexicon) if (!codes.includes(code)) say(['entrees'], `aucun mot pour le code « ${code} »`);
	lexique.regles.forEach((rule, i) => exist(Object.keys(rule.poids), known.lexicon, ['regles', i, 'poids'], say));
}

function checkPlans({ enjeux, plans }: Omit<Referentiel, 'hash'>, say: Say): void {
	const crossings = new Set(enjeux.croises.map((x) => x.code));
	plans.types.forEach((t, i) => {
		const said = t.sujet?.croisements ?? [];
		if (said !== 'tous') exist(said, crossings, ['types', i, 'sujet'], say);
	});
	unique(
		plans.types.map((t) => t.code),
		['types'],
		'code',
		say
	);
	unique(
		plans.champs.map((c) => c.champ),
		['champs'],
		'champ',
		say
	);
	for (const code of PlanKind.options)
		if (!plans.types.some((t) => t.code === code)) say(['types'], `le plan « ${code} » n’est pas décrit`);
	for (const champ of Champ.options)
		if (!plans.champs.some((c) => c.champ === champ)) say(['champs'], `le champ « ${champ} » n’est pas décrit`);
	const vocabularies = {
		champs: plans.champs.map((c) => c.synonymes),
		statuts: plans.statuts.map((s) => s.synonymes),
		porteurs: plans.porteurs.map((p) => [...p.synonymes, ...p.sigles]),
		financements: plans.financements.map((f) => f.synonymes)
	};
	for (const [name, lists] of Object.entries(vocabularies)) {
		const seen = new Map<string, number>();
		lists.forEach((words, i) =>
			words.forEach((word) => {
				if (seen.has(folded(word))) say([name, i, 'synonymes'], `« ${word} » est déjà pris`);
				seen.set(folded(word), i);
			})
		);
	}
}

function checkIndicators({ indicateurs }: Omit<Referentiel, 'hash'>, known: Known, say: Say): void {
	unique(
		indicateurs.indicateurs.map((i) => i.code),
		['indicateurs'],
		'code',
		say
	);
	const columns = indicateurs.indicateurs.flatMap((indicator) => indicator.colonnes.map(folded));
	indicateurs.indicateurs.forEach((indicator, i) => {
		exist(indicator.enjeux, known.enjeux, ['indicateurs', i, 'enjeux'], say);
		for (const column of indicator.colonnes)
			if (columns.filter((other) => other === folded(column)).length > 1)
				say(['indicateurs', i, 'colonnes'], `« ${column} » désigne deux indicateurs`);
	});
}

function checkFunding(
	{ financements }: Omit<Referentiel, 'hash'>,
	known: Known,
	paths: readonly string[],
	sayIn: (file: string) => Say
): void {
	const ids = new Map<string, string>();
	const aliases = new Map<string, string>();
	const take = (taken: Map<string, string>, name: string, owner: string, path: (string | number)[], say: Say) => {
		if (taken.has(name)) say(path, `« ${name} » désigne déjà ${taken.get(name)}`);
		else taken.set(name, owner);
	};
	financements.forEach((family, f) => {
		const file = paths[f] ?? 'data/financements';
		const say = sayIn(file);
		if (file !== `data/financements/${family.id}.yaml`) say(['id'], `« ${family.id} » n’est pas le nom du fichier`);
		take(ids, family.id, family.titre, ['id'], say);
		for (const alias of family.alias) take(aliases, folded(alias), family.id, ['alias'], say);
		family.mesures.forEach((measure, m) => {
			take(ids, measure.id, measure.libelle, ['mesures', m, 'id'], say);
			for (const alias of measure.alias) take(aliases, folded(alias), measure.id, ['mesures', m, 'alias'], say);
			checkMeasure(measure, known, (path, message) => say(['mesures', m, ...path], message));
		});
	});
}

const NAMES: Readonly<Record<string, ReadonlySet<string>>> = {
	nature: new Set(NatureCode.options),
	maitre_ouvrage: new Set(PorteurType.options),
	atteinte: new Set(NIVEAUX)
};

function checkMeasure(measure: Measure, known: Known, say: Say): void {
	unique(
		measure.references.map((r) => r.titre),
		['references'],
		'titre',
		say
	);
	for (const { consulte_le } of measure.references)
		if (consulte_le > measure.a_revoir_le) say(['a_revoir_le'], 'la relecture précède la consultation des sources');
	if (measure.aide) {
		const { valeur, valeurs, reference } = measure.aide;
		if ((valeur === null) === (Object.keys(valeurs).length === 0))
			say(['aide'], 'un taux sans date (« valeur ») ou des taux datés (« valeurs »), l’un ou l’autre');
		checkReference(reference, measure, ['aide'], say);
	}
	measure.exemples.forEach((e, i) => exist(e.situation.enjeux ?? [], known.enjeux, ['exemples', i, 'situation'], say));
	if (measure.applicable_si === null) return;
	if (measure.verification === 'non-verifiee') return say(['applicable_si'], 'une mesure non vérifiée ne s’évalue pas');
	const criteria = criteriaOf(measure.applicable_si);
	for (const criterion of criteria) {
		const at = ['applicable_si', criterion.critere];
		checkReference(criterion.reference, measure, at, say);
		if ('valeurs' in criterion) checkThreshold(criterion, measure, at, say);
		if (criterion.critere === 'enjeu') exist(criterion.parmi, known.enjeux, at, say);
		if (criterion.critere in NAMES && 'parmi' in criterion)
			exist(criterion.parmi ?? [], NAMES[criterion.critere]!, at, say);
		if (
			criterion.critere === 'fait' &&
			[criterion.vaut, criterion.min, criterion.max, criterion.parmi, criterion.valeurs].every((v) => v === null)
		)
			say([...at, criterion.fait], 'aucune valeur attendue : « vaut », « min », « max » ou « parmi »');
	}
	if (hasIndicativeChoice(measure.applicable_si))
		say(['applicable_si'], 'un critère indicatif n’a pas sa place sous « au_moins_une » ou « aucune »');
	if (!criteria.some((c) => c.critere === 'enjeu')) say(['applicable_si'], 'aucun critère d’enjeu');
	if (!criteria.some((c) => c.reference !== null || ('valeurs' in c && c.valeurs !== null)))
		say(['applicable_si'], 'aucun critère ne cite sa source');
	if (new Set(measure.exemples.map((e) => e.attendu)).size < 2)
		say(['exemples'], 'il faut au moins deux exemples de verdicts différents');
}

function checkReference(rank: number | null, { references }: Measure, at: readonly string[], say: Say): void {
	if (rank !== null && !references[rank]) say(at, `la référence n° ${rank} n’existe pas (la première porte le n° 0)`);
}

/** A threshold is dated as soon as its source is: last year’s value must not judge this year’s file. */
function checkThreshold(
	criterion: Extract<Criterion, { valeurs: unknown }>,
	measure: Measure,
	at: readonly string[],
	say: Say
): void {
	const sent = criterion.critere === 'depot';
	const fixed = sent ? [criterion.avant] : [criterion.min, criterion.max];
	const undated = fixed.some((bound) => bound !== null);
	if (undated && criterion.valeurs !== null) say(at, 'une borne sans date et des « valeurs » datées : l’un ou l’autre');
	if (sent && !undated && criterion.valeurs === null) say(at, 'aucune date : « avant » ou « valeurs »');
	if (undated && measure.references[criterion.reference ?? -1]?.date)
		say(at, 'la source de ce seuil porte une date : donnez-la-lui (« valeurs »)');
	for (const [day, value] of Object.entries(criterion.valeurs ?? {})) {
		if (value === null) continue;
		checkReference(value.reference, measure, [...at, 'valeurs', day], say);
		const bounds = sent ? value.avant !== null : value.min !== null || value.max !== null;
		if (!bounds) say([...at, 'valeurs', day], `aucune borne : ${sent ? '« avant »' : '« min » ou « max »'}`);
	}
}

/** An indicative criterion decides nothing: in a choice it would decide everything. */
function hasIndicativeChoice(condition: Condition): boolean {
	if ('critere' in condition) return false;
	if ('toutes' in condition) return condition.toutes.some(hasIndicativeChoice);
	return criteriaOf(condition).some((criterion) => criterion.niveau === 'indicatif');
}
