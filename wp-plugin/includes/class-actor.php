<?php
/**
 * Who a signed call speaks for.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** The typ and sub claims of a token. */
final class Actor {

	/**
	 * Kind of speaker: "agent", "plugin", "customer" or "guest".
	 *
	 * @var string
	 */
	public $type;

	/**
	 * Who exactly: a WordPress user id as text, or "plugin".
	 *
	 * @var string
	 */
	public $subject;

	/**
	 * The address a customer goes by in WordPress today, or ''.
	 *
	 * @var string
	 */
	public $email;

	/**
	 * Named constructors below are the way in.
	 *
	 * @param string $type    Kind of speaker.
	 * @param string $subject Who exactly.
	 * @param string $email   Address of a customer.
	 */
	private function __construct( string $type, string $subject, string $email = '' ) {
		$this->type    = $type;
		$this->subject = $subject;
		$this->email   = $email;
	}

	/** The plugin itself. */
	public static function plugin(): self {
		return new self( 'plugin', 'plugin' );
	}

	/**
	 * An agent at work.
	 *
	 * @param int $user_id WordPress user id.
	 */
	public static function agent( int $user_id ): self {
		return new self( 'agent', (string) $user_id );
	}

	/**
	 * A user who reads his own tickets. The address travels along, so that the service notices when it was changed.
	 *
	 * @param \WP_User $user Who is logged in.
	 */
	public static function customer( \WP_User $user ): self {
		return new self( 'customer', (string) $user->ID, (string) $user->user_email );
	}

	/**
	 * Somebody whom a link of a mail lets see one ticket.
	 *
	 * @param string $token The link's token.
	 */
	public static function guest_by_link( string $token ): self {
		return new self( 'guest', "grant:$token" );
	}

	/**
	 * Somebody who entered the code that was mailed to an address.
	 *
	 * @param string $token What the service gave for the code.
	 */
	public static function guest_by_code( string $token ): self {
		return new self( 'guest', "session:$token" );
	}
}
