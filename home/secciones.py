"""Las secciones con que la Oficina de Comunicaciones compone el inicio. Cada una trae solo lo que muestra.

Las que salen solas del portal piden un título y, a lo más, una cantidad; las escritas no llevan HTML libre.
"""

from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from boletines.models import BoletinPage, ComunicadoPage
from directorio import mapa
from eventos.models import Capacitacion

from .bloques import TEXTO, EnlacesBlock

DEL_PORTAL = "Sale solo del portal"
ESCRITO = "Lo escribe usted"


class Seccion(blocks.StructBlock):
    """Base: agrega al contexto lo que devuelve ``datos``, si la sección trae algo del portal."""

    def datos(self, value, request) -> dict:
        return {}

    def get_context(self, value, parent_context=None):
        contexto = super().get_context(value, parent_context)
        return contexto | self.datos(value, contexto.get("request"))


class SeccionConCantidad(Seccion):
    """Un título y cuántos se muestran."""

    titulo = blocks.CharBlock(label="Título", max_length=80)
    cantidad = blocks.IntegerBlock(label="Cuántos", default=3, min_value=1, max_value=12)


class PortadaBlock(Seccion):
    titular = blocks.CharBlock(label="Titular", max_length=120)
    bajada = blocks.TextBlock(label="Bajada", required=False, max_length=400)
    con_buscador = blocks.BooleanBlock(label="Con el buscador de capacitaciones", required=False, default=True)
    con_mi_centro = blocks.BooleanBlock(label="Con «Mi centro» por departamento", required=False, default=True)

    class Meta:
        icon = "home"
        label = "Portada"
        description = "El titular de la página, con el buscador de capacitaciones. Va una sola vez."
        template = "home/bloques/portada.html"
        preview_value = {
            "titular": "Capacitación gratuita para su entidad",
            "bajada": "Los CONECTAMEF orientan y capacitan sin costo a quienes trabajan en entidades públicas.",
            "con_buscador": True,
            "con_mi_centro": True,
        }

    def datos(self, value, request):
        return {"departamentos": mapa.contornos() if value["con_mi_centro"] else ()}


class ProximasBlock(SeccionConCantidad):
    class Meta:
        icon = "date"
        label = "Próximas capacitaciones"
        group = DEL_PORTAL
        description = "Las que vienen, de la más cercana a la más lejana. No salen las canceladas."
        template = "home/bloques/proximas.html"
        preview_value = {"titulo": "Próximas capacitaciones", "cantidad": 3}

    def datos(self, value, request):
        proximas = Capacitacion.objects.en_pie().proximas().para_mostrar()
        return {"capacitaciones": proximas[: value["cantidad"]]}


class BoletinBlock(Seccion):
    titulo = blocks.CharBlock(label="Título", max_length=80, default="Boletín del mes")

    class Meta:
        icon = "mail"
        label = "Último boletín"
        group = DEL_PORTAL
        description = "La última edición publicada, con la invitación a suscribirse."
        template = "home/bloques/boletin.html"
        preview_value = {"titulo": "Boletín del mes"}

    def datos(self, value, request):
        ediciones = BoletinPage.objects.live().defer("cuerpo", "texto_busqueda").order_by("-anio", "-mes")
        return {"boletin": ediciones.first()}


class ComunicadosBlock(SeccionConCantidad):
    class Meta:
        icon = "warning"
        label = "Comunicados vigentes"
        group = DEL_PORTAL
        description = "Los últimos que aún rigen. Uno vencido deja de salir sin que nadie lo quite."
        template = "home/bloques/comunicados.html"
        preview_value = {"titulo": "Comunicados vigentes", "cantidad": 2}

    def datos(self, value, request):
        vigentes = ComunicadoPage.objects.live().vigentes().select_related("sistema").defer("cuerpo", "texto_busqueda")
        return {"comunicados": vigentes[: value["cantidad"]]}


class NoticiasBlock(SeccionConCantidad):
    class Meta:
        icon = "doc-full"
        label = "Últimas noticias"
        group = DEL_PORTAL
        description = "Las más recientes de los centros y del MEF, con su imagen."
        template = "home/bloques/noticias.html"
        preview_value = {"titulo": "Noticias", "cantidad": 3}

    def datos(self, value, request):
        from .models import NoticiaPage  # el inicio, que es un modelo, usa este módulo

        return {"noticias": NoticiaPage.objects.publicadas().para_mostrar()[: value["cantidad"]]}


class ServiciosBlock(Seccion):
    titulo = blocks.CharBlock(label="Título", max_length=80, default="Lo que hacemos por su entidad")

    class Meta:
        icon = "list-ul"
        label = "Servicios"
        group = DEL_PORTAL
        description = "Los servicios publicados, con su resumen."
        template = "home/bloques/servicios.html"
        preview_value = {"titulo": "Lo que hacemos por su entidad"}

    def datos(self, value, request):
        from .models import ServicioPage

        return {
            "servicios": ServicioPage.objects.live().order_by("path").defer("descripcion", "requisitos", "modalidades")
        }


class MapaBlock(Seccion):
    titulo = blocks.CharBlock(label="Título", max_length=80, default="Encuentre su centro")

    class Meta:
        icon = "site"
        label = "Mapa de centros"
        group = DEL_PORTAL
        description = "El esquema de los departamentos y la lista de sus centros."
        template = "home/bloques/mapa.html"
        preview_value = {"titulo": "Encuentre su centro"}

    def datos(self, value, request):
        return {"departamentos": mapa.departamentos(), "recuadro": mapa.RECUADRO}


class AvisoBlock(Seccion):
    titulo = blocks.CharBlock(label="Título", max_length=80)
    texto = blocks.TextBlock(label="Texto", required=False, max_length=300)
    enlace = EnlacesBlock(label="Botón", required=False, max_num=1)

    class Meta:
        icon = "info-circle"
        label = "Aviso"
        group = ESCRITO
        description = "Una franja para lo urgente: un cambio de horario, un plazo, una interrupción."
        template = "home/bloques/aviso.html"
        preview_value = {"titulo": "Cierre del ejercicio", "texto": "Los centros atienden hasta las 7:00 p. m."}


class DestacadoBlock(Seccion):
    titulo = blocks.CharBlock(label="Título", max_length=80)
    texto = blocks.RichTextBlock(label="Texto", features=TEXTO)
    imagen = ImageBlock(label="Imagen", required=False)
    enlace = EnlacesBlock(label="Botón", required=False, max_num=1)

    class Meta:
        icon = "pick"
        label = "Destacado"
        group = ESCRITO
        description = "Una campaña o un tema, con su imagen y un botón."
        template = "home/bloques/destacado.html"
        preview_value = {"titulo": "Programe sus inversiones", "texto": "<p>Lo que debe saber antes de empezar.</p>"}


class TextoBlock(Seccion):
    titulo = blocks.CharBlock(label="Título", max_length=80, required=False)
    texto = blocks.RichTextBlock(label="Texto", features=TEXTO)

    class Meta:
        icon = "pilcrow"
        label = "Texto"
        group = ESCRITO
        description = "Párrafos, listas y enlaces."
        template = "home/bloques/texto.html"
        preview_value = {
            "titulo": "Quiénes somos",
            "texto": "<p>Los CONECTAMEF son los centros de atención del MEF.</p>",
        }


class InicioBlock(blocks.StreamBlock):
    portada = PortadaBlock()
    aviso = AvisoBlock()
    proximas = ProximasBlock()
    servicios = ServiciosBlock()
    boletin = BoletinBlock()
    comunicados = ComunicadosBlock()
    noticias = NoticiasBlock()
    mapa = MapaBlock()
    destacado = DestacadoBlock()
    texto = TextoBlock()

    class Meta:
        block_counts = {"portada": {"min_num": 1, "max_num": 1}}
