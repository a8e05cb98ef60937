"""The site as granian serves it."""

import os

from django.core.wsgi import get_wsgi_application

from suban.config.environment import environment
from suban.config.uploads import LimitedUploads

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suban.config.settings")

application = LimitedUploads(get_wsgi_application(), max_file=environment().max_upload_bytes)
