# shellcheck shell=bash
# A real WordPress with its own database, from Debian's packages alone. Sourced after lib.sh.
# SITE is the folder of the site, DATABASE that of its database, RUN that of pid files and sockets.

PATH=$PATH:/usr/sbin # where Debian keeps mariadbd; not in everybody's PATH
WP_SUITE=${WP_SUITE:-trixie} # bookworm's own WordPress is older than the plugin supports
WP_TREE=$CACHE/wordpress-$WP_SUITE
WP_PARTS=$ROOT/bin/demo.d/wordpress
# shellcheck disable=SC2034 # read by the scripts that source this
WP_PACKAGES=(php-cli php-mysql php-curl php-xml php-mbstring php-gd gettext
  mariadb-server-core mariadb-client-core)

# The address of the Debian mirror this machine itself uses.
debian_mirror() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources} 2>/dev/null |
    sed -nE 's,^(URIs:|deb( +\[[^]]*\])?) +(https?://[^ ]+/debian)/?( .*)?$,\3,p' | sed -n 1p
}

# write_apt_config FOLDER: an apt of its own beside the system's, so that no newer suite is ever
# added to this machine. The machine's apt.conf.d (proxies) still counts.
write_apt_config() {
  local mirror
  mirror=$(debian_mirror || true)
  [[ $mirror ]] || die "No Debian source was found in /etc/apt." \
    "Add the machine's Debian mirror to /etc/apt/sources.list."
  mkdir -p "$1"/{parts,lists/partial,cache/archives/partial}
  cat >"$1/parts/suite.sources" <<END
Types: deb
URIs: $mirror
Suites: $WP_SUITE
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
END
  cat >"$1/apt.conf" <<END
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "$1/parts";
Dir::State::Lists "$1/lists";
Dir::Cache "$1/cache";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
Acquire::Languages "none";
APT::Sandbox::User "$(id -un)";
END
}

# Debian replaces libraries that WordPress bundles by links into other packages; the package itself
# says which.
linked_libraries() {
  apt-cache depends wordpress | sed -nE 's/^  Depends: (libjs-[a-z-]+|libphp-[a-z-]+|php-getid3)$/\1/p' | sort -u
}

# fetch_wordpress: $WP_TREE, the files of the suite's WordPress; downloaded and unpacked, never
# installed, as the installed package would bring a web server with it.
fetch_wordpress() {
  [[ ! -f $WP_TREE/wp-load.php ]] || return 0
  local work=$CACHE/fetch-wordpress libraries
  rm -rf "$work"
  write_apt_config "$work"
  export APT_CONFIG=$work/apt.conf
  apt-get update -qq
  mapfile -t libraries < <(linked_libraries)
  mkdir "$work/debs"
  (cd "$work/debs" && apt-get download -qq wordpress wordpress-theme-twentytwentyfive "${libraries[@]}")
  unset APT_CONFIG
  for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/root"; done
  local files=$work/root/usr/share/wordpress
  rm -rf "$files"/{.htaccess,wp-config.php,wp-content/plugins/akismet}
  cp -rL "$files" "$work/tree"
  [[ $(wordpress_version "$work/tree") > 6.7.z ]] || die \
    "The mirror's $WP_SUITE has WordPress $(wordpress_version "$work/tree"); the plugin needs 6.8." \
    "Set WP_SUITE to a newer suite, for example forky."
  mv "$work/tree" "$WP_TREE"
  rm -rf "$work"
}

wordpress_version() { sed -nE "s/^.wp_version = '([^']+)'.*/\1/p" "$1/wp-includes/version.php"; }

sql() { mariadb --no-defaults --socket="$RUN/mysql.sock" --user=root --execute="$1"; }

database_answers() { sql 'SELECT 1' &>/dev/null; }

# start_database: MariaDB on a Unix socket only.
start_database() {
  local me
  # A MariaDB that starts removes the temporary tables it finds, even another's that is at work.
  local -x TMPDIR=$RUN/tmp
  mkdir -p "$TMPDIR"
  me=$(id -un)
  if [[ ! -d $DATABASE/mysql ]]; then
    mkdir -p "$DATABASE"
    # --force: some machines cannot resolve their own name, and the installer would stop there.
    mariadb-install-db --no-defaults --datadir="$DATABASE" --user="$me" --force --skip-test-db \
      --auth-root-authentication-method=normal >"$LOGS/mariadb-install.log" 2>&1 ||
      die "MariaDB could not make its data folder." "Read $LOGS/mariadb-install.log."
  fi
  start_process mariadb mariadbd --no-defaults --user="$me" --datadir="$DATABASE" \
    --socket="$RUN/mysql.sock" --pid-file="$RUN/mariadbd.pid" --skip-networking \
    --innodb-buffer-pool-size=64M --innodb-flush-log-at-trx-commit=2
  wait_for mariadb 60 database_answers || die "MariaDB did not start." "Read $LOGS/mariadb.log."
  sql 'CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4'
}

# make_site PORT: the files of a site that answers on that port, with our plugin linked in.
make_site() {
  [[ ! -f $SITE/wp-config.php ]] || return 0
  rm -rf "$SITE"
  mkdir -p "$(dirname "$SITE")"
  cp -r "$WP_TREE" "$SITE"
  mkdir -p "$SITE"/wp-content/{mu-plugins,languages,uploads}
  ln -s "$WP_PARTS/offline.php" "$SITE/wp-content/mu-plugins/offline.php"
  ln -s "$PLUGIN" "$SITE/wp-content/plugins/unified-inbox"
  local po
  for po in "$WP_PARTS"/languages/*.po; do
    msgfmt -o "$SITE/wp-content/languages/$(basename "$po" .po).mo" "$po"
  done
  WP_PORT=$1 WP_SOCKET=$RUN/mysql.sock WP_LOG=$LOGS/wordpress-debug.log \
    php "$WP_PARTS/config.php" >"$SITE/wp-config.tmp"
  mv "$SITE/wp-config.tmp" "$SITE/wp-config.php"
}

# wordpress STEP: runs one step of install.php inside the site.
wordpress() { (cd "$SITE" && php -d opcache.enable_cli=0 "$WP_PARTS/install.php" "$@"); }

# start_web PORT
start_web() {
  PHP_CLI_SERVER_WORKERS=6 start_process wordpress php -d opcache.enable_cli=1 \
    -d opcache.revalidate_freq=1 -d memory_limit=256M -d upload_max_filesize=32M \
    -d post_max_size=40M -d log_errors=1 -d max_execution_time=120 \
    -S "127.0.0.1:$1" -t "$SITE" "$WP_PARTS/router.php"
}

web_answers() { answers "$1" /wp-login.php; }
