/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-private.h"

#include <string.h>

#define N_EXAMPLES 5

static void
free_count (gpointer data)
{
  g_free (((CcImportCount *) data)->key);
  g_free (data);
}

static void
free_unmapped (gpointer data)
{
  CcImportUnmapped *self = data;

  g_free (self->table);
  g_free (self->header);
  g_free (self->variable);
  g_free (self->text);
  g_free (self);
}

static void
free_example (gpointer data)
{
  CcImportExample *self = data;

  g_free (self->rule);
  g_free (self->sheet);
  g_free (self->variable);
  g_free (self->value);
  g_free (self);
}

CcImportResult *
cc_import_result_new (void)
{
  CcImportResult *self = g_new0 (CcImportResult, 1);

  self->fresh = g_ptr_array_new_with_free_func (free_count);
  self->updated = g_ptr_array_new_with_free_func (free_count);
  self->unchanged = g_ptr_array_new_with_free_func (free_count);
  self->woken = g_ptr_array_new_with_free_func (free_count);
  self->records = g_ptr_array_new_with_free_func (free_count);
  self->parked = g_ptr_array_new_with_free_func (free_count);
  self->rejected = g_ptr_array_new_with_free_func (free_count);
  self->findings = g_ptr_array_new_with_free_func (free_count);
  self->unmapped_values = g_ptr_array_new_with_free_func (free_unmapped);
  self->examples = g_ptr_array_new_with_free_func (free_example);
  return self;
}

/**
 * cc_import_result_free:
 */
void
cc_import_result_free (CcImportResult *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->fresh);
  g_ptr_array_unref (self->updated);
  g_ptr_array_unref (self->unchanged);
  g_ptr_array_unref (self->woken);
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->parked);
  g_ptr_array_unref (self->rejected);
  g_ptr_array_unref (self->findings);
  g_ptr_array_unref (self->unmapped_values);
  g_ptr_array_unref (self->examples);
  g_strfreev (self->unmapped_columns);
  g_strfreev (self->notices);
  g_strfreev (self->skipped_tables);
  cc_drift_free (self->drift);
  cc_reading_free (self->reading);
  cc_difference_free (self->difference);
  g_free (self->answers);
  g_clear_pointer (&self->vanished, g_ptr_array_unref);
  g_free (self->backup_problem);
  g_free (self->profile);
  g_free (self->entity);
  g_free (self);
}

/**
 * cc_import_count_total:
 * @counts: CcImportCount
 *
 * Returns: the sum
 */
gint64
cc_import_count_total (GPtrArray *counts)
{
  gint64 total = 0;

  g_return_val_if_fail (counts != NULL, 0);

  for (guint i = 0; i < counts->len; i++)
    total += ((CcImportCount *) counts->pdata[i])->count;
  return total;
}

void
cc_import_count_add (GPtrArray *counts, const char *key, gint64 n)
{
  CcImportCount *count;

  for (guint i = 0; i < counts->len; i++)
    {
      count = counts->pdata[i];
      if (g_str_equal (count->key, key))
        {
          count->count += n;
          return;
        }
    }
  count = g_new0 (CcImportCount, 1);
  count->key = g_strdup (key);
  count->count = n;
  g_ptr_array_add (counts, count);
}

static gint
compare_counts (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(CcImportCount *const *) a)->key, (*(CcImportCount *const *) b)->key);
}

static gint
compare_unmapped (gconstpointer a, gconstpointer b)
{
  const CcImportUnmapped *x = *(CcImportUnmapped *const *) a;
  const CcImportUnmapped *y = *(CcImportUnmapped *const *) b;
  int                     order = strcmp (x->table, y->table);

  if (order == 0)
    order = strcmp (x->header, y->header);
  if (order == 0 && x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return order != 0 ? order : strcmp (x->text, y->text);
}

void
cc_import_result_sort (CcImportResult *self)
{
  g_ptr_array_sort (self->fresh, compare_counts);
  g_ptr_array_sort (self->updated, compare_counts);
  g_ptr_array_sort (self->unchanged, compare_counts);
  g_ptr_array_sort (self->woken, compare_counts);
  g_ptr_array_sort (self->records, compare_counts);
  g_ptr_array_sort (self->parked, compare_counts);
  g_ptr_array_sort (self->rejected, compare_counts);
  g_ptr_array_sort (self->findings, compare_counts);
  g_ptr_array_sort (self->unmapped_values, compare_unmapped);
}

void
cc_import_result_example (CcImportResult *self,
                          const char     *rule,
                          const char     *sheet,
                          guint           row,
                          const char     *variable,
                          const char     *value)
{
  CcImportExample *example;
  guint            n = 0;

  for (guint i = 0; i < self->examples->len; i++)
    n += g_str_equal (((CcImportExample *) self->examples->pdata[i])->rule, rule);
  if (n >= N_EXAMPLES)
    return;
  example = g_new0 (CcImportExample, 1);
  example->rule = g_strdup (rule);
  example->sheet = g_strdup (sheet);
  example->row = row;
  example->variable = g_strdup (variable);
  example->value = g_strdup (value);
  g_ptr_array_add (self->examples, example);
}
