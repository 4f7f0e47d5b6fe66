"""Un operador cambia de entidad o se va, y dónde estuvo no se pierde; las autoridades terminan juntas."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from directorio.actions import CambioImposible, dejar_de_trabajar, terminar_periodo, trasladar_operador
from directorio.duplicados.actions import fusionar_operadores
from directorio.models import Autoridad, Operador
from tests.fabricas import AutoridadFactory, EntidadFactory, OperadorFactory, SistemaFactory

pytestmark = pytest.mark.django_db


def hoy(dias=0):
    return timezone.localdate() + dt.timedelta(days=dias)


@pytest.fixture
def operador(cusco):
    fila = OperadorFactory(entidad=EntidadFactory(centro=cusco), cargo="Tesorero")
    fila.sistemas.set([SistemaFactory()])
    return fila


def test_al_trasladarlo_queda_donde_estuvo(operador, coordinadora):
    antes, destino = operador.entidad, EntidadFactory()
    trasladar_operador(
        operador=operador, entidad=destino, cargo="Contador", sistemas=[], desde=hoy(-2), por=coordinadora
    )

    fila = Operador.objects.get(pk=operador.pk)
    assert (fila.entidad, fila.cargo, list(fila.sistemas.all())) == (destino, "Contador", [])
    nuevo, viejo = fila.puestos.all()  # el de hoy va primero
    assert (viejo.entidad, viejo.cargo, viejo.hasta, viejo.sistemas.count()) == (antes, "Tesorero", hoy(-3), 1)
    assert (nuevo.entidad, nuevo.desde, nuevo.hasta) == (destino, hoy(-2), None)


def test_quien_ya_no_trabaja_ahi_deja_de_estar_activo_y_puede_volver(operador, coordinadora):
    dejar_de_trabajar(operador=operador, hasta=hoy(), por=coordinadora)
    dejar_de_trabajar(operador=operador, hasta=hoy(), por=coordinadora)
    assert not Operador.objects.activos().exists()
    assert [p.hasta for p in operador.puestos.all()] == [hoy()]

    destino = EntidadFactory()
    trasladar_operador(operador=operador, entidad=destino, cargo="", sistemas=[], desde=hoy(), por=coordinadora)
    assert Operador.objects.activos().get().entidad == destino


@pytest.mark.parametrize(("desde", "motivo"), [(1, "no puede ser futura"), (0, "el mismo puesto")])
def test_un_traslado_que_no_procede_no_guarda_nada(operador, coordinadora, desde, motivo):
    with pytest.raises(CambioImposible, match=motivo):
        trasladar_operador(
            operador=operador,
            entidad=operador.entidad,
            cargo="Tesorero",
            sistemas=operador.sistemas.all(),
            desde=hoy(desde),
            por=coordinadora,
        )
    assert not operador.puestos.exists()


def test_desde_la_pantalla_solo_se_traslada_a_una_entidad_del_propio_ambito(client, coordinadora, operador, arequipa):
    client.force_login(coordinadora)
    url = reverse("operador_trasladar", args=[operador.pk])
    ajena = EntidadFactory(centro=arequipa)
    datos = {"entidad": ajena.pk, "cargo": "Contador", "desde": hoy().isoformat()}
    assert "entidad" in client.post(url, datos).context["form"].errors

    propia = EntidadFactory(centro=operador.entidad.centro)
    assert client.post(url, datos | {"entidad": propia.pk}).status_code == 302
    ficha = client.get(reverse("directorio_operador_modeladmin_inspect", args=[operador.pk])).content.decode()
    assert "Dónde ha trabajado" in ficha
    assert "Tesorero" in ficha


def test_el_operador_de_otro_centro_no_existe(client, coordinadora, arequipa):
    client.force_login(coordinadora)
    ajeno = OperadorFactory(entidad=EntidadFactory(centro=arequipa))
    for pantalla in ("operador_trasladar", "operador_cesar"):
        assert client.get(reverse(pantalla, args=[ajeno.pk])).status_code == 404
    assert client.get(reverse("entidad_terminar_periodo", args=[ajeno.entidad_id])).status_code == 404


def test_terminar_el_periodo_cierra_a_todas_menos_a_las_que_entran_despues(cusco, coordinadora):
    entidad, fin = EntidadFactory(centro=cusco), hoy(30)
    actual = AutoridadFactory(entidad=entidad, desde=hoy(-300))
    de_otra = AutoridadFactory(desde=hoy(-300))
    entrante = AutoridadFactory(entidad=entidad, desde=fin + dt.timedelta(days=1))

    assert terminar_periodo(entidad=entidad, hasta=fin, por=coordinadora) == 1
    assert terminar_periodo(entidad=entidad, hasta=fin, por=coordinadora) == 0

    hasta = dict(Autoridad.objects.values_list("pk", "hasta"))
    assert hasta == {actual.pk: fin, de_otra.pk: None, entrante.pk: None}


def test_la_ficha_de_la_entidad_muestra_autoridades_y_operadores_por_sistema(client, coordinadora, operador):
    AutoridadFactory(entidad=operador.entidad, desde=hoy(-900), hasta=hoy(-1), apellidos="Anterior Pérez")
    AutoridadFactory(entidad=operador.entidad, desde=hoy(), apellidos="Actual Soto")
    client.force_login(coordinadora)
    ficha = client.get(reverse("directorio_entidad_modeladmin_inspect", args=[operador.entidad_id])).content.decode()
    assert "<caption>Presupuesto Público</caption>" in ficha
    assert ficha.index("Actual Soto") < ficha.index("Anteriores (1)") < ficha.index("Anterior Pérez")


def editar(client, operador, **cambios):
    direccion = reverse("directorio_operador_modeladmin_edit", args=[operador.pk])
    formulario = client.get(direccion).context["form"]
    datos = {campo.html_name: campo.value() for campo in formulario if campo.value() not in (None, False)}
    assert client.post(direccion, datos | cambios).status_code == 302


def test_dejar_de_marcarlo_activo_cierra_su_puesto(client, coordinadora, operador):
    trasladar_operador(
        operador=operador, entidad=operador.entidad, cargo="Jefe", sistemas=[], desde=hoy(), por=coordinadora
    )
    client.force_login(coordinadora)
    editar(client, operador, esta_activo="")
    assert not operador.puestos.filter(hasta=None).exists()


def test_a_una_fila_que_se_unio_a_otra_no_se_le_anota_nada(client, coordinadora, operador):
    se_queda = OperadorFactory(entidad=operador.entidad)
    fusionar_operadores(se_queda=se_queda, absorbido=operador, de_la_otra=set(), por=coordinadora)
    client.force_login(coordinadora)
    datos = {"entidad": operador.entidad_id, "cargo": "Jefe", "desde": hoy()}
    respuesta = client.post(reverse("operador_trasladar", args=[operador.pk]), datos, follow=True)
    assert "se unió a esta fila: no se cambió nada" in respuesta.text
    operador.refresh_from_db()
    assert (operador.esta_activo, operador.fusionado_en) == (False, se_queda)
    with pytest.raises(CambioImposible, match="se unió a otra"):
        trasladar_operador(
            operador=operador, entidad=operador.entidad, cargo="Jefe", sistemas=[], desde=hoy(), por=coordinadora
        )
