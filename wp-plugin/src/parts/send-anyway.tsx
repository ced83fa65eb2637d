import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { useDesk } from '../state/context';
import type { SendHow } from '../state/reply';

/** Sends a reply that was held back because mail to somebody came back before. */
export function SendAnyway( { how }: { how: SendHow } ) {
	const { send } = useDesk();
	return (
		<Button variant="link" onClick={ () => void send( how ) }>
			{ __( 'Send anyway', 'unified-inbox' ) }
		</Button>
	);
}
