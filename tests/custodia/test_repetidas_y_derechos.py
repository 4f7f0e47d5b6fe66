"""Quien fue dos filas del directorio es una sola persona: sus derechos alcanzan a las dos y a lo que las copió."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from custodia import retencion
from custodia.actions.efectos import ejecutar, sello_de
from custodia.derechos import efectos_de_cancelar
from custodia.paquete import partes_de
from directorio.duplicados.actions import fusionar_operadores
from directorio.models import Campania, Contacto, Pedido, Propuesta, Puesto
from tests.custodia.derechos import oficial, verificada
from tests.fabricas import EntidadFactory, OperadorFactory, PersonaFactory

pytestmark = pytest.mark.django_db

NOMBRE, CORREO, OTRO, TELEFONO = "Quispecanario", "canario@muni.example", "canario2@muni.example", "984111222"


SUYO = {"nombres": "Rosalinda", "apellidos": NOMBRE, "correo": ""}


@pytest.fixture
def odp():
    return oficial()


def cancelar(odp, **cambios) -> list:
    una = verificada("cancelacion", odp, **SUYO | cambios)
    efectos = efectos_de_cancelar(una)
    return ejecutar(solicitud=una, calcular=efectos_de_cancelar, aceptados=sello_de(efectos), por=odp)


def donde(*canarios) -> set[str]:
    """Las columnas de la base que aún llevan alguno; la propia solicitud no cuenta."""
    hallados = set()
    with connection.cursor() as cursor:
        for tabla in connection.introspection.table_names(cursor):
            if "_fts" in tabla or tabla in ("custodia_solicituddederechos", "custodia_pasodesolicitud"):
                continue
            cursor.execute(f'SELECT * FROM "{tabla}"')
            columnas = [columna[0] for columna in cursor.description]
            for fila in cursor.fetchall():
                hallados |= {
                    f"{tabla}.{columna}"
                    for columna, valor in zip(columnas, fila, strict=True)
                    if any(canario.lower() in str(valor).lower() for canario in canarios)
                }
    return hallados


@pytest.fixture
def operadora(ogauc):
    """Estuvo dos veces, con nombres distintos; se le pidió y propuso cambiar sus datos, y después dejó el puesto."""
    entidad = EntidadFactory()
    persona = PersonaFactory(numero_documento="40123456", nombres="Rosalinda", apellidos=NOMBRE)
    suyo = {"entidad": entidad, "apellidos": NOMBRE, "correo": CORREO, "telefono": TELEFONO}
    queda = OperadorFactory(**suyo, nombres="Rosalinda", persona=persona)
    absorbida = OperadorFactory(**suyo, nombres="Rosa Linda", esta_activo=False)
    Contacto.objects.create(operador=absorbida, clase="correo", valor=OTRO)
    fusionar_operadores(se_queda=queda, absorbido=absorbida, de_la_otra=set(), motivo="Repetida", por=ogauc)
    campania = Campania.objects.create(nombre="Datos", motivo="Al día", vence_el=timezone.localdate())
    de_ella = {"entidad": entidad, "operador": queda}
    pedido = Pedido.objects.create(
        campania=campania, centro=entidad.centro, correo=CORREO, nota=f"Llamar a {NOMBRE}", **de_ella
    )
    cambio = {"pedido": pedido, "clase": "cambio", "sobre": "operador", **de_ella}
    Propuesta.objects.create(**cambio, campo="correo", antes=CORREO, despues=OTRO)
    queda.refresh_from_db()
    queda.esta_activo = False
    queda.save()
    return queda


def test_cancelar_no_deja_nada_de_la_fila_que_se_unio_ni_de_lo_que_las_copio(odp, operadora):
    cancelar(odp, correos=CORREO)
    assert donde(CORREO, OTRO, TELEFONO) == {"correo_supresion.direccion"}, "solo para no volver a escribirle"
    assert donde(NOMBRE, "40123456") == set(), "tampoco como palabra suelta de la búsqueda"
    assert not Propuesta.objects.pendientes().exists(), "lo que quedó vacío no se puede aplicar"
    assert not Pedido.objects.pendientes().exists()


def test_la_copia_de_sus_datos_lleva_la_fila_que_se_unio_y_como_estaban(odp, operadora):
    partes = {parte.titulo: parte.filas for parte in partes_de(verificada("acceso", odp, **SUYO).titular)}
    assert {fila["nombres"] for fila in partes["Operador en el directorio"]} == {"Rosalinda", "Rosa Linda"}
    assert [fila["nombres"] for fila in partes["Filas repetidas que se unieron"]] == ["Rosalinda", "Rosa Linda"]


def test_lo_que_la_retencion_retira_tampoco_queda_en_la_fila_que_se_unio(operadora):
    Puesto.objects.create(
        operador=operadora, entidad=operadora.entidad, desde=dt.date(2018, 1, 1), hasta=dt.date(2020, 1, 1)
    )
    retencion.correr(ensayo=False)
    assert donde(CORREO, OTRO, TELEFONO) == set()
    assert "directorio_operador.apellidos" in donde(NOMBRE), "el nombre queda en la historia de la entidad"
    assert retencion.correr(ensayo=False).total == 0


def test_quien_opera_hoy_conserva_su_fila_y_pierde_la_que_se_unio(odp, operadora):
    operadora.esta_activo = True
    operadora.save()
    hecho = {fila[0]: fila[2:4] for fila in cancelar(odp, correos=CORREO)}
    assert (hecho["operador"], hecho["operador_activo"]) == (["Se anonimiza", 1], ["Se conserva", 1])
    operadora.refresh_from_db()
    assert (operadora.apellidos, operadora.correo) == (NOMBRE, CORREO)


def test_a_quien_propusieron_agregar_se_le_da_y_se_le_borra_lo_propuesto(odp, operadora):
    pedido = Pedido.objects.get()
    datos = {"nombres": "Ana", "apellidos": "Nuevacanario", "correo": "Nueva.Canario@muni.example"}
    Propuesta.objects.create(pedido=pedido, entidad=pedido.entidad, clase="alta", sobre="operador", datos=datos)
    suya = {"nombres": "Ana", "apellidos": "Nuevacanario", "numero_documento": "40999999"}
    suya |= {"correos": "nueva.canario@muni.example"}
    partes = {parte.titulo: parte.filas for parte in partes_de(verificada("acceso", odp, **suya).titular)}
    assert partes["Propuestas de agregarla"][0]["correo"] == "Nueva.Canario@muni.example"
    cancelar(odp, **suya)
    assert "directorio_propuesta.datos" not in donde("nuevacanario")
