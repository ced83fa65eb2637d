import { __ } from '@wordpress/i18n';
import type { ReplyLanguage } from '../api/saved-replies-api';
import type { Direction } from '../model';

export const LANGUAGES: readonly ReplyLanguage[] = [ 'any', 'en', 'ar', 'tl' ];

/** Each in its own name, as at forms. */
const NAMES: Record< ReplyLanguage, () => string > = {
	any: () => __( 'Any language', 'unified-inbox' ),
	en: () => 'English',
	ar: () => 'العربية',
	tl: () => 'Filipino',
};

export const languageInWords = ( language: ReplyLanguage ): string => NAMES[ language ]();

/** How a text in this language runs; null where the text itself tells. */
export function languageDirection( language: ReplyLanguage ): Direction | null {
	return language === 'any' ? null : language === 'ar' ? 'rtl' : 'ltr';
}
