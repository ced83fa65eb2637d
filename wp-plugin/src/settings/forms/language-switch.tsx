import { __ } from '@wordpress/i18n';
import type { Language } from '../model';
import { LANGUAGES } from './languages';

/** Which language's words are edited and shown. */
export function LanguageSwitch( { value, onChange }: { value: Language; onChange: ( language: Language ) => void } ) {
	return (
		<div className="uibs-switch" role="group" aria-label={ __( 'Language', 'unified-inbox' ) }>
			{ LANGUAGES.map( ( { language, name } ) => (
				<button
					key={ language }
					type="button"
					lang={ language }
					aria-pressed={ language === value }
					onClick={ () => onChange( language ) }
				>
					{ name }
				</button>
			) ) }
		</div>
	);
}
