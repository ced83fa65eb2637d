import { ExternalLink } from '../parts/external-link';
import { __ } from '@wordpress/i18n';
import { useSettings } from '../context';
import { Copy } from '../parts/copy';

const CONSOLE = 'https://console.cloud.google.com';

/** What to do in Google's console, in the order in which it asks. */
export function GoogleSteps() {
	const { boot } = useSettings();
	return (
		<ol className="uibs-how">
			<li>
				<ExternalLink href={ `${ CONSOLE }/projectcreate` }>{ __( 'Make a project', 'unified-inbox' ) }</ExternalLink>
				<p>{ __( 'Any name will do, for example that of your business.', 'unified-inbox' ) }</p>
			</li>
			<li>
				<ExternalLink href={ `${ CONSOLE }/apis/library/gmail.googleapis.com` }>
					{ __( 'Switch on the Gmail API', 'unified-inbox' ) }
				</ExternalLink>
				<p>{ __( 'In that project.', 'unified-inbox' ) }</p>
			</li>
			<li>
				<ExternalLink href={ `${ CONSOLE }/auth/overview` }>{ __( 'Describe the app', 'unified-inbox' ) }</ExternalLink>
				<p>
					{ __( 'Audience: Internal if all your mailboxes belong to one Workspace. Otherwise External, and then press “Publish app”: left in Testing, Google ends every sign-in after seven days.', 'unified-inbox' ) }
				</p>
			</li>
			<li>
				<ExternalLink href={ `${ CONSOLE }/auth/clients/create` }>{ __( 'Create a client', 'unified-inbox' ) }</ExternalLink>
				<p>{ __( 'Type: Web application. Under “Authorized redirect URIs” add exactly this address:', 'unified-inbox' ) }</p>
				<Copy text={ boot.redirectUri } label={ __( 'Copy the redirect address', 'unified-inbox' ) } />
			</li>
			<li>
				{ __( 'Google then shows a client ID and a client secret. Bring both here.', 'unified-inbox' ) }
			</li>
		</ol>
	);
}
