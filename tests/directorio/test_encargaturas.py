"""Prestar un rol entre dos fechas."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from custodia.models import Huella
from directorio.cuentas.encargaturas import EncargoImposible, encargar, roles_que_encarga, terminar_encargatura
from organizacion.actions import sincronizar_grupos_de_hoy
from organizacion.models import Asignacion, Rol, Usuario
from tests import personas
from tests.fabricas import PersonalFactory, SistemaFactory, UsuarioFactory

pytestmark = pytest.mark.django_db
HOY = timezone.localdate


def dentro_de(dias):
    return HOY() + dt.timedelta(days=dias)


@pytest.fixture
def asistente(asistente, cusco):
    PersonalFactory(usuario=asistente, centro=cusco)
    return asistente


def datos(**cambios):
    return {"rol": "coordinador", "centro": "", "sistema": "", "desde": HOY(), "hasta": dentro_de(10)} | {
        "motivo": "Vacaciones de la titular",
        "memorando": "Memo 12-2026",
        **cambios,
    }


def encargo(usuario, rol=Rol.COORDINADOR, desde=0, hasta=10, **donde):
    return Asignacion(usuario=usuario, rol=rol, desde=dentro_de(desde), hasta=dentro_de(hasta), motivo="x", **donde)


def pantalla(usuario):
    return reverse("personal_encargar", args=[usuario.personal.pk])


def test_mientras_dura_el_encargo_sus_grupos_y_su_alcance_lo_siguen(client, ogauc, asistente, cusco):
    client.force_login(ogauc)
    assert client.post(pantalla(asistente), datos(centro=cusco.pk)).status_code == 302
    encargado = Usuario.objects.get(pk=asistente.pk)
    assert encargado.groups.filter(name=Rol.COORDINADOR.label).exists()
    assert encargado.has_perm("boletines.view_suscriptor")
    fila = Asignacion.objects.encargaturas().get()
    assert (fila.encargada_por, fila.memorando, fila.motivo) == (ogauc, "Memo 12-2026", "Vacaciones de la titular")
    assert Huella.objects.filter(accion="encargar rol", usuario=ogauc).exists()


def test_empieza_y_termina_solo(ogauc, asistente, cusco):
    fila = encargar(asignacion=encargo(asistente, desde=2, hasta=3, centro=cusco), por=ogauc)
    assert not asistente.groups.filter(name=Rol.COORDINADOR.label).exists()
    Asignacion.objects.filter(pk=fila.pk).update(desde=HOY())
    sincronizar_grupos_de_hoy()
    assert asistente.groups.filter(name=Rol.COORDINADOR.label).exists()
    Asignacion.objects.filter(pk=fila.pk).update(desde=dentro_de(-5), hasta=dentro_de(-1))
    sincronizar_grupos_de_hoy()
    assert not asistente.groups.filter(name=Rol.COORDINADOR.label).exists()


@pytest.mark.parametrize(
    ("cambios", "dice"),
    [
        ({"hasta": dentro_de(-1)}, "anterior al primero"),
        ({"desde": dentro_de(-3)}, "antes de hoy"),
        ({"hasta": dentro_de(500)}, "a lo más un año"),
        ({"centro": ""}, "Elija el centro"),
        ({"rol": "especialista"}, "Elija el sistema"),
        ({"rol": "asistente"}, "Ya tiene ese rol"),
    ],
)
def test_lo_que_no_puede_ser_se_dice_y_no_se_guarda(client, ogauc, asistente, cusco, cambios, dice):
    client.force_login(ogauc)
    respuesta = client.post(pantalla(asistente), datos(**({"centro": cusco.pk} | cambios)))
    assert dice in str(respuesta.context["form"].errors)
    assert not Asignacion.objects.encargaturas().exists()


def test_todo_lo_que_esta_mal_se_dice_de_una_vez_y_en_su_campo(client, ogauc, asistente):
    client.force_login(ogauc)
    respuesta = client.post(pantalla(asistente), datos(desde=dentro_de(-3), hasta=dentro_de(-5), motivo=""))
    assert set(respuesta.context["form"].errors) == {"centro", "desde", "hasta", "motivo"}


def test_un_coordinador_con_sistema_es_el_mismo_coordinador(client, ogauc, asistente, cusco):
    client.force_login(ogauc)
    client.post(pantalla(asistente), datos(centro=cusco.pk, sistema=SistemaFactory().pk))
    assert Asignacion.objects.encargaturas().get().sistema is None
    respuesta = client.post(pantalla(asistente), datos(centro=cusco.pk, sistema=SistemaFactory().pk))
    assert "Ya tiene ese rol" in str(respuesta.context["form"].errors)
    Asignacion.objects.encargaturas().update(sistema=SistemaFactory())
    respuesta = client.post(pantalla(asistente), datos(centro=cusco.pk))
    assert "Ya tiene ese rol" in str(respuesta.context["form"].errors), "tampoco con los que se dieron antes con él"


def test_un_sistema_tiene_un_solo_responsable_tecnico_encargado(ogauc, asistente, especialista):
    """Además de su titular (R17)."""
    sistema = SistemaFactory()
    encargar(asignacion=encargo(asistente, Rol.RESPONSABLE_TECNICO, sistema=sistema), por=ogauc)
    with pytest.raises(EncargoImposible, match="ya está encargado a"):
        encargar(asignacion=encargo(especialista, Rol.RESPONSABLE_TECNICO, 5, 20, sistema=sistema), por=ogauc)


def test_nadie_se_encarga_un_rol(client, ogauc):
    PersonalFactory(usuario=ogauc, cargo="sede", centro=None)
    client.force_login(ogauc)
    for pedir in (client.get, client.post):
        pagina = pedir(pantalla(ogauc), datos(rol="comunicaciones"), follow=True).content.decode()
        assert "a sí mismo" in pagina
        assert 'name="memorando"' not in pagina, "no se le muestra un formulario que se le va a negar"
    with pytest.raises(EncargoImposible, match="a sí mismo"):
        encargar(asignacion=encargo(ogauc, Rol.COMUNICACIONES), por=ogauc)


def test_nadie_da_el_de_administrar_salvo_un_superusuario(asistente, ogauc):
    administrador = personas.con_rol("administrador", Rol.ADMINISTRADOR)
    for por in (ogauc, administrador):
        assert Rol.ADMINISTRADOR not in roles_que_encarga(por)
        with pytest.raises(EncargoImposible):
            encargar(asignacion=encargo(asistente, Rol.ADMINISTRADOR), por=por)
    encargar(asignacion=encargo(asistente, Rol.ADMINISTRADOR), por=UsuarioFactory(is_superuser=True))


def test_una_cuenta_de_superusuario_solo_la_toca_otra(ogauc, cusco):
    de_sistemas = UsuarioFactory(is_superuser=True)
    with pytest.raises(EncargoImposible):
        encargar(asignacion=encargo(de_sistemas, centro=cusco), por=ogauc)


def test_el_coordinador_encarga_la_mesa_de_partes_de_su_centro_y_nada_mas(
    client, coordinadora, especialista, cusco, arequipa
):
    """R26: ausente el Asistente, alguien del centro lo asume; los demás roles los da la OGAUC (R4)."""
    PersonalFactory(usuario=especialista, centro=cusco)
    client.force_login(coordinadora)
    for rol, centro in (("coordinador", cusco), ("asistente", arequipa), ("ogauc", "")):
        client.post(pantalla(especialista), datos(rol=rol, centro=getattr(centro, "pk", "")))
    assert not Asignacion.objects.encargaturas().exists()
    client.post(pantalla(especialista), datos(rol="asistente", centro=cusco.pk))
    fila = Asignacion.objects.encargaturas().get()
    assert client.get(reverse("encargaturas")).context["terminables"] == {fila.pk}


def test_el_coordinador_no_alcanza_a_quien_es_de_otro_centro(client, coordinadora, arequipa):
    ajeno = PersonalFactory(usuario=UsuarioFactory(), centro=arequipa)
    client.force_login(coordinadora)
    for nombre in ("personal_roles", "personal_encargar"):
        assert client.get(reverse(nombre, args=[ajeno.pk])).status_code == 404


def test_terminar_antes_quita_el_rol_al_momento(client, ogauc, asistente, cusco):
    fila = encargar(asignacion=encargo(asistente, centro=cusco), por=ogauc)
    Asignacion.objects.filter(pk=fila.pk).update(desde=dentro_de(-4))
    client.force_login(ogauc)
    client.post(reverse("encargatura_terminar", args=[fila.pk]))
    fila.refresh_from_db()
    assert fila.situacion == "pasada"
    assert not asistente.groups.filter(name=Rol.COORDINADOR.label).exists()
    assert Huella.objects.filter(accion="terminar encargo").exists()
    with pytest.raises(EncargoImposible, match="ya terminó"):
        terminar_encargatura(asignacion=fila, por=ogauc)


def test_un_rol_propio_no_se_termina_por_aqui(client, ogauc, asistente):
    propio = asistente.asignaciones.get()
    client.force_login(ogauc)
    assert client.post(reverse("encargatura_terminar", args=[propio.pk])).status_code == 404


def test_la_lista_dice_de_quien_es_cada_uno_y_quien_lo_encargo(client, ogauc, asistente, cusco):
    encargar(asignacion=encargo(asistente, centro=cusco), por=ogauc)
    client.force_login(ogauc)
    for url in (reverse("encargaturas"), reverse("personal_roles", args=[asistente.personal.pk])):
        pagina = client.get(url).content.decode()
        assert "encargado por ogauc" in pagina
        assert "Terminar el encargo" in pagina


@pytest.mark.parametrize("rol", [Rol.ESPECIALISTA, Rol.COMUNICACIONES, Rol.ODP])
def test_quien_no_da_roles_no_entra(client, rol, cusco, asistente):
    alguien = personas.con_rol("alguien", rol, centro=cusco if rol == Rol.ESPECIALISTA else None)
    client.force_login(alguien)
    assert client.get(reverse("encargaturas")).status_code == 403
    client.post(pantalla(asistente), datos(centro=cusco.pk))
    assert not Asignacion.objects.encargaturas().exists()


def test_la_ayuda_dice_en_palabras_lo_que_dice_la_matriz(client, ogauc, coordinadora):
    client.force_login(ogauc)
    pagina = client.get(reverse("que_puede_cada_rol")).content.decode()
    assert "ver, agregar y cambiar" in pagina
    assert Rol.RESPONSABLE_TECNICO.label in pagina
    client.force_login(coordinadora)
    assert client.get(reverse("que_puede_cada_rol")).status_code == 403
