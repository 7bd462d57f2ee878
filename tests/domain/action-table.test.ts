import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actionTable, cellWords, PAGE, usualColumns, type TableNames } from '../../src/lib/domain/actions/action-table';
import { compileSearch } from '../../src/lib/domain/actions/search';
import { readQuery, queryString, USUAL } from '../../src/lib/domain/actions/table-query';
import type { PlacedAction } from '../../src/lib/domain/crossing/place';
import { aPlaced } from '../fixtures/build';

/* The table of actions: what a search finds, what a sort does with blanks, what its totals count. */

const names: TableNames = {
	...{ plans: {}, enjeux: {}, natures: {}, quartiers: {}, dispositifs: {}, valeurs: {}, abreviations: {} },
	attendus: [{ champ: 'pilote', libelle: 'Pilote' }]
};
const placed = (over: Partial<PlacedAction['action']>, n = 0): PlacedAction =>
	aPlaced({ action: { id: `A1-${n}`, ...over } });
const ask = (address: string) => readQuery(new URLSearchParams(address));
const titles = (all: readonly PlacedAction[], address: string) =>
	actionTable(all, ask(address), names).lignes.map((l) => l.titreSimple);

describe('chercher', () => {
	const finds = (asked: string, text: string) => compileSearch(asked, { subv: 'subvention' })!.finds([text]);

	test.each([
		['sans accent ni capitale', 'energetique', 'Rénovation ÉNERGÉTIQUE'],
		['un pluriel, un féminin', 'jardins partagées', 'Créer un jardin partagé'],
		['un autre mot de la même famille', 'rénover', 'Rénovation des écoles'],
		['un début de mot', 'réhab', 'Réhabilitation de 200 logements'],
		['des initiales', 'qpv', 'Agir dans le quartier prioritaire de la ville'],
		['une abréviation', 'subv', 'Demander une subvention'],
		['plusieurs mots, dans n’importe quel ordre', 'logements réno', 'Rénover cent logements']
	])('%s', (_name, asked, text) => {
		expect(finds(asked, text)).toBe(true);
	});

	test.each([
		['piscine', 'Créer un jardin partagé'],
		['jardin piscine', 'Créer un jardin partagé'],
		['ga', 'Gare routière']
	])('« %s » ne trouve pas « %s »', (asked, text) => {
		expect(finds(asked, text)).toBe(false);
	});

	test('les morceaux marqués redonnent toujours le texte, et sont ce qui a été trouvé', () => {
		const word = fc.constantFrom('Rénover', 'l’école', 'QPV', 'quartier', 'prioritaire', 'ville', 'œuvre', '— 12', 'é');
		fc.assert(
			fc.property(fc.array(word, { maxLength: 8 }), word, (text, asked) => {
				const search = compileSearch(asked);
				const whole = text.join(' ');
				if (search) expect(search.mark(whole).join('')).toBe(whole);
			})
		);
		expect(compileSearch('qpv')!.mark('Le quartier prioritaire de la ville')).toContain('quartier');
	});
});

describe('les colonnes que personne n’a choisies', () => {
	test('ce que chaque action laisse vide cède la place à ce qui a été compris, et se redemande d’un lien', () => {
		const silent = [placed({ budget: { euros: 10, base: 'HT', max: null } }, 1), placed({}, 2)];
		const { colonnes, vides } = usualColumns(silent, { ...names, plans: { pcaet: 'PCAET' } });
		expect(vides).toEqual(['statut', 'pilote', 'fin', 'touches']);
		expect(colonnes).toEqual(['plan', 'budget', 'enjeux', 'nature', 'dispositifs']);
		expect(queryString(ask('q=velo'), { colonnes: USUAL })).toBe(
			'q=velo&c=plan&c=statut&c=pilote&c=fin&c=budget&c=touches'
		);
	});
	test('une seule action qui dit quelque chose ramène la colonne', () => {
		const one = [placed({ pilote: 'Service habitat' }, 1), placed({}, 2)];
		expect(usualColumns(one, names).vides).not.toContain('pilote');
	});
	test.each([
		[['diffuse', 'diffuse'], 'toute l’intercommunalité'],
		[['explicite', 'diffuse'], 'Les Pyramides'],
		[['aucune', 'aucune'], 'aucun'],
		[['diffuse', 'inconnu'], '']
	] as const)('quartiers touchés, %j : « %s »', ([one, two], words) => {
		const it = aPlaced({ action: {}, atteinte: { QNZZZ01F: one, QNZZZ02F: two } });
		const labels = { ...names, quartiers: { QNZZZ01F: 'Les Pyramides' } };
		expect(cellWords(it, 'touches', labels)).toBe(words);
	});
	test('une commune écrite par son code se lit par son nom, et se trouve par l’un et par l’autre', () => {
		const it = placed({ titre: 'T', communes: ['59014', 'Condé', '59999'] });
		const labels = { ...names, communes: { '59014': 'Anzin' } };
		expect(cellWords(it, 'communes', labels)).toBe('Anzin (59014) ; Condé ; 59999');
		expect(cellWords(it, 'communes', names)).toBe('59014 ; Condé ; 59999');
		for (const asked of ['anzin', '59014'])
			expect(actionTable([it], ask(`q=${asked}`), labels).trouvees, asked).toBe(1);
	});
	test('un territoire sans action, ou un choix écrit dans l’adresse, ne change rien', () => {
		expect(usualColumns([], names)).toEqual({ colonnes: USUAL, vides: [] });
		const chosen = ask('c=statut');
		expect(chosen).toMatchObject({ parDefaut: false, colonnes: ['statut'] });
		expect(queryString(chosen)).toBe('c=statut');
		expect(queryString(ask(''))).toBe('');
	});
});

describe('le tableau', () => {
	const money = (euros: number | null) => (euros === null ? null : { euros, base: 'HT' as const, max: null });
	const all = [30, null, 0, 200].map((euros, n) => placed({ titre: `T${n}`, budget: money(euros) }, n));

	test('trie les montants comme des montants, un zéro avant un, un blanc toujours à la fin', () => {
		expect(titles(all, 'tri=budget')).toEqual(['T2', 'T0', 'T3', 'T1']);
		expect(titles(all, 'tri=-budget')).toEqual(['T3', 'T0', 'T2', 'T1']);
	});

	test('dit à part les montants connus et ceux qui ne le sont pas', () => {
		const { budget, trouvees } = actionTable(all, ask(''), names);
		expect(trouvees).toBe(4);
		expect(budget).toMatchObject({ montant: 230, avecMontant: 3, sansMontant: 1 });
		expect(actionTable(all.slice(1, 2), ask(''), names).budget.montant).toBeNull();
	});

	test('filtre ce qui est à compléter, et ce qui est vide', () => {
		const some = [placed({ titre: 'A', pilote: 'Nadia', statut: null }, 1), placed({ titre: 'B', pilote: null }, 2)];
		expect(titles(some, 'manque=pilote')).toEqual(['B']);
		expect(titles(some, 'statut=vide&q=A')).toEqual(['A']);
	});

	test('montre cinquante lignes à la fois ; les totaux sont ceux de tout ce qui est trouvé', () => {
		const many = Array.from({ length: PAGE + 3 }, (_, n) => placed({ titre: `T${n}`, budget: money(1) }, n));
		const second = actionTable(many, ask('page=2'), names);
		expect(second).toMatchObject({ page: 2, pages: 2, trouvees: PAGE + 3, budget: { montant: PAGE + 3 } });
		expect(second.lignes).toHaveLength(3);
		expect(actionTable(many, ask('page=99'), names).page).toBe(2);
	});

	test('cite le champ caché où le mot a été trouvé', () => {
		const one = [placed({ titre: 'Fiche 12', description: `${'x '.repeat(100)}isoler les logements` }, 1)];
		const { extrait } = actionTable(one, ask('q=logement'), names).lignes[0]!;
		expect(extrait).toMatchObject({
			libelle: 'Description',
			mots: [expect.stringMatching(/^….*isoler les $/), 'logements', '']
		});
	});

	test('toute recherche tient dans son adresse', () => {
		const address = 'q=v%C3%A9lo&plan=plh&manque=tout&tri=-budget&c=plan&c=pilote&page=3';
		expect(queryString(ask(address), { page: 3 })).toBe(address);
	});
});
