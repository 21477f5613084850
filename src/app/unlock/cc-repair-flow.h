/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Looks how a damaged case file can be repaired, says it and asks, and does it. The callback comes
 * on the main loop when all is over; repaired is FALSE where nothing was done. */
typedef void (*CcRepairFunc) (gboolean repaired, gpointer user_data);

/* near: (nullable) widget that the questions stand over. The passphrase is copied and wiped. */
void cc_repair_flow_start (GtkWidget     *near,
                           const char    *path,
                           const char    *passphrase,
                           CcRepairFunc   func,
                           gpointer       user_data,
                           GDestroyNotify free_user_data);

G_END_DECLS
