import { Button } from '@wordpress/components';
import { useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Address, Message, Recipients as Group, Ticket } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { addressesOf } from '../text/addresses';
import { displayName, isolated } from '../text/person';
import { Forwarding } from './forwarding';

/** Whom the service would answer, until it has said so itself: who wrote last from outside. */
export function answerTo( ticket: Ticket, messages: readonly Message[] ): Address {
	const last = [ ...messages ].reverse().find( ( { kind, automatic } ) => kind === 'in' && ! automatic );
	return last && ! last.new_person ? last.author : ticket.customer;
}

function AddressField( {
	label,
	value,
	isFirst = false,
	onChange,
}: {
	label: string;
	value: string;
	/** Whether it is the next thing to fill in. */
	isFirst?: boolean;
	onChange: ( addresses: string[] ) => void;
} ) {
	const [ text, setText ] = useState( value );
	// Another group of people was chosen; what is being typed says the same already.
	useEffect( () => {
		setText( ( typed ) => ( addressesOf( typed ).join( ', ' ) === value ? typed : value ) );
	}, [ value ] );
	return (
		<label className="uib-to__field">
			<span>{ label }</span>
			<input
				type="text"
				dir="ltr"
				autoComplete="off"
				autoFocus={ isFirst }
				value={ text }
				onChange={ ( event ) => {
					setText( event.target.value );
					onChange( addressesOf( event.target.value ) );
				} }
			/>
		</label>
	);
}

function emails( people: readonly Address[] ): string[] {
	return people.map( ( { email } ) => email );
}

/** Names where they are known: addresses are for changing them. */
function named( given: readonly string[], known: readonly Address[] ): string {
	return given
		.map( ( email ) => known.find( ( one ) => one.email === email ) ?? { name: '', email } )
		.map( ( one ) => isolated( displayName( one ) ) )
		.join( ', ' );
}

/** One press for everybody whom the last mail named; only where that are more. */
function AllButton( { one, all, given }: { one: Group; all: Group; given: Group } ) {
	const { reply } = useDesk();
	if ( ! all.cc.length ) {
		return null;
	}
	const isAll = all.cc.every( ( { email } ) => emails( given.cc ).includes( email ) );
	const choose = ( { to, cc }: Group ): void => reply.write( { to: emails( to ), cc: emails( cc ) } );
	return (
		<Button variant="link" className="uib-to__all" onClick={ () => choose( isAll ? one : all ) }>
			{ isAll ? __( 'Reply to one', 'unified-inbox' ) : __( 'Reply to all', 'unified-inbox' ) }
		</Button>
	);
}

function SenderField( { senders }: { senders: readonly string[] } ) {
	const { reply } = useDesk();
	const from = useStore( reply.store, ( state ) => state.from );
	if ( senders.length < 2 ) {
		return null;
	}
	return (
		<label className="uib-to__field">
			<span>{ __( 'From', 'unified-inbox' ) }</span>
			<select
				dir="ltr"
				value={ from ?? senders[ 0 ] }
				onChange={ ( event ) => reply.write( { from: event.target.value } ) }
			>
				{ senders.map( ( email ) => (
					<option key={ email }>{ email }</option>
				) ) }
			</select>
		</label>
	);
}

function Fields( { given, senders, isAsked }: { given: Group; senders: readonly string[]; isAsked: boolean } ) {
	const { reply } = useDesk();
	const bcc = useStore( reply.store, ( state ) => state.bcc );
	return (
		<div className="uib-to__fields">
			<AddressField
				label={ __( 'To', 'unified-inbox' ) }
				value={ emails( given.to ).join( ', ' ) }
				isFirst={ isAsked }
				onChange={ ( to ) => reply.write( { to } ) }
			/>
			<AddressField
				label={ __( 'Cc', 'unified-inbox' ) }
				value={ emails( given.cc ).join( ', ' ) }
				onChange={ ( cc ) => reply.write( { cc } ) }
			/>
			<AddressField
				label={ __( 'Bcc', 'unified-inbox' ) }
				value={ ( bcc ?? [] ).join( ', ' ) }
				onChange={ ( addresses ) => reply.write( { bcc: addresses } ) }
			/>
			<SenderField senders={ senders } />
		</div>
	);
}

/** To, Cc, Bcc and From, folded into one line until somebody wants to change them. */
export function Recipients( { ticket }: { ticket: Ticket } ) {
	const { reply, talk, attaching } = useDesk();
	const { to, cc, bcc, from, forwards } = useStore( reply.store, ( state ) => state );
	const messages = useStore( talk.store, ( state ) => state.messages );
	const addressing = useStore( attaching.store, ( state ) => state.addressing );
	const [ isOpen, setOpen ] = useState( false );
	const one = addressing?.answer ?? { to: [ answerTo( ticket, messages ) ], cc: [] };
	const all = addressing?.answer_to_all ?? one;
	const known = [ ...all.to, ...all.cc, ...one.to, ticket.customer ];
	const people = ( list: string[] | null, usual: Address[] ): Address[] =>
		list?.map( ( email ) => known.find( ( person ) => person.email === email ) ?? { name: '', email } ) ?? usual;
	const given = { to: people( to, one.to ), cc: people( cc, [] ) };
	const isAsked = forwards !== null && ! to?.length;
	// In one line it would not be seen that somebody else than usual sends it.
	const isUnusual = from !== null && from !== addressing?.senders[ 0 ];
	useEffect( () => {
		if ( isAsked || isUnusual ) {
			setOpen( true );
		}
	}, [ isAsked, isUnusual ] );
	return (
		<>
			{ isOpen ? (
				<Fields given={ given } senders={ addressing?.senders ?? [] } isAsked={ isAsked } />
			) : (
				<Button className="uib-to" size="compact" onClick={ () => setOpen( true ) } aria-expanded={ false }>
					{ /* translators: %s: names of the recipients. */
					sprintf( __( 'To %s', 'unified-inbox' ), named( [ ...emails( given.to ), ...emails( given.cc ), ...( bcc ?? [] ) ], known ) ) }
				</Button>
			) }
			{ forwards ? <Forwarding /> : <AllButton one={ one } all={ all } given={ given } /> }
			{ addressing?.is_list && ! forwards && (
				<p className="uib-composer__warning" role="status">
					{ __( 'This came through a mailing list: a reply may reach everybody on it.', 'unified-inbox' ) }
				</p>
			) }
		</>
	);
}
