import { __, sprintf } from '@wordpress/i18n';
import type { Presence } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { isolated } from '../text/person';

/** "Ana is replying", for whoever is busiest with this ticket; empty when nobody is there. */
export function presenceInWords( presence: readonly Presence[], number: number, modes = [ 'replying' ] ): string {
	const here = presence.filter( ( one ) => one.ticket_number === number && modes.includes( one.mode ) );
	const one = here.find( ( { mode } ) => mode === 'replying' ) ?? here[ 0 ];
	if ( ! one ) {
		return '';
	}
	return one.mode === 'replying'
		? /* translators: %s: a colleague's name. */
		  sprintf( __( '%s is replying', 'unified-inbox' ), isolated( one.agent.name ) )
		: /* translators: %s: a colleague's name. */
		  sprintf( __( '%s is viewing', 'unified-inbox' ), isolated( one.agent.name ) );
}

/** Who else is at the opened ticket. */
export function PresenceLine( { number }: { number: number } ) {
	const { session } = useDesk();
	const words = useStore( session.store, ( { presence } ) =>
		presenceInWords( presence, number, [ 'replying', 'viewing' ] )
	);
	return (
		<span className="uib-presence" role="status">
			{ words && (
				<>
					<span className="uib-presence__pulse" aria-hidden="true" />
					{ words }
				</>
			) }
		</span>
	);
}
