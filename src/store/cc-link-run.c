/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-bind-private.h"

#include <cc/store/cc-decision.h>

static gint64
log_new (CcAct *act, const char *table, const char *what, GError **error)
{
  const gint64 id = cc_connection_last_id (act->connection);
  char         key[24];

  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, id);
  return cc_act_log (act, table, key, NULL, what, error) ? id : 0;
}

/* The last model of the kind, where it is this one; 0 where it is not, -1 with an error. */
static gint64
find_same_model (CcAct *act, const char *kind, int version, const char *body, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (act->connection,
                             "SELECT id FROM link_model WHERE id = (SELECT max (id) FROM "
                             "link_model WHERE kind = ?1)"
                             " AND version = ?2 AND body = ?3",
                             error);
  gboolean has_row;

  if (find == NULL)
    return -1;
  cc_statement_bind_text (find, 1, kind);
  cc_statement_bind_int64 (find, 2, version);
  cc_statement_bind_text (find, 3, body);
  if (!cc_statement_step (find, &has_row, error))
    return -1;
  return has_row ? cc_statement_int64 (find, 0) : 0;
}

gint64
cc_act_add_link_model (CcAct *act, const char *kind, int version, const char *body, GError **error)
{
  const gint64 same = find_same_model (act, kind, version, body, error);
  g_autoptr (CcStatement) insert = NULL;

  if (same != 0)
    return MAX (same, 0);
  insert =
      cc_connection_prepare (act->connection,
                             "INSERT INTO link_model (kind, version, body) VALUES (?1, ?2, ?3)",
                             error);

  if (insert == NULL)
    return 0;
  cc_statement_bind_text (insert, 1, kind);
  cc_statement_bind_int64 (insert, 2, version);
  cc_statement_bind_text (insert, 3, body);
  return cc_statement_run (insert, error) ? log_new (act, "link_model", kind, error) : 0;
}

gint64
cc_act_add_link_run (CcAct      *act,
                     const char *kind,
                     gint64      model,
                     gint64      seed,
                     double      accept,
                     gint64      records,
                     gint64      pairs,
                     GError    **error)
{
  g_autoptr (CcStatement) insert = NULL;

  insert = cc_connection_prepare (act->connection,
                                  "INSERT INTO link_run (kind, model, seed, accept, records, "
                                  "pairs, time, act)"
                                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                                  error);
  if (insert == NULL)
    return 0;
  cc_statement_bind_text (insert, 1, kind);
  cc_bind_id (insert, 2, model);
  cc_statement_bind_int64 (insert, 3, seed);
  if (accept >= 0)
    cc_statement_bind_double (insert, 4, accept);
  cc_statement_bind_int64 (insert, 5, records);
  cc_statement_bind_int64 (insert, 6, pairs);
  cc_statement_bind_int64 (insert, 7, act->time);
  cc_statement_bind_int64 (insert, 8, act->seq);
  return cc_statement_run (insert, error) ? log_new (act, "link_run", kind, error) : 0;
}
