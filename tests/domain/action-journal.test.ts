import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	foldJournal,
	undoInJournal,
	type ActionState,
	type JournalEntry
} from '../../src/lib/domain/import/action-journal';

const state = (said: Record<string, unknown>): ActionState => ({ titre: 'Isoler', '@disparue': 0, ...said });
let serial = 0;
const entry = (
	genre: JournalEntry['genre'],
	importId: number | null,
	avant: ActionState | null,
	apres: ActionState | null
): JournalEntry => ({ id: ++serial, genre, import: importId, avant, apres, actif: true });

const [v1, v2, v3] = [state({ porteur: 'Ville' }), state({ porteur: 'Bailleur' }), state({ porteur: 'Agglo' })];
const brought = entry('import', 1, null, v1);

describe('une action est la somme de ce qui est en vigueur', () => {
	test('annuler le dernier import remet l’état d’avant', () => {
		const undo = undoInJournal([brought, entry('import', 2, v1, v2)], 2);
		expect(undo).toMatchObject({ genre: 'restauree', apres: v1, restaures: ['porteur'], gardes: [] });
	});

	test('un champ écrit depuis reste, et l’on sait par qui ; les autres sont restaurés', () => {
		const full = state({ porteur: 'Bailleur', pilote: 'Habitat' });
		const typed = entry('saisie', null, full, { ...full, porteur: 'Agglo' });
		const undo = undoInJournal([brought, entry('import', 2, v1, full), typed], 2);
		expect(undo).toMatchObject({ genre: 'gardee', restaures: ['pilote'] });
		expect(undo.apres).toEqual(state({ porteur: 'Agglo' }));
		expect(undo.gardes).toMatchObject([{ champ: 'porteur', actuelle: 'Agglo', avant: 'Ville', par: { id: typed.id } }]);
	});

	test('annuler le plus ancien de deux imports laisse le plus récent ; annuler ensuite le récent efface les deux', () => {
		const second = entry('import', 2, v1, v2);
		const third = entry('import', 3, v2, v3);
		const older = undoInJournal([brought, second, third], 2);
		expect(older.apres).toEqual(v3);
		const undone = [brought, { ...second, actif: false }, entry('annulation', 2, v3, v3), third];
		expect(undoInJournal(undone, 3).apres).toEqual(v1);
	});

	test('une action qu’un import suivant a toujours reste tant que lui reste', () => {
		const held = entry('tenue', 2, null, null);
		const first = undoInJournal([brought, held], 1);
		expect(first).toMatchObject({ genre: 'gardee', tenuePar: { id: held.id } });
		expect(undoInJournal([{ ...brought, actif: false }, held, entry('annulation', 1, v1, v1)], 2)).toMatchObject({
			genre: 'retiree',
			apres: null
		});
	});

	test('un import qui n’a fait que constater sa disparition ne la ramène pas', () => {
		const gone = entry('import', 2, v1, { ...v1, '@disparue': 1 });
		expect(undoInJournal([brought, gone], 1)).toMatchObject({ genre: 'retiree', apres: null });
	});

	test('sur demande, l’action redevient ce qu’elle était, et y reste quand d’autres sont annulés', () => {
		const second = entry('import', 2, v1, v2);
		const third = entry('import', 3, v2, v3);
		expect(undoInJournal([brought, second, third], 2).ancien).toEqual(v1);
		const forced = entry('reprise', 2, v3, v1);
		expect(foldJournal([brought, { ...second, actif: false }, { ...third, actif: false }, forced])).toEqual(v1);
	});
});

/** Any life of one action: imports that bring, change, hold or lose it, people who type, imports taken back. */
const event = fc.oneof(
	fc.record({
		quoi: fc.constant('import' as const),
		champ: fc.constantFrom('porteur', 'pilote', 'statut'),
		valeur: fc.constantFrom('a', 'b', 'c')
	}),
	fc.record({ quoi: fc.constant('tenue' as const) }),
	fc.record({ quoi: fc.constant('perdue' as const), retirer: fc.boolean() }),
	fc.record({ quoi: fc.constant('saisie' as const), champ: fc.constantFrom('porteur', 'notes'), valeur: fc.string() }),
	fc.record({ quoi: fc.constant('annuler' as const), lequel: fc.nat(20) })
);

interface Life {
	readonly entries: readonly JournalEntry[];
	readonly now: ActionState | null;
}

const undo = (life: Life, importId: number): Life => {
	const { apres } = undoInJournal(life.entries, importId);
	const entries = life.entries.map((e) =>
		e.import === importId && (e.genre === 'import' || e.genre === 'tenue') ? { ...e, actif: false } : e
	);
	return { now: apres, entries: [...entries, entry('annulation', importId, life.now, apres)] };
};

function live(events: readonly (typeof event extends fc.Arbitrary<infer T> ? T : never)[]): Life {
	return events.reduce<Life>(
		(life, e, n) => {
			const write = (genre: JournalEntry['genre'], by: number | null, apres: ActionState | null): Life => ({
				now: apres,
				entries: [...life.entries, entry(genre, by, life.now, apres)]
			});
			if (e.quoi === 'import')
				return write('import', n, { ...(life.now ?? state({})), '@disparue': 0, [e.champ]: e.valeur });
			if (e.quoi === 'annuler')
				return life.entries.some((x) => x.import === e.lequel && x.actif) ? undo(life, e.lequel) : life;
			if (life.now === null) return life;
			if (e.quoi === 'tenue') return { ...life, entries: [...life.entries, entry('tenue', n, null, null)] };
			if (e.quoi === 'saisie') return write('saisie', null, { ...life.now, [e.champ]: e.valeur });
			return write('import', n, e.retirer ? null : { ...life.now, '@disparue': 1 });
		},
		{ now: null, entries: [] }
	);
}
const importsOf = (life: Life): number[] => [
	...new Set(life.entries.flatMap((e) => (e.actif && e.import !== null && e.genre !== 'annulation' ? [e.import] : [])))
];

describe('lois de l’annulation', () => {
	test('un import que rien n’a suivi s’annule exactement', () => {
		fc.assert(
			fc.property(fc.array(event, { maxLength: 10 }), event, (before, last) => {
				const life = live(before);
				const after = live([...before, last]);
				const added = importsOf(after).filter((id) => !importsOf(life).includes(id));
				for (const id of added) expect(undo(after, id).now).toEqual(life.now);
			})
		);
	});

	test('ce qu’une personne a tapé en dernier n’est jamais perdu tant que l’action reste', () => {
		fc.assert(
			fc.property(fc.array(event, { maxLength: 10 }), fc.string(), fc.nat(20), (events, notes, lequel) => {
				const life = live([...events, { quoi: 'saisie', champ: 'notes', valeur: notes }]);
				if (life.now === null || !importsOf(life).includes(lequel)) return;
				expect(undo(life, lequel).now).toMatchObject({ notes });
			})
		);
	});

	test('l’ordre des annulations ne compte pas, et tout annuler sans saisie ne laisse rien', () => {
		fc.assert(
			fc.property(fc.array(event, { maxLength: 10 }), fc.infiniteStream(fc.nat()), (events, dice) => {
				const life = live(events);
				const all = importsOf(life);
				const shuffled = all
					.map((id) => [id, dice.next().value ?? 0] as const)
					.sort((a, b) => a[1] - b[1])
					.map(([id]) => id);
				const one = all.reduce(undo, life).now;
				expect(shuffled.reduce(undo, life).now).toEqual(one);
				if (!events.some((e) => e.quoi === 'saisie')) expect(one).toBeNull();
			})
		);
	});
});
