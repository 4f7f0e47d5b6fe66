"""Qué filas importadas siguen como quedaron: las que alguien cambió después, o ya se usan, no se deshacen."""

from collections import defaultdict

from directorio.models import Entidad, Operador, Puesto, RenglonDeImportacion

from .ensayo import plano

BORRADA, CAMBIADA = "Alguien la borró después.", "Alguien la cambió después."
EN_USO = "Ya la usa otra parte del portal."
AJENA = "Hoy es de otro centro."
_UNIDA = {Operador: "fusionado_en_id", Entidad: "fusionada_en_id"}


def marcar_las_tocadas(modelo, renglones: list, filas: dict, suyas: set[int]) -> None:
    """Pone en cada renglón por qué su fila no se deshace.

    ``filas``: las de hoy, bajo llave; ``suyas``: cuáles puede cambiar quien deshace.
    """
    valores = _Valores(modelo, filas)
    en_uso = usadas(modelo, [renglon.objeto for renglon in renglones if _es_nueva(renglon)])
    for renglon in renglones:
        fila = filas.get(renglon.objeto)
        if fila is None:
            renglon.motivos = [BORRADA]
        elif renglon.objeto not in suyas:
            renglon.motivos = [AJENA]
        elif any(valores.de(fila, nombre) != valor for nombre, valor in valores.esperados(renglon).items()):
            renglon.motivos = [CAMBIADA]
        elif renglon.objeto in en_uso:
            renglon.motivos = [EN_USO]


def usadas(modelo, llaves: list) -> set[int]:
    """Las que señala una fila de otra tabla (contactos, pedidos, puestos).

    No cuenta el puesto ya cerrado y sin fecha de inicio con que entra un operador inactivo.
    """
    en_uso = set()
    for relacion in modelo._meta.get_fields(include_hidden=True):
        de_otra = relacion.one_to_many or relacion.one_to_one
        if not de_otra or relacion.concrete or relacion.related_model._meta.auto_created:
            continue
        campo = relacion.field.name
        filas = relacion.related_model._base_manager.filter(**{f"{campo}__in": llaves})
        if (modelo, relacion.related_model) == (Operador, Puesto):
            filas = filas.exclude(desde=None, hasta__isnull=False)
        en_uso.update(filas.order_by().values_list(campo, flat=True))
    return en_uso


def _es_nueva(renglon) -> bool:
    return renglon.resultado == RenglonDeImportacion.Resultado.NUEVA


class _Valores:
    """Los de hoy de una tanda, con lo que está en otras tablas traído de una vez."""

    def __init__(self, modelo, filas: dict):
        self.sin_unir = {_UNIDA[modelo]: None} if modelo in _UNIDA else {}
        aparte = {"id", "texto_busqueda"}
        self.sistemas, self.documentos, self.al_nacer = defaultdict(list), {}, {}
        if modelo is Operador:
            pares = Operador.sistemas.through.objects.filter(operador_id__in=filas).order_by("sistema_id")
            for operador, sistema in pares.values_list("operador_id", "sistema_id"):
                self.sistemas[operador].append(sistema)
            suyos = modelo.objects.filter(pk__in=filas)
            self.documentos = dict(suyos.order_by().values_list("pk", "persona__numero_documento"))
            self.al_nacer, aparte = {"sistemas": [], "documento": None}, aparte | {"persona_id"}
        campos = (campo for campo in modelo._meta.concrete_fields if campo.attname not in aparte)
        self.al_nacer |= {campo.attname: plano(campo.get_default()) for campo in campos}

    def esperados(self, renglon) -> dict:
        """Los que dejó la importación; de una fila nueva, también los que el archivo no traía."""
        dejados = {nombre: despues for nombre, (_, despues) in renglon.cambios.items()}
        return (self.al_nacer if _es_nueva(renglon) else self.sin_unir) | dejados

    def de(self, fila, nombre: str):
        if nombre == "sistemas":
            return self.sistemas[fila.pk]
        return self.documentos[fila.pk] if nombre == "documento" else plano(getattr(fila, nombre))
