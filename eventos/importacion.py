"""Importar el programa de una hoja de cálculo: las columnas y lo que dice cada fila."""

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from comun.celdas import leer_entero, leer_fecha, leer_hora, leer_texto
from comun.hojas import Fila, leer_hoja
from comun.plazos import es_habil
from comun.templatetags.comun import fecha_media, hora
from comun.texto import normalizar
from organizacion.dias import no_laborables
from organizacion.models import Centro

from .catalogo import Catalogo
from .choques import choques_de, textos
from .models import Capacitacion
from .renglon import Ponente, Renglon, Turno, ponente_del_personal, ya_programadas

MAXIMO = 2000  # filas
ANIOS_ATRAS, ANIOS_POR_DELANTE = 1, 3
OBLIGATORIAS = ("Título", "Tipo", "Modalidad", "Sistemas", "Fecha", "Desde", "Hasta")
OPCIONALES = (
    "Desde (tarde)",
    "Hasta (tarde)",
    "Lugar",
    "Dirección",
    "Enlace virtual",
    "Expositor",
    "Tema",
    "Cupos",
    "Objetivo",
    "Público",
)
COLUMNAS = (*OBLIGATORIAS, *OPCIONALES)
DE_CAMPO = {"titulo": "Título", "lugar": "Lugar", "direccion": "Dirección", "enlace_virtual": "Enlace virtual"}


class Interprete:
    """Convierte filas de la hoja en renglones del programa de un centro, y dice qué está mal y qué conviene mirar."""

    def __init__(self, centro: Centro):
        self.centro = centro
        self.catalogo = Catalogo(centro)
        self.dias = no_laborables(centro)
        self.hoy = timezone.localdate()

    def leer(self, fila: Fila) -> dict:
        """dict(fila, titulo, cuando, datos, errores, avisos), como va en ``ImportacionDePrograma.filas``."""
        return Lectura(self, fila).resultado()


class Lectura:
    """Una fila mientras se lee: junta todos sus errores en vez de parar en el primero."""

    def __init__(self, interprete: Interprete, fila: Fila):
        self.de, self.fila = interprete, fila
        self.errores, self.avisos = list(fila.errores), []

    def resultado(self) -> dict:
        renglon = self._renglon() if not self.errores else None
        titulo = leer_texto(self.fila.valores.get("Título"))[:160]
        return {
            "fila": self.fila.numero,
            "titulo": titulo,
            "cuando": self._cuando(renglon) if renglon else "",
            "datos": renglon.a_datos() if renglon and not self.errores else None,
            "errores": self.errores,
            "avisos": self.avisos,
        }

    @staticmethod
    def _cuando(renglon) -> str:
        horas = [f"{hora(t.hora_inicio)} a {hora(t.hora_fin)}" for t in renglon.turnos]
        return f"{fecha_media(renglon.turnos[0].fecha)}, {' y '.join(horas)}"

    def _renglon(self) -> Renglon | None:
        textos_de = {columna: leer_texto(self.fila.valores.get(columna)) for columna in COLUMNAS}
        for columna in OBLIGATORIAS:
            if not textos_de[columna]:
                self.errores.append(f"Falta «{columna}».")
        tipo = self._opcion("Tipo", textos_de, Capacitacion.Tipo)
        modalidad = self._opcion("Modalidad", textos_de, Capacitacion.Modalidad)
        sistemas, turnos = self._sistemas(textos_de["Sistemas"]), self._turnos()
        cupos = self._leido("Cupos", lambda valor: leer_entero(valor, 1, 10_000))
        if self.errores:
            return None
        renglon = Renglon(
            titulo=textos_de["Título"],
            tipo=tipo,
            modalidad=modalidad,
            sistemas=sistemas,
            turnos=turnos,
            ponentes=self._ponentes(textos_de["Expositor"], textos_de["Tema"]),
            lugar=textos_de["Lugar"],
            direccion=textos_de["Dirección"],
            enlace_virtual=textos_de["Enlace virtual"],
            cupos=cupos,
            objetivo=textos_de["Objetivo"],
            publico_objetivo=textos_de["Público"],
        )
        for campo, quejas in renglon.errores().items():
            self.errores += [f"«{DE_CAMPO.get(campo, campo)}»: {queja}" for queja in quejas]
        return renglon

    def _leido(self, columna, leer):
        """El valor leído; ``None`` si está en blanco o no se entiende, y entonces queda el error."""
        valor = self.fila.valores.get(columna)
        if not leer_texto(valor):
            return None
        try:
            return leer(valor)
        except ValueError as error:
            self.errores.append(f"«{columna}»: {error}")
            return None

    def _opcion(self, columna, textos_de, opciones):
        buscado = normalizar(textos_de[columna])
        if not buscado:
            return None
        for opcion in opciones:
            nombre = normalizar(opcion.label)
            if buscado in {opcion.value, nombre, nombre.removeprefix("general ")}:
                return opcion.value
        lista = ", ".join(opcion.label for opcion in opciones)
        self.errores.append(f"«{columna}» no puede ser «{textos_de[columna][:40]}»: {lista}.")
        return None

    def _sistemas(self, texto) -> list[int]:
        partes = [parte.strip() for parte in texto.split(";") if parte.strip()]
        hallados = {parte: self.de.catalogo.sistema(parte) for parte in partes}
        for parte, sistema in hallados.items():
            if sistema is None:
                self.errores.append(f"No hay un sistema que se llame «{parte[:40]}».")
        return list(dict.fromkeys(sistema.pk for sistema in hallados.values() if sistema))

    def _turnos(self) -> list[Turno]:
        fecha = self._leido("Fecha", leer_fecha)
        if fecha and not self.de.hoy.year - ANIOS_ATRAS <= fecha.year <= self.de.hoy.year + ANIOS_POR_DELANTE:
            self.errores.append(f"«Fecha»: revise el año ({fecha.year}).")
        elif fecha:
            self._mirar_fecha(fecha)
        turnos = [self._turno(fecha, "Desde", "Hasta"), self._turno(fecha, "Desde (tarde)", "Hasta (tarde)")]
        completos = [turno for turno in turnos if turno]
        if len(completos) == 2 and completos[1].hora_inicio < completos[0].hora_fin:
            self.errores.append("«Desde (tarde)»: el segundo turno empieza antes de que termine el primero.")
        return completos

    def _mirar_fecha(self, fecha):
        if fecha < self.de.hoy:
            self.avisos.append("La fecha ya pasó.")
        if not es_habil(fecha, self.de.dias):
            self.avisos.append("Ese día no es hábil.")

    def _turno(self, fecha, desde, hasta) -> Turno | None:
        inicio, fin = self._leido(desde, leer_hora), self._leido(hasta, leer_hora)
        if (inicio is None) != (fin is None) and desde != "Desde" and not self.errores:
            self.errores.append(f"«{desde}» y «{hasta}» van juntas.")
        if inicio and fin and fin <= inicio:
            self.errores.append(f"«{hasta}» debe ser posterior a «{desde}».")
        return Turno(fecha, inicio, fin) if fecha and inicio is not None and fin is not None else None

    def _ponentes(self, nombre, tema) -> list[Ponente]:
        if not nombre:
            if tema:
                self.avisos.append("El tema no se guarda: falta el expositor.")
            return []
        if len(nombre) > 160 or len(tema) > 200:
            self.errores.append("El expositor admite 160 caracteres, y el tema, 200.")
            return []
        if persona := self.de.catalogo.persona(nombre):
            return [ponente_del_personal(persona, tema)]
        self.avisos.append(f"«{nombre[:60]}» no está en el personal: queda como expositor de otra entidad.")
        return [Ponente(nombre, tema=tema)]


def revisar_archivo(archivo: UploadedFile, centro: Centro, usuario) -> list[dict]:
    """El informe, fila por fila. Levanta ``ValidationError`` si el archivo no se puede leer; no guarda nada."""
    interprete = Interprete(centro)
    leidas = leer_hoja(archivo, columnas=COLUMNAS, obligatorias=OBLIGATORIAS, maximo=MAXIMO)
    filas = [interprete.leer(fila) for fila in leidas]
    _marcar_repetidas(filas, centro)
    _avisar_choques(filas, centro, usuario)
    return filas


def _marcar_repetidas(filas, centro) -> None:
    buenas = [(fila, Renglon.de_datos(fila["datos"])) for fila in filas if fila["datos"]]
    vistas = dict.fromkeys(ya_programadas(centro, [r.turnos[0].fecha for _, r in buenas]), 0)
    for fila, renglon in buenas:
        if renglon.llave in vistas:
            otra = vistas[renglon.llave]
            queja = f"Repite la fila {otra}." if otra else "El centro ya la tiene programada ese día a esa hora."
            fila["errores"].append(queja)
            fila["datos"] = None
        vistas.setdefault(renglon.llave, fila["fila"])


def _avisar_choques(filas, centro, usuario) -> None:
    de_fila = {f"fila {fila['fila']}": fila for fila in filas if fila["datos"]}
    bloques = [b for c, fila in de_fila.items() for b in Renglon.de_datos(fila["datos"]).bloques(c, centro)]
    agrupados = {}
    for choque in choques_de(bloques):
        agrupados.setdefault(choque.bloque.clave, []).append(choque)
    for clave, choques in agrupados.items():
        de_fila[clave]["avisos"] += textos(choques, usuario)
