"""Lo que ya hay en el directorio, leído una vez en memoria: llaves y valores, no filas enteras.

Solo existe lo que quien importa puede cambiar: lo ajeno no se nombra ni se toca.
"""

from collections import defaultdict
from collections.abc import Iterator

from comun.alcance import Alcance
from comun.texto import normalizar
from directorio.models import Entidad, Importacion
from organizacion.models import Centro, Distrito

from . import periodos
from .campos import CAMPOS, MODELOS
from .entidades import DE_ENTIDAD, a_cual_llevan, nombres_de_antes, por_llave
from .sistemas import Sistemas

Tipo = Importacion.Tipo
UNIDA = {Tipo.OPERADOR: "fusionado_en", Tipo.ENTIDAD: "fusionada_en"}
CON_ENTIDAD = (Tipo.OPERADOR, Tipo.AUTORIDAD)


class Existente:
    """Las filas de un registro y lo que nombran, que ``usuario`` puede cambiar dentro de ``alcance``."""

    def __init__(self, tipo: str, usuario, alcance: Alcance):
        self.tipo, self.usuario, self.alcance, self.modelo = tipo, usuario, alcance, MODELOS[tipo]
        self.centros = self._centros()
        self.sistemas = Sistemas()
        self.entidades = por_llave(Entidad.objects.propias(usuario).en(alcance)) if self.tipo in CON_ENTIDAD else {}
        self.nombres_de_campo = {campo.nombre for campo in CAMPOS[tipo]} - {*DE_ENTIDAD, "documento", "sistemas"}
        self.actuales, self.por_clave, self.de_antes = {}, defaultdict(list), {}
        self._leer_filas()
        if tipo == Tipo.ENTIDAD:
            self._leer_las_de_antes()
            from directorio.carga import _centro_por_provincia

            self.distritos = set(Distrito.objects.values_list("pk", flat=True))
            self.de_provincia = _centro_por_provincia()

    def _centros(self) -> dict[str, int]:
        centros = Centro.objects.all()
        centros = centros if self.alcance.nacional else centros.filter(pk__in=self.alcance.centros)
        return {normalizar(centro.nombre): centro.pk for centro in centros}

    def _leer_filas(self) -> None:
        """Los valores de hoy y por qué claves se reconoce cada fila."""
        filas = self.modelo.objects.propias(self.usuario).en(self.alcance)
        if self.tipo in UNIDA:
            filas = filas.filter(**{UNIDA[self.tipo]: None})
        columnas = [*sorted(self._columnas()), *self._de_clave()]
        for pk, *valores in filas.order_by("pk").values_list("pk", *columnas).iterator(chunk_size=5000):
            fila = dict(zip(columnas, valores, strict=True))
            self.actuales[pk] = fila
            for clave in self.claves_de(fila):
                self.por_clave[clave].append(pk)
        if self.tipo == Tipo.OPERADOR:
            self._leer_sistemas()

    def _leer_las_de_antes(self) -> None:
        """Los nombres que llevó una entidad y los de las que se unieron a ella también llevan a su fila."""
        suyas = self.modelo.objects.propias(self.usuario).en(self.alcance).order_by()
        for pk, ubigeo, nombre in nombres_de_antes(suyas.filter(fusionada_en=None)):
            self.de_antes["nombre", ubigeo, nombre] = pk
        llevan = a_cual_llevan()
        columnas = ("codigo_siaf", "ruc", "distrito_id", "nombre")
        for pk, *valores in suyas.exclude(fusionada_en=None).values_list("pk", *columnas):
            if llevan[pk] in self.actuales:
                claves = self.claves_de(dict(zip(columnas, valores, strict=True)))
                self.de_antes |= dict.fromkeys(claves, llevan[pk])

    def _leer_sistemas(self) -> None:
        suyos = defaultdict(list)
        for operador, sistema in self.modelo.sistemas.through.objects.values_list("operador_id", "sistema_id"):
            suyos[operador].append(sistema)
        for pk, fila in self.actuales.items():
            fila["sistemas"] = sorted(suyos.get(pk, ()))

    def _columnas(self) -> set[str]:
        return {self.modelo._meta.get_field(nombre).attname for nombre in self.nombres_de_campo | {"verificado_por"}}

    def _de_clave(self) -> list[str]:
        return {
            Tipo.OPERADOR: ["entidad_id", "persona_id", "persona__numero_documento"],
            Tipo.AUTORIDAD: ["entidad_id"],
        }.get(self.tipo, [])

    def claves_de(self, fila: dict) -> Iterator[tuple]:
        """De la más segura a la menos; una vacía no cuenta."""
        if self.tipo == Tipo.ENTIDAD:
            yield from (("siaf", s.zfill(6)) for s in [fila.get("codigo_siaf")] if s)
            yield from (("ruc", ruc) for ruc in [fila.get("ruc")] if ruc)
            if fila.get("distrito_id") and fila.get("nombre"):
                yield ("nombre", fila["distrito_id"], normalizar(fila["nombre"]))
            return
        if documento := fila.get("persona__numero_documento") or fila.get("documento"):
            yield ("documento", documento)
        donde = fila.get("entidad_id") if self.tipo in CON_ENTIDAD else fila.get("centro_id")
        nombre = fila.get("nombre") or f"{fila.get('apellidos') or ''} {fila.get('nombres') or ''}"
        if nombre.strip():
            yield ("nombre", donde, normalizar(nombre))

    def hallar(self, claves: list[tuple], valores: dict) -> int | None:
        """La fila que es la de ``valores``; si varias lo son, la que hoy vale."""
        for clave in claves:
            candidatas = self.por_clave.get(clave, ())
            if self.tipo in periodos.CON_PERIODO:
                candidatas = [pk for pk in candidatas if periodos.coinciden(self.actuales[pk], valores)]
            if candidatas:
                return max(candidatas, key=lambda pk: self._preferencia(self.actuales[pk], valores))
        return None

    def hallar_de_antes(self, claves: list[tuple], valores: dict) -> int | None:
        """La entidad que se llamó así, o que quedó en lugar de esa, salvo que los códigos digan que es otra."""
        for pk in filter(None, map(self.de_antes.get, claves)):
            actual = self.actuales[pk]
            if all(valores.get(c) in (None, "", actual[c]) or not actual[c] for c in ("codigo_siaf", "ruc")):
                return pk
        return None

    def _preferencia(self, fila: dict, valores: dict) -> tuple:
        if self.tipo in periodos.CON_PERIODO:
            return periodos.preferencia(fila, valores)
        activa = fila.get("esta_activo", fila.get("esta_activa"))
        return activa, fila.get("entidad_id") == valores.get("entidad_id")
