"""Una municipalidad entera se inscribe tras una sola dirección; quien prueba documentos es frenado (sin captcha)."""

import pytest
from django.test import Client
from django.urls import reverse

from comun.antiabuso import envio_nuevo
from eventos import topes
from eventos.models import Inscripcion
from tests.eventos.publico.test_inscribir_colegas import colega
from tests.fabricas import CapacitacionFactory, InscripcionFactory, PersonaFactory

pytestmark = pytest.mark.django_db
CHROME = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/139.0"}


@pytest.fixture
def curso(cusco):
    return CapacitacionFactory(centro=cusco, cupos=200)


@pytest.fixture
def url(curso):
    return reverse("eventos:inscripcion-crear", args=[curso.slug])


def de(n):
    return {"numero_documento": f"{44_000_000 + n}", "envio": envio_nuevo()}


@pytest.mark.parametrize("cuantas_maquinas", [60, 1], ids=["cada quien en la suya", "todos en una"])
def test_sesenta_personas_de_una_municipalidad_se_inscriben_sin_tropiezo(url, datos, cuantas_maquinas):
    """La misma dirección, el mismo programa, el mismo buzón; uno de cada cinco se equivoca y reenvía."""
    maquinas = [Client(headers=CHROME) for _ in range(cuantas_maquinas)]
    for n in range(60):
        maquina = maquinas[n % cuantas_maquinas]
        maquina.get(url)
        if n % 5 == 0:
            assert maquina.post(url, datos(**de(n), telefono="no sé")).status_code == 200
        assert maquina.post(url, datos(**de(n))).status_code == 302
    assert Inscripcion.objects.count() == 60


def test_quien_prueba_documentos_para_saber_quien_esta_inscrito_es_frenado(url, curso, datos):
    cuantos = topes.YA_INSCRITOS.cuantos
    for n in range(cuantos + 5):
        InscripcionFactory(capacitacion=curso, persona=PersonaFactory(numero_documento=de(n)["numero_documento"]))

    estados = [Client(headers=CHROME).post(url, datos(**de(n))).status_code for n in range(cuantos + 5)]

    assert estados == [200] * cuantos + [429] * 5
    assert Client(headers=CHROME).post(url, datos(**de(99))).status_code == 429, "ni siquiera los que no están"


def test_decir_que_es_otro_programa_no_reinicia_la_cuenta(url, curso, datos, monkeypatch):
    monkeypatch.setattr(topes, "YA_INSCRITOS_EN_TOTAL", topes.YA_INSCRITOS_EN_TOTAL._replace(cuantos=3))
    for n in range(5):
        InscripcionFactory(capacitacion=curso, persona=PersonaFactory(numero_documento=de(n)["numero_documento"]))
    programas = [Client(headers={"User-Agent": f"Programa {n}"}) for n in range(5)]
    assert [programas[n].post(url, datos(**de(n))).status_code for n in range(5)] == [200] * 3 + [429] * 2


def test_probar_de_diez_en_diez_cuenta_por_diez(url, curso, datos, client):
    for n in range(1, 10):
        InscripcionFactory(capacitacion=curso, persona=PersonaFactory(numero_documento=f"4200000{n}"))
    nueve = {nombre: valor for n in range(1, 10) for nombre, valor in colega(n).items()}
    estados = [client.post(url, datos(**de(n), **nueve)).status_code for n in range(4)]
    assert estados == [200, 200, 200, 429]


def test_a_quien_se_frena_no_pierde_lo_escrito_y_sabe_a_quien_llamar(url, curso, datos, client, monkeypatch):
    monkeypatch.setattr(topes, "POR_NAVEGADOR", topes.POR_NAVEGADOR._replace(cuantos=0))
    respuesta = client.post(url, datos())
    assert respuesta.status_code == 429
    assert "llame al 084 123456" in respuesta.text
    assert 'value="40123456"' in respuesta.text
    assert not Inscripcion.objects.exists()


def test_frenar_a_uno_no_frena_a_quien_sale_por_otra_direccion_ni_a_otra_capacitacion(url, curso, datos):
    cuantos = topes.YA_INSCRITOS.cuantos
    for n in range(cuantos + 1):
        InscripcionFactory(capacitacion=curso, persona=PersonaFactory(numero_documento=de(n)["numero_documento"]))
        ultimo = Client(headers=CHROME).post(url, datos(**de(n)))
    assert ultimo.status_code == 429
    otra_direccion = Client(headers=CHROME, REMOTE_ADDR="203.0.113.9")
    assert otra_direccion.post(url, datos(**de(90))).status_code == 302
    otra = reverse("eventos:inscripcion-crear", args=[CapacitacionFactory(centro=curso.centro).slug])
    assert Client(headers=CHROME).post(otra, datos(**de(91))).status_code == 302


def test_la_trampa_llena_y_la_marca_que_falta_se_explican_sin_guardar_nada(url, datos, client):
    llena = client.post(url, datos(sitio_web="http://spam.example"))
    sin_marca = client.post(url, datos(envio=None))
    assert "debía quedar vacío" in llena.text
    assert "Sus datos siguen aquí" in sin_marca.text
    assert 'value="40123456"' in llena.text
    assert not Inscripcion.objects.exists()
    # Y al reenviar lo que la página devolvió, pasa.
    marca = sin_marca.context["form"]["envio"].value()
    assert client.post(url, datos(envio=marca)).status_code == 302


def test_sin_javascript_buscar_su_entidad_no_cuenta_como_envio(url, datos, client, monkeypatch):
    monkeypatch.setattr(topes, "POR_NAVEGADOR", topes.POR_NAVEGADOR._replace(cuantos=1))
    for _ in range(5):
        assert client.post(url, datos(buscar="entidad_busqueda")).status_code == 200
    assert client.post(url, datos()).status_code == 302
