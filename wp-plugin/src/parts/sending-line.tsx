import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { caution, check, Icon, scheduled } from '@wordpress/icons';
import type { Message, Sending, SendingChange, SendingState } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { momentInZone } from '../text/send-times';
import { sendingInWords } from '../text/sending-words';

const TROUBLES: readonly SendingState[] = [ 'failed', 'unsure' ];

function iconOf( state: SendingState ) {
	return TROUBLES.includes( state ) ? caution : state === 'sent' ? check : scheduled;
}

type Act = [ label: string, change: SendingChange | 'take-back' ];

/** What can be done with a reply that has not left, or of which nobody knows. */
function actsOf( state: SendingState ): Act[] {
	const now = { send_at: null };
	const edit: Act = [ __( 'Edit', 'unified-inbox' ), 'take-back' ];
	switch ( state ) {
		case 'held':
			return [ [ __( 'Undo', 'unified-inbox' ), 'take-back' ] ];
		case 'scheduled':
			return [ [ __( 'Send now', 'unified-inbox' ), now ], edit, [ __( 'Cancel', 'unified-inbox' ), 'take-back' ] ];
		case 'waiting':
			return [ edit ];
		case 'failed':
			return [ [ __( 'Try again', 'unified-inbox' ), now ], edit ];
		case 'unsure':
			return [
				[ __( 'It was sent', 'unified-inbox' ), { outcome: 'sent' } ],
				[ __( 'It was not sent', 'unified-inbox' ), { outcome: 'not_sent' } ],
			];
		default:
			return [];
	}
}

function Acts( { message, state }: { message: Message; state: SendingState } ) {
	const { boot, sending, talk } = useDesk();
	const number = useStore( talk.store, ( open ) => open.number );
	const acts = boot.canReply && number !== null ? actsOf( state ) : [];
	return (
		<>
			{ acts.map( ( [ label, change ] ) => (
				<Button
					key={ label }
					variant="link"
					className="uib-sending__act"
					onClick={ () =>
						void ( change === 'take-back'
							? sending.takeBack( number as number, message )
							: sending.change( number as number, message, change ) )
					}
				>
					{ label }
				</Button>
			) ) }
		</>
	);
}

function Words( { sending }: { sending: Sending } ) {
	const { boot } = useDesk();
	const when = sending.due_at ? momentInZone( sending.due_at, boot ) : '';
	return (
		<>
			{ sendingInWords( sending, when ) }
			{ sending.detail && TROUBLES.includes( sending.state ) && (
				<span className="uib-sending__detail" dir="auto">{ sending.detail }</span>
			) }
		</>
	);
}

/** How far a reply has come, in words, and what can be done; trouble is a red line. */
export function SendingLine( { message }: { message: Message } ) {
	const { sending } = message;
	if ( ! sending ) {
		return null;
	}
	return (
		<div className="uib-sending" data-state={ sending.state } role="status">
			<Icon icon={ iconOf( sending.state ) } size={ 20 } />
			<span>
				<Words sending={ sending } />
				<span className="uib-sending__acts">
					<Acts message={ message } state={ sending.state } />
				</span>
			</span>
		</div>
	);
}
