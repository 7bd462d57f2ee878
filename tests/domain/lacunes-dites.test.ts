import { beforeAll, describe, expect, it } from 'vitest';
import { cut } from '../../src/lib/domain/french';
import { groupGaps } from '../../src/lib/domain/rules/gap-groups';
import { detectGaps, type Gap } from '../../src/lib/domain/rules/gaps';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aLine, aPlaced } from '../fixtures/build';
import { demonstrationView } from '../fixtures/demonstration';
import { aMeasure, find, Q, view } from '../fixtures/gaps';

/* A gap is heard in one breath, and what to do begins with what one does. */

const ref = loadReferentiel();
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
		expect(flat(near?.aFaire)).toContain('peut venir aussi dans ce quartier');
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
