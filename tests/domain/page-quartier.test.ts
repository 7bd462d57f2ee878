import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { probableMoney } from '../../src/lib/domain/crossing/probable-money';
import { quartierView } from '../../src/lib/domain/crossing/quartier-view';
import { crossTerritory } from '../../src/lib/domain/crossing/territory-view';
import { whoToCall } from '../../src/lib/domain/pages/who-to-call';
import { contactsOf } from '../../src/lib/domain/pages/contacts';
import { isAskedOn } from '../../src/lib/domain/pages/open-gaps';
import { probableWords } from '../../src/lib/domain/pages/quartier-money-words';
import { briefAction, sharing } from '../../src/lib/domain/pages/page-model';
import type { Gap } from '../../src/lib/domain/rules/gaps';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, aLine, anAction, aPlaced, aQuartier, aTerritory, AUBRELLE } from '../fixtures/build';
import { answersHere, answersSentence, reserveWords } from '../../src/lib/domain/crossing/answers-here';
import type { Coverage } from '../../src/lib/domain/crossing/coverage';
import type { CrossingHere } from '../../src/lib/domain/crossing/overview';

const Q = 'QNZZZ01N';
const TOLD = { documents: new Map(), asOf: '2026-11-22' };
type Said = NonNullable<Parameters<typeof aPlaced>[0]>;
const action = (id: string, said: Said['action'] = {}, niveau: 'probable' | 'explicite' | 'diffuse' = 'probable') =>
	aPlaced({ action: { id, titre: id, ...said }, atteinte: { [Q]: niveau } });
const cout = (euros: number) => ({ budget: { euros, max: null, base: 'HT' as const } });

describe('une action montrée comme réponse', () => {
	it('dit l’année où sa fin était prévue, et rien quand le fichier ne la donne pas', () => {
		const brief = (fin: string | null) =>
			briefAction(action('école', { dates: { debut: '2019-01-01', fin, texte: null } }), TOLD, sharing());
		expect(brief('2019-12-31')).toMatchObject({ fin: 'fin prévue en 2019, passée', finie: true });
		const done = action('école', { statut: 'realise', dates: { debut: null, fin: '2019-12-31', texte: null } });
		expect(briefAction(done, TOLD, sharing()).fin).toBe('fin prévue en 2019');
		expect(brief('2027-12-31').fin).toBe('fin prévue en 2027');
		expect(brief(null).fin).toBeUndefined();
	});
});

describe('Qui appeler', () => {
	const gap = (id: string, gravite: Gap['gravite'], actions: readonly string[], said: Partial<Gap> = {}): Gap => ({
		...{ id, regle: 'G02', gravite, reponse: 'alerte', quartier: Q, enjeu: null, message: '', aFaire: '' },
		...{ preuves: { actions, champs: [], faits: [] }, ecartee: null, aRevoir: null },
		...said
	});
	const share = sharing();
	const contacts = (placed: ReturnType<typeof action>[], gaps: Gap[] = []) =>
		contactsOf(
			placed.map((p) => briefAction(p, TOLD, share)),
			Q,
			gaps
		).map(
			(c) =>
				[
					c.nom,
					c.titre,
					c.actions.map((a) => [a.id, a.lacune?.id, a.autres || null].filter(Boolean).join(' '))
				] as const
		);

	it('chaque personne une fois, avec ses actions, celle qu’une lacune attend le plus d’abord', () => {
		const placed = [
			action('vélo', { pilote: 'Mobilités' }),
			action('parc', { pilote: 'Espaces verts' }),
			action('réseau', { pilote: 'Mobilités' }),
			action('école', { porteur: 'Région d’Essai' }),
			action('personne')
		];
		const gaps = [
			gap('g1', 'moyenne', ['vélo', 'école']),
			gap('g2', 'haute', ['réseau']),
			gap('g5', 'moyenne', ['réseau']),
			gap('g3', 'critique', ['parc'], { ecartee: { par: 'Claire D.' } as unknown as Gap['ecartee'] }),
			gap('g4', 'information', ['parc'], { reponse: 'donnee-manquante' })
		];
		expect(contacts(placed, gaps)).toEqual([
			['Mobilités', 'pilote', ['réseau g2 1', 'vélo g1']],
			['Région d’Essai', 'porteur', ['école g1']],
			['Espaces verts', 'pilote', ['parc']]
		]);
		expect(contacts([action('personne')])).toEqual([]);
	});

	it('le pilote, sinon le porteur en disant que le pilote manque, sinon le service qui tient le document', () => {
		const { types } = loadReferentiel().plans;
		const nommer = {
			...{ plan: 'contrat-de-ville', dit: 'Nommer un référent du contrat de ville' },
			responsable: 'le responsable du contrat de ville'
		};
		expect(whoToCall(action('a', { pilote: 'Service énergie', porteur: 'Région' }), types)).toEqual({
			nom: 'Service énergie',
			dit: 'pilote'
		});
		expect(whoToCall(action('a', { porteur: 'Région d’Essai' }), types)).toEqual({
			nom: 'Région d’Essai',
			dit: 'porteur, pilote non nommé dans le fichier',
			nommer
		});
		const kind = whoToCall(action('a', { porteur: 'Entreprise' }), types);
		expect([kind.nom, kind.dit]).toEqual([null, expect.stringContaining('seulement «\u00a0Entreprise\u00a0»')]);
		const nobody = whoToCall(action('a', { plan: 'plh' }), types);
		expect(nobody.dit).toContain('Demandez au service qui tient le document (PLH)');
		expect(nobody.nommer).toEqual({
			...{ plan: 'plh', dit: 'Nommer un référent du PLH' },
			responsable: 'le responsable du PLH'
		});
	});
});

describe('L’argent des actions probables', () => {
	it('dit les montants des lacunes, sans compter un montant inconnu pour zéro ni une action qui nomme le quartier', () => {
		const placed = [
			action('école', { ...cout(151_370.83), financements: [aLine({ obtenu: 105_959, etat: 'obtenu' })] }),
			action('parc', cout(200_000)),
			action('sans coût'),
			action('nommée', cout(999), 'explicite'),
			action('diffuse', cout(999), 'diffuse'),
			action('abandonnée', { ...cout(999), statut: 'abandonne' })
		];
		const { actions, ...sums } = probableMoney(placed, Q, '2026-11-22');
		expect(sums).toEqual({ cout: 351_370.83, reste: 45_411.83, restePasse: null, reserve: true, bases: ['HT'] });
		expect(actions.map((a) => [a.id, a.cout, a.reste])).toEqual([
			['parc', 200_000, null],
			['école', 151_370.83, 45_411.83],
			['sans coût', null, null]
		]);
		expect(probableMoney([action('sans coût')], Q, '2026-11-22')).toMatchObject({
			cout: null,
			reste: null,
			reserve: false
		});
	});
});

describe('L’argent probable', () => {
	it('ne dit pas « à financer » de travaux dont la fin prévue est passée : leur reste se dit à part', () => {
		const paid = { financements: [aLine({ obtenu: 40_000, etat: 'obtenu' })] };
		const past = { dates: { debut: null, fin: '2019-12-31', texte: '2019' } };
		const placed = [
			action('faite ?', { ...cout(100_000), ...paid, ...past }),
			action('à venir', { ...cout(50_000), ...paid })
		];
		const money = probableMoney(placed, Q, '2026-11-22');
		expect(money).toMatchObject({ reste: 10_000, restePasse: 60_000 });
		const { titre } = probableWords(money);
		expect(titre).toContain(
			'dont 10\u202f000\u00a0€ à financer et 60\u202f000\u00a0€ sans financement écrit, fin prévue passée'
		);
	});

	const page = (placed: ReturnType<typeof action>[]) => probableWords(probableMoney(placed, Q, '2026-11-22')).note;
	const lines = { financements: [aLine({ demande: 1_000 })] };

	it('dit ce que son total suppose, et quand il mêle deux bases', () => {
		const sansBase = { budget: { euros: 9_000, max: null, base: 'inconnu' as const } };
		expect(page([action('école', cout(5_000)), action('parc', sansBase)])).toContain('c’est un ordre de grandeur');
		expect(page([action('école', { ...cout(5_000), ...lines })])).toContain('Le reste à financer suppose que');
		expect(page([action('école', cout(5_000))])).not.toMatch(/suppose|ordre de grandeur/);
	});
});

describe('Ce qui arrive au quartier', () => {
	const ref = loadReferentiel();
	const lexicon = compileLexicon(ref);
	const homes = { titre: 'Réhabilitation thermique de logements sociaux', document: 1 };
	const enjeu = (code: string, ...actions: ReturnType<typeof anAction>[]) => {
		const records = {
			...{
				territory: aTerritory(),
				quartiers: [aQuartier({ code: Q, nom: 'Les Essais' })],
				correspondances: new Map()
			},
			...{
				documents: [{ ...aDocument(), fichier: 'contrat.xlsx', importeLe: '2026-11-02' }],
				decisions: [],
				indicateurs: []
			},
			actions
		};
		const crossed = crossTerritory(records, ref, lexicon, '2026-11-22');
		return quartierView(crossed, Q, ref, () => [])!.enjeux.find((e) => e.code === code)!;
	};
	const reached = (...actions: ReturnType<typeof anAction>[]) => {
		const { coverage, aConfirmer } = enjeu('T01', ...actions);
		return [coverage, aConfirmer];
	};

	it('une réponse structurante est portée par l’investissement, même moins proche qu’une campagne de sensibilisation', () => {
		const said = { document: 1, enjeuxDeclares: ['T06'] };
		const campaign = anAction({
			...{ ...said, id: 'campagne', titre: 'Campagne de sensibilisation' },
			...{ natureDeclaree: 'N3', quartiers: ['Les Essais'] }
		});
		const yard = anAction({
			...{ ...said, id: 'cour', titre: 'Cour oasis', natureDeclaree: 'N1' },
			communes: [AUBRELLE.nom]
		});
		expect(enjeu('T06', campaign, yard)).toMatchObject({ coverage: 'structurante', porteuse: 'cour' });
		expect(enjeu('T06', campaign)).toMatchObject({ coverage: 'sensibilisation-seule', porteuse: 'campagne' });
		expect(enjeu('T06').porteuse).toBeNull();
	});

	it('la page nomme d’abord les croisements sans aucune action, chacun une fois, et finit par ceux qui tiennent', () => {
		const here = (code: string, coverage: Coverage): CrossingHere => ({
			...{ code, coverage, actions: [] },
			...{ aConfirmer: coverage === 'structurante', probable: true, passee: false, devinee: false, fins: null }
		});
		const { groupes, structurantes, tous } = answersHere(
			[here('X01', 'structurante'), here('X02', 'diffuse'), here('X06', 'aucune'), here('X07', 'saisie-incomplete')],
			ref.enjeux.croises
		);
		expect(groupes.map((g) => [g.coverage, ...g.croisements.map((x) => x.code)])).toEqual([
			['aucune', 'X06'],
			['diffuse', 'X02'],
			['saisie-incomplete', 'X07'],
			['structurante', 'X01']
		]);
		expect(structurantes).toBe('réponse structurante, à confirmer');
		expect(groupes.map((g) => g.court).slice(0, 3)).toEqual([
			'1\u00a0sans aucune action',
			'1\u00a0à réponse diffuse',
			'1\u00a0non évalué'
		]);
		expect(groupes.map((g) => [g.court, g.pourquoi]).at(-1)).toEqual([
			'1\u00a0réponse structurante, à confirmer',
			'atteinte seulement probable'
		]);
		expect(tous).toBe('Les 4\u00a0croisements, dont 1\u00a0non évalué');
		expect(answersSentence(groupes)).toBe(
			'1\u00a0croisement sans aucune action\u00a0: «\u00a0Cours d’école végétalisées\u00a0». 1\u00a0croisement à réponse diffuse, 1\u00a0croisement non évalué et 1\u00a0croisement avec une réponse structurante (à confirmer\u00a0: atteinte seulement probable).'
		);
	});

	it('les croisements sans réponse structurante que le titre compte se lisent sous un seul nom, jamais avec ceux qui en ont une', () => {
		const answers = (...coverages: Coverage[]) =>
			answersHere(
				coverages.map((coverage, i) => ({
					...{ code: `X0${i + 1}`, coverage, actions: [], aConfirmer: false },
					...{ probable: false, passee: false, devinee: false, fins: null }
				})),
				ref.enjeux.croises
			);
		const told = (...coverages: Coverage[]) => answers(...coverages).autresSans?.replace(/\s/g, ' ') ?? null;
		expect(told('aucune', 'diffuse', 'diffuse', 'structurante', 'saisie-incomplete')).toBe(
			'2 autres sans réponse structurante : réponse diffuse'
		);
		expect(told('aucune', 'diffuse')).toBe('1 autre sans réponse structurante : réponse diffuse');
		expect(told('diffuse', 'diffuse', 'de-service')).toBe(
			'3 sans réponse structurante : 2 à réponse diffuse et 1 réponse de service'
		);
		expect(told('aucune', 'structurante', 'saisie-incomplete')).toBeNull();
		const sum = (...coverages: Coverage[]) => {
			return answers(...coverages).somme?.replace(/\s/g, ' ') ?? null;
		};
		expect(sum('aucune', 'aucune', 'diffuse', 'de-service', 'structurante', 'saisie-incomplete')).toBe('2 + 2 = 4');
		expect(sum('aucune', 'structurante')).toBeNull();
		expect(sum('diffuse', 'de-service', 'structurante')).toBeNull();
	});

	it('un enjeu qu’un croisement ne permet pas de juger n’est pas dit sans lacune', () => {
		const crossings = { T01: ['X01', 'X02'], T02: ['X06'] };
		const asked = { enjeu: 'X02', reponse: 'donnee-manquante', ecartee: null } as const;
		expect(isAskedOn([asked], 'T01', crossings)).toBe(true);
		expect(isAskedOn([asked], 'T02', crossings)).toBe(false);
		expect(isAskedOn([{ ...asked, reponse: 'alerte' }], 'T01', crossings)).toBe(false);
		expect(isAskedOn([{ ...asked, ecartee: {} as never }], 'T01', crossings)).toBe(false);
	});

	it('une réponse structurante et une lacune du même croisement s’expliquent l’une l’autre', () => {
		const here = (code: string): CrossingHere => ({
			...{ code, coverage: 'structurante', actions: [] },
			...{ aConfirmer: code === 'X01', probable: true, passee: false, devinee: false, fins: null }
		});
		const open = { lacunes: [{ enjeu: 'X01', regle: 'G02' }], regles: { G02: 'Le droit commun n’arrive pas' } };
		const said = 'une lacune y reste ouverte\u00a0: «\u00a0Le droit commun n’arrive pas\u00a0»';
		expect(reserveWords(here('X01'), open)).toBe(`à confirmer\u00a0: atteinte seulement probable\u202f; ${said}`);
		expect(reserveWords(here('X05'), open)).toBeNull();
		expect(answersHere([here('X01'), here('X05')], ref.enjeux.croises).groupes[0]!.pourquoi).toBe(
			'à confirmer\u00a0: atteinte seulement probable'
		);
		expect(answersHere([here('X01'), here('X05')], ref.enjeux.croises, open).groupes[0]!.reserve).toBe(
			'dont 1 à confirmer\u00a0: atteinte seulement probable\u202f; une lacune reste ouverte sur 1 d’entre eux\u00a0: «\u00a0Le droit commun n’arrive pas\u00a0»'
		);
	});

	it('une réponse structurante qui ne tient qu’à la commune est à confirmer ; une action qui nomme le quartier la confirme', () => {
		const communal = anAction({ ...homes, communes: [AUBRELLE.nom] });
		expect(reached(communal)).toEqual(['structurante', true]);
		expect(reached(communal, anAction({ ...homes, quartiers: ['Les Essais'] }))).toEqual(['structurante', false]);
		expect(reached()[1]).toBe(false);
	});
});
