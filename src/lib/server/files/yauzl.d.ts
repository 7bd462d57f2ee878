/** What is used of yauzl 3, which ships without types. */
declare module 'yauzl' {
	import type { Readable } from 'node:stream';

	export interface Entry {
		readonly fileName: string;
		readonly compressedSize: number;
		readonly uncompressedSize: number;
		isEncrypted(): boolean;
	}
	export interface ZipFile {
		eachEntry(): AsyncIterable<Entry>;
		openReadStreamPromise(entry: Entry): Promise<Readable>;
		close(): void;
	}
	export function fromBufferPromise(buffer: Buffer, options?: { readonly lazyEntries?: boolean }): Promise<ZipFile>;
}
