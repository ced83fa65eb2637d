import { __ } from '@wordpress/i18n';
import { SelectField } from '../parts/field';
import { depthInWords } from './state-words';

const OFFERED: ( number | null )[] = [ 7, 30, 90, 365, null ];

/** How far back to read; a mailbox may have a depth of its own from the command line. */
export function DepthField( { value, onChange }: { value: number | null; onChange: ( days: number | null ) => void } ) {
	const offered = OFFERED.includes( value ) ? OFFERED : [ value, ...OFFERED ];
	const label = ( days: number | null ): string =>
		days === 365 ? __( 'The last year', 'unified-inbox' ) : depthInWords( days );
	return (
		<SelectField
			label={ __( 'How far back to read', 'unified-inbox' ) }
			hint={ __( 'Old conversations come in quietly: nobody is mailed or notified.', 'unified-inbox' ) }
			value={ String( value ) }
			options={ offered.map( ( days ) => ( { value: String( days ), label: label( days ) } ) ) }
			onChange={ ( chosen ) => onChange( chosen === 'null' ? null : Number( chosen ) ) }
		/>
	);
}
