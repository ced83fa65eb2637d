import { __, _n, sprintf } from '@wordpress/i18n';
import { intlLocale } from '../../text/time';
import { useSettings } from '../context';
import type { Comparison, Mailbox } from '../model';
import { Card } from '../parts/page';
import { to } from '../route';
import { outcomesInWords } from './outcome-words';

/** The service counts to here. */
const MOST_PARKED = 1000;

function Result( { comparison }: { comparison: Comparison } ) {
	const { boot } = useSettings();
	const locale = intlLocale( boot.locale );
	const number = new Intl.NumberFormat( locale );
	const moment = new Intl.DateTimeFormat( locale, { dateStyle: 'medium', timeStyle: 'short' } );
	const { shown, accounted, missing, fetched } = comparison;
	return (
		<>
			<p className="uibs-account">
				<span className="uibs-dot" data-tone={ missing ? 'bad' : 'good' } />
				<strong>
					{ sprintf(
						/* translators: 1: number of mails the provider shows, 2: how many of them are known here, 3: how many are missing. */
						__( '%1$s shown by Google, %2$s accounted for, %3$s missing', 'unified-inbox' ),
						number.format( shown ),
						number.format( accounted ),
						number.format( missing )
					) }
				</strong>
			</p>
			<p>{ outcomesInWords( comparison.outcomes, number, new Intl.ListFormat( locale, { type: 'unit' } ) ) }</p>
			{ fetched > 0 && (
				<p>
					{ sprintf(
						/* translators: %s: number of mails. */
						_n( '%s mail had been missed and was fetched.', '%s mails had been missed and were fetched.', fetched, 'unified-inbox' ),
						number.format( fetched )
					) }
				</p>
			) }
			<p className="uibs-quiet">
				{ /* translators: %s: date and time. */
				sprintf( __( 'Compared on %s. This is done every night.', 'unified-inbox' ), moment.format( Date.parse( comparison.ended_at ) ) ) }
			</p>
			{ comparison.error && (
				<p className="uibs-state__reason" dir="auto">
					{ /* translators: %s: a reason, in the words of the service. */
					sprintf( __( 'The last try failed: %s', 'unified-inbox' ), comparison.error ) }
				</p>
			) }
		</>
	);
}

/** How many mails wait on the shelf, as the link to it. */
export function ParkedLink( { mailbox }: { mailbox: Pick< Mailbox, 'id' | 'parked' > } ) {
	const { boot } = useSettings();
	const count = Math.min( mailbox.parked, MOST_PARKED - 1 );
	const number = new Intl.NumberFormat( intlLocale( boot.locale ) ).format( count ) + ( mailbox.parked > count ? '+' : '' );
	return (
		<a href={ to.parked( mailbox.id ) }>
			{ /* translators: %s: number of mails. */
			sprintf( _n( '%s parked mail', '%s parked mails', mailbox.parked, 'unified-inbox' ), number ) }
		</a>
	);
}

/** What became of every mail, and which of them wait for a decision. */
export function Accounting( { mailbox }: { mailbox: Mailbox } ) {
	return (
		<Card title={ __( 'Every mail accounted for', 'unified-inbox' ) } action={ <ParkedLink mailbox={ mailbox } /> }>
			{ mailbox.comparison ? (
				<Result comparison={ mailbox.comparison } />
			) : (
				<p>{ __( 'Once all older mail is read, what is here is compared with what Google shows, and then every night.', 'unified-inbox' ) }</p>
			) }
		</Card>
	);
}
