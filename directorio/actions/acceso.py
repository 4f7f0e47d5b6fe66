"""Abrir y cerrar la cuenta de un miembro del personal."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from acceso.actions import cerrar_sesiones
from acceso.enlaces import enlace_para_elegir_clave, texto_de_vigencia
from correo.actions import Destinatario, poner_en_cola
from correo.plantillas import componer
from custodia.actions import anotar
from directorio.models import Cese, Personal
from organizacion.actions import asignar_rol, terminar_roles
from organizacion.models import ROLES_DE_CENTRO, Rol, Usuario


class AccesoImposible(Exception):
    """La cuenta no se puede abrir o cerrar; el mensaje dice por qué y se muestra tal cual."""


@transaction.atomic
def dar_acceso(*, personal: Personal, username: str, correo: str, rol: str, por: Usuario, request=None) -> Usuario:
    """Abre (o reabre) la cuenta de ``personal`` con ``rol`` y le envía la invitación.

    Levanta ``AccesoImposible`` si ya la tiene abierta o si su vínculo terminó.
    """
    personal = Personal.objects.select_for_update(of=("self",)).select_related("usuario", "centro").get(pk=personal.pk)
    if personal.usuario and personal.usuario.is_active:
        raise AccesoImposible(f"{personal} ya tiene acceso.")
    if personal.usuario and personal.usuario.is_superuser and not por.is_superuser:
        raise AccesoImposible("Es una cuenta de administración: solo otra igual la abre.")
    if personal.hasta and personal.hasta < timezone.localdate():
        raise AccesoImposible(f"{personal} dejó de trabajar aquí el {personal.hasta:%d/%m/%Y}: corrija antes la fecha.")
    usuario = personal.usuario or Usuario()
    usuario.username, usuario.email, usuario.is_active = username, correo, True
    usuario.first_name, usuario.last_name = personal.nombres, personal.apellidos
    usuario.set_unusable_password()
    usuario.save()
    personal.usuario = usuario
    personal.save(update_fields=["usuario"])
    _dar_rol(personal, usuario, rol)
    anotar(accion="dar acceso", por=por, objeto=personal, detalle={"usuario": usuario.pk, "rol": rol}, request=request)
    invitar(personal=personal, por=por)
    return usuario


def _dar_rol(personal, usuario, rol) -> None:
    """Sin fecha de fin: al terminar su vínculo se cierra la cuenta, y si se le prorroga no hay otra fecha que mover."""
    donde = {"centro": personal.centro} if rol in ROLES_DE_CENTRO else {}
    donde |= {"organo": personal.organo} if rol == Rol.ALIADO else {}
    try:
        asignar_rol(usuario=usuario, rol=rol, sistema=personal.sistema, **donde)
    except ValidationError as error:
        raise AccesoImposible(" ".join(error.messages)) from error


def invitar(*, personal: Personal, por: Usuario) -> None:
    """Envía a ``personal`` el enlace con que elige su contraseña; cada llamada es un correo nuevo."""
    usuario = personal.usuario
    contexto = {"personal": personal, "usuario": usuario, "enlace": enlace_para_elegir_clave(usuario)}
    contexto |= {"vale": texto_de_vigencia(usuario), "centro": personal.centro}
    asunto, texto, html = componer("directorio/correo/invitacion", contexto)
    poner_en_cola(
        clave=f"invitacion:{usuario.pk}:{timezone.now():%Y%m%d%H%M%S%f}",
        asunto=asunto,
        texto=texto,
        html=html,
        destinatarios=[Destinatario(usuario.email, str(personal), clave=f"usuario:{usuario.pk}")],
        # Sin centro: quien ve los envíos de un centro no debe leer un enlace que abre una cuenta.
        por=por,
    )


@transaction.atomic
def quitar_acceso(*, personal: Personal, por: Usuario | None, request=None) -> None:
    """Cierra la cuenta de ``personal`` y termina sus roles.

    ``por`` es ``None`` cuando la cierra el calendario. Levanta ``AccesoImposible`` si es la propia o la de un
    superusuario.
    """
    usuario = personal.usuario
    if usuario is None or not usuario.is_active:
        return
    if usuario == por:
        raise AccesoImposible("No puede quitarse el acceso a sí mismo: pídaselo a otra persona.")
    if usuario.is_superuser and not (por and por.is_superuser):
        raise AccesoImposible("Es una cuenta de administración: solo otra igual la cierra.")
    terminar_roles(usuario=usuario)
    cerrar_cuenta(personal=personal, por=por, request=request)


@transaction.atomic
def cerrar_cuenta(*, personal: Personal, por: Usuario | None, request=None) -> None:
    """Nadie entra más con ella: ni contraseña ni sesiones. No toca los roles ni pregunta si ``por`` puede."""
    usuario = personal.usuario
    if usuario is None or not usuario.is_active:
        return
    usuario.is_active = False
    # Además de cerrarlas: la sesión lleva un resumen de la contraseña, y cambiarla anula la que no esté en la lista.
    usuario.set_unusable_password()
    usuario.save()
    cerrar_sesiones(usuario=usuario, por=por, request=request)
    anotar(accion="quitar acceso", por=por, objeto=personal, detalle={"usuario": usuario.pk}, request=request)


def cerrar_cuentas_de_cesados() -> str:
    """Cierra la cuenta de quien dejó de trabajar ayer o antes; devuelve qué hizo, o «»."""
    cesados = Personal.objects.filter(
        hasta__lt=timezone.localdate(), usuario__is_active=True, usuario__is_superuser=False
    ).exclude(ceses__in=Cese.objects.pendientes())
    cerradas = 0
    for personal in cesados.select_related("usuario"):
        quitar_acceso(personal=personal, por=None)
        cerradas += 1
    return f"cuentas de cesados cerradas: {cerradas}" if cerradas else ""
