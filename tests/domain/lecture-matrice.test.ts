import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVERY_ACTION, isNarrow, passes, type ActionFilter } from '../../src/lib/domain/crossing/action-filter';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { compareMatrices, sidesOf } from '../../src/lib/domain/crossing/compare';
import { DIMENSIONS, type Matrix } from '../../src/lib/domain/crossing/matrix';
import { crossTerritory, type TerritoryRecords } from '../../src/lib/domain/crossing/territory-view';
import { viewMatrix } from '../../src/lib/domain/crossing/view-matrix';
import { selectCase } from '../../src/lib/domain/pages/case-selection';
import { matrixPage } from '../../src/lib/domain/pages/matrix-page';
import { wordsOf } from '../../src/lib/domain/phrase';
import { FIRST_VIEW, queryString, type MatrixQuery } from '../../src/lib/domain/pages/matrix-address';
import { readQuery } from '../../src/lib/domain/pages/matrix-query';
import { linkFigures, territoryFigureHref } from '../../src/lib/domain/pages/story-address';
import { shortKeys, territoryPage } from '../../src/lib/domain/pages/page-model';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, aLine, anAction, aPlaced, aQuartier, aTerritory } from '../fixtures/build';

const ref = loadReferentiel();
const lexicon = compileLexicon(ref);
const A = aQuartier({ code: 'QNZZZ01N', nom: 'Les Essais' });
const B = aQuartier({ code: 'QNZZZ02N', nom: 'Les Épreuves' });

function view(actions: TerritoryRecords['actions'], quartiers = [A, B]) {
	const records: TerritoryRecords = {
		territory: aTerritory(),
		quartiers,
		correspondances: new Map(),
		documents: [
			{ ...aDocument({ id: 1, plan: 'pcaet' }), fichier: 'pcaet.xlsx', importeLe: '2026-11-22' },
			{ ...aDocument({ id: 2 }), fichier: 'contrat.xlsx', importeLe: '2026-11-22' }
		],
		actions,
		decisions: [],
		indicateurs: []
	};
	return crossTerritory(records, ref, lexicon, '2026-11-22').view;
}
const housing = (said: Parameters<typeof anAction>[0] = {}) =>
	anAction({
		document: 2,
		titre: 'Réhabiliter les logements sociaux énergivores',
		enjeuxDeclares: ['T01', 'P01'],
		natureDeclaree: 'N1',
		quartiers: ['Les Essais'],
		...said
	});
const pcaet = (said: Parameters<typeof anAction>[0] = {}) => housing({ document: 1, plan: 'pcaet', ...said });
const STORY = { lignes: 'croises', colonnes: 'quartier', quartier: null } as const;
const only = (filtre: Partial<ActionFilter>) => ({ ...STORY, filtre: { ...EVERY_ACTION, ...filtre } });
const X01 = ref.enjeux.croises.findIndex((x) => x.code === 'X01');
const cell = (m: Matrix, row = X01, column = 0) => m.cells[row]![column]!;
const keep = (filtre: Partial<ActionFilter>, said: Parameters<typeof anAction>[0]) =>
	passes({ ...EVERY_ACTION, ...filtre }, () => [])(aPlaced({ action: said }));
const dates = (debut: string | null, fin: string | null) => ({ dates: { debut, fin, texte: null } });

describe('filtrer la matrice', () => {
	it('un plan laisse de côté les actions des autres, totaux compris', () => {
		const v = view([housing({ id: 'cdv' }), pcaet({ id: 'climat' })]);
		expect(cell(viewMatrix(v, ref, only({ plan: 'pcaet' }))).actions).toEqual(['climat']);
		expect(viewMatrix(v, ref, only({ plan: 'pcaet' })).totals.all.actions).toEqual(['climat']);
		expect(cell(viewMatrix(v, ref, only({ sansPlans: ref.lacunes.droit_commun }))).actions).toEqual(['cdv']);
	});

	it('une action qui ne dit pas son statut n’est pas comptée, mais empêche de conclure', () => {
		const v = view([housing({ statut: null }), pcaet({ statut: 'realise', enjeuxDeclares: ['T10', 'P06'] })]);
		const asked = cell(viewMatrix(v, ref, only({ statut: 'en-cours' })));
		expect(asked).toMatchObject({ actions: [], coverage: 'saisie-incomplete' });
	});

	it('sans ligne de financement, on ignore si un dispositif est demandé ; avec d’autres lignes, il ne l’est pas', () => {
		expect(keep({ dispositif: 'anru' }, { financements: [] })).toBe('inconnu');
		expect(keep({ dispositif: 'anru' }, { financements: [aLine({ dispositif: 'ademe' })] })).toBe('non');
	});

	it.each([
		['dedans', dates('2025-01-01', '2025-12-31'), 'oui'],
		['qui l’enjambe', dates('2020-01-01', '2030-12-31'), 'oui'],
		['avant', dates('2019-01-01', '2023-12-31'), 'non'],
		['après', dates('2027-01-01', null), 'non'],
		['commencée avant, sans fin', dates('2020-01-01', null), 'inconnu'],
		['sans date', {}, 'inconnu']
	] as const)('une période 2024-2026 et une action %s', (_cas, said, kept) => {
		expect(keep({ depuis: 2024, jusqua: 2026 }, said)).toBe(kept);
	});

	it('laisser des actions de côté ne change jamais « n. é. » en zéro', () => {
		const anyAction = fc
			.record({
				plan: fc.constantFrom('pcaet' as const, 'contrat-de-ville' as const),
				quartiers: fc.constantFrom<string[]>([], ['Les Essais'], ['Les Épreuves']),
				natureDeclaree: fc.constantFrom('N1', 'N3', null),
				statut: fc.constantFrom('en-cours' as const, 'a-venir' as const, null),
				enjeuxDeclares: fc.constantFrom<string[]>(['T01', 'P01'], ['T01'], [])
			})
			.map((said) => housing({ ...said, titre: 'Agir', document: said.plan === 'pcaet' ? 1 : 2 }));
		const anyFilter = fc.record({
			plan: fc.constantFrom('pcaet' as const, null),
			nature: fc.constantFrom('N1', null),
			statut: fc.constantFrom('en-cours' as const, null)
		});
		fc.assert(
			fc.property(fc.array(anyAction, { maxLength: 5 }), anyFilter, (actions, filtre) => {
				const v = view(actions);
				const [all, some] = [viewMatrix(v, ref, STORY), viewMatrix(v, ref, only(filtre))];
				all.cells.forEach((row, r) =>
					row.forEach((whole, c) => {
						if (whole.coverage === 'saisie-incomplete') expect(cell(some, r, c).coverage).not.toBe('aucune');
					})
				);
			}),
			{ numRuns: 25 }
		);
	});
});

describe('comparer deux calques', () => {
	const difference = (a: Matrix, b: Matrix, narrowed: 'quartier' | null = null, elsewhere = false) =>
		compareMatrices(a, b, sidesOf(a, b, { narrowed, elsewhere }));

	it('dit ce qu’il y a de plus et de moins, et si la réponse est plus forte', () => {
		const v = view([housing(), pcaet()]);
		const [all, without] = [viewMatrix(v, ref, STORY), viewMatrix(v, ref, only({ sansPlans: ['pcaet'] }))];
		expect(difference(all, without).cells[X01]![0]).toMatchObject({ actions: 1, sens: null });
		expect(difference(without, all)).toMatchObject({ all: -1 });
		expect(difference(without, all).columns[0]).toBe(-1);
		const weak = view([housing({ natureDeclaree: 'N3' }), pcaet({ natureDeclaree: 'N3' })]);
		expect(difference(all, viewMatrix(weak, ref, STORY)).cells[X01]![0]).toEqual({
			actions: 0,
			sens: 'mieux',
			la: 'sensibilisation-seule'
		});
	});

	it('ne dit rien quand un des deux côtés n’est pas évalué', () => {
		const [sure, unknown] = [view([housing(), pcaet()]), view([housing({ quartiers: [] })])];
		const compared = difference(viewMatrix(sure, ref, STORY), viewMatrix(unknown, ref, STORY));
		expect(compared.cells[X01]![0]).toEqual({ actions: null, sens: null, la: 'saisie-incomplete' });
	});

	it('met chaque quartier en face de celui qu’on a choisi', () => {
		const v = view([housing(), pcaet({ quartiers: ['Les Essais', 'Les Épreuves'] })]);
		const one = viewMatrix(v, ref, { ...STORY, quartier: B.code });
		const compared = difference(viewMatrix(v, ref, STORY), one, 'quartier');
		expect(compared.cells[X01]!.map((e) => e.actions)).toEqual([1, 0]);
		expect(compared.rows[X01]).toBeNull();
	});

	it('deux territoires n’ont pas les mêmes quartiers : seuls leurs totaux se comparent', () => {
		const compared = difference(
			viewMatrix(view([housing(), pcaet()]), ref, STORY),
			viewMatrix(view([housing()]), ref, STORY),
			null,
			true
		);
		expect(compared.cells[X01]!.map((e) => e.actions)).toEqual([null, null]);
		expect(compared.rows[X01]).toBe(1);
	});
});

describe('l’adresse de la matrice', () => {
	const read = (text: string) => readQuery(new URLSearchParams(text), { quartiers: [A.code, B.code], ref });

	it('dit tout, et se relit telle quelle', () => {
		const asked: MatrixQuery = {
			...FIRST_VIEW,
			...{ lignes: 'plan', colonnes: 'nature', quartier: A.code, case: 'pcaet.N1', projecteur: true },
			filtre: { ...EVERY_ACTION, statut: 'en-cours', depuis: 2024, sansPlans: ref.lacunes.droit_commun },
			comparer: { genre: 'quartier', valeur: B.code }
		};
		expect(read(queryString(asked).slice(1))).toEqual(asked);
		expect(queryString(FIRST_VIEW)).toBe('?');
	});

	it('ce qu’elle demande et qui n’existe pas est comme non demandé', () => {
		expect(read('lignes=age&plan=inconnu&quartier=QN&depuis=hier&comparer=lune:1')).toEqual(FIRST_VIEW);
		expect(isNarrow(read('statut=').filtre)).toBe(false);
		expect(read('lignes=quartier&colonnes=quartier')).toMatchObject({ lignes: 'quartier', colonnes: 'croises' });
	});
});

describe('chaque figure ouvre ses actions', () => {
	it('cases et totaux de toute paire de dimensions', () => {
		const v = view([housing({ financements: [aLine({ dispositif: 'anru.npnru' })] }), pcaet()]);
		const page = territoryPage(v, ref);
		const source = { page, key: shortKeys(v), kept: () => 'oui' as const };
		for (const lignes of DIMENSIONS)
			for (const colonnes of DIMENSIONS.filter((d) => d !== lignes)) {
				const m = viewMatrix(v, ref, { lignes, colonnes, quartier: null });
				const opened = (id: string) => selectCase(m, source, id)!.actions.length;
				m.rows.keys.forEach((row, r) => {
					expect(opened(row.code)).toBe(m.totals.rows[r]!.actions.length);
					m.columns.keys.forEach((column, c) =>
						expect(opened(`${row.code}.${column.code}`)).toBe(cell(m, r, c).actions.length)
					);
				});
				m.columns.keys.forEach((column, c) => expect(opened(column.code)).toBe(m.totals.columns[c]!.actions.length));
				expect(opened('tout')).toBe(m.totals.all.actions.length);
			}
		expect(selectCase(viewMatrix(v, ref, STORY), source, 'X99.QN')).toBeNull();
	});

	it('la preuve d’une case dit quand ce qui y répond devait déjà être fini, sans compter ce qui n’y arrive que diffus', () => {
		const fins = (...ends: (string | null)[]) => {
			const wide = pcaet({ quartiers: [], titre: 'Un plan large', ...dates(null, '2019-12-31') });
			const v = view([...ends.map((fin, i) => housing({ titre: `Tour ${i}`, ...dates(null, fin) })), wide]);
			const source = { page: territoryPage(v, ref), key: shortKeys(v), kept: () => 'oui' as const };
			return selectCase(viewMatrix(v, ref, STORY), source, `X01.${v.quartiers[0]!.quartier.code}`)!.fins;
		};
		expect(fins('2019-12-31')).toBe('fin prévue passée');
		expect(fins('2019-12-31', '2035-12-31')).toBe('fin prévue passée pour une action sur deux');
		expect(fins('2035-12-31', null)).toBeNull();
	});

	it('une ligne tenue par des actions qui devaient être finies le dit, et la case dit de quelles actions est son argent', () => {
		const read = (fin: string) => {
			const wide = pcaet({ quartiers: [], titre: 'Réhabiliter des logements partout' });
			const v = view([housing(dates(null, fin)), wide]);
			const source = { page: territoryPage(v, ref), key: shortKeys(v), kept: () => 'oui' as const };
			const row = v.croiseRows.find((r) => r.code === 'X01')!;
			const { perimetre } = selectCase(viewMatrix(v, ref, STORY), source, `X01.${v.quartiers[0]!.quartier.code}`)!;
			return { row, perimetre, chapo: v.chapo };
		};
		expect(read('2019-12-31').row.phrase).toContain('à confirmer\u00a0: fin prévue passée');
		expect(read('2035-12-31').row.phrase).not.toContain('à confirmer');
		expect(read('2035-12-31').perimetre).toMatch(/1 le nomme ou le vise et 1.diffuse/);
	});

	it('un croisement qu’un seul plan ne permet pas de juger le dit à sa ligne, et n’est pas dit sans lacune', () => {
		const rows = (...actions: Parameters<typeof view>[0]) => view(actions).croiseRows.find((r) => r.code === 'X08')!;
		const alone = rows(
			pcaet({ quartiers: [], enjeuxDeclares: ['T05'], titre: 'Pistes cyclables', natureDeclaree: 'N1' })
		);
		expect(alone).toMatchObject({ pire: null, aJuger: 'G01' });
		const two = rows(housing(), pcaet({ quartiers: [], titre: 'Réhabiliter des logements partout' }));
		expect(two).toMatchObject({ pire: { regle: 'G01' }, aJuger: null });
	});

	it('la case de deux enjeux montre les lacunes de leur croisement attendu, et le nomme', () => {
		const v = view([pcaet({ quartiers: [], enjeuxDeclares: ['T01'], titre: 'Sensibiliser', natureDeclaree: 'N4' })]);
		const page = territoryPage(v, ref);
		const source = { page, key: shortKeys(v), kept: () => 'oui' as const };
		const open = (lignes: 'croises' | 'transition', colonnes: 'quartier' | 'ville', id: string) =>
			selectCase(viewMatrix(v, ref, { lignes, colonnes, quartier: null }), source, id)!;
		const story = open('croises', 'quartier', 'X01');
		const grid = open('transition', 'ville', 'T01.P01');
		expect(story.gaps.length).toBeGreaterThan(0);
		expect(story.attendu).toBeNull();
		expect(grid.attendu).toBe('X01');
		const ofCrossing = story.gaps.filter((g) => g.enjeu !== null).map((g) => g.id);
		expect(ofCrossing.length).toBeGreaterThan(0);
		expect(grid.gaps.map((g) => g.id)).toEqual(expect.arrayContaining(ofCrossing));
		// Nobody leads the action: that is of the territory, which the row shows and the cell of a quartier does not.
		const steering = (gaps: typeof story.gaps) => gaps.some((g) => g.regle === 'G08');
		expect(steering(story.gaps)).toBe(true);
		expect(steering(open('croises', 'quartier', `X01.${v.quartiers[0]!.quartier.code}`).gaps)).toBe(false);
	});

	it('sous un filtre, le titre compte ce que le tableau montre ; sur une autre grille, la phrase dit qu’elle est sans les filtres', () => {
		const v = view([housing({ titre: 'Isoler la tour des Essais' }), pcaet()]);
		const page = (query: Partial<MatrixQuery>) =>
			matrixPage(v, ref, { ...FIRST_VIEW, ...query }, territoryPage(v, ref));
		const filtre = { ...FIRST_VIEW.filtre, plan: 'plh' as const };
		const whole = page({});
		expect(whole.ouverture).toEqual(v.ouverture);
		const narrow = page({ filtre });
		expect(wordsOf(narrow.ouverture.titre)).toMatch(/^Avec ces filtres, /);
		// Its figures open what they count, under the same filters.
		const hrefs = linkFigures(narrow.ouverture.titre, (f) => territoryFigureHref(narrow.code, f, null, '?plan=plh'));
		const opened = hrefs.flatMap((run) => run.href ?? []);
		expect(opened.length).toBeGreaterThan(0);
		expect(opened.every((href) => href.includes('?plan=plh#groupe-'))).toBe(true);
		const none = narrow.croises.filter((x) => x.groupe === 'sans-reponse').length;
		expect(none).toBeGreaterThan(whole.croises.filter((x) => x.groupe === 'sans-reponse').length);
		expect(wordsOf(narrow.ouverture.chapo)).toContain(`${none} n’ont aucune action`);
		const grid = page({ filtre, lignes: 'transition', colonnes: 'ville' });
		expect(wordsOf(grid.ouverture.titre)).toMatch(/^Avec ces filtres, enjeux de transition par enjeu de politique/);
		// Its title tells what its rows hold, not the crossings of another table.
		const plans = page({ lignes: 'nature', colonnes: 'quartier' });
		expect(wordsOf(plans.ouverture.titre)).toMatch(/^Natures d’action par quartier\u00a0: le plus d’actions pour «/);
		expect(plans.ouverture.chapo).toEqual(whole.ouverture.chapo);
		// One quartier has no « everywhere ».
		const alone = page({ quartier: A.code });
		expect(wordsOf(alone.ouverture.chapo)).not.toContain('partout');
		expect(wordsOf(grid.ouverture.chapo)).toMatch(/^Sans les filtres\u00a0: Sur 20/);
	});

	it('deux quartiers du même nom : chaque lacune dit la commune du sien', () => {
		const twin = (code: string, nom: string) =>
			aQuartier({ code: code as never, nom: 'Centre Ville', communes: [{ code: '59999' as never, nom }] });
		const twins = [twin('QNZZZ11T', 'Anzin'), twin('QNZZZ12T', 'Condé')];
		const said = view([housing(), pcaet()], twins)
			.gaps.filter((g) => g.regle === 'G01' && g.enjeu === 'X02')
			.map((g) => g.message);
		expect(said).toHaveLength(2);
		expect(said[0]).toContain('dans le quartier Centre Ville (Anzin)'.slice(1));
		expect(said[1]).toContain('dans le quartier Centre Ville (Condé)'.slice(1));
	});

	it('la page n’envoie que les actions de la case ouverte', () => {
		const v = view([housing({ titre: 'Isoler la tour des Essais' }), pcaet()]);
		const sent = (asked: string | null) =>
			JSON.stringify(matrixPage(v, ref, { ...FIRST_VIEW, case: asked }, territoryPage(v, ref)));
		// A gap elsewhere may quote it as the nearest answer; the action itself is not sent.
		expect(sent(null)).not.toContain('"titre":"Isoler la tour');
		expect(sent(`X01.${A.code}`)).toContain('"titre":"Isoler la tour');
	});
});
