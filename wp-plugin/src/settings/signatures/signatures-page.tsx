import { __, sprintf } from '@wordpress/i18n';
import type { Id } from '../../model';
import { useSettings } from '../context';
import { Page, Wait } from '../parts/page';
import { useLoaded } from '../use-loaded';
import { SignatureCard } from './signature-card';

function LoadedSignature( { inbox, title, hint }: { inbox: Id | null; title: string; hint: string } ) {
	const { api } = useSettings();
	const loaded = useLoaded( () => api.signature( inbox ), inbox ?? 'mine' );
	return <Wait loaded={ loaded }>{ ( before ) => <SignatureCard inbox={ inbox } title={ title } hint={ hint } before={ before } /> }</Wait>;
}

function OfInboxes() {
	const { api } = useSettings();
	const loaded = useLoaded( api.inboxes );
	return (
		<Wait loaded={ loaded }>
			{ ( inboxes ) => (
				<>
					{ inboxes.map( ( { id, name } ) => (
						<LoadedSignature
							key={ id }
							inbox={ id }
							/* translators: %s: name of an inbox. */
							title={ sprintf( __( 'Signature of %s', 'unified-inbox' ), `\u2068${ name }\u2069` ) }
							hint={ __( 'Stands below that of whoever writes, in every mail from this inbox.', 'unified-inbox' ) }
						/>
					) ) }
				</>
			) }
		</Wait>
	);
}

/** What stands below mails: everybody's own words, and for managers those of each inbox. */
export function SignaturesPage() {
	const { boot } = useSettings();
	return (
		<Page
			title={ __( 'Signatures', 'unified-inbox' ) }
			lead={ __( 'What stands below the mails that are sent from here: the words of whoever writes, then those of the inbox.', 'unified-inbox' ) }
			isNarrow
		>
			<LoadedSignature
				inbox={ null }
				title={ __( 'My signature', 'unified-inbox' ) }
				hint={ __( 'Stands below every mail you write, from whatever inbox.', 'unified-inbox' ) }
			/>
			{ boot.canManage && <OfInboxes /> }
		</Page>
	);
}
