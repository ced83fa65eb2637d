import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useSettings } from '../context';
import type { DryRunLine, Rule } from '../model';
import { Card, Trouble } from '../parts/page';
import { useWork } from '../use-loaded';
import { lineRules, lineTarget, tally } from './dry-run-words';

const SHOWN = 20;

function Tally( { lines, rules }: { lines: readonly DryRunLine[]; rules: readonly Rule[] } ) {
	return (
		<ul className="uibs-tally">
			{ tally( lines, rules ).map( ( { id, name, count } ) => (
				<li key={ id ?? 'none' }>
					<span className="uibs-tally__bar" aria-hidden="true">
						<span style={ { inlineSize: `${ ( 100 * count ) / ( lines.length || 1 ) }%` } } />
					</span>
					<span dir="auto">{ name ?? __( 'Nobody gets it: Unassigned', 'unified-inbox' ) }</span>
					<span className="uibs-quiet">
						{ /* translators: %d: number of tickets. */ sprintf( _n( '%d ticket', '%d tickets', count, 'unified-inbox' ), count ) }
					</span>
				</li>
			) ) }
		</ul>
	);
}

function Lines( { lines, rules }: { lines: readonly DryRunLine[]; rules: readonly Rule[] } ) {
	const [ isWhole, setWhole ] = useState( false );
	const shown = isWhole ? lines : lines.slice( 0, SHOWN );
	return (
		<>
			<div className="uibs-tablewrap" tabIndex={ 0 } role="region" aria-label={ __( 'Tickets of the trial', 'unified-inbox' ) }>
				<table className="uibs-table">
					<thead>
						<tr>
							<th scope="col">{ __( 'Ticket', 'unified-inbox' ) }</th>
							<th scope="col">{ __( 'Rule', 'unified-inbox' ) }</th>
							<th scope="col">{ __( 'Goes to', 'unified-inbox' ) }</th>
						</tr>
					</thead>
					<tbody>
						{ shown.map( ( line ) => (
							<tr key={ line.ticket_number }>
								<td>
									<a href={ `admin.php?page=unified-inbox#/open/ticket/${ line.ticket_number }` }>
										<bdi>{ line.subject || __( '(no subject)', 'unified-inbox' ) }</bdi>
									</a>
								</td>
								<td dir="auto">{ lineRules( line, rules ) || '–' }</td>
								<td dir="auto">{ lineTarget( line ) || '–' }</td>
							</tr>
						) ) }
					</tbody>
				</table>
			</div>
			{ shown.length < lines.length && (
				<Button variant="link" onClick={ () => setWhole( true ) }>
					{ /* translators: %d: number of tickets. */ sprintf( __( 'Show all %d', 'unified-inbox' ), lines.length ) }
				</Button>
			) }
		</>
	);
}

/** What the rules would have done with the last hundred tickets; nothing is changed by it. */
export function DryRun( { rules }: { rules: readonly Rule[] } ) {
	const { api } = useSettings();
	const work = useWork();
	const [ lines, setLines ] = useState< DryRunLine[] | null >( null );
	const run = () => work.run( async () => setLines( await api.dryRun() ) );
	return (
		<Card
			title={ __( 'Try the rules', 'unified-inbox' ) }
			action={
				<Button variant="secondary" isBusy={ work.isBusy } onClick={ () => void run() } __next40pxDefaultSize>
					{ lines ? __( 'Try again', 'unified-inbox' ) : __( 'Try on the last 100 tickets', 'unified-inbox' ) }
				</Button>
			}
		>
			<p className="uibs-quiet">{ __( 'Shows where each would have gone. Nothing is changed.', 'unified-inbox' ) }</p>
			<Trouble problem={ work.problem } />
			<div role="status">{ lines && <Tally lines={ lines } rules={ rules } /> }</div>
			{ lines && lines.length > 0 && <Lines lines={ lines } rules={ rules } /> }
		</Card>
	);
}
