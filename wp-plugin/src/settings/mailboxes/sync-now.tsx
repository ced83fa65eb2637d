import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { useSettings } from '../context';
import type { Look, Mailbox } from '../model';
import { Trouble } from '../parts/page';
import { useRepeat, useWork } from '../use-loaded';

const OFTEN = 1500;

function found( look: Look ): string {
	if ( look.error ) {
		return look.error;
	}
	/* translators: 1: number of new mails, 2: number of mails known before, 3: number of mails that became no ticket. */
	return sprintf( __( '%1$d new, %2$d known, %3$d parked', 'unified-inbox' ), look.new, look.known, look.parked );
}

/** Looks into the mailbox at once, and says what was found there. */
export function SyncNow( { mailbox, onChanged }: { mailbox: Mailbox; onChanged: () => Promise< void > } ) {
	const { api } = useSettings();
	const work = useWork();
	// What somebody found hours ago is no answer to the click of now.
	const [ isAsked, setAsked ] = useState( false );
	const { look } = mailbox;
	const isLooking = isAsked && look?.answered_at === null;
	useRepeat( onChanged, isLooking ? OFTEN : null );
	const ask = (): Promise< boolean > =>
		work.run( async () => {
			await api.sync( mailbox.id );
			await onChanged();
			setAsked( true );
		} );
	return (
		<div className="uibs-look">
			<Button variant="secondary" isBusy={ work.isBusy || isLooking } onClick={ () => void ask() } __next40pxDefaultSize>
				{ __( 'Sync now', 'unified-inbox' ) }
			</Button>
			<span role="status" dir="auto">
				{ isLooking && __( 'Looking for new mail…', 'unified-inbox' ) }
				{ isAsked && look && ! isLooking && found( look ) }
			</span>
			<Trouble problem={ work.problem } />
		</div>
	);
}
