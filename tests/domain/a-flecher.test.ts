import { describe, expect, it } from 'vitest';
import { droitCommunToAim, worthAiming } from '../../src/lib/domain/crossing/aims';
import type { AimTrial } from '../../src/lib/domain/crossing/aim-trial';
import type { Niveau } from '../../src/lib/domain/crossing/place';
import { aimLines } from '../../src/lib/domain/pages/aims-page';
import type { Gap } from '../../src/lib/domain/rules/gaps';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';
import { dismissed, find, Q, view } from '../fixtures/gaps';

const ref = loadReferentiel();
// Two that ask nothing more of a title than their two enjeux.
const [X, Y] = ref.enjeux.croises.filter((x) => !x.en_clair).map((x) => x.code) as [string, string];
const T = ref.enjeux.croises[0]!.transition;

const alert = (said: Partial<Gap> = {}): Gap => ({
	id: `${said.regle ?? 'G02'}:${Q}:${said.enjeu ?? X}`,
	regle: 'G02',
	gravite: 'haute',
	reponse: 'alerte',
	quartier: Q,
	enjeu: X,
	message: 'Le droit commun n’arrive pas.',
	aFaire: 'Demandez au pilote.',
	preuves: { actions: [], champs: [], faits: [] },
	ecartee: null,
	aRevoir: null,
	...said
});

type Said = Partial<Parameters<typeof aPlaced>[0]> & { readonly niveau?: Niveau };
/** An action of a PCAET that covers the whole agglomération. */
const pcaet = (titre: string, { niveau = 'diffuse', action, ...said }: Said = {}) =>
	aPlaced({
		action: { titre, plan: 'pcaet', ...action },
		atteinte: { [Q]: niveau },
		croises: [X],
		nature: 'N2',
		...said
	});

const titles = (actions: ReturnType<typeof aPlaced>[], gaps: Gap[] = [alert()], look = droitCommunToAim) =>
	look(actions, { quartier: Q, gaps }, ref).map((aim) => aim.action.action.titre);

describe('À flécher vers un quartier, la meilleure d’abord', () => {
	it('à gravité égale, ce qui touche un croisement sans action, puis sans réponse structurante, passe avant ce qui renforce une réponse structurante', () => {
		const Z = ref.enjeux.croises[3]!.code;
		const gaps = [alert(), alert({ enjeu: Y }), alert({ enjeu: Z })];
		const actions = [
			pcaet('renforce', { nature: 'N1' }),
			pcaet('diffuse', { croises: [Y] }),
			pcaet('sans action', { croises: [Z], nature: 'N3' })
		];
		const reponses = new Map([[X, 'structurante'] as const, [Y, 'diffuse'] as const, [Z, 'aucune'] as const]);
		const order = (said: object) =>
			droitCommunToAim(actions, { quartier: Q, gaps, ...said }, ref).map((aim) => aim.action.action.titre);
		expect(order({ reponses })).toEqual(['sans action', 'diffuse', 'renforce']);
		expect(order({})[0]).toBe('renforce');
		const grave = [alert({ gravite: 'critique' }), ...gaps.slice(1)];
		expect(order({ reponses, gaps: grave })[0]).toBe('renforce');
	});

	it.each<[string, Gap[], ReturnType<typeof aPlaced>[]]>([
		[
			'la lacune la plus grave passe avant le nombre',
			[alert({ regle: 'G11', enjeu: 'T03', gravite: 'critique' }), alert(), alert({ enjeu: Y })],
			[pcaet('deux hautes', { croises: [X, Y] }), pcaet('une critique', { croises: [], transition: ['T03'] })]
		],
		[
			'à gravité égale, un investissement passe avant une sensibilisation, et une nature inconnue entre les deux',
			[alert()],
			[
				pcaet('sensibilisation', { nature: 'N3' }),
				pcaet('inconnue', { nature: null }),
				pcaet('travaux', { nature: 'N1' })
			]
		],
		[
			'puis le nombre de lacunes de cette gravité',
			[alert(), alert({ enjeu: Y })],
			[pcaet('une lacune'), pcaet('deux lacunes', { croises: [X, Y] })]
		],
		[
			'puis le nombre de lacunes en tout',
			[alert(), alert({ enjeu: Y, gravite: 'moyenne' })],
			[pcaet('une lacune'), pcaet('une de plus, moyenne', { croises: [X, Y] })]
		],
		[
			'puis la plus proche du quartier',
			[alert()],
			[
				pcaet('ailleurs', { niveau: 'aucune' }),
				pcaet('lieu inconnu', { niveau: 'inconnu' }),
				pcaet('toute l’intercommunalité'),
				pcaet('la commune', { niveau: 'probable' })
			]
		],
		[
			'puis celle qui nomme quelqu’un à appeler : un pilote, sinon un porteur',
			[alert()],
			[
				pcaet('personne'),
				pcaet('un porteur', { action: { porteur: 'Région d’Essai' } }),
				pcaet('un pilote', { action: { pilote: 'Service énergie' } })
			]
		],
		[
			'puis celle dont les mots portent le plus nettement l’enjeu',
			[alert()],
			[
				pcaet('un peu', { transition: [T] }),
				{ ...pcaet('nettement'), transition: [{ code: T, score: 9, mots: ['chauffage'], par: 'lexique' }] }
			]
		],
		[
			'une action qui se passe ailleurs vient après, même pour une lacune plus grave, et une action qui peut nuire juste avant',
			[
				alert({ regle: 'G11', enjeu: 'T03', gravite: 'critique' }),
				alert(),
				alert({
					id: 'G20',
					regle: 'G20',
					quartier: null,
					enjeu: null,
					preuves: { actions: ['a-nuire'], champs: [], faits: [] }
				})
			],
			[
				pcaet('ailleurs', { niveau: 'aucune', transition: ['T03'] }),
				pcaet('peut nuire', { action: { id: 'a-nuire' }, transition: ['T03'] }),
				pcaet('sans réserve', { nature: 'N3' })
			]
		],
		['enfin le titre, les nombres dans leur ordre', [alert()], [pcaet('Action 10'), pcaet('Action 2')]]
	])('%s', (_nom, gaps, actions) => {
		const expected = actions.map((a) => a.action.titre).reverse();
		expect(titles(actions, gaps)).toEqual(expected);
		expect(titles([...actions].reverse(), gaps)).toEqual(expected);
	});

	it('une action qui ouvrirait une lacune aussi grave que celle qu’elle ferme ne vient jamais première ; une moins grave la fait passer après ses pareilles', () => {
		const actions = [
			pcaet('ouvre aussi grave', { nature: 'N1' }),
			pcaet('ouvre moins grave', { nature: 'N1' }),
			pcaet('n’ouvre rien', { nature: 'N3' })
		];
		const opened = new Map([
			['ouvre aussi grave', alert({ regle: 'G08', id: 'G08:a', enjeu: null })],
			['ouvre moins grave', alert({ regle: 'G16', id: 'G16:b', gravite: 'information' })]
		]);
		const gaps = [alert()];
		const essai: AimTrial = ({ action }) => ({ ferme: gaps, ouvre: [opened.get(action.titre) ?? []].flat() });
		for (const combien of [1, 2, undefined]) {
			const aims = droitCommunToAim(actions, { quartier: Q, gaps, essai, combien }, ref);
			expect(aims[0]!.action.action.titre).toBe('n’ouvre rien');
			if (combien === undefined)
				expect(aims.map((a) => a.action.action.titre)).toEqual([
					'n’ouvre rien',
					'ouvre moins grave',
					'ouvre aussi grave'
				]);
		}
		const { line } = aimLines(ref);
		const [, less, grave] = droitCommunToAim(actions, { quartier: Q, gaps, essai }, ref);
		expect(line(less!.action, 'diffuse', less!).ouvre).toMatch(/^Ouvrirait en retour.: .*information\)\.$/);
		expect(line(grave!.action, 'diffuse', grave!).ouvre).toContain('aussi grave que ce qu’elle ferme');
	});

	it('une action lue sur peu vient après les sûres, même seule pour sa lacune, et le dit', () => {
		const crossing = ref.enjeux.croises.find((x) => x.code === Y)!;
		const frail = {
			...pcaet('lue sur peu', { croises: [Y], nature: 'N1' }),
			transition: [{ code: crossing.transition, score: 0.7, mots: ['autour'], par: 'appris' as const }]
		};
		const actions = [frail, pcaet('sûre', { nature: 'N1' }), pcaet('sûre aussi', { nature: 'N3' })];
		const gaps = [alert(), alert({ enjeu: Y })];
		expect(titles(actions, gaps)).toEqual(['sûre', 'sûre aussi', 'lue sur peu']);
		const aims = droitCommunToAim(actions, { quartier: Q, gaps }, ref);
		const said = aims.map((aim) => aimLines(ref).line(aim.action, 'diffuse', aim).aConfirmer);
		expect(said).toEqual([null, null, 'À confirmer\u00a0: l’enjeu n’est lu que d’après «\u00a0autour\u00a0».']);
	});

	it('une action qui ne fermerait rien, une fois essayée, n’est pas proposée', () => {
		const essai: AimTrial = () => ({ ferme: [], ouvre: [] });
		expect(droitCommunToAim([pcaet('sans effet')], { quartier: Q, gaps: [alert()], essai }, ref)).toEqual([]);
	});

	it('la meilleure de chaque lacune passe avant la seconde de la même', () => {
		const actions = [
			pcaet('travaux 1', { nature: 'N1' }),
			pcaet('travaux 2', { nature: 'N1' }),
			pcaet('autre lacune', { croises: [Y], nature: 'N3' })
		];
		expect(titles(actions, [alert(), alert({ enjeu: Y })])).toEqual(['travaux 1', 'autre lacune', 'travaux 2']);
	});

	it('une action abandonnée ou terminée, qui cible ou qui nomme déjà le quartier, n’est pas proposée', () => {
		const actions = [
			pcaet('abandonnée', { action: { statut: 'abandonne' } }),
			pcaet('terminée', { action: { statut: 'realise' } }),
			pcaet('déjà ciblée', { niveau: 'cible' }),
			pcaet('déjà nommée', { niveau: 'explicite' }),
			pcaet('en cours', { action: { statut: 'en-cours' } })
		];
		expect(titles(actions)).toEqual(['en cours']);
		// What names the quartier may still be aimed at it, in a supposition.
		expect(titles(actions, [alert({ regle: 'G03' })], worthAiming)).toEqual([]);
		expect(
			titles([pcaet('nommée', { niveau: 'explicite', nature: 'N1' })], [alert({ regle: 'G03' })], worthAiming)
		).toEqual(['nommée']);
	});

	it.each<[string, Gap]>([
		[
			'écartée par une personne',
			alert({ ecartee: { quoi: 'ecartee', par: 'Claire D.' } as unknown as Gap['ecartee'] })
		],
		['une donnée à demander', alert({ reponse: 'donnee-manquante', gravite: 'information' })],
		['celle d’un autre quartier', alert({ quartier: 'QNZZZ99N' })],
		['d’une règle que rapprocher une action ne règle pas', alert({ regle: 'G08' })],
		['sur un enjeu que l’action ne porte pas', alert({ enjeu: Y })]
	])('rien à proposer quand la lacune est %s', (_nom, gap) => {
		expect(titles([pcaet('travaux', { nature: 'N1' })], [gap])).toEqual([]);
	});

	it('rien à proposer sans action ni lacune, ni hors du droit commun', () => {
		expect(titles([])).toEqual([]);
		expect(titles([pcaet('travaux')], [])).toEqual([]);
		expect(titles([pcaet('du contrat', { action: { plan: 'contrat-de-ville' } })])).toEqual([]);
	});

	it('« sensibilisation sans investissement » n’est close que par un investissement', () => {
		expect(titles([pcaet('service'), pcaet('travaux', { nature: 'N1' })], [alert({ regle: 'G03' })])).toEqual([
			'travaux'
		]);
	});

	it('un croisement à demi porté ne ferme rien : son autre moitié resterait à écrire', () => {
		expect(titles([pcaet('à demi', { croises: [`${X}?`], nature: 'N1' })])).toEqual([]);
	});

	it('une lacune trouvée par la règle elle-même est close par l’action qui s’approche, et plus après avoir été écartée', () => {
		const far = pcaet('chaufferie');
		const found = find('G02', 'droitCommunNArrivePas', view([far]));
		expect(titles([far], found)).toEqual(['chaufferie']);
		const moved = pcaet('chaufferie', { niveau: 'cible' });
		expect(find('G02', 'droitCommunNArrivePas', view([moved])).filter((g) => g.enjeu === X)).toEqual([]);
		const settled = find('G02', 'droitCommunNArrivePas', view([far]), [dismissed(`G02:${Q}:${X}`)]);
		expect(titles([far], settled)).toEqual([]);
	});
});

describe('Une action à flécher, en une ligne', () => {
	const line = (said: Said, words = {}) => {
		const placed = pcaet('Repérer la précarité énergétique', said);
		return aimLines(ref, words).line(placed, 'diffuse', null);
	};
	const nomsDesQuartiers = new Map([
		[Q, 'Les Pyramides'],
		['QN00002M', 'La Gare'],
		['QN00003M', 'Hauts-Prés']
	]);

	it('dit les autres quartiers qu’elle vise déjà : on demande de l’étendre', () => {
		const atteinte = { [Q]: 'diffuse', QN00002M: 'cible', QN00003M: 'explicite' } as const;
		expect(line({ atteinte }, { nomsDesQuartiers }).deja).toBe('Vise déjà La Gare et Hauts-Prés.');
		expect(line({ atteinte: { [Q]: 'diffuse', QN00002M: 'diffuse' } }, { nomsDesQuartiers }).deja).toBeNull();
	});

	it('derrière un pilote, dit le référent du plan et son téléphone', () => {
		const referents = [
			{
				...{ nom: 'Chargée de mission', service: null, telephone: '01 99 00 12 34', courriel: null },
				...{ plan: 'pcaet', de: 'du PCAET', par: 'Nadia', le: '2026-11-27' }
			}
		];
		const led = { action: { pilote: 'Direction des solidarités' } };
		expect(line(led, { referents }).appeler).toMatchObject({
			dit: 'pilote',
			aDefaut: { nom: 'Chargée de mission', dit: 'référent du PCAET', joindre: { telephone: '01 99 00 12 34' } }
		});
		expect(line(led).appeler).not.toHaveProperty('aDefaut');
	});
});
