import { beforeAll, describe, expect, test } from 'vitest';
import { TEACHES } from './apprendre';
import {
	hasData,
	measure,
	readElsewhere,
	readInternal,
	readInvented,
	readLabelled,
	readLexicon,
	table,
	type Half,
	type Labelled
} from './mesure';

const lexicon = readLexicon();

/** Measured, then rounded down; never loosened. */
function expectAtLeast(found: ReturnType<typeof measure>, floor: Record<string, number>) {
	expect(found.transition.premier).toBeGreaterThanOrEqual(floor.transition ?? 0);
	expect(found.transition.precision).toBeGreaterThanOrEqual(floor.precisionTransition ?? 0);
	expect(found.transition.silence).toBeGreaterThanOrEqual(floor.silence ?? 0);
	expect(found.ville.premier).toBeGreaterThanOrEqual(floor.ville ?? 0);
	expect(found.ville.precision).toBeGreaterThanOrEqual(floor.precisionVille ?? 0);
	expect(found.nature).toBeGreaterThanOrEqual(floor.nature ?? 0);
}

/** What is asked on titles nobody has seen: not what happens to be reached. */
const EXIGENCE = {
	transition: 0.9,
	ville: 0.88,
	nature: 0.85,
	precisionTransition: 0.85,
	precisionVille: 0.85,
	silence: 0.95
};

describe('justesse sur les titres inventés', () => {
	test('retrouve les enjeux et la nature, et se tait quand il le faut', () => {
		const found = measure(readInvented(), lexicon);
		console.info(table('titres inventés', found));
		expectAtLeast(found, {
			transition: 0.99,
			precisionTransition: 0.99,
			silence: 0.99,
			ville: 0.99,
			precisionVille: 0.98,
			nature: 0.98
		});
	});

	test('se tait sur ce qu’une collectivité fait pour elle-même : assurances, personnel, informatique, comptes, cérémonies', () => {
		const found = measure(readInternal(), lexicon);
		console.info(table('affaires internes', found));
		expect(found.transition.muets).toBeGreaterThanOrEqual(65);
		expectAtLeast(found, {
			transition: 0.99,
			precisionTransition: 0.9,
			silence: 0.99,
			ville: 0.99,
			precisionVille: 0.98,
			nature: 0.96
		});
	});

	const elsewhere = (moitie: Half) => readElsewhere().filter((one) => one.moitie === moitie);

	test('dans les mots d’autres régions : le lot d’essai', () => {
		const found = measure(elsewhere('essai'), lexicon);
		console.info(table('ailleurs, essai', found));
		expectAtLeast(found, {
			transition: 0.99,
			precisionTransition: 0.98,
			silence: 0.97,
			ville: 0.98,
			precisionVille: 0.97,
			nature: 0.96
		});
	});

	test('dans des mots moins attendus d’autres régions, lus une fois mesurés', () => {
		const set = elsewhere('lointaine');
		const found = measure(set, lexicon);
		console.info(table('lointaine', found));
		expect(set.length).toBe(184);
		// Before any of its errors was read, eighty titles: transition 69 %, ville 86 %, nature 83 %, right 80 % of the times it
		// speaks; then forty-four in everyday words: transition 55 %, ville 73 %, nature 73 %; then sixty: 61 %, 78 %, 85 %.
		expectAtLeast(found, {
			transition: 0.99,
			precisionTransition: 0.9,
			silence: 0.97,
			ville: 0.96,
			precisionVille: 0.94,
			nature: 0.98
		});
	});

	test('dans des mots de tous les jours, lus une fois mesurés', () => {
		const set = elsewhere('courante');
		const found = measure(set, lexicon);
		console.info(table('courante', found));
		expect(set.length).toBe(378);
		// Before any of its errors was read: transition 53 %, ville 67 %, nature 67 %, right 77 % of the times it speaks.
		expectAtLeast(found, {
			transition: 0.89,
			precisionTransition: 0.9,
			silence: 0.96,
			ville: 0.85,
			precisionVille: 0.85,
			nature: 0.73
		});
	});

	test.each([
		// Before any of its errors was read, real titles of the same lots gave: transition 88, 84, 70 %, ville 88, 84, 86 %, nature 94, 82, 84 %.
		[
			'travaux',
			250,
			{ transition: 0.98, precisionTransition: 0.95, silence: 0.95, ville: 0.98, precisionVille: 0.95, nature: 0.97 }
		],
		[
			'plans',
			252,
			{ transition: 0.97, precisionTransition: 0.97, silence: 0.95, ville: 0.97, precisionVille: 0.88, nature: 0.95 }
		],
		[
			'quartiers',
			250,
			{ transition: 0.88, precisionTransition: 0.77, silence: 0.93, ville: 0.95, precisionVille: 0.93, nature: 0.96 }
		]
	] as const)('dans les mots de %s d’autres régions, lus une fois mesurés', (moitie, titres, floor) => {
		const set = elsewhere(moitie);
		const found = measure(set, lexicon);
		console.info(table(moitie, found));
		expect(set.length).toBe(titres);
		expectAtLeast(found, floor);
	});

	test('dans les mots d’autres régions : le lot témoin', () => {
		const found = measure(elsewhere('temoin'), lexicon);
		console.info(table('ailleurs, témoin', found));
		expectAtLeast(found, {
			transition: 0.98,
			precisionTransition: 0.98,
			silence: 0.99,
			ville: 0.95,
			precisionVille: 0.89,
			nature: 0.9
		});
	});
});

describe.skipIf(!hasData)('justesse sur les titres réels', () => {
	let all: Labelled[] = [];
	beforeAll(async () => {
		all = await readLabelled();
	});
	const half = (moitie: Half) => all.filter((one) => one.moitie === moitie);

	test('plus de mille titres étiquetés, dont l’empreinte est bien celle du fichier', () => {
		expect(all.length).toBe(2472);
		expect(half('temoin').length + readElsewhere().filter((one) => one.moitie === 'temoin').length).toBeGreaterThan(
			280
		);
	});

	test('sur la moitié qui a servi au réglage', () => {
		const found = measure(half('reglage'), lexicon);
		console.info(table('réglage', found));
		expectAtLeast(found, { transition: 0.97, precisionTransition: 0.96, silence: 0.97, ville: 0.97, nature: 0.92 });
	});

	test('sur la moitié qui n’a pas servi au réglage', () => {
		const found = measure(half('controle'), lexicon);
		console.info(table('contrôle', found));
		expectAtLeast(found, {
			transition: 0.94,
			precisionTransition: 0.94,
			silence: 0.95,
			ville: 0.96,
			precisionVille: 0.91,
			nature: 0.92
		});
		expect(measure(half('controle'), lexicon, true).transition.premier).toBeGreaterThanOrEqual(0.93);
	});

	test('se tait sur 95 % des titres sans enjeu de transition, parmi tous ceux qui n’ont pas servi au réglage', () => {
		const found = measure([...half('controle'), ...half('reserve')], lexicon);
		expect(found.transition.muets).toBeGreaterThanOrEqual(95);
		expectAtLeast(found, EXIGENCE);
	});

	test('sur une réserve étiquetée une fois le lexique écrit', () => {
		const found = measure(half('reserve'), lexicon);
		console.info(table('réserve', found));
		expectAtLeast(found, {
			transition: 0.97,
			precisionTransition: 0.96,
			silence: 0.97,
			ville: 0.97,
			precisionVille: 0.96,
			nature: 0.97
		});
	});

	test('sur le lot d’essai, lu une fois mesuré', () => {
		const found = measure(half('essai'), lexicon);
		console.info(table('essai', found));
		expectAtLeast(found, {
			transition: 0.98,
			precisionTransition: 0.96,
			silence: 0.97,
			ville: 0.98,
			precisionVille: 0.98,
			nature: 0.96
		});
	});

	test('sur le lot témoin, dont aucune erreur n’a été lue', () => {
		const found = measure(half('temoin'), lexicon);
		console.info(table('témoin', found));
		expectAtLeast(found, {
			transition: 0.93,
			precisionTransition: 0.94,
			silence: 0.98,
			ville: 0.97,
			precisionVille: 0.93,
			nature: 0.97
		});
	});

	const realAndInvented = (moitie: Half) => [
		...half(moitie),
		...readElsewhere().filter((one) => one.moitie === moitie)
	];

	test('tient l’exigence sur l’ensemble des témoins, réels et inventés', () => {
		expectAtLeast(measure(realAndInvented('temoin'), lexicon), EXIGENCE);
	});

	test('tient l’exigence sur des titres frais, dont aucune erreur n’a été lue', () => {
		const fresh = realAndInvented('fraiche');
		const found = measure(fresh, lexicon);
		console.info(table('fraîche', found));
		expect(fresh.length).toBe(253);
		expectAtLeast(found, EXIGENCE);
	});

	test('sur les titres frais lus une fois mesurés', () => {
		const found = measure(realAndInvented('lue'), lexicon);
		console.info(table('lue', found));
		expectAtLeast(found, {
			transition: 0.97,
			precisionTransition: 0.95,
			silence: 0.98,
			ville: 0.99,
			precisionVille: 0.98,
			nature: 0.98
		});
	});

	test('sur des opérations et des actions de quartier étiquetées plus tard, lues une fois mesurées', () => {
		const set = realAndInvented('relue');
		const found = measure(set, lexicon);
		console.info(table('relue', found));
		expect(set.length).toBe(440);
		expect(found.transition.muets).toBeGreaterThanOrEqual(300);
		expectAtLeast(found, {
			transition: 0.99,
			precisionTransition: 0.98,
			silence: 0.99,
			ville: 0.99,
			precisionVille: 0.98,
			nature: 0.97
		});
	});

	test('sur les actions de quartier écrites ensuite, lues une fois mesurées', () => {
		const found = measure(realAndInvented('suite'), lexicon);
		console.info(table('suite', found));
		expect(found.ville.titres).toBe(234);
		expectAtLeast(found, { silence: 0.98, ville: 0.98, precisionVille: 0.95, nature: 0.96 });
	});

	test('tient l’exigence sur cent opérations tirées avec elles, dont aucune erreur n’a été lue', () => {
		const sealed = half('scellee');
		const found = measure(sealed, lexicon);
		console.info(table('scellée', found));
		expect(sealed.length).toBe(100);
		expectAtLeast(found, EXIGENCE);
	});

	test('sur un lot tiré et écrit après tous les autres, lu une fois mesuré', () => {
		const set = realAndInvented('franche');
		const found = measure(set, lexicon);
		console.info(table('franche', found));
		expect(set.length).toBe(323);
		// Before any of its errors was read: transition 94 %, ville 91 %, nature 89 %.
		expectAtLeast(found, {
			transition: 0.96,
			precisionTransition: 0.98,
			silence: 0.99,
			ville: 0.99,
			precisionVille: 0.98,
			nature: 0.97
		});
	});

	test('sur un lot étiqueté avant que les mots appris là soient arrêtés, dont aucune erreur n’a été lue', () => {
		const found = measure(realAndInvented('finale'), lexicon);
		console.info(table('finale', found));
		expect(found.transition.titres).toBe(43);
		// Short of what is asked for transition, 38 titles out of 43: this floor is what is reached.
		expectAtLeast(found, { ...EXIGENCE, transition: 0.88 });
	});

	test('tient l’exigence sur des titres réels tirés une fois le lexique arrêté, et sur ce lot joint au précédent', () => {
		const last = half('ultime');
		console.info(table('ultime', measure(last, lexicon)));
		expect(last.length).toBe(74);
		expectAtLeast(measure(last, lexicon), EXIGENCE);
		expectAtLeast(measure([...last, ...realAndInvented('finale')], lexicon), EXIGENCE);
	});

	test('ce que les titres apprennent ajoute aux réponses sur les lots jamais lus, sans rien retirer', () => {
		const unread = [...all, ...readElsewhere()].filter((one) => !TEACHES.has(one.moitie));
		const [with_, without] = [measure(unread, lexicon), measure(unread, readLexicon(true))];
		expect(unread.length).toBe(859);
		expect(with_.ville.premier).toBeGreaterThan(without.ville.premier + 0.01);
		expect(with_.nature).toBeGreaterThan(without.nature);
		expect(with_.transition.premier).toBeGreaterThanOrEqual(without.transition.premier);
		expect(with_.transition.silence).toBeGreaterThanOrEqual(without.transition.silence);
		expect(with_.transition.precision).toBeGreaterThanOrEqual(without.transition.precision - 0.002);
		expect(with_.ville.precision).toBeGreaterThan(without.ville.precision - 0.005);
	});
});
