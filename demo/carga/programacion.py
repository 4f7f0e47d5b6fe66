"""Híbridas, aliados, máximos, preparativos y solicitudes inventados."""

import datetime as dt

from django.utils import timezone

from demo.textos import CARGOS
from directorio.models import Entidad, Personal
from eventos.models import Capacitacion, Inscripcion, Preparativos, Solicitud
from eventos.preparativos import PARTICIPAN, pide_autorizacion, pide_coordinacion
from organizacion.models import Centro, Organo, Sistema

from .azar import Azar, celular_inventado
from .marcas import marcar

UNA_HIBRIDA_DE_CADA, UNA_CONJUNTA_DE_CADA, UNA_CON_MAXIMO_DE_CADA = 7, 11, 5
CENTROS_CON_SOLICITUDES = ("cusco", "arequipa")
C, S = Capacitacion, Solicitud


def variar_capacitaciones(hoy: dt.date) -> None:
    """Vuelve híbridas unas presenciales y pone aliados y máximos por entidad; en cada centro, también por venir."""
    osce, filas = Organo.objects.get(sigla="OSCE"), []
    for centro in Centro.objects.order_by("slug"):
        suyas = list(C.objects.filter(centro=centro).order_by("fecha_inicio", "pk"))
        vienen = [c for c in suyas if c.fecha_inicio > hoy and c.esta_publicada]
        presenciales = [c for c in suyas if c.modalidad == C.Modalidad.PRESENCIAL]
        for fila in {*presenciales[1::UNA_HIBRIDA_DE_CADA], *[c for c in vienen if c in presenciales][1:2]}:
            fila.modalidad, fila.enlace_virtual = C.Modalidad.HIBRIDA, "https://reunion.example/sala"
        for fila in [*suyas[2::UNA_CONJUNTA_DE_CADA], *vienen[2:3]]:
            fila.aliado = osce
        for fila in suyas[1::UNA_CON_MAXIMO_DE_CADA]:
            fila.maximo_por_entidad = 5
        filas += suyas
    C.objects.bulk_update(filas, ["modalidad", "enlace_virtual", "aliado", "maximo_por_entidad"], batch_size=200)


def cargar_programacion(carga, hoy: dt.date) -> None:
    """Cómo asiste cada quien en las híbridas, los preparativos de Cusco y las solicitudes de dos centros."""
    de_hibridas = Inscripcion.objects.filter(capacitacion__modalidad=C.Modalidad.HIBRIDA)
    de_hibridas.update(modalidad=Inscripcion.Modalidad.PRESENCIAL)
    de_hibridas.filter(orden__in=range(3, 60, 3)).update(modalidad=Inscripcion.Modalidad.VIRTUAL)
    _cargar_preparativos(hoy)
    azar = Azar(21)
    for slug in CENTROS_CON_SOLICITUDES:
        _cargar_solicitudes(carga, Centro.objects.get(slug=slug), hoy, azar)


def _cargar_preparativos(hoy) -> None:
    """Los de lo que ya pasó en Cusco están completos; a lo que viene le falta lo que el panel muestra."""
    centro = Centro.objects.get(slug="cusco")
    delegado = Personal.objects.filter(centro=centro, cargo__in=PARTICIPAN).order_by("pk").last()
    filas = []
    for capacitacion in C.objects.filter(centro=centro, fecha_inicio__lt=hoy).select_related("distrito"):
        antes = capacitacion.fecha_inicio - dt.timedelta(days=12)
        fila = Preparativos(capacitacion=capacitacion, clausura=delegado)
        if pide_autorizacion(capacitacion):
            fila.autorizacion, fila.autorizada_el = "Memorando N.° 118-2026-EF/45 (inventado)", antes
        if pide_coordinacion(capacitacion):
            fila.coordinacion, fila.coordinada_el = "Correo a la OGAUC", antes
        filas.append(fila)
    Preparativos.objects.bulk_create(filas)


def _cargar_solicitudes(carga, centro, hoy, azar) -> None:
    entidades = list(Entidad.objects.filter(centro=centro).order_by("pk")[:30])
    atendidas = [(S.Estado.RECIBIDA, "", ""), (S.Estado.RECIBIDA, "", ""), (S.Estado.RECIBIDA, "", "")]
    atendidas.append((S.Estado.DERIVADA, "Memorando N.° 31-2026 (inventado)", "El tema corresponde al ente rector."))
    por_demanda = list(C.objects.filter(centro=centro, origen=C.Origen.DEMANDA).order_by("-fecha_inicio")[:2])
    atendidas += [(S.Estado.ACEPTADA, f"Oficio N.° {40 + n}-2026-EF (inventado)", "") for n in range(len(por_demanda))]
    filas = [_solicitud(centro, n, caso, entidades, hoy, azar) for n, caso in enumerate(atendidas)]
    # La dirigida a un ente rector se remite por el STD (R69).
    filas[2].dirigida_a = S.Destinatario.ENTE_RECTOR
    aceptadas = [fila for fila in filas if fila.estado == S.Estado.ACEPTADA]
    for fila, capacitacion in zip(aceptadas, por_demanda, strict=True):
        fila.entidad, fila.tema = capacitacion.entidad_solicitante, capacitacion.titulo
    for fila in filas:
        fila.refrescar_busqueda()
    S.objects.bulk_create(filas)
    marcar(carga, filas)
    sistemas = list(Sistema.objects.order_by("orden"))
    for n, fila in enumerate(filas):
        fila.sistemas.set([sistemas[n % len(sistemas)]])
    for fila, capacitacion in zip(aceptadas, por_demanda, strict=True):
        C.objects.filter(pk=capacitacion.pk).update(solicitud=fila)


def _solicitud(centro, n, caso, entidades, hoy, azar) -> Solicitud:
    estado, respuesta, motivo = caso
    nombres, apellidos = azar.nombre()
    temas = ("Cierre contable", "Programación multianual", "Uso del SIAF en tesorería", "Contrataciones y presupuesto")
    return S(
        centro=centro,
        entidad=azar.choice(entidades),
        documento=f"Oficio N.° {azar.randrange(20, 300)}-2026 (inventado)",
        recibida_el=hoy - dt.timedelta(days=2 + 5 * n),
        contacto=f"{nombres} {apellidos}",
        cargo=azar.choice(CARGOS),
        correo=f"solicitud{n}.{centro.slug}@entidad.example",
        telefono=celular_inventado(90_000 + n),
        tema=temas[n % len(temas)],
        publico="Personal de contabilidad y tesorería",
        participantes=azar.choice((15, 25, 40)),
        fecha_propuesta=hoy + dt.timedelta(days=30 + 7 * n),
        estado=estado,
        respuesta=respuesta,
        motivo=motivo,
        atendida_en=None if estado == S.Estado.RECIBIDA else timezone.now() - dt.timedelta(days=n),
    )
