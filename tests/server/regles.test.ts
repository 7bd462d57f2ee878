import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { rulesPage } from '../../src/lib/domain/pages/rules-page';
import { open, type Db } from '../../src/lib/server/db/client';
import { historyOf, listByTerritory } from '../../src/lib/server/db/decisions';
import * as documents from '../../src/lib/server/db/documents';
import { quartiersOf } from '../../src/lib/server/db/territories';
import { reopenGap, setGapAside } from '../../src/lib/server/decide';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readLedger } from '../../src/lib/server/ledger/ledger-view';
import { importSchools, setDates, setSchool } from '../../src/lib/server/local-facts';
import { readTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { takeBack, tuneRule, untuneRule } from '../../src/lib/server/tune-rules';

/* What a territory says for itself: its parameters, its dates, its schools; each changes what is computed, and is taken back. */

const ref = loadReferentiel();
const LE = '2026-11-22';
const territoire = 'ZZ0000001';
const signed = { territoire, par: 'Nadia Perrault', le: LE };
let db: Db;
const gaps = async (rule: string) =>
	(await readTerritory(db, ref, territoire, LE))!.gaps.filter((g) => g.regle === rule);
const page = async () =>
	rulesPage(
		ref,
		await listByTerritory(db, territoire),
		await documents.listByTerritory(db, territoire),
		await quartiersOf(db, territoire)
	);

beforeAll(async () => {
	db = await open(':memory:');
	await loadDemonstration(db, ref, LE);
}, 60_000);
afterAll(() => db.destroy());

describe('régler une règle', () => {
	const asked = { ...signed, parametre: 'G07.horizon', valeur: '31/12/2034', motif: 'Horizon du contrat local' };

	it('les enjeux prioritaires se séparent d’une virgule, d’un point-virgule ou d’une ligne, avec ou sans guillemets ; un code inconnu est refusé', async () => {
		const parametre = 'G01.enjeux_prioritaires';
		const say = (valeur: string) => tuneRule(db, ref, { ...asked, parametre, valeur });
		const grave = async () => new Map((await gaps('G01')).filter((g) => g.reponse === 'alerte').map((g) => [g.id, g]));
		const [low, high] = [...(await grave()).values()].filter((g) => g.gravite === 'haute');
		const other = [...ref.enjeux.croises].map((x) => x.code).find((c) => c !== low!.enjeu && c !== high!.enjeu)!;
		for (const between of [', ', '; ', '\n', ' ']) {
			expect(await say([high!.enjeu!.toLowerCase(), other].join(between))).toBeTypeOf('number');
			expect((await grave()).get(high!.id)?.gravite).toBe('haute');
			if (low!.enjeu !== high!.enjeu) expect((await grave()).get(low!.id)?.gravite).toBe('moyenne');
		}
		for (const typed of [`«\u00a0${high!.enjeu}, ${other}\u00a0»`, `"${high!.enjeu}" “${other}”`])
			expect(await say(typed)).toBeTypeOf('number');
		expect(await say('X05, X99')).toMatchObject({
			refus: 'Enjeux prioritaires du contrat de ville\u00a0: «\u00a0X99\u00a0» n’est pas connu.',
			conseil: expect.stringContaining('de X01 à X20')
		});
		await untuneRule(db, { ...signed, parametre });
	});

	it('montre des noms, jamais un code ; un nom tapé se relit comme son code', async () => {
		const shown = (await page()).regles.flatMap((r) =>
			r.parametres.flatMap((p) => [...p.valeur, ...p.defaut, p.texte].map((v) => `${p.cle} ${v}`))
		);
		const known = new Set([
			...ref.plans.statuts.map((s) => s.code as string),
			...ref.plans.porteurs.map((p) => p.code as string),
			...ref.marqueurs.marqueurs.map((m) => m.code)
		]);
		const codes = [...known].filter((code) => /[-_]|^epci$/.test(code));
		codes.push(...ref.enjeux.natures.map((n) => n.code));
		expect(codes.length).toBeGreaterThan(10);
		const raw = (line: string) =>
			!line.includes(' | ') && codes.some((c) => new RegExp(`(?:^|[\\s,])${c}(?:$|[\\s,])`).test(line));
		expect(shown.filter(raw)).toEqual([]);
		const status = { ...signed, parametre: 'G12.statuts', valeur: 'Bloqué\nen pause', motif: 'Local' };
		const id = await tuneRule(db, ref, status);
		expect(id).toBeTypeOf('number');
		const said = (await listByTerritory(db, territoire)).find((d) => d.id === id);
		expect(said!.valeur).toEqual(['bloque', 'en-pause']);
		await untuneRule(db, { territoire, parametre: 'G12.statuts', le: LE, par: 'Nadia Perrault' });
	});

	it('dit pourquoi la cible du Fonds vert ne se règle pas, et qui la fixe', async () => {
		const g05 = (await page()).regles.find((r) => r.id === 'G05')!;
		expect(g05.nonReglable).toMatch(/15\s%.*circulaire du 04\/04\/2024.*30\s%/s);
	});

	it('change le calcul, le dit dans la preuve et sur la page, et se reprend', async () => {
		const before = await gaps('G07');
		const hard = (list: typeof before) => list.filter((g) => g.gravite === 'moyenne');
		expect(hard(before).length).toBeGreaterThan(0);
		expect(await tuneRule(db, ref, asked)).toBeTypeOf('number');
		const after = await gaps('G07');
		expect(hard(after)).toEqual([]);
		expect(after[0]!.preuves.faits.at(-1)).toBe(
			'Réglage de ce territoire\u00a0: horizon 31/12/2034, au lieu de 31/12/2030 (Nadia Perrault, le 22/11/2026)'
		);
		const line = (await page()).regles.find((r) => r.id === 'G07')!.parametres[0]!;
		expect(line).toMatchObject({
			valeur: ['31/12/2034'],
			defaut: ['31/12/2030'],
			reglage: { par: 'Nadia Perrault', motif: 'Horizon du contrat local' }
		});
		const back = { territoire, parametre: 'G07.horizon', le: LE };
		expect(await untuneRule(db, { ...back, par: ' ' })).toMatchObject({ refus: expect.stringContaining('nom') });
		expect(await untuneRule(db, { ...back, par: 'Nadia Perrault' })).toBe(1);
		expect((await historyOf(db, territoire))[0]!.annulee).toEqual({ le: LE, par: 'Nadia Perrault' });
		expect(await gaps('G07')).toEqual(before);
	});

	it.each([
		['sans motif', { motif: '' }, 'motif'],
		['sans nom', { par: ' ' }, 'nom'],
		['illisible', { valeur: 'bientôt' }, 'bientôt'],
		['d’un paramètre inconnu', { parametre: 'G07.couleur' }, 'référentiel'],
		['hors de la base', { territoire: '000000000' }, 'territoire']
	])('%s, rien n’est gardé', async (_, change, word) => {
		const outcome = await tuneRule(db, ref, { ...asked, ...change });
		expect(isRefusal(outcome) && outcome.refus).toContain(word);
		expect((await page()).reglages).toBe(0);
	});
});

describe('dater un document', () => {
	it('donne ses échéances, et remplace la demande', async () => {
		const { id } = (await page()).documents.find((d) => d.titre.startsWith('PCAET'))!;
		expect((await gaps('G13')).map((g) => g.id)).toContain(`G13:doc${id}:dates`);
		const dates = { document: id, adoption: '2024-02-01', bilan: '', fin: '' };
		expect(await setDates(db, { ...signed, ...dates })).toBeTypeOf('number');
		expect((await gaps('G13')).map((g) => g.id)).toContain('G13:pcaet:2027-02-01');
		expect(await setDates(db, { ...signed, ...dates, fin: '2023-01-01' })).toMatchObject({
			refus: expect.stringContaining('précède')
		});
		expect(await takeBack(db, territoire, 'document', String(id), LE)).toBe(1);
		expect((await gaps('G13')).map((g) => g.id)).toContain(`G13:doc${id}:dates`);
	});
});

describe('recenser les cours d’école', () => {
	const school = { ...signed, quartier: 'QNZZZ07F', nom: 'École du Bourg', cour: 'sans-projet', annee: '' };

	it('une école saisie lève l’alerte, corrigée elle la retire, retirée elle redevient une demande', async () => {
		const state = async () => (await gaps('G19')).find((g) => g.quartier === 'QNZZZ07F')?.reponse ?? null;
		expect(await state()).toBe('donnee-manquante');
		await setSchool(db, school);
		expect(await state()).toBe('alerte');
		await setSchool(db, { ...school, cour: 'projet', annee: '2028' });
		expect(await state()).toBeNull();
		await takeBack(db, territoire, 'ecole', 'QNZZZ07F:École du Bourg', LE);
		expect(await state()).toBe('donnee-manquante');
	});

	it('une liste compte chaque ligne, et refuse celle d’un autre territoire', async () => {
		const text = 'QPV;École;Cour\nLe Moulin Brûlé;École du Bourg;non\n;;\nAilleurs;École X;oui\n';
		const asked = { ...signed, bytes: new TextEncoder().encode(text), fichier: 'ecoles.csv' };
		expect(await importSchools(db, asked)).toMatchObject({ lues: 3, acceptees: 1, rejetees: 1, ignorees: 1 });
		expect((await gaps('G19')).find((g) => g.quartier === 'QNZZZ07F')?.preuves.faits[0]).toContain(
			'ecoles.csv, ligne\u00a02'
		);
		const bad = await importSchools(db, { ...asked, bytes: new TextEncoder().encode('a;b\n1;2') });
		expect(isRefusal(bad) && bad.conseil).toContain('École');
	});
});

it('une lacune traitée revient quand ses faits changent', async () => {
	const id = 'G19:QNZZZ02F';
	const gap = async () => (await gaps('G19')).find((g) => g.id === id)!;
	await setGapAside(db, ref, { ...signed, lacune: id, etat: 'traitee', motif: 'Projet voté' });
	expect((await gap()).ecartee).toMatchObject({ etat: 'traitee' });
	await setSchool(db, { ...signed, quartier: 'QNZZZ02F', nom: 'École Zola', cour: 'sans-projet', annee: '' });
	expect(await gap()).toMatchObject({ ecartee: null, aRevoir: { etat: 'traitee', motif: 'Projet voté' } });
	await takeBack(db, territoire, 'ecole', 'QNZZZ02F:École Zola', LE);
	expect((await gap()).ecartee).not.toBeNull();
});

it('une lacune sans quartier se décide comme les autres : elle se reprend, et tient quand seule sa gravité baisse', async () => {
	const gap = async () => (await gaps('G05')).find((g) => g.reponse === 'alerte')!;
	const [{ id: lacune, quartier }] = [await gap()];
	expect(quartier).toBeNull();
	await setGapAside(db, ref, {
		...signed,
		lacune,
		etat: 'reportee',
		jusque: '2027-03-01',
		motif: 'Après la programmation'
	});
	expect((await gap()).ecartee).toMatchObject({ etat: 'reportee', jusque: '2027-03-01', par: 'Nadia Perrault' });
	const tuned = { ...signed, parametre: 'G05.min_operations' };
	await tuneRule(db, ref, { ...tuned, valeur: '9', motif: 'Peu de projets ici' });
	expect(await gap()).toMatchObject({ gravite: 'information', ecartee: { etat: 'reportee' }, aRevoir: null });
	await untuneRule(db, tuned);
	expect((await gap()).ecartee).not.toBeNull();
	await reopenGap(db, { ...signed, lacune });
	expect(await gap()).toMatchObject({ ecartee: null, aRevoir: null });
});

it('l’argent obtenu s’ouvre sur la liste de démonstration, dite fictive', async () => {
	const choice = { dispositif: null, mesure: null, annee: 2025, territoire: null, part: null };
	const ledger = await readLedger(db, ref, choice);
	expect(ledger).toMatchObject({ fictif: true, situation: 'non-atteinte', ensemble: { projets: 4 } });
	expect(ledger.parTerritoire.map((t) => t.nom)).toEqual(['CA du Pays d’Aubrelle']);
});

it('une liste de subventions n’est pas un contrat de ville : elle est nommée pour ce qu’elle est, sans dates à saisir', () => {
	const liste = { id: 8, titre: 'Subventions DPV · CA de Lys · 2024', adopteLe: null, liste: 'Subventions DPV' };
	const contrat = { id: 9, titre: 'Contrat de ville · CA de Lys · 2024', adopteLe: null };
	const { documents: dates, listes } = rulesPage(ref, [], [liste, contrat], []);
	expect(dates.map((d) => d.id)).toEqual([9]);
	expect(listes).toEqual(['Subventions DPV · CA de Lys · 2024']);
});
