import { Button } from '@wordpress/components';
import { useEffect, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { check, Icon } from '@wordpress/icons';
import { toProblem } from '../../api/problem';
import { Empty } from '../../parts/empty';
import { returned, type Returned } from '../boot';
import { useSettings } from '../context';
import { to } from '../route';
import { Card, Page, Trouble } from './page';

/** Time for the first tab to answer; without an answer this tab goes on by itself. */
const PATIENCE = 800;

/** The consent this tab came back with, until somebody goes on from here. */
export function useReturned(): Returned | null {
	const { boot, browser } = useSettings();
	const [ consent, setConsent ] = useState( returned( boot ) );
	useEffect( () => {
		browser.forgetReturn();
		const leave = (): void => setConsent( null );
		window.addEventListener( 'hashchange', leave );
		return () => window.removeEventListener( 'hashchange', leave );
	}, [] );
	return consent;
}

/**
 * The tab that Google sent back. Where the tab that began is still open, that one goes on and
 * this one may be closed; otherwise this one takes over.
 */
export function ReturnedTab( { consent }: { consent: Returned } ) {
	const { browser } = useSettings();
	const [ isTaken, setTaken ] = useState( false );
	const [ isAlone, setAlone ] = useState( false );
	const { error } = consent;
	const id = consent.id ?? null;
	const goOn = (): void => ( error ? setAlone( true ) : browser.go( id ? to.consent( id ) : to.gmail ) );
	useEffect( () => {
		const takeOver = browser.wait( goOn, PATIENCE );
		const deafen = browser.listen( ( word ) => {
			if ( word.kind === 'taken' && word.flow === id ) {
				takeOver();
				setTaken( true );
			}
		} );
		browser.say( { kind: 'returned', flow: id, error: error ?? null } );
		return () => {
			takeOver();
			deafen();
		};
	}, [] );
	if ( error && isAlone ) {
		return (
			<Page title={ __( 'The mailbox is not connected', 'unified-inbox' ) } isNarrow>
				<Card>
					<Trouble problem={ toProblem( error ) } />
					<Button variant="primary" href={ to.gmail } __next40pxDefaultSize>
						{ __( 'Try again', 'unified-inbox' ) }
					</Button>
				</Card>
			</Page>
		);
	}
	return (
		<div className="uibs-page">
			<section className="uibs-card" role="status">
				<Empty
					icon={ <Icon icon={ check } /> }
					title={ isTaken ? __( 'You can close this tab', 'unified-inbox' ) : __( 'Back from Google…', 'unified-inbox' ) }
					action={
						isTaken && (
							<Button variant="secondary" onClick={ goOn } __next40pxDefaultSize>
								{ __( 'Go on here', 'unified-inbox' ) }
							</Button>
						)
					}
				>
					{ isTaken && __( 'The tab in which you began goes on by itself.', 'unified-inbox' ) }
				</Empty>
			</section>
		</div>
	);
}
