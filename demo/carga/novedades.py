"""Lo que les pasa a las capacitaciones inventadas: cambios de fecha, cancelaciones, materiales y preguntas."""

import datetime as dt
import uuid

from django.core.files.base import ContentFile
from django.utils import timezone

from comun.pdf import pdf_desde_plantilla
from custodia.actions import aviso_vigente
from custodia.models import Aviso
from eventos.models import Capacitacion, Material, Motivo, Pregunta, Reprogramacion
from organizacion.models import AjustesPortal, Centro, Sistema

from .azar import Azar
from .marcas import marcar

UNA_DE_CADA = 9  # se reprogramó
DIAS_CON_MATERIAL = 60
PREGUNTAS = (
    ("¿El auditorio tiene ingreso para silla de ruedas?", "Sí: rampa por la puerta principal y ascensor."),
    ("¿Puedo asistir si mi entidad todavía no tiene acceso al SIAF?", ""),
    ("Somos cinco de la misma oficina. ¿Nos inscribimos juntos o cada uno?", ""),
)
C = Capacitacion


def cargar_novedades(carga, hoy: dt.date) -> None:
    azar = Azar(7)
    por_venir = list(C.objects.en_pie().filter(fecha_inicio__gt=hoy).order_by("fecha_inicio", "pk").para_mostrar())
    cancelada = _cancelar_una_con_parecida(por_venir)
    _reprogramar([capacitacion for capacitacion in por_venir if capacitacion != cancelada], azar)
    _subir_materiales(hoy)
    _preguntar(carga, por_venir, azar)


def _cancelar_una_con_parecida(por_venir) -> C | None:
    """Una del Cusco, para ver adónde manda a la gente; no es la próxima, que va llena y con lista de espera."""
    del_cusco = [
        capacitacion for capacitacion in por_venir if capacitacion.centro and capacitacion.centro.slug == "cusco"
    ]
    elegida = next((c for c in del_cusco[1:] if C.objects.parecidas_a(c).filter(centro=c.centro).exists()), None)
    if elegida:
        elegida.estado, elegida.secuencia = C.Estado.CANCELADA, 1
        elegida.motivo_cancelacion = f"{Motivo.FUERZA_MAYOR.label}: corte de vías por lluvias"
        elegida.save(update_fields=["estado", "secuencia", "motivo_cancelacion"])
    return elegida


def _reprogramar(por_venir, azar) -> None:
    """Iban a ser una semana antes; de cada tres, una además en otro auditorio."""
    cambios = []
    for n, capacitacion in enumerate(por_venir[1::UNA_DE_CADA]):
        una_semana = dt.timedelta(days=7)
        presencial = capacitacion.modalidad == C.Modalidad.PRESENCIAL
        cambios.append(
            Reprogramacion(
                capacitacion=capacitacion,
                motivo=azar.choice(Motivo.values),
                comenzaba_en=capacitacion.comienza_en - una_semana,
                terminaba_el=capacitacion.fecha_fin - una_semana,
                lugar_antes="Auditorio de la municipalidad" if presencial and n % 3 == 0 else capacitacion.donde,
            )
        )
        capacitacion.secuencia = 1
    Reprogramacion.objects.bulk_create(cambios)
    C.objects.bulk_update([cambio.capacitacion for cambio in cambios], ["secuencia"])


def _subir_materiales(hoy) -> None:
    """Un PDF por sistema, en las que terminaron hace poco."""
    aviso = AjustesPortal.load().aviso_demostracion
    pdfs = {s: pdf_desde_plantilla("demo/material.html", {"sistema": s, "aviso": aviso}) for s in Sistema.objects.all()}
    terminadas = C.objects.en_pie().pasadas(hoy).filter(fecha_fin__gte=hoy - dt.timedelta(days=DIAS_CON_MATERIAL))
    for capacitacion in terminadas.prefetch_related("sistemas"):
        for orden, sistema in enumerate(capacitacion.sistemas.all(), start=1):
            contenido = ContentFile(pdfs[sistema], name="presentacion.pdf")
            datos = {"titulo": f"Presentación de {sistema}", "archivo": contenido, "octetos": contenido.size}
            Material.objects.create(capacitacion=capacitacion, orden=orden, **datos)


def _preguntar(carga, por_venir, azar) -> None:
    """Tres preguntas en la próxima de cada uno de los primeros centros; la primera ya se respondió."""
    aviso, ahora = aviso_vigente(Aviso.Finalidad.PREGUNTA), timezone.now()
    preguntas = []
    for centro in Centro.objects.filter(slug__in=("arequipa", "cusco", "piura")):
        capacitacion = next((c for c in por_venir if c.centro_id == centro.pk), None)
        for texto, respuesta in PREGUNTAS:
            nombres, apellidos = azar.nombre()
            preguntas.append(
                Pregunta(
                    centro=centro,
                    capacitacion=capacitacion,
                    envio=uuid.uuid4(),
                    nombre=f"{nombres} {apellidos}",
                    correo=f"pregunta{len(preguntas)}@correo.example",
                    texto=texto,
                    aviso=aviso,
                    atendida_en=ahora if respuesta else None,
                    respuesta=respuesta,
                )
            )
    Pregunta.objects.bulk_create(preguntas)
    marcar(carga, preguntas)
