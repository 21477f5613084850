/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-model-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-key-file.h>

#include <math.h>

static const char *const fixed_names[CC_LINK_COMPARE_COLUMN] = { "name",   "birth", "alias",
                                                                 "father", "sex",   "source" };

static void
append_number (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.6g", value));
}

static const char *
get_name (guint comparison, CcLinkTable *table)
{
  return comparison < CC_LINK_COMPARE_COLUMN
             ? fixed_names[comparison]
             : table->columns[comparison - CC_LINK_COMPARE_COLUMN].name;
}

static void
append_columns (GString *text, CcLinkTable *table)
{
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append_printf (text, "%s:%d;", table->columns[i].name, (int) table->columns[i].kind);
}

static void
append_comparison (GString *text, const char *name, const CcLinkComparison *comparison)
{
  g_string_append_printf (text, "\n[%s]\n", name);
  for (guint k = 1; k < comparison->n_levels; k++)
    {
      if (comparison->group[k] == 0 && comparison->weight[0][k] == 0)
        continue;
      g_string_append_printf (text, "level%u=", k);
      append_number (text, comparison->m[k]);
      for (guint class = 0; class < CC_LINK_CLASSES; class ++)
        {
          g_string_append_c (text, ';');
          append_number (text, comparison->u[class][k]);
          g_string_append_c (text, ';');
          append_number (text, comparison->weight[class][k] / (double) CC_LINK_BIT);
        }
      g_string_append_c (text, '\n');
    }
}

/**
 * cc_link_model_to_text:
 *
 * Returns: (transfer full): the model as a key file: per comparison and level m, then u and the
 *   weight in bits for pairs whose names agree in no, one and several words
 */
char *
cc_link_model_to_text (const CcLinkModel *self, CcLinkTable *table)
{
  GString *text = g_string_new ("[model]\nformat=1\nmatches=");

  append_number (text, self->matches);
  g_string_append (text, "\npairs=");
  append_number (text, self->pairs);
  g_string_append (text, "\nprior-bits=");
  append_number (text, self->prior / (double) CC_LINK_BIT);
  g_string_append (text, "\ncolumns=");
  append_columns (text, table);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < self->n_comparisons; i++)
    append_comparison (text, get_name (i, table), &self->comparisons[i]);
  return g_string_free (text, FALSE);
}

static double
read_number (CcKeyFile *file, const char *key)
{
  const char *text = cc_key_file_get (file, "model", key);

  return text ? g_ascii_strtod (text, NULL) : 0;
}

/* m; then u;bits for each class. What is not there weighs nothing. */
static gboolean
read_level (CcLinkComparison *comparison, guint level, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  if (g_strv_length (parts) != 1 + 2 * CC_LINK_CLASSES)
    return FALSE;
  comparison->m[level] = g_ascii_strtod (parts[0], NULL);
  for (guint class = 0; class < CC_LINK_CLASSES; class ++)
    {
      const double bits = g_ascii_strtod (parts[2 + 2 * class], NULL);

      if (!(fabs (bits) < 64))
        return FALSE;
      comparison->u[class][level] = g_ascii_strtod (parts[1 + 2 * class], NULL);
      comparison->weight[class][level] = (gint32) lrint (bits * CC_LINK_BIT);
    }
  return TRUE;
}

static gboolean
read_levels (CcLinkModel *self, CcLinkTable *table, CcKeyFile *file)
{
  for (guint i = 0; i < self->n_comparisons; i++)
    for (guint k = 1; k < self->comparisons[i].n_levels; k++)
      {
        g_autofree char *key = g_strdup_printf ("level%u", k);
        const char      *text = cc_key_file_get (file, get_name (i, table), key);

        if (text && !read_level (&self->comparisons[i], k, text))
          return FALSE;
      }
  return TRUE;
}

/**
 * cc_link_model_from_text:
 * @self: (out caller-allocates): the model; weights are to 1/64 bit what they were
 *
 * Reads what cc_link_model_to_text() wrote for a table with the same columns.
 *
 * Returns: %FALSE with CC_ERROR_INVALID_DATA where the text is no such model
 */
gboolean
cc_link_model_from_text (CcLinkModel *self, CcLinkTable *table, const char *text, GError **error)
{
  g_autoptr (CcKeyFile) file = cc_key_file_load_text ("model", text, error);
  g_autoptr (GString) columns = g_string_new (NULL);
  double prior;

  if (!file)
    return FALSE;
  cc_link_model_init (self, table);
  append_columns (columns, table);
  prior = read_number (file, "prior-bits");
  if (cc_key_file_get_int (file, "model", "format", 0) == 1 && fabs (prior) < 64
      && g_strcmp0 (cc_key_file_get (file, "model", "columns"), columns->str) == 0
      && read_levels (self, table, file))
    {
      self->matches = read_number (file, "matches");
      self->pairs = read_number (file, "pairs");
      self->prior = (gint32) lrint (prior * CC_LINK_BIT);
      return TRUE;
    }
  g_set_error_literal (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                       "The stored model does not fit the fields that are compared. Learn "
                       "another, or accept none; nothing was changed.");
  return FALSE;
}
