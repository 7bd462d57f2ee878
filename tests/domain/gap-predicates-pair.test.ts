import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/lib/domain/action';
import { aPlaced } from '../fixtures/build';
import { CDV, PCAET, Q, dismissed, find, view } from '../fixtures/gaps';

const TIMES = [
	{ ...CDV, periode: '2024-2030' },
	{ ...PCAET, periode: '2024-2030' }
];
const one = (said: Partial<Action>) =>
	aPlaced({
		action: { id: 'a', ...said },
		atteinte: { [Q]: 'explicite' },
		transition: ['T05'],
		ville: ['P09'],
		nature: 'N2'
	});
const other = (said: Partial<Action>) => one({ id: 'b', document: 2, plan: 'pcaet', ...said });

describe('G06, injonctions contradictoires', () => {
	const car = (said: Partial<Action> = {}) => one({ titre: 'Aide au permis de conduire', ...said });
	const bike = (said: Partial<Action> = {}) => other({ titre: 'Plan vélo et piste cyclable', ...said });
	const g06 = (a = car(), b = bike(), more: Parameters<typeof view>[1] = {}, decisions?: Parameters<typeof find>[3]) =>
		find('G06', 'injonctionsContradictoires', view([a, b], { documents: TIMES, ...more }), decisions);

	it('se lève sur une paire surveillée, au même lieu et dans le même temps', () => {
		const [gap] = g06();
		expect(gap).toMatchObject({ id: 'G06:a|b', gravite: 'moyenne', reponse: 'alerte', quartier: Q });
		expect(gap?.message).toMatch(/^Aux Pyramides, .* répondent au même besoin de se déplacer par deux voies\u00a0: /);
	});
	it('un seul quartier où toutes deux arrivent, l’une par sa commune : il est nommé, et la lacune est la sienne', () => {
		const wide = (...codes: string[]) => ({
			...bike({ communes: ['Lys'] }),
			reach: codes.map((quartier) => ({ quartier, niveau: 'probable', par: 'commune', preuve: 'Lys' }) as const)
		});
		const quartiers = [
			{ code: Q as never, nom: 'Le Pont de Pierre' },
			{ code: 'QNZZZ02N' as never, nom: 'Gare' }
		];
		const [gap] = g06(car(), wide(Q, 'QNZZZ02N'), { quartiers });
		expect(gap).toMatchObject({ quartier: Q });
		expect(gap?.message).toMatch(/^Pour le Pont de Pierre, «/);
		const [both] = g06(
			{ ...car(), reach: [...car().reach, { ...car().reach[0]!, quartier: 'QNZZZ02N' }] },
			wide(Q, 'QNZZZ02N'),
			{
				quartiers
			}
		);
		expect(both).toMatchObject({ quartier: null });
		expect(both?.message).toMatch(/^Dans la même commune/);
	});
	it('une piste qui traverse deux communes n’est pas « dans la même » : elles sont nommées', () => {
		const codes = [Q, 'QNZZZ02N', 'QNZZZ03N'];
		const met = (communes: readonly (readonly string[])[]) => {
			const crossing = (placed: ReturnType<typeof car>) => ({
				...placed,
				reach: codes.map((quartier) => ({ quartier, niveau: 'probable', par: 'commune', preuve: 'titre' }) as const)
			});
			const quartiers = codes.map((code, n) => ({
				code: code as never,
				nom: `Quartier ${n}`,
				communes: communes[n]!.map((nom) => ({ code: `ZZ-${nom}` as never, nom }))
			}));
			return g06(crossing(car()), crossing(bike()), { quartiers })[0]?.message.replace(/ [«,].*/, '');
		};
		expect(met([['Aubrelle'], ['Aubrelle'], ['Aubrelle']])).toBe('Dans la même commune (Aubrelle),');
		expect(met([['Aubrelle'], ['Vermoy'], ['Vermoy']])).toBe('Dans les mêmes communes (Aubrelle et Vermoy),');
		expect(met([['Aubrelle'], ['Vermoy'], ['Vermoy', 'Sorbay']])).toMatch(/Aubrelle et Vermoy/);
		// Over two communes, a quartier does not say in which.
		expect(met([['Aubrelle'], ['Vermoy', 'Sorbay'], ['Vermoy', 'Sorbay']])).toBe('Dans les mêmes communes,');
	});
	it('le même public la rend plus grave', () =>
		expect(g06(car({ publics: ['Jeunes'] }), bike({ publics: ['jeunes'] }))).toMatchObject([{ gravite: 'haute' }]));
	it('se tait quand les périodes ne se croisent pas, ou qu’une des deux est réalisée', () => {
		const before = { debut: '2024-01-01', fin: '2024-06-30', texte: null };
		const after = { debut: '2027-01-01', fin: '2028-12-31', texte: null };
		expect(g06(car({ dates: before }), bike({ dates: after }))).toEqual([]);
		expect(g06(car({ statut: 'realise' }))).toEqual([]);
	});
	it('dans un même plan, se lève pour un même quartier nommé, et se tait à l’échelle du territoire', () => {
		const park = one({ titre: 'Création d’un parking' });
		const green = one({ id: 'b', titre: 'Végétaliser la place' });
		expect(g06(park, green)).toMatchObject([{ id: 'G06:a|b', quartier: Q, reponse: 'alerte' }]);
		const wide = (p: typeof park, niveau: 'diffuse' | 'probable') => ({
			...p,
			reach: p.reach.map((r) => ({ ...r, niveau }))
		});
		for (const niveau of ['diffuse', 'probable'] as const)
			expect(g06(wide(park, niveau), wide(green, niveau))).toEqual([]);
		expect(g06(wide(park, 'diffuse'), green)).toEqual([]);
		// One contract that helps with the licence and with the bicycle offers both on purpose.
		expect(g06(car(), bike({ document: 1, plan: 'contrat-de-ville' }))).toEqual([]);
	});
	it('un réseau de chaleur que l’on prolonge jusqu’à un quartier dessert le gymnase qui s’y trouve', () => {
		const gas = other({ titre: 'Chaudière gaz neuve au gymnase Delaunay' });
		const grid = one({ titre: 'Prolonger le réseau de chaleur jusqu’aux Pyramides' });
		expect(g06(grid, gas)).toMatchObject([{ id: 'G06:a|b', quartier: Q, reponse: 'alerte' }]);
		// Only where both name that quartier, and for the network itself: a school is not the estate connected beside it.
		const near = { ...gas, reach: gas.reach.map((r) => ({ ...r, niveau: 'probable' as const })) };
		expect(g06(grid, near)).toEqual([]);
		expect(g06(one({ titre: 'Raccordement au réseau de chaleur de la cité des Lins' }), gas)).toEqual([]);
		expect(g06(grid, other({ titre: 'Sortie du gaz au gymnase Delaunay' }))).toEqual([]);
	});
	it('un nombre de places n’empêche pas de lire « créer des places de stationnement »', () => {
		const park = one({ titre: 'Créer 120 places de stationnement aux Pyramides' });
		const green = one({ id: 'b', titre: 'Désimperméabiliser et végétaliser le mail des Pyramides' });
		expect(g06(park, green)[0]?.message).toContain('surface imperméable ajoutée et retirée');
		const less = one({ titre: 'Supprimer 120 places de stationnement aux Pyramides' });
		expect(g06(less, green)).toEqual([]);
	});
	it('sans date ni période de document : demande de donnée', () =>
		expect(g06(car(), bike(), { documents: [CDV, PCAET].map((d) => ({ ...d, periode: null })) })).toMatchObject([
			{ reponse: 'donnee-manquante' }
		]));
	it('écartée, ou tranchée sur la page des recoupements, elle le dit', () => {
		expect(g06(car(), bike(), {}, [dismissed('G06:a|b')])[0]?.ecartee).not.toBeNull();
		const verdict = { verdict: 'en-tension' as const, par: 'Claire D.', le: '2026-11-20', motif: 'le vélo d’abord' };
		const settled = (aRevoir: boolean) => g06(car(), bike(), { tranches: new Map([['a|b', { ...verdict, aRevoir }]]) });
		expect(settled(false)[0]?.ecartee).toMatchObject({
			etat: 'traitee',
			paire: 'a|b',
			motif: expect.stringContaining('le vélo')
		});
		expect(settled(true)[0]?.ecartee).toBeNull();
	});
});

describe('G09, recoupement à mutualiser', () => {
	const TITRE = 'Garage solidaire et conseil en mobilité';
	const g09 = (a = one({ titre: TITRE }), b = other({ titre: TITRE }), decisions?: Parameters<typeof find>[3]) =>
		find('G09', 'recoupementAMutualiser', view([a, b], { documents: TIMES }), decisions);

	it('propose deux actions de plans différents qui se ressemblent', () =>
		expect(g09()).toMatchObject([{ id: 'G09:a|b', gravite: 'opportunite', reponse: 'opportunite', quartier: Q }]));
	it('le même porteur et le même titre : sans doute la même action', () =>
		expect(
			g09(one({ titre: TITRE, porteur: 'Régie' }), other({ titre: TITRE, porteur: 'Régie' }))[0]?.message
		).toContain('saisie deux fois'));
	it('se tait sur deux actions qui ne partagent ni enjeu, ni lieu', () => {
		const far = aPlaced({ action: { id: 'b', document: 2, plan: 'pcaet' }, transition: ['T09'], ville: ['P05'] });
		expect(g09(one({ titre: TITRE }), far)).toEqual([]);
	});
	it('un lieu inconnu ne fait pas une paire', () => {
		const lost = aPlaced({
			action: { id: 'b', document: 2, plan: 'pcaet', titre: TITRE },
			atteinte: { [Q]: 'inconnu' },
			transition: ['T05'],
			ville: ['P09']
		});
		expect(g09(one({ titre: TITRE }), lost)).toEqual([]);
	});
	it('écartée, elle le dit', () =>
		expect(g09(undefined, undefined, [dismissed('G09:a|b')])[0]?.ecartee).not.toBeNull());
});
