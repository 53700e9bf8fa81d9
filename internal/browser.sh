#!/usr/bin/env bash
# Prints the path of a Chromium or Chrome. Where there is none, it installs
# Debian's chromium, or says in one sentence why it cannot.
set -euo pipefail

find_browser() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return 0
  done
  return 1
}

find_browser && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  as_root=(sudo -n)
fi
if ! command -v apt-get >/dev/null || { [ ${#as_root[@]} -gt 0 ] && ! sudo -n true 2>/dev/null; }; then
  echo "The tests need Chromium or Chrome in PATH, and it cannot be installed here: that takes apt-get and root (or sudo without a password)." >&2
  exit 1
fi
echo "No browser found: installing Debian's chromium." >&2
if ! { "${as_root[@]}" apt-get update -q && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -q --no-install-recommends chromium; } >&2; then
  echo "The tests need Chromium or Chrome in PATH, and apt-get could not install chromium." >&2
  exit 1
fi
find_browser
