"""El primer día de una oficina vacía: de los datos del centro a la primera capacitación publicada."""

from dataclasses import dataclass

from django.urls import reverse

from directorio.models import Personal
from eventos.models import Capacitacion
from organizacion.models import ROLES_DE_CENTRO, Asignacion, Centro, Rol


@dataclass(frozen=True)
class Paso:
    titulo: str
    explicacion: str
    url: str
    accion: str
    hecho: bool


def primeros_pasos(usuario) -> list[Paso]:
    """Los pasos con lo hecho y lo que falta; ninguno si no le toca a ``usuario`` o la oficina ya está en marcha."""
    if not usuario.tiene_rol(Rol.OGAUC):
        return []
    pasos = [_centro(), _personal(), _acceso(), _programar(), _publicar()]
    return [] if all(paso.hecho for paso in pasos) else pasos


def _centro():
    completos = Centro.objects.activos().exclude(direccion="").exclude(telefono="")
    return Paso(
        "Complete los datos de un centro",
        "Dirección, teléfono, correo y horario: salen en su página y en los correos.",
        reverse("organizacion_centro_modeladmin_index"),
        "Ver los centros",
        completos.exists(),
    )


def _personal():
    return Paso(
        "Registre a su personal",
        "Quién trabaja en cada centro y en qué puesto: es el directorio de la web.",
        reverse("directorio_personal_modeladmin_create"),
        "Agregar una persona",
        Personal.objects.exists(),
    )


def _acceso():
    sin_cuenta = Personal.objects.vigentes().filter(usuario__isnull=True, centro__isnull=False).first()
    url = reverse("personal_acceso", args=[sin_cuenta.pk]) if sin_cuenta else _indice_de_personal()
    return Paso(
        "Dé acceso a la intranet",
        "Cada persona recibe un correo para poner su contraseña; entra con los permisos de su puesto.",
        url,
        "Dar acceso",
        Asignacion.objects.vigentes().filter(rol__in=ROLES_DE_CENTRO).exists(),
    )


def _indice_de_personal():
    return reverse("directorio_personal_modeladmin_index")


def _programar():
    return Paso(
        "Programe la primera capacitación",
        "Título, fechas, lugar, cupos y expositores. Queda como borrador.",
        reverse("eventos_intranet:crear"),
        "Nueva capacitación",
        Capacitacion.objects.exists(),
    )


def _publicar():
    borrador = Capacitacion.objects.filter(estado=Capacitacion.Estado.BORRADOR).first()
    lista = reverse("capacitaciones_modeladmin_index")
    return Paso(
        "Publíquela",
        "Aparece en el calendario y recibe inscripciones.",
        reverse("eventos_intranet:panel", args=[borrador.pk]) if borrador else lista,
        "Revisar y publicar",
        Capacitacion.objects.publicadas().exists(),
    )
