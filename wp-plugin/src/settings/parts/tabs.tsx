import { __ } from '@wordpress/i18n';
import { useSettings } from '../context';
import { mayOpen } from '../rights';
import { to, type Tab } from '../route';

/** Links, not ARIA tabs: each page has an address of its own. */
export function Tabs( { current }: { current: Tab } ) {
	const { boot } = useSettings();
	const tabs: [ Tab, string, string ][] = [
		[ 'mailboxes', to.mailboxes, __( 'Mailboxes', 'unified-inbox' ) ],
		[ 'forms', to.forms, __( 'Forms', 'unified-inbox' ) ],
		[ 'access', to.access, __( 'People and roles', 'unified-inbox' ) ],
		[ 'teams', to.teams, __( 'Teams', 'unified-inbox' ) ],
		[ 'routing', to.routing, __( 'Routing', 'unified-inbox' ) ],
		[ 'sending', to.sending, __( 'Sending', 'unified-inbox' ) ],
		[ 'notifications', to.notifications, __( 'Notifications', 'unified-inbox' ) ],
		[ 'saved-replies', to.savedReplies, __( 'Saved replies', 'unified-inbox' ) ],
		[ 'signatures', to.signatures, __( 'Signatures', 'unified-inbox' ) ],
		[ 'connection', to.connection, __( 'Connection', 'unified-inbox' ) ],
	];
	const open = tabs.filter( ( [ tab ] ) => mayOpen( boot, tab ) );
	if ( open.length < 2 ) {
		return null;
	}
	return (
		<nav className="uibs-tabs" aria-label={ __( 'Settings', 'unified-inbox' ) }>
			{ open.map( ( [ tab, href, label ] ) => (
				<a key={ tab } className="uibs-tab" data-words={ label } href={ href } aria-current={ tab === current ? 'page' : undefined }>
					{ label }
				</a>
			) ) }
		</nav>
	);
}
