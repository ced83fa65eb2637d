import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { Mailbox } from '../model';
import { Card } from '../parts/page';
import { reconnectTo } from '../route';

/** The way to a new sign-in, and why somebody might want one. */
export function SignInCard( { mailbox }: { mailbox: Mailbox } ) {
	return (
		<Card title={ __( 'Sign in again', 'unified-inbox' ) }>
			<div className="uibs-ending">
				<p>
					{ __( 'After a changed password, or when Google has ended the sign-in. Tickets stay, and mail that came meanwhile is fetched.', 'unified-inbox' ) }
				</p>
				<Button variant="secondary" href={ reconnectTo( mailbox ) } __next40pxDefaultSize>
					{ __( 'Sign in again', 'unified-inbox' ) }
				</Button>
			</div>
		</Card>
	);
}
