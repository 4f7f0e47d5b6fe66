"""Quien se va: su cuenta se cierra y lo que tenía abierto pasa a otros, todo o nada."""

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from boletines.models import CorreoDifundido
from comun.registros import relevos
from custodia.models import Huella
from directorio.actions import cambiar_de_puesto, dar_acceso, poner_puestos_de_hoy
from directorio.cuentas import ceses
from directorio.frescura.partes import completar_partes
from directorio.models import Cartera, Cese, Personal
from eventos.models import TareaLogistica
from organizacion.models import Asignacion, Rol, Usuario
from tests import personas
from tests.fabricas import (
    CapacitacionFactory,
    CorreoDifundidoFactory,
    ExpositorFactory,
    PersonalFactory,
    SistemaFactory,
    UsuarioFactory,
    ValidacionFactory,
)

pytestmark = pytest.mark.django_db


def dentro_de(dias):
    return timezone.localdate() + dt.timedelta(days=dias)


@pytest.fixture
def se_va(especialista, cusco):
    return PersonalFactory(usuario=especialista, centro=cusco, cargo="especialista", sistema=SistemaFactory())


@pytest.fixture
def queda(cusco):
    usuario = personas.con_rol("otra.especialista", Rol.ESPECIALISTA, centro=cusco, sistema=SistemaFactory())
    return PersonalFactory(usuario=usuario, centro=cusco, cargo="especialista", sistema=SistemaFactory())


@pytest.fixture
def trabajo(se_va, queda, cusco):
    """Una exposición por dictar, una ya dictada, una tarea pendiente y un correo sin enviar."""
    proxima, pasada = CapacitacionFactory(centro=cusco), CapacitacionFactory(centro=cusco, dias=-30)
    for capacitacion in (proxima, pasada):
        ExpositorFactory(capacitacion=capacitacion, personal=se_va, nombre=str(se_va))
    TareaLogistica.objects.create(capacitacion=proxima, rubro="local", responsable=se_va)
    CorreoDifundidoFactory(centro=cusco, creado_por=se_va.usuario)
    return proxima, pasada


@pytest.fixture
def cliente(client, ogauc):
    client.force_login(ogauc)
    return client


def url(personal, nombre="personal_cese"):
    return reverse(nombre, args=[personal.pk])


def llenar(cliente, personal, **cambios):
    """Lo que la pantalla propone, con ``cambios``."""
    form = cliente.get(url(personal)).context["form"]
    propuesto = {f"toma_{r.clave}": getattr(form[f"toma_{r.clave}"].initial, "pk", "") for r in form.relevos}
    return {"ultimo_dia": timezone.localdate(), "motivo": "Renuncia"} | propuesto | cambios


def test_propone_a_quien_hace_lo_mismo_en_el_mismo_centro(cliente, trabajo, se_va, queda):
    form = cliente.get(url(se_va)).context["form"]
    assert {r.clave for r in form.relevos} == {"tareas", "exposiciones", "borradores"}
    assert all(form[f"toma_{r.clave}"].initial == queda.usuario for r in form.relevos)


def test_al_confirmar_pasa_todo_y_cierra_la_cuenta(cliente, trabajo, se_va, queda):
    proxima, pasada = trabajo
    assert cliente.post(url(se_va), llenar(cliente, se_va)).status_code == 302
    assert proxima.expositores.get().personal == queda
    assert proxima.expositores.get().nombre == str(queda)
    assert pasada.expositores.get().personal == se_va, "lo ya dictado conserva quién lo expuso"
    assert proxima.tareas_logisticas.get().responsable == queda
    assert CorreoDifundido.objects.get().creado_por == queda.usuario
    usuario = Usuario.objects.get(pk=se_va.usuario_id)
    assert not usuario.is_active
    assert not usuario.groups.exists()
    assert not usuario.asignaciones.filter(hasta__isnull=True).exists()
    se_va.refresh_from_db()
    assert se_va.hasta == timezone.localdate()
    assert set(Huella.objects.filter(objeto=str(se_va.pk)).values_list("accion", flat=True)) >= {
        "registrar cese",
        "aplicar cese",
        "quitar acceso",
    }
    assert str(queda.usuario) in cliente.get(url(se_va)).content.decode()


def test_se_puede_elegir_a_otro_para_cada_cosa(cliente, trabajo, se_va, queda, asistente, cusco):
    PersonalFactory(usuario=asistente, centro=cusco)
    cliente.post(url(se_va), llenar(cliente, se_va, toma_tareas=asistente.pk))
    assert trabajo[0].tareas_logisticas.get().responsable == asistente.personal
    assert trabajo[0].expositores.get().personal == queda


def test_no_se_pasa_nada_a_otro_centro(cliente, trabajo, se_va, arequipa):
    ajeno = personas.especialista_de_arequipa()
    PersonalFactory(usuario=ajeno, centro=arequipa)
    respuesta = cliente.post(url(se_va), llenar(cliente, se_va, toma_tareas=ajeno.pk))
    assert "toma_tareas" in respuesta.context["form"].errors
    assert not Cese.objects.exists()


def test_su_sesion_abierta_no_sirve_ni_un_pedido_mas(client, trabajo, se_va, ogauc, django_user_model):
    client.force_login(se_va.usuario)
    inicio = reverse("wagtailadmin_home")
    assert client.get(inicio).status_code == 200
    ceses.registrar_cese(personal=se_va, ultimo_dia=dentro_de(0), motivo="x", quien_toma={}, por=ogauc)
    assert client.get(inicio).status_code == 302
    Usuario.objects.filter(pk=se_va.usuario_id).update(is_active=True)
    assert client.get(inicio).status_code == 302, "aunque se reabra la cuenta, esa sesión ya no vale"


def test_si_algo_falla_no_queda_nada_a_medias(trabajo, se_va, ogauc, monkeypatch):
    def fallar(**_):
        raise RuntimeError

    roto = [replace(r, pasar=fallar) if r.clave == "borradores" else r for r in relevos]
    monkeypatch.setattr(ceses, "relevos", roto)
    with pytest.raises(RuntimeError):
        ceses.registrar_cese(personal=se_va, ultimo_dia=dentro_de(0), motivo="x", quien_toma={}, por=ogauc)
    assert not Cese.objects.exists()
    assert trabajo[0].expositores.get().personal == se_va
    assert Usuario.objects.get(pk=se_va.usuario_id).is_active
    assert Personal.objects.get(pk=se_va.pk).hasta is None


def test_uno_futuro_queda_programado_y_se_puede_anular(cliente, trabajo, se_va):
    cliente.post(url(se_va), llenar(cliente, se_va, ultimo_dia=dentro_de(5)))
    assert Usuario.objects.get(pk=se_va.usuario_id).is_active
    assert "Programado" in cliente.get(url(se_va)).content.decode()
    assert Personal.objects.get(pk=se_va.pk).hasta == dentro_de(5)
    assert ceses.aplicar_ceses_de_hoy() == ""
    cliente.post(url(se_va, "personal_anular_cese"))
    assert Personal.objects.get(pk=se_va.pk).hasta is None
    assert trabajo[0].expositores.get().personal == se_va
    assert cliente.get(url(se_va)).context["form"]


def test_el_programado_se_aplica_solo_al_dia_siguiente(cliente, trabajo, se_va, queda):
    cliente.post(url(se_va), llenar(cliente, se_va, ultimo_dia=dentro_de(5)))
    Cese.objects.update(ultimo_dia=dentro_de(-1))
    assert ceses.aplicar_ceses_de_hoy() == "ceses aplicados: 1"
    assert not Usuario.objects.get(pk=se_va.usuario_id).is_active
    assert trabajo[0].expositores.get().personal == queda
    assert ceses.aplicar_ceses_de_hoy() == ""


def test_si_el_dia_del_cese_pasar_algo_falla_la_cuenta_se_cierra_igual(cliente, trabajo, se_va, monkeypatch):
    cliente.post(url(se_va), llenar(cliente, se_va, ultimo_dia=dentro_de(5)))
    Cese.objects.update(ultimo_dia=dentro_de(-1))
    monkeypatch.setattr(ceses, "_pasar", lambda *_: 1 / 0)
    assert ceses.aplicar_ceses_de_hoy() == "por revisar: 1"
    assert not Usuario.objects.get(pk=se_va.usuario_id).is_active
    assert Cese.objects.pendientes().exists()


def test_sus_validaciones_pasan_con_el_encargo_de_responsable_tecnico(cliente, queda):
    titular = personas.responsable_de_presupuesto()
    personal = PersonalFactory(usuario=titular, centro=None, cargo="responsable_tecnico", sistema=SistemaFactory())
    ValidacionFactory(capacitacion=CapacitacionFactory())
    cliente.post(url(personal), llenar(cliente, personal, toma_validaciones=queda.usuario.pk))
    encargo = Asignacion.objects.encargaturas().get()
    assert (encargo.usuario, encargo.rol, encargo.sistema) == (queda.usuario, "responsable_tecnico", SistemaFactory())


@pytest.mark.parametrize("quien", ["propio", "superusuario"])
def test_nadie_registra_su_cese_ni_el_de_un_superusuario(ogauc, cusco, quien):
    usuario = ogauc if quien == "propio" else UsuarioFactory(is_superuser=True)
    personal = PersonalFactory(usuario=usuario, centro=cusco)
    with pytest.raises(ceses.CeseImposible):
        ceses.registrar_cese(personal=personal, ultimo_dia=dentro_de(0), motivo="x", quien_toma={}, por=ogauc)
    assert not Cese.objects.exists()


def test_antes_de_empezar_no_se_cesa_y_lo_escrito_no_se_pierde(cliente, trabajo, se_va):
    respuesta = cliente.post(url(se_va), llenar(cliente, se_va, ultimo_dia="2019-01-01", motivo="Término"))
    assert "no puede ser anterior" in str(respuesta.context["form"].errors)
    assert "Término" in respuesta.content.decode()


def test_quien_no_da_cuentas_no_registra_ceses(client, coordinadora, se_va):
    client.force_login(coordinadora)
    assert client.get(url(se_va)).status_code == 403
    assert client.post(url(se_va, "personal_anular_cese")).status_code == 403


def test_si_el_ultimo_dia_es_el_del_contrato_sus_validaciones_tambien_pasan(ogauc, queda, monkeypatch):
    fin, manana = dentro_de(5), timezone.now() + dt.timedelta(days=6)
    donde = {"centro": None, "sistema": SistemaFactory(), "hasta": fin}
    fila = PersonalFactory(cargo="responsable_tecnico", **donde)
    dar_acceso(personal=fila, username="r", correo="r@mef.example", rol=Rol.RESPONSABLE_TECNICO, por=ogauc)
    ValidacionFactory(capacitacion=CapacitacionFactory())
    toma = {"validaciones": queda.usuario}
    ceses.registrar_cese(personal=fila, ultimo_dia=fin, motivo="Término", quien_toma=toma, por=ogauc)
    monkeypatch.setattr(timezone, "now", lambda: manana)
    assert ceses.aplicar_ceses_de_hoy() == "ceses aplicados: 1"
    assert Asignacion.objects.encargaturas().get().usuario == queda.usuario


@pytest.fixture
def responsable(queda):
    """Una Responsable Técnica desde hace un mes, con un contenido por validar y el cese programado para ayer."""
    titular = personas.responsable_de_presupuesto()
    titular.asignaciones.update(desde=dentro_de(-30))
    fila = PersonalFactory(usuario=titular, centro=None, cargo="responsable_tecnico", sistema=SistemaFactory())
    ValidacionFactory(capacitacion=CapacitacionFactory())
    toma = {"validaciones": queda.usuario.pk}
    quien = UsuarioFactory()
    Cese.objects.create(personal=fila, ultimo_dia=dentro_de(-1), motivo="x", relevos=toma, registrado_por=quien)
    return fila


def test_si_el_cese_fallo_al_reintentarlo_pasan_tambien_sus_validaciones(responsable, queda, monkeypatch):
    with monkeypatch.context() as falla:
        falla.setattr(ceses, "_pasar", lambda *_: 1 / 0)
        assert ceses.aplicar_ceses_de_hoy() == "por revisar: 1"
    assert ceses.aplicar_ceses_de_hoy() == "ceses aplicados: 1"
    (fila,) = Cese.objects.get().resultado
    assert f"{queda.usuario} recibe el rol hasta el {dentro_de(90):%d/%m/%Y}" in fila["a"]
    assert Asignacion.objects.encargaturas().get().usuario == queda.usuario
    assert not responsable.usuario.asignaciones.vigentes().exists()


def test_el_cese_programado_de_un_superusuario_tambien_se_aplica(cusco):
    raiz, otra = UsuarioFactory(username="raiz", is_superuser=True), UsuarioFactory(username="o", is_superuser=True)
    fila = PersonalFactory(usuario=otra, centro=None, cargo="sede")
    ceses.registrar_cese(personal=fila, ultimo_dia=dentro_de(5), motivo="x", quien_toma={}, por=raiz)
    Cese.objects.update(ultimo_dia=dentro_de(-1))
    assert ceses.aplicar_ceses_de_hoy() == "ceses aplicados: 1"
    assert not Usuario.objects.get(pk=otra.pk).is_active


def test_si_su_hasta_se_adelanta_el_cese_se_aplica_ese_dia(cliente, trabajo, se_va, queda):
    cliente.post(url(se_va), llenar(cliente, se_va, ultimo_dia=dentro_de(30)))
    Personal.objects.filter(pk=se_va.pk).update(hasta=dentro_de(0))
    assert ceses.aplicar_ceses_de_hoy() == ""
    Personal.objects.filter(pk=se_va.pk).update(hasta=dentro_de(-1))
    assert ceses.aplicar_ceses_de_hoy() == "ceses aplicados: 1"
    assert not Usuario.objects.get(pk=se_va.usuario_id).is_active
    assert trabajo[0].expositores.get().personal == queda
    assert Cese.objects.get().ultimo_dia == dentro_de(-1)


def test_quien_vuelve_sin_cuenta_puede_cesar_otra_vez(cliente, cusco):
    fila = PersonalFactory(centro=cusco, cargo="asistente", usuario=None)
    cliente.post(url(fila), llenar(cliente, fila))
    assert "Aplicado el" in cliente.get(url(fila)).content.decode()
    Personal.objects.filter(pk=fila.pk).update(hasta=dentro_de(90))
    cliente.post(url(fila), llenar(cliente, fila, ultimo_dia=dentro_de(60)))
    assert [cese.ultimo_dia for cese in fila.ceses.all()] == [dentro_de(60), dentro_de(0)]


def test_de_noche_uno_para_manana_dice_que_quedo_programado(cliente, se_va, ogauc, monkeypatch):
    """Después de las siete, en UTC ya es mañana."""
    noche = timezone.localtime().replace(hour=20).astimezone(dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: noche)
    cliente.force_login(ogauc)
    respuesta = cliente.post(url(se_va), llenar(cliente, se_va, ultimo_dia=dentro_de(1)), follow=True)
    assert "El cese quedó programado" in respuesta.content.decode()


def test_anular_un_cese_deja_como_estaba_el_rol_que_se_dio_despues_de_programarlo(ogauc, cusco):
    fila = PersonalFactory(centro=cusco, cargo="asistente")
    ceses.registrar_cese(personal=fila, ultimo_dia=dentro_de(5), motivo="x", quien_toma={}, por=ogauc)
    usuario = dar_acceso(personal=fila, username="a", correo="a@mef.example", rol=Rol.ASISTENTE, por=ogauc)
    ceses.anular_cese(personal=fila, por=ogauc)
    assert usuario.asignaciones.vigentes(dentro_de(10)).exists()


def test_la_parte_que_llevaba_en_otro_centro_vuelve_a_quien_le_toca_alli(se_va, queda, arequipa, ogauc):
    completar_partes()
    de_antes = Cartera.objects.get(centro=arequipa, clase=Cartera.Clase.MEDIOS)
    de_hoy = Cartera.objects.get(centro=se_va.centro, clase=Cartera.Clase.MEDIOS)
    Cartera.objects.filter(pk__in=[de_antes.pk, de_hoy.pk]).update(responsable=se_va)

    cese = ceses.registrar_cese(
        personal=se_va, ultimo_dia=dentro_de(0), motivo="x", quien_toma={"directorio": queda.usuario}, por=ogauc
    )

    de_antes.refresh_from_db()
    de_hoy.refresh_from_db()
    assert (de_antes.responsable, de_hoy.responsable) == (None, queda)
    assert "Arequipa vuelve a quien le toca" in cese.resultado[0]["a"]


def test_en_la_sede_lo_toma_alguien_de_la_sede_y_no_una_cuenta_sin_ficha(ogauc):
    UsuarioFactory(username="a.sin.ficha", last_name="")
    sede = {"cargo": "sede", "centro": None}
    se_va = PersonalFactory(usuario=UsuarioFactory(last_name="Zea"), **sede)
    queda = PersonalFactory(usuario=UsuarioFactory(last_name="Zárate"), **sede)
    PersonalFactory(usuario=UsuarioFactory(last_name="Abad"), hasta=dentro_de(-400), **sede)
    TareaLogistica.objects.create(capacitacion=CapacitacionFactory(), rubro="local", responsable=se_va)
    ceses.registrar_cese(personal=se_va, ultimo_dia=dentro_de(0), motivo="x", quien_toma={}, por=ogauc)
    assert TareaLogistica.objects.get().responsable == queda


@pytest.mark.parametrize("ultimo_dia", [0, 3])
def test_el_cambio_de_puesto_que_le_esperaba_no_llega_a_aplicarse(se_va, arequipa, ogauc, monkeypatch, ultimo_dia):
    se_va.usuario.asignaciones.update(desde=dentro_de(-30))
    puesto = {"cargo": "asistente", "centro": arequipa, "sistema": None, "organo": None}
    cambiar_de_puesto(personal=se_va, puesto=puesto, desde=dentro_de(5), por=ogauc, con_rol=True)
    ceses.registrar_cese(personal=se_va, ultimo_dia=dentro_de(ultimo_dia), motivo="x", quien_toma={}, por=ogauc)
    luego = timezone.now() + dt.timedelta(days=6)
    monkeypatch.setattr(timezone, "now", lambda: luego)

    assert poner_puestos_de_hoy() == ""
    ceses.aplicar_ceses_de_hoy()

    assert Personal.objects.get(pk=se_va.pk).centro == se_va.centro
    assert not se_va.puestos.filter(por_aplicar=True).exists()
    assert not se_va.usuario.asignaciones.filter(centro=arequipa).exists()


def test_si_el_cese_se_anula_el_cambio_de_puesto_programado_sigue_en_pie(cliente, se_va, arequipa, ogauc):
    puesto = {"cargo": "asistente", "centro": arequipa, "sistema": None, "organo": None}
    cambiar_de_puesto(personal=se_va, puesto=puesto, desde=dentro_de(5), por=ogauc, con_rol=True)
    ceses.registrar_cese(personal=se_va, ultimo_dia=dentro_de(3), motivo="x", quien_toma={}, por=ogauc)
    assert "no llegará a aplicarse, salvo que anule el cese" in cliente.get(url(se_va)).content.decode()
    ceses.anular_cese(personal=se_va, por=ogauc)
    assert se_va.puestos.filter(por_aplicar=True, centro=arequipa).exists()
