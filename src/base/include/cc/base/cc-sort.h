/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean cc_sort (gpointer      base,
                  gsize         n,
                  gsize         size,
                  GCompareFunc  compare,
                  guint         n_threads,
                  GCancellable *cancellable);

G_END_DECLS
