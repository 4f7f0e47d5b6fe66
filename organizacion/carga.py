"""Cargar los datos de base: territorio del INEI, centros con su jurisdicción, órganos y sistemas (R1).

Cada función solo crea lo que falta: repetirla no cambia nada ni pisa lo que el personal editó.
"""

import datetime as dt
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from comun.datos import DatosInvalidos, leer_csv
from comun.validadores import validar_ubigeo

from .models import Centro, Departamento, Distrito, Jurisdiccion, Organo, Provincia, Sistema

DATOS = Path(__file__).parent / "datos"
UBIGEO = DATOS / "ubigeo_inei.csv"
CENTROS = DATOS / "centros.csv"
# Fecha de los Lineamientos: desde cuándo se da por sabido qué provincias atiende cada centro.
LINEAMIENTOS = dt.date(2013, 12, 26)

# Los nombres son los de los Lineamientos (2013); el personal los edita y les pone vigencia.
ORGANOS = (
    ("DGCP", "Dirección General de Contabilidad Pública", Organo.Tipo.ENTE_RECTOR),
    ("DGETP", "Dirección General de Endeudamiento y Tesoro Público", Organo.Tipo.ENTE_RECTOR),
    ("DGPI", "Dirección General de Política de Inversiones", Organo.Tipo.ENTE_RECTOR),
    ("DGPP", "Dirección General de Presupuesto Público", Organo.Tipo.ENTE_RECTOR),
    ("OGTI", "Oficina General de Tecnologías de la Información", Organo.Tipo.ENTE_RECTOR),
    ("OGAUC", "Oficina General de Atención al Usuario y Comunicaciones", Organo.Tipo.OFICINA),
    ("OAUTDA", "Oficina de Atención al Usuario, Trámite Documentario y Archivo", Organo.Tipo.OFICINA),
    ("OGARH", "Oficina General de Administración y Recursos Humanos", Organo.Tipo.OFICINA),
    ("OC", "Oficina de Comunicaciones", Organo.Tipo.OFICINA),
    ("OSCE", "Organismo Supervisor de las Contrataciones del Estado", Organo.Tipo.ALIADO),
    ("PROINVERSION", "Agencia de Promoción de la Inversión Privada", Organo.Tipo.ALIADO),
)
SISTEMAS = (
    ("contabilidad", "Contabilidad Pública", "DGCP"),
    ("endeudamiento-y-tesoro", "Endeudamiento y Tesoro Público", "DGETP"),
    ("inversion", "Inversión Pública", "DGPI"),
    ("presupuesto", "Presupuesto Público", "DGPP"),
    ("aplicativos", "Aplicativos Informáticos", "OGTI"),
)


def _crear_faltantes(modelo, filas) -> int:
    """Crea las filas cuya llave primaria aún no está; devuelve cuántas."""
    existentes = set(modelo.objects.values_list("pk", flat=True))
    nuevas = [fila for fila in filas if fila.pk not in existentes]
    modelo.objects.bulk_create(nuevas, batch_size=500)
    return len(nuevas)


@transaction.atomic
def cargar_territorio(archivo: Path = UBIGEO) -> int:
    """Departamentos, provincias y distritos del INEI; devuelve cuántas filas creó. Levanta ``DatosInvalidos``."""
    departamentos, provincias, distritos = {}, {}, {}
    for linea, fila in leer_csv(archivo, ("ubigeo", "departamento", "provincia", "distrito")):
        ubigeo = _ubigeo_nuevo(archivo, linea, fila["ubigeo"], distritos)
        departamentos.setdefault(ubigeo[:2], fila["departamento"])
        provincias.setdefault(ubigeo[:4], fila["provincia"])
        if (departamentos[ubigeo[:2]], provincias[ubigeo[:4]]) != (fila["departamento"], fila["provincia"]):
            raise DatosInvalidos(archivo, linea, f"el ubigeo {ubigeo} no es de {fila['provincia']}.")
        distritos[ubigeo] = fila["distrito"]
    return (
        _crear_faltantes(Departamento, [Departamento(codigo=c, nombre=n) for c, n in departamentos.items()])
        + _crear_faltantes(
            Provincia, [Provincia(codigo=c, nombre=n, departamento_id=c[:2]) for c, n in provincias.items()]
        )
        + _crear_faltantes(Distrito, [Distrito(ubigeo=u, nombre=n, provincia_id=u[:4]) for u, n in distritos.items()])
    )


def _ubigeo_nuevo(archivo, linea, ubigeo, vistos):
    try:
        validar_ubigeo(ubigeo)
    except ValidationError as error:
        raise DatosInvalidos(archivo, linea, f"«{ubigeo}» no es un ubigeo: {error.messages[0]}") from error
    if ubigeo in vistos:
        raise DatosInvalidos(archivo, linea, f"el ubigeo {ubigeo} está repetido.")
    return ubigeo


@transaction.atomic
def cargar_centros(archivo: Path = CENTROS) -> int:
    """Centros y las provincias que atienden; devuelve cuántas filas creó. Levanta ``DatosInvalidos``."""
    departamentos = {d.nombre: d for d in Departamento.objects.prefetch_related("provincias")}
    atendidas = set(Jurisdiccion.objects.values_list("provincia_id", flat=True))
    creados = 0
    for linea, fila in leer_csv(archivo, ("slug", "nombre", "departamentos")):
        suyos = []
        for nombre in fila["departamentos"].split(";"):
            if nombre not in departamentos:
                raise DatosInvalidos(archivo, linea, f"no existe el departamento «{nombre}».")
            suyos.append(departamentos[nombre])
        # La sede es la capital del primer departamento, salvo que el personal diga otra cosa.
        capital = Distrito.objects.filter(pk=f"{suyos[0].pk}0101").first()
        centro, es_nuevo = Centro.objects.get_or_create(
            slug=fila["slug"], defaults={"nombre": fila["nombre"], "distrito": capital}
        )
        provincias = [p for d in suyos for p in d.provincias.all() if p.pk not in atendidas]
        Jurisdiccion.objects.bulk_create(
            [Jurisdiccion(centro=centro, provincia=p, desde=LINEAMIENTOS) for p in provincias]
        )
        atendidas.update(p.pk for p in provincias)
        creados += es_nuevo + len(provincias)
    return creados


@transaction.atomic
def cargar_rectoria() -> int:
    """Órganos y sistemas administrativos (R1); devuelve cuántas filas creó."""
    creados = 0
    for sigla, nombre, tipo in ORGANOS:
        creados += Organo.objects.get_or_create(sigla=sigla, defaults={"nombre": nombre, "tipo": tipo})[1]
    for orden, (slug, nombre, sigla) in enumerate(SISTEMAS, start=1):
        datos = {"nombre": nombre, "organo": Organo.objects.get(sigla=sigla), "orden": orden}
        creados += Sistema.objects.get_or_create(slug=slug, defaults=datos)[1]
    return creados
