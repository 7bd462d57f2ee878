import { attribute, childrenOf, escaped, localName, rootOf } from './xml-text';

/* The parts of an XLSX file and what links them: content types, relations, the list of sheets. */

const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const RELS = 'http://schemas.openxmlformats.org/package/2006/relationships';

export interface SheetPart {
	readonly nom: string;
	readonly path: string;
}

export interface Package {
	/** Path of the workbook part. */
	readonly workbook: string;
	readonly sheets: readonly SheetPart[];
	readonly text: (path: string) => string;
	readonly write: (path: string, text: string) => void;
	/** Path of the part a part is linked to, by type of relation and, when several are, by its id. */
	readonly pathOf: (from: string, type: string, id?: string) => string | null;
	/** A new part linked from another; its content is written apart. */
	readonly addPart: (
		from: string,
		stem: string,
		extension: string,
		type: string,
		contentType: string | null
	) => { readonly path: string; readonly id: string };
	readonly addSheet: (name: string, xml: string) => void;
	readonly addStyles: (xml: string) => string;
	readonly files: () => ReadonlyMap<string, Uint8Array>;
}

const relsPath = (path: string): string => path.replace(/([^/]*)$/, '_rels/$1.rels');

/** Opens a package; null when its workbook cannot be found. */
export function openPackage(source: ReadonlyMap<string, Uint8Array>): Package | null {
	const files = new Map(source);
	const text = (path: string): string => new TextDecoder().decode(files.get(path) ?? new Uint8Array());
	const write = (path: string, content: string): void => void files.set(path, new TextEncoder().encode(content));
	const relations = (from: string) => {
		const xml = text(from === '' ? '_rels/.rels' : relsPath(from));
		const root = rootOf(xml);
		return (root ? childrenOf(xml, root) : []).map(({ inside }) => ({
			id: attribute(inside, 'Id') ?? '',
			type: (attribute(inside, 'Type') ?? '').replace(
				'http://purl.oclc.org/ooxml/officeDocument/relationships',
				RELATION
			),
			path: resolved(from, attribute(inside, 'Target') ?? '')
		}));
	};
	const pathOf = (from: string, type: string, id?: string): string | null =>
		relations(from).find((r) => r.type === type && (id === undefined || r.id === id) && files.has(r.path))?.path ??
		null;
	const workbook = pathOf('', `${RELATION}/officeDocument`);
	if (!workbook) return null;

	const addContentType = (path: string, type: string): void => {
		const xml = text('[Content_Types].xml');
		const at = xml.lastIndexOf('</');
		write(
			'[Content_Types].xml',
			`${xml.slice(0, at)}<Override PartName="/${path}" ContentType="${type}"/>${xml.slice(at)}`
		);
	};
	const addDefault = (extension: string, type: string): void => {
		const xml = text('[Content_Types].xml');
		if (new RegExp(`Extension\\s*=\\s*["']${extension}["']`, 'i').test(xml)) return;
		const at = rootOf(xml)!.contentStart;
		write(
			'[Content_Types].xml',
			`${xml.slice(0, at)}<Default Extension="${extension}" ContentType="${type}"/>${xml.slice(at)}`
		);
	};
	const link = (from: string, path: string, type: string): string => {
		const rels = relsPath(from);
		const xml = files.has(rels)
			? text(rels)
			: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="${RELS}"></Relationships>`;
		const ids = new Set(relations(from).map((r) => r.id));
		let n = 1;
		while (ids.has(`rIdCroisee${n}`)) n++;
		const entry = `<Relationship Id="rIdCroisee${n}" Type="${type}" Target="/${path}"/>`;
		const root = rootOf(xml)!;
		const open = xml.slice(0, root.contentStart).replace(/\/>$/, '>');
		const body = xml.slice(root.contentStart, root.contentEnd);
		write(rels, `${open}${body}${entry}</${root.tag}>`);
		return `rIdCroisee${n}`;
	};
	const addPart: Package['addPart'] = (from, stem, extension, type, contentType) => {
		let n = 1;
		while (files.has(`${stem}Croisee${n}${extension}`)) n++;
		const path = `${stem}Croisee${n}${extension}`;
		write(path, '');
		if (contentType) addContentType(path, contentType);
		else addDefault('vml', 'application/vnd.openxmlformats-officedocument.vmlDrawing');
		return { path, id: link(from, path, type) };
	};
	const sheetElements = () => {
		const xml = text(workbook);
		const root = rootOf(xml);
		const list = root && childrenOf(xml, root).find((e) => localName(e.tag) === 'sheets');
		return { xml, list, elements: list ? childrenOf(xml, list) : [] };
	};
	const sheets = sheetElements().elements.flatMap(({ inside }): SheetPart[] => {
		const id = /\b[\w.-]+:id\s*=\s*["']([^"']+)["']/.exec(inside)?.[1];
		const path = id === undefined ? null : pathOf(workbook, `${RELATION}/worksheet`, id);
		return path ? [{ nom: attribute(inside, 'name') ?? '', path }] : [];
	});
	return {
		workbook,
		sheets,
		text,
		write,
		pathOf,
		addPart,
		addSheet(name, content) {
			const { xml, list, elements } = sheetElements();
			const ids = elements.map((e) => Number(attribute(e.inside, 'sheetId')));
			const taken = new Set(elements.map((e) => (attribute(e.inside, 'name') ?? '').toLowerCase()));
			let free = name;
			for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name} ${n}`;
			const { path, id } = addPart(
				workbook,
				'xl/worksheets/sheet',
				'.xml',
				`${RELATION}/worksheet`,
				`${MAIN}.worksheet+xml`
			);
			write(path, content);
			const p = list!.tag.slice(0, -'sheets'.length);
			const entry = `<${p}sheet name="${escaped(free)}" sheetId="${Math.max(0, ...ids) + 1}" xmlns:r="${RELATION}" r:id="${id}"/>`;
			write(workbook, xml.slice(0, list!.contentEnd) + entry + xml.slice(list!.contentEnd));
		},
		addStyles(content) {
			const { path } = addPart(workbook, 'xl/styles', '.xml', `${RELATION}/styles`, `${MAIN}.styles+xml`);
			write(path, content);
			return path;
		},
		files: () => files
	};
}

/** Where a relation leads: « ../comments1.xml » from a sheet, « /xl/comments1.xml » from anywhere. */
function resolved(from: string, target: string): string {
	if (target.startsWith('/')) return target.slice(1);
	const parts = from.split('/').slice(0, -1);
	for (const part of target.split('/')) {
		if (part === '..') parts.pop();
		else if (part !== '.') parts.push(part);
	}
	return parts.join('/');
}
