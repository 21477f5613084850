/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-session.h"

#include <cc/stats/cc-count.h>

G_BEGIN_DECLS

/* One cell of a counted table. Everything is copied. */
typedef struct
{
  CcQuestionnaire         *questionnaire;
  const CcTableDefinition *table;
  GArray                  *periods; /* CcPeriod */
  const char              *row;     /* codes as in CcHeading */
  const char              *col;
  const char              *period; /* NULL = all periods */
  const char              *title;  /* headings of the cell, in words */
} CcBehindCell;

/* A window with the persons behind a cell, each leading to its records under Cases, and the reasons
 * why others are not in it. */
void cc_behind_dialog_show (GtkWidget *near, CcSession *session, const CcBehindCell *cell);

G_END_DECLS
