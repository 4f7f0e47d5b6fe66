"""Los avisos de privacidad y los consentimientos. El texto sale de ``custodia.finalidades``."""

from comun.pedido import ip_de
from custodia.finalidades import texto_de_aviso
from custodia.models import Aviso, Consentimiento


def aviso_vigente(finalidad: str) -> Aviso:
    """La última versión del aviso de ``finalidad``; la primera se crea con el texto de ``finalidades``."""
    ultimo = Aviso.objects.filter(finalidad=finalidad).order_by("-version").first()
    if ultimo:
        return ultimo
    return Aviso.objects.get_or_create(finalidad=finalidad, version=1, defaults={"texto": texto_de_aviso(finalidad)})[0]


def poner_avisos_al_dia() -> int:
    """Crea la versión siguiente de cada aviso cuyo texto cambió, y la primera del que falta; cuántas creó."""
    nuevos = 0
    for finalidad in Aviso.Finalidad.values:
        texto = texto_de_aviso(finalidad)
        ultimo = Aviso.objects.filter(finalidad=finalidad).order_by("-version").first()
        if ultimo is None or ultimo.texto != texto:
            Aviso.objects.create(finalidad=finalidad, version=ultimo.version + 1 if ultimo else 1, texto=texto)
            nuevos += 1
    return nuevos


def registrar_consentimiento(*, finalidad: str, canal: str = Consentimiento.Canal.WEB, request=None) -> Consentimiento:
    """Guarda que se aceptó el aviso vigente de ``finalidad``."""
    return Consentimiento.objects.create(aviso=aviso_vigente(finalidad), canal=canal, ip=ip_de(request))
