import { isRefusal, type Refusal } from '../../domain/issue';
import type { Sheet, Workbook } from '../../domain/import/sheet';
import { readAdemeJson } from './ademe-json';
import { extractText, LIMITS, openArchive, type Archive } from './archive-guard';
import { TooManyCells } from './cell-budget';
import { decode, readDelimited } from './delimited';
import { readOdsSheets } from './ods';
import { readPlanJson } from './plan-json';
import { readXlsxSheets } from './spreadsheet';

const AS_XLSX = 'Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx.';
const UNLOCK = 'Ouvrez-le avec son mot de passe, retirez la protection, puis enregistrez-le au format .xlsx.';
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
	if (bytes.length === 0)
		return { refus: 'Ce fichier est vide.', conseil: 'Choisissez le fichier qui contient le plan.' };
	if (bytes.length > LIMITS.octets) {
		return {
			refus: 'Ce fichier dépasse 60 Mo\u00a0: il n’est pas ouvert.',
			conseil: 'Copiez la feuille du plan dans un classeur neuf, sans images.'
		};
	}
	const refused = refusedBySignature(bytes);
	if (refused) return refused;
	if (startsWith(bytes, 'PK')) return readArchive(bytes, fichier);

	const start =
		decode(bytes.subarray(0, 2_000))
			?.text.replace(/^\ufeff/, '')
			.trimStart() ?? '';
	if (/^(?:\{|\[\s*(?:\{|\]|$))/.test(start))
		return readPlanJson(bytes, fichier) ?? readAdemeJson(bytes, fichier, options.demarche);
	if (start.startsWith('<')) return refusedMarkup(start);
	return readDelimited(bytes, fichier);
}

async function readArchive(bytes: Uint8Array, fichier: string): Promise<Workbook | Refusal> {
	const archive = await openArchive(bytes);
	if (isRefusal(archive)) return archive;
	if (archive.encrypted) return locked;
	try {
		const kind = await kindOf(archive);
		if (isRefusal(kind)) return kind;
		const lie = await archive.verify();
		if (lie) return lie;
		const sheets = kind === 'ods' ? await odsSheets(archive) : await readXlsxSheets(bytes);
		if (isRefusal(sheets)) return sheets;
		if (sheets.every((sheet) => sheet.rows.length === 0))
			return {
				refus: 'Ce classeur ne contient aucune donnée.',
				conseil: 'Choisissez le classeur qui contient le plan.'
			};
		return { fichier, format: kind, lecture: null, sheets };
	} catch (error) {
		if (error instanceof TooManyCells || (error instanceof Error && /limit|bounds|too long/i.test(error.message))) {
			return {
				refus: 'Ce classeur contient trop de cellules pour être lu.',
				conseil: 'Copiez les lignes du plan dans un classeur neuf, sans lignes ni colonnes vides mises en forme.'
			};
		}
		return { refus: 'Ce classeur est abîmé\u00a0: son contenu ne peut pas être lu.', conseil: AS_XLSX };
	}
}

async function odsSheets(archive: Archive): Promise<Sheet[] | Refusal> {
	const manifest = await extractText(archive, 'META-INF/manifest.xml');
	if (archive.names.includes('encrypted-package') || manifest?.includes('encryption-data')) return locked;
	const content = await extractText(archive, 'content.xml');
	if (content === null) return { refus: 'Ce classeur est abîmé\u00a0: son contenu manque.', conseil: AS_XLSX };
	return readOdsSheets(content);
}

async function kindOf(archive: Archive): Promise<'xlsx' | 'ods' | Refusal> {
	const has = (prefix: string): boolean => archive.names.some((name) => name.startsWith(prefix));
	const mimetype = (await extractText(archive, 'mimetype'))?.trim() ?? '';
	if (/opendocument\.spreadsheet/.test(mimetype)) return 'ods';
	if (mimetype.includes('opendocument')) return notASheet('un document OpenDocument');
	if (has('xl/workbook.bin')) return { refus: 'Le format .xlsb n’est pas lu.', conseil: AS_XLSX };
	if (has('[Content_Types].xml') && has('xl/')) return 'xlsx';
	if (has('word/')) return notASheet('un document Word');
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

function refusedBySignature(bytes: Uint8Array): Refusal | null {
	if (startsWith(bytes, '%PDF')) return notASheet('un PDF');
	if (bytes[0] !== 0xd0 || bytes[1] !== 0xcf || bytes[2] !== 0x11 || bytes[3] !== 0xe0) return null;
	// OLE2: an old Excel file, or the envelope of a workbook with a password.
	const holds = (name: string): boolean => Buffer.from(bytes).includes(Buffer.from(name, 'utf16le'));
	if (holds('EncryptedPackage')) return locked;
	if (holds('WordDocument')) return notASheet('un document Word');
	return { refus: 'L’ancien format Excel (.xls) n’est pas lu.', conseil: AS_XLSX };
}

function refusedMarkup(start: string): Refusal {
	if (/^<\?xml[\s\S]*urn:schemas-microsoft-com:office:spreadsheet/.test(start))
		return { refus: 'Le format Excel XML de 2003 n’est pas lu.', conseil: AS_XLSX };
	if (/^<\?xml/.test(start)) return { refus: 'Ce fichier XML n’est pas un classeur.', conseil: AS_XLSX };
	return { refus: 'Ce fichier est une page web, pas un classeur.', conseil: AS_XLSX };
}

const startsWith = (bytes: Uint8Array, text: string): boolean =>
	[...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));
