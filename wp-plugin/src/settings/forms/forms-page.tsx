import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { commentContent } from '@wordpress/icons';
import { Empty } from '../../parts/empty';
import type { Inbox } from '../../model';
import { useSettings } from '../context';
import type { Form } from '../model';
import { Copy } from '../parts/copy';
import { ListedCard, OpenButton } from '../parts/listed';
import { Card, Page, Trouble, Wait } from '../parts/page';
import { to } from '../route';
import { useLoaded, useWork } from '../use-loaded';

/** What to write into a page where the editor's block cannot be used. */
export function shortcode( { id }: Pick< Form, 'id' > ): string {
	return `[unified_inbox_form id="${ id }"]`;
}

function FormCard( { form, inbox }: { form: Form; inbox: Inbox | undefined } ) {
	return (
		<ListedCard
			title={
				<a href={ to.form( form.id ) } dir="auto">
					{ form.name }
				</a>
			}
			acts={ <OpenButton href={ to.form( form.id ) }>{ __( 'Edit', 'unified-inbox' ) }</OpenButton> }
		>
			{ inbox && (
				<p className="uibs-state">
					<span className="uib-dot" style={ { background: inbox.colour } } />
					{ sprintf(
						/* translators: %s: name of an inbox. */
						__( 'Goes to %s', 'unified-inbox' ),
						`\u2068${ inbox.name }\u2069`
					) }
				</p>
			) }
			<Copy text={ shortcode( form ) } label={ __( 'Copy the shortcode', 'unified-inbox' ) } />
		</ListedCard>
	);
}

function NoForm() {
	return (
		<Card>
			<Empty
				icon={ commentContent }
				title={ __( 'Your first form comes with your first mailbox', 'unified-inbox' ) }
				action={
					<Button variant="primary" href={ to.connect } __next40pxDefaultSize>
						{ __( 'Connect a mailbox', 'unified-inbox' ) }
					</Button>
				}
			>
				{ __( 'What visitors send becomes a ticket in an inbox, and an inbox needs a mailbox to answer from.', 'unified-inbox' ) }
			</Empty>
		</Card>
	);
}

/** Every form with the inbox it feeds and the way to put it on a page. */
export function FormsPage() {
	const { api, browser } = useSettings();
	const work = useWork();
	const loaded = useLoaded( async () => {
		const [ forms, inboxes ] = await Promise.all( [ api.forms(), api.inboxes() ] );
		return { forms, inboxes };
	} );
	const first = loaded.value?.forms[ 0 ];
	const add = (): Promise< boolean > =>
		work.run( async () => {
			const { inbox_id, definition } = first!;
			const made = await api.addForm( { name: __( 'New form', 'unified-inbox' ), inbox_id, definition } );
			browser.go( to.form( made.id ) );
		} );
	return (
		<Page
			title={ __( 'Forms', 'unified-inbox' ) }
			lead={ __( 'Put the block “Contact form” on a page. What visitors send becomes a ticket, and they can follow it.', 'unified-inbox' ) }
			action={
				first && (
					<Button variant="primary" isBusy={ work.isBusy } onClick={ () => void add() } __next40pxDefaultSize>
						{ __( 'Add a form', 'unified-inbox' ) }
					</Button>
				)
			}
		>
			<Trouble problem={ work.problem } />
			<Wait loaded={ loaded }>
				{ ( { forms, inboxes } ) =>
					forms.length ? (
						<ul className="uibs-mailboxes">
							{ forms.map( ( form ) => (
								<FormCard key={ form.id } form={ form } inbox={ inboxes.find( ( { id } ) => id === form.inbox_id ) } />
							) ) }
						</ul>
					) : (
						<NoForm />
					)
				}
			</Wait>
		</Page>
	);
}
