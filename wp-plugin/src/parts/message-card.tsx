import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { Icon, lock } from '@wordpress/icons';
import type { Message } from '../model';
import { withoutToken } from '../text/addresses';
import { displayName, isolated } from '../text/person';
import { Attachments } from './attachments';
import { Avatar } from './avatar';
import { Foldable } from './foldable';
import { ForwardedMessage } from './forwarded-message';
import { MessageActs } from './message-acts';
import { MessageBody } from './message-body';
import { Particulars } from './particulars';
import { SendingLine } from './sending-line';
import { When } from './when';

const AUTOMATIC: Record< NonNullable< Message[ 'automatic' ] >, () => string > = {
	auto_reply: () => __( 'Automatic reply', 'unified-inbox' ),
	bounce: () => __( 'Delivery report', 'unified-inbox' ),
	complaint: () => __( 'Complaint', 'unified-inbox' ),
	list: () => __( 'Mailing list', 'unified-inbox' ),
	notice: () => __( 'Automatic notice', 'unified-inbox' ),
};

/** What sets a message apart, in words. */
function marksOf( message: Message ): string[] {
	return [
		message.kind === 'note' ? __( 'Note, only for your team', 'unified-inbox' ) : '',
		message.automatic ? AUTOMATIC[ message.automatic ]() : '',
		message.new_person ? __( 'New person in this conversation', 'unified-inbox' ) : '',
		message.forwards_id ? __( 'Forwarded', 'unified-inbox' ) : '',
		message.sent_elsewhere ? __( 'Sent from the mailbox', 'unified-inbox' ) : '',
	].filter( Boolean );
}

/** How many recipients are named at once; all of a long list would push its message out of sight. */
const NAMED = 3;

function Recipients( { message }: { message: Message } ) {
	const [ isWhole, setWhole ] = useState( false );
	const people = [ ...message.to, ...message.cc, ...( message.bcc ?? [] ) ];
	if ( message.kind === 'note' || ! people.length ) {
		return null;
	}
	const named = isWhole || people.length <= NAMED + 1 ? people : people.slice( 0, NAMED );
	const hidden = people.length - named.length;
	return (
		<span className="uib-message__to" title={ people.map( ( { email } ) => email ).join( ', ' ) }>
			{ /* translators: %s: names of the recipients. */
			sprintf( __( 'to %s', 'unified-inbox' ), named.map( ( one ) => isolated( withoutToken( displayName( one ) ) ) ).join( ', ' ) ) }{ ' ' }
			{ hidden > 0 && (
				<button type="button" className="uib-message__rest" onClick={ () => setWhole( true ) }>
					{ /* translators: %d: number of further recipients. */
					sprintf( _n( 'and %d more', 'and %d more', hidden, 'unified-inbox' ), hidden ) }
				</button>
			) }
		</span>
	);
}

function MessageHead( { message }: { message: Message } ) {
	return (
		<header className="uib-message__head">
			<Avatar name={ message.author.name } email={ message.author.email } />
			<div className="uib-message__who">
				<span className="uib-message__name" dir="auto" title={ message.author.email }>
					<Foldable words={ displayName( message.author ) } />
				</span>
				{ marksOf( message ).map( ( mark ) => (
					<span className="uib-mark" key={ mark }>
						{ message.kind === 'note' && <Icon icon={ lock } size={ 16 } /> }
						{ mark }
					</span>
				) ) }
			</div>
			<When at={ message.created_at } />
			<Recipients message={ message } />
		</header>
	);
}

export function MessageCard( { message }: { message: Message } ) {
	const files = message.attachments.filter( ( file ) => ! file.inline || ! message.html );
	return (
		<article className="uib-message" tabIndex={ -1 } data-kind={ message.kind } data-automatic={ message.automatic ?? undefined }>
			<MessageHead message={ message } />
			<Particulars message={ message } />
			<MessageBody message={ message } />
			<ForwardedMessage message={ message } />
			<Attachments files={ files } />
			<SendingLine message={ message } />
			<MessageActs message={ message } />
		</article>
	);
}
