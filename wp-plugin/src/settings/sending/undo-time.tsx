import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { useSettings } from '../context';
import { FormCard } from '../parts/form';
import { NumberField, wholeNumber } from './whole-number';

const LONGEST = 60;

/** For how long a reply waits after "Send", and can be taken back meanwhile. */
export function UndoTime( { before }: { before: number } ) {
	const { api } = useSettings();
	const [ typed, setTyped ] = useState( String( before ) );
	const [ isWrong, setWrong ] = useState( false );
	const seconds = wholeNumber( typed, 0, LONGEST );
	const isRight = (): boolean => {
		setWrong( seconds === null );
		return seconds !== null;
	};
	return (
		<FormCard title={ __( 'Taking a reply back', 'unified-inbox' ) } isRight={ isRight } save={ () => api.setUndoSeconds( seconds! ) }>
			<NumberField
				label={ __( 'Seconds', 'unified-inbox' ) }
				hint={ __(
					'A reply leaves so long after Send was pressed; until then Undo brings it back into the composer. With 0 it leaves at once and cannot be taken back.',
					'unified-inbox'
				) }
				least={ 0 }
				most={ LONGEST }
				value={ typed }
				isWrong={ isWrong }
				onChange={ setTyped }
			/>
		</FormCard>
	);
}
