<?php
use UnifiedInbox\Answer;
use UnifiedInbox\Care\Alarm;
use UnifiedInbox\Care\Removal;
use UnifiedInbox\Pairing;

final class AlarmTest extends Plugin_Test_Case {

	/** @var array<int, array<string, mixed>> Mails that WordPress would have sent. */
	private $mails = array();

	/** @var bool Whether the mail server takes them. */
	private $takes = true;

	protected function setUp(): void {
		parent::setUp();
		$this->pair();
		add_filter( 'pre_wp_mail', array( $this, 'take_mail' ), 10, 2 );
	}

	protected function tearDown(): void {
		remove_filter( 'pre_wp_mail', array( $this, 'take_mail' ) );
		parent::tearDown();
	}

	/** Stands where the mail server is. */
	public function take_mail( $before, array $mail ): bool {
		$this->mails[] = $mail;
		return $this->takes;
	}

	private function incident( array $more = array() ): array {
		return $more + array(
			'id'         => '31',
			'mailbox_id' => '8',
			'address'    => 'support@example.test',
			'state'      => 'reauth_needed',
			'reason'     => 'Google has revoked it.',
			'began_at'   => gmdate( 'Y-m-d\TH:i:s.000\Z', time() - HOUR_IN_SECONDS ),
			'told_at'    => null,
		);
	}

	private function look( array ...$incidents ): void {
		$this->service->answers( 'GET /site', 200, array( 'incidents' => $incidents ) );
		$this->service->answers( 'PUT /site/incidents/31/told', 200, array( 'first' => true ) );
		Alarm::look();
	}

	private function learn( string $json, int $status = 200 ): void {
		Alarm::learn( 'live', new Answer( $status, json_decode( $json ) ) );
	}

	private function mails_to( int $user ): array {
		$address = get_userdata( $user )->user_email;
		return array_values( array_filter( $this->mails, static function ( array $mail ) use ( $address ): bool {
			return $mail['to'] === $address;
		} ) );
	}

	public function test_a_manager_is_mailed_what_the_service_could_not_tell(): void {
		$manager = $this->user( 'unified_inbox_manager' );
		$this->look( $this->incident() );
		$mail = $this->mails_to( $manager )[0];
		$this->assertStringContainsString( 'The mailbox support@example.test is not being read', $mail['subject'] );
		$this->assertStringContainsString( 'Google has revoked it.', $mail['message'] );
		$this->assertStringContainsString( 'page=unified-inbox-settings#/mailboxes/8', $mail['message'] );
		$this->assertCount( 1, $this->service->asked( 'PUT /site/incidents/31/told' ) );
	}

	public function test_agents_are_not_mailed(): void {
		$agent = $this->user( 'unified_inbox_agent' );
		$this->look( $this->incident() );
		$this->assertSame( array(), $this->mails_to( $agent ) );
	}

	public function test_a_manager_is_mailed_in_his_language(): void {
		$manager = $this->user( 'unified_inbox_manager', array( 'locale' => 'ar' ) );
		$this->look( $this->incident() );
		$this->assertMatchesRegularExpression( '/\p{Arabic}/u', $this->mails_to( $manager )[0]['subject'] );
		$this->assertSame( 'en_US', get_locale() );
	}

	public function test_what_was_told_is_not_told_again(): void {
		$this->user( 'unified_inbox_manager' );
		$this->look( $this->incident( array( 'told_at' => '2026-01-12T08:00:00.000Z' ) ) );
		$this->assertSame( array(), $this->mails );
		$this->assertSame( 1, Alarm::number() );
	}

	public function test_the_service_has_a_moment_to_tell_it_by_another_mailbox(): void {
		$this->user( 'unified_inbox_manager' );
		$this->look( $this->incident( array( 'began_at' => gmdate( 'Y-m-d\TH:i:s.000\Z' ) ) ) );
		$this->assertSame( array(), $this->mails );
	}

	public function test_a_mail_that_could_not_be_sent_is_tried_again(): void {
		$this->user( 'unified_inbox_manager' );
		$this->takes = false;
		$this->look( $this->incident() );
		$this->assertSame( array(), $this->service->asked( 'PUT /site/incidents/31/told' ) );
	}

	public function test_a_service_that_does_not_answer_changes_nothing(): void {
		update_option( Alarm::OPTION, 2 );
		$this->service->is_down( 'GET /site' );
		Alarm::look();
		$this->assertSame( array( array(), 2 ), array( $this->mails, Alarm::number() ) );
	}

	public function test_a_managers_screen_brings_the_mark_at_once_and_takes_it_away(): void {
		$this->log_in( 'unified_inbox_manager' );
		$this->learn( '{"troubles":[{"address":"support@example.test"}]}' );
		$this->assertStringContainsString( '1 mailbox is not being read', Alarm::html() );
		$this->learn( '{"troubles":[]}' );
		$this->assertSame( '', Alarm::html() );
	}

	public function test_the_mark_plans_a_look_soon(): void {
		$this->log_in( 'unified_inbox_manager' );
		$this->learn( '{"troubles":[{}]}' );
		$this->assertNotFalse( wp_next_scheduled( Alarm::TIMER, array( 'soon' ) ) );
	}

	public function test_an_agents_screen_teaches_it_nothing_and_shows_no_mark(): void {
		$this->log_in( 'unified_inbox_agent' );
		$this->learn( '{"troubles":[{}]}' );
		$this->assertSame( 0, Alarm::number() );
		update_option( Alarm::OPTION, 2 );
		$this->assertSame( '', Alarm::html() );
	}

	public function test_failures_teach_it_nothing(): void {
		$this->log_in( 'unified_inbox_manager' );
		$this->learn( '{"troubles":[{}]}', 503 );
		$this->learn( '{"seq":1}' );
		$this->learn( 'null' );
		$this->assertSame( 0, Alarm::number() );
	}

	public function test_the_same_number_writes_nothing(): void {
		$this->log_in( 'unified_inbox_manager' );
		$this->learn( '{"troubles":[{}]}' );
		$before = $GLOBALS['wpdb']->num_queries;
		$this->learn( '{"troubles":[{}]}' );
		$this->assertSame( $before, $GLOBALS['wpdb']->num_queries );
	}

	public function test_the_timer_runs_while_the_site_is_paired(): void {
		$this->assertNotFalse( wp_next_scheduled( Alarm::TIMER ) );
		$this->assertSame( 10 * MINUTE_IN_SECONDS, wp_get_schedules()[ Alarm::OFTEN ]['interval'] );
		update_option( Alarm::OPTION, 2 );
		Pairing::unpair();
		$this->assertFalse( wp_next_scheduled( Alarm::TIMER ) );
		$this->assertSame( 0, Alarm::number() );
	}

	public function test_switching_off_stops_every_look(): void {
		$this->log_in( 'unified_inbox_manager' );
		$this->learn( '{"troubles":[{}]}' );
		Removal::stop();
		$this->assertFalse( wp_next_scheduled( Alarm::TIMER ) );
		$this->assertFalse( wp_next_scheduled( Alarm::TIMER, array( 'soon' ) ) );
	}
}
