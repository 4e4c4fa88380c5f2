"""The health of a whole installation: asked for, judged, and shown on a screen or as a page.

::

    command.py    the command: options, exit status
    collect.py    asks the installation            rows.py     what is read of its replies, checked
    history.py    runs of profiles, folded into days and profiles
    judge.py      what is well and what is not, by rules that are data
    screen.py     one screen of a terminal         line.py     one line for a monitoring system
    page.py       one page of HTML                 charts.py   the geometry of its charts
    data.py       JSON and YAML for programs
"""
