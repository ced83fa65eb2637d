import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { useSettings } from '../context';
import type { Mailbox } from '../model';
import { CheckBox } from '../parts/field';
import { FormCard } from '../parts/form';
import { DepthField } from './depth-field';
import { labelInWords, OFFERED_LABELS } from './label-words';

/** Labels as checkboxes: those every account has, and those this mailbox reads already. */
function Labels( { value, onChange }: { value: string[]; onChange: ( labels: string[] ) => void } ) {
	const offered = [ ...new Set( [ ...OFFERED_LABELS, ...value ] ) ];
	return (
		<fieldset className="uibs-choices">
			<legend>{ __( 'Which mail to read', 'unified-inbox' ) }</legend>
			{ offered.map( ( label ) => (
				<CheckBox
					key={ label }
					label={ labelInWords( label ) }
					isChecked={ value.includes( label ) }
					// Without any label there would be nothing to read.
					isDisabled={ value.length === 1 && value.includes( label ) }
					onChange={ ( isChecked ) => onChange( isChecked ? [ ...value, label ] : value.filter( ( one ) => one !== label ) ) }
				/>
			) ) }
		</fieldset>
	);
}

const same = ( one: readonly string[], other: readonly string[] ): boolean => [ ...one ].sort().join() === [ ...other ].sort().join();

/** What of the mailbox is read, and what is done to it. */
export function ReadingCard( { mailbox, onSaved }: { mailbox: Mailbox; onSaved: () => Promise< void > } ) {
	const { api } = useSettings();
	const [ depth, setDepth ] = useState( mailbox.depth_days );
	const [ labels, setLabels ] = useState( mailbox.labels );
	const [ archives, setArchives ] = useState( mailbox.archive_on_solve );
	const isChanged = depth !== mailbox.depth_days || ! same( labels, mailbox.labels ) || archives !== mailbox.archive_on_solve;
	const save = async (): Promise< void > => {
		await api.changeMailbox( mailbox.id, { depth_days: depth, labels, archive_on_solve: archives } );
		await onSaved();
	};
	return (
		<FormCard title={ __( 'What is read', 'unified-inbox' ) } isOffered={ isChanged } save={ save }>
			<DepthField value={ depth } onChange={ setDepth } />
			<Labels value={ labels } onChange={ setLabels } />
			<CheckBox
				label={ __( 'Archive in Gmail when solved', 'unified-inbox' ) }
				hint={ __( 'Takes the mail of a solved ticket out of Gmail’s inbox. Without the tick the mailbox is left as it is.', 'unified-inbox' ) }
				isChecked={ archives }
				onChange={ setArchives }
			/>
		</FormCard>
	);
}
