import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import {
	enterFacts,
	putLine,
	takeLineOut,
	undoEntry,
	type FactAnswer,
	type TypedLine
} from '../../src/lib/server/funding/enter-funding';
import { readFunding } from '../../src/lib/server/funding/read-funding';
import { readTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const ref = loadReferentiel();
const ASOF = '2026-11-22';
const DEMO = 'ZZ0000001';

describe('financer une action, sur la démonstration', () => {
	let db: Db;
	let action: string;
	const read = async () => (await readFunding(db, ref, DEMO, action, ASOF))!;
	const signed = () => ({ territoire: DEMO, action, par: 'Nadia Perrault', le: ASOF });
	const answer = (fait: string, texte: string, more: Partial<FactAnswer> = {}): FactAnswer => ({
		fait,
		texte,
		source: 'le DPE de 2024',
		date: '12/03/2024',
		vu: 0,
		...more
	});
	const line = (more: Partial<TypedLine> = {}): TypedLine => ({
		ligne: null,
		financeur: 'Région',
		dispositif: '',
		nature: 'sollicite',
		montant: '60 000',
		base: 'HT',
		date: '',
		source: 'courrier',
		publique: 'oui',
		precise: '',
		...more
	});
	const kinds = async () => (await read()).page.mesures.map((m) => [m.id, m.verdict] as const).sort();

	let energy: string;

	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
		const { actions } = (await readTerritory(db, ref, DEMO, ASOF))!;
		// Energy works in a building: the action that most measures ask questions about.
		energy = actions.find((p) => p.transition.some((t) => t.code === 'T02') && p.nature?.code === 'N1')!.action.id;
	}, 60_000);
	beforeEach(async () => {
		action = energy;
		await db.deleteFrom('decision').where('genre', 'in', ['fait', 'financement']).execute();
	});

	it('une réponse décide tout de suite les mesures, avec sa source, sa date et son auteur', async () => {
		const before = (await read()).page;
		const first = before.faits.aRenseigner[0]!;
		expect(before.faits.annonce!.mesures).toBeGreaterThan(0);
		const texte = first.genre === 'oui-non' ? 'oui' : first.genre === 'choix' ? first.options[0]!.valeur : '45';
		expect(await enterFacts(db, ref, { ...signed(), reponses: [answer(first.cle, texte)] })).toBe(1);
		const after = (await read()).page;
		expect(after.faits.aRenseigner.map((f) => f.cle)).not.toContain(first.cle);
		const told = after.mesures.flatMap((m) => m.criteres).filter((c) => c.champ === first.cle && c.trouve !== null);
		expect(told.length).toBeGreaterThan(0);
		expect(told[0]!.provenance).toMatch(/le DPE de 2024.*12\/03\/2024.*Nadia Perrault le 22\/11\/2026/);
	});

	it('répondre à toutes les questions annoncées décide le nombre de mesures annoncé', async () => {
		const { faits, bilan } = (await read()).page;
		const { reponses, mesures } = faits.annonce!;
		const typed = faits.aRenseigner
			.slice(0, reponses)
			.map((f) =>
				answer(
					f.cle,
					f.genre === 'oui-non' ? 'non' : f.genre === 'choix' ? 'autre' : f.genre === 'date' ? '01/06/2026' : '1'
				)
			);
		expect(await enterFacts(db, ref, { ...signed(), reponses: typed })).toBe(reponses);
		expect((await read()).page.bilan.indetermine).toBe(bilan.indetermine - mesures);
	});

	it('au jour demandé, le verdict suit la valeur en vigueur, sa date et sa source ; sans valeur connue, il la demande', async () => {
		await enterFacts(db, ref, {
			...signed(),
			reponses: [answer('proprietaire_public', 'oui'), answer('gain_energie_finale', '32')]
		});
		const gain = async (jour: string) => {
			const { page } = (await readFunding(db, ref, DEMO, action, ASOF, jour))!;
			const measure = page.mesures.find((m) => m.id === 'fonds-vert.renovation-batiments')!;
			return measure.criteres.find((c) => c.critere === 'gain d’énergie finale')!;
		};
		expect(await gain('2023-06-01')).toMatchObject({
			etat: 'rempli',
			attendu: 'au moins 30\u00a0%',
			vigueur: 'du 01/01/2023 au 31/12/2023',
			source: { date: '2023' }
		});
		expect(await gain(ASOF)).toMatchObject({
			etat: 'echec',
			attendu: 'au moins 40\u00a0%',
			vigueur: 'depuis le 01/01/2025',
			source: { date: '2025-03-17' }
		});
		const unknown = await gain('2024-06-01');
		expect(unknown).toMatchObject({ etat: 'manque', trouve: '32\u00a0%', champ: null });
		expect(unknown.aFournir).toMatch(/^Quelle valeur s’appliquait au 01\/06\/2024\u202f\?/);
	});

	it('la date de relecture passée est dite, mesure par mesure', async () => {
		const late = (await readFunding(db, ref, DEMO, action, ASOF, '2027-02-01'))!.page;
		expect((await read()).page.aRelire).toBe(0);
		expect(late.aRelire).toBe(late.mesures.filter((m) => m.aRelireDepuis !== null).length);
		expect(late.aRelire).toBeGreaterThan(0);
	});

	it('« non » n’est pas un blanc, et un blanc remet à « non connu »', async () => {
		const verdict = async () => (await read()).page.mesures.find((m) => m.id === 'fonds-vert.renovation-batiments')!;
		const unknown = (await verdict()).verdict;
		await enterFacts(db, ref, { ...signed(), reponses: [answer('proprietaire_public', 'non')] });
		expect((await verdict()).verdict).toBe('ecarte');
		const vu = (await read()).historique[0]!.id;
		await enterFacts(db, ref, { ...signed(), reponses: [answer('proprietaire_public', '', { vu })] });
		expect((await verdict()).verdict).toBe(unknown);
	});

	it('annuler une saisie rend exactement les verdicts d’avant, et la saisie reste lisible', async () => {
		const before = await kinds();
		await enterFacts(db, ref, {
			...signed(),
			reponses: [answer('proprietaire_public', 'non'), answer('gain_energie_finale', '45')]
		});
		expect(await kinds()).not.toEqual(before);
		for (const entry of (await read()).historique) await undoEntry(db, { ...signed(), entree: entry.id });
		expect(await kinds()).toEqual(before);
		expect((await read()).historique.map((e) => e.annulee?.par)).toEqual(['Nadia Perrault', 'Nadia Perrault']);
	});

	it('deux personnes qui répondent à la même question : la seconde est prévenue, rien n’est écrasé', async () => {
		await enterFacts(db, ref, { ...signed(), reponses: [answer('proprietaire_public', 'oui')] });
		const refused = await enterFacts(db, ref, {
			...signed(),
			par: 'Karim Aït',
			reponses: [answer('gain_energie_finale', '50'), answer('proprietaire_public', 'non')]
		});
		expect(isRefusal(refused) && refused.refus).toContain('Nadia Perrault a répondu');
		expect((await read()).historique).toHaveLength(1);
	});

	it.each([
		['gain_energie_finale', 'beaucoup', 'Gain d’énergie finale'],
		['proprietaire_public', 'peut-être', 'oui ou non'],
		['technologie', 'fusion froide', 'réponses proposées'],
		['fait_inventé', 'oui', 'demandé par aucune mesure']
	])('%s : « %s » est refusé en une phrase', async (fait, texte, words) => {
		const refused = await enterFacts(db, ref, { ...signed(), reponses: [answer(fait, texte)] });
		expect(isRefusal(refused) && `${refused.refus} ${refused.conseil}`).toContain(words);
	});

	it('une ligne s’ajoute, se corrige, se retire et revient ; chaque geste a son auteur', async () => {
		const version = async () => (await read()).version;
		const mine = async () => (await read()).page.plan.lignes.filter((l) => l.origine.genre === 'personne');
		await putLine(db, ref, { ...signed(), version: '0-0', saisie: line() });
		expect((await mine()).map((l) => l.montant)).toEqual([{ euros: 60000, base: 'HT', max: null }]);
		const { cle } = (await mine())[0]!;
		await putLine(db, ref, {
			...signed(),
			version: await version(),
			saisie: line({ ligne: cle, nature: 'obtenu', montant: '55 000,50' })
		});
		expect((await mine()).map((l) => [l.nature, l.montant!.euros])).toEqual([['obtenu', 55000.5]]);
		await takeLineOut(db, { ...signed(), version: await version(), ligne: cle });
		expect(await mine()).toEqual([]);
		await undoEntry(db, { ...signed(), entree: (await read()).historique[0]!.id });
		expect(await mine()).toHaveLength(1);
	});

	it('une ligne écrite sur une page périmée est refusée, en nommant qui est passé entre-temps', async () => {
		const { version } = await read();
		await putLine(db, ref, { ...signed(), version, saisie: line() });
		const refused = await putLine(db, ref, { ...signed(), version, saisie: line({ financeur: 'État' }) });
		expect(isRefusal(refused) && refused.refus).toContain('Nadia Perrault a modifié');
		expect((await read()).historique).toHaveLength(1);
	});

	it.each([
		['sans financeur', { financeur: ' ' }, 'qui finance'],
		['avec un montant en lettres', { montant: 'soixante mille' }, 'n’est pas lisible'],
		['avec une date illisible', { date: 'bientôt' }, 'n’est pas lisible'],
		['avec un dispositif inventé', { dispositif: 'fonds-magique' }, 'référentiel']
	])('une ligne %s est refusée', async (_, change, words) => {
		const refused = await putLine(db, ref, { ...signed(), version: '0-0', saisie: line(change) });
		expect(isRefusal(refused) && `${refused.refus} ${refused.conseil}`).toContain(words);
	});

	it('une ligne du fichier que l’on précise reste là, avec sa cellule, et ne compte plus', async () => {
		const { actions } = (await readTerritory(db, ref, DEMO, ASOF))!;
		action = actions.find((p) => p.action.financements.some((f) => f.obtenu !== null || f.demande !== null))!.action.id;
		const { page, version } = await read();
		const read1 = page.plan.lignes.find((l) => l.origine.genre === 'fichier' && l.montant !== null)!;
		await putLine(db, ref, {
			...signed(),
			version,
			saisie: line({ financeur: read1.financeur, nature: 'obtenu', montant: '1 000', precise: read1.cle })
		});
		const { plan } = (await read()).page;
		const kept = plan.lignes.find((l) => l.cle === read1.cle)!;
		expect(kept).toMatchObject({ montant: read1.montant, origine: read1.origine });
		expect(kept.preciseePar).toBe(plan.lignes.at(-1)!.cle);
		expect(plan.parNature.obtenu.parBase.HT).toBe(1000);
	});
});
