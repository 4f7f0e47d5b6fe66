"""La página del enlace: sin cuenta, con lo suyo y nada más; lo que se corrige queda propuesto (R114)."""

import re

import pytest
from django.utils import timezone

from custodia.models import Aviso
from directorio.actions import trasladar_operador
from directorio.campanias.publico import POR_ENLACE
from directorio.campanias.respuesta import Respuesta, YaRespondido, responder
from directorio.models import Entidad, Operador, Pedido, Propuesta
from organizacion.models import Persona
from tests.directorio.campanias import HACE_UN_ANIO, campania_de, enlace_de, lo_que_envia
from tests.fabricas import AutoridadFactory, EntidadFactory, OperadorFactory, PersonaFactory, SistemaFactory

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()
Estado = Pedido.Estado


@pytest.fixture
def entidad(cusco):
    return EntidadFactory(
        centro=cusco, nombre="Municipalidad de Wanchaq", correo="mesa@muni.example", verificado_en=HACE_UN_ANIO
    )


@pytest.fixture
def alcaldesa(entidad):
    return AutoridadFactory(entidad=entidad, telefono="984777888", correo="alcaldesa@muni.example")


@pytest.fixture
def pedro(entidad):
    pedro = OperadorFactory(
        entidad=entidad,
        nombres="Pedro",
        apellidos="Condori",
        cargo="Tesorero <b>",
        correo="pedro@muni.example",
        telefono="984111222",
        persona=PersonaFactory(numero_documento="41234567"),
    )
    pedro.sistemas.add(SistemaFactory())
    return pedro


@pytest.fixture
def campania(entidad, alcaldesa, pedro, coordinadora):
    return campania_de(entidad.centro, coordinadora)


@pytest.fixture
def de_la_entidad(campania):
    return campania.pedidos.get(operador__isnull=True)


@pytest.fixture
def de_pedro(campania, pedro):
    return campania.pedidos.get(operador=pedro)


def test_el_de_la_entidad_muestra_quienes_figuran_con_sus_correos_y_telefonos_tapados(client, de_la_entidad):
    texto = client.get(enlace_de(de_la_entidad)).content.decode()
    for visible in ("mesa@muni.example", "Pedro Condori", "Alcaldesa", "Presupuesto", "p•••@muni.example", "••••••222"):
        assert visible in texto
    for oculto in ("pedro@muni.example", "984111222", "984777888", "alcaldesa@muni.example", "41234567", "<b>"):
        assert oculto not in texto


def test_el_de_un_operador_muestra_solo_lo_suyo(client, de_pedro):
    texto = client.get(enlace_de(de_pedro)).content.decode()
    assert "984111222" in texto
    for ajeno in ("Condori Apaza", "mesa@muni.example", "41234567", "Quiénes figuran"):
        assert ajeno not in texto


def test_la_pagina_ni_se_guarda_ni_se_indexa_y_mirarla_no_cambia_nada(client, de_la_entidad):
    respuesta = client.get(enlace_de(de_la_entidad))
    assert "no-store" in respuesta["Cache-Control"]
    assert "noindex" in respuesta["X-Robots-Tag"]
    de_la_entidad.refresh_from_db()
    assert (de_la_entidad.estado, Propuesta.objects.count()) == (Estado.PENDIENTE, 0)


@pytest.mark.parametrize("token", ["nada", "a.b", "x" * 300, "ñ.é"])
def test_un_enlace_que_no_firmamos_lleva_a_una_pagina_que_lo_explica(client, db, token):
    respuesta = client.get(f"/actualizar-datos/{token}/")
    assert respuesta.status_code == 404
    assert "no es válido" in respuesta.content.decode()


def test_todo_esta_bien_verifica_a_todos_y_dice_que_lo_confirmo_la_entidad(client, de_la_entidad, pedro, alcaldesa):
    url = enlace_de(de_la_entidad)
    respuesta = client.post(url, lo_que_envia(client.get(url), accion="conforme"), follow=True)
    assert "Gracias" in respuesta.content.decode()
    for fila in (de_la_entidad.entidad, pedro, alcaldesa):
        fila.refresh_from_db()
        assert (fila.verificado_en, fila.verificado_por) == (HOY, None)
    de_la_entidad.refresh_from_db()
    assert de_la_entidad.estado == Estado.CONFORME
    assert de_la_entidad.aviso.finalidad == Aviso.Finalidad.OPERADORES


def test_todo_esta_bien_es_lo_primero_y_vale_aunque_se_toque_al_instante(client, de_la_entidad, settings):
    settings.SEGUNDOS_MINIMOS = 3
    url = enlace_de(de_la_entidad)
    pagina = client.get(url)
    texto = pagina.content.decode()
    assert texto.index("Figuran: <strong>Julia Condori Apaza</strong>, Alcaldesa") < texto.index('value="conforme"')
    assert texto.index('value="conforme"') < texto.index('name="nombre"')
    assert client.post(url, lo_que_envia(pagina, accion="conforme")).status_code == 302
    de_la_entidad.refresh_from_db()
    assert de_la_entidad.estado == Estado.CONFORME


def test_intro_al_escribir_envia_correcciones_y_no_confirma(client, de_la_entidad):
    botones = re.findall(r'name="accion" value="(\w+)"', client.get(enlace_de(de_la_entidad)).content.decode())
    assert botones == ["corregir", "conforme", "corregir", "conforme"]


def test_lo_corregido_se_propone_y_no_toca_el_directorio(client, de_la_entidad, pedro, alcaldesa):
    url = enlace_de(de_la_entidad)
    cambios = {
        "telefono": "084999000",
        f"operador-{pedro.pk}-situacion": "ya_no",
        f"operador-{pedro.pk}-hasta": "2026-10-31",
        f"autoridad-{alcaldesa.pk}-situacion": "sigue",
        "nuevo-0-sobre": "operador",
        "nuevo-0-nombres": "Luz",
        "nuevo-0-apellidos": "Ccori",
        "nuevo-0-sistemas": [SistemaFactory().pk],
    }
    client.post(url, lo_que_envia(client.get(url), **cambios))

    telefono, baja, alta = Propuesta.objects.order_by("pk")
    assert (telefono.campo, telefono.antes, telefono.despues) == ("telefono", "", "084999000")
    assert (baja.clase, baja.operador, baja.datos) == ("baja", pedro, {"hasta": "2026-10-31"})
    assert (alta.clase, alta.datos["apellidos"], alta.datos["sistemas"]) == ("alta", "Ccori", [SistemaFactory().pk])
    entidad = de_la_entidad.entidad
    for fila in (entidad, pedro, alcaldesa):
        fila.refresh_from_db()
    assert (entidad.telefono, entidad.verificado_en) == ("", HACE_UN_ANIO)
    assert (pedro.esta_activo, pedro.verificado_en, Operador.objects.count()) == (True, None, 1)
    assert alcaldesa.verificado_en == HOY


def test_la_entidad_dice_desde_cuando_y_hasta_cuando_y_no_hace_falta(client, de_la_entidad, alcaldesa):
    url = enlace_de(de_la_entidad)
    cambios = {f"autoridad-{alcaldesa.pk}-situacion": "ya_no", f"autoridad-{alcaldesa.pk}-hasta": "2026-12-31"}
    for n, desde in enumerate(["2027-01-01", ""]):
        nueva = {"sobre": "autoridad", "nombres": "Luz", "apellidos": f"Ccori {n}", "cargo": "Alcaldesa"}
        cambios |= {f"nuevo-{n}-{campo}": valor for campo, valor in (nueva | {"desde": desde}).items()}
    client.post(url, lo_que_envia(client.get(url), **cambios))
    baja, con_fecha, sin_fecha = Propuesta.objects.order_by("pk")
    assert (baja.datos, con_fecha.datos["desde"]) == ({"hasta": "2026-12-31"}, "2027-01-01")
    assert "desde" not in sin_fecha.datos


def test_un_operador_corrige_lo_suyo_y_sus_sistemas_sin_tocar_a_la_persona(client, de_pedro, pedro):
    otro = SistemaFactory(slug="tesoreria", nombre="Tesorería")
    url, persona = enlace_de(de_pedro), Persona.objects.values().get()
    client.post(url, lo_que_envia(client.get(url), apellidos="Condori Quispe", sistemas=[otro.pk]))
    cambios = {p.campo: (p.antes, p.despues) for p in Propuesta.objects.all()}
    assert cambios == {
        "apellidos": ("Condori", "Condori Quispe"),
        "sistemas": ("Presupuesto Público", "Tesorería"),
    }
    pedro.refresh_from_db()
    assert (pedro.apellidos, pedro.verificado_en) == ("Condori", None)
    assert Persona.objects.values().get() == persona


def test_quien_ya_no_trabaja_ahi_lo_dice_y_desde_cuando(client, de_pedro, pedro):
    url = enlace_de(de_pedro)
    datos = lo_que_envia(client.get(url), hasta="2026-10-31")
    assert "marque también" in client.post(url, datos).content.decode()
    client.post(url, datos | {"ya_no": "on"})
    baja = Propuesta.objects.get()
    assert (baja.clase, baja.datos) == ("baja", {"hasta": "2026-10-31"})


def test_un_ultimo_dia_de_quien_no_se_marco_que_se_fue_se_pregunta(client, de_la_entidad, pedro):
    url = enlace_de(de_la_entidad)
    datos = lo_que_envia(client.get(url), **{f"operador-{pedro.pk}-hasta": "2026-10-31"})
    assert "Pedro Condori, ¿Hasta cuándo trabajó?: Escribió" in client.post(url, datos).content.decode()
    assert not Propuesta.objects.exists()


def test_todo_esta_bien_con_algo_escrito_avisa_y_no_pierde_nada(client, de_la_entidad):
    url = enlace_de(de_la_entidad)
    datos = lo_que_envia(client.get(url), accion="conforme", **{"nuevo-0-nombres": "Luz", "nuevo-0-apellidos": "Ccori"})
    respuesta = client.post(url, datos)
    assert "Escribió cambios" in respuesta.content.decode()
    assert 'value="Ccori"' in respuesta.content.decode()
    assert not Propuesta.objects.exists()


def test_lo_que_el_centro_cambio_con_la_pagina_abierta_no_pasa_por_escrito_ni_se_revierte(client, de_la_entidad):
    url = enlace_de(de_la_entidad)
    datos = lo_que_envia(client.get(url), direccion="Plaza 1")
    Entidad.objects.update(correo="nuevo@muni.example")
    client.post(url, datos)
    assert [(una.campo, una.despues) for una in Propuesta.objects.all()] == [("direccion", "Plaza 1")]


def test_todo_esta_bien_vale_aunque_el_centro_cambie_algo_con_la_pagina_abierta(client, de_la_entidad, de_pedro, pedro):
    abiertas = {enlace_de(uno): lo_que_envia(client.get(enlace_de(uno))) for uno in (de_la_entidad, de_pedro)}
    Entidad.objects.update(telefono="084999999")
    pedro.sistemas.add(SistemaFactory(slug="tesoreria", nombre="Tesorería"))
    nueva = OperadorFactory(entidad=pedro.entidad)
    for url, datos in abiertas.items():
        assert client.post(url, datos | {"accion": "conforme"}).status_code == 302
    nueva.refresh_from_db()
    assert (nueva.verificado_en, Propuesta.objects.count()) == (None, 0)  # quien respondió no la vio


def test_al_repintar_la_pagina_no_se_pierden_los_sistemas_que_se_marcaron(client, de_pedro, pedro):
    pedro.sistemas.clear()
    url, sistema = enlace_de(de_pedro), SistemaFactory()
    datos = lo_que_envia(client.get(url), sistemas=[sistema.pk], correo="mal escrito")
    for _ in range(2):
        (visto,) = re.findall('<input[^>]*name="initial-sistemas"[^>]*>', client.post(url, datos).content.decode())
        assert "value" not in visto
    client.post(url, datos | {"correo": pedro.correo})
    assert Propuesta.objects.get().despues == "Presupuesto Público"


@pytest.mark.parametrize(
    "malo",
    [
        {"telefono": "no es un número de teléfono"},
        {"correo": "sin arroba"},
        {"ruc": "123"},
        {"nombre": ""},
        {"nombre": "a\x00b"},
        {"nuevo-1-nombres": "Solo nombres"},
        {"nuevo-1-sistemas": ["99999"]},
        {"nuevo-1-desde": "0027-01-01"},
        {"sitio_web": "robot"},
    ],
)
def test_lo_mal_escrito_se_dice_y_no_se_guarda_nada(client, de_la_entidad, malo):
    url = enlace_de(de_la_entidad)
    respuesta = client.post(url, lo_que_envia(client.get(url), **malo))
    assert respuesta.status_code == 200
    assert "Revise lo siguiente" in respuesta.content.decode()
    de_la_entidad.refresh_from_db()
    assert (de_la_entidad.estado, Propuesta.objects.count()) == (Estado.PENDIENTE, 0)


def test_enviarlo_dos_veces_no_hace_dano_y_el_enlace_queda_usado(client, de_la_entidad):
    url = enlace_de(de_la_entidad)
    datos = lo_que_envia(client.get(url), telefono="084999000")
    for _ in range(3):
        assert client.post(url, datos, follow=True).status_code == 200
    assert Propuesta.objects.count() == 1
    assert "ya se usó" in client.get(url).content.decode()


def test_muchos_envios_seguidos_se_frenan_sin_perder_lo_escrito(client, de_la_entidad):
    url = enlace_de(de_la_entidad)
    datos = lo_que_envia(client.get(url), correo="mal escrito")
    for _ in range(POR_ENLACE.cuantos):
        assert client.post(url, datos).status_code == 200
    respuesta = client.post(url, datos | {"correo": "bien@muni.example"})
    assert respuesta.status_code == 429
    assert "bien@muni.example" in respuesta.content.decode()
    assert not Propuesta.objects.exists()


def test_quien_paso_a_otra_entidad_no_abre_su_enlace_y_se_le_dice(client, de_pedro, pedro, coordinadora):
    otra = EntidadFactory(centro=de_pedro.centro)
    trasladar_operador(operador=pedro, entidad=otra, cargo="Jefe", sistemas=[], desde=HOY, por=coordinadora)
    respuesta = client.post(enlace_de(de_pedro), {"ya_no": "on", "accion": "corregir"})
    assert respuesta.status_code == 410
    assert "ya anotó que usted no está en Municipalidad de Wanchaq" in respuesta.content.decode()
    with pytest.raises(YaRespondido):
        responder(pedido=de_pedro, respuesta=Respuesta())
    assert not Propuesta.objects.exists()


def test_quien_ya_figura_como_inactivo_no_abre_su_enlace(client, de_pedro, pedro):
    pedro.esta_activo = False
    pedro.save()
    assert client.get(enlace_de(de_pedro)).status_code == 410
