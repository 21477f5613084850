/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-left-out.h"

#include <glib/gi18n.h>

static gint64
find_note (const CcTableResult *result, const char *key)
{
  for (guint i = 0; i < result->notes->len; i++)
    {
      const CcNote *note = &g_array_index (result->notes, CcNote, i);

      if (g_str_equal (note->key, key))
        return note->count;
    }
  return 0;
}

gboolean
cc_left_out_asks_for_status (const CcTableDefinition *table)
{
  g_return_val_if_fail (table != NULL, FALSE);
  return table->count == CC_COUNT_VICTIMS && g_str_has_prefix (table->where, "status in ");
}

void
cc_left_out_read (CcLeftOut *self, const CcTableResult *result)
{
  g_return_if_fail (self != NULL && result != NULL);
  *self = (CcLeftOut){
    .all = result->base,
    .counted = result->totals[result->periods->len].count,
    .filtered = find_note (result, "stats.note.filtered"),
    .undated = find_note (result, "stats.note.no-date"),
    .roughly = find_note (result, "stats.note.not-determined"),
    .elsewhen = find_note (result, "stats.note.outside"),
    .by_status = cc_left_out_asks_for_status (result->table),
  };
}

/* Lists of returns are no persons, and of registrations the overview tells the number alone. */
gboolean
cc_left_out_is_worth_saying (const CcLeftOut *self, const CcTableResult *result)
{
  const CcCountUnit count = result->table->count;

  g_return_val_if_fail (self != NULL && result != NULL, FALSE);
  return self->counted < self->all && !result->table->entry
         && (count == CC_COUNT_VICTIMS || count == CC_COUNT_PERPS || count == CC_COUNT_EVENTS);
}

static void
add_reason (GString *list, CcSession *session, const char *format, gint64 n)
{
  g_autofree char *number = cc_session_format_number (session, n);
  g_autoptr (GString) reason = g_string_new (format);

  if (n == 0)
    return;
  g_string_replace (reason, "%s", number, 1);
  if (list->len > 0)
    /* Translators: stands between reasons why persons are not in a table. */
    g_string_append (list, C_ ("list of reasons", ", "));
  g_string_append (list, reason->str);
}

/* Translators: the following are parts of a sentence: “The tables count 13 of these 20 persons: 4
 * are neither identified nor presumed as victims, 3 have no known date.” Each %s is a number of
 * persons, or of cases. */
char *
cc_left_out_list_reasons (CcSession *session, const CcLeftOut *self)
{
  GString *list = g_string_new (NULL);

  g_return_val_if_fail (session != NULL && self != NULL, NULL);
  if (self->by_status)
    add_reason (list, session,
                ngettext ("%s is neither identified nor presumed as a victim",
                          "%s are neither identified nor presumed as victims",
                          (gulong) self->filtered),
                self->filtered);
  else
    add_reason (list, session,
                ngettext ("%s does not meet the condition of the table",
                          "%s do not meet the condition of the table", (gulong) self->filtered),
                self->filtered);
  add_reason (list, session,
              ngettext ("%s has no known date", "%s have no known date", (gulong) self->undated),
              self->undated);
  add_reason (list, session,
              ngettext ("%s has a date that is too rough to tell the period",
                        "%s have dates that are too rough to tell the period",
                        (gulong) self->roughly),
              self->roughly);
  add_reason (list, session,
              ngettext ("%s has a date outside the period", "%s have dates outside the period",
                        (gulong) self->elsewhen),
              self->elsewhen);
  return g_string_free (list, FALSE);
}

static gboolean
is_everybody (const CcHeading *heading)
{
  if (heading->period >= 0)
    return FALSE;
  for (guint i = 0; heading->parts[i] != NULL; i++)
    if (!g_str_equal (heading->parts[i], "total"))
      return FALSE;
  return TRUE;
}

gboolean
cc_left_out_find_total (const CcTableResult *result, guint *row, guint *col)
{
  g_return_val_if_fail (result != NULL && row != NULL && col != NULL, FALSE);
  for (guint i = 0; i < result->rows->len; i++)
    for (guint k = 0; k < result->cols->len; k++)
      {
        if (!is_everybody (result->rows->pdata[i]) || !is_everybody (result->cols->pdata[k]))
          continue;
        *row = i;
        *col = k;
        return TRUE;
      }
  return FALSE;
}
