import type { Language, Words } from '../model';

/** The languages a form speaks, each in its own name. */
export const LANGUAGES: { language: Language; name: string; dir: 'ltr' | 'rtl' }[] = [
	{ language: 'en', name: 'English', dir: 'ltr' },
	{ language: 'ar', name: 'العربية', dir: 'rtl' },
	{ language: 'tl', name: 'Filipino', dir: 'ltr' },
];

/** A text in a language, or in English where it is not translated. */
export function inLanguage( words: Words, language: Language ): string {
	return words[ language ] || words.en || '';
}

/** The language to begin with: the one the reader's own screen is in. */
export function ownLanguage( locale: string ): Language {
	const start = locale.slice( 0, 2 ).toLowerCase();
	return start === 'ar' ? 'ar' : start === 'tl' || start === 'fi' ? 'tl' : 'en';
}
