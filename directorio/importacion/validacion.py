"""Lo que el modelo exige de los valores que una fila importada dejaría."""

from django.core.exceptions import ValidationError

from directorio.models import Importacion

from . import periodos

APARTE = ("documento", "sistemas")


def validar(tipo: str, modelo, actual: dict, cambios: dict) -> list[str]:
    """Qué está mal: largos y formas de cada campo cambiado, fechas al revés, y el cargo con su sistema."""
    nuevos = {nombre: nuevo for nombre, (_, nuevo) in cambios.items()}
    errores = []
    for nombre, nuevo in nuevos.items():
        if nombre in APARTE or nombre.endswith("_id"):
            continue
        campo = modelo._meta.get_field(nombre)
        try:
            nuevos[nombre] = campo.clean(campo.to_python(nuevo), None)
        except ValidationError as error:
            errores.append(f"«{campo.verbose_name}»: {' '.join(error.messages)}")
    if not errores and tipo in periodos.CON_PERIODO:
        errores += periodos.fuera_de_orden(actual | nuevos)
    if not errores and tipo == Importacion.Tipo.PERSONAL:
        errores += _cargo_imposible(modelo, actual | nuevos)
    return errores


def _cargo_imposible(modelo, valores: dict) -> list[str]:
    try:
        modelo(**{nombre: valor for nombre, valor in valores.items() if "__" not in nombre}).clean()
    except ValidationError as error:
        return error.messages
    return []
