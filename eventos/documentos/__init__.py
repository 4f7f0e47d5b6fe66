"""Los anexos de una capacitación en PDF/UA-1: un módulo por documento, con los campos del formato y en su orden."""
