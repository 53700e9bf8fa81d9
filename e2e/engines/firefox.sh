#!/bin/sh
# Playwright has Firefox end when one of its content processes does: here such a
# process is killed, and the others are to go on.
unset MOZ_CRASHREPORTER_SHUTDOWN
exec "${FIREFOX:-/usr/bin/firefox-esr}" "$@"
