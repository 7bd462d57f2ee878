import { leadWords } from '../../src/lib/domain/crossing/leads';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/lib/domain/action';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { placeActions } from '../../src/lib/domain/crossing/place-actions';
import { buildPlaces } from '../../src/lib/domain/places/reach';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { VERMOY, aDecision, aQuartier, aTerritory, anAction } from '../fixtures/build';

const PYRAMIDES = 'QNZZZ01N';
const GLACIS = 'QNZZZ02N';
const ref = loadReferentiel();
const lexicon = compileLexicon(ref);
const places = buildPlaces({
	territory: aTerritory(),
	quartiers: [
		aQuartier({ code: PYRAMIDES, nom: 'Les Pyramides' }),
		aQuartier({ code: GLACIS, nom: 'Les Glacis', communes: [VERMOY] })
	],
	correspondances: new Map(),
	tousLesQuartiers: ref.plans.tous_les_quartiers
});
const meneurs = leadWords(ref.plans, 'CA du Pays d’Aubrelle');
const place = (said: Partial<Action>, decisions: ReturnType<typeof aDecision>[] = []) =>
	placeActions([anAction({ id: 'a', ...said })], {
		places,
		lexicon,
		croises: ref.enjeux.croises,
		meneurs,
		decisions
	})[0]!;
const levels = (placed: ReturnType<typeof place>) =>
	Object.fromEntries(placed.reach.map((r) => [r.quartier, r.niveau]));

describe('situer une action', () => {
	it('donne une atteinte par quartier, dans l’ordre du territoire', () => {
		const placed = place({ quartiers: ['Les Glacis'] });
		expect(placed.reach.map((r) => r.quartier)).toEqual([PYRAMIDES, GLACIS]);
		expect(levels(placed)).toEqual({ [PYRAMIDES]: 'aucune', [GLACIS]: 'explicite' });
	});

	it('une action dont les mots ne disent rien n’a ni enjeu ni nature, et reste dans la liste', () => {
		const placed = place({ titre: 'Divers' });
		expect(placed).toMatchObject({ transition: [], ville: [], croises: [], nature: null });
	});

	it('un croisement est complet quand l’action porte ses deux moitiés', () => {
		const placed = place({ enjeuxDeclares: ['T04', 'P01'], quartiers: ['Les Glacis'] });
		expect(placed.croises).toContainEqual({ code: 'X04', complet: true });
	});

	it('une action de PCAET sans mot de politique de la ville porte le croisement à moitié', () => {
		const placed = place({ plan: 'pcaet', titre: 'Étendre le réseau de chaleur', enjeuxDeclares: ['T04'] });
		expect(placed.ville).toEqual([]);
		expect(placed.croises).toEqual([{ code: 'X04', complet: false }]);
	});

	it.each(['Développer le parc éolien', 'Photovoltaïque sur les grandes surfaces'])(
		'« %s » n’est pas la moitié de la chaleur des résidences sociales',
		(titre) => {
			const placed = place({ plan: 'pcaet', titre });
			expect(placed.transition.map((tag) => tag.code)).toContain('T04');
			expect(placed.croises).toEqual([]);
		}
	);

	it.each([
		['Industrie décarbonée', 'T12', []],
		['Soutenir les coopératives de l’économie sociale et solidaire', 'T12', ['X17']],
		['Lutte contre les îlots de chaleur', 'T06', ['X07', 'X08']],
		['Promouvoir l’agriculture biologique', 'T09', []],
		['Projet alimentaire territorial', 'T09', ['X11']],
		['Optimiser la logistique urbaine', 'T05', []],
		['Sensibiliser les entreprises et soutenir leurs efforts en faveur du climat', 'T13', []],
		['Sensibilisation du secteur tertiaire aux économies d’énergie', 'T13', []],
		['Promotion de l’écocitoyenneté', 'T13', ['X18']],
		['Sensibilisation des usagers aux éco-gestes et au réemploi', 'T13', ['X18']]
	])('« %s » n’est la moitié que de ce que ses mots disent', (titre, enjeu, croises) => {
		const placed = place({ plan: 'pcaet', titre });
		expect(placed.transition.map((tag) => tag.code)).toContain(enjeu);
		expect(placed.croises.map((tag) => tag.code)).toEqual(croises);
	});

	it('un enjeu déclaré reste la moitié de tous ses croisements', () => {
		const placed = place({ plan: 'pcaet', titre: 'Promouvoir l’agriculture biologique', enjeuxDeclares: ['T09'] });
		expect(placed.croises.map((tag) => tag.code)).toEqual(['X11', 'X12']);
	});

	it('une chaleur renouvelable à côté d’un parc solaire en reste la moitié', () => {
		const titre = 'Parc photovoltaïque et extension du réseau de chaleur';
		expect(place({ plan: 'pcaet', titre }).croises).toEqual([{ code: 'X04', complet: false }]);
	});

	it('mais pas quand elle nomme un quartier : elle est alors lue pour ce qu’elle dit', () => {
		const placed = place({
			plan: 'pcaet',
			titre: 'Étendre le réseau de chaleur',
			enjeuxDeclares: ['T04'],
			quartiers: ['Les Glacis']
		});
		expect(placed.croises.filter((c) => !c.complet)).toEqual([]);
	});
});

describe('ce qu’une personne décide l’emporte', () => {
	it('sur l’atteinte d’un quartier, avec son nom pour preuve', () => {
		const decision = aDecision({
			sujet: { genre: 'atteinte', id: 'a' },
			quartier: PYRAMIDES,
			valeur: 'cible',
			motif: 'Vu avec le bailleur'
		});
		const placed = place({ quartiers: ['Les Glacis'] }, [decision]);
		expect(placed.reach[0]).toEqual({
			quartier: PYRAMIDES,
			niveau: 'cible',
			par: 'decision',
			preuve: 'Vu avec le bailleur',
			qui: 'Référente transition, le 20/11/2026',
			lu: { niveau: 'aucune', par: 'ailleurs', preuve: 'Les Glacis' }
		});
		expect(placed.reach[1]).toMatchObject({ niveau: 'explicite', par: 'nom' });
	});

	it('la dernière décision vaut, quel que soit l’ordre où elles arrivent', () => {
		const first = aDecision({ id: 1, sujet: { genre: 'atteinte', id: 'a' }, quartier: GLACIS, valeur: 'aucune' });
		const last = aDecision({
			id: 2,
			sujet: { genre: 'atteinte', id: 'a' },
			quartier: GLACIS,
			valeur: { niveau: 'probable' }
		});
		expect(levels(place({}, [last, first]))[GLACIS]).toBe('probable');
	});

	it('sur les enjeux et la nature', () => {
		const enjeux = aDecision({ sujet: { genre: 'enjeux', id: 'a' }, valeur: { transition: ['T09'], ville: ['P04'] } });
		const nature = aDecision({ sujet: { genre: 'nature', id: 'a' }, valeur: 'N1' });
		const placed = place({ titre: 'Réhabiliter 120 logements', natureDeclaree: 'N3' }, [enjeux, nature]);
		expect(placed.transition).toEqual([{ code: 'T09', score: 1, mots: [], par: 'decision' }]);
		expect(placed.croises).toEqual([{ code: 'X11', complet: true }]);
		expect(placed.nature).toMatchObject({ code: 'N1', par: 'decision' });
	});

	it('une décision sur une autre action ne change rien', () => {
		const other = aDecision({ sujet: { genre: 'atteinte', id: 'b' }, quartier: PYRAMIDES, valeur: 'cible' });
		expect(place({ quartiers: ['Les Glacis'] }, [other])).toEqual(place({ quartiers: ['Les Glacis'] }));
	});

	it('sait qui appeler : un nom, le territoire pour « collectivité porteuse », personne pour un genre d’organisme', () => {
		const who = (porteur: string | null, pilote: string | null = null) => place({ porteur, pilote }).meneurs;
		expect(who('Ville de Lys | VILLE DE LYS', 'Service habitat').noms).toEqual(['Service habitat']);
		expect(who('Collectivité porteuse | Entreprise')).toEqual({
			noms: ['CA du Pays d’Aubrelle'],
			genres: ['Entreprise']
		});
		expect(who('Etablissement public local')).toEqual({ noms: [], genres: ['Etablissement public local'] });
		// « Vermoy » is a commune of that territory.
		expect(who('VERMOY').noms).toEqual(['Vermoy']);
		expect(who('CCAS de Vermoy').noms).toEqual(['CCAS de Vermoy']);
		expect(who(null)).toEqual({ noms: [], genres: [] });
	});
});

describe('la moitié d’un croisement se lit à l’objet du titre', () => {
	const SECTEUR = 'Gestion / production / distribution de l’énergie';
	const croises = (titre: string, secteurs: string[] = []) =>
		place({ titre, secteurs, plan: 'pcaet', echelle: 'epci' }).croises.map((x) => x.code);

	it.each([
		['X04', 'Installer des panneaux photovoltaïques sur les bâtiments agricoles', [SECTEUR]],
		['X04', 'Développer les filières de méthanisation agricoles', [SECTEUR]],
		['X03', 'Maîtriser les consommations d’énergie liées à l’éclairage public', []]
	])('%s : « %s » n’en est pas la moitié, quel que soit le secteur déclaré', (code, titre, secteurs) => {
		expect(croises(titre, secteurs)).not.toContain(code);
	});

	it('un réseau de chaleur, une sobriété des ménages le restent', () => {
		expect(croises('Schéma directeur du réseau de chaleur', [SECTEUR])).toContain('X04');
		expect(croises('Maîtriser les consommations d’énergie des ménages')).toContain('X03');
	});
});
