import { useEffect } from '@wordpress/element';
import type { MailboxSends } from '../model';
import { useDesk } from '../state/context';
import { worthAWord } from '../state/send-limits';
import { useStore } from '../state/store';
import { limitInWords } from '../text/limit-words';

/** That a mailbox has little room left, or none until some time. */
export function LimitLine( { mailbox }: { mailbox: MailboxSends } ) {
	const { boot } = useDesk();
	return <p className="uib-limit">{ limitInWords( mailbox, boot ) }</p>;
}

/** The same above the outbox, of every mailbox; what its rows say is read with the list. */
export function OutboxLimits() {
	const { limits, list, unsent } = useDesk();
	const rows = useStore( list.store, ( state ) => state.rows );
	useEffect( () => void unsent.refresh(), [ rows ] );
	const mailboxes = useStore( limits.store, ( state ) => state.mailboxes );
	return (
		<div role="status">
			{ worthAWord( mailboxes ).map( ( mailbox ) => (
				<LimitLine key={ mailbox.id } mailbox={ mailbox } />
			) ) }
		</div>
	);
}
