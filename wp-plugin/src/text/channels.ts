import { __ } from '@wordpress/i18n';
import type { Channel, NewTicket } from '../model';

const CHANNELS: Record< Channel, () => string > = {
	mail: () => __( 'E-mail', 'unified-inbox' ),
	form: () => __( 'Form', 'unified-inbox' ),
	phone: () => __( 'Phone call', 'unified-inbox' ),
	walk_in: () => __( 'Walk-in', 'unified-inbox' ),
	other: () => __( 'Another way', 'unified-inbox' ),
};

/** What an agent may write down, the commonest first. */
export const CHANNELS_BY_HAND: readonly NewTicket[ 'channel' ][] = [ 'phone', 'walk_in', 'mail', 'other' ];

export function channelLabel( channel: Channel ): string {
	return CHANNELS[ channel ]();
}
