import { describe, expect, it } from 'vitest';
import { ofThe } from '../../src/lib/domain/french';
import { measuresInOrder } from '../../src/lib/domain/pages/ask-order';
import { byAction } from '../../src/lib/domain/pages/by-action';
import { firstRequests } from '../../src/lib/domain/pages/first-requests';
import { nothingFirst } from '../../src/lib/domain/pages/first-screen';
import { verdictsByMeasure } from '../../src/lib/domain/pages/measure-verdicts';
import { quartierRequests } from '../../src/lib/domain/pages/quartier-requests';
import { firstTitle, moreThanAll, requestsTitle } from '../../src/lib/domain/pages/request-title';
import { requestLines, type UnaskedLine } from '../../src/lib/domain/pages/request-lines';
import { questionOf } from '../../src/lib/domain/rules/questions';
import type { Verdict } from '../../src/lib/domain/rules/eligibility';
import type { Gap } from '../../src/lib/domain/rules/gaps';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';

const ref = loadReferentiel();
const LE = '2026-11-27';
const CEE = 'slime-cee.cee';
const PRET = 'banque-des-territoires.quartiers-2030';
const plain = (text: string) => text.replace(/\s/g, ' ');

const verdict = (action: string, mesure = CEE): Verdict => ({
	...{ action, mesure, dispositif: mesure.split('.')[0]!, quartier: null, sources: [], verdict: 'a-instruire' },
	...{ remplis: [], echecs: [], manquants: [] }
});
const lines = (placed: ReturnType<typeof aPlaced>[], verdicts: Verdict[], gaps: Gap[] = []) =>
	requestLines(
		verdicts.map(({ action, mesure, dispositif }) => ({
			...{ action, dispositif, mesures: [mesure], etat: 'aucune-liste', manquants: 0, verdict: 'a-instruire' }
		})),
		{ placed, verdicts, gaps, asOf: LE, noms: new Map([['QNZZZ01F', 'Bellevue']]) },
		ref
	);
type Said = Omit<NonNullable<Parameters<typeof aPlaced>[0]>, 'action'>;
const action = (id: string, said: Said = {}) => aPlaced({ action: { id, titre: id }, ...said });
const regle = ref.lacunes.regles.find((r) => r.predicat === 'enjeuSansReponse')!.id;
const alert = (quartier: string, enjeu: string): Gap => ({
	...{
		id: `${regle}:${quartier}`,
		regle,
		gravite: 'haute',
		reponse: 'alerte',
		quartier,
		enjeu,
		message: '',
		aFaire: ''
	},
	...{ ou: 'financement', preuves: { actions: [], champs: [], faits: [] }, ecartee: null, aRevoir: null }
});
describe('La demande à regarder d’abord', () => {
	it('sert un quartier avant tout le territoire, et dit lequel', () => {
		const far = action('a', { atteinte: { QNZZZ01F: 'diffuse' } });
		const near = action('b', { atteinte: { QNZZZ01F: 'cible' } });
		const found = lines([far, near], [verdict('a'), verdict('b')]);
		expect(found.map((l) => l.action)).toEqual(['b', 'a']);
		expect(plain(found[0]!.portee!)).toBe('Arrive à « Bellevue »');
		expect(found[1]!.portee).toBeNull();
	});

	it('quand toutes valent pour tout le territoire, vient d’abord celle qui fermerait une lacune si on la fléchait', () => {
		const atteinte = { QNZZZ01F: 'diffuse' } as const;
		const [a, b] = [action('a', { atteinte }), action('b', { atteinte, transition: ['T01'] })];
		const found = lines([a, b], [verdict('a'), verdict('b')], [alert('QNZZZ01F', 'T01'), alert('QNZZZ02F', 'T01')]);
		expect(found.map((l) => l.action)).toEqual(['b', 'a']);
		expect(plain(found[0]!.portee!)).toBe('Tout le territoire ; fléchée, fermerait une lacune haute dans 2 quartiers');
	});

	it('dit la gravité quartier par quartier quand elle n’est pas la même partout', () => {
		const one = action('a', { atteinte: { QNZZZ01F: 'diffuse' }, transition: ['T01'] });
		const gaps = ['QNZZZ01F', 'QNZZZ02F', 'QNZZZ03F'].map((q) => alert(q, 'T01'));
		const mixed = gaps.map((g, i): Gap => (i === 0 ? { ...g, gravite: 'moyenne' } : g));
		expect(plain(lines([one], [verdict('a')], mixed)[0]!.portee!)).toBe(
			'Tout le territoire ; fléchée, fermerait une lacune haute dans 2 quartiers, moyenne dans 1'
		);
	});

	it('ne dit pas arrivé ce qui n’est que probable', () => {
		const told = (atteinte: Said['atteinte']) => plain(lines([action('a', { atteinte })], [verdict('a')])[0]!.portee!);
		expect(told({ QNZZZ01F: 'probable' })).toBe('Arrive probablement à « Bellevue »');
		expect(told({ QNZZZ01F: 'probable', QNZZZ02F: 'probable', QNZZZ03F: 'probable' })).toBe(
			'Arrive probablement à 3 quartiers'
		);
		expect(told({ QNZZZ01F: 'explicite', QNZZZ02F: 'probable', QNZZZ03F: 'probable', QNZZZ04F: 'probable' })).toBe(
			'Arrive à « Bellevue », probablement à 3 autres quartiers'
		);
	});

	it('nomme la lacune dont elle dit la gravité', () => {
		const found = lines(
			[action('a')],
			[verdict('a')],
			[{ ...alert('QNZZZ01F', 'T01'), preuves: { actions: ['a'], champs: [], faits: [] } }]
		);
		expect(plain(found[0]!.lacune!)).toBe('Lacune haute : croisement sans aucune action dans le quartier');
	});

	it('pour une même action, l’aide vient avant le prêt', () => {
		const found = lines([action('a')], [verdict('a', PRET), verdict('a')]);
		expect(found.map((l) => [l.mesuresNoms[0]!.includes('prêt'), l.pret])).toEqual([
			[false, false],
			[true, true]
		]);
	});
});

describe('Le premier écran des demandes', () => {
	const line = (id: string, said: Partial<UnaskedLine> = {}): UnaskedLine => ({
		...lines([action(id)], [verdict(id)])[0]!,
		...said
	});
	const over = {
		manque: [
			{
				cle: 'encore_a_faire',
				dit: 'Reste-t-il quelque chose à financer ?',
				sujet: 'opération encore à faire',
				bloquant: true
			}
		]
	};

	it('nomme la mesure, l’action, ce qui manque et la date limite', () => {
		const manque = [
			{ cle: 'gain', dit: 'Quel gain ?', sujet: 'gain', bloquant: true },
			{ cle: 'ouverture', dit: 'La mesure est-elle ouverte cette année ?', sujet: 'ouverture', bloquant: false }
		];
		const [first] = firstRequests([line('a', { manque, depot: '2026-12-15' })], [], LE);
		expect([first!.titre, plain(first!.mesure), first!.manque, plain(first!.delai!)]).toEqual([
			'a',
			'Certificats d’économies d’énergie (prime)',
			'Il manque : Quel gain ?',
			'date limite : 15/12/2026 ; ouverture en 2026 à vérifier'
		]);
	});

	it('met ce qui est à flécher avant une action dont la fin prévue est passée, chaque action une fois', () => {
		const found = firstRequests([line('finie', over), line('vive')], [line('piste')], LE);
		expect(found.map((f) => [f.action, f.aFlecher])).toEqual([
			['vive', false],
			['piste', true],
			['finie', false]
		]);
		expect(byAction(found)).toHaveLength(3);
	});

	it('un quartier qui en compte plus que tout le territoire dit pourquoi', () => {
		expect(moreThanAll(5, 5)).toBe('');
		expect(plain(moreThanAll(11, 5))).toBe(
			'Sur tout le territoire, 5 actions sont à instruire telles qu’elles sont écrites : viser ce quartier ouvre d’autres mesures.'
		);
		expect(moreThanAll(1, 0)).toContain('aucune action n’est à instruire telle qu’elle est écrite');
	});

	it('est titré par ce que sont ses lignes : à instruire, à compléter, ou à flécher d’abord', () => {
		const short = { verdict: 'indetermine' as const };
		const asked = { flecher: false, quartier: null, dispositif: null };
		const title = (groups: UnaskedLine[][], said = {}) => plain(requestsTitle(groups, { ...asked, ...said }));
		const groups = [[line('a')], [line('b', short)], [line('c'), line('c', short)]];
		expect(title(groups)).toBe('2 actions à instruire, sans demande connue de financement');
		expect(title([groups[1]!])).toBe('1 action à compléter, sans demande connue de financement');
		expect(title([])).toBe('Rien à instruire en l’état');
		const aim = { flecher: true, quartier: 'Bellevue' };
		expect(title(groups, aim)).toBe('3 actions à flécher vers « Bellevue », dont 2 seraient à instruire');
		expect(title([groups[0]!], aim)).toBe('1 action à flécher vers « Bellevue », qui serait à instruire');
		expect(title([groups[1]!], aim)).toBe('1 action à flécher vers « Bellevue » et à compléter');
		const first = (here: UnaskedLine[], aims: UnaskedLine[]) => firstTitle(firstRequests(here, aims, LE), true);
		expect(first([line('a')], [])).toBe('À demander d’abord');
		expect(first([], [line('a')])).toBe('À flécher vers ce quartier, puis à demander');
		expect(first([line('a')], [line('b')])).toBe('À demander d’abord, fléchées ou non');
	});

	it('demande une aide avant un prêt, ce qui arrive sûrement avant probablement, ce qui est à instruire avant ce à quoi il manque une réponse', () => {
		const lacks = { verdict: 'indetermine' as const };
		const order = (here: UnaskedLine[], aims: UnaskedLine[] = []) => firstRequests(here, aims, LE).map((f) => f.action);
		expect(order([line('pret', { pret: true }), line('aide', lacks)])).toEqual(['aide', 'pret']);
		expect(order([line('probable', { place: 'probable' }), line('sure', lacks)])).toEqual(['sure', 'probable']);
		const aimed = (id: string, said = {}) => line(id, { place: 'a-flecher', ...said });
		expect(order([], [aimed('a', lacks), aimed('b', { pret: true }), aimed('c')])).toEqual(['c', 'a', 'b']);
		const [first] = firstRequests([line('a', { pret: true, place: 'probable' })], [], LE);
		expect(first!.manque).toMatch(/^Prêt, se rembourse\. Pas sûr que l’action arrive ici\. /);
	});

	it('ne demande rien pour une action dont le plan est bouclé, et le dit', () => {
		const boucle = 'plan de financement déjà bouclé';
		expect(firstRequests([line('pleine', { boucle }), line('vide')], [], LE).map((f) => f.action)).toEqual(['vide']);
		const told = nothingFirst([line('pleine', { boucle })]);
		expect(plain(told)).toBe('Rien : plan de financement déjà bouclé : rien ne reste à financer');
		const financements = [
			{ dispositif: null, libelle: 'Ville', demande: null, obtenu: 1000, etat: 'obtenu', base: 'HT' }
		];
		const placed = aPlaced({
			action: {
				id: 'a',
				titre: 'a',
				budget: { euros: 1000, base: 'HT', max: null },
				financements: financements as never
			}
		});
		expect(lines([placed], [verdict('a')])[0]!.boucle).toContain('bouclé');
		expect(lines([action('b')], [verdict('b')])[0]!.boucle).toBeNull();
	});

	it('demande en dernier pour une action dont les aides dépassent déjà le plafond, et dit de revoir son plan', () => {
		const exces = 'aides déjà au-delà du plafond : revoir le plan de financement d’abord';
		const found = firstRequests([line('trop', { exces }), line('pret', { pret: true }), line('aide')], [], LE);
		expect(found.map((f) => f.action)).toEqual(['aide', 'pret', 'trop']);
		expect(found[2]!.manque).toMatch(/^Aides déjà au-delà du plafond : revoir le plan de financement d’abord\. /);
		expect(found[0]!.manque).not.toContain('plafond');
		// Read from the plan itself: nothing is said when nobody can say.
		const works = (obtenu: number | null) =>
			aPlaced({
				nature: 'N1',
				action: {
					...{ id: 'a', titre: 'a', porteurType: 'commune', budget: { euros: 1000, base: 'HT', max: null } },
					financements: [
						{ dispositif: 'dotations-etat.dpv', libelle: 'DPV', demande: null, obtenu, etat: 'obtenu', base: 'HT' }
					].map((l) => ({ ...l, genre: 'subvention' })) as never
				}
			});
		expect(lines([works(900)], [verdict('a')])[0]!.exces).toMatch(/^aides déjà au-delà du plafond/);
		expect(lines([works(700)], [verdict('a')])[0]!.exces).toBeNull();
		expect(lines([works(null)], [verdict('a')])[0]!.exces).toBeNull();
	});

	it('range les mesures comme les demandes : la première est celle de la première demande, un prêt après les aides', () => {
		const of = (id: string, mesure: string, said: Partial<UnaskedLine> = {}) =>
			line(id, { mesuresNoms: [mesure], aCompleter: [], ...said });
		const short = { verdict: 'indetermine' as const };
		const groups = [
			[of('a', 'contrat', { attend: 'le contrat de ville' }), of('a', 'aide 1')],
			[of('b', 'aide 2', short), of('b', 'prêt', { pret: true })],
			[of('c', 'aide 3', { exces: 'aides déjà au-delà du plafond' })],
			[of('d', 'prêt', { pret: true }), of('d', 'aide 4', { peutEtre: 'peut-être déjà demandé' })]
		];
		const order = measuresInOrder(groups, () => false);
		// Later choices never pass before the first of the same action, however good.
		expect(order).toEqual(['aide 2', 'prêt', 'contrat', 'aide 1', 'aide 3', 'aide 4']);
		expect(order[0]).toBe(firstRequests(groups.flat(), [], LE)[0]!.mesure);
	});

	it('tant qu’aucun contrat n’est lu, son enveloppe vient après tout, et c’est le contrat qu’on demande d’abord', () => {
		const enveloppe = ref.financements.flatMap((f) => f.mesures).find((m) => m.enveloppe !== null)!;
		const placed = [action('contrat'), action('droit-commun')];
		const short = (id: string, mesure?: string): Verdict => ({ ...verdict(id, mesure), verdict: 'indetermine' });
		const verdicts = [short('contrat', enveloppe.id), short('droit-commun')];
		const read = (documents: { plan: 'pcaet' | 'contrat-de-ville'; liste?: string }[]) =>
			requestLines(
				verdicts.map(({ action, mesure, dispositif }) => ({
					...{ action, dispositif, mesures: [mesure], etat: 'aucune-liste', manquants: 1, verdict: 'indetermine' }
				})),
				{ placed, verdicts, gaps: [], asOf: LE, documents },
				ref
			);
		const none = read([{ plan: 'pcaet' }, { plan: 'contrat-de-ville', liste: 'Subventions' }]);
		expect(none.map((l) => l.action)).toEqual(['droit-commun', 'contrat']);
		expect(plain(firstRequests(none, [], LE)[1]!.manque)).toMatch(
			/^Demandez d’abord le contrat de ville : il n’est pas lu\./
		);
		const one = read([{ plan: 'contrat-de-ville' }]);
		expect(one.map((l) => [l.action, l.attend])).toEqual([
			['contrat', null],
			['droit-commun', null]
		]);
	});

	it('sans demande possible, n’affiche rien', () => expect(firstRequests([], [], LE)).toEqual([]));
});

describe('Un quartier dont toutes les actions devaient être finies', () => {
	const dates = (fin: string) => ({ debut: null, fin, texte: null });
	const over = (id: string, fin: string) => aPlaced({ action: { id, titre: id, dates: dates(fin) } });
	const [a, b] = [over('a', '2019-12-31'), over('b', '2024-12-31')];
	const asked = (bilan: 'indetermine' | 'deja', ...ids: string[]) => ({
		...{ bilan, libelle: CEE, forme: null },
		verdicts: ids.map((id) => ({ action: id, deja: null, verdict: 'indetermine' }))
	});
	const head = (near: ReturnType<typeof over>[], mesures: unknown[]) =>
		quartierRequests(
			mesures as never,
			near,
			[],
			{
				verdicts: [],
				gaps: [],
				asOf: LE,
				ici: near.map((p) => ({ action: p.action.id, verdict: 'indetermine' })) as never
			},
			ref
		);

	it('demande d’abord s’il leur reste quelque chose à financer, et garde le compte des mesures', () => {
		const found = head([a, b], [asked('indetermine', 'a', 'b')]);
		expect(plain(found.pourquoi!)).toBe(
			'Les 2 actions qui pourraient demander ici devaient finir en 2019 et 2024 : dites d’abord s’il leur reste quelque chose à financer.'
		);
		expect(plain(found.titre)).toBe('2 actions à compléter pour 1 mesure de financement');
	});

	it('ne le dit pas dès qu’une seule reste à faire', () => {
		expect(head([a, over('c', '2028-12-31')], [asked('indetermine', 'a', 'c')]).pourquoi).toBeNull();
	});
});

describe('La ligne d’une mesure', () => {
	it('dit quelle action est à instruire, et ce qu’il faut répondre pour les autres', () => {
		const placed = ['prête', 'autre'].map((id) => aPlaced({ action: { id, titre: id } }));
		const manquants = [
			{
				...{ cle: 'x', critere: 'x', attendu: 'oui', trouve: null, bloquant: true, source: null, vigueur: null },
				question: 'Le bâtiment est-il public ?'
			}
		];
		const verdicts: Verdict[] = [verdict('prête'), { ...verdict('autre'), verdict: 'indetermine', manquants }];
		const [mesure] = verdictsByMeasure(verdicts, placed, ref, (list) => list as never);
		expect(plain(mesure!.dit)).toBe(
			'À instruire : « prête » (avant dépôt : écrire le coût, vérifier les conditions). Pour 1 autre, à répondre : Le bâtiment est-il public ?'
		);
	});
	it('compte à part l’action dont le plan est bouclé, et nomme d’abord celle que la liste des demandes met en tête', () => {
		const paid = [{ dispositif: null, libelle: 'Ville', demande: null, obtenu: 1000, etat: 'obtenu', base: 'HT' }];
		const placed = [
			aPlaced({ action: { id: 'x', titre: 'x' } }),
			aPlaced({
				action: {
					...{ id: 'pleine', titre: 'pleine', budget: { euros: 1000, base: 'HT', max: null } },
					financements: paid as never
				}
			}),
			aPlaced({ action: { id: 'y', titre: 'y' } })
		];
		const verdicts = placed.map((p) => verdict(p.action.id));
		const ici = lines([placed[2]!, placed[0]!], [verdict('y'), verdict('x')]).reverse();
		const [mesure] = verdictsByMeasure(verdicts, placed, ref, (list) => list as never, [], ici);
		expect(plain(mesure!.resume)).toBe('2 actions à instruire, 1 au plan déjà bouclé');
		expect(plain(mesure!.dit)).toContain(`« ${ici[0]!.action} » et 1 autre`);
		expect(mesure!.verdicts.find((v) => v.action === 'pleine')!.deja).toBe('boucle');
		const [alone] = verdictsByMeasure([verdict('pleine')], placed, ref, (list) => list as never);
		expect([alone!.bilan, alone!.dit]).toEqual(['deja', '']);
	});
	it('un prêt vient après une aide', () => {
		const placed = [aPlaced({ action: { id: 'a' } })];
		const found = verdictsByMeasure([verdict('a', PRET), verdict('a')], placed, ref, (list) => list as never);
		expect(found.map((m) => m.mesure)).toEqual([CEE, PRET]);
		expect(plain(found[1]!.libelle)).toBe('Banque des Territoires – offre Quartiers 2030 (prêt et ingénierie)');
	});
});

describe('Ce qui manque est une question', () => {
	const asked = {
		cle: 'metropole',
		critere: 'métropole',
		question: 'L’intercommunalité est-elle une métropole\u202f?'
	};
	it('dans les mots de la mesure ; ce qu’il faut répondre se dit quand ce n’est pas « oui »', () => {
		expect(questionOf([{ ...asked, attendu: 'oui' }])).toBe(asked.question);
		expect(plain(questionOf([{ ...asked, attendu: 'non' }]))).toBe(
			'L’intercommunalité est-elle une métropole ? (il faut : non)'
		);
	});
	it('sans question écrite, celle du genre de critère, puis son nom', () => {
		const none = { question: null, attendu: 'commune ou epci' };
		// Beside « Appeler : … (pilote) », the question says that the two may differ.
		expect(plain(questionOf([{ ...none, cle: 'maitre_ouvrage', critere: 'porteur' }]))).toBe(
			'Quel organisme portera l’action (pas forcément le pilote) ?'
		);
		expect(plain(questionOf([{ ...none, cle: 'x', critere: 'surface', attendu: 'oui' }]))).toBe('Surface ?');
	});
});

describe('Le nom d’un territoire après « de »', () => {
	it.each([
		['CA du Saint-Quentinois', 'de la CA du Saint-Quentinois'],
		['SIVOM de la Vallée', 'du SIVOM de la Vallée'],
		['Aubrelle', 'd’Aubrelle'],
		['Vermoy', 'de Vermoy']
	])('%s : %s', (nom, dit) => expect(ofThe(nom)).toBe(dit));
});
