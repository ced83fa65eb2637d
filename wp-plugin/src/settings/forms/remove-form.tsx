import { __ } from '@wordpress/i18n';
import { useSettings } from '../context';
import type { Form } from '../model';
import { AskFirst } from '../parts/ask-first';
import { to } from '../route';

/** Removes a form after one more click; the service keeps one that requests came in by. */
export function RemoveForm( { form }: { form: Form } ) {
	const { api, browser, notices } = useSettings();
	return (
		<AskFirst
			label={ __( 'Remove this form', 'unified-inbox' ) }
			confirm={ __( 'Remove this form now', 'unified-inbox' ) }
			question={ async () => __( 'Pages that show this form will show nothing in its place.', 'unified-inbox' ) }
			run={ async () => {
				await api.removeForm( form.id );
				notices.say( __( 'The form is removed.', 'unified-inbox' ) );
				browser.go( to.forms );
			} }
		/>
	);
}
