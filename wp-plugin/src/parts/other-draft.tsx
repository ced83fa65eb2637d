import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { DraftContent } from '../model';
import { useDesk, useNow } from '../state/context';
import { useStore } from '../state/store';
import { isolated } from '../text/person';
import { relativeTime } from '../text/time';

/** Whom the other text would go to, where that was said, and that it passes a message on. */
function Beside( { content }: { content: DraftContent } ) {
	const people = [ ...( content.to ?? [] ), ...( content.cc ?? [] ), ...( content.bcc ?? [] ) ];
	return (
		<>
			{ content.forwards && <p>{ __( 'It passes a message on.', 'unified-inbox' ) }</p> }
			{ people.length > 0 && (
				<p>
					{ /* translators: %s: names of the recipients. */
					sprintf( __( 'To %s', 'unified-inbox' ), people.map( isolated ).join( ', ' ) ) }
				</p>
			) }
		</>
	);
}

/** He sent it from another screen while he wrote on here: the rest goes out only if he wants it to. */
function RestOfSent() {
	const { reply } = useDesk();
	const { number, tab } = useStore( reply.store, ( state ) => state );
	const isSent = useStore( reply.sync.store, ( { sent } ) => sent[ tab ] );
	if ( ! isSent || number === null ) {
		return null;
	}
	return (
		<div className="uib-other-draft" role="alert">
			<p>{ __( 'This was sent from another window, without what you wrote here since.', 'unified-inbox' ) }</p>
			<Button variant="secondary" size="compact" onClick={ () => reply.sync.keepRest( number, tab, true ) }>
				{ __( 'Keep it as a new draft', 'unified-inbox' ) }
			</Button>
			<Button variant="tertiary" size="compact" onClick={ () => reply.sync.keepRest( number, tab, false ) }>
				{ __( 'Discard it', 'unified-inbox' ) }
			</Button>
		</div>
	);
}

/** What the agent wrote on another screen at the same time: taken, or let go. */
export function OtherDraft() {
	const { reply, boot } = useDesk();
	const { number, tab } = useStore( reply.store, ( state ) => state );
	const other = useStore( reply.sync.store, ( { others } ) => others[ tab ] );
	const now = useNow();
	if ( ! other || number === null ) {
		return <RestOfSent />;
	}
	return (
		<div className="uib-other-draft" role="status">
			<p>
				{ sprintf(
					/* translators: %s: a time, as "just now" or "3 minutes ago". */
					__( 'You also wrote this on another screen, %s:', 'unified-inbox' ),
					relativeTime( other.updated_at, now, boot.locale )
				) }
			</p>
			{ other.content.text && <blockquote dir="auto">{ other.content.text }</blockquote> }
			<Beside content={ other.content } />
			<Button variant="secondary" size="compact" onClick={ () => void reply.sync.take( number, tab ) }>
				{ __( 'Go on with this one', 'unified-inbox' ) }
			</Button>
			<Button variant="tertiary" size="compact" onClick={ () => void reply.sync.drop( number, tab ) }>
				{ __( 'Discard it', 'unified-inbox' ) }
			</Button>
		</div>
	);
}
