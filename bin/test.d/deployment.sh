# shellcheck shell=bash
# The programs that the guide for a server names, for the tests that follow the guide. Their Debian
# packages would start a web server and a Redis on this machine, so the programs alone are taken.
# Sourced after lib.sh.

TOOLS=$CACHE/tools

# install_deployment_tools: nginx and redis-server below $TOOLS.
install_deployment_tools() {
  need_packages redis-tools rsync openssl libpcre2-8-0
  mkdir -p "$TOOLS/bin"
  # One program with many names; the package redis-server is little more than this link.
  ln -sf /usr/bin/redis-check-rdb "$TOOLS/bin/redis-server"
  [[ ! -x $TOOLS/bin/nginx ]] || return 0
  rm -rf "$TOOLS/nginx" && mkdir "$TOOLS/nginx"
  (cd "$TOOLS/nginx" && apt-get download -qq nginx && dpkg-deb -x nginx_*.deb .) >"$LOGS/nginx.log" 2>&1 ||
    die 'nginx could not be downloaded.' "Read $LOGS/nginx.log; the machine needs a Debian source."
  ln -sf "$TOOLS/nginx/usr/sbin/nginx" "$TOOLS/bin/nginx"
}
