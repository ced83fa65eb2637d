import { Button } from '@wordpress/components';
import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { useWork } from '../use-loaded';
import { Trouble } from './page';

/**
 * Something that no button brings back: the first click tells what will be gone, the second does
 * it. The focus goes with the question, so that it is read out and nobody has to search for it.
 */
export function AskFirst( {
	label,
	confirm,
	question,
	run,
}: {
	label: string;
	confirm: string;
	/** What will be gone, found out when somebody asks. */
	question: () => Promise< ReactNode >;
	run: () => Promise< void >;
} ) {
	const work = useWork();
	const [ asked, setAsked ] = useState< ReactNode >( null );
	const words = useRef< HTMLParagraphElement >( null );
	const begin = useRef< HTMLDivElement >( null );
	const wasAsked = useRef( false );
	useEffect( () => {
		if ( asked ) {
			words.current?.focus();
		} else if ( wasAsked.current ) {
			begin.current?.querySelector( 'button' )?.focus();
		}
		wasAsked.current = asked !== null;
	}, [ asked ] );
	return (
		<div className="uibs-remove" ref={ begin }>
			{ asked ? (
				<>
					<p className="uibs-remove__words" tabIndex={ -1 } ref={ words }>
						{ asked }
					</p>
					<div className="uibs-acts">
						<Button variant="primary" isDestructive isBusy={ work.isBusy } onClick={ () => void work.run( run ) } __next40pxDefaultSize>
							{ confirm }
						</Button>
						<Button variant="tertiary" onClick={ () => setAsked( null ) } __next40pxDefaultSize>
							{ __( 'Keep it', 'unified-inbox' ) }
						</Button>
					</div>
				</>
			) : (
				<Button
					variant="link"
					isDestructive
					isBusy={ work.isBusy }
					onClick={ () => void work.run( async () => setAsked( await question() ) ) }
				>
					{ label }
				</Button>
			) }
			<Trouble problem={ work.problem } />
		</div>
	);
}
