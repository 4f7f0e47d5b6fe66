"""El rol que deja quien se va: sigue con otro que ya lo tenga, o se presta a quien se elija y se dice."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from boletines.models import Aporte, Edicion
from directorio.cuentas import ceses
from directorio.models import Cese
from organizacion.actions import asignar_rol
from organizacion.models import Asignacion, Rol, Usuario
from tests import personas
from tests.fabricas import CapacitacionFactory, PersonalFactory, SistemaFactory, UsuarioFactory, ValidacionFactory

pytestmark = pytest.mark.django_db


def dentro_de(dias):
    return timezone.localdate() + dt.timedelta(days=dias)


def con_aporte(centro):
    hoy = timezone.localdate()
    edicion, _ = Edicion.objects.get_or_create(anio=hoy.year, mes=hoy.month)
    return Aporte.objects.create(edicion=edicion, centro=centro, plazo=dentro_de(9))


@pytest.fixture
def se_va(coordinadora, cusco):
    con_aporte(cusco)
    return PersonalFactory(usuario=coordinadora, centro=cusco, cargo="coordinador")


@pytest.fixture
def tecnico(especialista, cusco):
    PersonalFactory(usuario=especialista, centro=cusco, cargo="especialista", sistema=SistemaFactory())
    return especialista


@pytest.fixture
def cliente(client, ogauc):
    client.force_login(ogauc)
    return client


def cesar(se_va, ogauc, ultimo_dia=0, **toma):
    return ceses.registrar_cese(
        personal=se_va, ultimo_dia=dentro_de(ultimo_dia), motivo="Renuncia", quien_toma=toma, por=ogauc
    )


def que_dice(cese):
    return {fila["clave"]: fila["a"] for fila in cese.resultado}


def url(se_va):
    return reverse("personal_cese", args=[se_va.pk])


def encargado(usuario, rol=Rol.COORDINADOR, **donde):
    datos = {"desde": dentro_de(-5), "hasta": dentro_de(40), "es_encargatura": True}
    return Asignacion.objects.create(usuario=usuario, rol=rol, **datos, **donde)


def test_el_formulario_dice_que_rol_recibe_y_hasta_cuando_y_no_elige_a_nadie(cliente, se_va, tecnico):
    campo = cliente.get(url(se_va)).context["form"]["toma_aportes"]
    assert campo.initial is None
    recibe = f"Quien elija recibirá el rol Coordinador de Centro – Cusco hasta el {dentro_de(90):%d/%m/%Y}"
    assert recibe in campo.help_text
    assert not campo.field.required, "se puede dejar sin responsable"


def test_a_quien_se_elige_se_le_presta_el_rol_y_la_pantalla_lo_dice(cliente, se_va, tecnico):
    datos = {"ultimo_dia": dentro_de(0), "motivo": "x", "toma_aportes": tecnico.pk}
    pagina = cliente.post(url(se_va), datos, follow=True).content.decode()
    encargo = Asignacion.objects.encargaturas().get()
    assert (encargo.usuario, encargo.rol, encargo.hasta) == (tecnico, Rol.COORDINADOR, dentro_de(90))
    assert f"{tecnico} recibe el rol hasta el {dentro_de(90):%d/%m/%Y}" in pagina


def test_si_hay_otro_titular_se_ofrece_solo_el_y_no_se_presta_nada(cliente, se_va, tecnico, cusco, ogauc):
    otra = personas.con_rol("otra.titular", Rol.COORDINADOR, centro=cusco)
    campo = cliente.get(url(se_va)).context["form"]["toma_aportes"]
    assert (campo.initial, list(campo.field.queryset)) == (otra, [otra])
    cese = cesar(se_va, ogauc, aportes=otra)
    assert "sigue con otra.titular" in que_dice(cese)["aportes"]
    assert not Asignacion.objects.encargaturas().exists()


def test_quien_ya_no_tiene_su_rol_no_es_candidato(cliente, se_va, tecnico):
    tecnico.asignaciones.update(desde=dentro_de(-900), hasta=dentro_de(-400))
    campo = cliente.get(url(se_va)).context["form"]["toma_aportes"]
    assert not campo.field.queryset.exists()


def test_quien_ya_no_es_tecnico_del_sistema_no_es_candidato(cliente, tecnico):
    titular = personas.responsable_de_presupuesto()
    fila = PersonalFactory(usuario=titular, centro=None, cargo="responsable_tecnico", sistema=SistemaFactory())
    ValidacionFactory(capacitacion=CapacitacionFactory())
    tecnico.asignaciones.update(desde=dentro_de(-900), hasta=dentro_de(-400))
    campo = cliente.get(url(fila)).context["form"]["toma_validaciones"]
    assert not campo.field.queryset.exists()


def test_el_calendario_no_presta_un_rol_que_nadie_eligio_dar(se_va, tecnico, ogauc):
    cesar(se_va, ogauc, ultimo_dia=5)
    Cese.objects.update(ultimo_dia=dentro_de(-1))
    assert ceses.aplicar_ceses_de_hoy() == "ceses aplicados: 1"
    assert "queda sin responsable" in que_dice(Cese.objects.get())["aportes"]
    assert not Asignacion.objects.encargaturas().exists()


def test_el_calendario_presta_el_rol_a_quien_se_eligio(se_va, tecnico, ogauc):
    cesar(se_va, ogauc, ultimo_dia=5, aportes=tecnico)
    Cese.objects.update(ultimo_dia=dentro_de(-1))
    assert ceses.aplicar_ceses_de_hoy() == "ceses aplicados: 1"
    assert Asignacion.objects.encargaturas().get().usuario == tecnico


def test_el_programado_dice_que_rol_recibira(cliente, se_va, tecnico, ogauc):
    cesar(se_va, ogauc, ultimo_dia=5, aportes=tecnico)
    pagina = cliente.get(url(se_va)).content.decode()
    assert f"{tecnico} recibe el rol hasta el {dentro_de(96):%d/%m/%Y}" in pagina


def test_si_coordinaba_dos_centros_el_rol_se_presta_solo_donde_trabaja(se_va, tecnico, cusco, arequipa, ogauc):
    asignar_rol(usuario=se_va.usuario, rol=Rol.COORDINADOR, centro=arequipa)
    con_aporte(arequipa)
    cese = cesar(se_va, ogauc, aportes=tecnico)
    assert Asignacion.objects.encargaturas().get().centro == cusco
    assert "Coordinador de Centro – Arequipa: queda sin responsable" in que_dice(cese)["aportes"]


def test_se_presta_hasta_que_empiece_quien_ya_esta_designado(se_va, tecnico, cusco, ogauc):
    asignar_rol(usuario=UsuarioFactory(), rol=Rol.COORDINADOR, centro=cusco, desde=dentro_de(30))
    cesar(se_va, ogauc, aportes=tecnico)
    assert Asignacion.objects.encargaturas().get().hasta == dentro_de(29)


@pytest.mark.parametrize("ultimo_dia", [0, 5])
def test_quien_tiene_el_rol_encargado_tambien_se_puede_ir(se_va, tecnico, cusco, arequipa, ogauc, ultimo_dia):
    """El encargo que estorbaba era el suyo."""
    se_va.usuario.asignaciones.all().delete()
    encargado(se_va.usuario, centro=cusco)
    cesar(se_va, ogauc, ultimo_dia=ultimo_dia, aportes=tecnico)
    if ultimo_dia:
        Cese.objects.update(ultimo_dia=dentro_de(-1))
        assert ceses.aplicar_ceses_de_hoy() == "ceses aplicados: 1"
    assert not Usuario.objects.get(pk=se_va.usuario_id).is_active
    assert Asignacion.objects.vigentes().get(rol=Rol.COORDINADOR).usuario == tecnico


def test_el_responsable_tecnico_encargado_tambien_se_puede_ir(tecnico, ogauc, cusco):
    fila = PersonalFactory(usuario=UsuarioFactory(), centro=cusco, cargo="asistente")
    encargado(fila.usuario, Rol.RESPONSABLE_TECNICO, sistema=SistemaFactory())
    ValidacionFactory(capacitacion=CapacitacionFactory())
    cesar(fila, ogauc, validaciones=tecnico)
    assert Asignacion.objects.vigentes().get(rol=Rol.RESPONSABLE_TECNICO).usuario == tecnico


def test_quien_registra_el_cese_no_se_queda_con_el_rol(se_va, ogauc, cusco):
    asignar_rol(usuario=ogauc, rol=Rol.ESPECIALISTA, centro=cusco, sistema=SistemaFactory())
    with pytest.raises(ceses.CeseImposible, match="a sí mismo"):
        cesar(se_va, ogauc, aportes=ogauc)
    assert not Asignacion.objects.encargaturas().exists()


def test_quien_registra_el_cese_tampoco_si_ya_lo_tiene_en_otro_de_los_lugares(se_va, ogauc, cusco, arequipa):
    asignar_rol(usuario=se_va.usuario, rol=Rol.COORDINADOR, centro=arequipa)
    con_aporte(arequipa)
    asignar_rol(usuario=ogauc, rol=Rol.COORDINADOR, centro=cusco)
    asignar_rol(usuario=ogauc, rol=Rol.ESPECIALISTA, centro=arequipa, sistema=SistemaFactory())
    with pytest.raises(ceses.CeseImposible, match="a sí mismo"):
        cesar(se_va, ogauc, aportes=ogauc)
    assert not Asignacion.objects.encargaturas().exists()
