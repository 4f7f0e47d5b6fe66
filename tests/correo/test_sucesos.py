"""Rebotes, quejas y bajas: cada aviso cuenta una vez, suprime lo que debe y no resucita a nadie."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comun.registros import al_suprimir
from correo import cartero
from correo.models import Entrega, Suceso, Supresion
from correo.sucesos import anotar_baja, anotar_suceso, entrega_de, insiste, suprimir, ultima_entrega_a
from tests.correo.cola import direcciones, encolar, encolar_boletin

pytestmark = pytest.mark.django_db
E, T, M = Entrega.Estado, Suceso.Tipo, Supresion.Motivo
AHORA = dt.datetime(2026, 7, 1, 15, tzinfo=dt.UTC)


@pytest.fixture
def avisados(monkeypatch):
    """Lo que se entera un piso alto."""
    lista = []
    al_suprimir.anotar(anotar := lambda direccion, motivo: lista.append((direccion, motivo)))
    yield lista
    al_suprimir.remove(anotar)


@pytest.fixture
def entrega(db):
    encolar_boletin("ana@muni.example")
    cartero.repartir_pendientes()
    return Entrega.objects.get()


def anotar(entrega, tipo, identificador="1", **datos):
    return anotar_suceso(
        **{"origen": "prueba", "identificador": identificador, "tipo": tipo, "entrega": entrega} | datos
    )


def motivos():
    return dict(Supresion.objects.values_list("direccion", "motivo"))


def test_un_rebote_definitivo_marca_la_entrega_y_suprime_la_direccion(entrega, avisados):
    assert anotar(entrega, T.REBOTE, detalle="550 5.1.1\r\nno existe\x00")
    entrega.refresh_from_db()
    assert entrega.estado == E.REBOTADA
    assert motivos() == {"ana@muni.example": M.REBOTE}
    assert Suceso.objects.get().detalle == "550 5.1.1 no existe"
    assert avisados == [("ana@muni.example", M.REBOTE)]


def test_el_mismo_aviso_diez_veces_cuenta_una(entrega, avisados):
    assert [anotar(entrega, T.REBOTE) for _ in range(10)] == [True] + [False] * 9
    assert Suceso.objects.count() == 1
    assert len(avisados) == 1


def test_un_aviso_repetido_no_da_de_baja_a_quien_volvio_a_confirmar(entrega):
    anotar(entrega, T.BAJA)
    Supresion.objects.all().delete()
    anotar(entrega, T.BAJA)
    assert motivos() == {}


def test_sin_identificador_lo_mismo_dicho_dos_veces_cuenta_una(entrega):
    for _ in range(2):
        anotar(entrega, T.QUEJA, identificador="", ocurrido_en=AHORA)
    anotar(entrega, T.QUEJA, identificador="", ocurrido_en=AHORA + dt.timedelta(hours=1))
    assert Suceso.objects.count() == 2


def test_un_identificador_enorme_se_guarda_por_su_huella(entrega):
    largo = "x" * 5000
    assert anotar(entrega, T.QUEJA, identificador=largo)
    assert not anotar(entrega, T.QUEJA, identificador=largo)
    assert anotar(entrega, T.QUEJA, identificador=largo + "y")


def test_dos_que_avisan_lo_mismo_son_dos_sucesos_y_una_entrega_rebotada(entrega):
    anotar(entrega, T.REBOTE, origen="uno")
    anotar(entrega, T.REBOTE, origen="otro")
    assert Suceso.objects.count() == 2
    assert Entrega.objects.rebotadas().count() == 1


def test_una_queja_suprime_y_la_entrega_sigue_enviada(entrega):
    anotar(entrega, T.QUEJA)
    entrega.refresh_from_db()
    assert entrega.estado == E.ENVIADA
    assert motivos() == {"ana@muni.example": M.QUEJA}


def test_un_aviso_personal_que_rebota_queda_rebotado():
    encolar()
    cartero.repartir_pendientes()
    anotar(Entrega.objects.get(), T.REBOTE)
    assert Entrega.objects.get().estado == E.REBOTADA


@pytest.mark.parametrize(
    ("antes", "intentos", "despues"),
    [
        (E.DUDOSA, 2, E.REBOTADA),
        (E.PENDIENTE, 1, E.REBOTADA),
        (E.PENDIENTE, 0, E.PENDIENTE),
        (E.SUPRIMIDA, 0, E.SUPRIMIDA),
        (E.FALLIDA, 1, E.FALLIDA),
    ],
)
def test_solo_rebota_lo_que_pudo_salir(antes, intentos, despues):
    encolar()
    Entrega.objects.update(estado=antes, intentos=intentos)
    anotar(Entrega.objects.get(), T.REBOTE)
    assert Entrega.objects.get().estado == despues


def test_a_quien_reboto_no_le_llega_el_siguiente_masivo(entrega):
    anotar(entrega, T.REBOTE)
    encolar_boletin("ana@muni.example", "beto@muni.example", clave="boletin:2")
    assert cartero.repartir_pendientes() == 1


# --- tres pasajeros en noventa días ---


def pasajeros(dias, *, mismo_envio=False):
    """Un rebote pasajero a ana@ en cada día, de envíos distintos salvo que se diga."""
    for n, dia in enumerate(dias):
        envio = encolar_boletin("ana@muni.example", clave=f"boletin:{0 if mismo_envio else n}")
        anotar(envio.entregas.get(), T.REBOTE_PASAJERO, f"{n}", ocurrido_en=AHORA - dt.timedelta(days=dia))


@pytest.mark.parametrize(
    ("dias", "suprime"),
    [([0, 45, 90], True), ([0, 45, 91], False), ([0, 1], False), ([90, 0, 45], True), ([200, 100, 10, 5, 0], True)],
    ids=str,
)
def test_tres_rebotes_pasajeros_en_noventa_dias_suprimen_lleguen_como_lleguen(dias, suprime):
    pasajeros(dias)
    assert motivos() == ({"ana@muni.example": M.REBOTE} if suprime else {})


def test_tres_rebotes_del_mismo_envio_no_suprimen():
    pasajeros([0, 1, 2], mismo_envio=True)
    assert motivos() == {}


def test_los_pasajeros_de_otra_direccion_no_cuentan():
    pasajeros([0, 1])
    envio = encolar_boletin("beto@muni.example", clave="boletin:9")
    anotar(envio.entregas.get(), T.REBOTE_PASAJERO, "9")
    assert motivos() == {}


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 300)), max_size=12))
def test_insistir_es_que_alguna_ventana_de_noventa_dias_tenga_tres_envios(pares):
    sucesos = [(envio, AHORA + dt.timedelta(days=dia)) for envio, dia in pares]
    ventanas = [{envio for envio, dia in pares if inicio <= dia <= inicio + 90} for _, inicio in pares]
    assert insiste(sucesos) == any(len(ventana) >= 3 for ventana in ventanas)
    assert insiste(sucesos) == insiste(reversed(sucesos))


# --- nada resucita ---


def test_la_razon_mas_fuerte_queda_y_una_mas_debil_no_la_cambia(avisados):
    resultados = [suprimir("a@x.example", motivo) for motivo in (M.BAJA, M.REBOTE, M.BAJA, M.QUEJA, M.REBOTE, M.QUEJA)]
    assert resultados == [True, True, False, True, False, False]
    assert motivos() == {"a@x.example": M.QUEJA}
    assert [motivo for _, motivo in avisados] == [M.BAJA, M.REBOTE, M.QUEJA]


def test_si_un_piso_alto_falla_no_queda_nada_a_medias(entrega):
    al_suprimir.anotar(explotar := lambda direccion, motivo: 1 / 0)
    try:
        with pytest.raises(ZeroDivisionError):
            anotar(entrega, T.REBOTE)
    finally:
        al_suprimir.remove(explotar)
    entrega.refresh_from_db()
    assert entrega.estado == E.ENVIADA
    assert not Suceso.objects.exists()
    assert motivos() == {}


def test_sin_saber_de_quien_es_no_se_anota_nada():
    assert not anotar(None, T.REBOTE, direccion="  ")
    assert not Suceso.objects.exists()


def test_de_una_direccion_sin_entrega_tambien_se_aprende():
    assert anotar(None, T.REBOTE, direccion=" Ana@Muni.example ")
    assert motivos() == {"ana@muni.example": M.REBOTE}


@pytest.mark.parametrize(
    "cuando", [None, AHORA.replace(tzinfo=None), AHORA + dt.timedelta(days=9000)], ids=["ausente", "sin zona", "futura"]
)
def test_una_hora_ausente_sin_zona_o_del_futuro_no_rompe(entrega, cuando):
    anotar(entrega, T.QUEJA, ocurrido_en=cuando)
    assert Suceso.objects.get().ocurrido_en <= timezone.now()


# --- de qué entrega es ---


def test_el_message_id_propio_se_reconoce_y_uno_inventado_no(entrega):
    entrega.refresh_from_db()
    assert entrega_de(message_id=f"  {entrega.message_id} ") == entrega
    inventado = f"<entrega-{entrega.pk}-{'0' * 16}@conectamef.example>"
    for otro in (inventado, "<otro@x.example>", "", entrega.message_id.replace("@", "@otro.")):
        assert entrega_de(message_id=otro) is None


def test_se_reconoce_por_el_identificador_del_proveedor_con_o_sin_angulos(entrega):
    Entrega.objects.update(id_de_proveedor="abc-1")
    assert entrega_de(id_de_proveedor="<abc-1>") == entrega
    assert entrega_de(id_de_proveedor="abc-2") is None


def test_por_la_direccion_vale_lo_ultimo_que_salio_en_el_mes(entrega):
    assert ultima_entrega_a("ANA@muni.example") == entrega
    Entrega.objects.update(enviada_en=timezone.now() - dt.timedelta(days=31))
    assert ultima_entrega_a("ana@muni.example") is None


# --- la baja que viene del enlace ---


def test_una_baja_por_entrega_y_solo_con_su_direccion(entrega):
    assert not anotar_baja(entrega.pk, "otra@muni.example")
    assert [anotar_baja(str(entrega.pk), " ANA@muni.example") for _ in range(3)] == [True, False, False]
    assert Suceso.objects.get().tipo == T.BAJA


@pytest.mark.parametrize("pk", [None, "", "x", "-1", "9" * 40, "1.5", "²", "\x00", "0"], ids=repr)
def test_una_entrega_inventada_no_cuenta_nada(entrega, pk):
    assert not anotar_baja(pk, "ana@muni.example")
    assert not anotar_baja(entrega.pk, None)
    assert not Suceso.objects.exists()


def test_los_demas_de_un_masivo_no_se_tocan():
    envio = encolar_boletin(*direcciones(3))
    cartero.repartir_pendientes()
    anotar(envio.entregas.first(), T.REBOTE)
    assert sorted(envio.entregas.values_list("estado", flat=True)) == [E.ENVIADA, E.ENVIADA, E.REBOTADA]
