import { __ } from '@wordpress/i18n';
import { caution, check, Icon, scheduled } from '@wordpress/icons';
import type { Message, SendingState } from '../model';

const WORDS: Record< SendingState, () => string > = {
	waiting: () => __( 'Waiting to be sent. It goes out by itself; nothing to do.', 'unified-inbox' ),
	sending: () => __( 'Sending…', 'unified-inbox' ),
	sent: () => __( 'Sent', 'unified-inbox' ),
	failed: () =>
		__( 'This was not sent. Your text is safe here: check the address, then write it again.', 'unified-inbox' ),
	unsure: () =>
		__(
			'We could not find out whether this was sent. Look into the mailbox’s Sent folder before you send it again.',
			'unified-inbox'
		),
};

const ICONS = { waiting: scheduled, sending: scheduled, sent: check, failed: caution, unsure: caution };

/** How far a reply has come, in words; trouble is a red line that says what to do. */
export function SendingLine( { message }: { message: Message } ) {
	const { sending } = message;
	if ( ! sending ) {
		return null;
	}
	return (
		<p className="uib-sending" data-state={ sending.state } role="status">
			<Icon icon={ ICONS[ sending.state ] } size={ 20 } />
			<span>
				{ WORDS[ sending.state ]() }
				{ sending.detail && <span className="uib-sending__detail" dir="auto">{ sending.detail }</span> }
			</span>
		</p>
	);
}
