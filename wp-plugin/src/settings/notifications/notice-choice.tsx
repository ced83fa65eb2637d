import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { useSettings } from '../context';
import type { NoticeKind, NoticeSettings } from '../model';
import { CheckBox } from '../parts/field';
import { FormCard } from '../parts/form';

const KINDS: [ NoticeKind, () => string ][] = [
	[ 'assigned', () => __( 'A ticket is assigned to me', 'unified-inbox' ) ],
	[ 'mentioned', () => __( 'Somebody mentions me in a note', 'unified-inbox' ) ],
	[ 'answered', () => __( 'A customer answers in a ticket that is mine or that I follow', 'unified-inbox' ) ],
	[ 'returned', () => __( 'A snoozed ticket of mine comes back', 'unified-inbox' ) ],
	[ 'opened', () => __( 'A new request comes into my inboxes or for my teams', 'unified-inbox' ) ],
];

function Bounced( { email }: { email: string } ) {
	return (
		<p className="uibs-trouble">
			{ sprintf(
				/* translators: %s: an e-mail address. */
				__( 'Mail to %s came back, so nothing is sent there any more. Please correct the address in your profile.', 'unified-inbox' ),
				`\u2068${ email }\u2069`
			) }
		</p>
	);
}

/** What somebody wants to hear of by mail. */
export function NoticeChoice( { before }: { before: NoticeSettings } ) {
	const { api } = useSettings();
	const [ kinds, setKinds ] = useState( before.kinds );
	const [ withText, setWithText ] = useState( before.with_text );
	return (
		<FormCard
			title={ __( 'Mail to me', 'unified-inbox' ) }
			lead={ before.bounce && <Bounced email={ before.email } /> }
			save={ () => api.chooseNotices( { kinds, with_text: withText } ) }
		>
			<fieldset className="uibs-choices">
				<legend>{ __( 'Tell me when', 'unified-inbox' ) }</legend>
				{ KINDS.map( ( [ kind, words ] ) => (
					<CheckBox
						key={ kind }
						label={ words() }
						isChecked={ kinds.includes( kind ) }
						onChange={ ( isChecked ) =>
							setKinds( isChecked ? [ ...kinds, kind ] : kinds.filter( ( one ) => one !== kind ) )
						}
					/>
				) ) }
			</fieldset>
			<CheckBox
				label={ __( 'With what was written', 'unified-inbox' ) }
				hint={ __( 'Without it the mail names the ticket only.', 'unified-inbox' ) }
				isChecked={ withText }
				onChange={ setWithText }
			/>
		</FormCard>
	);
}
