import { __ } from '@wordpress/i18n';
import { Copy } from '../parts/copy';
import { ExternalLink } from '../parts/external-link';

const SCOPE = 'https://www.googleapis.com/auth/gmail.modify';

/** What an administrator does before a service account may read a mailbox. */
export function WorkspaceSteps() {
	return (
		<ol className="uibs-how">
			<li>
				<ExternalLink href="https://console.cloud.google.com/iam-admin/serviceaccounts">
					{ __( 'Make a service account and a JSON key for it', 'unified-inbox' ) }
				</ExternalLink>
				<p>{ __( 'In a project in which the Gmail API is switched on.', 'unified-inbox' ) }</p>
			</li>
			<li>
				<ExternalLink href="https://admin.google.com/ac/owl/domainwidedelegation">
					{ __( 'Allow it for your domain', 'unified-inbox' ) }
				</ExternalLink>
				<p>
					{ __( 'Add the service account’s client ID (a number) under “Domain-wide delegation”, with exactly this scope. It can take some minutes to count.', 'unified-inbox' ) }
				</p>
				<Copy text={ SCOPE } label={ __( 'Copy the scope', 'unified-inbox' ) } />
			</li>
		</ol>
	);
}
