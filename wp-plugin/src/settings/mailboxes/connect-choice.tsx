import { __ } from '@wordpress/i18n';
import { chevronLeft, chevronRight, envelope, Icon, people } from '@wordpress/icons';
import { isRTL } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { Back, Page } from '../parts/page';
import { to } from '../route';

function Way( { href, icon, title, children }: { href: string; icon: JSX.Element; title: string; children: ReactNode } ) {
	return (
		<a className="uibs-way" href={ href }>
			<span className="uibs-way__icon">
				<Icon icon={ icon } />
			</span>
			<span className="uibs-way__words">
				<span className="uibs-way__title">{ title }</span>
				<span className="uibs-quiet">{ children }</span>
			</span>
			<Icon icon={ isRTL() ? chevronLeft : chevronRight } />
		</a>
	);
}

/** The two ways to a mailbox. */
export function ConnectChoice() {
	return (
		<Page
			title={ __( 'Connect a mailbox', 'unified-inbox' ) }
			lead={ __( 'Which kind of account is it?', 'unified-inbox' ) }
			back={ <Back href={ to.mailboxes }>{ __( 'Mailboxes', 'unified-inbox' ) }</Back> }
			isNarrow
		>
			<Way href={ to.gmail } icon={ envelope } title={ __( 'Gmail or Google Workspace', 'unified-inbox' ) }>
				{ __( 'You sign in with Google as the owner of the mailbox. Right for almost everybody.', 'unified-inbox' ) }
			</Way>
			<Way href={ to.serviceAccount } icon={ people } title={ __( 'Workspace with a service account', 'unified-inbox' ) }>
				{ __( 'An administrator of your Workspace has given a service account access to its mailboxes. Nobody signs in.', 'unified-inbox' ) }
			</Way>
		</Page>
	);
}
