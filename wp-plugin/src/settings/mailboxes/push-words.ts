import { __, sprintf } from '@wordpress/i18n';
import type { Mailbox, PushChannel } from '../model';

export interface PushWords {
	tone: 'good' | 'waiting' | 'bad';
	words: string;
	/** What the service or Google said, in its words. */
	reason?: string;
}

/** The channel that tells of the mailbox; where nobody was asked yet, the only one there is. */
export function channelOf( { push }: Mailbox, channels: readonly PushChannel[] ): PushChannel | null {
	const only = channels.length === 1 ? channels[ 0 ] : undefined;
	return channels.find( ( { id } ) => id === push.channel_id ) ?? only ?? null;
}

/** Whether Google tells of new mail by itself; where it should and does not, why. */
export function pushInWords( { push }: Mailbox, channel: PushChannel | null ): PushWords | null {
	switch ( push.state ) {
		case 'works':
			return { tone: 'good', words: __( 'Google tells of new mail at once.', 'unified-inbox' ) };
		case 'asked':
			return { tone: 'waiting', words: __( 'Google was asked to tell of new mail. Its first word is awaited.', 'unified-inbox' ) };
		case 'failed':
			return {
				tone: 'bad',
				words: __( 'Google does not tell of new mail at once, so it is looked for every minute. Nothing is lost.', 'unified-inbox' ),
				reason: push.reason,
			};
		default:
			return channel && waiting( channel );
	}
}

function waiting( { project, reason }: PushChannel ): PushWords {
	return {
		tone: reason ? 'bad' : 'waiting',
		words: sprintf(
			/* translators: %s: name of a project at Google. */
			__( 'Set up for the mailboxes of the Google project “%s”, which are asked for within a minute.', 'unified-inbox' ),
			project
		),
		reason,
	};
}
