# SPDX-License-Identifier: GPL-3.0-or-later
"""The jobs of the window, done as a person does them."""
