"""Quién abre cada dirección del portal, por rol y método (ADR 0028): lo no declarado no se abre.

Cada módulo declara las de un tema; los registros del personal se deducen de ``intranet.matriz``. Es una segunda cerca
delante de las preguntas de cada vista, que siguen en su sitio. Cómo declarar una: docs/reglas/permisos.md.
"""
