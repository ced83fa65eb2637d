import { __ } from '@wordpress/i18n';

/** The one thing Google will ask for, and what it is used for. */
export function Scopes() {
	return (
		<details className="uibs-details">
			<summary>{ __( 'What Google will ask you to allow', 'unified-inbox' ) }</summary>
			<dl className="uibs-scopes">
				<dt>{ __( 'Read, compose, and send emails', 'unified-inbox' ) }</dt>
				<dd>
					{ __( 'To turn mail into tickets and to send your team’s replies. Mail is never deleted and never marked as read.', 'unified-inbox' ) }
				</dd>
			</dl>
		</details>
	);
}
