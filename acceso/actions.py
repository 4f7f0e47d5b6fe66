"""Lo que cambia en la entrada de una cuenta: sus sesiones, sus factores, sus bloqueos y lo que dejó a medias."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q

from custodia.actions import anotar
from organizacion.models import Usuario

from . import cerrojo, correos
from .models import TextoSalvado
from .permissions import es_obligatorio
from .tasks import enviar_enlaces

# Lo que se guarda de un formulario; uno mayor no es texto escrito a mano.
CABE = 300_000
SE_LE_PEDIRA_OTRO = "Se le quitó el segundo factor: al entrar, su cuenta le pedirá poner otro."
PUEDE_PONER_OTRO = "Se le quitó el segundo factor: entra con su contraseña, y en «Mi cuenta» puede poner otro."
NUNCA = ("csrfmiddlewaretoken", "password", "clave", "contrasena", "oldpassword", "token", "credential")


class FaltaElMotivo(Exception):
    """Lo que se hace en la cuenta de otro lleva su motivo."""


def pedir_enlace(*, escrito: str) -> None:
    """Manda el enlace para elegir contraseña a quien tenga ese usuario o ese correo; no dice si alguien lo tiene."""
    suyas = Usuario.objects.filter(Q(username__iexact=escrito) | Q(email__iexact=escrito), is_active=True)
    enviar_enlaces.enqueue(list(suyas.order_by("pk").values_list("pk", flat=True)[:5]))


@transaction.atomic
def enviar_enlace_a(*, usuario: Usuario, por: Usuario, request=None) -> None:
    """Como si lo hubiera pedido la persona, pero queda anotado quién lo pidió por ella."""
    anotar(accion="enviar enlace de contraseña", por=por, objeto=usuario, request=request)
    enviar_enlaces.enqueue([usuario.pk])


@transaction.atomic
def restablecer_segundo_factor(*, usuario: Usuario, motivo: str, por: Usuario | None, request=None) -> None:
    """Le quita sus factores y sus códigos, cierra sus sesiones y se lo avisa.

    ``por`` es ``None`` desde la consola. Levanta ``FaltaElMotivo``.
    """
    motivo = " ".join(motivo.split())
    if len(motivo) < 10:
        raise FaltaElMotivo("Escriba por qué, en diez letras o más.")
    quitados, _ = Authenticator.objects.filter(user=usuario).delete()
    _cerrar(usuario)
    anotar(
        accion="restablecer segundo factor",
        por=por,
        objeto=usuario,
        detalle={"factores": quitados},
        motivo=motivo,
        request=request,
    )
    correos.avisar(usuario, SE_LE_PEDIRA_OTRO if es_obligatorio() else PUEDE_PONER_OTRO, motivo)


@transaction.atomic
def desbloquear(*, usuario: Usuario, por: Usuario | None, request=None) -> int:
    """Borra los fallos que la tienen cerrada; devuelve cuántas filas eran."""
    quitados, _ = cerrojo.intentos_de(usuario).delete()
    if quitados:
        anotar(accion="desbloquear", por=por, objeto=usuario, detalle={"filas": quitados}, request=request)
    return quitados


@transaction.atomic
def cerrar_sesiones(*, usuario: Usuario, por: Usuario | None, salvo: str = "", request=None) -> int:
    """Cierra las sesiones de ``usuario``, menos la de llave ``salvo``; devuelve cuántas."""
    cuantas = _cerrar(usuario, salvo)
    anotar(accion="cerrar sesiones", por=por, objeto=usuario, detalle={"sesiones": cuantas}, request=request)
    return cuantas


@transaction.atomic
def cerrar_sesion(*, sesion: UserSession, por: Usuario, request=None) -> None:
    sesion.end()
    anotar(accion="cerrar sesiones", por=por, objeto=sesion.user, detalle={"sesiones": 1}, request=request)


def _cerrar(usuario, salvo="") -> int:
    sesiones = list(UserSession.objects.filter(user=usuario).exclude(session_key=salvo))
    for sesion in sesiones:
        sesion.end()
    return len(sesiones)


def salvar_texto(
    *, usuario: Usuario, ruta: str, campos, pagina: str = "", con_archivos: bool = False
) -> TextoSalvado | None:
    """Guarda lo escrito en el formulario de ``pagina``, enviado a ``ruta``; ``campos`` es un QueryDict.

    ``None`` si no había nada o no cabe.
    """
    pares = ((campo, valor) for campo, valores in campos.lists() if not _es_secreto(campo) for valor in valores)
    # PostgreSQL no guarda el carácter nulo, y nadie lo escribe.
    datos = [(campo.replace("\0", ""), valor.replace("\0", "")) for campo, valor in pares]
    if not any(valor for _, valor in datos) or sum(len(c) + len(v) for c, v in datos) > CABE or len(ruta) > 500:
        return None
    pagina = pagina if len(pagina) <= 500 else ""
    return TextoSalvado.objects.create(
        usuario=usuario, ruta=ruta, pagina=pagina, datos=datos, sin_archivos=con_archivos
    )


def _es_secreto(campo: str) -> bool:
    return any(nombre in campo.lower() for nombre in NUNCA)


def olvidar_textos_vencidos() -> str:
    """Trabajo periódico: lo que nadie recuperó en una hora se borra."""
    borrados, _ = TextoSalvado.objects.vencidos().delete()
    return f"textos salvados que vencieron: {borrados}" if borrados else ""
