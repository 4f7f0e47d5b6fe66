"""La guía de estilo viva: los valores de tokens.css con su contraste, y una muestra de cada pieza con su código."""

import re
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe

from comun.antiabuso import SinRobots
from directorio import mapa
from organizacion.models.ajustes import AVISO_DEMOSTRACION

MUESTRAS = "intranet/estilo/muestras"
TEXTO, CONTROL = 4.5, 3.0  # lo que pide WCAG 2.2 AA para leer un texto y para distinguir un control
# (lo que va encima, lo que va debajo, contraste mínimo)
PAREJAS = (
    ("texto", "fondo", TEXTO),
    ("texto", "fondo-suave", TEXTO),
    ("texto-suave", "fondo", TEXTO),
    ("texto-suave", "fondo-suave", TEXTO),
    ("sobre-fuerte", "fondo-fuerte", TEXTO),
    ("sobre-fuerte-suave", "fondo-fuerte", TEXTO),
    ("sobre-acento", "acento", TEXTO),
    ("acento-fuerte", "fondo", TEXTO),
    ("info", "info-fondo", TEXTO),
    ("exito", "exito-fondo", TEXTO),
    ("alerta", "alerta-fondo", TEXTO),
    ("error", "error-fondo", TEXTO),
    ("error", "fondo", TEXTO),
    ("acento", "fondo", CONTROL),
    ("borde", "fondo", CONTROL),
    ("foco", "fondo", CONTROL),
)


@dataclass(frozen=True)
class Tokens:
    """Nombre y valor de cada variable, sin los guiones: las de claro y, cambiadas, las de oscuro."""

    claro: dict[str, str]
    oscuro: dict[str, str]

    def del_tipo(self, inicio: str) -> dict[str, str]:
        return {nombre: valor for nombre, valor in self.claro.items() if nombre.startswith(inicio)}


@dataclass(frozen=True)
class Pareja:
    encima: str
    debajo: str
    color: str
    fondo: str
    minimo: float

    @property
    def razon(self) -> float:
        return contraste(self.color, self.fondo)

    @property
    def es_texto(self) -> bool:
        return self.minimo == TEXTO

    @property
    def cumple(self) -> bool:
        return self.razon >= self.minimo


def leer_tokens() -> Tokens:
    """Los de la hoja que usa el sitio: si cambia, cambia la guía."""
    hoja = Path(finders.find("css/tokens.css")).read_text(encoding="utf-8")
    claro, oscuro = re.split(r"@media \(prefers-color-scheme: dark\)", hoja)
    valores = _variables(claro)
    return Tokens(valores, valores | _variables(oscuro))


def _variables(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", css))


def parejas(valores: dict[str, str]) -> list[Pareja]:
    return [Pareja(e, d, valores[e], valores[d], minimo) for e, d, minimo in PAREJAS]


def contraste(uno: str, otro: str) -> float:
    """La razón de contraste de WCAG 2.2 entre dos colores «#rgb» o «#rrggbb»: de 1 a 21."""
    claro, oscuro = sorted((_luminancia(uno), _luminancia(otro)), reverse=True)
    return (claro + 0.05) / (oscuro + 0.05)


def _luminancia(color: str) -> float:
    cifras = color.removeprefix("#")
    cifras = "".join(c * 2 for c in cifras) if len(cifras) == 3 else cifras
    canales = [int(cifras[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    rojo, verde, azul = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canales)
    return 0.2126 * rojo + 0.7152 * verde + 0.0722 * azul


@dataclass(frozen=True)
class Muestra:
    """Una plantilla de muestra. Su primera línea dice «título | para qué | ancha», lo último si ocupa todo el ancho."""

    clave: str
    titulo: str
    para_que: str
    es_ancha: bool
    codigo: str
    plantilla: str


def muestras(lugar: str) -> list[Muestra]:
    """Las de ``lugar`` («publico» o «intranet»), por nombre de archivo."""
    # Se preguntan al motor por un nombre que existe siempre: así se leen de la misma carpeta que él.
    carpeta = Path(get_template("base.html").origin.name).parent / MUESTRAS / lugar
    return [_leer(archivo, lugar) for archivo in sorted(carpeta.glob("*.html"))]


def _leer(archivo: Path, lugar: str) -> Muestra:
    primera, _, codigo = archivo.read_text(encoding="utf-8").partition("\n")
    titulo, para_que, *ancha = (parte.strip() for parte in primera.strip("{}# \n").split("|"))
    con_codigo = mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(para_que)))  # noqa: S308 - ya escapado
    return Muestra(archivo.stem, titulo, con_codigo, bool(ancha), codigo.strip(), f"{MUESTRAS}/{lugar}/{archivo.name}")


class FormularioDeMuestra(forms.Form):
    nombres = forms.CharField(label="Nombres", help_text="Como están en su documento.")
    correo = forms.EmailField(label="Correo")
    cargo = forms.CharField(label="Cargo", required=False)
    sistema = forms.ChoiceField(label="Sistema", choices=[("p", "Presupuesto Público"), ("t", "Tesorería")])
    modalidad = forms.ChoiceField(
        label="Modalidad", choices=[("presencial", "Presencial"), ("virtual", "Virtual")], widget=forms.RadioSelect
    )
    comentario = forms.CharField(label="Comentario", required=False, widget=forms.Textarea)
    acepto = forms.BooleanField(label="Acepto el uso de mis datos para esta inscripción")


class FormularioConTrampa(SinRobots, forms.Form):
    pass


def contexto_de_muestras(tema: str) -> dict:
    """Lo que las muestras necesitan; los identificadores llevan ``tema`` para no repetirse en la página."""
    con_errores = FormularioDeMuestra({"correo": "sin arroba"}, auto_id=f"{tema}-error-%s")
    con_errores.is_valid()
    return {
        "tema": tema,
        "hoy": timezone.localdate(),
        "departamentos": mapa.departamentos(),
        "recuadro": mapa.RECUADRO,
        "formulario": FormularioDeMuestra(auto_id=f"{tema}-%s"),
        "con_errores": con_errores,
        "filtro": FormularioDeMuestra(auto_id=f"{tema}-filtro-%s"),
        "con_trampa": FormularioConTrampa(auto_id=f"{tema}-trampa-%s"),
        "pagina": Paginator(range(30), 10).page(2),
        "migas": [("Inicio", "/"), ("Centros", "/centros/"), ("Cusco", "")],
        "demostracion": {"es_demostracion": True, "aviso_demostracion": AVISO_DEMOSTRACION},
        "mensajes": [Message(SUCCESS, "Su suscripción quedó confirmada.")],
    }
