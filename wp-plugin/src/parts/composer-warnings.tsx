import { useEffect } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Address, Suppressed } from '../model';
import { useDesk } from '../state/context';
import { worthAWord } from '../state/send-limits';
import { useStore } from '../state/store';
import { isolated } from '../text/person';
import { LimitLine } from './send-limits';

const emailsOf = ( people: readonly Address[] = [] ): string[] => people.map( ( { email } ) => email );

/** Those of the recipients that mail came back from, asked for as they are put in. */
function useSuppressed(): Suppressed[] {
	const { reply, attaching, suppressed } = useDesk();
	const { to, cc, bcc } = useStore( reply.store, ( state ) => state );
	const answer = useStore( attaching.store, ( { addressing } ) => addressing?.answer );
	const marks = useStore( suppressed.store, ( state ) => state.marks );
	const emails = [ ...( to ?? emailsOf( answer?.to ) ), ...( cc ?? [] ), ...( bcc ?? [] ) ];
	useEffect( () => {
		void suppressed.ask( emails );
	}, [ emails.join() ] );
	return emails.map( ( email ) => marks[ email.toLowerCase() ] ).filter( ( mark ) => mark !== undefined );
}

function SuppressedLine( { email, reason }: Suppressed ) {
	return (
		<p className="uib-limit uib-suppressed">
			{ /* translators: %s: an e-mail address. */
			sprintf( __( 'Mail to %s came back before. Check the address; you are asked once more before it is sent.', 'unified-inbox' ), isolated( email ) ) }
			{ reason && (
				<span className="uib-sending__detail" dir="auto">
					{ reason }
				</span>
			) }
		</p>
	);
}

/** What to know before sending: recipients whose mail came back, and a mailbox with little room left. */
export function ComposerWarnings() {
	const { reply, attaching, limits } = useDesk();
	const from = useStore( reply.store, ( state ) => state.from );
	const usual = useStore( attaching.store, ( { addressing } ) => addressing?.senders[ 0 ] );
	const mailboxes = useStore( limits.store, ( state ) => state.mailboxes );
	const mailbox = worthAWord( mailboxes ).find( ( { senders } ) => senders.includes( from ?? usual ?? '' ) );
	return (
		<div role="status">
			{ useSuppressed().map( ( mark ) => (
				<SuppressedLine key={ mark.email } { ...mark } />
			) ) }
			{ mailbox && <LimitLine mailbox={ mailbox } /> }
		</div>
	);
}
