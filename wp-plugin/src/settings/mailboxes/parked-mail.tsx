import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { intlLocale } from '../../text/time';
import { useSettings } from '../context';
import type { ParkedMail } from '../model';
import { reasonInWords } from './outcome-words';
import type { Shelf } from './use-shelf';

function subjectOf( { is_readable: isReadable, subject }: ParkedMail ): string {
	if ( ! isReadable ) {
		return __( 'A mail that cannot be read', 'unified-inbox' );
	}
	return subject || __( '(no subject)', 'unified-inbox' );
}

/** What is to be done with one mail. */
function Acts( { mail, shelf }: { mail: ParkedMail; shelf: Shelf } ) {
	const isParked = shelf.outcome === 'parked';
	return (
		<div className="uibs-parked__acts">
			{ isParked && (
				<Button variant="secondary" onClick={ () => shelf.makeTickets( [ mail.id ] ) } __next40pxDefaultSize>
					{ __( 'Make it a ticket', 'unified-inbox' ) }
				</Button>
			) }
			<Button
				variant="tertiary"
				onClick={ () => shelf.move( [ mail.id ], isParked ? 'discarded' : 'parked' ) }
				__next40pxDefaultSize
			>
				{ isParked ? __( 'Discard', 'unified-inbox' ) : __( 'Park again', 'unified-inbox' ) }
			</Button>
		</div>
	);
}

/** One mail of the shelf: who wrote what when, why it is here, and its first words as plain text. */
export function ParkedMailCard( { mail, shelf }: { mail: ParkedMail; shelf: Shelf } ) {
	const { boot } = useSettings();
	const moment = new Intl.DateTimeFormat( intlLocale( boot.locale ), { dateStyle: 'medium', timeStyle: 'short' } );
	const subject = subjectOf( mail );
	const isChosen = shelf.chosen.includes( mail.id );
	return (
		<li className="uibs-card uibs-parked">
			<input
				type="checkbox"
				/* translators: %s: subject of a mail. */
				aria-label={ sprintf( __( 'Choose “%s”', 'unified-inbox' ), subject ) }
				checked={ isChosen }
				onChange={ () =>
					shelf.choose( isChosen ? shelf.chosen.filter( ( id ) => id !== mail.id ) : [ ...shelf.chosen, mail.id ] )
				}
			/>
			<div className="uibs-parked__words">
				<h3 className="uibs-card__title" dir={ mail.direction }>
					{ subject }
				</h3>
				<p className="uibs-quiet">
					{ mail.sender_email && (
						<>
							<bdi>{ mail.sender_name || mail.sender_email }</bdi>
							{ mail.sender_name && (
								<>
									{ ' ' }
									<bdi>{ `<${ mail.sender_email }>` }</bdi>
								</>
							) }
							{ ' · ' }
						</>
					) }
					<time dateTime={ mail.received_at }>{ moment.format( Date.parse( mail.received_at ) ) }</time>
				</p>
				<p className="uibs-parked__reason" dir="auto">
					{ reasonInWords( mail.reason ) }
				</p>
				{ mail.preview && (
					<p className="uibs-parked__preview" dir={ mail.direction }>
						{ mail.preview }
					</p>
				) }
			</div>
			<Acts mail={ mail } shelf={ shelf } />
		</li>
	);
}
