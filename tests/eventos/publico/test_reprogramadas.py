"""Lo que el público ve cuando una capacitación cambia de fecha o se cancela, y cuál otra le sirve (R67)."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from comun.templatetags.comun import fecha_larga
from eventos.actions.cancelacion import cancelar
from eventos.actions.capacitacion import guardar_capacitacion, publicar
from eventos.actions.filas import Filas
from eventos.models import Capacitacion, Motivo, Reprogramacion
from organizacion.publico import version_publica
from tests.eventos.intranet.ayudas import HOY, completa, dentro_de
from tests.fabricas import CapacitacionFactory, CentroFactory, DistritoFactory, SistemaFactory

pytestmark = pytest.mark.django_db


def guardar(capacitacion, por, *, motivo="fuerza_mayor", sesiones=(), **cambios):
    """Guarda ``capacitacion`` con ``cambios``, como el formulario de programación."""
    for campo, valor in cambios.items():
        setattr(capacitacion, campo, valor)
    return guardar_capacitacion(
        capacitacion=capacitacion,
        sistemas=capacitacion.sistemas.all(),
        sesiones=Filas(guardar=list(sesiones)),
        expositores=Filas(),
        por=por,
        motivo=motivo,
    )


def mover(capacitacion, *, dias=None, hora=None):
    sesion = capacitacion.sesiones.get()
    sesion.fecha = sesion.fecha if dias is None else dentro_de(dias)
    sesion.hora_inicio = hora or sesion.hora_inicio
    return sesion


def test_al_cambiar_de_fecha_se_guarda_lo_que_decia_antes(coordinadora):
    capacitacion = completa()
    guardar(capacitacion, coordinadora, sesiones=[mover(capacitacion, dias=14)])

    cambio = capacitacion.ultima_reprogramacion
    assert cambio.motivo == Motivo.FUERZA_MAYOR
    assert timezone.localdate(cambio.comenzaba_en) == cambio.terminaba_el == dentro_de(7)
    assert cambio.lugar_antes == "Auditorio del centro, Cusco"
    assert cambio.creada_por == coordinadora
    assert cambio.titulo == "Cambió de fecha"
    assert cambio.antes == f"Antes: {fecha_larga(dentro_de(7))}, 9:00\u00a0a.\u00a0m."


def test_si_cambia_solo_la_hora_o_solo_el_lugar_lo_dice(coordinadora):
    capacitacion = completa()
    guardar(capacitacion, coordinadora, sesiones=[mover(capacitacion, hora=dt.time(10))])
    assert Capacitacion.objects.get().ultima_reprogramacion.titulo == "Cambió de horario"

    capacitacion = Capacitacion.objects.get()
    guardar(capacitacion, coordinadora, lugar="Sala de regidores", distrito=DistritoFactory(ubigeo="1", nombre="Pisac"))
    cambio = Capacitacion.objects.get().ultima_reprogramacion
    assert cambio.titulo == "Cambió de lugar"
    assert cambio.antes == "Antes: Auditorio del centro, Cusco"
    assert cambio.capacitacion.donde == "Sala de regidores, Pisac"
    assert Reprogramacion.objects.count() == 2


def test_un_enlace_virtual_nuevo_no_se_publica_como_cambio(coordinadora):
    """El enlace solo lo tiene quien está inscrito: se le avisa por correo y el público no ve nada."""
    capacitacion = completa(modalidad="virtual", enlace_virtual="https://a.example/1")
    guardar(capacitacion, coordinadora, enlace_virtual="https://a.example/2")
    assert Capacitacion.objects.get().secuencia == 1
    assert not Reprogramacion.objects.exists()


def test_corregir_el_titulo_o_la_fecha_de_un_borrador_no_es_reprogramar(coordinadora):
    guardar(completa(), coordinadora, titulo="Otro título")
    borrador = completa(estado="borrador")
    guardar(borrador, coordinadora, sesiones=[mover(borrador, dias=20)])
    assert not Reprogramacion.objects.exists()


def test_si_falla_el_aviso_no_queda_reprogramada(coordinadora, monkeypatch):
    def fallar(**kwargs):
        raise RuntimeError

    monkeypatch.setattr("eventos.actions.reprogramacion.avisar_cambio", fallar)
    capacitacion = completa()
    with pytest.raises(RuntimeError):
        guardar(capacitacion, coordinadora, sesiones=[mover(capacitacion, dias=14)])
    assert not Reprogramacion.objects.exists()
    assert capacitacion.sesiones.get().fecha == dentro_de(7)


def test_publicar_cambiar_y_cancelar_renuevan_lo_que_ve_el_publico(coordinadora):
    capacitacion, versiones = completa(estado="borrador"), [version_publica()]
    guardar(capacitacion, coordinadora, titulo="Aún borrador")
    assert version_publica() == versiones[0]

    capacitacion = publicar(capacitacion=capacitacion, por=coordinadora)
    versiones.append(version_publica())
    guardar(capacitacion, coordinadora, titulo="Con otro título")
    versiones.append(version_publica())
    cancelar(capacitacion=capacitacion, motivo="usuarios", por=coordinadora)
    versiones.append(version_publica())
    assert versiones == sorted(set(versiones))


def test_parecidas_primero_las_de_su_centro_y_despues_las_virtuales(cusco, arequipa):
    capacitacion = CapacitacionFactory(centro=cusco)
    lejos = CapacitacionFactory(centro=arequipa, dias=2)
    virtual = CapacitacionFactory(centro=arequipa, dias=3, modalidad="virtual")
    segunda = CapacitacionFactory(centro=cusco, dias=9)
    primera = CapacitacionFactory(centro=cusco, dias=8, sistemas=[SistemaFactory(), SistemaFactory(slug="tesoreria")])
    CapacitacionFactory(centro=cusco, dias=4, estado="cancelada")
    CapacitacionFactory(centro=cusco, dias=4, estado="borrador")
    CapacitacionFactory(centro=cusco, dias=-4)
    CapacitacionFactory(centro=cusco, dias=4, sistemas=[SistemaFactory(slug="tesoreria")])
    assert list(Capacitacion.objects.parecidas_a(capacitacion)) == [primera, segunda, virtual, lejos]


def test_parecidas_a_una_de_la_sede(cusco):
    de_la_sede = CapacitacionFactory(centro=None, organizador="sede", modalidad="virtual")
    del_cusco = CapacitacionFactory(centro=cusco, dias=1)
    otra = CapacitacionFactory(centro=None, organizador="sede", modalidad="virtual", dias=5)
    assert list(Capacitacion.objects.parecidas_a(de_la_sede)) == [otra, del_cusco]


@settings(max_examples=20)
@given(filas=st.lists(st.tuples(st.integers(-3, 3), st.booleans(), st.booleans()), max_size=6))
def test_parecidas_nunca_ofrece_una_que_ya_empezo_ni_ella_misma(cusco, arequipa, filas):
    Capacitacion.objects.all().delete()
    ella = CapacitacionFactory(centro=cusco, dias=1)
    for dias, es_del_cusco, es_virtual in filas:
        CapacitacionFactory(
            centro=cusco if es_del_cusco else arequipa, dias=dias, modalidad="virtual" if es_virtual else "presencial"
        )
    parecidas = list(Capacitacion.objects.parecidas_a(ella))
    assert len(parecidas) == sum(dias > 0 for dias, _, _ in filas)
    assert all(otra.fecha_inicio > HOY() and otra != ella for otra in parecidas)
    lejania = [0 if c.centro_id == ella.centro_id else 1 if c.modalidad == "virtual" else 2 for c in parecidas]
    assert lejania == sorted(lejania)


def test_mostrar_los_cambios_no_agrega_consultas_por_fila(coordinadora, django_assert_num_queries):
    for n in range(3):
        CentroFactory(nombre="Cusco")
        capacitacion = completa(dias=5 + n)
        guardar(capacitacion, coordinadora, sesiones=[mover(capacitacion, dias=20 + n)])
    with django_assert_num_queries(4):  # las filas, sus sesiones, sus sistemas y sus cambios
        filas = list(Capacitacion.objects.para_mostrar())
        assert all(fila.ultima_reprogramacion.antes and fila.ultima_reprogramacion.titulo for fila in filas)
