/* A file handed back as it came: never opened by the browser, never named by what it holds. */

const TYPES: Readonly<Record<string, string>> = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	xls: 'application/vnd.ms-excel',
	ods: 'application/vnd.oasis.opendocument.spreadsheet',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	csv: 'text/csv',
	tsv: 'text/tab-separated-values',
	json: 'application/json',
	geojson: 'application/geo+json',
	gpkg: 'application/geopackage+sqlite3',
	zip: 'application/zip'
};

/** Headers of a download; the name keeps its letters, and nothing that could lead out of it. */
export function downloadHeaders(fichier: string): Record<string, string> {
	const name = fichier.replace(/[\u0000-\u001f\u007f"\\/]/g, '_').replace(/^\.+/, '_') || 'fichier';
	const plain = name
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.replace(/[^\x20-\x7e]/g, '_');
	const coded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
	return {
		'content-type': TYPES[name.split('.').at(-1)!.toLowerCase()] ?? 'application/octet-stream',
		'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${coded}`,
		'x-content-type-options': 'nosniff',
		'content-security-policy': 'sandbox',
		'cache-control': 'private, no-store'
	};
}
