"""Publicada, la edición se remite a cada centro y su coordinador la difunde en un clic (R110)."""

import pytest
from django.core import mail
from django.urls import reverse

from boletines.actions import remision as actions
from boletines.actions.envio import BoletinSinPublicar, NoPasaLaRevision, SinSuscriptores
from boletines.models import Edicion, Remision
from correo.actions import cancelar
from correo.models import Entrega, Envio
from custodia.models import Huella
from organizacion.actions import asignar_rol
from organizacion.models import AjustesPortal, Rol, Usuario
from tests import personas
from tests.boletines.conftest import nueva_edicion, nueva_parte
from tests.fabricas import SuscriptorFactory, UsuarioFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def del_mes(edicion):
    return Edicion.objects.get_or_create(anio=2026, mes=10)[0]


@pytest.fixture
def remision(del_mes, cusco, comunicaciones):
    """La de Cusco, ya remitida y con tres suscriptores."""
    SuscriptorFactory.create_batch(3, centro=cusco)
    actions.remitir(edicion=del_mes, por=comunicaciones)
    return Remision.objects.get(centro=cusco)


def pedir_por_todos(**cambios):
    AjustesPortal.objects.update_or_create(pk=AjustesPortal.load().pk, defaults={"boletin_por_todos": True} | cambios)


def test_remitir_entrega_a_cada_centro_y_avisa_una_vez_a_su_coordinador(
    del_mes, comunicaciones, coordinadora, cusco, arequipa
):
    Usuario.objects.filter(pk=coordinadora.pk).update(email="coordinadora@conectamef.example")
    assert actions.remitir(edicion=del_mes, por=comunicaciones) == 2
    assert actions.remitir(edicion=del_mes, por=comunicaciones) == 0
    assert {r.centro for r in Remision.objects.all()} == {cusco, arequipa}
    avisos = {e.direccion: e.envio for e in Entrega.objects.select_related("envio")}
    # Arequipa no tiene coordinador con cuenta: el aviso va al correo del centro.
    assert set(avisos) == {"coordinadora@conectamef.example", "arequipa@conectamef.example"}
    url = reverse("remision_difundir", args=[Remision.objects.get(centro=cusco).pk])
    assert url in avisos["coordinadora@conectamef.example"].html
    assert Huella.objects.filter(accion="remitir boletín").count() == 1


def test_un_centro_que_abre_despues_recibe_la_suya(del_mes, comunicaciones, cusco):
    actions.remitir(edicion=del_mes, por=comunicaciones)
    personas.arequipa()
    assert actions.remitir(edicion=del_mes, por=comunicaciones) == 1


def test_un_borrador_no_se_remite(archivo, comunicaciones, cusco):
    nueva_edicion(archivo, live=False)
    with pytest.raises(BoletinSinPublicar):
        actions.remitir(edicion=Edicion.objects.create(anio=2026, mes=10), por=comunicaciones)
    assert not Remision.objects.exists()


def test_la_coordinadora_difunde_la_de_su_centro_en_un_clic(client, edicion, remision, coordinadora, arequipa):
    nueva_parte(edicion, remision.centro, [{}])
    ajena = SuscriptorFactory(centro=arequipa)
    SuscriptorFactory()
    client.force_login(coordinadora)
    url = reverse("remision_difundir", args=[remision.pk])
    assert "Difundir a 3 usuarios" in client.get(url).content.decode()
    assert not Envio.objects.filter(es_masivo=True).exists()

    respuesta = client.post(url)

    envio = Envio.objects.get(es_masivo=True)
    assert respuesta.url == reverse("correo_envio_detalle", args=[envio.pk])
    assert (envio.lista, envio.centro) == ("boletin-cusco", remision.centro)
    assert envio.entregas.count() == 3
    assert not envio.entregas.filter(direccion=ajena.correo).exists()
    assert "Taller en Anta" in envio.html
    remision.refresh_from_db()
    assert (remision.envio, remision.difundida_por, remision.por_delegacion) == (envio, coordinadora, False)
    client.post(url)
    assert Envio.objects.filter(es_masivo=True).count() == 1


def test_un_encargado_de_la_coordinacion_tambien_la_difunde(client, remision, cusco):
    encargado = personas.con_rol("encargado", Rol.ESPECIALISTA, centro=cusco)
    client.force_login(encargado)
    url = reverse("remision_difundir", args=[remision.pk])
    assert client.post(url).status_code in (302, 403)
    assert not Envio.objects.filter(es_masivo=True).exists()
    asignar_rol(usuario=encargado, rol=Rol.COORDINADOR, centro=cusco, es_encargatura=True)
    client.force_login(Usuario.objects.get(pk=encargado.pk))
    client.post(url)
    assert Envio.objects.filter(es_masivo=True).count() == 1


def test_la_de_otro_centro_no_existe_y_comunicaciones_no_la_difunde_en_su_nombre(client, remision, comunicaciones):
    url = reverse("remision_difundir", args=[remision.pk])
    client.force_login(personas.coordinador_de_arequipa())
    assert client.get(url).status_code == 404
    assert client.post(url).status_code == 404
    assert client.post(reverse("remision_probar", args=[remision.pk])).status_code == 404
    client.force_login(comunicaciones)
    client.post(url)
    assert not Envio.objects.filter(es_masivo=True).exists()


def test_la_prueba_de_un_centro_llega_solo_a_su_coordinadora(client, remision, coordinadora):
    Usuario.objects.filter(pk=coordinadora.pk).update(email="coordinadora@conectamef.example")
    client.force_login(Usuario.objects.get(pk=coordinadora.pk))
    client.post(reverse("remision_probar", args=[remision.pk]))
    prueba = Envio.objects.get(asunto__startswith="[Prueba]")
    assert "CONECTAMEF Cusco" in prueba.asunto
    assert [e.direccion for e in prueba.entregas.all()] == ["coordinadora@conectamef.example"]


def test_por_todos_pide_el_ajuste_y_lo_marca_por_delegacion(client, edicion, remision, comunicaciones, arequipa):
    actions.remitir(edicion=remision.edicion, por=comunicaciones)
    SuscriptorFactory(centro=arequipa)
    client.force_login(comunicaciones)
    url = reverse("boletin_por_todos", args=[edicion.pk])
    client.post(url)
    assert not Envio.objects.filter(es_masivo=True).exists()
    with pytest.raises(actions.NoSeEnviaPorTodos):
        actions.difundir_por_todos(edicion=remision.edicion, por=comunicaciones)

    pedir_por_todos()
    client.post(url)
    assert set(Remision.objects.values_list("por_delegacion", flat=True)) == {True}
    assert {e.lista for e in Envio.objects.filter(es_masivo=True)} == {"boletin-cusco", "boletin-arequipa"}
    huellas = Huella.objects.filter(accion="difundir boletín")
    assert [h.detalle["por_delegacion"] for h in huellas] == [True, True]


def test_por_todos_no_repite_la_que_el_centro_ya_difundio(remision, coordinadora, comunicaciones, arequipa):
    actions.difundir(remision=remision, por=coordinadora)
    pedir_por_todos()
    assert actions.difundir_por_todos(edicion=remision.edicion, por=comunicaciones) == 0
    remision.refresh_from_db()
    assert remision.difundida_por == coordinadora


def test_sin_suscriptores_no_se_da_por_difundida(remision, coordinadora, comunicaciones):
    from boletines.models import Suscriptor

    Suscriptor.objects.all().delete()
    with pytest.raises(SinSuscriptores):
        actions.difundir(remision=remision, por=coordinadora)
    remision.refresh_from_db()
    assert remision.difundida_en is None


def test_si_falla_la_huella_la_remision_sigue_por_difundir(remision, coordinadora, monkeypatch):
    def fallar(**kwargs):
        raise RuntimeError

    monkeypatch.setattr(actions, "anotar", fallar)
    with pytest.raises(RuntimeError):
        actions.difundir(remision=remision, por=coordinadora)
    remision.refresh_from_db()
    assert remision.difundida_en is None
    assert not Envio.objects.filter(es_masivo=True).exists()


def test_el_tablero_dice_quien_difundio_cuantos_y_los_rebotes(
    client, edicion, remision, coordinadora, comunicaciones, ogauc, arequipa
):
    actions.remitir(edicion=remision.edicion, por=comunicaciones)
    actions.difundir(remision=remision, por=coordinadora)
    Entrega.objects.filter(envio__es_masivo=True).update(estado="enviada")
    Entrega.objects.filter(pk=Entrega.objects.filter(envio__es_masivo=True).first().pk).update(estado="rebotada")
    url = reverse("boletin_difusion", args=[edicion.pk])
    for persona in (comunicaciones, ogauc):
        client.force_login(persona)
        pagina = client.get(url).content.decode()
        for esperado in ("2 de 3", "Remitida, sin difundir", "No hay dirección de la OGTI", str(coordinadora)):
            assert esperado in pagina
    client.force_login(coordinadora)
    assert client.get(url).status_code in (302, 403)


def test_la_lista_dice_cuantos_centros_la_difundieron(client, archivo, edicion, remision, coordinadora, comunicaciones):
    nueva_edicion(archivo, mes=11, live=False)
    actions.difundir(remision=remision, por=coordinadora)
    client.force_login(comunicaciones)
    pagina = client.get(reverse("boletines_ediciones")).content.decode()
    for esperado in ("Borrador", "1 de 1 centros", "Vistas previas", "Nueva edición"):
        assert esperado in pagina
    client.force_login(coordinadora)
    pagina = client.get(reverse("boletines_ediciones")).content.decode()
    assert "Edición de noviembre" not in pagina
    assert "Ver el envío de Cusco" in pagina


def test_remitir_desde_la_lista_cuando_se_publico_por_otra_via(client, edicion, comunicaciones, cusco):
    client.force_login(comunicaciones)
    respuesta = client.post(reverse("boletin_remitir", args=[edicion.pk]), follow=True)
    assert "Remitida a 1 centro" in respuesta.content.decode()
    assert Remision.objects.count() == 1


def test_el_aviso_llega_al_titular_y_al_encargado(del_mes, comunicaciones, coordinadora, cusco):
    otro = UsuarioFactory(username="encargada", email="encargada@conectamef.example")
    asignar_rol(usuario=otro, rol=Rol.COORDINADOR, centro=cusco, es_encargatura=True)
    Usuario.objects.filter(pk=coordinadora.pk).update(email="titular@conectamef.example")
    actions.remitir(edicion=del_mes, por=comunicaciones)
    direcciones = set(Entrega.objects.values_list("direccion", flat=True))
    assert direcciones == {"titular@conectamef.example", "encargada@conectamef.example"}
    assert not mail.outbox


def test_si_se_cancela_antes_de_salir_el_centro_puede_difundir_otra_vez(remision, coordinadora):
    primero = actions.difundir(remision=remision, por=coordinadora)
    cancelar(envio=primero, por=coordinadora)
    remision.refresh_from_db()
    assert (remision.envio, remision.difundida_en) == (None, None)
    segundo = actions.difundir(remision=remision, por=coordinadora)
    assert segundo.pk != primero.pk
    assert segundo.estado == "en_cola"


def test_si_una_edicion_no_pasa_la_revision_por_todos_lo_dice(client, edicion, remision, comunicaciones, monkeypatch):
    def rechazar(**kwargs):
        raise NoPasaLaRevision("Peso: 150 kB.")

    pedir_por_todos()
    monkeypatch.setattr(actions, "poner_edicion_en_cola", rechazar)
    client.force_login(comunicaciones)
    pagina = client.post(reverse("boletin_por_todos", args=[edicion.pk]), follow=True)
    assert "Peso: 150 kB." in pagina.text
    remision.refresh_from_db()
    assert remision.difundida_en is None
