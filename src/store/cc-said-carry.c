/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-private.h"
#include "cc-said-private.h"

#include <string.h>

/* What several deliveries said of a record goes along where the record goes: into a package, and
 * from a package or a copy into another file. Numbers are those of the file it comes to. */

typedef struct
{
  CcAct     *act;
  CcPack    *pack; /* of the file it comes from */
  CcSaidFind find;
  gpointer   data;
  gint64     record; /* of the entry being carried, there; its identifiers stand behind it */
  gboolean   before; /* whether its sides came along */
  gboolean   after;
} Carrier;

/* Values that point to agencies; NULL where none of them is here. */
static char *
carry_references (Carrier *self, const CcVariable *variable, const char *image)
{
  g_autoptr (GPtrArray) values = cc_values_from_image (self->pack, variable, image);

  for (guint i = values != NULL ? values->len : 0; i > 0; i--)
    {
      CcValue *value = g_ptr_array_index (values, i - 1);

      if (value->number == 0)
        continue;
      value->number = self->find (self->data, "entity", value->number);
      if (value->number == 0)
        g_ptr_array_remove_index (values, i - 1);
    }
  return values != NULL && values->len > 0 ? cc_values_to_image (values) : NULL;
}

static void
carry_line (Carrier *self, GString *text, const char *line)
{
  const char       *rest = strchr (line, ' ');
  g_autofree char  *name = rest != NULL ? g_strndup (line, (gsize) (rest - line)) : g_strdup ("");
  const CcVariable *variable = NULL;

  if (strcmp (name, "p") == 0)
    {
      char  *end = NULL;
      gint64 parents[2];

      parents[0] = g_ascii_strtoll (rest, &end, 10);
      parents[1] = g_ascii_strtoll (end, NULL, 10);
      for (guint i = 0; i < G_N_ELEMENTS (parents); i++)
        parents[i] = parents[i] != 0 ? self->find (self->data, "record", parents[i]) : 0;
      g_string_append_printf (text, "\np %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, parents[0],
                              parents[1]);
      return;
    }
  variable = cc_pack_find_variable (self->pack, name);
  if (variable != NULL && variable->type == CC_VARIABLE_REF)
    {
      g_autofree char *image = carry_references (self, variable, rest + 1);

      if (image != NULL)
        g_string_append_printf (text, "\n%s %s", name, image);
    }
  else
    g_string_append_printf (text, "\n%s", line);
}

/* Returns: (transfer full) (nullable): NULL where the delivery is not here */
static char *
carry_side (Carrier *self, const char *side)
{
  g_auto (GStrv) lines = side != NULL ? g_strsplit (side, "\n", -1) : NULL;
  GString *text;
  char    *end = NULL;
  gint64   submission;
  gint64   source_row;

  if (lines == NULL || lines[0] == NULL)
    return NULL;
  submission = g_ascii_strtoll (lines[0], &end, 10);
  source_row = *end == ':' ? g_ascii_strtoll (end + 1, NULL, 10) : 0;
  if (submission != 0)
    submission = self->find (self->data, "submission", submission);
  if (submission == 0)
    return NULL;
  source_row = source_row != 0 ? self->find (self->data, "source_row", source_row) : 0;
  text = g_string_new (NULL);
  g_string_append_printf (text, "%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, submission, source_row);
  for (guint i = 1; lines[i] != NULL; i++)
    carry_line (self, text, lines[i]);
  return g_string_free (text, FALSE);
}

static gboolean
carry_change (Carrier *self, gint64 record, const char *before, const char *after, GError **error)
{
  const gint64     here = self->find (self->data, "record", record);
  g_autofree char *first = here != 0 ? carry_side (self, before) : NULL;
  g_autofree char *second = here != 0 ? carry_side (self, after) : NULL;
  char             key[24];

  self->record = record;
  self->before = first != NULL;
  self->after = second != NULL;
  if (first == NULL && second == NULL)
    return TRUE;
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, here);
  return cc_act_log (self->act, CC_SAID_TABLE, key, first, second, error);
}

static gboolean
carry_identifier (Carrier    *self,
                  gint64      record,
                  const char *variable,
                  const char *before,
                  const char *after,
                  GError    **error)
{
  const gint64     here = self->find (self->data, "identifiers", record);
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT "%s", here, variable);

  if (here == 0 || record != self->record || !(self->before || self->after))
    return TRUE;
  before = self->before ? before : NULL;
  after = self->after ? after : NULL;
  return (before == NULL && after == NULL)
         || cc_act_log (self->act, CC_SAID_TABLE, key, before, after, error);
}

gboolean
cc_said_carry (CcAct        *act,
               CcPack       *pack,
               CcConnection *source,
               gint64        since,
               CcSaidFind    find,
               gpointer      data,
               GError      **error)
{
  Carrier self = { act, pack, find, data, 0, FALSE, FALSE };
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (source,
                             "SELECT key, before, after FROM audit_change"
                             " WHERE tbl = '" CC_SAID_TABLE "' AND seq > ?1"
                             " AND NOT (tbl = 'record' AND before IS NULL) ORDER BY seq, n",
                             error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, since);
  while (has_row)
    {
      const char *colon;
      gint64      record;
      gboolean    ok;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      record = g_ascii_strtoll (cc_statement_text (rows, 0), NULL, 10);
      colon = strchr (cc_statement_text (rows, 0), ':');
      ok = colon != NULL ? carry_identifier (&self, record, colon, cc_statement_text (rows, 1),
                                             cc_statement_text (rows, 2), error)
                         : carry_change (&self, record, cc_statement_text (rows, 1),
                                         cc_statement_text (rows, 2), error);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}
