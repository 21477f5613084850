/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What each fuzz target defines; libFuzzer's name and form. Answers 0. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
