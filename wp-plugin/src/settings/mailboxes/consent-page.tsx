import { Button } from '@wordpress/components';
import { useEffect, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Problem } from '../../api/problem';
import type { Id } from '../../model';
import { useSettings } from '../context';
import { ExternalLink } from '../parts/external-link';
import { Back, Card, Page, Trouble } from '../parts/page';
import { Steps } from '../parts/steps';
import { to } from '../route';
import { ChooseInboxes } from './choose-inboxes';
import { awaitConsent, type ConsentEnd } from './consent';

function Waiting( { id }: { id: Id } ) {
	const { begun } = useSettings();
	const url = begun.get( id )?.authorization_url;
	return (
		<Card>
			<div className="uibs-waiting" role="status">
				<span className="uibs-waiting__pulse" aria-hidden="true" />
				<h3 className="uibs-card__title">{ __( 'Waiting for you to come back from Google', 'unified-inbox' ) }</h3>
				<p className="uibs-quiet">
					{ __( 'Choose the account in the other tab and allow everything it asks for. This page goes on by itself.', 'unified-inbox' ) }
				</p>
			</div>
			<p className="uibs-acts uibs-acts--middle">
				{ url && <ExternalLink href={ url }>{ __( 'Open Google’s page again', 'unified-inbox' ) }</ExternalLink> }
				<a href={ to.gmail }>{ __( 'Begin again', 'unified-inbox' ) }</a>
			</p>
		</Card>
	);
}

function Refused( { problem }: { problem: Problem } ) {
	return (
		<Card title={ __( 'The mailbox is not connected', 'unified-inbox' ) }>
			<Trouble problem={ problem } />
			<Button variant="primary" href={ to.gmail } __next40pxDefaultSize>
				{ __( 'Try again', 'unified-inbox' ) }
			</Button>
		</Card>
	);
}

/** Second and third step: back from Google, then choose the inboxes. */
export function ConsentPage( { id }: { id: Id } ) {
	const settings = useSettings();
	const { browser, notices } = settings;
	const [ end, setEnd ] = useState< ConsentEnd | null >( null );
	useEffect( () => awaitConsent( settings, id, setEnd ), [ settings, id ] );
	const reconnected = end && 'flow' in end ? end.flow.mailbox_id : null;
	useEffect( () => {
		if ( reconnected ) {
			notices.say( __( 'Signed in again. Mail that came meanwhile is being fetched.', 'unified-inbox' ) );
			browser.go( to.mailbox( reconnected ) );
		}
	}, [ reconnected, browser, notices ] );
	const isSignedIn = end !== null && 'flow' in end;
	return (
		<Page
			title={ __( 'Connect Gmail', 'unified-inbox' ) }
			back={ <Back href={ to.mailboxes }>{ __( 'Mailboxes', 'unified-inbox' ) }</Back> }
			isNarrow
		>
			<Steps current={ isSignedIn ? 3 : 2 } />
			{ end === null && <Waiting id={ id } /> }
			{ end !== null && 'problem' in end && <Refused problem={ end.problem } /> }
			{ isSignedIn && ! reconnected && end.flow.identity && (
				<ChooseInboxes
					identity={ end.flow.identity }
					checks={ end.flow.checks }
					create={ ( chosen ) => settings.api.addMailbox( { flow_id: id, ...chosen } ) }
				/>
			) }
		</Page>
	);
}
