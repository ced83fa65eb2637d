import { Button } from '@wordpress/components';
import { useEffect, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { FoundCustomer, NamedCustomer } from '../model';
import { useDesk } from '../state/context';
import { displayName } from '../text/person';

/** Long enough not to ask at every letter. */
const PAUSE = 250;

interface Choosing {
	chosen: NamedCustomer | null;
	onChoose: ( customer: NamedCustomer | null ) => void;
}

/** The customers whose names or addresses hold the words. */
function useFound( words: string ): FoundCustomer[] {
	const { customers } = useDesk();
	const [ found, setFound ] = useState< FoundCustomer[] >( [] );
	useEffect( () => {
		let isWanted = true;
		const timer = setTimeout( () => {
			const asked = words.trim() ? customers.find( words.trim() ) : Promise.resolve( [] );
			// Without an answer somebody new can be named all the same.
			asked.then( ( items ) => isWanted && setFound( items ), () => isWanted && setFound( [] ) );
		}, PAUSE );
		return () => {
			isWanted = false;
			clearTimeout( timer );
		};
	}, [ customers, words ] );
	return found;
}

function Found( { words, onChoose }: { words: string; onChoose: Choosing[ 'onChoose' ] } ) {
	const found = useFound( words );
	const isAddress = words.includes( '@' );
	const newcomer = isAddress ? { name: '', email: words.trim() } : { name: words.trim(), email: '' };
	return (
		<ul className="uib-others uib-picker__found">
			{ found.map( ( { id, name, addresses } ) => {
				const email = addresses[ 0 ]?.email ?? '';
				return (
					<li key={ id }>
						<button type="button" className="uib-other" onClick={ () => onChoose( { id, name, email } ) }>
							<span dir="auto">{ displayName( { name, email } ) }</span>
							<span className="uib-quiet" dir="ltr">
								{ email }
							</span>
						</button>
					</li>
				);
			} ) }
			<li>
				<button type="button" className="uib-other" onClick={ () => onChoose( newcomer ) }>
					{ __( 'Somebody new', 'unified-inbox' ) }
				</button>
			</li>
		</ul>
	);
}

function Newcomer( { chosen, onChoose }: { chosen: NamedCustomer; onChoose: Choosing[ 'onChoose' ] } ) {
	return (
		<>
			<label>
				<span>{ __( 'Name', 'unified-inbox' ) }</span>
				<input type="text" value={ chosen.name } dir="auto" onChange={ ( event ) => onChoose( { ...chosen, name: event.target.value } ) } />
			</label>
			<label>
				<span>{ __( 'E-mail address, if known', 'unified-inbox' ) }</span>
				<input
					type="email"
					value={ chosen.email }
					dir="ltr"
					onChange={ ( event ) => onChoose( { ...chosen, email: event.target.value } ) }
				/>
			</label>
		</>
	);
}

/** Whether it says who it is. */
export function isNamed( customer: NamedCustomer | null ): customer is NamedCustomer {
	return customer !== null && Boolean( customer.id || customer.name.trim() || customer.email.trim() );
}

/** A customer who is known, found by name or address, or somebody new. */
export function CustomerPicker( { chosen, onChoose }: Choosing ) {
	const [ words, setWords ] = useState( '' );
	if ( chosen ) {
		return (
			<div className="uib-picker">
				<p className="uib-picker__chosen">
					<strong dir="auto">{ chosen.id ? displayName( chosen ) : __( 'Somebody new', 'unified-inbox' ) }</strong>
					<Button variant="link" onClick={ () => onChoose( null ) }>
						{ __( 'Choose another customer', 'unified-inbox' ) }
					</Button>
				</p>
				{ ! chosen.id && <Newcomer chosen={ chosen } onChoose={ onChoose } /> }
			</div>
		);
	}
	return (
		<div className="uib-picker">
			<label>
				<span>{ __( 'Customer: name or address', 'unified-inbox' ) }</span>
				<input type="text" value={ words } dir="auto" onChange={ ( event ) => setWords( event.target.value ) } />
			</label>
			{ words.trim() !== '' && <Found words={ words } onChoose={ onChoose } /> }
		</div>
	);
}
