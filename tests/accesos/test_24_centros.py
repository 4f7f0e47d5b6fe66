"""Veinticuatro centros: lo de uno no existe para los otros veintitrés, por ningún camino."""

import itertools
import re

import pytest

from boletines.models import BoletinesIndexPage, BoletinPage, CorreoDifundido
from correo.models import Envio
from directorio.models import Personal
from home.carga import cargar_paginas
from intranet.accesos.tabla import entra, tabla
from intranet.matriz import PERMISOS, aplicar_permisos
from organizacion.actions import asignar_rol
from organizacion.models import Organo, Rol, Usuario
from tests import fabricas as f
from tests.custodia.motivo import PARA_ALGO

from . import mundo
from .direcciones import argumentos_de, caminos, direcciones, es_nuestra, es_publica, llave_de
from .pedidos import SIN_CERCA, pedir, se_nego

pytestmark = pytest.mark.django_db

CENTROS = range(1, 25)
ROLES = (Rol.COORDINADOR, Rol.ESPECIALISTA, Rol.ASISTENTE)
PARES = [(de, a) for de in CENTROS for a in CENTROS if de != a]
# Cuántos centros ajenos se prueban en cada dirección: así cada par ordenado sale al menos una vez.
AJENOS = 4
SEGUNDAS = {
    "cerrada": "eventos.Capacitacion",
    "enviado": "boletines.CorreoDifundido",
    "rectificacion": "custodia.SolicitudDeDerechos",
    "cancelacion": "custodia.SolicitudDeDerechos",
    "encargatura": "organizacion.Centro",
}
# El directorio institucional es del Ministerio entero (R114): cualquiera del personal lo consulta y baja sus tarjetas.
PARA_TODOS = {"directorio_institucional", "personal_vcard"}
CON_ALCANCE = mundo.modelos_con_alcance()
ETIQUETAS = {modelo._meta.label for modelo in CON_ALCANCE}


@pytest.fixture(scope="module")
def pais(en_la_base):
    """{centro: sus filas} y {(centro, rol): quien}."""
    sistema = f.SistemaFactory()
    organo = f.OrganoFactory(sigla="OSCE", nombre="OSCE", tipo=Organo.Tipo.ALIADO)
    filas = {numero: mundo.poblar(numero, sistema, organo) for numero in CENTROS}
    cargar_paginas()
    BoletinesIndexPage.objects.get().add_child(
        instance=BoletinPage(anio=mundo.ANIO, mes=mundo.MES, editorial="Este mes.", live=True)
    )
    aplicar_permisos()
    gente = {}
    for numero, rol in itertools.product(CENTROS, ROLES):
        usuario = f.UsuarioFactory(username=f"{rol}.{numero}", email=f"{rol}{numero}@mef.example")
        asignar_rol(usuario=usuario, rol=rol, centro=filas[numero]["organizacion.Centro"])
        gente[numero, rol] = Usuario.objects.get(pk=usuario.pk)
    for numero in CENTROS:
        suyo = {"centro": filas[numero]["organizacion.Centro"]}
        CorreoDifundido.objects.filter(**suyo).update(creado_por=gente[numero, Rol.COORDINADOR])
        Envio.objects.filter(**suyo).update(creado_por=gente[numero, Rol.COORDINADOR])
        Personal.objects.filter(**suyo).update(usuario=gente[numero, Rol.COORDINADOR])
    return filas, gente


def de_un_objeto():
    """(nombre, ruta, método, rol de centro que la usa) de cada dirección con la llave de una fila con alcance."""
    for nombre, ruta, patron in direcciones():
        if es_publica(nombre) or not es_nuestra(patron) or not argumentos_de(ruta) or nombre in PARA_TODOS:
            continue
        if _etiqueta(llave_de(nombre, ruta)) not in ETIQUETAS:
            continue
        for metodo in ("GET", "POST"):
            if rol := next((rol for rol in ROLES if rol in tabla()[nombre].para(metodo)), None):
                yield nombre, ruta, metodo, rol


def _etiqueta(llave):
    """La segunda fila de un modelo tiene otra llave."""
    return SEGUNDAS.get(llave, llave)


def senas_ajenas(respuesta, numero: int) -> set[str]:
    """Las señas de otros centros que aparecen en lo que recibió alguien del centro ``numero``."""
    halladas = set(re.findall(r"qanchis\d\dz", respuesta.leido.decode(errors="replace").lower()))
    return halladas - {mundo.sena_de(numero).lower()}


def test_cada_modelo_con_alcance_tiene_su_fila(pais):
    """Uno nuevo se agrega en ``tests/accesos/mundo.py``."""
    filas, _ = pais
    assert {etiqueta for etiqueta in ETIQUETAS if etiqueta not in filas[1]} == set()


def test_cada_direccion_con_argumentos_tiene_su_fila():
    """Una nueva se agrega en ``tests/accesos/direcciones.py``: sin eso no se probaría contra otro centro."""
    sin_fila = [
        nombre
        for nombre, ruta, patron in direcciones()
        if not es_publica(nombre) and es_nuestra(patron) and {"pk", "instance_pk"} & set(argumentos_de(ruta))
        if llave_de(nombre, ruta) is None
    ]
    assert sin_fila == []


@pytest.mark.parametrize("pregunta", ["para", "propias"])
def test_ninguna_consulta_trae_filas_de_otro_centro(pais, pregunta, record_property):
    filas, gente = pais
    letra = "v" if pregunta == "para" else "c"
    cruces, ajenas, sin_lo_suyo = 0, [], []
    for modelo in CON_ALCANCE:
        etiqueta = modelo._meta.label
        llaves = {filas[numero][etiqueta].pk: numero for numero in CENTROS}
        for (numero, rol), usuario in gente.items():
            alcanzadas = getattr(modelo._default_manager.all(), pregunta)(usuario).filter(pk__in=llaves)
            centros = {llaves[pk] for pk in alcanzadas.values_list("pk", flat=True)}
            cruces += len(CENTROS)
            if centros - {numero}:
                ajenas.append((etiqueta, rol, numero, centros))
            if not centros and letra in PERMISOS[rol].get(modelo._meta.label_lower, ""):
                sin_lo_suyo.append((etiqueta, rol, numero))
    assert ajenas == []
    assert sin_lo_suyo == []
    record_property(
        "medida",
        f"24 × 24 por consulta (.{pregunta}): {len(CON_ALCANCE)} modelos × {len(ROLES)} roles = {cruces:,} cruces",
    )


def test_la_fila_de_otro_centro_no_existe_y_la_propia_si(pais, como, sin_armar_pdf, record_property):
    """Detalle, edición, borrado, historia, PDF, archivo y cada acción: sin la cerca, para probar a la vista."""
    filas, gente = pais
    pares, pedidos, malas, usados = itertools.cycle(PARES), 0, [], set()
    todas = list(de_un_objeto())
    for nombre, ruta, metodo, rol in todas:
        numero = 1 + len(usados) % 24
        (propia, *_) = [_pedir(como, gente[numero, rol], metodo, c) for c in caminos(nombre, ruta, filas[numero])]
        if se_nego(propia) and entra(gente[numero, rol], nombre, metodo):
            malas.append(f"{metodo} {nombre}: al centro {numero} ({rol}) no le abre lo suyo: {propia.status_code}")
        for de, a in itertools.islice(pares, AJENOS):
            usados.add((de, a))
            for camino in caminos(nombre, ruta, filas[a]):
                respuesta = _pedir(como, gente[de, rol], metodo, camino)
                pedidos += 1
                if respuesta.status_code not in (404, 405) or senas_ajenas(respuesta, de):
                    malas.append(f"{metodo} {nombre}: {rol} del {de} en lo del {a}: {respuesta.status_code}")
    assert not malas, "\n".join(malas)
    assert usados == set(PARES)
    direcciones_ = len({nombre for nombre, *_ in todas})
    record_property(
        "medida", f"24 × 24 por HTTP: {direcciones_} direcciones de objeto, {len(usados)} pares, {pedidos:,} pedidos"
    )


def _pedir(como, usuario, metodo, camino):
    datos = {"data": PARA_ALGO} if metodo == "POST" else {}
    return pedir(como(usuario), metodo, camino, **datos, **SIN_CERCA)


def _con(camino, consulta):
    return camino + (consulta.replace("?", "&") if "?" in camino else consulta)


def listas():
    """Cada pantalla sin argumentos: listas, buscadores, ventanas de elegir, paneles y exportaciones."""
    for nombre, ruta, patron in direcciones():
        if not ruta.startswith("intranet/") or not es_nuestra(patron) or es_publica(nombre) or nombre in PARA_TODOS:
            continue
        if not argumentos_de(ruta):
            yield nombre, ruta


def test_listas_busqueda_ventanas_y_exportacion_no_nombran_a_otro_centro(pais, como, sin_armar_pdf, record_property):
    filas, gente = pais
    pares, pedidos, malas, propias = itertools.cycle(PARES[::7]), 0, [], set()
    for nombre, ruta in [*listas(), ("wagtailadmin_home", "intranet/")]:
        for rol in [rol for rol in ROLES if rol in tabla()[nombre].lee]:
            de, a = next(pares)
            (camino,) = caminos(nombre, ruta, filas[de])
            ajena = mundo.sena_de(a)
            for metodo, consulta in (("GET", ""), ("GET", f"?q={ajena}"), ("GET", "?todos=1"), ("POST", "?export=csv")):
                respuesta = _pedir(como, gente[de, rol], metodo, _con(camino, consulta))
                pedidos += 1
                hallados = senas_ajenas(respuesta, de)
                if hallados - ({ajena.lower()} if ajena in consulta else set()):
                    malas.append(f"{metodo} {nombre}{consulta}: {rol} del {de} ve {hallados}")
                if mundo.sena_de(de).lower() in respuesta.leido.decode(errors="replace").lower():
                    propias.add(nombre)
    assert not malas, "\n".join(malas)
    assert len(propias) >= 12, "el control: las listas sí nombran lo propio"
    record_property("medida", f"24 × 24 en listas, búsquedas y exportaciones: {pedidos:,} pedidos")
