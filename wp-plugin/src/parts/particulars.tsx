import { __, sprintf } from '@wordpress/i18n';
import { calendar, caution, Icon, lock } from '@wordpress/icons';
import type { Bounce, Invitation, Message, Protection } from '../model';
import { useDesk } from '../state/context';
import { outlookWords, reasonWords } from '../text/bounce-words';
import { methodWords, whenWords } from '../text/invitation-words';
import { isolated } from '../text/person';

/** How many recipients of one bounce are named. */
const MOST_BOUNCES = 5;

const PROTECTION: Record< Protection, () => string > = {
	smime_encrypted: () => __( 'This mail is encrypted (S/MIME). Open the attached file with the key it was written for.', 'unified-inbox' ),
	pgp_encrypted: () => __( 'This mail is encrypted (PGP). Open the attached file with the key it was written for.', 'unified-inbox' ),
	smime_signed: () => __( 'Signed (S/MIME); the signature was not checked.', 'unified-inbox' ),
	pgp_signed: () => __( 'Signed (PGP); the signature was not checked.', 'unified-inbox' ),
};

function BounceLine( { bounce }: { bounce: Bounce } ) {
	return (
		<p className="uib-particular" data-kind="bounce" data-hard={ bounce.hard }>
			<Icon icon={ caution } size={ 20 } />
			<span>
				<strong>
					{ bounce.reason === 'complaint'
						/* translators: %s: an e-mail address. */
						? sprintf( __( 'Complaint of %s', 'unified-inbox' ), isolated( bounce.recipient ) )
						/* translators: %s: an e-mail address. */
						: sprintf( __( 'Not delivered to %s', 'unified-inbox' ), isolated( bounce.recipient ) ) }
				</strong>{ ' ' }
				{ reasonWords( bounce ) } { bounce.reason !== 'complaint' && outlookWords( bounce ) }{ ' ' }
				{ bounce.status && <bdi className="uib-particular__code">{ bounce.status }</bdi> }
			</span>
		</p>
	);
}

function InvitationCard( { invitation }: { invitation: Invitation } ) {
	const { boot } = useDesk();
	const details = [ whenWords( invitation, boot.locale ), invitation.place, invitation.organizer ].filter( Boolean );
	return (
		<div className="uib-particular" data-kind="invitation">
			<Icon icon={ calendar } size={ 20 } />
			<span>
				<span className="uib-mark">{ methodWords( invitation ) }</span> <strong>
					<bdi>{ invitation.summary }</bdi>
				</strong>
				{ details.map( ( detail ) => (
					<span className="uib-particular__detail" key={ detail }>
						<bdi>{ detail }</bdi>
					</span>
				) ) }
				{ invitation.repeats && (
					<span className="uib-particular__detail">{ __( 'Repeats', 'unified-inbox' ) }</span>
				) }
			</span>
		</div>
	);
}

/** What a mail says beyond its words: why it came back, when to meet, that it is sealed. */
export function Particulars( { message }: { message: Message } ) {
	const { particulars } = message;
	if ( ! particulars ) {
		return null;
	}
	const { bounces, invitation, protection } = particulars;
	return (
		<>
			{ bounces.slice( 0, MOST_BOUNCES ).map( ( bounce ) => <BounceLine bounce={ bounce } key={ bounce.recipient } /> ) }
			{ invitation && <InvitationCard invitation={ invitation } /> }
			{ protection && (
				<p className="uib-particular" data-kind="protection">
					<Icon icon={ lock } size={ 20 } />
					<span>{ PROTECTION[ protection ]() }</span>
				</p>
			) }
		</>
	);
}
