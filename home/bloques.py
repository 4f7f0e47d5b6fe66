"""Bloques de las páginas de contenido: la portada, los servicios, las preguntas y los menús. Sin HTML libre."""

from django.core.exceptions import ValidationError
from wagtail import blocks

TEXTO = ["bold", "italic", "link", "ul", "ol", "document-link"]


class DestinoBlock(blocks.StructBlock):
    """Un enlace: a una página del sitio o a una dirección, del portal («/capacitaciones/») o de fuera."""

    texto = blocks.CharBlock(label="Texto", max_length=60, required=False, help_text="Vacío: el título de la página.")
    pagina = blocks.PageChooserBlock(label="Página", required=False)
    direccion = blocks.CharBlock(label="o dirección", max_length=255, required=False)

    class Meta:
        icon = "link"
        label = "Enlace"

    def clean(self, value):
        limpio = super().clean(value)
        errores = {}
        direccion = limpio["direccion"]
        if bool(limpio["pagina"]) == bool(direccion):
            errores["pagina"] = ValidationError("Elija una página o escriba una dirección, una de las dos.")
        elif direccion:
            es_del_portal = direccion.startswith("/") and not direccion.startswith("//")
            if not es_del_portal and not direccion.startswith(("https://", "http://")):
                errores["direccion"] = ValidationError("Empiece con «/» si es del portal, o con https://.")
            if not limpio["texto"]:
                errores["texto"] = ValidationError("Escriba el texto del enlace.")
        if errores:
            raise blocks.StructBlockValidationError(block_errors=errores)
        return limpio


class MenuBlock(blocks.StreamBlock):
    enlace = DestinoBlock()


class EnlacesBlock(blocks.StreamBlock):
    enlace = DestinoBlock()


# --- Portada ---


class PortadaBlock(blocks.StructBlock):
    titular = blocks.CharBlock(label="Titular", max_length=120)
    bajada = blocks.TextBlock(label="Bajada", required=False, max_length=400)
    con_buscador = blocks.BooleanBlock(label="Con el buscador de capacitaciones", required=False, default=True)
    con_mi_centro = blocks.BooleanBlock(label="Con «Mi centro» por departamento", required=False, default=True)

    class Meta:
        icon = "home"
        label = "Portada"
        template = "home/bloques/portada.html"


class CantidadBlock(blocks.StructBlock):
    """Lo que sale solo del portal: un título y cuántos se muestran."""

    titulo = blocks.CharBlock(label="Título", max_length=80)
    cantidad = blocks.IntegerBlock(label="Cuántos", default=3, min_value=1, max_value=12)


class ProximasBlock(CantidadBlock):
    class Meta:
        icon = "date"
        label = "Próximas capacitaciones"
        template = "home/bloques/proximas.html"


class BoletinBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label="Título", max_length=80, default="Boletín del mes")

    class Meta:
        icon = "mail"
        label = "Último boletín"
        template = "home/bloques/boletin.html"


class ComunicadosBlock(CantidadBlock):
    class Meta:
        icon = "warning"
        label = "Comunicados vigentes"
        template = "home/bloques/comunicados.html"


class NoticiasBlock(CantidadBlock):
    class Meta:
        icon = "doc-full"
        label = "Últimas noticias"
        template = "home/bloques/noticias.html"


class ServiciosBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label="Título", max_length=80, default="Lo que hacemos por su entidad")

    class Meta:
        icon = "list-ul"
        label = "Servicios"
        template = "home/bloques/servicios.html"


class MapaBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label="Título", max_length=80, default="Encuentre su centro")

    class Meta:
        icon = "site"
        label = "Mapa de centros"
        template = "home/bloques/mapa.html"


class TextoBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label="Título", max_length=80, required=False)
    texto = blocks.RichTextBlock(label="Texto", features=TEXTO)

    class Meta:
        icon = "pilcrow"
        label = "Texto"
        template = "home/bloques/texto.html"


class InicioBlock(blocks.StreamBlock):
    portada = PortadaBlock()
    proximas = ProximasBlock()
    boletin = BoletinBlock()
    comunicados = ComunicadosBlock()
    noticias = NoticiasBlock()
    servicios = ServiciosBlock()
    mapa = MapaBlock()
    texto = TextoBlock()

    class Meta:
        block_counts = {"portada": {"min_num": 1, "max_num": 1}}


# --- Servicios y preguntas frecuentes ---


class ModalidadBlock(blocks.StructBlock):
    nombre = blocks.CharBlock(label="Modalidad", max_length=60, help_text="Por ejemplo, Presencial.")
    pasos = blocks.ListBlock(blocks.RichTextBlock(label="Paso", features=TEXTO), label="Pasos", min_num=1)

    class Meta:
        icon = "list-ol"
        label = "Modalidad"


class ModalidadesBlock(blocks.StreamBlock):
    modalidad = ModalidadBlock()


class PreguntaBlock(blocks.StructBlock):
    pregunta = blocks.CharBlock(label="Pregunta", max_length=200)
    respuesta = blocks.RichTextBlock(label="Respuesta", features=TEXTO)


class TemaBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label="Tema", max_length=80)
    preguntas = blocks.ListBlock(PreguntaBlock(), label="Preguntas", min_num=1)

    class Meta:
        icon = "help"
        label = "Tema"


class PreguntasBlock(blocks.StreamBlock):
    tema = TemaBlock()
