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

/** Sentences that a loop writes one after the other: what opens and closes a turn is trimmed, as their space would be. */
function joined(node: unknown): string[] {
	if (Array.isArray(node)) return node.flatMap(joined);
	if (typeof node !== 'object' || node === null) return [];
	const { type, name, body } = node as { type?: string; name?: string; body?: { nodes?: readonly unknown[] } };
	const inside = INSIDE.flatMap((key) => joined((node as Record<string, unknown>)[key]));
	if (type !== 'EachBlock' || name) return inside;
	const shown = (body?.nodes ?? []) as readonly { type: string; data?: string }[];
	const kept = shown.filter((n) => n.type !== 'Text' || n.data!.trim() !== '');
	const [first, last] = [kept[0], kept.at(-1)];
	const ends = last?.type === 'Text' && /[.;:,]$/.test(last.data!.trimEnd()) ? last.data!.trim() : null;
	const opens = first?.type === 'ExpressionTag';
	return ends !== null && !opens ? [...inside, ends] : inside;
}

it('deux phrases ou deux sources écrites l’une après l’autre ont une espace entre elles', () => {
	const glued = Object.entries(pages).flatMap(([file, source]) =>
		joined({ fragment: parse(source, { modern: true }).fragment }).map((end) => ({ file, end }))
	);
	expect(glued).toEqual([]);
});
