<?php
/**
 * The status page: where a request stands.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Portal;

use UnifiedInbox\Forms\Blocks;

defined( 'ABSPATH' ) || exit;

/** Block and shortcode. What a request asks for is done before the page is drawn; then it ends in a clean address. */
final class Status_Page {

	const TICKET = 'unified_inbox_ticket';
	const GRANT  = 'grant';
	const FILE   = 'unified_inbox_file';
	const STEP   = 'unified_inbox_step';
	const ID     = 'unified-inbox-status';

	/**
	 * What the last form ran into.
	 *
	 * @var Outcome|null
	 */
	private static $outcome = null;

	/** Hooks what comes before the page. */
	public static function register(): void {
		add_action( 'template_redirect', array( self::class, 'prepare' ) );
	}

	/** On the status page alone: headers, followed links, files, sent forms. Decided by the post WordPress has loaded anyway. */
	public static function prepare(): void {
		$post = is_singular() ? get_queried_object() : null;
		if ( ! $post instanceof \WP_Post || ! Status_Address::is_on( $post ) ) {
			return;
		}
		Private_Page::mark();
		$query = wp_unslash( $_GET );
		if ( self::follow_link( $query ) ) {
			self::leave( self::ticket_url( self::text( $query, self::TICKET ) ) );
		}
		if ( '' !== self::text( $query, self::FILE ) ) {
			self::send_file( $query );
		}
		// phpcs:ignore WordPress.Security.NonceVerification -- guests have no nonce; Acts checks a token of ours.
		$outcome = Acts::perform( wp_unslash( $_POST ), $_FILES, self::text( $query, self::TICKET ) );
		if ( $outcome && '' !== $outcome->address ) {
			self::leave( $outcome->address );
		}
		self::$outcome = $outcome;
	}

	/**
	 * Draws the block or shortcode.
	 *
	 * @param array<string, mixed>|string $attributes None yet.
	 */
	public static function render( $attributes = array() ): string {
		Private_Page::mark();
		wp_enqueue_style( Blocks::STYLE );
		return sprintf( '<div class="wp-block-unified-inbox-status unified-inbox" id="%s">%s</div>', self::ID, self::contents( self::text( wp_unslash( $_GET ), self::TICKET ) ) );
	}

	/**
	 * Takes a link's token out of the address and into the cookie.
	 *
	 * @param array<string, mixed> $query As $_GET, without slashes.
	 */
	public static function follow_link( array $query ): bool {
		$reference = self::text( $query, self::TICKET );
		$token     = self::text( $query, self::GRANT );
		if ( '' === $reference || '' === $token ) {
			return false;
		}
		$visit = Visit::current();
		$visit->remember_link( $reference, $token );
		$visit->save();
		return true;
	}

	/** Address of the status page, of this page when none is registered. */
	public static function url(): string {
		$here = is_singular() ? (string) get_permalink() : '';
		return '' === $here ? Status_Address::get() : $here;
	}

	/**
	 * Address of a ticket.
	 *
	 * @param string $reference Ticket.
	 */
	public static function ticket_url( string $reference ): string {
		return add_query_arg( self::TICKET, rawurlencode( $reference ), self::url() );
	}

	/**
	 * What the page holds.
	 *
	 * @param string $reference Ticket, or '' for the list.
	 */
	private static function contents( string $reference ): string {
		$visit   = Visit::current();
		$outcome = self::$outcome ?? new Outcome();
		if ( '' !== $reference ) {
			return self::ticket( $visit, $reference, $outcome );
		}
		$asking = self::asks_for_code( $visit );
		if ( $asking || array() === Visitor::for_list( $visit ) ) {
			return Gate_View::html( $visit, $asking, $outcome );
		}
		$tickets = self::lists( $visit );
		if ( is_wp_error( $tickets ) ) {
			return Gate_View::out_of_order();
		}
		return array() === Visitor::for_list( $visit ) ? Gate_View::html( $visit, false, $outcome ) : List_View::html( $tickets, $outcome );
	}

	/**
	 * Whether a code was mailed and is to be typed now.
	 *
	 * @param Visit $visit From the cookie.
	 */
	private static function asks_for_code( Visit $visit ): bool {
		return 'code' === self::text( wp_unslash( $_GET ), self::STEP ) && '' !== $visit->email;
	}

	/**
	 * One ticket, or the way in.
	 *
	 * @param Visit   $visit     From the cookie.
	 * @param string  $reference Ticket.
	 * @param Outcome $outcome   Of the last form.
	 */
	private static function ticket( Visit $visit, string $reference, Outcome $outcome ): string {
		$found = Portal_Client::ticket( Visitor::for_ticket( $visit, $reference ), $reference );
		if ( is_wp_error( $found ) ) {
			return 404 === ( $found->get_error_data()['status'] ?? 0 ) ? Gate_View::html( $visit, self::asks_for_code( $visit ), $outcome, $reference ) : Gate_View::out_of_order();
		}
		list( $actor, $ticket ) = $found;
		$messages               = Portal_Client::messages( $actor, $reference );
		return is_wp_error( $messages ) ? Gate_View::out_of_order() : Ticket_View::html( $ticket, $messages, $outcome );
	}

	/**
	 * The tickets of everybody the visitor is, each once.
	 *
	 * @param Visit $visit From the cookie.
	 * @return object[]|\WP_Error
	 */
	private static function lists( Visit $visit ) {
		$found = array();
		foreach ( Visitor::for_list( $visit ) as $actor ) {
			$tickets = Portal_Client::tickets( $actor );
			if ( is_wp_error( $tickets ) && (int) ( $tickets->get_error_data()['status'] ?? 502 ) >= 500 ) {
				return $tickets;
			}
			if ( is_wp_error( $tickets ) && 'guest' === $actor->type ) {
				// The session is over: the visitor has to come in again.
				$visit->session = '';
			}
			foreach ( is_wp_error( $tickets ) ? array() : $tickets as $ticket ) {
				$found[ (string) ( $ticket->reference ?? '' ) ] = $ticket;
			}
		}
		return array_values( $found );
	}

	/**
	 * Streams an attachment to somebody who is in.
	 *
	 * @param array<string, mixed> $query As $_GET, without slashes.
	 */
	private static function send_file( array $query ): void {
		$visit     = Visit::current();
		$reference = self::text( $query, self::TICKET );
		$sent      = array() === Visitor::for_ticket( $visit, $reference ) ? false : \UnifiedInbox\Files::send( self::text( $query, self::FILE ) );
		if ( true === $sent || headers_sent() ) {
			exit;
		}
		// The link was too old. The page draws fresh ones.
		self::leave( add_query_arg( self::STEP, 'file', self::ticket_url( $reference ) ) );
	}

	/**
	 * Goes to a clean address.
	 *
	 * @param string $address Of this site.
	 */
	private static function leave( string $address ): void {
		wp_safe_redirect( $address, 303 );
		exit;
	}

	/**
	 * A text out of a request.
	 *
	 * @param array<string, mixed> $from Without slashes.
	 * @param string               $name Member.
	 */
	private static function text( array $from, string $name ): string {
		return is_string( $from[ $name ] ?? null ) ? trim( $from[ $name ] ) : '';
	}
}
