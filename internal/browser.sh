#!/usr/bin/env bash
# Sees to it that an engine can be tested: chromium, if nothing else is said,
# firefox or webkit. Prints the path of what the tests start. Where it is missing,
# it installs Debian's packages, or says in one sentence why it cannot.
set -euo pipefail

first_of() {
  local name
  for name in "$@"; do
    command -v "$name" && return 0
  done
  return 1
}

engine=${1:-chromium}
case $engine in
chromium)
  packages=(chromium)
  find_browser() { first_of chromium chromium-browser google-chrome google-chrome-stable; }
  ;;
firefox)
  packages=(firefox-esr)
  find_browser() { first_of firefox-esr; }
  ;;
webkit) # the library itself, and a screen for it
  packages=(gir1.2-webkit2-4.1 python3-gi xvfb)
  find_browser() {
    first_of Xvfb >/dev/null && /usr/bin/python3 -c "import gi; gi.require_version('WebKit2', '4.1')" 2>/dev/null && echo /usr/bin/python3
  }
  ;;
*)
  echo "There is no engine $engine: chromium, firefox or webkit." >&2
  exit 2
  ;;
esac

find_browser && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  as_root=(sudo -n)
fi
if ! command -v apt-get >/dev/null || { [ ${#as_root[@]} -gt 0 ] && ! sudo -n true 2>/dev/null; }; then
  echo "The tests need ${packages[*]}, and it cannot be installed here: that takes apt-get and root (or sudo without a password)." >&2
  exit 1
fi
echo "Not found for $engine: installing Debian's ${packages[*]}." >&2
if ! { "${as_root[@]}" apt-get update -q && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -q --no-install-recommends "${packages[@]}"; } >&2; then
  echo "The tests need ${packages[*]}, and apt-get could not install it." >&2
  exit 1
fi
find_browser
