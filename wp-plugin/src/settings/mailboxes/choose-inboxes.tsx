import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { Problem } from '../../api/problem';
import { useSettings } from '../context';
import type { Check, Identity, InboxDraft, Mailbox, TestingMode } from '../model';
import { CheckList } from '../parts/check-list';
import { Form } from '../parts/form';
import { Card } from '../parts/page';
import { to } from '../route';
import { useWork } from '../use-loaded';
import { DepthField } from './depth-field';
import { chosenInboxes, draftFault, draftsFor } from './inbox-drafts';
import { InboxRows } from './inbox-rows';
import { asksForMode, TestingModeQuestion } from './testing-mode';

const DEFAULT_DEPTH = 90;

function faultProblem( fault: 'none' | 'name' ): Problem {
	const detail =
		fault === 'none'
			? __( 'Tick at least one address.', 'unified-inbox' )
			: __( 'Give every inbox a name.', 'unified-inbox' );
	return new Problem( `inboxes_${ fault }`, 422, { detail } );
}

/** Third step: which of the account's addresses become inboxes, and how far back to read. */
export function ChooseInboxes( {
	identity,
	checks,
	create,
}: {
	identity: Identity;
	checks: readonly Check[];
	create: ( chosen: { inboxes: InboxDraft[]; depth_days: number | null } ) => Promise< Mailbox >;
} ) {
	const { api, browser } = useSettings();
	const work = useWork();
	const [ rows, setRows ] = useState( () => draftsFor( identity ) );
	const [ depth, setDepth ] = useState< number | null >( DEFAULT_DEPTH );
	const [ mode, setMode ] = useState< TestingMode | null >( null );
	const finish = async (): Promise< void > => {
		const fault = draftFault( rows );
		if ( fault ) {
			throw faultProblem( fault );
		}
		const mailbox = await create( { inboxes: chosenInboxes( rows ), depth_days: depth } );
		if ( mode ) {
			await api.changeMailbox( mailbox.id, { testing_mode: mode } );
		}
		browser.go( to.first( mailbox.id ) );
	};
	return (
		<Form work={ work } words={ __( 'Connect the mailbox', 'unified-inbox' ) } save={ finish }>
			<Card title={ __( 'Which addresses become inboxes?', 'unified-inbox' ) }>
				<p className="uibs-quiet">
					{ sprintf(
						/* translators: %s: e-mail address. */
						__( 'Signed in as %s. Each inbox has its own list of tickets.', 'unified-inbox' ),
						`\u2068${ identity.address }\u2069`
					) }
				</p>
				<InboxRows rows={ rows } onChange={ setRows } />
				<DepthField value={ depth } onChange={ setDepth } />
			</Card>
			{ checks.some( ( { ok } ) => ok === false ) && (
				<Card title={ __( 'Worth a look', 'unified-inbox' ) }>
					<CheckList checks={ checks.filter( ( { ok } ) => ok === false ) } />
				</Card>
			) }
			{ asksForMode( checks ) && (
				<Card>
					<TestingModeQuestion value={ mode } onChange={ setMode } />
				</Card>
			) }
		</Form>
	);
}
