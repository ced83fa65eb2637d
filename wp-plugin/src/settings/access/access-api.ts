import type { Transport } from '../../api/transport';
import type { Id, Page } from '../../model';
import type { Access, Person, Rank, Reach, ReachChange } from './model';

interface WordPressUser {
	id: number;
	name: string;
}

export interface AccessApi {
	access: () => Promise< Access >;
	mapRoles: ( roles: Record< string, Rank > ) => Promise< Access >;
	/** Null lets the role in WordPress decide again. */
	place: ( user: number, rank: Rank | null ) => Promise< Access >;
	reach: () => Promise< Reach[] >;
	changeReach: ( agent: Id, change: ReachChange ) => Promise< Reach >;
	/** Users of WordPress whose name or address holds this. */
	find: ( words: string ) => Promise< Person[] >;
	/** A user who has no place here yet. */
	user: ( id: number ) => Promise< Person >;
}

const stranger = ( { id, name }: WordPressUser ): Person => ( { id, name, roles: [], rank: '', own: null } );

/** Who works here: WordPress knows the people and their places, the service the inboxes they see. */
export function accessApi( site: Transport, service: Transport, wordpress: Transport ): AccessApi {
	return {
		access: () => site( { path: '/access' } ),
		mapRoles: ( roles ) => site( { method: 'PUT', path: '/access/roles', body: { roles } } ),
		place: ( user, rank ) => site( { method: 'PUT', path: `/access/people/${ user }`, body: { rank } } ),
		reach: async () => ( await service< Page< Reach > >( { path: '/agents/reach' } ) ).items,
		changeReach: ( agent, body ) => service( { method: 'PUT', path: `/agents/${ agent }/reach`, body } ),
		find: async ( search ) => {
			const found = await wordpress< WordPressUser[] >( { path: '/users', query: { search, context: 'edit', per_page: 10 } } );
			return found.map( stranger );
		},
		user: async ( id ) => stranger( await wordpress< WordPressUser >( { path: `/users/${ id }`, query: { context: 'edit' } } ) ),
	};
}
