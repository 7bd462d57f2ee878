import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * A page that never changes, of the kind of the matrix: as many cells, as many letters, an arrow that moves. How long it takes to
 * answer tells how fast browser, server and processors go together at this minute, which a work done in one tab alone does not.
 */

const ROWS = 24;
const COLUMNS = 17;
/** Letters that come after the table, as the data of a page do. */
const DATA = 200_000;
/** What a server does before it answers: the page is written so many times over. */
const WRITTEN = 60;

const cell = (row: number, column: number): string =>
	`<td><a class="case c${(row * column) % 5}" href="?case=${row}.${column}" aria-label="Ligne ${row}, colonne ${column} : ${row * column} actions, réponse diffuse">` +
	`<span>${row * column}</span><small>actions</small></a></td>`;

function body(): string {
	const rows = Array.from({ length: ROWS }, (_, row) => {
		const cells = Array.from({ length: COLUMNS }, (_, column) => cell(row, column)).join('');
		return `<tr><th scope="row">Réhabiliter le parc énergivore, ligne ${row}</th>${cells}</tr>`;
	});
	const paragraphs = Array.from(
		{ length: 400 },
		(_, i) => `<li><a href="?${i}">Constat ${i}</a> <span>à lire</span></li>`
	);
	return `<table role="grid">${rows.join('')}</table><ul>${paragraphs.join('')}</ul>`;
}

const STYLE = `body{font:15px/1.5 sans-serif;margin:0 auto;max-width:1360px}td{padding:2px;border:1px solid #ddd}th{width:280px;text-align:left}
a.case{position:relative;display:flex;gap:4px;align-items:center;justify-content:center;min-height:34px;border-radius:4px}
a.case::before{content:'';width:12px;height:12px;background:currentColor;clip-path:path('M0 7h5v5h-5zM7 7h5v5h-5zM0 0h5v5h-5z')}
.c0{background:#eee}.c1{background:#dff}.c2{background:#bee}.c3{background:#8cc}.c4{background:#055;color:#fff}tr{position:relative;z-index:0}`;

const ARROWS = `addEventListener('keydown',(e)=>{const all=[...document.querySelectorAll('a.case')],at=all.indexOf(document.activeElement);
const step={ArrowRight:1,ArrowLeft:-1}[e.key];if(at>=0&&step){e.preventDefault();all[at+step]?.focus()}})`;

function page(): string {
	let written = '';
	for (let i = 0; i < WRITTEN; i++) written = body();
	return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Référence</title><style>${STYLE}</style><script>${ARROWS}</script></head>
<body><h1>Page de référence</h1>${written}<script type="application/json">"${'x'.repeat(DATA)}"</script></body></html>`;
}

/** out    its address, and what stops it */
export async function referencePage(): Promise<{ readonly adresse: string; readonly stop: () => void }> {
	const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html; charset=utf-8').end(page()));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return { adresse: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, stop: () => server.close() };
}
