/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-file-private.h"

#include <cc/store/cc-retention.h>
#include <cc/base/cc-text.h>

#include <stdlib.h>
#include <string.h>

/* A reference that names one case of another entity is as good as certain; a typing error that
 * happens to name another case is all that speaks against it. */
#define REFERENCE_PROBABILITY 0.995

/* A number that more cases carry is no number of a case ("1", "2021"). */
#define MAX_CASES 3

typedef struct
{
  char  *number;
  gint64 record;
  gint64 entity;
} CaseNumber;

static void
clear_number (gpointer data)
{
  g_free (((CaseNumber *) data)->number);
}

static int
order_numbers (gconstpointer a, gconstpointer b)
{
  const CaseNumber *x = a;
  const CaseNumber *y = b;
  int               order = strcmp (x->number, y->number);

  if (order != 0)
    return order;
  return x->record < y->record ? -1 : x->record > y->record;
}

static char *
join_parts (const char *value)
{
  g_autofree char *folded = cc_text_fold (value);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);

  return g_strjoinv ("", parts);
}

static GArray *
list_numbers (CcConnection *connection, const char *kind, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (CaseNumber));
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (connection,
                             "SELECT i.value, r.id, r.entity FROM identifier i JOIN record r ON "
                             "r.id = i.record"
                             " WHERE i.kind = ?1 AND r.unit = 'EV' AND r.state = 0 AND i.value <> "
                             "'" CC_PURGED_MARK "'",
                             error);
  gboolean has_row = TRUE;

  g_array_set_clear_func (numbers, clear_number);
  if (!rows)
    return NULL;
  cc_statement_bind_text (rows, 1, kind);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (has_row && cc_statement_text (rows, 0))
        {
          CaseNumber number = { join_parts (cc_statement_text (rows, 0)),
                                cc_statement_int64 (rows, 1), cc_statement_int64 (rows, 2) };

          g_array_append_val (numbers, number);
        }
    }
  g_array_sort (numbers, order_numbers);
  return g_steal_pointer (&numbers);
}

static guint
find_first (GArray *numbers, const char *number)
{
  guint low = 0;
  guint high = numbers->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (strcmp (g_array_index (numbers, CaseNumber, middle).number, number) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static int
order_references (gconstpointer a, gconstpointer b)
{
  const CcLinkReference *x = a;
  const CcLinkReference *y = b;

  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  if (x->b != y->b)
    return x->b < y->b ? -1 : 1;
  return x->probability > y->probability ? -1 : x->probability < y->probability;
}

static void
add_references (GArray *cases, const CaseNumber *reference, GArray *found)
{
  guint first = find_first (cases, reference->number);
  guint n = 0;

  if (*reference->number == '\0')
    return;
  for (guint i = first; i < cases->len; i++)
    {
      const CaseNumber *at = &g_array_index (cases, CaseNumber, i);

      if (strcmp (at->number, reference->number) != 0)
        break;
      n += at->entity != reference->entity;
    }
  for (guint i = first; n > 0 && n <= MAX_CASES && i < cases->len; i++)
    {
      const CaseNumber *at = &g_array_index (cases, CaseNumber, i);
      CcLinkReference   pair = { MIN (at->record, reference->record),
                                 MAX (at->record, reference->record), REFERENCE_PROBABILITY / n };

      if (strcmp (at->number, reference->number) != 0)
        break;
      if (at->entity != reference->entity)
        g_array_append_val (found, pair);
    }
}

/**
 * Events are linked by exact cross references only: the reference that one entity states
 * (other_ref) is the case number of an event of another entity. Of several such events each gets
 * its share.
 */
GArray *
cc_link_find_references (CcConnection *connection, guint *n_records, GError **error)
{
  g_autoptr (GArray) cases = list_numbers (connection, "case_no", error);
  g_autoptr (GArray) references = cases ? list_numbers (connection, "other_ref", error) : NULL;
  g_autoptr (GArray) found = NULL;
  GArray *unique;

  if (!references)
    return NULL;
  *n_records = (guint)
      cc_connection_get_int64 (connection,
                               "SELECT count (*) FROM record WHERE unit = 'EV' AND state = 0", 0,
                               NULL);
  found = g_array_new (FALSE, FALSE, sizeof (CcLinkReference));
  for (guint i = 0; i < references->len; i++)
    add_references (cases, &g_array_index (references, CaseNumber, i), found);
  g_array_sort (found, order_references);
  unique = g_array_new (FALSE, FALSE, sizeof (CcLinkReference));
  for (guint i = 0; i < found->len; i++)
    {
      CcLinkReference *at = &g_array_index (found, CcLinkReference, i);

      if (i == 0 || at->a != at[-1].a || at->b != at[-1].b)
        g_array_append_val (unique, *at);
    }
  return unique;
}
