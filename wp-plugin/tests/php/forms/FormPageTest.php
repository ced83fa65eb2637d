<?php
use UnifiedInbox\Forms\Blocks;
use UnifiedInbox\Forms\Definitions;
use UnifiedInbox\Forms\Form_Page;
use UnifiedInbox\Forms\Guard;
use UnifiedInbox\Forms\Queue;

final class FormPageTest extends Doors_Test_Case {

	const TO = 'POST /forms/5/entries';

	protected function setUp(): void {
		parent::setUp();
		$_SERVER['REQUEST_URI'] = '/contact/';
		foreach ( array( 'refused' => array(), 'drawn' => 0 ) as $name => $value ) {
			$property = new ReflectionProperty( Form_Page::class, $name );
			$property->setAccessible( true );
			$property->setValue( null, $value );
		}
		$this->service->answers( self::TO, 201, array( 'state' => 'ticket' ) );
		// Tests of other screens begin with no script or style at all.
		Blocks::register_handles();
	}

	protected function tearDown(): void {
		$_GET                   = array();
		$_SERVER['REQUEST_URI'] = '/';
		parent::tearDown();
	}

	private function submit( array $fields = array(), array $more = array(), array $files = array() ): string {
		return Form_Page::submit( $this->filled_in( $fields, $more ), $files, 'is_readable' );
	}

	public function test_a_form_with_a_file_reaches_the_service_whole(): void {
		$bytes     = random_bytes( 4000 );
		$reference = $this->submit( array(), array(), array( 'unified_inbox_files_attachment' => $this->sent_file( 'cup.png', $bytes ) ) );
		$body      = $this->body( $this->service->asked( self::TO )[0] );
		$this->assertSame( $reference, $body['reference'] );
		$this->assertSame( array( 'Lina Haddad', 'lina@example.test', true ), array( $body['fields']['name'], $body['fields']['email'], $body['fields']['consent'] ) );
		$this->assertSame( base64_encode( $bytes ), $body['files'][0]['content'] );
		$this->assertSame( home_url( '/contact/' ), $body['page_url'] );
	}

	public function test_a_request_filed_while_logged_in_says_whose_it_is(): void {
		$id = $this->log_in( 'subscriber' );
		$this->submit( array(), array( 'unified_inbox_token' => $this->token( '5' ) ) );
		$this->assertSame( $id, $this->body( $this->service->asked( self::TO )[0] )['wp_user_id'] );
	}

	public function test_a_visitor_gets_a_reference_also_while_the_service_is_down(): void {
		$service = new Fake_Service();
		remove_filter( 'pre_http_request', array( $this->service, 'take' ), 99 );
		$this->assertNotSame( '', $this->submit() );
		remove_filter( 'pre_http_request', array( $service, 'take' ), 99 );
		$this->assertCount( 1, Queue::files() );
	}

	public function test_mistakes_come_back_with_everything_typed_beside_their_fields_and_on_top(): void {
		$this->assertSame( '', $this->submit( array( 'email' => 'lina', 'message' => '<b>&' ) ) );
		$html = Form_Page::render( array() );
		$this->assertMatchesRegularExpression( '#role="alert" tabindex="-1" autofocus.*href="\#unified-inbox-form-email"#s', $html );
		$this->assertMatchesRegularExpression( '#id="unified-inbox-form-email"[^>]*aria-invalid="true" aria-describedby="unified-inbox-form-email-error" value="lina"#', $html );
		$this->assertStringContainsString( '&lt;b&gt;&amp;</textarea>', $html );
		$this->assertSame( 1, substr_count( $html, 'aria-invalid' ) );
		$this->assertSame( array(), $this->service->requests );
	}

	/** @dataProvider programs */
	public function test_a_program_is_stopped_and_a_person_taken_for_one_loses_nothing( array $more, string $words ): void {
		$this->assertSame( '', $this->submit( array(), $more ) );
		$this->assertSame( array(), $this->service->requests );
		$html = Form_Page::render( array() );
		$this->assertStringContainsString( $words, $html );
		$this->assertStringContainsString( 'value="Lina Haddad"', $html );
	}

	public function test_who_has_a_field_to_fill_in_is_not_told_to_press_the_button_again(): void {
		$this->submit( array( 'name' => '' ), array( 'unified_inbox_token' => Guard::token( '5' ) ) );
		$html = Form_Page::render( array() );
		$this->assertStringContainsString( 'Fill in', $html );
		$this->assertStringNotContainsString( 'faster', $html );
	}

	public function programs(): array {
		return array(
			array( array( Guard::TRAP => 'x' ), 'hidden field' ),
			array( array( 'unified_inbox_token' => 'x.y' ), 'open for a long time' ),
		);
	}

	public function test_one_network_cannot_flood_the_team(): void {
		for ( $i = 0; $i < Form_Page::MOST; $i++ ) {
			$this->assertNotSame( '', $this->submit( array( 'subject' => "n $i" ) ) );
		}
		$this->assertSame( '', $this->submit( array( 'subject' => 'one more' ) ) );
		$this->assertStringContainsString( 'Too many requests', Form_Page::render( array() ) );
	}

	public function test_sending_ends_at_an_address_that_can_be_reloaded(): void {
		$url = Form_Page::thanks_address( 'K7M2Q9XA' );
		$this->assertStringStartsWith( home_url( '/contact/' ) . '?unified_inbox_sent=K7M2Q9XA-', $url );
		parse_str( (string) wp_parse_url( $url, PHP_URL_QUERY ), $_GET );
		$this->assertMatchesRegularExpression( '#role="status" tabindex="-1" autofocus.*K7M2Q9XA#s', Form_Page::render( array() ) );
	}

	public function test_nobody_else_can_make_a_page_that_thanks(): void {
		$_GET = array( 'unified_inbox_sent' => 'CALL0900-0123456789abcdef' );
		$this->assertStringNotContainsString( 'CALL0900', Form_Page::render( array() ) );
	}

	public function test_every_field_has_its_label_and_none_speaks_through_a_placeholder(): void {
		$html = Form_Page::render( array() );
		preg_match_all( '#<(?:input(?! type="hidden")|textarea)[^>]* id="([^"]+)"#', $html, $fields );
		$this->assertCount( 6, $fields[1] );
		foreach ( $fields[1] as $id ) {
			$this->assertStringContainsString( "for=\"$id\"", $html );
		}
		$this->assertStringNotContainsString( 'placeholder', $html );
		$this->assertStringNotContainsString( '<script', $html );
	}

	public function test_two_forms_on_a_page_do_not_share_an_id(): void {
		preg_match_all( '# id="([^"]+)"#', Form_Page::render( array() ) . Form_Page::render( array() ), $ids );
		$this->assertSame( array_unique( $ids[1] ), $ids[1] );
	}

	public function test_block_and_shortcode_draw_the_same_form(): void {
		$this->assertStringContainsString( 'name="unified_inbox_form" value="5"', do_blocks( '<!-- wp:unified-inbox/form {"formId":"5"} /-->' ) );
		$this->assertStringContainsString( 'name="unified_inbox_form" value="5"', do_shortcode( '[unified_inbox_form id="5"]' ) );
	}

	public function test_a_user_does_not_type_what_the_site_knows(): void {
		wp_set_current_user( $this->user( 'subscriber', array( 'display_name' => 'Omar', 'user_email' => 'omar@example.test' ) ) );
		$this->assertMatchesRegularExpression( '#value="Omar".*value="omar@example.test"#s', Form_Page::render( array() ) );
	}

	public function test_without_a_form_visitors_are_told_to_come_back_and_the_team_why(): void {
		$this->publish();
		$this->assertStringContainsString( 'try again later', Form_Page::render( array() ) );
		$this->log_in( 'administrator' );
		$this->assertStringContainsString( 'page=unified-inbox-settings', Form_Page::render( array() ) );
	}

	public function test_the_style_comes_with_the_form_alone(): void {
		wp_dequeue_style( Blocks::STYLE );
		do_action( 'wp_enqueue_scripts' );
		$this->assertFalse( wp_style_is( Blocks::STYLE ) );
		Form_Page::render( array() );
		$this->assertTrue( wp_style_is( Blocks::STYLE ) );
		wp_dequeue_style( Blocks::STYLE );
	}

	public function test_a_page_sent_by_nobody_is_left_alone(): void {
		Form_Page::take();
		$this->assertSame( array(), $this->service->requests );
	}

	public function test_a_form_that_is_gone_is_not_sent_anywhere(): void {
		$this->assertSame( '', $this->submit( array(), array( 'unified_inbox_form' => '77' ) ) );
		$this->assertNull( Definitions::find( '77' ) );
	}

	public function test_both_blocks_are_of_the_newest_kind_and_every_handle_they_need_is_there(): void {
		foreach ( array( 'form', 'status' ) as $name ) {
			$block = WP_Block_Type_Registry::get_instance()->get_registered( "unified-inbox/$name" );
			$this->assertSame( 3, $block->api_version );
			$this->assertSame( array( Blocks::SCRIPT ), $block->editor_script_handles );
			$this->assertSame( array(), array_merge( $block->style_handles, $block->view_script_handles, $block->script_handles ) );
		}
		foreach ( wp_scripts()->registered[ Blocks::SCRIPT ]->deps as $handle ) {
			$this->assertTrue( wp_script_is( $handle, 'registered' ), $handle );
		}
	}

	public function test_whoever_writes_pages_can_choose_a_form_and_visitors_cannot_list_them(): void {
		$this->assertSame( 401, $this->rest( 'GET', 'forms' )->get_status() );
		$this->log_in( 'author' );
		$this->assertSame( array( array( 'value' => '5', 'label' => 'Contact us' ) ), $this->rest( 'GET', 'forms' )->get_data() );
	}
}
