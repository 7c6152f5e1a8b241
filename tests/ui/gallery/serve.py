"""Serve the gallery on a free port of this machine and print the port."""

import os
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django


class Threaded(ThreadingMixIn, WSGIServer):
    """A browser opens several connections at once."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """No line per request."""

    def log_message(self, *args):
        """Say nothing."""


def main(port=0):
    """Start serving; never returns."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ui.gallery.settings"
    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    class Static(StaticFilesHandler):
        """Static files straight from the app, also without DEBUG."""

        def serve(self, request):
            from django.contrib.staticfiles.views import serve

            return serve(request, self.file_path(request.path), insecure=True)

    application = Static(get_wsgi_application())
    server = make_server("127.0.0.1", port, application, Threaded, Quiet)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
