/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cc-figure-work.h"

G_BEGIN_DECLS

/* The lines of the records behind a figure. Element-type CcCellItem. */
GListStore *cc_cell_list_inside (CcSession *session, const CcCellRecords *records);
GListStore *cc_cell_list_outside (CcSession *session, const CcCellRecords *records);

/* "Counted in another category: 1,204", one line for each reason. Free it. */
char *cc_cell_describe_reasons (CcSession *session, const CcCellRecords *records);

/* "The first 1,000 of 12,408 are listed.", or NULL where all are. Free it. */
char *cc_cell_describe_limit (CcSession *session, gint64 listed, gint64 all);

G_END_DECLS
