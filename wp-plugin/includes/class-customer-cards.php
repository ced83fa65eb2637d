<?php
/**
 * What other plugins know of a customer.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** A REST route with the cards of one customer: the WordPress user behind the address, and what other plugins add by a filter. */
final class Customer_Cards {

	const FILTER = 'unified_inbox_customer_cards';

	/** Cards are asked for whenever a ticket is opened; those of the same customer are kept for so many seconds. */
	const KEPT = 60;

	/** Somebody may have many plugins; a panel has little room. */
	const MOST = 12;

	/** The elements a card may hold: words, lists and links, nothing that loads or runs. */
	const HTML = array(
		'a'      => array( 'href' => true ),
		'br'     => array(),
		'bdi'    => array( 'dir' => true ),
		'code'   => array(),
		'dl'     => array(),
		'dt'     => array(),
		'dd'     => array(),
		'em'     => array(),
		'li'     => array(),
		'ol'     => array(),
		'p'      => array( 'dir' => true ),
		'span'   => array( 'dir' => true ),
		'strong' => array(),
		'ul'     => array(),
	);

	/** Registers the route. */
	public static function register_route(): void {
		register_rest_route(
			Proxy::NAMESPACE,
			'/customers/(?P<id>\d{1,19})/cards',
			array(
				'methods'             => 'GET',
				'permission_callback' => array( self::class, 'may_read' ),
				'callback'            => array( self::class, 'answer' ),
			)
		);
	}

	/** Whether the current user sees tickets at all; whose, the service decides below. */
	public static function may_read(): bool {
		return current_user_can( Capabilities::VIEW );
	}

	/**
	 * The cards of a customer whom the current user may see.
	 *
	 * @param \WP_REST_Request $request From the browser.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public static function answer( \WP_REST_Request $request ) {
		$user_id = get_current_user_id();
		$name    = 'unified_inbox_cards_' . md5( $user_id . ' ' . get_user_locale() . ' ' . $request['id'] );
		$kept    = get_transient( $name );
		if ( is_array( $kept ) ) {
			return new \WP_REST_Response( $kept );
		}
		$answer = Client::call( Actor::agent( $user_id ), 'GET', '/customers/' . $request['id'] );
		if ( is_wp_error( $answer ) || ! $answer->ok() ) {
			return is_wp_error( $answer ) ? $answer : $answer->error();
		}
		$customer = self::customer( $answer->body );
		$found    = array(
			'user'  => null === $customer['user'] ? null : self::user_card( $customer['user'] ),
			'cards' => self::cards( $customer ),
		);
		set_transient( $name, $found, self::KEPT );
		return new \WP_REST_Response( $found );
	}

	/**
	 * The customer as the filter gets it.
	 *
	 * @param object $told By the service.
	 * @return array{id: string, name: string, emails: string[], user: \WP_User|null}
	 */
	private static function customer( object $told ): array {
		$emails = array_map( 'strval', wp_list_pluck( $told->addresses ?? array(), 'email' ) );
		$users  = array_filter( array_map( static fn( string $email ) => get_user_by( 'email', $email ), $emails ) );
		return array(
			'id'     => (string) $told->id,
			'name'   => (string) $told->name,
			'emails' => $emails,
			'user'   => array_values( $users )[0] ?? null,
		);
	}

	/**
	 * Who he is in WordPress; the way to his profile only for who may edit it.
	 *
	 * @param \WP_User $user The user behind the address.
	 * @return array<string, mixed>
	 */
	private static function user_card( \WP_User $user ): array {
		$roles = array_intersect_key( wp_roles()->get_names(), array_flip( $user->roles ) );
		return array(
			'name'       => $user->display_name,
			'roles'      => array_values( array_map( 'translate_user_role', $roles ) ),
			'registered' => mysql_to_rfc3339( $user->user_registered ) . 'Z',
			'url'        => current_user_can( 'edit_user', $user->ID ) ? get_edit_user_link( $user->ID ) : null,
		);
	}

	/**
	 * What other plugins add. One that fails leaves its card out, and the others alone.
	 *
	 * @param array<string, mixed> $customer See customer().
	 * @return array<int, array{title: string, html: string}>
	 */
	private static function cards( array $customer ): array {
		try {
			/**
			 * Lets plugins add cards to the side panel of a ticket.
			 *
			 * @param array<string, array{title: string, html: string|callable}> $cards    By a name of their own. A callable gets $customer.
			 * @param array<string, mixed>                                       $customer id, name, emails, and user: a WP_User or null.
			 */
			$added = apply_filters( self::FILTER, array(), $customer );
		} catch ( \Throwable $failure ) {
			self::note( $failure );
			return array();
		}
		$cards = array_map( static fn( $card ) => self::card( $card, $customer ), array_slice( (array) $added, 0, self::MOST ) );
		return array_values( array_filter( $cards ) );
	}

	/**
	 * One card with nothing in it but what a card may hold.
	 *
	 * @param mixed                $card     As a plugin gave it.
	 * @param array<string, mixed> $customer See customer().
	 * @return array{title: string, html: string}|null
	 */
	private static function card( $card, array $customer ): ?array {
		$content = is_array( $card ) ? $card['html'] ?? '' : '';
		try {
			$html = is_string( $content ) || ! is_callable( $content ) ? $content : $content( $customer );
		} catch ( \Throwable $failure ) {
			self::note( $failure );
			return null;
		}
		$title = is_array( $card ) && is_string( $card['title'] ?? null ) ? trim( wp_strip_all_tags( $card['title'] ) ) : '';
		$clean = is_string( $html ) ? trim( wp_kses( $html, self::HTML, array( 'http', 'https', 'mailto', 'tel' ) ) ) : '';
		return '' === $title || '' === $clean ? null : array(
			'title' => $title,
			'html'  => $clean,
		);
	}

	/**
	 * Tells whoever looks for it which plugin failed; nobody else can do anything about it.
	 *
	 * @param \Throwable $failure Of another plugin.
	 */
	private static function note( \Throwable $failure ): void {
		if ( defined( 'WP_DEBUG' ) && WP_DEBUG ) {
			// phpcs:ignore WordPress.PHP.DevelopmentFunctions -- for developers, where they asked for it.
			error_log( self::FILTER . ': ' . get_class( $failure ) . ' in ' . $failure->getFile() . ':' . $failure->getLine() );
		}
	}
}
