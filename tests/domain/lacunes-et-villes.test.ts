import { describe, expect, it } from 'vitest';
import { withoutNames } from '../../src/lib/domain/rules/gap-called';
import { ofTown } from '../../src/lib/domain/rules/gap-towns';
import { aCommune, aPlaced } from '../fixtures/build';
import { find, Q, view } from '../fixtures/gaps';

/* Which town is named, and called: that of the quartier decides there, and no other. */

const flat = (said?: string | null) => (said ?? '').replace(/[\u00a0\u202f]/g, ' ');
const standing = (...communes: string[]) => [
	{ code: Q as never, nom: 'Les Pyramides', communes: communes.map((nom, i) => aCommune(`ZZ00${i + 1}`, nom)) }
];
const coverage = { ...view([]).coverage, documentsCadres: 2 };

describe('G01, ce que fait une autre ville', () => {
	const yard = (carrier: object, nature = 'N1') =>
		aPlaced({
			...{ atteinte: { QNZZZ02N: 'explicite' }, nature, transition: ['T06'], ville: ['P07'], croises: ['X06'] },
			action: { id: 'c', titre: 'Cour de l’école des Lilas', ...carrier }
		});
	const asked = (action: ReturnType<typeof aPlaced>, communes: string[]) =>
		flat(
			find('G01', 'enjeuSansReponse', view([action], { coverage, quartiers: standing(...communes) })).find(
				(g) => g.enjeu === 'X06'
			)?.aFaire
		);

	it('ses services ne décident pas dans le quartier : la mairie du quartier, à qui l’on demande, s’en inspire', () => {
		const said = asked(yard({ pilote: 'Ville de Merle – Services techniques' }), ['Hirson']);
		expect(said).toContain(
			'puis demander à la mairie d’Hirson si elle peut s’inspirer de « Cour de l’école des Lilas » (Ville de Merle – Services techniques) dans ce quartier'
		);
		expect(asked(yard({ pilote: null, porteur: 'CCAS de Merle' }, 'N2'), ['Le Bocage', 'Orme'])).toContain(
			'demander aux mairies du Bocage et d’Orme si elles peuvent s’inspirer de « Cour de l’école des Lilas » (CCAS de Merle) dans'
		);
	});

	it('la même ville, l’intercommunalité, un bailleur ou une association peuvent s’étendre : rien ne change', () => {
		for (const [pilote, town] of [
			['Ville de Merle – Services techniques', 'Merle'],
			['Ville du Bocage', 'Le Bocage'],
			['CA du Pays d’Aubrelle – Direction du cadre de vie', 'Hirson'],
			['Bailleur social Merle Habitat', 'Hirson'],
			['Association de la Ville haute', 'Hirson']
		] as const) {
			expect(asked(yard({ pilote }), [town]), pilote).not.toContain('s’inspirer');
			expect(asked(yard({ pilote }), [town]), pilote).toContain('si une opération semblable est possible');
		}
		expect(asked(yard({ pilote: 'Ville de Merle' }), []), 'ville du quartier inconnue').not.toContain(
			'prendre exemple'
		);
	});
});

describe('G19, la commune est nommée', () => {
	const g19 = (communes: string[], more: object = {}) =>
		flat(find('G19', 'coursNonVegetalisees', view([], { quartiers: standing(...communes), ...more }))[0]?.aFaire);

	it('dans la demande de la liste des écoles, jusqu’à trois communes', () => {
		expect(g19(['Vernouy'])).toMatch(/^Demander à la commune de Vernouy la liste des écoles et l’état des cours/);
		expect(g19(['Hirson', 'Le Bocage', 'Orme'])).toContain('aux communes d’Hirson, du Bocage et d’Orme la liste');
		expect(g19(['A', 'B', 'C', 'D'])).toContain('aux communes qui ont un quartier prioritaire la liste des écoles');
		expect(g19([])).toContain('aux communes qui ont un quartier prioritaire');
	});

	it('et le service à appeler pour une cour sans projet est celui de cette commune', () => {
		const yard = { nom: 'École Hugo', cour: 'sans-projet', annee: null, source: 'écoles.csv, ligne 2' } as const;
		const ecoles = new Map([[Q, [yard]]]);
		expect(g19(['Hirson'], { ecoles })).toMatch(/^Demander au service des écoles d’Hirson si cette cour/);
		expect(g19(['Hirson', 'Orme'], { ecoles })).toMatch(/^Demander aux services des écoles d’Hirson et d’Orme si/);
		expect(g19([], { ecoles })).toMatch(/^Demander au service des écoles de la commune si cette cour/);
	});
});

it('la même demande pour plusieurs villes se lit sans leurs noms, et sans prendre une ville pour un porteur', () => {
	const said = (who: string, rest: string) => withoutNames({ aFaire: `Demander ${who} ${rest}`, appeler: [who] });
	expect(said('à la commune de Vernouy', 'la liste')).toBe(
		'Demander aux communes qui ont un quartier prioritaire la liste'
	);
	expect(said('au service des écoles d’Hirson', 'si')).toBe('Demander au service des écoles de la commune si');
	expect(said('à la mairie d’Hirson', 'si')).toBe('Demander à la mairie du quartier si');
	expect(said('aux mairies du Bocage et d’Orme', 'si')).toBe('Demander aux mairies du quartier si');
	expect(
		said(
			'à la Ville d’Hirson',
			'si les 1\u202f050\u202f000,50\u00a0€ inscrits («\u00a0Région\u00a0») sont acquis et qui'
		),
		'la somme d’une action n’est pas celle des autres'
	).toBe('Demander à qui porte l’action si les montants inscrits sont acquis et qui');
	expect(said('à la Ville d’Hirson', 'si'), 'la ville qui porte l’action').toBe('Demander à qui porte l’action si');
});

it('« d’ » devant un h muet, « de » devant les autres, l’article avec « de »', () =>
	expect(['Hirson', 'Ham', 'Hem', 'Orme', 'Le Bocage', 'Les Ageux', 'La Fère', 'Merle'].map(ofTown)).toEqual([
		...['d’Hirson', 'de Ham', 'de Hem', 'd’Orme', 'du Bocage', 'des Ageux', 'de La Fère', 'de Merle']
	]));
