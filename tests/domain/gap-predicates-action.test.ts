import { describe, expect, it } from 'vitest';
import type { Champ } from '../../src/lib/domain/action';
import type { GapView } from '../../src/lib/domain/rules/gaps';
import { countOnce, gapsOfQuartier } from '../../src/lib/domain/rules/gaps-by-quartier';
import type { PlacedAction } from '../../src/lib/domain/crossing/place';
import { financingPlan } from '../../src/lib/domain/funding/plan';
import { measuresOn } from '../../src/lib/domain/rules/gap-view';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { type aDecision, aLine, aPlaced } from '../fixtures/build';
import { CDV, PCAET, Q, aMeasure, dismissed, find, here, view } from '../fixtures/gaps';

const flat = (text: string) => text.replace(/\s/g, ' ');

describe('G08, pilotage incomplet', () => {
	const g08 = (v: GapView, decisions?: ReturnType<typeof aDecision>[]) =>
		find('G08', 'pilotageIncomplet', v, decisions);

	it('d’une liste de subventions, on demande au bénéficiaire qui suit l’action, et non à qui tient la liste', () => {
		const bare = { ...CDV, champs: ['titre', 'qpv'] as const };
		const list = (id: number, said: { readonly liste?: string } = {}) => ({
			...{ ...bare, id, champs: [...bare.champs] },
			...said
		});
		const ask = (...documents: GapView['documents']) => g08(view([here({})], { documents: [...documents, PCAET] }));
		const lists = [1, 3, 4].map((id) => list(id, { liste: `Subventions ${id}` }));
		expect(ask(...lists)).toMatchObject([
			{
				id: 'G08:listes:pilotage',
				message: expect.stringMatching(
					/^Les listes de subventions disent qui a reçu l’aide, pas qui suit l’action\u00a0: /
				),
				aFaire: 'Demander au Service le nom de qui suit chaque action, et l’écrire sur sa page.'
			}
		]);
		const unsaid = g08(view([here({ elu: null })], { documents: [list(1), PCAET] }));
		expect(unsaid[0]!.aFaire).toMatch(
			/^Demander au responsable du contrat de ville quel élu répond de ses actions, et /
		);
	});

	it('d’un plan sans colonnes de pilotage, un seul geste pour toutes : l’écrire ici, ou au fichier quand c’est un tableau', () => {
		const bare = { ...PCAET, champs: ['titre'] as Champ[] };
		const from = (fichier: string, said = {}) =>
			g08(
				view(
					[
						here({
							...{ document: 2, plan: 'pcaet', pilote: null, elu: null, instance: null },
							origine: { fichier, feuille: 'F', ligne: 2 },
							...said
						})
					],
					{ documents: [bare] }
				)
			);
		expect(from('plans-nationaux.json').map(({ id, ou }) => [id, ou])).toEqual(
			['elu', 'instance', 'pilote'].map((champ) => [`G08:doc2:${champ}`, 'actions'])
		);
		expect([...new Set(from('plans-nationaux.json').map((gap) => gap.aFaire))]).toEqual([
			'Demander au responsable du PCAET qui pilote ses actions, quel élu en répond et quelle instance les suit, et l’écrire dans le tableau des actions, plusieurs lignes à la fois.'
		]);
		expect(from('plan.xlsx')[0]?.aFaire).toMatch(/plusieurs lignes à la fois, ou dans le fichier à réimporter\.$/);
		// Written here on each action, nothing is left to ask.
		expect(from('plan.xlsx', { elu: 'Une élue' }).map((gap) => gap.id)).toEqual([
			'G08:doc2:instance',
			'G08:doc2:pilote'
		]);
	});

	it('se lève sur une case vide d’une colonne qui existe, plus grave sans pilote', () => {
		expect(g08(view([here({ pilote: null })]))).toMatchObject([{ id: 'G08:a', gravite: 'haute', quartier: Q }]);
		expect(g08(view([here({ elu: null })]))).toMatchObject([{ gravite: 'moyenne' }]);
		expect(g08(view([here({ instance: null })]))).toMatchObject([{ gravite: 'information' }]);
	});

	it('se tait quand tout est rempli', () => expect(g08(view([here({})]))).toEqual([]));

	it('d’un plan achevé, on ne demande ni colonne ni pilote', () => {
		const until = (periode: string, champs = CDV.champs) =>
			g08(view([here({ pilote: null })], { documents: [{ ...CDV, champs, periode }, PCAET] }));
		expect(until('2014-2020')).toEqual([]);
		expect(until('2014-2020', ['titre'])).toEqual([]);
		expect(until('2024-2030')).toHaveLength(1);
	});

	it.each(['diffuse', 'aucune', 'inconnu'] as const)(
		'une action d’atteinte %s rend compte comme les autres, à l’échelle du territoire',
		(niveau) => {
			const wide = aPlaced({ action: { id: 'w', pilote: null }, atteinte: { [Q]: niveau } });
			const gaps = g08(view([wide]));
			expect(gaps).toMatchObject([{ id: 'G08:w', gravite: 'haute', quartier: null }]);
			expect(gapsOfQuartier(gaps, Q, [wide])).toEqual([]);
			const { dedans, dehors } = countOnce(gaps, [wide]);
			expect(dehors).toMatchObject({ haute: 1, moyenne: 0 });
			expect(dedans.haute).toBe(0);
		}
	);

	it('une action de deux quartiers est une lacune, non deux', () => {
		const two = aPlaced({ action: { id: 'w', pilote: null }, atteinte: { [Q]: 'explicite', QNZZZ02N: 'cible' } });
		const { dedans, dehors, partagees } = countOnce(g08(view([two])), [two]);
		expect({ dedans: dedans.haute, dehors: dehors.haute, partagees }).toEqual({ dedans: 1, dehors: 0, partagees: 1 });
	});

	it.each(['à définir', 'À préciser', 'TBD', 'en cours de désignation', 'non défini', 'Aucun', 'à désigner.'])(
		'« %s » ne nomme personne : le pilote manque, et le mot du fichier est cité',
		(pilote) => {
			const [gap, ...others] = g08(view([here({ pilote })]));
			expect(gap).toMatchObject({ id: 'G08:a', gravite: 'haute' });
			expect(gap?.preuves.faits.join()).toContain(`le fichier écrit «\u00a0${pilote}\u00a0»`);
			expect(others).toEqual([]);
		}
	);

	it('une instance « à créer » manque, un élu « à désigner » aussi ; un service qui porte ces mots est nommé', () => {
		expect(g08(view([here({ instance: 'à créer' })]))).toMatchObject([{ gravite: 'information' }]);
		expect(g08(view([here({ elu: 'à désigner' })]))).toMatchObject([{ gravite: 'moyenne' }]);
		expect(g08(view([here({ pilote: 'Service à définir avec la Ville' })]))).toEqual([]);
	});

	it('sans la colonne : une demande par document et par champ, aucune alerte par action', () => {
		const bare = { ...CDV, champs: ['titre', 'elu', 'instance'] as Champ[] };
		const gaps = g08(view([here({ pilote: null }), here({ id: 'b', pilote: null })], { documents: [bare] }));
		expect(gaps).toMatchObject([{ id: 'G08:doc1:pilote', reponse: 'donnee-manquante', gravite: 'information' }]);
	});

	it('écartée, elle le dit', () => {
		expect(g08(view([here({ pilote: null })]), [dismissed('G08:a')])[0]?.ecartee).not.toBeNull();
	});
});

const costing = (euros: number) => ({ budget: { euros, base: 'HT' as const, max: null } });

describe('G10, plan de financement incomplet', () => {
	const g10 = (v: GapView, decisions?: ReturnType<typeof aDecision>[]) =>
		find('G10', 'financementIncomplet', v, decisions);
	const cost = { euros: 100_000, base: 'HT' as const, max: null };

	it('le temps d’agents n’explique pas l’absence de coût de travaux, ni d’un programme contre les inondations', () => {
		const asked = (titre: string, nature: string | null = null) => g10(view([here({ titre }, nature)]))[0]?.aFaire;
		expect(asked('Animer un réseau de bénévoles', 'N2')).toContain('si ce n’est que du temps d’agents déjà payés');
		for (const titre of ['Programme de prévention des inondations (PAPI) de la Lye', 'Travaux de la place'])
			expect(asked(titre), titre).not.toContain('temps d’agents');
		expect(asked('Refaire la place', 'N1')).not.toContain('temps d’agents');
	});

	it('ne demande rien d’une action qui dit coûter 0\u00a0€, ni d’un plan achevé', () => {
		expect(g10(view([here({ budget: { ...cost, euros: 0 } })]))).toEqual([]);
		const half = here({ budget: cost, financements: [aLine({ demande: 60_000 })] });
		const until = (periode: string) => view([half], { documents: [{ ...CDV, periode }, PCAET] });
		expect(g10(until('2014-2020'))).toEqual([]);
		expect(g10(until('2024-2030'))).toHaveLength(1);
		const bare = (periode: string) => view([here({})], { documents: [{ ...CDV, periode, champs: ['titre'] }, PCAET] });
		expect(g10(bare('2014-2020'))).toEqual([]);
		expect(g10(bare('2024-2030'))).toHaveLength(1);
	});

	it('se lève quand plus d’un cinquième du coût reste à trouver', () => {
		const [gap] = g10(view([here({ budget: cost, financements: [aLine({ demande: 60_000 })] })]));
		expect(gap).toMatchObject({ id: 'G10:a', gravite: 'moyenne', reponse: 'alerte' });
		expect(gap?.message).toContain('40\u202f000\u00a0€');
		expect(gap?.message).toContain('40\u00a0%');
	});

	it('une action dont la fin prévue est passée : on demande d’abord si elle est terminée', () => {
		const of = (fin: string) =>
			g10(
				view([
					here({ budget: cost, financements: [aLine({ demande: 10_000 })], dates: { debut: null, fin, texte: null } })
				])
			)[0]!.aFaire;
		expect(of('2019-12-31')).toMatch(/^Vérifier que l’action n’est pas finie \(prévue en 2019\)\. Demander/);
		expect(of('2028-12-31')).toMatch(/^Demander au Service /);
	});

	it('ce qui reste se dit sous réserve, tant que rien ne dit si les financements sont HT ou TTC', () => {
		const of = (base: 'HT' | 'inconnu', line = aLine({ demande: 60_000 })) =>
			g10(view([here({ budget: { ...cost, base }, financements: [line] })]))[0];
		expect(of('HT')?.message).toContain('n’auraient pas de financeur');
		expect(of('HT')?.pourquoi).toBe(
			'Le coût est HT, les financements ne le disent pas tous\u00a0: à écrire sur sa page de financement.'
		);
		expect(of('inconnu')?.pourquoi).toMatch(
			/^Rien ne dit si ces montants sont HT ou TTC\u00a0: à écrire sur sa page de financement\.$/
		);
		const refused = of('HT', aLine({ demande: 90_000, obtenu: 0, etat: 'refuse' }));
		expect(refused?.message).toMatch(
			/\u00a0: tout reste à financer, soit 100\u202f000\u00a0€ HT\u202f; refus de «\u00a0Fonds fictif\u00a0», 90\u202f000\u00a0€ demandés\.$/
		);
		expect(refused?.pourquoi).toBeUndefined();
	});

	it('un refus se dit pour ce qu’il est : jamais « 0 € obtenu », et qui a dit non n’est pas redemandé', () => {
		const financements = [
			aLine({ libelle: 'Fonds fictif', demande: 40_000, obtenu: 0, etat: 'refuse', base: 'HT' }),
			aLine({ libelle: 'Autre fonds', demande: 60_000, obtenu: 60_000, etat: 'obtenu', base: 'HT' })
		];
		const gap = g10(view([here({ budget: cost, financements })]))[0]!;
		expect(gap.preuves.faits.map(flat)).toContainEqual(
			expect.stringMatching(/Fonds fictif : 40 000 € HT demandés, refusés$/)
		);
		expect(gap.preuves.faits.join()).not.toMatch(/\u00a0: 0\u00a0€/);
		expect(flat(gap.message)).toContain('refus de « Fonds fictif », 40 000 € demandés');
		expect(gap.aFaire).toContain('qui d’autre peut couvrir ce reste');
		const silent = aLine({ libelle: 'Fonds fictif', demande: null, obtenu: 0, etat: 'refuse', base: 'HT' });
		const blank = g10(view([here({ budget: cost, financements: [silent] })]))[0]!;
		expect(blank.preuves.faits.join()).toContain('Fonds fictif\u00a0: demande refusée');
		// Two refusals of two bases have no sum.
		const other = aLine({ libelle: 'Fonds voisin', demande: 10_000, obtenu: 0, etat: 'refuse', base: 'TTC' });
		const two = g10(view([here({ budget: cost, financements: [financements[0]!, other] })]))[0]!;
		expect(flat(two.message)).toMatch(/refus de « Fonds fictif » et « Fonds voisin »\.$/);
	});

	it('une action qui finit dans les trois mois fait demander aussi ce qui suit', () => {
		const until = (fin: string, nature = 'N2') =>
			g10(
				view([
					here(
						{
							budget: cost,
							financements: [aLine({ demande: 10_000, base: 'HT' })],
							dates: { debut: null, fin, texte: null }
						},
						nature
					)
				])
			)[0]!.pourquoi ?? '';
		expect(flat(until('2026-12-31'))).toContain(
			'Fin prévue le 31/12/2026 : demander aussi si l’action est reconduite, et avec quel argent.'
		);
		expect(flat(until('2026-12-31', 'N1')), 'des travaux ne se reconduisent pas').toContain(
			'Fin prévue le 31/12/2026 : demander aussi si ce reste sera trouvé d’ici là ou si la date est repoussée.'
		);
		expect(until('2027-12-31')).not.toContain('reconduite');
		expect(until('2025-12-31')).not.toContain('reconduite');
	});

	it('une aide fermée, seulement envisagée, ne finance rien : ce qui reste la compte, et la phrase le dit', () => {
		const mesures = new Map([
			['fonds.clos', aMeasure({ libelle: 'Fonds clos', etat: 'fermee' })],
			['fonds.ouvert', aMeasure()]
		]);
		const plan = (dispositif: string, etat: 'envisage' | 'demande') =>
			here({
				budget: cost,
				financements: [
					aLine({ demande: 30_000, etat, dispositif }),
					aLine({ demande: 50_000, obtenu: 50_000, etat: 'obtenu' })
				]
			});
		const of = (dispositif: string, etat: 'envisage' | 'demande') =>
			g10(view([plan(dispositif, etat)], { mesures }))[0];
		expect(of('fonds.ouvert', 'envisage')).toBeUndefined();
		// Asked for, it may have been in time: G14 tells it.
		expect(of('fonds.clos', 'demande')).toBeUndefined();
		expect(of('fonds.clos', 'envisage')?.message).toMatch(
			/il resterait 50\s000\s€ à financer sur 100\s000\s€ HT \(50\s%\)\s; les 30\s000\s€ inscrits de «\sFonds clos\s», fermé, n’y comptent pas\.$/
		);
		expect(of('fonds.clos', 'envisage')?.aFaire).toContain('quelles aides sont déjà sollicitées');
	});

	it('un coût qui manque à une action dont la fin est passée fait d’abord demander si elle est finie', () => {
		const late = { budget: null, dates: { debut: null, fin: '2023-12-31', texte: '2023' } };
		expect(g10(view([here(late)]))[0]!.aFaire).toMatch(
			/^Vérifier que l’action n’est pas finie \(prévue en 2023\)\. Demander un premier chiffrage/
		);
	});

	it('un calendrier écrit en toutes lettres se cite, une période se dit', () => {
		const since = (dates: object) =>
			flat(
				g10(view([here({ budget: null, dates: { debut: null, fin: '2023-12-31', texte: null, ...dates } })]))[0]!.aFaire
			);
		expect(since({ debut: '2021-01-01' })).toContain('(prévue en 2021-2023)');
		expect(since({ texte: '2023 Perception' })).toContain('(son calendrier : « 2023 Perception »)');
	});

	it('ce qui commence bientôt dit quand, puisque c’est ce qui presse', () => {
		const soon = { budget: null, dates: { debut: '2027-03-01', fin: null, texte: null } };
		expect(g10(view([here(soon)]))[0]).toMatchObject({ gravite: 'haute', pourquoi: 'Début prévu le 01/03/2027.' });
	});

	it('ce qui est inscrit sans dire s’il est accordé n’est ni acquis ni refusé : on le demande, avec le nom de qui paierait', () => {
		const lines = [
			aLine({ demande: 20_000, etat: 'envisage' }),
			aLine({ demande: 30_000, obtenu: 30_000, etat: 'obtenu' })
		];
		const [gap] = g10(view([here({ budget: cost, financements: lines })]));
		expect(flat(gap!.message)).toContain(
			'20 000 € sont inscrits sans accord écrit et 50 000 € n’auraient pas de financeur'
		);
		expect(flat(gap!.aFaire)).toContain('si les 20 000 € inscrits (« Fonds fictif ») sont acquis et qui peut couvrir');
		const asked = lines.map((line) => (line.obtenu === null ? { ...line, etat: 'demande' as const } : line));
		expect(g10(view([here({ budget: cost, financements: asked })]))[0]?.message).toContain('ne sont que demandés');
	});

	it('dans une même base écrite, ce qui reste se dit sans réserve ; HT et TTC mêlés, il ne se calcule pas, et c’est dit', () => {
		const of = (...bases: ('HT' | 'TTC' | undefined)[]) =>
			g10(
				view([
					here({ budget: cost, financements: bases.map((base) => aLine({ demande: 30_000, ...(base && { base }) })) })
				])
			)[0]!;
		expect(of('HT', 'HT').message).toMatch(/\(40\u00a0%\)\.$/);
		const mixed = of('HT', 'TTC');
		expect(mixed).toMatchObject({ gravite: 'information' });
		expect(mixed.message).toContain('mêlent HT et TTC');
		expect(mixed.message).not.toContain('40\u202f000');
	});

	it('une action qui démarre dans l’année est plus grave', () => {
		const dates = { debut: '2027-03-01', fin: null, texte: null };
		expect(g10(view([here({ budget: cost, dates, financements: [aLine({ demande: 60_000 })] })]))).toMatchObject([
			{ gravite: 'haute' }
		]);
	});

	it('s’adresse à qui porte l’action, et au pilote quand nul porteur n’est nommé', () => {
		const of = (porteur: string | null) => g10(view([here({ pilote: 'Direction A', porteur })]))[0]!.aFaire;
		expect(of('Gamme Habitat')).toContain('au porteur, Gamme Habitat');
		expect(of(null)).toContain('à la Direction A');
		expect(of('Entreprise')).toContain('à la Direction A');
	});

	it('quand personne n’est nommé, s’adresse au responsable du document', () => {
		const [gap] = g10(view([here({ pilote: null, porteur: null })]));
		expect(gap!.aFaire).toMatch(/^Demander un premier chiffrage au responsable du contrat de ville\s;/);
	});

	it('l’obtenu remplace le demandé, un refus compte pour zéro', () => {
		const lines = [aLine({ demande: 90_000, obtenu: 0, etat: 'refuse' })];
		expect(g10(view([here({ budget: cost, financements: lines })]))[0]?.message).toContain('100\u202f000\u00a0€');
		expect(g10(view([here({ budget: cost, financements: [aLine({ demande: 10, obtenu: 95_000 })] })]))).toEqual([]);
	});

	it('une case de coût vide se dit ; sans colonne de coût, une seule demande', () => {
		expect(g10(view([here({})]))).toMatchObject([{ id: 'G10:a', reponse: 'alerte' }]);
		const bare = { ...CDV, champs: ['titre'] as Champ[] };
		const gaps = g10(view([here({}), here({ id: 'b' })], { documents: [bare] }));
		expect(gaps).toMatchObject([{ id: 'G10:doc1:cout_investissement', reponse: 'donnee-manquante' }]);
	});

	it('une ligne sans montant n’est pas un zéro : demande de donnée', () => {
		const gaps = g10(view([here({ budget: cost, financements: [aLine()] })]));
		expect(gaps).toMatchObject([{ id: 'G10:doc1:financements', reponse: 'donnee-manquante' }]);
	});

	it('dit le chiffre de la page de l’action : ses lignes saisies à la main comptent, une ligne précisée ne compte plus', () => {
		const action = here({ budget: cost, financements: [aLine({ libelle: 'Région', demande: 60_000, base: 'HT' })] });
		const typed = (id: number, euros: number, precise: string | null) => ({
			...{
				id,
				ligne: `l${id}`,
				retiree: false,
				financeur: 'Région',
				dispositif: null,
				nature: 'obtenu' as const,
				euros
			},
			...{
				base: 'HT' as const,
				date: null,
				publique: true,
				precise,
				source: null,
				par: 'Nadia Perrault',
				le: '2026-11-20'
			}
		});
		const placed = { ...action, saisies: { faits: [], lignes: [typed(1, 30_000, 'fichier:region|subvention')] } };
		const { reste } = financingPlan(placed, loadReferentiel());
		expect(reste).toMatchObject({ genre: 'connu', euros: 70_000 });
		expect(g10(view([placed]))[0]?.message).toMatch(/il reste 70\s000\s€ à financer sur 100\s000\s€ HT \(70\s%\)\.$/);
	});

	it('écartée, elle le dit', () => {
		expect(g10(view([here({})]), [dismissed('G10:a')])[0]?.ecartee).not.toBeNull();
	});
});

describe('G07, aucun jalon avant 2030', () => {
	const g07 = (v: GapView, decisions?: ReturnType<typeof aDecision>[]) => find('G07', 'sansJalon', v, decisions);

	it('se lève quand toutes les dates sont après 2030, ou que la prochaine est lointaine', () => {
		expect(g07(view([here({ etapes: ['Livraison 2033'] })]))).toMatchObject([{ gravite: 'moyenne' }]);
		expect(g07(view([here({ etapes: ['Étude 2025', 'Livraison 2030'] })]))).toMatchObject([{ gravite: 'information' }]);
	});

	it('regarde aussi l’action de toute l’intercommunalité, à l’échelle du territoire et de nul quartier', () => {
		const wide = aPlaced({ action: { id: 'w', etapes: ['Livraison 2033'] }, atteinte: { [Q]: 'diffuse' } });
		const gaps = g07(view([wide]));
		expect(gaps).toMatchObject([{ id: 'G07:w', quartier: null }]);
		expect(gapsOfQuartier(gaps, Q, [wide])).toEqual([]);
	});

	it('ce qui revient chaque année n’est pas dit sans étape : son premier jalon écrit est loin', () => {
		const said = (titre: string) => g07(view([here({ titre, etapes: ['Bilan 2030'] })]))[0];
		expect(said('Tenir chaque année une COP des quartiers')).toMatchObject({
			gravite: 'information',
			message: expect.stringMatching(/revient chaque année, mais son premier jalon écrit est fixé au 31\/12\/2030/)
		});
		expect(said('Tenir une COP des quartiers')?.message).toMatch(/^Aucun point d’étape n’est écrit pour/);
	});

	it('un coût écrit « par an » n’est jamais dit comme celui de toute l’action', () => {
		const why = (notes: string | null) =>
			flat(g07(view([here({ budget: costing(5_000).budget, notes, etapes: ['Livraison 2033'] })]))[0]!.pourquoi!);
		expect(why(null)).toMatch(/^Coût inscrit : 5 000 € HT \(/);
		expect(why('Coût écrit par an\u00a0: 5 000 €/an')).toMatch(/^Coût inscrit : 5 000 € HT par an \(/);
	});

	it('« à mi-parcours » tenu en mémoire change le jour où la moitié passe', () => {
		const placed = [here({ dates: { debut: '2024-01-01', fin: '2029-12-31', texte: null } })];
		const documents = [{ ...CDV, champs: [...CDV.champs, 'etapes' as const] }, PCAET];
		const memoire = new Map();
		const on = (asOf: string) => g07({ ...view(placed, { documents }), asOf, memoire } as GapView)[0]!.aFaire;
		expect(on('2026-11-22')).toContain('à mi-parcours');
		expect(on('2027-06-30')).toContain('avant sa fin');
	});

	it('« à mi-parcours » ne se fixe plus quand la moitié est passée', () => {
		const said = (debut: string) =>
			g07(
				view([here({ dates: { debut, fin: '2029-12-31', texte: null } })], {
					documents: [{ ...CDV, champs: [...CDV.champs, 'etapes'] }, PCAET]
				})
			)[0]!.aFaire;
		expect(said('2026-01-01')).toContain('un résultat attendu à mi-parcours');
		expect(said('2020-01-01')).toContain('un résultat attendu avant sa fin');
	});

	it('sa fin, quand c’est la première date, se dit comme une fin ; un jalon, comme un jalon', () => {
		const said = (action: Parameters<typeof here>[0]) =>
			g07(view([here(action)], { documents: [{ ...CDV, champs: [...CDV.champs, 'etapes'] }, PCAET] }))[0]!.message;
		expect(said({ dates: { debut: null, fin: '2029-12-31', texte: null } })).toContain(
			'avant sa fin, en 2029, à plus de'
		);
		expect(said({ dates: { debut: null, fin: '2029-06-30', texte: null } })).toContain('avant sa fin, le 30/06/2029');
		expect(said({ etapes: ['Livraison 2030'] })).toContain('avant son premier jalon, le 31/12/2030');
	});

	it('une période n’est pas un jalon : la phrase et le fait disent que seule la fin est écrite', () => {
		const said = (action: Parameters<typeof here>[0]) =>
			g07(view([here(action)], { documents: [{ ...CDV, champs: [...CDV.champs, 'etapes'] }, PCAET] }))[0];
		const period = said({ dates: { debut: '2026-01-01', fin: '2031-12-31', texte: '2026-2031' } });
		expect(period).toMatchObject({
			gravite: 'moyenne',
			message: expect.stringMatching(/2030.; son calendrier ne donne qu’une période \(2026-2031\), sans étape\.$/)
		});
		expect(period!.preuves.faits).toEqual([expect.stringMatching(/fin au 31\/12\/2031$/)]);
		expect(said({ dates: { debut: null, fin: '2031-06-30', texte: null } })?.message).toMatch(
			/; seule sa fin est écrite, le 30\/06\/2031\.$/
		);
		expect(said({ etapes: ['Livraison 2033'] })?.message).toMatch(/; le premier est fixé au 31\/12\/2033\.$/);
		expect(
			said({ titre: 'COP chaque année', dates: { debut: '2026-01-01', fin: '2030-12-31', texte: '2026-2030' } })
				?.message
		).toMatch(/mais la première date écrite est sa fin, le 31\/12\/2030/);
	});

	it('ne demande aucune date à un plan achevé', () => {
		const until = (periode: string) => g07(view([here({})], { documents: [{ ...CDV, periode }, PCAET] }));
		expect(until('2014-2020')).toEqual([]);
		expect(until('2024-2030')).toHaveLength(1);
	});

	it('se tait devant un jalon proche', () =>
		expect(g07(view([here({ etapes: ['Chantier au 15/03/2027'] })]))).toEqual([]));
	it('devant une action sans date, une demande par document', () =>
		expect(g07(view([here({}), here({ id: 'b' })]))).toMatchObject([
			{ id: 'G07:doc1:date_fin', reponse: 'donnee-manquante', preuves: { actions: ['a', 'b'] } }
		]));
	it('écartée, elle le dit', () =>
		expect(g07(view([here({ etapes: ['2033'] })]), [dismissed('G07:a')])[0]?.ecartee).not.toBeNull());
});

describe('G04, financement possible non sollicité', () => {
	/** One question that the measure depends on, and one that only its operator can answer. */
	const asks = (cle: string, bloquant: boolean) => ({
		...{ cle, critere: cle, attendu: 'oui', trouve: null, question: `${cle}\u00a0?`, bloquant },
		...{ source: null, vigueur: null }
	});
	const verdict = (
		verdict: 'a-instruire' | 'ecarte' | 'indetermine',
		manquants: readonly ReturnType<typeof asks>[] = []
	) => ({
		action: 'a',
		quartier: null,
		mesure: 'fonds.mesure',
		dispositif: 'fonds',
		verdict,
		remplis: [],
		echecs: [],
		manquants,
		sources: [] // prettier-ignore
	});
	const mesures = new Map([['fonds.mesure', aMeasure({ libelle: 'Mesure fictive' })]]);
	const g04 = (action: PlacedAction, v: ReturnType<typeof verdict>, decisions?: ReturnType<typeof aDecision>[]) =>
		find('G04', 'financementNonSollicite', view([action], { verdicts: [[v]], mesures }), decisions);

	it('se lève sur une mesure à instruire que l’action ne cite pas', () => {
		const [gap] = g04(here({}), verdict('a-instruire'));
		expect(gap).toMatchObject({ id: 'G04:a', gravite: 'haute' });
		expect(gap?.message).toContain('Mesure fictive');
	});

	it('une case vide dans la colonne de cette aide même ne dit pas qu’elle n’est pas demandée : on le demande', () => {
		const beside = (id: string, dispositif: string) => here({ id, financements: [aLine({ dispositif })] });
		const said = (others: PlacedAction[], own: object = {}) => {
			const blank = here({ pilote: null, porteur: 'CCAS', budget: { euros: 9000, base: 'HT', max: null }, ...own });
			const verdicts = [[verdict('a-instruire', [asks('gain', true)])]];
			return find('G04', 'financementNonSollicite', view([blank, ...others], { verdicts, mesures }))[0];
		};
		const column = ['b', 'c', 'd'].map((id) => beside(id, 'fonds'));
		expect(said(column)?.message).toMatch(
			/0\u00a0critère rempli sur 1\u202f; la case de cette aide est vide, et rien ne dit si elle est déjà demandée\.$/
		);
		expect(said(column)?.aFaire).toMatch(
			/^Demander au CCAS si cette aide est déjà demandée\u202f; sinon, répondre aux questions/
		);
		// One line of it is no column, nor is that of another fund; a line of one’s own is an answer.
		for (const plain of [
			said([beside('b', 'fonds')]),
			said(['b', 'c', 'd'].map((id) => beside(id, 'autre'))),
			said(column, { financements: [aLine({ dispositif: 'autre' })] })
		]) {
			expect(plain?.message).not.toContain('la case de cette aide');
			expect(plain?.aFaire).toMatch(/^Répondre aux questions/);
		}
	});

	it('sans coût écrit, le dit', () => {
		const of = (action: PlacedAction) => g04(action, verdict('a-instruire'))[0]?.message;
		expect(of(here({}))).toContain('son coût reste à chiffrer');
		expect(of(here({ budget: { euros: 1000, base: 'HT', max: null } }))).not.toContain('à chiffrer');
	});

	it('dit d’un prêt que c’en est un', () => {
		const loan = new Map([['fonds.mesure', aMeasure({ libelle: 'Mesure fictive', pret: 'prêt et ingénierie' })]]);
		const verdicts = [[verdict('a-instruire')]];
		const [gap] = find('G04', 'financementNonSollicite', view([here({})], { verdicts, mesures: loan }));
		expect(gap?.message).toContain('Mesure fictive (prêt et ingénierie)');
		const said = measuresOn(loadReferentiel().financements, '2026-11-22').get('banque-des-territoires.quartiers-2030');
		expect(said?.pret).toMatch(/prêt/);
		// Nobody borrows for a small cost: it is neither proposed nor asked about.
		const of = (euros: number, granted = 0) =>
			find(
				'G04',
				'financementNonSollicite',
				view([here({ ...costing(euros), financements: granted ? [aLine({ demande: granted })] : [] })], {
					verdicts,
					mesures: new Map([['fonds.mesure', aMeasure({ faits: { ...aMeasure().faits, pret: true } })]])
				})
			);
		expect(of(120_000)).toHaveLength(1);
		expect(of(48_000)).toEqual([]);
		// Nor for a plan that covers it all.
		expect([of(120_000, 120_000), of(120_000, 100_000)]).toMatchObject([[], [{ id: 'G04:a' }]]);
	});

	it('une chose à la fois : l’opérateur se demande une fois le coût connu, et se nomme en attendant', () => {
		const asked = (budget: Parameters<typeof here>[0]) =>
			g04(here(budget, 'N1'), verdict('a-instruire'))[0]!.aFaire.match(/demander/gi)?.length;
		expect(g04(here({ budget: null }, 'N1'), verdict('a-instruire'))[0]!.aFaire).toMatch(
			/^Demander un premier chiffrage .*, puis répondre aux questions de la page de financement\u202f; l’opérateur est /
		);
		expect(asked({ budget: null })).toBe(1);
		const known = (...manquants: ReturnType<typeof asks>[]) =>
			g04(here(costing(200_000), 'N1'), verdict('a-instruire', manquants))[0]!.aFaire;
		expect(known(asks('gain', true))).toMatch(/^Répondre aux questions .*, puis demander à l’opérateur \(/);
		// Nothing left to answer there, or what only the operator knows: it is asked first.
		for (const told of [known(), known(asks('ouverture', false))])
			expect(told).toMatch(
				/^Demander à l’opérateur \(.*\) si l’aide est ouverte à ce projet\u202f; si non, écarter cette aide\.$/
			);
	});

	it('tout est financé : plus de prêt ; une aide peut remplacer l’apport du porteur, non celle d’un autre', () => {
		const line = (libelle: string, genre: 'subvention' | 'autofinancement') =>
			aLine({ libelle, dispositif: null, genre, obtenu: 200_000, etat: 'obtenu', base: 'HT' });
		const of = (pret: boolean, ...financements: ReturnType<typeof aLine>[]) => {
			const budget = { euros: 200_000, base: 'HT' as const, max: null };
			const mesures = new Map([['fonds.mesure', aMeasure({ faits: { ...aMeasure().faits, pret } })]]);
			const v = view([here({ budget, financements })], { verdicts: [[verdict('a-instruire')]], mesures });
			return find('G04', 'financementNonSollicite', v);
		};
		const how = (...lines: ReturnType<typeof aLine>[]) => [true, false].map((pret) => of(pret, ...lines).length);
		expect(how()).toEqual([1, 1]);
		const own = line('Autofinancement', 'autofinancement');
		expect(how(own)).toEqual([0, 1]);
		// It is nothing that waits: it says so, and no louder than that.
		expect(of(false, own)).toMatchObject([
			{
				gravite: 'information',
				pourquoi: expect.stringContaining(
					'Ce coût est déjà couvert\u00a0: l’aide ne ferait qu’alléger ce que le porteur y met.'
				)
			}
		]);
		const other = line('Région', 'subvention');
		expect(how(other)).toEqual([0, 0]);
	});

	it('un prêt proposé à côté d’aides qui atteignent le plafond (G15) dit pourquoi : un prêt ne compte pas sous lui', () => {
		const pourquoi = (obtenu: number, pret = true, porteurType: 'commune' | 'association' = 'commune') => {
			const financements = [aLine({ dispositif: 'dotations-etat.dpv', obtenu, etat: 'obtenu', base: 'HT' })];
			const mesures = new Map([['fonds.mesure', aMeasure({ faits: { ...aMeasure().faits, pret } })]]);
			const action = here({ ...costing(200_000), porteurType, financements }, 'N1');
			const v = view([action], { verdicts: [[verdict('a-instruire')]], mesures });
			return find('G04', 'financementNonSollicite', v)[0]?.pourquoi?.replace(/[\u00a0\u202f]/g, ' ');
		};
		const told = 'Un prêt n’est pas une aide : il ne compte pas sous le plafond de 80 % que les aides atteignent.';
		expect(pourquoi(160_000)).toContain(told);
		expect(pourquoi(180_000)).toContain(told);
		expect(pourquoi(180_000)).toMatch(/^Coût inscrit/);
		// Below the ceiling, for an aid, or for a body the ceiling does not bind: nothing to explain.
		for (const other of [pourquoi(100_000), pourquoi(180_000, false), pourquoi(180_000, true, 'association')])
			expect(other).not.toContain('prêt');
	});

	it('tant que son lieu n’est pas sûr, rien : c’est le lieu qui se demande ; une fois sûr, l’aide est proposée', () => {
		const at = (niveau: 'inconnu' | 'explicite') =>
			aPlaced({ action: { id: 'a' }, nature: 'N2', atteinte: { [Q]: niveau } });
		expect(g04(at('inconnu'), verdict('a-instruire'))).toEqual([]);
		expect(g04(at('explicite'), verdict('a-instruire'))).toMatchObject([{ id: 'G04:a', reponse: 'alerte' }]);
	});

	it('se tait quand le fonds est déjà demandé, ou la mesure écartée', () => {
		expect(g04(here({ financements: [aLine({ dispositif: 'fonds' })] }), verdict('a-instruire'))).toEqual([]);
		expect(g04(here({}), verdict('ecarte'))).toEqual([]);
	});

	it('un verdict indéterminé n’est pas une alerte : il demande ce qui manque, par document', () =>
		expect(g04(here({}), verdict('indetermine'))).toMatchObject([
			{ id: 'G04:doc1:porteur_type', reponse: 'donnee-manquante' }
		]));

	it('sans porteur écrit, ce n’est pas le statut du pilote qui manque : c’est qui fait faire les travaux', () => {
		const asked = (said: object) => g04(here(said), verdict('indetermine'))[0];
		const piloted = asked({ pilote: 'Ville de Lys – Services techniques', porteur: null });
		expect(piloted?.message).toContain('le maître d’ouvrage n’est pas écrit, seul le pilote l’est, pour «');
		expect(piloted?.aFaire).toMatch(/^Demander qui est maître d’ouvrage à la Ville de Lys – Services techniques, puis/);
		const carried = asked({ pilote: null, porteur: 'Gamme Habitat' });
		expect(carried?.message).toContain('le statut juridique du porteur n’est pas renseigné');
		expect(carried?.aFaire).toMatch(
			/^Choisir le statut juridique \(bailleur, association, collectivité…\) pour le porteur, Gamme Habitat, sur/
		);
	});

	it('un nom qui dit sa nature ne se demande pas, ni ce qu’une personne a écrit', () => {
		const asked = (porteur: string, more: object = {}) =>
			g04({ ...here({ pilote: null, porteur }), ...more }, verdict('indetermine')).map((g) => g.id);
		expect(asked('Gamme Habitat')).toEqual(['G04:doc1:porteur_type']);
		// The territory of the test is a CA: its sigle alone is its name.
		expect(asked('CA')).toEqual(['G04:doc1:cout_investissement']);
		const saisies = { faits: [{ fait: 'maitre_ouvrage', valeur: 'bailleur-social' }] };
		expect(asked('Gamme Habitat', { saisies })).toEqual(['G04:doc1:cout_investissement']);
	});
	it('écartée, elle le dit', () =>
		expect(g04(here({}), verdict('a-instruire'), [dismissed('G04:a')])[0]?.ecartee).not.toBeNull());
});
