"""Exportar un registro con los encabezados con que se importa: volver a subirlo no cambia nada."""

from comun.alcance import alcance_de
from organizacion.models import Sistema

from .campos import CAMPOS, MODELOS, Campo, Tipo
from .permisos import permiso_de_exportar

_DE_ENTIDAD = {
    "entidad_siaf": "entidad__codigo_siaf",
    "entidad_ruc": "entidad__ruc",
    "entidad_ubigeo": "entidad__distrito_id",
    "entidad_nombre": "entidad__nombre",
    "documento": "persona__numero_documento",
    "centro": "centro__nombre",
    "sistema": "sistema__nombre",
    "distrito": "distrito_id",
}


def tabla(tipo: str, usuario, elegidos: list[str]) -> tuple[list[str], list[list]]:
    """(encabezados, filas) con los campos ``elegidos``, de lo que ve con un rol que le deja llevárselo."""
    campos = [campo for campo in CAMPOS[tipo] if campo.nombre in elegidos]
    filas = MODELOS[tipo].objects.para(usuario).en(alcance_de(usuario, permiso_de_exportar(tipo)))
    if tipo in (Tipo.OPERADOR, Tipo.ENTIDAD):
        filas = filas.filter(**{f"{'fusionado' if tipo == Tipo.OPERADOR else 'fusionada'}_en": None})
    sistemas = _sistemas() if "sistemas" in elegidos else {}
    columnas = [_DE_ENTIDAD.get(campo.nombre, campo.nombre) for campo in campos if campo.nombre != "sistemas"]
    salida = []
    for pk, *valores in filas.values_list("pk", *columnas).iterator(chunk_size=2000):
        suyos = iter(valores)
        salida.append(
            [sistemas.get(pk, "") if c.nombre == "sistemas" else _dicho(tipo, c, next(suyos)) for c in campos]
        )
    return [campo.rotulo for campo in campos], salida


def _sistemas() -> dict[int, str]:
    vinculo, nombres = MODELOS[Tipo.OPERADOR].sistemas.through, dict(Sistema.objects.values_list("pk", "nombre"))
    juntos: dict[int, str] = {}
    for operador, sistema in vinculo.objects.order_by("operador_id", "sistema_id").values_list(
        "operador_id", "sistema_id"
    ):
        juntos[operador] = f"{juntos[operador]}; {nombres[sistema]}" if operador in juntos else nombres[sistema]
    return juntos


def _dicho(tipo: str, campo: Campo, valor):
    if campo.nombre.startswith("entidad_") or campo.nombre in _DE_ENTIDAD:
        return valor
    opciones = dict(MODELOS[tipo]._meta.get_field(campo.nombre).choices or ())
    return opciones.get(valor, valor)
