/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-returns.h>

G_BEGIN_DECLS

/* What the page of agencies does to a case file: CcActFuncs with their data. */

/* Expect returns. */
typedef struct
{
  GArray *entities; /* gint64 */
  GArray *periods;  /* CcInterval */
} CcExpectAct;

CcExpectAct *cc_expect_act_new (GArray *entities, GArray *periods);
void         cc_expect_act_free (gpointer data);
gboolean     cc_expect_act_run (CcAct *act, gpointer data, GError **error);

/* One agency and one thing about it. */
typedef struct
{
  gint64     entity;
  CcInterval period;   /* of a nil return */
  gint64     expected; /* an expectation that is taken away */
} CcReturnAct;

gboolean cc_return_act_add_nil (CcAct *act, gpointer data, GError **error);
gboolean cc_return_act_remove (CcAct *act, gpointer data, GError **error);

/* Changes an agency. */
typedef struct
{
  gint64        entity;
  char         *name;
  const CcCode *type;
  gboolean      identifies;
  int           basis;
} CcAgencyAct;

CcAgencyAct *cc_agency_act_new (const CcEntity *entity);
void         cc_agency_act_free (gpointer data);
gboolean     cc_agency_act_run (CcAct *act, gpointer data, GError **error);

G_END_DECLS
