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
	 * Kind of speaker: "agent" or "plugin".
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
	 * Named constructors below are the way in.
	 *
	 * @param string $type    Kind of speaker.
	 * @param string $subject Who exactly.
	 */
	private function __construct( string $type, string $subject ) {
		$this->type    = $type;
		$this->subject = $subject;
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
}
