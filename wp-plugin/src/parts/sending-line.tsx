import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { caution, check, Icon, scheduled } from '@wordpress/icons';
import type { Message, Sending, SendingChange, SendingState } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { momentInZone } from '../text/send-times';
import { sendingInWords } from '../text/sending-words';
import { PickTime } from './send-later';

const TROUBLES: readonly SendingState[] = [ 'failed', 'unsure' ];

function iconOf( state: SendingState ) {
	return TROUBLES.includes( state ) ? caution : state === 'sent' ? check : scheduled;
}

type Act = [ label: string, change: SendingChange | 'take-back' | 'another-time' ];

/** What can be done with a reply that has not left, or of which nobody knows. */
function actsOf( state: SendingState ): Act[] {
	const now = { send_at: null };
	const edit: Act = [ __( 'Edit', 'unified-inbox' ), 'take-back' ];
	switch ( state ) {
		case 'held':
			return [ [ __( 'Undo', 'unified-inbox' ), 'take-back' ] ];
		case 'scheduled':
			return [
				[ __( 'Send now', 'unified-inbox' ), now ],
				[ __( 'Another time', 'unified-inbox' ), 'another-time' ],
				edit,
				[ __( 'Cancel', 'unified-inbox' ), 'take-back' ],
			];
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

function Acts( { number, message, sending: { state, due_at: dueAt } }: { number: number; message: Message; sending: Sending } ) {
	const { sending } = useDesk();
	const [ isPicking, setPicking ] = useState( false );
	const run = ( change: Act[ 1 ] ): void => {
		if ( change === 'another-time' ) {
			setPicking( true );
		} else {
			void ( change === 'take-back' ? sending.takeBack( number, message ) : sending.change( number, message, change ) );
		}
	};
	return (
		<span className="uib-sending__acts">
			{ actsOf( state ).map( ( [ label, change ] ) => (
				<Button key={ label } variant="link" className="uib-sending__act" onClick={ () => run( change ) }>
					{ label }
				</Button>
			) ) }
			{ isPicking && (
				<PickTime
					before={ dueAt }
					onChoose={ ( at ) => void sending.change( number, message, { send_at: at } ) }
					onClose={ () => setPicking( false ) }
				/>
			) }
		</span>
	);
}

function Words( { sending }: { sending: Sending } ) {
	const { boot } = useDesk();
	const when = sending.due_at ? momentInZone( sending.due_at, boot ) : '';
	return (
		<>
			<span className="uib-sending__words">{ sendingInWords( sending, when ) }</span>
			{ /* The provider's own words; ours stand there already. */ }
			{ sending.detail && sending.reason === 'refused' && (
				<span className="uib-sending__detail" dir="auto">{ sending.detail }</span>
			) }
		</>
	);
}

/** How far a reply has come, in words, and what can be done; trouble is a red line. */
export function SendingLine( { message }: { message: Message } ) {
	const { boot, talk } = useDesk();
	const number = useStore( talk.store, ( open ) => open.number );
	const { sending } = message;
	if ( ! sending ) {
		return null;
	}
	return (
		<div className="uib-sending" data-state={ sending.state } role="status">
			<Icon icon={ iconOf( sending.state ) } size={ 20 } />
			<span>
				<Words sending={ sending } />
				{ boot.canReply && number !== null && <Acts number={ number } message={ message } sending={ sending } /> }
			</span>
		</div>
	);
}
