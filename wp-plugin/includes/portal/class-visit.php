<?php
/**
 * What a visitor's browser holds for the status page.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Portal;

use UnifiedInbox\Secret_Box;

defined( 'ABSPATH' ) || exit;

/**
 * One sealed cookie that ends with the browser: the address a code was mailed to, the session a code opened, the links that were
 * followed. So no token stays in an address, in a log or in the browser's history.
 */
final class Visit {

	const COOKIE = 'unified_inbox_visit';

	/** Links of so many tickets are remembered; the oldest is forgotten first. */
	const LINKS = 10;

	/**
	 * Address that a code was mailed to, or ''.
	 *
	 * @var string
	 */
	public $email = '';

	/**
	 * Token of the session that a code opened, or ''.
	 *
	 * @var string
	 */
	public $session = '';

	/**
	 * Tokens of followed links, by reference.
	 *
	 * @var array<string, string>
	 */
	public $links = array();

	/** Reads the cookie; an altered one is as good as none. */
	public static function current(): self {
		$visit  = new self();
		$cookie = $_COOKIE[ self::COOKIE ] ?? '';
		$text   = is_string( $cookie ) ? Secret_Box::open( wp_unslash( $cookie ), self::context() ) : null;
		$read   = json_decode( (string) $text, true );
		if ( is_array( $read ) ) {
			$visit->email   = (string) ( $read['email'] ?? '' );
			$visit->session = (string) ( $read['session'] ?? '' );
			$visit->links   = array_map( 'strval', (array) ( $read['links'] ?? array() ) );
		}
		return $visit;
	}

	/**
	 * Remembers a followed link.
	 *
	 * @param string $reference Ticket.
	 * @param string $token     The link's token.
	 */
	public function remember_link( string $reference, string $token ): void {
		unset( $this->links[ $reference ] );
		$this->links[ $reference ] = $token;
		$this->links               = array_slice( $this->links, -self::LINKS, null, true );
	}

	/** Sends the cookie. Lax and not strict: people come from their mail, and have to be let in on the way. */
	public function save(): void {
		$value                    = Secret_Box::seal( (string) wp_json_encode( get_object_vars( $this ) ), self::context() );
		$_COOKIE[ self::COOKIE ] = $value;
		if ( ! headers_sent() ) {
			setcookie( self::COOKIE, $value, self::options( 0 ) );
		}
	}

	/** Ends the visit. */
	public static function end(): void {
		unset( $_COOKIE[ self::COOKIE ] );
		if ( ! headers_sent() ) {
			setcookie( self::COOKIE, '', self::options( 1 ) );
		}
	}

	/**
	 * Attributes of the cookie.
	 *
	 * @param int $expires Seconds since the epoch; 0 when the browser is closed.
	 * @return array<string, mixed>
	 */
	private static function options( int $expires ): array {
		return array(
			'expires'  => $expires,
			'path'     => COOKIEPATH ? COOKIEPATH : '/',
			'domain'   => (string) COOKIE_DOMAIN,
			'secure'   => is_ssl(),
			'httponly' => true,
			'samesite' => 'Lax',
		);
	}

	/** Ties a cookie to this site of a network. */
	private static function context(): string {
		return 'visit|' . get_current_blog_id();
	}
}
