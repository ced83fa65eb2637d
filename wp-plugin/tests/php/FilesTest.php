<?php
use UnifiedInbox\Files;

final class FilesTest extends Plugin_Test_Case {

	private function log_in_by_cookie( string $role ): void {
		$id      = $this->user( $role );
		$expires = time() + HOUR_IN_SECONDS;
		$token   = WP_Session_Tokens::get_instance( $id )->create( $expires );

		$_COOKIE[ LOGGED_IN_COOKIE ] = wp_generate_auth_cookie( $id, $expires, 'logged_in', $token );
	}

	public function test_a_picture_is_shown_to_an_agent_by_the_login_cookie_alone(): void {
		$this->pair();
		$this->log_in_by_cookie( 'unified_inbox_viewer' );
		$this->assertSame( 200, $this->rest( 'GET', 'files/abc.DEF-1_2' )->get_status() );
	}

	public function test_a_customer_with_a_good_token_gets_nothing_here(): void {
		$this->log_in_by_cookie( 'subscriber' );
		$this->assertSame( 401, $this->rest( 'GET', 'files/abc' )->get_status() );
	}

	public function test_a_guest_and_a_forged_cookie_get_nothing(): void {
		$this->assertSame( 401, $this->rest( 'GET', 'files/abc' )->get_status() );
		$_COOKIE[ LOGGED_IN_COOKIE ] = 'admin|9999999999|x|y';
		$this->assertSame( 401, $this->rest( 'GET', 'files/abc' )->get_status() );
	}

	/** @dataProvider no_tokens */
	public function test_what_is_no_token_is_no_route( string $token ): void {
		$this->log_in( 'unified_inbox_agent' );
		$this->assertSame( 404, $this->rest( 'GET', "files/$token" )->get_status() );
	}

	public function no_tokens(): array {
		return array( array( '' ), array( 'a/b' ), array( '%2e%2e' ), array( 'a b' ), array( str_repeat( 'a', 1001 ) ) );
	}

	public function test_name_type_and_size_are_kept(): void {
		$headers = Files::headers( array( 'content-type' => 'application/pdf', 'content-disposition' => 'attachment; filename="a.pdf"', 'content-length' => '12' ) );
		$this->assertSame( array( 'application/pdf', 'attachment; filename="a.pdf"', '12' ), array( $headers['Content-Type'], $headers['Content-Disposition'], $headers['Content-Length'] ) );
	}

	public function test_nothing_is_guessed_run_or_told_on(): void {
		$headers = Files::headers( array() );
		$this->assertSame( array( 'attachment', 'nosniff', 'no-referrer' ), array( $headers['Content-Disposition'], $headers['X-Content-Type-Options'], $headers['Referrer-Policy'] ) );
		$this->assertStringStartsWith( 'sandbox', $headers['Content-Security-Policy'] );
		$this->assertSame( 'application/octet-stream', $headers['Content-Type'] );
	}

	/** @dataProvider places */
	public function test_only_plain_pictures_open_in_the_browser( string $type, string $place ): void {
		$headers = Files::headers( array( 'content-type' => $type, 'content-disposition' => 'inline; filename="x"' ) );
		$this->assertSame( "$place; filename=\"x\"", $headers['Content-Disposition'] );
	}

	public function places(): array {
		return array(
			array( 'image/png', 'inline' ),
			array( 'IMAGE/JPEG; name=x', 'inline' ),
			array( 'image/svg+xml', 'attachment' ),
			array( 'text/html', 'attachment' ),
			array( 'application/pdf', 'attachment' ),
			array( 'image/png,text/html', 'attachment' ),
		);
	}

	public function test_answers_of_other_routes_are_left_to_wordpress(): void {
		$request = new WP_REST_Request( 'GET', '/wp/v2/types' );
		$request->set_attributes( array( 'callback' => 'strlen' ) );
		$this->assertFalse( Files::serve( false, new WP_REST_Response(), $request ) );
	}

	public function test_an_unpaired_site_answers_in_words_instead_of_a_file(): void {
		$this->log_in( 'unified_inbox_agent' );
		$this->assertSame( 'not_paired', $this->rest( 'GET', 'files/abc' )->get_data()['code'] );
	}
}
