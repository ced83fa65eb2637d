import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { useSettings } from '../context';
import type { Form } from '../model';
import { Trouble } from '../parts/page';
import { to } from '../route';
import { useWork } from '../use-loaded';

/** Removes a form after one more click; the service keeps one that requests came in by. */
export function RemoveForm( { form }: { form: Form } ) {
	const { api, browser, notices } = useSettings();
	const work = useWork();
	const [ isAsked, setAsked ] = useState( false );
	const remove = (): Promise< boolean > =>
		work.run( async () => {
			await api.removeForm( form.id );
			notices.say( __( 'The form is removed.', 'unified-inbox' ) );
			browser.go( to.forms );
		} );
	return (
		<div className="uibs-remove">
			<Trouble problem={ work.problem } />
			{ isAsked ? (
				<>
					<p>{ __( 'Pages that show this form will show nothing in its place.', 'unified-inbox' ) }</p>
					<div className="uibs-acts">
						<Button variant="primary" isDestructive isBusy={ work.isBusy } onClick={ () => void remove() } __next40pxDefaultSize>
							{ __( 'Remove this form now', 'unified-inbox' ) }
						</Button>
						<Button variant="tertiary" onClick={ () => setAsked( false ) } __next40pxDefaultSize>
							{ __( 'Keep it', 'unified-inbox' ) }
						</Button>
					</div>
				</>
			) : (
				<Button variant="link" isDestructive onClick={ () => setAsked( true ) }>
					{ __( 'Remove this form', 'unified-inbox' ) }
				</Button>
			) }
		</div>
	);
}
