import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { group, groupedBy, readEach, type Memory } from '../../src/lib/domain/memory';

/* What is sorted once is kept; only what came or went is sorted again, and nobody can tell. */

interface Thing {
	readonly keys: readonly string[];
}
const keysOf = ({ keys }: Thing) => keys;
const thing = fc.subarray(['a', 'b', 'c', 'd']).map((keys): Thing => ({ keys }));
/** Where things are taken out, how many, and what is put there. */
const edit = fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 3 }), fc.array(thing, { maxLength: 3 }));

describe('ce qu’on range par clés et qu’on garde', () => {
	it('est rangé comme la première fois, quoi qui vienne, parte ou change de place', () => {
		fc.assert(
			fc.property(
				fc.array(thing, { maxLength: 30 }),
				fc.array(edit, { maxLength: 8 }),
				fc.boolean(),
				(first, edits, turned) => {
					const memory: Memory = new Map();
					let all: readonly Thing[] = first;
					for (const [at, out, put] of [[0, 0, []] as const, ...edits]) {
						all = [...all.slice(0, at), ...put, ...all.slice(at + out)];
						if (turned && at % 5 === 0) all = [...all].reverse();
						const kept = groupedBy(memory, 'essai', [], all, keysOf);
						const afresh = group(all, keysOf);
						expect([...kept.keys()].sort()).toEqual([...afresh.keys()].sort());
						for (const [key, own] of afresh) expect(own.every((one, i) => one === kept.get(key)![i])).toBe(true);
						for (const [key, own] of afresh) expect(kept.get(key)).toHaveLength(own.length);
						expect(readEach(memory, 'lu', [], all, keysOf)).toEqual(all.map(keysOf));
					}
				}
			),
			{ numRuns: 200 }
		);
	});

	it('une seule chose remplacée sur place est seule relue, et la liste reste la même quand elle dit pareil', () => {
		const memory: Memory = new Map();
		const [one, two, three, four] = ['a', 'b', 'b', 'c'].map((key): Thing => ({ keys: [key] }));
		let read = 0;
		const first = ({ keys }: Thing) => (read++, keys[0]!);
		const before = readEach(memory, 'lu', [], [one!, two!], first);
		const same = readEach(memory, 'lu', [], [one!, three!], first);
		expect(same).toBe(before);
		expect(readEach(memory, 'lu', [], [four!, three!], first)).toEqual(['c', 'b']);
		expect(before).toEqual(['a', 'b']);
		expect(read).toBe(4);
	});

	it('rend la même liste là où rien n’est venu ni parti, et tout de neuf quand la question change', () => {
		const memory: Memory = new Map();
		const [one, two, three] = [{ keys: ['a'] }, { keys: ['b'] }, { keys: ['b'] }];
		const before = groupedBy(memory, 'essai', [], [one, two], keysOf);
		const after = groupedBy(memory, 'essai', [], [one, three], keysOf);
		expect(after.get('a')).toBe(before.get('a'));
		expect(after.get('b')).toEqual([three]);
		expect(groupedBy(memory, 'essai', ['autre'], [one, three], () => ['z']).get('z')).toEqual([one, three]);
	});
});
