"""Cambiar de puesto a alguien deja su historia, y su cuenta sigue al puesto o se avisa."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from custodia.models import Huella
from directorio.actions import (
    CambioImposible,
    anular_cambio_programado,
    cambiar_de_puesto,
    dar_acceso,
    poner_puestos_de_hoy,
)
from directorio.models import Personal
from organizacion.actions import asignar_rol
from organizacion.models import Rol
from tests.fabricas import PersonalFactory, SistemaFactory, UsuarioFactory

pytestmark = pytest.mark.django_db

ASISTENTE, ADMINISTRATIVO = Personal.Cargo.ASISTENTE, Personal.Cargo.COORDINADOR_ADMINISTRATIVO


def hoy(dias=0):
    return timezone.localdate() + dt.timedelta(days=dias)


def puesto(personal, **cambios):
    return {campo: getattr(personal, campo) for campo in ("cargo", "centro", "sistema", "organo")} | cambios


@pytest.fixture
def asistente(cusco):
    usuario = UsuarioFactory(username="asistente")
    asignar_rol(usuario=usuario, rol=Rol.ASISTENTE, centro=cusco, desde=hoy(-100))
    return PersonalFactory(centro=cusco, cargo=ASISTENTE, usuario=usuario)


def test_el_puesto_de_antes_queda_con_sus_fechas(asistente, ogauc):
    cambiar_de_puesto(personal=asistente, puesto=puesto(asistente, cargo=ADMINISTRATIVO), desde=hoy(), por=ogauc)

    nuevo, antes = asistente.puestos.all()
    assert (antes.cargo, antes.desde, antes.hasta) == (ASISTENTE, asistente.desde, hoy(-1))
    assert (nuevo.cargo, nuevo.desde, nuevo.hasta) == (ADMINISTRATIVO, hoy(), None)
    assert Personal.objects.get(pk=asistente.pk).cargo == ADMINISTRATIVO
    assert Huella.objects.filter(accion="cambiar de puesto", objeto=str(asistente.pk)).exists()


def test_el_rol_de_la_cuenta_sigue_al_puesto_el_mismo_dia(asistente, ogauc, arequipa):
    nuevo = puesto(asistente, cargo=ADMINISTRATIVO, centro=arequipa)
    assert cambiar_de_puesto(personal=asistente, puesto=nuevo, desde=hoy(), por=ogauc, con_rol=True) == ""

    vigente = asistente.usuario.asignaciones.vigentes().get()
    assert (vigente.rol, vigente.centro) == (Rol.COORDINADOR_ADMINISTRATIVO, arequipa)
    assert asistente.usuario.asignaciones.get(rol=Rol.ASISTENTE).hasta == hoy(-1)
    assert [grupo.name for grupo in asistente.usuario.groups.all()] == [Rol.COORDINADOR_ADMINISTRATIVO.label]


def test_quien_no_da_cuentas_no_da_roles_cambiando_puestos(asistente, coordinadora):
    nuevo = puesto(asistente, cargo=Personal.Cargo.COORDINADOR)
    aviso = cambiar_de_puesto(personal=asistente, puesto=nuevo, desde=hoy(), por=coordinadora)

    assert "pida a la OGAUC" in aviso
    assert [a.rol for a in asistente.usuario.asignaciones.vigentes()] == [Rol.ASISTENTE]


def test_un_cambio_futuro_llega_en_su_dia(asistente, ogauc):
    cambiar_de_puesto(
        personal=asistente, puesto=puesto(asistente, cargo=ADMINISTRATIVO), desde=hoy(5), por=ogauc, con_rol=True
    )
    assert poner_puestos_de_hoy() == ""
    assert Personal.objects.get(pk=asistente.pk).cargo == ASISTENTE
    assert [a.rol for a in asistente.usuario.asignaciones.vigentes()] == [Rol.ASISTENTE]

    asistente.puestos.filter(por_aplicar=True).update(desde=hoy())
    assert poner_puestos_de_hoy() == "cambios de puesto aplicados: 1"
    assert poner_puestos_de_hoy() == ""
    assert Personal.objects.get(pk=asistente.pk).cargo == ADMINISTRATIVO


def test_otro_cambio_reemplaza_al_que_aun_no_llega(asistente, ogauc):
    for cargo, dias in ((ADMINISTRATIVO, 5), (Personal.Cargo.COORDINADOR, 9)):
        cambiar_de_puesto(
            personal=asistente, puesto=puesto(asistente, cargo=cargo), desde=hoy(dias), por=ogauc, con_rol=True
        )

    assert [(p.cargo, p.hasta) for p in asistente.puestos.all()] == [
        (Personal.Cargo.COORDINADOR, None),
        (ASISTENTE, hoy(8)),
    ]
    roles = {a.rol: a.hasta for a in asistente.usuario.asignaciones.all()}
    assert roles == {Rol.ASISTENTE: hoy(8), Rol.COORDINADOR: None}


@pytest.mark.parametrize("cambio", [{"cargo": Personal.Cargo.ESPECIALISTA}, {"centro": None}])
def test_un_puesto_que_no_puede_ser_no_guarda_nada(asistente, ogauc, cambio):
    with pytest.raises(CambioImposible):
        cambiar_de_puesto(personal=asistente, puesto=puesto(asistente, **cambio), desde=hoy(), por=ogauc, con_rol=True)
    assert not asistente.puestos.exists()
    assert [a.hasta for a in asistente.usuario.asignaciones.all()] == [None]


def test_si_el_sistema_ya_tiene_responsable_no_cambia_nada(asistente, ogauc):
    sistema = SistemaFactory()
    asignar_rol(usuario=UsuarioFactory(), rol=Rol.RESPONSABLE_TECNICO, sistema=sistema)
    nuevo = puesto(asistente, cargo=Personal.Cargo.RESPONSABLE_TECNICO, sistema=sistema, centro=None)
    with pytest.raises(CambioImposible, match="ya tiene Responsable Técnico"):
        cambiar_de_puesto(personal=asistente, puesto=nuevo, desde=hoy(), por=ogauc, con_rol=True)
    assert Personal.objects.get(pk=asistente.pk).cargo == ASISTENTE


def formulario(personal, **cambios):
    datos = {
        "nombres": personal.nombres,
        "apellidos": personal.apellidos,
        "cargo": personal.cargo,
        "centro": personal.centro_id,
        "desde": "2020-01-01",
        "es_publico": "on",
    }
    return datos | cambios


def editar(client, personal, **cambios):
    url = reverse("directorio_personal_modeladmin_edit", args=[personal.pk])
    return client.post(url, formulario(personal, **cambios))


def test_al_tocar_el_puesto_se_pregunta_que_ocurrio(client, ogauc, asistente):
    client.force_login(ogauc)
    respuesta = editar(client, asistente, cargo=ADMINISTRATIVO)
    assert "Elija si corrige un error o si cambió de puesto." in respuesta.content.decode()
    assert Personal.objects.get(pk=asistente.pk).cargo == ASISTENTE


def test_corregir_un_error_no_hace_historia(client, ogauc, asistente):
    client.force_login(ogauc)
    assert editar(client, asistente, cargo=ADMINISTRATIVO, que_cambio="error").status_code == 302
    assert Personal.objects.get(pk=asistente.pk).cargo == ADMINISTRATIVO
    assert not asistente.puestos.exists()


def test_un_cambio_de_puesto_se_anota_desde_el_formulario_y_se_ve_en_la_ficha(client, ogauc, asistente):
    client.force_login(ogauc)
    cambio = {"cargo": ADMINISTRATIVO, "que_cambio": "puesto", "cambia_desde": hoy(-3).isoformat()}
    assert editar(client, asistente, **cambio, telefono="984000111").status_code == 302

    fila = Personal.objects.get(pk=asistente.pk)
    assert (fila.cargo, fila.telefono) == (ADMINISTRATIVO, "984000111")
    ficha = client.get(reverse("directorio_personal_modeladmin_inspect", args=[fila.pk])).content.decode()
    assert "Asistente Administrativo, Cusco" in ficha
    assert "Depende en lo administrativo de" in ficha


def test_una_fecha_imposible_se_dice_y_no_guarda_ni_el_telefono(client, ogauc, asistente):
    client.force_login(ogauc)
    cambio = {"cargo": ADMINISTRATIVO, "que_cambio": "puesto", "cambia_desde": "2019-01-01"}
    respuesta = editar(client, asistente, **cambio, telefono="984000111")
    assert "Su puesto actual empezó el 01/01/2020" in respuesta.content.decode()
    assert Personal.objects.get(pk=asistente.pk).telefono == ""


def test_prorrogar_el_contrato_prorroga_tambien_el_rol(client, ogauc, cusco):
    contratada = PersonalFactory(centro=cusco, cargo=ASISTENTE, hasta=hoy(5))
    usuario = dar_acceso(personal=contratada, username="c", correo="c@mef.example", rol=Rol.ASISTENTE, por=ogauc)
    client.force_login(ogauc)
    assert editar(client, contratada, hasta=hoy(200).isoformat()).status_code == 302
    assert usuario.asignaciones.vigentes(hoy(30)).get().rol == Rol.ASISTENTE


def test_anular_un_cambio_programado_deja_el_rol_sin_fecha_de_fin(asistente, ogauc):
    Personal.objects.filter(pk=asistente.pk).update(hasta=hoy(60))
    nuevo = puesto(asistente, cargo=ADMINISTRATIVO)
    cambiar_de_puesto(personal=asistente, puesto=nuevo, desde=hoy(5), por=ogauc, con_rol=True)
    anular_cambio_programado(personal=asistente, por=ogauc)
    assert [(a.rol, a.hasta) for a in asistente.usuario.asignaciones.all()] == [(Rol.ASISTENTE, None)]


def test_al_actualizar_los_roles_sueltan_la_fecha_del_contrato_y_no_la_de_un_cambio_programado(asistente, ogauc):
    contratada = UsuarioFactory(username="contratada")
    PersonalFactory(usuario=contratada, centro=asistente.centro, hasta=hoy(200))
    asignar_rol(usuario=contratada, rol=Rol.ASISTENTE, centro=asistente.centro, desde=hoy(-9), hasta=hoy(5))
    nuevo = puesto(asistente, cargo=ADMINISTRATIVO)
    cambiar_de_puesto(personal=asistente, puesto=nuevo, desde=hoy(5), por=ogauc, con_rol=True)

    import_module("directorio.migrations.0004_roles_sin_fecha_del_contrato").quitar_la_fecha(apps, None)

    assert contratada.asignaciones.get().hasta is None
    assert asistente.usuario.asignaciones.get(rol=Rol.ASISTENTE).hasta == hoy(4)


def agregar(client, **cambios):
    datos = {"nombres": "Rosa", "apellidos": "Quispe", "desde": "2020-01-01", "es_publico": "on"} | cambios
    return client.post(reverse("directorio_personal_modeladmin_create"), datos, follow=True)


def test_quien_coordina_no_lleva_sistema_aunque_se_elija(client, ogauc, cusco):
    client.force_login(ogauc)
    agregar(client, cargo="coordinador", centro=cusco.pk, sistema=SistemaFactory().pk)
    assert Personal.objects.get().sistema is None


def test_ponerle_un_sistema_a_quien_no_lo_lleva_no_pregunta_si_cambio_de_puesto(client, ogauc, asistente):
    client.force_login(ogauc)
    assert editar(client, asistente, sistema=SistemaFactory().pk, telefono="984000111").status_code == 302
    fila = Personal.objects.get(pk=asistente.pk)
    assert (fila.sistema, fila.telefono) == (None, "984000111")


def test_a_un_segundo_coordinador_se_le_agrega_y_se_avisa_que_ya_hay_otro(client, ogauc, cusco):
    antes = PersonalFactory(centro=cusco, cargo="coordinador")
    client.force_login(ogauc)
    pagina = agregar(client, cargo="coordinador", centro=cusco.pk).content.decode()
    assert f"{antes} también figura como Coordinador de Centro de Cusco" in pagina
    assert Personal.objects.filter(cargo="coordinador", centro=cusco).count() == 2
    assert "también figura" not in agregar(client, cargo="asistente", centro=cusco.pk).content.decode()


def test_si_no_se_guardo_no_se_avisa_de_que_ya_hay_otro(client, ogauc, cusco):
    PersonalFactory(centro=cusco, cargo="coordinador")
    client.force_login(ogauc)
    malo = {"contactos-TOTAL_FORMS": "1", "contactos-INITIAL_FORMS": "0", "contactos-0-clase": "correo"}
    pagina = agregar(client, cargo="coordinador", centro=cusco.pk, **malo, **{"contactos-0-valor": "malo"})
    assert "también figura" not in pagina.content.decode()
    assert Personal.objects.filter(cargo="coordinador").count() == 1


def test_al_ascender_a_coordinador_donde_ya_hay_uno_se_avisa(client, ogauc, asistente):
    antes = PersonalFactory(centro=asistente.centro, cargo="coordinador")
    client.force_login(ogauc)
    url = reverse("directorio_personal_modeladmin_edit", args=[asistente.pk])
    datos = formulario(asistente, cargo="coordinador", que_cambio="puesto", cambia_desde=hoy(3).isoformat())
    assert f"{antes} también figura" in client.post(url, datos, follow=True).content.decode()


def test_sin_cargo_solo_se_pide_el_cargo(client, ogauc):
    client.force_login(ogauc)
    assert list(agregar(client).context["form"].errors) == ["cargo"]


def test_a_quien_trabaja_en_un_centro_no_se_le_ofrece_la_sede(client, ogauc, coordinadora):
    url = reverse("directorio_personal_modeladmin_create")
    for quien, ofrece in ((ogauc, True), (coordinadora, False)):
        client.force_login(quien)
        assert ("Vacío: sede" in client.get(url).content.decode()) == ofrece


def test_la_lista_va_por_apellidos_sin_que_las_tildes_la_desordenen(client, ogauc, cusco):
    for nombres, apellidos in (("Ana", "Choque"), ("Zoila", "Cárdenas"), ("Luis", "Ávila")):
        PersonalFactory(nombres=nombres, apellidos=apellidos, centro=cusco)
    client.force_login(ogauc)
    pagina = client.get(reverse("directorio_personal_modeladmin_index")).content.decode()
    lugares = [pagina.index(nombre) for nombre in ("Ávila, Luis", "Cárdenas, Zoila", "Choque, Ana")]
    assert lugares == sorted(lugares)
