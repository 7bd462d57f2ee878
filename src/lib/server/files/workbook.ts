import { anomaly, isRefusal, type Issue, type Refusal } from '../../domain/issue';
import type { Sheet, Workbook } from '../../domain/import/sheet';
import { readAdemeJson } from './ademe-json';
import { extractText, LIMITS, openArchive, type Archive } from './archive-guard';
import { TooManyCells } from './cell-budget';
import { decode, readDelimited } from './delimited';
import { isGeographic, openGeoArchive } from './geo-file';
import { geoWorkbook, readLayers } from './geo-sheets';
import { readHtmlTables } from './html-table';
import { readOdsSheets } from './ods';
import { holdsWorkbook, Locked, readOldExcel } from './old-excel';
import { readPlanJson } from './plan-json';
import { readXlsxSheets } from './spreadsheet';
import { readTextDocument } from './text-document';

const AS_XLSX = 'Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx.';
const UNLOCK = 'Ouvrez-le avec son mot de passe, retirez la protection, puis enregistrez-le au format .xlsx.';
const AGAIN =
	'L’application d’où il vient a peut-être renvoyé une page au lieu du fichier\u00a0: téléchargez-le de nouveau.';
const locked: Refusal = { refus: 'Ce classeur est protégé par un mot de passe.', conseil: UNLOCK };

/**
 * Bytes of a file to a workbook, by what they are and not by the name they bear.
 * in     `demarche`: for an ADEME file that holds several
 * out    a workbook, or why it cannot be read and what to do
 * never  throws
 */
export async function readWorkbook(
	bytes: Uint8Array,
	fichier: string,
	options: { demarche?: string } = {}
): Promise<Workbook | Refusal> {
	const read = await readBytes(bytes, fichier, options);
	return isRefusal(read) ? read : (endlessCell(read) ?? read);
}

async function readBytes(
	bytes: Uint8Array,
	fichier: string,
	options: { demarche?: string }
): Promise<Workbook | Refusal> {
	if (bytes.length === 0)
		return { refus: 'Ce fichier est vide.', conseil: 'Choisissez le fichier qui contient le plan.' };
	if (bytes.length > LIMITS.octets) {
		return {
			refus: 'Ce fichier dépasse 60 Mo\u00a0: il n’est pas ouvert.',
			conseil: 'Copiez la feuille du plan dans un classeur neuf, sans images.'
		};
	}
	if (startsWith(bytes, '%PDF')) return notASheet('un PDF');
	if (startsWith(bytes, '\u00d0\u00cf\u0011\u00e0')) return readEnvelope(bytes, fichier);
	if (startsWith(bytes, 'PK')) return readArchive(bytes, fichier);

	const start =
		decode(bytes.subarray(0, 2_000))
			?.text.replace(/^\ufeff/, '')
			.trimStart() ?? '';
	const layers =
		/"FeatureCollection"/.test(start) || (await isGeographic(bytes)) ? await readLayers(bytes, fichier) : null;
	if (layers) return layers;
	if (/^(?:\{|\[\s*(?:\{|\]|$))/.test(start))
		return readPlanJson(bytes, fichier) ?? readAdemeJson(bytes, fichier, options.demarche);
	if (start.startsWith('<')) return refusedMarkup(start) ?? readPage(bytes, fichier);
	return readDelimited(bytes, fichier);
}

async function readArchive(bytes: Uint8Array, fichier: string): Promise<Workbook | Refusal> {
	const archive = await openArchive(bytes);
	if (isRefusal(archive)) return archive;
	if (archive.encrypted) return locked;
	try {
		const layers = await openGeoArchive(archive);
		if (layers) return isRefusal(layers) ? layers : geoWorkbook(layers, fichier);
		const kind = await kindOf(archive);
		if (isRefusal(kind)) return kind;
		const lie = await archive.verify();
		if (lie) return lie;
		if (kind === 'docx' || kind === 'odt') return await readTextDocument(archive, kind, fichier);
		const sheets = kind === 'ods' ? await odsSheets(archive) : await readXlsxSheets(archive);
		if (isRefusal(sheets)) return sheets;
		const macros = archive.names.some((name) => name === 'xl/vbaProject.bin' || name.startsWith('Basic/'));
		return filled(
			fichier,
			kind,
			sheets,
			macros ? [told('Les macros de ce classeur n’ont été ni lues ni exécutées.')] : []
		);
	} catch (error) {
		return unreadable(error);
	}
}

/** Three times what a cell of a spreadsheet can hold: a quote left open, or no table at all. */
const LONGEST_CELL = 100_000;

function endlessCell({ sheets }: Workbook): Refusal | null {
	for (const { nom, rows } of sheets) {
		const at = rows.findIndex((row) => row.some((cell) => typeof cell === 'string' && cell.length > LONGEST_CELL));
		if (at >= 0)
			return {
				refus: `Feuille «\u00a0${nom}\u00a0», ligne ${at + 1}\u00a0: une cellule contient plus de 100\u202f000 signes, ce n’est pas un tableau.`,
				conseil: 'Vérifiez que les guillemets y vont par paires, ou enregistrez le tableau au format .xlsx.'
			};
	}
	return null;
}

/** OLE2: an old Excel file, another old Office file, or the envelope of a workbook with a password. */
async function readEnvelope(bytes: Uint8Array, fichier: string): Promise<Workbook | Refusal> {
	const holds = (name: string): boolean => Buffer.from(bytes).includes(Buffer.from(name, 'utf16le'));
	if (holds('EncryptedPackage')) return locked;
	if (holds('WordDocument'))
		return {
			refus: 'L’ancien format Word (.doc) n’est pas lu.',
			conseil: 'Ouvrez-le dans votre traitement de texte et enregistrez-le au format .docx.'
		};
	if (!holdsWorkbook(bytes))
		return {
			refus: 'Ce fichier d’une ancienne version d’Office n’est pas un classeur, ou il est incomplet.',
			conseil: AS_XLSX
		};
	try {
		return filled(fichier, 'xls', await readOldExcel(bytes), []);
	} catch (error) {
		return error instanceof Locked ? locked : unreadable(error);
	}
}

function readPage(bytes: Uint8Array, fichier: string): Workbook | Refusal {
	try {
		const sheets = readHtmlTables(decode(bytes)?.text ?? '');
		if (sheets.length === 0)
			return { refus: 'Ce fichier est une page web sans tableau, pas un classeur.', conseil: AGAIN };
		const issue = told('Ce fichier est une page web et non un classeur\u00a0: ses tableaux ont été lus.');
		return filled(fichier, 'html', sheets, [issue]);
	} catch (error) {
		return unreadable(error);
	}
}

function filled(
	fichier: string,
	format: Workbook['format'],
	sheets: readonly Sheet[],
	issues: readonly Issue[]
): Workbook | Refusal {
	if (sheets.every((sheet) => sheet.rows.length === 0))
		return { refus: 'Ce classeur ne contient aucune donnée.', conseil: 'Choisissez le classeur qui contient le plan.' };
	return { fichier, format, lecture: null, sheets, ...(issues.length > 0 ? { issues } : {}) };
}

const told = (message: string): Issue => anomaly('valeur-suspecte', 'info', message);

function unreadable(error: unknown): Refusal {
	if (error instanceof TooManyCells || (error instanceof Error && /limit|bounds|too long/i.test(error.message)))
		return {
			refus: 'Ce classeur contient trop de cellules pour être lu.',
			conseil: 'Copiez les lignes du plan dans un classeur neuf, sans lignes ni colonnes vides mises en forme.'
		};
	return { refus: 'Ce classeur est abîmé\u00a0: son contenu ne peut pas être lu.', conseil: AS_XLSX };
}

async function odsSheets(archive: Archive): Promise<Sheet[] | Refusal> {
	const manifest = await extractText(archive, 'META-INF/manifest.xml');
	if (archive.names.includes('encrypted-package') || manifest?.includes('encryption-data')) return locked;
	const content = await archive.stream('content.xml');
	if (content === null) return { refus: 'Ce classeur est abîmé\u00a0: son contenu manque.', conseil: AS_XLSX };
	return readOdsSheets(content);
}

async function kindOf(archive: Archive): Promise<'xlsx' | 'ods' | 'docx' | 'odt' | Refusal> {
	const has = (prefix: string): boolean => archive.names.some((name) => name.startsWith(prefix));
	const mimetype = (await extractText(archive, 'mimetype'))?.trim() ?? '';
	if (/opendocument\.spreadsheet/.test(mimetype)) return 'ods';
	if (/opendocument\.text/.test(mimetype)) return 'odt';
	if (mimetype.includes('opendocument')) return notASheet('un document OpenDocument');
	if (has('xl/workbook.bin')) return { refus: 'Le format .xlsb n’est pas lu.', conseil: AS_XLSX };
	if (has('[Content_Types].xml') && has('xl/')) return 'xlsx';
	if (has('word/')) return 'docx';
	if (has('ppt/')) return notASheet('un diaporama');
	if (has('Index/') || has('Index.zip')) return { refus: 'Le format Numbers n’est pas lu.', conseil: AS_XLSX };
	return {
		refus: 'Cette archive n’est pas un classeur.',
		conseil: 'Décompressez-la, puis choisissez le classeur qu’elle contient.'
	};
}

const notASheet = (what: string): Refusal => ({
	refus: `Ce fichier est ${what}, pas un tableau.`,
	conseil: 'Copiez le tableau des actions dans un tableur et enregistrez-le au format .xlsx.'
});

function refusedMarkup(start: string): Refusal | null {
	if (/^<\?xml[\s\S]*urn:schemas-microsoft-com:office:spreadsheet/.test(start))
		return { refus: 'Le format Excel XML de 2003 n’est pas lu.', conseil: AS_XLSX };
	// XHTML starts like XML.
	return /^<\?xml/.test(start) && !/<html\b/i.test(start)
		? { refus: 'Ce fichier XML n’est pas un classeur.', conseil: AS_XLSX }
		: null;
}

const startsWith = (bytes: Uint8Array, text: string): boolean =>
	[...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));
