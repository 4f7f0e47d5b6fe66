"""Los avisos de una página a la siguiente viajan en una galleta con el nombre de los ajustes."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class EnGalleta(CookieStorage):
    @property
    def cookie_name(self):
        return settings.MENSAJES_COOKIE_NAME


class Mensajes(FallbackStorage):
    storage_classes = (EnGalleta, SessionStorage)
