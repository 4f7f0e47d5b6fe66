"""Los renglones de una importación como los lee una persona: con el nombre de cada fila que señala una llave."""

import datetime as dt
from collections import Counter

from django.utils.text import capfirst

from comun.templatetags.comun import documento_velado
from directorio.models import Entidad, Importacion, RenglonDeImportacion
from organizacion.models import Centro, Sistema

from .campos import CAMPOS, MODELOS

Estado, Resultado = Importacion.Estado, RenglonDeImportacion.Resultado
DESHECHOS = {Resultado.NUEVA: "Se quitó", Resultado.ACTUALIZA: "Volvió a como estaba"}
SENALAN = {
    "entidad_id": Entidad,
    "centro_id": Centro,
    "sistema_id": Sistema,
    "sistemas": Sistema,
}
CALLADOS = {"verificado_por_id"}  # lo dice la fecha: es quien confirma
EN_PALABRAS = {True: "sí", False: "no", None: "", "": ""}


def rotulo_de(resultado: str, importacion) -> str:
    """Qué pasaría con la fila, qué pasó o, si se deshizo, qué fue de ella."""
    deshecha = importacion.estado == Estado.DESHECHA
    return DESHECHOS.get(resultado, Resultado(resultado).label) if deshecha else Resultado(resultado).label


def cuentas_de(importacion) -> list[tuple[str, str, int]]:
    """(resultado, cómo se dice, cuántas filas); las que no se deshicieron ya no cuentan como nuevas."""
    cuentas = importacion.cuentas
    if importacion.estado == Estado.DESHECHA and importacion.renglones.exists():
        cuentas = Counter(importacion.renglones.order_by().values_list("resultado", flat=True))
    return [(r.value, rotulo_de(r, importacion), cuentas[r.value]) for r in Resultado if cuentas.get(r.value)]


def presentar(renglones, importacion) -> list[dict]:
    """Cada renglón con su resultado y, campo por campo, lo que había y lo que queda."""
    renglones, tipo = list(renglones), importacion.tipo
    nombres = _nombres_de(renglones)
    rotulos = {campo.nombre.replace("entidad_nombre", "entidad"): campo.rotulo for campo in CAMPOS[tipo]}
    orden = {nombre: lugar for lugar, nombre in enumerate(rotulos)}  # el de la plantilla

    def leido(nombre, valor):
        return _en_palabras(MODELOS[tipo], nombres, nombre, valor)

    def cambios(renglon):
        for nombre in sorted(renglon.cambios.keys() - CALLADOS, key=lambda n: orden.get(n.removesuffix("_id"), 99)):
            corto = nombre.removesuffix("_id")
            yield rotulos.get(corto, capfirst(corto)), *(leido(nombre, valor) for valor in renglon.cambios[nombre])

    return [
        {
            "renglon": renglon,
            "resultado": rotulo_de(renglon.resultado, importacion),
            "es_nueva": all(antes is None for antes, _ in renglon.cambios.values()),
            "cambios": list(cambios(renglon)),
        }
        for renglon in renglones
    ]


def _nombres_de(renglones) -> dict:
    """modelo → llave → la fila que señala; una consulta por modelo."""
    llaves = {modelo: set() for modelo in SENALAN.values()}
    for renglon in renglones:
        for nombre in renglon.cambios.keys() & SENALAN.keys():
            for valor in renglon.cambios[nombre]:
                llaves[SENALAN[nombre]].update(valor if isinstance(valor, list) else filter(None, [valor]))
    return {modelo: modelo.objects.in_bulk(suyas) for modelo, suyas in llaves.items() if suyas}


def _en_palabras(modelo, nombres: dict, nombre: str, valor) -> str:
    if nombre in SENALAN:
        suyas = nombres.get(SENALAN[nombre], {})
        llaves = valor if isinstance(valor, list) else [valor]
        return ", ".join(str(suyas[llave]) for llave in llaves if llave in suyas)
    if nombre == "documento":
        return documento_velado(valor)
    campo = modelo._meta.get_field(nombre)
    if valor and campo.get_internal_type() == "DateField":
        return f"{dt.date.fromisoformat(valor):%d/%m/%Y}"
    dicho = dict(campo.choices or ()).get(valor, valor)
    return EN_PALABRAS.get(dicho, dicho)
