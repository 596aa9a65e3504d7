"""The website for a WSGI server: `gunicorn --threads 8 wsgi:app`; `biaoliu worker` delivers beside it."""

from runtime.app import create_app
from runtime.collector import settle
from runtime.settings import read_settings

app = create_app(read_settings())
settle()
