import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { useSettings } from '../context';
import { SubmitButton } from '../parts/field';
import { Card, Trouble } from '../parts/page';
import { useWork } from '../use-loaded';
import { NumberField, wholeNumber } from './whole-number';

const LONGEST = 60;

/** For how long a reply waits after "Send", and can be taken back meanwhile. */
export function UndoTime( { before }: { before: number } ) {
	const { api, notices } = useSettings();
	const work = useWork();
	const [ typed, setTyped ] = useState( String( before ) );
	const [ isWrong, setWrong ] = useState( false );
	const save = async (): Promise< void > => {
		const seconds = wholeNumber( typed, 0, LONGEST );
		setWrong( seconds === null );
		if ( seconds !== null && ( await work.run( () => api.setUndoSeconds( seconds ) ) ) ) {
			notices.say( __( 'Saved.', 'unified-inbox' ) );
		}
	};
	return (
		<Card title={ __( 'Taking a reply back', 'unified-inbox' ) }>
			<form
				noValidate
				className="uibs-fields"
				onSubmit={ ( event ) => {
					event.preventDefault();
					void save();
				} }
			>
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
				<Trouble problem={ work.problem } />
				<div className="uibs-acts">
					<SubmitButton isBusy={ work.isBusy }>{ __( 'Save', 'unified-inbox' ) }</SubmitButton>
				</div>
			</form>
		</Card>
	);
}
