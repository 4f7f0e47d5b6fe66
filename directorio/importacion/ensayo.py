"""Qué pasaría con cada fila del archivo: nueva, actualiza, igual o error. No guarda nada.

Cada fila es un par de búsquedas en diccionarios contra lo que hay (``Existente``).
"""

import datetime as dt

from django.utils import timezone

from comun.texto import normalizar
from directorio.models import Importacion, RenglonDeImportacion

from . import periodos
from .campos import CAMPOS, JUNTOS, SEPARADOS, leer_celdas
from .documentos import DE_OTRA, de_quienes, es_otra_persona
from .entidades import DE_ENTIDAD
from .existente import CON_ENTIDAD, Existente
from .juntos import son_las_mismas
from .permisos import alcance_en
from .validacion import validar

Tipo, Resultado = Importacion.Tipo, RenglonDeImportacion.Resultado
FUERA = "La entidad no existe o no es de su centro."
OTRO_DNI = (
    "En el directorio esa persona tiene otro DNI. Si es otra con el mismo nombre, ponga en su hoja una columna "
    "«Es otra persona» con «sí» en esta fila."
)
SIN_DNI = "Para agregarla como otra persona con el mismo nombre hace falta su DNI."


class Ensayo:
    """Lee filas de un tipo, en nombre de ``usuario``."""

    def __init__(self, importacion: Importacion, usuario):
        self.tipo, self.mapeo, self.borra_vacias = importacion.tipo, importacion.mapeo, importacion.borra_vacias
        self.usuario, self.nombres_juntos = usuario, bool(JUNTOS & set(self.mapeo.values()))
        self.hay = Existente(self.tipo, usuario, alcance_en(importacion, usuario))
        self.modelo = self.hay.modelo
        self.con_centro = "centro" in {campo.nombre for campo in CAMPOS[self.tipo]}
        self.vistas: dict = {}
        self.numeros: dict[int, int] = {}  # fila del directorio → la del archivo que ya la nombró

    def leer(self, filas: list) -> list[RenglonDeImportacion]:
        """Los renglones de esas filas, sin guardar."""
        leidas = [(fila.numero, *leer_celdas(self.tipo, fila, self.mapeo)) for fila in filas]
        self.duenos = de_quienes(datos["documento"] for _, datos, _ in leidas if datos.get("documento"))
        return [self._renglon(*leida) for leida in leidas]

    def _renglon(self, numero: int, datos: dict, errores: list) -> RenglonDeImportacion:
        nombre = datos.get("nombre") or " ".join(filter(None, (datos.get("apellidos"), datos.get("nombres")))) or ""
        renglon = RenglonDeImportacion(numero=numero, nombre=nombre[:240], motivos=errores)
        valores = self._resolver(datos, errores)
        if not errores:
            self._comparar(renglon, valores, errores, es_otra=bool(datos.get("es_otra")))
        if errores:
            renglon.resultado, renglon.cambios, renglon.objeto = Resultado.ERROR, {}, None
        return renglon

    def _resolver(self, datos: dict, errores: list) -> dict:
        """Los nombres de centro, sistema, distrito y entidad, por sus llaves."""
        valores = {n: v for n, v in datos.items() if n in self.hay.nombres_de_campo | {"documento"}}
        if self.tipo in CON_ENTIDAD:
            valores["entidad_id"] = self._entidad(datos, errores)
        if "distrito" in valores:
            valores["distrito_id"] = valores.pop("distrito")
            self._centro_del_distrito(valores, errores)
        for nombre, tabla in (("centro", self.hay.centros), ("sistema", self.hay.sistemas)):
            if nombre in valores:
                valores[f"{nombre}_id"] = self._de_tabla(valores.pop(nombre), nombre, tabla, errores)
        if self.con_centro and not valores.get("centro_id") and len(self.hay.centros) == 1:
            valores["centro_id"] = next(iter(self.hay.centros.values()))
        if datos.get("sistemas") is not None:
            partes = [p for p in datos["sistemas"].replace(";", ",").split(",") if p.strip()]
            llaves = {self._de_tabla(p, "sistema", self.hay.sistemas, errores) or 0 for p in partes}
            valores["sistemas"] = sorted(llaves)
        return valores

    def _de_tabla(self, dicho, que, tabla, errores):
        if not dicho:
            return None
        llave = tabla.get(normalizar(dicho))
        if llave is None:
            hay = f": hay {', '.join(tabla.nombres)}" if que == "sistema" else ""
            errores.append(f"No hay un {que} «{dicho.strip()[:60]}» que usted pueda usar{hay}.")
        return llave

    def _entidad(self, datos: dict, errores: list) -> int | None:
        siaf, ruc, ubigeo, nombre = (datos.get(campo) for campo in DE_ENTIDAD)
        llaves = [("siaf", siaf and siaf.zfill(6)), ("ruc", ruc), (ubigeo or "", nombre and normalizar(nombre))]
        pedida = next((llave for llave in llaves if llave[1]), None)
        if pedida is None:
            return None
        halladas = self.hay.entidades.get(pedida, [])
        if len(halladas) != 1:
            errores.append(FUERA if not halladas else f"Hay {len(halladas)} entidades con ese nombre: ponga su ubigeo.")
            return None
        return halladas[0]

    def _centro_del_distrito(self, valores: dict, errores: list) -> None:
        ubigeo = valores["distrito_id"]
        if not ubigeo:
            return
        if ubigeo not in self.hay.distritos:
            errores.append(f"El ubigeo {ubigeo[:10]} no existe.")
        elif self.hay.de_provincia.get(ubigeo[:4]) not in self.hay.centros.values():
            errores.append(f"El distrito {ubigeo} no lo atiende su centro.")
        else:
            valores["centro_id"] = self.hay.de_provincia[ubigeo[:4]]

    def _comparar(self, renglon, valores: dict, errores: list, *, es_otra: bool) -> None:
        if es_otra and not valores.get("documento"):
            errores.append(SIN_DNI)
            return
        claves = [clave for clave in self.hay.claves_de(valores) if clave[0] == "documento" or not es_otra]
        if not claves:
            errores.append(
                "Falta con qué reconocerla: "
                + ("sus apellidos y nombres." if self.tipo != Tipo.ENTIDAD else "código, RUC o nombre.")
            )
            return
        pk = self.hay.hallar(claves, valores)
        if pk is None and (pk := self.hay.hallar_de_antes(claves, valores)):
            valores = {n: v for n, v in valores.items() if n not in ("nombre", "distrito_id")}  # solo la nombran
        if repetida := self.numeros.get(pk) or self._repetida(claves, valores):
            errores.append(f"Repite la fila {repetida}.")
            return
        if self._trae_el_dni_de_otra(pk, valores):
            errores.append(DE_OTRA)
            return
        self._anotar(renglon.numero, claves, pk, valores)
        if pk is None:
            self._nueva(renglon, valores, errores)
        else:
            self._existente(renglon, pk, valores, errores)

    def _trae_el_dni_de_otra(self, pk: int | None, valores: dict) -> bool:
        actual, numero = self.hay.actuales.get(pk, {}), valores.get("documento")
        dichos = tuple(valores.get(nombre) or actual.get(nombre) or "" for nombre in ("apellidos", "nombres"))
        if not numero or not any(dichos):
            return False
        es_suyo = actual.get("persona__numero_documento") == numero
        dueno = (actual["apellidos"], actual["nombres"]) if es_suyo else self.duenos.get(numero)
        return dueno is not None and es_otra_persona(dueno, dichos)

    def _anotar(self, numero: int, claves: list, pk: int | None, valores: dict) -> None:
        suyo = {campo: valores.get(campo) for campo in ("documento", "desde", "hasta")}
        for clave in claves:
            self.vistas.setdefault(clave, []).append((numero, suyo))
        if pk is not None:
            self.numeros[pk] = numero

    def _repetida(self, claves: list, valores: dict) -> int | None:
        """La fila anterior del archivo que es la misma."""
        for clave in claves:
            for numero, otra in self.vistas.get(clave, ()):
                if not self._son_dos(clave, valores, otra):
                    return numero
        return None

    def _son_dos(self, clave: tuple, una: dict, otra: dict) -> bool:
        """Dos del mismo nombre con otro DNI son dos personas; con periodos que no se tocan, dos periodos."""
        if self.tipo in periodos.CON_PERIODO:
            return not periodos.coinciden(una, otra)
        documentos = una.get("documento"), otra.get("documento")
        return clave[0] == "nombre" and all(documentos) and documentos[0] != documentos[1]

    def _nueva(self, renglon, valores: dict, errores: list) -> None:
        faltan = [
            c.rotulo
            for c in CAMPOS[self.tipo]
            if c.obligatorio and not (valores.get(c.nombre) or valores.get(f"{c.nombre}_id"))
        ]
        if self.tipo in CON_ENTIDAD and not valores.get("entidad_id"):
            faltan.append("Entidad")
        if self.tipo in (Tipo.MEDIO,) and not valores.get("centro_id"):
            faltan.append("Centro")
        if faltan:
            errores.append(f"Para agregarla falta: {', '.join(faltan)}.")
            return
        if "desde" in self.hay.nombres_de_campo:
            valores["desde"] = valores.get("desde") or timezone.localdate()
        renglon.resultado = Resultado.NUEVA
        renglon.cambios = {n: [None, plano(v)] for n, v in valores.items() if v not in (None, "")}
        self._decir_quien_verifico(renglon, None)
        errores += validar(self.tipo, self.modelo, {}, renglon.cambios)

    def _existente(self, renglon, pk, valores: dict, errores: list) -> None:
        actual = self.hay.actuales[pk]
        renglon.objeto = pk
        if self.nombres_juntos and son_las_mismas(actual, valores):  # dónde se parten lo sabe mejor el directorio
            valores = {nombre: valor for nombre, valor in valores.items() if nombre not in SEPARADOS}
        for nombre, nuevo in valores.items():
            if nombre == "documento":
                self._comparar_documento(renglon, actual.get("persona__numero_documento"), nuevo, errores)
            elif nombre == "centro_id" and self.tipo == Tipo.ENTIDAD:
                continue  # el centro solo se deduce al agregarla: importar no muda una entidad de centro
            else:
                antes = actual.get(nombre)
                nuevo = self._en_blanco(nombre, antes) if nuevo is None else nuevo
                if plano(antes) != plano(nuevo):
                    renglon.cambios[nombre] = [plano(antes), plano(nuevo)]
        self._decir_quien_verifico(renglon, actual["verificado_por_id"])
        renglon.resultado = Resultado.ACTUALIZA if renglon.cambios else Resultado.IGUAL
        if renglon.cambios:
            errores += validar(self.tipo, self.modelo, actual, renglon.cambios)

    def _decir_quien_verifico(self, renglon, antes: int | None) -> None:
        """Quien confirma la importación responde por la fecha que trae; sin nadie, sería la propia entidad."""
        if "verificado_en" in renglon.cambios:
            ahora = self.usuario.pk if renglon.cambios["verificado_en"][1] else None
            renglon.cambios |= {"verificado_por_id": [antes, ahora]} if antes != ahora else {}

    def _comparar_documento(self, renglon, antes, nuevo, errores: list) -> None:
        if nuevo and not antes:
            renglon.cambios["documento"] = [None, nuevo]
        elif nuevo and nuevo != antes:
            errores.append(OTRO_DNI)

    def _en_blanco(self, nombre: str, antes):
        """En qué deja el dato una celda en blanco: como está, salvo que se haya pedido borrarlo y se pueda."""
        if not self.borra_vacias or antes in (None, "", []):
            return antes
        campo = self.modelo._meta.get_field(nombre)
        if not (campo.null or campo.blank) or campo.get_internal_type() == "BooleanField":
            return antes
        return None if campo.null else ""


def plano(valor):
    """Como va en JSON."""
    return valor.isoformat() if isinstance(valor, dt.date) else valor
