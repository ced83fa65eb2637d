import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { useDesk } from '../state/context';
import { neighbour } from '../state/rows';
import { useStore } from '../state/store';
import { Empty } from './empty';

/** In the place of a ticket that was deleted while it stood open: what was written for it is not lost. */
export function Gone( { number }: { number: number } ) {
	const { reply, rows, go } = useDesk();
	const written = useStore( reply.store, ( state ) => [ state.reply, state.note ].filter( ( text ) => text.trim() ).join( '\n\n' ) );
	return (
		<div className="uib-gone" role="alert">
			<Empty
				title={ __( 'This ticket is gone', 'unified-inbox' ) }
				action={
					<Button variant="secondary" size="compact" onClick={ () => go( { ticket: neighbour( rows(), number ) } ) }>
						{ __( 'Go on', 'unified-inbox' ) }
					</Button>
				}
			>
				{ __( 'Somebody deleted it for good just now, or closed its inbox to you.', 'unified-inbox' ) }
			</Empty>
			{ written && (
				<label>
					{ __( 'What you wrote, to copy:', 'unified-inbox' ) }
					<textarea readOnly dir="auto" rows={ 6 } value={ written } onFocus={ ( event ) => event.target.select() } />
				</label>
			) }
		</div>
	);
}
