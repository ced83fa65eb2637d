import { __ } from '@wordpress/i18n';
import { AccessPage } from '../access/access-page';
import { PersonPage } from '../access/person-page';
import { useRoute, useSettings } from '../context';
import { FormPage } from '../forms/form-page';
import { FormsPage } from '../forms/forms-page';
import { ConnectChoice } from '../mailboxes/connect-choice';
import { ConsentPage } from '../mailboxes/consent-page';
import { FirstMessages } from '../mailboxes/first-messages';
import { GoogleApp } from '../mailboxes/google-app';
import { MailboxPage } from '../mailboxes/mailbox-page';
import { MailboxesPage } from '../mailboxes/mailboxes-page';
import { ParkedPage } from '../mailboxes/parked-page';
import { Reconnect } from '../mailboxes/reconnect';
import { ServiceAccount } from '../mailboxes/service-account';
import { NotificationsPage } from '../notifications/notifications-page';
import { mayOpen } from '../rights';
import { tabOf, type Route } from '../route';
import { RoutingPage } from '../routing/routing-page';
import { SavedRepliesPage } from '../saved-replies/saved-replies-page';
import { SavedReplyPage } from '../saved-replies/saved-reply-page';
import { SignaturesPage } from '../signatures/signatures-page';
import { SendingPage } from '../sending/sending-page';
import { TeamPage } from '../teams/team-page';
import { TeamsPage } from '../teams/teams-page';
import { Notices } from './notices';
import { Page } from './page';
import { usePrintedParts } from './printed-parts';
import { ReturnedTab, useReturned } from './returned-tab';
import { Tabs } from './tabs';

function CurrentPage( { route }: { route: Route } ) {
	switch ( route.page ) {
		case 'mailboxes':
			return <MailboxesPage />;
		case 'mailbox':
			return <MailboxPage key={ route.id } id={ route.id } />;
		case 'parked':
			return <ParkedPage key={ route.id } id={ route.id } />;
		case 'first':
			return <FirstMessages key={ route.id } id={ route.id } />;
		case 'reconnect':
			return <Reconnect key={ route.id } id={ route.id } />;
		case 'connect':
			return <ConnectChoice />;
		case 'gmail':
			return <GoogleApp />;
		case 'consent':
			return <ConsentPage key={ route.id } id={ route.id } />;
		case 'service-account':
			return <ServiceAccount />;
		case 'forms':
			return <FormsPage />;
		case 'form':
			return <FormPage key={ route.id } id={ route.id } />;
		case 'access':
			return <AccessPage />;
		case 'person':
			return <PersonPage key={ route.id } id={ route.id } />;
		case 'teams':
			return <TeamsPage />;
		case 'team':
			return <TeamPage key={ route.id } id={ route.id } />;
		case 'routing':
			return <RoutingPage />;
		case 'sending':
			return <SendingPage />;
		case 'notifications':
			return <NotificationsPage />;
		case 'saved-replies':
			return <SavedRepliesPage />;
		case 'saved-reply':
			return <SavedReplyPage key={ route.id } id={ route.id } />;
		case 'signatures':
			return <SignaturesPage />;
		case 'connection':
			return <Page title={ __( 'Connection', 'unified-inbox' ) } />;
	}
}

export function App() {
	const { boot } = useSettings();
	const asked = useRoute();
	const consent = useReturned();
	// Where somebody may not go, every address leads to his own first page.
	const route: Route = mayOpen( boot, tabOf( asked ) ) ? asked : { page: boot.canRoute ? 'routing' : 'notifications' };
	usePrintedParts( tabOf( route ), route.page );
	return (
		<div className="uibs">
			<Tabs current={ tabOf( route ) } />
			{ consent ? <ReturnedTab consent={ consent } /> : <CurrentPage route={ route } /> }
			<Notices />
		</div>
	);
}
