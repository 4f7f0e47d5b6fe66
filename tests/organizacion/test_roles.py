"""Los roles abren y cierran el alcance de cada quien."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from organizacion.actions import asignar_rol, sincronizar_grupos
from organizacion.models import Centro, Rol, Usuario
from tests import personas
from tests.fabricas import SistemaFactory, UsuarioFactory

pytestmark = pytest.mark.django_db


def test_una_coordinadora_solo_alcanza_su_centro(coordinadora, cusco, arequipa):
    assert list(Centro.objects.para(coordinadora)) == [cusco]


def test_ogauc_alcanza_todos_los_centros(ogauc, cusco, arequipa):
    assert set(Centro.objects.para(ogauc)) == {cusco, arequipa}


def test_un_rol_vencido_ya_no_abre_nada(cusco):
    usuario = UsuarioFactory()
    ayer = timezone.localdate() - dt.timedelta(days=1)
    asignar_rol(usuario=usuario, rol=Rol.COORDINADOR, centro=cusco, desde=ayer - dt.timedelta(days=30), hasta=ayer)

    usuario = Usuario.objects.get(pk=usuario.pk)
    sincronizar_grupos(usuario)

    assert not Centro.objects.para(usuario).exists()
    assert not usuario.groups.exists()


def test_una_cuenta_cerrada_no_alcanza_nada(coordinadora):
    coordinadora.is_active = False
    assert not Centro.objects.para(coordinadora).exists()


def test_un_rol_de_centro_sin_centro_se_rechaza():
    with pytest.raises(ValidationError, match="centro"):
        asignar_rol(usuario=UsuarioFactory(), rol=Rol.ASISTENTE)


def test_un_responsable_tecnico_sin_sistema_se_rechaza():
    with pytest.raises(ValidationError, match="sistema"):
        asignar_rol(usuario=UsuarioFactory(), rol=Rol.RESPONSABLE_TECNICO)


def test_asignar_dos_veces_el_mismo_rol_no_lo_duplica(cusco):
    usuario = UsuarioFactory()
    primera = asignar_rol(usuario=usuario, rol=Rol.ASISTENTE, centro=cusco)
    assert asignar_rol(usuario=usuario, rol=Rol.ASISTENTE, centro=cusco) == primera


def test_el_responsable_tecnico_ve_todos_los_centros_en_su_sistema(cusco, arequipa):
    responsable = personas.responsable_de_presupuesto()
    assert responsable.alcance.sistemas == {SistemaFactory().pk}
    assert set(Centro.objects.para(responsable)) == {cusco, arequipa}


def test_un_rol_por_terminar_que_se_vuelve_a_dar_ya_no_termina(cusco):
    usuario = UsuarioFactory()
    hoy = timezone.localdate()
    por_terminar = asignar_rol(usuario=usuario, rol=Rol.ASISTENTE, centro=cusco, hasta=hoy)
    assert asignar_rol(usuario=usuario, rol=Rol.ASISTENTE, centro=cusco) == por_terminar
    assert usuario.asignaciones.get().hasta is None


@pytest.mark.parametrize("dias", [0, 2])
def test_quien_lo_tiene_encargado_y_pasa_a_titular_no_lo_pierde_al_terminar_el_encargo(cusco, dias):
    usuario, hoy = UsuarioFactory(), timezone.localdate()
    coordina = {"usuario": usuario, "rol": Rol.COORDINADOR, "centro": cusco}
    asignar_rol(**coordina, hasta=hoy + dt.timedelta(days=5), es_encargatura=True)
    asignar_rol(**coordina, desde=hoy + dt.timedelta(days=dias))
    propio = usuario.asignaciones.vigentes(hoy + dt.timedelta(days=9)).get()
    assert (propio.rol, propio.es_encargatura, propio.hasta) == (Rol.COORDINADOR, False, None)
