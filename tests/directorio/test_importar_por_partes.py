"""Una importación grande va por la cola, de a partes: se ve cómo va y, si se corta, se retoma sin repetir nada."""

import datetime as dt
import multiprocessing
import time
from unittest import mock

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from comun.retencion import aplicar as retener
from custodia.models import ArchivoPrivado, Huella
from custodia.retencion import reglas
from directorio.importacion import acciones, aplicar, guardar
from directorio.importacion.deshacer import deshacer
from directorio.models import Entidad, Importacion, Operador, Puesto
from directorio.tasks import guardar_importacion
from organizacion.models import Jurisdiccion, Persona
from tests import personas
from tests.custodia.motivo import PARA_ALGO
from tests.directorio.test_importar import ROSA, ensayar, importar, lista, subir
from tests.fabricas import DistritoFactory, EntidadFactory, OperadorFactory, SistemaFactory
from tests.procesos import olvidar_conexiones

procesos = multiprocessing.get_context("fork")
FILAS, PARTE = 40, 10


@pytest.fixture
def entidad(cusco):
    SistemaFactory()
    return EntidadFactory(nombre="Municipalidad de Wanchaq", centro=cusco, codigo_siaf="000123")


@pytest.fixture
def grande(db, monkeypatch, entidad, coordinadora):
    """Ensayada y ya confirmada, pero todavía sin obrero que la guarde."""
    monkeypatch.setattr(guardar, "TANDA", PARTE)
    monkeypatch.setattr(guardar, "guardar_importacion", mock.Mock())
    filas = [ROSA.replace("01234567", f"{30_000_000 + n}").replace("Rosa", f"Rosa {n}") for n in range(FILAS)]
    importacion = ensayar(subir(lista(*filas), coordinadora), coordinadora)
    guardar.encolar(importacion=importacion, por=coordinadora)
    importacion.refresh_from_db()
    return importacion


def guardar_despacio(llave):
    """En otro proceso: como el obrero de verdad, y a cada parte se demora sin confirmar todavía su transacción."""
    olvidar_conexiones()
    de_verdad = aplicar.aplicar_tanda

    def lenta(*args):
        de_verdad(*args)
        time.sleep(0.3)

    guardar.aplicar_tanda = lenta
    quedada = Importacion.objects.get(pk=llave)
    guardar.confirmar(importacion=quedada, por=quedada.confirmada_por)


def matar_a_medias(importacion):
    connection.close()  # una conexión no se comparte entre procesos
    obrero = procesos.Process(target=guardar_despacio, args=[importacion.pk])
    obrero.start()
    limite = time.monotonic() + 30
    while not importacion.hechas():
        assert obrero.is_alive()
        assert time.monotonic() < limite
        time.sleep(0.02)
    obrero.kill()
    obrero.join()
    assert obrero.exitcode == -9
    assert 0 < Operador.objects.count() < FILAS
    Importacion.objects.update(avanzo_en=timezone.now() - guardar.SIN_AVANCE - dt.timedelta(seconds=1))


@pytest.fixture
def con_obrero():
    """El timbre corre la tarea en el acto, como un obrero vivo."""

    def poner():
        guardar.guardar_importacion.enqueue.side_effect = guardar_importacion.func

    return poner


@pytest.mark.django_db(transaction=True)
def test_si_matan_al_obrero_a_medias_otro_termina_sin_repetir_y_todavia_se_deshace(grande, con_obrero, coordinadora):
    matar_a_medias(grande)
    con_obrero()
    assert guardar.retomar_importaciones() == "Importaciones retomadas: 1."
    grande.refresh_from_db()
    assert (grande.estado, grande.cuentas) == ("aplicada", {"nueva": FILAS})
    assert Operador.objects.count() == Persona.objects.count() == FILAS
    assert guardar.retomar_importaciones() == ""
    assert Huella.objects.filter(accion="confirmar importación").count() == 1
    deshacer(importacion=grande, por=coordinadora)
    assert not Operador.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_control_sin_anotar_lo_hecho_deshacerla_dejaria_lo_de_antes_de_la_muerte(
    grande, con_obrero, coordinadora, monkeypatch
):
    matar_a_medias(grande)
    con_obrero()
    monkeypatch.setattr(guardar, "_hechos", lambda renglones: renglones.update(hecho=False) and set() or set())
    guardar.retomar_importaciones()
    grande.refresh_from_db()
    assert grande.cuentas["igual"] >= PARTE
    deshacer(importacion=grande, por=coordinadora)
    assert Operador.objects.count() >= PARTE


@pytest.mark.django_db
def test_la_que_avanza_no_se_despierta(grande, con_obrero):
    con_obrero()
    assert guardar.retomar_importaciones() == ""
    grande.refresh_from_db()
    assert grande.estado == "aplicando"


@pytest.mark.django_db
def test_mientras_se_guarda_la_pantalla_dice_cuantas_van_y_se_actualiza_sola(grande, client, coordinadora):
    grande.renglones.filter(numero__lte=PARTE + 1).update(hecho=True)
    client.force_login(coordinadora)
    url = reverse("directorio_importacion", args=[grande.pk])
    pagina = client.get(url).text
    assert f"{PARTE} de {FILAS} filas" in pagina
    assert f'hx-get="{url}"' in pagina
    guardar.confirmar(importacion=grande, por=coordinadora)
    assert "hx-get" not in client.get(url).text


@pytest.mark.django_db
def test_la_que_choca_con_lo_de_otro_centro_se_queda_fuera_y_las_demas_entran(entidad, coordinadora):
    EntidadFactory(centro=personas.arequipa(), codigo_siaf="000777")
    Jurisdiccion.objects.get_or_create(centro=entidad.centro, provincia=entidad.distrito.provincia)
    filas = [f"{siaf};Entidad {siaf};Gobierno local distrital;{entidad.distrito_id}" for siaf in ("000777", "000778")]
    tipo = Entidad.Tipo.values[-1]
    texto = lista(*filas, encabezados="Código SIAF;Nombre;Tipo;Ubigeo").replace("Gobierno local distrital", tipo)
    importacion = importar(texto, coordinadora, tipo="entidad")
    assert importacion.cuentas == {"error": 1, "nueva": 1}
    assert importacion.renglones.get(resultado="error").motivos == [guardar.CHOCA]
    assert Entidad.objects.filter(codigo_siaf="000778").exists()


@pytest.mark.django_db
def test_quien_ya_tenia_historia_cierra_su_puesto_y_abre_otro_y_al_deshacer_vuelve(entidad, coordinadora):
    importar(lista(ROSA), coordinadora)
    rosa = Operador.objects.get()
    rosa.puestos.create(entidad=entidad, cargo="Tesorera", desde=dt.date(2020, 1, 1))
    segunda = importar(lista(ROSA.replace("Tesorera", "Contadora")), coordinadora)
    hoy = timezone.localdate()
    fechas = Puesto.objects.order_by("desde").values_list("cargo", "desde", "hasta")
    assert list(fechas) == [("Tesorera", dt.date(2020, 1, 1), hoy), ("Contadora", hoy, None)]
    deshacer(importacion=segunda, por=coordinadora)
    assert list(fechas.all()) == [("Tesorera", dt.date(2020, 1, 1), None)]


@pytest.mark.django_db
def test_deshacer_deja_a_quien_ya_usa_otra_parte_del_portal(entidad, coordinadora):
    otra = ROSA.replace("01234567", "07654321").replace("Quispe", "Condori")
    importacion = importar(lista(ROSA, otra), coordinadora)
    condori = Operador.objects.get(apellidos__startswith="Condori")
    OperadorFactory(entidad=entidad, fusionado_en=condori)
    deshacer(importacion=importacion, por=coordinadora)
    assert importacion.renglones.get(resultado="queda").motivos == ["Ya la usa otra parte del portal."]
    assert condori in Operador.objects.all()
    assert not Operador.objects.filter(apellidos__startswith="Quispe").exists()


@pytest.mark.django_db
def test_bajar_las_filas_con_error_pide_el_motivo_y_deja_huella(entidad, client, coordinadora):
    importacion = ensayar(subir(lista(ROSA.replace("01234567", "1")), coordinadora), coordinadora)
    client.force_login(coordinadora)
    url = reverse("directorio_importacion_errores", args=[importacion.pk])
    pregunta = client.get(url)
    assert "¿Para qué necesita estos datos?" in pregunta.text
    assert "Quispe" not in pregunta.text
    assert not Huella.objects.filter(accion="exportar").exists()
    assert "attachment" in client.post(url, PARA_ALGO)["Content-Disposition"]
    assert Huella.objects.get(accion="exportar").motivo == PARA_ALGO["motivo"]


@pytest.mark.django_db
def test_pasado_el_plazo_se_borra_el_archivo_y_lo_leido_y_ya_no_se_deshace(entidad, coordinadora):
    importacion = importar(lista(ROSA), coordinadora)
    regla = next(regla for regla in reglas() if regla.clave == "importaciones")
    assert retener(regla, timezone.now() - dt.timedelta(days=1)) == 0
    assert retener(regla, timezone.now() + dt.timedelta(days=1)) == 1
    assert retener(regla, timezone.now() + dt.timedelta(days=1)) == 0
    assert not ArchivoPrivado.objects.exists()
    importacion.refresh_from_db()
    assert importacion.cuentas == {"nueva": 1}
    with pytest.raises(acciones.NoProcede, match="Venció el plazo"):
        deshacer(importacion=importacion, por=coordinadora)
    assert Operador.objects.exists()


def test_una_tanda_que_nombra_a_mas_de_mil_entidades_tambien_se_guarda(cusco):
    """SQLite no acepta de una vez lo que señalan más de mil filas."""
    distrito = DistritoFactory()
    entidades = Entidad.objects.bulk_create(
        Entidad(nombre=f"Municipalidad {n}", distrito=distrito, centro=cusco) for n in range(1_001)
    )
    operadores = [Operador(entidad_id=entidad.pk, nombres="Ana", apellidos="Quispe") for entidad in entidades]
    aplicar.refrescar(operadores)
    assert "municipalidad 1000" in operadores[-1].texto_busqueda
