"""The message catalogues, and the developer's tools that keep them: ``python -m tuicrm.locale``.

The program itself reads only ``LANGUAGE/LC_MESSAGES/tuicrm.mo``, in the format of GNU gettext.
"""
