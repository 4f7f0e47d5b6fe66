"""Quién entra y cómo: contraseñas, segundo factor, sesiones y bloqueo por intentos (ADR 0026)."""

import os
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

AUTH_USER_MODEL = "organizacion.Usuario"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "acceso.puerta.Puerta"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # la invitación; quien ya tenía contraseña tiene menos (acceso.enlaces)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
LOGOUT_REDIRECT_URL = "account_login"
# «obligatorio» o «opcional»: si se entra a la intranet sin segundo factor (ADR 0026).
SEGUNDO_FACTOR = os.environ.get("SEGUNDO_FACTOR") or "opcional"
if SEGUNDO_FACTOR not in {"obligatorio", "opcional"}:
    raise ImproperlyConfigured("SEGUNDO_FACTOR es «obligatorio» u «opcional».")
# Segundos sin hacer nada, y desde que se entró, con que se cierra una sesión (acceso.sesion).
SESION_INACTIVA = 30 * 60
SESION_MAXIMA = 12 * 60 * 60
# Vive más que la sesión, que ya venció y no abre nada: lo que se envía a la mañana siguiente todavía dice de quién es.
SESSION_COOKIE_AGE = 3 * 24 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "portal.mensajes.Mensajes"
# Producción les pone el prefijo que el navegador hace cumplir; el de las que no valen en todo el sitio va aparte.
MENSAJES_COOKIE_NAME = "messages"
PREFIJO_DE_GALLETA = ""
# allauth: solo lo que ``acceso.urls`` monta. Sin sus topes: los cuenta axes, en la base y para todos los procesos.
ACCOUNT_ADAPTER = "acceso.adaptadores.Cuentas"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "acceso.enlaces.Enlaces"
ACCOUNT_FORMS = {
    "login": "acceso.forms.EntradaForm",
    "reauthenticate": "acceso.forms.ConfirmarForm",
    "change_password": "acceso.forms.CambiarClaveForm",
    "reset_password_from_key": "acceso.forms.ElegirClaveForm",
    "user_token": "acceso.forms.EnlaceForm",
}
MFA_ADAPTER = "acceso.adaptadores.SegundosFactores"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # la llave pide PIN, huella o rostro: sola, ya son dos factores
MFA_TOTP_ISSUER = "CONECTAMEF"
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "acceso.forms.CodigoForm",
    "reauthenticate": "acceso.forms.ConfirmarCodigoForm",
    "activate_totp": "acceso.forms.ActivarAplicacionForm",
    "deactivate_totp": "acceso.forms.QuitarAplicacionForm",
    "add_webauthn": "acceso.forms.AgregarLlaveForm",
    "login_webauthn": "acceso.forms.EntrarConLlaveForm",
    "authenticate_webauthn": "acceso.forms.MostrarLlaveForm",
    "reauthenticate_webauthn": "acceso.forms.ConfirmarLlaveForm",
    "edit_webauthn": "acceso.forms.NombrarLlaveForm",
}
# axes: cinco fallos y quince minutos (acceso.cerrojo). No guarda ni lo que se escribió ni quién entró bien.
AXES_HANDLER = "acceso.cerrojo.Cerrojo"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "acceso.cerrojo.llave_de"
AXES_CLIENT_IP_CALLABLE = "comun.pedido.ip_de"
AXES_LOCKOUT_CALLABLE = "acceso.cerrojo.respuesta"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = [
    *("username", "ip_address", "login", "escrito", "code", "credential", "csrfmiddlewaretoken"),
    *("oldpassword", "password1", "password2"),
]
CSRF_FAILURE_VIEW = "home.views.csrf_rechazado"
