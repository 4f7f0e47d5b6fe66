"""Dos comunicados reenviados y tres correos informativos de Cusco y Arequipa; uno quedó en borrador.

Pasan por las mismas acciones que usa el personal y se dan por entregados en el acto: no sale ningún correo.
"""

import datetime as dt

from django.utils import timezone

from boletines.actions.borradores import guardar_informativo
from boletines.actions.difusion import enviar_informativo, reenviar_comunicado
from boletines.models import ComunicadoPage, CorreoDifundido, CorreoOficial, Suscriptor
from boletines.segmentos import Audiencia, Segmento
from comun.exportar import TIPOS, XLSX, a_xlsx
from correo.actions import Adjunto
from correo.models import Entrega, Envio
from custodia.archivos import borrar_archivo
from organizacion.models import Sistema, Usuario

from .azar import Azar
from .marcas import marcar

REBOTE = "550 5.1.1 El buzón no existe (inventado)"
INFORMATIVOS = (
    (
        "cusco",
        "Taller virtual de conciliación presupuestaria: enlace y materiales",
        "<p>Estimados operadores:</p><p>El <b>jueves a las 10:00 a. m.</b> resolveremos en línea los casos de "
        "conciliación que nos enviaron. Traigan a la mano:</p><ul><li>El reporte de ejecución del mes.</li>"
        "<li>El formato adjunto, lleno hasta donde puedan.</li></ul><p>Quien no pueda conectarse recibirá la "
        "grabación por este medio. Este correo es un ejemplo de la demostración.</p>",
        6,
    ),
    (
        "arequipa",
        "Cambio de horario de atención de consultas presupuestarias",
        "<p>Desde el lunes, las consultas de presupuesto se atienden de <b>8:30 a. m. a 1:00 p. m.</b> en el centro y "
        "por teléfono todo el día.</p><p>Este correo es un ejemplo de la demostración.</p>",
        3,
    ),
    (
        "cusco",
        "Errores frecuentes en las notas de modificación de noviembre",
        "<p>Revisamos las notas del mes y estos tres errores se repiten:</p><ol><li>Rubro que no corresponde.</li>"
        "<li>Meta sin saldo.</li><li>Documento sin fecha.</li></ol>",
        None,
    ),
)


def cargar_difusion(carga, hoy: dt.date) -> None:
    presupuesto, antes = Sistema.objects.get(slug="presupuesto"), timezone.now()
    especialistas = {lugar: Usuario.objects.get(username=f"especialista.{lugar}") for lugar in ("cusco", "arequipa")}
    comunicados = ComunicadoPage.objects.live().vigentes(hoy)[1:3]  # el más nuevo queda por reenviar
    for comunicado, por, dias in zip(comunicados, especialistas.values(), (9, 2), strict=True):
        segmento = _segmento(por.centro, presupuesto, Suscriptor.Tipo.COMUNICADOS)
        correo = reenviar_comunicado(comunicado=comunicado, segmento=segmento, por=por)
        _dar_por_entregado(carga, correo, hoy - dt.timedelta(days=dias), Azar(40 + dias))
    for lugar, asunto, cuerpo, dias in INFORMATIVOS:
        por = especialistas[lugar]
        correo = guardar_informativo(
            asunto=asunto,
            cuerpo=cuerpo,
            sistema=presupuesto,
            segmento=_segmento(por.centro, presupuesto, Suscriptor.Tipo.INFORMATIVOS),
            adjuntos=[_formato()] if "formato" in cuerpo else (),
            por=por,
        )
        if dias is None:
            marcar(carga, [correo])
        else:
            enviado = enviar_informativo(correo=correo, por=por)
            _dar_por_entregado(carga, enviado, hoy - dt.timedelta(days=dias), Azar(50 + dias))
    marcar(carga, CorreoOficial.objects.filter(desde__gte=antes))


def _segmento(centro, sistema, tipo) -> Segmento:
    return Segmento((Audiencia.OPERADORES.value,), correo=tipo.value, centro=centro.pk, sistemas=(sistema.pk,))


def _formato() -> Adjunto:
    filas = [("1.1", "Recursos ordinarios", "", ""), ("2.1", "Recursos directamente recaudados", "", "")]
    contenido = a_xlsx(("Rubro", "Descripción", "Según SIAF", "Según la entidad"), filas)
    return Adjunto("formato-de-conciliacion.xlsx", TIPOS[XLSX], contenido)


def _dar_por_entregado(carga, correo: CorreoDifundido, fecha: dt.date, azar: Azar) -> None:
    """Como si hubiera salido en ``fecha``: casi todas llegaron, alguna rebotó."""
    momento = timezone.make_aware(dt.datetime.combine(fecha, dt.time(10, 20)))
    Envio.objects.filter(pk=correo.envio_id).update(estado=Envio.Estado.TERMINADO, creado_en=momento, sale_en=None)
    CorreoDifundido.objects.filter(pk=correo.pk).update(creado_en=momento, enviado_en=momento)
    correo.envio.entregas.update(estado=Entrega.Estado.ENVIADA, intentos=1, enviada_en=momento)
    suyas = list(correo.envio.entregas.filter(es_copia=False).order_by("pk").values_list("pk", flat=True))
    rebotaron = azar.sample(suyas, min(2, len(suyas) // 10))
    Entrega.objects.filter(pk__in=rebotaron).update(estado=Entrega.Estado.REBOTADA, error=REBOTE)
    marcar(carga, [correo, correo.envio])


def quitar_difusion(carga) -> None:
    """Retira lo de ``cargar_difusion`` y lo que se difundió mientras duró la demostración, con sus adjuntos."""
    correos = CorreoDifundido.objects.filter(pk__in=_marcadas(carga, "boletines.correodifundido"))
    de_demo = _marcadas(carga, "boletines.comunicadopage")
    correos |= CorreoDifundido.objects.filter(comunicado__in=de_demo)
    correos |= CorreoDifundido.objects.filter(envio__creado_en__gte=carga.hecha_en)
    for correo in correos.distinct():
        archivos = [adjunto.archivo for adjunto in correo.adjuntos.select_related("archivo")]
        correo.delete()
        for archivo in archivos:
            borrar_archivo(archivo)
    Envio.objects.filter(pk__in=_marcadas(carga, "correo.envio")).delete()
    CorreoOficial.objects.filter(pk__in=_marcadas(carga, "boletines.correooficial")).delete()


def _marcadas(carga, modelo) -> list[int]:
    return [int(llave) for llave in carga.marcas.filter(modelo=modelo).values_list("llave", flat=True)]
