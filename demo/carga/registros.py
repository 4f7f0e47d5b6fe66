"""El registro de papel de Cusco: hojas emitidas, y el de la última capacitación ya escaneado."""

import datetime as dt
import io

from PIL import Image, ImageDraw, ImageFont

from comun.subidas import leer_imagen, pdf_de_imagenes
from comun.texto import normalizar
from custodia.archivos import borrar_archivo
from eventos.actions.escaneo import adjuntar_escaneo
from eventos.actions.hojas import emitir_hojas
from eventos.models import Asistencia, Capacitacion, Escaneo, HojaDeRegistro
from eventos.sesiones import sesiones_de_firma
from organizacion.models import Usuario

from .azar import Azar

ANCHO, ALTO = 1400, 990  # una A4 apaisada a 120 puntos por pulgada
FILAS = 12
PAPEL, TINTA, BOLIGRAFO = "#f4f1ea", "#222222", "#1b2f6b"


def cargar_registros(hoy: dt.date) -> None:
    """La próxima presencial de Cusco, con su registro listo; la última, firmada, escaneada y con sus hojas."""
    por = Usuario.objects.get(username="asistente.cusco")
    filas = Capacitacion.objects.en_pie().filter(centro__slug="cusco", modalidad=Capacitacion.Modalidad.PRESENCIAL)
    proxima = filas.filter(fecha_inicio__gte=hoy).order_by("fecha_inicio", "pk").first()
    pasada = filas.filter(fecha_fin__lt=hoy, sesiones__asistencias__esta_firmada=True).order_by("-fecha_fin", "pk")
    if proxima:
        emitir_hojas(sesion=sesiones_de_firma(proxima)[0], por=por)
    if pasada := pasada.first():
        for sesion in sesiones_de_firma(pasada):
            _pasada(sesion, por)


def _pasada(sesion, por) -> None:
    hojas = emitir_hojas(sesion=sesion, por=por)
    firmas = set(Asistencia.objects.filter(sesion=sesion).firmadas().values_list("inscripcion", flat=True))
    fotos = [leer_imagen(_foto(hoja, firmas)) for hoja in hojas]
    adjuntar_escaneo(sesion=sesion, contenido=pdf_de_imagenes(fotos), paginas=len(fotos), hojas=hojas, por=por)


def _foto(hoja: HojaDeRegistro, firmas: set[int]) -> "_Foto":
    """La hoja como la vería un teléfono: un poco girada, con firmas inventadas a bolígrafo."""
    azar = Azar(hoja.numero)
    lienzo = Image.new("RGB", (ANCHO, ALTO), PAPEL)
    trazo, letra = ImageDraw.Draw(lienzo), ImageFont.load_default(22)
    trazo.text((60, 50), f"REGISTRO DE PARTICIPANTES, HOJA {hoja.numero} (DATOS INVENTADOS)", TINTA, letra)
    trazo.text((ANCHO - 260, 50), hoja.codigo, TINTA, letra)
    listadas = hoja.listadas()
    for n in range(FILAS):
        alto = 130 + n * 66
        trazo.rectangle((60, alto, ANCHO - 60, alto + 66), outline=TINTA)
        trazo.line((ANCHO - 380, alto, ANCHO - 380, alto + 66), TINTA)
        if n < len(listadas):
            trazo.text((80, alto + 20), f"{n + 1}. {_sin_tildes(listadas[n])}", TINTA, letra)
            if listadas[n].pk in firmas:
                _firmar(trazo, azar, ANCHO - 340, alto + 33)
    salida = _Foto(f"hoja-{hoja.numero}.jpg")
    lienzo.rotate(azar.uniform(-1.2, 1.2), fillcolor="#6b6258", resample=Image.Resampling.BICUBIC).save(salida, "JPEG")
    return salida


def _sin_tildes(inscripcion) -> str:
    """La letra que trae Pillow no las tiene."""
    return normalizar(f"{inscripcion.apellidos}, {inscripcion.nombres}").title()


def _firmar(trazo, azar, x, y) -> None:
    puntos = [(x + paso * 14, y + azar.randrange(-22, 22)) for paso in range(azar.randrange(9, 18))]
    trazo.line(puntos, BOLIGRAFO, width=3, joint="curve")


class _Foto(io.BytesIO):
    """Lo que ``comun.subidas`` pide de un archivo subido."""

    def __init__(self, nombre):
        super().__init__()
        self.name = nombre

    @property
    def size(self):
        return self.getbuffer().nbytes


def quitar_registros(capacitaciones) -> None:
    """Retira los escaneos, con su archivo, de unas ``capacitaciones`` (llaves)."""
    for escaneo in Escaneo.objects.filter(sesion__capacitacion__in=capacitaciones).select_related("archivo"):
        escaneo.delete()
        borrar_archivo(escaneo.archivo)
