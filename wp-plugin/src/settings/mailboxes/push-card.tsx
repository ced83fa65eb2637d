import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useSettings } from '../context';
import type { Mailbox, PushChannel } from '../model';
import { AskFirst } from '../parts/ask-first';
import { Card, Wait } from '../parts/page';
import { useLoaded } from '../use-loaded';
import { PushFacts } from './push-facts';
import { PushForm } from './push-form';
import { channelOf, pushInWords } from './push-words';

function State( { mailbox, channel }: { mailbox: Mailbox; channel: PushChannel | null } ) {
	const said = pushInWords( mailbox, channel );
	if ( ! said ) {
		return (
			<p>
				{ __( 'New mail is looked for every minute, and every ten seconds while somebody has the inbox open. Google can tell of it within a second instead: that takes about ten minutes to set up, once for all mailboxes of a Google project.', 'unified-inbox' ) }
			</p>
		);
	}
	return (
		<>
			<p className="uibs-account">
				<span className="uibs-dot" data-tone={ said.tone } />
				<strong>{ said.words }</strong>
			</p>
			{ said.reason && (
				<p className="uibs-state__reason" dir="auto">
					{ said.reason }
				</p>
			) }
			{ channel && <PushFacts mailbox={ mailbox } channel={ channel } /> }
		</>
	);
}

function TurnOff( { channel, onDone }: { channel: PushChannel; onDone: () => Promise< void > } ) {
	const { api, notices } = useSettings();
	const question = sprintf(
		/* translators: %d: number of mailboxes. */
		_n(
			'New mail of %d mailbox will be looked for every minute again. No mail is lost; to turn this on later, its values have to be entered anew.',
			'New mail of %d mailboxes will be looked for every minute again. No mail is lost; to turn this on later, its values have to be entered anew.',
			channel.mailboxes,
			'unified-inbox'
		),
		channel.mailboxes
	);
	return (
		<AskFirst
			label={ __( 'Turn off', 'unified-inbox' ) }
			confirm={ __( 'Turn off now', 'unified-inbox' ) }
			question={ () => Promise.resolve( question ) }
			run={ async () => {
				await api.removePushChannel( channel.id );
				notices.say( __( 'Turned off. Mail is looked for every minute.', 'unified-inbox' ) );
				await onDone();
			} }
		/>
	);
}

function Parts( { mailbox, channel, reload }: { mailbox: Mailbox; channel: PushChannel | null; reload: () => Promise< void > } ) {
	const [ isOpen, setOpen ] = useState( false );
	const saved = async (): Promise< void > => {
		await reload();
		setOpen( false );
	};
	return (
		<div className="uibs-push">
			<State mailbox={ mailbox } channel={ channel } />
			{ isOpen ? (
				<PushForm channel={ channel } onSaved={ saved } onCancel={ () => setOpen( false ) } />
			) : (
				<div className="uibs-acts">
					<Button variant="secondary" onClick={ () => setOpen( true ) } __next40pxDefaultSize>
						{ channel ? __( 'Change', 'unified-inbox' ) : __( 'Set up', 'unified-inbox' ) }
					</Button>
				</div>
			) }
			{ channel && ! isOpen && <TurnOff channel={ channel } onDone={ reload } /> }
		</div>
	);
}

/** Whether Google tells of new mail by itself, and how to have it so. */
export function PushCard( { mailbox, onChanged }: { mailbox: Mailbox; onChanged: () => Promise< void > } ) {
	const { api } = useSettings();
	const { state, until } = mailbox.push;
	const channels = useLoaded( api.pushChannels, `${ state } ${ until }` );
	const reload = async (): Promise< void > => {
		await Promise.all( [ channels.reload(), onChanged() ] );
	};
	return (
		<Card title={ __( 'Faster by push', 'unified-inbox' ) }>
			<Wait loaded={ channels }>{ ( items ) => <Parts mailbox={ mailbox } channel={ channelOf( mailbox, items ) } reload={ reload } /> }</Wait>
		</Card>
	);
}
