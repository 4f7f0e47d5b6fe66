"""Cuándo se bloquea una cuenta por fallos repetidos, y qué se responde (ADR 0026).

Todo intento fallido suma en el mismo lugar, venga de donde venga: la contraseña al entrar, el código del segundo
factor, confirmar quién es o cambiar la contraseña. Cuenta axes, en la base: vale para todos los procesos y máquinas.
"""

import unicodedata
from datetime import datetime

from allauth.account.internal.userkit import get_user_by_username
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.shortcuts import render
from django.utils import timezone

from comun.pedido import ip_de
from custodia.actions import anotar

# Desde cualquier lugar, antes de que la cuenta se cierre a todos: más que desde uno, o bloquear a otro sería fácil.
FALLOS_POR_CUENTA = 20


def normalizar(escrito: str) -> str:
    """Sin mayúsculas, espacios ni letras disfrazadas: «ADMÍN», « admin» y «ａｄｍｉｎ» no son tres."""
    return unicodedata.normalize("NFKC", str(escrito)).strip().upper().lower()[:150]


def llave_de(request, credenciales=None) -> str:
    """A nombre de quién se cuenta: el usuario de la cuenta si existe; si no, lo que se escribió, normalizado."""
    escrito = (credenciales or {}).get("username") or request.POST.get("login", "")
    sabidas = request.__dict__.setdefault("_llaves_de_acceso", {})
    if escrito not in sabidas:
        usuario = get_user_by_username(str(escrito).strip()) if escrito else None
        sabidas[escrito] = normalizar(usuario.username if usuario else escrito)
    return sabidas[escrito]


class Cerrojo(AxesDatabaseHandler):
    """Cinco fallos de una cuenta desde una dirección, o ``FALLOS_POR_CUENTA`` desde todas."""

    def get_failures(self, request, credentials=None) -> int:
        desde_aqui, desde_todas = (
            intentos.aggregate(suma=Sum("failures_since_start"))["suma"] or 0
            for intentos in self.get_user_attempts(request, credentials)
        )
        return max(desde_aqui, desde_todas * settings.AXES_FAILURE_LIMIT // FALLOS_POR_CUENTA)

    def reset_user_attempts(self, request, credentials=None) -> int:
        """Quien entra bien borra sus fallos desde aquí; los que otro hizo desde otro lado siguen contando."""
        return self.filter_user_attempts(request, credentials)[0].delete()[0]

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        ya_estaba = getattr(request, "axes_locked_out", False)
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is not None and request.axes_locked_out and not ya_estaba:
            _anotar_bloqueo(request, credentials)


def _anotar_bloqueo(request, credenciales) -> None:
    # Lo que se escribió no se anota: en la casilla del usuario a veces va la contraseña.
    usuario = get_user_by_username(str(credenciales.get("username") or "").strip())
    detalle = {"cuenta": "conocida" if usuario else "desconocida"}
    anotar(accion="bloquear entrada", objeto=usuario, modelo="organizacion.usuario", detalle=detalle, request=request)


def esta_bloqueado(request, usuario) -> bool:
    """Si ``usuario`` no puede intentar desde aquí; deja el pedido marcado para que axes responda."""
    credenciales = {"username": usuario.get_username()}
    if not AxesProxyHandler.is_locked(request, credenciales):
        return False
    request.axes_locked_out, request.axes_credentials = True, credenciales
    return True


def contar_fallo(request, usuario) -> None:
    """Suma un fallo que no pasó por ``authenticate``: un código, o la contraseña de quien ya está dentro."""
    AxesProxyHandler.user_login_failed(
        sender=__name__, credentials={"username": usuario.get_username()}, request=request
    )


def intentos_de(usuario):
    """Los fallos recientes de una cuenta, desde cualquier dirección."""
    desde = timezone.now() - settings.AXES_COOLOFF_TIME
    return AccessAttempt.objects.filter(username=normalizar(usuario.get_username()), attempt_time__gte=desde)


def hasta_cuando(request, llave: str) -> datetime:
    """Cuándo se puede volver a intentar."""
    intentos = AccessAttempt.objects.filter(username=llave)
    desde_aqui = intentos.filter(ip_address=ip_de(request))
    fallos = desde_aqui.aggregate(suma=Sum("failures_since_start"))["suma"] or 0
    cuales = desde_aqui if fallos >= settings.AXES_FAILURE_LIMIT else intentos
    ultimo = cuales.aggregate(ultimo=Max("attempt_time"))["ultimo"] or timezone.now()
    return ultimo + settings.AXES_COOLOFF_TIME


def respuesta(request, original=None, credenciales=None):
    """Lo que ve quien quedó bloqueado, exista o no la cuenta."""
    cuando = hasta_cuando(request, llave_de(request, credenciales))
    espera = max(1, -(-int((cuando - timezone.now()).total_seconds()) // 60))
    contexto = {"cuando": cuando, "minutos": espera}
    respuesta = render(request, "acceso/bloqueado.html", contexto, status=429)
    respuesta["Retry-After"] = str(espera * 60)
    return respuesta
