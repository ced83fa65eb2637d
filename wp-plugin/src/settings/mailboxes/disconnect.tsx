import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { useSettings } from '../context';
import type { Mailbox } from '../model';
import { Card, Trouble } from '../parts/page';
import { to } from '../route';
import { useWork } from '../use-loaded';

/** Ends a mailbox. It cannot be undone by a button, so it says what will be gone and wants one more click. */
export function Disconnect( { mailbox }: { mailbox: Mailbox } ) {
	const { api, browser, notices } = useSettings();
	const work = useWork();
	const [ isAsked, setAsked ] = useState( false );
	const disconnect = (): Promise< boolean > =>
		work.run( async () => {
			await api.disconnect( mailbox.id );
			notices.say( __( 'Disconnected. Its tickets are still there.', 'unified-inbox' ) );
			browser.go( to.mailboxes );
		} );
	return (
		<Card title={ __( 'Disconnect', 'unified-inbox' ) }>
			<div className="uibs-ending">
				<p>
					{ __( 'New mail is no longer fetched and replies can no longer be sent from here. The sign-in is erased and withdrawn at Google. All tickets stay, and so does everything in the mailbox.', 'unified-inbox' ) }
				</p>
				{ ! isAsked && (
					<Button variant="secondary" isDestructive onClick={ () => setAsked( true ) } __next40pxDefaultSize>
						{ __( 'Disconnect', 'unified-inbox' ) }
					</Button>
				) }
			</div>
			<Trouble problem={ work.problem } />
			{ isAsked && (
				<div className="uibs-acts">
					<Button
						variant="primary"
						isDestructive
						isBusy={ work.isBusy }
						onClick={ () => void disconnect() }
						__next40pxDefaultSize
					>
						{ __( 'Disconnect this mailbox now', 'unified-inbox' ) }
					</Button>
					<Button variant="tertiary" onClick={ () => setAsked( false ) } __next40pxDefaultSize>
						{ __( 'Keep it', 'unified-inbox' ) }
					</Button>
				</div>
			) }
		</Card>
	);
}
