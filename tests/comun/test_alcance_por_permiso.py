"""Ser coordinador en Cusco no vale en Arequipa: cada rol alcanza solo lo que él deja ver (invariante 1, ADR 0027)."""

import itertools

import pytest
from django.apps import apps
from django.db.models import Q
from django.urls import reverse

from comun.alcance import TOCAR, QuerySetConAlcance, puede_en
from directorio.models import Entidad, Operador, Personal
from eventos.models import Capacitacion, Llamada
from home.models import AvisoDeMural
from intranet.matriz import PERMISOS, aplicar_permisos
from organizacion.actions import asignar_rol
from organizacion.models import ROLES_DE_CENTRO, ROLES_DE_SISTEMA, Asignacion, Centro, Rol, Usuario
from tests.fabricas import (
    AvisoDeMuralFactory,
    CapacitacionFactory,
    OperadorFactory,
    PersonalFactory,
    SistemaFactory,
    SuscriptorFactory,
    UsuarioFactory,
)

pytestmark = pytest.mark.django_db
SIN_ALIADO = [rol for rol in Rol if rol != Rol.ALIADO]


def con_alcance():
    """Las importaciones se abren por registro: su alcance lo prueba tests/directorio/test_importar.py."""
    con = (m for m in apps.get_models() if isinstance(m._default_manager.all(), QuerySetConAlcance))
    return [modelo for modelo in con if modelo._meta.label != "directorio.Importacion"]


def permiso_de(modelo) -> str:
    """«app.modelo» cuyas letras de la matriz abren sus filas; «» si basta cualquier rol."""
    declarado = type(modelo._default_manager.all()).permiso_de
    return modelo._meta.label_lower if declarado is None else declarado


def puede(rol, modelo, letras) -> bool:
    declarado = permiso_de(modelo)
    return not declarado or bool(set(PERMISOS[rol].get(declarado, "")) & set(letras))


@pytest.fixture
def personal_de(cusco, arequipa):
    """f(rol, otro): alguien con ``rol`` en Cusco y ``otro`` en Arequipa, o en la sede si son de la sede."""
    aplicar_permisos()
    otro_sistema = SistemaFactory(slug="tesoreria", nombre="Tesorería")

    def crear(rol, otro):
        usuario = UsuarioFactory()
        for cual, centro, sistema in ((rol, cusco, SistemaFactory()), (otro, arequipa, otro_sistema)):
            asignar_rol(usuario=usuario, rol=cual, **donde(cual, centro, sistema))
        return Usuario.objects.get(pk=usuario.pk)

    return crear


def donde(rol, centro, sistema) -> dict:
    return {
        "centro": centro if rol in ROLES_DE_CENTRO else None,
        "sistema": sistema if rol in ROLES_DE_SISTEMA else None,
    }


@pytest.fixture
def alguien_con(cusco, arequipa):
    """f(rol, otro): lo mismo sin guardarlo: para recorrer todos los pares."""
    aplicar_permisos()
    sistemas = SistemaFactory(), SistemaFactory(slug="tesoreria", nombre="Tesorería")

    def crear(rol, otro):
        usuario = Usuario()
        pares = zip((rol, otro), (cusco, arequipa), sistemas, strict=True)
        usuario.asignaciones_vigentes = [Asignacion(rol=cual, **donde(cual, *lugar)) for cual, *lugar in pares]
        return usuario

    return crear


def esperado(modelo, asignaciones, letras):
    """La unión, asignación por asignación, de lo que abarca cada una si su rol puede; ``None`` es todo."""
    filas = modelo._default_manager.all()
    condicion = Q(pk__in=[])
    for a in asignaciones:
        if not puede(a.rol, modelo, letras):
            continue
        if a.es_nacional:
            return None
        suya = filas.condicion(Usuario()._alcance_de([a]))
        if not suya:
            return None  # «Q()» es todo, y unida a otra se perdería
        condicion |= suya
    return condicion


def test_todo_modelo_con_alcance_dice_que_permiso_lo_abre():
    en_la_matriz = set().union(*PERMISOS.values())
    sueltos = [m._meta.label for m in con_alcance() if permiso_de(m) and permiso_de(m) not in en_la_matriz]
    assert not sueltos, f"declare permiso_de en su QuerySet, o sus letras en la matriz: {sueltos}"


def test_de_dos_roles_en_dos_centros_se_ve_la_union_de_lo_que_cada_uno_deja_ver(alguien_con):
    """Los 14 × 14 pares de roles por los modelos con alcance: el alcance es el de cada asignación que puede."""
    for rol, otro in itertools.combinations_with_replacement(SIN_ALIADO, 2):
        usuario = alguien_con(rol, otro)
        for modelo in con_alcance():
            permisos = modelo._default_manager.all().permisos_de(modelo, ("view",))
            que_pueden = [a for a in usuario.asignaciones_vigentes if puede(a.rol, modelo, "v")]
            alcance = usuario.alcance_con(*permisos) if permisos else usuario.alcance
            assert alcance == Usuario()._alcance_de(que_pueden), (rol, otro, modelo)


@pytest.fixture
def filas(cusco, arequipa):
    tesoreria = SistemaFactory(slug="tesoreria", nombre="Tesorería")
    for centro in (cusco, arequipa, None):
        SuscriptorFactory(centro=centro)
        AvisoDeMuralFactory(centro=centro)
        for sistema in (SistemaFactory(), tesoreria):
            organizador = Capacitacion.Organizador.CENTRO if centro else Capacitacion.Organizador.SEDE
            CapacitacionFactory(centro=centro, organizador=organizador, sistemas=[sistema])
            if centro:
                OperadorFactory(entidad__centro=centro).sistemas.add(sistema)
                PersonalFactory(centro=centro, sistema=sistema)


@pytest.mark.parametrize("rol", [Rol.COORDINADOR, Rol.OGAUC, Rol.RESPONSABLE_TECNICO])
@pytest.mark.parametrize("otro", [Rol.ASISTENTE, Rol.OAUTDA, Rol.ENTE_RECTOR])
def test_las_filas_que_salen_son_esas(personal_de, filas, rol, otro):
    usuario = personal_de(rol, otro)
    for modelo in (Personal, Entidad, Operador, Capacitacion, Centro, apps.get_model("boletines.suscriptor")):
        condicion = esperado(modelo, usuario.asignaciones_vigentes, "v")
        toca = modelo.objects.all() if condicion is None else modelo.objects.filter(condicion)
        assert set(modelo.objects.para(usuario)) == set(toca), modelo


def test_con_la_union_de_antes_se_veia_de_mas(personal_de, filas, arequipa):
    """Control: la unión de los alcances da suscriptores de Arequipa a quien ahí solo asiste."""
    usuario = personal_de(Rol.COORDINADOR, Rol.ASISTENTE)
    suscriptores = apps.get_model("boletines.suscriptor").objects
    assert suscriptores.all().en(usuario.alcance).filter(centro=arequipa).exists()
    assert usuario.has_perm("boletines.view_suscriptor")
    assert not suscriptores.para(usuario).filter(centro=arequipa).exists()


def test_un_rol_de_la_sede_que_no_ve_un_registro_no_lo_abre_en_todo_el_pais(personal_de, filas, cusco):
    usuario = personal_de(Rol.COORDINADOR, Rol.ODP)
    assert {e.centro for e in Entidad.objects.para(usuario)} == {cusco}


def test_cambia_donde_su_rol_cambia_y_en_el_otro_centro_solo_mira(personal_de, filas, cusco, arequipa, client):
    usuario = personal_de(Rol.COORDINADOR, Rol.ASISTENTE)
    propia, ajena = Personal.objects.get(centro=cusco, sistema__slug="presupuesto"), arequipa.personal.first()
    assert set(Personal.objects.propias(usuario)) == set(cusco.personal.all())
    assert puede_en(usuario, propia, "directorio.change_personal")
    assert not puede_en(usuario, ajena, "directorio.change_personal")
    client.force_login(usuario)
    editar = "directorio_personal_modeladmin_edit"
    assert client.get(reverse(editar, args=[propia.pk])).status_code == 200
    assert client.get(reverse("directorio_personal_modeladmin_inspect", args=[ajena.pk])).status_code == 200
    assert client.get(reverse(editar, args=[ajena.pk])).status_code in (302, 403)


def test_no_agrega_donde_su_rol_no_agrega(personal_de, client, cusco, arequipa):
    client.force_login(personal_de(Rol.COORDINADOR, Rol.ASISTENTE))
    opciones = client.get(reverse("directorio_personal_modeladmin_create")).context["form"].fields["centro"].queryset
    assert set(opciones) == {cusco}


def test_ver_la_capacitacion_no_abre_sus_llamadas(personal_de, filas, client, cusco, arequipa):
    """Coordina Cusco y es Coordinador Administrativo en Arequipa: ahí ve la capacitación y no a quién se llamó."""
    client.force_login(personal_de(Rol.COORDINADOR, Rol.COORDINADOR_ADMINISTRATIVO))
    propia, ajena = (
        Capacitacion.objects.filter(centro=cusco).first(),
        Capacitacion.objects.filter(centro=arequipa).first(),
    )
    assert client.get(reverse("eventos_intranet:llamadas", args=[propia.pk])).status_code == 200
    assert client.get(reverse("eventos_intranet:panel", args=[ajena.pk])).status_code == 200
    assert client.get(reverse("eventos_intranet:llamadas", args=[ajena.pk])).status_code == 404


def test_un_permiso_suelto_no_abre_filas_que_ningun_rol_suyo_abre(asistente, filas):
    assert not Llamada.objects.propias(UsuarioFactory()).exists()
    assert not apps.get_model("boletines.suscriptor").objects.para(asistente).exists()


def test_el_superusuario_ve_todo(filas):
    todo = Usuario.objects.get(pk=UsuarioFactory(is_superuser=True).pk)
    assert Entidad.objects.para(todo).count() == Entidad.objects.count()
    assert AvisoDeMural.objects.propias(todo).count() == AvisoDeMural.objects.count()


def test_el_alcance_cuesta_dos_consultas_por_pedido(personal_de, filas, django_assert_num_queries):
    usuario = personal_de(Rol.COORDINADOR, Rol.ASISTENTE)
    usuario = Usuario.objects.get(pk=usuario.pk)
    with django_assert_num_queries(2):
        for permiso in ("directorio.view_entidad", "directorio.view_personal", "boletines.view_suscriptor"):
            usuario.alcance_con(permiso)


def test_lo_que_toca_un_rol_es_lo_que_dice_la_matriz(alguien_con):
    for rol in SIN_ALIADO:
        usuario = alguien_con(rol, Rol.OGARH)
        for modelo in con_alcance():
            if not permiso_de(modelo) or type(modelo._default_manager.all()).acciones_propias != TOCAR:
                continue
            alcance = usuario.alcance_con(*modelo._default_manager.all().permisos_de(modelo, TOCAR))
            asignaciones = usuario.asignaciones_vigentes
            assert alcance == Usuario()._alcance_de([a for a in asignaciones if puede(a.rol, modelo, "acdpr")])
