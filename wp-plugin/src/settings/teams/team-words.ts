import { __, _n, _x, sprintf } from '@wordpress/i18n';
import type { Agent } from '../../model';
import type { TeamUses } from '../model';

/** The roles that WordPress gives; the service knows them by these names. */
const ROLES: Record< string, () => string > = {
	manager: () => _x( 'Inbox manager', 'User role', 'unified-inbox' ),
	lead: () => _x( 'Inbox team lead', 'User role', 'unified-inbox' ),
	agent: () => _x( 'Inbox agent', 'User role', 'unified-inbox' ),
	viewer: () => _x( 'Inbox viewer', 'User role', 'unified-inbox' ),
};

export function roleInWords( { role }: Pick< Agent, 'role' > ): string {
	return ROLES[ role ]?.() ?? '';
}

/** Whether the service lets this person lead a team. */
export function canLead( { role }: Pick< Agent, 'role' > ): boolean {
	return role === 'lead' || role === 'manager';
}

/** What a team takes with it when it goes. */
export function usesInWords( { tickets, rules, saved_replies: replies }: TeamUses ): string {
	const words = [];
	if ( tickets ) {
		words.push(
			sprintf(
				/* translators: %d: number of tickets. */
				_n( '%d ticket loses this team; it stays where it is, with whoever has it.', '%d tickets lose this team; they stay where they are, with whoever has them.', tickets, 'unified-inbox' ),
				tickets
			)
		);
	}
	if ( rules ) {
		words.push(
			sprintf(
				/* translators: %d: number of rules. */
				_n( '%d rule loses it too, and is switched off if it gives tickets to nobody else.', '%d rules lose it too, and are switched off where they give tickets to nobody else.', rules, 'unified-inbox' ),
				rules
			)
		);
	}
	if ( replies ) {
		words.push(
			sprintf(
				/* translators: %d: number of saved replies. */
				_n( '%d saved reply becomes your own.', '%d saved replies become your own.', replies, 'unified-inbox' ),
				replies
			)
		);
	}
	return words.join( ' ' ) || __( 'No ticket and no rule names this team. Its members stay as they are.', 'unified-inbox' );
}
