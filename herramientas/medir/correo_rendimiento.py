"""Cuántos mensajes por segundo: el portal, con todo lo que anota, contra Django a secas, en la misma corrida.

Los dos mandan el mismo correo HTML y texto, con nombre y enlace firmado propios, al mismo servidor SMTP. Django compone
sus dos plantillas por persona y usa una sola conexión; el portal pone en cola (la base incluida), reparte y cierra.
"""

import itertools
import statistics
import time

MINIMO = 0.80
PERSONAS, VUELTAS = 400, 9
ASUNTO = "Boletín CONECTAMEF – Noviembre de 2026"
_CUERPO = """{% extends "base_correo.html" %}{% block contenido %}<h1>Boletín de noviembre</h1>
<p>Hola, @NOMBRE@:</p>{% for n in "123456789012" %}<h2>Programación multianual de inversiones</h2>
<p>La Dirección General de Presupuesto Público aprobó los lineamientos de programación para los gobiernos locales; el
plazo de registro vence el último día hábil del mes. Consulte las capacitaciones de su centro y los materiales.</p>
<p><a class="boton" href="https://portal.example/noticias/{{ n }}/">Leer más</a></p>{% endfor %}{% endblock %}"""
_numero = itertools.count()


def componer() -> tuple[str, str]:
    """(texto, HTML) con los estilos ya puestos; «@NOMBRE@» y «@BAJA@» es lo que cambia por persona."""
    import css_inline
    from django.template import engines

    contexto = {"nombre_sitio": "Portal CONECTAMEF", "institucion": "Ministerio de Economía y Finanzas"}
    html = engines["django"].from_string(_CUERPO).render({"ajustes": contexto, "url_baja": "@BAJA@"})
    parrafo = "Programación multianual de inversiones: el plazo de registro vence el último día hábil.\n"
    texto = f"Hola, @NOMBRE@:\n\n{parrafo * 30}\nPara dejar de recibir estos correos:\n@BAJA@\n"
    return texto, css_inline.CSSInliner(load_remote_stylesheets=False).inline(html)


def personas(cuantas: int):
    """Ternas (dirección, nombre, enlace de baja firmado)."""
    from django.core import signing

    vuelta = next(_numero)
    for n in range(cuantas):
        enlace = f"https://portal.example/suscripcion/baja/{signing.dumps(n, salt='medir')}/"
        yield f"persona{vuelta}-{n}@correo.example", f"José Ñahui {n}", enlace


def medir_rendimiento() -> tuple[str, list[str]]:
    """La línea que lo cuenta y lo que no se cumplió."""
    texto, html = componer()
    _django(texto, html, 100), _portal(texto, html, 100)  # calientan
    cocientes, de_django, del_portal = [], [], []
    for _ in range(VUELTAS):
        de_django.append(PERSONAS / _django(texto, html, PERSONAS))
        del_portal.append(PERSONAS / _portal(texto, html, PERSONAS))
        cocientes.append(del_portal[-1] / de_django[-1])
    cociente = statistics.median(cocientes)
    linea = (
        f"rendimiento: portal {statistics.median(del_portal):.0f}/s, Django a secas "
        f"{statistics.median(de_django):.0f}/s, HTML de {len(html.encode()) / 1000:.0f} kB, cociente {cociente:.0%}, "
        f"{VUELTAS} vueltas de {min(cocientes):.0%} a {max(cocientes):.0%} (mínimo {MINIMO:.0%})"
    )
    return linea, [] if cociente >= MINIMO else [f"rendimiento {cociente:.0%} < {MINIMO:.0%}"]


def _django(texto: str, html: str, cuantas: int) -> float:
    """Los segundos que tarda Django a secas: componer por persona y enviar por una sola conexión."""
    from django.conf import settings
    from django.core.mail import EmailMultiAlternatives, get_connection
    from django.template import engines

    def plantilla(cuerpo):
        return engines["django"].from_string(cuerpo.replace("@NOMBRE@", "{{ nombre }}").replace("@BAJA@", "{{ baja }}"))

    de_texto, de_html = plantilla(texto), plantilla(html)
    comienzo = time.perf_counter()
    with get_connection() as conexion:
        for direccion, nombre, baja in personas(cuantas):
            contexto = {"nombre": nombre, "baja": baja}
            mensaje = EmailMultiAlternatives(
                ASUNTO,
                de_texto.render(contexto),
                settings.DEFAULT_FROM_EMAIL,
                [f"{nombre} <{direccion}>"],
                headers={"List-Unsubscribe": f"<{baja}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
                connection=conexion,
            )
            mensaje.attach_alternative(de_html.render(contexto), "text/html")
            conexion.send_messages([mensaje])
    return time.perf_counter() - comienzo


def _portal(texto: str, html: str, cuantas: int) -> float:
    """Los segundos que tarda el portal desde que se pone en cola hasta que el envío queda terminado."""
    from correo import cartero
    from correo.actions import Destinatario, poner_en_cola
    from correo.models import Envio

    def con_marcas(cuerpo):
        return cuerpo.replace("@NOMBRE@", "%NOMBRE%").replace("@BAJA@", "%URL_BAJA%")

    comienzo = time.perf_counter()
    envio = poner_en_cola(
        clave=f"medir:{time.time_ns()}",
        asunto=ASUNTO,
        texto=con_marcas(texto),
        html=con_marcas(html),
        destinatarios=(Destinatario(d, nombre=n, url_baja=baja) for d, n, baja in personas(cuantas)),
        es_masivo=True,
        lista="boletin-medir",
    )
    # La segunda firma y el reposo son de las personas: aquí se mide el motor.
    Envio.objects.filter(pk=envio.pk).update(estado=Envio.Estado.EN_COLA, sale_en=None)
    salieron = cartero.repartir_pendientes()
    segundos = time.perf_counter() - comienzo
    envio.refresh_from_db()
    if salieron != cuantas or envio.estado != Envio.Estado.TERMINADO:
        raise RuntimeError(f"Salieron {salieron} de {cuantas}; el envío quedó «{envio.estado}»")
    return segundos
