import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { useSettings } from '../context';
import type { Check, Mailbox, TestingMode } from '../model';
import { CheckList } from '../parts/check-list';
import { Trouble } from '../parts/page';
import { useWork } from '../use-loaded';
import { asksForMode, TestingModeQuestion } from './testing-mode';

/** Asks Google about everything that can be wrong, and says it in words. */
export function SelfCheck( { mailbox, onChanged }: { mailbox: Mailbox; onChanged: () => Promise< void > } ) {
	const { api } = useSettings();
	const work = useWork();
	const [ checks, setChecks ] = useState< Check[] | null >( null );
	const [ mode, setMode ] = useState( mailbox.testing_mode );
	const look = async (): Promise< void > => {
		const found = await api.check( mailbox.id );
		await onChanged();
		// Last, as an answer to the question that it shows would be lost while this work goes on.
		setChecks( found );
	};
	const answer = ( testing_mode: TestingMode ): Promise< boolean > =>
		work.run( async () => {
			setMode( testing_mode );
			await api.changeMailbox( mailbox.id, { testing_mode } );
			await look();
		} );
	return (
		<div className="uibs-selfcheck">
			<div role="status">
				{ checks && <CheckList checks={ checks } /> }
				{ work.isBusy && <span className="screen-reader-text">{ __( 'Loading…', 'unified-inbox' ) }</span> }
			</div>
			{ checks && asksForMode( checks ) && (
				<TestingModeQuestion value={ mode } onChange={ ( mode ) => void answer( mode ) } />
			) }
			<Trouble problem={ work.problem } />
			<div className="uibs-acts">
				<Button variant="secondary" isBusy={ work.isBusy } onClick={ () => void work.run( look ) } __next40pxDefaultSize>
					{ checks ? __( 'Check again', 'unified-inbox' ) : __( 'Check this mailbox', 'unified-inbox' ) }
				</Button>
			</div>
		</div>
	);
}
