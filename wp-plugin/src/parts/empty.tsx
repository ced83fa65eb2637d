import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { inbox as inboxIcon } from '@wordpress/icons';
import type { ReactNode } from 'react';
import { problemInWords, type Problem } from '../api/problem';
import type { Boot } from '../boot';
import type { ViewName } from '../places';

export function Empty( {
	title,
	children,
	icon,
	action,
}: {
	title: string;
	children?: ReactNode;
	icon?: ReactNode;
	action?: ReactNode;
} ) {
	return (
		<div className="uib-empty">
			{ icon && <span className="uib-empty__icon">{ icon }</span> }
			<h2 className="uib-empty__title">{ title }</h2>
			{ children && <p className="uib-empty__text">{ children }</p> }
			{ action }
		</div>
	);
}

const ALL_ANSWERED = (): [ string, string ] => [
	__( 'All answered', 'unified-inbox' ),
	__( 'New mail comes here by itself; you need not reload.', 'unified-inbox' ),
];

const WORDS: Record< ViewName, () => [ string, string ] > = {
	unassigned: () => [
		__( 'Everything has an owner', 'unified-inbox' ),
		__( 'New tickets appear here until somebody takes them.', 'unified-inbox' ),
	],
	mine: () => [
		__( 'Nothing waits for you', 'unified-inbox' ),
		__( 'Take a ticket from Unassigned: open it and press A.', 'unified-inbox' ),
	],
	mentions: () => [
		__( 'No new mentions', 'unified-inbox' ),
		__( 'A ticket stands here when a note mentions you or your team, until you have read it.', 'unified-inbox' ),
	],
	open: ALL_ANSWERED,
	team: ALL_ANSWERED,
	pending: () => [
		__( 'Nothing is pending', 'unified-inbox' ),
		__( 'Set a ticket to pending while you wait for the customer. Their answer opens it again.', 'unified-inbox' ),
	],
	snoozed: () => [
		__( 'Nothing is snoozed', 'unified-inbox' ),
		__( 'Snooze a ticket with the S key. It comes back at its time, or when the customer writes.', 'unified-inbox' ),
	],
	outbox: () => [
		__( 'Everything has been sent', 'unified-inbox' ),
		__( 'Replies for later, and those that could not leave yet, stand here.', 'unified-inbox' ),
	],
	solved: () => [
		__( 'Nothing solved yet', 'unified-inbox' ),
		__( 'Solve a ticket with the E key. It opens again when the customer writes.', 'unified-inbox' ),
	],
	spam: () => [
		__( 'No spam', 'unified-inbox' ),
		__( 'What you mark as spam waits here, so that a mistake can be undone.', 'unified-inbox' ),
	],
	saved: () => [
		__( 'No ticket fits', 'unified-inbox' ),
		__( 'Take a filter away, or choose another view.', 'unified-inbox' ),
	],
	trash: () => [
		__( 'The trash is empty', 'unified-inbox' ),
		__( 'What you throw away waits here, so that a mistake can be undone.', 'unified-inbox' ),
	],
};

export function EmptyView( { view }: { view: ViewName } ) {
	const [ title, text ] = WORDS[ view ]();
	return (
		<Empty title={ title } icon={ inboxIcon }>
			{ text }
		</Empty>
	);
}

/** For somebody to whom no inbox is open; a manager sees all there are, so for him there is none. */
export function NoInbox( { boot }: { boot: Boot } ) {
	return boot.canManage ? (
		<Empty
			title={ __( 'There is no inbox yet', 'unified-inbox' ) }
			icon={ inboxIcon }
			action={
				<Button variant="primary" href={ boot.settingsUrl } __next40pxDefaultSize>
					{ __( 'Connect your first mailbox', 'unified-inbox' ) }
				</Button>
			}
		>
			{ __( 'Connect a mailbox in the settings; its mail comes here.', 'unified-inbox' ) }
		</Empty>
	) : (
		<Empty title={ __( 'No inbox is open to you yet', 'unified-inbox' ) } icon={ inboxIcon }>
			{ __( 'Ask whoever manages the inbox to open one to you. Its tickets are here then.', 'unified-inbox' ) }
		</Empty>
	);
}

export function Failed( { problem, onRetry }: { problem: Problem; onRetry: () => void } ) {
	return (
		<div role="alert">
			<Empty
				title={ __( 'This could not be loaded', 'unified-inbox' ) }
				action={
					<Button variant="secondary" size="compact" onClick={ onRetry }>
						{ __( 'Try again', 'unified-inbox' ) }
					</Button>
				}
			>
				{ problemInWords( problem ) }
			</Empty>
		</div>
	);
}

/** The first screen of all: what to do before there can be an inbox. */
export function NotPaired( { boot }: { boot: Boot } ) {
	return (
		<div className="uib-desk" data-pane="empty">
			<Empty
				title={ __( 'Connect your inbox', 'unified-inbox' ) }
				icon={ inboxIcon }
				action={
					boot.canManage && (
						<Button variant="primary" href={ boot.settingsUrl } __next40pxDefaultSize>
							{ __( 'Connect the service', 'unified-inbox' ) }
						</Button>
					)
				}
			>
				{ boot.canManage
					? __( 'This site is not connected to the inbox service yet. You need its address and a one-time code.', 'unified-inbox' )
					: __( 'This site is not connected to the inbox service yet. Ask a manager to connect it in the settings.', 'unified-inbox' ) }
			</Empty>
		</div>
	);
}
