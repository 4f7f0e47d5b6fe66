"""La lista de logística (R73): se propone, se marca de un toque y dice quién falta y si ya es tarde."""

import datetime as dt
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comun.plazos import es_habil, habiles_antes
from custodia.models import Huella
from directorio.models import Personal
from eventos.actions.logistica import lista_propuesta, marcar_tarea, proponer_lista, quitar_tarea
from eventos.actions.rechazos import NoProcede
from eventos.intranet.panel import Estado, Mirada
from eventos.intranet.panel.logistica import logistica as paso_de_logistica
from eventos.logistica import logistica_de
from eventos.models import Preparativos, TareaLogistica
from intranet.bandeja.logistica import logistica as asunto_de_logistica
from organizacion.dias import no_laborables
from organizacion.models import Rol
from tests import personas
from tests.fabricas import PersonalFactory

from .ayudas import completa

pytestmark = pytest.mark.django_db
R73 = ["Local", "Proyector", "Equipo multimedia", "Coffee break", "Reproducción de las exposiciones"]
R73 += ["Preparación de las carpetas"]


@pytest.fixture
def capacitacion(cusco):
    return completa(dias=20)


@pytest.fixture
def lista(capacitacion, asistente):
    proponer_lista(capacitacion=capacitacion, por=asistente)
    return list(capacitacion.tareas_logisticas.all())


def url(nombre, llave):
    return reverse(f"eventos_intranet:{nombre}", args=[llave])


def administrativo(centro, usuario=None):
    cargo = Personal.Cargo.COORDINADOR_ADMINISTRATIVO
    return PersonalFactory(nombres="Ana", apellidos="Ccori", cargo=cargo, centro=centro, usuario=usuario)


def test_r73_al_abrirla_se_propone_la_lista_y_mirarla_no_guarda_nada(cliente, capacitacion):
    administrativo(capacitacion.centro)
    texto = cliente.get(url("logistica", capacitacion.pk)).content.decode()
    for rubro in R73:
        assert rubro in texto
    assert "Ana Ccori" in texto
    assert not TareaLogistica.objects.exists()

    cliente.post(url("logistica-proponer", capacitacion.pk))
    cliente.post(url("logistica-proponer", capacitacion.pk))
    assert [str(tarea) for tarea in TareaLogistica.objects.all()] == R73


def test_r73_en_la_virtual_lo_que_no_hace_falta_no_aplica(cusco):
    virtual = completa(modalidad="virtual")
    no_aplica = {str(t) for t in lista_propuesta(virtual) if t.estado == TareaLogistica.Estado.NO_APLICA}
    assert no_aplica == {"Local", "Proyector", "Coffee break", "Reproducción de las exposiciones"}


def test_r88_la_lleva_a_quien_se_delego_en_los_preparativos(capacitacion):
    administrativo(capacitacion.centro)
    delegado = PersonalFactory(centro=capacitacion.centro)
    Preparativos.objects.create(capacitacion=capacitacion, logistica=delegado)
    assert {tarea.responsable for tarea in lista_propuesta(capacitacion)} == {delegado}


def test_se_marca_de_un_toque_y_vuelve_a_la_misma_fila(cliente, lista):
    tarea = lista[0]
    respuesta = cliente.post(url("tarea-marcar", tarea.pk), {"estado": "listo"})
    assert respuesta.url.endswith(f"#tarea-{tarea.pk}")
    tarea.refresh_from_db()
    assert tarea.estado == "listo"
    cliente.post(url("tarea-marcar", tarea.pk), {"estado": "listo"})
    assert Huella.objects.filter(accion="logística: listo").count() == 1


@pytest.mark.parametrize("estado", ["", "hecho", "a\x00b"])
def test_una_marca_que_no_existe_no_cambia_nada(cliente, lista, estado):
    assert cliente.post(url("tarea-marcar", lista[0].pk), {"estado": estado}).status_code == 302
    lista[0].refresh_from_db()
    assert lista[0].estado == "pendiente"


def test_se_agrega_otra_se_edita_y_se_quita_y_las_de_los_lineamientos_no(cliente, capacitacion, lista, asistente):
    cliente.post(url("logistica-agregar", capacitacion.pk), {"nueva-descripcion": "Banderolas"})
    banderolas = TareaLogistica.objects.get(rubro="otro")
    quien = PersonalFactory(centro=capacitacion.centro)
    cliente.post(url("tarea-editar", banderolas.pk), {"descripcion": "Dos banderolas", "responsable": quien.pk})
    banderolas.refresh_from_db()
    assert (str(banderolas), banderolas.responsable) == ("Dos banderolas", quien)
    cliente.post(url("tarea-quitar", banderolas.pk))
    with pytest.raises(NoProcede):
        quitar_tarea(tarea=lista[0], por=asistente)
    assert TareaLogistica.objects.count() == len(R73)


def test_agregar_sin_decir_que_lo_explica_y_no_guarda(cliente, capacitacion, lista):
    datos = {"nueva-descripcion": "", "nueva-para_el": "0206-01-01"}
    texto = cliente.post(url("logistica-agregar", capacitacion.pk), datos).content.decode()
    assert "Revise el año" in texto
    assert "obligatorio" in texto
    assert TareaLogistica.objects.count() == len(R73)


def test_no_se_encarga_a_personal_de_otro_centro(cliente, lista, arequipa):
    ajena = PersonalFactory(centro=arequipa)
    assert cliente.post(url("tarea-editar", lista[0].pk), {"responsable": ajena.pk}).status_code == 200
    lista[0].refresh_from_db()
    assert lista[0].responsable is None


def test_con_el_expediente_cerrado_o_cancelada_no_cambia(capacitacion, lista, asistente):
    for cambios in ({"cerrada_en": timezone.now()}, {"cerrada_en": None, "estado": "cancelada"}):
        type(capacitacion).objects.update(**cambios)
        with pytest.raises(NoProcede):
            marcar_tarea(tarea=lista[0], estado="listo", por=asistente)
        lista[0].refresh_from_db()
        assert lista[0].estado == "pendiente"


def test_si_la_huella_falla_no_se_guardo_la_marca(lista, asistente):
    with patch("eventos.actions.logistica.anotar", side_effect=RuntimeError), pytest.raises(RuntimeError):
        marcar_tarea(tarea=lista[0], estado="listo", por=asistente)
    lista[0].refresh_from_db()
    assert lista[0].estado == "pendiente"


# --- Qué falta y si es tarde ---


def paso(capacitacion, usuario):
    return paso_de_logistica(Mirada(capacitacion, usuario))


def test_el_panel_dice_que_falta_y_de_quien_depende(capacitacion, lista, asistente):
    marcar_tarea(tarea=lista[0], estado="listo", por=asistente)
    actual = paso(capacitacion, asistente)
    assert actual.estado == Estado.TOCA
    assert "Proyector (sin responsable)" in actual.faltas
    assert not any(falta.startswith("Local") for falta in actual.faltas)
    for tarea in lista[1:]:
        marcar_tarea(tarea=tarea, estado="no_aplica", por=asistente)
    assert paso(capacitacion, asistente).estado == Estado.HECHO


@pytest.mark.parametrize(("habiles", "estado"), [(3, Estado.TOCA), (2, Estado.ATRASADO), (1, Estado.ATRASADO)])
def test_r73_a_dos_dias_habiles_lo_que_falta_esta_atrasado(cusco, asistente, habiles, estado):
    """Se cuentan los días hábiles del centro, no los del calendario."""
    fecha, contados, dias = timezone.localdate(), 0, no_laborables(cusco)
    while contados < habiles or not es_habil(fecha, dias):
        fecha += dt.timedelta(days=1)
        contados += es_habil(fecha, dias)
    capacitacion = completa(dias=(fecha - timezone.localdate()).days)
    proponer_lista(capacitacion=capacitacion, por=asistente)
    assert paso(capacitacion, asistente).estado == estado
    assert logistica_de(capacitacion).atrasada is (estado == Estado.ATRASADO)


@given(fecha=st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)), cuantos=st.integers(1, 15))
def test_habiles_antes_deja_justo_esos_dias_habiles_en_medio(fecha, cuantos):
    limite = habiles_antes(fecha, cuantos)
    assert es_habil(limite)
    entre = [limite + dt.timedelta(days=n) for n in range((fecha - limite).days)]
    assert sum(map(es_habil, entre)) == cuantos


# --- La bandeja y los permisos ---


def test_la_bandeja_del_coordinador_administrativo_muestra_toda_la_de_su_centro(capacitacion, lista, arequipa):
    usuario = personas.con_rol("administrativo.cusco", Rol.COORDINADOR_ADMINISTRATIVO, centro=capacitacion.centro)
    ajeno = personas.con_rol("administrativo.arequipa", Rol.COORDINADOR_ADMINISTRATIVO, centro=arequipa)
    asunto = asunto_de_logistica(usuario)
    assert asunto.lineas[0].texto == "Local"
    assert capacitacion.titulo in asunto.lineas[0].detalle
    assert asunto_de_logistica(ajeno) is None


def test_a_los_demas_les_muestra_solo_lo_que_tienen_a_su_cargo(capacitacion, lista, asistente):
    assert asunto_de_logistica(asistente) is None
    suya = PersonalFactory(centro=capacitacion.centro, usuario=asistente)
    TareaLogistica.objects.filter(pk=lista[1].pk).update(responsable=suya)
    assert [linea.texto for linea in asunto_de_logistica(asistente).lineas] == ["Proyector"]


def test_el_coordinador_administrativo_la_lleva_aunque_no_edite_capacitaciones(client, capacitacion, lista):
    client.force_login(
        personas.con_rol("administrativo.cusco", Rol.COORDINADOR_ADMINISTRATIVO, centro=capacitacion.centro)
    )
    client.post(url("tarea-marcar", lista[0].pk), {"estado": "listo"})
    lista[0].refresh_from_db()
    assert lista[0].estado == "listo"


@pytest.mark.parametrize("nombre", ["tarea-marcar", "tarea-editar", "tarea-quitar"])
def test_la_tarea_de_otro_centro_no_existe(client, lista, nombre, arequipa):
    client.force_login(personas.coordinador_de_arequipa())
    assert client.post(url(nombre, lista[0].pk), {"estado": "listo"}).status_code == 404


def test_comunicaciones_no_ve_la_logistica(client, capacitacion, comunicaciones):
    client.force_login(comunicaciones)
    assert client.get(url("logistica", capacitacion.pk)).status_code == 403
    assert paso(capacitacion, comunicaciones) is None
