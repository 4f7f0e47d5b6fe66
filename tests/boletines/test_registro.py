"""El registro de suscriptores y los permisos de Comunicaciones sobre las páginas."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from boletines.actions.suscripcion import suscribir
from boletines.models import Suscriptor
from correo.models import Envio, Supresion
from custodia.models import Consentimiento, Huella
from tests import personas
from tests.custodia.motivo import PARA_ALGO
from tests.fabricas import CentroFactory, SistemaFactory, SuscriptorFactory

pytestmark = pytest.mark.django_db

LISTA = "boletines_suscriptor_modeladmin_index"
ALTA = "boletines_suscriptor_modeladmin_create"


def test_agregar_un_suscriptor_le_pide_confirmar_desde_su_correo(client, comunicaciones):
    client.force_login(comunicaciones)
    tema = SistemaFactory()
    datos = {"correo": "Rosa@Muni.example", "nombre": "Rosa", "centro": "", "recibe_boletin": "on", "temas": [tema.pk]}
    respuesta = client.post(reverse(ALTA), datos, follow=True)
    assert "Le escribimos a rosa@muni.example" in respuesta.content.decode()
    suscriptor = Suscriptor.objects.get()
    assert (suscriptor.estado, suscriptor.nombre) == ("pendiente", "Rosa")
    assert suscriptor.consentimiento.canal == "personal"
    assert (suscriptor.tipos, list(suscriptor.temas.all())) == (["boletin"], [tema])
    assert Envio.objects.get().entregas.get().direccion == "rosa@muni.example"
    assert Huella.objects.filter(accion="suscribir", usuario=comunicaciones).exists()


def test_agregar_uno_que_ya_esta_se_explica(client, comunicaciones):
    SuscriptorFactory(correo="rosa@muni.example")
    client.force_login(comunicaciones)
    respuesta = client.post(reverse(ALTA), {"correo": "ROSA@muni.example", "nombre": "", "centro": ""})
    assert "Ya existe" in respuesta.content.decode()
    assert not Envio.objects.exists()


def test_editar_no_cambia_ni_el_correo_ni_el_estado(client, comunicaciones):
    suscriptor = SuscriptorFactory(correo="rosa@muni.example")
    client.force_login(comunicaciones)
    datos = {"correo": "otra@muni.example", "nombre": "Rosa Quispe", "centro": "", "estado": "baja"}
    client.post(reverse("boletines_suscriptor_modeladmin_edit", args=[suscriptor.pk]), datos)
    suscriptor.refresh_from_db()
    assert (suscriptor.correo, suscriptor.nombre, suscriptor.estado) == (
        "rosa@muni.example",
        "Rosa Quispe",
        "confirmado",
    )


def test_dar_de_baja_es_un_boton_que_confirma_y_deja_huella(client, comunicaciones):
    suscriptor = SuscriptorFactory()
    client.force_login(comunicaciones)
    url = reverse("suscriptor_baja", args=[suscriptor.pk])
    assert url in client.get(reverse(LISTA)).content.decode()
    client.get(url)
    assert not Supresion.objects.exists()
    client.post(url)
    suscriptor.refresh_from_db()
    assert suscriptor.estado == "baja"
    assert Huella.objects.filter(accion="dar de baja", usuario=comunicaciones).exists()
    assert url not in client.get(reverse(LISTA)).content.decode()


def test_una_coordinadora_ve_los_de_su_centro_y_no_da_de_baja(client, coordinadora, cusco, arequipa):
    suyo, ajeno = SuscriptorFactory(centro=cusco), SuscriptorFactory(centro=arequipa)
    client.force_login(coordinadora)
    pagina = client.get(reverse(LISTA)).content.decode()
    assert suyo.correo in pagina
    assert ajeno.correo not in pagina
    client.post(reverse("suscriptor_baja", args=[suyo.pk]))
    assert not Supresion.objects.exists()
    assert client.get(reverse("boletines_suscriptor_modeladmin_inspect", args=[ajeno.pk])).status_code == 404


def test_exportar_pide_el_motivo_deja_huella_y_no_ejecuta_formulas(client, comunicaciones):
    SuscriptorFactory(nombre="=HYPERLINK(1)", centro=CentroFactory())
    SuscriptorFactory(correo="otro@x.example", estado="pendiente")
    client.force_login(comunicaciones)
    url = f"{reverse(LISTA)}?export=csv&estado__exact=confirmado"
    assert "¿Para qué necesita estos datos?" in client.get(url).text
    assert not Huella.objects.exists()

    respuesta = client.post(url, PARA_ALGO)
    assert "'=HYPERLINK(1)" in respuesta.content.decode()
    assert "otro@x.example" not in respuesta.content.decode()
    huella = Huella.objects.get(accion="exportar", modelo="boletines.suscriptor")
    assert (huella.motivo, huella.detalle["filas"]) == (PARA_ALGO["motivo"], 1)


@pytest.mark.parametrize("quien", ["coordinadora_de_cusco", "directora_de_ogauc"])
def test_quien_solo_mira_la_lista_no_se_la_lleva_ni_borra_ni_importa(client, quien):
    suscriptor = SuscriptorFactory(centro=personas.cusco())
    client.force_login(getattr(personas, quien)())
    pagina = client.get(reverse(LISTA)).text
    assert suscriptor.correo in pagina
    assert "export=" not in pagina
    assert reverse("importaciones_de_suscriptores") not in pagina
    assert client.get(reverse("importaciones_de_suscriptores")).status_code == 403
    assert client.post(f"{reverse(LISTA)}?export=csv", PARA_ALGO).status_code == 302
    client.post(reverse("suscriptor_borrar", args=[suscriptor.pk]), {"motivo": "x"})
    assert Suscriptor.objects.exists()
    assert not Huella.objects.exists()


def test_borrar_pide_el_motivo_y_deja_la_direccion_suprimida(client, comunicaciones):
    suscriptor = SuscriptorFactory()
    client.force_login(comunicaciones)
    url = reverse("suscriptor_borrar", args=[suscriptor.pk])
    assert url in client.get(reverse(LISTA)).text
    assert "Escriba el motivo" in client.post(url, {"motivo": " "}).text
    assert "su nombre" in client.get(url).text
    assert Suscriptor.objects.exists()

    client.post(url, {"motivo": "Pidió la cancelación de sus datos"})
    assert not Suscriptor.objects.exists()
    assert Supresion.objects.get().direccion == suscriptor.correo
    assert Huella.objects.get(accion="borrar suscriptor").motivo == "Pidió la cancelación de sus datos"


def test_nadie_borra_desde_la_pantalla_generica(client, comunicaciones):
    suscriptor = SuscriptorFactory()
    client.force_login(comunicaciones)
    client.post(reverse("boletines_suscriptor_modeladmin_delete", args=[suscriptor.pk]))
    assert Suscriptor.objects.exists()


def test_la_ficha_muestra_la_prueba_del_consentimiento_a_quien_puede(client, cusco):
    suscribir(correo="rosa@muni.example", centro=cusco)
    suscriptor = Suscriptor.objects.get()
    aviso = suscriptor.consentimiento.aviso
    Consentimiento.objects.update(ip="203.0.113.7")
    url = reverse("boletines_suscriptor_modeladmin_inspect", args=[suscriptor.pk])

    client.force_login(personas.comunicaciones())
    ficha = client.get(url).text
    for dato in (str(aviso), aviso.sha256, aviso.texto[:40], "203.0.113.7", "Formulario web"):
        assert dato in ficha
    client.force_login(personas.coordinadora_de_cusco())
    ficha = client.get(url).text
    assert "rosa@muni.example" in ficha
    assert "203.0.113.7" not in ficha


def test_filtra_por_estado_centro_tipo_y_tema(client, comunicaciones, cusco):
    tema = SistemaFactory()
    SuscriptorFactory(correo="todo@x.example")
    SuscriptorFactory(correo="sin-boletin@x.example", recibe_boletin=False, centro=cusco)
    SuscriptorFactory(correo="con-tema@x.example", estado="baja", baja_por="rebote").temas.add(tema)
    client.force_login(comunicaciones)

    def vistos(**filtro):
        pagina = client.get(reverse(LISTA), filtro).text
        return {c for c in ("todo", "sin-boletin", "con-tema") if f"{c}@x.example" in pagina}

    assert vistos(tipo="boletin") == {"todo", "con-tema"}
    assert vistos(temas__id__exact=tema.pk) == {"con-tema"}
    assert vistos(centro__id__exact=cusco.pk) == {"sin-boletin"}
    assert vistos(estado__exact="baja") == {"con-tema"}
    assert vistos(tipo="cualquiera") == {"todo", "sin-boletin", "con-tema"}
    assert "su correo rebota" in client.get(reverse(LISTA)).text


@pytest.mark.parametrize("motivo", ["rebote", "queja"])
def test_el_personal_no_agrega_una_direccion_que_rebota_o_se_quejo(client, comunicaciones, motivo):
    Supresion.objects.create(direccion="rosa@muni.example", motivo=motivo)
    client.force_login(comunicaciones)
    respuesta = client.post(reverse(ALTA), {"correo": "ROSA@muni.example", "recibe_boletin": "on"})
    assert "no se le puede escribir" in respuesta.text
    assert not Suscriptor.objects.exists()


def test_exportar_mas_suscriptores_no_hace_mas_consultas(client, comunicaciones, django_assert_max_num_queries):
    tema = SistemaFactory()
    for _ in range(30):
        SuscriptorFactory(centro=personas.cusco()).temas.add(tema)
    client.force_login(comunicaciones)
    with django_assert_max_num_queries(25):
        assert client.post(f"{reverse(LISTA)}?export=csv", PARA_ALGO).text.count("@correo.example") == 30


@pytest.mark.parametrize("consulta", ["q=%00", "p=999999", "centro__id__exact=x", "estado__exact=nada", "o=99"])
def test_una_consulta_disparatada_en_el_registro_no_falla(client, comunicaciones, consulta):
    SuscriptorFactory()
    client.force_login(comunicaciones)
    assert client.get(f"{reverse(LISTA)}?{consulta}", follow=True).status_code == 200


def test_comunicaciones_edita_boletines_comunicados_e_inicio_y_publica_los_dos_ultimos(inicio, archivo, lista, ogauc):
    comunicaciones = personas.comunicaciones()
    for pagina in Page.objects.filter(pk__in=[inicio.pk, archivo.pk, lista.pk]):
        permisos = pagina.permissions_for_user(comunicaciones)
        assert permisos.can_edit()
        assert permisos.can_add_subpage()
        assert permisos.can_publish_subpage() == (pagina.pk != archivo.pk)
        assert not pagina.permissions_for_user(ogauc).can_edit()


def test_comunicaciones_sube_y_elige_imagenes(client, lista, comunicaciones):
    client.force_login(comunicaciones)
    assert client.get(reverse("wagtailimages:add_multiple")).status_code == 200
    assert client.get(reverse("wagtailimages_chooser:choose")).status_code == 200
    assert client.get(reverse("wagtaildocs:add_multiple")).status_code == 200


def test_de_difusion_se_llega_a_los_comunicados_solo_si_se_escriben(client, lista, comunicaciones, ogauc):
    explorador = reverse("wagtailadmin_explore", args=[lista.pk])
    client.force_login(comunicaciones)
    assert client.get(reverse("comunicados_lista")).url == explorador
    difusion = client.get(reverse("difusion")).text
    assert explorador in difusion or reverse("comunicados_lista") in difusion
    client.force_login(ogauc)
    assert explorador not in client.get(reverse("difusion")).text


def menu(client):
    return client.get(reverse("wagtailadmin_home")).content.decode()
