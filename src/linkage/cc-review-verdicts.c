/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-review.h>

#include <string.h>

/* What accept levels take back of themselves is nobody's decision. */
#define VERDICTS                                                                                   \
  " FROM pair_decision d JOIN audit a ON a.seq = d.act"                                            \
  " JOIN record ra ON ra.id = d.a JOIN record rb ON rb.id = d.b"                                   \
  " WHERE d.kind = ?1 AND d.superseded_by IS NULL"                                                 \
  " AND NOT (d.verdict = 'undecided' AND d.source = 'accept-level')"                               \
  " AND (?2 IS NULL OR a.user LIKE ?2 ESCAPE '\\' OR d.reason LIKE ?2 ESCAPE '\\'"                 \
  "  OR EXISTS (SELECT 1 FROM identifier i WHERE i.record IN (d.a, d.b)"                           \
  "   AND i.value LIKE ?2 ESCAPE '\\'))"

void
cc_review_verdict_free (CcReviewVerdict *self)
{
  if (self == NULL)
    return;
  g_free (self->name_a);
  g_free (self->name_b);
  g_free (self->reason);
  g_free (self->user);
  g_free (self);
}

static void
free_verdict (gpointer data)
{
  cc_review_verdict_free (data);
}

/* Text for LIKE: found anywhere, its own signs taken as they are. NULL finds all. */
static char *
make_pattern (const char *text)
{
  GString *pattern;

  if (text == NULL || *text == '\0')
    return NULL;
  pattern = g_string_new ("%");
  for (const char *at = text; *at != '\0'; at++)
    {
      if (strchr ("%_\\", *at) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *at);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (pattern, FALSE);
}

static CcReviewVerdict *
read_verdict (CcStatement *row)
{
  CcReviewVerdict *verdict = g_new0 (CcReviewVerdict, 1);

  verdict->id = cc_statement_int64 (row, 0);
  verdict->act = cc_statement_int64 (row, 1);
  verdict->a = cc_statement_int64 (row, 2);
  verdict->b = cc_statement_int64 (row, 3);
  (void) cc_verdict_from_text (cc_statement_text (row, 4), &verdict->verdict);
  verdict->reason = g_strdup (cc_statement_text (row, 5));
  verdict->user = g_strdup (cc_statement_text (row, 6));
  verdict->time = cc_statement_int64 (row, 7);
  verdict->automatic = strcmp (cc_statement_text (row, 8), "accept-level") == 0;
  verdict->stale = cc_statement_int64 (row, 9) != 0;
  verdict->cluster_a = cc_statement_int64 (row, 10);
  verdict->cluster_b = cc_statement_int64 (row, 11);
  return verdict;
}

/**
 * cc_review_list_verdicts:
 * @text: (nullable): a part of a name, a reason or a user's name
 *
 * Returns: (transfer full) (element-type CcReviewVerdict): verdicts in force, newest first
 */
GPtrArray *
cc_review_list_verdicts (CcConnection *connection,
                         const char   *kind,
                         const char   *text,
                         guint         offset,
                         guint         limit,
                         GError      **error)
{
  g_autoptr (GPtrArray) verdicts = g_ptr_array_new_with_free_func (free_verdict);
  g_autofree char *pattern = make_pattern (text);
  gboolean         has_row = TRUE;
  g_autoptr (CcStatement) rows = cc_connection_prepare (
      connection,
      "SELECT d.id, d.act, d.a, d.b, d.verdict, d.reason, a.user, d.time, d.source,"
      " ra.digest IS NOT d.hash_a OR rb.digest IS NOT d.hash_b,"
      " (SELECT cluster FROM membership WHERE record = d.a AND to_act IS NULL),"
      " (SELECT cluster FROM membership WHERE record = d.b AND to_act IS NULL)" VERDICTS
      " ORDER BY d.id DESC LIMIT ?3 OFFSET ?4",
      error);

  if (!rows)
    return NULL;
  cc_statement_bind_text (rows, 1, kind);
  cc_statement_bind_text (rows, 2, pattern);
  cc_statement_bind_int64 (rows, 3, limit);
  cc_statement_bind_int64 (rows, 4, offset);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (verdicts, read_verdict (rows));
    }
  for (guint i = 0; i < verdicts->len; i++)
    {
      CcReviewVerdict *verdict = verdicts->pdata[i];

      verdict->name_a = cc_review_read_name (connection, verdict->a, error);
      verdict->name_b =
          verdict->name_a ? cc_review_read_name (connection, verdict->b, error) : NULL;
      if (verdict->name_b == NULL)
        return NULL;
    }
  return g_steal_pointer (&verdicts);
}

/**
 * cc_review_count_verdicts:
 *
 * Returns: how many verdicts there are for the same @text; -1 with an error
 */
gint64
cc_review_count_verdicts (CcConnection *connection,
                          const char   *kind,
                          const char   *text,
                          GError      **error)
{
  g_autofree char *pattern = make_pattern (text);
  gboolean         has_row;
  g_autoptr (CcStatement) count =
      cc_connection_prepare (connection, "SELECT count (*)" VERDICTS, error);

  if (!count)
    return -1;
  cc_statement_bind_text (count, 1, kind);
  cc_statement_bind_text (count, 2, pattern);
  if (!cc_statement_step (count, &has_row, error))
    return -1;
  return has_row ? cc_statement_int64 (count, 0) : 0;
}
