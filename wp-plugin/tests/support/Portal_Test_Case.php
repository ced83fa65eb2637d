<?php
/**
 * What the tests of the status page start from.
 *
 * @package UnifiedInbox
 */

use UnifiedInbox\Portal\Acts;
use UnifiedInbox\Portal\Outcome;
use UnifiedInbox\Portal\Status_Page;
use UnifiedInbox\Portal\Visit;

/** A paired site with a page that holds the status block, shown to somebody nobody knows. */
abstract class Portal_Test_Case extends Doors_Test_Case {

	/**
	 * The page.
	 *
	 * @var int
	 */
	protected $page;

	/** Makes the page and goes there. */
	protected function setUp(): void {
		parent::setUp();
		$this->service->answers( 'PUT /site', 200, array() );
		$this->page = wp_insert_post( array( 'post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Your request', 'post_content' => '<!-- wp:unified-inbox/status /-->' ) );
		$this->service->requests = array();
		$this->visit_page( $this->page );
		$this->outcome( null );
	}

	/** Leaves it. */
	protected function tearDown(): void {
		$_GET = array();
		$GLOBALS['wp_query'] = $GLOBALS['wp_the_query'] = new WP_Query();
		$this->outcome( null );
		parent::tearDown();
	}

	/**
	 * Makes WordPress believe it shows a page.
	 *
	 * @param int $id Page.
	 */
	protected function visit_page( int $id ): void {
		$GLOBALS['wp_query'] = $GLOBALS['wp_the_query'] = new WP_Query( array( 'page_id' => $id ) );
		$GLOBALS['post']     = get_post( $id );
	}

	/**
	 * What the last form ran into.
	 *
	 * @param Outcome|null $outcome Outcome.
	 */
	protected function outcome( ?Outcome $outcome ): void {
		$property = new ReflectionProperty( Status_Page::class, 'outcome' );
		$property->setAccessible( true );
		$property->setValue( null, $outcome );
	}

	/**
	 * Sends a form of the page.
	 *
	 * @param string               $wish      What the button says.
	 * @param array<string, mixed> $fields    Fields.
	 * @param string               $reference Ticket.
	 * @param array<string, mixed> $files     As $_FILES.
	 */
	protected function press( string $wish, array $fields = array(), string $reference = '', array $files = array() ): ?Outcome {
		return Acts::perform( $fields + array( 'unified_inbox_do' => $wish, 'unified_inbox_token' => $this->token( Acts::TOKEN ) ), $files, $reference, 'is_readable' );
	}

	/**
	 * A visitor who came by a link or a code.
	 *
	 * @param array<string, string> $links   Tokens by reference.
	 * @param string                $session Token.
	 */
	protected function come_in( array $links, string $session = '' ): void {
		$visit          = new Visit();
		$visit->links   = $links;
		$visit->session = $session;
		$visit->save();
	}

	/**
	 * A ticket as the service tells customers.
	 *
	 * @param array<string, mixed> $more Other members.
	 * @return array<string, mixed>
	 */
	protected function ticket( array $more = array() ): array {
		return $more + array( 'reference' => 'K7M2Q9XA', 'subject' => 'Broken <cup>', 'direction' => 'ltr', 'step' => 'in_progress', 'created_at' => '2026-11-21T10:00:00.000Z', 'last_activity_at' => '2026-11-21T11:00:00.000Z', 'can_answer' => true );
	}

	/**
	 * The service shows a ticket with messages.
	 *
	 * @param array<string, mixed>             $ticket   Ticket.
	 * @param array<int, array<string, mixed>> $messages Messages.
	 */
	protected function show( array $ticket, array $messages = array() ): void {
		$this->service->answers( 'GET /portal/tickets/K7M2Q9XA', 200, $ticket );
		$this->service->answers( 'GET /portal/tickets/K7M2Q9XA/messages', 200, array( 'items' => $messages, 'next_cursor' => null ) );
	}

	/**
	 * A message as the service tells customers.
	 *
	 * @param array<string, mixed> $more Other members.
	 * @return array<string, mixed>
	 */
	protected function message( array $more = array() ): array {
		return $more + array( 'id' => '1', 'from' => 'us', 'name' => 'Sara', 'text' => 'Hello', 'html' => null, 'direction' => 'ltr', 'created_at' => '2026-11-21T10:30:00.000Z', 'attachments' => array() );
	}
}
