import { parse } from 'svelte/compiler';
import { expect, it } from 'vitest';

/* What pages write themselves: sentences that come from the domain have their own spaces. */

const pages = import.meta.glob<string>('../src/**/*.svelte', { query: '?raw', import: 'default', eager: true });

/** A space that breaks before high punctuation, or an apostrophe of keyboards. */
const WRONG = /\S [:;!?%€»](?=[\s<]|$)|« (?=\S)|\p{L}'\p{L}/u;
const INSIDE = ['fragment', 'nodes', 'consequent', 'alternate', 'body', 'fallback', 'pending', 'then', 'catch'];

function textsOf(node: unknown): string[] {
	if (Array.isArray(node)) return node.flatMap(textsOf);
	if (typeof node !== 'object' || node === null) return [];
	const { type, data } = node as { type?: string; data?: string };
	if (type === 'Text') return [data ?? ''];
	return INSIDE.flatMap((name) => textsOf((node as Record<string, unknown>)[name]));
}

it('le texte écrit dans les pages garde ses espaces insécables', () => {
	const texts = Object.entries(pages).flatMap(([file, source]) =>
		textsOf({ fragment: parse(source, { modern: true }).fragment }).map((text) => ({ file, text: text.trim() }))
	);
	expect(texts.length).toBeGreaterThan(1_000);
	expect(texts.filter(({ text }) => WRONG.test(text))).toEqual([]);
});
