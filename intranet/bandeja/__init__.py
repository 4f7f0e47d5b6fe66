"""Lo que espera a cada quien al entrar: cada asunto es una lista de enlaces que llevan a resolverlo.

Cada función responde por un asunto: ``None`` si no le toca al rol o no hay nada. Todo pasa por ``.para(usuario)``.
"""

from .aportes import reunir, su_parte
from .asunto import Asunto
from .capacitaciones import borradores, ofertas, por_vincular, preguntas, proximas, sin_asistencia, sin_encuestas
from .convocatoria import baja_acogida, por_convocar, por_reafirmar
from .derechos import incidentes, solicitudes_de_derechos
from .difusion import boletin, por_aprobar, por_difundir
from .directorio import campanias, propuestas, sin_verificar
from .envios import dudosas, envios_en_curso, por_firmar
from .expedientes import expedientes_por_cerrar, informes_por_presentar, sus_partes
from .logistica import logistica
from .mural import mural
from .programa import programa_del_mes
from .reenvios import borradores_sin_enviar, comunicados_nuevos
from .solicitudes import solicitudes
from .validacion import por_corregir, por_validar, validaciones_atrasadas

__all__ = ["ASUNTOS", "asuntos_de"]

ASUNTOS = (
    incidentes,
    solicitudes_de_derechos,
    dudosas,
    por_firmar,
    su_parte,
    por_aprobar,
    por_difundir,
    por_validar,
    por_corregir,
    validaciones_atrasadas,
    preguntas,
    solicitudes,
    propuestas,
    sin_asistencia,
    baja_acogida,
    por_reafirmar,
    por_convocar,
    programa_del_mes,
    ofertas,
    logistica,
    proximas,
    sin_encuestas,
    sus_partes,
    informes_por_presentar,
    expedientes_por_cerrar,
    por_vincular,
    campanias,
    sin_verificar,
    borradores,
    comunicados_nuevos,
    borradores_sin_enviar,
    reunir,
    boletin,
    envios_en_curso,
    mural,
)


def asuntos_de(usuario) -> list[Asunto]:
    """Los asuntos de ``usuario``, primero lo que alguien más espera de él."""
    return [asunto for averiguar in ASUNTOS if (asunto := averiguar(usuario))]
