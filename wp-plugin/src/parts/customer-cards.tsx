import { useEffect, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { CustomerCards, UserCard } from '../api/customers-api';
import type { Id } from '../model';
import { useDesk } from '../state/context';
import { Fact } from './fact';
import { When } from './when';

function User( { user }: { user: UserCard } ) {
	return (
		<section className="uib-side__section">
			<h3>{ __( 'WordPress user', 'unified-inbox' ) }</h3>
			<dl>
				<Fact label={ __( 'Name', 'unified-inbox' ) }>
					{ user.url ? <a href={ user.url }><bdi>{ user.name }</bdi></a> : <bdi>{ user.name }</bdi> }
				</Fact>
				{ user.roles.length > 0 && <Fact label={ __( 'Role', 'unified-inbox' ) }>{ user.roles.join( ', ' ) }</Fact> }
				<Fact label={ __( 'Registered', 'unified-inbox' ) }>
					<When at={ user.registered } />
				</Fact>
			</dl>
		</section>
	);
}

/** Fetched when the panel is looked at; without them it says what it says. */
function useCards( customerId: Id ): CustomerCards | null {
	const { cards } = useDesk();
	const [ found, setFound ] = useState< CustomerCards | null >( null );
	useEffect( () => {
		let isOpen = true;
		setFound( null );
		cards( customerId ).then(
			( answer ) => isOpen && setFound( answer ),
			() => undefined
		);
		return () => {
			isOpen = false;
		};
	}, [ cards, customerId ] );
	return found;
}

/** Who the customer is in WordPress, and what other plugins know of him (docs/customer-cards.md). */
export function Cards( { customerId }: { customerId: Id } ) {
	const found = useCards( customerId );
	return (
		<>
			{ found?.user && <User user={ found.user } /> }
			{ found?.cards.map( ( { title, html }, place ) => (
				<section className="uib-side__section" key={ place }>
					<h3 dir="auto">{ title }</h3>
					{ /* PHP has left in it what a card may hold, and nothing that runs or loads. */ }
					<div className="uib-card" dir="auto" dangerouslySetInnerHTML={ { __html: html } } />
				</section>
			) ) }
		</>
	);
}
