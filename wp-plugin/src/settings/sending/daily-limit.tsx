import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { MailboxSends } from '../../model';
import { limitInWords, shareInWords } from '../../text/limit-words';
import { intlLocale } from '../../text/time';
import { useSettings } from '../context';
import { FormCard } from '../parts/form';
import { NumberField, wholeNumber } from './whole-number';

/** What Workspace allows at most; private accounts have less. */
const MOST = 10_000;

function Standing( { mailbox }: { mailbox: MailboxSends } ) {
	const { boot } = useSettings();
	const { recipients, limit } = mailbox;
	const isWorthAWord = mailbox.is_near || mailbox.paused_until;
	return (
		<div className="uibs-share" data-near={ isWorthAWord ? '' : undefined }>
			<meter
				min={ 0 }
				max={ limit }
				// Beyond four fifths it is not green any more.
				low={ limit * 0.8 }
				high={ limit }
				optimum={ 0 }
				value={ Math.min( recipients, limit ) }
				aria-hidden="true"
			/>
			<span>{ isWorthAWord ? limitInWords( mailbox, boot ) : shareInWords( mailbox, boot ) }</span>
		</div>
	);
}

/** How much a mailbox sent within a day, and how much it may. */
export function DailyLimit( { mailbox, onSaved }: { mailbox: MailboxSends; onSaved: () => Promise< void > } ) {
	const { api, boot } = useSettings();
	const [ typed, setTyped ] = useState( mailbox.daily_limit === null ? '' : String( mailbox.daily_limit ) );
	const [ isWrong, setWrong ] = useState( false );
	const usual = new Intl.NumberFormat( intlLocale( boot.locale ) ).format( mailbox.provider_limit );
	const limit = wholeNumber( typed, 1, MOST );
	const isRight = (): boolean => {
		const isMistyped = limit === null && typed.trim() !== '';
		setWrong( isMistyped );
		return ! isMistyped;
	};
	const save = async (): Promise< void > => {
		await api.setDailyLimit( mailbox.id, limit );
		await onSaved();
	};
	return (
		<FormCard
			/* translators: %s: e-mail address of a mailbox. */
			title={ sprintf( __( 'Daily limit of %s', 'unified-inbox' ), `\u2068${ mailbox.address }\u2069` ) }
			lead={ <Standing mailbox={ mailbox } /> }
			isRight={ isRight }
			save={ save }
		>
			<NumberField
				label={ __( 'Recipients in 24 hours', 'unified-inbox' ) }
				hint={ sprintf(
					/* translators: %s: how many recipients its provider allows a mailbox. */
					__( 'Empty: %s, as Google allows. Mail beyond the limit is not lost: it waits until there is room. Lower it where the owner sends much himself, as that counts at Google too.', 'unified-inbox' ),
					usual
				) }
				least={ 1 }
				most={ MOST }
				placeholder={ usual }
				value={ typed }
				isWrong={ isWrong }
				onChange={ setTyped }
			/>
		</FormCard>
	);
}
