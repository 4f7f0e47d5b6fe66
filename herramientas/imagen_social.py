"""Dibuja portal/static/img/social.png: la imagen que se ve al compartir una página que no tiene la suya.

    .venv/bin/python herramientas/imagen_social.py

Es la marca del portal (la de icono.svg) sobre carbón, sin logotipos oficiales.
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

DESTINO = Path(__file__).resolve().parent.parent / "portal/static/img/social.png"
ANCHO, ALTO = 1200, 630
CARBON, ROJO, BLANCO, SUAVE = "#212429", "#c8102e", "#f4f3f1", "#c9c8c5"
FINO = 4  # se dibuja más grande y se reduce, para que los bordes curvos salgan lisos


def marca(lado: int) -> Image.Image:
    """La «C» con su punto, sobre rojo, como en el icono (que mide 32)."""
    escala = lado * FINO / 32
    lienzo = Image.new("RGB", (lado * FINO, lado * FINO), CARBON)
    pincel = ImageDraw.Draw(lienzo)
    pincel.rounded_rectangle((0, 0, lado * FINO - 1, lado * FINO - 1), radius=4 * escala, fill=ROJO)
    pincel.arc([p * escala for p in (6, 6, 26, 26)], start=36, end=324, fill="white", width=round(4 * escala))
    pincel.ellipse([p * escala for p in (20.1, 13.6, 24.9, 18.4)], fill="white")
    return lienzo.resize((lado, lado), Image.Resampling.LANCZOS)


def letra(tamano: int, *, negrita: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(f"DejaVuSans{'-Bold' if negrita else ''}.ttf", tamano)


def dibujar() -> Image.Image:
    imagen = Image.new("RGB", (ANCHO, ALTO), CARBON)
    pincel = ImageDraw.Draw(imagen)
    imagen.paste(marca(132), (90, 96))
    pincel.text((90, 282), "Portal CONECTAMEF", font=letra(82, negrita=True), fill=BLANCO)
    pincel.text((92, 392), "Capacitación y asistencia gratuitas", font=letra(44), fill=SUAVE)
    pincel.text((92, 452), "para la gestión pública", font=letra(44), fill=SUAVE)
    pincel.rectangle((0, ALTO - 22, ANCHO, ALTO), fill=ROJO)
    return imagen


if __name__ == "__main__":
    dibujar().quantize(64).save(DESTINO, optimize=True)
