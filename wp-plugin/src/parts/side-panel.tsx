import { Button } from '@wordpress/components';
import { useEffect, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { close } from '@wordpress/icons';
import type { Ticket } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { channelLabel } from '../text/channels';
import { displayName, isolated } from '../text/person';
import { intlLocale } from '../text/time';
import { Avatar } from './avatar';
import { Cards } from './customer-cards';
import { CustomerNoteSection } from './customer-note';
import { Fact } from './fact';
import { Foldable } from './foldable';
import { printTicket } from './printing';
import { TicketChoices } from './ticket-choices';
import { When } from './when';

const NAME = 'unified-inbox:details';
const WIDE = 1500;
/** So many other tickets leave room for what stands below them. */
const FEW = 5;

export interface PanelState {
	isOpen: boolean;
	toggle: () => void;
}

/** Open where there is room for it, until the agent decides otherwise. */
export function useSidePanel(): PanelState {
	const [ isOpen, setOpen ] = useState( () => {
		const chosen = window.innerWidth >= 1200 && window.localStorage.getItem( NAME );
		return chosen ? chosen === 'open' : window.innerWidth >= WIDE;
	} );
	const toggle = (): void => {
		window.localStorage.setItem( NAME, isOpen ? 'closed' : 'open' );
		setOpen( ! isOpen );
	};
	return { isOpen, toggle };
}

function OtherTickets( { ticket }: { ticket: Ticket } ) {
	const { talk, go } = useDesk();
	const customer = useStore( talk.store, ( state ) => state.customer );
	const others = customer?.tickets.filter( ( { number } ) => number !== ticket.number ) ?? [];
	const [ isWhole, setWhole ] = useState( false );
	const section = useRef< HTMLElement >( null );
	useEffect( () => {
		// The button goes; whoever pressed it reads on where it stood.
		if ( isWhole ) {
			section.current?.querySelectorAll< HTMLElement >( '.uib-other' )[ FEW ]?.focus();
		}
	}, [ isWhole ] );
	if ( ! customer ) {
		return null;
	}
	return (
		<section className="uib-side__section" ref={ section }>
			<h3>{ __( 'Other tickets', 'unified-inbox' ) }</h3>
			{ ! others.length && <p className="uib-quiet">{ __( 'This is the first one.', 'unified-inbox' ) }</p> }
			<TicketChoices tickets={ isWhole ? others : others.slice( 0, FEW ) } onChoose={ ( number ) => go( { ticket: number } ) } />
			{ ! isWhole && others.length > FEW && (
				<Button size="compact" variant="tertiary" onClick={ () => setWhole( true ) }>
					{ /* translators: %d: number of tickets. */
					sprintf( __( 'Show all %d', 'unified-inbox' ), others.length ) }
				</Button>
			) }
		</section>
	);
}

function Facts( { ticket }: { ticket: Ticket } ) {
	const desk = useDesk();
	const { session } = desk;
	const inboxes = useStore( session.store, ( state ) => state.inboxes );
	const inbox = inboxes?.find( ( { id } ) => id === ticket.inbox_id );
	return (
		<section className="uib-side__section">
			<h3>{ __( 'Ticket', 'unified-inbox' ) }</h3>
			<dl>
				<Fact label={ __( 'Inbox', 'unified-inbox' ) }>{ inbox?.name ?? '' }</Fact>
				<Fact label={ __( 'Arrived', 'unified-inbox' ) }>
					<When at={ ticket.created_at } />
				</Fact>
				<Fact label={ __( 'Reference', 'unified-inbox' ) }>
					<code>{ ticket.reference }</code>
				</Fact>
				<Fact label={ __( 'How it came', 'unified-inbox' ) }>{ channelLabel( ticket.channel ) }</Fact>
				{ ticket.from_before && (
					<Fact label={ __( 'History', 'unified-inbox' ) }>{ __( 'From before', 'unified-inbox' ) }</Fact>
				) }
			</dl>
			<Button
				className="uib-print"
				size="compact"
				variant="secondary"
				onClick={ () => void printTicket( desk ) }
			>
				{ __( 'Print the ticket', 'unified-inbox' ) }
			</Button>
		</section>
	);
}

/** Who hears of this ticket beside its assignee; everybody decides for himself. */
function Followers( { ticket }: { ticket: Ticket } ) {
	const { boot, session, change } = useDesk();
	const me = useStore( session.store, ( state ) => state.me );
	const names = new Intl.ListFormat( intlLocale( boot.locale ) );
	const isFollowing = ticket.followers.some( ( { id } ) => id === me?.id );
	return (
		<section className="uib-side__section">
			<h3>{ __( 'Followers', 'unified-inbox' ) }</h3>
			<p className="uib-quiet">
				{ ticket.followers.length
					? names.format( ticket.followers.map( ( { name } ) => isolated( name ) ) )
					: __( 'Followers are told by mail when the customer answers.', 'unified-inbox' ) }
			</p>
			{ boot.canReply && me && ! ticket.merged_into && (
				<Button
					size="compact"
					variant="secondary"
					aria-pressed={ isFollowing }
					onClick={ () => void change( ticket, { following: ! isFollowing } ) }
				>
					{ isFollowing ? __( 'Follow no more', 'unified-inbox' ) : __( 'Follow', 'unified-inbox' ) }
				</Button>
			) }
		</section>
	);
}

export function SidePanel( { ticket, onClose }: { ticket: Ticket; onClose: () => void } ) {
	const { talk } = useDesk();
	const customer = useStore( talk.store, ( state ) => state.customer );
	const name = displayName( ticket.customer );
	const known = customer?.addresses.map( ( { email } ) => email ) ?? [ ticket.customer.email ];
	// Where there is no name, the address stands in its place already.
	const emails = known.filter( ( email ) => email !== name );
	return (
		<aside className="uib-side" aria-label={ __( 'Details', 'unified-inbox' ) }>
			<div className="uib-side__customer">
				<Avatar name={ ticket.customer.name } email={ ticket.customer.email } size={ 40 } />
				<div>
					<h3 dir="auto">
						<Foldable words={ name } />
					</h3>
					{ emails.map( ( email ) => (
						<p className="uib-side__email" key={ email } dir="ltr">
							<Foldable words={ email } />
						</p>
					) ) }
				</div>
				<Button className="uib-side__close" size="compact" icon={ close } label={ __( 'Close', 'unified-inbox' ) } onClick={ onClose } />
			</div>
			{ customer && <CustomerNoteSection customer={ customer } /> }
			<OtherTickets key={ ticket.customer.id } ticket={ ticket } />
			<Followers ticket={ ticket } />
			<Facts ticket={ ticket } />
			{ customer && <Cards customerId={ customer.id } /> }
		</aside>
	);
}
