"""Los correos de la entrada: el enlace para elegir contraseña y los avisos de lo que cambió en una cuenta."""

import time
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from correo.actions import Destinatario, poner_en_cola
from correo.plantillas import componer
from organizacion.models import Usuario

from .enlaces import enlace_para_elegir_clave, texto_de_vigencia

# Un pedido repetido dentro de estos segundos no manda otro correo.
ENTRE_ENLACES = 120


class Novedad(NamedTuple):
    accion: str
    frase: str


# Cómo llama allauth a cada cambio → lo que queda en el rastro y lo que se le dice a la persona.
NOVEDADES = {
    "totp_activated": Novedad("agregar segundo factor", "Se agregó una aplicación de códigos a su cuenta."),
    "totp_deactivated": Novedad("quitar segundo factor", "Se quitó la aplicación de códigos de su cuenta."),
    "webauthn_added": Novedad("agregar segundo factor", "Se agregó una llave de acceso a su cuenta."),
    "webauthn_removed": Novedad("quitar segundo factor", "Se quitó una llave de acceso de su cuenta."),
    "recovery_codes_generated": Novedad("renovar códigos de respaldo", "Se generaron códigos de respaldo nuevos."),
    "password_changed": Novedad("cambiar contraseña", "Se cambió la contraseña de su cuenta."),
    "password_reset": Novedad("elegir contraseña", "Se eligió una contraseña nueva para su cuenta."),
}


def escribir_enlace(cuenta: int) -> None:
    """Le envía a la cuenta su enlace para elegir contraseña; repetirlo enseguida no manda dos."""
    usuario = Usuario.objects.filter(pk=cuenta, is_active=True).exclude(email="").first()
    if usuario is None:
        return
    contexto = {"usuario": usuario, "enlace": enlace_para_elegir_clave(usuario), "vale": texto_de_vigencia(usuario)}
    _poner(usuario, "clave", contexto, clave=f"clave:{cuenta}:{int(time.time()) // ENTRE_ENLACES}")


def avisar(usuario: Usuario, frase: str, motivo: str = "") -> None:
    """Le dice a la persona qué cambió en su cuenta y qué hacer si no fue ella."""
    contexto = {"usuario": usuario, "frase": frase, "motivo_dado": motivo, "cuando": timezone.now()}
    contexto["url_cuenta"] = settings.URL_DEL_SITIO + reverse("acceso_mi_cuenta")
    _poner(usuario, "novedad", contexto, clave=f"novedad:{usuario.pk}:{time.time_ns()}")


def _poner(usuario, plantilla, contexto, *, clave) -> None:
    if not usuario.email:
        return
    asunto, texto, html = componer(f"acceso/correo/{plantilla}", contexto)
    destinatario = Destinatario(usuario.email, str(usuario), clave=f"usuario:{usuario.pk}")
    # Sin centro: quien ve los envíos de un centro no debe leer un enlace que abre una cuenta.
    poner_en_cola(clave=clave, asunto=asunto, texto=texto, html=html, destinatarios=[destinatario])
