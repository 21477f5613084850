/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-model-private.h"

static const char *const fixed_names[CC_LINK_COMPARE_COLUMN] = { "name",   "birth", "alias",
                                                                 "father", "sex",   "source" };

static void
append_number (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.6g", value));
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
  for (guint i = 0; i < self->n_columns; i++)
    g_string_append_printf (text, "%s:%d;", table->columns[i].name, (int) self->kinds[i]);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < self->n_comparisons; i++)
    append_comparison (text,
                       i < CC_LINK_COMPARE_COLUMN ? fixed_names[i]
                                                  : table->columns[i - CC_LINK_COMPARE_COLUMN].name,
                       &self->comparisons[i]);
  return g_string_free (text, FALSE);
}
