import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Crossed } from '../../src/lib/domain/crossing/territory-view';
import { readQuery } from '../../src/lib/domain/actions/table-query';
import { openIn } from '../../src/lib/domain/crossing/urgency';
import { doubtWords, isOpenAlert, isToConfirm } from '../../src/lib/domain/pages/open-gaps';
import { gapsOfQuartier } from '../../src/lib/domain/rules/gaps-by-quartier';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { doubtIn, reserveIn } from '../../src/lib/domain/pages/cell-doubts';
import { doubtsIn, mapPage } from '../../src/lib/domain/pages/map-page';
import { territoryPage } from '../../src/lib/domain/pages/page-model';
import { smallTheme } from '../../src/lib/domain/pages/map-small';
import { DOUBTED, amountTheme, themeChoices, NOT_KNOWN } from '../../src/lib/domain/pages/map-themes';
import { readActionTable } from '../../src/lib/server/actions/read-actions';
import { open } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const ref = loadReferentiel();
const LE = '2026-11-22';

describe('la carte', () => {
	let crossed: Crossed;
	let db: Awaited<ReturnType<typeof open>>;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
		crossed = (await crossedTerritory(db, ref, 'ZZ0000001', LE))!;
	});

	it('quel que soit le thème, chaque quartier est dans une classe et une seule, et la légende les compte tous', () => {
		const choices = themeChoices(crossed);
		expect(choices.length).toBeGreaterThan(36);
		for (const { id } of choices) {
			const page = mapPage(crossed, id, null);
			expect(page.theme.id).toBe(id);
			expect(
				page.classes.reduce((n, c) => n + c.quartiers, 0),
				id
			).toBe(crossed.view.quartiers.length);
			for (const q of page.quartiers)
				expect(q.classe === NOT_KNOWN ? q.ecrit : q.valeur, `${id} ${q.code}`).not.toBeNull();
		}
	});

	it('la réponse à un croisement est celle de la matrice, ce qui est à confirmer compris', () => {
		const { croises } = crossed.view;
		const doubt = doubtIn(croises, reserveIn(crossed.view, crossed.ref, null));
		const seen = { sure: 0, unsure: 0 };
		croises.rows.keys.forEach(({ code }, row) => {
			const page = mapPage(crossed, `reponse.${code}`, null);
			for (const q of page.quartiers) {
				const at = croises.columns.keys.findIndex((key) => key.code === q.code);
				const cell = croises.cells[row]![at]!;
				const unsure = doubt(row, at) !== null;
				seen[unsure ? 'unsure' : 'sure']++;
				const told = unsure ? `${cell.coverage}-${DOUBTED}` : cell.coverage;
				expect(q.classe).toBe(cell.coverage === 'saisie-incomplete' ? NOT_KNOWN : told);
				if (q.classe !== NOT_KNOWN) expect(q.ecrit).toBe(String(cell.actions.length));
				const named = page.classes.find((c) => c.code === q.classe)!;
				expect(named.libelle.endsWith('à confirmer')).toBe(unsure);
			}
		});
		expect(seen.sure).toBeGreaterThan(0);
		expect(seen.unsure).toBeGreaterThan(0);
		// The table beside the small map counts the same.
		for (const q of territoryPage(crossed.view, crossed.ref).quartiers) {
			const at = croises.columns.keys.findIndex((key) => key.code === q.code);
			const own = croises.cells.filter((row, r) => row[at]!.coverage === 'structurante' && doubt(r, at) !== null);
			expect(q.structurantesAConfirmer).toBe(own.length);
		}
	});

	it('un montant non renseigné n’est pas un zéro, et un thème inconnu rend la gravité', () => {
		const bare = { ...crossed, view: { ...crossed.view, actions: [] } };
		expect(mapPage(bare, 'argent', null).quartiers.every((q) => q.classe === NOT_KNOWN)).toBe(true);
		expect(mapPage(crossed, 'indicateur.RIEN', null).theme.id).toBe('gravite');
	});

	it('quels que soient les montants, chaque classe chiffrée en contient au moins un, et zéro ne se dit que s’il est connu', () => {
		const amount = fc.option(fc.constantFrom(0, 1, 2, 3, 40, 500), { nil: null });
		fc.assert(
			fc.property(fc.array(amount, { maxLength: 12 }), (amounts) => {
				const values = new Map(amounts.map((v, i) => [`Q${i}`, v]));
				const { classes, parQuartier } = amountTheme(values, (v) => `${v}\u00a0€`);
				for (const { code, libelle } of classes) {
					const own = amounts.filter((_, i) => parQuartier.get(`Q${i}`)!.classe === code);
					if (code !== NOT_KNOWN) expect(own.length, libelle).toBeGreaterThan(0);
					expect(own.every((v) => (v === null) === (code === NOT_KNOWN) && (v === 0) === (code === 'zero'))).toBe(true);
				}
				expect(classes.length).toBeLessThanOrEqual(5);
				expect(new Set(classes.map((c) => c.libelle)).size).toBe(classes.length);
			})
		);
	});

	it('un thème dont rien n’est connu le dit, sans parler d’évaluation ni de classes à zéro', () => {
		const page = mapPage({ ...crossed, view: { ...crossed.view, actions: [] } }, 'argent', null);
		expect(page.titre).toBe(
			`Argent obtenu par habitant\u00a0: non renseigné pour les ${page.quartiers.length} quartiers`
		);
		expect(page.classes.map((c) => c.libelle)).toEqual(['Non renseigné']);
	});

	it('la fiche d’un quartier inconnu n’existe pas ; celle d’un quartier dit ses premières lacunes, et avec les autres autant que la carte', () => {
		expect(mapPage(crossed, null, 'QN99999X').choisi).toBeNull();
		const card = mapPage(crossed, null, crossed.view.quartiers[0]!.quartier.code).choisi!;
		expect(card.lacunes.length).toBeGreaterThan(0);
		const row = mapPage(crossed, null, null).quartiers.find((q) => q.code === card.code)!;
		expect(card.lacunes.length + card.autres).toBe(row.valeur);
	});

	it('le titre nomme la lacune la plus grave, et sans choix la fiche est celle du premier du tableau', () => {
		const worst = mapPage(crossed, null, null);
		const of = (code: string) => worst.classes.find((c) => c.code === code)?.quartiers ?? 0;
		expect(worst.choisi).toBeNull();
		expect(worst.premier!.code).toBe(worst.quartiers[0]!.code);
		expect(worst.titre).toMatch(/^La lacune la plus grave est /);
		const said = ['critique', 'haute', 'moyenne'].filter((code) => of(code) > 0);
		for (const code of said) expect(worst.titre).toMatch(new RegExp(`${code} dans (les )?${of(code)}`));
		const same = (pire: 'haute' | null) => ({
			...crossed,
			view: {
				...crossed.view,
				quartiers: crossed.view.quartiers.map((q) => ({
					...q,
					pire,
					gaps: { ...q.gaps, critique: 0, haute: pire ? 1 : 0, moyenne: 0, information: 0 }
				}))
			}
		});
		const all = crossed.view.quartiers.length;
		const doubts = doubtsIn(crossed);
		expect(mapPage(same('haute'), 'gravite', null).titre).toBe(
			`La lacune la plus grave est haute dans les ${all} quartiers${doubtWords(doubts)}`
		);
		// One colour everywhere would say nothing: without a choice, what tells the quartiers apart, and why.
		expect(worst.theme.id).toBe('gravite');
		const apart = mapPage(same('haute'), null, null);
		expect(apart.theme.id).toMatch(/^reponse\.X/);
		expect(apart.classes.filter((c) => c.quartiers > 0 && c.code !== NOT_KNOWN).length).toBeGreaterThan(1);
		expect(apart.theme.explication).toContain(
			'Gravité et nombre de lacunes sont les mêmes partout («\u00a0haute\u00a0», 1)'
		);
		// The small map beside the list of quartiers shows the same, and its legend counts every quartier.
		const small = smallTheme(same('haute'))!;
		expect(Object.values(small.valeurs).map((v) => v.classe)).toEqual(
			Object.keys(small.valeurs).map((code) => apart.quartiers.find((q) => q.code === code)!.classe)
		);
		expect(small.classes.reduce((n, c) => n + c.quartiers, 0)).toBe(all);
		expect(smallTheme(crossed)).toBeNull();
	});

	it('un quartier sans lacune dont des points restent à confirmer ne se lit pas « aucune lacune »', () => {
		const none = { ...crossed.view.quartiers[0]!.gaps, critique: 0, haute: 0, moyenne: 0, information: 0 };
		const [first, ...others] = crossed.view.quartiers.map((q) => ({ ...q, pire: null, gaps: none }));
		const gap = { ...crossed.view.gaps[0]!, quartier: first!.quartier.code, ecartee: null };
		const asked = { ...gap, reponse: 'donnee-manquante' as const };
		const page = mapPage(
			{ ...crossed, view: { ...crossed.view, quartiers: [first!, ...others], gaps: [asked] } },
			'gravite',
			null
		);
		expect(page.quartiers.find((q) => q.code === first!.quartier.code)!.classe).toBe('a-confirmer');
		expect(page.quartiers.filter((q) => q.classe === 'aucune')).not.toHaveLength(0);
		expect(page.titre).toMatch(/^Aucune lacune dans les \d+ quartiers\u202f; jusqu’à 1 à confirmer$/);
		expect(doubtWords([20, 21])).toBe('\u202f; de 20 à 21 à confirmer dans chacun');
		expect(doubtWords([5, 5])).toBe('\u202f; 5 à confirmer dans chacun');
		expect([doubtWords([0, 0]), doubtWords([])]).toEqual(['', '']);
	});

	const opened = async (address: string): Promise<number> => {
		const query = readQuery(new URLSearchParams(address.split('?')[1]));
		const read = await readActionTable(db, ref, 'ZZ0000001', LE, { query, modifier: null });
		return read!.table.trouvees;
	};

	it('chaque nombre du tableau ouvre exactement ses lacunes, sur la page du quartier ; leur somme est celle de la carte, de la liste des quartiers et de la commande', async () => {
		for (const row of mapPage(crossed, null, null).quartiers) {
			const view = await readQuartier(db, ref, row.code, LE, 'ZZ0000001');
			const { lacunes } = quartierPage(view!, ref, [], null);
			const listed = lacunes.filter(isOpenAlert);
			const brief = territoryPage(crossed.view, ref).quartiers.find((q) => q.code === row.code)!;
			expect(brief.aConfirmer, row.code).toBe(lacunes.filter(isToConfirm).length);
			for (const level of ['critique', 'haute', 'moyenne', 'information'] as const)
				expect(listed.filter((g) => g.gravite === level).length, `${row.code} ${level}`).toBe(row.gravites[level]);
			expect(row.valeur, row.code).toBe(listed.length);
			expect(Object.values(row.gravites).reduce((a, b) => a + b)).toBe(listed.length);
			// As the list under the matrix counts them, then as the command « lacunes » gives them.
			expect(openIn(crossed.view.quartiers.find((s) => s.quartier.code === row.code)!)).toBe(listed.length);
			expect(gapsOfQuartier(crossed.view.gaps, row.code, crossed.view.actions).filter(isOpenAlert)).toHaveLength(
				listed.length
			);
			expect(row.porte).toBe(row.classe === NOT_KNOWN ? null : `/${row.code}?lacunes=toutes#lacunes`);
		}
	});

	it('chaque nombre d’une réponse ouvre exactement ses actions, et la fiche celles qui touchent le quartier', async () => {
		const themes = themeChoices(crossed).filter(({ id }) =>
			['reponse.X05', 'reponse.X01', 'reponse.T01', 'reponse.T05'].includes(id)
		);
		expect(themes).toHaveLength(4);
		let seen = 0;
		for (const { id } of themes)
			for (const row of mapPage(crossed, id, null).quartiers) {
				if (row.porte === null) continue;
				seen += 1;
				expect(await opened(row.porte), `${id} ${row.code}`).toBe(row.valeur);
			}
		expect(seen).toBeGreaterThan(10);
		for (const { quartier } of crossed.view.quartiers)
			expect(await opened(`/actions?quartier=${quartier.code}`)).toBe(
				mapPage(crossed, null, quartier.code).choisi!.actions
			);
	});

	it('ce qui est à confirmer, et cela seul, se remplit de hachures, dans chaque thème', () => {
		let doubts = 0;
		for (const { id } of themeChoices(crossed))
			for (const { libelle, doute, teinte } of mapPage(crossed, id, null).classes) {
				expect(doute === true, `${id} ${libelle}`).toBe(libelle.endsWith('à confirmer'));
				if (doute) expect(teinte, `${id} ${libelle}`).not.toBeNull();
				doubts += doute ? 1 : 0;
			}
		expect(doubts).toBeGreaterThan(2);
	});

	it('chaque classe se dit par un signe qui n’est qu’à elle, ou par ses mots : jamais par la couleur seule', () => {
		for (const { id } of themeChoices(crossed)) {
			const { classes } = mapPage(crossed, id, null);
			const signs = classes.map((c) => JSON.stringify(c.signe));
			expect(new Set(signs).size, id).toBe(signs.length);
			expect(classes.filter((c) => c.signe === null).map((c) => c.code)).toEqual([NOT_KNOWN]);
		}
	});
});
