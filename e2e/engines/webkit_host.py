"""WebKitGTK as a browser that a test drives: lines of JSON in, lines of JSON out.

MiniBrowser keeps nothing in automation, so that no test could reopen what a kill
left; this is a window around the same library with a profile directory. A request
is {id, op, ...}, its answer {id, value} or {id, error}; what happens by itself is
{event, page, ...}. It ends with its standard input.
"""
import json
import os
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gdk, Gio, GLib, Gtk, WebKit2  # noqa: E402

PROFILE = sys.argv[1]
QUOTA = int(sys.argv[2])  # bytes that an origin may store; 0: as many as it likes
SIZE = (1280, 800)
STEP_BACK = 300  # ms within which a load begins if there will be one

# What a page complains of is not told by the library: the page tells it.
COMPLAIN = """(() => {
  const tell = (kind, text) => webkit.messageHandlers.host.postMessage(JSON.stringify({ event: kind, text: String(text) }));
  for (const type of ["error", "warn"]) {
    const shown = console[type];
    console[type] = (...args) => { tell(type === "warn" ? "warning" : type, args.map(String).join(" ")); shown.apply(console, args); };
  }
  addEventListener("error", (event) => { if (event.message !== undefined && !event.defaultPrevented) tell("pageerror", event.message); });
  addEventListener("unhandledrejection", (event) => tell("pageerror", event.reason?.message ?? event.reason));
  addEventListener("securitypolicyviolation", (event) => tell("error", `${event.violatedDirective} refused ${event.blockedURI}`));
})()"""


def send(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


class Page:
    """A web view in a window of its own."""

    def __init__(self, number, context, scripts):
        self.number = number
        self.loading = None
        content = WebKit2.UserContentManager()
        content.connect("script-message-received::host", self.heard)
        content.register_script_message_handler("host")
        self.view = WebKit2.WebView(web_context=context, user_content_manager=content)
        self.view.connect("load-changed", self.load_changed)
        self.view.connect("load-failed", self.load_failed)
        self.view.connect("web-process-terminated", self.terminated)
        self.view.connect("notify::uri", lambda view, _: send({"page": number, "event": "address", "address": view.get_uri()}))
        self.add_script(COMPLAIN)
        for script in scripts:
            self.add_script(script)
        self.window = Gtk.Window(decorated=False)
        self.window.set_default_size(*SIZE)
        self.window.add(self.view)
        self.window.show_all()

    def add_script(self, source):
        self.view.get_user_content_manager().add_script(WebKit2.UserScript(
            source, WebKit2.UserContentInjectedFrames.ALL_FRAMES, WebKit2.UserScriptInjectionTime.START, None, None))

    def heard(self, _content, result):
        send({"page": self.number, **json.loads(result.get_js_value().to_string())})

    def wait_load(self, answer, begin):
        self.loading = answer
        begin()

    def load_changed(self, _view, event):
        if event == WebKit2.LoadEvent.FINISHED and self.loading:
            answer, self.loading = self.loading, None
            answer(None)

    def not_loading(self):
        """A step back within the document loads nothing."""
        if self.loading and not self.view.is_loading():
            self.load_changed(self.view, WebKit2.LoadEvent.FINISHED)
        return GLib.SOURCE_REMOVE

    def load_failed(self, _view, _event, address, error):
        if self.loading:
            answer, self.loading = self.loading, None
            answer(None, f"{address}: {error.message}")
        return False

    def terminated(self, _view, _reason):
        send({"page": self.number, "event": "crash"})

    def evaluate(self, answer, body, argument):
        def done(view, result):
            try:
                answer(view.call_async_javascript_function_finish(result).to_string())
            except GLib.Error as error:
                answer(None, error.message)

        arguments = GLib.Variant("a{sv}", {"argument": GLib.Variant("s", argument)})
        self.view.call_async_javascript_function(body, -1, arguments, None, None, None, done)

    def focus(self):
        """Nobody manages the windows: the one that is acted on takes the focus."""
        self.window.get_window().focus(Gdk.CURRENT_TIME)
        self.view.grab_focus()

    def emit(self, kind, fill):
        event = Gdk.Event.new(kind)
        seat = Gdk.Display.get_default().get_default_seat()
        on_key = kind in (Gdk.EventType.KEY_PRESS, Gdk.EventType.KEY_RELEASE)
        part = event.key if on_key else event.motion if kind == Gdk.EventType.MOTION_NOTIFY else event.button
        part.window, part.send_event, part.time = self.view.get_window(), True, Gdk.CURRENT_TIME
        fill(part)
        event.set_device(seat.get_keyboard() if on_key else seat.get_pointer())
        Gtk.main_do_event(event)

    def hover(self, x, y):
        def at(part):
            part.x, part.y = x, y

        self.emit(Gdk.EventType.MOTION_NOTIFY, at)

    def click(self, x, y, button):
        def at(part):
            part.x, part.y, part.button = x, y, button

        self.focus()
        self.hover(x, y)
        self.emit(Gdk.EventType.BUTTON_PRESS, at)
        self.emit(Gdk.EventType.BUTTON_RELEASE, at)

    def press(self, key):
        found, codes = Gdk.Keymap.get_for_display(Gdk.Display.get_default()).get_entries_for_keyval(key)

        def of(part):
            part.keyval, part.hardware_keycode = key, codes[0].keycode if found else 0

        self.focus()
        self.emit(Gdk.EventType.KEY_PRESS, of)
        self.emit(Gdk.EventType.KEY_RELEASE, of)


class Host:
    """Contexts (storage of their own) and pages, by number."""

    def __init__(self):
        limit = {}
        if QUOTA > 0:  # told as a share of the disk
            disk = os.statvfs(PROFILE)
            limit["origin_storage_ratio"] = QUOTA / (disk.f_blocks * disk.f_frsize)
        manager = WebKit2.WebsiteDataManager(base_data_directory=os.path.join(PROFILE, "data"), base_cache_directory=os.path.join(PROFILE, "cache"), **limit)
        self.contexts = {0: WebKit2.WebContext.new_with_website_data_manager(manager)}
        self.pages = {}
        self.count = 0

    def number(self):
        self.count += 1
        return self.count

    def handle(self, request):
        op = request.pop("op")
        number = request.pop("id")

        def answer(value, error=None):
            send({"id": number, "value": value} if error is None else {"id": number, "error": error})

        try:
            getattr(self, f"do_{op}")(answer, **request)
        except Exception as error:  # the test is to hear of it, whatever it is
            answer(None, repr(error))

    def do_version(self, answer):
        answer(".".join(str(part()) for part in (WebKit2.get_major_version, WebKit2.get_minor_version, WebKit2.get_micro_version)))

    def do_context(self, answer):
        number = self.number()
        self.contexts[number] = WebKit2.WebContext.new_ephemeral()
        answer(number)

    def do_open(self, answer, context, scripts):
        number = self.number()
        self.pages[number] = Page(number, self.contexts[context], scripts)
        answer(number)

    def do_close(self, answer, page):
        self.pages.pop(page).window.destroy()
        answer(None)

    def do_script(self, answer, page, source):
        self.pages[page].add_script(source)
        answer(None)

    def do_goto(self, answer, page, address):
        self.pages[page].wait_load(answer, lambda: self.pages[page].view.load_uri(address))

    def do_reload(self, answer, page):
        self.pages[page].wait_load(answer, self.pages[page].view.reload)

    def do_back(self, answer, page):
        self.pages[page].wait_load(answer, self.pages[page].view.go_back)
        GLib.timeout_add(STEP_BACK, self.pages[page].not_loading)

    def do_evaluate(self, answer, page, body, argument):
        self.pages[page].evaluate(answer, body, argument)

    def do_size(self, answer, page, width, height):
        self.pages[page].window.resize(width, height)
        answer(None)

    def do_front(self, answer, page):
        self.pages[page].window.present()
        answer(None)

    def do_click(self, answer, page, x, y, button):
        self.pages[page].click(x, y, button)
        answer(None)

    def do_hover(self, answer, page, x, y):
        self.pages[page].hover(x, y)
        answer(None)

    def do_press(self, answer, page, key):
        self.pages[page].press(Gdk.keyval_from_name(key))
        answer(None)

    def do_evict(self, answer):
        def done(manager, result):
            manager.clear_finish(result)
            answer(None)

        self.contexts[0].get_website_data_manager().clear(WebKit2.WebsiteDataTypes.INDEXEDDB_DATABASES, 0, None, done)

    def do_dark(self, answer, page, dark):
        Gtk.Settings.get_default().set_property("gtk-application-prefer-dark-theme", dark)
        answer(None)


def main():
    host = Host()
    lines = Gio.DataInputStream.new(Gio.UnixInputStream.new(sys.stdin.fileno(), False))

    def read(stream, result):
        line, _length = stream.read_line_finish_utf8(result)
        if line is None:
            Gtk.main_quit()
            return
        host.handle(json.loads(line))
        stream.read_line_async(GLib.PRIORITY_DEFAULT, None, read)

    lines.read_line_async(GLib.PRIORITY_DEFAULT, None, read)
    Gtk.main()


main()
