"""Decir de cada línea de una lista si entra y, si no, por qué. Solo mira: no guarda nada."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models

from comun.celdas import leer_texto
from comun.hojas import Fila
from comun.texto import normalizar
from comun.validadores import validar_sin_control
from correo.models import Supresion
from organizacion.models import Centro, Sistema

from .models import Suscriptor

POR_TANDA = 1000
DICE = 80  # letras que se guardan de lo que decía una línea
_control = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_entre_temas = re.compile(r"[;,|/\n]")


class Reparo(models.TextChoices):
    """Por qué una línea no entra."""

    ERROR = "errores", "Con error"
    REPETIDA = "repetidos", "Repetidas en la lista"
    YA_ESTABA = "ya_estaban", "Ya estaban suscritas"
    YA_SE_LE_ESCRIBIO = "ya_invitados", "Ya se les escribió"
    SUPRIMIDA = "suprimidos", "De baja o con rebotes"


POR_SUPRESION = {
    Supresion.Motivo.BAJA: "Se dio de baja: no se vuelve a suscribir.",
    Supresion.Motivo.REBOTE: "Su correo rebota: no se le escribe.",
    Supresion.Motivo.QUEJA: "Marcó un envío como no deseado: no se le escribe.",
}


@dataclass
class Renglon:
    """Una línea ya leída. ``anterior`` es el suscriptor que ya la tenía; ``reparo``, por qué no entra."""

    numero: int
    dice: str
    correo: str = ""
    nombre: str = ""
    centro: Centro | None = None
    temas: list[Sistema] = field(default_factory=list)
    anterior: Suscriptor | None = None
    reparo: str = ""
    por_que: str = ""

    def rechazar(self, reparo: str, por_que: str) -> None:
        self.reparo, self.por_que = reparo, por_que


class Catalogo:
    """Los centros y los temas por como la gente los escribe."""

    def __init__(self):
        self.centros = {}
        for centro in Centro.objects.activos():
            for nombre in (centro.nombre, centro.slug, centro.nombre_completo):
                self.centros[normalizar(nombre)] = centro
        self.temas = {normalizar(nombre): s for s in Sistema.objects.all() for nombre in (s.nombre, s.slug)}


def ensayar_filas(filas: Iterable[Fila], *, centro: Centro | None, con_evidencia: bool) -> Iterator[Renglon]:
    """Cada línea con lo que le pasaría ahora. ``centro`` es el de las que no dicen ninguno."""
    catalogo, vistos, filas = Catalogo(), {}, iter(filas)
    while tanda := [_leer(fila, catalogo, centro, vistos) for fila in islice(filas, POR_TANDA)]:
        _cotejar([renglon for renglon in tanda if not renglon.reparo], con_evidencia)
        yield from tanda


def _leer(fila: Fila, catalogo: Catalogo, centro: Centro | None, vistos: dict[str, int]) -> Renglon:
    valores = {columna: leer_texto(valor) for columna, valor in fila.valores.items()}
    dice = " | ".join(valor for valor in valores.values() if valor)
    renglon = Renglon(fila.numero, _control.sub("·", dice[:DICE]), centro=centro)
    errores = [*fila.errores] or _llenar(renglon, valores, catalogo)
    if errores:
        renglon.rechazar(Reparo.ERROR, " ".join(errores))
    elif renglon.correo in vistos:
        renglon.rechazar(Reparo.REPETIDA, f"Repite la línea {vistos[renglon.correo]}.")
    else:
        vistos[renglon.correo] = renglon.numero
    return renglon


def _llenar(renglon: Renglon, valores: dict[str, str], catalogo: Catalogo) -> list[str]:
    """Pone en ``renglon`` lo que dice la línea; devuelve lo que está mal."""
    errores = []
    renglon.correo, renglon.nombre = valores.get("correo", "").lower(), valores.get("nombre", "")
    if not renglon.correo:
        errores.append("Falta el correo.")
    elif not _es_correo(renglon.correo):
        errores.append("El correo no es válido.")
    if not _es_nombre(renglon.nombre):
        errores.append("El nombre no es válido: es muy largo, parece una fórmula o lleva caracteres raros.")
    if escrito := valores.get("centro", ""):
        renglon.centro = catalogo.centros.get(normalizar(escrito))
        errores += [] if renglon.centro else [f"No hay un centro «{_control.sub('·', escrito[:40])}»."]
    for escrito in filter(None, (parte.strip() for parte in _entre_temas.split(valores.get("temas", "")))):
        if tema := catalogo.temas.get(normalizar(escrito)):
            renglon.temas.append(tema)
        else:
            errores.append(f"No hay un tema «{_control.sub('·', escrito[:40])}».")
    return errores


def _es_correo(texto: str) -> bool:
    try:
        validate_email(texto)
    except ValidationError:
        return False
    return len(texto) <= 254


def _es_nombre(texto: str) -> bool:
    try:
        validar_sin_control(texto)
    except ValidationError:
        return False
    return len(texto) <= 160 and not texto.startswith(("=", "+", "-", "@"))


def _cotejar(renglones: list[Renglon], con_evidencia: bool) -> None:
    """Contra lo que ya se sabe de esas direcciones: dos consultas por tanda."""
    correos = [renglon.correo for renglon in renglones]
    suprimidas = dict(Supresion.objects.filter(direccion__in=correos).values_list("direccion", "motivo"))
    anteriores = {s.correo: s for s in Suscriptor.objects.filter(correo__in=correos)}
    for renglon in renglones:
        renglon.anterior = anteriores.get(renglon.correo)
        estado = renglon.anterior.estado if renglon.anterior else ""
        if motivo := suprimidas.get(renglon.correo):
            renglon.rechazar(Reparo.SUPRIMIDA, POR_SUPRESION[motivo])
        elif estado == Suscriptor.Estado.BAJA:
            por_que = f"Está de baja ({renglon.anterior.get_baja_por_display() or 'se dio de baja'}): no se resucita."
            renglon.rechazar(Reparo.SUPRIMIDA, por_que)
        elif estado == Suscriptor.Estado.CONFIRMADO:
            renglon.rechazar(Reparo.YA_ESTABA, "Ya está suscrita.")
        elif estado and not con_evidencia:
            cual = "se le invitó" if estado == Suscriptor.Estado.INVITADO else "se le pidió confirmar"
            renglon.rechazar(Reparo.YA_SE_LE_ESCRIBIO, f"Ya {cual}: no se le escribe otra vez.")
