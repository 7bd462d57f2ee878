import { beforeAll, describe, expect, it } from 'vitest';
import { cut } from '../../src/lib/domain/french';
import { groupGaps } from '../../src/lib/domain/rules/gap-groups';
import { markReader } from '../../src/lib/domain/rules/markers';
import { findOverlaps } from '../../src/lib/domain/rules/overlaps';
import { inPlaces } from '../../src/lib/domain/rules/gap-findings';
import { detectGaps, type Gap } from '../../src/lib/domain/rules/gaps';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, aLine, aPlaced } from '../fixtures/build';
import { demonstrationView } from '../fixtures/demonstration';
import { aMeasure, find, Q, view } from '../fixtures/gaps';

/* A gap is heard in one breath, and what to do begins with what one does. */

const ref = loadReferentiel();
const rule = (id: string) => ref.lacunes.regles.find((r) => r.id === id)!;
const flat = (text: string | undefined) => (text ?? '').replace(/\s/g, ' ');
const HERE = { atteinte: { [Q]: 'explicite' }, transition: ['T04'], ville: ['P03'], croises: ['X04'] } as const;

describe('sur la démonstration', () => {
	let gaps: Gap[];
	beforeAll(async () => {
		gaps = detectGaps(await demonstrationView(ref), ref.lacunes.regles, []);
	}, 120_000);

	it('ce qu’il y a à faire commence par un infinitif', () => {
		expect(gaps.length).toBeGreaterThan(100);
		for (const { id, aFaire } of gaps) expect(aFaire, id).toMatch(/^\p{Lu}\p{Ll}*(?:er|ir|oir|re) /u);
	});

	it('une lacune de croisement ou une tension tient en deux cents signes, hors des noms qu’elle cite', () => {
		const read = gaps.filter((g) => ['G01', 'G02', 'G06'].includes(g.regle));
		expect(read.length).toBeGreaterThan(50);
		for (const { id, message } of read) expect(message.replace(/«[^»]*»/g, '').length, id).toBeLessThanOrEqual(200);
	});

	it('une tension tire dans un même lieu : ni le parking et l’école, ni la cité et l’école', () => {
		const tense = gaps.filter((g) => g.regle === 'G06').map((g) => flat(g.preuves.faits.join(' ')));
		expect(tense.some((said) => said.includes('120 places') && said.includes('mail des Tilleuls'))).toBe(true);
		expect(tense.filter((said) => /Cour oasis|école Jules-Verne/.test(said))).toEqual([]);
	});

	it('une réponse d’un autre quartier est dite là où aucune n’arrive', () => {
		const near = gaps.find((g) => g.id === 'G01:QNZZZ06F:X17');
		expect(`${flat(near?.message)} ${flat(near?.aFaire)}`).toContain('Les Filaturières, tiers-lieu');
		expect(flat(near?.aFaire)).toContain('peut s’ouvrir aux habitants de ce quartier');
	});
});

it('sans pilote et pilotage incomplet ne portent pas le même titre', () => {
	const led = (id: string, said: object) =>
		aPlaced({ ...HERE, action: { id, titre: id, pilote: 'P', elu: 'E', instance: 'I', ...said } });
	const gaps = find('G08', 'pilotageIncomplet', view([led('a', { pilote: null }), led('b', { elu: null })]));
	const groups = groupGaps(gaps, { quartiers: new Map(), enjeux: {} }, (id) => id);
	expect(groups.map((g) => g.titre)).toEqual(['Personne pour rendre compte de l’action', undefined]);
});

it('une part à financer s’arrondit comme un cumul d’aides : au dixième', () => {
	const short = aPlaced({
		...HERE,
		action: {
			id: 'a',
			budget: { euros: 8_000, base: 'HT', max: null },
			financements: [aLine({ libelle: 'État', obtenu: 5_000 })]
		}
	});
	expect(
		flat(find('G10', 'financementIncomplet', view([short])).find((g) => g.reponse === 'alerte')?.message)
	).toContain('(37,5 %)');
});

it('aucun prêt n’est proposé tant que le coût n’est pas écrit : le coût est demandé', () => {
	const bare = aPlaced({ ...HERE, nature: 'N1', action: { id: 'a', budget: null, porteurType: 'commune' } });
	const verdicts = [
		[
			{
				action: 'a',
				mesure: 'pret.x',
				dispositif: 'pret',
				verdict: 'a-instruire',
				remplis: [],
				manquants: [],
				echecs: []
			}
		]
	];
	const of = (pret: boolean) =>
		find(
			'G04',
			'financementNonSollicite',
			view([bare], {
				verdicts: verdicts as never,
				mesures: new Map([['pret.x', aMeasure({ faits: { pret, partielle: false, depotAt: () => null } })]])
			})
		);
	expect(of(true).map((g) => g.reponse)).toEqual(['donnee-manquante']);
	expect(flat(of(true)[0]?.message)).toContain('le coût n’est pas renseigné');
	expect(of(false).map((g) => g.reponse)).toEqual(['alerte']);
	expect(of(false)[0]?.aFaire).toMatch(/^Demander un premier chiffrage .*, puis répondre/);
});

it('un titre trop long se coupe entre deux mots, sans parenthèse ouverte', () => {
	expect(cut('Réhabiliter les logements (212 logements sociaux)', 40)).toBe('Réhabiliter les logements…');
	expect(cut('Chaufferie', 40)).toBe('Chaufferie');
});

describe('ce qu’un élu demanderait aussitôt est dans la phrase', () => {
	const wide = (id: string, titre: string, said: object = {}, instance: string | null = null) =>
		aPlaced({
			...HERE,
			action: { id, document: 2, plan: 'pcaet', titre, instance } as never,
			atteinte: { [Q]: 'diffuse' },
			...said
		});
	const contract = aDocument({ id: 1, plan: 'contrat-de-ville', titre: 'Contrat de ville' } as never);
	const climate = aDocument({ id: 2, plan: 'pcaet', titre: 'PCAET' } as never);
	const grants = { ...aDocument({ id: 3, plan: 'contrat-de-ville', titre: 'DPV' } as never), liste: 'Subventions DPV' };
	const g02 = (documents: readonly (typeof climate)[], instance: string | null = null) => {
		const placed = [wide('p', 'Réseau cyclable', {}, instance)];
		const documentsCadres = documents.filter((d) => !('liste' in d)).length;
		const coverage = { ...view(placed, { documents }).coverage, documentsCadres };
		return find('G02', 'droitCommunNArrivePas', view(placed, { documents, coverage }))[0];
	};

	it('un seul plan lu à côté d’une liste de subventions : dit d’entrée, et le contrat de ville peut répondre', () => {
		const alone = g02([climate, grants]);
		expect(alone?.reponse).toBe('alerte');
		expect(flat(alone?.message)).toMatch(/^Le PCAET, seul plan lu, aborde «/);
		expect(alone?.pourquoi).toContain('Contrat de ville non chargé.');
		const both = g02([contract, climate]);
		expect(both?.message).not.toContain('seul plan lu');
		expect(both?.pourquoi ?? '').not.toContain('pas chargé');
		// Too few to conclude: its sentence says already what lacks.
		const few = g02([climate]);
		expect(flat(few?.message)).toContain('le contrat de ville n’est pas chargé');
		expect(few?.pourquoi ?? '').not.toContain('pas chargé');
	});

	it('un manque confirmé se porte au comité de suivi ; sans contrat de ville, on commence par lui', () => {
		expect(flat(g02([contract, climate])?.aFaire)).toMatch(/ ; sinon, le signaler au comité de suivi\.$/);
		// By the name their file gives it.
		expect(flat(g02([contract, climate], 'Comité de pilotage climat')?.aFaire)).toMatch(
			/ ; sinon, le signaler en « Comité de pilotage climat »\.$/
		);
		expect(flat(g02([contract, climate])?.message)).toMatch(/ ; le contrat de ville n’y répond pas non plus\.$/);
		expect(flat(g02([climate, grants])?.aFaire)).toMatch(
			/^Demander d’abord le contrat de ville au délégué du préfet, et l’importer ; s’il n’y répond pas, demander aux bailleurs si une résidence .*, et le noter sur l’action\.$/
		);
	});

	it('une tension dit laquelle fait quoi, dans l’ordre où elles sont nommées', () => {
		const pair = [
			wide('a', 'Développer la pratique du vélo'),
			aPlaced({ ...HERE, action: { id: 'b', titre: 'Aide au permis de conduire' } })
		] as const;
		const told = (first: string, second: string) => {
			const placed = pair.map((p, i) => ({ ...p, action: { ...p.action, id: [first, second][i]! } }));
			const recoupements = findOverlaps(
				placed,
				{ recoupement: rule('G09'), tension: rule('G06') },
				markReader(ref.marqueurs)
			);
			return flat(
				find('G06', 'injonctionsContradictoires', view(placed, { documents: [contract, climate], recoupements }))[0]
					?.message
			);
		};
		expect(told('1', '2')).toMatch(
			/« Développer la pratique du vélo » .*« Aide au permis.* : la seconde aide à conduire, la première à s’en passer/
		);
		expect(told('2', '1')).toMatch(
			/« Aide au permis.*« Développer.* : la première aide à conduire, la seconde à s’en passer/
		);
	});

	it('des travaux ou une embauche ne prennent pas que du temps d’agents', () => {
		const cost = (titre: string, nature: string) => {
			const one = aPlaced({ ...HERE, nature, action: { id: 'a', titre, budget: null } as never });
			return find('G10', 'financementIncomplet', view([one])).find((g) => g.reponse === 'alerte')?.aFaire ?? '';
		};
		expect(cost('Animer un réseau', 'N3')).toContain('écrire 0');
		expect(cost('Rénovation du gymnase', 'N1')).not.toContain('écrire 0');
		expect(cost('Recrutement d’un ETP mobilité', 'N2')).not.toContain('écrire 0');
	});
});

it('un quartier parmi plusieurs se nomme, et tous se disent tous', () => {
	const four = ['A', 'B', 'C', 'D', 'E'].map((nom, i) => ({ code: `QNZZZ0${i}N` as never, nom }));
	const over = view([], { quartiers: four });
	const codes = four.map((q) => q.code as string);
	expect(inPlaces(over, codes)).toBe('dans les 5 quartiers');
	expect(inPlaces(over, codes.slice(0, 4))).toBe('dans 4 quartiers (dont A et B)');
	expect(inPlaces(over, codes.slice(0, 1))).toBe('dans le quartier A');
});
