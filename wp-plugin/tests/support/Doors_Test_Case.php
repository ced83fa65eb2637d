<?php
/**
 * What the tests of forms and of the status page start from.
 *
 * @package UnifiedInbox
 */

use UnifiedInbox\Forms\Definition;
use UnifiedInbox\Forms\Definitions;
use UnifiedInbox\Forms\Delivery;
use UnifiedInbox\Forms\Guard;
use UnifiedInbox\Forms\Queue;
use UnifiedInbox\Pairing;

/** A paired site with one published form, whose page was opened a minute ago. */
abstract class Doors_Test_Case extends Plugin_Test_Case {

	/** Pairs and publishes. */
	protected function setUp(): void {
		parent::setUp();
		$_SERVER['REMOTE_ADDR'] = '127.0.0.' . random_int( 1, 250 );
		$this->pair();
		$this->publish( $this->form() );
	}

	/** Files are not rolled back with the rows. */
	protected function tearDown(): void {
		Queue::remove();
		remove_action( 'shutdown', array( Delivery::class, 'replay' ) );
		parent::tearDown();
	}

	/**
	 * A form as the service publishes it.
	 *
	 * @param array<int, array<string, mixed>> $more Further fields.
	 * @return array<string, mixed>
	 */
	protected function form( array $more = array() ): array {
		$field      = static function ( string $name, string $type, string $en, string $ar, bool $required, int $max = 0 ): array {
			return array( 'name' => $name, 'type' => $type, 'label' => array( 'en' => $en, 'ar' => $ar, 'tl' => "tl $en" ), 'required' => $required, 'max' => $max );
		};
		$definition = array(
			'fields'  => array_merge(
				array(
					$field( 'name', 'text', 'Your name', 'اسمك', true, 80 ),
					$field( 'email', 'email', 'Your e-mail address', 'بريدك', true ),
					$field( 'subject', 'text', 'Subject', 'الموضوع', false ),
					$field( 'message', 'textarea', 'Message', 'الرسالة', true ),
					$field( 'attachment', 'file', 'File', 'ملف', false, 2 ),
					$field( 'consent', 'consent', 'You may keep this', 'أوافق', true ),
				),
				$more
			),
			'confirm' => new stdClass(),
		);
		return $this->signed( array( 'id' => '5', 'name' => 'Contact us', 'inbox_id' => '3', 'version' => 1, 'definition' => $definition ) );
	}

	/**
	 * Signs a form.
	 *
	 * @param array<string, mixed> $form Without its signature.
	 * @return array<string, mixed>
	 */
	protected function signed( array $form ): array {
		return $form + array( 'signature' => Definition::signature( json_decode( wp_json_encode( $form['definition'] ) ), self::SECRET ) );
	}

	/**
	 * Publishes forms.
	 *
	 * @param array<string, mixed> ...$forms Signed.
	 */
	protected function publish( array ...$forms ): void {
		update_option( Definitions::OPTION, array( 'at' => time(), 'forms' => wp_json_encode( $forms ) ), false );
	}

	/**
	 * What a visitor sends.
	 *
	 * @param array<string, string> $fields Other values.
	 * @param array<string, string> $more   Other members of the request.
	 * @return array<string, mixed>
	 */
	protected function filled_in( array $fields = array(), array $more = array() ): array {
		return $more + array(
			'unified_inbox_form'  => '5',
			'unified_inbox_token' => $this->token( '5' ),
			'unified_inbox'       => $fields + array( 'name' => 'Lina Haddad', 'email' => 'lina@example.test', 'subject' => 'Cup <3', 'message' => "It broke.\r\n5 < 6 & \\\"so\\\"", 'consent' => '1' ),
		);
	}

	/**
	 * A token of a page that was opened some time ago.
	 *
	 * @param string $purpose Form.
	 * @param int    $ago     Seconds.
	 */
	protected function token( string $purpose, int $ago = 60 ): string {
		$mark = new ReflectionMethod( Guard::class, 'mark' );
		$mark->setAccessible( true );
		$at = (string) ( time() - $ago );
		return "$at." . $mark->invoke( null, $at, $purpose );
	}

	/**
	 * A sent file.
	 *
	 * @param string $name  Name.
	 * @param string $bytes Contents.
	 * @return array<string, mixed> A member of $_FILES.
	 */
	protected function sent_file( string $name, string $bytes ): array {
		$path = wp_tempnam( 'upload' );
		file_put_contents( $path, $bytes );
		return array( 'name' => array( $name ), 'type' => array( 'text/plain' ), 'tmp_name' => array( $path ), 'error' => array( UPLOAD_ERR_OK ), 'size' => array( strlen( $bytes ) ) );
	}

	/**
	 * The body of a recorded request.
	 *
	 * @param array<string, mixed> $request From Fake_Service.
	 * @return array<string, mixed>
	 */
	protected function body( array $request ): array {
		return json_decode( $request['body'], true );
	}
}
