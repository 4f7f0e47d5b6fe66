"""Lo común a todos los entornos. Cada dato que cambia de un lugar a otro llega por variable de entorno."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

from .acceso import *  # noqa: F403
from .correo import de_anymail
from .datos import *  # noqa: F403
from .datos import BASE_DIR, VAR_DIR


def es_cierto(nombre, por_defecto="0"):
    return os.environ.get(nombre, por_defecto).strip().lower() in {"1", "si", "sí", "true", "yes"}


DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY") or get_random_secret_key()
ALLOWED_HOSTS = [h for h in os.environ.get("ALLOWED_HOSTS", "").split(",") if h]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "demo",
    "intranet",
    "home",
    "boletines",
    "eventos",
    "directorio",
    "acceso",
    "correo",
    "custodia",
    "organizacion",
    "comun",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "anymail",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",  # no se monta: lo piden los filtros de modeladmin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "portal.cabeceras.Cabeceras",  # la primera: llega también a lo que las demás contestan solas
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # el mes del calendario baja de 41 a 5 kB en una línea lenta
    "portal.middleware.NadaSeGuarda",
    "portal.cache_publica.CachePublica",
    "portal.cabeceras.PoliticaDeContenido",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "acceso.middleware.SesionVigente",
    "acceso.middleware.SegundoFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "directorio.middleware.DireccionesDeAntes",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "portal.middleware.SoloConCuenta",
    "intranet.middleware.Cerca",
    "portal.middleware.ValoresImposibles",
    "axes.middleware.AxesMiddleware",  # el último: cambia la respuesta de quien quedó bloqueado
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["comun.templatetags.comun"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.contexto.portal",
            ],
        },
    },
]

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "correo"],
    }
}

# --- Idioma y hora ---
LANGUAGE_CODE = "es-pe"
LANGUAGES = [("es-pe", "Español (Perú)")]
TIME_ZONE = "America/Lima"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["portal.formatos"]
USE_THOUSAND_SEPARATOR = True
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- Archivos ---
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
STATIC_ROOT = VAR_DIR / "estaticos"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Registros firmados, firmas y expedientes: fuera de MEDIA_ROOT y sin dirección pública.
PRIVADO_ROOT = Path(os.environ.get("PRIVADO_ROOT", VAR_DIR / "privado"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "privado": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVADO_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SERVIR_MEDIA = es_cierto("SERVIR_MEDIA")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Correo: archivos en var/correo si no se dice otra cosa ---
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR_DIR / "correo"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = es_cierto("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 30
# Todo lo que anymail necesita de un proveedor, por variables. Con secreto, además, se reciben sus avisos de rebote.
ANYMAIL = de_anymail(os.environ)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "CONECTAMEF <no-responder@conectamef.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Dominio de los Message-ID: fijo, para que repetir un envío repita también su identificador.
CORREO_DOMINIO = os.environ.get("CORREO_DOMINIO", "conectamef.example")
CORREO_POR_LOTE = int(os.environ.get("CORREO_POR_LOTE", "50"))
# Mensajes en cualesquiera 60 segundos, entre todos los carteros; 0 es sin tope (correo.ritmo).
CORREO_POR_MINUTO = int(os.environ.get("CORREO_POR_MINUTO", "0"))
# Segundos que un cartero tiene un lote: más de lo que tarda un mensaje con EMAIL_TIMEOUT en cada paso de SMTP.
CORREO_ARRIENDO = int(os.environ.get("CORREO_ARRIENDO", "300"))
# A dónde vuelven los rebotes; con «{entrega}», cada mensaje lleva la suya (VERP). Vacía: al remitente.
CORREO_REBOTES = os.environ.get("CORREO_REBOTES", "")
# RFC 2369: dónde se explica la lista, dónde se suscribe y dónde se lee lo enviado, dentro de URL_DEL_SITIO.
CORREO_LISTA = {"List-Help": "/suscripcion/", "List-Subscribe": "/suscripcion/", "List-Archive": "/boletines/"}
# El buzón donde caen los rebotes de un SMTP a secas; sin servidor, no se lee ninguno.
REBOTES_IMAP_HOST = os.environ.get("REBOTES_IMAP_HOST", "")
REBOTES_IMAP_PUERTO = int(os.environ.get("REBOTES_IMAP_PUERTO", "993"))
REBOTES_IMAP_USUARIO = os.environ.get("REBOTES_IMAP_USUARIO", "")
REBOTES_IMAP_CLAVE = os.environ.get("REBOTES_IMAP_CLAVE", "")
REBOTES_IMAP_CARPETA = os.environ.get("REBOTES_IMAP_CARPETA", "INBOX")
REBOTES_IMAP_SSL = es_cierto("REBOTES_IMAP_SSL", "1")

# --- Seguridad ---
# Cuántos proxies propios anotan X-Forwarded-For: sin decirlo, todos parecerían venir del proxy.
PROXIES = int(os.environ.get("PROXIES", "0"))
# Un formulario público que llega antes lo llenó un programa (comun.antiabuso).
SEGUNDOS_MINIMOS = 3
# La del sitio público y la de /acceso/: nada en línea y nada de fuera. Lo que cambia según la dirección (la intranet,
# los marcos) lo pone portal.cabeceras, y cada vista con más necesidad lo dice con csp_replace.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
# Ningún otro sitio se entera de dónde se viene: la dirección de un enlace privado es su llave. «no-referrer» haría que
# el navegador mande «Origin: null» y los formularios de esas mismas páginas se rechazarían (docs/seguridad.md).
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # la vista previa de Wagtail pone su propia excepción

# --- Wagtail ---
URL_DEL_SITIO = os.environ.get("URL_DEL_SITIO", "http://localhost:8000").rstrip("/")
WAGTAILADMIN_BASE_URL = URL_DEL_SITIO
WAGTAIL_SITE_NAME = "Portal CONECTAMEF"
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("es", "Español")]
WAGTAILADMIN_LOGIN_URL = "account_login"
# La contraseña y el correo no se cambian por las pantallas de Wagtail: tienen las suyas (acceso).
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Nadie incrusta videos de otros sitios: el servidor no pide nada a la red por una dirección que alguien escriba.
WAGTAILEMBEDS_FINDERS = []
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "comun.editor.EditorDeTexto"}}
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
# El texto se reduce a raíces en comun.texto antes de indexarse; aquí no se vuelve a tocar.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}}

DEFAULT_EXCEPTION_REPORTER = "portal.registro.Informe"
DEFAULT_EXCEPTION_REPORTER_FILTER = "portal.registro.InformeSinDatos"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "sin_datos": {"()": "portal.registro.SinDatosPersonales", "format": "%(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"consola": {"class": "logging.StreamHandler", "formatter": "sin_datos"}},
    "root": {"handlers": ["consola"], "level": os.environ.get("NIVEL_DE_REGISTRO", "WARNING")},
}
