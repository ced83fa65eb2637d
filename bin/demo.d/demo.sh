# shellcheck shell=bash
# The parts of a demo and where they keep their state. Sourced after lib.sh.

# In the order they start; they stop in the opposite one.
DEMO_PROCESSES=(mariadb google inbox wordpress arrivals)

# use_demo FOLDER: everything of one demo lies below it.
use_demo() {
  DEMO=$(mkdir -p "$1" && cd "$1" && pwd)
  chmod 700 "$DEMO"
  LOGS=$DEMO/logs
  # shellcheck disable=SC2034 # read by lib.sh
  RUN=$(short_folder "$DEMO/run")
  # shellcheck disable=SC2034 # read by wordpress.sh
  SITE=$DEMO/site DATABASE=$DEMO/database
  mkdir -p "$LOGS" "$DEMO"/{google,data}
}

# keep_ports: chosen once, as WordPress and the pairing know the addresses by heart.
keep_ports() {
  [[ -s $DEMO/ports ]] || printf 'WP_PORT=%s\nSERVICE_PORT=%s\nGOOGLE_PORT=%s\n' \
    "$(free_port)" "$(free_port)" "$(free_port)" >"$DEMO/ports"
  # shellcheck source=/dev/null
  source "$DEMO/ports"
  local port
  for port in "$WP_PORT" "$SERVICE_PORT" "$GOOGLE_PORT"; do
    ! port_open "$port" || die "Port $port, which this demo lives on, is used by another program." \
      "Stop that program, or start over on other ports with bin/demo --fresh."
  done
}

# keep_users: a line each of name, login, password, role, locale, shown name and address.
keep_users() {
  [[ ! -s $DEMO/users.tsv ]] || return 0
  local user
  while IFS=, read -ra user; do
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "${user[0]}" "${user[0]}" "$(random_word 16)" "${user[@]:1}"
  done >"$DEMO/users.tsv" <<'END'
manager,administrator,en_US,Mara Reed,mara@jasmine-reed.example
agent,unified_inbox_agent,en_US,Ana Santos,ana@jasmine-reed.example
agent_ar,unified_inbox_agent,ar,أمينة حداد,amina@jasmine-reed.example
customer,subscriber,en_US,Lea Marquez,lea.marquez@mailbox.example
END
}

# The environment of the service and of its command line.
export_environment() {
  export INBOX_DATA_DIR=$DEMO/data INBOX_BIND=127.0.0.1:$SERVICE_PORT
  export DATABASE_URL=sqlite:///$DEMO/data/inbox.db
  export GMAIL_API_ROOT=http://127.0.0.1:$GOOGLE_PORT GOOGLE_OAUTH_ROOT=http://127.0.0.1:$GOOGLE_PORT
  export PUBSUB_ROOT=http://127.0.0.1:$GOOGLE_PORT
  export GOOGLE_CERTS_URL=http://127.0.0.1:$GOOGLE_PORT/oauth2/v3/certs
  export INBOX_POLL_SECONDS=${INBOX_POLL_SECONDS:-5}
  # Somebody who tries the demo looks at the command line as often as at the screen.
  export INBOX_IDLE_POLL_SECONDS=${INBOX_IDLE_POLL_SECONDS:-5}
  # A stranger's settings must not reach into the demo.
  unset REDIS_URL INBOX_SECRET_KEY
}

# all_running NAME...: whether these parts run, and what people look at answers.
all_running() {
  local name
  [[ -s $DEMO/ready.json ]] || return 1
  # shellcheck source=/dev/null
  source "$DEMO/ports"
  for name; do
    process_id "$name" >/dev/null || return 1
  done
  answers "$SERVICE_PORT" /healthz && answers "$WP_PORT" /wp-login.php
}

stop_demo() {
  local i
  rm -f "$DEMO/ready.json"
  for ((i = ${#DEMO_PROCESSES[@]} - 1; i >= 0; i--)); do
    stop_process "${DEMO_PROCESSES[i]}"
  done
}
