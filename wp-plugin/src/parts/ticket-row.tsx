import { memo } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { Icon, seen } from '@wordpress/icons';
import type { ChangeEvent } from 'react';
import type { Found, Instant, Ticket } from '../model';
import { useDesk, useNow } from '../state/context';
import { useStore } from '../state/store';
import { momentInZone } from '../text/send-times';
import { displayName } from '../text/person';
import { exactTime, isLate, shortAge } from '../text/time';
import { Avatar } from './avatar';
import { presenceInWords } from './presence';
import { Excerpt, Pieces } from './pieces';
import { RowActions } from './row-actions';
import { Paperclip } from './paperclip';
import { SomeTags } from './some-tags';
import { snoozedInWords } from './snooze-dialog';
import { UnsentWords, useUnsent } from './unsent-words';
import { InboxDot } from './views';

const TAGS_SHOWN = 2;

/** When the ticket comes back: what counts for one that is put off. */
function SnoozedRow( { until }: { until: Instant } ) {
	const { boot } = useDesk();
	const words = snoozedInWords( until, boot );
	return (
		<span className="uib-row__time" title={ words }>
			<span aria-hidden="true">{ momentInZone( until, boot ) }</span>
			<span className="screen-reader-text">{ words }</span>
		</span>
	);
}

/** How long the customer has waited, or else how long ago something happened. */
function Waiting( { ticket }: { ticket: Ticket } ) {
	const { boot } = useDesk();
	const now = useNow();
	const { waiting_since: waiting, last_activity_at: active, snoozed_until: until } = ticket;
	if ( until ) {
		return <SnoozedRow until={ until } />;
	}
	const exact = exactTime( waiting ?? active, boot.locale );
	const words = waiting
		? /* translators: %s: a date and time. */
		  sprintf( __( 'Waiting since %s', 'unified-inbox' ), exact )
		: /* translators: %s: a date and time. */
		  sprintf( __( 'Last activity %s', 'unified-inbox' ), exact );
	return (
		<span className="uib-row__time" data-late={ isLate( waiting, now ) ? '' : undefined } title={ words }>
			<span aria-hidden="true">{ shortAge( waiting ?? active, now, boot.locale ) }</span>
			<span className="screen-reader-text">{ words }</span>
		</span>
	);
}

function Snippet( { ticket, hit }: { ticket: Ticket; hit?: Found[ 'hit' ] } ) {
	const { session } = useDesk();
	const words = useStore( session.store, ( { presence } ) => presenceInWords( presence, ticket.number ) );
	const unsent = useUnsent( ticket.number );
	if ( words ) {
		return <span className="uib-row__presence">{ words }</span>;
	}
	if ( unsent ) {
		return <UnsentWords sending={ unsent } />;
	}
	if ( hit ) {
		return <Excerpt hit={ hit } />;
	}
	return (
		<span className="uib-row__snippet" dir={ ticket.snippet_direction }>
			{ ticket.snippet }
		</span>
	);
}

/** A colleague who only looks takes no place from the words. */
function Viewer( { number }: { number: number } ) {
	const { session } = useDesk();
	const words = useStore( session.store, ( { presence } ) => presenceInWords( presence, number, [ 'viewing' ] ) );
	return words ? (
		<span className="uib-row__viewer" title={ words }>
			<Icon icon={ seen } size={ 16 } />
			<span className="screen-reader-text">{ words }</span>
		</span>
	) : null;
}

function RowMarks( { ticket }: { ticket: Ticket } ) {
	const { session } = useDesk();
	const inbox = useStore( session.store, ( { inboxes } ) => inboxes?.find( ( { id } ) => id === ticket.inbox_id ) );
	return (
		<span className="uib-row__marks">
			<Viewer number={ ticket.number } />
			{ ticket.tags.length > 0 && (
				<span className="uib-row__tags">
					<SomeTags tags={ ticket.tags } shown={ TAGS_SHOWN } />
				</span>
			) }
			{ ticket.has_attachments && <Paperclip /> }
			{ ticket.assignee && <Avatar name={ ticket.assignee.name } size={ 20 } /> }
			{ inbox && (
				<span title={ inbox.name } className="uib-row__inbox">
					<InboxDot colour={ inbox.colour } />
					<span className="screen-reader-text">{ inbox.name }</span>
				</span>
			) }
		</span>
	);
}

function Check( { ticket, isChecked }: { ticket: Ticket; isChecked: boolean } ) {
	const { choice } = useDesk();
	const toggle = ( { nativeEvent }: ChangeEvent ): void =>
		choice.toggle( ticket.number, ( nativeEvent as Partial< MouseEvent > ).shiftKey );
	return (
		<label className="uib-row__check">
			<span className="screen-reader-text">
				{ /* translators: %s: the customer's name. */
				sprintf( __( 'Choose the ticket of %s', 'unified-inbox' ), displayName( ticket.customer ) ) }
			</span>
			<input type="checkbox" checked={ isChecked } onChange={ toggle } />
		</label>
	);
}

interface RowProps {
	ticket: Ticket;
	isGone: boolean;
	found?: Found;
	/** In a list of which only a part is drawn: its place, of how many (-1: not known), and where it stands. */
	place?: number;
	of?: number;
	top?: number;
}

export const TicketRow = memo( function TicketRow( { ticket, isGone, found, place, of, top }: RowProps ) {
	const desk = useDesk();
	const isCurrent = useStore( desk.route, ( route ) => route.ticket === ticket.number );
	const isChecked = useStore( desk.choice.store, ( { checked, isAll } ) => isAll || checked.includes( ticket.number ) );
	const who = displayName( ticket.customer );
	return (
		<li
			className="uib-row"
			style={ top === undefined ? undefined : { insetBlockStart: top } }
			aria-posinset={ place === undefined ? undefined : place + 1 }
			aria-setsize={ of }
			data-ticket={ ticket.number }
			data-unread={ ticket.unread ? '' : undefined }
			data-gone={ isGone ? '' : undefined }
			data-checked={ isChecked ? '' : undefined }
		>
			<span className="uib-row__face">
				<Avatar name={ ticket.customer.name } email={ ticket.customer.email } />
				{ desk.boot.canReply && <Check ticket={ ticket } isChecked={ isChecked } /> }
			</span>
			<button
				type="button"
				className="uib-row__open"
				aria-current={ isCurrent ? 'true' : undefined }
				onClick={ () => desk.go( { ticket: ticket.number } ) }
			>
				<span className="uib-row__line">
					<span className="uib-row__who" dir="auto">
						{ who }
					</span>
					{ ticket.unread && <span className="screen-reader-text">{ __( 'Unread', 'unified-inbox' ) }</span> }
					{ ticket.has_draft && (
						<span className="uib-row__draft">{ __( 'Draft', 'unified-inbox' ) }</span>
					) }
					{ ( ticket.priority === 'urgent' || ticket.priority === 'high' ) && (
						<span className="uib-priority" data-priority={ ticket.priority }>
							{ ticket.priority === 'urgent' ? __( 'Urgent', 'unified-inbox' ) : __( 'High', 'unified-inbox' ) }
						</span>
					) }
					<Waiting ticket={ ticket } />
				</span>
				<span className="uib-row__subject" dir={ ticket.direction }>
					{ found && ticket.subject ? (
						<Pieces pieces={ found.subject } />
					) : (
						ticket.subject || __( '(no subject)', 'unified-inbox' )
					) }
				</span>
				<span className="uib-row__line">
					{ ticket.back_from_snooze && (
						<span className="uib-row__back">{ __( 'Back from snooze', 'unified-inbox' ) }</span>
					) }
					<Snippet ticket={ ticket } hit={ found?.hit } />
					<RowMarks ticket={ ticket } />
				</span>
			</button>
			{ desk.boot.canReply && <RowActions ticket={ ticket } /> }
		</li>
	);
} );
