"""Ilustraciones hechas por el propio proyecto: cerros, sol y surcos en los colores del portal."""

import io
import math

from django.core.files.images import ImageFile
from PIL import Image as Lienzo
from PIL import ImageDraw
from wagtail.images.models import Image

from .azar import Azar
from .marcas import marcar

ANCHO, ALTO = 1200, 630
PALETAS = (
    ("#fdf1ec", "#e8a598", "#b3202f", "#5c1a22"),
    ("#eef3f4", "#9db8bf", "#3f6671", "#1f3239"),
    ("#fbf4e2", "#e5c27a", "#b07a24", "#553a12"),
    ("#eef4ea", "#a9c39a", "#55784a", "#263a21"),
)
TEMAS = ("cerros al amanecer", "cerros sobre el valle", "andenes y sol", "cordillera y surcos")


def dibujar(n: int) -> bytes:
    """PNG de 1200 × 630: cuatro planos de cerros ondulados con un sol, distintos para cada ``n``."""
    azar, paleta = Azar(100 + n), PALETAS[n % len(PALETAS)]
    lienzo = Lienzo.new("RGB", (ANCHO, ALTO), paleta[0])
    trazo = ImageDraw.Draw(lienzo)
    x, radio = azar.randrange(250, 950), azar.randrange(60, 110)
    trazo.ellipse((x - radio, 180 - radio, x + radio, 180 + radio), fill=paleta[1])
    for plano, color in enumerate((paleta[1], paleta[2], paleta[2], paleta[3])):
        base, fase, paso = 300 + plano * 85, azar.random() * 6, azar.uniform(90, 200)
        cresta = [
            (px, base - 70 * math.sin(px / paso + fase) - 25 * math.sin(px / (paso / 3) + 2 * fase))
            for px in range(0, ANCHO + 10, 10)
        ]
        trazo.polygon([(0, ALTO), *cresta, (ANCHO, ALTO)], fill=color)
    salida = io.BytesIO()
    lienzo.save(salida, "PNG", optimize=True)
    return salida.getvalue()


def cargar_imagenes(carga, cuantas: int = 12) -> list[Image]:
    """``cuantas`` ilustraciones en la biblioteca, cada una con su texto alternativo."""
    imagenes = []
    for n in range(cuantas):
        imagen = Image(
            title=f"Ilustración de demostración {n + 1}",
            description=f"Ilustración de {TEMAS[n % len(TEMAS)]}, hecha para la demostración",
        )
        imagen.file = ImageFile(io.BytesIO(dibujar(n)), name=f"demostracion-{n + 1}.png")
        imagen.save()
        imagenes.append(imagen)
    marcar(carga, imagenes)
    return imagenes
