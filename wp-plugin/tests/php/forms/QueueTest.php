<?php
use UnifiedInbox\Forms\Delivery;
use UnifiedInbox\Forms\Entry;
use UnifiedInbox\Forms\Queue;

final class QueueTest extends Doors_Test_Case {

	const TO = 'POST /forms/5/entries';

	private function entry( string $message = 'It broke', string $content = '' ): Entry {
		$files = '' === $content ? array() : array( array( 'name' => 'cup.png', 'type' => 'image/png', 'content' => base64_encode( $content ) ) );
		return Entry::make( '5', array( 'email' => 'lina@example.test', 'message' => $message, 'consent' => true ), $files, $this->token( '5' ), 'http://x/contact/' );
	}

	public function test_an_entry_goes_straight_to_the_service(): void {
		$this->service->answers( self::TO, 201, array( 'state' => 'ticket' ) );
		$this->assertTrue( Delivery::send( $entry = $this->entry() ) );
		$this->assertSame( array(), Queue::files() );
		$sent = $this->service->asked( self::TO )[0];
		$this->assertSame( 'plugin', $this->claims( $sent )['typ'] );
		$this->assertSame( $entry->shown_reference(), $this->body( $sent )['reference'] );
		$this->assertNull( $this->body( $sent )['wp_user_id'] );
	}

	public function test_an_entry_that_waited_says_exactly_what_it_said_at_first(): void {
		$this->service->is_down( self::TO )->answers( self::TO, 201, array( 'state' => 'ticket' ) );
		$this->assertTrue( Delivery::send( $this->entry( 'ماذا؟', random_bytes( 70000 ) ) ) );
		$this->assertCount( 1, Queue::files() );
		Delivery::replay();
		list( $first, $second ) = $this->service->asked( self::TO );
		$this->assertSame( $first['body'], $second['body'] );
		$this->assertSame( array(), Queue::files() );
	}

	/** @dataProvider refusals */
	public function test_whatever_the_service_says_the_entry_is_not_lost( int $status, string $code ): void {
		$this->service->refuses( self::TO, $status, $code );
		$this->assertTrue( Delivery::send( $this->entry() ) );
		$this->assertCount( 1, Queue::files() );
	}

	public function refusals(): array {
		return array( array( 500, 'x' ), array( 503, 'x' ), array( 409, 'site_moved' ), array( 401, 'token_expired' ), array( 429, 'x' ), array( 413, 'x' ) );
	}

	public function test_nothing_of_what_waits_can_be_read(): void {
		Queue::keep( $this->entry( 'a very private matter' ) );
		$bytes = file_get_contents( Queue::files()[0] );
		$this->assertStringNotContainsString( 'private', $bytes );
		$this->assertStringNotContainsString( 'lina', $bytes );
		$this->assertSame( '0600', substr( sprintf( '%o', fileperms( Queue::files()[0] ) ), -4 ) );
	}

	public function test_nobody_can_guess_where_it_waits_and_servers_keep_it_shut(): void {
		Queue::keep( $this->entry() );
		$file   = Queue::files()[0];
		$folder = dirname( $file );
		$this->assertMatchesRegularExpression( '#/\.unified-inbox-[0-9a-f]{32}/[0-9a-f]{40}\.entry$#', $file );
		$this->assertStringContainsString( 'denied', file_get_contents( "$folder/.htaccess" ) );
		$this->assertFileExists( "$folder/index.php" );
	}

	public function test_an_altered_entry_is_kept_for_the_owner_to_see_and_does_not_stop_others(): void {
		Queue::keep( $this->entry( 'first' ) );
		$file = Queue::files()[0];
		file_put_contents( $file, strrev( file_get_contents( $file ) ) );
		Queue::keep( $this->entry( 'second' ) );
		$this->service->answers( self::TO, 201, array() );
		Delivery::replay();
		$this->assertSame( array( $file ), Queue::files() );
		$this->assertCount( 1, $this->service->asked( self::TO ) );
	}

	public function test_one_the_service_never_takes_does_not_stop_the_others(): void {
		Queue::keep( $this->entry( 'first' ) );
		Queue::keep( $this->entry( 'second' ) );
		$this->service->refuses( self::TO, 422, 'x' )->answers( self::TO, 201, array() );
		Delivery::replay();
		$this->assertCount( 1, Queue::files() );
		$this->assertCount( 2, $this->service->requests );
	}

	public function test_a_service_that_is_still_down_is_tried_with_one_entry_only(): void {
		Queue::keep( $this->entry( 'first' ) );
		Queue::keep( $this->entry( 'second' ) );
		$this->service->is_down( self::TO );
		Delivery::replay();
		$this->assertCount( 1, $this->service->requests );
		$this->assertCount( 2, Queue::files() );
	}

	public function test_attempts_get_rarer_and_never_end(): void {
		$this->service->is_down( self::TO );
		Delivery::send( $this->entry() );
		$waits = array( wp_next_scheduled( Delivery::TIMER ) - time() );
		for ( $i = 0; $i < 5; $i++ ) {
			Delivery::replay();
			$waits[] = wp_next_scheduled( Delivery::TIMER ) - time();
		}
		$this->assertEqualsWithDelta( array( 60, 120, 240, 480, 900, 900 ), $waits, 2 );
	}

	public function test_any_sign_of_life_of_the_service_sends_what_waits(): void {
		$this->service->is_down( self::TO )->answers( self::TO, 201, array() );
		Delivery::send( $this->entry() );
		$this->service->answers( 'GET /site', 200, array() );
		UnifiedInbox\Client::call_as_plugin( 'GET', '/site' );
		$this->assertNotFalse( has_action( 'shutdown', array( Delivery::class, 'replay' ) ) );
		Delivery::replay();
		$this->assertSame( array(), Queue::files() );
		$this->assertFalse( wp_next_scheduled( Delivery::TIMER ) );
	}

	public function test_a_site_where_nothing_waits_does_nothing_at_the_end_of_a_request(): void {
		$this->service->answers( 'GET /site', 200, array() );
		UnifiedInbox\Client::call_as_plugin( 'GET', '/site' );
		$this->assertFalse( has_action( 'shutdown', array( Delivery::class, 'replay' ) ) );
	}

	public function test_a_full_queue_says_so_and_the_words_stay_on_the_page(): void {
		Queue::keep( $this->entry() );
		$folder = dirname( Queue::files()[0] );
		for ( $i = 1; $i < Queue::MOST; $i++ ) {
			touch( "$folder/$i.entry" );
		}
		$kept = Queue::keep( $this->entry( 'one too many' ) );
		$this->assertSame( 'queue_full', $kept->get_error_code() );
	}

	public function test_removing_leaves_no_file_behind(): void {
		Queue::keep( $this->entry() );
		$folder = dirname( Queue::files()[0] );
		Queue::remove();
		$this->assertDirectoryDoesNotExist( $folder );
	}
}
