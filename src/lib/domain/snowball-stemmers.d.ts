declare module 'snowball-stemmers' {
	export interface Stemmer {
		readonly stem: (word: string) => string;
	}
	export function newStemmer(language: string): Stemmer;
	export function algorithms(): string[];
	const snowball: { readonly newStemmer: typeof newStemmer; readonly algorithms: typeof algorithms };
	export default snowball;
}
