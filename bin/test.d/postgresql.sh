# shellcheck shell=bash
# A private PostgreSQL of Debian's for the tests: on a Unix socket, in a folder that is thrown away.
# Sourced after lib.sh.

# Debian would make and start a cluster of its own on the usual port; nobody here needs it.
install_postgresql() {
  local off=/etc/postgresql-common/createcluster.d/no-main-cluster.conf
  [[ -n $(missing_packages postgresql) ]] || return 0
  need_packages postgresql-common
  as_root mkdir -p "${off%/*}"
  echo 'create_main_cluster = false' | as_root tee "$off" >/dev/null
  need_packages postgresql
  as_root rm "$off"
}

# PostgreSQL refuses to run as root.
AS_POSTGRES=(env)
((EUID != 0)) || AS_POSTGRES=(runuser -u postgres --)

postgresql_answers() { "$PG_BIN/pg_isready" -q -h "$PG_FOLDER" -U postgres; }

# start_postgresql: sets TEST_DATABASE_URL.
start_postgresql() {
  local versions=(/usr/lib/postgresql/*/bin)
  PG_BIN=${versions[-1]}
  PG_FOLDER=$(mktemp -d /tmp/inbox-pg.XXXXXX)
  ((EUID != 0)) || chown postgres "$PG_FOLDER"
  "${AS_POSTGRES[@]}" "$PG_BIN/initdb" -D "$PG_FOLDER/data" -U postgres --auth=trust --no-sync \
    --encoding=UTF8 --locale=C.UTF-8 >"$LOGS/initdb.log" 2>&1 ||
    die 'PostgreSQL could not make its data folder.' "Read $LOGS/initdb.log."
  # What is thrown away afterwards need not survive a power cut.
  local options=(-c listen_addresses= -c fsync=off -c full_page_writes=off -c synchronous_commit=off)
  start_process postgresql "${AS_POSTGRES[@]}" "$PG_BIN/postgres" -D "$PG_FOLDER/data" \
    -k "$PG_FOLDER" "${options[@]}"
  wait_for postgresql 30 postgresql_answers || die 'PostgreSQL did not start.' "Read $LOGS/postgresql.log."
  export TEST_DATABASE_URL="postgresql://postgres@/postgres?host=$PG_FOLDER"
}

stop_postgresql() {
  [[ -n ${PG_FOLDER:-} ]] || return 0
  stop_process postgresql
  rm -rf "$PG_FOLDER"
}
