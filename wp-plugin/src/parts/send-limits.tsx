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

/** The same above the outbox, of every mailbox. */
export function OutboxLimits() {
	const { limits } = useDesk();
	const mailboxes = useStore( limits.store, ( state ) => state.mailboxes );
	return (
		<div role="status">
			{ worthAWord( mailboxes ).map( ( mailbox ) => (
				<LimitLine key={ mailbox.id } mailbox={ mailbox } />
			) ) }
		</div>
	);
}
