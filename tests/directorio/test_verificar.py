"""Verificar con un toque, deshacerlo, y lo que lleva seis meses sin verificar (R114)."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from comun.plazos import hace_meses
from correo.models import Envio
from custodia.models import Huella
from directorio.actions import trasladar_operador
from directorio.duplicados.actions import fusionar_operadores
from directorio.frescura.recordatorio import recordar_lo_sin_verificar
from directorio.models import Medio, Operador, Personal
from tests import personas
from tests.directorio.campanias import HACE_UN_ANIO, con_ficha
from tests.fabricas import AutoridadFactory, EntidadFactory, MedioFactory, OperadorFactory, SistemaFactory

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()
con_la_base = settings(max_examples=60)
DIAS = st.dates(dt.date(1999, 1, 1), dt.date(2060, 12, 31))


@pytest.fixture
def especialista(cusco):
    usuario = personas.especialista_de_cusco()
    con_ficha(usuario, Personal.Cargo.ESPECIALISTA, SistemaFactory())
    return usuario


@pytest.fixture
def cliente(client, especialista):
    client.force_login(especialista)
    return client


@pytest.fixture
def operador(cusco):
    fila = OperadorFactory(entidad=EntidadFactory(centro=cusco), verificado_en=HACE_UN_ANIO, telefono="984111222")
    fila.sistemas.add(SistemaFactory())
    return fila


def url(fila, que, clase="operadores"):
    return f"/intranet/directorio/mio/{clase}/{fila.pk}/{que}/"


def test_en_mi_directorio_va_primero_lo_sin_verificar_con_el_numero_a_un_toque(cliente, operador):
    otro = OperadorFactory(entidad=operador.entidad, verificado_en=HOY, apellidos="Aaa")
    otro.sistemas.add(SistemaFactory())
    pagina = cliente.get("/intranet/directorio/mio/").content.decode()
    assert pagina.index("Condori") < pagina.index("Aaa")
    assert 'href="tel:984111222"' in pagina
    assert "2, 1 sin verificar" in pagina


def test_en_mi_directorio_vale_el_telefono_que_esta_entre_los_otros_contactos(cliente, operador):
    Operador.objects.update(telefono="")
    operador.contactos.create(clase="telefono", valor="984777888")
    operador.contactos.create(clase="correo", valor="pedro@casa.example")
    pagina = cliente.get("/intranet/directorio/mio/").content.decode()
    assert 'href="tel:984777888"' in pagina
    assert 'href="mailto:pedro@casa.example"' in pagina


def test_un_toque_verifica_deja_rastro_y_se_deshace(cliente, operador, especialista):
    respuesta = cliente.post(url(operador, "verificar"), headers={"HX-Request": "true"})
    operador.refresh_from_db()
    assert (operador.verificado_en, operador.verificado_por) == (HOY, especialista)
    assert Huella.objects.filter(accion="verificar contacto", objeto=operador.pk).count() == 1

    cliente.post(url(operador, "deshacer"), {"vale": respuesta.context["vale"]})
    operador.refresh_from_db()
    assert (operador.verificado_en, operador.verificado_por) == (HACE_UN_ANIO, None)


def test_sin_guiones_vuelve_a_la_lista_y_ofrece_deshacer(cliente, operador):
    respuesta = cliente.post(url(operador, "verificar"), follow=True)
    texto = respuesta.content.decode()
    assert "verificado hoy" in texto
    assert url(operador, "deshacer/confirmar") in texto


def test_verificar_dos_veces_el_mismo_dia_deja_una_huella(cliente, operador):
    for _ in range(2):
        cliente.post(url(operador, "verificar"))
    assert Huella.objects.filter(accion="verificar contacto").count() == 1


def test_mirar_no_cambia_nada(cliente, operador):
    assert cliente.get(url(operador, "verificar")).status_code == 405
    operador.refresh_from_db()
    assert operador.verificado_en == HACE_UN_ANIO


def test_lo_que_otra_persona_verifico_despues_no_se_deshace(cliente, operador, coordinadora):
    vale = cliente.post(url(operador, "verificar"), headers={"HX-Request": "true"}).context["vale"]
    Operador.objects.filter(pk=operador.pk).update(verificado_por=coordinadora)
    cliente.post(url(operador, "deshacer"), {"vale": vale})
    operador.refresh_from_db()
    assert (operador.verificado_en, operador.verificado_por) == (HOY, coordinadora)


def test_un_vale_ajeno_o_alterado_no_deshace(cliente, operador):
    vale = cliente.post(url(operador, "verificar"), headers={"HX-Request": "true"}).context["vale"]
    otro = OperadorFactory(entidad=operador.entidad, verificado_en=HOY)
    assert cliente.post(url(otro, "deshacer"), {"vale": vale}).status_code == 404
    cliente.post(url(operador, "deshacer"), {"vale": vale[:-2] + "xx"})
    operador.refresh_from_db()
    assert operador.verificado_en == HOY


def test_quien_ya_no_trabaja_ahi_deja_de_figurar_y_su_puesto_queda_en_la_historia(cliente, operador):
    respuesta = cliente.post(url(operador, "retirar"), headers={"HX-Request": "true"})
    operador.refresh_from_db()
    puesto = operador.puestos.get()
    assert (operador.esta_activo, puesto.hasta, puesto.entidad) == (False, HOY, operador.entidad)

    cliente.post(url(operador, "deshacer"), {"vale": respuesta.context["vale"]})
    operador.refresh_from_db()
    assert (operador.esta_activo, operador.puestos.get().hasta) == (True, None)


def test_una_autoridad_termina_y_un_medio_se_apaga(cliente, cusco):
    autoridad = AutoridadFactory(entidad=EntidadFactory(centro=cusco), desde=HACE_UN_ANIO)
    medio = MedioFactory(centro=cusco)
    cliente.post(url(autoridad, "retirar", "autoridades"))
    cliente.post(url(medio, "retirar", "medios"))
    assert not type(autoridad).objects.vigentes().exists()
    assert not Medio.objects.get().esta_activo


def retirar(cliente, fila, clase):
    """Con qué deshacerlo."""
    return cliente.post(url(fila, "retirar", clase), headers={"HX-Request": "true"}).context["vale"]


def test_deshacer_devuelve_a_la_autoridad_el_fin_de_su_periodo(cliente, cusco):
    fin = HOY + dt.timedelta(days=35)
    autoridad = AutoridadFactory(entidad=EntidadFactory(centro=cusco), desde=HACE_UN_ANIO, hasta=fin)
    vale = retirar(cliente, autoridad, "autoridades")
    cliente.post(url(autoridad, "deshacer", "autoridades"), {"vale": vale})
    autoridad.refresh_from_db()
    assert autoridad.hasta == fin


def test_retirar_a_quien_ya_termino_no_le_alarga_el_periodo(cliente, cusco):
    fin = HOY - dt.timedelta(days=150)
    autoridad = AutoridadFactory(entidad=EntidadFactory(centro=cusco), desde=HACE_UN_ANIO, hasta=fin)
    retirar(cliente, autoridad, "autoridades")
    autoridad.refresh_from_db()
    assert autoridad.hasta == fin


def test_un_retiro_no_se_deshace_si_despues_lo_trasladaron(cliente, operador, coordinadora):
    vale = retirar(cliente, operador, "operadores")
    otra = EntidadFactory(centro=operador.entidad.centro)
    trasladar_operador(operador=operador, entidad=otra, cargo="Jefe", sistemas=[], desde=HOY, por=coordinadora)
    respuesta = cliente.post(url(operador, "deshacer"), {"vale": vale}, headers={"HX-Request": "true"})
    assert "Alguien la cambió después" in respuesta.text
    assert operador.puestos.get(hasta=None).entidad == otra


def test_un_retiro_no_se_deshace_si_despues_la_fila_se_unio_a_otra(cliente, operador, coordinadora):
    vale = retirar(cliente, operador, "operadores")
    se_queda = OperadorFactory(entidad=operador.entidad)
    fusionar_operadores(se_queda=se_queda, absorbido=operador, de_la_otra=set(), por=coordinadora)
    cliente.post(url(operador, "deshacer"), {"vale": vale})
    operador.refresh_from_db()
    assert not operador.esta_activo


def test_lo_de_otro_centro_no_existe_y_quien_solo_mira_no_verifica(cliente, client, arequipa):
    ajeno = OperadorFactory(entidad=EntidadFactory(centro=arequipa))
    assert cliente.post(url(ajeno, "verificar")).status_code == 404
    client.force_login(personas.responsable_de_presupuesto())
    client.post(url(ajeno, "verificar"))
    ajeno.refresh_from_db()
    assert ajeno.verificado_en is None


def test_quien_coordina_un_centro_y_asiste_en_otro_reparte_solo_en_el_que_coordina(client, cusco, arequipa):
    client.force_login(personas.coordinadora_de_cusco_y_asistente_de_arequipa())
    assert client.get("/intranet/directorio/partes/?centro=arequipa").context["centros"] == [cusco]


def test_el_registro_se_filtra_por_verificacion(cliente, operador):
    OperadorFactory(entidad=operador.entidad, apellidos="Nunca Visto")
    OperadorFactory(entidad=operador.entidad, apellidos="Al Dia", verificado_en=HOY)
    listado = "/intranet/directorio/operador/?verificacion="

    def quienes(valor):
        return {fila.apellidos for fila in cliente.get(listado + valor).context["object_list"]}

    assert quienes("al-dia") == {"Al Dia"}
    assert quienes("nunca") == {"Nunca Visto"}
    assert quienes("vencida") == {"Nunca Visto", operador.apellidos}


def test_la_fecha_de_verificacion_no_se_escribe_a_mano(cliente, operador):
    pagina = cliente.get(f"/intranet/directorio/operador/edit/{operador.pk}/").content.decode()
    assert 'name="verificado_en"' not in pagina


@pytest.mark.parametrize(("dia", "hora", "sale"), [(1, 9, 0), (2, 7, 0), (2, 9, 1), (20, 9, 1)])
def test_el_recordatorio_sale_una_vez_al_mes_desde_el_primer_dia_habil(
    especialista, operador, monkeypatch, dia, hora, sale
):
    # El 1 de marzo de 2026 es domingo.
    ahora = timezone.make_aware(dt.datetime(2026, 3, dia, hora))
    monkeypatch.setattr(timezone, "localtime", lambda *_: ahora)
    Personal.objects.update(correo="especialista@conectamef.example", desde="2020-01-01")
    Operador.objects.update(verificado_en=dt.date(2024, 1, 1))
    for _ in range(2):
        recordar_lo_sin_verificar()
    assert Envio.objects.filter(clave__startswith="directorio:recordatorio").count() == sale
    if sale:
        assert "1 contacto de su directorio sin verificar" in Envio.objects.get().asunto
    assert not [m for m in mail.outbox if "984111222" in m.body]


# --- La regla de los seis meses, con fechas cualesquiera ---


@given(verificado=DIAS, hoy=DIAS)
def test_la_fila_y_la_base_dicen_lo_mismo_de_cualquier_fecha(verificado, hoy):
    fila = Operador(verificado_en=verificado)
    assert fila.necesita_verificarse(hoy) == (verificado < hace_meses(hoy, 6))


@con_la_base
@given(verificado=st.one_of(st.none(), DIAS), hoy=DIAS)
def test_la_consulta_halla_lo_mismo_que_la_pregunta_a_una_fila(verificado, hoy):
    fila = Medio.objects.filter(nombre="Radio única").first() or MedioFactory(nombre="Radio única")
    Medio.objects.filter(pk=fila.pk).update(verificado_en=verificado)
    fila.refresh_from_db()
    assert Medio.objects.filter(pk=fila.pk).sin_verificar(hoy).exists() == fila.necesita_verificarse(hoy)


@given(hoy=DIAS)
def test_lo_de_hoy_nunca_esta_vencido_y_lo_de_hace_siete_meses_siempre(hoy):
    assert not Operador(verificado_en=hoy).necesita_verificarse(hoy)
    assert Operador(verificado_en=hace_meses(hoy, 7)).necesita_verificarse(hoy)
    limite = hace_meses(hoy, 6)
    assert not Operador(verificado_en=limite).necesita_verificarse(hoy)
    assert Operador(verificado_en=limite - dt.timedelta(days=1)).necesita_verificarse(hoy)


@given(hoy=DIAS, despues=DIAS, verificado=DIAS)
def test_lo_vencido_no_vuelve_a_estar_al_dia_con_el_tiempo(hoy, despues, verificado):
    antes, luego = sorted((hoy, despues))
    fila = Operador(verificado_en=verificado)
    assert fila.necesita_verificarse(luego) or not fila.necesita_verificarse(antes)
