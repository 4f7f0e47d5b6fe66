"""Lo que en un directorio de verdad siempre está por ordenar: filas repetidas, documentos y un rol encargado."""

import datetime as dt

from django.utils import timezone

from directorio.cuentas.encargaturas import encargar
from directorio.models import Operador
from organizacion.models import Asignacion, Centro, Persona, Rol, Usuario

from .azar import dni_inventado
from .marcas import marcar

CENTRO = "cusco"
REPETIDOS, CON_DOCUMENTO = 3, 12
DESDE = 9_000  # las personas inscritas usan los números anteriores


def cargar_por_ordenar(carga, hoy: dt.date) -> None:
    operadores = list(Operador.objects.filter(entidad__centro__slug=CENTRO).order_by("pk")[: CON_DOCUMENTO + REPETIDOS])
    _documentos(carga, operadores[:CON_DOCUMENTO])
    _repetidos(carga, operadores[CON_DOCUMENTO:])
    _encargo(hoy)


def _documentos(carga, operadores) -> None:
    personas = []
    for n, operador in enumerate(operadores):
        operador.persona = Persona(
            numero_documento=dni_inventado(DESDE + n), nombres=operador.nombres, apellidos=operador.apellidos
        )
        operador.persona.refrescar_busqueda()
        personas.append(operador.persona)
    Persona.objects.bulk_create(personas)
    Operador.objects.bulk_update(operadores, ["persona"])
    marcar(carga, personas)


def _repetidos(carga, operadores) -> None:
    """El mismo operador escrito dos veces: con el apellido a medias y el mismo correo."""
    otra_vez = [
        Operador(
            entidad=operador.entidad,
            nombres=operador.nombres,
            apellidos=operador.apellidos.split()[0],
            cargo="Responsable",
            correo=operador.correo,
        )
        for operador in operadores
    ]
    for operador in otra_vez:
        operador.refrescar_busqueda()
    Operador.objects.bulk_create(otra_vez)
    marcar(carga, otra_vez)


def _encargo(hoy: dt.date) -> None:
    """El especialista del Cusco atiende unos días como asistente."""
    desde = max(hoy, timezone.localdate())  # un encargo no empieza antes de hoy
    asignacion = Asignacion(
        usuario=Usuario.objects.get(username=f"especialista.{CENTRO}"),
        rol=Rol.ASISTENTE,
        centro=Centro.objects.get(slug=CENTRO),
        desde=desde,
        hasta=desde + dt.timedelta(days=14),
        motivo="Vacaciones del Asistente Administrativo",
    )
    encargar(asignacion=asignacion, por=Usuario.objects.get(username=f"coordinador.{CENTRO}"))
