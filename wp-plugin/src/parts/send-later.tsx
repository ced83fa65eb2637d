import { Button, MenuGroup, MenuItem, Modal } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import type { Instant } from '../model';
import { useDesk } from '../state/context';
import { instantOf, momentInZone, sendTimes, wallTime } from '../text/send-times';

const HOUR = 3_600_000;

/** The menu's times to send at; the last opens the calendar. */
export function LaterChoices( { onChoose, onPick }: { onChoose: ( at: Instant ) => void; onPick: () => void } ) {
	const { boot } = useDesk();
	return (
		<MenuGroup label={ __( 'Send later', 'unified-inbox' ) }>
			{ sendTimes( Date.now(), boot.timeZone ).map( ( { label, at } ) => (
				<MenuItem key={ label } onClick={ () => onChoose( at ) } suffix={ <Suffix at={ at } /> }>
					{ label }
				</MenuItem>
			) ) }
			<MenuItem onClick={ onPick }>{ __( 'Choose date and time…', 'unified-inbox' ) }</MenuItem>
		</MenuGroup>
	);
}

function Suffix( { at }: { at: Instant } ) {
	const { boot } = useDesk();
	return <span className="uib-later__when">{ momentInZone( at, boot ) }</span>;
}

/** A date and a time, as the site's clocks will show them. */
export function TimeForm( {
	button,
	before = null,
	onChoose,
}: {
	button: string;
	/** The time that was chosen so far. */
	before?: Instant | null;
	onChoose: ( at: Instant ) => void;
} ) {
	const { boot } = useDesk();
	const [ wall, setWall ] = useState( () => wallTime( before ? Date.parse( before ) : Date.now() + HOUR, boot.timeZone ) );
	const at = instantOf( wall, boot.timeZone );
	const isPast = at === null || Date.parse( at ) <= Date.now();
	const onSubmit = ( event: FormEvent ): void => {
		event.preventDefault();
		if ( at && ! isPast ) {
			onChoose( at );
		}
	};
	return (
		<form className="uib-pick" onSubmit={ onSubmit }>
			<label>
				<span>{ __( 'Date and time', 'unified-inbox' ) }</span>
				<input type="datetime-local" value={ wall } onChange={ ( event ) => setWall( event.target.value ) } />
			</label>
			<p className="uib-pick__zone">
				{ isPast
					? __( 'Choose a time that is still to come.', 'unified-inbox' )
					: /* translators: %s: name of a time zone. */
					  sprintf( __( 'By the clock of the site: %s', 'unified-inbox' ), boot.timeZone ) }
			</p>
			<Button type="submit" variant="primary" disabled={ isPast } accessibleWhenDisabled>
				{ button }
			</Button>
		</form>
	);
}

/** Asks when a reply shall leave; `before` is when it would leave so far. */
export function PickTime( {
	before = null,
	onChoose,
	onClose,
}: {
	before?: Instant | null;
	onChoose: ( at: Instant ) => void;
	onClose: () => void;
} ) {
	const choose = ( at: Instant ): void => {
		onClose();
		onChoose( at );
	};
	return (
		<Modal title={ before ? __( 'Another time', 'unified-inbox' ) : __( 'Send later', 'unified-inbox' ) } onRequestClose={ onClose } size="small">
			<TimeForm button={ __( 'Send then', 'unified-inbox' ) } before={ before } onChoose={ choose } />
		</Modal>
	);
}
