"""Lo que repiten las pruebas de la entrada: contraseñas, factores y entrar de verdad."""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from acceso import cifrado

CLAVE = "Quinua-y-papa-2026"
ENTRAR = "/acceso/entrar/"
MOSTRAR = "/acceso/segundo-factor/mostrar/"
ENROLAR = "/acceso/segundo-factor/"
INTRANET = "/intranet/"


def con_clave(usuario, clave=CLAVE):
    usuario.set_password(clave)
    usuario.save()
    return usuario


def con_aplicacion(usuario):
    """Le pone una aplicación de códigos y códigos de respaldo, como quedarían al enrolarse."""
    TOTP.activate(usuario, generate_totp_secret())
    RecoveryCodes.activate(usuario)
    return usuario


def codigo_de(usuario, hace=0):
    """El que su aplicación muestra ahora; ``hace`` lo retrasa en pasos de 30 segundos."""
    secreto = cifrado.descifrar(Authenticator.objects.get(user=usuario, type="totp").data["secret"])
    return codigo_del_secreto(secreto, hace)


def codigo_del_secreto(secreto, hace=0):
    return format_hotp_value(hotp_value(secreto, int(time.time()) // 30 - hace))


def respaldo_de(usuario):
    return Authenticator.objects.get(user=usuario, type="recovery_codes").wrap().get_unused_codes()[0]


def entrar(client, usuario, clave=CLAVE, **extra):
    return client.post(
        ENTRAR, {"login": usuario if isinstance(usuario, str) else usuario.username, "password": clave}, **extra
    )


def esta_dentro(client) -> bool:
    """Si abre la intranet de verdad, sin que la lleven a otra parte."""
    return client.get(INTRANET).status_code == 200


def enlace_en(texto) -> str:
    """La ruta del enlace para elegir contraseña que va en un correo."""
    return re.search(r"http://[^/\s]+(/acceso/elegir/\S+)", texto).group(1)


def campo_secreto(respuesta) -> str:
    return respuesta.context["form"].secret
